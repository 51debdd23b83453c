"""What every outbox promises about its order across lines, about tries, and about whoever takes it over."""

import pytest

from bot.records import Place
from tests.contracts.outboxes import LEASE, claim, done, keys, later, never, promise, untried
from tests.contracts.stores import MARKS, YARD, AnyStore, Stores, edit_row, post_row

# ------------------------------------------------------------------------------------- public, then private


async def test_a_private_post_waits_for_what_its_place_was_told_before(store: AnyStore) -> None:
    """It never comes in the same claim, as whoever delivers that may send both at once."""
    elsewhere = [post_row("d", to="ann", place=YARD), post_row("e", to="ann", place=Place("slack", "hall"))]
    await promise(store, post_row("a"), post_row("b", to="ann"), post_row("c", to="ben"), *elsewhere)

    public, *others = await claim(store)

    assert [one.row.key for one in (public, *others)] == ["a", "d", "e"]
    assert await keys(store) == []
    await store.settle([done(public)], 0)
    assert await keys(store) == ["b", "c"]


async def test_a_private_post_waits_for_a_public_one_that_is_not_due(store: AnyStore) -> None:
    """However long that is, and through all of its tries."""
    await promise(store, post_row("a", not_before=50), post_row("b", to="ann"))
    assert await keys(store, 49) == []
    (public,) = await claim(store, 50)
    await store.settle([later(public, 300)], 50)
    assert await keys(store, 299) == []

    (public,) = await claim(store, 300)
    await store.settle([done(public)], 300)

    assert (public.row.key, await keys(store, 300)) == ("a", ["b"])


async def test_a_private_post_waits_for_every_earlier_public_one(store: AnyStore) -> None:
    """The last of them lets it go."""
    await promise(store, post_row("a"), post_row("b"), post_row("c", to="ann"))
    first, second = await claim(store)

    await store.settle([done(first)], 0)
    assert await keys(store) == []
    await store.settle([done(second)], 0)

    assert await keys(store) == ["c"]


async def test_a_private_post_still_waits_when_the_lease_of_the_public_one_is_over(store: AnyStore) -> None:
    """Nobody knows yet whether that one is there."""
    await promise(store, post_row("a"), post_row("b", to="ann"))
    await claim(store)

    assert await keys(store, LEASE) == ["a"]


async def test_a_public_post_that_was_given_up_frees_the_private_ones_behind_it(store: AnyStore) -> None:
    """What will never be there can hold up nobody."""
    await promise(store, post_row("a"), post_row("b", to="ann"))
    (public,) = await claim(store)

    await store.settle([never(public)], 0)

    assert await keys(store) == ["b"]


async def test_a_public_post_written_later_does_not_hold_a_private_one(store: AnyStore) -> None:
    """Only what comes after it waits for it."""
    await promise(store, post_row("a", to="ann"), post_row("b", not_before=50), post_row("c", to="ann"))

    assert await keys(store) == ["a"]


async def test_no_private_post_holds_a_public_one(store: AnyStore) -> None:
    """One reader who cannot be reached is no reason for the others to wait."""
    await promise(store, post_row("a", to="ann", not_before=50), post_row("b"), post_row("c", to="ann"))

    assert await keys(store) == ["b"]


async def test_edits_hold_no_private_post(store: AnyStore) -> None:
    """Nor does any wait for one that is public."""
    await promise(store, post_row("a"), post_row("b", to="ann"))
    for _ in range(2):
        await store.settle([done(delivery) for delivery in await claim(store)], 0)
    await promise(store, edit_row("a", not_before=50), post_row("c", to="ann"))
    await promise(store, post_row("d", not_before=50), edit_row("b", to="ann"))

    assert await keys(store) == ["c", "b*"]


async def test_next_due_leaves_out_what_waits_for_a_public_post(store: AnyStore) -> None:
    """Whoever sleeps until then does not wake for nothing."""
    await promise(store, post_row("a", not_before=70), post_row("b", to="ann", not_before=10))
    assert await store.next_due() == 70
    (public,) = await claim(store, 70)
    assert await store.next_due() == 70 + LEASE
    await store.settle([later(public, 400)], 70)
    assert await store.next_due() == 400

    (public,) = await claim(store, 400)
    await store.settle([done(public)], 400)

    assert await store.next_due() == 10


# ---------------------------------------------------------------------------------------------------- tries


async def test_a_row_that_only_waited_was_not_tried(store: AnyStore) -> None:
    """It comes back as it was, and what was tried before still counts."""
    await promise(store, post_row())
    tries = []
    for now, outcome in enumerate([untried, later, untried, untried, later]):
        (delivery,) = await claim(store, now)
        tries.append(delivery.tries)
        await store.settle([outcome(delivery, now + 1)], now)

    (delivery,) = await claim(store, 9)
    assert [*tries, delivery.tries] == [0, 0, 1, 1, 1, 2]


async def test_many_rows_are_settled_each_with_its_own_tries(store: AnyStore) -> None:
    """The first failed, and the other waited behind it."""
    await promise(store, post_row("a"), post_row("b"))
    first, second = await claim(store)

    await store.settle([later(first, 5), untried(second, 0)], 0)

    assert [delivery.tries for delivery in await claim(store, 5)] == [1, 0]


# ------------------------------------------------------------------------------------------- taking it over

ALONE = pytest.mark.parametrize("stores", ["memory", "sqlite"], indirect=True)
SHARED = pytest.mark.parametrize("stores", [pytest.param("postgres", marks=MARKS["postgres"])], indirect=True)


@ALONE
async def test_whoever_takes_over_has_what_another_had_in_hand_at_once(stores: Stores) -> None:
    """It was tried, so its own message is looked for; what it waits for besides, it waits for still."""
    dead = await stores.open()
    await promise(dead, post_row("a"), post_row("b", place=YARD), post_row("c", place=YARD))
    old, failed, behind = await claim(dead)
    await dead.settle([later(failed, 50), untried(behind, 0)], 0)

    store = await stores.open()
    await store.take_over()

    (delivery,) = await claim(store, 1)
    assert (delivery.row.key, delivery.tries) == ("a", 1)
    assert delivery.fence != old.fence
    assert await keys(store, 49) == []
    assert await keys(store, 50) == ["b", "c"]


@ALONE
async def test_an_outcome_from_before_the_takeover_is_ignored(stores: Stores) -> None:
    """Whether or not the row was claimed again."""
    dead, store = await stores.open(), await stores.open()
    await promise(dead, post_row())
    (old,) = await claim(dead)
    await store.take_over()

    await dead.settle([done(old)], 1)

    assert (await store.backlog()).depth == 1
    await claim(store, 1)
    await dead.settle([done(old)], 1)
    assert (await store.backlog()).depth == 1


@ALONE
async def test_an_edit_that_was_in_hand_at_the_takeover_is_replaced_like_any_other(stores: Stores) -> None:
    """It goes no later than it would have, since nobody is sending it any more."""
    store = await stores.open()
    await promise(store, post_row())
    await store.settle([done(delivery) for delivery in await claim(store)], 0)
    await promise(store, edit_row(body="old"))
    await claim(store)
    await store.take_over()

    await promise(store, edit_row(body="new", not_before=500))

    (delivery,) = await claim(store, 1)
    assert delivery.row.body == "new"


@SHARED
async def test_where_others_may_be_delivering_nothing_is_taken_from_them(stores: Stores) -> None:
    """Another process of several starts: the leases of those that live go on."""
    alive, store = await stores.open(), await stores.open()
    await promise(alive, post_row())
    (delivery,) = await claim(alive)

    await store.take_over()

    assert await keys(store, LEASE - 1) == []
    await alive.settle([done(delivery)], LEASE - 1)
    assert (await store.backlog()).depth == 0
