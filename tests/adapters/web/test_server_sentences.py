"""What the web chat itself says: whole sentences, right for one and for many, from the catalogue alone."""

import inspect
from collections.abc import Callable

import pytest

from bot.wording.web_sentences import SAY, WebSentences

OWN = sorted(
    name for name, value in vars(WebSentences).items() if inspect.isfunction(value) and name != "tutor_name"
)


def facts_of(sentence: Callable[..., str], number: int) -> dict[str, object]:
    """Return a fact for each parameter of *sentence*."""
    found = inspect.signature(sentence).parameters
    return {name: number if kind.annotation is int else f"[{name}]" for name, kind in found.items()}


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("number", [1, 2, 5_000])
def test_every_sentence_is_whole_and_holds_its_facts(name: str, number: int) -> None:
    """It begins with a capital letter, ends as a sentence does, and leaves no gap open."""
    sentence = getattr(SAY, name)
    facts = facts_of(sentence, number)

    said = sentence(**facts)

    assert said.strip("()")[0].isupper() or said[0].isdigit()
    assert said.strip("()").endswith(".")
    assert "{" not in said
    for fact in facts.values():
        assert (f"{fact:,}" if isinstance(fact, int) else str(fact)) in said


def test_one_and_many_are_said_differently() -> None:
    """Plurals are the catalogue's business."""
    assert SAY.house_full(1) == "1 person has joined this Study Hall, and it holds no more."
    assert SAY.house_full(2) == "2 people have joined this Study Hall, and it holds no more."


def test_every_word_of_a_sentence_comes_from_the_catalogue() -> None:
    """With another way to write them, no word but the facts stays as it was."""
    loud = WebSentences(literal=str.upper)

    assert loud.name_taken("ada") == SAY.name_taken("ada").upper().replace("ADA", "ada")


def test_our_name_is_the_same_in_every_language() -> None:
    """It is a name."""
    assert WebSentences(literal=str.upper).tutor_name() == "Study Hall"
