"""A served web chat for each test that asks for one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.web.chats import Chat, serving


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    """Serve a web chat on a free port."""
    async with serving(tmp_path) as served:
        yield served
