"""Keys: a mark that the explanation speaks against, and two marks of which it supports one.

Both switch the question off until a person decides. Only what is said plainly counts: of two faults, one
that is missed and a good question that is accused, the second is the worse.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Final

from bot.core.items import Kind
from bot.packs.importing.drafts import DraftQuestion, Fault, Harvest, Problem
from bot.packs.repairs.claims import Claim, Verdict, claims, is_turned, may_claim
from bot.packs.repairs.letters import named
from bot.packs.repairs.passages import shortened
from bot.packs.repairs.statements import may_state, restated, stated, supported

_CHOICES: Final = (Kind.SINGLE_CHOICE, Kind.MULTIPLE_RESPONSE, Kind.TRUE_FALSE)
_SEVERAL: Final = re.compile(
    r"\b(?:which|what|select|choose|pick|name|list|give)(?: of)?(?: the| these)?(?: \w+)?"
    r" (?:two|three|four|five|six|several|\d+)\b"
    r"|\b(?:select|choose|pick|mark|check|tick|apply|applies|multiple|statements|options|answers|choices)\b"
    r"|\ball (?:that|of|correct|right)\b|\((?:two|three|2|3)\b|\(s\)"
    r"|^\W*(?:which|what)\b(?: [\w'-]+){1,5}? (?:are|were|do|have)\b",
    re.IGNORECASE,
)
_PRAISE: Final = re.compile(r"\W*(?:that(?:[’']s| is) )?(?:correct|right)(?:[.!:]|\W*$)", re.IGNORECASE)
_BLAME: Final = re.compile(
    r"\W*(?:that(?:[’']s| is) )?(?:incorrect|wrong|not (?:correct|right))(?:[.!:]|\W*$)", re.IGNORECASE
)
_AGAINST: Final = "Its explanation names another answer than the one that is marked."
_TWO: Final = "More than one option is marked, and its explanation supports only one of them."


def keyed(harvest: Harvest) -> Harvest:
    """Return *harvest* with each question off whose explanation speaks against its marks, and a problem."""
    found: list[Problem] = []
    questions = tuple(_judged(one, found) if one.options else one for one in harvest.questions)
    if not found:
        return harvest
    return replace(harvest, questions=questions, problems=(*harvest.problems, *found))


def _judged(question: DraftQuestion, found: list[Problem]) -> DraftQuestion:
    """Return *question*, switched off when its explanation is against its marks."""
    marked = frozenset([number for number, option in enumerate(question.options) if option.right])
    if question.kind not in _CHOICES or not 0 < len(marked) < len(question.options):
        return question
    if _AGAINST in question.off or _TWO in question.off:
        return question
    verdict = _explained(question, marked) if question.explanation else None
    verdict = verdict or _feedback(question)
    if verdict is None:
        return question
    problem, reason = verdict
    found.append(problem)
    return replace(question, off=(*question.off, reason))


def _explained(question: DraftQuestion, marked: frozenset[int]) -> tuple[Problem, str] | None:
    """Return what is wrong when the explanation is against what is *marked*."""
    several, explanation = len(marked) > 1, question.explanation
    if not several and not may_claim(explanation) and not may_state(question, explanation):
        return None
    spoken = named(question, Counter(), [])
    if spoken.off != question.off:
        return None  # the letter that its explanation ends in is reported where letters are
    said = [*claims(question, spoken.explanation), *stated(question, spoken.explanation)]
    if several:
        said += (claim for claim in claims(question, explanation) if claim.verdict is Verdict.ONLY)
        if (two := _two(question, marked, said, spoken.explanation)) is not None:
            return two
    return _against(question, marked, said)


def _two(
    question: DraftQuestion, marked: frozenset[int], said: Collection[Claim], explanation: str
) -> tuple[Problem, str] | None:
    """Return what is wrong when more than one option is marked, and the explanation is for one of them."""
    if _SEVERAL.search(question.prompt):
        return None
    wrong = _of(said, Verdict.WRONG)
    for claim in said:
        one = claim.options
        if claim.verdict is Verdict.WRONG:
            one = marked - wrong
        if claim.verdict is not Verdict.RIGHT and len(one) == 1 and one <= marked - wrong:
            return _problem(question, Fault.TWO_MARKED, marked, claim.sentence), _TWO
    if said or is_turned(question.prompt):
        return None
    sentence = supported(question, marked, explanation)
    return (_problem(question, Fault.TWO_MARKED, marked, sentence), _TWO) if sentence else None


def _against(
    question: DraftQuestion, marked: frozenset[int], said: Collection[Claim]
) -> tuple[Problem, str] | None:
    """Return what is wrong when an unmarked option is said to be right, or a marked one to be wrong."""
    right, wrong = _of(said, Verdict.RIGHT) | _of(said, Verdict.ONLY), _of(said, Verdict.WRONG)
    if right & wrong:
        return None
    for claim in said:
        against = claim.options & marked if claim.verdict is Verdict.WRONG else claim.options - marked
        if against:
            return _problem(question, Fault.CONTRADICTION, marked, claim.sentence), _AGAINST
    return None


def _of(said: Iterable[Claim], verdict: Verdict) -> frozenset[int]:
    """Return the options of which *said* has this verdict."""
    return frozenset().union(*(claim.options for claim in said if claim.verdict is verdict))


def _feedback(question: DraftQuestion) -> tuple[Problem, str] | None:
    """Return what is wrong when the feedback of an option begins with the opposite of its mark."""
    for option in question.options:
        if option.feedback and (_BLAME if option.right else _PRAISE).match(option.feedback):
            if is_turned(question.prompt) or is_turned(question.scenario):
                return None
            message = (
                f"“{shortened(option.text)}” is {'' if option.right else 'not '}marked as right, but its "
                f"feedback says: “{shortened(option.feedback)}”."
            )
            return Problem(Fault.CONTRADICTION, question.span.first, message, _MEND), _AGAINST
    return None


_MEND: Final = "Decide which is right, then correct the mark or the explanation."


def _problem(question: DraftQuestion, fault: Fault, marked: frozenset[int], sentence: str) -> Problem:
    """Return the problem of marks that a *sentence* of the explanation is against, with both sides."""
    marks = " and ".join(f"“{shortened(question.options[number].text)}”" for number in sorted(marked))
    verb = "is" if len(marked) == 1 else "are"
    message = f"{marks} {verb} marked, but the explanation says: “{restated(sentence)}”"
    return Problem(fault, question.span.first, f"{message}.", _MEND)
