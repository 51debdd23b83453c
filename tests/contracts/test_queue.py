"""What every queue promises, asked of each: in memory, and on PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import timedelta
from functools import partial

import pytest

from bot.ports import Job, Queue
from bot.queue.backoff import Backoff
from bot.queue.embedded import EmbeddedQueue
from bot.queue.postgres import PostgresQueue
from bot.queue.workers import WorkRules
from tests.contracts.queues import QUICK, Diary, Gate, MachineClock, at_work, job, until, until_empty

Opener = Callable[[WorkRules], AbstractAsyncContextManager[Queue]]


@pytest.fixture(params=["embedded", pytest.param("postgres", marks=pytest.mark.postgres)])
def opener(request: pytest.FixtureRequest) -> Opener:
    """A function that opens a queue of one implementation with given rules."""
    if request.param == "embedded":
        return lambda rules: nullcontext(EmbeddedQueue(MachineClock(), rules))
    dsn: str = request.getfixturevalue("fresh_database")
    return partial(PostgresQueue.opened, dsn, MachineClock())


@pytest.fixture
async def queue(opener: Opener) -> AsyncIterator[Queue]:
    """An empty queue that tries again soon."""
    async with opener(WorkRules(backoff=QUICK)) as opened:
        yield opened


async def test_a_job_arrives_as_it_was_enqueued(queue: Queue) -> None:
    """Kind, key, time and payload reach the handler unchanged, numbers as numbers and texts as texts."""
    diary, sent = Diary(), Job("recap", "ünï 1/2", job("").due, {"group": 7, "text": "7"})

    async with at_work(queue, {"recap": diary}):
        await queue.enqueue([sent])
        await until_empty(queue)

    assert diary.jobs == [sent]


async def test_jobs_start_in_the_order_in_which_they_fell_due(queue: Queue) -> None:
    """Neither the order of enqueuing nor the kind decides, only the time, within one call to its end."""
    diary = Diary()
    await queue.enqueue([job("fourth", due_in=-10), job("second", due_in=-89.98), job("first", due_in=-90)])
    await queue.enqueue([job("fifth", due_in=-5, kind="daily"), job("third", due_in=-60)])

    async with at_work(queue, {"recap": diary, "daily": diary}):
        await until_empty(queue)

    assert diary.keys == ["first", "second", "third", "fourth", "fifth"]


async def test_a_job_does_not_run_before_it_is_due(queue: Queue) -> None:
    """A job that is due later waits, while one that is due now does not wait for it."""
    diary, later = Diary(), job("later", due_in=0.4)

    async with at_work(queue, {"recap": diary}):
        await queue.enqueue([later, job("now")])
        await until_empty(queue)

    assert diary.keys == ["now", "later"]
    assert diary.at[0] < later.due <= diary.at[1]


async def test_a_key_that_waits_already_is_not_doubled(queue: Queue) -> None:
    """Neither in one call nor in two; the first is kept."""
    diary, first = Diary(), job("monday", due_in=-20)
    await queue.enqueue([first, job("monday", due_in=-50)])
    await queue.enqueue([job("monday"), job("tuesday")])

    assert await queue.depth() == 2
    async with at_work(queue, {"recap": diary}):
        await until_empty(queue)

    assert diary.keys == ["monday", "tuesday"]
    assert diary.jobs[0] == first


async def test_a_job_that_was_done_is_not_done_again(queue: Queue) -> None:
    """Whoever derives what is due from the tables may enqueue all of it every minute."""
    diary = Diary()

    async with at_work(queue, {"recap": diary}):
        await queue.enqueue([job("monday")])
        await until_empty(queue)
        await queue.enqueue([job("monday"), job("tuesday")])
        await until_empty(queue)

    assert diary.keys == ["monday", "tuesday"]


async def test_one_key_in_two_kinds_is_two_jobs(queue: Queue) -> None:
    """A key names a job within its kind only."""
    daily, recap = Diary(), Diary()

    async with at_work(queue, {"daily": daily, "recap": recap}):
        await queue.enqueue([job("monday", kind="daily"), job("monday", kind="recap")])
        await until_empty(queue)

    assert (daily.keys, recap.keys) == (["monday"], ["monday"])


async def test_nothing_to_enqueue_is_no_trouble(queue: Queue) -> None:
    """A planner that finds nothing due says so by an empty list."""
    await queue.enqueue([])

    assert await queue.depth() == 0


async def test_a_handler_that_fails_is_tried_again_after_a_wait(queue: Queue) -> None:
    """The second failure is followed by a longer wait than the first, and success ends it."""
    diary = Diary(failures=2)

    async with at_work(queue, {"recap": diary}):
        await queue.enqueue([job("monday")])
        await until_empty(queue)

    assert diary.times == {"monday": 3}
    assert diary.at[1] - diary.at[0] >= QUICK.first
    assert diary.at[2] - diary.at[1] >= QUICK.first * 2


async def test_a_job_that_always_fails_is_given_up_and_reported_once(opener: Opener) -> None:
    """After the last attempt the job is out of the queue, and enqueuing its key does not start it over."""
    diary, reports = Diary(failures=99), list[tuple[str, str]]()
    rules = WorkRules(backoff=QUICK, report=lambda job, error: reports.append((job.key, str(error))))

    async with opener(rules) as queue, at_work(queue, {"recap": diary}):
        await queue.enqueue([job("monday")])
        await until_empty(queue)
        await queue.enqueue([job("monday")])
        left = await queue.depth()

    assert diary.times == {"monday": 3}
    assert reports == [("monday", "failure 3")]
    assert left == 0


async def test_a_failing_job_holds_up_no_other(queue: Queue) -> None:
    """While one waits for its next attempt the others run."""
    failing, fine = Diary(failures=1), Diary()
    await queue.enqueue([job("bad", due_in=-9, kind="daily"), job("good")])

    async with at_work(queue, {"daily": failing, "recap": fine}):
        await until_empty(queue)

    assert fine.at[0] < failing.at[1]


async def test_stop_finishes_what_is_in_flight(queue: Queue) -> None:
    """`stop` returns only when the handler has, and the job counts as done."""
    gate = Gate()
    await queue.enqueue([job("monday")])
    running = asyncio.create_task(queue.run({"recap": gate}))
    await gate.started.wait()

    stopping = asyncio.create_task(queue.stop())
    await asyncio.sleep(0.1)
    stopped_early = stopping.done()
    gate.open.set()
    await stopping

    assert not stopped_early
    assert gate.finished == 1
    assert running.done()
    assert await queue.depth() == 0


async def test_a_stopped_queue_starts_no_other_job(queue: Queue) -> None:
    """What is due stays in the queue for whoever runs next; running again returns at once."""
    diary = Diary()
    async with at_work(queue, {"recap": diary}):
        pass

    await queue.enqueue([job("monday")])
    await queue.run({"recap": diary})

    assert diary.keys == []
    assert await queue.depth() == 1


async def test_a_cancelled_run_hands_back_what_is_in_flight(queue: Queue) -> None:
    """A handler that is cut off has not done its job, so the job stays."""
    gate = Gate()
    await queue.enqueue([job("monday")])
    running = asyncio.create_task(queue.run({"recap": gate}))
    await gate.started.wait()

    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running

    assert gate.finished == 0
    assert await queue.depth() == 1


async def test_the_depth_counts_what_waits_and_what_is_in_flight(queue: Queue) -> None:
    """Due or not, every job that is not finished counts."""
    gate = Gate()
    await queue.enqueue([job("now"), job("tomorrow", due_in=86_400)])

    async with at_work(queue, {"recap": gate}):
        await gate.started.wait()
        in_flight = await queue.depth()
        gate.open.set()

    assert in_flight == 2
    assert await queue.depth() == 1


async def test_a_kind_without_a_handler_waits(queue: Queue) -> None:
    """A process that does not know a kind leaves it to one that does."""
    diary = Diary()
    await queue.enqueue([job("unknown", kind="exam"), job("known")])

    async with at_work(queue, {"recap": diary}):
        await until(lambda: diary.keys == ["known"])

    assert await queue.depth() == 1


async def test_no_more_handlers_run_at_once_than_the_rules_allow(opener: Opener) -> None:
    """Many jobs due at one moment are worked off in portions."""
    running, most = 0, 0

    async def counted(_: Job) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.005)
        running -= 1

    async with opener(WorkRules(at_once=4)) as queue:
        await queue.enqueue([job(f"{number}") for number in range(12)])
        async with at_work(queue, {"recap": counted}):
            await until_empty(queue)

    assert 1 <= most <= 4


async def test_a_second_run_beside_the_first_is_refused(queue: Queue) -> None:
    """Two runs of one queue could not be told apart when it is stopped."""
    gate = Gate()
    await queue.enqueue([job("monday")])

    async with at_work(queue, {"recap": gate}):
        await gate.started.wait()
        gate.open.set()
        with pytest.raises(RuntimeError, match="runs already"):
            await queue.run({"recap": gate})


async def test_a_payload_that_holds_more_than_ids_is_refused(queue: Queue) -> None:
    """What else a job needs is read from the store when it runs."""
    heavy = Job("recap", "monday", job("").due, {"names": ["Ada"]})  # type: ignore[dict-item]  # the point

    with pytest.raises(ValueError, match="payload"):
        await queue.enqueue([heavy])

    assert await queue.depth() == 0


def test_the_waits_double_up_to_the_longest_and_end_with_the_last_attempt() -> None:
    """What happens to a job that fails and fails."""
    backoff = Backoff(attempts=6, first=timedelta(seconds=1), longest=timedelta(seconds=5))

    waits = [backoff.after(failures) for failures in range(1, 7)]

    assert waits == [*(timedelta(seconds=wait) for wait in (1, 2, 4, 5, 5)), None]


async def test_an_embedded_queue_forgets_a_key_in_time() -> None:
    """The memory of keys does not grow for as long as the process runs."""
    clock, diary = MachineClock(), Diary()
    queue = EmbeddedQueue(clock, WorkRules(remember=timedelta(days=60)))

    async with at_work(queue, {"recap": diary}):
        await queue.enqueue([job("monday")])
        await until_empty(queue)
        clock.ahead = timedelta(days=61)
        await queue.enqueue([job("monday")])
        await until_empty(queue)

    assert diary.times == {"monday": 2}
