"""What every log of the local web chat promises, asked of each implementation."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.ports import WebMessage, WebPerson
from tests.contracts.stores import STORES, AnyStore, Stores, stores_of

ANN = WebPerson("p1", "Ann", "hash of a secret", organiser=False)
BEN = WebPerson("p2", "Ben", "hash of another", organiser=False)


@pytest.fixture(params=STORES)
async def stores(request: pytest.FixtureRequest) -> AsyncIterator[Stores]:
    """The stores of one implementation, all on one database."""
    async with stores_of(request) as opened:
        yield opened


@pytest.fixture
async def log(stores: Stores) -> AnyStore:
    """An empty log."""
    return await stores.open()


def message(
    body: str = "{}", *, channel: str = "hall", author: str = "p1", to: str = "", key: str = ""
) -> WebMessage:
    """Return a message that has not been appended yet."""
    return WebMessage(0, channel, author, to, key, 1000, 1, body)


async def bodies(log: AnyStore, reader: str = "p1", before: int | None = None, limit: int = 100) -> list[str]:
    """Return what *reader* sees of the hall, oldest first."""
    return [seen.body for seen in await log.history("hall", reader, before, limit)]


async def test_nobody_is_there_at_first(log: AnyStore) -> None:
    """No person, no channel, no message."""
    assert await log.person(None, "p1") is None
    assert list(await log.channels()) == []
    assert await bodies(log) == []


async def test_the_first_person_ever_is_an_organiser(log: AnyStore) -> None:
    """Those who come later are what they are said to be."""
    boss = WebPerson("p3", "Cat", "hash", organiser=True)

    first, second, third = [await log.person(person, person.id) for person in (ANN, BEN, boss)]

    assert first == WebPerson("p1", "Ann", "hash of a secret", organiser=True)
    assert (second, third) == (BEN, boss)


async def test_a_person_is_saved_by_id(log: AnyStore) -> None:
    """A new name and a new secret replace the old ones; an organiser stays one."""
    await log.person(ANN, "p1")
    await log.person(BEN, "p2")

    changed = await log.person(WebPerson("p1", "Änne <b>", "new", organiser=False), "p1")

    assert changed == WebPerson("p1", "Änne <b>", "new", organiser=True)
    assert await log.person(None, "p1") == changed
    assert await log.person(None, "p2") == BEN


async def test_saving_one_person_may_ask_for_another(log: AnyStore) -> None:
    """The person returned is the one with the given id."""
    await log.person(ANN, "p1")

    assert await log.person(BEN, "p9") is None
    assert await log.person(None, "p2") == BEN


async def test_channels_come_in_the_order_made(log: AnyStore) -> None:
    """Each once."""
    for name in ("hall", "yard", "attic", "yard"):
        await log.channels(name)

    assert list(await log.channels()) == ["hall", "yard", "attic"]
    assert list(await log.channels("barn")) == ["hall", "yard", "attic", "barn"]


async def test_a_message_is_kept_as_it_was_sent(log: AnyStore) -> None:
    """With a number of the log's own, whatever number it came with."""
    sent = WebMessage(77, "hall", "p1", "p2", "k1", 2**45, 3, '{"text": "<script> \\u0000 ü"}')

    kept = await log.append(sent)

    assert (kept.channel, kept.author, kept.to, kept.key) == ("hall", "p1", "p2", "k1")
    assert (kept.at, kept.revision, kept.body) == (sent.at, 3, sent.body)
    assert list(await log.history("hall", "p2", None, 9)) == [kept]


async def test_messages_are_numbered_as_they_come(log: AnyStore) -> None:
    """A later one has a higher number, in whatever channel."""
    numbers = [(await log.append(message(channel=name))).seq for name in ("hall", "yard", "hall")]

    assert numbers == sorted(set(numbers))


async def test_the_same_key_is_the_same_message(log: AnyStore) -> None:
    """The first stands, and keeps its edits; messages without a key are never the same."""
    first = await log.append(message("one", key="k1"))
    await log.edit(first.seq, "edited")

    again = await log.append(message("two", key="k1", channel="yard"))

    assert (again.seq, again.body, again.channel) == (first.seq, "edited", "hall")
    assert (await log.append(message("a"))).seq != (await log.append(message("b"))).seq
    assert await bodies(log) == ["edited", "a", "b"]


async def test_the_same_key_at_once_is_one_message(stores: Stores) -> None:
    """Also when two processes append it."""
    one, other = await stores.open(), await stores.open()

    kept = await asyncio.gather(*(log.append(message("x", key="k1")) for log in [one, other] * 5))

    assert len({seen.seq for seen in kept}) == 1
    assert await bodies(one) == ["x"]


async def test_each_edit_grows_the_revision(log: AnyStore) -> None:
    """The number and the rest stay; the edit of nothing is None."""
    sent = await log.append(message("one"))

    await log.edit(sent.seq, "two")
    edited = await log.edit(sent.seq, "three")

    assert edited is not None
    assert (edited.seq, edited.body, edited.revision) == (sent.seq, "three", sent.revision + 2)
    assert list(await log.history("hall", "p1", None, 9)) == [edited]
    assert await log.edit(sent.seq + 1, "x") is None


async def test_history_gives_the_newest_oldest_first(log: AnyStore) -> None:
    """Page by page, going back, without another channel's messages."""
    kept = [await log.append(message(str(at))) for at in range(5)]
    await log.append(message("elsewhere", channel="yard"))

    assert await bodies(log, limit=2) == ["3", "4"]
    assert await bodies(log, before=kept[3].seq, limit=2) == ["1", "2"]
    assert await bodies(log, before=kept[1].seq) == ["0"]
    assert await bodies(log, before=kept[0].seq) == []
    assert await bodies(log, limit=0) == []


async def test_a_private_message_is_seen_by_its_reader_alone(log: AnyStore) -> None:
    """Others do not see it, and it takes no place in their page."""
    for body, to in [("all", ""), ("for ann", "p1"), ("for ben", "p2"), ("also for ann", "p1")]:
        await log.append(message(body, to=to, author="bot"))

    assert await bodies(log, "p1") == ["all", "for ann", "also for ann"]
    assert await bodies(log, "p2", limit=2) == ["all", "for ben"]
    assert await bodies(log, "") == ["all"]


async def test_reactions_are_put_and_taken(log: AnyStore) -> None:
    """In the order first put; the same one twice is once, and one that is not there can be taken."""
    sent = await log.append(message())
    for person, emoji, on in [
        ("p2", "🎉", True),
        ("p1", "👍", True),
        ("p1", "🎉", True),
        ("p1", "🎉", True),
        ("p3", "👍", False),
    ]:
        await log.react(sent.seq, person, emoji, on=on)

    found = await log.react(sent.seq, "p1", "👍", on=False)

    assert found == {"🎉": ["p2", "p1"]}
    assert await log.react(sent.seq, "p1", "👍", on=True) == {"🎉": ["p2", "p1"], "👍": ["p1"]}


async def test_reactions_belong_to_one_message(log: AnyStore) -> None:
    """Another message has its own, and no message has none."""
    first, second = await log.append(message()), await log.append(message())
    await log.react(first.seq, "p1", "👍", on=True)

    assert await log.react(second.seq, "p2", "👍", on=True) == {"👍": ["p2"]}
    assert await log.react(second.seq, "p2", "👍", on=False) == {}
    assert await log.react(second.seq + 1, "p2", "👍", on=True) is None


async def test_the_log_outlives_the_process(stores: Stores) -> None:
    """People, channels, messages and reactions are there again."""
    first = await stores.open()
    await first.person(ANN, "p1")
    await first.channels("hall")
    sent = await first.append(message("hello"))
    await first.react(sent.seq, "p1", "👍", on=True)
    await first.close()

    second = await stores.open()

    assert await second.person(None, "p1") is not None
    assert list(await second.channels()) == ["hall"]
    assert await bodies(second) == ["hello"]
    assert await second.react(sent.seq, "p2", "👍", on=True) == {"👍": ["p1", "p2"]}
