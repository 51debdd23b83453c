"""Whatever a view holds, no message is over a limit and nothing is left out."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from bot.adapters.slack.outbound import home_of, modal_of, shown_modal
from bot.core.effects import Effect
from bot.core.items import Kind
from bot.wording.render import view_of
from bot.wording.views import Button, Picker, Table, Tone, View
from tests.adapters.discord.test_outbound_longest import (
    FILLINGS,
    TABLES,
    VIEWS,
    bare,
    longest,
    said_by,
    words_in,
)
from tests.adapters.slack.limits import Payload, over_home, over_modal, words
from tests.adapters.slack.shown import parts
from tests.wording.every_effect import EFFECTS
from tests.wording.samples import SINGLE, closed, missed, opened, sheet


def read(view: View, *, native: bool = False) -> str:
    """Return all that somebody reads of *view*, in all its messages together."""
    return bare("".join(words(part.blocks) for part in parts(view, native=native)))


def assert_all_is_there(view: View) -> None:
    """Fail unless every text of *view* is read in its order."""
    page, place = read(view), 0
    for text in (view.title, *said_by(view.blocks)):
        found = page.find(bare(text), place)
        assert found >= 0, text
        place = found + len(bare(text))


def assert_forms_fit(view: View) -> None:
    """Fail unless every form of *view* keeps its limits, with and without the question."""
    for control in view.controls:
        if not isinstance(control, Button):
            asked: Payload = modal_of(control, view.title, private="x", asked=view.blocks)
            alone: Payload = modal_of(control, view.title, private="x")
            assert over_modal(asked) == over_modal(alone) == []


@settings(deadline=None, max_examples=40)
@given(VIEWS)
def test_no_view_is_over_a_limit_and_none_loses_a_word(view: View) -> None:
    """However long, however nested, whatever stands in it."""
    assert_all_is_there(view)
    assert_forms_fit(view)
    home: Payload = home_of([view, view])
    window: Payload = shown_modal(view, view.title)
    assert over_home(home) == over_modal(window) == []


@settings(deadline=None, max_examples=30)
@given(TABLES)
def test_no_table_loses_a_cell(table: Table) -> None:
    """In one of Slack's, in columns or in lines."""
    for native in (True, False):
        page = read(View(Tone.INFO, "", "", (table,)), native=native)

        for row in table.rows:
            for cell in row:
                assert all(bare(text) in page for text in words_in(cell))


@pytest.mark.parametrize("effect", EFFECTS, ids=lambda effect: type(effect).__name__)
def test_every_effect_fits_forms_and_homes(effect: Effect) -> None:
    """Nothing in them is over a limit."""
    view = view_of(effect)

    assert_all_is_there(view)
    assert_forms_fit(view)
    home: Payload = home_of([view])
    window: Payload = shown_modal(view, view.title)
    assert over_home(home) == over_modal(window) == []


@pytest.mark.parametrize("fill", FILLINGS, ids=lambda fill: fill[:6].strip())
@pytest.mark.parametrize("kind", [Kind.SINGLE_CHOICE, Kind.MULTIPLE_RESPONSE, Kind.ORDERING, Kind.MATCHING])
def test_the_longest_question_of_a_pack_keeps_every_limit(fill: str, kind: Kind) -> None:
    """Open and revealed; its form too."""
    asked = longest(fill, replace(SINGLE, kind=kind))
    view = view_of(opened(asked, sheet=sheet(asked)))

    assert_all_is_there(view)
    assert_forms_fit(view)
    assert all(isinstance(control, Picker) for control in view.controls)


@pytest.mark.parametrize("fill", FILLINGS, ids=lambda fill: fill[:6].strip())
def test_the_longest_reveal_of_a_pack_keeps_every_limit(fill: str) -> None:
    """With feedback to each option and twenty sources."""
    assert_all_is_there(view_of(closed(longest(fill))))


def test_many_missed_questions_follow_each_other_in_several_messages() -> None:
    """No heading is left alone at the end of one."""
    view = view_of(missed(missed=missed().missed * 8))
    made = parts(view)

    assert_all_is_there(view)
    assert len(made) > 2
    assert not any(words(part.blocks[-1:]).endswith("Question 2") for part in made)
