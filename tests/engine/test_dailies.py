"""The question of the day: on time, once, for everybody, whatever happens in between."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.core import effects as fx
from bot.core.commands import (
    DrawRequest,
    Elsewhere,
    OpenForm,
    PostDaily,
    RevealAfter,
    RevealAt,
    SetDaily,
    ShowDaily,
    Skip,
    StartRound,
    StopDaily,
    SubmitAnswer,
    Tick,
)
from bot.core.effects import Confirmation, Refusal
from bot.core.errors import DeliveryRefused
from bot.core.ids import DeckId, ItemId, QuestionId, RoundId, Topic
from bot.core.items import Difficulty
from bot.core.packs import Library
from bot.core.responses import Picked
from bot.core.schedules import daily_round
from bot.engine.codec import decode_effect
from bot.engine.events import Reply
from bot.engine.identities import schedule_id
from bot.records import Account, DayRow, Place, daily_place
from tests.core.builders import choice, deck, pack
from tests.engine.halls import HALL, ITEMS, LIBRARY, RIGHT, YARD, Process, answer, asking, event, own

NewProcess = Callable[[], Awaitable[Process]]

HOUR = 3600
NAME = schedule_id(HALL, "daily")
SUB = daily_place(HALL, NAME)
SUNDAY = date(2026, 3, 1)
"""The clock begins at noon of this day, UTC."""

EVERY_DAY = SetDaily(at=time(14), zone="Europe/Berlin", reveal=RevealAfter(8))
"""In an hour, by UTC."""


def round_of(day: date) -> RoundId:
    """Return the round of *day*."""
    return daily_round(NAME, day)


def answering(process: Process, day: date, place: int = 0) -> SubmitAnswer:
    """Return an answer to the question of *day*, sent now."""
    return SubmitAnswer(QuestionId(f"{round_of(day)}.0"), Picked((place,)), process.clock.now())


async def planned(process: Process, command: SetDaily = EVERY_DAY) -> Reply:
    """Let an organiser set a schedule."""
    return await process.say("ann", command, organiser=True)


async def ledger(process: Process) -> list[tuple[str, str]]:
    """Return the days that were settled, and how."""
    rows: list[DayRow] = list(await process.store.ledger(NAME))
    return sorted((row.day, row.outcome) for row in rows)


def posted(process: Process) -> list[str]:
    """Return the keys of what was posted for everybody."""
    return [post.key for post in process.transport.posts if not post.to]


async def effects(process: Process) -> list[fx.Effect]:
    """Return everything that was promised and not yet delivered, as effects."""
    claimed = await process.store.claim(2**53, 0, 100)
    return [decode_effect(delivery.row.body) for delivery in claimed]


# ------------------------------------------------------------------------------------------ the day's life


async def test_the_question_comes_at_its_hour_and_is_revealed_at_its_own(process: Process) -> None:
    """It stands in the channel itself, and nothing else is said."""
    await planned(process)
    await process.pass_time(HOUR - 1)
    assert posted(process) == []

    await process.pass_time(1)
    assert posted(process) == [f"{round_of(SUNDAY)}.1.ask"]
    assert {post.place for post in process.transport.posts} == {HALL}

    await process.pass_time(8 * HOUR - 1)
    assert len(posted(process)) == 1
    await process.pass_time(1)
    assert posted(process)[1:] == [f"{round_of(SUNDAY)}.1.reveal"]
    assert await ledger(process) == [("2026-03-01", "posted")]


async def test_anybody_answers_without_joining_and_may_change_it_until_the_reveal(process: Process) -> None:
    """The confirmation is private and tells nothing of the key; the channel sees a count."""
    await planned(process)
    await process.pass_time(HOUR)

    first = await process.say("ben", answering(process, SUNDAY, 0))
    second = await process.say("ben", answering(process, SUNDAY, 1))
    await process.say("cat", answering(process, SUNDAY, 2))

    assert isinstance(first.effects[0], fx.AnswerAccepted)
    assert isinstance(second.effects[0], fx.AnswerAccepted)
    assert (first.effects[0].changed, second.effects[0].changed) == (False, True)
    assert second.effects[0].more
    (count,) = await effects(process)
    assert isinstance(count, fx.QuestionChanged)
    assert (count.answered, count.joined, count.day) == (2, 0, SUNDAY)


async def test_a_form_of_the_day_is_for_practice_after_the_reveal(process: Process) -> None:
    """In the channel where it was posted, and in others of its group."""
    await planned(process)
    await process.pass_time(HOUR)
    ask = OpenForm(QuestionId(f"{round_of(SUNDAY)}.0"))
    await process.say("ben", answering(process, SUNDAY, 0))

    (before,) = (await process.say("ben", ask)).effects
    await process.pass_time(9 * HOUR)
    (after,) = (await process.say("ben", ask)).effects
    (elsewhere,) = (await process.say("cat", ask, place=YARD)).effects

    assert isinstance(before, fx.FormOpened)
    assert (before.day, before.practice) == (SUNDAY, False)
    assert after == elsewhere == replace(before, practice=True)


async def test_a_question_of_the_day_that_was_dropped_has_no_form(process: Process) -> None:
    """Its message has no control either."""
    await planned(process)
    await process.pass_time(HOUR)
    await process.say("ann", Skip(), place=SUB, organiser=True)

    (refused,) = (await process.say("ben", OpenForm(QuestionId(f"{round_of(SUNDAY)}.0")))).effects

    assert refused == fx.AnswerRefused(QuestionId(f"{round_of(SUNDAY)}.0"), Refusal.LATE)


async def test_the_reveal_says_who_kept_a_streak_and_when_the_next_one_comes(process: Process) -> None:
    """A streak of one day is none; the answers have become attempts."""
    await planned(process)
    for day in (SUNDAY, date(2026, 3, 2)):
        await process.pass_time(HOUR if day == SUNDAY else 16 * HOUR)
        await process.say("ben", answering(process, day))
        if day != SUNDAY:
            await process.say("cat", answering(process, day))
            break
        await process.pass_time(8 * HOUR)
    process.clock.set(
        (datetime(2026, 3, 2, 21, tzinfo=UTC) - datetime(2026, 3, 1, 12, tzinfo=UTC)).total_seconds()
    )
    await process.waker.sweep()
    await process.waker.fire()

    revealed = next(effect for effect in await effects(process) if isinstance(effect, fx.QuestionClosed))
    assert revealed.keepers == (fx.Keeper("Ben", 2),)
    assert revealed.next_post == datetime(2026, 3, 3, 13, tzinfo=UTC)
    assert (revealed.answered, revealed.day) == (2, date(2026, 3, 2))
    record = await process.store.mine(round_of(date(2026, 3, 2)), Account("web", "cat"))
    assert record is not None
    assert len(record.attempts) == 1


async def test_a_late_answer_is_told_what_it_is_worth_and_counts_for_nothing(process: Process) -> None:
    """Also when the next day's question is open already."""
    await planned(process)
    await process.pass_time(HOUR)
    await process.pass_time(8 * HOUR)

    reply = await process.say("dan", answering(process, SUNDAY, 0))
    await process.pass_time(16 * HOUR)
    again = await process.say("dan", answering(process, SUNDAY, 1))

    for effect in (*reply.effects, *again.effects):
        assert isinstance(effect, fx.MineShown)
        assert (effect.counted, effect.points) == (False, 0)
    assert await process.store.mine(round_of(SUNDAY), Account("web", "dan")) is None


async def test_what_cannot_be_read_is_refused_late_too(process: Process) -> None:
    """An option that is not there; a question that never was."""
    await planned(process)
    await process.pass_time(HOUR)
    await process.pass_time(8 * HOUR)

    wrong = await process.say("dan", answering(process, SUNDAY, 9))
    never = await process.say("dan", answering(process, date(2026, 2, 27)))

    assert wrong.effects == (fx.AnswerRefused(answering(process, SUNDAY).question, None, "unknown_option"),)
    assert never.effects == (fx.AnswerRefused(answering(process, date(2026, 2, 27)).question, Refusal.LATE),)


async def test_a_group_round_in_the_channel_and_the_day_do_not_disturb_each_other(process: Process) -> None:
    """Each has its own answers."""
    await planned(process)
    await process.pass_time(HOUR)
    await asking(process)

    day = await process.say("ben", answering(process, SUNDAY))
    group = await process.say("ann", answer(0, process, RIGHT[0]))

    assert isinstance(day.effects[0], fx.AnswerAccepted)
    assert isinstance(group.effects[0], fx.AnswerAccepted)


async def test_an_open_question_is_revealed_before_the_next_one_comes(process: Process) -> None:
    """However long it was meant to stay."""
    await planned(process, SetDaily(at=time(13), zone="UTC", reveal=RevealAfter(100)))
    await process.pass_time(HOUR)
    await process.pass_time(24 * HOUR)

    keys = [key.removeprefix(f"{NAME}-") for key in posted(process)]
    assert keys == ["2026-03-01.1.ask", "2026-03-01.1.reveal", "2026-03-02.1.ask"]


async def test_no_question_comes_again_before_the_deck_is_used_up(process: Process) -> None:
    """Three items make three days without a repeat, and the fourth begins with the one unseen for longest."""
    await planned(process, SetDaily(at=time(13), zone="UTC", reveal=RevealAfter(2)))
    asked = []
    for number in range(4):
        await process.pass_time(HOUR if number == 0 else 24 * HOUR)
        record = await process.store.look(round_of(SUNDAY + timedelta(days=number)))
        assert record is not None
        asked.append(record.questions[0].item)

    assert len(set(asked[:3])) == 3
    assert asked[3] == asked[0]


# ------------------------------------------------------------------------------------------ once, and on time


async def test_a_day_is_posted_once_however_often_its_tick_comes(process: Process) -> None:
    """Late and doubled Ticks find the day settled."""
    await planned(process)
    await process.pass_time(HOUR)
    for _ in range(3):
        await process.send(own(Tick(), process.clock, SUB))
    await process.deliverer.drain()

    assert posted(process) == [f"{round_of(SUNDAY)}.1.ask"]
    assert await ledger(process) == [("2026-03-01", "posted")]


async def test_another_process_goes_on_from_the_tables_alone(
    process: Process, new_process: NewProcess
) -> None:
    """The first one died after the post, the next before the reveal."""
    await planned(process)
    await process.pass_time(HOUR)
    await process.say("ben", answering(process, SUNDAY))

    heir = await new_process()
    await heir.pass_time(8 * HOUR)
    assert f"{round_of(SUNDAY)}.1.reveal" in posted(heir)
    assert await ledger(heir) == [("2026-03-01", "posted")]


@pytest.mark.parametrize(
    "hours, outcome",
    [(6, "posted"), (7, "skipped")],
    ids=["within the grace time", "too late"],
)
async def test_what_is_late_is_posted_or_skipped_and_the_owner_hears_once(
    process: Process, hours: int, outcome: str
) -> None:
    """Nobody looked for hours: an hour until it is due, then the delay."""
    await planned(process)
    await process.pass_time(hours * HOUR + HOUR - 1)
    await process.pass_time(0)

    assert await ledger(process) == [("2026-03-01", outcome)]
    told = [post.to for post in process.transport.posts if post.to]
    assert told == (["ann"] if outcome == "skipped" else [])
    assert len(posted(process)) == (outcome == "posted")


async def test_after_a_long_silence_one_question_comes_and_the_rest_is_skipped(process: Process) -> None:
    """And the owner hears of all of them at once."""
    await planned(process)
    await process.pass_time(3 * 24 * HOUR + HOUR)

    assert [outcome for _, outcome in await ledger(process)] == ["skipped", "skipped", "skipped", "posted"]
    assert len([post for post in process.transport.posts if post.to]) == 1


# ------------------------------------------------------------------------------------------ organisers


async def test_only_organisers_change_schedules_and_everybody_may_look(process: Process) -> None:
    """Looking shows the next three posts."""
    refused = [await process.say("ben", command) for command in (EVERY_DAY, PostDaily(), StopDaily())]
    assert {reply.effects for reply in refused} == {(fx.CommandRefused(Refusal.NOT_ORGANISER),)}
    await planned(process)

    (shown,) = (await process.say("ben", ShowDaily())).effects

    assert isinstance(shown, fx.SchedulesShown)
    (line,) = shown.lines
    assert (line.name, line.at, line.zone, line.paused) == ("daily", time(14), "Europe/Berlin", False)
    assert line.next == tuple(datetime(2026, 3, day, 13, tzinfo=UTC) for day in (1, 2, 3))


async def test_a_new_schedule_needs_a_time_and_a_zone_and_the_second_takes_the_first_ones_zone(
    process: Process,
) -> None:
    """An edit keeps what was not said."""
    assert (await planned(process, SetDaily(zone="UTC"))).effects == (
        fx.CommandRefused(Refusal.TIME_MISSING),
    )
    assert (await planned(process, SetDaily(at=time(9)))).effects == (
        fx.CommandRefused(Refusal.ZONE_MISSING),
    )
    (made,) = (await planned(process)).effects
    (second,) = (await planned(process, SetDaily(name="Evening", at=time(20)))).effects
    (edited,) = (
        await planned(process, SetDaily(weekdays=(0, 4), reveal=RevealAt(time(9)), mention="r1"))
    ).effects

    assert isinstance(made, fx.ScheduleSet)
    assert isinstance(second, fx.ScheduleSet)
    assert isinstance(edited, fx.ScheduleSet)
    assert (made.new, second.new, edited.new) == (True, True, False)
    assert second.line.zone == "Europe/Berlin"
    assert (edited.line.at, edited.line.weekdays, edited.line.mention) == (time(14), (0, 4), "r1")
    assert edited.line.next[0] == datetime(2026, 3, 2, 13, tzinfo=UTC)


async def test_of_what_is_drawn_an_edit_changes_only_what_was_said(process: Process) -> None:
    """A level is set and the deck stays; all decks are asked for and the topic stays."""
    knots, tying = (DeckId("pack/deck"),), (Topic("1.1"),)
    edits = (
        SetDaily(at=time(9), zone="UTC", decks=knots, topics=tying),
        SetDaily(levels=(Difficulty.MEDIUM,)),
        SetDaily(decks=()),
        SetDaily(topics=(), at=time(10)),
        SetDaily(),
    )

    drawn = []
    for edit in edits:
        (said,) = (await planned(process, edit)).effects
        assert isinstance(said, fx.ScheduleSet)
        drawn.append(said.line.request)

    assert drawn == [
        DrawRequest(1, knots, tying),
        DrawRequest(1, knots, tying, (Difficulty.MEDIUM,)),
        DrawRequest(1, (), tying, (Difficulty.MEDIUM,)),
        DrawRequest(1, (), (), (Difficulty.MEDIUM,)),
        DrawRequest(1, (), (), (Difficulty.MEDIUM,)),
    ]


async def test_a_schedule_is_named_where_there_are_several(process: Process) -> None:
    """However its name is written; one that is not there is said."""
    assert (await process.say("ann", StopDaily(), organiser=True)).effects == (
        fx.CommandRefused(Refusal.NO_SCHEDULE),
    )
    await planned(process)
    await planned(process, SetDaily(name="Evening", at=time(20)))

    which = await process.say("ann", StopDaily(), organiser=True)
    other = await process.say("ann", StopDaily("noon"), organiser=True)
    stopped = await process.say("ann", StopDaily("evening"), organiser=True)

    assert which.effects == (fx.CommandRefused(Refusal.WHICH_SCHEDULE, "Evening, daily"),)
    assert other.effects == (fx.CommandRefused(Refusal.NO_SCHEDULE, "noon"),)
    assert stopped.effects == (fx.ScheduleStopped("Evening"),)


async def test_a_channel_has_ten_schedules_at_most(process: Process) -> None:
    """The eleventh is refused."""
    for number in range(10):
        await planned(process, SetDaily(name=f"n{number}", at=time(9), zone="UTC"))

    reply = await planned(process, SetDaily(name="n10", at=time(9)))

    assert reply.effects == (fx.CommandRefused(Refusal.TOO_MANY_SCHEDULES, "10"),)


async def test_now_posts_at_once_and_the_hour_posts_nothing_more(process: Process) -> None:
    """The day has its question; a second one is refused."""
    await planned(process)

    now = await process.say("ann", PostDaily(), organiser=True)
    again = await process.say("ann", PostDaily(), organiser=True)
    await process.pass_time(0)
    after = await process.say("ann", PostDaily("daily"), organiser=True)
    await process.pass_time(HOUR)

    assert now.effects == (fx.CommandDone(Confirmation.POSTED),)
    assert again.effects == (fx.CommandRefused(Refusal.DAY_DONE),)
    assert after.effects == (fx.CommandRefused(Refusal.DAY_DONE, "daily"),)
    assert posted(process) == [f"{round_of(SUNDAY)}.1.ask"]


async def test_off_stops_and_set_begins_again(process: Process) -> None:
    """Nothing that lies behind is owed; a question that is open still ends."""
    await planned(process)
    await process.pass_time(HOUR)
    await process.say("ann", StopDaily(), organiser=True)
    await process.pass_time(48 * HOUR + 1)
    assert [key.rpartition(".")[2] for key in posted(process)] == ["ask", "reveal"]

    await planned(process, SetDaily())
    await process.pass_time(HOUR)

    assert [day for day, _ in await ledger(process)] == ["2026-03-01"]
    await process.pass_time(24 * HOUR)
    assert [day for day, _ in await ledger(process)] == ["2026-03-01", "2026-03-04"]


async def test_an_edit_at_the_very_moment_of_a_post_does_not_lose_it(process: Process) -> None:
    """The post was due and its Tick had not come yet."""
    await planned(process)
    process.clock.set(HOUR)

    await planned(process, SetDaily(at=time(20)))
    await process.pass_time(0)

    assert posted(process) == [f"{round_of(SUNDAY)}.1.ask"]


async def test_a_channel_that_takes_no_post_pauses_its_schedule_after_the_third(process: Process) -> None:
    """Nothing is deleted, nobody's streak breaks, and the owner hears of it where they can be reached."""
    await planned(process)
    for number in range(3):
        process.transport.fails = [DeliveryRefused("the channel is gone")]
        await process.pass_time(HOUR if number == 0 else 24 * HOUR)
    await process.pass_time(24 * HOUR)

    assert [outcome for _, outcome in await ledger(process)] == ["unposted"] * 3
    (told,) = [post for post in process.transport.posts if post.to]
    assert (told.to, told.place.id) == ("ann", "@ann")
    (shown,) = (await process.say("ben", ShowDaily())).effects
    assert isinstance(shown, fx.SchedulesShown)
    assert shown.lines[0].paused


async def test_a_post_that_arrives_forgets_the_failures_before(process: Process) -> None:
    """Three in a row are needed."""
    await planned(process)
    for number in range(4):
        process.transport.fails = [None] if number == 2 else [DeliveryRefused("gone")]
        await process.pass_time(HOUR if number == 0 else 24 * HOUR)

    (shown,) = (await process.say("ben", ShowDaily())).effects
    assert isinstance(shown, fx.SchedulesShown)
    assert not shown.lines[0].paused


async def test_a_schedule_that_nothing_fits_is_refused(process: Process) -> None:
    """Rather than posting nothing day after day; one that is there stays as it was."""
    await planned(process)

    reply = await planned(process, SetDaily(topics=(Topic("9.9"),)))

    assert reply.effects == (fx.CommandRefused(Refusal.NO_ITEMS),)
    await process.pass_time(HOUR)
    assert posted(process) == [f"{round_of(SUNDAY)}.1.ask"]


async def test_another_deck_takes_back_the_topics_of_the_old_one(process: Process) -> None:
    """They may not be in it; topics that are said with it stay."""
    await planned(process, replace(EVERY_DAY, topics=(Topic("1.1"),)))

    (changed,) = (await planned(process, SetDaily(decks=(LIBRARY.decks[0].id,)))).effects

    assert isinstance(changed, fx.ScheduleSet)
    assert (changed.line.request.decks, changed.line.request.topics) == ((LIBRARY.decks[0].id,), ())


async def test_a_deck_with_nothing_to_ask_skips_the_day(process: Process) -> None:
    """It is written down, who set it hears of it, and the next day is tried again."""
    await planned(process)
    process.library = Library((pack(deck()),))
    await process.pass_time(HOUR)

    assert await ledger(process) == [("2026-03-01", "skipped")]
    (told,) = process.transport.posts
    assert told.to == "ann"
    assert "has no question, because none fits the schedule any more" in told.view.alt


async def test_a_schedule_is_set_from_another_channel(process: Process) -> None:
    """Its questions come there, and who set it is told where they are."""
    (made,) = (await process.say("ann", Elsewhere("yard", EVERY_DAY), organiser=True)).effects
    (seen,) = (await process.say("ben", Elsewhere("yard", ShowDaily()))).effects
    (here,) = (await process.say("ben", ShowDaily())).effects
    await process.pass_time(HOUR)

    assert isinstance(made, fx.ScheduleSet)
    assert seen == fx.SchedulesShown((made.line,))
    assert here == fx.SchedulesShown(())
    assert [post.place.id for post in process.transport.posts] == ["yard"]


@pytest.mark.parametrize("channel", ["@ben", f"hall~{NAME}"])
async def test_nobody_reaches_a_private_place_or_a_part_of_a_channel(process: Process, channel: str) -> None:
    """There is no such channel to them."""
    (reply,) = (await process.say("ann", Elsewhere(channel, EVERY_DAY), organiser=True)).effects

    assert reply == fx.InputRefused("unknown_channel", channel)
    assert await process.store.waking(2**53, 10) == []


async def test_nobody_reaches_the_channel_of_another_group(process: Process) -> None:
    """However much they may do in their own."""
    await planned(process)
    stranger = replace(
        event("eve", Elsewhere("hall", StopDaily()), process.clock, place=YARD, organiser=True),
        workspace="elsewhere",
    )

    (reply,) = (await process.send(stranger)).effects

    assert reply == fx.InputRefused("unknown_channel", "hall")
    await process.pass_time(HOUR)
    assert posted(process) == [f"{round_of(SUNDAY)}.1.ask"]


@pytest.mark.parametrize("command", [ShowDaily(), EVERY_DAY, StopDaily()])
async def test_whoever_only_looks_leaves_no_trace_in_a_channel(
    process: Process, command: ShowDaily | SetDaily | StopDaily
) -> None:
    """Nor does who is refused: the channel still is whoever's comes first."""
    looker = replace(event("eve", Elsewhere("attic", command), process.clock), workspace="elsewhere")
    await process.send(looker)
    owner = replace(
        event("ann", EVERY_DAY, process.clock, place=Place("web", "attic"), organiser=True), workspace="ours"
    )

    (made,) = (await process.send(owner)).effects

    assert isinstance(made, fx.ScheduleSet)
    again = replace(
        event("ann", Elsewhere("attic", StopDaily()), process.clock, organiser=True), workspace="ours"
    )
    (stopped,) = (await process.send(again)).effects
    assert isinstance(stopped, fx.ScheduleStopped)


async def test_a_level_that_only_another_pack_has_is_asked_from_there(process: Process) -> None:
    """By a schedule and by a round: what was accepted has something to ask."""
    hard = replace(choice(7), id=ItemId("tea/hard"), difficulty=Difficulty.HARD)
    tea = replace(deck(hard), id=DeckId("tea/leaves"))
    process.library = Library((pack(deck(*ITEMS)), pack(tea, name="tea")))

    (made,) = (await planned(process, replace(EVERY_DAY, levels=(Difficulty.HARD,)))).effects
    await process.pass_time(HOUR)

    assert isinstance(made, fx.ScheduleSet)
    assert posted(process) == [f"{round_of(SUNDAY)}.1.ask"]
    request = DrawRequest(difficulties=(Difficulty.HARD,))
    started = await process.say("ben", StartRound(request), place=YARD)
    assert started.effects == (fx.CommandDone(Confirmation.STARTED),)
