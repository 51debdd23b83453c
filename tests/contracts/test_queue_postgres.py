"""What the queue on PostgreSQL promises beyond the port: many processes, crashes, lost connections."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest

from bot.ports import Handler, Job
from bot.queue.postgres import PostgresQueue
from bot.queue.workers import WorkRules
from tests.contracts.queues import (
    QUICK,
    Diary,
    Gate,
    MachineClock,
    at_work,
    job,
    until,
    until_empty,
    until_found,
)

pytestmark = pytest.mark.postgres

_RULES = WorkRules(backoff=QUICK)
_IMPATIENT = WorkRules(takeover_after=timedelta(seconds=1))  # a stall of the machine doubles jobs: count none

_TOP = Path(__file__).parents[2]

_DOOMED = """
import asyncio, sys
from bot.ports import Job
from bot.queue.postgres import PostgresQueue
from bot.queue.workers import WorkRules
from tests.contracts.queues import MachineClock

async def never_done(job: Job) -> None:
    print(job.key, flush=True)
    await asyncio.Event().wait()

async def main() -> None:
    async with PostgresQueue.opened(sys.argv[1], MachineClock(), WorkRules()) as queue:
        await queue.run({"recap": never_done})

asyncio.run(main())
"""


@pytest.fixture
async def queue(fresh_database: str) -> AsyncIterator[PostgresQueue]:
    """An empty queue that tries again soon."""
    async with PostgresQueue.opened(fresh_database, MachineClock(), _RULES) as opened:
        yield opened


@pytest.fixture
async def database(fresh_database: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """A connection to the database under the queue."""
    connection = await asyncpg.connect(fresh_database)
    yield connection
    await connection.close()


async def test_two_workers_share_the_jobs_and_run_each_once(fresh_database: str) -> None:
    """A job that one has taken is invisible to the other, and no worker takes more than it may hold.

    Nobody is taken for dead here, however long the machine stalls; and each waits for the other's first job.
    """
    both, rules = (Diary(), Diary()), WorkRules(at_once=4, takeover_after=timedelta(hours=1))
    started = [asyncio.Event() for _ in both]

    def working(diary: Diary, begun: asyncio.Event) -> Handler:
        async def work(job: Job) -> None:
            begun.set()
            await asyncio.gather(*(event.wait() for event in started))
            await diary(job)

        return work

    async with AsyncExitStack() as stack:
        one, other = [
            await stack.enter_async_context(PostgresQueue.opened(fresh_database, MachineClock(), rules))
            for _ in both
        ]
        await one.enqueue([job(f"{number}") for number in range(60)])
        handlers = [{"recap": working(*pair)} for pair in zip(both, started, strict=True)]
        async with at_work(one, handlers[0]), at_work(other, handlers[1]):
            await until_empty(one)

    assert both[0].times + both[1].times == {f"{number}": 1 for number in range(60)}


async def test_the_job_of_a_killed_worker_is_taken_over(fresh_database: str, queue: PostgresQueue) -> None:
    """A process dies without a word in the middle of a job; another runs the job to its end."""
    diary = Diary()
    await queue.enqueue([job("monday")])
    doomed = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _DOOMED, fresh_database, stdout=asyncio.subprocess.PIPE, cwd=_TOP
    )
    assert doomed.stdout is not None
    taken = await doomed.stdout.readline()
    doomed.kill()
    await doomed.communicate()

    async with (
        PostgresQueue.opened(fresh_database, MachineClock(), _IMPATIENT) as heir,
        at_work(heir, {"recap": diary}),
    ):
        await until_empty(heir)

    assert taken == b"monday\n"
    assert set(diary.keys) == {"monday"}


async def test_a_worker_gives_signs_of_life_while_a_job_is_in_flight(
    fresh_database: str, database: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    """However long a job takes, nobody takes it over while its process lives."""
    gate = Gate()

    async def beaten() -> bool:
        return bool(await database.fetchval("SELECT heartbeat > updated FROM studyhall_jobs.pgqueuer"))

    async with (
        PostgresQueue.opened(fresh_database, MachineClock(), _IMPATIENT) as queue,
        at_work(queue, {"recap": gate}),
    ):
        await queue.enqueue([job("monday")])
        await gate.started.wait()
        await until_found(beaten)
        gate.open.set()


async def test_a_cancelled_job_is_there_for_the_next_worker_at_once(
    fresh_database: str, queue: PostgresQueue
) -> None:
    """Nobody has to wait until the cancelled worker counts as silent."""
    gate, diary, slow = Gate(), Diary(), WorkRules(takeover_after=timedelta(hours=1))
    await queue.enqueue([job("monday")])
    running = asyncio.create_task(queue.run({"recap": gate}))
    await gate.started.wait()
    running.cancel()
    await asyncio.wait({running})

    async with (
        PostgresQueue.opened(fresh_database, MachineClock(), slow) as other,
        at_work(other, {"recap": diary}),
    ):
        await until_empty(other)

    assert diary.times == {"monday": 1}


async def test_a_lost_connection_is_made_again(
    fresh_database: str, database: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    """After the server has dropped every connection, jobs run as before, long before a poll would tell."""
    diary, slow = Diary(), WorkRules(takeover_after=timedelta(hours=1))

    async with (
        PostgresQueue.opened(fresh_database, MachineClock(), slow) as queue,
        at_work(queue, {"recap": diary}),
    ):
        await queue.enqueue([job("before")])
        await until_empty(queue)
        await database.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        async with database.transaction():
            await queue.enqueue_within(database, [job("after")])
        await until(lambda: "after" in diary.keys)

    assert diary.times == {"before": 1, "after": 1}


async def test_jobs_of_a_transaction_that_is_rolled_back_were_never_there(
    queue: PostgresQueue, database: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    """A job and the row that explains it are written together or not at all."""
    transaction = database.transaction()
    await transaction.start()
    await queue.enqueue_within(database, [job("monday")])
    await transaction.rollback()
    nothing = await queue.depth()

    await queue.enqueue([job("monday")])

    assert nothing == 0
    assert await queue.depth() == 1


async def test_a_job_enqueued_in_an_old_transaction_does_not_run_early(
    queue: PostgresQueue, database: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    """The server's now() stands still within a transaction, the time until the job is due does not."""
    later = job("monday", due_in=3600)

    async with database.transaction():
        await database.execute("SELECT pg_sleep(0.2)")
        await queue.enqueue_within(database, [later])

    execute_after = await database.fetchval("SELECT execute_after FROM studyhall_jobs.pgqueuer")
    assert later.due <= execute_after < later.due + timedelta(minutes=1)


async def test_many_processes_may_install_at_once(fresh_database: str) -> None:
    """The first start of several processes makes the tables once, and a later start leaves them alone."""

    async def start() -> int:
        async with PostgresQueue.opened(fresh_database, MachineClock(), _RULES) as queue:
            return await queue.depth()

    assert await asyncio.gather(*(start() for _ in range(4))) == [0, 0, 0, 0]
    assert await start() == 0


async def test_the_queue_keeps_to_its_own_schema(
    queue: PostgresQueue, database: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    """Beside the tables of the store nothing appears that is not theirs."""
    await queue.enqueue([job("monday")])

    schemas = await database.fetch(
        "SELECT DISTINCT table_schema FROM information_schema.tables"
        " WHERE table_schema NOT IN ('pg_catalog', 'information_schema')"
    )

    assert [row["table_schema"] for row in schemas] == ["studyhall_jobs"]


async def test_a_job_that_was_given_up_is_held_for_the_operator(
    queue: PostgresQueue, database: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    """PgQueuer's own tools show it as failed, with its attempts."""
    diary = Diary(failures=99)

    async with at_work(queue, {"recap": diary}):
        await queue.enqueue([job("monday")])
        await until_empty(queue)

    held = await database.fetch("SELECT entrypoint, status::text, attempts FROM studyhall_jobs.pgqueuer")
    assert [tuple(row) for row in held] == [("recap", "failed", 2)]


async def test_what_is_old_is_forgotten(
    fresh_database: str, queue: PostgresQueue, database: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    """Keys whose jobs were due long ago go, so that the table does not grow for ever."""
    diary, later = Diary(), MachineClock(ahead=timedelta(days=61))
    await queue.enqueue([job("monday"), job("next year", due_in=86_400 * 365)])

    async def one_key() -> bool:
        return bool(await database.fetchval("SELECT count(*) = 1 FROM studyhall_jobs.job_keys"))

    async with PostgresQueue.opened(fresh_database, later, _RULES) as other, at_work(other, {"recap": diary}):
        await until_found(one_key)

    assert await database.fetchval("SELECT key FROM studyhall_jobs.job_keys") == "next year"


async def test_a_job_of_an_unknown_form_waits_for_a_newer_process(
    queue: PostgresQueue, database: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    """While two versions run side by side, the older gives nothing up that it cannot read."""
    diary = Diary()
    await queue.enqueue([job("monday")])
    await database.execute("UPDATE studyhall_jobs.pgqueuer SET payload = $1", b'{"v": 2}')

    async def put_off() -> bool:
        return bool(await database.fetchval("SELECT attempts = 1 FROM studyhall_jobs.pgqueuer"))

    async with at_work(queue, {"recap": diary}):
        await until_found(put_off)

    assert diary.keys == []
    assert await queue.depth() == 1
