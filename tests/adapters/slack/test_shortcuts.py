"""Shortcuts on Slack: a question explained and flagged from the menu of its message."""

from tests.adapters.packs import EXPLANATION
from tests.adapters.slack.halls import Hall, text_of
from tests.adapters.slack.learners import SLOWLY, filled, inputs_of, malformed, told
from tests.adapters.slack.paces import QUICKLY
from tests.emulators.slack import Interaction, Message, Person

pytestmark = QUICKLY


async def explained(person: Person, message: Message) -> str:
    """Let *person* ask for the explanation of *message*, and return what they are told."""
    return await told(await person.shortcut("explain", message))


async def flagged(person: Person, message: Message, *reason: str) -> Interaction:
    """Let *person* flag the question of *message*, with a reason or without."""
    form = await (await person.shortcut("flag", message)).opened()
    return await person.submit(form, filled(form, *reason) if reason else {})


async def test_a_question_is_explained_once_it_is_closed(hall: Hall) -> None:
    """To whoever asks, also to those who did not play; on the question and on its answer."""
    question = await hall.play(hall.zoe, line=f"deck:single count:1 {SLOWLY}")
    early = await explained(hall.ben, question)
    await hall.pick(hall.zoe, question, "The tide")
    reveal = await hall.shown("1 of 1: the answer", after=question)

    assert EXPLANATION not in early
    assert "You did not answer this one" in (of_question := await explained(hall.ben, question))
    assert EXPLANATION in of_question
    assert EXPLANATION in await explained(hall.zoe, reveal)


async def test_a_question_is_flagged_with_a_reason_or_without(hall: Hall) -> None:
    """The form asks for one and takes none."""
    question = await hall.play(hall.zoe, line=f"deck:single count:1 {SLOWLY}")
    opened = await (await hall.ann.shortcut("flag", question)).opened()
    ((_, element),) = inputs_of(opened)
    await hall.ann.close()

    assert element["multiline"]
    assert "written down" in await told(await flagged(hall.ann, question, "Two are right. <!here>"))
    assert "written down" in await told(await flagged(hall.ben, question))
    assert malformed(hall) == []


async def test_a_message_without_a_question_says_so(hall: Hall) -> None:
    """Somebody else's, and ours that has none."""
    await hall.quiz(hall.zoe, "play deck:single count:1 lobby:wait")
    lobby = await hall.shown("New round")
    said = await hall.ben.say(hall.channel, "Hello")
    for message in (said, lobby):
        for name in ("explain", "flag"):
            assert "no question" in await told(await hall.ann.shortcut(name, message))


async def test_a_question_in_direct_messages_has_its_menu_too(hall: Hall) -> None:
    """What comes of it is told there."""
    await hall.ann.write(hall.ann.dm, f"play deck:single count:1 lobby:5 {SLOWLY}")
    question = await hall.shown("Question 1 of 1", hall.ann.dm)
    await hall.pick(hall.ann, question, "The tide")
    reveal = await hall.shown("1 of 1: the answer", hall.ann.dm)

    assert EXPLANATION in await explained(hall.ann, reveal)
    assert "written down" in await told(await flagged(hall.ann, reveal, "hm"))


async def test_a_shortcut_of_another_version_does_nothing(hall: Hall) -> None:
    """It is acknowledged, and nothing breaks."""
    question = await hall.play(hall.zoe, line=f"deck:single count:1 {SLOWLY}")
    hall.app.shortcuts = None
    done = await hall.ann.shortcut("translate", question)

    assert done.acked
    assert "EXPLAINED" not in text_of(question)
