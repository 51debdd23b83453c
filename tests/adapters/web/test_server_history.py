"""History: pages, catching up after a break, and who may read what."""

from pathlib import Path

import pytest

from bot.adapters.web.outbound import Line, encode_body
from bot.adapters.web.sessions import Limits
from bot.ports import Post, WebMessage
from bot.records import Place
from bot.store.memory import MemoryStore
from tests.adapters.web.chats import Chat, Window, a_button, a_view, serving


def texts(messages: list[dict[str, object]]) -> list[object]:
    """Return what was said."""
    return [message["text"] for message in messages]


async def filled(store: MemoryStore, count: int, channel: str = "general") -> list[int]:
    """Put *count* lines of nobody in particular in *channel*; return their numbers."""
    return [
        (await store.append(WebMessage(0, channel, "x", "", "", 0, 0, encode_body(Line(str(n)))))).seq
        for n in range(count)
    ]


async def pages_after_hello(window: Window, channel: str) -> list[dict[str, object]]:
    """Return the pages of *channel* that came by themselves."""
    await window.quiet()
    return [frame for frame in window.seen("history") if frame["channel"] == channel]


async def test_a_page_has_fifty_messages_oldest_first(chat: Chat) -> None:
    """And says whether there are older ones."""
    numbers = await filled(chat.store, 120)
    ada = await chat.join("Ada")

    (newest,) = await pages_after_hello(ada, "general")
    second = await ada.messages(before=numbers[70])
    third = await ada.messages(before=numbers[20])

    assert texts(newest["messages"]) == [str(n) for n in range(70, 120)]  # type: ignore[arg-type]  # JSON
    assert texts(second) == [str(n) for n in range(20, 70)]
    assert texts(third) == [str(n) for n in range(20)]
    assert [frame["more"] for frame in ada.seen("history") if frame["channel"] == "general"] == [
        True,
        True,
        False,
    ]


async def test_every_channel_comes_with_the_welcome(chat: Chat) -> None:
    """Also the one that is the reader's own."""
    ada = await chat.join("Ada")

    assert [frame["channel"] for frame in ada.seen("history")] == ["general", "exam-prep", "@me"]


async def test_who_comes_back_gets_everything_that_was_missed(chat: Chat) -> None:
    """Page by page, the newest first, until what the window has seen."""
    ada = await chat.join("Ada")
    numbers = await filled(chat.store, 180)

    again = await chat.back(ada, general=numbers[9])

    pages = await pages_after_hello(again, "general")
    seen = [str(message["text"]) for page in pages for message in page["messages"]]  # type: ignore[attr-defined]  # JSON
    assert set(seen) >= {str(n) for n in range(10, 180)}
    assert len(pages) == 4
    assert seen[0] == "130"


async def test_who_missed_nothing_gets_the_newest_page_for_its_edits(chat: Chat) -> None:
    """A question may have closed in the meantime."""
    ada = await chat.join("Ada")
    post = Post("q", Place("web", "general"), "", a_view(a_button("j:r")))
    seq = await chat.web.post(post)
    await ada.socket.close()
    await chat.web.edit(seq, Post("q", Place("web", "general"), "", a_view(title="Closed")))

    again = await chat.back(ada, general=int(seq))

    (page,) = await pages_after_hello(again, "general")
    assert [message["view"]["title"] for message in page["messages"]] == ["Closed"]  # type: ignore[attr-defined]  # JSON


async def test_catching_up_ends_somewhere(chat: Chat) -> None:
    """Whoever missed thousands of messages asks for the rest when they want to read it."""
    ada = await chat.join("Ada")
    numbers = await filled(chat.store, 1_100)

    again = await chat.back(ada, general=numbers[0])

    assert len(await pages_after_hello(again, "general")) == 20


async def test_a_window_that_has_seen_more_than_there_is_gets_what_there_is(chat: Chat) -> None:
    """As after a new start with an empty database."""
    ada = await chat.join("Ada")
    await ada.say("hello")

    again = await chat.back(ada, general=2**53, nowhere=3)

    (page,) = await pages_after_hello(again, "general")
    assert texts(page["messages"]) == ["hello"]  # type: ignore[arg-type]  # JSON


async def test_nothing_is_lost_between_catching_up_and_what_is_new(chat: Chat) -> None:
    """A line that is said while a window comes back reaches it, one way or the other."""
    ada, grace = await chat.join("Ada"), await chat.join("Grace")
    await filled(chat.store, 300)

    again = await chat.window()
    await again.socket.send_json(
        {"type": "hello", "person": ada.me["id"], "secret": ada.me["secret"], "seen": {"general": 1}}
    )
    await grace.say("just now")
    await again.expect("welcome")
    await again.quiet()

    pages = [message for page in again.seen("history") for message in page["messages"]]
    live = [frame["message"] for frame in again.seen("message")]
    assert "just now" in texts(pages + live)


async def test_a_message_of_a_newer_version_says_so(chat: Chat) -> None:
    """It does not take the rest of the page with it."""
    ada = await chat.join("Ada")
    for body in ('{"kind":"hologram","v":2}', "not JSON", '{"kind":"line","v":2,"text":"x"}'):
        await chat.store.append(WebMessage(0, "general", "", "", "", 0, 0, body))
    await ada.say("hello")

    assert texts(await ada.messages()) == [
        "(This message was written by a newer version of Study Hall.)",
        "(This message was written by a newer version of Study Hall.)",
        "(This message was written by a newer version of Study Hall.)",
        "hello",
    ]


async def test_a_private_message_is_for_its_reader_alone(chat: Chat) -> None:
    """Live, in the history and after coming back."""
    ada, eve = await chat.join("Ada"), await chat.join("Eve")

    await chat.post(a_view(title="What you missed"), to=ada.me["id"])

    (message,) = await ada.messages()
    again = await chat.back(eve)
    assert message["private"]
    assert [frame["message"] for frame in ada.seen("message")] == [message]
    assert await eve.messages() == await again.messages() == []
    assert eve.seen("message") == again.seen("message") == []


async def test_a_long_break_does_not_close_a_window_with_little_room(tmp_path: Path) -> None:
    """Catching up waits for the window instead of filling its queue."""
    store = MemoryStore()
    async with serving(tmp_path, store=store, limits=Limits(waiting=8)) as chat:
        ada = await chat.join("Ada")
        numbers = await filled(store, 900)

        again = await chat.back(ada, general=numbers[0])

        assert len(await pages_after_hello(again, "general")) == 18


@pytest.mark.parametrize("before", [1, 2, 2**53])
async def test_a_page_before_any_number_is_a_page(chat: Chat, before: int) -> None:
    """Before the first there is nothing."""
    ada = await chat.join("Ada")
    await ada.say("hello")

    assert len(await ada.messages(before=before)) <= 1
