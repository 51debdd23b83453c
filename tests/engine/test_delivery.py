"""Delivery: each message once, in its order, whatever the platform does."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress

import pytest

from bot.core import effects as fx
from bot.core.commands import Posted
from bot.core.errors import DeliveryDelayed, DeliveryRefused, DeliveryUnknown, StoreError
from bot.core.ids import QuestionId
from bot.engine.codec import encode_effect, to_ms
from bot.engine.delivery import LEASE, PATIENCE, TRIES, Deliverer
from bot.engine.events import Event
from bot.engine.metrics import Metrics
from bot.ports import Post
from bot.records import Changes, Delivery, OutboxRow, Outcome, Place
from bot.store.memory import MemoryStore
from bot.wording.plain import plain
from bot.wording.views import Countdown
from tests.contracts.stores import AnyStore, Stores
from tests.core.builders import NOON, moment
from tests.engine.clocks import StandingClock, settled, until
from tests.engine.halls import HALL, RIGHT, ROUND, YARD, Process, SeenTransport, answer, asking

NewProcess = Callable[[], Awaitable[Process]]


def post(key: str, *, place: Place = HALL, to: str = "", question: str = "", said: str = "Ann") -> OutboxRow:
    """Return a message to post, which names *said*."""
    body = encode_effect(fx.RoundPaused(ROUND, said, None))
    return OutboxRow(key, "post", place, to, to_ms(NOON), body, question)


def edit(key: str, said: str, *, at: float = 0) -> OutboxRow:
    """Return what the message *key* is to become; it names *said*."""
    body = encode_effect(fx.RoundPaused(ROUND, said, None))
    return OutboxRow(key, "edit", HALL, "", to_ms(moment(at)), body)


class Desk:
    """A deliverer on a store, with a chat and a place for what it tells the engine."""

    def __init__(self, store: AnyStore, clock: StandingClock) -> None:
        self.store = store
        self.clock = clock
        self.chat = SeenTransport()
        self.metrics = Metrics()
        self.told: list[Event] = []
        self.fails: list[Exception] = []
        transports = {self.chat.platform: self.chat}
        self.deliverer = Deliverer(store, clock, transports, self._send, self.metrics)

    async def _send(self, event: Event) -> None:
        self.told.append(event)
        if self.fails:
            raise self.fails.pop(0)

    async def promise(self, *rows: OutboxRow) -> None:
        """Write *rows*, as a transaction of the engine does."""
        await self.store.transact([], (), lambda _: Changes(outbox=list(rows)))

    async def drain(self, at: float | None = None) -> list[str]:
        """Deliver what is due and return what was posted by it."""
        if at is not None:
            self.clock.set(at)
        before = len(self.chat.posts)
        await self.deliverer.drain()
        return [one.key for one in self.chat.posts[before:]]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Let the deliverer run."""
        task = asyncio.create_task(self.deliverer.run())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            for gate in self.chat.hangs.values():
                gate.set()
            await self.deliverer.idle()


@pytest.fixture
async def desk(stores: Stores, clock: StandingClock) -> Desk:
    """A deliverer with nothing to do."""
    return Desk(await stores.open(), clock)


def refs(desk: Desk) -> list[tuple[str, str]]:
    """Return which messages were edited, and what they say now."""
    return [(ref, plain(one.view)) for ref, one in desk.chat.edits]


# ------------------------------------------------------------------------------------------ order


async def test_messages_of_a_place_go_in_the_order_written(desk: Desk) -> None:
    """Each is worded, posted under its key and never posted again."""
    await desk.promise(post("r.1"), post("r.2"), post("r.3", to="ben"), post("r.4", place=YARD))

    posted = await desk.drain()

    assert [key for key in posted if key in {"r.1", "r.2"}] == ["r.1", "r.2"]
    assert sorted(posted) == ["r.1", "r.2", "r.3", "r.4"]
    assert await desk.drain(60) == []
    one = next(one for one in desk.chat.posts if one.key == "r.3")
    assert (one.place, one.to, one.again) == (HALL, "ben", False)
    assert "Ann" in plain(one.view)


async def test_a_post_that_must_wait_holds_what_comes_after_it(desk: Desk) -> None:
    """In its place, whoever it is for; nobody else waits."""
    desk.chat.fails = [DeliveryDelayed("rate limit", 5)]
    await desk.promise(post("r.1"), post("r.2"), post("r.3", to="ben"), post("r.4", place=YARD))

    assert await desk.drain() == ["r.4"]
    assert await desk.drain(4.9) == []
    assert await desk.drain(5) == ["r.1", "r.2", "r.3"]


async def test_a_private_post_that_must_wait_holds_only_its_reader_up(desk: Desk) -> None:
    """The round goes on for all the others."""
    await desk.promise(post("r.1", to="ben"))
    desk.chat.fails = [DeliveryDelayed("rate limit", 5)]
    await desk.drain()
    await desk.promise(post("r.2"), post("r.3", to="ben"), post("r.4", to="cat"))

    assert await desk.drain(1) == ["r.2", "r.4"]
    assert await desk.drain(5) == ["r.1", "r.3"]


async def test_what_one_reader_sees_comes_after_what_all_saw_before(desk: Desk) -> None:
    """Also when the platform takes its time, and then at once."""
    desk.chat.hangs["r.1"] = asyncio.Event()
    await desk.promise(post("r.1"), post("r.2", to="ben"), post("r.3", to="cat"))

    async with desk.running():
        await until(lambda: desk.clock.sleeping)
        await settled()
        assert (desk.chat.posts, desk.clock.sleeping) == ([], [2.0])  # nothing is looked for in between
        desk.chat.hangs.pop("r.1").set()
        await until(lambda: len(desk.chat.posts) == 3)

    assert desk.chat.posts[0].key == "r.1"


async def test_what_waited_behind_another_was_not_tried(desk: Desk) -> None:
    """So nothing has to be looked for when its turn comes."""
    desk.chat.fails = [DeliveryDelayed("rate limit", 5)]
    await desk.promise(post("r.1"), post("r.2"))

    await desk.drain()
    await desk.drain(5)

    assert [(one.key, one.again) for one in desk.chat.posts] == [("r.1", True), ("r.2", False)]


async def test_a_post_that_is_refused_for_good_holds_nothing(desk: Desk) -> None:
    """The next one goes at once, and the edit of the one that is not there is given up with it."""
    desk.chat.fails = [DeliveryRefused("no such channel")]
    await desk.promise(post("r.1"), edit("r.1", "nobody"), post("r.2"))

    assert await desk.drain() == ["r.2"]
    assert await desk.drain(3600) == []
    assert desk.chat.edits == []
    assert (await desk.store.backlog()).depth == 0


async def test_an_edit_waits_for_its_post(desk: Desk) -> None:
    """And finds the message by what the platform called it."""
    desk.chat.fails = [DeliveryDelayed("rate limit", 3)]
    await desk.promise(post("r.1"), edit("r.1", "Ben"))

    await desk.drain()
    assert desk.chat.edits == []
    await desk.drain(3)

    ((ref, said),) = refs(desk)
    assert ref == "ref of r.1"
    assert "Ben" in said


async def test_an_edit_that_must_wait_holds_no_post(desk: Desk) -> None:
    """What is new is worth more than what has changed."""
    await desk.promise(post("r.1"))
    await desk.drain()
    await desk.promise(edit("r.1", "Ben"), post("r.2"))
    desk.chat.fails = [DeliveryDelayed("rate limit", 50)]

    assert await desk.drain() == ["r.2"]
    assert desk.chat.edits == []
    assert [one.again for one in desk.chat.posts] == [False, False]


async def test_a_post_that_must_wait_holds_no_edit_of_what_is_there(desk: Desk) -> None:
    """The message that is shown can change meanwhile."""
    await desk.promise(post("r.1"))
    await desk.drain()
    await desk.promise(post("r.2"), edit("r.1", "Ben"))
    desk.chat.fails = [DeliveryDelayed("rate limit", 50)]

    assert await desk.drain() == []
    assert [ref for ref, _ in refs(desk)] == ["ref of r.1"]


async def test_only_the_newest_state_of_a_message_is_shown(desk: Desk) -> None:
    """What was overtaken before it went is never seen."""
    await desk.promise(post("r.1"))
    await desk.drain()
    for number, said in enumerate(("Ben", "Cat", "Dan")):
        await desk.promise(edit("r.1", said, at=1 + number))

    await desk.drain(1)
    await desk.drain(60)

    assert ["Dan" in said for _, said in refs(desk)] == [True]


# ------------------------------------------------------------------------------------------ failures


async def test_an_unexpected_failure_is_tried_again_ever_later(desk: Desk) -> None:
    """After half a second, one, two … and at most a minute."""
    await desk.promise(post("r.1"))
    waits: list[float] = []
    now = 0.0
    for _ in range(TRIES - 1):
        desk.chat.fails = [OSError("connection reset")]
        assert await desk.drain(now) == []
        due = await desk.store.next_due()
        assert due is not None
        waits.append((due - to_ms(moment(now))) / 1000)
        now += waits[-1]

    assert waits == [0.5, 1, 2, 4, 8, 16, 32, 60, 60]
    assert await desk.drain(now) == ["r.1"]


async def test_a_message_is_given_up_after_ten_tries_and_three_minutes(desk: Desk) -> None:
    """Then it no longer stands in the way of others."""
    await desk.promise(post("r.1"), post("r.2"))
    desk.chat.fails = [OSError("down")] * TRIES
    minutes = [await desk.drain(minute * 60) for minute in range(TRIES)]

    assert PATIENCE.total_seconds() < TRIES * 60
    assert minutes == [[]] * (TRIES - 1) + [["r.2"]]
    assert desk.metrics.delivered.labels("refused").value == 1
    assert desk.metrics.delivered.labels("retried").value == TRIES - 1


async def test_many_short_waits_are_no_reason_to_give_up(desk: Desk) -> None:
    """A platform that says a second a time for a minute gets its minute."""
    await desk.promise(post("r.1"))
    desk.chat.fails = [DeliveryDelayed("rate limit", 1)] * 60

    for second in range(60):
        assert await desk.drain(second) == []

    assert await desk.drain(60) == ["r.1"]


async def test_what_waited_behind_a_message_that_was_given_up_gets_tries_of_its_own(desk: Desk) -> None:
    """It was claimed with it, and never tried."""
    desk.chat.fails = [OSError("down")] * TRIES
    await desk.promise(post("r.1"))
    for minute in range(TRIES - 1):
        await desk.drain(minute * 60)
        if minute == TRIES - 3:
            await desk.promise(post("r.2")._replace(not_before=to_ms(desk.clock.now())))
    desk.chat.fails.append(OSError("still down"))

    assert await desk.drain((TRIES - 1) * 60) == []
    assert await desk.drain(TRIES * 60) == ["r.2"]


async def test_after_an_unknown_outcome_the_platform_is_asked_to_look_first(desk: Desk) -> None:
    """The message may be there already."""
    await desk.promise(post("r.1"))
    desk.chat.fails = [DeliveryUnknown("the connection broke")]

    await desk.drain()
    await desk.drain(1)

    assert [(one.key, one.again) for one in desk.chat.posts] == [("r.1", True)]


async def test_a_process_that_dies_on_the_way_leaves_its_messages_to_another(
    stores: Stores, clock: StandingClock
) -> None:
    """Once its lease is over; and that one looks first."""
    first, second = Desk(await stores.open(), clock), Desk(await stores.open(), clock)
    await first.promise(post("r.1"))
    await first.store.claim(to_ms(NOON), LEASE.seconds * 1000, 10)

    assert await second.drain(29) == []
    assert await second.drain(30) == ["r.1"]
    assert second.chat.posts[0].again


async def test_a_transport_that_is_not_running_keeps_its_messages(desk: Desk) -> None:
    """They go when it is there."""
    away = Place("discord", "81")
    await desk.promise(post("r.1", place=away))
    assert await desk.drain() == []

    other = SeenTransport()
    transports = {type(other.platform)("discord"): other}
    deliverer = Deliverer(desk.store, desk.clock, transports, desk._send, desk.metrics)
    desk.clock.set(60)
    await deliverer.drain()

    assert [one.key for one in other.posts] == ["r.1"]


async def test_a_message_that_cannot_be_read_is_no_end_of_the_others(desk: Desk) -> None:
    """A later version wrote it, perhaps; it is tried again."""
    odd = OutboxRow("r.1", "post", HALL, "", to_ms(NOON), '{"v":99}')
    await desk.promise(odd, post("r.2", place=YARD))

    assert await desk.drain() == ["r.2"]
    assert (await desk.store.backlog()).depth == 1


# ------------------------------------------------------------------------------------------ posted


async def test_the_engine_hears_when_a_question_is_there(desk: Desk) -> None:
    """With the time, and only for a question's own post."""
    await desk.promise(post("r.1"), post("r.2", question="r.0"))

    await desk.drain(4)

    assert [(one.id, one.place, one.intent) for one in desk.told] == [
        ("", HALL, Posted(QuestionId("r.0"), moment(4)))
    ]


async def test_the_engine_does_not_hear_of_a_question_that_is_not_there(desk: Desk) -> None:
    """Only once it is."""
    desk.chat.fails = [DeliveryDelayed("rate limit", 2)]
    await desk.promise(post("r.1", question="r.0"))

    await desk.drain()
    assert desk.told == []
    await desk.drain(2)
    assert [one.intent for one in desk.told] == [Posted(QuestionId("r.0"), moment(2))]


async def test_when_the_engine_cannot_be_told_the_post_is_found_again_later(desk: Desk) -> None:
    """Otherwise nobody would ever start the question's window."""
    desk.fails = [StoreError("busy")]
    await desk.promise(post("r.1", question="r.0"))

    with pytest.raises(StoreError, match="busy"):
        await desk.drain()
    await desk.drain(30)

    assert [one.again for one in desk.chat.posts] == [False, True]
    assert len(desk.told) == 2


async def test_a_question_has_its_whole_window_from_its_post_on(process: Process) -> None:
    """Three seconds late, three seconds longer, and its message says so."""
    process.transport.fails = [None, DeliveryDelayed("rate limit", 3)]
    await asking(process, "ben")

    await process.pass_time(3)
    await process.pass_time(1)
    await process.say("ben", answer(0, process, RIGHT[0]))
    await process.pass_time(28.9)
    assert process.transport.keys == ["lobby", "1.ask"]
    await process.pass_time(1)

    assert process.transport.keys == ["lobby", "1.ask", "1.reveal"]
    edits = [one.view for _, one in process.transport.edits if one.key.endswith("1.ask")]
    assert [block.end for block in edits[0].blocks if isinstance(block, Countdown)] == [moment(33)]


# ------------------------------------------------------------------------------------------ running


async def test_a_running_deliverer_delivers_what_it_is_told_of(desk: Desk) -> None:
    """At once, not at the next sweep."""
    async with desk.running():
        await desk.promise(post("r.1"))
        desk.deliverer.notify()
        await until(lambda: desk.chat.posts)


async def test_a_running_deliverer_finds_what_nobody_told_it_of(desk: Desk) -> None:
    """Every two seconds it looks for what a dead process left."""
    async with desk.running():
        await until(lambda: desk.clock.sleeping)
        await desk.promise(post("r.1"))
        assert desk.clock.sleeping == [2.0]
        await desk.clock.move(2)
        await until(lambda: desk.chat.posts)


async def test_a_running_deliverer_sleeps_no_longer_than_until_the_next_try(desk: Desk) -> None:
    """A short wait is a short wait."""
    desk.chat.fails = [DeliveryDelayed("rate limit", 0.25)]
    await desk.promise(post("r.1"))

    async with desk.running():
        await until(lambda: 0.25 in desk.clock.sleeping)
        await desk.clock.move(0.25)
        await until(lambda: desk.chat.posts)


async def test_a_place_that_hangs_holds_up_no_other(desk: Desk) -> None:
    """And what was written for it meanwhile goes the moment it is free."""
    desk.chat.hangs["r.1"] = asyncio.Event()
    await desk.promise(post("r.1"))

    async with desk.running():
        await until(lambda: desk.clock.sleeping)
        await desk.promise(post("r.2"), edit("r.1", "Ben"), post("r.3", place=YARD), post("r.4", to="ben"))
        desk.deliverer.notify()
        await until(lambda: desk.chat.posts)
        assert [one.key for one in desk.chat.posts] == ["r.3"]

        desk.chat.hangs.pop("r.1").set()
        await until(lambda: len(desk.chat.posts) == 4 and desk.chat.edits)
        assert [one.key for one in desk.chat.posts[1:]] == ["r.1", "r.2", "r.4"]


async def test_many_messages_go_without_a_rest_between_them(desk: Desk) -> None:
    """As many as there are, a few hundred at a time."""
    await desk.promise(*(post(f"r.{number}", place=Place("web", f"c{number}")) for number in range(450)))

    async with desk.running():
        await until(lambda: len(desk.chat.posts) == 450)


async def test_what_is_in_flight_is_finished_before_idle_returns(desk: Desk) -> None:
    """So a process can be stopped without leaving anything half done."""
    gate = desk.chat.hangs["r.1"] = asyncio.Event()
    await desk.promise(post("r.1"))
    async with desk.running():
        await until(lambda: desk.clock.sleeping)
        idle = asyncio.create_task(desk.deliverer.idle())
        await settled()
        assert not idle.done()
        gate.set()
        await idle
    assert (await desk.store.backlog()).depth == 0


class SlowOutbox(MemoryStore):
    """A store that has taken what it was asked for, and takes its time to say so."""

    def __init__(self) -> None:
        super().__init__()
        self.taken, self.gate = asyncio.Event(), asyncio.Event()
        self.fails: list[Exception] = []

    async def claim(self, now: int, lease_ms: int, limit: int) -> Sequence[Delivery]:
        """Take, and wait for the gate."""
        found = await super().claim(now, lease_ms, limit)
        self.taken.set()
        await self.gate.wait()
        if self.fails:
            raise self.fails.pop()
        return found


async def test_what_is_claimed_on_the_way_out_is_put_back(clock: StandingClock) -> None:
    """Nobody would deliver it before its lease is over; and it counts as no try, since none was made."""
    store = SlowOutbox()
    desk = Desk(store, clock)
    await desk.promise(post("r.1"), post("r.2", place=YARD))
    running = asyncio.create_task(desk.deliverer.run())
    await store.taken.wait()

    running.cancel()
    await settled()
    store.gate.set()
    with pytest.raises(asyncio.CancelledError):
        await running

    assert desk.chat.posts == []
    assert await desk.drain() == ["r.1", "r.2"]
    assert not any(one.again for one in desk.chat.posts)


async def test_a_claim_that_fails_on_the_way_out_is_no_reason_to_stay(clock: StandingClock) -> None:
    """Whoever cancelled the deliverer sees it end."""
    store = SlowOutbox()
    desk = Desk(store, clock)
    store.fails = [StoreError("closed")]
    running = asyncio.create_task(desk.deliverer.run())
    await store.taken.wait()

    running.cancel()
    store.gate.set()

    with pytest.raises(asyncio.CancelledError):
        await running


async def test_the_backlog_is_there_to_be_watched(desk: Desk) -> None:
    """How many messages wait, and since when."""
    desk.chat.fails = [DeliveryDelayed("rate limit", 60)]
    await desk.promise(post("r.1"), post("r.2"))

    await desk.drain(4)

    assert (desk.metrics.outbox_depth.value, desk.metrics.outbox_age.value) == (2, 4)
    await desk.drain(64)
    assert (desk.metrics.outbox_depth.value, desk.metrics.outbox_age.value) == (0, 0)
    assert desk.metrics.delivered.labels("delivered").value == 2


# ------------------------------------------------------------------------------------------ time runs out


class Unsettled(MemoryStore):
    """A store that cannot write down what became of deliveries, the first time."""

    failed = False

    async def settle(self, outcomes: Sequence[Outcome], now: int) -> None:
        """Fail once, then do as ever."""
        if not self.failed:
            self.failed = True
            raise StoreError("disk full")
        await super().settle(outcomes, now)


async def test_a_running_deliverer_survives_a_store_that_fails(clock: StandingClock) -> None:
    """The lease ends, and the message is looked for and settled."""
    desk = Desk(Unsettled(), clock)
    await desk.promise(post("r.1"))

    async with desk.running():
        await until(lambda: desk.chat.posts)
        await settled()
        await desk.clock.move(30)
        await until(lambda: len(desk.chat.posts) == 2)
    assert desk.chat.posts[1].again
    assert (await desk.store.backlog()).depth == 0


class SlowTransport(SeenTransport):
    """A chat that needs time for each message, by the same clock as everybody."""

    def __init__(self, clock: StandingClock, seconds: float) -> None:
        super().__init__()
        self._clock = clock
        self._seconds = seconds
        self._spent = 0.0

    async def post(self, post: Post) -> str:
        """Post, and let the time pass that it takes."""
        self._spent += self._seconds
        self._clock.set(self._spent)
        return await super().post(post)


async def test_no_message_is_begun_that_could_outlast_its_lease(clock: StandingClock) -> None:
    """Another process would post it at the same time; it is given back and claimed anew."""
    store = MemoryStore()
    slow = SlowTransport(clock, 8)
    deliverer = Deliverer(store, clock, {slow.platform: slow}, Desk(store, clock)._send, Metrics())
    rows = [post(f"r.{number}") for number in range(4)]
    await store.transact([], (), lambda _: Changes(outbox=rows))

    first = await store.claim(to_ms(clock.now()), LEASE.seconds * 1000, 10)
    await deliverer._deliver_group(first)
    assert [one.key for one in slow.posts] == ["r.0", "r.1"]

    await deliverer.drain()
    assert [one.key for one in slow.posts] == ["r.0", "r.1", "r.2", "r.3"]


@pytest.mark.looptime
async def test_a_transport_that_never_answers_is_not_waited_for(clock: StandingClock) -> None:
    """Its outcome is unknown, so the next try looks first."""
    desk = Desk(MemoryStore(), clock)
    desk.chat.hangs["r.1"] = asyncio.Event()
    await desk.promise(post("r.1"))

    assert await desk.drain() == []
    desk.chat.hangs.clear()
    assert await desk.drain(1) == ["r.1"]
    assert desk.chat.posts[0].again
