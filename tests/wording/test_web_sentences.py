"""The web chat's own sentences are a catalogue's too: every word of them is marked in the pseudo-locale."""

import inspect
import re
from collections.abc import Callable
from typing import Final

import pytest

from bot.wording.web_sentences import SAY, WebSentences
from tests.wording.pseudo import pseudo

OURS: Final = re.compile(r"⟦[^⟦⟧]*⟧")
NAMES: Final = sorted(
    name for name, _ in inspect.getmembers(WebSentences, inspect.isfunction) if name in vars(WebSentences)
)


def said(sentence: Callable[..., str], number: int) -> str:
    """Return a sentence whose facts are *number*, or Greek where a text is asked for."""
    facts = inspect.signature(sentence).parameters.values()
    return sentence(*(number if fact.annotation is int else "Άδα" for fact in facts))


@pytest.mark.parametrize("name", [name for name in NAMES if name != "tutor_name"])
@pytest.mark.parametrize("number", [1, 25])
def test_every_sentence_is_worded_by_its_catalogue(name: str, number: int) -> None:
    """Outside the marks there are only facts."""
    sentence = said(getattr(WebSentences(pseudo), name), number)

    assert OURS.search(sentence)
    assert re.findall("[A-Za-z]", OURS.sub("", sentence)) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_is_short_and_reads_well(name: str) -> None:
    """A reader is told what is wrong and what to do, and no more."""
    sentence = said(getattr(SAY, name), 2)

    assert 0 < len(sentence) < 250
    assert "{" not in sentence


def test_the_tutor_has_one_name_in_every_language() -> None:
    """A name is not translated."""
    assert SAY.tutor_name() == "Study Hall"
