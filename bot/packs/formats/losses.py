"""Losses: what an exchange format has no place for in an item that it holds."""

from collections.abc import Collection, Iterator

from bot.core.items import Difficulty, Item, Place
from bot.core.packs import Pack
from bot.packs.formats.exported import LeftOut


def losses(item: Item, held: Collection[str], why: str) -> Iterator[LeftOut]:
    """Yield one loss for each part of *item* that is not among those *held*, by the names of its fields."""
    told = {
        "explanation": ("the explanation", item.explanation),
        "feedback": ("the options' feedback", any(one.feedback for one in item.options)),
        "difficulty": ("the difficulty", item.difficulty is not Difficulty.MEDIUM),
        "hints": ("the hints", item.hints),
        "sources": ("the sources", item.sources),
        "valid_until": ("the date until which it is valid", item.valid_until),
        "seconds": ("the seconds to answer in", item.seconds),
        "serves": ("the other blueprints that it serves", item.serves),
        "places": ("the options' places", any(one.place is not Place.ANY for one in item.options)),
        "case": ("the case study that it belongs to; its scenario stands before the prompt", item.scenario),
    }
    for name, (what, there) in told.items():
        if there and name not in held:
            yield LeftOut(item.id, what, why)


def studies(pack: Pack, why: str, *, cards: bool = False) -> Iterator[LeftOut]:
    """Yield a loss for each note and lab of *pack*, and for each card unless *cards* are held."""
    if not cards:
        yield from (LeftOut(one.id, "the card", why) for deck in pack.cards for one in deck.cards)
    yield from (LeftOut(note.id, "the note", why) for note in pack.notes)
    yield from (LeftOut(lab.id, "the lab", why) for lab in pack.labs)


def whole_prompt(item: Item) -> str:
    """Return the prompt of *item*, with the scenario of its case study before it."""
    return f"{item.scenario}\n\n{item.prompt}" if item.scenario else item.prompt


def own_id(whole: str) -> str:
    """Return an id without the pack's in front, as one word."""
    return (whole.partition("/")[2] or whole).replace("/", "-")
