"""Texts that want to be more than text, wherever people and packs write: nobody is called, nothing breaks."""

from typing import Final

import pytest

from tests.adapters.discord.halls import Hall, does, text_of
from tests.emulators.discord import DiscordServer, Person

HOSTILE: Final = (
    "@everyone",
    "<@&1> @here <@1>",
    "[free nitro](https://example.org/x)",
    "```\nno end",
    "||spoiler|| **bold",
    "\N{RIGHT-TO-LEFT OVERRIDE}gnp.exe",
    "</quiz play:1> <t:0:R> <#1> <id:browse>",
    "# Heading\n> quote\n-# small",
)
"""Names, answers and texts; Discord's own names hold at most 32 characters and one line."""


def refused(server: DiscordServer) -> list[object]:
    """Return what Discord found malformed of all that we sent."""
    return [(one.path, one.answer) for one in server.traffic.exchanges() if one.status == 400]


def pinged(server: DiscordServer) -> list[object]:
    """Return whom our messages called."""
    return [one.pinged for one in server.world.posted if one.author.bot and one.pinged]


@pytest.mark.parametrize("name", [" ".join(text.split())[:32] for text in HOSTILE])
async def test_a_name_is_only_ever_a_name(hall: Hall, name: str) -> None:
    """In the lobby, the reveal, the podium, the leaderboard, and in what each is told."""
    mallory: Person = hall.join(name)
    question = await hall.play(mallory, hall.ann, deck="single", count=1)
    await hall.pick(mallory, question, "The tide")
    await hall.pick(hall.ann, question, "The fish")
    reveal = await hall.shown("1 of 1: the answer", after=question)
    await mallory.press(reveal, does(reveal, "n"))
    await hall.shown("Podium")
    shown = await (await hall.ann.slash(hall.channel, "quiz top")).settled()

    assert not shown.failed
    assert pinged(hall.server) == []
    assert refused(hall.server) == []


@pytest.mark.parametrize("text", HOSTILE)
async def test_an_answer_is_only_ever_an_answer(hall: Hall, text: str) -> None:
    """The reveal shows what was typed, as it was typed."""
    question = await hall.play(hall.zoe, deck="free-text", count=1)
    opened = await hall.zoe.press(question, does(question, "a"))
    assert opened.modal is not None
    field = str(opened.modal.components[0]["component"]["custom_id"])
    done = await hall.zoe.submit(opened, {field: text})
    reveal = await hall.shown("1 of 1: the answer", after=question)

    assert not done.failed
    assert "What makes the tide" in text_of(question)
    assert "EXPLAINED" in text_of(reveal)
    assert pinged(hall.server) == []
    assert refused(hall.server) == []


@pytest.mark.parametrize("text", HOSTILE)
async def test_whatever_is_typed_into_a_command_is_answered_in_words(hall: Hall, text: str) -> None:
    """What is wrong is repeated, and calls nobody."""
    for line, option in (
        ("play", "deck"),
        ("settings", "organisers"),
        ("daily set", "zone"),
        ("flag", "reason"),
    ):
        done = await hall.zoe.slash(hall.channel, f"quiz {line}", {option: text})

        assert not done.failed
        assert done.text
    assert pinged(hall.server) == []
    assert refused(hall.server) == []


async def test_a_pack_cannot_call_anybody_either(closed_hall: Hall) -> None:
    """Prompts, options, explanations and titles are text, whatever stands in them."""
    decks = closed_hall.folder / "content" / "sea" / "decks"
    path = decks / "single.yaml"
    hostile = "@everyone <@&1> [x](https://example.org) `code` \\u202e and a fence ~~~"
    text = path.read_text(encoding="utf-8")
    text = text.replace("text: The tide", f'text: "The tide {hostile}"').replace(
        "explanation: EXPLAINED", f"explanation: EXPLAINED @here {hostile}"
    )
    path.write_text(text, encoding="utf-8")
    async with closed_hall.open():
        question = await closed_hall.play(closed_hall.zoe, deck="single", count=1)
        await closed_hall.pick(closed_hall.zoe, question, "The tide")
        reveal = await closed_hall.shown("1 of 1: the answer", after=question)

    assert "EXPLAINED" in text_of(reveal)
    assert pinged(closed_hall.server) == []
    assert refused(closed_hall.server) == []
