"""Homes: all that concerns one learner in their group at a glance, gathered from what the tables hold.

What is told of a question that is open comes from its item as it was shown and from the learner's own answer:
nothing of its key goes into it.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from math import inf
from typing import Final

from bot.core import effects as fx
from bot.core.questions import CHOICE_KINDS, Question
from bot.core.responses import Chosen
from bot.core.rounds import may_change
from bot.core.schedules import is_recap, next_posts
from bot.core.states import Answer, Participant, Phase, Round
from bot.engine import codec
from bot.engine.events import Event, is_private
from bot.engine.here import look_around
from bot.engine.open_days import DayOpen, open_days
from bot.engine.profiles import Profiles
from bot.ports import Clock, People, RoundRecord, Store
from bot.records import Asked, Changes, Mirror, Place, ScheduleRow, Snapshot, home_of, schedule_of

MOST_DAYS: Final = 20
MOST_COMING: Final = 10
"""So many are listed; of more it is said how many there are."""

_STAGES: Final = {
    Phase.LOBBY: fx.Stage.LOBBY,
    Phase.ASKING: fx.Stage.ASKING,
    Phase.REVEALED: fx.Stage.REVEALED,
    Phase.PAUSED: fx.Stage.PAUSED,
}
Others = Mapping[Place, Sequence[Mirror]]
"""By home, the other places that lead to the same channel."""


class Homes:
    """Reads what one learner is to see of everything."""

    def __init__(self, store: Store, people: People, clock: Clock, profiles: Profiles) -> None:
        """Read from *store* and *people*; *profiles* tell where the learner stands."""
        self._store = store
        self._people = people
        self._clock = clock
        self._profiles = profiles

    async def show(self, event: Event) -> fx.HomeShown:
        """Return what is open for the sender in the group of the place, where they stand, and what comes."""
        here = await look_around(self._store, event)
        schedules = await self._people.scheduled(here.channel.group)
        open_ = await open_days(self._store, schedules, event.account)
        others = await self._others(schedules, event.place.platform)
        days = sorted((_day(one, others, event.place.platform) for one in open_), key=_waiting_first)
        coming = sorted(self._coming(schedules, others, event.place.platform), key=_earliest_first)
        return fx.HomeShown(
            rounds=await self._rounds(here.channel.group, event),
            days=tuple(days[:MOST_DAYS]),
            me=await self._profiles.standing(event, here, open_),
            coming=tuple(coming[:MOST_COMING]),
            days_left=max(0, len(days) - MOST_DAYS),
            coming_left=max(0, len(coming) - MOST_COMING),
        )

    async def _others(self, schedules: Sequence[ScheduleRow], platform: str) -> Others:
        """Return by which other places homes are known that are on another platform than *platform*."""
        homes = sorted({row.place for row in schedules if row.place.platform != platform})
        seen: list[Snapshot] = []

        def look(snapshot: Snapshot) -> Changes:
            seen.append(snapshot)
            return Changes()

        if not homes:
            return {}
        await self._store.transact([Asked("", home, None, places=True) for home in homes], (), look)
        channels, places = seen[-1].channels, seen[-1].places
        return {home: places.get(channels[home].id, ()) for home in homes if home in channels}

    def _coming(self, schedules: Sequence[ScheduleRow], others: Others, platform: str) -> list[fx.ComingPost]:
        """Return the next post of each schedule that is not paused."""
        found: list[fx.ComingPost] = []
        for row in schedules:
            plan = codec.SCHEDULE.decode(row.body)
            settled = date.fromisoformat(row.settled) if row.settled else None
            spot = spot_of(row.place, others.get(row.place, ()), platform)
            found.extend(
                fx.ComingPost(spot, plan.name, plan.at, plan.zone, plan.weekdays, due.at, is_recap(row.id))
                for due in next_posts(plan, after=self._clock.now(), count=1, settled=settled)
            )
        return found

    async def _rounds(self, group: int, event: Event) -> tuple[fx.OpenRound, ...]:
        """Return the rounds in which the sender plays; questions of the day are no such rounds."""
        account = event.account
        found: list[fx.OpenRound] = []
        for id_ in await self._people.playing(group, account) if account else ():
            record = await self._store.look(id_)
            mine = await self._store.mine(id_, account) if account else None
            if record is None or mine is None or not record.row.open or schedule_of(record.row.place):
                continue
            person = codec.PARTICIPANT.decode(mine.participant.body)
            if not person.away:
                found.append(_round(record, person, event.place.platform))
        return tuple(found)


def _round(record: RoundRecord, person: Participant, platform: str) -> fx.OpenRound:
    round_ = codec.ROUND.decode(record.row.body)
    phase = round_.held.phase if round_.held else round_.phase
    return fx.OpenRound(
        spot=spot_of(record.row.place, record.row.mirrors, platform),
        title=round_.title,
        stage=_STAGES[round_.phase],
        number=round_.position + 1,
        total=len(record.questions),
        answer=_own_answer(record, round_, person.answer) if phase is Phase.ASKING else None,
        later=person.since > max(round_.position, 0),
    )


def _day(one: DayOpen, others: Others, platform: str) -> fx.OpenDay:
    row, record = one.schedule, one.record
    round_ = codec.ROUND.decode(record.row.body)
    mirrors = (*record.row.mirrors, *others.get(row.place, ()))
    name = codec.SCHEDULE.decode(row.body).name
    answer = _own_answer(record, round_, one.answer)
    return fx.OpenDay(spot_of(row.place, mirrors, platform), name, one.day, round_.until, answer)


def _own_answer(record: RoundRecord, round_: Round, answer: Answer | None) -> fx.OwnAnswer | None:
    """Return *answer* as its sender knows it, if it is one to the question that is open."""
    if answer is None or answer.position != round_.position:
        return None
    question = codec.QUESTION.decode(record.questions[round_.position].body)
    return fx.OwnAnswer(
        kind=question.item.kind,
        labels=question.labels(answer.response),
        texts=_texts(question, answer),
        more=may_change(round_.settings, answer),
    )


def _texts(question: Question, answer: Answer) -> tuple[str, ...]:
    """Return the texts of the options that were chosen, as they stand in the question."""
    if question.item.kind not in CHOICE_KINDS or not isinstance(answer.response, Chosen):
        return ()
    places = sorted(question.positions(answer.response))
    return tuple(question.item.options[question.order[place]].text for place in places)


def spot_of(place: Place, mirrors: Sequence[Mirror], platform: str) -> fx.Spot:
    """Return where *place* is to a reader on *platform*, who may know it by one of its *mirrors*."""
    places = (place, *(mirror.place for mirror in mirrors))
    known = next((home_of(one) for one in places if one.platform == platform), None)
    if known is None:
        return fx.Spot(platform=place.platform)
    return fx.Spot() if is_private(known) else fx.Spot(known.id)


def _waiting_first(day: fx.OpenDay) -> tuple[bool, float, fx.Spot, str]:
    """Order days: those without an answer first, of equals those that are revealed first."""
    until = day.until.timestamp() if day.until else inf
    return day.answer is not None, until, day.spot, day.name


def _earliest_first(post: fx.ComingPost) -> tuple[datetime, fx.Spot, str]:
    return post.next, post.spot, post.name
