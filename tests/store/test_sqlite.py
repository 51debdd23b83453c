"""What the store on SQLite promises beyond the ports: plain faults, cheap look-ups, a log kept short."""

import asyncio
import os
import sqlite3
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.core.errors import StoreError
from bot.records import Changes, Snapshot
from bot.store.sqlite import SqliteStore
from bot.store.sqlite.connections import bare, connect
from bot.store.sqlite.faults import sentence
from bot.store.sqlite.stores import prepare
from bot.store.sqlite.texts import texts
from tests.contracts.stores import ANN, HALL, ask, post_row, round_row, save, snapshot, study

NOTES = "my notes, which are long enough to be taken for a page " * 50


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a database may be, in a folder whose name needs care in an address."""
    folder = tmp_path / "50% of #1?"
    folder.mkdir()
    return folder / "study hall.db"


@pytest.fixture
def notes(path: Path) -> Iterator[Path]:
    """A file that is something else, and is the same afterwards."""
    path.write_text(NOTES, encoding="utf-8")
    yield path
    assert path.read_text(encoding="utf-8") == NOTES


@pytest.fixture(params=[(0o400, 0o500), (0o400, 0o700), (0o600, 0o500)])
def locked_up(path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A database that may not be written, or whose folder may not, or neither."""
    prepare(path)
    file_mode, folder_mode = request.param
    path.chmod(file_mode)
    path.parent.chmod(folder_mode)
    yield path
    path.parent.chmod(0o700)


@pytest.fixture
async def store(path: Path) -> AsyncIterator[SqliteStore]:
    """An empty store."""
    opened = await SqliteStore.open(path)
    yield opened
    await opened.close()


async def test_a_file_is_made_where_it_was_asked_for(path: Path) -> None:
    """Under that very name, also when it is given as text; after closing, nothing lies beside it."""
    store = await SqliteStore.open(str(path))
    await store.close()

    assert [file.name for file in path.parent.iterdir()] == ["study hall.db"]


async def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """The sentence has the path and what to do."""
    with pytest.raises(StoreError, match=r"nowhere/study\.db cannot be opened: make its folder"):
        await SqliteStore.open(tmp_path / "nowhere" / "study.db")


async def test_a_file_that_is_no_database_is_left_alone(notes: Path) -> None:
    """Somebody's notes are not overwritten."""
    with pytest.raises(StoreError, match="is not an SQLite database"):
        await SqliteStore.open(notes)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
async def test_a_file_that_may_not_be_written_is_told(locked_up: Path) -> None:
    """With what to do about it."""
    with pytest.raises(StoreError, match="may not be written: let this user write"):
        await SqliteStore.open(locked_up)


async def test_a_full_disk_is_told_and_leaves_nothing_behind(path: Path) -> None:
    """The batch fails as a whole, the store lives on, and once there is room it works again."""
    store = await SqliteStore.open(path)
    await save(store, study(rounds=[round_row()]))
    await store._writer.run(lambda connection: connection.execute("PRAGMA max_page_count = 1").fetchone())
    big = Changes(events=[("web:1", 1)], outbox=[post_row(body="x" * 300_000)])

    with pytest.raises(StoreError, match="disk is full: make room"):
        await save(store, big)

    assert (await snapshot(store, ask(event="web:1"))).events == set()
    await store._writer.run(lambda connection: connection.execute("PRAGMA max_page_count = 99999").fetchone())
    await save(store, big)
    assert (await snapshot(store, ask(event="web:1"))).events == {"web:1"}
    await store.close()


async def test_another_program_that_holds_the_file_is_named_as_the_cause(
    store: SqliteStore, path: Path
) -> None:
    """After a wait; reading goes on in the meantime."""
    await save(store, study(rounds=[round_row()]))
    await store._writer.run(lambda connection: connection.execute("PRAGMA busy_timeout = 20").fetchone())
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(StoreError, match="locked by another program"):
            await store.ping()
        assert await store.look("r1") is not None

    await store.ping()


def test_every_fault_gets_a_sentence() -> None:
    """Those that have no words of their own say what SQLite said."""
    assert sentence(Path("/a.db"), sqlite3.OperationalError("no such table: x")) == (
        "The database /a.db failed (SQLite said: no such table: x)."
    )


async def test_a_closed_store_says_that_it_is_closed(store: SqliteStore) -> None:
    """Whatever is asked of it."""
    await store.close()

    with pytest.raises(StoreError, match="is closed"):
        await save(store, Changes())
    with pytest.raises(StoreError, match="is closed"):
        await store.look("r1")


async def test_closing_finishes_what_was_asked_for(path: Path) -> None:
    """Batches that were on their way are committed and acknowledged."""
    store = await SqliteStore.open(path)
    await save(store, study())
    saving = [asyncio.ensure_future(save(store, Changes(events=[(f"web:{at}", at)]))) for at in range(20)]
    await asyncio.sleep(0)

    await store.close()
    await asyncio.gather(*saving)

    again = await SqliteStore.open(path)
    assert await again.purge(20) == 20
    await again.close()


async def test_a_batch_runs_on_one_thread_that_is_not_the_loop(store: SqliteStore) -> None:
    """The decision is made there too, so that the batch crosses over once."""
    seen: set[int] = set()

    def decide(_: Snapshot) -> Changes:
        seen.add(threading.get_ident())
        return Changes()

    for _ in range(3):
        await store.transact([ask()], (), decide)

    assert len(seen) == 1
    assert threading.get_ident() not in seen


async def test_reading_does_not_wait_for_a_batch(store: SqliteStore) -> None:
    """Whoever looks meanwhile sees what was committed before."""
    await save(store, study(rounds=[round_row()]))
    decided, seen = threading.Event(), threading.Event()

    def decide(_: Snapshot) -> Changes:
        decided.set()
        assert seen.wait(20)
        return Changes(rounds=[round_row(version=2)])

    batch = asyncio.ensure_future(store.transact([ask()], (), decide))
    await asyncio.to_thread(decided.wait, 20)
    before = await store.look("r1")
    seen.set()
    await batch
    after = await store.look("r1")

    assert before is not None
    assert after is not None
    assert (before.row.version, after.row.version) == (1, 2)


async def test_a_caller_who_gives_up_leaves_the_batch_whole(store: SqliteStore) -> None:
    """Cancelling the wait cancels nothing of the transaction."""
    await save(store, study(rounds=[round_row()]))
    under_way = threading.Event()

    def decide(_: Snapshot) -> Changes:
        under_way.set()
        return Changes(events=[("web:1", 1)], rounds=[round_row(version=2)])

    batch = asyncio.ensure_future(store.transact([ask()], (), decide))
    await asyncio.to_thread(under_way.wait, 20)
    batch.cancel()

    found = await snapshot(store, ask(event="web:1"))
    assert (found.events, found.rounds[HALL].version) == ({"web:1"}, 2)


async def test_every_commit_is_flushed_to_the_disk(path: Path) -> None:
    """The writer asks for all that SQLite offers: acknowledged is on the disk."""
    prepare(path)
    connection = await connect(path, writes=True)
    try:
        values = await connection.run(_settings)
    finally:
        await connection.close()

    assert values == [2, "wal", 1, 0]


def _settings(connection: sqlite3.Connection) -> list[int | str]:
    names = ("synchronous", "journal_mode", "foreign_keys", "wal_autocheckpoint")
    return [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names]


async def test_the_reading_connection_cannot_write(path: Path) -> None:
    """Whatever is asked of it."""
    prepare(path)
    connection = await connect(path, writes=False)
    try:
        with pytest.raises(StoreError, match="may not be written"):
            await connection.run(lambda raw: raw.execute("DELETE FROM events"))
    finally:
        await connection.close()


async def test_a_connection_that_cannot_be_opened_leaves_no_thread(tmp_path: Path) -> None:
    """So that the program can end; other tests' threads may still be on their way out."""
    before = set(threading.enumerate())
    with pytest.raises(StoreError):
        await SqliteStore.open(tmp_path)

    left = set(threading.enumerate()) - before
    assert [thread for thread in left if not thread.name.startswith("asyncio_")] == []


async def test_nothing_but_a_checkpoint_folds_the_log(store: SqliteStore, path: Path) -> None:
    """A commit never pays for it, and one checkpoint lets the log start over."""
    log = path.with_name(path.name + "-wal")
    for at in range(300):
        await save(store, Changes(events=[(f"web:{at}", at)], outbox=[post_row(f"m{at}", body="x" * 8000)]))
    grown = log.stat().st_size
    assert grown > 300 * 8000

    assert await store.checkpoint() == 0
    for at in range(100):
        await save(store, Changes(outbox=[post_row(f"n{at}", body="x" * 8000)]))

    assert log.stat().st_size == grown


async def test_a_checkpoint_does_not_wait_for_a_reader(store: SqliteStore, path: Path) -> None:
    """It folds what it can, and says how much is left."""
    await save(store, study())
    with closing(bare(path, writes=False)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM learners").fetchone()
        await save(store, Changes(events=[("web:1", 1)]))

        assert await store.checkpoint() > 0

        reader.execute("COMMIT")
    assert await store.checkpoint() == 0


@pytest.fixture
def prepared(path: Path) -> Iterator[sqlite3.Connection]:
    """A database with its schema."""
    prepare(path)
    with closing(bare(path, writes=True)) as connection:
        yield connection


@pytest.mark.parametrize("name", sorted(texts()))
def test_every_statement_can_be_prepared(prepared: sqlite3.Connection, name: str) -> None:
    """No statement speaks of a table or a column that is not there."""
    text = texts()[name]

    prepared.execute(f"EXPLAIN {text}", _Anything()).fetchall()


@pytest.mark.parametrize(
    "name",
    [
        "events_known",
        "place_open_round",
        "learner_parts",
        "round_questions",
        "round_participants",
        "round_repeats",
        "channel_recent",
        "channel_credits",
        "places_waking",
        "round_by_id",
        "round_mine",
        "round_attempts_of",
        "round_standing",
        "outbox_settle",
        "outbox_drop_edit",
        "outbox_take",
        "outbox_put",
        "events_forget",
        "outbox_forget",
        "message_by_key",
        "messages_before",
        "reactions_of",
        "schedules_at",
        "days_of_schedule",
        "days_of_group",
        "days_of_participants",
        "days_of_account",
        "days_with_learners",
    ],
)
def test_what_is_looked_up_often_is_looked_up_by_an_index(prepared: sqlite3.Connection, name: str) -> None:
    """However many rounds are open and however many have answered: no table is read through."""
    rows = prepared.execute(f"EXPLAIN QUERY PLAN {texts()[name]}", _Anything()).fetchall()

    plan = [row[3] for row in rows]
    assert plan == [step for step in plan if not step.startswith("SCAN") or "VIRTUAL" in step]


@pytest.mark.parametrize(
    "name", ["outbox_claimable", "outbox_next_due", "outbox_backlog", "outbox_take_over"]
)
def test_of_the_outbox_only_what_waits_is_read_through(prepared: sqlite3.Connection, name: str) -> None:
    """What was delivered costs nothing, and what stands before a message is found by its line."""
    rows = prepared.execute(f"EXPLAIN QUERY PLAN {texts()[name]}", _Anything()).fetchall()

    steps = [row[3] for row in rows if row[3].startswith(("SCAN", "SEARCH"))]
    through = [step for step in steps if "=?" not in step]
    assert len(through) == 1
    assert through[0].endswith("USING INDEX outbox_waiting")
    assert not [step for step in steps if " earlier " in step and "recipient=? AND seq<?" not in step]


def test_what_is_due_is_read_earliest_first_without_sorting(prepared: sqlite3.Connection) -> None:
    """So that a hundred thousand schedules cost nothing while none is due, and as many as are wanted then."""
    rows = prepared.execute(f"EXPLAIN QUERY PLAN {texts()['places_waking']}", _Anything()).fetchall()

    plan = [row[3] for row in rows]
    assert [step for step in plan if step.startswith("SEARCH")] == [
        "SEARCH rounds USING INDEX rounds_waking (wake_at>? AND wake_at<?)",
        "SEARCH schedules USING COVERING INDEX schedules_due (due_at>? AND due_at<?)",
    ]
    assert not [step for step in plan if "TEMP B-TREE" in step]


def test_recent_items_are_read_newest_first_without_sorting(prepared: sqlite3.Connection) -> None:
    """So that a channel with ten thousand rounds behind it costs no more than one with ten."""
    rows = prepared.execute(f"EXPLAIN QUERY PLAN {texts()['channel_recent']}", _Anything()).fetchall()

    assert not [row[3] for row in rows if "TEMP B-TREE FOR ORDER BY" in row[3]]


class _Anything(dict[str, int]):
    """A value for every name."""

    def __missing__(self, name: str) -> int:
        return 1


async def test_rows_of_a_round_survive_a_reopening_mid_log(path: Path) -> None:
    """A copy of the files taken while the store is open is a database like any other."""
    store = await SqliteStore.open(path)
    await save(store, study(rounds=[round_row()]))
    copy = path.parent / "copy.db"
    for suffix in ("", "-wal"):
        copy.with_name(copy.name + suffix).write_bytes(path.with_name(path.name + suffix).read_bytes())
    await store.close()

    again = await SqliteStore.open(copy)

    assert (await snapshot(again, ask(account=ANN))).rounds == {HALL: round_row()}
    await again.close()
