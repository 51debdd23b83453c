"""Rows turned on their side: an array for each column of a statement that writes many rows at once.

Rows go in the order of their keys, so that two batches with rows in common wait for each other in one
direction only; of rows with the same key, where that is allowed, the first given stays the first.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count
from operator import itemgetter
from typing import TypeAlias, TypeVar

from bot.records import (
    AttemptRow,
    ChannelRow,
    DayRow,
    FlagRow,
    JoinRow,
    LearnerRow,
    OutboxRow,
    ParticipantRow,
    Place,
    QuestionRow,
    RoundRow,
    ScheduleRow,
    SettingsRow,
    Snapshot,
)
from bot.store.batches import chained, flagged, latest
from bot.store.postgres.connections import Scalar
from bot.store.unions import mirrors_text

Columns: TypeAlias = dict[str, Sequence[Scalar]]
Row = TypeVar("Row")

_ATTEMPT = (
    *("question_ids", "round_ids", "group_ids", "channel_ids", "learner_ids", "items", "topics"),
    *("times", "elapsed", "credits", "points", "bodies"),
)


def held(snapshot: Snapshot) -> Columns:
    """Return the rounds that were loaded, with their versions."""
    rounds = sorted({(row.id, row.version) for row in snapshot.rounds.values()})
    return _named(("held_ids", "held_versions"), rounds)


def events(rows: Sequence[tuple[str, int]]) -> Columns:
    """Return event ids and when they were handled, each id once."""
    first = {id_: (id_, at) for id_, at in reversed(rows)}
    return _named(("event_ids", "event_times"), sorted(first.values()))


def rounds(rows: Sequence[RoundRow]) -> Columns:
    """Return rounds, ended ones first so that a channel's next round finds its place free."""
    ordered = sorted(latest(rows, lambda row: row.id), key=lambda row: (row.open, row.id))
    return {
        "round_ids": [row.id for row in ordered],
        "channel_ids": [row.channel for row in ordered],
        "group_ids": [row.group for row in ordered],
        "platforms": [row.place.platform for row in ordered],
        "external_ids": [row.place.id for row in ordered],
        "versions": [row.version for row in ordered],
        "opens": [row.open for row in ordered],
        "wakes": [row.wake_at for row in ordered],
        "starts": [row.started_at for row in ordered],
        "items": [row.item for row in ordered],
        "round_bodies": [row.body for row in ordered],
        "mirrors": [mirrors_text(row.mirrors) for row in ordered],
    }


def participants(rows: Sequence[ParticipantRow]) -> Columns:
    """Return participants."""
    ordered = sorted(latest(rows, itemgetter(0, 1)), key=itemgetter(0, 1))
    return _named(("part_rounds", "part_learners", "scores", "part_bodies"), [row[:4] for row in ordered])


def newcomers(rows: Sequence[ParticipantRow]) -> Columns:
    """Return participants who were not there, and as what they came in."""
    ordered = sorted(latest(rows, itemgetter(0, 1)), key=itemgetter(0, 1))
    return {**participants(ordered), "part_owns": [row.own for row in ordered]}


def persons(rows: Sequence[JoinRow]) -> Columns:
    """Return the persons that somebody becomes part of, each once, with their names."""
    found = {row.person: row.name for row in rows if row.person}
    return _named(("learner_ids", "names"), sorted(found.items()))


def messages(rows: Sequence[OutboxRow]) -> Columns:
    """Return messages in the order written; the statement sorts them when it has numbered them."""
    return {
        "keys": [row.key for row in rows],
        "actions": [row.action for row in rows],
        "message_platforms": [row.place.platform for row in rows],
        "message_places": [row.place.id for row in rows],
        "recipients": [row.to for row in rows],
        "questions": [row.question for row in rows],
        "not_before": [row.not_before for row in rows],
        "message_bodies": [row.body for row in rows],
    }


def channels(rows: Sequence[ChannelRow]) -> Columns:
    """Return groups, channels and places."""
    by_id = sorted(rows, key=lambda row: row.id)
    by_place = sorted(rows, key=lambda row: row.place)
    return {
        "groups": sorted({row.own or row.group for row in rows}),
        "channel_ids": [row.id for row in by_id],
        "channel_groups": [row.own or row.group for row in by_id],
        "platforms": [row.place.platform for row in by_place],
        "external_ids": [row.place.id for row in by_place],
        "place_channels": [row.id for row in by_place],
    }


def settings(rows: Iterable[SettingsRow]) -> Columns:
    """Return groups, each once, what their settings were before, and what came last."""
    return _named(("groups", "before", "settings"), chained(rows))


def learners(rows: Sequence[LearnerRow]) -> Columns:
    """Return learners by the name that came last, and their accounts."""
    by_id = sorted(latest(rows, lambda row: row.id), key=lambda row: row.id)
    by_account = sorted(rows, key=lambda row: row.account)
    return {
        "learner_ids": [row.id for row in by_id],
        "names": [row.name for row in by_id],
        "platforms": [row.account.platform for row in by_account],
        "external_ids": [row.account.id for row in by_account],
        "account_learners": [row.own or row.id for row in by_account],
    }


def questions(rows: Sequence[QuestionRow]) -> Columns:
    """Return questions."""
    ordered = sorted(rows, key=lambda row: (row.round, row.position))
    return _named(("round_ids", "positions", "items", "bodies", "versions"), ordered)


def attempts(rows: Sequence[AttemptRow]) -> Columns:
    """Return attempts."""
    ordered = sorted(rows, key=lambda row: (row.question, row.learner))
    return _named(_ATTEMPT, ordered)


def flags(rows: Iterable[FlagRow]) -> Columns:
    """Return flags, each question and learner once."""
    names = ("group_ids", "items", "question_ids", "learner_ids", "times", "reasons")
    return _named(names, flagged(rows))


def gains(rows: Sequence[tuple[int, ...]]) -> Columns:
    """Return what is added to totals, sorted by board and learner."""
    return _named(("boards", "learners", "points", "answers", "rights"), rows)


def totals(rows: Sequence[tuple[int | None, ...]]) -> Columns:
    """Return totals as they are to be, sorted by board and learner."""
    return _named(("boards", "learners", "points", "answers", "rights", "by_points", "by_accuracy"), rows)


def counts(rows: Sequence[tuple[int, int, int, int]]) -> Columns:
    """Return what is added to the counts of boards, sorted by their key."""
    return _named(("boards", "kinds", "buckets", "members"), rows)


def places(rows: Sequence[Place]) -> Columns:
    """Return places as they are given."""
    return _named(("platforms", "external_ids"), rows)


def schedules(rows: Sequence[tuple[ScheduleRow, int]]) -> Columns:
    """Return schedules, each with the version that must be there; they are sorted by id."""
    return {
        "ids": [row.id for row, _ in rows],
        "platforms": [row.place.platform for row, _ in rows],
        "external_ids": [row.place.id for row, _ in rows],
        "group_ids": [row.group for row, _ in rows],
        "versions": [row.version for row, _ in rows],
        "dues": [row.due_at for row, _ in rows],
        "settled": [row.settled for row, _ in rows],
        "bodies": [row.body for row, _ in rows],
        "bases": [base for _, base in rows],
    }


def days(rows: Sequence[DayRow]) -> Columns:
    """Return days, sorted by schedule and date."""
    return _named(("schedule_ids", "days", "group_ids", "outcomes", "round_ids", "times"), rows)


def waves(rows: Sequence[Row], key: Callable[[Row], object]) -> Sequence[Sequence[Row]]:
    """Return *rows* in parts that have no key twice, and each key's rows in their order."""
    times: dict[object, Iterator[int]] = {}
    parts: list[list[Row]] = []
    for row in rows:
        part = next(times.setdefault(key(row), count()))
        if part == len(parts):
            parts.append([])
        parts[part].append(row)
    return parts


def _named(names: Sequence[str], rows: Sequence[tuple[Scalar, ...]]) -> Columns:
    """Return the columns of *rows* by *names*."""
    columns: Sequence[Sequence[Scalar]] = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    return dict(zip(names, columns, strict=True))
