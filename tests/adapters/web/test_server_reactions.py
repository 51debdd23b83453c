"""Reactions to messages, and channels that people make."""

from pathlib import Path

import pytest

from bot.adapters.web import Limits
from tests.adapters.web.chats import Chat, serving


async def test_a_reaction_is_put_and_taken_for_everyone_to_see(chat: Chat) -> None:
    """Each by the ids of who reacted, and still there after a reload."""
    ada, grace = await chat.join("Ada"), await chat.join("Grace")
    await ada.say("We passed!")
    seq = (await grace.messages())[0]["seq"]

    put = await grace.ask(type="react", message=seq, emoji="🎉", on=True)
    again = await grace.ask(type="react", message=seq, emoji="🎉", on=True)

    assert put["type"] == again["type"] == "ack"
    assert (await ada.expect("reactions")) == {
        "type": "reactions",
        "message": seq,
        "reactions": {"🎉": [grace.me["id"]]},
    }
    assert (await ada.messages())[0]["reactions"] == {"🎉": [grace.me["id"]]}

    await grace.ask(type="react", message=seq, emoji="🎉", on=False)

    assert (await ada.messages())[0]["reactions"] == {}


async def test_reactions_are_still_there_after_a_restart(tmp_path: Path) -> None:
    """They are read from the log when they are not known."""
    async with serving(tmp_path) as chat:
        ada = await chat.join("Ada")
        await ada.say("We passed!")
        seq = (await ada.messages())[0]["seq"]
        await ada.ask(type="react", message=seq, emoji="👍", on=True)
        store = chat.store

    async with serving(tmp_path, store=store) as chat:
        again = await chat.back(ada)
        assert (await again.messages())[0]["reactions"] == {"👍": [ada.me["id"]]}
        refused = await again.ask(type="react", message=seq, emoji="👎", on=True)
        assert refused["type"] == "ack"


@pytest.mark.parametrize(
    "emoji", ["👍", "❤️", "1️⃣", "👩\u200d🚀", "🏴\U000e0067\U000e0062\U000e007f", "👍🏽", "✓"]
)
async def test_an_emoji_in_all_its_forms_is_a_reaction(chat: Chat, emoji: str) -> None:
    """Joined ones, flags, skin tones, keycaps."""
    ada = await chat.join("Ada")
    await ada.say("We passed!")
    seq = (await ada.messages())[0]["seq"]

    assert (await ada.ask(type="react", message=seq, emoji=emoji, on=True))["type"] == "ack"


@pytest.mark.parametrize(
    "emoji", ["", "yes", "<b>", "1", "12\u20e3", "👍 👍", "👍a", "👍" * 17, "\u200d", "+"]
)
async def test_what_is_no_emoji_is_no_reaction(chat: Chat, emoji: str) -> None:
    """Nobody writes under another's message that way."""
    ada = await chat.join("Ada")
    await ada.say("We passed!")
    seq = (await ada.messages())[0]["seq"]

    refused = await ada.ask(type="react", message=seq, emoji=emoji, on=True)

    assert refused["text"] == "A reaction is one emoji."
    assert (await ada.messages())[0]["reactions"] == {}


async def test_a_message_holds_only_so_many_kinds_of_reaction(tmp_path: Path) -> None:
    """Those that are there can still be joined and taken."""
    async with serving(tmp_path, limits=Limits(emoji=1)) as chat:
        ada, grace = await chat.join("Ada"), await chat.join("Grace")
        await ada.say("We passed!")
        seq = (await ada.messages())[0]["seq"]
        await ada.ask(type="react", message=seq, emoji="🎉", on=True)

        refused = await grace.ask(type="react", message=seq, emoji="👍", on=True)
        joined = await grace.ask(type="react", message=seq, emoji="🎉", on=True)

        assert "1 kind of reaction" in refused["text"]
        assert joined["type"] == "ack"


async def test_nobody_reacts_to_what_they_cannot_see(chat: Chat) -> None:
    """A private message is not there for others, and neither is one that never was."""
    ada, eve = await chat.join("Ada"), await chat.join("Eve")
    await ada.say("note to myself", "@me")
    seq = (await ada.messages("@me"))[0]["seq"]

    for number in (seq, 10_000):
        refused = await eve.ask(type="react", message=number, emoji="👀", on=True)
        assert refused["text"] == "That message is not there any more."
    mine = await ada.ask(type="react", message=seq, emoji="👀", on=True)

    assert mine["type"] == "ack"
    await eve.quiet()
    assert eve.seen("reactions") == []


# ---------------------------------------------------------------------------------------------- channels


async def test_a_new_channel_is_there_for_everyone(chat: Chat) -> None:
    """Made twice it is one channel."""
    ada, grace = await chat.join("Ada"), await chat.join("Grace")

    made = await ada.ask(type="channel", name="#Linear-Algebra")
    again = await grace.ask(type="channel", name="linear-algebra")

    assert made["type"] == again["type"] == "ack"
    assert grace.seen("channels") == [
        {"type": "channels", "channels": ["general", "exam-prep", "linear-algebra"]}
    ]
    assert (await grace.say("hello", "linear-algebra"))["type"] == "ack"


@pytest.mark.parametrize(
    "name", ["", "#", "two words", "@me", "a/b", "x" * 41, "a_b", "<b>", "a\u202eb", "🎉"]
)
async def test_a_channel_s_name_is_letters_digits_and_hyphens(chat: Chat, name: str) -> None:
    """It is part of what people type and see everywhere."""
    ada = await chat.join("Ada")

    refused = await ada.ask(type="channel", name=name)

    assert refused["type"] == "refused"
    assert "40" in refused["text"]


async def test_there_are_only_so_many_channels(tmp_path: Path) -> None:
    """One more is refused with a sentence."""
    async with serving(tmp_path, limits=Limits(channels=3)) as chat:
        ada = await chat.join("Ada")
        await ada.ask(type="channel", name="third")

        assert "3 channels" in (await ada.ask(type="channel", name="fourth"))["text"]
        assert (await ada.ask(type="channel", name="third"))["type"] == "ack"
