"""Flags on SQLite."""

from collections.abc import Mapping, Sequence

from bot.records import Account, FlagRow, Place, RoundRow
from bot.store.batches import last_said
from bot.store.rounds import round_row
from bot.store.sqlite.connections import Connection


class SqliteFlags:
    """What people say of questions."""

    _reader: Connection
    _sql: Mapping[str, str]

    async def flags(self, group: int) -> Sequence[FlagRow]:
        """Return what was said of the questions of a group, newest first, then by question and learner."""
        text, asked = self._sql["flags_of_group"], {"group_id": group}
        rows = await self._reader.run(lambda connection: connection.execute(text, asked).fetchall())
        return [FlagRow(*columns) for columns in rows]

    async def flag_of(self, question: str, account: Account) -> FlagRow | None:
        """Return what the learner behind *account* said of a question; None when they said nothing."""
        text = self._sql["flag_of_account"]
        asked = {"question_id": question, "platform": account.platform, "external_id": account.id}
        rows = await self._reader.run(lambda connection: connection.execute(text, asked).fetchall())
        return last_said(FlagRow(*columns) for columns in rows)

    async def asked_last(self, place: Place) -> RoundRow | None:
        """Return the round, open or ended, that began last in *place* of those that opened a question."""
        text, asked = self._sql["round_asked_last"], {"platform": place.platform, "external_id": place.id}
        row = await self._reader.run(lambda connection: connection.execute(text, asked).fetchone())
        return None if row is None else round_row(row)
