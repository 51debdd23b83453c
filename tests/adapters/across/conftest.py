"""What the tests of one group on two platforms share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.across.halls import Campus
from tests.adapters.discord.halls import discord_py_as_it_was
from tests.emulators.discord import DiscordServer
from tests.emulators.slack import SlackServer


@pytest.fixture
async def campus(tmp_path: Path) -> AsyncIterator[Campus]:
    """One study hall on both that serves."""
    with discord_py_as_it_was():
        async with DiscordServer() as discord, SlackServer() as slack:
            hall = Campus(discord, slack, tmp_path)
            async with hall.open():
                yield hall
