"""Waking: deadlines fire once they are due, whoever set them and whatever happened since."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress

import pytest

from bot.core.commands import Close, Join, Next, Tick
from bot.core.errors import StoreError
from bot.engine.codec import to_ms
from bot.engine.events import Event
from bot.engine.metrics import Metrics
from bot.engine.waking import AT_ONCE, Waker
from bot.records import Place
from bot.store.memory import MemoryStore
from tests.core.builders import moment
from tests.engine.clocks import StandingClock, settled, until
from tests.engine.halls import HALL, RIGHT, YARD, Process, answer, asking

NewProcess = Callable[[], Awaitable[Process]]


class Due(MemoryStore):
    """A store with deadlines of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[tuple[Place, int]] = []
        self.asked: list[tuple[int, int]] = []

    async def waking(self, until: int, limit: int) -> Sequence[tuple[Place, int]]:
        """Return what is due, and keep what was asked."""
        self.asked.append((until, limit))
        return [row for row in self.rows if row[1] <= until]


class Bench:
    """A waker whose Ticks are kept. *fails* holds what the next of them raise."""

    def __init__(self) -> None:
        self.clock = StandingClock()
        self.store = Due()
        self.metrics = Metrics()
        self.sent: list[str] = []
        self.fails: list[Exception] = []
        self.waker = Waker(self.store, self.clock, self._send, self.metrics)

    async def _send(self, event: Event) -> None:
        assert (event.id, event.intent) == ("", Tick())
        self.sent.append(event.place.id)
        if self.fails:
            raise self.fails.pop(0)

    def set(self, place: Place, seconds: float | None) -> None:
        """Set the timer of *place*."""
        self.waker.set(place, None if seconds is None else moment(seconds))

    async def fire_at(self, seconds: float) -> list[str]:
        """Fire at *seconds* and return who was sent a Tick then."""
        self.clock.set(seconds)
        before = len(self.sent)
        await self.waker.fire()
        return self.sent[before:]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Let timers fire and the sweep go round."""
        task = asyncio.create_task(self.waker.run())
        await settled()
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


@pytest.fixture
async def bench() -> Bench:
    """A waker at noon, with nothing to do."""
    return Bench()


async def test_timers_fire_in_the_order_of_their_times(bench: Bench) -> None:
    """Each once, and not before its time."""
    bench.set(YARD, 2)
    bench.set(HALL, 1)

    assert await bench.fire_at(0.9) == []
    assert await bench.fire_at(2.5) == ["hall", "yard"]
    assert await bench.fire_at(9) == []


async def test_the_latest_word_on_a_place_counts(bench: Bench) -> None:
    """Moved later, moved earlier, forgotten."""
    bench.set(HALL, 1)
    bench.set(HALL, 3)
    assert await bench.fire_at(2) == []
    assert await bench.fire_at(3) == ["hall"]

    bench.set(HALL, 9)
    bench.set(HALL, 4)
    assert await bench.fire_at(4) == ["hall"]
    assert await bench.fire_at(10) == []

    bench.set(HALL, 11)
    bench.set(HALL, None)
    bench.set(YARD, None)
    assert await bench.fire_at(12) == []


async def test_the_same_word_again_takes_no_room(bench: Bench) -> None:
    """Every answer of a busy question says when it ends."""
    for _ in range(1000):
        bench.set(HALL, 30)

    assert len(bench.waker._heap) == 1
    assert await bench.fire_at(30) == ["hall"]


async def test_how_late_a_deadline_was_acted_on_is_counted(bench: Bench) -> None:
    """An operator wants to know."""
    bench.set(HALL, 1)

    await bench.fire_at(1.25)

    assert (bench.metrics.wakes.count, bench.metrics.wakes.sum) == (1, 0.25)


async def test_a_failing_tick_is_heard_of(bench: Bench) -> None:
    """Whoever fires by hand gets the error once all of them are done."""
    bench.fails.append(StoreError("gone"))
    bench.set(HALL, 1)
    bench.set(YARD, 1)

    with pytest.raises(StoreError, match="gone"):
        await bench.fire_at(1)
    assert sorted(bench.sent) == ["hall", "yard"]


async def test_a_sweep_finds_what_nobody_here_has_set(bench: Bench) -> None:
    """What is due before the next sweep, and what a dead process left."""
    bench.store.rows = [(HALL, to_ms(moment(-5))), (YARD, to_ms(moment(1.5)))]

    assert await bench.waker.sweep() == 2

    assert bench.store.asked == [(to_ms(moment(2)), AT_ONCE)]
    assert bench.waker.swept_at == moment(0)
    assert await bench.fire_at(0) == ["hall"]
    assert await bench.fire_at(1.5) == ["yard"]


# ------------------------------------------------------------------------------------------ running


async def test_a_running_waker_sleeps_until_the_first_timer(bench: Bench) -> None:
    """And sweeps every two seconds."""
    bench.set(HALL, 5)

    async with bench.running():
        assert bench.clock.sleeping == [2.0, 5.0]
        await bench.clock.move(5)
        assert bench.sent == ["hall"]
        assert len(bench.store.asked) == 2


async def test_a_timer_that_is_earlier_than_all_others_is_not_slept_over(bench: Bench) -> None:
    """The waker is woken to look again."""
    bench.set(HALL, 100)

    async with bench.running():
        bench.set(YARD, 1)
        await settled()
        await bench.clock.move(1)
        assert bench.sent == ["yard"]


async def test_a_clock_that_jumps_is_noticed_by_the_next_sweep(bench: Bench) -> None:
    """The machine slept for an hour, or its time was set right: what is due by now is done now."""
    bench.set(HALL, 1_000)

    async with bench.running():
        bench.clock.jump(3_600)
        await bench.clock.move(2)
        assert bench.sent == ["hall"]


async def test_a_timer_that_is_due_already_fires_at_once(bench: Bench) -> None:
    """As when everybody has answered."""
    async with bench.running():
        bench.set(HALL, 0)
        await settled()
        assert bench.sent == ["hall"]


async def test_a_tick_that_failed_is_sent_again_by_a_later_sweep(bench: Bench) -> None:
    """The deadline stands in the tables until it is acted on."""
    bench.fails.append(StoreError("busy"))
    bench.store.rows = [(HALL, to_ms(moment(0)))]

    async with bench.running():
        assert bench.sent == ["hall"]
        await bench.clock.move(2)
        assert bench.sent == ["hall", "hall"]


# ------------------------------------------------------------------------------------------ with the engine


async def test_a_question_that_all_have_answered_closes_without_waiting(process: Process) -> None:
    """The engine tells the waker, and the waker the engine."""
    await asking(process, "ben")
    for who in ("ann", "ben"):
        await process.say(who, answer(0, process, RIGHT[0]))

    assert await process.waker.fire() == 1
    assert await process.waker.fire() == 0
    await process.deliverer.drain()
    assert process.transport.keys[-1] == "1.reveal"


async def test_a_deadline_survives_its_process(process: Process, new_process: NewProcess) -> None:
    """The next one finds it in the tables."""
    await asking(process, "ben")
    other = await new_process()
    other.clock.set(31)

    assert await other.waker.fire() == 0
    await other.waker.sweep()
    assert await other.waker.fire() == 1
    await other.deliverer.drain()
    assert other.transport.keys == ["1.reveal"]


async def test_a_timer_lost_to_a_sweep_that_read_too_early_is_set_again(process: Process) -> None:
    """The sweep read the end of the question, which everybody's answer then brought forward and closed."""
    await asking(process, "ben")
    old = process.clock.now()
    await process.say("ann", Close())
    process.waker.set(HALL, old)

    await process.waker.fire()
    await process.pass_time(0)
    process.wakes.clear()
    process.clock.set(10)

    assert await process.waker.fire() == 1
    await process.deliverer.drain()
    assert process.transport.keys[-1] == "2.ask"


async def test_another_process_that_moved_the_round_leaves_a_harmless_timer(
    process: Process, new_process: NewProcess
) -> None:
    """Its Tick finds nothing due and puts the right time in its place."""
    await asking(process, "ben")
    other = await new_process()
    await other.say("ann", Close())
    await other.say("ann", Next())
    process.wakes.clear()

    process.clock.set(30.75)
    await process.waker.fire()

    record = await process.store.waking(to_ms(moment(3600)), 9)
    assert process.wakes == [(HALL, 90.0)]
    assert record == [(HALL, to_ms(moment(90)))]


async def test_a_running_service_plays_a_question_by_its_timers_alone(process: Process) -> None:
    """No sweep, no hand: answer, close, reveal."""
    await process.say("ben", Join())
    await asking(process, "ben")
    task = asyncio.create_task(process.waker._fire_forever())
    await process.say("ben", answer(0, process, RIGHT[0]))
    await process.say("ann", answer(0, process, RIGHT[0]))

    await until(lambda: (HALL, 10.0) in process.wakes)

    task.cancel()
    await process.deliverer.drain()
    assert process.transport.keys[-1] == "1.reveal"
