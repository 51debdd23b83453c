"""The sentences of Discord's adapter: a catalogue's own words, within Discord's limits."""

import re

import pytest

from bot.wording.catalogues.phrases import Phrases
from bot.wording.discord_notices import PERMISSIONS, SAY, DiscordNotices
from tests.wording.pseudo import pseudo
from tests.wording.test_web_sentences import OURS, said

NAMES = sorted(set(dir(DiscordNotices)) - set(dir(Phrases)) - {"permission"})


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("number", [1, 3])
def test_every_sentence_is_worded_by_its_catalogue(name: str, number: int) -> None:
    """Outside the marks there are only facts."""
    sentence = said(getattr(DiscordNotices(pseudo), name), number)

    assert OURS.search(sentence)
    assert re.findall("[A-Za-z]", OURS.sub("", sentence)) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_is_short(name: str) -> None:
    """A reader is told what is wrong and what to do, and no more."""
    assert 0 < len(said(getattr(SAY, name), 2)) < 250


def test_every_permission_has_a_name_that_people_find_in_discord() -> None:
    """As its settings show it."""
    assert [SAY.permission(name) for name in PERMISSIONS] == [
        "View Channel",
        "Send Messages",
        "Send Messages in Threads",
        "Read Message History",
        "Attach Files",
        "Add Reactions",
    ]


@pytest.mark.parametrize(
    "text, most",
    [
        (SAY.root_description(), 100),
        (SAY.explain_menu(), 24),
        (SAY.flag_menu(), 24),
        (SAY.flag_label(), 45),
        (SAY.flag_hint(), 100),
    ],
)
def test_what_has_its_place_in_discord_fits_there(text: str, most: int) -> None:
    """Too long a name would keep all commands from being registered."""
    assert 0 < len(text) <= most
