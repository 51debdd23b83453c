"""What a batch leaves, written inside its transaction: rows in the order of each statement's parameters."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from bot.core.errors import StoreError
from bot.records import Changes, ChannelRow, LearnerRow, OutboxRow, RoundRow, SettingsRow
from bot.store.batches import chained, flagged, latest
from bot.store.sqlite.boards import add_totals, hide
from bot.store.sqlite.schedules import save_schedules

_Parameters = Sequence[str | int | float | None]


def save(cursor: sqlite3.Cursor, sql: Mapping[str, str], changes: Changes) -> None:
    """Write all of *changes*, parents before children, each table in one call."""
    _many(cursor, sql["event_add"], changes.events)
    _save_channels(cursor, sql, changes.channels)
    _set_settings(cursor, sql["settings_set"], changes.settings)
    _save_learners(cursor, sql, changes.learners)
    hide(cursor, sql, changes.hiding)
    save_schedules(cursor, sql, changes)
    _save_rounds(cursor, sql["round_save"], changes.rounds)
    _many(cursor, sql["question_add"], changes.questions)
    _many(cursor, sql["participant_save"], changes.participants)
    _many(cursor, sql["attempt_add"], changes.attempts)
    _many(cursor, sql["flag_save"], flagged(changes.flags))
    _many(cursor, sql["outbox_put"], [_message(row) for row in changes.outbox])
    add_totals(cursor, sql, changes.totals)


def _many(cursor: sqlite3.Cursor, text: str, rows: Sequence[_Parameters]) -> None:
    if rows:
        cursor.executemany(text, rows)


def _save_channels(cursor: sqlite3.Cursor, sql: Mapping[str, str], rows: Iterable[ChannelRow]) -> None:
    for row in rows:
        cursor.execute(sql["group_add"], (row.group,))
        cursor.execute(sql["channel_add"], (row.id, row.group))
        cursor.execute(sql["place_add"], (*row.place, row.id))


def _set_settings(cursor: sqlite3.Cursor, text: str, rows: Iterable[SettingsRow]) -> None:
    wanted = chained(rows)
    _many(cursor, text, [(row.settings, row.group, row.before) for row in wanted])
    if wanted and cursor.rowcount < len(wanted):
        raise StoreError("Settings are of a group that is not there, or that others changed: load it first.")


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
