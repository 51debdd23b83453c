"""Controls: buttons and menus that send an action, and buttons that open a form.

What has several answers at once is a form: in a message each tick would be sent by itself, and where a first
answer counts, the first tick would be it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final, TypeVar, assert_never

from bot.adapters.slack.lines import Frame, Line, Lines
from bot.adapters.slack.markup import STRONG, Run, tidied
from bot.adapters.slack.payloads import Block, cost, fitting, length, plain_text
from bot.wording.cleaning import clean_line
from bot.wording.cuts import size
from bot.wording.slack_sentences import SAY
from bot.wording.views import Block as Shown
from bot.wording.views import Button, Choices, Control, Form, Picker, Style

LONGEST_LABEL: Final = 75
LONGEST_OPTION: Final = 75
LONGEST_PLACEHOLDER: Final = 150
LONGEST_ID: Final = 255
MOST_LETTERS: Final = 10
"""More options than these are a menu."""

MOST_OPTIONS: Final = 100
"""More options than these are looked for by what somebody types."""

LARGEST_MENU: Final = 6000
"""A menu that would take more of a message than this has letters alone."""

IN_ROW: Final = 5
"""How many buttons stand beside each other on a wide screen."""

SHORT: Final = 30
"""An option is said on its button where each of them is at most so long."""

_STYLES: Final[Mapping[Style, Block]] = {
    Style.PRIMARY: {"style": "primary"},
    Style.PLAIN: {},
    Style.DANGER: {"style": "danger"},
}
_POSITION: Final = re.compile(r"\d{1,3}", re.ASCII)

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Group:
    """Controls that belong together, below the *lines* that say what to do."""

    lines: Lines
    rows: tuple[Block, ...]


@dataclass(slots=True)
class Ids:
    """The ids that the controls of one message have taken, so that none is taken twice."""

    taken: set[str] = field(default_factory=set)
    rows: int = 0

    def is_new(self, id_: str) -> bool:
        """Take *id_* if Slack would; return whether it did."""
        if id_ in self.taken or not 0 < size(id_) <= LONGEST_ID:
            return False
        self.taken.add(id_)
        return True

    def row(self, elements: Sequence[Block]) -> Block:
        """Return *elements* as a row; an edit has the same rows again, so what was chosen stays chosen."""
        self.rows += 1
        return {"type": "actions", "block_id": f"row{self.rows}", "elements": list(elements)}


def groups_of(controls: Iterable[Control], blocks: Iterable[Shown], ids: Ids) -> tuple[Group, ...]:
    """Return *controls* in their order; of two that send the same the first.

    *blocks* are what stands above them: an option that is said there is not said again.
    """
    letters = letters_in(blocks)
    groups: list[Group] = []
    for buttons, some in groupby(controls, key=lambda control: isinstance(control, Button)):
        found = tuple(some)
        groups.extend(_buttons(found, ids) if buttons else _pickers(found, ids, letters))
    return tuple(group for group in groups if group.rows)


def letters_in(blocks: Iterable[Shown]) -> set[str]:
    """Return the letters of the options that *blocks* say."""
    return {choice.letter for block in blocks if isinstance(block, Choices) for choice in block.choices}


def picked_of(action: Mapping[str, object]) -> tuple[str, tuple[int, ...] | None]:
    """Return what an action of a press says: our own action, and the positions chosen; None for a button.

    It is read as what anybody may have made up: what cannot be read is "" or an empty choice.
    """
    id_ = action.get("action_id")
    name = id_ if isinstance(id_, str) else ""
    match action:
        case {"selected_options": list(options)}:
            return name, positions_in(options)
        case {"selected_option": option}:
            return name, positions_in([option])
        case _:
            return name, None


def positions_in(options: Iterable[object]) -> tuple[int, ...]:
    """Return the positions that chosen *options* stand for; none where one of them stands for none."""
    values = [option.get("value") if isinstance(option, Mapping) else None for option in options]
    known = [value for value in values if isinstance(value, str) and _POSITION.fullmatch(value)]
    return tuple(map(int, known)) if len(known) == len(values) else ()


def option_label(letter: str, text: str) -> str:
    """Return *letter* and *text* as the label of an option, or the letter alone where both are too long."""
    whole = f"{letter} · {clean_line(text)}"
    fits = text.strip() and length(whole) <= LONGEST_OPTION
    return whole if fits else letter


def options_of(picker: Picker, said: str = "") -> list[Block]:
    """Return the options of *picker* for a menu: the first hundred that have *said* in them."""
    wanted = said.casefold().split()
    labels = [option_label(*pair) for pair in zip(picker.letters, picker.options, strict=False)]
    found = [
        {"text": plain_text(label), "value": str(place)}
        for place, (label, text) in enumerate(zip(labels, picker.options, strict=False))
        if all(word in f"{label} {text}".casefold() for word in wanted)
    ]
    return [*found[:MOST_OPTIONS]]


def entry(mark: str, text: str) -> Line:
    """Return *text* as a line that begins with its *mark*."""
    return Line(tidied((Run(mark, STRONG), Run(f" {clean_line(text)}"))), Frame())


# -------------------------------------------------------------------------------------------------- buttons


def _buttons(controls: Iterable[Control], ids: Ids) -> Iterator[Group]:
    buttons = [one for one in controls if isinstance(one, Button) and ids.is_new(one.action)]
    for some in _chunks(buttons, IN_ROW):
        long = [clean_line(one.label) for one in some if not _fits(one.label)]
        made = [_button(one.action, one.label, one.style, one.hint) for one in some]
        yield Group(tuple(Line(tidied((Run(label),)), Frame()) for label in long), (ids.row(made),))


def _fits(label: str) -> bool:
    return fitting(label, LONGEST_LABEL) == clean_line(label)


def _button(id_: str, label: str, style: Style = Style.PLAIN, hint: str = "") -> Block:
    """Return a button; its *hint* is what a screen reader says of it."""
    said = fitting(hint, LONGEST_LABEL)
    return {
        "type": "button",
        "action_id": id_,
        "value": id_,
        "text": plain_text(fitting(label, LONGEST_LABEL) or "·"),
        **_STYLES[style],
        **({"accessibility_label": said} if said and said != label else {}),
    }


def _chunks(things: Sequence[_T], most: int) -> Iterator[Sequence[_T]]:
    return (things[start : start + most] for start in range(0, len(things), most))


# -------------------------------------------------------------------------------------- pickers and forms


def _pickers(controls: Iterable[Control], ids: Ids, letters: set[str]) -> Iterator[Group]:
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


def _label(label: str) -> Lines:
    text = clean_line(label)
    return (Line((Run(text),), Frame()),) if text else ()


def _missing(picker: Picker, rows: Sequence[Block], letters: set[str]) -> Lines:
    """Return the options that neither the message nor a control says."""
    if not rows or set(picker.letters) <= letters:
        return ()
    return tuple(
        entry(f"{letter}.", text) for letter, text in zip(picker.letters, picker.options, strict=False)
    )


def _picker(picker: Picker, ids: Ids) -> tuple[Block, ...]:
    if picker.how != "one" or not picker.options:
        return _opener(picker, ids)
    if len(picker.options) <= MOST_LETTERS:
        return _lettered(picker, ids)
    return (ids.row([_menu(picker)]),) if ids.is_new(picker.action) else ()


def _lettered(picker: Picker, ids: Ids) -> tuple[Block, ...]:
    """Return a button an option; a button with its letter alone says the whole to a screen reader."""
    short = all(size(clean_line(option)) <= SHORT for option in picker.options)
    say: Callable[[str, str], str] = option_label if short else lambda letter, _: letter
    buttons = [
        _button(id_, say(letter, option), hint="" if short else f"{letter} · {option}")
        for place, (letter, option) in enumerate(zip(picker.letters, picker.options, strict=False))
        if ids.is_new(id_ := f"{picker.action}:{place}")
    ]
    return tuple(ids.row(some) for some in _chunks(buttons, IN_ROW))


def _menu(picker: Picker) -> Block:
    if len(picker.options) > MOST_OPTIONS:
        kind: Block = {"type": "external_select", "min_query_length": 0}
        return {**kind, "action_id": picker.action, "placeholder": plain_text(SAY.find())}
    hint = plain_text(fitting(picker.submit, LONGEST_PLACEHOLDER) or SAY.choose())
    options = options_of(picker)
    if cost(options) > LARGEST_MENU:
        options = options_of(replace(picker, options=("",) * len(picker.options)))
    return {
        "type": "static_select",
        "action_id": picker.action,
        "placeholder": hint,
        "options": options,
    }


def _opener(control: Picker | Form, ids: Ids) -> tuple[Block, ...]:
    """Return the button that opens the form of *control*."""
    if not ids.is_new(control.action):
        return ()
    return (ids.row([_button(control.action, control.submit or SAY.answer(), Style.PRIMARY)]),)
