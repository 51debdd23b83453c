"""Several processes on one PostgreSQL database: nothing lost, nothing twice, nobody stuck."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from itertools import count
from random import Random

import asyncpg
import pytest

from bot.core.errors import StoreError
from bot.ports import WebPerson
from bot.records import Asked, Changes, ChannelRow, Delivery, OutboxRow, Outcome, Place, Snapshot
from bot.store.postgres import PostgresStore
from bot.store.postgres.connections import ASIDE
from tests.contracts.stores import (
    ANN,
    ANN_ID,
    GROUP_ID,
    HALL,
    HALL_ID,
    LEARNERS,
    YARD,
    YARD_ID,
    ask,
    edit_row,
    part,
    post_row,
    round_row,
    save,
    snapshot,
    study,
)

pytestmark = pytest.mark.postgres

ATTIC = Place("web", "attic")


@pytest.fixture
async def stores(schema_database: str) -> AsyncIterator[Sequence[PostgresStore]]:
    """Three stores on one database, as three processes would have them."""
    opened = [await PostgresStore.open(schema_database) for _ in range(3)]
    yield opened
    for store in opened:
        await store.close()


@pytest.fixture
async def operator(schema_database: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """Somebody with a connection of their own to the same database."""
    connection = await asyncpg.connect(schema_database)
    yield connection
    await connection.close()


def grow(*places: Place) -> Callable[[Snapshot], Changes]:
    """Return a decision that adds one to Ann's score and to the version in the round of each place."""

    def decide(found: Snapshot) -> Changes:
        rounds = [found.rounds[place] for place in places]
        scores = [found.participants[row.id][ANN_ID].score for row in rounds]
        return Changes(
            rounds=[row._replace(version=row.version + 1) for row in rounds],
            participants=[
                part(ANN_ID, row.id, score=score + 1) for row, score in zip(rounds, scores, strict=True)
            ],
        )

    return decide


async def deadlocks(operator: "asyncpg.Connection[asyncpg.Record]") -> int:
    """Return how many there have been in this database."""
    query = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
    found: int = await operator.fetchval(query)
    return found


@pytest.mark.parametrize("more", [False, True], ids=["one statement", "several statements"])
async def test_what_two_write_at_once_is_not_lost(
    stores: Sequence[PostgresStore],
    more: bool,  # noqa: FBT001
) -> None:
    """Each batch builds on the one before it, though nearly all of them meet another one."""
    await save(stores[0], study(rounds=[round_row(version=0)], participants=[part(ANN_ID)]))

    def decide(found: Snapshot) -> Changes:
        changes = grow(HALL)(found)
        changes.learners += LEARNERS if more else []
        return changes

    await asyncio.gather(
        *(store.transact([ask(account=ANN)], (), decide) for store in stores for _ in range(20))
    )

    found = await snapshot(stores[0], ask(account=ANN))
    assert found.rounds[HALL].version == 60
    assert found.participants["r1"][ANN_ID].score == 60


async def test_batches_over_crossing_places_do_not_wait_for_each_other_for_ever(
    stores: Sequence[PostgresStore], operator: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    """In whatever order they name the places, messages included; the server never has to break a tie."""
    yard = round_row("r2", place=YARD, channel=YARD_ID, version=0)
    parts = [part(ANN_ID), part(ANN_ID, "r2")]
    await save(stores[0], study(rounds=[round_row(version=0), yard], participants=parts))
    orders = [(HALL, YARD), (YARD, HALL)]

    async def write(store: PostgresStore, number: int) -> None:
        places = orders[number % 2]

        def decide(found: Snapshot) -> Changes:
            changes = grow(*places)(found)
            changes.outbox = [edit_row(place.id, place=place) for place in places]
            changes.outbox += [post_row(f"{number} {place.id}", place=place) for place in places]
            return changes

        await store.transact([ask(place, ANN) for place in places], (), decide)

    await asyncio.gather(
        *(write(store, at * 3 + who) for who, store in enumerate(stores) for at in range(15))
    )

    found = await snapshot(stores[0], ask(HALL), ask(YARD))
    assert [found.rounds[place].version for place in (HALL, YARD)] == [45, 45]
    assert (await stores[0].backlog()).depth == 2 + 2 * 45
    assert await deadlocks(operator) == 0


async def test_messages_that_are_replaced_and_settled_crosswise_do_not_wait_for_ever(
    stores: Sequence[PostgresStore], operator: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    """Whoever needs several takes them in one order, whatever order they are given in."""
    keys = [f"m{at}" for at in range(12)]
    await save(stores[0], Changes(outbox=[post_row(key, to=key) for key in keys]))

    async def write(store: PostgresStore, random: Random) -> None:
        for _ in range(15):
            await save(store, Changes(outbox=[edit_row(key) for key in random.sample(keys, 6)]))

    async def deliver(store: PostgresStore, random: Random) -> None:
        for _ in range(15):
            claimed = list(await store.claim(0, 0, 9))
            random.shuffle(claimed)
            await store.settle([Outcome(row.seq, row.fence, done=True) for row in claimed], 0)

    await asyncio.gather(
        *(write(store, Random(at)) for at, store in enumerate(stores)),
        *(deliver(store, Random(at)) for at, store in enumerate(stores)),
    )

    assert await deadlocks(operator) == 0


@pytest.mark.parametrize("known", [True, False], ids=["a known channel", "a new channel"])
async def test_of_two_who_start_a_round_in_one_channel_one_wins(
    stores: Sequence[PostgresStore],
    known: bool,  # noqa: FBT001
) -> None:
    """The others are told of the round that is there, as if they had come later."""
    if known:
        await save(stores[0], study())
    names, told = count(), list[str]()

    def start(found: Snapshot) -> Changes:
        if HALL in found.rounds:
            told.append(found.rounds[HALL].id)
            return Changes()
        return Changes(
            channels=[ChannelRow(HALL, HALL_ID, GROUP_ID)],
            rounds=[round_row(f"r{next(names)}")],
            outbox=[post_row("lobby")],
        )

    await asyncio.gather(*(store.transact([ask()], (), start) for store in stores for _ in range(3)))

    winner = (await snapshot(stores[0], ask())).rounds[HALL].id
    assert told == [winner] * 8
    assert (await stores[0].backlog()).depth == 1


async def test_an_event_that_reaches_two_processes_counts_once(stores: Sequence[PostgresStore]) -> None:
    """The second sees it as handled, also where nothing else holds the two apart."""
    counted: list[str] = []

    async def handle(store: PostgresStore, place: Place, event: str) -> None:
        fresh: list[str] = []

        def decide(found: Snapshot) -> Changes:
            fresh[:] = [] if event in found.events else [event]
            return Changes(events=[(id_, 1) for id_ in fresh])

        await store.transact([ask(place, event=event)], (), decide)
        counted.extend(fresh)

    events = [f"web:{number}" for number in range(15)]
    places = [HALL, YARD, ATTIC]
    await asyncio.gather(
        *(
            handle(store, place, event)
            for event in events
            for store, place in zip(stores, places, strict=True)
        )
    )

    assert sorted(counted) == sorted(events)


async def test_a_batch_that_is_always_overtaken_is_given_up(stores: Sequence[PostgresStore]) -> None:
    """After a few turns, with an error and without a trace."""
    turns = count()

    def decide(_: Snapshot) -> Changes:
        return Changes(rounds=[round_row("r8"), round_row("r9")], events=[(f"web:{next(turns)}", 1)])

    await save(stores[0], study())
    with pytest.raises(StoreError, match="contradicts the others"):
        await stores[0].transact([ask()], (), decide)

    assert 1 < next(turns) < 20
    assert await stores[0].purge(9) == 0


async def test_what_the_caller_forgets_while_a_batch_is_loaded_is_loaded_too(
    stores: Sequence[PostgresStore],
) -> None:
    """Its memory of rounds is its own: it may let one go at any time before it decides."""
    await save(stores[0], study(rounds=[round_row()]))

    class Fading(set[str]):
        """A memory that is asked once about a round and then has forgotten it."""

        def __contains__(self, round_: object) -> bool:
            was_there = super().__contains__(round_)
            self.discard(str(round_))
            return was_there

    found = await snapshot(stores[0], ask(), known=Fading({"r1"}))

    assert found.questions in ({}, {"r1": ()})
    forgetful = await snapshot(stores[0], ask(recent=3, everyone=True), known=Fading())
    assert forgetful.questions == {"r1": ()}


async def test_no_message_of_a_line_overtakes_another(stores: Sequence[PostgresStore]) -> None:
    """Three processes write, claim, deliver and fail at once: nothing is held by two, nothing goes early.

    Nor does a private message go before a public one that was written earlier.
    """
    await save(stores[0], study(rounds=[round_row(version=0)], participants=[part(ANN_ID)]))
    hall = _Lines()
    done = asyncio.Event()

    async def write(store: PostgresStore, who: int) -> None:
        for number in range(25):
            rows = [post_row(f"{who} {number} {to}", to=to) for to in ("", "ann")]

            def decide(found: Snapshot, rows: Sequence[OutboxRow] = rows) -> Changes:
                changes = grow(HALL)(found)
                changes.outbox.extend(rows)
                return changes

            await store.transact([ask(account=ANN)], (), decide)

    async def deliver(store: PostgresStore, random: Random) -> None:
        while not done.is_set() or (await store.backlog()).depth:
            await hall.deliver(store, random)

    delivering = [asyncio.create_task(deliver(store, Random(at))) for at, store in enumerate(stores)]
    await asyncio.gather(*(write(store, who) for who, store in enumerate(stores)))
    done.set()
    async with asyncio.timeout(30):
        await asyncio.gather(*delivering)

    assert hall.wrong == []
    assert len(hall.delivered) == len(set(hall.delivered)) == 150


class _Lines:
    """What is held and what was delivered of each line, and what went wrong."""

    def __init__(self) -> None:
        self.held: set[tuple[str, int]] = set()
        self.delivered: list[str] = []
        self.last: dict[str, int] = {}
        self.private = 0
        self.wrong: list[str] = []

    async def deliver(self, store: PostgresStore, random: Random) -> None:
        """Claim something, look whether it may go, and say what became of it."""
        claimed = await store.claim(0, 10_000, random.randint(1, 5))
        for delivery in claimed:
            self._look(delivery, {(one.row.to, one.seq) for one in claimed})
        self.held |= {(one.row.to, one.seq) for one in claimed}
        await asyncio.sleep(random.random() / 500)
        outcomes: list[Outcome] = []
        failed: set[str] = set()
        for one in claimed:
            done = one.row.to not in failed and random.random() < 0.8
            outcomes.append(Outcome(one.seq, one.fence, done=done, retry_at=None if done else 0))
            if done:
                self.delivered.append(one.row.key)
                self.last[one.row.to] = one.seq
            else:
                failed.add(one.row.to)
            self.held.discard((one.row.to, one.seq))
        await store.settle(outcomes, 0)

    def _look(self, delivery: Delivery, together: set[tuple[str, int]]) -> None:
        line, seq = delivery.row.to, delivery.seq
        if (line, seq) in self.held:
            self.wrong.append(f"{delivery.row.key} is held by two")
        if any(other == line and held < seq for other, held in self.held - together):
            self.wrong.append(f"{delivery.row.key} overtakes one that is held by another")
        if seq < self.last.get(line, 0):
            self.wrong.append(f"{delivery.row.key} comes after a later one")
        if line:
            self.private = max(self.private, seq)
        elif seq < self.private:
            self.wrong.append(f"{delivery.row.key} was overtaken by a private one")


async def test_the_edit_of_a_post_that_is_given_up_meanwhile_is_given_up(
    stores: Sequence[PostgresStore], operator: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    """Whichever of the two is first: nothing is left that waits for a post that will never be there."""
    one, other, _ = stores
    for number in range(40):
        await save(one, Changes(outbox=[post_row(f"m{number}", to=str(number))]))
        (post,) = await one.claim(0, 1000, 1)
        refused = one.settle([Outcome(post.seq, post.fence, done=False)], 1)
        edited = save(other, Changes(outbox=[edit_row(f"m{number}")]))
        pair: list[Awaitable[None]] = [refused, edited] if number % 2 else [edited, refused]
        await asyncio.gather(*pair)

    assert (await one.backlog()).depth == 0
    assert await operator.fetchval("SELECT count(*) FROM outbox WHERE state = 'dead'") == 80


async def test_a_message_that_is_replaced_while_it_is_forgotten_stays(
    stores: Sequence[PostgresStore], operator: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    """A purge that had to wait for whoever replaced it looks at it again."""
    store = stores[0]
    await save(store, Changes(outbox=[post_row(), edit_row()]))
    for _ in range(2):
        await store.settle([Outcome(row.seq, row.fence, done=True) for row in await store.claim(0, 9, 9)], 0)
    async with operator.transaction():
        await operator.execute("UPDATE outbox SET state = 'waiting', settled_at = NULL WHERE action = 'edit'")
        purging = asyncio.create_task(store.purge(5))
        await _until_waiting(operator, 1)

    await purging

    assert await operator.fetchval("SELECT count(*) FROM outbox WHERE action = 'edit'") == 1


async def test_deliveries_leave_connections_to_answers(
    stores: Sequence[PostgresStore], operator: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    """Even when all of them hang, a batch goes through at once."""
    store = stores[0]
    await save(store, study(rounds=[round_row()], outbox=[post_row(f"m{at}") for at in range(9)]))
    claimed = await store.claim(0, 1000, 9)
    async with operator.transaction():
        await operator.execute("SELECT * FROM outbox FOR UPDATE")
        settling = [
            asyncio.create_task(store.settle([Outcome(row.seq, row.fence, done=True)], 0)) for row in claimed
        ]
        await _until_waiting(operator, ASIDE)
        async with asyncio.timeout(10):
            await store.transact([Asked("web:1", HALL, None)], (), lambda _: Changes(events=[("web:1", 1)]))
        assert not any(task.done() for task in settling)
    await asyncio.gather(*settling)

    assert (await store.backlog()).depth == 0


async def _until_waiting(operator: "asyncpg.Connection[asyncpg.Record]", wanted: int) -> None:
    """Return when so many wait for a lock."""
    async with asyncio.timeout(10):
        while await operator.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted") < wanted:  # noqa: ASYNC110 - the server does not tell
            await asyncio.sleep(0.01)


async def test_the_first_person_ever_is_one_person(stores: Sequence[PostgresStore]) -> None:
    """Also when several come at once, to several processes."""
    people = [WebPerson(f"p{at}", "Ann", "hash", organiser=False) for at in range(9)]

    kept = await asyncio.gather(
        *(stores[at % 3].person(person, person.id) for at, person in enumerate(people))
    )

    assert sum(person is not None and person.organiser for person in kept) == 1
