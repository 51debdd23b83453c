"""The sentences of Discord's messages are a catalogue's: every word is marked in the pseudo-locale."""

import inspect
import re
from collections.abc import Callable
from typing import Final

import pytest

from bot.wording.catalogues.phrases import Phrases
from bot.wording.discord_sentences import SAY, DiscordSentences
from tests.wording.pseudo import pseudo

OURS: Final = re.compile(r"⟦[^⟦⟧]*⟧")
NAMES: Final = sorted(
    name for name, _ in inspect.getmembers(DiscordSentences, inspect.isfunction) if not hasattr(Phrases, name)
)


def said(sentence: Callable[..., str], number: int) -> str:
    """Return a sentence whose facts are *number*, or Greek letters where some are asked for."""
    facts = inspect.signature(sentence).parameters.values()
    return sentence(*(number if fact.annotation is int else ("Α", "Β") for fact in facts))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("number", [1, 25])
def test_every_sentence_is_worded_by_its_catalogue(name: str, number: int) -> None:
    """Outside the marks there are only facts."""
    sentence = said(getattr(DiscordSentences(pseudo), name), number)

    assert OURS.search(sentence)
    assert re.findall("[A-Za-z]", OURS.sub("", sentence)) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_is_short_and_reads_well(name: str) -> None:
    """A reader is told what is wrong and what to do, and no more."""
    sentence = said(getattr(SAY, name), 2)

    assert 0 < len(sentence) < 200
    assert "{" not in sentence


@pytest.mark.parametrize(
    "least, most, wanted", [(1, 1, "One letter"), (2, 2, "2 letters"), (1, 3, "1 to 3 letters")]
)
def test_how_many_letters_are_wanted_is_said(least: int, most: int, wanted: str) -> None:
    """Exactly, where there is no choice."""
    assert SAY.letters_hint(least, most) == wanted


@pytest.mark.parametrize("name", ["answer", "your_order", "your_pairs", "your_letters"])
def test_labels_fit_into_forms(name: str) -> None:
    """Discord gives them 45 characters."""
    assert len(said(getattr(SAY, name), 2)) <= 45
