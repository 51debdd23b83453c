"""Leaderboards in the chat: shown to who asks, and turned in place."""

from bot.core import effects as fx
from bot.core.commands import RankedBy, Scope, ShowTop, Since
from bot.core.ids import Topic
from bot.engine.events import Event
from tests.adapters.web.chats import Chat
from tests.adapters.web.test_server_pressing import press


def page_of(event: Event) -> tuple[fx.Reply, ...]:
    """Return the page that was asked for of a leaderboard of 25, the reader the first of them."""
    assert isinstance(event.intent, ShowTop)
    page = event.intent.page
    lines = tuple(
        fx.BoardLine(n, f"Learner {n}", 100 - n, 1, 1, 0.2) for n in range(10 * page - 9, 10 * page)
    )
    own = fx.BoardLine(1, event.name, 99, 1, 1, 0.2, mine=True)
    shown = fx.TopShown(
        Scope.GROUP, Since.WEEK, RankedBy.POINTS, Topic(""), None, None, lines, page, 3, 25, own, (own,)
    )
    return (shown,)


async def test_a_page_takes_the_place_of_the_page_before(chat: Chat) -> None:
    """The button belongs to no round, and everything after it stays where it is."""
    ada, eve = await chat.join("Ada"), await chat.join("Eve")
    chat.desk.answer = page_of
    first = (await ada.say("/quiz top"))["notice"]
    await ada.say("Look at that.")

    ack = await press(ada, first["seq"], "t:gwp:2")

    turned = [message for message in await ada.messages() if message["seq"] == first["seq"]]
    assert [event.intent for event in chat.desk.events] == [ShowTop(), ShowTop(page=2)]
    assert chat.desk.events[1].round is None
    assert turned == [ack["notice"]]
    assert turned[0]["revision"] > first["revision"]
    assert "Page 2 of 3" in turned[0]["view"]["alt"]
    assert [control["action"] for control in turned[0]["view"]["controls"]] == ["t:gwp:1", "t:gwp:3"]
    assert [message["text"] for message in await eve.messages()] == ["Look at that."]


async def test_a_page_can_be_turned_back_and_sent_again(chat: Chat) -> None:
    """A press that is repeated shows what it showed."""
    ada = await chat.join("Ada")
    chat.desk.answer = page_of
    seq = (await ada.say("/quiz top"))["notice"]["seq"]
    await press(ada, seq, "t:gwp:2")
    id_ = "00000000-0000-4000-8000-000000000001"

    told = [(await press(ada, seq, "t:gwp:1", id=id_))["notice"] for _ in range(2)]

    assert told[0] == told[1]
    assert "Page 1 of 3" in str(told[0])
    assert len(chat.desk.events) == 3


async def test_nobody_turns_another_s_page_or_one_that_was_never_offered(chat: Chat) -> None:
    """A private message is its reader's alone, and only its buttons can be pressed."""
    ada, eve = await chat.join("Ada"), await chat.join("Eve")
    chat.desk.answer = page_of
    seq = (await ada.say("/quiz top"))["notice"]["seq"]

    assert (await press(eve, seq, "t:gwp:2"))["type"] == "refused"
    assert (await press(ada, seq, "t:gwp:3"))["type"] == "refused"
    assert len(chat.desk.events) == 1
