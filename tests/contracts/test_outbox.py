"""What every outbox promises, asked of each implementation."""

import asyncio

import pytest

from bot.records import Backlog, OutboxRow, Outcome, Place
from tests.contracts.outboxes import LEASE, claim, deliver, done, keys, label, later, never, promise
from tests.contracts.stores import HALL, YARD, AnyStore, Stores, edit_row, post_row


async def test_a_row_is_claimed_as_it_was_written(store: AnyStore) -> None:
    """Every column comes back; the first try is number 0 and a post has no message to edit yet."""
    row = OutboxRow("r1/q0", "post", Place("discord", "81"), "ann", -5, '{"v": "ü\'"}', "r1.0")
    await promise(store, row)

    (delivery,) = await claim(store)

    assert delivery.row == row
    assert (delivery.tries, delivery.ref) == (0, "")


async def test_a_row_waits_for_its_time(store: AnyStore) -> None:
    """It can be had at that very moment, not before."""
    await promise(store, post_row(not_before=50))

    assert await keys(store, 49) == []
    assert await keys(store, 50) == ["m1"]


async def test_nothing_is_claimed_twice_while_the_lease_lasts(store: AnyStore) -> None:
    """Afterwards another may have it, under a new number, and sees that it was tried."""
    await promise(store, post_row())
    (first,) = await claim(store, 10)

    assert await keys(store, 10 + LEASE - 1) == []
    (second,) = await claim(store, 10 + LEASE)

    assert (second.seq, second.row, second.tries) == (first.seq, first.row, 1)
    assert second.fence != first.fence


async def test_what_was_delivered_waits_no_more(store: AnyStore) -> None:
    """Nor does a second post with its key, which changes nothing."""
    await deliver(store, post_row())

    await promise(store, post_row(body="other", place=YARD))

    assert await keys(store, 9999) == []
    assert await store.backlog() == Backlog(0, None)


async def test_a_second_post_with_a_waiting_key_changes_nothing(store: AnyStore) -> None:
    """The first stands, in one transaction or in two."""
    await promise(store, post_row(body="first"), post_row(body="second"))
    await promise(store, post_row(body="third", not_before=7))

    (delivery,) = await claim(store)

    assert delivery.row == post_row(body="first")


async def test_posts_of_a_place_go_in_the_order_written(store: AnyStore) -> None:
    """Together or one by one."""
    await promise(store, post_row("a"), post_row("b"), post_row("c"))

    (first,) = await claim(store, limit=1)
    assert first.row.key == "a"
    assert await keys(store) == []
    await store.settle([done(first)], 0)
    assert await keys(store) == ["b", "c"]


@pytest.mark.parametrize("limit", [1, 2, 3])
async def test_a_limit_takes_the_first_of_a_line(store: AnyStore, limit: int) -> None:
    """What is left out is never before what is taken."""
    await promise(store, post_row("a"), post_row("b"), post_row("c"))

    assert await keys(store, limit=limit) == ["a", "b", "c"][:limit]


async def test_a_post_waits_for_earlier_ones_that_are_not_due(store: AnyStore) -> None:
    """However long that is, and however many are between."""
    await promise(store, post_row("a", not_before=100), post_row("b"), post_row("c"))

    assert await keys(store, 99) == []
    assert await keys(store, 100) == ["a", "b", "c"]


async def test_a_post_waits_for_an_earlier_one_that_is_tried_again(store: AnyStore) -> None:
    """The order holds through failures."""
    await promise(store, post_row("a"), post_row("b"))
    first, second = await claim(store)
    await store.settle([later(first, 300), later(second, 200)], 0)

    assert await keys(store, 299) == []
    assert await keys(store, 300) == ["a", "b"]


async def test_a_post_written_behind_one_under_way_waits(store: AnyStore) -> None:
    """Even when the earlier one was claimed by another process."""
    await promise(store, post_row("a"))
    (first,) = await claim(store)

    await promise(store, post_row("b"))

    assert await keys(store) == []
    await store.settle([done(first)], 0)
    assert await keys(store) == ["b"]


async def test_lines_do_not_wait_for_each_other(store: AnyStore) -> None:
    """Another place goes on, and so does what somebody else is told privately."""
    await promise(
        store,
        post_row("a", to="cat", not_before=100),
        post_row("b", place=YARD),
        post_row("c", to="ann"),
        post_row("d", to="ben"),
        post_row("e", place=Place("slack", HALL.id)),
    )

    assert await keys(store) == ["b", "c", "d", "e"]


async def test_across_places_the_oldest_go_first(store: AnyStore) -> None:
    """By the order in which they were written, posts and edits alike."""
    await deliver(store, post_row("m1"))
    await promise(store, post_row("a", place=YARD), edit_row("m1"), post_row("b"))
    await promise(store, post_row("c", place=YARD, not_before=-9))

    assert await keys(store, limit=3) == ["a", "m1*", "b"]


async def test_an_edit_waits_for_its_post_and_is_told_where_it_is(store: AnyStore) -> None:
    """It has the platform's id of the message as soon as that is known."""
    await promise(store, post_row("m1"), edit_row("m1"))
    (post,) = await claim(store)
    assert await keys(store) == []

    await store.settle([done(post, "1234.5")], 0)

    (edit,) = await claim(store)
    assert (edit.row, edit.ref) == (edit_row("m1"), "1234.5")


async def test_an_edit_waits_for_nothing_else(store: AnyStore) -> None:
    """Posts of its place may wait for an hour, and none of them waits for an edit."""
    await deliver(store, post_row("m1"))
    await promise(store, post_row("a", not_before=100), edit_row("m1"))

    (edit,) = await claim(store)

    assert label(edit) == "m1*"
    assert await keys(store, 100) == ["a"]


async def test_an_edit_without_any_post_waits_until_there_is_one(store: AnyStore) -> None:
    """The order in which the two are written does not matter."""
    await promise(store, edit_row("m1"))
    assert (await keys(store, 9999), await store.next_due()) == ([], None)

    await deliver(store, post_row("m1"))

    assert await keys(store) == ["m1*"]


async def test_an_outcome_with_an_old_number_is_ignored(store: AnyStore) -> None:
    """Whoever lost the row to another has no say any more."""
    await promise(store, post_row())
    (old,) = await claim(store)
    (new,) = await claim(store, LEASE)

    await store.settle([done(old)], LEASE)

    assert (await store.backlog()).depth == 1
    await store.settle([later(new, 5000)], LEASE)
    assert await store.next_due() == 5000


async def test_an_outcome_counts_after_the_lease_if_nobody_took_the_row(store: AnyStore) -> None:
    """Late is better than twice."""
    await promise(store, post_row())
    (delivery,) = await claim(store)

    await store.settle([done(delivery)], 10 * LEASE)

    assert await keys(store, 10 * LEASE) == []


async def test_an_outcome_counts_once(store: AnyStore) -> None:
    """The second of two for one claim is ignored, also when they disagree."""
    await promise(store, post_row())
    (delivery,) = await claim(store)
    await store.settle([later(delivery, 50)], 0)

    await store.settle([done(delivery), never(delivery)], 0)

    assert await keys(store, 50) == ["m1"]


async def test_outcomes_of_rows_that_are_gone_are_ignored(store: AnyStore) -> None:
    """As is a list of none."""
    await store.settle([], 0)
    await store.settle([Outcome(99, 1, done=True)], 0)

    assert await store.backlog() == Backlog(0, None)


async def test_a_failed_row_is_tried_again_at_its_time(store: AnyStore) -> None:
    """And counts its tries."""
    await promise(store, post_row())
    for tries in range(3):
        (delivery,) = await claim(store, tries * 100)
        assert delivery.tries == tries

        await store.settle([later(delivery, (tries + 1) * 100)], tries * 100)

        assert await keys(store, tries * 100 + 99) == []


async def test_a_post_that_was_given_up_holds_up_nobody(store: AnyStore) -> None:
    """The next of its line goes, and nothing is left waiting."""
    await promise(store, post_row("a"), post_row("b"))
    (first,) = await claim(store, limit=1)

    await store.settle([never(first)], 0)

    assert await keys(store) == ["b"]
    assert (await store.backlog()).depth == 1


async def test_the_edit_of_a_post_that_was_given_up_is_given_up(store: AnyStore) -> None:
    """Whether it was written before or comes later."""
    await promise(store, post_row("m1"), edit_row("m1"))
    (post,) = await claim(store)
    await store.settle([never(post)], 0)
    assert (await store.backlog(), await store.next_due()) == (Backlog(0, None), None)

    await promise(store, edit_row("m1", body="newer"))

    assert (await store.backlog(), await keys(store, 9999)) == (Backlog(0, None), [])


async def test_an_edit_that_was_given_up_lives_again_when_it_is_replaced(store: AnyStore) -> None:
    """What was refused was the old body."""
    await deliver(store, post_row("m1"))
    await promise(store, edit_row("m1", body="too long"))
    (edit,) = await claim(store)
    await store.settle([never(edit)], 0)
    assert await keys(store, 9999) == []

    await promise(store, edit_row("m1", body="shorter"))

    (again,) = await claim(store)
    assert (again.row.body, again.tries) == ("shorter", 0)


async def test_a_replaced_edit_says_the_newest(store: AnyStore) -> None:
    """It stays one row in its old place, and goes no later than it would have."""
    await deliver(store, post_row("m1"))
    await promise(store, edit_row("m1", body="one", not_before=50), post_row("a"))
    await promise(store, edit_row("m1", body="two", not_before=90))

    edit, post = await claim(store, 50)

    assert edit.row == edit_row("m1", body="two", not_before=50)
    assert post.row.key == "a"


async def test_a_replaced_edit_may_go_earlier(store: AnyStore) -> None:
    """A question that closes does not wait for the slow count of answers."""
    await deliver(store, post_row("m1"))
    await promise(store, edit_row("m1", body="one", not_before=90))
    await promise(
        store, edit_row("m1", body="two", not_before=50), edit_row("m1", body="three", not_before=70)
    )

    (edit,) = await claim(store, 50)

    assert edit.row == edit_row("m1", body="three", not_before=50)


async def test_an_edit_replaced_under_way_goes_again(store: AnyStore) -> None:
    """Not beside the first, but after it, at its own time; the first one's outcome does not end it."""
    await deliver(store, post_row("m1"))
    await promise(store, edit_row("m1", body="one"))
    (first,) = await claim(store)
    await promise(store, edit_row("m1", body="two", not_before=20))
    assert await keys(store, 20) == []

    await store.settle([done(first)], 10)

    assert await keys(store, 19) == []
    (second,) = await claim(store, 20)
    assert (second.seq, second.row.body) == (first.seq, "two")
    await store.settle([done(second)], 20)
    assert await store.backlog() == Backlog(0, None)


async def test_an_edit_replaced_twice_under_way_goes_at_the_earlier_time(store: AnyStore) -> None:
    """Only what is being sent is spent; what waits behind it keeps its time."""
    await deliver(store, post_row("m1"))
    await promise(store, edit_row("m1", body="one"))
    (first,) = await claim(store)
    await promise(store, edit_row("m1", body="two", not_before=20))
    await promise(store, edit_row("m1", body="three", not_before=90))
    await store.settle([done(first)], 10)

    (second,) = await claim(store, 20)

    assert second.row.body == "three"


async def test_an_edit_replaced_under_way_waits_as_long_as_the_platform_says(store: AnyStore) -> None:
    """A platform that wants the old body later wants the new one no earlier."""
    await deliver(store, post_row("m1"))
    await promise(store, edit_row("m1", body="one"))
    (first,) = await claim(store)
    await promise(store, edit_row("m1", body="two"))

    await store.settle([later(first, 500)], 10)

    assert await keys(store, 499) == []
    (second,) = await claim(store, 500)
    assert second.row.body == "two"


async def test_an_edit_replaced_under_way_is_not_given_up_with_the_old_body(store: AnyStore) -> None:
    """The new one has its own chance."""
    await deliver(store, post_row("m1"))
    await promise(store, edit_row("m1", body="one"))
    (first,) = await claim(store)
    await promise(store, edit_row("m1", body="two"))

    await store.settle([never(first)], 10)

    (second,) = await claim(store, 10)
    assert second.row.body == "two"


async def test_an_edit_replaced_while_it_waits_for_another_try_keeps_waiting(store: AnyStore) -> None:
    """New words do not lift the platform's limit."""
    await deliver(store, post_row("m1"))
    await promise(store, edit_row("m1", body="one"))
    (first,) = await claim(store)
    await store.settle([later(first, 500)], 0)

    await promise(store, edit_row("m1", body="two", not_before=5))

    assert await keys(store, 499) == []
    (second,) = await claim(store, 500)
    assert (second.row.body, second.tries) == ("two", 1)


async def test_a_delivered_edit_that_is_replaced_starts_afresh(store: AnyStore) -> None:
    """At the new time, with the post's id, and with no tries."""
    await deliver(store, post_row("m1"), edit_row("m1", body="one"))
    await store.settle([done(edit) for edit in await claim(store)], 0)

    await promise(store, edit_row("m1", body="two", not_before=70))

    assert await keys(store, 69) == []
    (edit,) = await claim(store, 70)
    assert (edit.row.body, edit.ref, edit.tries) == ("two", "ref of m1", 0)


async def test_next_due_is_when_a_claim_would_give_something(store: AnyStore) -> None:
    """Nothing, a row for later, a lease that ends, a line whose first one waits."""
    assert await store.next_due() is None
    await promise(store, post_row("a", not_before=70), post_row("b", not_before=10))
    assert await store.next_due() == 70
    await promise(store, post_row("c", place=YARD, not_before=90))
    assert await store.next_due() == 70

    deliveries = await claim(store, 70)

    assert [delivery.row.key for delivery in deliveries] == ["a", "b"]
    assert await store.next_due() == 90
    await claim(store, 90)
    assert await store.next_due() == 70 + LEASE


async def test_next_due_knows_edits_whose_post_is_there(store: AnyStore) -> None:
    """And leaves out those that wait for it."""
    await promise(store, post_row("m1", not_before=60), edit_row("m1", not_before=5))
    assert await store.next_due() == 60

    await deliver(store, now=60)

    assert await store.next_due() == 5


async def test_the_backlog_counts_what_waits_and_since_when(store: AnyStore) -> None:
    """Rows under way and rows to be tried again wait still, and the oldest keeps its age."""
    await promise(store, post_row("a", not_before=30), post_row("b", place=YARD, not_before=20))
    assert await store.backlog() == Backlog(2, 20)

    deliveries = {delivery.row.key: delivery for delivery in await claim(store, 30)}
    await store.settle([later(deliveries["b"], 400)], 30)
    assert await store.backlog() == Backlog(2, 20)

    await store.settle([done(deliveries["a"])], 30)
    assert await store.backlog() == Backlog(1, 20)


async def test_purge_forgets_rows_that_were_settled_before(store: AnyStore) -> None:
    """Delivered or given up; whatever waits stays, and so does what was settled later."""
    await deliver(store, post_row("a"), now=10)
    await promise(store, post_row("b"))
    await store.settle([never(delivery) for delivery in await claim(store, 20)], 20)
    await deliver(store, post_row("c"), now=30)
    await promise(store, post_row("d"))

    assert await store.purge(30) == 2
    assert await store.purge(30) == 0
    assert await store.purge(31) == 1
    assert await keys(store, 30) == ["d"]


async def test_purge_keeps_a_post_whose_edit_waits(store: AnyStore) -> None:
    """Else the edit would never learn what to change."""
    await deliver(store, post_row("m1"))
    await promise(store, edit_row("m1"))

    assert await store.purge(9999) == 0

    (edit,) = await claim(store)
    assert edit.ref == "ref of m1"
    await store.settle([done(edit)], 10)
    assert await store.purge(9999) == 2


async def test_two_processes_never_hold_the_same_row(stores: Stores) -> None:
    """Claims at once share what is due."""
    one, other = await stores.open(), await stores.open()
    await promise(one, *(post_row(f"m{at}", to=f"u{at}") for at in range(40)))

    taken = await asyncio.gather(*(store.claim(0, LEASE, 3) for store in [one, other] * 7))

    labels = sorted(label(delivery) for deliveries in taken for delivery in deliveries)
    assert labels == sorted(f"m{at}" for at in range(40))


async def test_a_claim_outlives_the_process_that_made_it(stores: Stores) -> None:
    """A store opened afterwards leaves the row alone until the lease ends, then takes it over."""
    first = await stores.open()
    await promise(first, post_row())
    await claim(first)
    await first.close()

    second = await stores.open()

    assert await keys(second, LEASE - 1) == []
    assert await keys(second, LEASE) == ["m1"]
