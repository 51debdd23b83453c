"""Draws: which items a round asks and in which order their options are shown.

Every draw comes from a generator made from a seed and a purpose, so that the same seed gives the same round
under any ``PYTHONHASHSEED``; what was drawn is stored with the round and never drawn again.
"""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.core.commands import DrawRequest
from bot.core.ids import ItemId, PackId, Topic
from bot.core.items import Item, Kind, OrderKey, Place
from bot.core.packs import Deck, Library, Pack

Unit = tuple[Item, ...]
"""What is drawn as one: an item, or the parts of a case study in the author's order."""


def generator(seed: str, purpose: str) -> random.Random:
    """Return the generator for *purpose*; texts seed it through SHA-512, not through ``hash``."""
    return random.Random(f"{seed}|{purpose}")


def draw_items(
    library: Library, request: DrawRequest, *, recent: Sequence[ItemId], today: date, seed: str
) -> Unit:
    """Return the items to ask, at most ``request.count``; fewer when the library has no more.

    Items that the channel has not seen come before those it has (*recent*, newest first), and of those the
    longest unseen come first. Topics take turns among the unseen. A case study is asked whole; only when
    nothing else is left to fill the places does it give its first parts. Items past their date are left out.
    """
    if request.items:
        wanted = {item.id: item for deck in library.decks for item in deck.items}
        return tuple(wanted[item] for item in request.items if item in wanted)[: request.count]
    rng = generator(seed, "items")
    age = {item: position for position, item in enumerate(reversed(recent), start=1)}
    units = _units(library, request, today)
    rng.shuffle(units)
    units.sort(key=lambda unit: max(age.get(item.id, 0) for item in unit))
    return _fill(_take_turns(units, rng, age), request.count)


def with_decks(library: Library, request: DrawRequest, recent: Sequence[ItemId], today: date) -> DrawRequest:
    """Return *request* with decks named: those of one pack where it names neither decks nor items.

    A round mixes the decks of a subject, not subjects. The pack is the one that the channel last played,
    else the first, of those that have anything that fits.
    """
    if request.decks or request.items or not library.packs:
        return request
    about = [pack for pack in library.packs if _fits(pack, request, today)] or list(library.packs)
    last = {pack.id: pack for pack in about}.get(PackId(recent[0].split("/")[0])) if recent else None
    pack = last or about[0]
    return replace(request, decks=tuple(deck.id for deck in pack.decks))


def _fits(pack: Pack, request: DrawRequest, today: date) -> bool:
    """Tell whether *pack* has an item that may be asked."""
    return any(_passes(item, request, today) for deck in pack.decks for item in deck.items)


def may_be_asked(item: Item, today: date) -> bool:
    """Tell whether *item* is neither switched off nor past its date."""
    return not item.off and (item.valid_until is None or item.valid_until >= today)


def draw_order(item: Item, seed: str) -> tuple[int, ...]:
    """Return the order in which to show the options: positions in ``item.options``.

    Options kept first or last stay there. True and false are never shuffled. The options of an ordering
    item are never shown in the right order.
    """
    count = len(item.options)
    if item.kind is Kind.TRUE_FALSE:
        return tuple(range(count))
    rng = generator(seed, f"options {item.id}")
    by_place = {place: [i for i in range(count) if item.options[i].place is place] for place in Place}
    rng.shuffle(by_place[Place.ANY])
    order = (*by_place[Place.FIRST], *by_place[Place.ANY], *by_place[Place.LAST])
    if isinstance(item.key, OrderKey) and tuple(item.options[i].id for i in order) == item.key.order:
        return (*order[1:], order[0])
    return order


def draw_stems(item: Item, seed: str) -> tuple[int, ...]:
    """Return the order in which to show the stems of a matching item."""
    order = list(range(len(item.stems)))
    generator(seed, f"stems {item.id}").shuffle(order)
    return tuple(order)


def _units(library: Library, request: DrawRequest, today: date) -> list[Unit]:
    return [
        unit
        for deck in library.decks
        if not request.decks or deck.id in request.decks
        for unit in _deck_units(deck)
        if all(_passes(item, request, today) for item in unit)
    ]


def _deck_units(deck: Deck) -> list[Unit]:
    units: list[list[Item]] = []
    for item in deck.items:
        if item.case is not None and units and units[-1][-1].case == item.case:
            units[-1].append(item)
        else:
            units.append([item])
    return [tuple(unit) for unit in units]


def _passes(item: Item, request: DrawRequest, today: date) -> bool:
    return (
        may_be_asked(item, today)
        and (not request.topics or any(_within(item.topic, topic) for topic in request.topics))
        and (not request.difficulties or item.difficulty in request.difficulties)
    )


def _within(topic: Topic, wanted: Topic) -> bool:
    """Tell whether *topic* is *wanted* or lies under it: task ``1.2`` lies under domain ``1``."""
    return topic == wanted or topic.startswith(f"{wanted}.")


def _take_turns(units: list[Unit], rng: random.Random, age: dict[ItemId, int]) -> list[Unit]:
    """Order *units* so that topics take turns among the unseen; after them come the seen, as they are."""
    fresh = [unit for unit in units if not any(item.id in age for item in unit)]
    stale = [unit for unit in units if any(item.id in age for item in unit)]
    return _spread(fresh, rng) + stale


def _spread(units: list[Unit], rng: random.Random) -> list[Unit]:
    by_topic: dict[Topic, list[Unit]] = {}
    for unit in units:
        by_topic.setdefault(unit[0].topic, []).append(unit)
    queues = list(by_topic.values())
    rng.shuffle(queues)
    depth = max((len(queue) for queue in queues), default=0)
    return [queue[turn] for turn in range(depth) for queue in queues if turn < len(queue)]


def _fill(units: list[Unit], count: int) -> Unit:
    taken: list[Item] = []
    left_over: list[Unit] = []
    for unit in units:
        if len(unit) <= count - len(taken):
            taken.extend(unit)
        else:
            left_over.append(unit)
    for unit in left_over:
        taken.extend(unit[: count - len(taken)])
    return tuple(taken)
