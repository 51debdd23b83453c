"""One question of GIFT as a draft: its kind told by what stands in the braces."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Final

from bot.core.items import Blank, BlanksKey, Kind, NumberKey, TextKey
from bot.packs import prose
from bot.packs.formats.gift_texts import format_of, markdown, parted, positions, unescaped, weighed
from bot.packs.importing.drafts import DraftOption, DraftQuestion, Fault, Problem, Span

WHOLE: Final = 100.0
_NEARLY: Final = 0.5
_TRUTH: Final = re.compile(r"(?is)\s*(true|false|t|f)\s*(?=#|$)")


@dataclass(slots=True)
class Block:
    """The *text* of one question without its title, and where it stands."""

    text: str
    span: Span
    topic: str = ""
    own: str = ""
    title: str = ""
    kind: str = ""
    problems: list[Problem] = field(default_factory=list)

    def report(self, fault: Fault, message: str, mend: str) -> None:
        """Report something that a person has to look at."""
        self.problems.append(Problem(fault, self.span.first, message, mend))

    def read(self, text: str) -> str:
        """Return *text* in small Markdown."""
        return markdown(text, self.kind)


@dataclass(frozen=True, slots=True)
class _Answer:
    """One answer: its *sign*, how many per cent it gives if it says so, its raw text, its feedback."""

    sign: str
    weight: float | None
    text: str
    feedback: str

    @property
    def points(self) -> float:
        """Return how many per cent it gives."""
        return (WHOLE if self.sign == "=" else 0.0) if self.weight is None else self.weight


def question_of(block: Block) -> tuple[DraftQuestion, list[Problem]]:
    """Return the question that *block* holds, and what a person has to look at."""
    start, end = positions(block.text, "{}")
    block.kind, before = format_of(block.text[:start])
    after = block.text[end + 1 :]
    inner, explanation = _explained(block.text[start + 1 : end])
    gap = f"{before}___{after}" if after.strip() else before
    draft = DraftQuestion(
        Kind.FREE_TEXT,
        block.read(gap),
        block.span,
        explanation=block.read(explanation),
        topic=block.topic,
        id=block.own or block.title,
    )
    return _answered(draft, inner, block), block.problems


def _explained(inner: str) -> tuple[str, str]:
    """Return the answers, and the feedback on all of them after four number signs."""
    signs = positions(inner, "#")
    at = next((one for one in signs if {one + 1, one + 2, one + 3} <= set(signs)), None)
    return (inner, "") if at is None else (inner[:at], inner[at + 4 :])


def _answered(draft: DraftQuestion, inner: str, block: Block) -> DraftQuestion:
    truth = _TRUTH.match(inner)
    if not inner.strip():
        return draft
    if truth:
        return _truth(draft, truth[1].lower() in {"true", "t"}, inner[truth.end() :], block)
    if inner.lstrip().startswith("#"):
        return _number(draft, inner.lstrip()[1:], block)
    answers = [_answer(one) for one in parted(inner, "=~")[1:]]
    if answers and all(one.sign == "=" and "->" in one.text for one in answers):
        return _pairs(draft, answers, block)
    if answers and all(one.sign == "=" for one in answers):
        return _short(draft, answers, block)
    return _choice(draft, answers, block)


def _answer(piece: str) -> _Answer:
    weight, rest = weighed(piece[1:])
    text, *feedback = parted(rest, "#")
    return _Answer(piece[0], weight, text.strip(), "".join(feedback)[1:].strip())


def _truth(draft: DraftQuestion, right: bool, said: str, block: Block) -> DraftQuestion:  # noqa: FBT001
    """Return a question of true or false; the first feedback is for the wrong answer."""
    wrong_said, right_said = ([block.read(one[1:]) for one in parted(said, "#")[1:]] + ["", ""])[:2]
    feedback = (right_said, wrong_said) if right else (wrong_said, right_said)
    options = (DraftOption("True", right, feedback[0]), DraftOption("False", not right, feedback[1]))
    return replace(draft, kind=Kind.TRUE_FALSE, options=options)


def _choice(draft: DraftQuestion, answers: Sequence[_Answer], block: Block) -> DraftQuestion:
    several = not any(one.sign == "=" for one in answers)
    positive = [one.points for one in answers if one.points > 0]
    options = tuple(
        DraftOption(
            block.read(one.text),
            one.points > 0 if several else one.points >= WHOLE,
            block.read(one.feedback),
        )
        for one in answers
    )
    uneven = several and positive and max(positive) - min(positive) > _NEARLY
    partial = [one for one in positive if one < WHOLE]
    if uneven or (not several and partial):
        block.report(
            Fault.PARTIAL_POINTS,
            "Its answers give different parts of the points, and an item is right or wrong.",
            "Look whether the right options are those that you mean.",
        )
    off = () if positive else ("No answer is marked as right.",)
    if off:
        block.report(Fault.NO_KEY, off[0], "Write = before the right answer.")
    return replace(
        draft, kind=Kind.MULTIPLE_RESPONSE if several else Kind.SINGLE_CHOICE, options=options, off=off
    )


def _pairs(draft: DraftQuestion, answers: Sequence[_Answer], block: Block) -> DraftQuestion:
    halves = [one.text.partition("->") for one in answers]
    read = [(block.read(left), block.read(right)) for left, _, right in halves]
    others = tuple(DraftOption(right) for _, right in read)
    pairs = tuple((left, right) for left, right in read if left)
    return replace(draft, kind=Kind.MATCHING, options=others, pairs=pairs)


def _short(draft: DraftQuestion, answers: Sequence[_Answer], block: Block) -> DraftQuestion:
    """Return what is typed: into the blank when the prompt has one, else as a free answer."""
    whole = [one for one in answers if one.points >= WHOLE]
    if len(whole) < len(answers):
        others = ", ".join(unescaped(one.text) for one in answers if one not in whole)
        block.report(
            Fault.PARTIAL_POINTS,
            f"An answer that gives a part of the points is not accepted: {others}.",
            "Add it to the accepted answers if it is right.",
        )
    said = [block.read(one.feedback) for one in answers if one.feedback]
    accept = tuple(" ".join(unescaped(one.text).replace("\\*", "*").split()) for one in whole)
    explained = "\n\n".join(one for one in (draft.explanation, *said) if one)
    if len(prose.blanks(draft.prompt)) == 1 and accept:
        key = BlanksKey((Blank(accept),))
        return replace(draft, kind=Kind.FILL_IN, key=key, explanation=explained)
    return replace(draft, kind=Kind.FREE_TEXT, key=TextKey(accept), explanation=explained)


def _number(draft: DraftQuestion, inner: str, block: Block) -> DraftQuestion:
    """Return a number with its tolerance; of several ranges the first with all points."""
    pieces = parted(inner, "=~")
    answers = [_answer(f"={pieces[0]}")] if pieces[0].strip() else []
    answers += [_answer(one) for one in pieces[1:] if one[0] == "="]
    keys = [key for one in answers if one.points >= WHOLE and (key := number_key(one.text)) is not None]
    if not keys:
        block.report(Fault.BAD_KEY, "No number is read in the braces.", "Write {#5:0.1} or {#4.9..5.1}.")
        return replace(draft, off=("Its number could not be read.",), answer=unescaped(inner).strip())
    if len(answers) > 1:
        block.report(
            Fault.PARTIAL_POINTS,
            "Only the first number that gives all points is kept.",
            "Widen its tolerance, or ask for the others in a question of their own.",
        )
    said = [block.read(one.feedback) for one in answers if one.feedback]
    explained = "\n\n".join(one for one in (draft.explanation, *said) if one)
    return replace(draft, kind=Kind.NUMERIC, key=keys[0], explanation=explained)


def number_key(text: str) -> NumberKey | None:
    """Return what ``5``, ``5:0.1`` or ``4.9..5.1`` accept; None when it is none of these."""
    try:
        if ".." in text:
            low, _, high = (Decimal(one) if one != ".." else Decimal(0) for one in text.partition(".."))
            return NumberKey((low + high) / 2, abs(high - low) / 2)
        value, _, tolerance = unescaped(text).partition(":")
        return NumberKey(Decimal(value.strip()), abs(Decimal(tolerance.strip() or "0")))
    except InvalidOperation:
        return None
