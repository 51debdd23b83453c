"""What a batch leaves, written inside its transaction: rows in the order of each statement's parameters."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from bot.records import Changes, ChannelRow, LearnerRow, OutboxRow, RoundRow
from bot.store.batches import latest

_Parameters = Sequence[str | int | float | None]


def save(cursor: sqlite3.Cursor, sql: Mapping[str, str], changes: Changes) -> None:
    """Write all of *changes*, parents before children, each table in one call."""
    _many(cursor, sql["event_add"], changes.events)
    _save_channels(cursor, sql, changes.channels)
    _save_learners(cursor, sql, changes.learners)
    _save_rounds(cursor, sql["round_save"], changes.rounds)
    _many(cursor, sql["question_add"], changes.questions)
    _many(cursor, sql["participant_save"], changes.participants)
    _many(cursor, sql["attempt_add"], changes.attempts)
    _many(cursor, sql["outbox_put"], [_message(row) for row in changes.outbox])


def _many(cursor: sqlite3.Cursor, text: str, rows: Sequence[_Parameters]) -> None:
    if rows:
        cursor.executemany(text, rows)


def _save_channels(cursor: sqlite3.Cursor, sql: Mapping[str, str], rows: Iterable[ChannelRow]) -> None:
    for row in rows:
        cursor.execute(sql["group_add"], (row.group,))
        cursor.execute(sql["channel_add"], (row.id, row.group))
        cursor.execute(sql["place_add"], (*row.place, row.id))


def _save_learners(cursor: sqlite3.Cursor, sql: Mapping[str, str], rows: Sequence[LearnerRow]) -> None:
    _many(cursor, sql["learner_save"], [(row.id, row.name) for row in rows])
    _many(cursor, sql["account_add"], [(*row.account, row.id) for row in rows])


def _save_rounds(cursor: sqlite3.Cursor, text: str, rows: Iterable[RoundRow]) -> None:
    """Write rounds, ended ones first, so that a channel's next round finds its place free."""
    ordered = sorted(latest(rows, lambda row: row.id), key=lambda row: row.open)
    _many(cursor, text, [_round(row) for row in ordered])


def _round(row: RoundRow) -> _Parameters:
    return (
        row.id,
        row.channel,
        row.group,
        *row.place,
        row.version,
        row.open,
        row.wake_at,
        row.started_at,
        row.item,
        row.body,
    )


def _message(row: OutboxRow) -> _Parameters:
    return (row.key, row.action, *row.place, row.to, row.question, row.not_before, row.body)
