"""The sentences of Slack's adapter: a catalogue's own words, short enough to be read at a glance."""

import re

import pytest

from bot.wording.catalogues.phrases import Phrases
from bot.wording.slack_notices import SAY, SlackNotices
from tests.wording.pseudo import pseudo
from tests.wording.test_web_sentences import OURS, said

NAMES = sorted(set(dir(SlackNotices)) - set(dir(Phrases)))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("number", [1, 3])
def test_every_sentence_is_worded_by_its_catalogue(name: str, number: int) -> None:
    """Outside the marks there are only facts."""
    sentence = said(getattr(SlackNotices(pseudo), name), number)

    assert OURS.search(sentence)
    assert re.findall("[A-Za-z]", OURS.sub("", sentence)) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_is_short(name: str) -> None:
    """A reader is told what is wrong and what to do, and no more."""
    assert 0 < len(said(getattr(SAY, name), 2)) < 250
