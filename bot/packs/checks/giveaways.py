"""Options that give themselves away to whoever knows how items are written and not what they are about."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from bot.core.items import ChoiceKey, Item, Kind, Option
from bot.packs import prose
from bot.packs.checks.articles import Sound, is_plural, sound_of
from bot.packs.checks.places import Ledger, option_line
from bot.packs.fields import Fields, clipped
from bot.packs.problems import Code

CHOICES: Final = (Kind.SINGLE_CHOICE, Kind.MULTIPLE_RESPONSE)

FEWEST_ABSOLUTE: Final = 2
"""So many wrong options, and at least half of them, speak in absolute words before that is a pattern."""

RAREST: Final = 0.01
"""A word is rare when at most this share of a pack's items has it, or only one item has."""

_OTHERS = (
    r"of (?:the (?:above|options|answers|choices|others?)|these|those|them)(?: \w+)?"
    r"|of the (?:two|three|four)"
)
_ALL = re.compile(
    rf"(?:all|both|each)(?: (?:two|three|four|five))? (?:{_OTHERS})|all (?:the )?above", re.IGNORECASE
)
_NONE = re.compile(rf"(?:none|neither|not one) (?:{_OTHERS})", re.IGNORECASE)
_ABOVE = re.compile(r"\b(?:above|below|previous|preceding)(?: \w+)?$", re.IGNORECASE)
_LETTERS = re.compile(
    r"(?:[Bb]oth |[Oo]ptions? |[Aa]nswers? )?\(?[A-H]\)? (?:and|or|und|&) \(?[A-H]\)?(?: only)?"
)
_ABSOLUTE = re.compile(
    r"\b(?:always|never|only|impossible|guarantee[sd]?|completely|entirely|in (?:all|every|no) cases?)\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\b(an?)\s*(?:_{3})?\s*[.:?…]*$", re.IGNORECASE)
_VERB = re.compile(r"\b(is|was|has|are|were|have)\s*(?:_{3})?\s*[.:?…]*$", re.IGNORECASE)
_PLURAL_VERBS = frozenset({"are", "were", "have"})
_ENDING = re.compile(r"(?:ies|es|s|ing|ed)$")
_WORD = re.compile(r"[^\W\d_]{5,}")
_LONGEST_NOUN = 4
_TAIL = 20
"""An article or verb before the options, with a blank and a colon behind it, takes no more characters."""


def check_giveaways(items: Sequence[Item], places: Mapping[str, Fields], ledger: Ledger) -> None:
    """Report the options among *items* that can be told right or wrong by their form."""
    choices = [item for item in items if item.kind in CHOICES and isinstance(item.key, ChoiceKey)]
    frequency = Counter(word for item in choices for word in _stems(_whole(item)))
    for item in choices:
        place = places[item.id.partition("/")[2]]
        _check_catch_all(item, place, ledger)
        _check_absolute(item, place, ledger)
        _check_grammar(item, place, ledger)
        _check_echo(item, place, ledger, frequency, max(1, int(RAREST * len(choices))))


def _check_catch_all(item: Item, place: Fields, ledger: Ledger) -> None:
    """Report options that speak of the others instead of saying something."""
    for number, option in enumerate(item.options):
        text = prose.plain(option.text).rstrip(". ")
        lazy = _NONE.fullmatch(text) and (_is_right(item, option) or _ABOVE.search(text))
        if _ALL.fullmatch(text) or lazy or _LETTERS.fullmatch(text):
            ledger.at(place).report(
                Code.CATCH_ALL,
                option_line(place, number),
                f"The option `{clipped(text)}` speaks of the other options instead of saying something.",
                "Write an option of its own, or make the item `multiple_response`.",
            )


def _check_absolute(item: Item, place: Fields, ledger: Ledger) -> None:
    """Report an item whose wrong options alone say always, never or only."""
    right, wrong = _halves(item)
    absolute = [option for option in wrong if _ABSOLUTE.search(option.text)]
    if any(_ABSOLUTE.search(option.text) for option in right) or len(absolute) < FEWEST_ABSOLUTE:
        return
    if 2 * len(absolute) >= len(wrong):
        number = item.options.index(absolute[0])
        said = [found[0].lower() for option in absolute if (found := _ABSOLUTE.search(option.text))]
        ledger.at(place).report(
            Code.ABSOLUTE_WORDS,
            option_line(place, number),
            f"{len(absolute)} of {len(wrong)} wrong options say {_quoted(said)}, and no right one does.",
            "Say in the wrong options what is done, without such words, or use one in a right option too.",
        )


def _check_grammar(item: Item, place: Fields, ledger: Ledger) -> None:
    """Report a prompt whose last word fits the right option and not all the others."""
    right, wrong = _halves(item)
    if item.kind is not Kind.SINGLE_CHOICE:
        return
    prompt = prose.without_code(item.prompt).rstrip()[-_TAIL:]
    for word, misfits in (
        *_misfits_of_article(prompt, right, wrong),
        *_misfits_of_verb(prompt, right, wrong),
    ):
        ledger.at(place).report(
            Code.GRAMMAR_CLUE,
            place.line_of("prompt"),
            f"The prompt ends in `{word}`, which fits the key but not {_quoted(misfits)}.",
            "End the prompt before that word, and give each option its own.",
        )


def _misfits_of_article(
    prompt: str, right: Sequence[Option], wrong: Sequence[Option]
) -> Iterator[tuple[str, list[str]]]:
    """Yield the article at the end of *prompt* with the wrong options that it does not fit."""
    found = _ARTICLE.search(prompt)
    if found is None or not right:
        return
    needed = Sound.VOWEL if found[1].lower() == "an" else Sound.CONSONANT
    sounds = {option.id: sound_of(prose.plain(option.text)) for option in (*right, *wrong)}
    misfits = [
        prose.plain(option.text) for option in wrong if sounds[option.id] not in (needed, Sound.EITHER)
    ]
    if misfits and all(sounds[option.id] is needed for option in right):
        yield found[1], misfits


def _misfits_of_verb(
    prompt: str, right: Sequence[Option], wrong: Sequence[Option]
) -> Iterator[tuple[str, list[str]]]:
    """Yield the verb at the end of *prompt* when, by number, it fits the key and no wrong option."""
    found = _VERB.search(prompt)
    nouns = [prose.plain(option.text) for option in (*right, *wrong)]
    if found is None or any(len(noun.split()) > _LONGEST_NOUN or " and " in noun for noun in nouns):
        return
    plural = found[1].lower() in _PLURAL_VERBS
    fitting = [is_plural(noun) is plural for noun in nouns]
    if all(fitting[: len(right)]) and not any(fitting[len(right) :]):
        yield found[1], nouns[len(right) :]


def _check_echo(item: Item, place: Fields, ledger: Ledger, frequency: Counter[str], most: int) -> None:
    """Report a key that alone repeats a rare word of the prompt, when no wrong option repeats any word."""
    right, wrong = _halves(item)
    if item.kind is not Kind.SINGLE_CHOICE:
        return
    asked = _stems(prose.without_code(item.prompt))
    echoed = asked & _stems(" ".join(option.text for option in right))
    rare = sorted(word for word in echoed if frequency[word] <= most)
    if rare and not asked & _stems(" ".join(option.text for option in wrong)):
        number = item.options.index(right[0])
        ledger.at(place).report(
            Code.ECHOED_WORD,
            option_line(place, number),
            f"The key alone repeats `{rare[0]}` from the prompt, and no other option repeats a word of it.",
            "Say it in other words in the key, or use the word in a wrong option too.",
        )


def _halves(item: Item) -> tuple[list[Option], list[Option]]:
    right = [option for option in item.options if _is_right(item, option)]
    return right, [option for option in item.options if option not in right]


def _is_right(item: Item, option: Option) -> bool:
    return isinstance(item.key, ChoiceKey) and option.id in item.key.right


def _whole(item: Item) -> str:
    return " ".join((item.prompt, *(option.text for option in item.options)))


def _stems(text: str) -> set[str]:
    """Return the longer words of *text* in lower case, without the endings that English adds most."""
    return set(map(_stem, _WORD.findall(text)))


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    return _ENDING.sub("", word.lower())


def _quoted(texts: Sequence[str]) -> str:
    return ", ".join(f"`{clipped(text)}`" for text in dict.fromkeys(texts))
