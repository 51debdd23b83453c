"""Open questions as they are read: made from a sheet, which holds no key."""

from dataclasses import replace
from datetime import date
from typing import Final

from bot.core.commands import Close, Mode
from bot.core.effects import FormOpened, QuestionChanged, QuestionOpened, QuestionState, Sheet
from bot.core.ids import QuestionId
from bot.core.items import Kind
from bot.core.questions import letter, round_of
from bot.wording.actions import answer_action
from bot.wording.catalogues import Catalogue
from bot.wording.markup import blocks_of
from bot.wording.pieces import button, lettered, line_of, paragraph, quiet, view
from bot.wording.reactions import emoji_of
from bot.wording.views import (
    Block,
    Bullets,
    Button,
    Control,
    Countdown,
    Field,
    Form,
    Paragraph,
    Picker,
    Progress,
    Quote,
    Tone,
    View,
)

LONGEST_ANSWER: Final = 1000
_TYPED: Final = frozenset({Kind.FILL_IN, Kind.NUMERIC, Kind.FREE_TEXT})


def opened_view(effect: QuestionOpened, catalogue: Catalogue, *, actions: bool) -> View:
    """Return a question that was just opened."""
    changed = QuestionChanged(
        sheet=effect.sheet,
        state=QuestionState.OPEN,
        opened_at=effect.opened_at,
        closes_at=effect.closes_at,
        answered=0,
        joined=effect.joined,
        mode=effect.mode,
        change=effect.change,
        alone=effect.alone,
        day=effect.day,
        reacting=effect.reacting,
    )
    return replace(question_view(changed, catalogue, actions=actions), mention=effect.mention)


def question_view(effect: QuestionChanged, catalogue: Catalogue, *, actions: bool) -> View:
    """Return a question as its message should stand now; only an open one has controls.

    One of the day has them for practice when it is closed. What to do stands on the control where there is
    one, and in the text where there is none. An open one may be answered with reactions, which keeps the
    control beside them for chats without.
    """
    sheet = effect.sheet
    asked = asked_blocks(sheet)
    below = _below(effect, catalogue)
    task = _task(sheet, catalogue)
    controls = _controls(effect, catalogue) if actions else ()
    title = _title(sheet, effect.day, catalogue)
    shown = view(Tone.QUESTION, title, (*asked, task, *below))
    if controls:
        shown = view(Tone.QUESTION, title, (*asked, *below), controls, alt=shown.alt)
    shown = replace(shown, lasting=effect.day is not None)
    return _with_reactions(shown, effect, catalogue) if actions else shown


def _with_reactions(shown: View, effect: QuestionChanged, catalogue: Catalogue) -> View:
    if effect.reacting is None or effect.state is not QuestionState.OPEN:
        return shown
    sheet = effect.sheet
    letters = tuple(emoji_of(place) for place in range(len(sheet.options)))
    return replace(
        shown, reactions=letters, reacting=catalogue.react_task(sheet.kind, sheet.choose, effect.reacting)
    )


def form_view(effect: FormOpened, catalogue: Catalogue, *, actions: bool) -> View:
    """Return a question with nothing but the control that answers it, the same that its message has."""
    sheet = effect.sheet
    title = _title(sheet, effect.day, catalogue)
    if not actions:
        return view(Tone.QUESTION, title, (*asked_blocks(sheet), _task(sheet, catalogue)))
    control = _control(sheet, catalogue)
    if effect.practice:
        control = _practising(control, catalogue)
    return view(Tone.QUESTION, title, asked_blocks(sheet), (control,))


def _title(sheet: Sheet, day: date | None, catalogue: Catalogue) -> str:
    if day is not None:
        return catalogue.daily_title(day)
    return catalogue.question_title(sheet.number, sheet.total)


def _task(sheet: Sheet, catalogue: Catalogue) -> Paragraph | None:
    return paragraph(catalogue.task(sheet.kind, sheet.choose, sheet.blanks, sheet.unit))


def asked_blocks(sheet: Sheet) -> tuple[Block, ...]:
    """Return what is asked: scenario, prompt, lines to match, options."""
    parts = (
        Quote(blocks_of(sheet.scenario)) if sheet.scenario.strip() else None,
        *blocks_of(sheet.prompt, numbered=sheet.blanks > 1),
        Bullets(tuple(blocks_of(stem) for stem in sheet.stems), start=1) if sheet.stems else None,
        lettered(sheet.options),
    )
    return tuple(part for part in parts if part is not None)


def _below(effect: QuestionChanged, catalogue: Catalogue) -> tuple[Block | None, ...]:
    is_open = effect.state is QuestionState.OPEN
    if effect.day is not None:
        return _day_open(effect, catalogue) if is_open else _day_shut(effect, catalogue)
    return _open(effect, catalogue) if is_open else _shut(effect, catalogue)


def _day_open(effect: QuestionChanged, catalogue: Catalogue) -> tuple[Block | None, ...]:
    """Return what else there is to know of a question of the day: nobody joins it, and nobody is missed."""
    rule = quiet(catalogue.daily_rule(effect.closes_at))
    return _countdown(effect, catalogue), _count(effect, catalogue), rule


def _day_shut(effect: QuestionChanged, catalogue: Catalogue) -> tuple[Block | None, ...]:
    return paragraph(catalogue.daily_state(effect.state)), _count(effect, catalogue)


def _count(effect: QuestionChanged, catalogue: Catalogue) -> Progress:
    return Progress(effect.answered, 0, catalogue.daily_count(effect.answered))


def _open(effect: QuestionChanged, catalogue: Catalogue) -> tuple[Block | None, ...]:
    """Return what else there is to know; alone nobody is waited for, and an answer closes the question."""
    if effect.alone:
        return ()
    return _countdown(effect, catalogue), _progress(effect, catalogue), _rule(effect, catalogue)


def _rule(effect: QuestionChanged, catalogue: Catalogue) -> Block | None:
    """Say how often one may answer; the rule for reactions is said with them, and is another."""
    if effect.mode is Mode.FIRST:
        return quiet(catalogue.one_try())
    return None if effect.reacting is not None else quiet(catalogue.change_rule(effect.change))


def _shut(effect: QuestionChanged, catalogue: Catalogue) -> tuple[Block | None, ...]:
    return paragraph(catalogue.question_state(effect.state, effect.by)), _progress(effect, catalogue)


def _countdown(effect: QuestionChanged, catalogue: Catalogue) -> Countdown | None:
    if effect.closes_at is None:
        return None
    return Countdown(effect.opened_at or effect.closes_at, effect.closes_at, catalogue.to_answer())


def _progress(effect: QuestionChanged, catalogue: Catalogue) -> Progress | None:
    if effect.joined <= 0 or effect.alone:
        return None
    return Progress(effect.answered, effect.joined, catalogue.progress(effect.answered, effect.joined))


# ------------------------------------------------------------------------------------------------- controls


def _controls(effect: QuestionChanged, catalogue: Catalogue) -> tuple[Control, ...]:
    sheet = effect.sheet
    control = _control(sheet, catalogue)
    if effect.day is not None:
        return _day_controls(control, effect.state, catalogue)
    if effect.state is not QuestionState.OPEN:
        return ()
    if effect.closes_at is not None:
        return (control,)
    return control, _close(sheet.question, catalogue, alone=effect.alone)


def _control(sheet: Sheet, catalogue: Catalogue) -> Picker | Form:
    """Return what answers a question."""
    return _form(sheet, catalogue) if sheet.kind in _TYPED else _picker(sheet, catalogue)


def _day_controls(control: Picker | Form, state: QuestionState, catalogue: Catalogue) -> tuple[Control, ...]:
    """Return how to answer a question of the day; after its reveal that is for practice."""
    if state is QuestionState.OPEN:
        return (control,)
    if state is not QuestionState.CLOSED:
        return ()
    return (_practising(control, catalogue),)


def _practising(control: Picker | Form, catalogue: Catalogue) -> Picker | Form:
    """Return *control* as it is when nothing counts any more."""
    label = f"{catalogue.daily_practice()} {control.label}"
    return replace(control, label=label, submit=catalogue.practice(), practice=True)


def _close(question: QuestionId, catalogue: Catalogue, *, alone: bool) -> Button:
    round_, _ = round_of(question)
    label = catalogue.give_up() if alone else catalogue.close()
    hint = catalogue.give_up_hint() if alone else catalogue.close_hint()
    return button(Close(question), round_, label=label, hint=hint)


def _picker(sheet: Sheet, catalogue: Catalogue) -> Picker:
    picker = Picker(
        action=answer_action(sheet.question),
        how="one",
        options=tuple(line_of(option) for option in sheet.options),
        letters=tuple(letter(place) for place in range(len(sheet.options))),
        label=catalogue.task(sheet.kind, sheet.choose, sheet.blanks, sheet.unit),
        submit=catalogue.answer(),
    )
    options, lines = len(sheet.options), len(sheet.stems)
    match sheet.kind:
        case Kind.MULTIPLE_RESPONSE:
            return replace(picker, how="many", most=sheet.choose or options)
        case Kind.ORDERING:
            return replace(picker, how="order", least=options, most=options)
        case Kind.MATCHING:
            stems = tuple(line_of(stem) for stem in sheet.stems)
            return replace(picker, how="match", stems=stems, least=lines, most=lines)
        case _:
            return picker


def _form(sheet: Sheet, catalogue: Catalogue) -> Form:
    return Form(
        action=answer_action(sheet.question),
        fields=_fields(sheet, catalogue),
        label=catalogue.task(sheet.kind, sheet.choose, sheet.blanks, sheet.unit),
        submit=catalogue.answer(),
    )


def _fields(sheet: Sheet, catalogue: Catalogue) -> tuple[Field, ...]:
    if sheet.kind is Kind.FILL_IN and sheet.blanks > 1:
        return tuple(
            Field(catalogue.blank(number), longest=LONGEST_ANSWER) for number in range(1, sheet.blanks + 1)
        )
    return (Field(catalogue.answer(), longest=LONGEST_ANSWER, numeric=sheet.kind is Kind.NUMERIC),)
