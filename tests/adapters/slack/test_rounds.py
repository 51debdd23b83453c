"""Whole rounds on Slack, by the real client: every mode, every kind of question, over both connections."""

import pytest

from tests.adapters.packs import EXPLANATION, SECRETS
from tests.adapters.slack.halls import Hall, does, text_of
from tests.adapters.slack.learners import SLOWLY, filled, form_of, inputs_of, letters_chosen, malformed, told
from tests.adapters.slack.paces import BY_SOCKET, QUICKLY
from tests.emulators.slack import elements_of

pytestmark = QUICKLY


async def test_two_people_play_a_round_to_the_podium(hall: Hall) -> None:
    """From the command to who won, with what each is told in private."""
    question = await hall.play(hall.zoe, hall.ann, line=f"deck:single count:2 {SLOWLY}")
    right = await hall.pick(hall.zoe, question, "The tide")
    wrong = await hall.pick(hall.ann, question, "The fish")
    reveal = await hall.shown("1 of 2: the answer", after=question)
    await hall.zoe.press(reveal, does(reveal, "n"))
    second = await hall.shown("Question 2 of 2", after=reveal)
    await hall.pick(hall.zoe, second, "The tide")
    await hall.pick(hall.ann, second, "The tide")
    last = await hall.shown("2 of 2: the answer", after=second)
    await hall.zoe.press(last, does(last, "n"))
    podium = await hall.shown("Podium", after=last)
    missed = await hall.ann.press(podium, does(podium, "w"))

    assert f"Your answer: {hall.letter_of(question, 'The tide')}" in await told(right)
    assert f"Your answer: {hall.letter_of(question, 'The fish')}" in await told(wrong)
    assert right.messages[0].ephemeral_to is hall.zoe.user
    assert EXPLANATION in text_of(reveal)
    assert text_of(podium).index("Zoe") < text_of(podium).index("Ann")
    assert "What lifts the whole sea" in await told(missed)
    assert malformed(hall) == []


async def test_the_count_goes_up_and_a_closed_question_loses_its_buttons(hall: Hall) -> None:
    """Whoever looks at the channel knows what can still be done."""
    question = await hall.play(hall.zoe, hall.ann, line=f"deck:single count:1 {SLOWLY}")
    await hall.pick(hall.zoe, question, "The tide")
    await hall.until(lambda: "1 of 2" in text_of(question), "the count")
    counted = text_of(question)
    await hall.pick(hall.ann, question, "The fish")
    await hall.shown("1 of 1: the answer", after=question)
    await hall.until(lambda: not question.action_ids, "no buttons")

    assert "This question is closed" not in counted
    assert "This question is closed" in text_of(question)


async def test_an_answer_can_be_changed_until_the_question_closes(hall: Hall) -> None:
    """Each change is confirmed to its learner alone, and the last one counts."""
    question = await hall.play(hall.zoe, hall.ann, line=f"deck:single count:1 {SLOWLY}")
    await hall.pick(hall.ann, question, "The fish")
    changed = await hall.pick(hall.ann, question, "The tide")
    await told(changed)
    await hall.pick(hall.zoe, question, "The fish")
    reveal = await hall.shown("1 of 1: the answer", after=question)
    others = [one for one in hall.zoe.seen(hall.channel) if one.ephemeral and "The tide" in text_of(one)]

    assert f"Your answer: {hall.letter_of(question, 'The tide')}" in changed.text
    assert "1 of 2 right: Ann." in text_of(reveal)
    assert others == []


async def test_nothing_of_the_key_stands_in_what_can_be_pressed(hall: Hall) -> None:
    """Neither a label, a value, an id of a button, nor a form."""
    for deck in ("single", "many", "true-false"):
        question = await hall.play(hall.zoe, hall.ann, line=f"deck:{deck} count:1 {SLOWLY}")
        told_ = str(question.blocks) + question.text + str(question.metadata)
        if deck == "many":
            told_ += str((await form_of(hall.zoe, question)).body)
        assert [secret for secret in SECRETS if secret in told_] == []
        await hall.quiz(hall.zoe, "stop")
        await hall.shown("Stopped", after=question)


async def test_several_options_are_ticked_in_a_form(hall: Hall) -> None:
    """In a message each tick would be an answer; and both are right."""
    question = await hall.play(hall.zoe, line=f"deck:many count:1 {SLOWLY}")
    form = await form_of(hall.zoe, question)
    ((name, element),) = inputs_of(form)
    done = await hall.zoe.submit(form, {name: letters_chosen(hall, form, "The tide", "The wind")})

    assert element["type"] == "checkboxes"
    assert "Your answer" in await told(done)
    assert "1 of 1 right: Zoe." in text_of(await hall.shown("1 of 1: the answer", after=question))


@pytest.mark.parametrize(
    "deck, values",
    [("fill-in", ["bow", "stern"]), ("numeric", ["1852"]), ("free-text", ["It is the Moon."])],
)
async def test_what_is_typed_goes_into_a_form(hall: Hall, deck: str, values: list[str]) -> None:
    """One input a text, below the question that it hides."""
    question = await hall.play(hall.zoe, line=f"deck:{deck} count:1 {SLOWLY}")
    form = await form_of(hall.zoe, question)
    asked = text_of(form)
    names = [name for name, _ in inputs_of(form)]
    done = await hall.zoe.submit(form, dict(zip(names, values, strict=True)))
    reveal = await hall.shown("1 of 1: the answer", after=question)

    assert text_of(question).splitlines()[1] in asked
    assert values[0] in await told(done)
    assert EXPLANATION in text_of(reveal)
    assert "1 of 1 right: Zoe." in text_of(reveal)


async def test_an_order_is_typed_as_letters(hall: Hall) -> None:
    """However they are written."""
    question = await hall.play(hall.zoe, line=f"deck:ordering count:1 {SLOWLY}")
    order = [hall.letter_of(question, words) for words in ("The tide", "The wind", "The boat", "The fish")]
    form = await form_of(hall.zoe, question)
    ((name, _),) = inputs_of(form)
    await hall.zoe.submit(form, {name: ", ".join(order).lower()})

    assert "1 of 1 right: Zoe." in text_of(await hall.shown("1 of 1: the answer", after=question))


async def test_pairs_are_chosen_from_a_menu_for_each_line(hall: Hall) -> None:
    """Each line stands above its menu."""
    question = await hall.play(hall.zoe, line=f"deck:matching count:1 {SLOWLY}")
    form = await form_of(hall.zoe, question)
    right = {"Lifts the sea": "The tide", "Makes waves": "The wind", "Carries people": "The boat"}
    values = {}
    for block, element in elements_of(form.blocks):
        stem = str(block["label"]["text"]).partition(" · ")[2]
        texts = [str(one["text"]["text"]) for one in element["options"]]
        values[str(block["block_id"]), "value"] = next(one for one in texts if one.endswith(right[stem]))
    await hall.zoe.submit(form, filled(form, *values.values()))

    assert len(values) == 3
    assert "1 of 1 right: Zoe." in text_of(await hall.shown("1 of 1: the answer", after=question))


async def test_the_first_right_answer_takes_the_question(hall: Hall) -> None:
    """A wrong one locks its learner out."""
    question = await hall.play(hall.zoe, hall.ann, line=f"deck:single count:1 mode:first {SLOWLY}")
    wrong = await hall.pick(hall.zoe, question, "The fish")
    again = await hall.pick(hall.zoe, question, "The tide")
    right = await hall.pick(hall.ann, question, "The tide")
    reveal = await hall.shown("1 of 1: the answer", after=question)

    assert "You are out until the next question" in await told(wrong)
    assert "your one try" in await told(again)
    assert "first" in (await told(right)).lower()
    assert "Ann" in text_of(reveal)


async def test_teams_score_their_mean(hall: Hall) -> None:
    """Everybody hears which team they are in."""
    await hall.quiz(hall.zoe, f"play deck:single count:1 mode:teams lobby:wait pause:wait {SLOWLY}")
    lobby = await hall.shown("New round")
    joined = await hall.ann.press(lobby, does(lobby, "j"))
    await hall.zoe.press(lobby, does(lobby, "b"))
    question = await hall.shown("Question 1 of 1", after=lobby)
    await hall.pick(hall.zoe, question, "The tide")
    await hall.pick(hall.ann, question, "The fish")

    assert "eam" in await told(joined)
    assert "Team" in text_of(await hall.shown("1 of 1: the answer", after=question))


async def test_a_relaxed_round_waits_for_its_host(hall: Hall) -> None:
    """There is no clock, and a button closes the question."""
    question = await hall.play(hall.zoe, hall.ann, line="deck:single count:1 mode:relaxed")
    await hall.pick(hall.ann, question, "The tide")
    stays_open = "⏳" not in text_of(question)
    await hall.zoe.press(question, does(question, "c"))

    assert stays_open
    assert EXPLANATION in text_of(await hall.shown("1 of 1: the answer", after=question))


async def test_a_button_of_a_question_that_is_over_says_so_kindly(hall: Hall) -> None:
    """An old client may still show it."""
    question = await hall.play(hall.zoe, hall.ann, line=f"deck:single count:1 {SLOWLY}")
    button = hall.button_of(question, "The tide")
    await hall.pick(hall.zoe, question, "The tide")
    await hall.pick(hall.ann, question, "The tide")
    await hall.shown("1 of 1: the answer", after=question)
    late = await hall.ann.press(question, button, force=True)

    assert "not counted" in await told(late)
    assert late.messages[0].ephemeral


@BY_SOCKET
async def test_only_the_host_or_an_organiser_moves_a_round_on(hall: Hall) -> None:
    """Others are told who does."""
    question = await hall.play(hall.ann, hall.ben, line=f"deck:single count:2 {SLOWLY}")
    await hall.pick(hall.ann, question, "The tide")
    await hall.pick(hall.ben, question, "The tide")
    reveal = await hall.shown("1 of 2: the answer", after=question)
    refused = await hall.ben.press(reveal, does(reveal, "n"))
    stop = await hall.quiz(hall.ben, "stop")
    await hall.zoe.press(reveal, does(reveal, "n"))

    assert "host" in await told(refused)
    assert "host" in await told(stop)
    assert "What lifts" in text_of(await hall.shown("Question 2 of 2", after=reveal))


@BY_SOCKET
async def test_who_comes_late_joins_from_the_reveal(hall: Hall) -> None:
    """And plays from the next question on."""
    question = await hall.play(hall.zoe, line=f"deck:single count:2 {SLOWLY}")
    early = await hall.pick(hall.ben, question, "The tide")
    await hall.pick(hall.zoe, question, "The tide")
    reveal = await hall.shown("1 of 2: the answer", after=question)
    joined = await hall.ben.press(reveal, does(reveal, "j"))
    await hall.zoe.press(reveal, does(reveal, "n"))
    second = await hall.shown("Question 2 of 2", after=reveal)
    await hall.pick(hall.ben, second, "The tide")
    await hall.until(lambda: "1 of 2" in text_of(second), "the count")

    assert "not in this round" in await told(early)
    assert await told(joined)


@BY_SOCKET
async def test_ten_options_are_ten_buttons_in_two_rows(closed_hall: Hall) -> None:
    """As many as a pack may have; on a wide screen five stand beside each other."""
    path = closed_hall.folder / "content" / "sea" / "decks" / "single.yaml"
    more = "".join(
        f"      - {{id: ship{number}, text: Ship {number}, feedback: BOAT}}\n" for number in range(6)
    )
    text = path.read_text(encoding="utf-8").replace("    key: tide", f"{more}    key: tide")
    path.write_text(text, encoding="utf-8")
    async with closed_hall.open():
        question = await closed_hall.play(closed_hall.zoe, line=f"deck:single count:1 {SLOWLY}")
        rows = [len(block["elements"]) for block in question.blocks if block["type"] == "actions"]
        done = await closed_hall.pick(closed_hall.zoe, question, "The tide")
        await told(done)

    assert rows == [5, 5]
    assert f"Your answer: {closed_hall.letter_of(question, 'The tide')}" in done.text


@BY_SOCKET
@pytest.mark.parametrize("kind", ["static_select", "external_select", "radio_buttons"])
async def test_what_is_chosen_from_a_menu_answers_as_a_button_does(hall: Hall, kind: str) -> None:
    """An older message of ours, or a longer list of options, may have one."""
    question = await hall.play(hall.zoe, hall.ann, line=f"deck:single count:1 {SLOWLY}")
    letter = hall.letter_of(question, "The tide")
    button = hall.button_of(question, "The tide")
    action, _, place = button.rpartition(":")
    chosen = {"text": {"type": "plain_text", "text": letter}, "value": place}
    menu = {"type": kind, "action_id": action, "block_id": "row1", "selected_option": chosen}
    done = await hall.ann.press(question, button, changes={"actions": [menu]})

    assert f"Your answer: {letter}" in await told(done)
