"""Schedules and days on PostgreSQL: with a batch, inside its transaction, and reading beside it."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from bot.records import (
    Account,
    AnsweredRow,
    Asked,
    Changes,
    DayRow,
    EarnedRow,
    Place,
    ScheduleRow,
    Snapshot,
    home_of,
)
from bot.store.batches import Wish, wishes
from bot.store.postgres import columns
from bot.store.postgres.connections import Connections, Session
from bot.store.postgres.faults import ConflictError
from bot.store.schedules import based, booked, homes, schedule_row, streaked


class PostgresDays:
    """The days of groups, and who answered."""

    _connections: Connections

    async def days(self, group: int, since: str) -> Sequence[str]:
        """Return the dates from *since* on on which a question was posted, each once, ascending."""
        async with self._connections.aside() as session:
            rows = await session.rows("days_of_group", group_id=group, since=since)
        return [day for (day,) in rows]

    async def answered(self, group: int, account: Account, since: str) -> Sequence[str]:
        """Return those of :meth:`days` on which the learner behind *account* has an attempt, ascending."""
        async with self._connections.aside() as session:
            rows = await session.rows(
                "days_of_account",
                group_id=group,
                since=since,
                platform=account.platform,
                external_id=account.id,
            )
        return [day for (day,) in rows]

    async def day_answers(self, group: int, since: str) -> Mapping[str, Sequence[int]]:
        """Return all of :meth:`days`, ascending, each with the learners who have an attempt, by id."""
        async with self._connections.aside() as session:
            rows = await session.rows("days_with_learners", group_id=group, since=since)
        return {
            day: [learner for _, learner in of_day if learner is not None]
            for day, of_day in groupby(rows, key=itemgetter(0))
        }

    async def schedules(self, place: Place) -> Sequence[ScheduleRow]:
        """Return every schedule of the channel that the place's home leads to, by id."""
        platform, id_ = home_of(place)
        async with self._connections.aside() as session:
            rows = await session.rows("schedules_around", platform=platform, external_id=id_)
        return [schedule_row(tuple(row)) for row in rows]

    async def homes(self, group: int) -> Sequence[Place]:
        """Return the homes of a group's schedules, each once, by their ids."""
        async with self._connections.aside() as session:
            return [Place(*row) for row in await session.rows("homes_of_group", group_id=group)]

    async def scheduled(self, group: int) -> Sequence[ScheduleRow]:
        """Return every schedule of a group, by id."""
        async with self._connections.aside() as session:
            rows = await session.rows("schedules_of_group", group_id=group)
        return [schedule_row(tuple(columns)) for columns in rows]

    async def items(self, group: int, since: int, until: int, but: str) -> Sequence[AnsweredRow]:
        """Return how a group answered each item at ``since <= at < until``, but in some places."""
        async with self._connections.aside() as session:
            rows = await session.rows("items_of_group", group_id=group, since=since, until=until, but=but)
        return [AnsweredRow(*found) for found in rows]

    async def earned(self, group: int, since: int, until: int, but: str) -> Sequence[EarnedRow]:
        """Return what each learner of a group did at ``since <= at < until``, but in some places."""
        async with self._connections.aside() as session:
            rows = await session.rows("earned_in_group", group_id=group, since=since, until=until, but=but)
        return [EarnedRow(*found) for found in rows]

    async def ledger(self, schedule: str) -> Sequence[DayRow]:
        """Return what became of each date of a schedule so far, ascending."""
        async with self._connections.aside() as session:
            rows = await session.rows("days_of_schedule", schedule_id=schedule)
        return [DayRow(*found) for found in rows]


class Scheduling:
    """The schedules and days of one batch, ready to be written if the schedules loaded are as they were."""

    def __init__(self, asked: Sequence[Asked], snapshot: Snapshot, changes: Changes) -> None:
        self._asked = asked
        self._snapshot = snapshot
        self._rows = based(changes.schedules)
        self._days = booked(changes.days)

    @property
    def wanted(self) -> bool:
        """Whether there is anything to write."""
        return bool(self._rows or self._days)

    async def write(self, session: Session) -> None:
        """Write all of it; raise ConflictError when others have written schedules of these homes."""
        if self._rows:
            loaded = homes(wishes(self._asked), self._snapshot)
            await lock_homes(session, sorted({row.place for row, _ in self._rows}.union(loaded)))
            now = {row.id: row for row in await _schedules(session, loaded)}
            written = await session.rows("schedules_save", **columns.schedules(self._rows))
            if now != self._snapshot.schedules or len(written) < len(self._rows):
                raise ConflictError("Others changed the same schedules at the same time: try again.")
        if self._days:
            await session.rows("days_add", **columns.days(self._days))


async def lock_homes(session: Session, homes: Sequence[Place]) -> None:
    """Let nobody else write schedules of *homes*, which are sorted, until the transaction ends."""
    if homes:
        await session.rows("homes_lock", **columns.places(homes))


async def load_schedules(session: Session, snapshot: Snapshot, wanted: Mapping[Place, Wish]) -> None:
    """Load schedules of homes, and what the streaks of the rounds that were loaded are made of."""
    snapshot.schedules.update({row.id: row for row in await _schedules(session, homes(wanted, snapshot))})
    rounds, since = streaked(snapshot, wanted)
    if not rounds:
        return
    rows = await session.rows("days_of_groups", group_ids=list(since), since=list(since.values()))
    for group, days in groupby(rows, key=itemgetter(0)):
        snapshot.days[group] = tuple(day for _, day in days)
    for round_, learner, day in await session.rows(
        "days_of_participants_of_rounds",
        round_ids=[row.id for row in rounds],
        group_ids=[row.group for row in rounds],
        since=[since[row.group] for row in rounds],
    ):
        answered = snapshot.answered.setdefault(round_, {})
        answered[learner] = (*answered.get(learner, ()), day)


async def _schedules(session: Session, homes: Sequence[Place]) -> list[ScheduleRow]:
    """Return the schedules of *homes*, by id."""
    rows = await session.rows("schedules_of_places", **columns.places(homes)) if homes else []
    return [schedule_row(tuple(row)) for row in rows]
