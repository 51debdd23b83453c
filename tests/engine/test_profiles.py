"""Where somebody stands, from what the tables hold."""

from dataclasses import replace
from datetime import date, time, timedelta

from bot.core import effects as fx
from bot.core.commands import RevealAfter, SetDaily, ShowMe, SubmitAnswer
from bot.core.ids import QuestionId
from bot.core.packs import Library
from bot.core.responses import Picked
from bot.core.schedules import daily_round
from bot.core.streaks import Mark
from bot.engine.identities import schedule_id
from tests.engine.halls import HALL, ITEMS, RIGHT, WRONG, Process, answer, asking

SUNDAY = date(2026, 3, 1)
HOUR = 3600


async def me(process: Process, who: str) -> fx.MeShown:
    """Return where *who* stands."""
    (shown,) = (await process.say(who, ShowMe())).effects
    assert isinstance(shown, fx.MeShown)
    return shown


def daily(process: Process, day: date) -> SubmitAnswer:
    """Return an answer to the question of *day*."""
    question = QuestionId(f"{daily_round(schedule_id(HALL, 'daily'), day)}.0")
    return SubmitAnswer(question, Picked((0,)), process.clock.now())


async def test_who_is_new_stands_nowhere(process: Process) -> None:
    """And nothing fails for it."""
    shown = await me(process, "ann")

    assert (shown.week, shown.ever, shown.answers) == (fx.Rank(0, 0, 0), fx.Rank(0, 0, 0), 0)
    assert (shown.days, shown.best, shown.todo, shown.topics) == (0, 0, (), ())
    assert (shown.marks, shown.today) == ((), SUNDAY)


async def test_a_round_gives_ranks_and_topics(process: Process) -> None:
    """Two of three were wrong."""
    await asking(process, "ben")
    for position, sent in enumerate((RIGHT[0], WRONG[1], WRONG[2])):
        await process.say("ann", answer(position, process, RIGHT[position]))
        await process.say("ben", answer(position, process, sent))
        await process.pass_time(0.1)
        await process.pass_time(10)

    shown = await me(process, "ben")

    assert (shown.week.rank, shown.week.listed, shown.week.points) == (2, 2, shown.ever.points)
    assert (shown.right, shown.answers) == (1, 3)
    assert shown.topics == (fx.TopicLine(shown.topics[0].topic, 1, 3),)


async def test_a_question_that_is_open_is_to_do_until_it_is_answered(process: Process) -> None:
    """Its answer counts in the streak at once; who missed two days has none."""
    plan = SetDaily(at=time(13), zone="UTC", reveal=RevealAfter(8))
    await process.say("ann", plan, organiser=True)
    await process.pass_time(HOUR)
    await process.say("ben", daily(process, SUNDAY))
    await process.pass_time(8 * HOUR)
    await process.pass_time(16 * HOUR)
    monday = date(2026, 3, 2)

    before = await me(process, "ben")
    await process.say("ben", daily(process, monday))
    after = await me(process, "ben")

    assert (before.days, before.todo) == (1, (monday,))
    assert (after.days, after.best, after.todo) == (2, 2, ())
    assert (await me(process, "eve")).todo == (monday,)
    assert before.marks == ((SUNDAY, Mark.ANSWERED), (monday, Mark.OPEN))
    assert after.marks == ((SUNDAY, Mark.ANSWERED), (monday, Mark.ANSWERED))
    assert before.today == after.today == monday


async def test_today_is_the_group_s_date(process: Process) -> None:
    """Where it is tomorrow already, the calendar ends tomorrow."""
    early = SetDaily(at=time(13), zone="Pacific/Kiritimati", reveal=RevealAfter(8))
    await process.say("ann", early, organiser=True)

    assert (await me(process, "ann")).today == SUNDAY + timedelta(days=1)


async def test_a_topic_has_the_title_that_its_pack_gives_it(process: Process) -> None:
    """An id means nothing to a learner."""
    (known,) = process.library.packs
    process.library = Library((replace(known, topics={ITEMS[0].topic: "Moons"}),))
    await asking(process, "ben")
    for position, right in enumerate(RIGHT):
        await process.say("ann", answer(position, process, right))
        await process.say("ben", answer(position, process, right))
        await process.pass_time(0.1)
        await process.pass_time(10)

    assert [line.title for line in (await me(process, "ben")).topics] == ["Moons"]
