"""The sentences of the pages that install us in Slack: a catalogue's own words, and short."""

import inspect
import re
from typing import Final

import pytest

from bot.wording.slack_pages import SAY, SlackPages
from tests.wording.pseudo import pseudo
from tests.wording.test_web_sentences import OURS, said

NAMES: Final = sorted(
    name for name, _ in inspect.getmembers(SlackPages, inspect.isfunction) if name in vars(SlackPages)
)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "language"])
def test_every_sentence_is_worded_by_its_catalogue(name: str) -> None:
    """Outside the marks there are only facts."""
    sentence = said(getattr(SlackPages(pseudo), name), 1)

    assert OURS.search(sentence)
    assert re.findall("[A-Za-z]", OURS.sub("", sentence)) == []
    assert 0 < len(said(getattr(SAY, name), 1)) < 250


def test_a_workspace_without_a_name_is_called_something() -> None:
    """A sentence with a hole in it reads like a fault."""
    assert SAY.installed_in("").startswith("It is in your workspace now:")


def test_a_page_says_which_language_it_is_in() -> None:
    """Who listens to it hears it in the right voice."""
    assert SAY.language() == "en"
