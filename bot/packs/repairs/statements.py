"""Statements: explanations that answer their question in its own words, with one option in the gap."""

import re
from collections.abc import Iterator
from typing import Final

from bot.core.items import Kind
from bot.packs.importing.drafts import DraftQuestion
from bot.packs.repairs.alike import Words, own_words, words
from bot.packs.repairs.claims import Claim, Verdict, is_turned, sentences

_FEWEST: Final = 3
_NOUNS: Final = 3
_TRUTHS: Final = ("True", "False")
_STATED: Final = re.compile(
    r"(?:(?P<first>true|false)(?:[.!]$|: )|(?:(?:so|thus|hence|therefore),? )?(?:the|this) statement is "
    r"(?P<second>true|false)(?:[.!]?$|, (?:because|since)| because| since))",
    re.IGNORECASE,
)
_DENIALS: Final = frozenset(("not", "no", "never", "nor", "neither", "cannot", "without", "hardly", "rarely"))
_DOUBTS: Final = _DENIALS.union(
    (
        *("unlike", "but", "however", "although", "though"),
        *("if", "unless", "when", "while", "would", "could", "might", "may", "only", "instead", "rather"),
        *("except", "than", "like", "also", "too", "sometimes", "often", "almost", "fails"),
        *("incorrect", "wrong", "false", "seldom", "believe", "think", "seems"),
    )
)
_ASIDE: Final = frozenset(
    (
        *("unlike", "but", "however", "although", "though", "if", "unless", "would", "could", "might", "may"),
        *("instead", "rather", "than", "like", "also", "too", "one", "example", "believe", "think", "seems"),
    )
)
_VERBS: Final = frozenset(("is", "are", "has", "have", "can", "was", "were", "does", "will", "must"))
_REASON: Final = ("that", "what", "because", "since", "so")
_LINK: Final = frozenset(
    (
        *(*_REASON, "and", "as", "to", "by", "with", "for", "any", "in", "on", "at", "from", "under", "even"),
        *("well", "easily", "together", "securely", "reliably", "into", "across", "over", "each", "all"),
    )
)
_LONGEST: Final = 200


def stated(question: DraftQuestion, explanation: str) -> Iterator[Claim]:
    """Yield claims made in the words of the prompt: "The bowline makes a fixed loop", or "False."."""
    if question.kind is Kind.TRUE_FALSE:
        yield from _truths(question, explanation)
        return
    prompt = words(question.prompt)
    if prompt[0] not in ("what", "who") or len(prompt) <= _FEWEST:
        return
    if is_turned(question.prompt) or question.scenario:
        return
    options = [words(option.text) for option in question.options]
    marked = [text for text, option in zip(options, question.options, strict=True) if option.right]
    said = words(explanation)
    if any(_distinct(text, [prompt]) & {*said} or not _distinct(text, [prompt]) for text in marked):
        return
    alone = sum(_has(words(explanation), text) for text in options) == 1
    for sentence in sentences(explanation):
        told = words(sentence)
        found = [number for number, text in enumerate(options) if _answers(prompt, text, told, alone=alone)]
        if len(found) == 1 and not _doubtful(told, options[found[0]]):
            yield Claim(Verdict.RIGHT, frozenset(found), sentence)


def may_state(question: DraftQuestion, explanation: str) -> bool:
    """Return whether *explanation* may answer in the words of the prompt; quick, and often wrong."""
    if question.kind is Kind.TRUE_FALSE:
        return "rue" in explanation or "alse" in explanation
    last = question.prompt.rstrip("?.!: \n").rpartition(" ")[2]
    return question.prompt[:2].casefold() in ("wh", "**") and last in explanation


def supported(question: DraftQuestion, marked: frozenset[int], explanation: str) -> str:
    """Return the sentence of *explanation* that is for one of the *marked* options; "" unless it is plain.

    It is when the prompt asks for one, one of them is named, and of the others there is no word.
    """
    if not explanation or not _asks_for_one(question.prompt):
        return ""
    prompt, said = words(question.prompt), {*words(explanation)}
    texts = {number: words(question.options[number].text) for number in marked}
    named = [number for number in sorted(marked) if _has(words(explanation), texts[number])]
    if len(named) != 1:
        return ""
    own = texts[named[0]]
    others = [_distinct(texts[number], [prompt, own]) for number in marked - {named[0]}]
    if not all(others) or any(other & said for other in others):
        return ""
    sentence = next((one for one in sentences(explanation) if _has(words(one), own)), "")
    return "" if _ASIDE & {*words(sentence)} - {*own} else sentence


def restated(sentence: str) -> str:
    """Return *sentence* for a message: without the sign at its end, its beginning when it is long."""
    line = sentence.rstrip(".;! ")
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rpartition(' ')[0]} …"


def _truths(question: DraftQuestion, explanation: str) -> Iterator[Claim]:
    """Yield what a statement that is true or false is plainly called."""
    numbers = {option.text.casefold(): number for number, option in enumerate(question.options)}
    if numbers.keys() != {"true", "false"} or is_turned(question.prompt):
        return
    for sentence in sentences(explanation):
        found = _STATED.match(sentence)
        if found is not None:
            number = numbers[(found["first"] or found["second"]).casefold()]
            yield Claim(Verdict.ONLY, frozenset((number,)), sentence)


def _doubtful(told: Words, option: Words) -> bool:
    """Return whether a sentence that answers the prompt with *option* takes it back, or half of it."""
    end = next((at for at, word in enumerate(told) if word in _REASON), len(told))
    # "…, which never slips" denies nothing of what was asked.
    before, behind = {*told[:end]} - {*option}, {*told[end:]}
    return bool(_DOUBTS & before or (_DOUBTS - _DENIALS) & behind)


def _answers(prompt: Words, option: Words, told: Words, *, alone: bool) -> bool:
    """Return whether a sentence says the rest of *prompt* of *option*, or most of it, if it is *alone*."""
    size = len(option)
    if told[:size] == option:
        rest = told[size:]
        starts = range(2, 2 + _NOUNS) if prompt[1] not in _VERBS else range(1, 2)
        says = _says_most if alone else _says
        return any(_says(rest, prompt[start:]) or says(rest, prompt[start:]) for start in starts)
    if prompt[1] not in ("is", "are") or len(prompt) - 2 < 2:  # noqa: PLR2004 - "what", "is", and two more
        return False
    subject = (*prompt[2:], prompt[1])
    whole = (*subject, *option)
    return told[: len(whole)] == whole and (len(told) == len(whole) or told[len(whole)] in _LINK)


def _says(rest: Words, predicate: Words) -> bool:
    """Return whether *rest* begins with a *predicate* that has a verb first and says enough."""
    if len(predicate) < _FEWEST or not (predicate[0] in _VERBS or predicate[0].endswith("s")):
        return False
    end = len(predicate)
    return rest[:end] == predicate and (len(rest) == end or rest[end] in _LINK)


def _says_most(rest: Words, predicate: Words) -> bool:
    """Return whether *rest* has the verb of a *predicate* first, and most of what it is about behind it."""
    if not predicate or rest[:1] != predicate[:1] or not predicate[0].endswith("s") or predicate[0] in _VERBS:
        return False
    about = own_words(predicate[1:])
    end = next((at for at, word in enumerate(rest) if word in _REASON), len(rest))
    # The verb itself counts as one of them.
    return len(about) > 1 and (len(about & {*rest[:end]}) + 1) * 3 >= (len(about) + 1) * 2


def _asks_for_one(prompt: str) -> bool:
    """Return whether *prompt* plainly asks for a single thing: "Which knot makes …", "What is …"."""
    told = words(prompt)
    if told[0] == "who":
        return True
    if told[0] != "what" or len(told) <= _FEWEST:
        return False
    if told[1] in ("is", "was", "does", "has"):
        return True
    verbs = told[2 : 2 + _NOUNS - 1]
    return (
        not told[1].endswith("s")
        and any(
            word in ("is", "was", "does", "has") or (word.endswith("s") and not word.endswith("ss"))
            for word in verbs[:1]
        )
        and len(told) > _FEWEST
    )


def _has(text: Words, part: Words) -> bool:
    return f" {' '.join(part)} " in f" {' '.join(text)} "


def _distinct(text: Words, others: list[Words]) -> frozenset[str]:
    """Return the words of *text* that none of *others* has."""
    return frozenset(text).difference(*others)
