"""Reactions on Discord: letters that answer, a flag that flags, a question mark that explains."""

import pytest

from bot.wording.reactions import emoji_of
from tests.adapters.discord.halls import Hall, does, text_of
from tests.adapters.packs import EXPLANATION
from tests.emulators.discord import Message, Person


async def reacting(hall: Hall, rule: str, deck: str = "single") -> Message:
    """Let the channel answer with reactions, and return the first question once its letters are there."""
    await hall.zoe.slash(hall.channel, "quiz settings", reactions=rule)
    question = await hall.play(hall.zoe, hall.ann, deck=deck, count=1)
    await hall.until(lambda: len(question.reactions) == 4, "four letters")
    return question


def emoji(hall: Hall, question: Message, words: str) -> str:
    """Return the emoji of the option that says *words*."""
    return emoji_of(ord(hall.letter_of(question, words)) - ord("A"))


async def answered(hall: Hall, question: Message, count: int) -> None:
    """Wait until the question says that *count* of two have answered."""
    await hall.until(lambda: f"{count} of 2" in text_of(question) or not question.reactions, f"{count} of 2")


def direct(hall: Hall, person: Person) -> list[str]:
    """Return what we have told *person* directly."""
    return [text_of(one) for one in hall.messages(person.dm())]


async def test_letters_stand_below_the_question_in_order_and_no_button_does(hall: Hall) -> None:
    """They were put by us, once each."""
    question = await reacting(hall, "last")

    assert list(question.reactions) == [emoji_of(place) for place in range(4)]
    assert question.custom_ids == ()
    assert "React with the letter" in text_of(question)


async def test_the_last_reaction_counts_where_the_channel_chose_so(hall: Hall) -> None:
    """And its learner hears once that it replaced another."""
    question = await reacting(hall, "last")
    await hall.ann.react(question, emoji(hall, question, "The fish"))
    await hall.ann.react(question, emoji(hall, question, "The boat"))
    await hall.ann.react(question, emoji(hall, question, "The tide"))
    await hall.until(lambda: direct(hall, hall.ann), "a word to Ann")
    await hall.zoe.react(question, emoji(hall, question, "The fish"))
    reveal = await hall.shown("1 of 1: the answer", after=question)

    assert "Ann" in text_of(reveal).split("In front")[0]
    assert len(direct(hall, hall.ann)) == 1


async def test_the_first_reaction_counts_where_the_channel_chose_so(hall: Hall) -> None:
    """Another is told why it does not, once."""
    question = await reacting(hall, "first")
    await hall.ann.react(question, emoji(hall, question, "The tide"))
    await answered(hall, question, 1)
    for words in ("The fish", "The boat"):
        await hall.ann.react(question, emoji(hall, question, words))
    await hall.until(lambda: direct(hall, hall.ann), "a word to Ann")
    await hall.zoe.react(question, emoji(hall, question, "The fish"))
    reveal = await hall.shown("1 of 1: the answer", after=question)

    assert "Ann" in text_of(reveal).split("In front")[0]
    assert len(direct(hall, hall.ann)) == 1


async def test_taking_a_reaction_away_withdraws_the_answer(hall: Hall) -> None:
    """The count goes down, and another may be given."""
    question = await reacting(hall, "first")
    await hall.ann.react(question, emoji(hall, question, "The fish"))
    await answered(hall, question, 1)
    await hall.ann.unreact(question, emoji(hall, question, "The fish"))
    await answered(hall, question, 0)
    await hall.ann.react(question, emoji(hall, question, "The tide"))
    await hall.zoe.react(question, emoji(hall, question, "The tide"))

    assert "Ann" in text_of(await hall.shown("1 of 1: the answer", after=question))
    assert direct(hall, hall.ann) == []


async def test_several_letters_answer_a_multiple_response(hall: Hall) -> None:
    """It closes when its time comes or its host says so, for nobody knows who is finished."""
    question = await reacting(hall, "last", "many")
    for words in ("The tide", "The wind"):
        await hall.ann.react(question, emoji(hall, question, words))
    await answered(hall, question, 1)
    await hall.zoe.slash(hall.channel, "quiz next")
    reveal = await hall.shown("1 of 1: the answer", after=question)

    assert "Ann was right" in text_of(reveal) or "Right: Ann" in text_of(reveal) or "Ann" in text_of(reveal)


async def test_who_has_not_joined_is_told_directly_how_to(hall: Hall) -> None:
    """There is nothing to answer to in the channel."""
    question = await reacting(hall, "last")
    await hall.ben.react(question, emoji(hall, question, "The tide"))
    await hall.until(lambda: direct(hall, hall.ben), "a word to Ben")

    assert "not in this round" in direct(hall, hall.ben)[0]


async def test_a_form_stays_a_form_where_letters_cannot_answer(hall: Hall) -> None:
    """Numbers have no emoji."""
    await hall.zoe.slash(hall.channel, "quiz settings", reactions="last")
    question = await hall.play(hall.zoe, deck="numeric", count=1)

    assert (await hall.zoe.press(question, does(question, "a"))).modal is not None
    assert question.reactions == {}


async def test_a_flag_flags_whatever_message_of_a_question_it_is_put_on(hall: Hall) -> None:
    """And who put it is thanked directly."""
    question = await hall.play(hall.zoe, deck="single", count=1)
    await hall.ann.react(question, "🚩")
    await hall.until(lambda: direct(hall, hall.ann), "thanks")

    assert "written down" in direct(hall, hall.ann)[0]


async def test_a_question_mark_brings_the_explanation_once_the_question_is_closed(hall: Hall) -> None:
    """Before that it brings nothing of the key."""
    question = await hall.play(hall.zoe, hall.ann, deck="single", count=1)
    await hall.ann.react(question, "❓")
    await hall.until(lambda: direct(hall, hall.ann), "an answer")
    early = direct(hall, hall.ann)[0]
    await hall.pick(hall.zoe, question, "The tide")
    await hall.pick(hall.ann, question, "The fish")
    reveal = await hall.shown("1 of 1: the answer", after=question)
    await hall.ann.react(reveal, "❔")
    await hall.until(lambda: len(direct(hall, hall.ann)) == 2, "the explanation")

    assert EXPLANATION not in early
    assert EXPLANATION in direct(hall, hall.ann)[1]


@pytest.mark.parametrize("emoji_", ["🎉", "🇿", "👍"])
async def test_any_other_reaction_means_nothing(hall: Hall, emoji_: str) -> None:
    """Nobody is bothered."""
    question = await hall.play(hall.zoe, deck="single", count=1)
    await hall.ann.react(question, emoji_)
    await hall.ann.react(question, "🚩")
    await hall.until(lambda: direct(hall, hall.ann), "what the flag brings")

    assert len(direct(hall, hall.ann)) == 1


async def test_a_reaction_to_somebody_elses_message_means_nothing(hall: Hall) -> None:
    """Flags wave everywhere."""
    said = await hall.ben.say(hall.channel, "Hello")
    question = await hall.play(hall.zoe, deck="single", count=1)
    await hall.ann.react(said, "🚩")
    await hall.ann.react(question, "🚩")
    await hall.until(lambda: direct(hall, hall.ann), "what the second flag brings")

    assert len(direct(hall, hall.ann)) == 1
