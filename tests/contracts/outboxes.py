"""What the suites of the outbox share: how to promise, claim and settle."""

from collections.abc import Sequence

from bot.ports import Outbox
from bot.records import Changes, Delivery, OutboxRow, Outcome
from tests.contracts.stores import AnyStore, save

LEASE = 1000
"""How long a claim holds in these tests."""


async def promise(store: AnyStore, *rows: OutboxRow) -> None:
    """Write rows to the outbox in one transaction."""
    await save(store, Changes(outbox=list(rows)))


async def claim(outbox: Outbox, now: int = 0, limit: int = 100) -> Sequence[Delivery]:
    """Take what is due."""
    return await outbox.claim(now, LEASE, limit)


async def keys(outbox: Outbox, now: int = 0, limit: int = 100) -> list[str]:
    """Take what is due; return its keys, an edit's with a star."""
    return [label(delivery) for delivery in await claim(outbox, now, limit)]


def label(delivery: Delivery) -> str:
    """Return its key, an edit's with a star."""
    return delivery.row.key + ("*" if delivery.row.action == "edit" else "")


def done(delivery: Delivery, ref: str = "") -> Outcome:
    """The message arrived; the platform calls it *ref*."""
    return Outcome(delivery.seq, delivery.fence, done=True, ref=ref or f"ref of {delivery.row.key}")


def later(delivery: Delivery, at: int) -> Outcome:
    """The platform wants it later."""
    return Outcome(delivery.seq, delivery.fence, done=False, retry_at=at, error="429")


def untried(delivery: Delivery, at: int) -> Outcome:
    """Nothing was sent: it waited behind another."""
    return Outcome(delivery.seq, delivery.fence, done=False, retry_at=at, tried=False)


def never(delivery: Delivery) -> Outcome:
    """The platform refused it for good."""
    return Outcome(delivery.seq, delivery.fence, done=False, error="no such channel")


async def deliver(store: AnyStore, *rows: OutboxRow, now: int = 0) -> None:
    """Write rows and deliver whatever is due."""
    await promise(store, *rows)
    await store.settle([done(delivery) for delivery in await claim(store, now)], now)
