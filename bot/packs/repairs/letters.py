"""Letters: what an explanation calls an option by, put as the option itself, since options are shuffled."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.core.items import Kind
from bot.packs.importing.drafts import DraftQuestion, Fault, Problem, Repair
from bot.packs.repairs.passages import has_any, outside_code

_CLOSING: Final = re.compile(
    r"(?:^|(?<=[.!?\n]))[ \t]*\**(?:(?i:the )?(?i:correct |right )?(?i:answer))\**(?:[ ]is|:)\**[ ]*"
    r"\(?([A-H])\)?\**[.]?\**\s*\Z",
    re.MULTILINE,
)
_ONE: Final = r"(?:\([A-Ha-h]\)|[A-H]\b(?![-+#'’]))"
_LIST: Final = rf"{_ONE}(?:, {_ONE})*(?:,? (?:and|or|&) {_ONE})?"
_VERDICT: Final = r"(?:correct|incorrect|right|wrong|true|false|distractors?|not (?:correct|right|true))"
_BEGINS: Final = (
    r"(?:^[ \t]*(?:[-*][ \t]+)?|(?<=[.!?;:] )|\b(?:[Ww]hy|[Ss]o|[Bb]ut|[Ww]hile|[Bb]oth) )(?:\*\*)?"
)
# Behind its own word ("Bowline (B)", "amperes (A)") or a name for a kind ("Class (B)") a letter is no option.
_CITED: Final = re.compile(
    rf"\b(?:[Oo]ption|[Cc]hoice)s? (?P<named>{_LIST})"
    rf"|{_BEGINS}(?P<judged>{_LIST})(?= (?:is|are|was|were)(?: (?:both|all|also))? {_VERDICT}\b)"
    rf"|{_BEGINS}(?P<because>[A-H])[.):]?(?:\*\*)?(?= because\b)"
    r"|\b(?:[Tt]he )(?P<place>first|second|third|fourth|fifth|last) (?:option|choice)\b"
    r"(?! (?:to|that|is to)\b)"
    r"|\b(?!(?i:vitamin|plan|class|grade|type|group|hepatitis|part|section|step|appendix|figure|table)\b)"
    r"(?P<word>\w)\w* \((?P<bare>[A-H])\)",
    re.MULTILINE,
)
_LETTER: Final = re.compile(r"\(([A-Ha-h])\)|\b([A-H])\b")
_PLACES: Final = ("first", "second", "third", "fourth", "fifth")
_STEMS: Final = ("ption", "hoice", "nswer")
_SIGNS: Final = (
    *("ption A", "ption B", "ption C", "ption D", "ption E", "ption F", "ption G", "ption H", "ption ("),
    *("hoice ", "hoices ", "ptions ", "t option", "d option", "h option", "nswer"),
)
_LONE: Final = re.compile(
    r"[B-H](?<!\w.)[ ,.):*]|A(?<!\w.)(?: is | and |, [A-H]\b| or | was | because|[.):*])"
)
_LETTERED: Final = re.compile(r"\W*(?:option |choice )?[a-h]\W*", re.IGNORECASE)
_LONGEST: Final = 80


def named(question: DraftQuestion, repaired: Counter[Repair], problems: list[Problem]) -> DraftQuestion:
    """Return *question* with no letters for its options; count what changed, add what a person decides."""
    if question.kind not in (Kind.SINGLE_CHOICE, Kind.MULTIPLE_RESPONSE) or not _may_cite(question):
        return question
    if any(_LETTERED.fullmatch(option.text) for option in question.options):
        return question
    closing = _CLOSING.search(question.explanation)
    if closing:
        question = _without_closing(question, closing, repaired, problems)
    return _cited(question, repaired, problems)


def _may_cite(question: DraftQuestion) -> bool:
    """Return whether anything in *question* looks like a letter for an option."""
    if _has_sign(question.explanation):
        return True
    for option in question.options:  # noqa: SIM110 - any() takes longer, and nearly all questions have none
        if option.feedback and _has_sign(option.feedback):
            return True
    return False


def _has_sign(text: str) -> bool:
    """Return whether *text* has a word or a lone letter that may cite an option; quick, and often wrong."""
    return (has_any(text, _STEMS) and has_any(text, _SIGNS)) or _LONE.search(text) is not None


def _without_closing(
    question: DraftQuestion, closing: re.Match[str], repaired: Counter[Repair], problems: list[Problem]
) -> DraftQuestion:
    """Return *question* without the closing answer of its explanation; off when that is not the key."""
    place = ord(closing[1]) - ord("A")
    if place >= len(question.options):
        return question
    said = question.options[place]
    if said.right:
        repaired[Repair.CLOSING_ANSWER] += 1
        return replace(question, explanation=question.explanation[: closing.start()].rstrip())
    marked = " / ".join(option.text for option in question.options if option.right)
    if not marked:
        return question
    message = f"The explanation says that “{said.text}” is right, but “{marked}” is marked."
    reason = "Its explanation names another answer than the one that is marked."
    if reason in question.off:
        return question
    mend = "Decide which is right, then correct the mark or the explanation."
    problems.append(Problem(Fault.CONTRADICTION, question.span.first, message, mend))
    return replace(question, off=(*question.off, reason))


def _cited(question: DraftQuestion, repaired: Counter[Repair], problems: list[Problem]) -> DraftQuestion:
    """Return *question* with each option that it cites by letter or place put as its text."""

    def option(letter: str, said: str) -> str:
        """Return the text of the option that one letter stands for, or what was said when there is none."""
        place = ord(letter.upper()) - ord("A")
        if place >= len(question.options):
            message = f"The explanation cites option {letter.upper()}, which the question does not have."
            mend = "Name the option that is meant in the explanation."
            found = Problem(Fault.BAD_KEY, question.span.first, message, mend)
            problems.extend([found] if found not in problems else [])
            return said
        repaired[Repair.CITED_LETTER] += 1
        return f"“{_short(question.options[place].text)}”"

    def text(match: re.Match[str]) -> str:
        """Return one place with options instead of letters."""
        if match["place"]:
            return _placed(match, question, option)
        if match["bare"]:
            own = match["word"].upper() == match["bare"] or ord(match["bare"]) - 65 >= len(question.options)
            return match[0] if own else match[0][:-3] + option(match["bare"], match[0])
        group = next(name for name in ("named", "judged", "because") if match[name])
        cited = _LETTER.sub(lambda one: option(one[1] or one[2], one[0]), match[group])
        if group == "named":
            return match[0] if cited == match[group] else cited
        before, after = (
            match[0][: match.start(group) - match.start()],
            match[0][match.end(group) - match.start() :],
        )
        return before + cited + after.lstrip(".):")

    def named_in(passage: str) -> str:
        """Return one text of the question without letters."""
        return outside_code(passage, lambda part: _CITED.sub(text, part)) if _has_sign(passage) else passage

    options = tuple(replace(one, feedback=named_in(one.feedback)) for one in question.options)
    return replace(question, explanation=named_in(question.explanation), options=options)


def _placed(match: re.Match[str], question: DraftQuestion, option: Callable[[str, str], str]) -> str:
    """Return the option that stands at the place that one text names; the text when there is none."""
    place = len(question.options) - 1 if match["place"] == "last" else _PLACES.index(match["place"])
    return option(chr(ord("A") + place), match[0]) if place < len(question.options) else match[0]


def _short(text: str) -> str:
    """Return the text of an option in one line, its beginning when it is long."""
    line = " ".join(text.split())
    if len(line) <= _LONGEST:
        return line.removesuffix(".")
    return line[:_LONGEST].rpartition(" ")[0] + " …"
