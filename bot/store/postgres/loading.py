"""What a batch needs, read inside its transaction."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import groupby

from asyncpg import Record

from bot.records import (
    Account,
    Asked,
    ChannelRow,
    LearnerRow,
    ParticipantRow,
    Place,
    QuestionRow,
    Snapshot,
)
from bot.store.amendments import groups_in
from bot.store.batches import Wish, groups, pairs, shares, wishes
from bot.store.joins import as_persons
from bot.store.postgres.amendments import load_histories
from bot.store.postgres.connections import Session
from bot.store.postgres.links import load_codes
from bot.store.postgres.own_packs import load_packs
from bot.store.postgres.schedules import load_schedules, lock_homes
from bot.store.postgres.unions import load_places
from bot.store.rounds import round_row
from bot.store.schedules import homes
from bot.store.unions import add_settings, sided


async def lock(session: Session, asked: Sequence[Asked]) -> None:
    """Lock the open rounds of the places asked about, and their homes, until the transaction ends."""
    wanted = wishes(asked)
    await session.rows("rounds_lock", **_names(list(wanted)))
    await lock_homes(session, homes(wanted, Snapshot()))


async def load(session: Session, asked: Sequence[Asked], known: Collection[str]) -> Snapshot:
    """Return what *asked* needs.

    Each statement sees what is committed when it begins. What belongs to a round and was changed between two
    of them came with a new version of the round, which saving will notice.
    """
    snapshot = Snapshot()
    wanted = wishes(asked)
    if asked:
        await _load_most(session, snapshot, asked)
        await _load_persons(session, snapshot, asked)
        await load_codes(session, snapshot, asked)
        await load_packs(session, snapshot, asked)
    await _load_recent(session, snapshot, wanted)
    await _load_shares(session, snapshot, wanted)
    await _load_everyone(session, snapshot, wanted)
    await load_places(session, snapshot, wanted)
    await load_schedules(session, snapshot, wanted)
    await load_histories(session, snapshot, asked)
    answered = groups_in(snapshot.histories.values())
    if of := sided(snapshot, wanted).union(groups(asked), answered):
        rows = await session.rows("settings_of_groups", ids=sorted(of))
        add_settings(snapshot, ((row[0], row[1], row[2], row[3]) for row in rows))
    # What the caller knows may shrink while we wait, so the last look at it comes right before its use.
    while missing := [row.id for row in snapshot.rounds.values() if _unknown(row.id, snapshot, known)]:
        await _load_questions(session, snapshot, missing)
    return snapshot


def _unknown(round_: str, snapshot: Snapshot, known: Collection[str]) -> bool:
    return round_ not in snapshot.questions and round_ not in known


async def _load_most(session: Session, snapshot: Snapshot, asked: Sequence[Asked]) -> None:
    """Load channels and their open rounds, learners and their rows in them, and which events are known."""
    number = {place: n for n, place in enumerate(wishes(asked), 1)}
    acting = list(pairs(asked))
    places = list(number)
    for row in await session.rows(
        "batch_load",
        **_names(places),
        pair_places=[number[place] for place, _ in acting],
        account_platforms=[account.platform for _, account in acting],
        account_ids=[account.id for _, account in acting],
        event_ids=[one.event for one in asked if one.event],
    ):
        match row["kind"]:
            case "place":
                _add_place(snapshot, places[row["n"] - 1], row)
            case "person":
                _add_person(snapshot, acting[row["n"] - 1][1], row)
            case _:
                snapshot.events.add(row["name"])


def _add_place(snapshot: Snapshot, place: Place, row: Record) -> None:
    snapshot.channels[place] = ChannelRow(place, row["id"], row["of_group"], row["name"], row["score"])
    if row["round_id"] is not None:
        snapshot.rounds[place] = round_row(tuple(row[4:16]))


def _add_person(snapshot: Snapshot, account: Account, row: Record) -> None:
    learner: int = row["id"]
    snapshot.learners[account] = LearnerRow(account, learner, row["name"], row["of_group"] or 0)
    if row["round_id"] is not None:
        own = row["group_id"] or 0
        part = ParticipantRow(row["round_id"], learner, row["score"], row["body"], own)
        snapshot.participants.setdefault(part.round, {})[learner] = part


async def _load_persons(session: Session, snapshot: Snapshot, asked: Sequence[Asked]) -> None:
    """Load as whom those play who are or were part of a person."""
    acting = [
        (account, snapshot.rounds[place].id)
        for place, account in pairs(asked)
        if place in snapshot.rounds and account in snapshot.learners and snapshot.learners[account].own
    ]
    if not acting:
        return
    rows = await session.rows(
        "person_parts",
        platforms=[account.platform for account, _ in acting],
        account_ids=[account.id for account, _ in acting],
        round_ids=[round_ for _, round_ in acting],
    )
    for n, learner, score, body, own in rows:
        account, round_ = acting[n - 1]
        parts = as_persons(snapshot, round_, [(account, learner, score, body, own)])
        snapshot.participants.setdefault(round_, {}).update(parts)


def _names(places: Sequence[Place]) -> dict[str, Sequence[str]]:
    return {
        "platforms": [place.platform for place in places],
        "external_ids": [place.id for place in places],
    }


async def _load_recent(session: Session, snapshot: Snapshot, wanted: Mapping[Place, Wish]) -> None:
    """Load the items that were asked last in the channels of places that want to know."""
    most: dict[int, int] = {}
    for place, channel in snapshot.channels.items():
        if wanted[place].recent:
            most[channel.id] = max(most.get(channel.id, 0), wanted[place].recent)
    if not most:
        return
    rows = await session.rows("recent_of_channels", channel_ids=list(most), wanted=list(most.values()))
    items = {id_: [item for _, item in group] for id_, group in groupby(rows, key=lambda row: row[0])}
    for place, channel in snapshot.channels.items():
        if recent := tuple(items.get(channel.id, ())[: wanted[place].recent]):
            snapshot.recent[place] = recent


async def _load_shares(session: Session, snapshot: Snapshot, wanted: Mapping[Place, Wish]) -> None:
    """Load how well items were answered in the channels of places that want to know."""
    asking = {place: channel.id for place, channel in snapshot.channels.items() if wanted[place].shares}
    if not asking:
        return
    counts: defaultdict[int, list[tuple[str, float, int]]] = defaultdict(list)
    for channel, *row in await session.rows("credits_of_channels", channel_ids=sorted({*asking.values()})):
        counts[channel].append((row[0], row[1], row[2]))
    by_channel = {channel: shares(rows) for channel, rows in counts.items()}
    for place, channel in asking.items():
        if channel in by_channel:
            snapshot.shares[place] = dict(by_channel[channel])


async def _load_everyone(session: Session, snapshot: Snapshot, wanted: Mapping[Place, Wish]) -> None:
    """Load all participants of the rounds for which that is wanted, and their repeats of the open item."""
    since: dict[str, int] = {}
    for place, row in snapshot.rounds.items():
        if wanted[place].everyone:
            since[row.id] = min(since.get(row.id, 2**63 - 1), wanted[place].since or 0)
    if not since:
        return
    for columns in await session.rows("participants_of_rounds", round_ids=list(since)):
        part = ParticipantRow(*columns)
        snapshot.participants.setdefault(part.round, {})[part.learner] = part
    rounds = {row.id: row for row in snapshot.rounds.values() if row.id in since and row.item is not None}
    if not rounds:
        return
    for round_, learner, count in await session.rows(
        "repeats_of_rounds",
        round_ids=list(rounds),
        group_ids=[row.group for row in rounds.values()],
        items=[row.item for row in rounds.values()],
        since=[since[id_] for id_ in rounds],
    ):
        snapshot.repeats.setdefault(round_, {})[learner] = count


async def _load_questions(session: Session, snapshot: Snapshot, rounds: Sequence[str]) -> None:
    rows = [QuestionRow(*columns) for columns in await session.rows("questions_of_rounds", round_ids=rounds)]
    for round_ in rounds:
        snapshot.questions[round_] = ()
    for round_, group in groupby(rows, key=lambda row: row.round):
        snapshot.questions[round_] = tuple(group)
