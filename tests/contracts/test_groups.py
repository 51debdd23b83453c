"""What every store promises of a group's settings and of how well items were answered."""

import asyncio
from collections.abc import Sequence
from random import Random

import pytest

from bot.core.errors import StoreError
from bot.records import (
    Account,
    Asked,
    AttemptRow,
    Changes,
    ChannelRow,
    EarnedRow,
    HidingRow,
    Place,
    RoundRow,
    SettingsRow,
    Snapshot,
)
from bot.store.memory import MemoryStore
from tests.contracts.schedules import DAILY, DAILY_CHANNEL, DAILY_ID
from tests.contracts.stores import (
    ANN,
    ANN_ID,
    BEN_ID,
    CAT_ID,
    CHANNELS,
    GROUP_ID,
    HALL,
    HALL_ID,
    LEARNERS,
    MARKS,
    YARD,
    YARD_ID,
    AnyStore,
    Stores,
    ask,
    attempt_row,
    post_row,
    question_rows,
    round_row,
    save,
    snapshot,
    study,
)

ATTIC = Place("web", "attic")
ATTIC_ROW = ChannelRow(ATTIC, 30, 8, own=8)

RUNS = {"sqlite": 4, "postgres": 3}
"""How many seeds for each."""

SEEDS = [
    pytest.param(name, seed, marks=MARKS.get(name, ()), id=f"{name}-{seed}")
    for name, runs in RUNS.items()
    for seed in range(runs)
]
UTC = '{"v":1,"d":{"zone":"UTC"}}'
BERLIN = '{"v":1,"d":{"zone":"Europe/Berlin"}}'
SETTINGS = ("", UTC, BERLIN, "a \"quoted\"; 'ünï' 😀")


def asking(place: Place = HALL, account: Account | None = None) -> Asked:
    """Return what one event wants loaded when it asks for shares."""
    return ask(place, account)._replace(shares=True)


async def settings_in(store: AnyStore, place: Place = HALL) -> str:
    """Return the settings of the group that *place* is in."""
    return (await snapshot(store, ask(place))).channels[place].settings


def chosen(before: str, settings: str) -> Changes:
    """Return a batch in which the group chooses *settings*."""
    return Changes(settings=[SettingsRow(GROUP_ID, before, settings)])


async def shares_of(store: AnyStore, place: Place = HALL) -> dict[str, float]:
    """Return how well each item was answered in the channel of *place*."""
    return (await snapshot(store, asking(place))).shares.get(place, {})


def answered(item: str, *credits_: float, round_: str = "r1", first: int = 0) -> list[AttemptRow]:
    """Return attempts at one item, a question for each so that one learner can make them all."""
    return [
        attempt_row(position=first + at, round_=round_, item=item, credit=credit)
        for at, credit in enumerate(credits_)
    ]


async def test_a_new_group_has_no_settings(store: AnyStore) -> None:
    """Whatever the channel's row says: settings are saved by their own row."""
    await save(store, study(channels=[ATTIC_ROW._replace(settings=BERLIN)]))

    assert await settings_in(store) == ""
    assert await settings_in(store, ATTIC) == ""


@pytest.mark.parametrize("settings", SETTINGS)
async def test_settings_are_loaded_as_they_were_saved(store: AnyStore, settings: str) -> None:
    """With every channel of the group, the sub-places of schedules included, and with no other group's."""
    await save(store, study(channels=[DAILY_CHANNEL, ATTIC_ROW]))
    await save(store, chosen("", settings))

    found = await snapshot(store, ask(), ask(YARD), ask(DAILY), ask(ATTIC))

    rows = [*CHANNELS, DAILY_CHANNEL]
    assert found.channels == {row.place: row._replace(settings=settings) for row in rows} | {ATTIC: ATTIC_ROW}


async def test_settings_are_loaded_with_an_open_round_and_without(store: AnyStore) -> None:
    """The round is as it was saved."""
    await save(
        store,
        study(rounds=[round_row()], questions=question_rows(), settings=[SettingsRow(GROUP_ID, "", UTC)]),
    )

    found = await snapshot(store, ask(account=ANN), ask(YARD))

    assert {place: row.settings for place, row in found.channels.items()} == {HALL: UTC, YARD: UTC}
    assert found.rounds == {HALL: round_row()}


async def test_settings_are_loaded_of_a_group_that_the_place_does_not_lead_to_yet(store: AnyStore) -> None:
    """A new channel may be one of a group that is there; one that is not there has none."""
    await save(store, study(settings=[SettingsRow(GROUP_ID, "", BERLIN)]))

    asked = [ask(ATTIC)._replace(group=group) for group in (GROUP_ID, 0, 8, GROUP_ID)]
    found = await snapshot(store, *asked)

    assert found.settings == {GROUP_ID: BERLIN}
    assert found.channels == {}
    assert (await snapshot(store, ask())).settings == {}


async def test_settings_may_come_with_the_group_itself(store: AnyStore) -> None:
    """In one batch, whatever else is in it."""
    row = SettingsRow(GROUP_ID, "", BERLIN)
    await save(store, study(settings=[row], rounds=[round_row()], outbox=[post_row()]))

    assert await settings_in(store) == BERLIN


async def test_a_channel_that_is_saved_again_leaves_settings_alone(store: AnyStore) -> None:
    """As does a new channel of the group, whatever the rows say of settings."""
    await save(store, study(settings=[SettingsRow(GROUP_ID, "", BERLIN)]))

    rows = [row._replace(settings=said) for row in (*CHANNELS, DAILY_CHANNEL) for said in ("", UTC)]
    await save(store, Changes(channels=rows))

    assert await settings_in(store) == BERLIN
    assert await settings_in(store, DAILY) == BERLIN


async def test_the_settings_that_came_last_count(store: AnyStore) -> None:
    """In one batch, whose first row says what was there, and after it."""
    rows = [SettingsRow(GROUP_ID, "", UTC), SettingsRow(GROUP_ID, UTC, BERLIN)]
    await save(store, study(settings=rows))
    assert await settings_in(store) == BERLIN

    await save(store, chosen(BERLIN, UTC))
    assert await settings_in(store) == UTC


async def test_settings_that_others_changed_are_not_overwritten(store: AnyStore) -> None:
    """Nor is anything else of the batch written."""
    await save(store, study(settings=[SettingsRow(GROUP_ID, "", BERLIN)]))

    with pytest.raises(StoreError):
        await save(store, Changes(settings=[SettingsRow(GROUP_ID, "", UTC)], events=[("web:1", 1)]))

    assert await settings_in(store) == BERLIN
    assert (await snapshot(store, ask(event="web:1"))).events == set()


@pytest.mark.parametrize("groups", [[8], [GROUP_ID, 8]])
async def test_settings_of_no_group_are_refused(store: AnyStore, groups: Sequence[int]) -> None:
    """With all that came with them."""
    await save(store, study())

    rows = [SettingsRow(group, "", UTC) for group in groups]
    with pytest.raises(StoreError):
        await save(store, Changes(settings=rows, events=[("web:1", 1)]))

    assert await settings_in(store) == ""
    assert (await snapshot(store, ask(event="web:1"))).events == set()


async def test_settings_outlive_the_process(stores: Stores) -> None:
    """A store opened after the first was closed knows them."""
    first = await stores.open()
    await save(first, study(settings=[SettingsRow(GROUP_ID, "", BERLIN)]))
    await first.close()

    assert await settings_in(await stores.open()) == BERLIN


async def test_of_two_who_change_settings_neither_is_lost(stores: Stores) -> None:
    """Each decides on what the other left."""
    one, other = await stores.open(), await stores.open()
    await save(one, study())

    def grow(found: Snapshot) -> Changes:
        row = found.channels[HALL]
        return Changes(settings=[SettingsRow(row.group, row.settings, f"{row.settings}+")])

    await asyncio.gather(*(store.transact([ask()], (), grow) for store in (one, other, one, other)))

    assert await settings_in(one) == "++++"


# ------------------------------------------------------------------------------------------ how items went


async def items_of(
    store: AnyStore | MemoryStore, since: int = 0, until: int = 2**40
) -> list[tuple[str, str, int, int]]:
    """Return how the group answered, but in places that begin with an at sign."""
    rows = await store.items(GROUP_ID, since, until, "@")
    assert not any(row.open for row in rows)
    return [(row.item, row.topic, row.answers, row.right) for row in rows]


async def test_items_are_told_by_how_often_they_were_answered_right(store: AnyStore) -> None:
    """In every channel of the group; part of the credit is not right."""
    rounds = [round_row(), round_row("r2", place=YARD, channel=YARD_ID)]
    attempts = [
        *answered("pack/i1", 1.0, 0.0, 0.5),
        *answered("pack/i0", 1.0, round_="r2"),
        *answered("pack/i1", 1.0, round_="r2", first=4),
    ]
    await save(store, study(rounds=rounds, attempts=attempts))

    assert await items_of(store) == [("pack/i0", "1.1", 1, 1), ("pack/i1", "1.1", 4, 2)]


async def test_items_are_of_a_time_and_of_a_group(store: AnyStore) -> None:
    """The first moment belongs to it, the last does not."""
    rounds = [round_row(), round_row("r2", place=ATTIC, channel=ATTIC_ROW.id)._replace(group=8)]
    times = [attempt._replace(at=at) for at, attempt in enumerate(answered("pack/i0", 1.0, 1.0, 0.0, 1.0))]
    others = [attempt._replace(group=8) for attempt in answered("pack/i9", 1.0, round_="r2")]
    await save(store, study(channels=[ATTIC_ROW], rounds=rounds, attempts=[*times, *others]))

    assert await items_of(store, 1, 3) == [("pack/i0", "1.1", 2, 1)]
    assert await items_of(store, 4, 9) == []


async def test_what_was_answered_in_private_is_left_out(store: AnyStore) -> None:
    """It is told by how the place's id begins."""
    private = ChannelRow(Place("web", "@7"), 31, GROUP_ID)
    rounds = [round_row(), round_row("r2", place=private.place, channel=private.id)]
    attempts = [*answered("pack/i0", 1.0), *answered("pack/i1", 1.0, round_="r2")]
    await save(store, study(channels=[private], rounds=rounds, attempts=attempts))

    assert await items_of(store) == [("pack/i0", "1.1", 1, 1)]


async def test_an_item_that_an_open_round_asks_is_marked(store: AnyStore) -> None:
    """Whichever round of the group it is, and whether or not it has come to it yet; not an ended one's."""
    rounds = [round_row("r0", open_=False), round_row("r2", place=YARD, channel=YARD_ID)]
    questions = [*question_rows("r0", 3), *question_rows("r2", 1)]
    attempts = [*answered("pack/i0", 1.0, round_="r0"), *answered("pack/i1", 1.0, round_="r0", first=1)]
    await save(store, study(rounds=rounds, questions=questions, attempts=attempts))

    rows = await store.items(GROUP_ID, 0, 2**40, "@")

    assert [(row.item, row.open) for row in rows] == [("pack/i0", True), ("pack/i1", False)]


async def test_items_say_how_many_learners_answered(store: AnyStore) -> None:
    """One who answers twice is one."""
    attempts = [
        attempt_row(ANN_ID, 0, item="pack/i0"),
        attempt_row(ANN_ID, 1, item="pack/i0"),
        attempt_row(BEN_ID, 0, item="pack/i0"),
    ]
    await save(store, study(rounds=[round_row(open_=False)], attempts=attempts))

    (row,) = await store.items(GROUP_ID, 0, 2**40, "@")

    assert (row.answers, row.learners) == (3, 2)


async def test_what_learners_earned_in_a_time_is_added_up(store: AnyStore) -> None:
    """In the group's channels but for private ones; the first moment belongs to it, the last does not."""
    private = ChannelRow(Place("web", "@7"), 31, GROUP_ID)
    rounds = [round_row(open_=False), round_row("r2", place=private.place, channel=private.id, open_=False)]
    attempts = [
        attempt_row(ANN_ID, 0, points=7)._replace(at=1),
        attempt_row(ANN_ID, 1, points=5)._replace(at=2),
        attempt_row(ANN_ID, 2, points=3)._replace(at=3),
        attempt_row(BEN_ID, 0, points=0, credit=0.5)._replace(at=2),
        attempt_row(CAT_ID, 0, round_="r2")._replace(at=2),
    ]
    hiding = [HidingRow(BEN_ID, hidden=True)]
    await save(store, study(channels=[private], rounds=rounds, attempts=attempts, hiding=hiding))

    names = {row.id: row.name for row in LEARNERS}
    assert list(await store.earned(GROUP_ID, 1, 3, "@")) == sorted(
        [
            EarnedRow(ANN_ID, names[ANN_ID], 12, 2, 2, hidden=False),
            EarnedRow(BEN_ID, names[BEN_ID], 0, 1, 0, hidden=True),
        ]
    )
    assert await store.earned(GROUP_ID, 4, 9, "@") == []


# ------------------------------------------------------------------------------------------------- shares


async def test_shares_are_the_mean_credit_of_all_attempts(store: AnyStore) -> None:
    """Of each item in all rounds of the channel, the open one included; wrong answers count as well."""
    rounds = [round_row("r0", open_=False), round_row()]
    attempts = [
        *answered("pack/i0", 1.0, 0.0, round_="r0"),
        *answered("pack/i0", 1.0, 0.5),
        *answered("pack/i1", 0.0, first=5),
        *answered("pack/i2", 1.0, first=6),
    ]
    await save(store, study(rounds=rounds, attempts=attempts))

    assert await shares_of(store) == {"pack/i0": 0.625, "pack/i1": 0.0, "pack/i2": 1.0}


async def test_every_learner_counts_in_shares(store: AnyStore) -> None:
    """Also those who have no points for it."""
    attempts = [
        attempt_row(ANN_ID, credit=1.0),
        attempt_row(BEN_ID, credit=0.0, points=0),
        attempt_row(CAT_ID, credit=0.0, points=0),
        attempt_row(ANN_ID, credit=0.0),  # a second one at the same question is left out
    ]
    await save(store, study(rounds=[round_row()], attempts=attempts))

    assert await shares_of(store) == {"pack/i0": 1 / 3}


async def test_shares_are_of_one_channel(store: AnyStore) -> None:
    """Another channel of the group has its own, and so has the sub-place of a schedule."""
    rounds = [
        round_row(),
        round_row("r2", place=YARD, channel=YARD_ID),
        round_row("r3", place=DAILY, channel=DAILY_ID),
    ]
    attempts = [
        *answered("pack/i0", 1.0),
        *answered("pack/i0", 0.5, round_="r2"),
        *answered("pack/i9", 0.25, round_="r3"),
    ]
    await save(store, study(channels=[DAILY_CHANNEL], rounds=rounds, attempts=attempts))

    found = await snapshot(store, asking(), asking(YARD), asking(DAILY))

    assert found.shares == {HALL: {"pack/i0": 1.0}, YARD: {"pack/i0": 0.5}, DAILY: {"pack/i9": 0.25}}


async def test_two_places_of_one_channel_have_the_same_shares(store: AnyStore) -> None:
    """Linked channels are one."""
    linked = Place("discord", "8121")
    channels = [ChannelRow(linked, HALL_ID, GROUP_ID)]
    await save(store, study(channels=channels, rounds=[round_row()], attempts=answered("pack/i0", 1.0)))

    assert (await snapshot(store, asking(), asking(linked))).shares == {
        HALL: {"pack/i0": 1.0},
        linked: {"pack/i0": 1.0},
    }


async def test_shares_are_loaded_on_request_only(store: AnyStore) -> None:
    """For the places that any part of the batch asks them for."""
    rounds = [round_row(), round_row("r2", place=YARD, channel=YARD_ID)]
    attempts = [*answered("pack/i0", 1.0), *answered("pack/i0", 1.0, round_="r2")]
    await save(store, study(rounds=rounds, attempts=attempts))

    assert (await snapshot(store, ask(), ask(YARD, recent=5))).shares == {}
    found = await snapshot(store, ask(), ask(YARD), asking(YARD), ask(YARD))
    assert found.shares == {YARD: {"pack/i0": 1.0}}


async def test_where_nobody_answered_there_are_no_shares(store: AnyStore) -> None:
    """Neither of a channel that is not there, nor of one whose questions nobody has answered yet."""
    assert await snapshot(store, asking(account=ANN)) == Snapshot()
    await save(store, study(rounds=[round_row()], questions=question_rows()))

    assert (await snapshot(store, asking(), asking(YARD), asking(ATTIC))).shares == {}


@pytest.mark.parametrize("seed", range(3))
async def test_shares_are_the_same_to_the_last_digit_in_whatever_order_answers_came(
    store: AnyStore, seed: int
) -> None:
    """Credits that no float holds exactly included; a mean never leaves the range of what it is made of."""
    random = Random(seed)
    credits_ = [at / 7 for at in range(8)] * 20 + [0.1] * 33
    random.shuffle(credits_)
    attempts = [*answered("pack/i0", *credits_), *answered("pack/i1", *[0.1] * 30, first=900)]
    await save(store, study(rounds=[round_row()], attempts=attempts))

    twin = MemoryStore()
    by_credit = sorted(attempts, key=lambda row: row.credit)
    await save(twin, study(rounds=[round_row()], attempts=by_credit))
    found = await shares_of(store)

    assert found == await shares_of(twin), f"{seed=}"
    assert found["pack/i0"] == pytest.approx(sum(credits_) / len(credits_))
    assert found["pack/i1"] == 0.1


@pytest.mark.parametrize("stores, seed", SEEDS, indirect=["stores"])
async def test_any_store_does_with_groups_what_the_one_in_memory_does(store: AnyStore, seed: int) -> None:
    """A hundred random batches, the good and the refused: the same settings, items and shares after each."""
    random, model = Random(seed), MemoryStore()
    for twin in (store, model):
        await save(twin, study())
    for _ in range(100):
        changes = any_batch(random)
        assert await refused(store, changes) == await refused(model, changes), f"{seed=}"

        asked = [
            ask(place)._replace(shares=random.random() < 0.7) for place in (HALL, YARD, DAILY, ATTIC, HALL)
        ]
        ours = await snapshot(store, *asked)
        assert ours == await snapshot(model, *asked), f"{seed=}"
        assert await items_of(store) == await items_of(model)


async def refused(store: AnyStore | MemoryStore, changes: Changes) -> bool:
    """Return whether the store did not want to save *changes*."""
    try:
        await save(store, changes)
    except StoreError:
        return True
    return False


def any_batch(random: Random) -> Changes:
    """Return a batch of a few rows of each kind; its settings and rounds may be of what is not there."""
    rounds = [any_round(random) for _ in range(random.randrange(3))]
    attempts = [
        attempt_row(
            random.choice(LEARNERS).id,
            random.randrange(9),
            round_=row.id,
            item=f"pack/i{random.randrange(4)}",
            credit=random.choice([0.0, 0.1, 1 / 3, 2 / 3, 1.0]),
            group=row.group,
        )
        for row in rounds
        for _ in range(random.randrange(5))
    ]
    return Changes(
        channels=[row for row in (DAILY_CHANNEL, ATTIC_ROW) if random.random() < 0.1],
        settings=[
            SettingsRow(
                random.choice([GROUP_ID, GROUP_ID, 8]), random.choice(SETTINGS[:2]), random.choice(SETTINGS)
            )
            for _ in range(random.choice([0, 0, 1, 2]))
        ],
        rounds=rounds,
        attempts=attempts,
    )


def any_round(random: Random) -> RoundRow:
    """Return an ended round, which is always of the same channel."""
    number = random.randrange(12)
    place, channel, group = [*CHANNELS, DAILY_CHANNEL, ATTIC_ROW][number % 4][:3]
    return round_row(f"r{number}", place=place, channel=channel, open_=False)._replace(group=group)
