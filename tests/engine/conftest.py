"""Processes on an empty store: in memory and on SQLite."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from hypothesis import settings

from tests.contracts.stores import Stores, stores_of
from tests.engine.clocks import StandingClock
from tests.engine.halls import ENGINES, Process

NewProcess = Callable[[], Awaitable[Process]]

# A busy machine is no defect; and a failing run says how to repeat it.
settings.register_profile("study", deadline=None, print_blob=True)
settings.load_profile("study")


@pytest.fixture
def clock() -> StandingClock:
    """A clock that stands at noon, the same for all processes of a test."""
    return StandingClock()


@pytest.fixture(params=ENGINES)
async def stores(request: pytest.FixtureRequest) -> AsyncIterator[Stores]:
    """The stores of one implementation, all on one database."""
    async with stores_of(request) as opened:
        yield opened


@pytest.fixture
def new_process(stores: Stores, clock: StandingClock) -> NewProcess:
    """Start another process on the test's database."""

    async def start() -> Process:
        return Process(await stores.open(), clock)

    return start


@pytest.fixture
async def process(new_process: NewProcess) -> Process:
    """The first process on an empty database."""
    return await new_process()
