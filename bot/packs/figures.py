"""Figures of a library: how many items of what, and how well they are written, as plain data."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.core.ids import Topic
from bot.core.items import Item, Kind
from bot.core.packs import Deck, Library, Pack
from bot.packs.balance import weigh

CHOOSING = frozenset({Kind.SINGLE_CHOICE, Kind.MULTIPLE_RESPONSE, Kind.TRUE_FALSE})


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts over some items.

    *topics* has every topic of the pack, also those with no item. *key_positions* counts the keys of
    single-choice items by their place in the file, from the first, and *longest_key_share* is the share of
    these whose key is the longest option. *feedback_share* is the share of the options of choice items that
    have feedback, 1 when there are none. *explained* and *sourced* count items.
    """

    items: int
    kinds: Mapping[str, int]
    topics: Mapping[str, int]
    difficulties: Mapping[str, int]
    key_positions: tuple[int, ...]
    longest_key_share: float
    feedback_share: float
    explained: int
    sourced: int
    cases: int


@dataclass(frozen=True, slots=True)
class DeckStats:
    """The figures of one deck."""

    id: str
    title: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class PackStats:
    """The figures of one pack, whole and by deck."""

    id: str
    title: str
    version: str
    figures: Figures
    decks: tuple[DeckStats, ...]


def stats(library: Library) -> tuple[PackStats, ...]:
    """Return the figures of every pack, in the library's order."""
    return tuple(_pack_stats(pack) for pack in library.packs)


def _pack_stats(pack: Pack) -> PackStats:
    items = [item for deck in pack.decks for item in deck.items]
    topics = tuple(pack.topics)
    decks = tuple(_deck_stats(deck) for deck in pack.decks)
    return PackStats(pack.id, pack.title, pack.version, _figures(items, topics), decks)


def _deck_stats(deck: Deck) -> DeckStats:
    topics = sorted({item.topic for item in deck.items})
    return DeckStats(deck.id, deck.title, _figures(deck.items, topics))


def _figures(items: Iterable[Item], topics: Iterable[Topic]) -> Figures:
    items = tuple(items)
    balance = weigh(items)
    options = [option for item in items if item.kind in CHOOSING for option in item.options]
    given = sum(1 for option in options if option.feedback)
    by_topic = Counter(item.topic for item in items)
    return Figures(
        items=len(items),
        kinds=_sorted_counts(item.kind.value for item in items),
        topics={topic: by_topic[topic] for topic in topics},
        difficulties=_sorted_counts(item.difficulty.value for item in items),
        key_positions=balance.positions,
        longest_key_share=round(balance.longest_share, 4),
        feedback_share=round(given / len(options), 4) if options else 1.0,
        explained=sum(1 for item in items if item.explanation),
        sourced=sum(1 for item in items if item.sources),
        cases=len({item.case for item in items if item.case is not None}),
    )


def _sorted_counts(words: Iterable[str]) -> Mapping[str, int]:
    """Return how often each word occurs, the most frequent first."""
    counts = Counter(words)
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
