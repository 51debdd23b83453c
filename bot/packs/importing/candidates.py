"""Candidates: what a source gave, in the form in which the pack would hold it, before it has its id.

What cannot stand in a pack is told apart here, with its problem, so that everything later only places
what is whole.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cached_property
from operator import attrgetter
from typing import Final

from bot.core.cards import Card
from bot.core.items import ChoiceKey, Item, MatchKey, Option, OrderKey, Stem
from bot.core.labs import Lab
from bot.core.notes import Note
from bot.packs.importing.cleaning import words

Thing = Item | Card | Note | Lab

_APART: Final = frozenset(
    [
        "id",
        "deck",
        "pack",
        "rivals",
        "version",
        "case",
        "topic",
        "key",
        "objectives",
        "terms",
        "checkpoints",
    ]  # keys are told by their texts
)
_CHANGED: Final = {
    kind.__name__: attrgetter(*(one.name for one in fields(kind) if one.name not in _APART))
    for kind in (Item, Card, Note, Lab)
}
"""What a person may change in a thing, by the name of its class."""


@dataclass(frozen=True)
class Candidate:
    """One *thing* of a source, without its id.

    *own* is the source's own id of it, *number* its number there, *line* the unit that it begins on. *prompt*
    and *choices* are what it is compared by, *print* stands for all of it. *topic* is the topic that the
    source names. *deck* is the title of its deck, "" for the source's own, and *case* the source's name
    of the case study that it is a part of.
    """

    thing: Thing
    line: int
    prompt: str
    choices: frozenset[str]
    print: str
    own: str = ""
    number: str = ""
    topic: str = ""
    deck: str = ""
    case: str = ""

    @cached_property
    def twin(self) -> tuple[str, frozenset[str], tuple[str, ...]]:
        """What two things of one import have in common when they are the same."""
        return self.prompt, self.choices, answered(self.thing)


def candidate(
    thing: Thing, line: int, own: str = "", number: str = "", *, topic: str = "", case: str = ""
) -> Candidate:
    """Return *thing* with what it is compared by."""
    prompt, choices, print_ = prompt_of(thing), choices_of(thing), print_of(thing)
    return Candidate(thing, line, prompt, choices, print_, own, number, topic=topic, case=case)


def prompt_of(thing: Thing) -> str:
    """Return the words that *thing* is known by."""
    match thing:
        case Item():
            return words(f"{thing.scenario} {thing.prompt}" if thing.scenario else thing.prompt)
        case Card():
            return words(thing.front)
        case _:
            return words(thing.title)


def choices_of(thing: Thing) -> frozenset[str]:
    """Return what one chooses among in *thing*: nothing, when the answer is typed."""
    if isinstance(thing, Item):
        return frozenset(words(text) for text in _texts(thing).values())
    return frozenset()


def print_of(thing: Thing) -> str:
    """Return a fingerprint of all that a person may change in *thing*: neither its ids nor its options'."""
    told = map(_told, _CHANGED[type(thing).__name__](thing))
    return fingerprint([*told, *answers_of(thing)] if isinstance(thing, Item) else told)


def answers_of(item: Item) -> tuple[str, ...]:
    """Return what is right in *item*, in words that do not depend on ids."""
    texts = _texts(item)
    match item.key:
        case ChoiceKey(right) | OrderKey(right):
            return tuple(texts.get(one, one) for one in right)
        case MatchKey(pairs):
            return tuple(f"{texts.get(f'stem {stem}', stem)}\x1d{texts.get(one, one)}" for stem, one in pairs)
        case _:
            return (repr(item.key),)


def answered(thing: Thing) -> tuple[str, ...]:
    """Return what is right, or said, in *thing*."""
    match thing:
        case Item():
            return answers_of(thing)
        case Card():
            return (words(thing.back), repr(thing.blanks))
        case _:
            return (print_of(thing),)


def fingerprint(parts: Iterable[str]) -> str:
    """Return twelve characters that stand for *parts*."""
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=6).hexdigest()


def _texts(item: Item) -> dict[str, str]:
    """Return the texts of stems and options by their ids."""
    return {f"stem {one.id}": one.text for one in item.stems} | {one.id: one.text for one in item.options}


def _told(value: object) -> str:
    """Return *value* as a text that another value does not have."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return "\x1e".join(map(_told, value))
    if isinstance(value, Option):
        return f"{value.text}\x1d{value.feedback}\x1d{value.place}"
    return value.text if isinstance(value, Stem) else repr(value)
