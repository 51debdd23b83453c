"""Dailies: the schedules of a channel inside one batch: set, shown, settled day by day, and written.

A question of the day is a round in a sub-place of its channel, so that it neither waits for a group round nor
holds one up. Its schedule wants a Tick like a round does, and all that is decided about a day (its row in the
ledger, its round, its message) is written in one transaction.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from bot.core import effects as fx
from bot.core.commands import (
    DrawRequest,
    Mode,
    Off,
    Person,
    PostDaily,
    RecapAt,
    ScheduleCommand,
    SetDaily,
    Settings,
    ShowDaily,
    StopDaily,
)
from bot.core.effects import Confirmation, Refusal
from bot.core.ids import ChannelId, LearnerId, RoundId, ScheduleId
from bot.core.local_times import local_day, zone_named
from bot.core.schedules import (
    DEFAULT_REVEAL,
    EVERY_DAY,
    GRACE,
    RECAP,
    DayDecision,
    Schedule,
    daily_round,
    is_recap,
    next_due,
    next_posts,
    owed,
    reveal_at,
    started,
)
from bot.core.states import Round
from bot.core.streaks import day_streak
from bot.engine import codec
from bot.engine.codec import to_ms, to_ms_after
from bot.engine.events import private_place
from bot.engine.groups import Groups
from bot.engine.identities import recap_id, schedule_id
from bot.records import (
    Account,
    Changes,
    ChannelRow,
    DayRow,
    Place,
    ScheduleRow,
    Snapshot,
    daily_place,
    schedule_of,
)

DAILY_SETTINGS: Final = Settings(mode=Mode.EVERYONE, lobby_seconds=0, pause_seconds=None, speed_bonus=False)
"""How a question of the day is played: nobody has to hurry for it."""

MOST_SCHEDULES: Final = 10
NEXT_SHOWN: Final = 3
KEEPERS_SHOWN: Final = 5
MOST_FAILURES: Final = 3
"""After so many posts in a row that the channel did not take, its schedule is paused."""

_AT_ONCE: Final = 100
STREAK_DAYS: Final = timedelta(days=400)
"""How far back streaks are looked for when a question closes."""

POSTED: Final = "posted"
SKIPPED: Final = "skipped"
UNPOSTED: Final = "unposted"


class Dailies:
    """The schedules that were loaded for a batch, and what became of them."""

    def __init__(
        self,
        snapshot: Snapshot,
        changes: Changes,
        groups: Groups,
        now: datetime,
        *,
        fits: Callable[[DrawRequest], bool],
        grace: timedelta = GRACE,
    ) -> None:
        """Begin with the schedules in *snapshot*; days that are settled go to *changes* at once.

        *fits* tells whether there is anything to ask. *grace* is how late a post may be. *told* gathers what
        owners of schedules should hear.
        """
        self._snapshot = snapshot
        self._changes = changes
        self._groups = groups
        self._now = now
        self._fits = fits
        self._grace = grace
        self._rows: dict[str, ScheduleRow] = dict(snapshot.schedules)
        self._plans = {id_: codec.SCHEDULE.decode(row.body) for id_, row in self._rows.items()}
        self._changed: set[str] = set()
        self.told: list[tuple[Place, RoundId, fx.ToLearner]] = []

    # ------------------------------------------------------------------------------------------ what is asked

    def command(self, command: ScheduleCommand, place: Place, channel: ChannelRow, by: Person) -> fx.Reply:
        """Do what an organiser asks of the schedules of *place*; anybody may look."""
        if isinstance(command, ShowDaily):
            return fx.SchedulesShown(tuple(map(self._line, self._at(place))))
        if not by.organiser:
            return fx.CommandRefused(Refusal.NOT_ORGANISER)
        if isinstance(command, SetDaily):
            return self._set(command, place, channel, by)
        plan = self._named(place, command.name)
        if isinstance(plan, fx.CommandRefused):
            return plan
        return self._stop(plan) if isinstance(command, StopDaily) else self._post(command, plan)

    def _at(self, place: Place) -> list[Schedule]:
        places = self._places(place)
        return sorted(
            (
                plan
                for id_, plan in self._plans.items()
                if self._rows[id_].place in places and not is_recap(id_)
            ),
            key=lambda plan: plan.name,
        )

    def _places(self, place: Place) -> list[Place]:
        """Return *place* and the others that lead to its channel: what one of them has, all have."""
        channel = self._snapshot.channels.get(place)
        mirrors = self._snapshot.places.get(channel.id, ()) if channel else ()
        return [place, *(mirror.place for mirror in mirrors if mirror.place != place)]

    def _named(self, place: Place, name: str) -> Schedule | fx.CommandRefused:
        plans = self._at(place)
        if not name and len(plans) > 1:
            return fx.CommandRefused(Refusal.WHICH_SCHEDULE, ", ".join(plan.name for plan in plans))
        found = [plan for plan in plans if not name or plan.name.casefold() == name.casefold()]
        return found[0] if found else fx.CommandRefused(Refusal.NO_SCHEDULE, name)

    def _set(self, command: SetDaily, place: Place, channel: ChannelRow, by: Person) -> fx.Reply:
        plans = self._at(place)
        old = next((plan for plan in plans if plan.name.casefold() == command.name.casefold()), None)
        new = self._new(command, place, channel, plans) if old is None else _edited(old, command)
        if isinstance(new, fx.CommandRefused):
            return new
        if not self._fits(new.request):
            return fx.CommandRefused(Refusal.NO_ITEMS)
        new = replace(new, paused=False, failures=0, owner=by.learner, account=by.account)
        settings = self._groups.of(channel)
        if not settings.zone:
            self._groups.change(channel, replace(settings, zone=new.zone))
        if old is not None:
            new = replace(new, at_once=self._settle_before_change(old))
        if old is None:
            self._rows[new.id] = ScheduleRow(new.id, place, channel.own, 0, None, None, "")
        return fx.ScheduleSet(self._line(self._change(started(new, now=self._now))), new=old is None)

    def _new(
        self, command: SetDaily, place: Place, channel: ChannelRow, others: Sequence[Schedule]
    ) -> Schedule | fx.CommandRefused:
        zone = command.zone or (others[0].zone if others else self._groups.of(channel).zone)
        if len(others) >= MOST_SCHEDULES:
            return fx.CommandRefused(Refusal.TOO_MANY_SCHEDULES, str(MOST_SCHEDULES))
        if command.at is None:
            return fx.CommandRefused(Refusal.TIME_MISSING)
        if not zone:
            return fx.CommandRefused(Refusal.ZONE_MISSING)
        return Schedule(
            id=schedule_id(place, command.name),
            channel=ChannelId(channel.id),
            at=command.at,
            zone=zone,
            starts=self._now.date(),
            weekdays=command.weekdays or EVERY_DAY,
            request=_drawn(DrawRequest(count=1), command),
            reveal=command.reveal or DEFAULT_REVEAL,
            mention=command.mention or "",
            name=command.name,
        )

    def _settle_before_change(self, old: Schedule) -> date | None:
        """Settle what *old* still owes; return a date whose post is due at this very moment, to be made."""
        late = self._settle_late(old)
        return old.at_once or late

    def _post(self, command: PostDaily, plan: Schedule) -> fx.Reply:
        """Have today's question posted at once; that settles the day, so its own hour posts nothing more."""
        today = local_day(self._now, zone_named(plan.zone))
        settled = self._settled(plan.id)
        if plan.at_once is not None or (settled is not None and today <= settled):
            return fx.CommandRefused(Refusal.DAY_DONE, command.name)
        self._change(replace(plan, at_once=today))
        return fx.CommandDone(Confirmation.POSTED)

    def _stop(self, plan: Schedule) -> fx.Reply:
        self._change(replace(plan, paused=True, at_once=None))
        return fx.ScheduleStopped(plan.name)

    def pause_all(self, place: Place) -> None:
        """Pause every schedule of *place*, recaps too; nobody is told, as nobody is there."""
        for id_, plan in list(self._plans.items()):
            if self._rows[id_].place == place and not plan.paused:
                self._change(replace(plan, paused=True, at_once=None))

    # ------------------------------------------------------------------------------------------ weekly recaps

    def _recap_id(self, place: Place) -> ScheduleId:
        """Return the recap that the channel of *place* has: the first that is not paused, else its own."""
        known = [recap_id(one) for one in self._places(place)]
        active = (id_ for id_ in known if id_ in self._plans and not self._plans[id_].paused)
        return next(active, known[0])

    def recap_line(self, place: Place) -> fx.RecapLine | None:
        """Return the weekly recap of *place* as it stands, None when there is none."""
        plan = self._plans.get(self._recap_id(place))
        if plan is None:
            return None
        dues = next_posts(plan, after=self._now, count=1, settled=self._settled(plan.id))
        return fx.RecapLine(
            plan.weekdays[0], plan.at, plan.zone, dues[0].at if dues else None, paused=plan.paused
        )

    def set_recap(
        self, wish: RecapAt | Off | None, place: Place, channel: ChannelRow, zone: str, by: Person
    ) -> fx.CommandRefused | None:
        """Set or stop the weekly recap of *place*, which goes by *zone*, or say why not."""
        old = self._plans.get(self._recap_id(place))
        if isinstance(wish, RecapAt):
            return self._begin_recap(wish, place, channel, zone, by)
        if isinstance(wish, Off) and old is None:
            return fx.CommandRefused(Refusal.NO_RECAP)
        if isinstance(wish, Off) and old is not None:
            self._change(replace(old, paused=True))
        elif old is not None and not old.paused and old.zone != zone:
            self._close_recap(old)
            self._change(started(replace(old, zone=zone), now=self._now))
        return None

    def _begin_recap(
        self, wish: RecapAt, place: Place, channel: ChannelRow, zone: str, by: Person
    ) -> fx.CommandRefused | None:
        if not zone:
            return fx.CommandRefused(Refusal.ZONE_MISSING)
        id_ = self._recap_id(place)
        if id_ in self._plans:
            self._close_recap(self._plans[id_])
        else:
            self._rows[id_] = ScheduleRow(id_, place, channel.own, 0, None, None, "")
        plan = Schedule(
            id=id_,
            channel=ChannelId(channel.id),
            at=wish.at,
            zone=zone,
            starts=self._now.date(),
            weekdays=(wish.weekday,),
            name=RECAP,
            owner=by.learner,
            account=by.account,
        )
        self._change(started(plan, now=self._now))
        return None

    def _close_recap(self, old: Schedule) -> None:
        """Settle what *old* still owes before it is changed; what would be due just now is left out."""
        due = self._settle_late(old)
        if due is not None:
            self.skipped(old, due)

    def _line(self, plan: Schedule) -> fx.ScheduleLine:
        dues = next_posts(plan, after=self._now, count=NEXT_SHOWN, settled=self._settled(plan.id))
        return fx.ScheduleLine(
            name=plan.name,
            at=plan.at,
            zone=plan.zone,
            weekdays=plan.weekdays,
            request=plan.request,
            reveal=plan.reveal,
            mention=plan.mention,
            paused=plan.paused,
            next=tuple(due.at for due in dues),
        )

    # ------------------------------------------------------------------------------------------ what is due

    def of(self, place: Place) -> Schedule | None:
        """Return the schedule whose questions are asked in *place*."""
        return self._plans.get(schedule_of(place))

    def plan(self, id_: ScheduleId) -> Schedule:
        """Return a schedule as it is by now."""
        return self._plans[id_]

    def group(self, plan: Schedule) -> int:
        """Return the group that *plan* belongs to."""
        return self._rows[plan.id].group

    def settle(self, plan: Schedule) -> date | None:
        """Settle the days that are owed by now; return the one to post, if there is one."""
        late = self._settle_late(plan)
        wanted = self._plans[plan.id].at_once
        day = wanted or late
        settled = self._settled(plan.id)
        if wanted is not None:
            self._change(replace(self._plans[plan.id], at_once=None))
        return None if day is None or (settled is not None and day <= settled) else day

    def retime(self, plan: Schedule) -> None:
        """Write the schedule down anew if the rules of its zone have moved its next Tick."""
        if self._due(self._plans[plan.id]) != self._rows[plan.id].due_at:
            self._changed.add(plan.id)

    def posted(self, plan: Schedule, day: date) -> None:
        """Write down that *day* has its question."""
        self._settle_day(plan, day, POSTED)

    def skipped(self, plan: Schedule, day: date) -> None:
        """Write down that *day* has none."""
        self._settle_day(plan, day, SKIPPED)

    def nothing_to_ask(self, plan: Schedule, day: date) -> None:
        """Write down that *day* has none because nothing fits the schedule; its owner hears of it."""
        self.skipped(plan, day)
        told = fx.DaysSkipped(plan.name, plan.zone, day, day, 1, empty=True)
        self._tell(plan, day, told, daily_place(self._rows[plan.id].place, plan.id))

    def unposted(self, plan: Schedule, day: date, why: str) -> None:
        """Write down that the channel did not take *day*'s question; its owner hears of the third."""
        row = self._note_day(plan, day, UNPOSTED)
        failures = plan.failures + 1
        self._change(replace(plan, failures=failures, paused=failures >= MOST_FAILURES))
        if failures == MOST_FAILURES:
            account = Account(row.place.platform, plan.account)
            told = fx.SchedulePaused(plan.name, row.place.id, why, recap=is_recap(plan.id))
            self._tell(plan, day, told, private_place(account))

    def reached(self, plan: Schedule) -> None:
        """Take note that a post has arrived: failures before it are forgotten."""
        if plan.failures:
            self._change(replace(plan, failures=0))

    def closes_at(self, plan: Schedule, day: date) -> datetime:
        """Return when the question of *day*, posted now, is revealed: at the next post at the latest."""
        planned = reveal_at(plan, day, self._now)
        following = next_posts(plan, after=self._now, count=1, settled=day)
        return min(planned, following[0].at) if following else planned

    def revealed(self, plan: Schedule | None, closed: fx.QuestionClosed, round_: Round) -> fx.QuestionClosed:
        """Return the reveal with what only the schedule and the days before can tell."""
        if closed.day is None or plan is None:
            return closed
        following = next_posts(plan, after=self._now, count=1, settled=self._settled(plan.id))
        return replace(
            closed,
            keepers=self._keepers(plan, closed.day, round_),
            next_post=following[0].at if following else None,
        )

    def _keepers(self, plan: Schedule, today: date, round_: Round) -> tuple[fx.Keeper, ...]:
        asked = self._snapshot.days.get(self.group(plan), ())
        days = {date.fromisoformat(day) for day in asked} | {today}
        streaks = sorted(
            (-self._streak(round_.id, days, person.learner, today), person.name)
            for person in round_.people.values()
            if person.answer is not None
        )
        return tuple(fx.Keeper(name, -days) for days, name in streaks[:KEEPERS_SHOWN] if days < -1)

    def _streak(self, round_: RoundId, days: set[date], learner: LearnerId, today: date) -> int:
        earlier = self._snapshot.answered.get(round_, {}).get(learner, ())
        return day_streak(days, {date.fromisoformat(day) for day in earlier} | {today}).current

    def _settle_late(self, plan: Schedule) -> date | None:
        """Record what is too late as skipped and tell the owner once; return what is to be posted."""
        skipped: list[date] = []
        while dues := owed(plan, self._settled(plan.id), now=self._now, grace=self._grace, limit=_AT_ONCE):
            for one in dues:
                if one.decision is DayDecision.POST:
                    self._tell_skipped(plan, skipped)
                    return one.due.date
                self.skipped(plan, one.due.date)
                skipped.append(one.due.date)
        self._tell_skipped(plan, skipped)
        return None

    def _tell_skipped(self, plan: Schedule, days: Sequence[date]) -> None:
        if days:
            told = fx.DaysSkipped(plan.name, plan.zone, days[0], days[-1], len(days), recap=is_recap(plan.id))
            self._tell(plan, days[-1], told, daily_place(self._rows[plan.id].place, plan.id))

    def _tell(
        self, plan: Schedule, day: date, told: fx.DaysSkipped | fx.SchedulePaused, place: Place
    ) -> None:
        self.told.append((place, daily_round(plan.id, day), fx.ToLearner(plan.owner, plan.account, told)))

    # ------------------------------------------------------------------------------------------ what to write

    def _settled(self, schedule: str) -> date | None:
        settled = self._rows[schedule].settled
        return date.fromisoformat(settled) if settled else None

    def _settle_day(self, plan: Schedule, day: date, outcome: str) -> None:
        row = self._note_day(plan, day, outcome)
        self._rows[plan.id] = row._replace(settled=day.isoformat())
        self._changed.add(plan.id)

    def _note_day(self, plan: Schedule, day: date, outcome: str) -> ScheduleRow:
        """Write what became of *day* into the ledger; return the schedule's row."""
        row = self._rows[plan.id]
        group = 0 if is_recap(plan.id) else row.group
        self._changes.days.append(
            DayRow(plan.id, day.isoformat(), group, outcome, daily_round(plan.id, day), to_ms(self._now))
        )
        return row

    def _change(self, plan: Schedule) -> Schedule:
        self._plans[plan.id] = plan
        self._changed.add(plan.id)
        return plan

    def write(self) -> Iterator[tuple[Place, int | None]]:
        """Write every schedule that changed; yield where each wants its next Tick, and when."""
        for id_ in sorted(self._changed):
            row, plan = self._rows[id_], self._plans[id_]
            due = self._due(plan)
            self._changes.schedules.append(
                row._replace(version=row.version + 1, due_at=due, body=codec.SCHEDULE.encode(plan))
            )
            yield daily_place(row.place, id_), due

    def _due(self, plan: Schedule) -> int | None:
        if plan.at_once is not None:
            return to_ms(self._now)
        due = next_due(plan, self._settled(plan.id))
        return None if due is None else to_ms_after(due.at)


def _edited(old: Schedule, command: SetDaily) -> Schedule:
    """Return *old* with what was said."""
    return replace(
        old,
        at=old.at if command.at is None else command.at,
        zone=old.zone if command.zone is None else command.zone,
        weekdays=old.weekdays if command.weekdays is None else command.weekdays,
        request=_drawn(old.request, command),
        reveal=old.reveal if command.reveal is None else command.reveal,
        mention=old.mention if command.mention is None else command.mention,
    )


def _drawn(old: DrawRequest, command: SetDaily) -> DrawRequest:
    """Return *old* with the decks, the topics and the levels that were said; new decks have other topics."""
    topics = () if command.decks else old.topics
    return replace(
        old,
        decks=old.decks if command.decks is None else command.decks,
        topics=topics if command.topics is None else command.topics,
        difficulties=old.difficulties if command.levels is None else command.levels,
    )
