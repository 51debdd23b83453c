"""Modals: the forms that open on a press, and what they said when they are sent.

An input's name says its place in the form and nothing else. What has no room in a label stands in a text of
the form, or it says that it stands in the message.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias, assert_never

import discord
from discord import TextStyle, ui

from bot.adapters.discord.controls import fitting, option_label
from bot.adapters.discord.lines import Line, text_of
from bot.adapters.discord.markup import STRONG, Run, tidied
from bot.core.ids import QuestionId
from bot.core.responses import Picked, Sent, Typed
from bot.wording import discord_notices
from bot.wording.cleaning import clean_line
from bot.wording.cuts import size
from bot.wording.discord_sentences import SAY
from bot.wording.letters import pairs_of, positions_of, texts_of
from bot.wording.views import Field, Form, Picker

MOST_INPUTS: Final = 5
LONGEST_TITLE: Final = 45
LONGEST_LABEL: Final = 45
LONGEST_HINT: Final = 100
LONGEST_TEXT: Final = 4000
MOST_RADIOS: Final = 10
FEWEST_RADIOS: Final = 2
MOST_OPTIONS: Final = 25
LONGEST_REASON: Final = 500

_INPUT: Final = "i"

Part: TypeAlias = ui.Item[ui.Modal]
Values: TypeAlias = Mapping[str, str | list[str]]


def modal_of(control: Picker | Form, title: str) -> ui.Modal:
    """Return the form that asks for what *control* sends."""
    return _modal(title, control.action, tuple(_parts(control)))


def answer_of(control: Picker | Form, values: Values) -> Sent | str:
    """Return what the form of *control* said, or a sentence about what cannot be read of it.

    *values* are the texts and the choices by the names of their inputs.
    """
    if isinstance(control, Form):
        return _typed(control, values)
    letters = control.letters
    match control.how:
        case "order":
            return _order(letters, _text(values))
        case "match":
            return _pairs(control, values)
        case "one" | "many":
            return _letters(control, _text(values))
        case _:
            assert_never(control.how)


def flag_modal(question: QuestionId) -> ui.Modal:
    """Return the form that flags *question*, for a reason or for none."""
    say = discord_notices.SAY
    field: ui.TextInput[ui.Modal] = ui.TextInput(
        custom_id=f"{_INPUT}0",
        style=TextStyle.paragraph,
        placeholder=fitting(say.flag_hint(), LONGEST_HINT),
        required=False,
        max_length=LONGEST_REASON,
    )
    label = fitting(say.flag_label(), LONGEST_LABEL)
    return _modal(say.flag_menu(), f"f:{question}", (ui.Label(text=label, component=field),))


def _modal(title: str, action: str, parts: Sequence[Part]) -> ui.Modal:
    modal = ui.Modal(title=fitting(title, LONGEST_TITLE) or SAY.answer(), custom_id=action, timeout=None)
    for part in parts:
        modal.add_item(part)
    # A form that has stopped is opened like any other, and discord.py keeps nothing of it.
    modal.stop()
    return modal


# --------------------------------------------------------------------------------------------------- asking


def _parts(control: Picker | Form) -> Iterator[Part]:
    if isinstance(control, Form):
        yield from _fields(control) if _fits(control) else _one_for_all(control)
        return
    match control.how:
        case "order":
            yield from _said(_options(control))
            yield _input(SAY.your_order(), SAY.order_hint(control.letters))
        case "match" if _is_by_line(control):
            yield from _by_line(control)
        case "match":
            yield from _said([*_stems(control), *_options(control)])
            yield _input(SAY.your_pairs(), SAY.pairs_hint())
        case "one" | "many":
            least, most = _bounds(control)
            yield from _said(_options(control))
            yield _input(SAY.your_letters(), SAY.letters_hint(least, most))
        case _:
            assert_never(control.how)


def _input(label: str, hint: str = "", *, longest: int = LONGEST_TEXT) -> Part:
    field: ui.TextInput[ui.Modal] = ui.TextInput(custom_id=f"{_INPUT}0", max_length=longest)
    return ui.Label(
        text=fitting(label, LONGEST_LABEL), description=fitting(hint, LONGEST_HINT) or None, component=field
    )


def _said(lines: Sequence[Line]) -> Iterator[Part]:
    """Yield *lines* as a text of the form, or where to read them when they are too long for it."""
    text = text_of(lines)
    if text.strip():
        yield ui.TextDisplay(text if size(text) <= LONGEST_TEXT else SAY.in_the_message())


def _options(picker: Picker) -> list[Line]:
    return [_entry(f"{letter}.", text) for letter, text in zip(picker.letters, picker.options, strict=False)]


def _stems(picker: Picker) -> list[Line]:
    return [_entry(f"{number}", text) for number, text in enumerate(picker.stems, 1)]


def _entry(mark: str, text: str) -> Line:
    return Line(tidied((Run(mark, STRONG), Run(f" {clean_line(text)}"))))


# -------------------------------------------------------------------------------------------- texts to type


def _fits(form: Form) -> bool:
    """Tell whether each field of *form* can have an input of its own."""
    return 0 < len(form.fields) <= MOST_INPUTS and all(
        0 < size(clean_line(field.label)) <= LONGEST_LABEL and size(clean_line(field.hint)) <= LONGEST_HINT
        for field in form.fields
    )


def _fields(form: Form) -> Iterator[Part]:
    alone = len(form.fields) == 1
    for place, field in enumerate(form.fields):
        component: ui.TextInput[ui.Modal] = ui.TextInput(
            custom_id=f"{_INPUT}{place}",
            style=TextStyle.paragraph if field.lines or (alone and not field.numeric) else TextStyle.short,
            placeholder=fitting(SAY.type_a_number(), LONGEST_HINT) if field.numeric else None,
            default=field.value[: _longest((field,))] or None,
            required=not field.optional,
            max_length=_longest((field,)),
        )
        yield ui.Label(
            text=clean_line(field.label), description=clean_line(field.hint) or None, component=component
        )


def _one_for_all(form: Form) -> Iterator[Part]:
    """Yield one input for all texts of *form*, one a line."""
    yield from _said(
        [
            _entry(f"{number}", " · ".join(said for said in (field.label, field.hint) if said.strip()))
            for number, field in enumerate(form.fields, 1)
        ]
    )
    component: ui.TextInput[ui.Modal] = ui.TextInput(
        custom_id=f"{_INPUT}0", style=TextStyle.paragraph, max_length=_longest(form.fields)
    )
    hint = fitting(SAY.all_lines(len(form.fields)), LONGEST_HINT)
    yield ui.Label(text=SAY.answer(), description=hint, component=component)


def _longest(fields: Sequence[Field]) -> int:
    return max(1, min(LONGEST_TEXT, sum(field.longest + 1 for field in fields) - 1))


def _typed(form: Form, values: Values) -> Sent | str:
    if not _fits(form):
        texts = texts_of(_text(values), len(form.fields))
        return SAY.not_lines(len(form.fields)) if texts is None else Typed(texts)
    found = tuple(_text(values, place) for place in range(len(form.fields)))
    filled = zip(found, form.fields, strict=True)
    return Typed(found) if all(text.strip() or field.optional for text, field in filled) else SAY.not_filled()


# ------------------------------------------------------------------------------------------------- matching


def _is_by_line(picker: Picker) -> bool:
    """Tell whether each line to match can have a choice of its own."""
    return 0 < len(picker.stems) <= MOST_INPUTS and 0 < len(picker.options) <= MOST_OPTIONS


def _by_line(picker: Picker) -> Iterator[Part]:
    long_stems = [not _has_room(number, stem) for number, stem in enumerate(picker.stems, 1)]
    labels = [option_label(*pair) for pair in zip(picker.letters, picker.options, strict=False)]
    said = [
        *(_stems(picker) if any(long_stems) else ()),
        *(_options(picker) if labels != _whole(picker) else ()),
    ]
    room = len(picker.stems) < MOST_INPUTS
    if room:
        yield from _said(said)
    for place, (stem, long) in enumerate(zip(picker.stems, long_stems, strict=True)):
        yield _stem_label(place, stem, labels, elsewhere=bool(said) and (long or place == 0) and not room)


def _whole(picker: Picker) -> list[str]:
    return [
        f"{letter} · {clean_line(text)}" for letter, text in zip(picker.letters, picker.options, strict=False)
    ]


def _has_room(number: int, stem: str) -> bool:
    return size(f"{number} · {clean_line(stem)}") <= LONGEST_LABEL or size(clean_line(stem)) <= LONGEST_HINT


def _stem_label(place: int, stem: str, labels: Sequence[str], *, elsewhere: bool) -> Part:
    """Return one line to match with its choices; the text of a long one stands *elsewhere*."""
    whole = f"{place + 1} · {clean_line(stem)}"
    short = size(whole) <= LONGEST_LABEL
    hint = "" if short or not _has_room(place + 1, stem) else clean_line(stem)
    if elsewhere and not hint:
        hint = SAY.in_the_message()
    return ui.Label(
        text=whole if short else str(place + 1),
        description=hint or None,
        component=_choices(f"{_INPUT}{place}", labels),
    )


def _choices(id_: str, labels: Sequence[str]) -> Part:
    if FEWEST_RADIOS <= len(labels) <= MOST_RADIOS:
        radios = [
            discord.RadioGroupOption(label=label, value=str(place)) for place, label in enumerate(labels)
        ]
        group: ui.RadioGroup[ui.Modal] = ui.RadioGroup(custom_id=id_, options=radios)
        return group
    options = [discord.SelectOption(label=label, value=str(place)) for place, label in enumerate(labels)]
    select: ui.Select[ui.Modal] = ui.Select(custom_id=id_, options=options, required=True)
    return select


def _pairs(picker: Picker, values: Values) -> Sent | str:
    if not _is_by_line(picker):
        found = pairs_of(_text(values), len(picker.stems), picker.letters)
        return SAY.not_pairs(len(picker.stems), picker.letters) if found is None else Picked(found)
    chosen = [_text(values, place) for place in range(len(picker.stems))]
    if not all(_is_position(value, len(picker.options)) for value in chosen):
        return SAY.not_filled()
    return Picked(tuple(int(value) for value in chosen))


def _is_position(value: str, options: int) -> bool:
    return value.isascii() and value.isdecimal() and len(value) < LONGEST_HINT and int(value) < options


# -------------------------------------------------------------------------------------------------- letters


def _order(letters: Sequence[str], text: str) -> Sent | str:
    found = positions_of(text, letters)
    if found is None or sorted(found) != list(range(len(letters))):
        return SAY.not_an_order(letters)
    return Picked(found)


def _letters(picker: Picker, text: str) -> Sent | str:
    least, most = _bounds(picker)
    found = tuple(dict.fromkeys(positions_of(text, picker.letters) or ()))
    return Picked(found) if least <= len(found) <= most else SAY.not_letters(least, most)


def _bounds(picker: Picker) -> tuple[int, int]:
    most = max(1, min(picker.most, len(picker.options))) if picker.how == "many" else 1
    return max(1, min(picker.least, most)), most


def _text(values: Values, place: int = 0) -> str:
    """Return the value of the input at *place*: what was typed, or the first that was chosen."""
    value = values.get(f"{_INPUT}{place}", "")
    return value if isinstance(value, str) else "".join(value[:1])
