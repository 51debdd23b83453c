"""Claims: what an explanation plainly says of the options of its question.

Only whole sentences of a few forms are read ("The correct answer is …", "… is wrong, because …"), with an
option in its own words. Whatever is hedged, or said in another way, is no claim.
"""

import re
from collections.abc import Iterator, Mapping
from enum import Enum, auto
from typing import Final, NamedTuple

from bot.packs.importing.drafts import DraftQuestion
from bot.packs.repairs.alike import Words, words
from bot.packs.repairs.passages import has_any, without_code


class Verdict(Enum):
    """What is said of an option."""

    RIGHT = auto()
    ONLY = auto()
    WRONG = auto()


class Claim(NamedTuple):
    """One *sentence* that says of the *options*, by their numbers, that they are right or wrong."""

    verdict: Verdict
    options: frozenset[int]
    sentence: str


_SENTENCE: Final = re.compile(r"(?<=[.!?;])\s+|\n+")
_PLAIN: Final = re.compile(r"[*_`“”\"„]+")
_END: Final = r"(?:[.!;]?$|,|:| [-–—] | (?:because|since|as|here|in this case)\b)"
_ANSWER: Final = r"(?:answer|option|choice|response|one)"
_SO: Final = r"(?:(?:so|thus|hence|therefore|here|note that|remember)[, ]+)?(?:option |choice )?"
_IS_ANSWER: Final = re.compile(
    rf"{_SO}(?:the )?(?:(?:only )?(?:correct|right) {_ANSWER}|answer)(?: here)?(?: is|:) (?P<what>.+)",
    re.IGNORECASE,
)
_JUDGED: Final = re.compile(
    rf"{_SO}(?P<only>only )?(?:both )?(?P<what>.+?) (?:is|are) "
    r"(?:(?:both|all|also|therefore|thus|clearly|indeed|simply) )*"
    rf"(?:(?P<right>(?:the )?(?P<sole>only )?(?:correct|right)(?: {_ANSWER}s?)?)"
    rf"|(?P<wrong>(?:not (?:the )?(?:correct|right)|incorrect|wrong|an? (?:incorrect|wrong))"
    rf"(?: {_ANSWER}s?)?)){_END}",
    re.IGNORECASE,
)
_HEDGES: Final = re.compile(
    r"\b(?:but|however|although|though|if|unless|when|while|would|could|might|may|technically|partly"
    r"|partially|almost|often|sometimes|usually|except|only when|too|misconception|believe|think|seem)\b",
    re.IGNORECASE,
)
_BEHIND: Final = re.compile(r",| because\b| since\b| as\b| which\b| [-–—] |\.$|;$|!$|:$")
_AND: Final = re.compile(r",? and |,? or |, | & |/")
_LETTER: Final = re.compile(r"[a-h](?:(?:,| and|, and| &) [a-h])*\W*", re.IGNORECASE)
_VERDICTS: Final = re.compile(r"\b(?:correct|incorrect|wrong|right|left|true|false)\b", re.IGNORECASE)
_TURNED: Final = re.compile(
    r"\b(?:not|never|no|cannot|except|incorrect|false|wrong|untrue|least|worst|avoid|unlikely|without|fail\w*"
    r"|mistake|error|problem|invalid|exclude\w*|excluding|lacks?|odd)\b|n[’']t\b|\bNOT\b",
    re.IGNORECASE,
)
_LONGEST: Final = 600
_SIGNS: Final = ("orrect", "right", "Right", "wrong", "Wrong", "nswer")


def claims(question: DraftQuestion, explanation: str) -> Iterator[Claim]:
    """Yield what *explanation* plainly says of the options of *question*."""
    if not may_claim(explanation):
        return
    known = _known(question)
    for sentence in sentences(explanation):
        claim = _claim(sentence, known, question)
        if claim is not None and claim.options:
            yield claim


def may_claim(explanation: str) -> bool:
    """Return whether there may be a claim in *explanation*; quick, and often wrong."""
    return has_any(explanation, _SIGNS)


def sentences(text: str) -> list[str]:
    """Return the sentences of *text*, without code and marks."""
    return [" ".join(_PLAIN.sub("", part).split()) for part in _SENTENCE.split(without_code(text)) if part]


def is_turned(prompt: str) -> bool:
    """Return whether a prompt asks for what is not so, or for what is wrong."""
    return _TURNED.search(prompt) is not None


def _known(question: DraftQuestion) -> Mapping[Words, int]:
    """Return the numbers of the options by their words; two that say the same are not told apart."""
    texts = [words(option.text) for option in question.options]
    return {text: number for number, text in enumerate(texts) if texts.count(text) == 1 and text != ("",)}


def _claim(sentence: str, known: Mapping[Words, int], question: DraftQuestion) -> Claim | None:
    if len(sentence) > _LONGEST or _HEDGES.search(sentence):
        return None
    if found := _IS_ANSWER.match(sentence):
        options = _lettered(found["what"], question) or _options(_until(found["what"], known), known)
        return Claim(Verdict.ONLY, options, sentence)
    found = _JUDGED.match(sentence)
    if found is None or _ambiguous(question):
        return None
    options = _options(found["what"], known)
    if found["wrong"]:
        # "Only this one is wrong" says something of all the others.
        return None if found["only"] else Claim(Verdict.WRONG, options, sentence)
    sole = found["only"] or found["sole"] or (found["right"] or "").casefold().startswith("the ")
    return Claim(Verdict.ONLY if sole else Verdict.RIGHT, options, sentence)


def _ambiguous(question: DraftQuestion) -> bool:
    """Return whether "is right" may be meant otherwise, because the question itself speaks so."""
    if is_turned(question.prompt) or is_turned(question.scenario):
        return True
    return any(_VERDICTS.search(option.text) for option in question.options) or " left" in question.prompt


def _until(what: str, known: Mapping[Words, int]) -> str:
    """Return the beginning of *what* up to where a reason follows, the longest that is an option."""
    ends = [len(what), *(found.start() for found in reversed(list(_BEHIND.finditer(what))))]
    return next((what[:end] for end in ends if words(what[:end]) in known), what)


def _options(what: str, known: Mapping[Words, int]) -> frozenset[int]:
    """Return the options that *what* names: one, or several with "and" between; none when it says more."""
    whole = known.get(words(what))
    if whole is not None:
        return frozenset((whole,))
    parts = [known.get(words(part)) for part in _AND.split(what)]
    return frozenset(part for part in parts if part is not None) if None not in parts else frozenset()


def _lettered(what: str, question: DraftQuestion) -> frozenset[int]:
    """Return the options of *question* that *what* cites by nothing but their letters."""
    if not _LETTER.fullmatch(what) or any(len(option.text.strip()) == 1 for option in question.options):
        return frozenset()
    places = {ord(letter.casefold()) - ord("a") for letter in re.findall(r"\b[A-Ha-h]\b", what)}
    return frozenset(places) if places and max(places) < len(question.options) else frozenset()
