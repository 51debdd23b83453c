"""Deck names: which decks and topics somebody means by what they typed.

An exact name wins, then one that the typed words begin, then one that they stand in. What fits several is
not guessed.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.ids import DeckId, Topic
from bot.core.packs import Deck, Library, Pack

LONGEST_COMPARED: Final = 100
LIKELY: Final = 60
"""How alike, out of 100, a word must be to be offered instead of another."""

_BETWEEN_WORDS: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Named:
    """Something with names: what it stands for, what is typed for it, and its title and size."""

    decks: tuple[DeckId, ...]
    insert: str
    title: str
    questions: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TopicNamed:
    """A topic, its title if it has one, and how many items it has."""

    topic: Topic
    title: str
    questions: int


def words_of(text: str) -> str:
    """Return the words of *text*, small and one space apart, so that ids and titles compare."""
    return _BETWEEN_WORDS.sub(" ", text.casefold()).strip()


def deck_names(library: Library) -> tuple[Named, ...]:
    """Return every deck, and every pack that has several, with what they may be called."""
    decks = [_deck(deck) for deck in library.decks]
    packs = [_pack(pack) for pack in library.packs if len(pack.decks) > 1]
    return (*decks, *packs)


def _deck(deck: Deck) -> Named:
    bare = deck.id.rpartition("/")[2]
    names = tuple(dict.fromkeys(words_of(name) for name in (deck.id, bare, deck.title)))
    return Named((deck.id,), deck.id, deck.title, len(deck.items), names)


def _pack(pack: Pack) -> Named:
    questions = sum(len(deck.items) for deck in pack.decks)
    names = tuple(dict.fromkeys(words_of(name) for name in (pack.id, pack.title)))
    return Named(tuple(deck.id for deck in pack.decks), pack.id, pack.title, questions, names)


def called(names: Iterable[Named], said: str) -> tuple[Named, ...]:
    """Return what is called exactly *said*."""
    wanted = words_of(said)
    return tuple(named for named in names if wanted and wanted in named.names)


def begun_by(names: Iterable[Named], said: str) -> tuple[Named, ...]:
    """Return what has a name that *said* begins, else what has a word that *said* begins."""
    wanted = words_of(said)
    if not wanted:
        return ()
    pool = tuple(names)
    begun = tuple(named for named in pool if any(name.startswith(wanted) for name in named.names))
    inside = f" {wanted}"
    return begun or tuple(named for named in pool if any(inside in name for name in named.names))


def meant(names: Sequence[Named], said: str) -> tuple[Named, ...]:
    """Return what *said* may mean: one when it is clear, several when it is not, none when nothing fits.

    A pack gives way to its decks only when it is not named in full.
    """
    exact = called(names, said)
    found = exact or begun_by(names, said)
    decks = tuple(named for named in found if len(named.decks) == 1)
    packs = tuple(named for named in found if len(named.decks) > 1)
    if exact:
        return decks or packs
    return packs if len(packs) == 1 and _covers(packs[0], decks) else (decks or packs)


def _covers(pack: Named, decks: Sequence[Named]) -> bool:
    """Tell whether what was typed fits the decks only because it fits the id of their pack."""
    return (
        bool(decks) and all(deck.decks[0] in pack.decks for deck in decks) and len(decks) == len(pack.decks)
    )


def topic_names(library: Library, decks: Sequence[DeckId] = ()) -> tuple[TopicNamed, ...]:
    """Return the topics that have items in *decks* (all when none are given), in the packs' order."""
    counts = Counter(
        item.topic for deck in library.decks if not decks or deck.id in decks for item in deck.items
    )
    titles = topic_titles(library)
    ordered = [*(topic for topic in titles if topic in counts), *(t for t in counts if t not in titles)]
    return tuple(TopicNamed(topic, titles.get(topic, ""), counts[topic]) for topic in ordered)


def topic_titles(library: Library) -> dict[Topic, str]:
    """Return the topics that have a title, in the packs' order."""
    return {topic: title for pack in library.packs for topic, title in pack.topics.items()}


def topics_meant(topics: Sequence[TopicNamed], said: str) -> tuple[Topic, ...]:
    """Return the topics that *said* means: one by id or title, or a whole domain as ``2`` for ``2.1``."""
    small, wanted = said.strip().casefold(), words_of(said)
    tests: tuple[Callable[[TopicNamed], bool], ...] = (
        lambda named: named.topic.casefold() == small,
        lambda named: named.topic.casefold().startswith(f"{small}."),
    )
    for test in tests:
        if small and (found := tuple(named.topic for named in topics if test(named))):
            return found
    begun = tuple(named.topic for named in topics if wanted and f" {wanted}" in f" {words_of(named.title)}")
    return begun if len(begun) == 1 else ()


def nearest(said: str, choices: Sequence[str]) -> str:
    """Return the choice most like *said*; "" when none is like it."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - keeps the start quick

    wanted = words_of(said[:LONGEST_COMPARED])
    if not wanted:
        return ""
    found = process.extractOne(
        wanted, [words_of(choice) for choice in choices], scorer=fuzz.ratio, score_cutoff=LIKELY
    )
    return choices[found[2]] if found else ""
