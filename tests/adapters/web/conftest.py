"""A served web chat for each test that asks for one."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.web.chats import Chat, serving

# Without this pytest-asyncio asks for the current loop before its first test, asyncio makes one for it, and
# nobody closes that.
asyncio.set_event_loop(None)


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    """Serve a web chat on a free port."""
    async with serving(tmp_path) as served:
        yield served
