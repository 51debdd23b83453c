"""Delivery: outbox rows to views to transports, each message once and in its order.

A row is claimed with a lease and a fencing number, worded, posted and settled. What belongs together (one
place, one reader) goes in order, and what one reader alone sees goes after what their place was shown before;
nothing else waits. When a post's outcome is unknown the next try
says so, and the transport looks for its own message first.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from itertools import groupby
from typing import Final

import structlog

from bot.core.commands import Posted, Unposted
from bot.core.errors import DeliveryDelayed, DeliveryRefused
from bot.core.ids import Platform, QuestionId
from bot.engine.codec import decode_effect, to_ms
from bot.engine.events import OWN, Event
from bot.engine.metrics import Metrics
from bot.ports import Clock, Outbox, Post, Transport
from bot.records import Delivery, Outcome, home_of
from bot.wording.render import view_of

LEASE: Final = timedelta(seconds=30)
LONGEST_TRY: Final = timedelta(seconds=20)
"""After which a transport that has not answered is not waited for; shorter than a lease."""

AT_ONCE: Final = 200
SWEEP: Final = timedelta(seconds=2)
TRIES: Final = 10
PATIENCE: Final = timedelta(minutes=3)
"""A message is given up when it has failed ten times and is three minutes old; either alone is too soon."""

FIRST_BACKOFF: Final = 0.5
LONGEST_BACKOFF: Final = 60.0

Send = Callable[[Event], Awaitable[object]]
log = structlog.get_logger(__name__)


class Deliverer:
    """Delivers what the outbox holds."""

    def __init__(
        self,
        outbox: Outbox,
        clock: Clock,
        transports: Mapping[Platform, Transport],
        send: Send,
        metrics: Metrics,
    ) -> None:
        """Tell the engine through *send* when a question's message is there."""
        self._outbox = outbox
        self._clock = clock
        self._transports = transports
        self._send = send
        self._metrics = metrics
        self._wake = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    def notify(self) -> None:
        """Say that there is something new to deliver."""
        self._wake.set()

    async def run(self) -> None:
        """Deliver until cancelled; what is in flight then is finished by :meth:`idle`."""
        while True:
            self._wake.clear()
            deliveries = await self._claim()
            for group in _in_order(deliveries):
                task = asyncio.create_task(self._try_group(group), name="deliver")
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
            await self._measure()
            if len(deliveries) < AT_ONCE:
                await self._rest()

    async def idle(self) -> None:
        """Return when nothing is in flight."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def drain(self) -> int:
        """Deliver everything that is due now, one after the other, and return how many; for tests."""
        total = 0
        while deliveries := await self._claim():
            for group in _in_order(deliveries):
                await self._deliver_group(group)
            total += len(deliveries)
        await self._measure()
        return total

    async def _claim(self) -> Sequence[Delivery]:
        """Take what is due; whoever is cancelled meanwhile leaves nothing leased that nobody delivers."""
        lease = LEASE // timedelta(milliseconds=1)
        claiming = asyncio.ensure_future(self._outbox.claim(to_ms(self._clock.now()), lease, AT_ONCE))
        try:
            return await asyncio.shield(claiming)
        except asyncio.CancelledError:
            await self._put_all_back(claiming)
            raise

    async def _put_all_back(self, claiming: "asyncio.Future[Sequence[Delivery]]") -> None:
        try:
            outcomes = [self._put_back(delivery) for delivery in await claiming]
            await self._outbox.settle(outcomes, to_ms(self._clock.now()))
        except Exception:
            log.exception("claim_not_put_back")

    async def _measure(self) -> None:
        backlog = await self._outbox.backlog()
        self._metrics.outbox_depth.set(backlog.depth)
        age = 0 if backlog.oldest_at is None else to_ms(self._clock.now()) - backlog.oldest_at
        self._metrics.outbox_age.set(max(0, age) / 1000)

    async def _rest(self) -> None:
        """Return when something new was written, when the next row is due, or after a sweep's time."""
        due = await self._outbox.next_due()
        left = SWEEP.total_seconds()
        if due is not None:
            left = min(left, max(0.02, (due - to_ms(self._clock.now())) / 1000))
        waits = {asyncio.create_task(self._wake.wait()), asyncio.create_task(self._clock.sleep(left))}
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in waits:
                task.cancel()

    async def _try_group(self, group: Sequence[Delivery]) -> None:
        """Deliver a group; when what became of it cannot be saved, its leases end and it is tried again."""
        try:
            await self._deliver_group(group)
        except Exception:
            log.exception("delivery_unsettled", key=group[0].row.key)
        self._wake.set()  # whatever waited for this group may go now

    async def _deliver_group(self, group: Sequence[Delivery]) -> None:
        """Deliver rows of one place and reader in order; after a post that must wait, later posts wait too.

        None is begun that could outlast its lease, as another process would deliver it at the same time.
        """
        begun = self._clock.now()
        outcomes: list[Outcome] = []
        blocked = False
        for delivery in group:
            in_time = self._clock.now() - begun <= LEASE - LONGEST_TRY
            is_post = delivery.row.action == "post"
            waits = (blocked and is_post) or not in_time
            outcome = self._put_back(delivery) if waits else await self._deliver(delivery)
            outcomes.append(outcome)
            blocked |= is_post and outcome.retry_at is not None
            if delivery.row.question and (outcome.done or outcome.retry_at is None):
                await self._send(self._told(delivery, outcome))
        await self._outbox.settle(outcomes, to_ms(self._clock.now()))

    def _put_back(self, delivery: Delivery) -> Outcome:
        now = to_ms(self._clock.now())
        return Outcome(delivery.seq, delivery.fence, done=False, retry_at=now, tried=False)

    def _later(self, delivery: Delivery, wait: float) -> Outcome:
        """Return that it was not its turn; what replaces it meanwhile goes in its place."""
        self._metrics.delivered.labels("waited").inc()
        retry = to_ms(self._clock.now() + timedelta(seconds=wait))
        return Outcome(delivery.seq, delivery.fence, done=False, retry_at=retry, tried=False)

    def _told(self, delivery: Delivery, outcome: Outcome) -> Event:
        """Return what the engine should know of a question's message: that it is there, or never will be."""
        now = self._clock.now()
        question = QuestionId(delivery.row.question)
        intent = Posted(question, now) if outcome.done else Unposted(question, outcome.error)
        return Event(OWN, delivery.row.place, intent, now)

    async def _deliver(self, delivery: Delivery) -> Outcome:
        try:
            ref = await self._send_out(delivery)
        except DeliveryRefused as error:
            return self._failed(delivery, str(error), None)
        except DeliveryDelayed as error:
            if not error.tried:
                return self._later(delivery, error.retry_after)
            return self._failed(delivery, str(error), error.retry_after)
        except Exception as error:  # noqa: BLE001 - a broken message must not stop the others
            return self._failed(delivery, f"{type(error).__name__}: {error}", _backoff(delivery.tries))
        self._metrics.delivered.labels("delivered").inc()
        return Outcome(delivery.seq, delivery.fence, done=True, ref=ref)

    async def _send_out(self, delivery: Delivery) -> str:
        row = delivery.row
        transport = self._transports.get(Platform(row.place.platform))
        if transport is None:
            message = f"The transport {row.place.platform} is not running; start it to deliver this message."
            raise DeliveryDelayed(message, LONGEST_BACKOFF)
        view = view_of(decode_effect(row.body))
        post = Post(row.key, home_of(row.place), row.to, view, again=delivery.tries > 0)
        async with asyncio.timeout(LONGEST_TRY.total_seconds()):
            if row.action == "post":
                return await transport.post(post)
            await transport.edit(delivery.ref, post)
        return delivery.ref

    def _failed(self, delivery: Delivery, error: str, wait: float | None) -> Outcome:
        """Return when to try again; give up when it was refused for good, or often enough and long enough.

        Tries alone would not do: a busy platform may ask for many short waits.
        """
        age = timedelta(milliseconds=to_ms(self._clock.now()) - delivery.row.not_before)
        gives_up = wait is None or (delivery.tries + 1 >= TRIES and age >= PATIENCE)
        self._metrics.delivered.labels("refused" if gives_up else "retried").inc()
        log.warning(
            "delivery_failed", key=delivery.row.key, error=error, tries=delivery.tries, final=gives_up
        )
        retry = None if gives_up or wait is None else to_ms(self._clock.now() + timedelta(seconds=wait))
        return Outcome(delivery.seq, delivery.fence, done=False, retry_at=retry, error=error)


def _in_order(deliveries: Sequence[Delivery]) -> list[list[Delivery]]:
    """Group deliveries by place and reader, each group in the order that its rows were written."""

    def belongs(delivery: Delivery) -> tuple[str, str, str]:
        return (*delivery.row.place, delivery.row.to)

    ordered = sorted(deliveries, key=lambda delivery: (belongs(delivery), delivery.seq))
    return [list(group) for _, group in groupby(ordered, key=belongs)]


def _backoff(tries: int) -> float:
    return float(min(LONGEST_BACKOFF, FIRST_BACKOFF * 2**tries))
