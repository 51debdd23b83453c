"""The review in the web chat: a question is flagged and mended, and the old round regraded."""

from pathlib import Path
from typing import Any

from tests.adapters.web.study_pages import PAGE, Sender, hall

Json = dict[str, Any]


def view(frame: Json) -> Json:
    """Return the private reply in an acknowledgement."""
    assert frame["type"] == "ack", frame
    found: Json = frame["notice"]["view"]
    return found


async def played(ann: Sender, ben: Sender) -> Json:
    """Let Ann and Ben play a question of the group's own and Ben answer it; return the reveal."""
    _, read = await ann.send(PAGE.encode())
    await ann.press(read["notice"], "Add 2 questions")
    await ann.window.say("/quiz play deck:knots-basics count:1 lobby:wait pause:wait")
    lobby = await ben.window.until("New round")
    await ben.press(lobby, "Join")
    await ann.window.say("/quiz begin")
    question = await ben.window.until("Question 1")
    (picker,) = [one for one in question["view"]["controls"] if one["type"] == "picker"]
    await ben.window.ask(
        type="press", message=question["seq"], action=picker["action"], picked=[0], typed=None
    )
    await ann.window.say("/quiz next")
    reveal = await ben.window.until(": the answer")
    await ann.window.say("/quiz stop")
    return reveal


async def test_a_flagged_question_is_mended_and_the_old_round_is_regraded(tmp_path: Path) -> None:
    """The other option is right now: the channel is told, and so is Ben, whose points changed."""
    async with hall(tmp_path) as (ann, ben):
        await played(ann, ben)
        await ben.window.say("/quiz flag The other one is right.")
        before = view(await ben.window.say("/quiz top"))["alt"]
        shown = await ann.window.say("/quiz decks review")
        form = await ann.press(shown["notice"], "Mend")
        fields = view(form)["controls"][0]["fields"]
        prompt, answers, explanation = (field["value"] for field in fields)
        lines = [line.removeprefix("* ") for line in answers.splitlines()]
        starred = [line.startswith("* ") for line in answers.splitlines()]
        turned = "\n".join(
            f"{'' if right else '* '}{line}" for line, right in zip(lines, starred, strict=True)
        )
        wrong = await ann.press(form["notice"], "Mend this question", [prompt, "\n".join(lines), explanation])
        told = await ann.press(form["notice"], "Mend this question", [prompt, turned, explanation])
        public = await ben.window.until("A question was mended")
        after = view(await ben.window.say("/quiz top"))["alt"]
        empty = view(await ann.window.say("/quiz decks review"))["alt"]

    assert "The other one is right." in view(shown)["alt"]
    assert "No option is marked as right." in view(wrong)["alt"]
    assert "1 of them changed" in view(told)["alt"]
    assert "it changed" in public["view"]["alt"]
    assert before != after
    assert "Nothing waits" in empty


async def test_a_learner_reviews_nothing(tmp_path: Path) -> None:
    """Ben organises nothing."""
    async with hall(tmp_path) as (_, ben):
        refused = view(await ben.window.say("/quiz decks review"))["alt"]

    assert "Only organisers can do that." in refused
