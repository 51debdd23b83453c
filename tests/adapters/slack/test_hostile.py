"""Texts that want to be more than text, wherever people and packs write: nobody is called, nothing breaks."""

from typing import Final

import pytest

from tests.adapters.slack.halls import Hall, does, text_of
from tests.adapters.slack.learners import SLOWLY, filled, form_of, malformed, pinged, told
from tests.adapters.slack.paces import BY_SOCKET, QUICKLY
from tests.emulators.slack import Person, User

pytestmark = [QUICKLY, BY_SOCKET]

HOSTILE: Final = (
    "<!channel> <!here|here> <!everyone>",
    "@here @channel @everyone @zoe",
    "<@{zoe}> <!subteam^{group}|@mods> <#{channel}|quiz>",
    "&lt;!channel&gt; &amp;lt;!here&amp;gt;",
    "<https://example.org/x|free nitro> mailto:a@b.c",
    "```\nno end *bold* _it_ ~st~ `co",
    ":tada: :flag-de: > quote\n• list",
    "\N{RIGHT-TO-LEFT OVERRIDE}gnp.exe\N{ZERO WIDTH JOINER}\x07",
    "<!date^1392734382^{{date}}|now> {{time}} <>&\"'",
)
"""Names, answers and texts; braces are filled with ids of the hall."""


def filled_in(hall: Hall, text: str) -> str:
    """Return *text* with ids that are somebody's."""
    group = next(iter(hall.team.usergroups.values()), None) or hall.server.world.usergroup(
        "mods", [hall.zoe.user]
    )
    return text.format(zoe=hall.zoe.user.id, group=group.id, channel=hall.channel.id)


def called(hall: Hall, name: str) -> Person:
    """Let somebody with this display name come in."""
    person = hall.join("Mallory")
    user: User = person.user
    user.display_name = user.real_name = name
    return person


@pytest.mark.parametrize("text", HOSTILE)
async def test_a_name_is_only_ever_a_name(hall: Hall, text: str) -> None:
    """In the lobby, the reveal, the podium, the leaderboard, the home, and in what each is told."""
    name = filled_in(hall, text)
    mallory = called(hall, name)
    question = await hall.play(mallory, hall.ann, line=f"deck:single count:1 {SLOWLY}")
    await hall.pick(mallory, question, "The tide")
    await hall.pick(hall.ann, question, "The fish")
    reveal = await hall.shown("1 of 1: the answer", after=question)
    await mallory.press(reveal, does(reveal, "n"))
    podium = await hall.shown("Podium")
    await told(await hall.quiz(hall.ann, "top"))
    await told(await hall.quiz(hall.zoe, f"settings organisers:<@{mallory.user.id}>"))
    await mallory.open_home()
    await hall.until(lambda: mallory.home, "a home")

    assert "1st" in podium.text or "🥇" in text_of(podium)
    assert pinged(hall) == []
    assert malformed(hall) == []


@pytest.mark.parametrize("text", HOSTILE)
async def test_an_answer_is_only_ever_an_answer(hall: Hall, text: str) -> None:
    """The reveal, the confirmation and the home show what was typed."""
    said = filled_in(hall, text)
    question = await hall.play(hall.zoe, line=f"deck:free-text count:1 {SLOWLY}")
    form = await form_of(hall.zoe, question)
    done = await hall.zoe.submit(form, filled(form, said))
    reveal = await hall.shown("1 of 1: the answer", after=question)
    mine = await hall.zoe.press(reveal, does(reveal, "m"))

    assert "Your answer" in await told(done)
    assert "Your answer" in await told(mine)
    assert "EXPLAINED" in text_of(reveal)
    assert pinged(hall) == []
    assert malformed(hall) == []


@pytest.mark.parametrize("text", HOSTILE)
async def test_whatever_is_typed_into_a_command_is_answered_in_words(hall: Hall, text: str) -> None:
    """What is wrong is repeated, and calls nobody; in a command, a mention and a direct message."""
    said = filled_in(hall, text)
    for line in (
        "{}",
        "play deck:{}",
        "settings organisers:{}",
        "daily set 9:00 zone:{}",
        "settings season:{}",
    ):
        assert await told(await hall.quiz(hall.zoe, line.format(said)))
    await hall.zoe.mention(hall.channel, said)
    await hall.ann.write(hall.ann.dm, said)
    await hall.until(lambda: hall.messages(hall.ann.dm), "an answer to Ann")

    assert pinged(hall) == []
    assert malformed(hall) == []


async def test_what_is_shown_is_what_was_typed(hall: Hall) -> None:
    """Nothing is swallowed as markup, and nothing stands there twice escaped."""
    question = await hall.play(hall.zoe, line=f"deck:free-text count:1 {SLOWLY}")
    form = await form_of(hall.zoe, question)
    await hall.zoe.submit(form, filled(form, "5 < 6 & 7 > 3 <!here> *b* :tada:"))
    reveal = await hall.shown("1 of 1: the answer", after=question)

    assert "5 < 6 & 7 > 3 <!here> *b* :tada:" in text_of(reveal)
    assert "&lt;!here&gt;" in reveal.text


async def test_a_pack_cannot_call_anybody_either(closed_hall: Hall) -> None:
    """Prompts, options, feedback, explanations and titles are text, whatever stands in them."""
    path = closed_hall.folder / "content" / "sea" / "decks" / "single.yaml"
    hostile = f"<!channel> <@{closed_hall.zoe.user.id}> @here &lt;!here&gt; [x](https://example.org) `code`"
    text = path.read_text(encoding="utf-8")
    for before, after in (
        ("text: The tide", f'text: "The tide {hostile}"'),
        ("explanation: EXPLAINED", f"explanation: EXPLAINED {hostile}"),
        ("feedback: TIDE", f'feedback: "TIDE {hostile}"'),
        ("title: Single", f'title: "Single {hostile}"'),
        ("twice a day?", f"twice a day? {hostile}"),
    ):
        text = text.replace(before, after)
    path.write_text(text, encoding="utf-8")
    async with closed_hall.open():
        question = await closed_hall.play(closed_hall.zoe, line=f"deck:single count:1 {SLOWLY}")
        await closed_hall.pick(closed_hall.zoe, question, "The tide")
        reveal = await closed_hall.shown("1 of 1: the answer", after=question)
        await told(await closed_hall.quiz(closed_hall.zoe, "decks"))
        await closed_hall.zoe.press(reveal, does(reveal, "n"))
        await closed_hall.shown("Podium")

    assert "<!channel>" in text_of(reveal)
    assert pinged(closed_hall) == []
    assert malformed(closed_hall) == []
