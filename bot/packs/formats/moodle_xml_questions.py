"""One question of Moodle's XML as a draft."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from html import unescape
from typing import Final

from bot.core.items import Blank, BlanksKey, Kind, NumberKey, TextKey
from bot.packs import prose
from bot.packs.formats.html_text import read_html
from bot.packs.formats.html_trees import Node
from bot.packs.formats.xml_trees import child
from bot.packs.importing.drafts import DraftOption, DraftQuestion, Fault, Problem, Span

WHOLE: Final = 100.0
_NEARLY: Final = 0.5
_PLAIN: Final = re.compile(r"([\\`*_<>$&~])")
_GAP: Final = re.compile(r"\{(\d*):([A-Z_]+):((?:\\.|[^\\{}])*)\}", re.DOTALL)
_TYPED: Final = frozenset({"SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC"})
_WEIGHT: Final = re.compile(r"%(-?[\d.]+)%")
_STAND_IN: Final = "\ue000"


@dataclass(slots=True)
class Question:
    """An *element* of the file, where it stands, and what was found wrong with it."""

    element: Node
    span: Span
    topic: str
    problems: list[Problem] = field(default_factory=list)

    @property
    def type(self) -> str:
        """The type that the element names."""
        return self.element.attributes.get("type", self.element.tag).strip().casefold()

    def report(self, fault: Fault, message: str, mend: str) -> None:
        """Report something that a person has to look at."""
        self.problems.append(Problem(fault, self.span.first, message, mend))

    def raw(self, name: str) -> str:
        """Return what stands in the child called *name*, as it stands."""
        return _raw(child(self.element, name))

    def text(self, node: Node | None) -> str:
        """Return the text of *node* in small Markdown."""
        said, kind = _raw(node), (node.attributes.get("format", "") if node else "")
        if kind in {"markdown", "4"}:
            return said
        if kind in {"plain_text", "2"}:
            return _PLAIN.sub(r"\\\1", said)
        found = read_html(said if re.search(r"<[a-zA-Z/]|&\w+;|&#", said) else said.replace("\n", "<br>"))
        if found.dropped:
            message = f"Not taken along: {', '.join(found.dropped)}."
            self.report(Fault.NEEDS_PICTURE, message, "Describe in words what the picture shows.")
        return found.text

    def all(self, name: str) -> list[Node]:
        """Return all children called *name*."""
        return [one for one in self.element.children if isinstance(one, Node) and one.tag == name]


def _raw(node: Node | None) -> str:
    inner = child(node, "text") if node is not None else None
    return (inner or node).text().strip() if node is not None else ""


def question_of(question: Question) -> DraftQuestion | None:
    """Return the question; None for a type that cannot be read."""
    draft = DraftQuestion(
        Kind.FREE_TEXT,
        "",
        question.span,
        explanation=question.text(child(question.element, "generalfeedback")),
        hints=tuple(said for one in question.all("hint") if (said := question.text(one))),
        topic=question.topic,
        id=question.raw("idnumber"),
    )
    if question.type == "cloze":
        return _cloze(draft, question)
    draft = replace(draft, prompt=question.text(child(question.element, "questiontext")))
    match question.type:
        case "multichoice":
            return _choice(draft, question)
        case "truefalse":
            return _truth(draft, question)
        case "shortanswer":
            return _short(draft, question)
        case "numerical":
            return _number(draft, question)
        case "matching":
            return _pairs(draft, question)
        case "essay":
            info = question.text(child(question.element, "graderinfo"))
            return replace(draft, explanation="\n\n".join(one for one in (draft.explanation, info) if one))
        case _:
            return None


def _fraction(answer: Node) -> float:
    try:
        return float(answer.attributes.get("fraction", "0"))
    except ValueError:
        return 0.0


def _feedback(question: Question, answer: Node) -> str:
    return question.text(child(answer, "feedback"))


def _choice(draft: DraftQuestion, question: Question) -> DraftQuestion:
    several = question.raw("single").casefold() in {"false", "0"}
    answers = question.all("answer")
    positive = [points for one in answers if (points := _fraction(one)) > 0]
    least = _NEARLY if several else WHOLE - _NEARLY
    options = tuple(
        DraftOption(question.text(one), _fraction(one) >= least, _feedback(question, one)) for one in answers
    )
    uneven = several and positive and max(positive) - min(positive) > _NEARLY
    partly = not several and any(points < least for points in positive)
    if uneven or partly:
        question.report(
            Fault.PARTIAL_POINTS,
            "Its answers give different parts of the points, and an item is right or wrong.",
            "Look whether the right options are those that you mean.",
        )
    off = () if any(option.right for option in options) else ("No answer is marked as right.",)
    if off:
        question.report(Fault.NO_KEY, off[0], "Give the right answer 100 per cent of the points.")
    kind = Kind.MULTIPLE_RESPONSE if several else Kind.SINGLE_CHOICE
    return replace(draft, kind=kind, options=options, off=off)


def _truth(draft: DraftQuestion, question: Question) -> DraftQuestion:
    options = tuple(
        DraftOption(_raw(one).title(), _fraction(one) >= WHOLE, _feedback(question, one))
        for one in question.all("answer")
    )
    return replace(draft, kind=Kind.TRUE_FALSE, options=options)


def _accepted(question: Question, answers: Sequence[Node]) -> tuple[list[Node], str]:
    """Return the answers that give all points, and the feedback on them; report the others."""
    whole = [one for one in answers if _fraction(one) >= WHOLE - _NEARLY]
    if len(whole) < len(answers):
        others = ", ".join(_raw(one) for one in answers if one not in whole)
        question.report(
            Fault.PARTIAL_POINTS,
            f"An answer that does not give all points is not accepted: {others}.",
            "Add it to the accepted answers if it is right.",
        )
    return whole, "\n\n".join(dict.fromkeys(said for one in answers if (said := _feedback(question, one))))


def _explained(draft: DraftQuestion, said: str) -> str:
    return "\n\n".join(one for one in (draft.explanation, said) if one)


def _short(draft: DraftQuestion, question: Question) -> DraftQuestion:
    whole, said = _accepted(question, question.all("answer"))
    accept = tuple(" ".join(_raw(one).replace("\\*", "*").split()) for one in whole)
    explained = _explained(draft, said)
    if accept and len(prose.blanks(draft.prompt)) == 1:
        return replace(draft, kind=Kind.FILL_IN, key=BlanksKey((Blank(accept),)), explanation=explained)
    return replace(draft, key=TextKey(accept), explanation=explained)


def _number(draft: DraftQuestion, question: Question) -> DraftQuestion:
    whole, said = _accepted(question, question.all("answer"))
    draft = replace(draft, kind=Kind.NUMERIC, explanation=_explained(draft, said))
    if len(whole) > 1:
        question.report(
            Fault.PARTIAL_POINTS,
            "Only the first number that gives all points is kept.",
            "Widen its tolerance, or ask for the others in a question of their own.",
        )
    try:
        tolerance = child(whole[0], "tolerance") if whole else None
        value, around = Decimal(_raw(whole[0])), Decimal(_raw(tolerance) or "0")
        unit, units = _units(question)
    except (InvalidOperation, IndexError, ZeroDivisionError):
        question.report(Fault.BAD_KEY, "Its answer is no number.", "Write a number, a tolerance and units.")
        return replace(draft, off=("Its answer is no number.",), answer=_raw(whole[0]) if whole else "")
    required = bool(unit) and question.raw("unitgradingtype") in {"1", "2"}
    return replace(draft, key=NumberKey(value, abs(around), unit=unit, units=units, unit_required=required))


def _units(question: Question) -> tuple[str, tuple[tuple[str, Decimal], ...]]:
    """Return the unit that answers are told in, and the sizes of all others in it."""
    inside = child(question.element, "units")
    nodes = [one for one in (inside.children if inside else ()) if isinstance(one, Node)]
    told = [(_raw(child(one, "unit_name")), Decimal(_raw(child(one, "multiplier")) or "1")) for one in nodes]
    base = next((name for name, many in told if many == 1), "")
    return base, tuple((name, 1 / many) for name, many in told if name != base) if base else ()


def _pairs(draft: DraftQuestion, question: Question) -> DraftQuestion:
    read = [(question.text(one), _right_side(question, one)) for one in question.all("subquestion")]
    others = tuple(DraftOption(right) for _, right in read)
    return replace(draft, kind=Kind.MATCHING, options=others, pairs=tuple(one for one in read if one[0]))


def _right_side(question: Question, node: Node) -> str:
    inner = child(node, "answer")
    return question.text(inner) if inner and "format" in inner.attributes else _raw(inner)


def _cloze(draft: DraftQuestion, question: Question) -> DraftQuestion | None:
    """Return a text with blanks, or with one choice in it; None for any other mixture."""
    node = child(question.element, "questiontext")
    raw = _raw(node)
    gaps = list(_GAP.finditer(raw))
    kinds = {gap[2] for gap in gaps}
    text = Node("text", {}, [_GAP.sub(_STAND_IN, raw)])
    held = Node("questiontext", node.attributes if node else {}, [text])
    draft = replace(draft, prompt=question.text(held).replace(_STAND_IN, "___"))
    if gaps and kinds <= _TYPED:
        accepted = [tuple(text for text, right, _ in _parts(gap[3]) if right) for gap in gaps]
        key = BlanksKey(
            tuple(Blank(one, gap[2].endswith("C")) for one, gap in zip(accepted, gaps, strict=True))
        )
        return replace(draft, kind=Kind.FILL_IN, key=key)
    if len(gaps) == 1 and next(iter(kinds)).startswith(("MULTICHOICE", "MC")):
        options = tuple(DraftOption(text, right, said) for text, right, said in _parts(gaps[0][3]))
        return replace(draft, kind=Kind.SINGLE_CHOICE, options=options)
    return None


def _parts(inner: str) -> list[tuple[str, bool, str]]:
    """Return text, rightness and feedback of each answer in a blank."""
    parts = []
    for piece in re.findall(r"(?:\\.|[^\\~])+", inner, re.DOTALL):
        weight = _WEIGHT.match(piece)
        right = piece.startswith("=") or bool(weight and weight[1] == "100")
        rest = piece[weight.end() :] if weight else piece.removeprefix("=")
        sides = re.findall(r"(?:\\.|[^\\#])+", rest, re.DOTALL) or [""]
        texts = [unescape(re.sub(r"(?s)\\(.)", r"\1", one)).strip() for one in sides]
        parts.append((texts[0], right, " ".join(texts[1:])))
    return parts
