"""Schedules and days in memory."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from bot.core.errors import StoreError
from bot.records import (
    Account,
    AnsweredRow,
    AttemptRow,
    DayRow,
    EarnedRow,
    ParticipantRow,
    Place,
    QuestionRow,
    RoundRow,
    ScheduleRow,
    Snapshot,
    daily_place,
    home_of,
)
from bot.store.batches import Wish
from bot.store.memory.links import MemoryLinks
from bot.store.schedules import based, booked, homes, later, streaked


class MemorySchedules(MemoryLinks):
    """Schedules and what became of their days, over dictionaries."""

    _accounts: dict[Account, int]
    _participants: defaultdict[str, dict[int, ParticipantRow]]
    _of_round: defaultdict[str, list[AttemptRow]]
    _rounds: dict[str, RoundRow]
    _questions: defaultdict[str, dict[int, QuestionRow]]
    _names: dict[int, str]
    _hidden: set[int]

    def __init__(self) -> None:
        super().__init__()
        self._schedules: dict[str, ScheduleRow] = {}
        self._days: defaultdict[str, dict[str, DayRow]] = defaultdict(dict)

    async def days(self, group: int, since: str) -> Sequence[str]:
        """Return the dates from *since* on on which a question was posted, each once, ascending."""
        return list(self._learners_by_day(group, since))

    async def answered(self, group: int, account: Account, since: str) -> Sequence[str]:
        """Return those of :meth:`days` on which the learner behind *account* has an attempt, ascending."""
        learner, by_day = self._accounts.get(account), self._learners_by_day(group, since)
        return [day for day, learners in by_day.items() if learner in learners]

    async def day_answers(self, group: int, since: str) -> Mapping[str, Sequence[int]]:
        """Return all of :meth:`days`, ascending, each with the learners who have an attempt, by id."""
        return {day: sorted(learners) for day, learners in self._learners_by_day(group, since).items()}

    async def schedules(self, place: Place) -> Sequence[ScheduleRow]:
        """Return every schedule of the channel that the place's home leads to, by id."""
        home = home_of(place)
        channel = self._places.get(home)
        kin = [one for one, to in self._places.items() if to == channel and one != home]
        rows = [row for one in (home, *kin) for row in self._schedules_at(one)]
        return sorted(rows, key=lambda row: row.id)

    async def homes(self, group: int) -> Sequence[Place]:
        """Return the homes of a group's schedules, each once, by their ids."""
        found = {row.place for row in self._schedules.values() if row.group == group}
        return sorted(found, key=lambda place: (place.id, place.platform))

    async def scheduled(self, group: int) -> Sequence[ScheduleRow]:
        """Return every schedule of a group, by id."""
        kin = self._kin(group)
        return [row for _, row in sorted(self._schedules.items()) if row.group in kin]

    async def items(self, group: int, since: int, until: int, but: str) -> Sequence[AnsweredRow]:
        """Return how a group answered each item at ``since <= at < until``, but in some places."""
        found: defaultdict[tuple[str, str], list[AttemptRow]] = defaultdict(list)
        for row in self._told(group, since, until, but):
            found[row.item, row.topic].append(row)
        open_ = {
            question.item
            for round_ in self._rounds.values()
            if round_.open and round_.group in self._kin(group)
            for question in self._questions[round_.id].values()
        }
        return [
            AnsweredRow(
                *key,
                len(rows),
                _right(rows),
                len({self._person(row.learner) for row in rows}),
                open=key[0] in open_,
            )
            for key, rows in sorted(found.items())
        ]

    async def earned(self, group: int, since: int, until: int, but: str) -> Sequence[EarnedRow]:
        """Return what each learner of a group did at ``since <= at < until``, but in some places."""
        found: defaultdict[int, list[AttemptRow]] = defaultdict(list)
        for row in self._told(group, since, until, but):
            if not self._answered_before(row):
                found[self._person(row.learner)].append(row)
        return [
            EarnedRow(
                learner,
                self._names[learner],
                sum(row.points for row in rows),
                len(rows),
                _right(rows),
                hidden=learner in self._hidden,
            )
            for learner, rows in sorted(found.items())
        ]

    def _answered_before(self, row: AttemptRow) -> bool:
        """Tell whether one who is the same person as an attempt's learner answered the question first."""
        others = (self._attempts.get((row.question, one)) for one in self._selves(row.learner))
        return any((other.at, other.learner) < (row.at, row.learner) for other in others if other is not None)

    def _told(self, group: int, since: int, until: int, but: str) -> Iterator[AttemptRow]:
        kin = self._kin(group)
        for row in (row for attempts in self._of_round.values() for row in attempts):
            told = not self._rounds[row.round].place.id.startswith(but)
            counts = told and (row.question, row.learner) not in self._void
            if counts and row.group in kin and since <= row.at < until:
                yield row

    async def ledger(self, schedule: str) -> Sequence[DayRow]:
        """Return what became of each date of a schedule so far, ascending."""
        return [row for _, row in sorted(self._days[schedule].items())]

    def _schedules_at(self, home: Place) -> list[ScheduleRow]:
        return [row for _, row in sorted(self._schedules.items()) if row.place == home]

    def _schedules_due(self, until: int) -> Iterator[tuple[int, str, Place]]:
        """Yield when schedules want a Tick, their ids, and where."""
        for row in self._schedules.values():
            if row.due_at is not None and row.due_at <= until:
                yield row.due_at, row.id, daily_place(row.place, row.id)

    def _learners_by_day(self, group: int, since: str) -> dict[str, set[int]]:
        """Return the days of a group, ascending, and who has an attempt on each."""
        found: defaultdict[str, set[int]] = defaultdict(set)
        kin = self._kin(group)
        for row in (row for days in self._days.values() for row in days.values()):
            if row.group in kin and row.outcome == "posted" and row.day >= since:
                found[row.day].update(self._person(attempt.learner) for attempt in self._of_round[row.round])
        return dict(sorted(found.items()))

    def _load_schedules(self, snapshot: Snapshot, wanted: Mapping[Place, Wish]) -> None:
        """Load schedules of homes, and what the streaks of rounds are made of."""
        for home in homes(wanted, snapshot):
            snapshot.schedules.update({row.id: row for row in self._schedules_at(home)})
        rounds, since = streaked(snapshot, wanted)
        by_group = {group: self._learners_by_day(group, first) for group, first in since.items()}
        snapshot.days.update({group: tuple(by_day) for group, by_day in by_group.items() if by_day})
        for row in rounds:
            people = {
                part.learner: self._person(part.own or part.learner)
                for part in self._participants[row.id].values()
            }
            answered = _answered(people, by_group[row.group])
            if answered:
                snapshot.answered[row.id] = answered

    def _is_scheduled(self, row: DayRow, saved: Sequence[ScheduleRow]) -> bool:
        return row.schedule in self._schedules or any(row.schedule == schedule.id for schedule in saved)

    def _refuse_overtaken(self, rows: Sequence[ScheduleRow]) -> None:
        """Raise StoreError when a schedule is no longer as it must have been loaded."""
        for row, base in based(rows):
            there = self._schedules.get(row.id)
            if base != (0 if there is None else there.version):
                raise StoreError("A schedule was changed by others meanwhile: load it, then decide again.")

    def _save_schedules(self, rows: Sequence[ScheduleRow], days: Sequence[DayRow]) -> None:
        self._schedules.update({row.id: row for row, _ in based(rows)})
        for row in booked(days):
            of_schedule = self._days[row.schedule]
            of_schedule[row.day] = later(of_schedule.get(row.day, row), row)


def _answered(people: Mapping[int, int], by_day: Mapping[str, set[int]]) -> dict[int, tuple[str, ...]]:
    """Return the days on which each learner's person has an attempt, without those who have none."""
    found = {
        learner: tuple(day for day, present in by_day.items() if person in present)
        for learner, person in people.items()
    }
    return {learner: days for learner, days in found.items() if days}


def _right(rows: Sequence[AttemptRow]) -> int:
    return sum(row.credit >= 1 for row in rows)
