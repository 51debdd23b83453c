"""Controls: buttons and selects that send an action, and buttons that open a form."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final, TypeAlias, TypeVar, assert_never

import discord
from discord import ButtonStyle, ui

from bot.adapters.discord.lines import Line
from bot.adapters.discord.markup import STRONG, Run, tidied
from bot.wording.cleaning import clean_line, shorten
from bot.wording.cuts import size
from bot.wording.discord_sentences import SAY
from bot.wording.views import Button, Choices, Control, Form, Picker, Style, View

LONGEST_LABEL: Final = 80
LONGEST_OPTION: Final = 100
LONGEST_PLACEHOLDER: Final = 150
LONGEST_ID: Final = 100
MOST_BUTTONS: Final = 10
"""More options than these are a select."""

MOST_OPTIONS: Final = 25
IN_ROW: Final = 5
SHORT: Final = 30
"""An option is said on its button where each of them is at most so long."""

_STYLES: Final = {
    Style.PRIMARY: ButtonStyle.primary,
    Style.PLAIN: ButtonStyle.secondary,
    Style.DANGER: ButtonStyle.danger,
}

Row: TypeAlias = ui.ActionRow[ui.LayoutView]
"""A row of one select, or of up to five buttons."""

Pressed: TypeAlias = ui.Button[ui.LayoutView]

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Group:
    """Controls that belong together, below the *lines* that say what to do."""

    lines: tuple[Line, ...]
    rows: tuple[Row, ...]

    @property
    def count(self) -> int:
        """Return how many components the rows are."""
        return sum(1 + len(row.children) for row in self.rows)


@dataclass(slots=True)
class _Ids:
    """The ids that controls of one message have taken; Discord takes none twice."""

    taken: set[str] = field(default_factory=set)

    def is_new(self, id_: str) -> bool:
        if id_ in self.taken or not 0 < size(id_) <= LONGEST_ID:
            return False
        self.taken.add(id_)
        return True


def groups_of(view: View) -> tuple[Group, ...]:
    """Return the controls of *view* in their order; of two that send the same the first."""
    ids = _Ids()
    letters = {
        choice.letter for block in view.blocks if isinstance(block, Choices) for choice in block.choices
    }
    groups: list[Group] = []
    for buttons, some in groupby(view.controls, key=lambda control: isinstance(control, Button)):
        controls = tuple(some)
        groups.extend(_buttons(controls, ids) if buttons else _pickers(controls, ids, letters))
    return tuple(group for group in groups if group.rows)


def option_label(letter: str, text: str) -> str:
    """Return *letter* and *text* as the label of an option, or the letter alone where both are too long."""
    whole = f"{letter} · {clean_line(text)}"
    return whole if text.strip() and size(whole) <= LONGEST_OPTION else letter


def fitting(text: str, longest: int) -> str:
    """Return *text* at most *longest* long; who shortens a label says the whole elsewhere."""
    most = longest
    short = shorten(text, most)
    while size(short) > longest:
        most -= 1
        short = shorten(text, most)
    return short


# -------------------------------------------------------------------------------------------------- buttons


def _buttons(controls: Iterable[Control], ids: _Ids) -> Iterator[Group]:
    buttons = [one for one in controls if isinstance(one, Button) and ids.is_new(one.action)]
    for some in _chunks(buttons, IN_ROW):
        long = [one.label for one in some if size(clean_line(one.label)) > LONGEST_LABEL]
        made = [_button(one.action, one.label, _STYLES[one.style]) for one in some]
        yield Group(tuple(Line(tidied((Run(clean_line(label)),))) for label in long), _rows(made))


def _button(id_: str, label: str, style: ButtonStyle) -> Pressed:
    return ui.Button(style=style, label=fitting(label, LONGEST_LABEL) or "·", custom_id=id_)


def _rows(buttons: Sequence[Pressed]) -> tuple[Row, ...]:
    return tuple(ui.ActionRow(*some) for some in _chunks(buttons, IN_ROW))


def _chunks(things: Sequence[_T], most: int) -> Iterator[Sequence[_T]]:
    return (things[start : start + most] for start in range(0, len(things), most))


# -------------------------------------------------------------------------------------- pickers and forms


def _pickers(controls: Iterable[Control], ids: _Ids, letters: set[str]) -> Iterator[Group]:
    for control in controls:
        match control:
            case Picker():
                rows = _picker(control, ids)
                yield Group((*_label(control.label), *_missing(control, rows, letters)), rows)
            case Form():
                yield Group(_label(control.label), _opener(control, ids))
            case Button():
                pass
            case _:
                assert_never(control)


def _label(label: str) -> tuple[Line, ...]:
    text = clean_line(label)
    return (Line(tidied((Run(text),))),) if text else ()


def _missing(picker: Picker, rows: Sequence[Row], letters: set[str]) -> tuple[Line, ...]:
    """Return the options that neither the message nor a control says."""
    if not rows or set(picker.letters) <= letters:
        return ()
    return tuple(
        Line(tidied((Run(f"{letter}.", STRONG), Run(f" {clean_line(text)}"))))
        for letter, text in zip(picker.letters, picker.options, strict=False)
    )


def _picker(picker: Picker, ids: _Ids) -> tuple[Row, ...]:
    match picker.how:
        case "one" if 0 < len(picker.options) <= MOST_BUTTONS:
            return _lettered(picker, ids)
        case "one" | "many" if 0 < len(picker.options) <= MOST_OPTIONS:
            return _select(picker, ids)
        case _:
            return _opener(picker, ids)


def _lettered(picker: Picker, ids: _Ids) -> tuple[Row, ...]:
    short = all(size(clean_line(option)) <= SHORT for option in picker.options)
    say: Callable[[str, str], str] = option_label if short else lambda letter, _: letter
    buttons = [
        _button(id_, say(letter, option), ButtonStyle.secondary)
        for place, (letter, option) in enumerate(zip(picker.letters, picker.options, strict=False))
        if ids.is_new(id_ := f"{picker.action}:{place}")
    ]
    return _rows(buttons)


def _select(picker: Picker, ids: _Ids) -> tuple[Row, ...]:
    if not ids.is_new(picker.action):
        return ()
    options = [
        discord.SelectOption(label=option_label(letter, text), value=str(place))
        for place, (letter, text) in enumerate(zip(picker.letters, picker.options, strict=False))
    ]
    most = max(1, min(picker.most, len(options))) if picker.how == "many" else 1
    select: ui.Select[ui.LayoutView] = ui.Select(
        custom_id=picker.action,
        placeholder=fitting(picker.submit, LONGEST_PLACEHOLDER),
        min_values=max(1, min(picker.least, most)),
        max_values=most,
        options=options,
    )
    return (ui.ActionRow(select),)


def _opener(control: Picker | Form, ids: _Ids) -> tuple[Row, ...]:
    """Return the button that opens the form of *control*."""
    if not ids.is_new(control.action):
        return ()
    return _rows([_button(control.action, control.submit or SAY.answer(), ButtonStyle.primary)])
