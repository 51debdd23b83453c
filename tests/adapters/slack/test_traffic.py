"""All that goes over the wire, looked through: no key before its time, no limit exceeded, nobody called."""

import json

import pytest

from tests.adapters.packs import KINDS, SECRETS
from tests.adapters.slack.halls import Hall, does, text_of
from tests.adapters.slack.learners import SLOWLY, answer_somehow, malformed, pinged, told
from tests.adapters.slack.paces import BY_SOCKET, QUICKLY
from tests.emulators.slack import Exchange

pytestmark = [QUICKLY, BY_SOCKET]


def wired(hall: Hall, since: int) -> str:
    """Return all that went over the wire since, both ways: requests, events, and the answers to them."""
    entries = list(hall.server.traffic)[since:]
    return json.dumps(
        [
            (one.method, one.args, one.answer)
            if isinstance(one, Exchange)
            else (one.type, one.body, one.answer)
            for one in entries
        ],
        default=str,
    )


@pytest.mark.parametrize("deck", KINDS)
async def test_nothing_on_the_wire_tells_anything_of_the_key_before_the_reveal(hall: Hall, deck: str) -> None:
    """No message, edit, metadata, control, form, confirmation, refusal, home or flag."""
    since = len(hall.server.traffic)
    question = await hall.play(hall.zoe, hall.ann, line=f"deck:{deck} count:1 {SLOWLY}")
    await hall.ann.open_home()
    for done in (
        await answer_somehow(hall.ann, question),
        await answer_somehow(hall.ann, question),
        await hall.ben.shortcut("explain", question),
        await hall.quiz(hall.ann, "me"),
        await hall.quiz(hall.ann, "top"),
        await hall.quiz(hall.ann, "flag hm"),
    ):
        assert await told(done)
    await hall.ben.react(question, "question")
    await hall.until(lambda: "1 of 2" in text_of(question), "the count")
    home = hall.ann.home
    await hall.until(lambda: home and "our answer" in text_of(home), "the answer at home")
    before = wired(hall, since)
    await hall.quiz(hall.zoe, "next")
    await hall.shown("1 of 1: the answer", after=question)

    assert [secret for secret in SECRETS if secret in before] == []
    assert "EXPLAINED" in wired(hall, since)


async def test_a_whole_evening_exceeds_no_limit_and_calls_nobody(hall: Hall) -> None:
    """Slack refused nothing, never had to slow us down, and found words for notifications in everything."""
    for deck in ("many", "matching"):
        question = await hall.play(hall.zoe, hall.ann, line=f"deck:{deck} count:1 {SLOWLY}")
        for person in (hall.zoe, hall.ann):
            await answer_somehow(person, question)
        reveal = await hall.shown("1 of 1: the answer", after=question)
        await hall.zoe.press(reveal, does(reveal, "n"))
        await hall.shown("Podium", after=reveal)
    for line in ("help", "decks", "top", "me", "settings"):
        await told(await hall.quiz(hall.zoe, line))

    assert malformed(hall) == []
    assert pinged(hall) == []
    assert hall.server.traffic.busy == 0
    assert all(one.text for one in hall.server.world.posted if one.app is hall.app)


async def test_nothing_we_post_unfurls_or_is_parsed(hall: Hall) -> None:
    """An address in a question brings no preview, and a name with an @ calls nobody."""
    question = await hall.play(hall.zoe, hall.ann, line=f"deck:single count:1 {SLOWLY}")
    await hall.pick(hall.zoe, question, "The tide")
    sent = hall.server.traffic.exchanges("chat.postMessage")

    assert {(one.args["unfurl_links"], one.args["unfurl_media"], one.args["link_names"]) for one in sent} <= {
        (False, False, False),
        ("0", "0", "0"),
        ("false", "false", "false"),
    }
    assert all("parse" not in one.args for one in hall.server.traffic.exchanges())


async def test_each_message_carries_its_key_and_nothing_of_its_content(hall: Hall) -> None:
    """By it a message is found again after a connection that broke."""
    question = await hall.play(hall.zoe, line=f"deck:single count:1 {SLOWLY}")
    keys = [one.metadata["event_payload"]["key"] for one in hall.messages() if one.metadata]

    assert len(set(keys)) == len(hall.messages())
    assert question.metadata is not None
    assert set(question.metadata["event_payload"]) == {"key", "part"}


async def test_the_longest_of_texts_are_split_and_never_cut(closed_hall: Hall) -> None:
    """A prompt and options of the greatest length that packs allow come whole, in several messages."""
    path = closed_hall.folder / "content" / "sea" / "decks" / "single.yaml"
    text = path.read_text(encoding="utf-8")
    words = " ".join(f"word{number}" for number in range(400))
    longest = " ".join(f"wind{number}" for number in range(120))
    text = text.replace("What lifts the whole sea twice a day?", f"What lifts the whole sea? {words}")
    for option in ("wind", "fish", "boat"):
        text = text.replace(f"text: The {option}", f"text: The {option} {longest}")
    path.write_text(text, encoding="utf-8")
    async with closed_hall.open():
        await closed_hall.play(closed_hall.zoe, line=f"deck:single count:1 {SLOWLY}")
        question = await closed_hall.shown("to answer")
        shown = " ".join(text_of(one) for one in closed_hall.messages())
        done = await closed_hall.zoe.press(question, does(question, "a"))
        await told(done)

    assert all(f"word{number}" in shown for number in range(400))
    assert all(shown.count(f"wind{number} ") + shown.count(f"wind{number}\n") >= 3 for number in range(120))
    assert malformed(closed_hall) == []
