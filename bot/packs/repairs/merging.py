"""Merging: two questions that ask the same as one, and whether their keys agree."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Final

from bot.core.items import BlanksKey, Kind, NumberKey, TextKey
from bot.packs.fields import LONGEST
from bot.packs.importing.drafts import DraftQuestion
from bot.packs.repairs.alike import Words, is_specific, many_words, own_words, words
from bot.packs.typed_keys import MOST_ACCEPTED

CHOICES: Final = (Kind.SINGLE_CHOICE, Kind.MULTIPLE_RESPONSE, Kind.TRUE_FALSE)
SHARED: Final = 0.75
"""Of the options of two questions that are one, so many are the same."""

RELATED: Final = 2
"""So many words of their answers two prompts have in common that could be about anything."""

_TRUTHS: Final = {"yes": "true", "no": "false", "true": "true", "false": "false"}
_SHORT: Final = 12

Key = BlanksKey | NumberKey | TextKey | None
"""What a draft has in the place of options."""

Sides = tuple[str, str]
"""Two answers that contradict each other, each as its own source has it."""


def is_open(question: DraftQuestion) -> bool:
    """Return whether *question* is answered in one's own words."""
    return question.kind is Kind.FREE_TEXT


def right(question: DraftQuestion) -> frozenset[Words]:
    """Return what is marked in *question*; nothing when none or all of it is, which is no key."""
    found = frozenset(words(option.text) for option in question.options if option.right)
    return found if len(found) < len(question.options) else frozenset()


def compatible(one: DraftQuestion, other: DraftQuestion) -> bool:
    """Return whether two questions with one prompt are the same one, whichever answers they call right."""
    if one.kind is other.kind and one.options == other.options and one.options:
        return one.pairs == other.pairs or _pairs(one).keys() == _pairs(other).keys()
    if is_open(one) or is_open(other):
        return _about_the_same(one, other)
    if one.kind in CHOICES and other.kind in CHOICES:
        return _same_choice(one, other)
    if one.kind is not other.kind:
        return False
    match one.kind:
        case Kind.ORDERING:
            return set(_texts(one)) == set(_texts(other))
        case Kind.MATCHING:
            return _pairs(one).keys() == _pairs(other).keys()
        case Kind.NUMERIC:
            return _same_number(one, other)
        case _:
            return _same_blanks(one.key, other.key)


def lacks(question: DraftQuestion) -> tuple[bool, bool, bool]:
    """Return what *question* lacks beside another one that is the same: options, a key, a unit."""
    keyless = question.kind in CHOICES and not right(question)
    unitless = isinstance(question.key, NumberKey) and not question.key.unit
    return is_open(question), keyless, unitless


def contradiction(one: DraftQuestion, other: DraftQuestion) -> Sides | None:
    """Return what the two call right when it cannot both be; keys are compared by what options say."""
    if one.kind is other.kind and one.options == other.options and one.pairs == other.pairs and one.options:
        return None
    if is_open(other):
        return _against_open(one, other)
    if one.kind in CHOICES:
        here, there = right(one), right(other)
        return (_marked(one), _marked(other)) if here and there and here != there else None
    match one.kind:
        case Kind.ORDERING if _texts(one) != _texts(other):
            return " → ".join(_said(one)), " → ".join(_said(other))
        case Kind.MATCHING if _pairs(one) != _pairs(other):
            return _told_pairs(one), _told_pairs(other)
        case Kind.NUMERIC:
            return _against_number(one, other.key.value if isinstance(other.key, NumberKey) else None)
        case _:
            return None


def merged(kept: DraftQuestion, gone: DraftQuestion) -> DraftQuestion:
    """Return *kept* with what *gone* says beyond it: explanation, feedback, answers, hints and sources."""
    if replace(gone, span=kept.span) == kept:
        return kept
    feedback = {words(option.text): option.feedback for option in gone.options if option.feedback}
    options = tuple(
        option if option.feedback else replace(option, feedback=feedback.get(words(option.text), ""))
        for option in kept.options
    )
    return replace(
        kept,
        options=options if feedback else kept.options,
        key=_accepting(kept.key, gone.key) if kept.kind is Kind.FILL_IN is gone.kind else kept.key,
        explanation=_together(kept, gone),
        hints=kept.hints or gone.hints,
        sources=tuple(dict.fromkeys((*kept.sources, *gone.sources))),
        links=tuple(dict.fromkeys((*kept.links, *gone.links))),
    )


def _accepting(kept: Key, gone: Key) -> Key:
    """Return the key of blanks that accept what either source does."""
    if not isinstance(kept, BlanksKey) or not isinstance(gone, BlanksKey):
        return kept
    pairs = zip(kept.blanks, gone.blanks, strict=True)
    both = ((here, tuple(dict.fromkeys((*here.accept, *there.accept)))) for here, there in pairs)
    return BlanksKey(
        tuple(
            replace(here, accept=accept if len(accept) <= MOST_ACCEPTED else here.accept)
            for here, accept in both
        )
    )


def fits(kept: DraftQuestion, gone: DraftQuestion) -> bool:
    """Return whether the explanations of both have room in one."""
    return len(kept.explanation) + len(gone.answer) + len(gone.explanation) < LONGEST // 2


def _together(kept: DraftQuestion, gone: DraftQuestion) -> str:
    """Return the explanation of *kept* with what *gone* adds, or that of *gone* when it says it all."""
    said = _flat(kept.explanation)
    adds = list(_added(kept, gone, said))
    if said and any(said in _flat(text) for text in adds):
        return "\n\n".join(adds)
    return "\n\n".join(text for text in (kept.explanation, *adds) if text)


def _added(kept: DraftQuestion, gone: DraftQuestion, said: str) -> Iterator[str]:
    """Yield the texts of *gone* that *kept* does not have, whose own explanation is *said*."""
    short, long = _flat(gone.answer), _flat(gone.explanation)
    known = {" ".join(one) for one in right(kept)} | {_flat(kept.answer)}
    if short and short not in known and f" {short} " not in f" {said} " and short not in long:
        yield gone.answer if gone.answer.endswith((".", "!", "?")) else f"{gone.answer}."
    if long and long not in said:
        yield gone.explanation


def _flat(text: str) -> str:
    return " ".join(words(text)) if text else ""


def _about_the_same(one: DraftQuestion, other: DraftQuestion) -> bool:
    """Return whether two questions with one prompt, at least one of them open, are about one thing."""
    prompt = words(one.prompt)
    if is_specific(prompt) and is_open(one) is not is_open(other):
        return True
    here, there = (many_words(_all(question)) - own_words(prompt) for question in (one, other))
    return here == there or len(here & there) >= min(RELATED, len(here), len(there)) > 0


def _all(question: DraftQuestion) -> Iterable[str]:
    return (question.answer, question.explanation, *(option.text for option in question.options))


def _same_choice(one: DraftQuestion, other: DraftQuestion) -> bool:
    """Return whether nearly all options are in both, and all that either of them marks."""
    here, there = frozenset(_texts(one)), frozenset(_texts(other))
    common, mine, theirs = here & there, right(one), right(other)
    if len(common) < SHARED * max(len(here), len(there), 1) or not common >= mine | theirs:
        return False
    # "Is it safe?", yes or no, may be asked of two things.
    return mine == theirs or is_specific(words(one.prompt)) or len(many_words(_all(one))) >= RELATED


def _same_number(one: DraftQuestion, other: DraftQuestion) -> bool:
    """Return whether two numbers may be one: in one unit, or the same with a unit said only once."""
    here, there = one.key, other.key
    if not isinstance(here, NumberKey) or not isinstance(there, NumberKey):
        return False
    if not (here.value.is_finite() and there.value.is_finite()):
        return False
    if here.unit == there.unit:
        return here.value == there.value or is_specific(words(one.prompt))
    return here.value == there.value and not (here.unit and there.unit)


def _same_blanks(one: object, other: object) -> bool:
    """Return whether two keys have the same number of blanks, and each pair an answer in common."""
    if not isinstance(one, BlanksKey) or not isinstance(other, BlanksKey) or not one.blanks:
        return False
    if len(one.blanks) != len(other.blanks):
        return False
    pairs = zip(one.blanks, other.blanks, strict=True)
    return all(set(map(words, here.accept)) & set(map(words, there.accept)) for here, there in pairs)


def _against_open(closed: DraftQuestion, question: DraftQuestion) -> Sides | None:
    """Return both answers when the short answer of an open question is an option that is not marked."""
    if not question.answer or is_open(closed):
        return None
    if closed.kind is Kind.NUMERIC:
        return _against_number(closed, _number(question.answer))
    if closed.kind not in CHOICES or not right(closed):
        return None
    named = _named(closed, words(question.answer))
    if named and not named & right(closed):
        return _marked(closed), question.answer
    return None


def _named(closed: DraftQuestion, answer: Words) -> frozenset[Words]:
    """Return the options of *closed* that a short answer is, or else has in it word by word."""
    options = frozenset(_texts(closed))
    if answer in options:
        return frozenset((answer,))
    truth = (_TRUTHS.get(answer[0], ""),)
    if options <= {(word,) for word in _TRUTHS}:
        return frozenset(one for one in options if _TRUTHS[one[0]] == truth[0])
    if len(answer) > _SHORT or "not" in answer or "no" in answer:
        return frozenset()
    text = f" {' '.join(answer)} "
    found = frozenset(one for one in options if f" {' '.join(one)} " in text)
    return found if len(found) == 1 and len(min(found)) * 2 > len(answer) else found & right(closed)


def _against_number(question: DraftQuestion, other: Decimal | None) -> Sides | None:
    key = question.key
    if other is None or not isinstance(key, NumberKey):
        return None
    try:
        far = abs(key.value) * key.tolerance / 100 if key.percent else key.tolerance
        apart = abs(key.value - other) > far
    except ArithmeticError:  # what is no number, or out of all bounds, is reported when it is read
        return None
    return (f"{key.value} {key.unit}".strip(), str(other)) if apart else None


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _texts(question: DraftQuestion) -> list[Words]:
    return [words(option.text) for option in question.options]


def _said(question: DraftQuestion) -> list[str]:
    return [option.text for option in question.options]


def _pairs(question: DraftQuestion) -> dict[Words, Words]:
    return {words(stem): words(option) for stem, option in question.pairs}


def _told_pairs(question: DraftQuestion) -> str:
    return "; ".join(f"{stem} → {option}" for stem, option in question.pairs)


def _marked(question: DraftQuestion) -> str:
    return " / ".join(option.text for option in question.options if option.right)
