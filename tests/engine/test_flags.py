"""Flags: anybody says that a question is bad, once a question, and whoever looks after them can read it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import date, time

import pytest

from bot.core import effects as fx
from bot.core.commands import Close, Flag, Next, Redo, RevealAfter, SetDaily, Stop
from bot.core.effects import Refusal
from bot.core.ids import QuestionId
from bot.core.schedules import daily_round
from bot.engine.deciding import Batch
from bot.engine.events import Reply, private_place
from bot.engine.flagging import Flagging
from bot.engine.identities import new_channel, new_learner, round_id, schedule_id
from bot.records import Account, FlagRow, Place, Snapshot
from tests.engine.halls import (
    HALL,
    ITEMS,
    LIBRARY,
    ROUND,
    START,
    WRONG,
    YARD,
    Process,
    answer,
    asking,
    event,
    own,
    question,
)

NewProcess = Callable[[], Awaitable[Process]]

GROUP = new_channel(HALL, "web").group
HOUR = 3600
DAILY = QuestionId(f"{daily_round(schedule_id(HALL, 'daily'), date(2026, 3, 1))}.0")


async def flags(process: Process) -> Sequence[FlagRow]:
    """Return what was written down for the group."""
    return await process.store.flags(GROUP)


async def flagged(process: Process, who: str, command: Flag, *, place: Place = HALL) -> fx.Reply:
    """Let *who* flag a question; return the one thing that they are told."""
    (effect,) = (await process.say(who, command, place=place)).effects
    return effect


def learner(who: str) -> int:
    """Return the id of *who*."""
    return new_learner(Account("web", who), "").id


async def test_an_open_question_can_be_flagged_by_anybody(process: Process) -> None:
    """Also by who takes no part; the reply tells nothing of it."""
    await asking(process)
    process.clock.set(2)

    told = await flagged(process, "cat", Flag(question(0), "Two are right."))

    assert told == fx.QuestionFlagged(question(0), again=False)
    (row,) = await flags(process)
    assert row == FlagRow(GROUP, ITEMS[0].id, question(0), learner("cat"), row.at, "Two are right.")
    assert row.at % 60_000 == 2000


@pytest.mark.parametrize("commands", [(Close(),), (Close(), Next()), (Stop(),)], ids=str)
async def test_a_question_can_be_flagged_after_it_was_closed(
    process: Process, commands: tuple[Close | Next | Stop, ...]
) -> None:
    """As long as anybody knows it."""
    await asking(process)
    for command in commands:
        await process.say("ann", command)

    assert await flagged(process, "ann", Flag(question(0))) == fx.QuestionFlagged(question(0), again=False)
    assert [row.item for row in await flags(process)] == [ITEMS[0].id]


async def test_a_second_flag_replaces_the_reason_if_it_has_one(process: Process) -> None:
    """There is one row for each learner."""
    await asking(process)
    await flagged(process, "ann", Flag(question(0)))
    await flagged(process, "ben", Flag(question(0), "unclear"))

    second = await flagged(process, "ann", Flag(question(0), "a typo"))
    third = await flagged(process, "ann", Flag(question(0)))

    assert second == third == fx.QuestionFlagged(question(0), again=True)
    assert {row.learner: row.reason for row in await flags(process)} == {
        learner("ann"): "a typo",
        learner("ben"): "unclear",
    }


async def test_two_flags_in_one_batch_are_one_row(process: Process) -> None:
    """The second one knows of the first."""
    await asking(process)
    flagging = Flagging(process.store, process.store)
    intents = [Flag(question(0), reason) for reason in ("one", "two")]
    events = [await flagging.found(event("ann", one, process.clock), one) for one in intents]

    batch = Batch(Snapshot(), known={}, library=LIBRARY, seed="", now=process.clock.now())
    decision = batch.decide(events)
    await process.store.transact([], (), lambda _: decision.changes)

    assert decision.outcomes == [
        Reply((fx.QuestionFlagged(question(0), again=again),)) for again in (False, True)
    ]
    assert [row.reason for row in await flags(process)] == ["two"]


async def test_an_event_that_comes_twice_flags_once(process: Process) -> None:
    """The second delivery says nothing, whatever happened in between."""
    await asking(process)
    first = event("ann", Flag(question(0), "one"), process.clock, id_="flag")
    await process.send(first)
    await flagged(process, "ann", Flag(question(0), "two"))

    assert (await process.send(first)).duplicate
    assert [row.reason for row in await flags(process)] == ["two"]


async def test_a_question_has_one_name_however_it_is_written(process: Process) -> None:
    """A position with zeros in front is the same question."""
    await asking(process)

    told = await flagged(process, "ann", Flag(QuestionId(f"{ROUND}.000")))

    assert told == fx.QuestionFlagged(question(0), again=False)


@pytest.mark.parametrize("id_", ["nowhere.0", f"{ROUND}.1", f"{ROUND}.3", f"{ROUND}.-1", "nonsense"])
async def test_a_question_that_nobody_has_seen_cannot_be_flagged(process: Process, id_: str) -> None:
    """Be it that it was never there or that it comes later."""
    await asking(process)

    refused = await flagged(process, "ann", Flag(QuestionId(id_)))

    assert refused == fx.CommandRefused(Refusal.UNKNOWN_QUESTION)
    assert not await flags(process)


async def test_a_question_of_another_group_cannot_be_flagged(process: Process) -> None:
    """In the other channels of its own it can."""
    await asking(process)
    there = event("cat", Flag(question(0)), process.clock, place=Place("web", "attic"))

    refused = await process.send(replace(there, workspace="elsewhere"))
    told = await flagged(process, "cat", Flag(question(0)), place=YARD)

    assert refused.effects == (fx.CommandRefused(Refusal.UNKNOWN_QUESTION),)
    assert told == fx.QuestionFlagged(question(0), again=False)
    assert len(await flags(process)) == 1


async def test_a_reason_is_kept_whole_or_refused(process: Process) -> None:
    """What cannot be shown is left out of it."""
    await asking(process)
    long = "ä" * 500

    await flagged(process, "ann", Flag(question(0), f" {long}\x00\u202e\n"))
    refused = await flagged(process, "ann", Flag(question(0), f"{long}ä"))

    assert [row.reason for row in await flags(process)] == [long]
    assert isinstance(refused, fx.InputRefused)
    assert (refused.reason, len(refused.said)) == ("bad_reason", 100)


async def test_nobody_flags_for_us(process: Process) -> None:
    """We have nothing to say of questions."""
    await asking(process)

    assert (await process.send(own(Flag(question(0)), process.clock))).effects == ()
    assert not await flags(process)


# ------------------------------------------------------------------------------------- what was asked last


async def test_without_a_name_the_question_asked_last_is_meant(process: Process) -> None:
    """The open one, or the one that was open last; nothing of what comes."""
    await asking(process)
    first = await flagged(process, "ann", Flag())
    await process.say("ann", Close())
    closed = await flagged(process, "ann", Flag())
    await process.say("ann", Next())
    second = await flagged(process, "ann", Flag())
    await process.say("ann", Stop())
    ended = await flagged(process, "ann", Flag(reason="unclear"))

    assert [first, closed] == [fx.QuestionFlagged(question(0), again=again) for again in (False, True)]
    assert [second, ended] == [fx.QuestionFlagged(question(1), again=again) for again in (False, True)]


async def test_a_round_in_its_lobby_has_asked_nothing_yet(process: Process) -> None:
    """The last question of the round before it is meant."""
    refused = await flagged(process, "ann", Flag())
    await process.say("ann", START, id_="other")
    in_lobby = await flagged(process, "ann", Flag())
    await process.say("ann", Stop())
    await asking(process)
    await process.say("ann", Stop())
    await process.say("ann", START, id_="third")

    assert refused == in_lobby == fx.CommandRefused(Refusal.NOTHING_ASKED)
    assert await flagged(process, "ann", Flag()) == fx.QuestionFlagged(question(0), again=False)
    assert await flagged(process, "ann", Flag(), place=YARD) == fx.CommandRefused(Refusal.NOTHING_ASKED)


async def test_what_was_asked_last_may_be_the_question_of_the_day(process: Process) -> None:
    """It lives in a place of its own, which nobody sees; whichever was opened later is meant."""
    request = SetDaily(at=time(13), zone="UTC", reveal=RevealAfter(8))
    await process.say("ann", request, organiser=True)
    await asking(process)
    before = await flagged(process, "ann", Flag())
    await process.pass_time(HOUR)
    day = await flagged(process, "ann", Flag())
    process.clock.set(HOUR + 1)
    await process.say("ann", Next())
    after = await flagged(process, "ann", Flag())

    assert before == fx.QuestionFlagged(question(0), again=False)
    assert day == fx.QuestionFlagged(DAILY, again=False)
    assert after == fx.QuestionFlagged(question(1), again=False)
    assert {row.question: row.group for row in await flags(process)} == {
        question(0): GROUP,
        DAILY: GROUP,
        question(1): GROUP,
    }


async def test_what_is_asked_again_in_private_can_be_flagged_there(process: Process) -> None:
    """By who redoes it; it is a question of the same group."""
    await asking(process)
    await process.say("ann", answer(0, process, WRONG[0]))
    await process.pass_time(0)
    await process.say("ann", Stop())
    await process.say("ann", Redo(ROUND), id_="redo")

    told = await flagged(process, "ann", Flag(), place=private_place(Account("web", "ann")))

    assert told == fx.QuestionFlagged(QuestionId(f"{round_id('redo')}.0"), again=False)
    (row,) = await flags(process)
    assert (row.group, row.item) == (GROUP, ITEMS[0].id)


async def test_another_process_flags_what_this_one_asked(process: Process, new_process: NewProcess) -> None:
    """Nothing of it is remembered anywhere but in the tables."""
    await asking(process)
    other = await new_process()

    told = await flagged(other, "ben", Flag())

    assert told == fx.QuestionFlagged(question(0), again=False)
