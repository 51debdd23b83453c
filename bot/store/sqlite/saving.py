"""What a batch leaves, written inside its transaction: rows in the order of each statement's parameters."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from bot.core.errors import StoreError
from bot.records import Changes, ChannelRow, OutboxRow, RoundRow, SettingsRow
from bot.store.batches import chained, flagged, latest
from bot.store.sqlite.amendments import save_decisions
from bot.store.sqlite.boards import add_totals, hide
from bot.store.sqlite.links import save_codes, save_joins
from bot.store.sqlite.own_packs import save_packs
from bot.store.sqlite.schedules import save_schedules
from bot.store.sqlite.unions import loosen, save_mirrors, save_unions
from bot.store.unions import mirrors_text

_Parameters = Sequence[str | int | float | None]


def save(cursor: sqlite3.Cursor, sql: Mapping[str, str], changes: Changes) -> None:
    """Write all of *changes*, parents before children, each table in one call.

    Rounds that ended come first, so that a channel's next one finds its place free.
    """
    _many(cursor, sql["event_add"], changes.events)
    _save_channels(cursor, sql, changes.channels)
    save_unions(cursor, sql, changes.unions)
    _set_settings(cursor, sql["settings_set"], changes.settings)
    _save_learners(cursor, sql, changes)
    save_codes(cursor, sql, changes)
    save_packs(cursor, sql, changes)
    hide(cursor, sql, changes.hiding)
    save_schedules(cursor, sql, changes)
    rounds = latest(changes.rounds, lambda row: row.id)
    _many(cursor, sql["round_save"], [_round(row) for row in rounds if not row.open])
    save_mirrors(cursor, sql, changes.mirrors)
    _many(cursor, sql["round_save"], [_round(row) for row in rounds if row.open])
    loosen(cursor, sql, changes)
    _many(cursor, sql["question_add"], changes.questions)
    _many(cursor, sql["participant_save"], [row[:4] for row in changes.participants if not row.own])
    _many(cursor, sql["joined_participant_save"], [row for row in changes.participants if row.own])
    _many(cursor, sql["attempt_add"], changes.attempts)
    _many(cursor, sql["flag_save"], flagged(changes.flags))
    _many(cursor, sql["outbox_put"], [_message(row) for row in changes.outbox])
    joined = save_joins(cursor, sql, changes.joins)
    save_decisions(cursor, sql, changes)
    add_totals(cursor, sql, [*changes.totals, *joined])


def _many(cursor: sqlite3.Cursor, text: str, rows: Sequence[_Parameters]) -> None:
    if rows:
        cursor.executemany(text, rows)


def _save_channels(cursor: sqlite3.Cursor, sql: Mapping[str, str], rows: Iterable[ChannelRow]) -> None:
    for row in rows:
        group = row.own or row.group
        cursor.execute(sql["group_add"], (group,))
        cursor.execute(sql["channel_add"], (row.id, group))
        cursor.execute(sql["place_add"], (*row.place, row.id))


def _set_settings(cursor: sqlite3.Cursor, text: str, rows: Iterable[SettingsRow]) -> None:
    wanted = chained(rows)
    _many(cursor, text, [(row.settings, row.group, row.before) for row in wanted])
    if wanted and cursor.rowcount < len(wanted):
        raise StoreError("Settings are of a group that is not there, or that others changed: load it first.")


def _save_learners(cursor: sqlite3.Cursor, sql: Mapping[str, str], changes: Changes) -> None:
    """Write learners and persons by the name that came last; an account that is new leads to its own."""
    people = [(row.person, row.name) for row in changes.joins if row.person]
    _many(cursor, sql["learner_save"], [*people, *((row.id, row.name) for row in changes.learners)])
    _many(cursor, sql["account_add"], [(*row.account, row.own or row.id) for row in changes.learners])


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
        mirrors_text(row.mirrors),
    )


def _message(row: OutboxRow) -> _Parameters:
    return (row.key, row.action, *row.place, row.to, row.question, row.not_before, row.body)
