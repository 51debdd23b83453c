"""Who somebody is: joining with a name, coming back with a secret, and who is here."""

import hashlib
from pathlib import Path

import pytest

from bot.adapters.web import Limits
from bot.adapters.web.outbound import Line, encode_body
from bot.adapters.web.people import ROLL
from bot.ports import WebMessage, WebPerson
from bot.store.memory import MemoryStore
from tests.adapters.web.chats import NOON, Chat, Window, serving


async def people_seen_by(window: Window, *, until: dict[str, bool]) -> bool:
    """Read until the people are as in *until*."""
    while True:
        people = (await window.expect("people"))["people"]
        if {person["name"]: person["here"] for person in people} == until:
            return True


async def test_joining_with_a_name_tells_who_and_where_you_are(chat: Chat) -> None:
    """The first person ever is the organiser."""
    ada = await chat.window()

    welcome = await ada.hello(name="Ada")

    assert welcome["me"]["name"] == "Ada"
    assert welcome["me"]["organiser"]
    assert welcome["people"] == [{"id": ada.me["id"], "name": "Ada", "here": True}]
    assert welcome["channels"] == ["general", "exam-prep"]
    assert welcome["now"] == int(NOON.timestamp() * 1000)
    assert welcome["version"]


async def test_the_second_person_is_no_organiser_and_both_see_each_other(chat: Chat) -> None:
    """Whoever is here is told when somebody comes."""
    ada = await chat.join("Ada")

    grace = await chat.join("Grace")

    assert not grace.me["organiser"]
    assert await people_seen_by(ada, until={"Ada": True, "Grace": True})


async def test_whoever_closes_their_last_window_is_away(chat: Chat) -> None:
    """With a second window open they stay here."""
    ada, grace = await chat.join("Ada"), await chat.join("Grace")
    second = await chat.back(grace)

    await second.socket.close()
    await grace.socket.close()

    assert await people_seen_by(ada, until={"Ada": True, "Grace": False})


async def test_only_a_hash_of_the_secret_is_kept(chat: Chat) -> None:
    """Whoever reads the database cannot speak for anybody."""
    ada = await chat.join("Ada")

    kept = await chat.store.person(None, ada.me["id"])

    assert kept is not None
    assert kept.secret_hash == hashlib.sha256(ada.me["secret"].encode()).hexdigest()
    assert len(ada.me["secret"]) >= 43


async def test_coming_back_with_the_secret_is_the_same_person(chat: Chat) -> None:
    """A name that is sent along changes nothing."""
    ada = await chat.join("Ada")
    again = await chat.window()

    await again.hello(person=ada.me["id"], secret=ada.me["secret"], name="Somebody else")

    assert again.me == ada.me


async def test_everybody_is_still_known_after_a_restart(tmp_path: Path) -> None:
    """Names stay taken and people can come back."""
    store = MemoryStore()
    async with serving(tmp_path, store=store) as chat:
        ada = await chat.join("Ada")
        await ada.say("I was here")

    async with serving(tmp_path, store=store) as chat:
        grace = await chat.window()
        assert "already" in (await grace.hello(name="ada"))["text"]
        await grace.hello(name="Grace")
        again = await chat.back(ada)

        assert again.me == ada.me
        assert [person["name"] for person in again.welcome["people"]] == ["Ada", "Grace"]
        assert (await again.messages())[0]["author"]["name"] == "Ada"


@pytest.mark.parametrize(
    "hello",
    [
        {"person": "none", "secret": "x"},
        {"person": "none", "secret": ""},
        {"person": "@@people", "secret": "x"},
        {"person": "", "secret": ""},
        {"person": "\x00", "secret": "x"},
    ],
)
async def test_a_person_who_is_not_known_is_asked_to_join_again(chat: Chat, hello: dict[str, str]) -> None:
    """The same answer as for a wrong secret, so that ids cannot be tried out."""
    window = await chat.window()

    assert "does not know you any more" in (await window.hello(**hello))["text"]


async def test_a_wrong_secret_is_refused_and_the_window_can_still_join(chat: Chat) -> None:
    """Nobody can be somebody else, and nobody is shut out for trying."""
    ada = await chat.join("Ada")
    other = await chat.window()

    refused = await other.hello(person=ada.me["id"], secret="guessed")

    assert "does not know you any more" in refused["text"]
    assert (await other.hello(name="Eve"))["type"] == "welcome"


@pytest.mark.parametrize(
    "name", ["Ada", "ada", "  ADA ", "A\u200bda", "Ａｄａ", "Ad\u202ea", "a\u200dda\ufe0f"]
)
async def test_a_name_that_reads_like_another_is_taken(chat: Chat, name: str) -> None:
    """Case, width, spaces and invisible characters do not make another name."""
    await chat.join("Ada")
    other = await chat.window()

    assert "already" in (await other.hello(name=name))["text"]


async def test_our_own_name_is_taken_from_the_start(chat: Chat) -> None:
    """Nobody can pose as the tutor."""
    window = await chat.window()

    assert "already" in (await window.hello(name="study  HALL"))["text"]


@pytest.mark.parametrize(
    "name, shown",
    [
        ("  Ada \n Lovelace\t", "Ada Lovelace"),
        ("Ada\u202e\u2066\x00\x1b[31m", "Ada[31m"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("@everyone", "@everyone"),
        ("Zoë", "Zoë"),
        ("Zoe\u0308", "Zoë"),
        ("名前", "名前"),
        ("👩\u200d🚀 Ada", "👩\u200d🚀 Ada"),
        ("x" * 40, "x" * 40),
    ],
)
async def test_a_name_is_one_line_of_what_can_be_seen(chat: Chat, name: str, shown: str) -> None:
    """What could turn or hide other text is taken out; the rest is text, whatever it looks like."""
    window = await chat.window()

    await window.hello(name=name)

    assert window.me["name"] == shown


@pytest.mark.parametrize("name", ["", "   ", "\u200b\u200d", "\u202e", "\u0301"])
async def test_a_name_needs_something_to_see(chat: Chat, name: str) -> None:
    """An empty place in the list would be nobody."""
    window = await chat.window()

    assert "at least one letter" in (await window.hello(name=name))["text"]


@pytest.mark.parametrize("length", [41, 5_000])
async def test_a_name_that_is_too_long_is_refused(chat: Chat, length: int) -> None:
    """The sentence says how long it may be."""
    window = await chat.window()

    assert "40 characters" in (await window.hello(name="x" * length))["text"]


async def test_a_hello_without_anybody_in_it_is_asked_who_it_is(chat: Chat) -> None:
    """A name or a person with a secret: one of them must be there."""
    window = await chat.window()

    assert (await window.hello())["text"].startswith("Study Hall does not know yet who you are")
    assert (await window.hello(person="x"))["text"].startswith("Study Hall does not know yet who you are")


async def test_nothing_can_be_done_before_the_hello(chat: Chat) -> None:
    """Neither said, nor read."""
    window = await chat.window()

    said = await window.say("hello?")
    await window.send(type="history", channel="general", before=None)
    read = await window.expect("refused")

    assert said["type"] == "refused"
    assert read["id"] is None
    assert said["text"] == read["text"]


async def test_a_window_cannot_change_who_it_is(chat: Chat) -> None:
    """One hello a window."""
    ada = await chat.join("Ada")

    assert "joined already" in (await ada.hello(name="Grace"))["text"]
    assert (await ada.say("still me"))["type"] == "ack"


async def test_only_so_many_people_can_join(tmp_path: Path) -> None:
    """Those who have joined can still come back."""
    async with serving(tmp_path, limits=Limits(people=1)) as chat:
        ada = await chat.join("Ada")
        other = await chat.window()

        assert "1 person" in (await other.hello(name="Grace"))["text"]
        assert (await chat.back(ada)).me == ada.me


async def test_a_name_that_a_crash_left_behind_can_be_taken(tmp_path: Path) -> None:
    """The name was written and the person was not: whoever comes next has it."""
    store = MemoryStore()
    body = encode_body(Line("Ada"))
    await store.append(WebMessage(0, ROLL, "0123456789abcdef", "", "name:ada", 0, 0, body))

    async with serving(tmp_path, store=store) as chat:
        ada = await chat.join("Ada")

        assert ada.me["id"] == "0123456789abcdef"
        assert [person["name"] for person in ada.welcome["people"]] == ["Ada"]


class ForgetfulStore(MemoryStore):
    """A log that saves nobody."""

    async def person(self, person: WebPerson | None, id_: str) -> WebPerson | None:
        """Return nobody."""
        del person, id_
        return None


async def test_a_person_who_could_not_be_saved_is_not_let_in(tmp_path: Path) -> None:
    """What is not kept cannot come back."""
    async with serving(tmp_path, store=ForgetfulStore()) as chat:
        window = await chat.window()

        assert "went wrong" in (await window.hello(name="Ada"))["text"]
