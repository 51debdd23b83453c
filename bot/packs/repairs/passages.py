"""Passages: every text of a draft in one place, so that a repair sees all and passes by clean ones."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from bot.core.notes import Section
from bot.packs.importing.drafts import DraftCard, DraftNote, DraftQuestion, Harvest, Problem

Change = Callable[[str], str]
"""Returns a text as it was meant, or as it is."""

Draft = DraftQuestion | DraftCard | DraftNote

_CODE: Final = re.compile(r"(```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|`[^`\n]+`)", re.DOTALL)
_LONGEST: Final = 80


def whole(draft: Draft) -> str:
    """Return all that *draft* says in one text; only for looking whether something is in there."""
    return draft.whole


def drafts(harvest: Harvest) -> tuple[Draft, ...]:
    """Return what *harvest* has that a repair looks at."""
    return (*harvest.questions, *harvest.cards, *harvest.notes)


def has_any(text: str, words: Sequence[str]) -> bool:
    """Return whether one of *words* is anywhere in *text*."""
    # A plain loop: ten thousand questions are looked at, and nearly all of them have none.
    for word in words:  # noqa: SIM110 - any() takes three times as long here
        if word in text:
            return True
    return False


def rewritten(harvest: Harvest, words: Sequence[str], change: Change) -> Harvest:
    """Return *harvest* with each text changed, where a draft has any of *words*."""
    if not has_any(harvest.said, words):
        return harvest
    questions = tuple(
        _question(one, change) if has_any(one.whole, words) else one for one in harvest.questions
    )
    cards = tuple(_card(one, change) if has_any(one.whole, words) else one for one in harvest.cards)
    notes = tuple(_note(one, change) if has_any(one.whole, words) else one for one in harvest.notes)
    return replace(harvest, questions=questions, cards=cards, notes=notes)


def _question(question: DraftQuestion, change: Change) -> DraftQuestion:
    options = tuple(
        replace(option, text=_kept(option.text, change), feedback=change(option.feedback))
        for option in question.options
    )
    return replace(
        question,
        prompt=_kept(question.prompt, change),
        scenario=change(question.scenario),
        explanation=change(question.explanation),
        answer=change(question.answer),
        hints=tuple(change(hint) for hint in question.hints),
        pairs=tuple((_kept(stem, change), _kept(option, change)) for stem, option in question.pairs),
        options=options,
    )


def _card(card: DraftCard, change: Change) -> DraftCard:
    return replace(card, front=_kept(card.front, change), back=_kept(card.back, change))


def _note(note: DraftNote, change: Change) -> DraftNote:
    sections = tuple(Section(section.heading, change(section.body)) for section in note.sections)
    return replace(note, sections=sections)


def _kept(text: str, change: Change) -> str:
    """Return *text* changed, or as it is when nothing would be left of it."""
    return change(text) or text


def outside_code(text: str, change: Change) -> str:
    """Return *text* with all changed that is not code."""
    if "`" not in text and "~~~" not in text:
        return change(text)
    parts = _CODE.split(text)
    return "".join(part if place % 2 else change(part) for place, part in enumerate(parts))


def without_code(text: str) -> str:
    """Return *text* with a gap for each piece of code."""
    return _CODE.sub(" ", text) if "`" in text or "~~~" in text else text


def with_problems(harvest: Harvest, found: Sequence[Problem]) -> Harvest:
    """Return *harvest* with the problems *found* that it does not have yet."""
    known = set(harvest.problems) if found else ()
    new = tuple(dict.fromkeys(problem for problem in found if problem not in known))
    return replace(harvest, problems=(*harvest.problems, *new)) if new else harvest


def shortened(text: str) -> str:
    """Return *text* in one line, its beginning when it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST].rpartition(" ")[0] + " …"


def named(draft: Draft) -> str:
    """Return what a person knows *draft* by."""
    match draft:
        case DraftQuestion():
            return shortened(draft.prompt)
        case DraftCard():
            return shortened(draft.front)
        case DraftNote():
            return shortened(draft.title)
