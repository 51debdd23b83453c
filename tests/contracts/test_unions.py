"""What every store promises of unions of groups and of mirrored channels, asked of each implementation."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.core.errors import StoreError
from bot.core.leaderboards import Measure
from bot.records import (
    Account,
    Asked,
    Changes,
    ChannelRow,
    DayRow,
    FlagRow,
    LearnerRow,
    Mirror,
    MirrorRow,
    Place,
    ScheduleRow,
    SettingsRow,
    Snapshot,
    TotalRow,
    UnionRow,
    channel_board,
    everywhere_board,
    group_board,
    topic_board,
)
from tests.contracts.stores import (
    ANN,
    ANN_ID,
    BEN_ID,
    CAT_ID,
    CHANNELS,
    GROUP_ID,
    HALL,
    HALL_ID,
    STORES,
    YARD,
    AnyStore,
    Stores,
    ask,
    attempt_row,
    part,
    question_rows,
    round_row,
    save,
    snapshot,
    stores_of,
    study,
)

ROOM = Place("slack", "T0/C0")
ROOM_ID, TEAM_ID = 40, 41
LAB = Place("web", "lab")
LAB_ID, CLUB_ID = 50, 51
UNION_ID, OTHER_ID = 2**62 + 7, 60
ROOM_ROW = ChannelRow(ROOM, ROOM_ID, TEAM_ID, own=TEAM_ID)
LAB_ROW = ChannelRow(LAB, LAB_ID, CLUB_ID, own=CLUB_ID)
JOINED = [UnionRow(GROUP_ID, 0, UNION_ID, "{}"), UnionRow(TEAM_ID, 0, UNION_ID, "{}")]
WEEK = "w2026-11-16"


@pytest.fixture(params=STORES)
async def stores(request: pytest.FixtureRequest) -> AsyncIterator[Stores]:
    """The stores of one implementation, all on one database."""
    async with stores_of(request) as opened:
        yield opened


@pytest.fixture
async def store(stores: Stores) -> AnyStore:
    """A store with three groups, each with a little on its boards."""
    store = await stores.open()
    await save(store, study(channels=[ROOM_ROW, LAB_ROW], totals=totals()))
    return store


def totals() -> list[TotalRow]:
    """Return what the groups have earned."""
    return [
        TotalRow(group_board(GROUP_ID, "a"), ANN_ID, 100, 2, 1),
        TotalRow(group_board(GROUP_ID, "a"), BEN_ID, 40, 1, 1),
        TotalRow(group_board(GROUP_ID, WEEK), ANN_ID, 60, 1, 1),
        TotalRow(topic_board(GROUP_ID, "1.1", "a"), ANN_ID, 100, 2, 1),
        TotalRow(group_board(TEAM_ID, "a"), ANN_ID, 5, 1, 0),
        TotalRow(group_board(TEAM_ID, "a"), CAT_ID, 70, 1, 1),
        TotalRow(topic_board(TEAM_ID, "1.1", "a"), CAT_ID, 70, 1, 1),
        TotalRow(topic_board(TEAM_ID, "2", "a"), CAT_ID, 7, 1, 1),
        TotalRow(group_board(CLUB_ID, "a"), BEN_ID, 1, 1, 1),
        TotalRow(channel_board(HALL_ID, "a"), ANN_ID, 100, 2, 1),
        TotalRow(everywhere_board("a"), ANN_ID, 105, 3, 1),
    ]


async def board(store: AnyStore, key: str) -> dict[int, tuple[int, int, int]]:
    """Return what a board holds of each learner on it: points, answers, right ones."""
    rows = await store.top(key, Measure.POINTS, 0, 5000)
    return {row.learner: (row.points, row.answers, row.right) for row in rows}


async def leads(store: AnyStore, place: Place) -> tuple[int, int, int]:
    """Return the channel that *place* leads to, its group and the own group of the place."""
    row = (await snapshot(store, ask(place))).channels[place]
    return row.id, row.group, row.own


async def test_a_group_that_joins_is_found_as_the_union(store: AnyStore) -> None:
    """Its channels are the union's from now on, also those to come, and the settings are the union's."""
    await save(store, Changes(unions=[row._replace(settings="joint") for row in JOINED]))

    found = await snapshot(store, ask(), ask(ROOM), Asked("", Place("slack", "T0/new"), None, group=TEAM_ID))

    assert found.channels[HALL] == CHANNELS[0]._replace(group=UNION_ID, settings="joint")
    assert found.channels[ROOM] == ROOM_ROW._replace(group=UNION_ID, settings="joint")
    assert found.unions == {TEAM_ID: UNION_ID}
    assert found.settings == {TEAM_ID: "", UNION_ID: "joint"}
    assert await leads(store, LAB) == (LAB_ID, CLUB_ID, CLUB_ID)


async def test_the_boards_of_a_union_are_the_sums_of_its_members(store: AnyStore) -> None:
    """Of every period and topic; the members' own boards stay as they were."""
    await save(store, Changes(unions=JOINED))

    assert await board(store, group_board(UNION_ID, "a")) == {
        ANN_ID: (105, 3, 1),
        BEN_ID: (40, 1, 1),
        CAT_ID: (70, 1, 1),
    }
    assert await board(store, group_board(UNION_ID, WEEK)) == {ANN_ID: (60, 1, 1)}
    assert await board(store, topic_board(UNION_ID, "1.1", "a")) == {
        ANN_ID: (100, 2, 1),
        CAT_ID: (70, 1, 1),
    }
    assert await board(store, topic_board(UNION_ID, "2", "a")) == {CAT_ID: (7, 1, 1)}
    assert await board(store, group_board(GROUP_ID, "a")) == {ANN_ID: (100, 2, 1), BEN_ID: (40, 1, 1)}
    assert await board(store, everywhere_board("a")) == {ANN_ID: (105, 3, 1)}


async def test_whoever_leaves_has_again_what_was_theirs_and_what_they_earned_meanwhile(
    store: AnyStore,
) -> None:
    """The union of two is over then: nothing is left of it."""
    await save(store, Changes(unions=JOINED))
    await save(
        store,
        Changes(
            totals=[
                TotalRow(group_board(TEAM_ID, "a"), CAT_ID, 30, 1, 1),
                TotalRow(group_board(UNION_ID, "a"), CAT_ID, 30, 1, 1),
            ]
        ),
    )
    assert (await board(store, group_board(UNION_ID, "a")))[CAT_ID] == (100, 2, 2)

    await save(store, Changes(unions=[UnionRow(TEAM_ID, UNION_ID, 0)]))

    assert await board(store, group_board(TEAM_ID, "a")) == {ANN_ID: (5, 1, 0), CAT_ID: (100, 2, 2)}
    assert await board(store, group_board(UNION_ID, "a")) == {}
    assert await leads(store, HALL) == (HALL_ID, GROUP_ID, GROUP_ID)
    assert await leads(store, ROOM) == (ROOM_ID, TEAM_ID, TEAM_ID)


async def test_a_third_group_may_join_and_leave_again(store: AnyStore) -> None:
    """The boards are summed anew each time, and the two that stay are a union still."""
    await save(store, Changes(unions=JOINED))
    before = await board(store, group_board(UNION_ID, "a"))

    await save(store, Changes(unions=[UnionRow(CLUB_ID, 0, UNION_ID, "ignored")]))

    assert (await board(store, group_board(UNION_ID, "a")))[BEN_ID] == (41, 2, 2)
    assert (await snapshot(store, ask(LAB))).channels[LAB].settings == "{}"

    await save(store, Changes(unions=[UnionRow(CLUB_ID, UNION_ID, 0)]))

    assert await board(store, group_board(UNION_ID, "a")) == before
    assert await leads(store, HALL) == (HALL_ID, UNION_ID, GROUP_ID)
    assert await leads(store, LAB) == (LAB_ID, CLUB_ID, CLUB_ID)


async def test_a_group_may_go_from_one_union_to_another(store: AnyStore) -> None:
    """Whoever was left behind alone is in none any more."""
    await save(store, Changes(unions=JOINED))

    moves = [UnionRow(TEAM_ID, UNION_ID, OTHER_ID, "new"), UnionRow(CLUB_ID, 0, OTHER_ID, "new")]
    await save(store, Changes(unions=moves))

    assert await leads(store, ROOM) == (ROOM_ID, OTHER_ID, TEAM_ID)
    assert await leads(store, HALL) == (HALL_ID, GROUP_ID, GROUP_ID)
    assert await board(store, group_board(OTHER_ID, "a")) == {
        ANN_ID: (5, 1, 0),
        BEN_ID: (1, 1, 1),
        CAT_ID: (70, 1, 1),
    }
    assert await board(store, group_board(UNION_ID, "a")) == {}


async def test_several_rows_of_one_group_are_one_way(store: AnyStore) -> None:
    """From where the first found it to where the last leaves it."""
    there_and_back = [*JOINED, UnionRow(TEAM_ID, UNION_ID, 0)]

    await save(store, Changes(unions=there_and_back))

    assert await leads(store, ROOM) == (ROOM_ID, TEAM_ID, TEAM_ID)
    assert await leads(store, HALL) == (HALL_ID, GROUP_ID, GROUP_ID)


@pytest.mark.parametrize(
    "row",
    [UnionRow(TEAM_ID, OTHER_ID, UNION_ID), UnionRow(99, 0, UNION_ID)],
    ids=["others changed it", "unknown"],
)
async def test_nothing_is_written_when_a_group_is_not_where_it_was_loaded(
    store: AnyStore, row: UnionRow
) -> None:
    """All of the batch is refused."""
    with pytest.raises(StoreError):
        await save(store, Changes(unions=[row], totals=[TotalRow("e|x", ANN_ID, 1, 1, 1)]))

    assert await leads(store, ROOM) == (ROOM_ID, TEAM_ID, TEAM_ID)
    assert await board(store, "e|x") == {}


async def test_settings_of_a_union_may_be_changed_with_the_batch_that_makes_it(store: AnyStore) -> None:
    """They are what they were before when the union is new with it; those of its members are their own."""
    changes = Changes(unions=JOINED, settings=[SettingsRow(UNION_ID, "{}", "joint")])
    await save(store, changes)
    await save(store, Changes(settings=[SettingsRow(TEAM_ID, "", "own")]))

    found = await snapshot(store, ask(ROOM), Asked("", ROOM, None, group=TEAM_ID))

    assert found.channels[ROOM].settings == "joint"
    assert found.settings == {TEAM_ID: "own", UNION_ID: "joint"}


async def test_a_union_of_many_is_kept_in_order(stores: Stores) -> None:
    """Boards that are small in each group grow together, and are small again without."""
    store = await stores.open()
    await save(store, study(channels=[ROOM_ROW]))
    people = [LearnerRow(Account("web", f"p{n}"), 1000 + n, f"P{n}") for n in range(1200)]
    half = [
        TotalRow(group_board(GROUP_ID if n % 2 else TEAM_ID, "a"), 1000 + n, n, 1, 1) for n in range(1200)
    ]
    await save(store, Changes(learners=people, totals=half))

    await save(store, Changes(unions=JOINED))
    page = await store.page(group_board(UNION_ID, "a"), Measure.POINTS, 1000 + 600, 1, 10, 2)

    assert page.listed == 1200
    assert [row.points for row in page.rows] == list(range(1199, 1189, -1))
    assert page.own is not None
    assert page.own.rank == 600

    gained = [TotalRow(group_board(UNION_ID, "a"), 1000 + 600, 10_000, 1, 1)]
    await save(store, Changes(totals=gained))
    assert (await store.top(group_board(UNION_ID, "a"), Measure.POINTS, 0, 1))[0].points == 10_600

    await save(store, Changes(unions=[UnionRow(TEAM_ID, UNION_ID, 0)]))
    assert await store.size(group_board(UNION_ID, "a"), Measure.POINTS) == 0
    assert await store.size(group_board(TEAM_ID, "a"), Measure.POINTS) == 600


async def test_what_belongs_to_a_group_is_found_from_the_whole_union(store: AnyStore) -> None:
    """Days, answers on them, what was answered and flagged, and who had an item before."""
    schedule = ScheduleRow("s1", ROOM, TEAM_ID, 1, None, None, "{}")
    theirs = round_row("r2", place=ROOM, channel=ROOM_ID, open_=False)._replace(group=TEAM_ID)
    rows = Changes(
        schedules=[schedule],
        days=[DayRow("s1", "2026-11-20", TEAM_ID, "posted", "r2", 5)],
        rounds=[theirs, round_row()],
        questions=question_rows("r2"),
        participants=[part(ANN_ID), part(ANN_ID, "r2")],
        attempts=[attempt_row(round_="r2", group=TEAM_ID), attempt_row(CAT_ID, round_="r2", group=TEAM_ID)],
        flags=[FlagRow(TEAM_ID, "pack/i0", "r2.0", CAT_ID, 9, "odd")],
    )
    await save(store, rows)
    assert await store.days(GROUP_ID, "2026-01-01") == []

    await save(store, Changes(unions=JOINED))

    for group in (GROUP_ID, TEAM_ID, UNION_ID):
        assert list(await store.days(group, "2026-01-01")) == ["2026-11-20"]
        assert await store.answered(group, ANN, "2026-01-01") == ["2026-11-20"]
        assert dict(await store.day_answers(group, "2026-01-01")) == {"2026-11-20": [CAT_ID, ANN_ID]}
        assert [row.learner for row in await store.earned(group, 0, 9999, "@")] == [CAT_ID, ANN_ID]
        assert [(row.item, row.answers) for row in await store.items(group, 0, 9999, "@")] == [("pack/i0", 2)]
        assert [row.question for row in await store.flags(group)] == ["r2.0"]
    found = await snapshot(store, ask(everyone=True))
    assert found.repeats == {"r1": {ANN_ID: 1}}
    record = await store.look("r2")
    assert record is not None
    assert (record.row.group, record.group) == (TEAM_ID, UNION_ID)
    assert list(await store.homes(TEAM_ID)) == [ROOM]
    assert list(await store.homes(GROUP_ID)) == []


async def test_a_round_keeps_its_mirrors(store: AnyStore) -> None:
    """As they were when it began, and its sides' groups have their own settings loaded with everyone."""
    mirrors = (Mirror(ROOM, TEAM_ID), Mirror(Place("web", 'a "quoted" ü'), CLUB_ID))
    await save(store, Changes(unions=JOINED, settings=[SettingsRow(TEAM_ID, "", "own")]))
    await save(store, Changes(rounds=[round_row()._replace(mirrors=mirrors)]))

    found = await snapshot(store, ask(everyone=True))

    assert found.rounds[HALL].mirrors == mirrors
    assert found.settings == {GROUP_ID: "", TEAM_ID: "own", CLUB_ID: "", UNION_ID: "{}"}
    assert found.unions == {GROUP_ID: UNION_ID, TEAM_ID: UNION_ID}
    record = await store.look("r1")
    assert record is not None
    assert record.row.mirrors == mirrors
    assert (await snapshot(store, ask())).settings == {}


async def test_a_mirrored_place_leads_to_the_other_channel_and_back(store: AnyStore) -> None:
    """Its own group stays its own, and both find the same round."""
    await save(store, Changes(unions=JOINED, mirrors=[MirrorRow(ROOM, HALL_ID)]))
    await save(store, Changes(rounds=[round_row()]))

    found = await snapshot(store, ask(ROOM), Asked("", HALL, None, places=True))

    assert await leads(store, ROOM) == (HALL_ID, UNION_ID, TEAM_ID)
    assert found.rounds[ROOM] == found.rounds[HALL] == round_row()
    assert found.places == {HALL_ID: (Mirror(ROOM, TEAM_ID), Mirror(HALL, GROUP_ID))}

    await save(store, Changes(rounds=[round_row(version=2, open_=False)]))
    await save(store, Changes(mirrors=[MirrorRow(ROOM, ROOM_ID)]))
    assert await leads(store, ROOM) == (ROOM_ID, UNION_ID, TEAM_ID)
    places = (await snapshot(store, Asked("", HALL, None, places=True))).places
    assert places == {HALL_ID: (Mirror(HALL, GROUP_ID),)}


@pytest.mark.parametrize("busy", [(HALL, HALL_ID), (ROOM, ROOM_ID)], ids=["there", "here"])
async def test_a_place_is_not_mirrored_while_a_round_is_open(
    store: AnyStore, busy: tuple[Place, int]
) -> None:
    """Neither where it leads nor where it would; when the same batch ends the round, it is."""
    place, channel = busy
    running = round_row(place=place, channel=channel)
    await save(store, Changes(unions=JOINED, rounds=[running]))

    with pytest.raises(StoreError):
        await save(store, Changes(mirrors=[MirrorRow(ROOM, HALL_ID)]))

    assert await leads(store, ROOM) == (ROOM_ID, UNION_ID, TEAM_ID)
    ended = running._replace(version=2, open=False)
    await save(store, Changes(mirrors=[MirrorRow(ROOM, HALL_ID)], rounds=[ended]))
    assert await leads(store, ROOM) == (HALL_ID, UNION_ID, TEAM_ID)


async def test_a_place_that_nobody_knows_is_not_mirrored(store: AnyStore) -> None:
    """Unless it is new with the same batch."""
    new = Place("slack", "T0/new")
    with pytest.raises(StoreError):
        await save(store, Changes(mirrors=[MirrorRow(new, HALL_ID)]))

    row = ChannelRow(new, 77, TEAM_ID, own=TEAM_ID)
    await save(store, Changes(channels=[row], unions=JOINED, mirrors=[MirrorRow(new, HALL_ID)]))

    assert await leads(store, new) == (HALL_ID, UNION_ID, TEAM_ID)


async def test_places_of_groups_that_part_lead_to_their_own_channels_again(store: AnyStore) -> None:
    """Those of whoever leaves, and others' that led to a channel of theirs; a second mirror at home stays."""
    await save(store, Changes(unions=JOINED, mirrors=[MirrorRow(ROOM, HALL_ID), MirrorRow(YARD, HALL_ID)]))

    await save(store, Changes(unions=[UnionRow(GROUP_ID, UNION_ID, 0)]))

    assert await leads(store, ROOM) == (ROOM_ID, TEAM_ID, TEAM_ID)
    assert await leads(store, YARD) == (HALL_ID, GROUP_ID, GROUP_ID)


async def test_a_round_that_is_open_when_groups_part_is_played_to_its_end_everywhere(
    store: AnyStore,
) -> None:
    """Only then do the places part."""
    running = round_row()._replace(mirrors=(Mirror(ROOM, TEAM_ID),))
    await save(store, Changes(unions=JOINED, mirrors=[MirrorRow(ROOM, HALL_ID)]))
    await save(store, Changes(rounds=[running]))

    await save(store, Changes(unions=[UnionRow(TEAM_ID, UNION_ID, 0)]))
    assert await leads(store, ROOM) == (HALL_ID, TEAM_ID, TEAM_ID)

    await save(store, Changes(rounds=[running._replace(version=2, open=False)]))
    assert await leads(store, ROOM) == (ROOM_ID, TEAM_ID, TEAM_ID)


async def test_schedules_of_a_channel_are_those_of_all_its_places(store: AnyStore) -> None:
    """Where the places are asked for as well."""
    mine = ScheduleRow("s1", HALL, GROUP_ID, 1, None, None, "{}")
    theirs = ScheduleRow("s2", ROOM, TEAM_ID, 1, None, None, "{}")
    await save(store, Changes(unions=JOINED, mirrors=[MirrorRow(ROOM, HALL_ID)], schedules=[mine, theirs]))

    both = await snapshot(store, Asked("", ROOM, None, schedules=True, places=True))
    own = await snapshot(store, Asked("", ROOM, None, schedules=True))

    assert both.schedules == {"s1": mine, "s2": theirs}
    assert own.schedules == {"s2": theirs}


async def test_a_batch_that_counted_on_another_union_is_decided_again(stores: Stores) -> None:
    """Another process joined the groups meanwhile: what is earned counts for the union too."""
    one, other = await stores.open(), await stores.open()
    await save(one, study(channels=[ROOM_ROW], totals=totals()[:1]))

    def decide(found: Snapshot) -> Changes:
        group = found.channels[HALL].group
        boards = {group_board(GROUP_ID, "a"), group_board(group, "a")}
        return Changes(totals=[TotalRow(key, ANN_ID, 11, 1, 1) for key in sorted(boards)])

    joining = save(other, Changes(unions=JOINED))
    await asyncio.gather(one.transact([ask()], (), decide), joining, one.transact([ask()], (), decide))

    assert await board(one, group_board(GROUP_ID, "a")) == {ANN_ID: (122, 4, 3)}
    assert await board(one, group_board(UNION_ID, "a")) == {ANN_ID: (122, 4, 3)}


async def test_a_round_that_begins_while_its_place_is_mirrored_is_where_the_place_leads(
    stores: Stores,
) -> None:
    """Whoever comes first: the place never leads away from a round of its own."""
    one, other = await stores.open(), await stores.open()
    await save(one, study(channels=[ROOM_ROW], unions=JOINED))

    def begin(found: Snapshot) -> Changes:
        channel = found.channels[ROOM].id
        return Changes(rounds=[] if ROOM in found.rounds else [round_row(place=ROOM, channel=channel)])

    mirrored = save(other, Changes(mirrors=[MirrorRow(ROOM, HALL_ID)]))
    await asyncio.gather(one.transact([ask(ROOM)], (), begin), mirrored, return_exceptions=True)

    found = await snapshot(one, ask(ROOM))
    assert found.rounds[ROOM].channel == found.channels[ROOM].id
