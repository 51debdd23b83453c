"""Batching: what arrives together is saved together, in order, and each is answered for itself."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.core.commands import Join
from bot.core.errors import StoreError
from bot.engine.batching import BATCH, Batcher
from bot.engine.events import Event, Reply
from bot.engine.lives import Outcome
from bot.records import Place
from tests.engine.clocks import StandingClock, settled
from tests.engine.halls import HALL, event

CLOCK = StandingClock()


def one(number: int, place: Place = HALL) -> Event:
    """Return an event with a number."""
    return event("ann", Join(), CLOCK, id_=str(number), place=place)


class Flushes:
    """What was flushed, with a gate in front. *broken* ids raise, and *fails* fails a whole flush."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.broken: set[str] = set()
        self.fails: list[Exception] = []

    async def flush(self, events: Sequence[Event]) -> Sequence[Outcome]:
        """Keep *events* and answer each."""
        await self.gate.wait()
        ids = [one.id for one in events]
        self.batches.append([str(id_) for id_ in ids])
        if self.fails:
            raise self.fails.pop(0)
        if self.broken.intersection(ids):
            raise ValueError(ids)
        return [Reply(duplicate=id_ == "again") for id_ in ids]


@pytest.fixture
def flushes() -> Flushes:
    """Nothing flushed yet."""
    return Flushes()


async def test_a_lonely_event_waits_for_nobody(flushes: Flushes) -> None:
    """It is saved at once, alone."""
    batcher = Batcher(flushes.flush)

    assert await batcher.submit(one(1)) == Reply()
    assert flushes.batches == [["1"]]


async def test_what_comes_during_a_flush_goes_together_with_the_next(flushes: Flushes) -> None:
    """In the order it came."""
    batcher = Batcher(flushes.flush)
    flushes.gate.clear()
    first = asyncio.ensure_future(batcher.submit(one(0)))
    await settled()
    others = [asyncio.ensure_future(batcher.submit(one(number))) for number in range(1, 4)]
    await settled()

    flushes.gate.set()
    await asyncio.gather(first, *others)

    assert flushes.batches == [["0"], ["1", "2", "3"]]


async def test_a_batch_is_no_larger_than_its_most(flushes: Flushes) -> None:
    """The rest goes with the next one."""
    batcher = Batcher(flushes.flush)

    await asyncio.gather(*(batcher.submit(one(number)) for number in range(BATCH + 10)))

    assert [len(batch) for batch in flushes.batches] == [BATCH, 10]


async def test_a_place_keeps_to_its_lane_and_lanes_do_not_wait_for_each_other(flushes: Flushes) -> None:
    """Events of one place are never decided side by side."""
    places = [Place("web", f"c{number}") for number in range(16)]
    batcher = Batcher(flushes.flush, lanes=4)
    flushes.gate.clear()
    tasks = [asyncio.ensure_future(batcher.submit(one(number))) for number in range(8)]
    tasks += [asyncio.ensure_future(batcher.submit(one(100, place))) for place in places]
    await settled()
    flushes.gate.set()
    await asyncio.gather(*tasks)

    of_hall = [[id_ for id_ in batch if id_ != "100"] for batch in flushes.batches]
    assert [id_ for batch in of_hall for id_ in batch] == [str(number) for number in range(8)]
    assert len(flushes.batches) >= 4


async def test_when_the_store_fails_everybody_in_the_batch_hears_it(flushes: Flushes) -> None:
    """It is not tried again: it would fail for each of them."""
    batcher = Batcher(flushes.flush)
    flushes.fails.append(StoreError("disk full"))

    outcomes = await asyncio.gather(*(batcher.submit(one(n)) for n in range(3)), return_exceptions=True)

    assert [str(outcome) for outcome in outcomes] == ["disk full"] * 3
    assert len(flushes.batches) == 1
    assert await batcher.submit(one(9)) == Reply()


async def test_a_broken_event_fails_alone(flushes: Flushes) -> None:
    """Its batch is saved one by one, in order."""
    batcher = Batcher(flushes.flush)
    flushes.broken.add("1")

    outcomes = await asyncio.gather(*(batcher.submit(one(n)) for n in range(3)), return_exceptions=True)

    assert [type(outcome) for outcome in outcomes] == [Reply, ValueError, Reply]
    assert flushes.batches == [["0", "1", "2"], ["0"], ["1"], ["2"]]


async def test_an_outcome_that_is_an_exception_is_raised_to_its_sender() -> None:
    """The others have their replies."""

    async def flush(events: Sequence[Event]) -> Sequence[Outcome]:
        return [KeyError("odd") if one.id == "1" else Reply() for one in events]

    batcher = Batcher(flush)

    outcomes = await asyncio.gather(*(batcher.submit(one(n)) for n in range(3)), return_exceptions=True)

    assert [type(outcome) for outcome in outcomes] == [Reply, KeyError, Reply]


async def test_a_sender_who_goes_away_does_not_take_the_event_back(flushes: Flushes) -> None:
    """It is on its way, and the others in its batch do not notice."""
    batcher = Batcher(flushes.flush)
    flushes.gate.clear()
    gone, stays = (asyncio.ensure_future(batcher.submit(one(number))) for number in range(2))
    await settled()
    gone.cancel()
    flushes.gate.set()

    assert await stays == Reply()
    assert flushes.batches == [["0", "1"]]
    assert gone.cancelled()


async def test_idle_waits_for_what_is_in_flight(flushes: Flushes) -> None:
    """And returns at once when nothing is."""
    batcher = Batcher(flushes.flush, lanes=2)
    await batcher.idle()
    said = asyncio.ensure_future(batcher.submit(one(1)))
    await asyncio.sleep(0)

    await batcher.idle()

    assert flushes.batches == [["1"]]
    assert await said == Reply()
