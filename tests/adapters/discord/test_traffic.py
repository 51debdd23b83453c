"""All that goes over the wire, looked through: no key before its time, no limit exceeded, nobody called."""

import json
from collections.abc import Iterable

import pytest

from tests.adapters.discord.halls import Hall, does, text_of
from tests.adapters.packs import KINDS, SECRETS
from tests.emulators.discord import Interaction, Message, Person

ANSWERED_KINDS = tuple(KINDS)


def told(hall: Hall, since: int) -> str:
    """Return everything that we sent since, as one text: paths, bodies, and Discord's answers to them."""
    exchanges = hall.server.traffic.exchanges()[since:]
    return json.dumps([(one.path, one.query, one.body, one.files, one.answer) for one in exchanges])


async def answer_somehow(person: Person, question: Message) -> Interaction:
    """Answer with whatever control the question has, right or wrong."""
    control = does(question, "a")
    part = question.component(control)
    assert part is not None
    if part["type"] == 3:
        return await person.select(question, control, [one["value"] for one in part["options"]][:2])
    pressed = await person.press(question, control)
    if pressed.modal is None:
        return pressed
    fields = [one["component"] for one in pressed.modal.components if "component" in one]
    return await person.submit(pressed, dict(filled(fields)))


def filled(fields: Iterable[dict[str, object]]) -> Iterable[tuple[str, str]]:
    """Yield something to fill in for each field: a choice where there are any, else what could be read."""
    for field in fields:
        options = field.get("options")
        hint = str(field.get("placeholder") or "")
        value = str(options[0]["value"]) if isinstance(options, list) else "7" if hint else "D C B A"
        yield str(field["custom_id"]), value


@pytest.mark.parametrize("deck", ANSWERED_KINDS)
async def test_no_payload_tells_anything_of_the_key_before_the_reveal(hall: Hall, deck: str) -> None:
    """No message, edit, control, form, confirmation, refusal or flag, and no answer to any of them."""
    since = len(hall.server.traffic.exchanges())
    question = await hall.play(hall.zoe, hall.ann, deck=deck, count=1)
    for done in (
        await answer_somehow(hall.ann, question),
        await answer_somehow(hall.ann, question),
        await hall.ben.menu(question, "Explain this question"),
        await hall.ann.slash(hall.channel, "quiz me"),
        await hall.ann.slash(hall.channel, "quiz top"),
        await hall.ann.slash(hall.channel, "quiz flag", reason="hm"),
    ):
        await done.settled()
        assert not done.failed
    await hall.until(lambda: "1 of 2" in text_of(question), "the count")
    before = told(hall, since)
    await hall.zoe.slash(hall.channel, "quiz next")
    await hall.shown("1 of 1: the answer", after=question)

    assert [secret for secret in SECRETS if secret in before] == []
    assert "EXPLAINED" in told(hall, since)


async def test_a_whole_evening_exceeds_no_limit_and_calls_nobody(hall: Hall) -> None:
    """Discord found nothing malformed, refused nothing, and never had to slow us down."""
    for deck in ("many", "matching"):
        question = await hall.play(hall.zoe, hall.ann, deck=deck, count=1)
        for person in (hall.zoe, hall.ann):
            await answer_somehow(person, question)
        reveal = await hall.shown("1 of 1: the answer", after=question)
        await hall.zoe.press(reveal, does(reveal, "n"))
        await hall.shown("Podium", after=reveal)
    for line in ("help", "decks list", "top", "me", "settings"):
        await (await hall.zoe.slash(hall.channel, f"quiz {line}")).settled()

    assert [(one.path, one.answer) for one in hall.server.traffic.exchanges() if one.status >= 400] == []
    assert [one.pinged for one in hall.server.world.posted if one.pinged] == []


async def test_the_longest_of_texts_are_split_and_never_cut(closed_hall: Hall) -> None:
    """A prompt and options of the greatest length that packs allow come whole, in several messages."""
    path = closed_hall.folder / "content" / "sea" / "decks" / "single.yaml"
    text = path.read_text(encoding="utf-8")
    words = " ".join(f"word{number}" for number in range(400))
    text = text.replace("What lifts the whole sea twice a day?", f"What lifts the whole sea? {words}")
    path.write_text(text.replace("text: The wind", f"text: The wind {words[:900]}"), encoding="utf-8")
    async with closed_hall.open():
        question = await closed_hall.play(closed_hall.zoe, deck="single", count=1)
        parts = [one for one in closed_hall.messages() if one.id <= question.id]
        shown = " ".join(text_of(one) for one in parts[-3:])

    assert all(f"word{number}" in shown for number in range(400))
    assert [one for one in closed_hall.server.traffic.exchanges() if one.status == 400] == []
