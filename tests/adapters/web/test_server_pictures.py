"""Pictures in the chat: drawn once when a message is said, kept with it, and never waited for in vain."""

import asyncio
import json
from pathlib import Path

import pytest

from bot.adapters.web.outbound import Drawing, Line, Shown, decode_body, encode_body, page_view, shown
from bot.adapters.web.sessions import Limits
from bot.core import effects as fx
from bot.engine.events import Event
from bot.ports import Post
from bot.records import Place
from bot.wording.pictures import BoardPicture, CalendarPicture, Facts, TopicsPicture
from bot.wording.render import view_of
from bot.wording.views import Picture, View
from tests.adapters.web.chats import Chat, Json, a_drawing, a_view, serving
from tests.adapters.web.test_server_pressing import press
from tests.adapters.web.test_server_tops import page_of
from tests.wording.samples import day_closed, me, top


def pictures(message: Json) -> list[Json]:
    """Return the pictures of a message."""
    return [block for block in message["view"]["blocks"] if block["type"] == "picture"]


def facts(view: View) -> list[Facts]:
    """Return what the pictures of *view* show."""
    return [block.facts for block in view.blocks if isinstance(block, Picture)]


async def broken(picture: Facts, width: int) -> str:
    """Draw everything but calendars."""
    if picture.type == "calendar":
        raise ValueError("no font")
    return await a_drawing(picture, width)


async def hanging(_picture: Facts, _width: int) -> str:
    """Draw for ever."""
    await asyncio.Event().wait()
    raise AssertionError


async def test_a_picture_is_drawn_once_for_everybody_and_kept(chat: Chat) -> None:
    """A wide one and a narrow one; who reads it later, or again, causes no other."""
    ada, ben = await chat.join("Ada"), await chat.join("Ben")
    view = view_of(day_closed())
    await chat.post(view)

    (live,) = pictures((await ada.expect("message"))["message"])
    later = [pictures(message) for window in (ada, ben) for message in await window.messages()]

    assert [(picture.type, width) for picture, width in chat.desk.pictures] == [
        ("answers", 480),
        ("answers", 360),
    ]
    assert live["svg"] == [await a_drawing(facts(view)[0], width) for width in (480, 360)]
    assert later == [[live]] * 2


async def test_the_page_gets_what_is_drawn_and_not_what_it_is_drawn_from(chat: Chat) -> None:
    """With its alt, and the text that says the same."""
    ada = await chat.join("Ada")
    await chat.post(view_of(top()))

    (picture,) = pictures((await ada.expect("message"))["message"])
    assert sorted(picture) == ["alt", "svg", "text", "type"]
    assert picture["alt"] == facts(view_of(top()))[0].alt
    assert [block["type"] for block in picture["text"]] == ["paragraph", "table"]


async def test_a_title_that_the_card_says_is_left_out_of_the_picture(chat: Chat) -> None:
    """A picture with a title of its own keeps it."""
    ada = await chat.join("Ada")
    for view in (view_of(top()), view_of(me())):
        await chat.post(view)
        await ada.expect("message")

    drawn = [picture for picture, width in chat.desk.pictures if width == 480]
    assert [type(picture) for picture in drawn] == [BoardPicture, CalendarPicture, TopicsPicture]
    assert [picture.title for picture in drawn] == ["", "Your days", "Your topics"]


async def test_a_private_answer_and_the_page_that_replaces_it_are_drawn(chat: Chat) -> None:
    """Each page has its own picture."""
    ada = await chat.join("Ada")
    chat.desk.answer = page_of
    first = (await ada.say("/quiz top"))["notice"]
    ack: Json = await press(ada, first["seq"], "t:gwp:2")

    boards = [picture for picture, _ in chat.desk.pictures if isinstance(picture, BoardPicture)]
    assert [board.subtitle for board in boards] == ["Page 1 of 3"] * 2 + ["Page 2 of 3"] * 2
    assert [len(picture["svg"]) for picture in pictures(first) + pictures(ack["notice"])] == [2, 2]


async def test_an_edited_message_is_drawn_again(chat: Chat) -> None:
    """What it showed before is gone."""
    ada = await chat.join("Ada")
    seq = await chat.post(view_of(day_closed()), key="k")
    after = day_closed(answered=4, tallies=(fx.Tally(4, right=False, position=0),))
    await chat.web.edit(str(seq), Post("k", Place("web", "general"), "", view_of(after)))

    (message,) = await ada.messages()
    assert "A. άλφα: 100%" in pictures(message)[0]["alt"]
    assert len(pictures(message)[0]["svg"]) == 2
    assert len(chat.desk.pictures) == 4


async def test_a_message_without_a_picture_asks_for_none(chat: Chat) -> None:
    """Most have none."""
    await chat.post(a_view())

    assert chat.desk.pictures == []


async def test_a_picture_that_cannot_be_drawn_is_text_and_the_others_are_there(chat: Chat) -> None:
    """The message comes all the same, and each picture stands where it belongs."""
    chat.desk.drawer = broken
    ada = await chat.join("Ada")
    await chat.post(view_of(me()))

    days, topics = pictures((await ada.expect("message"))["message"])
    assert (days["svg"], len(topics["svg"])) == ([], 2)
    assert "5 days running" in json.dumps(days["text"])


async def test_nobody_waits_for_a_picture_that_does_not_come(tmp_path: Path) -> None:
    """A message is late by so much at most."""
    async with serving(tmp_path, limits=Limits(draw_seconds=0.02)) as chat:
        chat.desk.drawer = hanging
        chat.desk.answer = lambda _event: (top(),)
        ada = await chat.join("Ada")

        (picture,) = pictures((await ada.say("/quiz top"))["notice"])

        assert picture["svg"] == []
        assert [block["type"] for block in picture["text"]] == ["paragraph", "table"]


async def test_who_stops_a_message_stops_its_drawing(chat: Chat) -> None:
    """Being cancelled is no fault of the picture."""
    entered = asyncio.Event()

    async def drawer(picture: Facts, width: int) -> str:
        entered.set()
        return await hanging(picture, width)

    chat.desk.drawer = drawer
    posting = asyncio.create_task(chat.post(view_of(top())))
    await entered.wait()

    posting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await posting


def test_a_body_with_drawings_is_read_as_it_was_written() -> None:
    """Also where one could not be drawn."""
    body = shown(view_of(me()), (None, Drawing("<svg>wide</svg>", "<svg>narrow</svg>")))

    assert decode_body(encode_body(body)) == body


def test_an_old_body_without_drawings_is_read() -> None:
    """Its picture is shown as text."""
    written = json.loads(encode_body(shown(view_of(top()))))
    del written["drawings"]

    body = decode_body(json.dumps(written))

    assert isinstance(body, Shown)
    assert body.drawings == ()
    (picture,) = pictures({"view": page_view(body.view, body.drawings)})
    assert picture["svg"] == ()


def test_a_picture_of_a_newer_version_takes_its_message_with_it_and_nothing_else() -> None:
    """What nobody here can draw is told so."""
    written = encode_body(shown(view_of(top()))).replace('"type":"board"', '"type":"hologram"')

    assert isinstance(decode_body(written), Line)


def answered(_event: Event) -> tuple[fx.Reply, ...]:
    """Answer with a leaderboard."""
    return (top(),)


async def test_what_is_sent_again_is_shown_the_same_picture(chat: Chat) -> None:
    """The notice is the one that was stored."""
    chat.desk.answer = answered
    ada = await chat.join("Ada")
    id_ = "00000000-0000-4000-8000-000000000001"

    told = [
        (await ada.ask(id=id_, type="say", channel="general", text="/quiz top"))["notice"] for _ in range(2)
    ]

    assert told[0] == told[1]
    assert len(chat.desk.pictures) == 2
