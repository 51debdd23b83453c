"""The web chat as a transport: posts, edits, and what cannot be delivered."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.errors import DeliveryDelayed, DeliveryRefused, StoreError
from bot.ports import Post, Transport, WebMessage
from bot.records import Place
from bot.store.memory import MemoryStore
from bot.wording.views import ChannelName, Countdown, Heading, Moment, Paragraph, RoleName, Text, Tone, View
from tests.adapters.web.chats import NOON, Chat, a_button, a_view, serving

GENERAL = Place("web", "general")


def test_the_web_chat_is_a_transport(chat: Chat) -> None:
    """It goes by the name that its places and accounts carry."""
    transport: Transport = chat.web

    assert transport.platform == "web"


async def test_a_post_reaches_everyone_in_the_channel(chat: Chat) -> None:
    """With its view as JSON, times in UTC."""
    ada, grace = await chat.join("Ada"), await chat.join("Grace")
    content = (Text("<b>What</b> is \u202ethis?"),)
    view = View(
        Tone.QUESTION,
        "Question 1",
        "Question 1. What is this?",
        (Heading(content), Paragraph(content, quiet=True), Countdown(NOON, NOON, "to answer")),
        (a_button("j:r"),),
    )

    seq = await chat.post(view)

    for window in (ada, grace):
        message = (await window.expect("message"))["message"]
        assert message["seq"] == seq
        assert message["author"] == {"id": "", "name": "Study Hall", "bot": True}
        assert not message["private"]
        assert message["text"] is None
        assert message["view"]["type"] == "view"
        assert message["view"]["tone"] == "question"
        assert message["view"]["blocks"][0]["content"] == [
            {"type": "text", "text": "<b>What</b> is \u202ethis?"}
        ]
        assert datetime.fromisoformat(message["view"]["blocks"][2]["end"]).astimezone(UTC) == NOON
        assert message["view"]["controls"][0]["action"] == "j:r"
        assert await window.messages() == [message]


async def test_the_same_key_is_the_same_message(chat: Chat) -> None:
    """Posting again after an unknown outcome makes no second one."""
    ada = await chat.join("Ada")
    post = Post("r1.lobby", GENERAL, "", a_view())

    first = await chat.web.post(post)
    second = await chat.web.post(Post("r1.lobby", GENERAL, "", a_view(), again=True))

    assert first == second
    assert len(await ada.messages()) == 1


async def test_an_edit_is_a_newer_revision_of_the_same_message(chat: Chat) -> None:
    """It keeps its place and its reactions."""
    ada = await chat.join("Ada")
    ref = await chat.web.post(Post("r1.lobby", GENERAL, "", a_view(title="Lobby")))
    await ada.ask(type="react", message=int(ref), emoji="👍", on=True)
    (before,) = await ada.messages()

    await chat.web.edit(ref, Post("r1.lobby", GENERAL, "", a_view(title="It begins")))

    after = (await ada.expect("message"))["message"]
    assert (after["seq"], after["view"]["title"]) == (before["seq"], "It begins")
    assert after["revision"] > before["revision"]
    assert after["reactions"] == {"👍": [ada.me["id"]]}
    assert await ada.messages() == [after]


async def test_an_edit_keeps_whom_the_message_called(chat: Chat) -> None:
    """The first answer to a question of the day must not take the role out of its first line."""
    ada = await chat.join("Ada")
    seq = await chat.post(replace(a_view(), mention="team", lasting=True), key="day.ask")

    await chat.web.edit(str(seq), Post("day.ask", GENERAL, "", a_view(title="Edited")))

    (message,) = await ada.messages()
    assert (message["view"]["title"], message["view"]["mention"]) == ("Edited", "team")


async def test_moments_roles_and_channels_reach_the_page(chat: Chat) -> None:
    """A moment as a time in UTC, for the page to show by the reader's clock."""
    ada = await chat.join("Ada")
    content = (Moment(NOON, "at noon"), RoleName("team"), ChannelName("general"))

    await chat.post(View(Tone.INFO, "Title", "alt", (Paragraph(content),)))

    (message,) = await ada.messages()
    moment, *names = message["view"]["blocks"][0]["content"]
    assert (moment["type"], moment["text"]) == ("moment", "at noon")
    assert datetime.fromisoformat(moment["at"]).astimezone(UTC) == NOON
    assert names == [{"id": "team", "type": "role"}, {"id": "general", "type": "channel"}]


async def test_a_private_post_reaches_its_reader_alone_and_can_be_edited(chat: Chat) -> None:
    """In a channel of everyone's as in the reader's own."""
    ada, eve = await chat.join("Ada"), await chat.join("Eve")
    id_ = ada.me["id"]

    for place, to in ((GENERAL, id_), (Place("web", f"@{id_}"), ""), (Place("web", f"@{id_}"), id_)):
        post = Post(f"key {place.id} {to}", place, to, a_view(title="Yours"))
        ref = await chat.web.post(post)
        await chat.web.edit(ref, Post(post.key, place, to, a_view(title="Still yours")))
        assert (await ada.expect("message"))["message"]["view"]["title"] == "Yours"
        edited = (await ada.expect("message"))["message"]
        assert (edited["view"]["title"], edited["private"]) == ("Still yours", True)
        assert edited["channel"] == ("general" if place == GENERAL else "@me")

    await eve.quiet()
    assert eve.seen("message") == []


@pytest.mark.parametrize(
    "place, to",
    [
        (Place("web", "nowhere"), ""),
        (Place("web", ""), ""),
        (Place("web", "@nobody"), ""),
        (Place("web", "@"), ""),
        (Place("web", "@@people"), ""),
        (GENERAL, "nobody"),
    ],
)
async def test_what_has_no_place_or_reader_is_refused_for_good(chat: Chat, place: Place, to: str) -> None:
    """Trying again would not help."""
    with pytest.raises(DeliveryRefused, match="no message, channel or person"):
        await chat.web.post(Post("key", place, to, a_view()))


@pytest.mark.parametrize("ref", ["", "x", "-1", "1.5", "²", "9" * 18])
async def test_an_edit_of_no_message_is_refused_for_good(chat: Chat, ref: str) -> None:
    """The number is not one of ours."""
    with pytest.raises(DeliveryRefused):
        await chat.web.edit(ref, Post("key", GENERAL, "", a_view()))


async def test_an_edit_in_another_channel_is_refused_for_good(chat: Chat) -> None:
    """A message is edited where it is, by those who may see it there."""
    ada = await chat.join("Ada")
    ref = await chat.web.post(Post("a", GENERAL, "", a_view()))
    private = await chat.web.post(Post("b", GENERAL, ada.me["id"], a_view()))

    for number, place in ((ref, Place("web", "exam-prep")), (private, GENERAL)):
        with pytest.raises(DeliveryRefused):
            await chat.web.edit(number, Post("key", place, "", a_view()))


class TiredStore(MemoryStore):
    """A log that cannot write just now."""

    tired = False

    async def append(self, message: WebMessage) -> WebMessage:
        """Add *message* unless tired."""
        self._rest()
        return await super().append(message)

    async def history(
        self, channel: str, reader: str, before: int | None, limit: int
    ) -> Sequence[WebMessage]:
        """Return what is there unless tired."""
        self._rest()
        return await super().history(channel, reader, before, limit)

    def _rest(self) -> None:
        if self.tired:
            raise StoreError("The database is locked.")


async def test_a_log_that_cannot_write_just_now_delays_the_delivery(tmp_path: Path) -> None:
    """The key makes another try safe."""
    store = TiredStore()
    async with serving(tmp_path, store=store) as chat:
        ada = await chat.join("Ada")
        post = Post("r1.lobby", GENERAL, "", a_view())
        ref = await chat.web.post(post)
        store.tired = True

        with pytest.raises(DeliveryDelayed, match="locked") as delayed:
            await chat.web.post(post)
        with pytest.raises(DeliveryDelayed, match="locked"):
            await chat.web.edit(ref, post)
        said = await ada.say("hello")
        store.tired = False

        assert delayed.value.retry_after == 1.0
        assert said["type"] == "refused"
        assert await chat.web.post(post) == ref


async def test_posts_are_kept_when_nobody_is_there_and_before_the_page_is_served(tmp_path: Path) -> None:
    """Whoever comes later reads them."""
    async with serving(tmp_path) as chat:
        seq = await chat.post(a_view())
        ada = await chat.join("Ada")
        assert [message["seq"] for message in await ada.messages()] == [seq]
        await chat.web.stop()

        after = await chat.post(a_view(title="After the stop"))

        assert after > seq
