"""Whole rounds on Discord, by the real client: every mode, every kind of question, every way to answer."""

import pytest

from tests.adapters.discord.halls import Hall, buttons, does, text_of
from tests.adapters.packs import EXPLANATION, SECRETS


async def test_two_people_play_a_round_to_the_podium(hall: Hall) -> None:
    """From the command to who won, with what each is told in private."""
    question = await hall.play(hall.zoe, hall.ann, deck="single", count=2)
    right = await hall.zoe.press(question, hall.button_of(question, "The tide"))
    wrong = await hall.ann.press(question, hall.button_of(question, "The fish"))
    reveal = await hall.shown("1 of 2", after=question)
    await hall.zoe.press(reveal, does(reveal, "n"))
    second = await hall.shown("Question 2 of 2")
    await hall.pick(hall.zoe, second, "The tide")
    await hall.pick(hall.ann, second, "The tide")
    last = await hall.shown("2 of 2", after=second)
    await hall.zoe.press(last, does(last, "n"))
    podium = await hall.shown("Podium")

    assert hall.letter_of(question, "The tide") in right.text
    assert hall.letter_of(question, "The fish") in wrong.text
    assert right.message is not None
    assert right.message.ephemeral
    assert EXPLANATION in text_of(reveal)
    assert text_of(podium).index("Zoe") < text_of(podium).index("Ann")
    missed = await hall.ann.press(podium, does(podium, "w"))
    assert "What lifts the whole sea" in missed.text


async def test_nothing_of_the_key_is_told_before_the_question_closes(hall: Hall) -> None:
    """Not in a message, a button, a select, a modal or a confirmation."""
    for deck in ("single", "many", "true-false"):
        question = await hall.play(hall.zoe, hall.ann, deck=deck, count=1)
        before = len(hall.server.traffic.exchanges())
        first = next(one for one in hall.messages() if one is question)
        told = str([one.body for one in hall.server.traffic.exchanges()[before:]]) + text_of(first)
        assert [secret for secret in SECRETS if secret in told] == []
        await hall.zoe.slash(hall.channel, "quiz stop")
        await hall.shown("Stopped", after=question)


async def test_an_answer_can_be_changed_and_its_confirmation_takes_the_place_of_the_one_before(
    hall: Hall,
) -> None:
    """Nobody is buried in confirmations."""
    question = await hall.play(hall.zoe, hall.ann, deck="single", count=1)
    first = await hall.ann.press(question, hall.button_of(question, "The fish"))
    await hall.ann.press(question, hall.button_of(question, "The tide"))
    await hall.until(lambda: f"answer: {hall.letter_of(question, 'The tide')}" in first.text)
    mine = [one for one in hall.ann.seen(hall.channel) if one.ephemeral and "Your answer" in text_of(one)]

    assert mine == [first.message]


async def test_several_options_are_picked_from_a_select(hall: Hall) -> None:
    """And both are right."""
    question = await hall.play(hall.zoe, deck="many", count=1)
    select = next(id_ for id_ in question.custom_ids if id_.startswith("a:"))
    component = question.component(select)
    assert component is not None
    letters = {hall.letter_of(question, "The tide"), hall.letter_of(question, "The wind")}
    values = [one["value"] for one in component["options"] if one["label"][0] in letters]
    await hall.zoe.select(question, select, values)

    assert "Zoe" in text_of(await hall.shown("1 of 1", after=question))


@pytest.mark.parametrize(
    "deck, filled",
    [
        ("fill-in", ["bow", "stern"]),
        ("numeric", ["1852"]),
        ("free-text", ["It is the Moon."]),
    ],
)
async def test_what_is_typed_goes_into_a_form(hall: Hall, deck: str, filled: list[str]) -> None:
    """One field a text."""
    question = await hall.play(hall.zoe, deck=deck, count=1)
    opened = await hall.zoe.press(question, does(question, "a"))
    assert opened.modal is not None
    fields = [str(one["component"]["custom_id"]) for one in opened.modal.components if "component" in one]
    await hall.zoe.submit(opened, dict(zip(fields, filled, strict=True)))

    reveal = await hall.shown("1 of 1", after=question)
    assert EXPLANATION in text_of(reveal)
    assert "Zoe" in text_of(reveal)


async def test_an_order_is_typed_as_letters(hall: Hall) -> None:
    """However they are written."""
    question = await hall.play(hall.zoe, deck="ordering", count=1)
    order = [hall.letter_of(question, words) for words in ("The tide", "The wind", "The boat", "The fish")]
    opened = await hall.zoe.press(question, does(question, "a"))
    assert opened.modal is not None
    field = next(str(one["component"]["custom_id"]) for one in opened.modal.components if "component" in one)
    await hall.zoe.submit(opened, {field: ", ".join(order).lower()})

    assert "Zoe" in text_of(await hall.shown("1 of 1", after=question))


async def test_what_cannot_be_read_in_a_form_is_told_in_one_sentence(hall: Hall) -> None:
    """And the form can be opened again."""
    question = await hall.play(hall.zoe, deck="numeric", count=1)
    opened = await hall.zoe.press(question, does(question, "a"))
    assert opened.modal is not None
    field = next(str(one["component"]["custom_id"]) for one in opened.modal.components if "component" in one)
    refused = await hall.zoe.submit(opened, {field: "1:30"})

    assert refused.message is not None
    assert refused.message.ephemeral
    assert "number" in refused.text.lower()


async def test_the_first_right_answer_takes_the_question(hall: Hall) -> None:
    """A wrong one locks its learner out."""
    question = await hall.play(hall.zoe, hall.ann, deck="single", count=1, mode="first")
    wrong = await hall.zoe.press(question, hall.button_of(question, "The fish"))
    again = await hall.zoe.press(question, hall.button_of(question, "The tide"))
    right = await hall.ann.press(question, hall.button_of(question, "The tide"))
    reveal = await hall.shown("1 of 1", after=question)

    assert wrong.message is not None
    assert again.message is not None
    assert right.message is not None
    assert "Ann" in text_of(reveal)


async def test_teams_score_their_mean(hall: Hall) -> None:
    """Everybody hears which team they are in."""
    await (
        await hall.zoe.slash(hall.channel, "quiz play", deck="single", count=1, mode="teams", lobby="wait")
    ).settled()
    lobby = await hall.shown("New round")
    joined = await hall.ann.press(lobby, does(lobby, "j"))
    await hall.zoe.press(lobby, does(lobby, "b"))
    question = await hall.shown("Question 1 of 1")
    await hall.pick(hall.zoe, question, "The tide")
    await hall.pick(hall.ann, question, "The fish")

    assert "Team" in joined.text or "team" in joined.text
    assert "eam" in text_of(await hall.shown("1 of 1", after=question))


async def test_a_relaxed_round_waits_for_its_host(hall: Hall) -> None:
    """There is no clock, and a button closes the question."""
    question = await hall.play(hall.zoe, hall.ann, deck="single", count=1, mode="relaxed")
    await hall.pick(hall.ann, question, "The tide")
    labels = [str(one["label"]) for one in buttons(question)]

    assert "<t:" not in text_of(question)
    assert any("lose" in label for label in labels)


async def test_a_button_of_a_question_that_is_over_says_so_kindly(hall: Hall) -> None:
    """An old client may still show it."""
    question = await hall.play(hall.zoe, hall.ann, deck="single", count=1)
    button = hall.button_of(question, "The tide")
    await hall.pick(hall.zoe, question, "The tide")
    await hall.pick(hall.ann, question, "The tide")
    await hall.shown("1 of 1", after=question)
    late = await hall.ann.press(question, button, force=True)

    assert late.message is not None
    assert late.message.ephemeral
    assert not late.failed
