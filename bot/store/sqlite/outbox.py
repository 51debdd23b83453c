"""The outbox on SQLite."""

import sqlite3
from collections.abc import Mapping, Sequence

from bot.records import Backlog, Delivery, OutboxRow, Outcome, Place
from bot.store.sqlite.connections import Connection, transaction


class SqliteOutbox:
    """The messages that were promised, as rows that a process claims."""

    _writer: Connection
    _reader: Connection
    _sql: Mapping[str, str]

    async def claim(self, now: int, lease_ms: int, limit: int) -> Sequence[Delivery]:
        """Take up to *limit* rows that are due, for *lease_ms*, each with a new fencing number."""

        def take(connection: sqlite3.Connection) -> Sequence[Delivery]:
            with transaction(connection) as cursor:
                rows = cursor.execute(self._sql["outbox_claimable"], {"now": now, "wanted": limit}).fetchall()
                cursor.executemany(
                    self._sql["outbox_take"], [{"seq": row[0], "until": now + lease_ms} for row in rows]
                )
            return [_delivery(row) for row in rows]

        return await self._writer.run(take)

    async def settle(self, outcomes: Sequence[Outcome], now: int) -> None:
        """Write down what became of deliveries, in one transaction."""
        settled = [_settled(outcome, now) for outcome in outcomes]
        given_up = [{"seq": row["seq"], "settled_at": now} for row in settled if row["state"] == "dead"]

        def write(connection: sqlite3.Connection) -> None:
            with transaction(connection) as cursor:
                cursor.executemany(self._sql["outbox_settle"], settled)
                cursor.executemany(self._sql["outbox_drop_edit"], given_up)

        await self._writer.run(write)

    async def take_over(self) -> None:
        """End every lease: whoever calls this is the only one who delivers from this file from now on."""
        text = self._sql["outbox_take_over"]
        await self._writer.run(lambda connection: connection.execute(text).close())

    async def next_due(self) -> int | None:
        """Return when the next row could be claimed; None when nothing waits that ever can."""
        text = self._sql["outbox_next_due"]
        ((due,),) = await self._reader.run(lambda connection: connection.execute(text).fetchall())
        return None if due is None else int(due)

    async def backlog(self) -> Backlog:
        """Return how much waits."""
        text = self._sql["outbox_backlog"]
        (row,) = await self._reader.run(lambda connection: connection.execute(text).fetchall())
        return Backlog(*row)

    async def key_of(self, platform: str, ref: str) -> str:
        """Return the key of the posted message that *platform* calls *ref*, "" when there is none."""
        text, asked = self._sql["outbox_key_of"], {"platform": platform, "ref": ref}
        row = await self._reader.run(lambda connection: connection.execute(text, asked).fetchone())
        return "" if row is None else str(row[0])


_ClaimedColumns = tuple[int, str, str, str, str, str, int, str, str, int, int, str]


def _delivery(columns: _ClaimedColumns) -> Delivery:
    seq, key, action, platform, id_, to, not_before, body, question, fence, tries, ref = columns
    row = OutboxRow(key, action, Place(platform, id_), to, not_before, body, question)
    return Delivery(seq, row, fence + 1, tries, ref)


def _settled(outcome: Outcome, now: int) -> dict[str, str | int | None]:
    again = not outcome.done and outcome.retry_at is not None
    state = "waiting" if again else "delivered" if outcome.done else "dead"
    return {
        "seq": outcome.seq,
        "fence": outcome.fence,
        "state": state,
        "settled_at": None if again else now,
        "ref": outcome.ref,
        "free_at": outcome.retry_at or 0,
        "error": outcome.error,
        "tried": outcome.tried,
    }
