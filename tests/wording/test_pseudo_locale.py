"""No sentence is born outside the catalogue: in the pseudo-locale every word of ours is marked."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Final, get_args

import pytest

from bot.core import effects as fx
from bot.wording.menu import menu_in
from bot.wording.render import view_in, view_of
from bot.wording.views import Button, Field, Form, Picker, View
from tests.wording.every_effect import EFFECTS
from tests.wording.pseudo import PSEUDO, pseudo

OURS: Final = re.compile(r"⟦[^⟦⟧]*⟧")
TYPED: Final = re.compile(
    r"/quiz (?:daily |decks |link off |link )?(?:[a-z]+|[0-9A-Z]{4}-[0-9A-Z]{4})(?: [0-9:]+| [a-z]+:[^\s⟦]+)*"
)
"""What people type is the same in every language."""

OPTION_TYPED: Final = re.compile(r"(?:[a-z]+:)(?:[0-9a-z_|-]|…)+")
LETTER_ALONE: Final = re.compile(r"(?<![A-Za-z])[A-Z](?![A-Za-z])")
"""The letter of an option."""

MACHINE: Final = {"type", "action", "how", "tone", "style", "mark", "language", "align", "url"}
"""Fields that nobody reads."""


def texts(thing: object) -> Iterator[str]:
    """Yield every text of a view that a reader sees or hears."""
    if isinstance(thing, Enum):
        return
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, tuple):
        for part in thing:
            yield from texts(part)
    elif is_dataclass(thing):
        for field in fields(thing):
            if field.name not in MACHINE:
                yield from texts(getattr(thing, field.name))


def unmarked(text: str) -> str:
    """Return the Latin letters of *text* that are neither marked nor typed nor an option's letter."""
    rest = OURS.sub(" ", text)
    rest = re.sub(r"https://\S+|UTC|Europe/Berlin", "", rest)
    rest = LETTER_ALONE.sub("", OPTION_TYPED.sub("", TYPED.sub("", rest)))
    return "".join(re.findall("[A-Za-z]", rest))


def test_the_samples_hold_every_class_of_effect() -> None:
    """A new effect must be sampled, else nothing here watches its words."""
    assert {type(effect) for effect in EFFECTS} == set(get_args(fx.Public)) | set(get_args(fx.Reply))


@pytest.mark.parametrize("effect", EFFECTS, ids=lambda effect: type(effect).__name__)
def test_every_letter_in_a_view_is_the_catalogues_or_a_fact(effect: fx.Effect) -> None:
    """The facts are Greek, so a Latin letter outside the marks is a sentence born elsewhere."""
    view = view_in(PSEUDO, effect)

    assert {text: unmarked(text) for text in texts(view) if unmarked(text)} == {}


@pytest.mark.parametrize("effect", EFFECTS, ids=lambda effect: type(effect).__name__)
def test_every_view_has_words_of_the_catalogue_in_its_title_and_its_alt(effect: fx.Effect) -> None:
    """A title and an alt that come from nowhere could not be translated."""
    view = view_in(PSEUDO, effect)

    assert OURS.search(view.title)
    assert view.alt.startswith(view.title)


@pytest.mark.parametrize("effect", EFFECTS, ids=lambda effect: type(effect).__name__)
def test_no_mark_stands_inside_another(effect: fx.Effect) -> None:
    """A sentence that is put into another goes in as a fact, and is not marked twice."""
    for text in texts(view_in(PSEUDO, effect)):
        assert OURS.sub("", text).count("⟦") == 0


def test_the_whole_menu_is_worded_by_the_catalogue() -> None:
    """Descriptions of commands, options and values come from the catalogue."""
    everything = menu_in(PSEUDO)
    for command in (*everything, *(inner for one in everything for inner in one.commands)):
        said = [command.description]
        for option in command.options:
            said += [option.description, *(value.description for value in option.values)]
        assert [text for text in said if not OURS.search(text) or unmarked(text)] == []


def test_labels_of_controls_are_words_of_the_catalogue() -> None:
    """Buttons, pickers and forms speak the reader's language too."""
    for effect in EFFECTS:
        for control in view_in(PSEUDO, effect).controls:
            assert all(OURS.search(text) for text in _said(control))


def _said(control: Button | Picker | Form) -> list[str]:
    if isinstance(control, Button):
        return [control.label, control.hint]
    fields_: tuple[Field, ...] = control.fields if isinstance(control, Form) else ()
    return [control.label, control.submit, *(field.label for field in fields_)]


def test_an_unknown_locale_reads_english() -> None:
    """Nobody is left without words."""
    effect = EFFECTS[0]

    assert view_of(effect, locale="tlh-Latn") == view_of(effect, locale="en")


def test_a_locale_with_a_region_reads_its_language() -> None:
    """Platforms send ``en-GB`` or ``en_US``."""
    views: set[View] = {view_of(EFFECTS[0], locale=locale) for locale in ("en-GB", "en_US", "EN")}

    assert views == {view_of(EFFECTS[0])}


def test_the_pseudo_locale_marks_letters_and_leaves_the_rest() -> None:
    """Punctuation between facts is no sentence."""
    assert pseudo("Begin now") == "⟦Béĝîñ ñöŵ⟧"
    assert pseudo(", ") == ", "
