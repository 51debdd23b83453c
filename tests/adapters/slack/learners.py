"""What learners do in one step, and what they are told in answer, however Slack shows it."""

from collections.abc import Mapping
from typing import Final

from tests.adapters.slack.halls import Hall, does, text_of
from tests.emulators.slack import Interaction, Json, Message, Person, View, elements_of

SLOWLY: Final = "seconds:600"
"""The time of a question where nothing waits for its end."""

Inputs = Mapping[tuple[str, str] | str, str | list[str]]


async def told(done: Interaction) -> str:
    """Return what the acknowledgement of *done* says, or the message or the window that comes after it."""
    await done.bell.until(lambda: done.answer or done.messages or done.modal is not None, what="an answer")
    assert not done.failed
    return text_of(done.modal) if done.modal is not None else done.text


async def form_of(person: Person, question: Message) -> View:
    """Let *person* press the button that opens the form of *question*, and return the form."""
    opened = await person.press(question, does(question, "a"))
    return await opened.opened()


def inputs_of(form: View) -> list[tuple[tuple[str, str], Json]]:
    """Return the inputs of *form*, each with what it is called."""
    return [
        ((str(block["block_id"]), str(element["action_id"])), element)
        for block, element in elements_of(form.blocks)
    ]


def filled(form: View, *values: str | list[str]) -> Inputs:
    """Return *values* for the inputs of *form*, in their order."""
    return {name: value for (name, _), value in zip(inputs_of(form), values, strict=True)}


def letters_chosen(hall: Hall, form: View, *options: str) -> list[str]:
    """Return the values that stand for *options* in the first input of *form*."""
    (_, element), *_ = inputs_of(form)
    letters = [hall.letter_of(form, words) for words in options]
    said = {str(one["text"]["text"]).partition(" ")[0]: str(one["value"]) for one in element["options"]}
    return [said[letter] for letter in letters]


async def answer_somehow(person: Person, question: Message) -> Interaction:
    """Answer with whatever control *question* has, right or wrong."""
    pressed = await person.press(question, does(question, "a"))
    if ":" in does(question, "a").removeprefix("a:"):
        return pressed
    form = await pressed.opened()
    return await person.submit(form, dict(zip_inputs(form)))


def zip_inputs(form: View) -> list[tuple[tuple[str, str], str | list[str]]]:
    """Return something to fill in for each input: a choice where there are any, else what could be read."""
    return [(name, _something(element)) for name, element in inputs_of(form)]


def _something(element: Json) -> str | list[str]:
    if element["type"] == "checkboxes":
        return [str(one["value"]) for one in element["options"]][:2]
    if "options" in element:
        return str(element["options"][0]["value"])
    return "7" if "placeholder" in element else "D C B A"


def pinged(hall: Hall) -> list[object]:
    """Return whom our messages called."""
    return [one.pinged for one in hall.server.world.posted if one.author.bot and one.pinged]


def malformed(hall: Hall) -> list[object]:
    """Return what Slack refused of all that we sent, and what it took with a fault."""
    posted = [one for one in hall.server.world.posted if one.app is hall.app]
    faulty = [one for one in posted if one.without_text or one.truncated]
    return [*((one.method, one.answer) for one in hall.server.traffic.refused()), *faulty]
