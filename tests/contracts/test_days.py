"""What every store promises of the days of groups and who answered, asked of each implementation."""

from bot.records import Account, Changes, ChannelRow, LearnerRow, Place, daily_place
from tests.contracts.schedules import (
    DAILY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    answers,
    day_row,
    schedule_row,
    week,
)
from tests.contracts.stores import (
    ANN,
    ANN_ID,
    BEN,
    BEN_ID,
    CAT_ID,
    GROUP_ID,
    HALL,
    AnyStore,
    ask,
    part,
    round_row,
    save,
    snapshot,
    study,
)


async def test_the_days_of_a_group_are_those_with_a_post(store: AnyStore) -> None:
    """Each once, however many schedules had one; not what was skipped or undelivered, nor another group's."""
    days = [
        day_row(TUESDAY),
        day_row(TUESDAY, "s2"),
        day_row(MONDAY, "s2"),
        day_row(WEDNESDAY, outcome="skipped"),
        day_row(WEDNESDAY, "s2", outcome="unposted"),
        day_row(THURSDAY, "s3", group=8),
    ]
    schedules = [schedule_row(), schedule_row("s2"), schedule_row("s3")]
    others = [ChannelRow(Place("web", "attic"), 30, 8)]
    await save(store, study(channels=others, schedules=schedules, days=days))

    assert list(await store.days(GROUP_ID, MONDAY)) == [MONDAY, TUESDAY]
    assert list(await store.days(GROUP_ID, TUESDAY)) == [TUESDAY]
    assert list(await store.days(GROUP_ID, WEDNESDAY)) == []
    assert list(await store.days(8, MONDAY)) == [THURSDAY]


async def answered_week(store: AnyStore, *, open_: str = "") -> None:
    """Save four days of two schedules, on which Ann, Ben and Cat answered now and then."""
    days = [
        day_row(MONDAY),
        day_row(TUESDAY),
        day_row(TUESDAY, "s2"),
        day_row(WEDNESDAY, outcome="unposted"),
        day_row(THURSDAY),
    ]
    answered = {
        f"s1-{MONDAY}": [BEN_ID, ANN_ID],
        f"s1-{TUESDAY}": [BEN_ID],
        f"s2-{TUESDAY}": [BEN_ID, CAT_ID],
        f"s1-{WEDNESDAY}": [ANN_ID, BEN_ID],
    }
    await save(store, study())
    await save(store, week(*days, answered=answered, open_=open_))


async def test_who_answered_is_known_of_each_day(store: AnyStore) -> None:
    """Each once and by id, whichever question of the day it was; days that nobody answered are there too."""
    await answered_week(store)

    assert dict(await store.day_answers(GROUP_ID, MONDAY)) == {
        MONDAY: [BEN_ID, ANN_ID],
        TUESDAY: [CAT_ID, BEN_ID],
        THURSDAY: [],
    }
    assert list(await store.day_answers(GROUP_ID, MONDAY)) == [MONDAY, TUESDAY, THURSDAY]
    assert dict(await store.day_answers(GROUP_ID, WEDNESDAY)) == {THURSDAY: []}
    assert dict(await store.day_answers(8, MONDAY)) == {}


async def test_a_learner_finds_their_days_by_each_of_their_accounts(store: AnyStore) -> None:
    """A stranger has none, nor has anybody any in another group."""
    await answered_week(store)
    other = Account("slack", "U1")
    await save(store, Changes(learners=[LearnerRow(other, BEN_ID, "Ben")]))

    assert list(await store.answered(GROUP_ID, BEN, MONDAY)) == [MONDAY, TUESDAY]
    assert list(await store.answered(GROUP_ID, other, TUESDAY)) == [TUESDAY]
    assert list(await store.answered(GROUP_ID, ANN, MONDAY)) == [MONDAY]
    assert list(await store.answered(GROUP_ID, Account("slack", "U2"), MONDAY)) == []
    assert list(await store.answered(8, BEN, MONDAY)) == []


async def test_an_answer_counts_for_the_round_that_the_day_had(store: AnyStore) -> None:
    """Other rounds of the same learner, in the same channel and at the same time, are no days."""
    await answered_week(store)
    await save(store, Changes(rounds=[round_row()], attempts=answers({"r1": [ANN_ID, CAT_ID]})))

    assert list(await store.answered(GROUP_ID, ANN, MONDAY)) == [MONDAY]


async def test_streaks_are_loaded_for_those_who_take_part(store: AnyStore) -> None:
    """The group's days, and the participants' own; not those of learners who are not in the open round."""
    await answered_week(store, open_=f"s1-{THURSDAY}")
    round_ = f"s1-{THURSDAY}"
    await save(store, Changes(participants=[part(ANN_ID, round_), part(BEN_ID, round_)]))

    found = await snapshot(store, ask(DAILY, days_since=MONDAY))

    assert found.days == {GROUP_ID: (MONDAY, TUESDAY, THURSDAY)}
    assert found.answered == {round_: {ANN_ID: (MONDAY,), BEN_ID: (MONDAY, TUESDAY)}}
    assert found.participants == {}


async def test_streaks_begin_at_the_earliest_date_that_is_wanted(store: AnyStore) -> None:
    """By any part of the batch; who has no day since then is left out."""
    round_ = f"s1-{THURSDAY}"
    await answered_week(store, open_=round_)
    await save(store, Changes(participants=[part(ANN_ID, round_), part(BEN_ID, round_)]))

    late = await snapshot(store, ask(DAILY, days_since=WEDNESDAY), ask(DAILY, days_since=TUESDAY), ask(DAILY))
    latest = await snapshot(store, ask(DAILY, days_since="2026-03-06"))

    assert late.days == {GROUP_ID: (TUESDAY, THURSDAY)}
    assert late.answered == {round_: {BEN_ID: (TUESDAY,)}}
    assert (latest.days, latest.answered) == ({}, {})


async def test_streaks_are_loaded_on_request_and_for_an_open_round(store: AnyStore) -> None:
    """Where none is open, and where none is wanted, there is nothing."""
    await answered_week(store, open_=f"s1-{THURSDAY}")
    await save(store, Changes(participants=[part(BEN_ID, f"s1-{THURSDAY}")]))

    found = await snapshot(store, ask(DAILY), ask(HALL, days_since=MONDAY))

    assert (found.days, found.answered) == ({}, {})


async def test_a_learner_of_two_groups_has_the_days_of_each(store: AnyStore) -> None:
    """Also when one batch loads both: what was answered in one group is no answer in the other."""
    round_, other = f"s1-{TUESDAY}", f"t1-{TUESDAY}"
    attic = Place("web", "attic")
    there = daily_place(attic, "t1")
    await save(store, study())
    await save(
        store,
        week(day_row(MONDAY), day_row(TUESDAY), answered={f"s1-{MONDAY}": [ANN_ID]}, open_=round_),
    )
    theirs = week(day_row(MONDAY, "t1", group=8), day_row(TUESDAY, "t1", group=8), answered={})
    theirs.channels = [ChannelRow(attic, 30, 8), ChannelRow(there, 31, 8)]
    theirs.schedules = [schedule_row("t1", place=attic)._replace(group=8)]
    theirs.rounds = [row._replace(channel=31, place=there, open=row.id == other) for row in theirs.rounds]
    await save(store, theirs)
    await save(store, Changes(participants=[part(ANN_ID, round_), part(ANN_ID, other)]))

    found = await snapshot(store, ask(DAILY, days_since=MONDAY), ask(there, days_since=TUESDAY))

    assert found.days == {GROUP_ID: (MONDAY, TUESDAY), 8: (TUESDAY,)}
    assert found.answered == {round_: {ANN_ID: (MONDAY,)}}
