"""The outbox on PostgreSQL."""

from collections.abc import Sequence

from asyncpg import Record

from bot.records import Backlog, Delivery, OutboxRow, Outcome, Place
from bot.store.postgres.connections import Connections, Session


class PostgresOutbox:
    """The messages that were promised, as rows that a process claims."""

    _connections: Connections

    async def claim(self, now: int, lease_ms: int, limit: int) -> Sequence[Delivery]:
        """Take up to *limit* rows that are due, for *lease_ms*, each with a new fencing number.

        Several processes may do so at once: what one is about to take, the others pass over, with all that
        stands behind it.
        """
        async with self._connections.aside() as session:
            rows = await session.rows("outbox_claim", now=now, until=now + lease_ms, wanted=limit)
        return sorted((_delivery(row) for row in rows), key=lambda delivery: delivery.seq)

    async def settle(self, outcomes: Sequence[Outcome], now: int) -> None:
        """Write down what became of deliveries, in one transaction."""
        first = {(one.seq, one.fence): one for one in reversed(outcomes)}
        if not first:
            return
        rows = sorted(first.values())
        async with self._connections.aside() as session, session.transaction():
            # Locked by one statement and written by another, which sees the edits of who held the locks.
            await session.rows("outbox_lock", seqs=[row.seq for row in rows])
            await _settle(session, rows, now)

    async def take_over(self) -> None:
        """Do nothing: others may be delivering from the same database, and a lease ends by itself."""

    async def next_due(self) -> int | None:
        """Return when the next row could be claimed; None when nothing waits that ever can."""
        async with self._connections.aside() as session:
            ((due,),) = await session.rows("outbox_next_due")
        return None if due is None else int(due)

    async def backlog(self) -> Backlog:
        """Return how much waits."""
        async with self._connections.aside() as session:
            (row,) = await session.rows("outbox_backlog")
        return Backlog(*row)

    async def key_of(self, platform: str, ref: str) -> str:
        """Return the key of the posted message that *platform* calls *ref*, "" when there is none."""
        async with self._connections.aside() as session:
            rows = await session.rows("outbox_key_of", platform=platform, ref=ref)
        return str(rows[0][0]) if rows else ""


def _delivery(columns: Record) -> Delivery:
    seq, key, action, platform, id_, to, not_before, body, question, fence, tries, ref = columns
    row = OutboxRow(key, action, Place(platform, id_), to, not_before, body, question)
    return Delivery(seq, row, fence, tries, ref)


async def _settle(session: Session, rows: Sequence[Outcome], now: int) -> None:
    again = [not row.done and row.retry_at is not None for row in rows]
    await session.rows(
        "outbox_settle_many",
        seqs=[row.seq for row in rows],
        fences=[row.fence for row in rows],
        states=[
            "waiting" if waits else "delivered" if row.done else "dead"
            for row, waits in zip(rows, again, strict=True)
        ],
        settled=[None if waits else now for waits in again],
        refs=[row.ref for row in rows],
        free=[row.retry_at or 0 for row in rows],
        errors=[row.error for row in rows],
        tried=[row.tried for row in rows],
    )
