"""Drafting: a question as it was typed into a form, read as an item by the rules that packs have too."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from typing import Final

from bot.core.deck_commands import Draft
from bot.core.ids import DeckId, ItemId, OptionId, Topic
from bot.core.items import ChoiceKey, Item, Kind, Option
from bot.core.own_packs import OwnPack

FEWEST_OPTIONS: Final = 2
MOST_OPTIONS: Final = 10
LONGEST_PROMPT: Final = 2000
LONGEST_OPTION: Final = 300
LONGEST_EXPLANATION: Final = 3000
LONGEST_TITLE: Final = 80
MOST_ITEMS: Final = 5000
"""So many items a deck of a pack may have."""

_LONGEST_SLUG: Final = 40
_RIGHT: Final = re.compile(r"\*\s+|\*(?!\*)")
"""A star before a right option; two of them begin bold text."""


class Flaw(StrEnum):
    """Why a question cannot be asked as it was typed."""

    NO_PROMPT = "no_prompt"
    LONG_PROMPT = "long_prompt"
    FEW_OPTIONS = "few_options"
    MANY_OPTIONS = "many_options"
    EMPTY_OPTION = "empty_option"
    LONG_OPTION = "long_option"
    SAME_OPTIONS = "same_options"
    NONE_RIGHT = "none_right"
    ALL_RIGHT = "all_right"
    LONG_EXPLANATION = "long_explanation"
    LONG_DECK = "long_deck"
    FULL_DECK = "full_deck"
    THERE_ALREADY = "there_already"

    @property
    def place(self) -> int:
        """The field of the form that it is about: the question, its options, its explanation or its deck."""
        match self:
            case Flaw.NO_PROMPT | Flaw.LONG_PROMPT | Flaw.THERE_ALREADY:
                return 0
            case Flaw.LONG_EXPLANATION:
                return 2
            case Flaw.LONG_DECK | Flaw.FULL_DECK:
                return 3
            case _:
                return 1


@dataclass(frozen=True, slots=True)
class Flawed:
    """What is wrong with a draft; *said* is the part that is meant, "" where that is clear."""

    flaw: Flaw
    said: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    """An option as it was typed."""

    text: str
    right: bool


def item_of(draft: Draft, own: OwnPack, title: str, mark: str) -> Item | Flawed:
    """Return *draft* as an item of the pack *own*, or what is wrong with it.

    *title* is that of the deck where the draft names none. *mark* is drawn from the event, so that two
    questions never have one id and one event makes the same question each time.
    """
    lines = [_line(line) for line in draft.options.splitlines() if line.strip()]
    flaw = _flaw_of_words(draft) or _flaw_of_options(lines)
    if flaw is not None:
        return flaw
    deck = deck_called(own, title_of(draft, title), mark)
    there = [item for one in own.pack.decks if one.id == deck for item in one.items]
    if len(there) >= MOST_ITEMS:
        return Flawed(Flaw.FULL_DECK)
    if any(_words(item.prompt) == _words(draft.prompt) for one in own.pack.decks for item in one.items):
        return Flawed(Flaw.THERE_ALREADY)
    options = _options(lines)
    right = tuple(option.id for option, line in zip(options, lines, strict=True) if line.right)
    slug = _slug(draft.prompt)
    return Item(
        id=ItemId(f"{own.pack.id}/{f'{slug}-{mark}' if slug else f'question-{mark}'}"),
        deck=deck,
        kind=Kind.SINGLE_CHOICE if len(right) == 1 else Kind.MULTIPLE_RESPONSE,
        prompt=draft.prompt.strip(),
        key=ChoiceKey(right),
        topic=_topic(own, deck),
        options=options,
        explanation=draft.explanation.strip(),
    )


def title_of(draft: Draft, otherwise: str) -> str:
    """Return the title of the deck that *draft* goes to."""
    return " ".join(draft.deck.split()) or otherwise


def deck_called(own: OwnPack, title: str, mark: str) -> DeckId:
    """Return the own deck that *title* names, however it is written, or the id of a new one."""
    wanted = _words(title)
    for deck in own.pack.decks:
        if wanted in {_words(deck.title), _words(deck.id.rpartition("/")[2])}:
            return deck.id
    new = DeckId(f"{own.pack.id}/{_slug(title) or f'deck-{mark}'}")
    taken = {deck.id for deck in own.pack.decks} | {deck.id for deck in own.pack.cards}
    return DeckId(f"{new}-{mark}") if new in taken else new


def _flaw_of_words(draft: Draft) -> Flawed | None:
    if not draft.prompt.strip():
        return Flawed(Flaw.NO_PROMPT)
    for text, longest, flaw in (
        (draft.prompt, LONGEST_PROMPT, Flaw.LONG_PROMPT),
        (draft.explanation, LONGEST_EXPLANATION, Flaw.LONG_EXPLANATION),
        (draft.deck, LONGEST_TITLE, Flaw.LONG_DECK),
    ):
        if len(text.strip()) > longest:
            return Flawed(flaw)
    return None


def _flaw_of_options(lines: Sequence[_Line]) -> Flawed | None:
    right = sum(line.right for line in lines)
    texts = [_words(line.text) for line in lines]
    twice = next((line for place, line in enumerate(lines) if texts[place] in texts[:place]), None)
    long = next((line for line in lines if len(line.text) > LONGEST_OPTION), None)
    checks = (
        (len(lines) < FEWEST_OPTIONS, Flaw.FEW_OPTIONS, ""),
        (len(lines) > MOST_OPTIONS, Flaw.MANY_OPTIONS, ""),
        (any(not line.text for line in lines), Flaw.EMPTY_OPTION, ""),
        (long is not None, Flaw.LONG_OPTION, long.text if long else ""),
        (twice is not None, Flaw.SAME_OPTIONS, twice.text if twice else ""),
        (right == 0, Flaw.NONE_RIGHT, ""),
        (right == len(lines), Flaw.ALL_RIGHT, ""),
    )
    return next((Flawed(flaw, said) for wrong, flaw, said in checks if wrong), None)


def _line(text: str) -> _Line:
    found = _RIGHT.match(text.strip())
    return _Line(text.strip()[found.end() :].strip() if found else text.strip(), found is not None)


def _options(lines: Sequence[_Line]) -> tuple[Option, ...]:
    """Return the options, each called by its words where these are letters and no other has the same."""
    found: list[Option] = []
    taken: set[str] = set()
    for place, line in enumerate(lines, 1):
        slug = _slug(line.text)
        id_ = slug if slug and slug not in taken else f"option-{place}"
        while id_ in taken:
            id_ = f"{id_}-{place}"
        taken.add(id_)
        found.append(Option(OptionId(id_), line.text))
    return tuple(found)


def _topic(own: OwnPack, deck: DeckId) -> Topic:
    """Return what the deck's other questions are about, and the deck itself when there are none."""
    found = next((one.items[0].topic for one in own.pack.decks if one.id == deck and one.items), None)
    return found or Topic(deck.rpartition("/")[2])


def _words(text: str) -> str:
    """Return the words of *text*, so that two ways to write the same compare as one."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _slug(text: str) -> str:
    """Return the plain letters and digits of *text* as an id, "" when it has none."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    words = re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))
    return "-".join(words)[:_LONGEST_SLUG].strip("-")


def mark_of(text: str) -> str:
    """Return eight letters and digits drawn from *text*."""
    return blake2b(text.encode(), digest_size=4).hexdigest()
