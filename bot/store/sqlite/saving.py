"""What a batch leaves, written inside its transaction."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from bot.records import AttemptRow, Changes, ChannelRow, LearnerRow, OutboxRow, RoundRow
from bot.store.batches import latest

_Parameters = dict[str, str | int | float | None]


def save(cursor: sqlite3.Cursor, sql: Mapping[str, str], changes: Changes) -> None:
    """Write all of *changes*, parents before children, each table in one call."""
    _many(cursor, sql["event_add"], [{"id": id_, "at": at} for id_, at in changes.events])
    _save_channels(cursor, sql, changes.channels)
    _save_learners(cursor, sql, changes.learners)
    _save_rounds(cursor, sql, changes.rounds)
    _many(
        cursor,
        sql["question_add"],
        [
            {"round_id": row.round, "position": row.position, "item": row.item, "body": row.body}
            for row in changes.questions
        ],
    )
    _many(
        cursor,
        sql["participant_save"],
        [
            {"round_id": row.round, "learner_id": row.learner, "score": row.score, "body": row.body}
            for row in latest(changes.participants, lambda row: (row.round, row.learner))
        ],
    )
    _many(cursor, sql["attempt_add"], [_attempt(row) for row in changes.attempts])
    _many(cursor, sql["outbox_put"], [_message(row) for row in changes.outbox])


def _many(cursor: sqlite3.Cursor, text: str, rows: Sequence[_Parameters]) -> None:
    if rows:
        cursor.executemany(text, rows)


def _save_channels(cursor: sqlite3.Cursor, sql: Mapping[str, str], rows: Iterable[ChannelRow]) -> None:
    for row in rows:
        cursor.execute(sql["group_add"], {"id": row.group})
        cursor.execute(sql["channel_add"], {"id": row.id, "group_id": row.group})
        cursor.execute(
            sql["place_add"],
            {"platform": row.place.platform, "external_id": row.place.id, "channel_id": row.id},
        )


def _save_learners(cursor: sqlite3.Cursor, sql: Mapping[str, str], rows: Sequence[LearnerRow]) -> None:
    _many(cursor, sql["learner_save"], [{"id": row.id, "name": row.name} for row in rows])
    _many(
        cursor,
        sql["account_add"],
        [
            {"platform": row.account.platform, "external_id": row.account.id, "learner_id": row.id}
            for row in rows
        ],
    )


def _save_rounds(cursor: sqlite3.Cursor, sql: Mapping[str, str], rows: Iterable[RoundRow]) -> None:
    """Write rounds, ended ones first, so that a channel's next round finds its place free."""
    ordered = sorted(latest(rows, lambda row: row.id), key=lambda row: row.open)
    _many(cursor, sql["round_save"], [_round(row) for row in ordered])


def _round(row: RoundRow) -> _Parameters:
    return {
        "id": row.id,
        "channel_id": row.channel,
        "group_id": row.group,
        "platform": row.place.platform,
        "external_id": row.place.id,
        "version": row.version,
        "open": int(row.open),
        "wake_at": row.wake_at,
        "started_at": row.started_at,
        "item": row.item,
        "body": row.body,
    }


def _attempt(row: AttemptRow) -> _Parameters:
    return {
        "question_id": row.question,
        "round_id": row.round,
        "group_id": row.group,
        "channel_id": row.channel,
        "learner_id": row.learner,
        "item": row.item,
        "topic": row.topic,
        "at": row.at,
        "elapsed_ms": row.elapsed_ms,
        "credit": row.credit,
        "points": row.points,
        "body": row.body,
    }


def _message(row: OutboxRow) -> _Parameters:
    return {
        "key": row.key,
        "action": row.action,
        "platform": row.place.platform,
        "external_id": row.place.id,
        "recipient": row.to,
        "question_id": row.question,
        "not_before": row.not_before,
        "body": row.body,
    }
