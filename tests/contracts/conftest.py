"""The stores that the suites of the outbox ask, one implementation after the other."""

from collections.abc import AsyncIterator

import pytest

from tests.contracts.stores import STORES, AnyStore, Stores, stores_of


@pytest.fixture(params=STORES)
async def stores(request: pytest.FixtureRequest) -> AsyncIterator[Stores]:
    """The stores of one implementation, all on one database."""
    async with stores_of(request) as opened:
        yield opened


@pytest.fixture
async def store(stores: Stores) -> AnyStore:
    """An empty store."""
    return await stores.open()
