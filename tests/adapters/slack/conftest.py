"""What the tests of Slack's adapter share."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest

from tests.adapters.clocks import MovedClock
from tests.adapters.slack.halls import By, Hall
from tests.emulators.slack import SlackServer, World

BUSY: Final = 3.0
"""So many times Slack's three seconds may a busy machine take to open a form."""


@pytest.fixture
def pace(request: pytest.FixtureRequest) -> float:
    """Say how quick time is, for Slack and for us; the machine's own is 1."""
    return float(getattr(request, "param", 1.0))


@pytest.fixture
def clock(pace: float) -> MovedClock:
    """The program's clock; Slack's is the same until a test moves it."""
    return MovedClock(pace)


@pytest.fixture
async def slack(clock: MovedClock, pace: float) -> AsyncIterator[SlackServer]:
    """An emulated Slack with nobody in it."""
    async with SlackServer(World(clock.unmoved)) as server:
        # What people and programs do takes the time that it takes, and more of it on a busy machine.
        server.desk.trigger_seconds *= pace * BUSY
        yield server


@pytest.fixture(params=["socket", "http"])
def by(request: pytest.FixtureRequest) -> By:
    """Say how the program is connected: tests that ask for a hall run once by each."""
    param: By = request.param
    return param


@pytest.fixture
async def closed_hall(slack: SlackServer, tmp_path: Path, by: By, clock: MovedClock) -> Hall:
    """A study hall whose program does not run yet."""
    return Hall(slack, tmp_path, by, clock)


@pytest.fixture
async def hall(closed_hall: Hall) -> AsyncIterator[Hall]:
    """A study hall that serves."""
    async with closed_hall.open():
        yield closed_hall
