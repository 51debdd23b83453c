"""What every store promises of rounds, asked of each implementation."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.core.errors import StoreError
from bot.ports import RoundRecord
from bot.records import Account, Asked, Changes, ChannelRow, LearnerRow, Place, Snapshot
from tests.contracts.stores import (
    ANN,
    ANN_ID,
    BEN,
    BEN_ID,
    CAT,
    CAT_ID,
    CHANNELS,
    GROUP_ID,
    HALL,
    HALL_ID,
    LEARNERS,
    STORES,
    YARD,
    YARD_ID,
    AnyStore,
    Stores,
    ask,
    attempt_row,
    part,
    post_row,
    question_rows,
    round_row,
    save,
    snapshot,
    stores_of,
    study,
)


@pytest.fixture(params=STORES)
async def stores(request: pytest.FixtureRequest) -> AsyncIterator[Stores]:
    """The stores of one implementation, all on one database."""
    async with stores_of(request) as opened:
        yield opened


@pytest.fixture
async def store(stores: Stores) -> AnyStore:
    """An empty store."""
    return await stores.open()


async def test_what_was_saved_is_loaded_as_it_was(store: AnyStore) -> None:
    """Every column comes back unchanged: large ids, quotes, characters of any script, and nothing at all."""
    body = '{"v": 1, "text": "O\'Brien; DROP -- \\u0000 😀 \\"ünï\\""}'
    row = round_row(wake_at=2**45, item=None, body=body, version=2**40)
    questions = [question._replace(body=body) for question in question_rows()]
    await save(
        store,
        study(rounds=[row], questions=questions, participants=[part(ANN_ID, score=-3, body=body)]),
    )

    found = await snapshot(store, ask(account=ANN))

    assert found == Snapshot(
        channels={HALL: CHANNELS[0]},
        learners={ANN: LEARNERS[0]},
        rounds={HALL: row},
        questions={"r1": tuple(questions)},
        participants={"r1": {ANN_ID: part(ANN_ID, score=-3, body=body)}},
    )


async def test_an_empty_store_has_nothing_to_load(store: AnyStore) -> None:
    """What is not there is left out, whatever is asked for."""
    asked = ask(account=ANN, event="web:1", everyone=True, recent=5)

    assert await snapshot(store, asked) == Snapshot()


async def test_nothing_is_loaded_that_was_not_asked_for(store: AnyStore) -> None:
    """Other places, other learners and other events stay where they are."""
    yard = round_row("r2", place=YARD, channel=YARD_ID)
    changes = study(
        events=[("web:1", 1)],
        rounds=[round_row(), yard],
        participants=[part(ANN_ID), part(BEN_ID), part(ANN_ID, "r2")],
    )
    await save(store, changes)

    found = await snapshot(store, ask(YARD, BEN, event="web:2"))

    assert found == Snapshot(
        channels={YARD: CHANNELS[1]}, learners={BEN: LEARNERS[1]}, rounds={YARD: yard}, questions={"r2": ()}
    )


async def test_one_batch_may_ask_for_many_things(store: AnyStore) -> None:
    """Each part of the batch is given what it needs, and what two parts share is there for both."""
    yard = round_row("r2", place=YARD, channel=YARD_ID)
    parts = [part(ANN_ID), part(BEN_ID), part(ANN_ID, "r2")]
    await save(store, study(rounds=[round_row(), yard], participants=parts))

    found = await snapshot(store, ask(HALL, ANN), ask(HALL, BEN), ask(YARD, ANN), ask(YARD, CAT))

    assert found.rounds == {HALL: round_row(), YARD: yard}
    assert found.participants == {
        "r1": {ANN_ID: part(ANN_ID), BEN_ID: part(BEN_ID)},
        "r2": {ANN_ID: part(ANN_ID, "r2")},
    }
    assert found.learners == {row.account: row for row in LEARNERS}


async def test_the_questions_of_a_known_round_are_not_loaded(store: AnyStore) -> None:
    """The caller has them already; the round itself is loaded all the same."""
    await save(store, study(rounds=[round_row()], questions=question_rows()))

    found = await snapshot(store, ask(), known={"r1", "r9"})

    assert found.rounds == {HALL: round_row()}
    assert found.questions == {}


async def test_questions_are_loaded_in_order(store: AnyStore) -> None:
    """The tenth comes after the ninth, in whatever order they were written."""
    rows = question_rows(count=12)
    await save(store, study(rounds=[round_row()], questions=rows[::-1]))

    found = await snapshot(store, ask())

    assert found.questions == {"r1": tuple(rows)}


async def test_everyone_is_loaded_on_request(store: AnyStore) -> None:
    """All participants of the open round, and nobody of another one."""
    ended = round_row("r0", open_=False)
    parts = [part(ANN_ID), part(BEN_ID), part(CAT_ID, "r0")]
    await save(store, study(rounds=[ended, round_row()], participants=parts))

    found = await snapshot(store, ask(everyone=True))

    assert found.participants == {"r1": {ANN_ID: part(ANN_ID), BEN_ID: part(BEN_ID)}}


async def test_an_exception_leaves_nothing_and_is_passed_on(store: AnyStore) -> None:
    """The store is as it was, and works on."""

    def fail(_: Snapshot) -> Changes:
        raise LookupError("no such option")

    with pytest.raises(LookupError, match="no such option"):
        await store.transact([ask(event="web:1")], (), fail)

    await save(store, study())
    assert (await snapshot(store, ask(event="web:1"))).events == set()


async def test_a_refused_row_takes_the_whole_transaction_with_it(store: AnyStore) -> None:
    """All or nothing: what was fine in the same transaction is not written either."""
    await save(store, study(rounds=[round_row()]))
    second = Changes(
        events=[("web:1", 1)],
        learners=[LearnerRow(ANN, ANN_ID, "Anna")],
        rounds=[round_row("r2")],
        outbox=[post_row()],
    )

    with pytest.raises(StoreError):
        await save(store, second)

    found = await snapshot(store, ask(account=ANN, event="web:1"))
    assert (found.events, found.rounds[HALL].id, found.learners[ANN].name) == (set(), "r1", "Ann")
    assert await store.claim(0, 1000, 10) == []


@pytest.mark.parametrize(
    "stranger",
    [
        Changes(rounds=[round_row("r2", channel=99)]),
        Changes(rounds=[round_row("r2")._replace(group=99)]),
        Changes(questions=question_rows("r9")),
        Changes(participants=[part(ANN_ID, "r9")]),
        Changes(participants=[part(99)]),
        Changes(attempts=[attempt_row(99)]),
        Changes(attempts=[attempt_row(round_="r9")]),
    ],
    ids=[
        "channel",
        "group",
        "round of a question",
        "round",
        "learner",
        "learner of an attempt",
        "round of an attempt",
    ],
)
async def test_a_row_that_names_what_does_not_exist_is_refused(store: AnyStore, stranger: Changes) -> None:
    """A round has its channel, and whatever belongs to a round has its round and its learner."""
    await save(store, study(rounds=[round_row(open_=False)]))

    with pytest.raises(StoreError):
        await save(store, stranger)


async def test_an_event_is_known_to_the_next_batch(store: AnyStore) -> None:
    """Only ids that were saved are given back, and the empty id of our own commands never is."""
    await save(store, Changes(events=[("web:1", 10), ("web:2", 20)]))

    found = await snapshot(store, ask(event="web:2"), ask(event="web:3"), ask(event=""))

    assert found.events == {"web:2"}


async def test_an_event_may_be_saved_twice(store: AnyStore) -> None:
    """Twice is once, in one transaction or in two, and the first time stands."""
    await save(store, Changes(events=[("web:1", 10), ("web:1", 90)]))
    await save(store, Changes(events=[("web:1", 90)]))

    assert await store.purge(11) == 1
    assert (await snapshot(store, ask(event="web:1"))).events == set()


async def test_a_channel_has_one_open_round(store: AnyStore) -> None:
    """Ended rounds are no hindrance; two open ones at once are refused like one after the other."""
    await save(store, study(rounds=[round_row("r0", open_=False), round_row("r1", open_=False)]))

    with pytest.raises(StoreError):
        await save(store, Changes(rounds=[round_row("r2"), round_row("r3")]))

    assert (await snapshot(store, ask())).rounds == {}


async def test_a_round_may_end_as_the_next_one_starts(store: AnyStore) -> None:
    """Both in one transaction, in whatever order they are named."""
    await save(store, study(rounds=[round_row()]))

    await save(store, Changes(rounds=[round_row("r2"), round_row(open_=False, version=2)]))

    assert (await snapshot(store, ask())).rounds == {HALL: round_row("r2")}
    assert await store.look("r1") == RoundRecord(round_row(open_=False, version=2), (), GROUP_ID)


async def test_the_last_save_in_a_transaction_stands(store: AnyStore) -> None:
    """A batch may move a round and a participant several times, even from open to ended."""
    rounds = [round_row(version=1), round_row(version=2), round_row(version=3, open_=False)]
    parts = [part(ANN_ID, score=1), part(BEN_ID, score=5), part(ANN_ID, score=2)]

    await save(store, study(rounds=rounds, participants=parts))

    assert await store.look("r1") == RoundRecord(rounds[-1], (), GROUP_ID)
    mine = await store.mine("r1", ANN)
    assert mine is not None
    assert mine.participant.score == 2
    assert (await snapshot(store, ask())).rounds == {}


async def test_rounds_and_participants_are_written_whole(store: AnyStore) -> None:
    """Every column takes its new value, nothing included."""
    await save(store, study(rounds=[round_row(wake_at=9)], participants=[part(ANN_ID, score=1, body="{}")]))
    row = round_row(version=2, wake_at=None, started_at=2, item=None, body="[]")

    await save(store, Changes(rounds=[row], participants=[part(ANN_ID, score=2, body="[]")]))

    found = await snapshot(store, ask(account=ANN))
    assert found.rounds == {HALL: row}
    assert found.participants == {"r1": {ANN_ID: part(ANN_ID, score=2, body="[]")}}


async def test_questions_are_written_once(store: AnyStore) -> None:
    """A question that learners have seen never changes."""
    await save(store, study(rounds=[round_row()], questions=question_rows()))

    await save(store, Changes(questions=question_rows(count=4, first=50)))

    items = [question.item for question in (await snapshot(store, ask())).questions["r1"]]
    assert items == ["pack/i0", "pack/i1", "pack/i2", "pack/i53"]


async def test_a_place_keeps_its_channel_and_a_channel_its_group(store: AnyStore) -> None:
    """A second process that met the same place changes nothing."""
    await save(store, study())

    await save(store, Changes(channels=[ChannelRow(HALL, 77, 78), ChannelRow(YARD, YARD_ID, 79)]))

    assert (await snapshot(store, ask(HALL), ask(YARD))).channels == {HALL: CHANNELS[0], YARD: CHANNELS[1]}


async def test_two_places_may_lead_to_one_channel(store: AnyStore) -> None:
    """The round of a linked channel is found from each of its places."""
    linked = Place("slack", "C0")
    await save(store, study(channels=[ChannelRow(linked, HALL_ID, GROUP_ID)], rounds=[round_row()]))

    found = await snapshot(store, ask(linked))

    assert found.channels == {linked: ChannelRow(linked, HALL_ID, GROUP_ID, own=GROUP_ID)}
    assert found.rounds == {linked: round_row()}


async def test_two_accounts_may_lead_to_one_learner(store: AnyStore) -> None:
    """An account is not the learner: the same learner is found by both, under the name that came last."""
    other = Account("slack", "U1")
    await save(store, study(rounds=[round_row()], participants=[part(ANN_ID)]))

    await save(store, Changes(learners=[LearnerRow(other, ANN_ID, "Ann B.")]))

    found = await snapshot(store, ask(account=ANN), ask(account=other))
    assert found.learners == {
        ANN: LearnerRow(ANN, ANN_ID, "Ann B."),
        other: LearnerRow(other, ANN_ID, "Ann B."),
    }
    assert found.participants == {"r1": {ANN_ID: part(ANN_ID)}}


async def test_the_same_id_on_two_platforms_is_two(store: AnyStore) -> None:
    """Platforms give their ids without asking each other."""
    here, there = Place("slack", HALL.id), Account("slack", ANN.id)
    await save(store, study())

    assert await snapshot(store, ask(here, there)) == Snapshot()


async def test_a_name_is_updated(store: AnyStore) -> None:
    """People rename themselves; their account stays theirs."""
    await save(store, study())

    await save(store, Changes(learners=[LearnerRow(ANN, ANN_ID, "Änne")]))

    assert (await snapshot(store, ask(account=ANN))).learners == {ANN: LearnerRow(ANN, ANN_ID, "Änne")}


async def test_a_second_attempt_at_a_question_is_left_out(store: AnyStore) -> None:
    """One answer of a learner counts for a question, and it is the first."""
    rows = [attempt_row(points=100), attempt_row(points=900)]
    await save(store, study(rounds=[round_row()], attempts=rows))

    await save(store, Changes(attempts=[attempt_row(points=900), attempt_row(BEN_ID, points=50)]))

    assert list(await store.standing("r1", 10)) == [(ANN_ID, 100, 1), (BEN_ID, 50, 1)]


async def test_recent_items_are_those_opened_last_newest_first(store: AnyStore) -> None:
    """Questions that a stopped or running round never opened are not among them."""
    rounds = [
        round_row("r0", open_=False, started_at=10, item="pack/i11"),
        round_row("r1", started_at=20, item="pack/i20"),
        round_row("r2", open_=False, started_at=5, item="pack/i2"),
        round_row("r3", open_=False, started_at=30, item=None),
        round_row("r4", place=YARD, channel=YARD_ID, started_at=40, item="pack/i40"),
    ]
    starts = {"r0": 10, "r1": 20, "r2": 0, "r3": 30, "r4": 40}
    questions = [row for id_, first in starts.items() for row in question_rows(id_, first=first)]
    await save(store, study(rounds=rounds, questions=questions))

    found = await snapshot(store, ask(recent=9), ask(YARD))

    assert found.recent == {HALL: ("pack/i20", "pack/i11", "pack/i10", "pack/i2", "pack/i1", "pack/i0")}


async def test_as_many_recent_items_are_given_as_are_wanted(store: AnyStore) -> None:
    """The largest number that a batch asks for decides."""
    await save(store, study(rounds=[round_row(item="pack/i2")], questions=question_rows()))

    found = await snapshot(store, ask(recent=1), ask(recent=2), ask())

    assert found.recent == {HALL: ("pack/i2", "pack/i1")}


async def test_repeats_count_attempts_with_points_at_the_open_item(store: AnyStore) -> None:
    """Of participants only, in this group, since the given time; zeros are left out."""
    earlier = [round_row(f"e{at}", open_=False) for at in range(3)]
    attempts = [
        attempt_row(ANN_ID, round_="e0", at=100),
        attempt_row(ANN_ID, round_="e1", at=200),
        attempt_row(ANN_ID, round_="e2", at=99),
        attempt_row(ANN_ID, round_="e2", position=1, at=150, item="pack/i1"),
        attempt_row(ANN_ID, round_="e2", position=2, at=150, group=1),
        attempt_row(BEN_ID, round_="e0", at=150, points=0),
        attempt_row(CAT_ID, round_="e0", at=150),
    ]
    parts = [part(ANN_ID), part(BEN_ID)]
    await save(store, study(rounds=[*earlier, round_row()], attempts=attempts, participants=parts))

    assert (await snapshot(store, ask(everyone=True, since=100))).repeats == {"r1": {ANN_ID: 2}}
    assert (await snapshot(store, ask(since=100))).repeats == {}


async def test_there_are_no_repeats_before_the_first_question(store: AnyStore) -> None:
    """A lobby has no item yet."""
    rounds = [round_row("e0", open_=False), round_row(item=None)]
    await save(store, study(rounds=rounds, participants=[part(ANN_ID)], attempts=[attempt_row(round_="e0")]))

    assert (await snapshot(store, ask(everyone=True))).repeats == {}


async def test_batches_at_once_follow_each_other(stores: Stores) -> None:
    """Each decides on what the one before it left, even when two processes write."""
    one, other = await stores.open(), await stores.open()
    await save(one, study(rounds=[round_row(version=0)]))

    def grow(found: Snapshot) -> Changes:
        row = found.rounds[HALL]
        return Changes(rounds=[row._replace(version=row.version + 1)])

    await asyncio.gather(*(store.transact([ask()], (), grow) for store in [one, other] * 15))

    assert (await snapshot(one, ask())).rounds[HALL].version == 30


async def test_what_was_acknowledged_is_seen_by_everybody(stores: Stores) -> None:
    """A read that starts after a transaction returned sees it, in this process and in another."""
    one, other = await stores.open(), await stores.open()
    for version in range(1, 20):
        await save(one, study(rounds=[round_row(version=version)]))

        seen = [await store.look("r1") for store in (one, other)]

        assert seen == [RoundRecord(round_row(version=version), (), GROUP_ID)] * 2


async def test_waking_gives_the_earliest_first(store: AnyStore) -> None:
    """Up to and with the given time; ended rounds and those that wait for nobody sleep on."""
    places = [Place("web", f"p{at}") for at in range(6)]
    wakes = [300, 100, None, 200, 201, 50]
    channels = [ChannelRow(place, at, GROUP_ID) for at, place in enumerate(places)]
    rounds = [
        round_row(f"r{at}", place=place, channel=at, wake_at=wakes[at], open_=at != 5)
        for at, place in enumerate(places)
    ]
    await save(store, Changes(channels=channels, rounds=rounds))

    assert list(await store.waking(200, 10)) == [(places[1], 100), (places[3], 200)]
    assert list(await store.waking(999, 3)) == [(places[1], 100), (places[3], 200), (places[4], 201)]
    assert list(await store.waking(99, 10)) == []


async def test_a_round_can_be_looked_at_after_its_end(store: AnyStore) -> None:
    """With its questions, in order; one that never was is None."""
    row = round_row(open_=False)
    await save(store, study(rounds=[row], questions=question_rows(count=11)))

    assert await store.look("r1") == RoundRecord(row, tuple(question_rows(count=11)), GROUP_ID)
    assert await store.look("r9") is None


async def test_mine_is_my_own_part_in_the_order_of_the_questions(store: AnyStore) -> None:
    """Attempts come by question, the tenth after the ninth, whenever they were made."""
    mine = [attempt_row(ANN_ID, position, at=9000 - position) for position in range(12)]
    attempts = [*mine[::-1], attempt_row(BEN_ID, 0)]
    parts = [part(ANN_ID, score=12), part(BEN_ID)]
    await save(store, study(rounds=[round_row()], participants=parts, attempts=attempts))

    found = await store.mine("r1", ANN)

    assert found is not None
    assert found.participant == part(ANN_ID, score=12)
    assert found.attempts == tuple(mine)


async def test_whoever_took_no_part_has_nothing(store: AnyStore) -> None:
    """A learner of another round, an account nobody knows, a round that never was."""
    await save(store, study(rounds=[round_row()], participants=[part(ANN_ID)]))

    assert await store.mine("r1", BEN) is None
    assert await store.mine("r1", Account("web", "nobody")) is None
    assert await store.mine("r9", ANN) is None


async def test_somebody_who_never_answered_still_took_part(store: AnyStore) -> None:
    """Their attempts are none."""
    await save(store, study(rounds=[round_row()], participants=[part(ANN_ID)]))

    found = await store.mine("r1", ANN)

    assert found is not None
    assert found.attempts == ()


async def test_the_standing_is_the_sum_of_the_attempts(store: AnyStore) -> None:
    """Most points first, then by learner; only full credit is right; other rounds do not count."""
    attempts = [
        attempt_row(ANN_ID, 0, points=10),
        attempt_row(ANN_ID, 1, points=20, credit=0.99),
        attempt_row(BEN_ID, 0, points=30),
        attempt_row(CAT_ID, 0, points=0, credit=0.0),
        attempt_row(CAT_ID, 0, points=500, round_="r2"),
    ]
    rounds = [round_row(), round_row("r2", open_=False)]
    await save(store, study(rounds=rounds, participants=[part(ANN_ID, score=999)], attempts=attempts))

    assert list(await store.standing("r1", 10)) == [(BEN_ID, 30, 1), (ANN_ID, 30, 1), (CAT_ID, 0, 0)]
    assert list(await store.standing("r1", 1)) == [(BEN_ID, 30, 1)]
    assert list(await store.standing("r9", 10)) == []


async def test_purge_forgets_old_events_only(store: AnyStore) -> None:
    """Those before the given time; it says how many went."""
    await save(store, Changes(events=[("web:1", 10), ("web:2", 20), ("web:3", 30)]))

    assert await store.purge(20) == 1
    asked = [Asked(f"web:{at}", HALL, None) for at in (1, 2, 3)]
    assert (await snapshot(store, *asked)).events == {"web:2", "web:3"}
    assert await store.purge(20) == 0


async def test_a_purge_has_no_limit(store: AnyStore) -> None:
    """However many are old, all of them go."""
    await save(store, Changes(events=[(f"web:{at}", at) for at in range(5_000)]))

    assert await store.purge(4_999) == 4_999


async def test_each_of_five_thousand_open_rounds_is_found(store: AnyStore) -> None:
    """By its place, and by its time."""
    count = 5_000
    places = [Place("web", f"room {at}") for at in range(count)]
    channels = [ChannelRow(place, at + 1, GROUP_ID) for at, place in enumerate(places)]
    rounds = [
        round_row(f"r{at}", place=place, channel=at + 1, wake_at=count - at, version=at)
        for at, place in enumerate(places)
    ]
    await save(store, Changes(channels=channels, learners=list(LEARNERS), rounds=rounds))

    found = await snapshot(store, *(ask(place, ANN) for place in places[::70]))

    assert [row.version for row in found.rounds.values()] == list(range(0, count, 70))
    assert list(await store.waking(2, 9)) == [(places[-1], 1), (places[-2], 2)]


async def test_a_store_answers_a_ping_and_does_its_upkeep(store: AnyStore) -> None:
    """After a checkpoint without readers in the way, nothing is left to fold in."""
    await save(store, study())

    await store.ping()

    assert await store.checkpoint() == 0


async def test_a_store_may_be_closed_twice(store: AnyStore) -> None:
    """The second time has nothing to do."""
    await store.close()
    await store.close()


async def test_what_was_saved_outlives_the_process(stores: Stores) -> None:
    """A store opened after the first was closed goes on where that one stopped."""
    first = await stores.open()
    await save(first, study(rounds=[round_row()], outbox=[post_row()]))
    await first.close()

    second = await stores.open()

    assert (await snapshot(second, ask())).rounds == {HALL: round_row()}
    assert (await second.backlog()).depth == 1
