"""Forms on Slack: what cannot be read stands below its input, and what was typed stays there."""

import pytest

from bot.wording.slack_sentences import SAY
from tests.adapters.slack.halls import Hall, text_of
from tests.adapters.slack.learners import SLOWLY, filled, form_of, inputs_of, malformed, told
from tests.adapters.slack.paces import BY_SOCKET, QUICKLY
from tests.emulators.slack.parcels import Kind, Parcel

pytestmark = QUICKLY


@BY_SOCKET
@pytest.mark.parametrize(
    "deck, wrong, sentence, right",
    [
        ("numeric", "many", "cannot be read as one number", "1852"),
        ("numeric", "1:30", "cannot be read as one number", "1 852 m"),
        ("numeric", "7 furlongs", "unit is not known", "7 m"),
        ("ordering", "A A B C", "not an order of all the letters", "dcba"),
        ("fill-in", "bow", "", "stern"),
    ],
)
async def test_what_cannot_be_read_is_told_below_its_input(
    hall: Hall, deck: str, wrong: str, sentence: str, right: str
) -> None:
    """The form stays open, nothing is lost, and it can be sent again."""
    question = await hall.play(hall.zoe, hall.ann, line=f"deck:{deck} count:1 {SLOWLY}")
    form = await form_of(hall.zoe, question)
    blanks = len(inputs_of(form))
    refused = await hall.zoe.submit(form, filled(form, wrong, *[" "] * (blanks - 1)))
    block = inputs_of(form)[-1][0][0]
    open_still = form in hall.zoe.modals
    taken = await hall.zoe.submit(form, filled(form, *[right] * blanks))

    assert sentence in refused.errors[block]
    assert list(refused.errors) == [block]
    assert open_still
    assert taken.errors == {}
    assert "Your answer" in await told(taken)
    assert malformed(hall) == []


@BY_SOCKET
async def test_an_input_of_blanks_alone_is_empty(hall: Hall) -> None:
    """Slack takes a blank for an answer, and we do not."""
    question = await hall.play(hall.zoe, line=f"deck:fill-in count:1 {SLOWLY}")
    form = await form_of(hall.zoe, question)
    refused = await hall.zoe.submit(form, filled(form, " ", "stern"))

    assert refused.errors == {"i0": SAY.not_filled()}


@BY_SOCKET
async def test_too_many_ticks_are_told_below_the_boxes(hall: Hall) -> None:
    """Slack's boxes have no limit of their own."""
    question = await hall.play(hall.zoe, line=f"deck:many count:1 {SLOWLY}")
    form = await form_of(hall.zoe, question)
    refused = await hall.zoe.submit(form, filled(form, ["0", "1", "2"]))

    assert refused.errors == {"i0": SAY.ticks(1, 2)}


async def test_a_form_that_is_sent_after_its_question_has_closed_says_so(hall: Hall) -> None:
    """In the window that it was typed in."""
    question = await hall.play(hall.zoe, hall.ann, line=f"deck:numeric count:1 {SLOWLY}")
    form = await form_of(hall.ann, question)
    await hall.quiz(hall.zoe, "next")
    await hall.shown("1 of 1: the answer", after=question)
    late = await hall.ann.submit(form, filled(form, "1852"))

    assert "not counted" in await told(late)
    assert late.errors == {}


async def test_a_form_that_was_taken_and_is_sent_again_by_slack_just_closes(hall: Hall) -> None:
    """Slack did not hear that it was taken, and the question has closed since: it counts all the same."""
    question = await hall.play(hall.zoe, hall.ann, line=f"deck:numeric count:1 {SLOWLY}")
    form = await form_of(hall.ann, question)
    taken = await hall.ann.submit(form, filled(form, "1852"))
    await hall.quiz(hall.zoe, "next")
    reveal = await hall.shown("1 of 1: the answer", after=question)
    parcel = Parcel(taken.app, Kind.INTERACTIVE, taken.kind, taken.payload, taken.user.id)
    again = await hall.server.courier.ask(parcel)

    assert again.ok
    assert not again.body
    assert "Ann" in text_of(reveal)


async def test_who_is_not_in_the_round_is_told_in_the_form_how_to_be(hall: Hall) -> None:
    """And is not counted."""
    question = await hall.play(hall.zoe, line=f"deck:numeric count:1 {SLOWLY}")
    form = await form_of(hall.ben, question)
    done = await hall.ben.submit(form, filled(form, "1852"))

    assert "You are not in this round" in await told(done)
    assert "0 of 1" in text_of(question)


async def test_the_confirmation_of_a_form_stays_until_it_is_closed(hall: Hall) -> None:
    """It takes the place of the form, and is no message that may get lost."""
    question = await hall.play(hall.zoe, hall.ann, line=f"deck:free-text count:1 {SLOWLY}")
    form = await form_of(hall.ann, question)
    done = await hall.ann.submit(form, filled(form, "The Moon"))
    shown = hall.ann.modals[-1]

    assert done.modal is shown
    assert "The Moon" in text_of(shown)
    assert text_of(shown).endswith("Close")
    assert not any(one.ephemeral and "The Moon" in text_of(one) for one in hall.ann.seen(hall.channel))


@BY_SOCKET
async def test_an_answer_that_was_typed_can_be_typed_anew(hall: Hall) -> None:
    """As long as the question is open, the last one counts."""
    question = await hall.play(hall.zoe, hall.ann, line=f"deck:numeric count:1 {SLOWLY}")
    for value in ("7", "1852"):
        form = await form_of(hall.ann, question)
        await hall.ann.submit(form, filled(form, value))
        await hall.ann.close()
    await hall.quiz(hall.zoe, "next")

    assert "Ann" in text_of(await hall.shown("1 of 1: the answer", after=question)).split("In front")[0]
