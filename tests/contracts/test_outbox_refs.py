"""The outbox knows which of its messages a platform means by an id."""

from bot.records import Place
from tests.contracts.outboxes import claim, deliver, done, later, never, promise
from tests.contracts.stores import HALL, AnyStore, Stores, edit_row, post_row

ELSEWHERE = Place("discord", "5")


async def settled(store: AnyStore, key: str, ref: str, place: Place = HALL) -> None:
    """Promise a message and settle it under *ref*."""
    await promise(store, post_row(key, place=place))
    await store.settle([done(delivery, ref) for delivery in await claim(store)], 1)


async def test_a_posted_message_is_found_by_the_id_that_the_platform_gave_it(stores: Stores) -> None:
    """By every process, and by no other id."""
    store, other = await stores.open(), await stores.open()
    await settled(store, "r1.1.ask", "123")
    await settled(store, "r1.1.reveal", "1234")

    assert await other.key_of("web", "123") == "r1.1.ask"
    assert await other.key_of("web", "1234") == "r1.1.reveal"
    for ref in ("12", "3", "", ",", "0123", "r1.1.ask", "%", "*", '"123"'):
        assert await other.key_of("web", ref) == ""


async def test_each_part_of_a_message_leads_to_its_key(store: AnyStore) -> None:
    """The whole list is no id of anything."""
    await settled(store, "m1", "123,124,125")
    await settled(store, "m2", "126")

    assert [await store.key_of("web", ref) for ref in ("123", "124", "125", "126")] == ["m1"] * 3 + ["m2"]
    assert await store.key_of("web", "123,124") == ""
    assert await store.key_of("web", "123,124,125") == ""


async def test_a_list_with_holes_has_the_ids_that_it_has(store: AnyStore) -> None:
    """Nothing is not the id of a message, and quotation marks are as good as any character."""
    await settled(store, "m1", 'a"b,,c\\d')

    assert await store.key_of("web", 'a"b') == "m1"
    assert await store.key_of("web", "c\\d") == "m1"
    assert await store.key_of("web", "") == ""


async def test_platforms_do_not_share_their_ids(store: AnyStore) -> None:
    """The same id is another message elsewhere."""
    await settled(store, "m1", "7")
    await settled(store, "m2", "7", ELSEWHERE)

    assert await store.key_of("web", "7") == "m1"
    assert await store.key_of("discord", "7") == "m2"
    assert await store.key_of("slack", "7") == ""


async def test_an_edit_changes_nothing_about_whose_id_it_is(store: AnyStore) -> None:
    """Its outcome names the same message, under the same key."""
    await settled(store, "m1", "7")
    await promise(store, edit_row("m1"))
    await store.settle([done(delivery, "8") for delivery in await claim(store, now=2)], 2)

    assert await store.key_of("web", "7") == "m1"
    assert await store.key_of("web", "8") == ""


async def test_what_is_not_posted_has_no_id(store: AnyStore) -> None:
    """Neither while it waits nor when it was given up; and an outcome that came too late says nothing."""
    await promise(store, post_row("m1"), post_row("m2", place=ELSEWHERE))
    first = await claim(store)
    await store.settle([later(first[0], 5), never(first[1])], 1)
    await store.settle([done(first[0], "7")], 2)

    assert await store.key_of("web", "7") == ""
    assert await store.key_of("web", "") == ""

    await store.settle([done(delivery, "9") for delivery in await claim(store, now=5)], 6)
    assert await store.key_of("web", "9") == "m1"


async def test_an_id_that_was_given_twice_is_the_newer_messages(store: AnyStore) -> None:
    """A platform that begins to count anew means what it posted last."""
    await settled(store, "m1", "7,8")
    await settled(store, "m2", "8")

    assert await store.key_of("web", "7") == "m1"
    assert await store.key_of("web", "8") == "m2"


async def test_a_message_that_is_forgotten_has_no_id_any_more(store: AnyStore) -> None:
    """The others keep theirs."""
    await settled(store, "m1", "7,8")
    await deliver(store, post_row("m2"), now=1000)

    assert await store.purge(500) == 1

    assert [await store.key_of("web", ref) for ref in ("7", "8", "ref of m2")] == ["", "", "m2"]
