"""Reactions on Slack: numbers that answer, a flag that flags, a question mark that explains."""

import pytest

from bot.adapters.slack.letters import KEYCAPS
from tests.adapters.packs import EXPLANATION
from tests.adapters.slack.halls import Hall, does, text_of
from tests.adapters.slack.learners import SLOWLY, form_of, malformed
from tests.adapters.slack.paces import BY_SOCKET, QUICKLY
from tests.emulators.slack import Message, Person

pytestmark = [QUICKLY, BY_SOCKET]


async def reacting(hall: Hall, rule: str, deck: str = "single") -> Message:
    """Let the channel answer with reactions, and return the first question once its numbers are there."""
    await hall.quiz(hall.zoe, f"settings reactions:{rule}")
    question = await hall.play(hall.zoe, hall.ann, line=f"deck:{deck} count:1 {SLOWLY}")
    await hall.until(lambda: len(question.reactions) == 4, "four numbers")
    return question


def name_of(hall: Hall, question: Message, words: str) -> str:
    """Return Slack's name of the emoji of the option that says *words*."""
    return KEYCAPS[ord(hall.letter_of(question, words)) - ord("A")]


async def answered(hall: Hall, question: Message, count: int) -> None:
    """Wait until the question says that *count* of two have answered."""
    await hall.until(lambda: f"{count} of 2" in text_of(question), f"{count} of 2")


def whispered(hall: Hall, person: Person) -> list[str]:
    """Return what *person* alone was told in the channel since the round began."""
    alone = (one for one in hall.channel.messages.values() if one.ephemeral_to is person.user)
    return [text_of(one) for one in alone if "You are in" not in text_of(one)]


async def test_numbers_stand_below_the_question_in_order_and_no_button_does(hall: Hall) -> None:
    """They were put by us, once each, and each stands beside its letter."""
    question = await reacting(hall, "last")

    assert list(question.reactions) == list(KEYCAPS[:4])
    assert question.action_ids == ()
    assert ":one: A." in text_of(question)
    assert ":four: D." in text_of(question)
    assert "react with the number" in text_of(question)
    assert malformed(hall) == []


async def test_the_last_reaction_counts_where_the_channel_chose_so(hall: Hall) -> None:
    """And its learner hears once that it replaced another."""
    question = await reacting(hall, "last")
    for words in ("The fish", "The boat", "The tide"):
        await hall.ann.react(question, name_of(hall, question, words))
    await hall.until(lambda: whispered(hall, hall.ann), "a word to Ann")
    await hall.zoe.react(question, name_of(hall, question, "The fish"))
    reveal = await hall.shown("1 of 1: the answer", after=question)

    assert "1 of 2 right: Ann." in text_of(reveal)
    assert len(whispered(hall, hall.ann)) == 1


async def test_the_first_reaction_counts_where_the_channel_chose_so(hall: Hall) -> None:
    """Another is told why it does not, once."""
    question = await reacting(hall, "first")
    await hall.ann.react(question, name_of(hall, question, "The tide"))
    await answered(hall, question, 1)
    for words in ("The fish", "The boat"):
        await hall.ann.react(question, name_of(hall, question, words))
    await hall.until(lambda: whispered(hall, hall.ann), "a word to Ann")
    await hall.zoe.react(question, name_of(hall, question, "The fish"))
    reveal = await hall.shown("1 of 1: the answer", after=question)

    assert "1 of 2 right: Ann." in text_of(reveal)
    assert len(whispered(hall, hall.ann)) == 1


async def test_taking_a_reaction_away_withdraws_the_answer(hall: Hall) -> None:
    """The count goes down, and another may be given."""
    question = await reacting(hall, "first")
    await hall.ann.react(question, name_of(hall, question, "The fish"))
    await answered(hall, question, 1)
    await hall.ann.unreact(question, name_of(hall, question, "The fish"))
    await answered(hall, question, 0)
    await hall.ann.react(question, name_of(hall, question, "The tide"))
    await hall.zoe.react(question, name_of(hall, question, "The tide"))

    assert "Everybody was right" in text_of(await hall.shown("1 of 1: the answer", after=question))
    assert whispered(hall, hall.ann) == []


async def test_several_numbers_answer_a_multiple_response(hall: Hall) -> None:
    """It closes when its time comes or its host says so, for nobody knows who is finished."""
    question = await reacting(hall, "last", "many")
    for words in ("The tide", "The wind"):
        await hall.ann.react(question, name_of(hall, question, words))
    await answered(hall, question, 1)
    await hall.quiz(hall.zoe, "next")

    assert "right: Ann." in text_of(await hall.shown("1 of 1: the answer", after=question))


async def test_a_skin_tone_and_a_letter_of_the_workspace_mean_the_same(hall: Hall) -> None:
    """However somebody puts them."""
    question = await reacting(hall, "last")
    letter = hall.letter_of(question, "The tide").lower()
    await hall.ann.react(question, f"alphabet-white-{letter}")
    await answered(hall, question, 1)
    await hall.zoe.react(question, f"{name_of(hall, question, 'The tide')}::skin-tone-3")

    assert "Everybody was right" in text_of(await hall.shown("1 of 1: the answer", after=question))


async def test_who_has_not_joined_is_told_how_to_below_the_question(hall: Hall) -> None:
    """They alone see it."""
    question = await reacting(hall, "last")
    await hall.ben.react(question, name_of(hall, question, "The tide"))
    await hall.until(lambda: whispered(hall, hall.ben), "a word to Ben")

    assert "not in this round" in whispered(hall, hall.ben)[0]


async def test_reactions_answer_in_a_thread_too(hall: Hall) -> None:
    """Slack does not say in which thread one was put."""
    await hall.quiz(hall.zoe, "settings reactions:last")
    parent = await hall.ann.say(hall.channel, "A round?")
    await hall.zoe.mention(hall.channel, "settings reactions:last", thread=parent)
    await hall.zoe.mention(
        hall.channel, f"play deck:single count:1 lobby:wait pause:wait {SLOWLY}", thread=parent
    )
    lobby = await hall.shown("New round")
    await hall.zoe.press(lobby, does(lobby, "b"))
    question = await hall.shown("Question 1 of 1", after=lobby)
    await hall.until(lambda: len(question.reactions) == 4, "four numbers")
    await hall.zoe.react(question, name_of(hall, question, "The tide"))
    reveal = await hall.shown("1 of 1: the answer", after=question)

    assert reveal.thread_ts == parent.ts
    assert "1 of 1 right: Zoe." in text_of(reveal)


async def test_a_form_stays_a_form_where_numbers_cannot_answer(hall: Hall) -> None:
    """A number to type has no emoji."""
    await hall.quiz(hall.zoe, "settings reactions:last")
    question = await hall.play(hall.zoe, line=f"deck:numeric count:1 {SLOWLY}")

    assert text_of(await form_of(hall.zoe, question))
    assert question.reactions == {}


async def test_a_flag_flags_whatever_message_of_a_question_it_is_put_on(hall: Hall) -> None:
    """And who put it is thanked, where nobody else sees it."""
    question = await hall.play(hall.zoe, line=f"deck:single count:1 {SLOWLY}")
    await hall.ann.react(question, "triangular_flag_on_post")
    await hall.until(lambda: whispered(hall, hall.ann), "thanks")

    assert "written down" in whispered(hall, hall.ann)[0]


async def test_a_question_mark_brings_the_explanation_once_the_question_is_closed(hall: Hall) -> None:
    """Before that it brings nothing of the key."""
    question = await hall.play(hall.zoe, hall.ann, line=f"deck:single count:1 {SLOWLY}")
    await hall.ben.react(question, "question")
    await hall.until(lambda: whispered(hall, hall.ben), "an answer")
    early = whispered(hall, hall.ben)[0]
    await hall.pick(hall.zoe, question, "The tide")
    await hall.pick(hall.ann, question, "The fish")
    reveal = await hall.shown("1 of 1: the answer", after=question)
    await hall.ben.react(reveal, "grey_question")
    await hall.until(lambda: len(whispered(hall, hall.ben)) == 2, "the explanation")

    assert EXPLANATION not in early
    assert EXPLANATION in whispered(hall, hall.ben)[1]


@pytest.mark.parametrize("name", ["tada", "+1::skin-tone-2", "one", "alphabet-white-z"])
async def test_any_other_reaction_means_nothing(hall: Hall, name: str) -> None:
    """Nobody is bothered; nor is a number an answer where buttons answer."""
    question = await hall.play(hall.zoe, line=f"deck:single count:1 {SLOWLY}")
    await hall.ann.react(question, name)
    await hall.ann.react(question, "triangular_flag_on_post")
    await hall.until(lambda: whispered(hall, hall.ann), "what the flag brings")

    assert len(whispered(hall, hall.ann)) == 1


async def test_a_reaction_to_somebody_elses_message_means_nothing(hall: Hall) -> None:
    """Flags wave everywhere."""
    said = await hall.ben.say(hall.channel, "Hello")
    question = await hall.play(hall.zoe, line=f"deck:single count:1 {SLOWLY}")
    await hall.ann.react(said, "triangular_flag_on_post")
    await hall.ann.react(question, "triangular_flag_on_post")
    await hall.until(lambda: whispered(hall, hall.ann), "what the second flag brings")

    assert len(whispered(hall, hall.ann)) == 1
