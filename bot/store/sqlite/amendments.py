"""What groups have decided about items, on SQLite: with a batch, inside its transaction, and beside it."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from bot.core.errors import StoreError
from bot.records import (
    AmendmentRow,
    Asked,
    AttemptRow,
    Changes,
    History,
    ParticipantRow,
    Place,
    PlayedRow,
    QuestionRow,
    ResponseRow,
    Snapshot,
    SuspectRow,
)
from bot.store.amendments import OVERTAKEN, amendment_row, counted, flagger_row, homes_of, reviewed
from bot.store.rounds import round_row
from bot.store.sqlite.connections import Connection

_Asked = Mapping[str, str | int]


class SqliteAmendments:
    """What groups have decided about items."""

    _reader: Connection
    _sql: Mapping[str, str]

    async def amendments_at(self, place: Place, group: int) -> Sequence[AmendmentRow]:
        """Return the decisions that hold in a place, by version."""
        asked: _Asked = {"platform": place.platform, "external_id": place.id, "group_id": group}
        return [amendment_row(row) for row in await self._found("amendments_at", asked)]

    async def amendments(self, group: int) -> Sequence[AmendmentRow]:
        """Return the decisions of a group and of those in one union with it, by version."""
        return [amendment_row(row) for row in await self._found("amendments_of_group", {"group_id": group})]

    async def suspects(self, group: int) -> Sequence[SuspectRow]:
        """Return the items that are suspect in a group, by item."""
        return [SuspectRow(*row) for row in await self._found("suspects_of_group", {"group_id": group})]

    async def responses(self, group: int, item: str, board: str, limit: int) -> Sequence[ResponseRow]:
        """Return the latest answers to an item that count, newest first, with totals of the *board*."""
        asked: _Asked = {"group_id": group, "item": item, "board": board, "wanted": limit}
        return [ResponseRow(*row) for row in await self._found("responses_to_item", asked)]

    async def items_answered(self, since: int) -> Sequence[tuple[int, str]]:
        """Return (group or union, item) of all that was answered since then."""
        return [(group, item) for group, item in await self._found("items_answered", {"since": since})]

    async def items_overdue(self, limit: int) -> Sequence[tuple[int, str]]:
        """Return (group, item) of decisions after which rounds have ended that were not looked at."""
        return [(group, item) for group, item in await self._found("items_overdue", {"wanted": limit})]

    async def _found(self, name: str, asked: _Asked) -> Sequence[Sequence[Any]]:
        text = self._sql[name]
        return await self._reader.run(lambda connection: connection.execute(text, asked).fetchall())


def load_histories(
    cursor: sqlite3.Cursor, sql: Mapping[str, str], snapshot: Snapshot, asked: Sequence[Asked]
) -> None:
    """Load what was decided about items and answered to them, for those who ask for it."""
    for group, item in reviewed(asked):
        snapshot.histories[group, item] = _history(cursor, sql, group, item)


def _history(cursor: sqlite3.Cursor, sql: Mapping[str, str], group: int, item: str) -> History:
    def found(name: str) -> list[Any]:
        return cursor.execute(sql[name], {"group_id": group, "item": item}).fetchall()

    of_group = {"group_id": group}
    decisions = cursor.execute(sql["decisions_of"], of_group).fetchone()
    amendments = [amendment_row(row) for row in cursor.execute(sql["amendments_of_group"], of_group)]
    rounds = tuple(round_row(row) for row in found("rounds_with_item"))
    return History(
        decisions=decisions[0] if decisions else 0,
        latest=max((row.version for row in amendments), default=0),
        amendments=tuple(row for row in amendments if row.item == item),
        rounds=rounds,
        questions=tuple(QuestionRow(*row) for row in found("questions_with_item")),
        participants=tuple(ParticipantRow(*row) for row in found("participants_with_item")),
        played=tuple(PlayedRow(AttemptRow(*row[:-1]), row[-1]) for row in found("attempts_with_item")),
        earned=tuple((person, at) for person, at in found("earned_with_item")),
        homes={place: channel for place in homes_of(rounds) for channel in _channel(cursor, sql, place)},
        flaggers=tuple(flagger_row(row) for row in found("flaggers_of_item")),
        running=bool(found("item_running")),
    )


def _channel(cursor: sqlite3.Cursor, sql: Mapping[str, str], place: Place) -> list[int]:
    """Return the channel that a place leads to, if it leads anywhere."""
    asked = {"platform": place.platform, "external_id": place.id}
    return [channel for (channel,) in cursor.execute(sql["channel_of_place"], asked)]


def save_decisions(cursor: sqlite3.Cursor, sql: Mapping[str, str], changes: Changes) -> None:
    """Write decisions and what they change, unless others have been quicker."""
    for row in counted(changes.decisions):
        asked = {"after": row.version, "group_id": row.group, "before": row.before}
        if not cursor.execute(sql["decisions_set"], asked).fetchall():
            raise StoreError(OVERTAKEN)
    cursor.executemany(sql["amendment_add"], changes.amendments)
    cursor.executemany(sql["suspect_save"], changes.suspects)
    cursor.executemany(
        sql["attempt_regrade"],
        [(row.credit, row.points, row.body, row.void, row.question, row.learner) for row in changes.regraded],
    )
    cursor.executemany(
        sql["question_reask"],
        [(row.body, row.version, row.round, row.position) for row in changes.reasked],
    )
    cursor.executemany(sql["round_recount"], [(body, id_) for id_, body in changes.recounted])
