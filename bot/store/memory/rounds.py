"""Rounds in memory: what was loaded, what is refused, what is written."""

from collections import ChainMap, Counter, defaultdict
from collections.abc import Collection, Sequence

from bot.core.errors import StoreError
from bot.ports import Decide, MyRecord, RoundRecord
from bot.records import (
    Account,
    Asked,
    AttemptRow,
    Changes,
    ChannelRow,
    LearnerRow,
    ParticipantRow,
    Place,
    QuestionRow,
    RoundRow,
    Snapshot,
)
from bot.store.amendments import groups_in
from bot.store.batches import Wish, chained, groups, latest, pairs, shares, wishes
from bot.store.memory.amendments import MemoryAmendments
from bot.store.memory.boards import MemoryBoards
from bot.store.memory.outbox import MemoryOutbox
from bot.store.memory.schedules import MemorySchedules
from bot.store.unions import add_settings, founded, sided


class MemoryRounds(MemoryOutbox, MemoryBoards, MemorySchedules, MemoryAmendments):
    """The tables that rounds live in, as dictionaries, with all that is written with them."""

    def __init__(self) -> None:
        super().__init__()
        self._events: dict[str, int] = {}
        self._group_of: dict[int, int] = {}
        self._names: dict[int, str] = {}
        self._accounts: dict[Account, int] = {}
        self._rounds: dict[str, RoundRow] = {}
        self._of_channel: defaultdict[int, list[str]] = defaultdict(list)
        self._open: dict[int, str] = {}
        self._questions: defaultdict[str, dict[int, QuestionRow]] = defaultdict(dict)
        self._participants: defaultdict[str, dict[int, ParticipantRow]] = defaultdict(dict)
        self._attempts: dict[tuple[str, int], AttemptRow] = {}
        self._of_round: defaultdict[str, list[AttemptRow]] = defaultdict(list)
        self._of_item: defaultdict[tuple[int, str], list[AttemptRow]] = defaultdict(list)

    async def transact(self, asked: Sequence[Asked], known: Collection[str], decide: Decide) -> None:
        """Load what *asked* needs, call *decide*, and write its changes, all or nothing."""
        changes = decide(self._load(asked, known))
        rounds = latest(changes.rounds, lambda row: row.id)
        self._refuse_strangers(changes)
        self._refuse_a_second_open(rounds)
        self._refuse_moved_groups(changes)
        self._refuse_overtaken_links(changes)
        self._refuse_played_mirrors(changes, rounds)
        self._refuse_overtaken(changes.schedules)
        self._refuse_other_settings(changes)
        self._refuse_overtaken_packs(changes)
        self._refuse_overtaken_decisions(changes)
        self._save(changes, rounds)

    async def waking(self, until: int, limit: int) -> Sequence[tuple[Place, int]]:
        """Return places that want a Tick by *until* and when, earliest first; a place may come twice."""
        rows = (self._rounds[id_] for id_ in self._open.values())
        due = sorted(
            (row.wake_at, row.id, row.place)
            for row in rows
            if row.wake_at is not None and row.wake_at <= until
        )
        due = sorted([*due, *self._schedules_due(until)])
        return [(place, wake_at) for wake_at, _, place in due[:limit]]

    async def look(self, round_: str) -> RoundRecord | None:
        """Return a round, open or ended, with its questions; None when there is none."""
        row = self._rounds.get(round_)
        if row is None:
            return None
        return RoundRecord(row, self._questions_of(round_), self._unions.get(row.group, row.group))

    async def mine(self, round_: str, account: Account) -> MyRecord | None:
        """Return what the learner behind *account* did in a round; None when they took no part."""
        parts = self._parts_of(account, round_)
        if not parts:
            return None
        participant = parts[0]
        learner = participant.own or participant.learner
        attempts = [row for row in self._of_round[round_] if row.learner == learner]
        return MyRecord(participant, tuple(sorted(attempts, key=_position)))

    async def playing(self, group: int, account: Account) -> Sequence[str]:
        """Return the open rounds of a group in which the learner behind *account* has a row, by their ids."""
        kin = self._kin(group)
        rows = [self._rounds[id_] for id_ in self._open.values()]
        ours = [row for row in rows if self._group_of[row.channel] in kin]
        found = [row for row in ours if await self.mine(row.id, account) is not None]
        return [row.id for row in sorted(found, key=lambda row: (row.started_at, row.id))]

    async def standing(self, round_: str, limit: int) -> Sequence[tuple[int, int, int]]:
        """Return (learner, points, right) from the attempts alone, most points first, then by learner."""
        points: Counter[int] = Counter()
        right: Counter[int] = Counter()
        for row in self._of_round[round_]:
            points[row.learner] += row.points
            right[row.learner] += row.credit >= 1
        ranked = sorted(points, key=lambda learner: (-points[learner], learner))
        return [(learner, points[learner], right[learner]) for learner in ranked[:limit]]

    def _load(self, asked: Sequence[Asked], known: Collection[str]) -> Snapshot:
        snapshot = Snapshot(events={one.event for one in asked if one.event in self._events})
        wanted = wishes(asked)
        for place, wish in wanted.items():
            self._load_place(snapshot, place, wish, known)
        self._load_places(snapshot, wanted)
        self._load_schedules(snapshot, wanted)
        self._load_histories(snapshot, asked)
        of = sided(snapshot, wanted).union(groups(asked), groups_in(snapshot.histories.values()))
        add_settings(snapshot, self._chosen(of))
        for place, account in pairs(asked):
            self._load_part(snapshot, place, account)
        self._load_codes(snapshot, asked)
        self._load_packs(snapshot, asked)
        return snapshot

    def _load_place(self, snapshot: Snapshot, place: Place, wish: Wish, known: Collection[str]) -> None:
        channel = self._places.get(place)
        if channel is None:
            return
        own = self._group_of[self._own.get(place, channel)]
        group = self._unions.get(own, own)
        snapshot.channels[place] = ChannelRow(place, channel, group, self._settings[group], own)
        if wish.shares and (found := self._shares(channel)):
            snapshot.shares[place] = found
        if recent := self._recent(channel, wish.recent):
            snapshot.recent[place] = recent
        if channel in self._open:
            row = snapshot.rounds[place] = self._rounds[self._open[channel]]
            self._load_round(snapshot, row, wish, known)

    def _load_round(self, snapshot: Snapshot, row: RoundRow, wish: Wish, known: Collection[str]) -> None:
        if row.id not in known:
            snapshot.questions[row.id] = self._questions_of(row.id)
        if wish.everyone and self._participants[row.id]:
            snapshot.participants[row.id] = dict(self._participants[row.id])
        if wish.since is not None and (repeats := self._repeats(row, wish.since)):
            snapshot.repeats[row.id] = repeats

    def _load_part(self, snapshot: Snapshot, place: Place, account: Account) -> None:
        learner = self._accounts.get(account)
        if learner is None:
            return
        own = self._own_of.get(account, 0)
        snapshot.learners[account] = LearnerRow(account, learner, self._names[learner], own)
        round_ = snapshot.rounds.get(place)
        if round_ is not None:
            self._load_person(snapshot, account, round_.id)
        participant = None if round_ is None else self._participants[round_.id].get(learner)
        if participant is not None:
            snapshot.participants.setdefault(participant.round, {})[learner] = participant

    def _questions_of(self, round_: str) -> tuple[QuestionRow, ...]:
        return tuple(row for _, row in sorted(self._questions[round_].items()))

    def _recent(self, channel: int, wanted: int) -> tuple[str, ...]:
        """Return the items of the last *wanted* questions that were opened in *channel*, newest first."""
        rounds = [self._rounds[id_] for id_ in self._of_channel[channel]]
        found: list[str] = []
        for row in sorted(rounds, key=lambda row: (row.started_at, row.id), reverse=True):
            if len(found) >= wanted:
                break
            found += reversed(self._opened(row))
        return tuple(found[:wanted])

    def _shares(self, channel: int) -> dict[str, float]:
        """Return how well each item was answered in the rounds of *channel*."""
        attempts = (row for id_ in self._of_channel[channel] for row in self._counted(id_))
        counts = Counter((row.item, row.credit) for row in attempts)
        return shares((*key, count) for key, count in counts.items())

    def _opened(self, row: RoundRow) -> list[str]:
        """Return the items of a round up to the question that is open or was open last."""
        items = [question.item for question in self._questions_of(row.id)]
        places = [position for position, item in enumerate(items) if item == row.item]
        return items[: places[-1] + 1] if places else []

    def _repeats(self, row: RoundRow, since: int) -> dict[int, int]:
        kin = () if row.item is None else self._kin(row.group)
        counted = Counter(
            attempt.learner
            for group in kin
            for attempt in self._of_item[group, row.item or ""]
            if attempt.points > 0 and attempt.at >= since
        )
        parts = self._participants[row.id].values()
        found = {
            part.learner: sum(counted[one] for one in self._selves(part.own or part.learner))
            for part in parts
        }
        return {learner: count for learner, count in found.items() if count}

    def _refuse_strangers(self, changes: Changes) -> None:
        """Raise StoreError for a row that speaks of something that is not there."""
        channels = ChainMap({row.id: row.own or row.group for row in changes.channels}, self._group_of)
        people = {row.person: row.name for row in changes.joins if row.person}
        learners = ChainMap({row.id: row.name for row in changes.learners}, people, self._names)
        rounds = ChainMap({row.id: row for row in changes.rounds}, self._rounds)
        groups = {row.own or row.group for row in changes.channels} | {row.union for row in changes.unions}
        named = [
            *(row.channel in channels for row in changes.rounds),
            *(row.group in groups or row.group in self._settings for row in changes.rounds),
            *(row.round in rounds for row in changes.questions),
            *(row.round in rounds and row.learner in learners for row in changes.participants),
            *(row.round in rounds and row.learner in learners for row in changes.attempts),
            *(row.learner in learners for row in changes.joins),
            *(row.learner in learners for row in changes.hiding),
            *(row.learner in learners for row in changes.totals),
            *(row.learner in learners for row in changes.flags),
            *(row.group in groups or row.group in self._settings for row in changes.flags),
            *(row.group in groups or row.group in self._settings for row in changes.schedules),
            *(row.group in groups or row.group in self._settings for row in changes.settings),
            *(row.group in groups or row.group in self._settings for row in changes.unions),
            *(row.group in groups or row.group in self._settings for row in changes.packs),
            *(row.group in groups or row.group in self._settings for row in changes.uploads),
            *(row.group in groups or row.group in self._settings for row in changes.proposals),
            *(row.group in groups or row.group in self._settings for row in changes.decisions),
            *(row.group in groups or row.group in self._settings for row in changes.suspects),
            *(row.group in groups or row.group in self._settings for row in changes.amendments),
            *(row.learner in learners for row in changes.amendments),
            *(self._is_scheduled(row, changes.schedules) for row in changes.days),
        ]
        if not all(named):
            raise StoreError(
                "A row names a group, channel, learner, round or schedule that is not there: save it first."
            )

    def _refuse_other_settings(self, changes: Changes) -> None:
        """Raise StoreError when settings are not what they were when they were read."""
        now = ChainMap(self._settings, founded(changes.unions))
        if any(now.get(row.group, "") != row.before for row in chained(changes.settings)):
            raise StoreError("The settings of a group were changed by others: load it, then decide again.")

    def _refuse_a_second_open(self, rounds: Sequence[RoundRow]) -> None:
        """Raise StoreError when a channel would be left with two open rounds."""
        touched = {row.id for row in rounds}
        open_ = {channel: id_ for channel, id_ in self._open.items() if id_ not in touched}
        for row in rounds:
            if row.open and open_.setdefault(row.channel, row.id) != row.id:
                raise StoreError("A channel has one open round at most: end the open one first.")

    def _save(self, changes: Changes, rounds: Sequence[RoundRow]) -> None:
        for event, at in changes.events:
            self._events.setdefault(event, at)
        for channel in changes.channels:
            self._places.setdefault(channel.place, channel.id)
            group = channel.own or channel.group
            self._settings.setdefault(group, "")
            self._group_of.setdefault(channel.id, group)
        self._save_unions(changes.unions)
        self._settings.update({row.group: row.settings for row in changes.settings})
        self._names.update({row.person: row.name for row in changes.joins if row.person})
        for learner in changes.learners:
            self._names[learner.id] = learner.name
            self._accounts.setdefault(learner.account, learner.own or learner.id)
        self._save_codes(changes)
        self._save_schedules(changes.schedules, changes.days)
        self._save_mirrors(changes.mirrors)
        self._save_rounds(rounds)
        self._loosen(changes)
        for question in changes.questions:
            self._questions[question.round].setdefault(question.position, question)
        for participant in changes.participants:
            there = self._participants[participant.round]
            own = there.get(participant.learner, participant).own
            there[participant.learner] = participant._replace(own=own)
        for attempt in changes.attempts:
            self._add_attempt(attempt)
        for row in changes.outbox:
            self._put(row)
        self._keep_hid(changes.hiding)
        self._hide(changes.hiding)
        self._add_totals([*changes.totals, *self._save_joins(changes.joins)])
        self._save_flags(changes.flags)
        self._save_packs(changes)
        self._save_decisions(changes)

    def _save_rounds(self, rounds: Sequence[RoundRow]) -> None:
        for row in rounds:
            if row.id not in self._rounds:
                self._of_channel[row.channel].append(row.id)
            self._rounds[row.id] = row
            if self._open.get(row.channel) == row.id:
                del self._open[row.channel]
        self._open.update({row.channel: row.id for row in rounds if row.open})

    def _add_attempt(self, row: AttemptRow) -> None:
        if (row.question, row.learner) in self._attempts:
            return
        self._attempts[row.question, row.learner] = row
        self._of_round[row.round].append(row)
        self._of_item[row.group, row.item].append(row)

    def _forget_events(self, before: int) -> int:
        old = [event for event, at in self._events.items() if at < before]
        for event in old:
            del self._events[event]
        return len(old)


def _position(row: AttemptRow) -> int:
    """Return the question's position in its round: an id of a question ends in it."""
    return int(row.question.removeprefix(f"{row.round}."))
