"""Figures of packs: how much there is of what, and how well it is written, as plain data."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.core.ids import Topic
from bot.core.items import Item, Kind
from bot.core.packs import Deck, Pack
from bot.packs.balance import weigh
from bot.packs.blueprints import Blueprint
from bot.packs.checks.coverage import domain_shares
from bot.packs.checks.duplicates import alike_cards, alike_items
from bot.packs.checks.running import asked_items, shown_cards
from bot.packs.exams import Exam, domain_of, entries_of, items_of
from bot.packs.loading import Checked
from bot.packs.readings import Reading, agreement

CHOOSING = frozenset({Kind.SINGLE_CHOICE, Kind.MULTIPLE_RESPONSE, Kind.TRUE_FALSE})


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts over some items.

    *topics* has every topic of the pack, also those with no item. *key_positions* counts the keys of
    single-choice items by their place in the file, from the first; *key_chi_square* is how far they are from
    chance, and *key_even* whether chance alone is often as far. *longest_key_share* is the share of these
    whose key is the longest option, and *longest_key_share_of_four* the share among those with four options.
    *feedback_share* is the share of the options of choice items that have feedback, 1 when there are none.
    *explained*, *sourced* and *off* count items.
    """

    items: int
    kinds: Mapping[str, int]
    topics: Mapping[str, int]
    difficulties: Mapping[str, int]
    key_positions: tuple[int, ...]
    key_chi_square: float
    key_even: bool
    longest_key_share: float
    longest_key_share_of_four: float
    feedback_share: float
    explained: int
    sourced: int
    off: int
    cases: int


@dataclass(frozen=True, slots=True)
class DeckStats:
    """The figures of one deck."""

    id: str
    title: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class DomainStats:
    """How many of the items that are asked belong to a domain, and how many would by its weight."""

    id: str
    title: str
    items: int
    share: float
    weight: float


@dataclass(frozen=True, slots=True)
class StudyStats:
    """Cards, notes and labs: by kind or topic, and how many of the cards name a source."""

    cards: int
    card_kinds: Mapping[str, int]
    card_topics: Mapping[str, int]
    cards_sourced: int
    notes: int
    note_topics: Mapping[str, int]
    labs: int


@dataclass(frozen=True, slots=True)
class ExamStats:
    """A mock exam: how many questions of which domain and kind."""

    id: str
    title: str
    blueprint: str
    questions: int
    domains: Mapping[str, int]
    kinds: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ReadingStats:
    """What readers who had not seen the keys made of a pack's items.

    *agreed_at_first* had no disagreement; *agree_now* are answered as today's key has it, and *share* is
    their share of what was *read*. *unsettled* are the others.
    """

    readings: int
    items: int
    read: int
    agreed_at_first: int
    agree_now: int
    share: float
    disagreements: int
    unsettled: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PackStats:
    """The figures of one pack, whole and by deck; *served* counts items by the other blueprints."""

    id: str
    title: str
    version: str
    figures: Figures
    decks: tuple[DeckStats, ...]
    domains: tuple[DomainStats, ...]
    served: Mapping[str, int]
    studies: StudyStats
    near_duplicates: int
    exams: tuple[ExamStats, ...]
    readings: ReadingStats


def stats(checked: Iterable[Checked], today: date) -> tuple[PackStats, ...]:
    """Return the figures of every pack that is whole, in their order."""
    return tuple(_pack_stats(one, one.pack, today) for one in checked if one.pack is not None)


def _pack_stats(checked: Checked, pack: Pack, today: date) -> PackStats:
    items = [item for deck in pack.decks for item in deck.items]
    topics = tuple(pack.topics)
    asked = asked_items(pack, today)
    blueprints = {one.id: one for one in checked.blueprints}
    return PackStats(
        id=pack.id,
        title=pack.title,
        version=pack.version,
        figures=_figures(items, topics),
        decks=tuple(_deck_stats(deck) for deck in pack.decks),
        domains=_domains(asked, blueprints.get(pack.blueprint or "")),
        served=_sorted_counts(blueprint for item in asked for blueprint in item.serves),
        studies=_studies(pack, topics),
        near_duplicates=len(alike_items(asked)) + len(alike_cards(shown_cards(pack))),
        exams=tuple(_exam(exam, pack, blueprints) for exam in checked.exams),
        readings=_readings(pack, checked.readings),
    )


def _deck_stats(deck: Deck) -> DeckStats:
    topics = sorted({item.topic for item in deck.items})
    return DeckStats(deck.id, deck.title, _figures(deck.items, topics))


def _figures(items: Iterable[Item], topics: Iterable[Topic]) -> Figures:
    items = tuple(items)
    balance = weigh(items)
    options = [option for item in items if item.kind in CHOOSING for option in item.options]
    given = sum(1 for option in options if option.feedback)
    return Figures(
        items=len(items),
        kinds=_sorted_counts(item.kind.value for item in items),
        topics=_by_topic((item.topic for item in items), topics),
        difficulties=_sorted_counts(item.difficulty.value for item in items),
        key_positions=balance.positions,
        key_chi_square=round(balance.chi_square, 2),
        key_even=balance.even,
        longest_key_share=round(balance.longest_share, 4),
        longest_key_share_of_four=round(balance.longest_share_of_four, 4),
        feedback_share=round(given / len(options), 4) if options else 1.0,
        explained=sum(1 for item in items if item.explanation),
        sourced=sum(1 for item in items if item.sources),
        off=sum(1 for item in items if item.off),
        cases=len({item.case for item in items if item.case is not None}),
    )


def _domains(items: Iterable[Item], blueprint: Blueprint | None) -> tuple[DomainStats, ...]:
    if blueprint is None:
        return ()
    by_task = Counter(item.topic for item in items)
    shares = domain_shares(by_task, blueprint)
    return tuple(
        DomainStats(
            domain.id,
            domain.title,
            sum(by_task[task.id] for task in domain.tasks),
            round(shares[domain.id], 4),
            float(domain.weight) / 100,
        )
        for domain in blueprint.domains
    )


def _studies(pack: Pack, topics: Iterable[Topic]) -> StudyStats:
    topics = tuple(topics)
    cards = [card for deck in pack.cards for card in deck.cards]
    return StudyStats(
        cards=len(cards),
        card_kinds=_sorted_counts(card.kind.value for card in cards),
        card_topics=_by_topic((card.topic for card in cards), topics),
        cards_sourced=sum(1 for card in cards if card.sources),
        notes=len(pack.notes),
        note_topics=_by_topic((note.topic for note in pack.notes), topics),
        labs=len(pack.labs),
    )


def _exam(exam: Exam, pack: Pack, blueprints: Mapping[str, Blueprint]) -> ExamStats:
    entries = entries_of(pack)
    items = [item for wanted in exam.items for item in entries.get(wanted, ())]
    blueprint = blueprints.get(exam.blueprint)
    found = [None if blueprint is None else domain_of(item, blueprint) for item in items]
    counts = Counter(domain.id for domain in found if domain is not None)
    return ExamStats(
        exam.id,
        exam.title,
        exam.blueprint,
        len(items),
        dict(sorted(counts.items())),
        _sorted_counts(item.kind.value for item in items),
    )


def _readings(pack: Pack, readings: tuple[Reading, ...]) -> ReadingStats:
    found = agreement(items_of(pack), readings)
    return ReadingStats(
        readings=len(readings),
        items=found.items,
        read=found.read,
        agreed_at_first=found.at_first,
        agree_now=found.now,
        share=round(found.share, 4),
        disagreements=found.disagreements,
        unsettled=found.unsettled,
    )


def _by_topic(found: Iterable[Topic], topics: Iterable[Topic]) -> Mapping[str, int]:
    """Return how often each of *topics* was found, also those that were not."""
    counts = Counter(found)
    return {topic: counts[topic] for topic in topics}


def _sorted_counts(words: Iterable[str]) -> Mapping[str, int]:
    """Return how often each word occurs, the most frequent first."""
    counts = Counter(words)
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
