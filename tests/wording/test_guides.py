"""Help, the list of decks, and what was not understood."""

import re

import pytest

from bot.core import effects as fx
from bot.wording.menu import (
    COMMANDS,
    DAILY_COMMANDS,
    DAILY_OPTION_NAMES,
    DAILY_PROBLEMS,
    DECKS_COMMANDS,
    DECKS_PROBLEMS,
    FLAG_OPTION_NAMES,
    FLAG_PROBLEMS,
    LINK_PROBLEMS,
    ME_OPTION_NAMES,
    ME_PROBLEMS,
    OPTION_NAMES,
    PEOPLE_PROBLEMS,
    SEASON_PROBLEMS,
    SETTINGS_OPTION_NAMES,
    SETTINGS_PROBLEMS,
    TOP_OPTION_NAMES,
    TOP_PROBLEMS,
    InputProblem,
)
from bot.wording.plain import plain
from bot.wording.render import view_of
from bot.wording.views import Code, Table, Tone
from tests.wording.every_effect import EFFECTS


def test_decks_stand_by_pack_each_with_what_to_type() -> None:
    """Titles as their authors wrote them; the command is ready to be copied."""
    lines = (
        fx.DeckLine("π/α", "Άλφα", "Πρώτο", "κείμενο", 12),
        fx.DeckLine("ρ/β", "Βήτα", "Δεύτερο", "", 1),
        fx.DeckLine("π/γ", "Γάμμα", "Πρώτο", "", 1200),
    )
    view = view_of(fx.DecksListed(lines))

    assert plain(view).split("\n\n") == [
        "Decks",
        (
            "Πρώτο\nDeck | Questions | To play it\n"
            "Άλφα | 12 | /quiz play deck:π/α\nΓάμμα | 1,200 | /quiz play deck:π/γ"
        ),
        "Δεύτερο\nDeck | Questions | To play it\nΒήτα | 1 | /quiz play deck:ρ/β",
    ]
    assert isinstance(view.blocks[0], Table)
    assert view.blocks[0].rows[0][2] == (Code("/quiz play deck:π/α"),)


def test_no_decks_is_said_with_what_to_do() -> None:
    """Nobody is left with an empty table."""
    assert "There are no decks yet." in plain(view_of(fx.DecksListed(())))


def test_help_names_every_command_and_every_option() -> None:
    """And gives examples."""
    text = plain(view_of(fx.HelpShown()))

    names = [name for name in COMMANDS if name not in {"daily", "decks"}]
    names += [f"daily {name}" for name in DAILY_COMMANDS] + [f"decks {name}" for name in DECKS_COMMANDS]
    assert [name for name in names if f"/quiz {name} | " not in text] == []
    options = (
        *OPTION_NAMES,
        *DAILY_OPTION_NAMES,
        *TOP_OPTION_NAMES,
        *ME_OPTION_NAMES,
        *FLAG_OPTION_NAMES,
        *SETTINGS_OPTION_NAMES,
    )
    assert [name for name in options if f"\n{name}:" not in text] == []
    assert "mode:everyone|first|teams|relaxed | " in text
    assert "lobby:5-600|wait | " in text
    assert "deck:… | " in text
    assert "zone:berlin | " in text
    assert "• /quiz play count:10 seconds:45" in text
    assert "by:points|accuracy|improvement | " in text
    assert "hide:on|off | " in text
    assert "hosts:everybody|organisers | " in text
    assert "recap:friday 18:00 | " in text
    assert "starts:2027-01-04 | " in text
    assert "• /quiz settings zone:berlin recap:friday 18:00" in text
    assert "• /quiz top since:month by:accuracy" in text
    assert "• /quiz daily set 9:00 zone:berlin" in text


EXAMPLES = (
    (PEOPLE_PROBLEMS, "settings organisers:@mods hosts:Ann,Ben"),
    (SEASON_PROBLEMS, "settings season:Spring starts:2027-01-04"),
    ({InputProblem.BAD_REACTIONS}, "settings reactions:last"),
    (SETTINGS_PROBLEMS, "settings zone:berlin recap:friday 18:00"),
    (FLAG_PROBLEMS, "flag reason:unclear"),
    (ME_PROBLEMS, "me hide:on"),
    (LINK_PROBLEMS, "link group"),
    ({InputProblem.BAD_FORMAT}, "decks export format:gift"),
    (DECKS_PROBLEMS, "decks list"),
    (DAILY_PROBLEMS, "daily set 9:00 zone:berlin"),
    (TOP_PROBLEMS, "top since:month by:accuracy"),
    (set(InputProblem), "play count:10 seconds:45"),
)
"""What should be shown to work where a problem arose; the first that has it counts."""


def example_for(problem: InputProblem) -> str:
    """Return what should be shown to work where *problem* did not."""
    return next(example for problems, example in EXAMPLES if problem in problems)


@pytest.mark.parametrize("problem", list(InputProblem))
def test_every_problem_has_a_sentence_of_its_own(problem: InputProblem) -> None:
    """It quotes what was typed, and is followed by an example that works."""
    view = view_of(fx.InputRefused(problem.value, "ξένο"))
    text = plain(view.blocks)

    assert view.tone is Tone.REFUSED
    assert "“ξένο”" in text
    assert text.endswith(f"For example: /quiz {example_for(problem)}")
    same = [p for p in InputProblem if plain(view_of(fx.InputRefused(p.value, "ξένο")).blocks) == text]
    assert same == [problem]


@pytest.mark.parametrize(
    "problem, limits",
    [
        (InputProblem.BAD_COUNT, "1 to 50"),
        (InputProblem.BAD_SECONDS, "5 to 600 seconds"),
        (InputProblem.BAD_LOBBY, "5 to 600 seconds, or wait"),
        (InputProblem.BAD_PAUSE, "0 to 600 seconds, or wait"),
        (InputProblem.BAD_TEAMS, "2 to 8"),
        (InputProblem.BAD_PAGE, "1 to 9,999"),
    ],
)
def test_a_number_out_of_range_is_told_its_limits(problem: InputProblem, limits: str) -> None:
    """The menu's own."""
    assert limits in plain(view_of(fx.InputRefused(problem.value, "999")))


def test_what_was_probably_meant_is_offered_in_place_of_an_example() -> None:
    """Ready to be copied."""
    view = view_of(fx.InputRefused(InputProblem.UNKNOWN_COMMAND, "plya", "/quiz play"))

    assert plain(view) == "Not understood\n\nI do not know “plya”.\n\nDid you mean /quiz play?"
    assert Code("/quiz play") in view.blocks[1].content  # type: ignore[union-attr]  # the test above says it


def test_an_unknown_reason_is_answered_all_the_same() -> None:
    """A transport may have reasons of its own."""
    assert "I do not understand “x”." in plain(view_of(fx.InputRefused("?", "x")))


@pytest.mark.parametrize("typed", ["x" * 5000, "<script>", "@everyone", "\u202e\x00evil", "a\nb"])
def test_what_was_typed_is_quoted_short_and_harmless(typed: str) -> None:
    """Text on one line, whatever it was."""
    text = plain(view_of(fx.InputRefused(InputProblem.UNKNOWN_WORD, typed)).blocks)

    assert len(text) < 250
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", text)
    assert text.count("\n") == 2


def test_every_sample_can_be_said_and_its_alt_says_the_loud_part() -> None:
    """An alt begins with the title and is no shorter than what is not quiet."""
    for effect in EFFECTS:
        view = view_of(effect)
        assert view.title
        assert view.alt.startswith(view.title)
        assert len(view.title) <= 200
