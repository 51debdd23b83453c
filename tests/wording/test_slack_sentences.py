"""The sentences of Slack's messages and of its adapter: a catalogue's own words, within Slack's limits."""

import inspect
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

import pytest

from bot.wording.catalogues.phrases import Phrases
from bot.wording.plain import plain_inline
from bot.wording.slack_notices import SAY as NOTICES
from bot.wording.slack_notices import SlackNotices
from bot.wording.slack_sentences import SAY, SlackSentences
from bot.wording.views import Moment
from tests.wording.pseudo import pseudo
from tests.wording.test_web_sentences import OURS

UNTIL: Final = Moment(datetime(2026, 11, 22, 12, tzinfo=UTC), "12")
FACTS: Final[dict[object, object]] = {int: 3, str: "Α", Moment: UNTIL}


def own(catalogue: type[Phrases]) -> list[str]:
    """Return the names of the sentences of *catalogue*."""
    return sorted(set(dir(catalogue)) - set(dir(Phrases)))


def said(sentence: Callable[..., object]) -> str:
    """Return a sentence whose facts have no Latin letter in them, as plain text."""
    facts = inspect.signature(sentence).parameters.values()
    words = sentence(*(FACTS.get(fact.annotation, ("Α", "Β")) for fact in facts))
    return plain_inline(words) if isinstance(words, tuple) else str(words)


@pytest.mark.parametrize(
    "catalogue, name",
    [(kind, name) for kind in (SlackSentences, SlackNotices) for name in own(kind)],
)
def test_every_sentence_is_worded_by_its_catalogue_and_short(catalogue: type[Phrases], name: str) -> None:
    """Outside the marks there are only facts."""
    sentence = said(getattr(catalogue(pseudo), name))

    assert OURS.search(sentence)
    assert re.findall("[A-Za-z]", OURS.sub("", sentence)) == []
    assert 0 < len(said(getattr(catalogue(), name))) < 250


@pytest.mark.parametrize(
    "text, most",
    [
        (SAY.form_title(), 24),
        (SAY.window_title(), 24),
        (SAY.send(), 24),
        (SAY.cancel(), 24),
        (SAY.close(), 24),
        (SAY.choose(), 150),
        (SAY.find(), 150),
        (NOTICES.explain_menu(), 24),
        (NOTICES.flag_menu(), 24),
        (NOTICES.flag_hint(), 150),
    ],
)
def test_what_has_its_place_in_slack_fits_there(text: str, most: int) -> None:
    """A form with too long a title would not open at all."""
    assert 0 < len(text) <= most


def test_a_clock_says_how_long_and_until_when() -> None:
    """Nobody has to know when it began."""
    assert plain_inline(SAY.counting(90, "to answer", UNTIL)) == "1:30 to answer, until 12"
    assert plain_inline(SAY.open_until("to answer", UNTIL)) == "To answer: until 12"


def test_how_many_to_choose_is_said_exactly() -> None:
    """Where there is no choice in it."""
    assert SAY.ticks(1, 1) == "Choose 1 option."
    assert SAY.ticks(2, 2) == "Choose 2 options."
    assert SAY.ticks(1, 3) == "Choose up to 3 options."
    assert SAY.ticks(2, 3) == "Choose 2 to 3 options."
