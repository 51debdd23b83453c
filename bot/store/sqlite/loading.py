"""What a batch needs, read inside its transaction."""

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence

from bot.records import (
    Account,
    Asked,
    ChannelRow,
    LearnerRow,
    ParticipantRow,
    Place,
    QuestionRow,
    RoundRow,
    Snapshot,
)
from bot.store.amendments import groups_in
from bot.store.batches import Wish, groups, pairs, shares, wishes
from bot.store.joins import as_persons, summed
from bot.store.rounds import round_row
from bot.store.sqlite.amendments import load_histories
from bot.store.sqlite.links import load_codes
from bot.store.sqlite.own_packs import load_packs
from bot.store.sqlite.schedules import load_schedules
from bot.store.sqlite.unions import load_places
from bot.store.unions import add_settings, sided


def load(
    cursor: sqlite3.Cursor, sql: Mapping[str, str], asked: Sequence[Asked], known: Collection[str]
) -> Snapshot:
    """Return what *asked* needs; a place, an account and an event id are looked up once each."""
    snapshot = Snapshot()
    _load_events(cursor, sql["events_known"], snapshot, asked)
    wanted = wishes(asked)
    for place, wish in wanted.items():
        _load_place(cursor, sql, snapshot, place, wish, known)
    load_places(cursor, sql, snapshot, wanted)
    load_schedules(cursor, sql, snapshot, wanted)
    load_histories(cursor, sql, snapshot, asked)
    of = sided(snapshot, wanted).union(groups(asked), groups_in(snapshot.histories.values()))
    _load_settings(cursor, sql["settings_of_groups"], snapshot, of)
    _load_parts(cursor, sql, snapshot, asked)
    load_codes(cursor, sql, snapshot, asked)
    load_packs(cursor, sql, snapshot, asked)
    return snapshot


def questions_of(cursor: sqlite3.Cursor, sql: Mapping[str, str], round_: str) -> tuple[QuestionRow, ...]:
    """Return a round's questions in order."""
    rows = cursor.execute(sql["round_questions"], {"round_id": round_})
    return tuple(QuestionRow(*row) for row in rows)


def _load_place(
    cursor: sqlite3.Cursor,
    sql: Mapping[str, str],
    snapshot: Snapshot,
    place: Place,
    wish: Wish,
    known: Collection[str],
) -> None:
    found = cursor.execute(
        sql["place_open_round"], {"platform": place.platform, "external_id": place.id}
    ).fetchone()
    if found is None:
        return
    snapshot.channels[place] = ChannelRow(place, *found[:4])
    if wish.recent:
        rows = cursor.execute(sql["channel_recent"], {"channel_id": found[0], "wanted": wish.recent})
        if recent := tuple(item for (item,) in rows):
            snapshot.recent[place] = recent
    if wish.shares:
        counts = cursor.execute(sql["channel_credits"], {"channel_id": found[0]})
        if by_item := shares(counts):
            snapshot.shares[place] = by_item
    if found[4] is not None:
        row = snapshot.rounds[place] = round_row(found[4:])
        if row.id not in known:
            snapshot.questions[row.id] = questions_of(cursor, sql, row.id)
        if wish.everyone:
            _load_everyone(cursor, sql, snapshot, row, wish)


def _load_everyone(
    cursor: sqlite3.Cursor, sql: Mapping[str, str], snapshot: Snapshot, row: RoundRow, wish: Wish
) -> None:
    """Load all participants of a round, and their repeats of the item that is open."""
    rows = cursor.execute(sql["round_participants"], {"round_id": row.id})
    if participants := {columns[1]: ParticipantRow(*columns) for columns in rows}:
        snapshot.participants[row.id] = participants
    if row.item is not None:
        asked = {"round_id": row.id, "group_id": row.group, "item": row.item, "since": wish.since}
        if repeats := summed(cursor.execute(sql["round_repeats"], asked)):
            snapshot.repeats[row.id] = repeats


def _load_events(cursor: sqlite3.Cursor, text: str, snapshot: Snapshot, asked: Sequence[Asked]) -> None:
    """Load which of the batch's events were handled before."""
    if ids := [one.event for one in asked if one.event]:
        rows = cursor.execute(text, {"ids": json.dumps(ids)})
        snapshot.events.update(id_ for (id_,) in rows)


def _load_settings(cursor: sqlite3.Cursor, text: str, snapshot: Snapshot, wanted: Collection[int]) -> None:
    """Load the settings of groups and of their unions, whether or not a place leads to them."""
    if wanted:
        add_settings(snapshot, cursor.execute(text, {"ids": json.dumps(sorted(wanted))}))


def _load_parts(
    cursor: sqlite3.Cursor, sql: Mapping[str, str], snapshot: Snapshot, asked: Sequence[Asked]
) -> None:
    """Load the learner behind each account and, where the place has an open round, their row in it."""
    wanted: dict[tuple[Place, str], list[str]] = {}
    for place, account in pairs(asked):
        wanted.setdefault((place, account.platform), []).append(account.id)
    for (place, platform), ids in wanted.items():
        row = snapshot.rounds.get(place)
        asking = {"platform": platform, "ids": json.dumps(ids), "round_id": None if row is None else row.id}
        parts: dict[int, ParticipantRow] = {}
        joined = False
        for id_, learner, name, own, score, body, own_there in cursor.execute(sql["learner_parts"], asking):
            account = Account(platform, id_)
            snapshot.learners[account] = LearnerRow(account, learner, name, own or 0)
            joined = joined or own is not None
            if row is not None and score is not None:
                parts[learner] = ParticipantRow(row.id, learner, score, body, own_there or 0)
        if row is not None and joined:
            people = cursor.execute(sql["person_parts"], asking)
            parts.update(
                as_persons(snapshot, row.id, ((Account(platform, id_), *rest) for id_, *rest in people))
            )
        if row is not None and parts:
            snapshot.participants.setdefault(row.id, {}).update(parts)
