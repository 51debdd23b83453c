"""Modals: the forms that open on a press, and what they said when they are sent.

An input's block says its place in the form and nothing else. What is chosen or typed stands below a text that
says all of it, where a label has no room for that.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, assert_never

from bot.adapters.slack.controls import (
    LONGEST_PLACEHOLDER,
    MOST_OPTIONS,
    Ids,
    entry,
    groups_of,
    letters_in,
    option_label,
    options_of,
    positions_in,
)
from bot.adapters.slack.layouts import Piece, Solid, pieces_of
from bot.adapters.slack.lines import Line, blocks_of, title_line
from bot.adapters.slack.payloads import Block, fitting, plain_text
from bot.core.ids import QuestionId
from bot.core.responses import Picked, Sent, Typed
from bot.wording.cleaning import clean_line
from bot.wording.cuts import size
from bot.wording.letters import pairs_of, positions_of, texts_of
from bot.wording.slack_notices import SAY as NOTICES
from bot.wording.slack_sentences import SAY
from bot.wording.views import Block as Shown
from bot.wording.views import Field, Form, Paragraph, Picker, Text, View

MOST_BLOCKS: Final = 100
MOST_INPUTS: Final = 60
"""More inputs than these are one, so that the text above them has its place too."""

LONGEST_TITLE: Final = 24
LONGEST_LABEL: Final = 300
"""A longer label would push its input off the screen; Slack itself takes two thousand characters."""

LONGEST_HINT: Final = 2000
LONGEST_TEXT: Final = 3000
MOST_TICKS: Final = 10
"""More options than these are a menu, for radio buttons and boxes to tick alike."""

LONGEST_REASON: Final = 500

_INPUT: Final = "i"
_VALUE: Final = "value"


def input_block(place: int) -> str:
    """Return the id of the block of a form's input."""
    return f"{_INPUT}{place}"


@dataclass(frozen=True, slots=True)
class Read:
    """What a form said: what is *sent*, or None and the *errors*, a sentence below each block of them."""

    sent: Sent | None
    errors: Mapping[str, str] = field(default_factory=dict)


def modal_of(
    control: Picker | Form, title: str, *, private: str, asked: Sequence[Shown] = ()
) -> Mapping[str, object]:
    """Return the form that asks for what *control* sends.

    *private* is what it brings back, at most 3,000 characters. *asked* is the question, for a form hides the
    message that it belongs to.
    """
    inputs = list(_inputs(control))
    head = _head(title)
    said = [*head, *_shown(_above(control, asked), MOST_BLOCKS - len(head) - len(inputs))]
    return {
        **_modal(title, [*said, *inputs], SAY.cancel()),
        "callback_id": control.action,
        "private_metadata": private,
        "submit": plain_text(fitting(control.submit, LONGEST_TITLE) or SAY.send()),
    }


def flag_modal(question: QuestionId, *, private: str) -> Mapping[str, object]:
    """Return the form that flags *question*, for a reason or for none."""
    element = _typing(NOTICES.flag_hint(), LONGEST_REASON, multiline=True)
    return {
        **_modal(
            NOTICES.flag_menu(), [_input(0, NOTICES.flag_label(), element, optional=True)], SAY.cancel()
        ),
        "callback_id": f"f:{question}",
        "private_metadata": private,
        "submit": plain_text(SAY.send()),
    }


def files_modal(action: str, *, private: str) -> Mapping[str, object]:
    """Return the form into which a file is put; it sends *action*."""
    element: Block = {"type": "file_input", "max_files": 1}
    return {
        **_modal(NOTICES.add_title(), [_input(0, NOTICES.add_label(), element)], SAY.cancel()),
        "callback_id": action,
        "private_metadata": private,
        "submit": plain_text(SAY.send()),
    }


def shown_modal(view: View, title: str, *, private: str = "") -> Mapping[str, object]:
    """Return a form without inputs that shows *view* with its buttons; *private* is what those bring back."""
    head = _head(title) or ([] if view.title == title else list(blocks_of((title_line(view.title),))))
    rows = [row for group in groups_of(view.controls, view.blocks, Ids()) for row in group.rows]
    rows = rows[:MOST_INPUTS]
    pieces = pieces_of(view.blocks, {}, {}, native=False)
    said = [*head, *_shown(pieces, MOST_BLOCKS - len(head) - len(rows)), *rows]
    nothing = blocks_of((title_line(view.title or title or NOTICES.nothing_more()),))
    window = _modal(title, said or nothing, SAY.close(), SAY.window_title())
    return {**window, "private_metadata": private}


def read_form(control: Picker | Form, values: Mapping[str, object]) -> Read:
    """Return what the form of *control* said, or what cannot be read of it, and in which input.

    *values* are those of the submitted form's state: by block, by action, as anybody may have made them up.
    """
    if isinstance(control, Form):
        return _typed(control, values)
    match control.how:
        case "order":
            return _order(control.letters, _text(values, 0))
        case "match":
            return _pairs(control, values)
        case "one" | "many":
            return _letters(control, values)
        case _:
            assert_never(control.how)


# ---------------------------------------------------------------------------------------------------- shapes


def _modal(title: str, blocks: Sequence[Block], close: str, instead: str = "") -> dict[str, object]:
    """Return a window; *instead* heads it where its own title is too long."""
    fits = size(clean_line(title)) <= LONGEST_TITLE
    head = clean_line(title) if fits and title.strip() else instead or SAY.form_title()
    return {
        "type": "modal",
        "title": plain_text(fitting(head, LONGEST_TITLE)),
        "close": plain_text(close),
        "blocks": list(blocks),
    }


def _head(title: str) -> list[Block]:
    """Return *title* as a block where it is too long for its own place."""
    return blocks_of((title_line(title),)) if size(clean_line(title)) > LONGEST_TITLE else []


def _input(place: int, label: str, element: Block, *, hint: str = "", optional: bool = False) -> Block:
    whole = clean_line(label)
    return {
        "type": "input",
        "block_id": input_block(place),
        "label": plain_text(fitting(whole, LONGEST_LABEL) or SAY.answer()),
        "element": {**element, "action_id": _VALUE},
        **({"hint": plain_text(fitting(hint, LONGEST_HINT))} if hint.strip() else {}),
        **({"optional": True} if optional else {}),
    }


def _typing(placeholder: str, longest: int, *, multiline: bool = False) -> Block:
    shown = fitting(placeholder, LONGEST_PLACEHOLDER)
    return {
        "type": "plain_text_input",
        "multiline": multiline,
        "max_length": max(1, min(LONGEST_TEXT, longest)),
        **({"placeholder": plain_text(shown)} if shown else {}),
    }


def _shown(pieces: Iterable[Piece], most: int) -> list[Block]:
    """Return *pieces* in *most* blocks; where there are more the last one says where the rest is."""
    blocks = [block for piece in pieces for block in _blocks(piece)]
    if len(blocks) <= most:
        return blocks
    return [*islice(blocks, most - 1), {"type": "context", "elements": [plain_text(SAY.form_is_full())]}]


def _blocks(piece: Piece) -> list[Block]:
    return [*blocks_of(piece.lines), piece.block] if isinstance(piece, Solid) else blocks_of(piece)


# --------------------------------------------------------------------------------------------------- asking


def _above(control: Picker | Form, asked: Sequence[Shown]) -> Iterator[Piece]:
    """Yield what stands above the inputs: the question, what to do, and what has no room below."""
    yield from pieces_of(asked, {}, {}, native=False)
    yield from pieces_of((Paragraph((Text(clean_line(control.label)),)),), {}, {}, native=False)
    yield tuple(_said(control, letters_in(asked), with_stems=not asked))


def _said(control: Picker | Form, said: set[str], *, with_stems: bool) -> Iterator[Line]:
    if isinstance(control, Form):
        if not _fits(control):
            yield from (entry(f"{number}", _field_text(one)) for number, one in enumerate(control.fields, 1))
        return
    if control.how == "match" and (with_stems or _by_line(control)) and not _stems_fit(control):
        yield from (entry(f"{number}", stem) for number, stem in enumerate(control.stems, 1))
    if not set(control.letters) <= said and not _options_fit(control):
        pairs = zip(control.letters, control.options, strict=False)
        yield from (entry(f"{letter}.", text) for letter, text in pairs)


def _inputs(control: Picker | Form) -> Iterator[Block]:
    if isinstance(control, Form):
        yield from _fields(control) if _fits(control) else _one_for_all(control)
        return
    match control.how:
        case "order":
            hint = SAY.order_hint(control.letters)
            yield _input(0, SAY.your_order(), _typing("", LONGEST_TEXT), hint=hint)
        case "match" if _by_line(control):
            menu = _menu("static_select", control)
            yield from (_input(place, _stem(place, stem), menu) for place, stem in enumerate(control.stems))
        case "match":
            yield _input(0, SAY.your_pairs(), _typing("", LONGEST_TEXT), hint=SAY.pairs_hint())
        case "one" | "many":
            yield _choosing(control)
        case _:
            assert_never(control.how)


def _choosing(picker: Picker) -> Block:
    """Return the input in which options are ticked, or their letters typed where they are too many."""
    least, most = _bounds(picker)
    if not _fits_menu(picker):
        hint = SAY.letters_hint(least, most)
        return _input(0, SAY.your_letters(), _typing("", LONGEST_TEXT), hint=hint)
    few = len(picker.options) <= MOST_TICKS
    if picker.how == "one":
        return _input(0, SAY.answer(), _menu("radio_buttons" if few else "static_select", picker))
    element = _menu("checkboxes", picker) if few else _menu("multi_static_select", picker, most)
    return _input(0, SAY.answer(), element, hint=SAY.ticks(least, most))


def _menu(kind: str, picker: Picker, most: int = 0) -> Block:
    """Return the options of *picker* to choose from; with *most* at most so many of them."""
    ticks = kind in {"radio_buttons", "checkboxes"}
    empty: Block = {} if ticks else {"placeholder": plain_text(SAY.choose())}
    limit: Block = {"max_selected_items": most} if most else {}
    return {"type": kind, "options": options_of(picker), **empty, **limit}


def _stem(place: int, stem: str) -> str:
    return f"{place + 1} · {clean_line(stem)}"


def _stems_fit(picker: Picker) -> bool:
    return _by_line(picker) and all(
        size(_stem(place, stem)) <= LONGEST_LABEL for place, stem in enumerate(picker.stems)
    )


def _options_fit(picker: Picker) -> bool:
    """Tell whether the controls of *picker* say each option in full."""
    shown = _by_line(picker) if picker.how == "match" else picker.how != "order" and _fits_menu(picker)
    pairs = zip(picker.letters, picker.options, strict=False)
    return shown and all(option_label(letter, text) != letter for letter, text in pairs)


def _fits_menu(picker: Picker) -> bool:
    return 0 < len(picker.options) <= MOST_OPTIONS


def _by_line(picker: Picker) -> bool:
    """Tell whether each line to match can have a menu of its own."""
    return 0 < len(picker.stems) <= MOST_INPUTS and _fits_menu(picker)


# -------------------------------------------------------------------------------------------- texts to type


def _fits(form: Form) -> bool:
    """Tell whether each field of *form* can have an input of its own."""
    return 0 < len(form.fields) <= MOST_INPUTS and all(
        0 < size(clean_line(one.label)) <= LONGEST_LABEL and size(clean_line(one.hint)) <= LONGEST_HINT
        for one in form.fields
    )


def _field_text(one: Field) -> str:
    return " · ".join(said for said in (one.label, one.hint) if said.strip())


def _fields(form: Form) -> Iterator[Block]:
    alone = len(form.fields) == 1
    for place, one in enumerate(form.fields):
        placeholder = SAY.type_a_number() if one.numeric else ""
        many = one.lines or (alone and not one.numeric)
        typed = one.value[: max(1, min(LONGEST_TEXT, one.longest))]
        element = _typing(placeholder, one.longest, multiline=many)
        begun: Block = {**element, "initial_value": typed} if typed else element
        yield _input(place, one.label, begun, hint=one.hint, optional=one.optional)


def _one_for_all(form: Form) -> Iterator[Block]:
    """Yield one input for all texts of *form*, one a line."""
    longest = sum(one.longest + 1 for one in form.fields) - 1
    element = _typing("", longest, multiline=True)
    yield _input(0, SAY.answer(), element, hint=SAY.all_lines(len(form.fields)))


# --------------------------------------------------------------------------------------------------- reading


def _typed(form: Form, values: Mapping[str, object]) -> Read:
    if not _fits(form):
        texts = texts_of(_text(values, 0), len(form.fields))
        return _wrong(SAY.not_lines(len(form.fields))) if texts is None else Read(Typed(texts))
    found = tuple(_text(values, place) for place in range(len(form.fields)))
    empty = [
        place for place, text in enumerate(found) if not text.strip() and not form.fields[place].optional
    ]
    return _wrong(SAY.not_filled(), *empty) if empty else Read(Typed(found))


def _order(letters: Sequence[str], text: str) -> Read:
    found = positions_of(text, letters)
    if found is None or sorted(found) != list(range(len(letters))):
        return _wrong(SAY.not_an_order(letters))
    return Read(Picked(found))


def _pairs(picker: Picker, values: Mapping[str, object]) -> Read:
    lines = len(picker.stems)
    if not _by_line(picker):
        found = pairs_of(_text(values, 0), lines, picker.letters)
        return _wrong(SAY.not_pairs(lines, picker.letters)) if found is None else Read(Picked(found))
    chosen = [_chosen(values, place, len(picker.options)) for place in range(lines)]
    empty = [place for place, positions in enumerate(chosen) if len(positions) != 1]
    if empty:
        return _wrong(SAY.not_filled(), *empty)
    return Read(Picked(tuple(position for positions in chosen for position in positions)))


def _letters(picker: Picker, values: Mapping[str, object]) -> Read:
    least, most = _bounds(picker)
    ticked = _fits_menu(picker)
    typed = positions_of(_text(values, 0), picker.letters) or ()
    found = _chosen(values, 0, len(picker.options)) if ticked else typed
    each = tuple(dict.fromkeys(found))
    if least <= len(each) <= most:
        return Read(Picked(each))
    return _wrong(SAY.ticks(least, most) if ticked else SAY.not_letters(least, most))


def _bounds(picker: Picker) -> tuple[int, int]:
    most = max(1, min(picker.most, len(picker.options))) if picker.how == "many" else 1
    return max(1, min(picker.least, most)), most


def _wrong(sentence: str, *places: int) -> Read:
    return Read(None, {input_block(place): sentence for place in places or (0,)})


def _text(values: Mapping[str, object], place: int) -> str:
    """Return what was typed into the input at *place*."""
    match _value(values, place):
        case {"value": str(text)}:
            return text
        case _:
            return ""


def _chosen(values: Mapping[str, object], place: int, options: int) -> tuple[int, ...]:
    """Return the positions chosen in the input at *place*; none where one of them is of no option."""
    match _value(values, place):
        case {"selected_options": list(chosen)}:
            positions = positions_in(chosen)
        case {"selected_option": chosen}:
            positions = positions_in([chosen])
        case _:
            positions = ()
    return positions if all(position < options for position in positions) else ()


def _value(values: Mapping[str, object], place: int) -> object:
    block = values.get(input_block(place))
    return block.get(_VALUE) if isinstance(block, Mapping) else None
