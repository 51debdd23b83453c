"""The engine: every event once, in one transaction, acknowledged after its commit, and no memory needed."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.core import effects as fx
from bot.core.commands import Begin, Join, Next, Redo, ShowHelp, Stop, SubmitAnswer, Tick
from bot.core.effects import Confirmation, Refusal
from bot.core.errors import StoreError
from bot.core.ids import RoundId
from bot.core.responses import Typed
from bot.engine import codec
from bot.engine.engine import KNOWN_ROUNDS
from bot.engine.events import Event, Reply
from bot.engine.identities import round_id
from bot.engine.lives import Known
from bot.records import Account, Place
from tests.core.builders import TEXT, deck, pack
from tests.core.builders import begin as begun
from tests.engine.clocks import settled, until
from tests.engine.halls import (
    HALL,
    ITEMS,
    LIBRARY,
    RIGHT,
    ROUND,
    START,
    WRONG,
    YARD,
    GatedStore,
    Process,
    answer,
    asking,
    event,
    own,
    question,
    starting,
)

NewProcess = Callable[[], Awaitable[Process]]


async def score(process: Process, who: str) -> int:
    """Return the points of *who* by the attempts alone."""
    record = await process.store.mine(ROUND, Account("web", who))
    return sum(attempt.points for attempt in record.attempts) if record else 0


def reasons(reply: Reply) -> list[object]:
    """Return why the sender was refused."""
    return [
        effect.reason for effect in reply.effects if isinstance(effect, fx.AnswerRefused | fx.CommandRefused)
    ]


# ------------------------------------------------------------------------------------------ a whole round


async def test_a_round_is_played_from_the_lobby_to_the_podium(process: Process) -> None:
    """Everybody sees each message once and in its order; after it each hears in private what they missed."""
    await asking(process, "ben")
    for position in range(3):
        await process.say("ann", answer(position, process, RIGHT[position]))
        await process.say("ben", answer(position, process, WRONG[position]))
        await process.pass_time(0.1)
        await process.pass_time(10)

    public = [post.key.removeprefix(f"{ROUND}.") for post in process.transport.posts if not post.to]
    assert public == ["lobby", "1.ask", "1.reveal", "2.ask", "2.reveal", "3.ask", "3.reveal", "end"]
    assert [post.to for post in process.transport.posts] == [""] * 8 + ["ben"]
    assert await score(process, "ann") == 150 + 160 + 170
    assert await score(process, "ben") == 0
    record = await process.store.look(ROUND)
    assert record is not None
    assert not record.row.open


# ------------------------------------------------------------------------------------------ once


async def test_an_event_that_comes_again_counts_once(process: Process) -> None:
    """Its second reply is empty and says so."""
    await asking(process, "ben")
    sent = event("ben", answer(0, process), process.clock)

    first, second = await process.send(sent), await process.send(sent)

    assert [type(effect) for effect in first.effects] == [fx.AnswerAccepted]
    assert second == Reply(duplicate=True)


async def test_an_event_that_comes_twice_at_once_counts_once(process: Process) -> None:
    """Also when both are in one transaction."""
    await asking(process, "ben")
    sent = event("ben", answer(0, process), process.clock)
    commits = process.engine.metrics.commits.value

    replies = await asyncio.gather(*(process.send(sent) for _ in range(3)))

    assert [reply.duplicate for reply in replies] == [False, True, True]
    assert process.engine.metrics.commits.value - commits == 1


async def test_a_refused_event_is_refused_once(process: Process) -> None:
    """What was decided is decided, however the world has changed since."""
    early = event("ann", Join(), process.clock)
    assert reasons(await process.send(early)) == [Refusal.NO_ROUND]
    await process.say("ben", START, id_="start")

    assert await process.send(early) == Reply(duplicate=True)


async def test_a_double_start_is_refused(process: Process) -> None:
    """One round a channel; the second host hears whose it is, and another channel is free."""
    first, second = await asyncio.gather(process.say("ann", START), process.say("ben", START))

    assert first.effects == (fx.CommandDone(Confirmation.STARTED),)
    assert second.effects == (fx.CommandRefused(Refusal.ROUND_RUNS, "Ann"),)
    assert (await process.say("ben", START, place=YARD)).effects == first.effects


async def test_a_double_stop_is_refused(process: Process) -> None:
    """There is nothing left to stop."""
    await asking(process)

    replies = [await process.say("ann", Stop()) for _ in range(2)]

    assert replies[0].effects == (fx.CommandDone(Confirmation.DONE),)
    assert reasons(replies[1]) == [Refusal.NO_ROUND]


async def test_a_stopped_round_leaves_room_for_the_next(process: Process) -> None:
    """Also when both come in one transaction."""
    await asking(process)

    stopped, started = await asyncio.gather(process.say("ann", Stop()), process.say("ben", START, id_="next"))

    assert stopped.effects == (fx.CommandDone(Confirmation.DONE),)
    assert started.effects == (fx.CommandDone(Confirmation.STARTED),)
    assert reasons(await process.say("cat", answer(0, process))) == [Refusal.LATE]


async def test_an_old_button_does_not_act_on_a_new_round(process: Process) -> None:
    """It belongs to the round it was shown in."""
    await asking(process)

    old = event("ann", Stop(), process.clock, round_=RoundId("older"))

    assert reasons(await process.send(old)) == [Refusal.NO_ROUND]
    current = event("ann", Stop(), process.clock, round_=ROUND)
    assert reasons(await process.send(current)) == []


# ------------------------------------------------------------------------------------------ crashes


async def test_what_was_committed_before_a_crash_counts(process: Process, new_process: NewProcess) -> None:
    """The sender heard nothing and sends the same event to the next process."""
    await asking(process, "ben")
    gate = GatedStore(process.store)
    gate.after.append(StoreError("the process ended here"))
    process.use(gate)
    sent = event("ben", answer(0, process, RIGHT[0]), process.clock)
    with pytest.raises(StoreError, match="ended here"):
        await process.send(sent)

    other = await new_process()

    assert await other.send(sent) == Reply(duplicate=True)
    await other.pass_time(30.75)
    assert await score(other, "ben") == 150


async def test_what_was_not_committed_before_a_crash_never_happened(
    process: Process, new_process: NewProcess
) -> None:
    """The same event is decided anew."""
    await asking(process, "ben")
    gate = GatedStore(process.store)
    gate.before.append(StoreError("the process ended here"))
    process.use(gate)
    sent = event("ben", answer(0, process, RIGHT[0]), process.clock)
    with pytest.raises(StoreError, match="ended here"):
        await process.send(sent)

    other = await new_process()

    assert [type(effect) for effect in (await other.send(sent)).effects] == [fx.AnswerAccepted]


async def test_another_process_goes_on_where_the_round_was(process: Process, new_process: NewProcess) -> None:
    """With every acknowledged answer, and with its deadline."""
    await asking(process, "ben")
    await process.say("ben", answer(0, process, RIGHT[0]))

    other = await new_process()
    await other.pass_time(30.75)
    await other.pass_time(10)

    assert other.transport.keys == ["1.reveal", "2.ask"]
    assert reasons(await other.say("ben", answer(0, other))) == [Refusal.LATE]
    assert [type(e) for e in (await other.say("ben", answer(1, other))).effects] == [fx.AnswerAccepted]


async def test_two_processes_see_what_the_other_did(process: Process, new_process: NewProcess) -> None:
    """What one remembers of a round is good only as long as the row has not moved."""
    await asking(process, "ben", "cat")
    other = await new_process()
    await other.say("ben", answer(0, other, WRONG[0]))

    await process.say("ben", answer(0, process, RIGHT[0]))
    await other.say("cat", answer(0, other, RIGHT[0]))
    await process.say("ann", answer(0, process, RIGHT[0]))
    await process.pass_time(0)
    await other.say("ann", Next())

    assert [await score(process, who) for who in ("ann", "ben", "cat")] == [150, 150, 150]
    assert reasons(await process.say("ann", answer(0, process))) == [Refusal.LATE]
    await process.say("ann", answer(1, process, RIGHT[1]))
    record = await process.store.look(ROUND)
    assert record is not None
    round_ = codec.ROUND.decode(record.row.body)
    assert (round_.position, round_.answered, round_.joined) == (1, 1, 3)


async def test_both_processes_may_fire_the_same_deadline(process: Process, new_process: NewProcess) -> None:
    """One of them wins and the other changes nothing."""
    await asking(process, "ben")
    other = await new_process()
    process.clock.set(30.75)

    await asyncio.gather(*(one.send(own_tick(one)) for one in (process, other)))
    await process.deliverer.drain()

    assert process.transport.keys == ["lobby", "1.ask", "1.reveal"]


def own_tick(process: Process) -> Event:
    """Return a Tick for the hall."""
    return own(Tick(), process.clock)


# ------------------------------------------------------------------------------------------ broken events


async def test_an_event_that_cannot_be_decided_takes_nobody_with_it(process: Process) -> None:
    """Whoever is in the same transaction gets their reply."""
    await asking(process, "ben")
    broken = event("cat", object(), process.clock)  # type: ignore[arg-type]  # that is what is broken

    good, bad, better = await asyncio.gather(
        process.say("ben", answer(0, process)),
        process.send(broken),
        process.say("ann", answer(0, process)),
        return_exceptions=True,
    )

    assert isinstance(bad, TypeError)
    for reply in (good, better):
        assert isinstance(reply, Reply)
        assert isinstance(reply.effects[0], fx.AnswerAccepted)


async def test_an_event_that_cannot_be_saved_takes_nobody_with_it(process: Process) -> None:
    """Half a character is no text that a database takes."""
    process.library = type(LIBRARY)((pack(deck(TEXT)),))
    await asking(process, "ben", start=starting(TEXT))
    half = Typed(("half a character \ud83d",))

    good, bad = await asyncio.gather(
        process.say("ann", answer(0, process, Typed(("a whole answer",)))),
        process.say("ben", answer(0, process, half)),
        return_exceptions=True,
    )

    assert isinstance(bad, ValueError)
    assert isinstance(good, Reply)
    assert isinstance(good.effects[0], fx.AnswerAccepted)
    again = await process.say("ben", answer(0, process, Typed(("better",))))
    assert isinstance(again.effects[0], fx.AnswerAccepted)


async def test_when_the_store_fails_nothing_was_saved_and_everybody_hears_it(process: Process) -> None:
    """The same events may be sent again."""
    await asking(process, "ben")
    gate = GatedStore(process.store)
    process.use(gate)
    gate.before.append(StoreError("disk full"))
    events = [event(who, answer(0, process), process.clock) for who in ("ann", "ben")]

    failed = await asyncio.gather(*map(process.send, events), return_exceptions=True)

    assert [str(error) for error in failed] == ["disk full", "disk full"]
    replies = await asyncio.gather(*map(process.send, events))
    assert [type(reply.effects[0]) for reply in replies] == [fx.AnswerAccepted] * 2


# ------------------------------------------------------------------------------------------ group commit


async def test_nobody_is_told_before_the_commit(process: Process) -> None:
    """What was acknowledged is never lost."""
    await asking(process, "ben")
    gate = GatedStore(process.store)
    process.use(gate)
    gate.open.clear()

    said = asyncio.create_task(process.say("ben", answer(0, process)))
    await settled()
    assert not said.done()

    gate.open.set()
    assert isinstance((await said).effects[0], fx.AnswerAccepted)


async def test_answers_that_come_together_share_a_transaction(process: Process) -> None:
    """The first goes alone, and while it is saved the others gather."""
    people = [f"p{number}" for number in range(64)]
    await asking(process, *people)
    gate = GatedStore(process.store)
    process.use(gate)

    replies = await asyncio.gather(*(process.say(who, answer(0, process)) for who in people))

    assert all(isinstance(reply.effects[0], fx.AnswerAccepted) for reply in replies)
    assert len(gate.batches) <= 2
    await process.deliverer.drain()
    record = await process.store.look(ROUND)
    assert record is not None
    assert codec.ROUND.decode(record.row.body).answered == 64


async def test_many_answers_are_told_in_one_live_count(process: Process) -> None:
    """A busy channel is not flooded with edits."""
    people = [f"p{number}" for number in range(20)]
    await asking(process, *people)
    before = len(process.transport.edits)

    await asyncio.gather(*(process.say(who, answer(0, process)) for who in people))
    await process.pass_time(1)

    assert len(process.transport.edits) - before == 1


async def test_idle_means_that_everything_in_flight_is_committed(process: Process) -> None:
    """So a process can be stopped without losing anything."""
    await asking(process, "ben")
    said = asyncio.create_task(process.say("ben", answer(0, process)))
    await asyncio.sleep(0)

    await process.engine.idle()

    await until(said.done)
    assert isinstance(said.result().effects[0], fx.AnswerAccepted)


# ------------------------------------------------------------------------------------------ timers


async def test_the_engine_tells_when_a_round_wants_to_be_woken(process: Process) -> None:
    """At the end of the question and its grace, at once when all have answered, and never once it is over."""
    await asking(process, "ben")
    process.wakes.clear()

    await process.say("ben", answer(0, process))
    await process.say("ann", answer(0, process))
    await process.say("ann", Stop())

    assert process.wakes == [(HALL, 30.75), (HALL, 0.0), (HALL, None)]


async def test_a_tick_that_comes_too_early_sets_the_timer_right(process: Process) -> None:
    """Whoever sent it believed in a time that is not the round's."""
    await asking(process, "ben")
    process.wakes.clear()

    await process.send(own_tick(process))

    assert process.wakes == [(HALL, 30.75)]


async def test_a_tick_where_nothing_runs_does_nothing(process: Process) -> None:
    """There is nobody to tell."""
    assert await process.send(own_tick(process)) == Reply()
    assert process.wakes == []


# ------------------------------------------------------------------------------------------ redo


async def test_what_was_missed_can_be_played_again_in_private(process: Process) -> None:
    """Just that, without points, a clock or a lobby."""
    await asking(process, "ben")
    for position in range(3):
        await process.say("ann", answer(position, process, RIGHT[position]))
        if position != 1:
            await process.say("ben", answer(position, process, RIGHT[position]))
        await process.pass_time(30.75)
        await process.pass_time(10)
    process.transport.posts.clear()

    reply = await process.say("ben", Redo(ROUND), id_="redo")
    await process.deliverer.drain()

    assert reply.effects == (fx.CommandDone(Confirmation.REDO),)
    (post,) = process.transport.posts
    assert post.place == Place("web", "@ben")
    record = await process.store.look(post.key.split(".")[0])
    assert record is not None
    assert [row.item for row in record.questions] == [ITEMS[1].id]
    round_ = codec.ROUND.decode(record.row.body)
    assert (round_.settings.scored, round_.until) == (False, None)


async def test_a_redo_that_comes_again_starts_nothing(process: Process) -> None:
    """The first one runs."""
    await asking(process)
    await process.say("ann", Stop())
    await asking_and_missing(process)
    redo = event("ann", Redo(RoundId(missed_round())), process.clock)

    assert (await process.send(redo)).effects == (fx.CommandDone(Confirmation.REDO),)
    assert await process.send(redo) == Reply(duplicate=True)
    second = await process.say("ann", redo.intent)
    assert reasons(second) == [Refusal.REDO_RUNS]


def missed_round() -> str:
    """Return the id of the round in which Ann misses something."""
    return round_id("missing")


async def asking_and_missing(process: Process) -> None:
    """Let Ann miss the only question of a round in the hall."""
    await process.say("ann", starting(ITEMS[0]), id_="missing")
    await process.say("ann", Begin())
    await process.pass_time(91)


@pytest.mark.parametrize("who", ["ann", "cat"])
async def test_with_nothing_missed_there_is_nothing_to_redo(process: Process, who: str) -> None:
    """Ann has not been asked yet, and Cat was not there."""
    await asking(process)

    assert reasons(await process.say(who, Redo(ROUND))) == [Refusal.NOTHING_MISSED]


async def test_our_own_events_redo_nothing(process: Process) -> None:
    """There is nobody to play."""
    assert await process.send(own(Redo(ROUND), process.clock)) == Reply()


# ------------------------------------------------------------------------------------------ figures, memory


async def test_answers_are_counted_by_what_became_of_them(process: Process) -> None:
    """Accepted, refused, or heard before."""
    await asking(process, "ben")
    sent = event("ben", answer(0, process), process.clock)
    for one in (sent, sent, event("cat", answer(0, process), process.clock)):
        await process.send(one)
    await process.say("ben", ShowHelp())

    text = process.engine.metrics.text().decode()

    for outcome in ("accepted", "duplicate", "refused"):
        assert f'studyhall_answers_total{{outcome="{outcome}"}} 1.0' in text


async def test_a_process_remembers_a_bounded_number_of_rounds(process: Process) -> None:
    """The one that was not looked at for longest is read again when it is needed."""
    await asking(process, "ben")
    known = process.engine._known
    stranger = Known(1, begun().round)
    known.update({f"r{number}": stranger for number in range(KNOWN_ROUNDS)})

    await process.say("ben", START, place=YARD)
    assert len(known) == KNOWN_ROUNDS
    assert ROUND not in known

    reply = await process.say("ben", SubmitAnswer(question(0), RIGHT[0], process.clock.now()))
    assert isinstance(reply.effects[0], fx.AnswerAccepted)
