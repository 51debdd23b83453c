"""Schedules and days on SQLite: with a batch, inside its transaction, and reading beside it."""

import sqlite3
from collections.abc import Mapping, Sequence
from itertools import groupby

from bot.core.errors import StoreError
from bot.records import (
    Account,
    AnsweredRow,
    Changes,
    DayRow,
    EarnedRow,
    Place,
    ScheduleRow,
    Snapshot,
    home_of,
)
from bot.store.batches import Wish
from bot.store.schedules import based, booked, homes, schedule_row, streaked
from bot.store.sqlite.connections import Connection

_Asked = Mapping[str, str | int]


class SqliteDays:
    """The days of groups, and who answered."""

    _reader: Connection
    _sql: Mapping[str, str]

    async def days(self, group: int, since: str) -> Sequence[str]:
        """Return the dates from *since* on on which a question was posted, each once, ascending."""
        asked: _Asked = {"group_id": group, "since": since}
        return await self._reader.run(
            lambda connection: _firsts(connection, self._sql["days_of_group"], asked)
        )

    async def answered(self, group: int, account: Account, since: str) -> Sequence[str]:
        """Return those of :meth:`days` on which the learner behind *account* has an attempt, ascending."""
        asked: _Asked = {
            "group_id": group,
            "since": since,
            "platform": account.platform,
            "external_id": account.id,
        }
        text = self._sql["days_of_account"]
        return await self._reader.run(lambda connection: _firsts(connection, text, asked))

    async def day_answers(self, group: int, since: str) -> Mapping[str, Sequence[int]]:
        """Return all of :meth:`days`, ascending, each with the learners who have an attempt, by id."""
        text, asked = self._sql["days_with_learners"], {"group_id": group, "since": since}
        rows: list[tuple[str, int | None]] = await self._reader.run(
            lambda connection: connection.execute(text, asked).fetchall()
        )
        return {
            day: [learner for _, learner in of_day if learner is not None]
            for day, of_day in groupby(rows, key=lambda row: row[0])
        }

    async def schedules(self, place: Place) -> Sequence[ScheduleRow]:
        """Return every schedule of the channel that the place's home leads to, by id."""
        text, home = self._sql["schedules_around"], home_of(place)
        return await self._reader.run(lambda connection: _schedules(connection.cursor(), text, home))

    async def homes(self, group: int) -> Sequence[Place]:
        """Return the homes of a group's schedules, each once, by their ids."""
        text, asked = self._sql["homes_of_group"], {"group_id": group}
        rows = await self._reader.run(lambda connection: connection.execute(text, asked).fetchall())
        return [Place(*row) for row in rows]

    async def scheduled(self, group: int) -> Sequence[ScheduleRow]:
        """Return every schedule of a group, by id."""
        text, asked = self._sql["schedules_of_group"], {"group_id": group}
        rows = await self._reader.run(lambda connection: connection.execute(text, asked).fetchall())
        return [schedule_row(columns) for columns in rows]

    async def items(self, group: int, since: int, until: int, but: str) -> Sequence[AnsweredRow]:
        """Return how a group answered each item at ``since <= at < until``, but in some places."""
        text = self._sql["items_of_group"]
        asked: _Asked = {"group_id": group, "since": since, "until": until, "but": but}
        rows = await self._reader.run(lambda connection: connection.execute(text, asked).fetchall())
        found = [AnsweredRow(*columns) for columns in rows]
        return [row._replace(open=bool(row.open)) for row in found]

    async def earned(self, group: int, since: int, until: int, but: str) -> Sequence[EarnedRow]:
        """Return what each learner of a group did at ``since <= at < until``, but in some places."""
        text = self._sql["earned_in_group"]
        asked: _Asked = {"group_id": group, "since": since, "until": until, "but": but}
        rows = await self._reader.run(lambda connection: connection.execute(text, asked).fetchall())
        found = [EarnedRow(*columns) for columns in rows]
        return [row._replace(hidden=bool(row.hidden)) for row in found]

    async def ledger(self, schedule: str) -> Sequence[DayRow]:
        """Return what became of each date of a schedule so far, ascending."""
        text, asked = self._sql["days_of_schedule"], {"schedule_id": schedule}
        rows = await self._reader.run(lambda connection: connection.execute(text, asked).fetchall())
        return [DayRow(*columns) for columns in rows]


def load_schedules(
    cursor: sqlite3.Cursor, sql: Mapping[str, str], snapshot: Snapshot, wanted: Mapping[Place, Wish]
) -> None:
    """Load schedules of homes, and what the streaks of the rounds that were loaded are made of."""
    for home in homes(wanted, snapshot):
        rows = _schedules(cursor, sql["schedules_at"], home)
        snapshot.schedules.update({row.id: row for row in rows})
    rounds, since = streaked(snapshot, wanted)
    for group, first in since.items():
        days = cursor.execute(sql["days_of_group"], {"group_id": group, "since": first})
        if found := tuple(day for (day,) in days):
            snapshot.days[group] = found
    for row in rounds:
        asked = {"round_id": row.id, "group_id": row.group, "since": since[row.group]}
        by_learner = groupby(cursor.execute(sql["days_of_participants"], asked), key=lambda row: row[0])
        if answered := {learner: tuple(day for _, day in days) for learner, days in by_learner}:
            snapshot.answered[row.id] = answered


def save_schedules(cursor: sqlite3.Cursor, sql: Mapping[str, str], changes: Changes) -> None:
    """Write schedules, which must be as they were loaded, and their days."""
    if schedules := based(changes.schedules):
        cursor.executemany(sql["schedule_save"], [_columns(row, base) for row, base in schedules])
        if cursor.rowcount < len(schedules):
            raise StoreError("A schedule was changed by others meanwhile: load it, then decide again.")
    if days := booked(changes.days):
        cursor.executemany(sql["day_add"], days)


def _schedules(cursor: sqlite3.Cursor, text: str, home: Place) -> list[ScheduleRow]:
    rows = cursor.execute(text, {"platform": home.platform, "external_id": home.id})
    return [schedule_row(columns) for columns in rows]


def _firsts(connection: sqlite3.Connection, text: str, asked: _Asked) -> list[str]:
    return [first for (first,) in connection.execute(text, asked)]


def _columns(row: ScheduleRow, base: int) -> tuple[str | int | None, ...]:
    return (row.id, *row.place, row.group, row.version, row.due_at, row.settled, row.body, base)
