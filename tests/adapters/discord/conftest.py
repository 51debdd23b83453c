"""What the tests of Discord's adapter share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.discord.halls import Hall, discord_py_as_it_was
from tests.emulators.discord import DiscordServer


@pytest.fixture
async def discord() -> AsyncIterator[DiscordServer]:
    """An emulated Discord with nobody in it."""
    with discord_py_as_it_was():
        async with DiscordServer() as server:
            yield server


@pytest.fixture
async def closed_hall(discord: DiscordServer, tmp_path: Path) -> Hall:
    """A study hall whose program does not run yet."""
    return Hall(discord, tmp_path)


@pytest.fixture
async def hall(closed_hall: Hall) -> AsyncIterator[Hall]:
    """A study hall that serves."""
    async with closed_hall.open():
        yield closed_hall
