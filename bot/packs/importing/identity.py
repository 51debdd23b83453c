"""Identity: ids that stay, whatever is corrected, renamed or imported again."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import assert_never

from bot.core.cards import Card
from bot.core.ids import CardId, DeckId, ItemId, LabId, NoteId, OptionId, PackId, StemId
from bot.core.items import ChoiceKey, Item, Key, Kind, MatchKey, OrderKey
from bot.core.labs import Lab
from bot.core.notes import Note
from bot.core.packs import Pack
from bot.packs.importing.candidates import Candidate, Thing, fingerprint
from bot.packs.importing.choices import like_before
from bot.packs.importing.cleaning import distinct, slug
from bot.packs.scalars import is_id


def local(id_: str) -> str:
    """Return an id inside its pack: what stands behind the pack's own."""
    return id_.partition("/")[2]


def things_of(pack: Pack) -> Mapping[str, Mapping[str, Thing]]:
    """Return what *pack* holds by family and by the id inside the pack."""
    return {
        "items": _by_id(item for deck in pack.decks for item in deck.items),
        "cards": _by_id(card for deck in pack.cards for card in deck.cards),
        "notes": _by_id(pack.notes),
        "labs": _by_id(pack.labs),
    }


def _by_id(things: Iterable[Thing]) -> dict[str, Thing]:
    return {local(thing.id): thing for thing in things}


def taken_ids(pack: Pack) -> dict[str, set[str]]:
    """Return the ids of *pack* that a new thing of each family may not have; items and cards share theirs."""
    things = things_of(pack)
    cases = {local(item.case) for deck in pack.decks for item in deck.items if item.case is not None}
    shared = {*things["items"], *things["cards"], *cases}
    return {"items": shared, "cards": shared, "notes": set(things["notes"]), "labs": set(things["labs"])}


def new_id(one: Candidate, path: str, taken: set[str]) -> str:
    """Return an id for *one*, and take it: the source's own where it says something, else words and a hash.

    The hash is of the source's name and of the prompt, so that the same source gives the same id again,
    also into an empty pack and from another folder.
    """
    own = one.own.rpartition("/")[2]
    if is_id(own) and not own.replace("-", "").isdecimal():
        return distinct(own, taken)
    name = path.rpartition("/")[2]
    family = type(one.thing).__name__
    told = slug(one.prompt, short=True)
    print_ = fingerprint([name, family, one.own or one.prompt])[:6]
    if isinstance(one.thing, Note | Lab):
        return distinct(told or f"{family.lower()}-{print_}", taken)
    return distinct(f"{told}-{print_}" if told else f"{family.lower()}-{print_}", taken)


def placed(thing: Thing, pack: PackId, own: str, deck: DeckId, case: str = "") -> Thing:
    """Return *thing* with its ids."""
    match thing:
        case Item():
            of = ItemId(f"{pack}/{case}") if case else None
            return replace(thing, id=ItemId(f"{pack}/{own}"), deck=deck, case=of)
        case Card():
            return replace(thing, id=CardId(f"{pack}/{own}"), deck=deck)
        case Note():
            return replace(thing, id=NoteId(f"{pack}/{own}"), pack=pack)
        case Lab():
            return replace(thing, id=LabId(f"{pack}/{own}"), pack=pack)
        case _:
            assert_never(thing)


def updated(new: Thing, before: Thing) -> Thing:
    """Return *new* in the place of *before*: under its id, in its deck, with its options' ids."""
    match new, before:
        case Item(), Item():
            kept = replace(new, id=before.id, deck=before.deck, case=before.case, topic=before.topic)
            if before.case is not None and not new.scenario:
                kept = replace(kept, scenario=before.scenario)
            return kept if kept.kind is Kind.TRUE_FALSE else _with_ids(kept, before)
        case Card(), Card():
            return replace(new, id=before.id, deck=before.deck, topic=before.topic)
        case Note(), Note():
            return replace(new, id=before.id, pack=before.pack, topic=before.topic)
        case Lab(), Lab():
            return replace(new, id=before.id, pack=before.pack, topic=before.topic)
        case _:
            return before


def _with_ids(item: Item, before: Item) -> Item:
    """Return *item* with the ids that its options and stems had before, so that answers stay with them."""
    options = like_before(item.options, before.options)
    stems = like_before(item.stems, before.stems)
    return replace(
        item,
        options=tuple(replace(one, id=OptionId(options[one.id])) for one in item.options),
        stems=tuple(replace(one, id=StemId(stems[one.id])) for one in item.stems),
        key=_renamed(item.key, options, stems),
    )


def _renamed(key: Key, options: Mapping[str, str], stems: Mapping[str, str]) -> Key:
    match key:
        case ChoiceKey(right):
            return ChoiceKey(tuple(OptionId(options[one]) for one in right))
        case OrderKey(order):
            return OrderKey(tuple(OptionId(options[one]) for one in order))
        case MatchKey(pairs):
            named = ((StemId(stems[stem]), OptionId(options[one])) for stem, one in pairs)
            return MatchKey(tuple(named))
        case _:
            return key
