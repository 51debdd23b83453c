"""The recap of a group's week: once, at its hour, with what is worth telling."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from bot.core import effects as fx
from bot.core.commands import (
    ChangeSettings,
    DrawRequest,
    Hide,
    Off,
    RecapAt,
    RevealAfter,
    SetDaily,
    Settings,
    ShowDaily,
    ShowMe,
    StartRound,
    SubmitAnswer,
    Tick,
)
from bot.core.effects import Confirmation, Refusal
from bot.core.errors import DeliveryRefused
from bot.core.ids import QuestionId
from bot.core.responses import Picked
from bot.core.schedules import daily_round
from bot.engine.codec import decode_effect, to_ms
from bot.engine.identities import recap_id, schedule_id
from bot.records import daily_place
from bot.wording.actions import decode
from tests.engine.halls import HALL, ITEMS, YARD, Process, own
from tests.engine.test_settings import DAY, WEEK, change, play, refused

HOUR = 3600
SUNDAY, MONDAY = 6, 0
ID = recap_id(HALL)
DAILY = schedule_id(HALL, "daily")
SUB = daily_place(HALL, ID)
IN_AN_HOUR = ChangeSettings(zone="UTC", recap=RecapAt(SUNDAY, time(13)))
"""The clock begins at noon of Sunday, the first of March, UTC."""


async def at(process: Process, seconds: float) -> fx.RecapPosted | None:
    """Let the clock come to so many seconds after its start; return the recap that is promised then."""
    process.clock.set(seconds)
    await process.waker.sweep()
    await process.waker.fire()
    waiting = await process.store.claim(to_ms(process.clock.now()), 0, 100)
    found = [decode_effect(one.row.body) for one in waiting if one.row.key.endswith(".recap")]
    await process.deliverer.drain()
    (recap,) = found or (None,)
    assert recap is None or isinstance(recap, fx.RecapPosted)
    return recap


def posted(process: Process) -> list[str]:
    """Return the keys of the recaps that the chat was given."""
    return [post.key for post in process.transport.posts if post.key.endswith(".recap")]


async def days(process: Process) -> list[tuple[str, str]]:
    """Return the dates that were settled, and how."""
    return [(row.day, row.outcome) for row in await process.store.ledger(ID)]


async def test_a_recap_comes_at_its_hour_each_week_and_once(process: Process) -> None:
    """However often somebody looks whether it is due."""
    shown = await change(process, IN_AN_HOUR)
    next_ = datetime(2026, 3, 1, 13, tzinfo=UTC)
    assert shown.recap == fx.RecapLine(SUNDAY, time(13), "UTC", next_, paused=False)

    assert await at(process, HOUR - 1) is None
    first = await at(process, HOUR)
    for _ in range(3):
        await process.send(own(Tick(), process.clock, SUB))
    assert await at(process, WEEK) is None
    second = await at(process, WEEK + HOUR)

    assert first is not None
    assert second is not None
    assert (first.first, first.last) == (date(2026, 2, 22), date(2026, 3, 1))
    assert (second.first, second.last) == (date(2026, 3, 1), date(2026, 3, 8))
    assert posted(process) == [
        f"{daily_round(ID, date(2026, 3, 1))}.recap",
        f"{daily_round(ID, date(2026, 3, 8))}.recap",
    ]
    assert await days(process) == [("2026-03-01", "posted"), ("2026-03-08", "posted")]


async def test_a_recap_tells_of_the_week(process: Process) -> None:
    """Who led, who improved, what was hardest, what is to be worked on; and nothing of private rounds."""
    await change(process, ChangeSettings(zone="UTC", recap=RecapAt(SUNDAY, time(20))))
    for name, right in (("one", 0), ("two", 1)):
        await play(process, name, ann=right, ben=3)
    for number, (ann, ben) in enumerate(((3, 1), (3, 0), (2, 0))):
        process.clock.set((number + 2) * DAY)
        await play(process, f"week {number}", ann=ann, ben=ben)

    recap = await at(process, WEEK + 8 * HOUR)

    assert recap is not None
    assert (recap.listed, recap.learners, recap.answers, recap.right) == (2, 2, 18, 9)
    assert [(line.rank, line.name, line.right, line.answers) for line in recap.lines] == [
        (1, "Ann", 8, 9),
        (2, "Ben", 1, 9),
    ]
    assert recap.improved == (fx.Improved("Ann", 1 / 6, 8 / 9),)
    assert recap.hardest is not None
    assert (recap.hardest.item.id, recap.hardest.right, recap.hardest.answers) == ("pack/choice2", 2, 6)
    assert [(weak.topic, weak.right, weak.answers) for weak in recap.weak] == [("1.1", 9, 18)]


async def test_every_answer_is_told_of_in_one_recap(process: Process) -> None:
    """From the hour of one to the hour of the next, whatever the weekday."""
    await change(process, ChangeSettings(zone="UTC", recap=RecapAt(4, time(18))))
    told = []
    for friday, hours in ((5, (0, 5 * 24 + 5)), (12, (5 * 24 + 7, 8 * 24, 12 * 24 + 5))):
        for hour in hours:
            process.clock.set(hour * HOUR)
            await play(process, f"at {hour}", ann=3)
        recap = await at(process, friday * DAY + 6 * HOUR)
        told.append(recap.answers if recap else 0)

    assert told == [6, 9]


async def test_the_key_of_a_question_that_is_open_is_not_told(process: Process) -> None:
    """Though it went worst before: it is asked again just now, in another channel."""
    await change(process, IN_AN_HOUR)
    await play(process, "one", ann=0, ben=0)
    start = StartRound(DrawRequest(items=(ITEMS[0].id, ITEMS[2].id)), Settings(lobby_seconds=None))
    await process.say("cat", start, place=YARD)

    recap = await at(process, HOUR)

    assert recap is not None
    assert recap.hardest is not None
    assert recap.hardest.item == ITEMS[1]


async def test_who_hides_is_counted_and_not_named(process: Process) -> None:
    """Neither as a leader nor as one who improved."""
    await change(process, ChangeSettings(zone="UTC", recap=RecapAt(SUNDAY, time(20))))
    for name, right in (("one", 0), ("two", 0)):
        await play(process, name, ann=right, ben=3)
    process.clock.set(2 * DAY)
    for name, right in (("three", 3), ("four", 3)):
        await play(process, name, ann=right, ben=3)
    await process.say("ann", Hide(hidden=True))

    recap = await at(process, WEEK + 8 * HOUR)

    assert recap is not None
    assert (recap.learners, recap.listed, recap.answers, recap.right) == (2, 1, 12, 12)
    assert [line.name for line in recap.lines] == ["Ben"]
    assert recap.improved == ()


async def test_the_streak_of_the_group_is_told(process: Process) -> None:
    """Of the days that had a question: that of a recap is none, and breaks nobody's streak."""
    await process.say("ann", SetDaily(at=time(14), zone="UTC", reveal=RevealAfter(8)), organiser=True)
    await change(process, ChangeSettings(recap=RecapAt(SUNDAY, time(13))))
    for number in range(7):
        await at(process, number * DAY + 2 * HOUR)
        question = QuestionId(f"{daily_round(DAILY, date(2026, 3, 1 + number))}.0")
        if number != 3:
            await process.say("ann", SubmitAnswer(question, Picked((0,)), process.clock.now()))
        await at(process, number * DAY + 10 * HOUR)

    recap = await at(process, WEEK + HOUR)

    assert recap is not None
    assert (recap.days, recap.best) == (3, 3)
    (me,) = (await process.say("ann", ShowMe())).effects
    assert isinstance(me, fx.MeShown)
    assert me.days == 6


async def test_a_recap_that_is_late_comes_and_one_that_is_too_late_does_not(process: Process) -> None:
    """What is skipped is written down, and who set it hears of it once."""
    await change(process, IN_AN_HOUR)
    late = await at(process, 5 * HOUR)
    assert late is not None

    assert await at(process, 3 * WEEK - DAY) is None
    assert await days(process) == [
        ("2026-03-01", "posted"),
        ("2026-03-08", "skipped"),
        ("2026-03-15", "skipped"),
    ]
    (told,) = [post for post in process.transport.posts if post.to]
    assert (told.to, told.view.title) == ("ann", "Recap skipped")


async def test_a_recap_outlives_the_process(process: Process) -> None:
    """Another one posts it from the tables alone."""
    await change(process, IN_AN_HOUR)
    heir = Process(process.store, process.clock)

    assert await at(heir, HOUR) is not None
    assert await at(process, HOUR + 1) is None


async def test_a_tick_that_brings_nothing_settles_nothing(process: Process) -> None:
    """What was gathered for another date is of no use either; the next Tick brings the right thing."""
    await change(process, IN_AN_HOUR)
    process.clock.set(HOUR)
    batcher = process.engine._batcher
    other = fx.RecapPosted(
        daily_round(ID, date(2026, 2, 22)),
        date(2026, 2, 15),
        date(2026, 2, 22),
        (),
        0,
        0,
        0,
        0,
        (),
        None,
        0,
        0,
        (),
    )

    for recap in (None, other):
        await batcher.submit(replace(own(Tick(), process.clock, SUB), recap=recap))
    assert await days(process) == []

    assert await at(process, HOUR) is not None


async def test_a_recap_is_off_until_it_is_set_again(process: Process) -> None:
    """Nothing that lies behind is owed; without one there is nothing to take back."""
    assert await refused(process, ChangeSettings(recap=Off.OFF)) == fx.CommandRefused(Refusal.NO_RECAP)
    await change(process, IN_AN_HOUR)
    off = await change(process, ChangeSettings(recap=Off.OFF))
    assert await at(process, WEEK + 2 * HOUR) is None

    again = await change(process, ChangeSettings(recap=RecapAt(MONDAY, time(9))))

    assert off.recap is not None
    assert (off.recap.paused, off.recap.next) == (True, None)
    assert again.recap is not None
    assert again.recap.next == datetime(2026, 3, 9, 9, tzinfo=UTC)
    assert await days(process) == []


async def test_a_recap_goes_with_the_groups_zone(process: Process) -> None:
    """One that nobody knows is asked for; a new one moves the recap that is there."""
    nowhere = ChangeSettings(recap=RecapAt(MONDAY, time(9)))
    assert await refused(process, nowhere) == fx.CommandRefused(Refusal.ZONE_MISSING)
    await change(process, ChangeSettings(zone="UTC", recap=RecapAt(MONDAY, time(9))))

    moved = await change(process, ChangeSettings(zone="Asia/Tokyo"))

    assert moved.recap is not None
    assert (moved.recap.zone, moved.recap.next) == ("Asia/Tokyo", datetime(2026, 3, 2, 0, tzinfo=UTC))


async def test_what_is_due_at_the_moment_of_a_change_is_written_down(process: Process) -> None:
    """As every date is."""
    await change(process, IN_AN_HOUR)
    process.clock.set(HOUR)

    await change(process, ChangeSettings(recap=RecapAt(SUNDAY, time(20))))

    assert await days(process) == [("2026-03-01", "skipped")]


async def test_a_channel_that_takes_no_recap_pauses_it_after_the_third(process: Process) -> None:
    """Who set it hears of it where they can be reached; one that arrives forgets the failures before."""
    await change(process, IN_AN_HOUR)
    for number, error in enumerate((True, True, False, True, True, True)):
        process.transport.fails = [DeliveryRefused("the channel is gone") if error else None]
        await at(process, number * WEEK + HOUR)
        shown = await change(process, ChangeSettings())
        assert shown.recap is not None
        assert shown.recap.paused is (number == 5)
    await process.deliverer.drain()

    assert [outcome for _, outcome in await days(process)] == [
        *["unposted"] * 2,
        "posted",
        *["unposted"] * 3,
    ]
    (told,) = [post for post in process.transport.posts if post.to]
    assert (told.to, told.place.id, told.view.title) == ("ann", "@ann", "Recap paused")


async def test_the_schedules_of_questions_say_nothing_of_recaps(process: Process) -> None:
    """They are set and shown with the settings."""
    await change(process, IN_AN_HOUR)

    assert (await process.say("ben", ShowDaily())).effects == (fx.SchedulesShown(()),)


async def test_the_button_of_a_recap_starts_a_round_on_what_is_weak(process: Process) -> None:
    """For whoever presses it first."""
    await change(process, IN_AN_HOUR)
    await play(process, "one", ann=0)
    process.clock.set(HOUR)
    await process.pass_time(0)
    (post,) = [post for post in process.transport.posts if post.key.endswith(".recap")]

    pressed = decode(post.view.controls[0].action, picked=None, typed=None, at=process.clock.now())

    assert pressed is not None
    assert isinstance(pressed.intent, StartRound)
    assert pressed.intent.request.topics == ("1.1",)
    started = await process.say("ben", pressed.intent)
    assert started.effects == (fx.CommandDone(Confirmation.STARTED),)
