"""What people say: lines, commands, reactions, channels and suggestions."""

from uuid import uuid4

import pytest

from bot.core import effects as fx
from bot.core.commands import Flag, Skip, StartRound, Stop
from bot.core.errors import StoreError
from bot.engine.events import Event
from bot.records import Account, Place
from tests.adapters.web.chats import NOON, Chat


async def test_a_line_reaches_everyone_and_is_acknowledged(chat: Chat) -> None:
    """The acknowledgement comes when it is stored."""
    ada, grace = await chat.join("Ada"), await chat.join("Grace")

    ack = await ada.say("Good morning!")

    assert ack["type"] == "ack"
    assert ack["notice"] is None
    message = (await grace.expect("message"))["message"]
    assert message == {
        "seq": message["seq"],
        "channel": "general",
        "author": {"id": ada.me["id"], "name": "Ada", "bot": False},
        "private": False,
        "at": int(NOON.timestamp() * 1000),
        "revision": message["revision"],
        "text": "Good morning!",
        "view": None,
        "reactions": {},
        "mine": None,
    }
    assert await ada.messages() == await grace.messages() == [message]
    assert chat.desk.events == []


async def test_a_flag_is_a_command_with_the_rest_of_the_line(chat: Chat) -> None:
    """With no question in it: the one asked last is meant."""
    ada = await chat.join("Ada")

    await ada.say("/quiz flag the wording is unclear")

    assert [event.intent for event in chat.desk.events] == [Flag(reason="the wording is unclear")]


async def test_a_line_that_is_sent_again_is_said_once(chat: Chat) -> None:
    """The page sends until it is acknowledged; the id says that it is the same."""
    ada = await chat.join("Ada")
    id_ = str(uuid4())

    first = await ada.ask(type="say", id=id_, channel="general", text="Once")
    second = await ada.ask(type="say", id=id_, channel="general", text="Once")

    assert first == second == {"type": "ack", "id": id_, "notice": None}
    assert [message["text"] for message in await ada.messages()] == ["Once"]


async def test_nobody_can_use_up_the_ids_of_another(chat: Chat) -> None:
    """The same id of two people is two events."""
    ada, eve = await chat.join("Ada"), await chat.join("Eve")
    id_ = str(uuid4())

    await eve.ask(type="say", id=id_, channel="general", text="Mine")
    await ada.ask(type="say", id=id_, channel="general", text="No, mine")

    assert [message["text"] for message in await ada.messages()] == ["Mine", "No, mine"]


@pytest.mark.parametrize(
    "text, kept",
    [
        ("<script>document.title='x'</script>", "<script>document.title='x'</script>"),
        ("@everyone **look** <!channel>", "@everyone **look** <!channel>"),
        ("  two\r\nlines\rthree\n", "two\nlines\nthree"),
        ("bell\x07 nul\x00 escape\x1b", "bell nul escape"),
        ("x" * 5_000, "x" * 5_000),
        ("'; DROP TABLE web_messages; --", "'; DROP TABLE web_messages; --"),
        ("👩\u200d🚀 \u2028", "👩\u200d🚀"),
    ],
)
async def test_whatever_is_said_is_kept_as_text(chat: Chat, text: str, kept: str) -> None:
    """Only control characters go; nothing is read as markup here."""
    ada = await chat.join("Ada")

    await ada.say(text)

    assert [message["text"] for message in await ada.messages()] == [kept]


@pytest.mark.parametrize(
    "text, reason",
    [
        ("x" * 5_001, "5,000 characters"),
        ("/quiz " + "x" * 5_000, "5,000 characters"),
        ("", "nothing in that message"),
        (" \n\t\x00 ", "nothing in that message"),
    ],
)
async def test_what_cannot_be_said_is_refused_with_a_sentence(chat: Chat, text: str, reason: str) -> None:
    """Nothing of it is kept."""
    ada = await chat.join("Ada")

    refused = await ada.say(text)

    assert refused["type"] == "refused"
    assert reason in refused["text"]
    assert await ada.messages() == []


@pytest.mark.parametrize("channel", ["nowhere", "@other", "@@people", "", "@", "general "])
async def test_there_is_nothing_to_say_where_there_is_no_channel(chat: Chat, channel: str) -> None:
    """Nobody can write, or read, in what is not a channel of theirs."""
    ada, eve = await chat.join("Ada"), await chat.join("Eve")

    for name in (channel, f"@{ada.me['id']}"):
        assert (await eve.say("psst", name))["text"] == "There is no such channel. Choose one from the list."
        await eve.send(type="history", channel=name, before=None)
        assert (await eve.expect("refused", "history"))["type"] == "refused"


async def test_just_me_is_a_channel_of_one_s_own(chat: Chat) -> None:
    """Its owner alone reads and hears what is in it."""
    ada, eve = await chat.join("Ada"), await chat.join("Eve")

    await ada.say("note to myself", "@me")

    (note,) = await ada.messages("@me")
    assert (note["channel"], note["private"], note["text"]) == ("@me", True, "note to myself")
    assert await eve.messages("@me") == []
    await eve.quiet()
    assert eve.seen("message") == []


# --------------------------------------------------------------------------------------------- commands


async def test_a_command_becomes_an_event_with_all_that_is_known_of_its_sender(chat: Chat) -> None:
    """The platform's id is ours: who, and which frame."""
    ada = await chat.join("Ada")
    chat.clock.move(5)

    id_ = await ada.send(type="say", channel="exam-prep", text="/quiz stop")
    await ada.answer(id_)

    assert chat.desk.events == [
        Event(
            id=chat.desk.events[0].id,
            place=Place("web", "exam-prep"),
            intent=Stop(),
            at=chat.clock.now(),
            account=Account("web", ada.me["id"]),
            name="Ada",
            organiser=True,
            workspace="local",
            roles=("Ada",),
        )
    ]
    assert chat.desk.events[0].id == f"web:{ada.me['id']}:{id_}"


async def test_in_just_me_a_command_is_for_the_private_place(chat: Chat) -> None:
    """A round of one's own."""
    ada = await chat.join("Ada")

    await ada.say("/quiz play", "@me")

    assert chat.desk.events[0].place == Place("web", f"@{ada.me['id']}")
    assert isinstance(chat.desk.events[0].intent, StartRound)


async def test_a_command_line_and_its_reply_are_private_and_stay(chat: Chat) -> None:
    """The acknowledgement carries the reply, and a reload still shows both."""
    ada, grace = await chat.join("Ada"), await chat.join("Grace")
    chat.desk.answer = lambda _: (fx.CommandDone(fx.Confirmation.STARTED),)

    ack = await ada.say("/quiz play")

    line, notice = await ada.messages()
    assert (line["text"], line["private"], line["author"]["name"]) == ("/quiz play", True, "Ada")
    assert notice == ack["notice"]
    assert (notice["private"], notice["author"]["bot"], notice["author"]["name"]) == (
        True,
        True,
        "Study Hall",
    )
    assert notice["view"]["type"] == "view"
    assert await grace.messages() == []
    await grace.quiet()
    assert grace.seen("message") == []


@pytest.mark.parametrize("text", ["/shrug", "/quiz nonsense", "/", "/QuIz ???", "//", "/" + "x" * 4_000])
async def test_what_is_no_command_is_told_kindly_and_only_to_the_sender(chat: Chat, text: str) -> None:
    """It is not said aloud either: whoever types a slash means a command."""
    ada, grace = await chat.join("Ada"), await chat.join("Grace")

    ack = await ada.say(text)

    assert ack["type"] == "ack"
    assert ack["notice"]["private"]
    assert await grace.messages() == []


async def test_a_command_that_is_sent_again_is_done_once_and_told_the_same(chat: Chat) -> None:
    """Neither the line nor the reply is doubled."""
    ada = await chat.join("Ada")
    chat.desk.answer = lambda _: (fx.CommandDone(fx.Confirmation.STARTED),)
    id_ = str(uuid4())

    first = await ada.ask(type="say", id=id_, channel="general", text="/quiz play")
    second = await ada.ask(type="say", id=id_.upper(), channel="general", text="/quiz play")

    assert first["notice"] == second["notice"] is not None
    assert (first["id"], second["id"]) == (id_, id_.upper())
    assert len(await ada.messages()) == 2
    assert len(chat.desk.events) == 1


async def test_every_part_of_a_reply_is_kept(chat: Chat) -> None:
    """The acknowledgement carries the last of them, the others come as messages."""
    ada = await chat.join("Ada")
    chat.desk.answer = lambda _: (
        fx.CommandDone(fx.Confirmation.STARTED),
        fx.CommandRefused(fx.Refusal.ROUND_RUNS),
    )

    ack = await ada.say("/quiz play")

    assert (await ada.messages())[-1] == ack["notice"]
    assert len(await ada.messages()) == 3


async def test_a_command_without_a_reply_is_acknowledged(chat: Chat) -> None:
    """The channel's own message says enough."""
    ada = await chat.join("Ada")

    assert (await ada.say("/quiz skip"))["notice"] is None
    assert isinstance(chat.desk.events[0].intent, Skip)


async def test_a_failure_is_told_kindly_and_nothing_is_acknowledged(chat: Chat) -> None:
    """What went wrong inside stays inside, and the next event is taken as ever."""
    ada = await chat.join("Ada")

    def fail(_event: Event) -> tuple[fx.Reply, ...]:
        raise StoreError("the disk is full at /var/lib/secret")

    chat.desk.answer = fail
    refused = await ada.say("/quiz play")
    chat.desk.answer = lambda _: ()
    after = await ada.say("/quiz play")

    assert refused["type"] == "refused"
    assert "went wrong" in refused["text"]
    assert "secret" not in refused["text"]
    assert after["type"] == "ack"


async def test_a_command_is_acknowledged_only_when_the_desk_has_taken_it(chat: Chat) -> None:
    """Until then nothing says that it counted, and others go on."""
    ada, grace = await chat.join("Ada"), await chat.join("Grace")
    chat.desk.entered.clear()
    chat.desk.open.clear()

    id_ = await ada.send(type="say", channel="general", text="/quiz play")
    await chat.desk.entered.wait()
    assert (await grace.say("are you there?"))["type"] == "ack"
    assert ada.seen("ack") == []
    chat.desk.open.set()

    assert (await ada.answer(id_))["type"] == "ack"


# ------------------------------------------------------------------------------------------- suggestions


async def test_what_could_be_typed_is_suggested(chat: Chat) -> None:
    """Each with what it inserts and what it does."""
    ada = await chat.join("Ada")

    found = await ada.ask(type="complete", text="/quiz pl")

    assert found["type"] == "suggestions"
    assert found["items"][0]["insert"].startswith("/quiz play")
    assert set(found["items"][0]) == {"insert", "label", "hint"}
    assert await ada.messages() == []
