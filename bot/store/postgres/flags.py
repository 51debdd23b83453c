"""Flags on PostgreSQL."""

from collections.abc import Sequence

from bot.records import Account, FlagRow, Place, RoundRow
from bot.store.batches import last_said
from bot.store.postgres.connections import Connections
from bot.store.rounds import round_row


class PostgresFlags:
    """What people say of questions."""

    _connections: Connections

    async def flags(self, group: int) -> Sequence[FlagRow]:
        """Return what was said of the questions of a group, newest first, then by question and learner."""
        async with self._connections.aside() as session:
            rows = await session.rows("flags_of_group", group_id=group)
        return [FlagRow(*columns) for columns in rows]

    async def flag_of(self, question: str, account: Account) -> FlagRow | None:
        """Return what the learner behind *account* said of a question; None when they said nothing."""
        async with self._connections.aside() as session:
            rows = await session.rows(
                "flag_of_account", question_id=question, platform=account.platform, external_id=account.id
            )
        return last_said(FlagRow(*columns) for columns in rows)

    async def asked_last(self, place: Place) -> RoundRow | None:
        """Return the round, open or ended, that began last in *place* of those that opened a question."""
        async with self._connections.aside() as session:
            rows = await session.rows("round_asked_last", platform=place.platform, external_id=place.id)
        return round_row(tuple(rows[0])) if rows else None
