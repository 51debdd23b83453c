"""Whole packs among the sources: read as strictly as any pack, and taken over without loss."""

import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

from bot.core.cards import Card
from bot.core.errors import ContentError
from bot.core.ids import CardId, DeckId, ItemId, LabId, NoteId, PackId
from bot.core.items import Item
from bot.core.packs import Pack
from bot.packs.blueprints import Blueprint
from bot.packs.folders import MANIFEST
from bot.packs.importing.candidates import Thing, candidate
from bot.packs.importing.collecting import Collected, count_item
from bot.packs.importing.drafts import Dropped, Fault, Harvest, Problem, Span
from bot.packs.importing.held import Held
from bot.packs.importing.identity import local, things_of
from bot.packs.importing.provenance import FAMILIES, Imports, SourceRecord
from bot.packs.importing.settling import trace_of
from bot.packs.importing.sources import SetAside, SourceFile
from bot.packs.importing.topics import Topics
from bot.packs.loading import load_pack
from bot.packs.problems import Severity
from bot.packs.scalars import is_id
from bot.packs.writing.files import pack_files

NAME: Final = "pack"
_ID = re.compile(rb"^id:\s*[\"']?([a-z0-9-]+)", re.MULTILINE)
_FORMAT = re.compile(rb"^format:\s*[\"']?1\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class WholePack:
    """A pack among the sources, whose files stand below *path*. *others* are files that are no content.

    *pack* is None when it has errors, which are the *problems*.
    """

    path: str
    files: int
    pack: Pack | None
    blueprints: tuple[Blueprint, ...] = ()
    others: Mapping[str, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def taken_as(self, own: str) -> Held:
        """Return the pack as a new one under the id *own*, with nothing lost."""
        if self.pack is None:
            raise ContentError(f"{self.path} has errors; mend what `studyhall content check` tells of it.")
        pack = renamed(self.pack, own)
        return Held(pack, Imports((record_of(self.path, pack),)), self.blueprints)

    @property
    def harvest(self) -> Harvest:
        """What the report says of it."""
        dropped = () if self.pack is not None else (Dropped(Span(1, self.files), "the pack has errors"),)
        title = self.pack.title if self.pack is not None else ""
        return Harvest(self.path, NAME, self.files, title, dropped=dropped, problems=self.problems)


def whole_packs(
    sources: Sequence[SourceFile], today: date
) -> tuple[tuple[WholePack, ...], tuple[SourceFile, ...]]:
    """Return the packs among *sources*, and the sources that belong to none of them."""
    heads = [one.path[: -len(MANIFEST)] for one in sources if _is_manifest(one)]
    packs, rest = [], list(sources)
    for head in heads:
        inside = [one for one in rest if one.path.startswith(head) and not isinstance(one, SetAside)]
        files = {one.path[len(head) :]: one.data for one in inside}
        rest = [one for one in rest if not one.path.startswith(head)]
        if files:
            packs.append(_read(head.rstrip("/") or MANIFEST, files, today))
    return tuple(packs), tuple(rest)


def _is_manifest(source: SourceFile) -> bool:
    data = source.data[:65536]
    return source.name == MANIFEST and bool(_FORMAT.search(data)) and bool(_ID.search(data))


def _read(path: str, files: Mapping[str, bytes], today: date) -> WholePack:
    """Read a pack with the strict reader, which reads folders: its files are laid out in one for a moment."""
    found = _ID.search(files[MANIFEST])
    own = found[1].decode() if found else ""
    with tempfile.TemporaryDirectory() as root:
        folder = Path(root) / (own if is_id(own) else "pack")
        for name, data in files.items():
            if any(part in ("", "..", ".") for part in name.split("/")):
                raise ContentError(
                    f"{path}/{name} leads out of the pack, so nothing was imported; rename it."
                )
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        checked = load_pack(folder, today)
        errors = tuple(
            Problem(
                Fault.BROKEN_FILE,
                one.line,
                f"{Path(one.file).relative_to(folder).as_posix()}: {one.message}",
                one.mend,
            )
            for one in checked.problems
            if one.severity is Severity.ERROR
        )
    if checked.pack is None:
        return WholePack(path, len(files), None, problems=errors)
    known = pack_files(checked.pack, checked.blueprints)
    others = {name: data for name, data in files.items() if name not in known and name != MANIFEST}
    return WholePack(path, len(files), checked.pack, checked.blueprints, others)


def renamed(pack: Pack, own: str) -> Pack:
    """Return *pack* under the id *own*."""
    new = PackId(own)
    return replace(
        pack,
        id=new,
        decks=tuple(
            replace(
                deck,
                id=DeckId(f"{own}/{local(deck.id)}"),
                pack=new,
                items=tuple(_item(item, own) for item in deck.items),
            )
            for deck in pack.decks
        ),
        cards=tuple(
            replace(
                deck,
                id=DeckId(f"{own}/{local(deck.id)}"),
                pack=new,
                cards=tuple(_card(card, own) for card in deck.cards),
            )
            for deck in pack.cards
        ),
        notes=tuple(replace(note, id=NoteId(f"{own}/{local(note.id)}"), pack=new) for note in pack.notes),
        labs=tuple(replace(lab, id=LabId(f"{own}/{local(lab.id)}"), pack=new) for lab in pack.labs),
    )


def _item(item: Item, own: str) -> Item:
    case = None if item.case is None else ItemId(f"{own}/{local(item.case)}")
    deck = DeckId(f"{own}/{local(item.deck)}")
    return replace(item, id=ItemId(f"{own}/{local(item.id)}"), deck=deck, case=case)


def _card(card: Card, own: str) -> Card:
    return replace(card, id=CardId(f"{own}/{local(card.id)}"), deck=DeckId(f"{own}/{local(card.deck)}"))


def record_of(path: str, pack: Pack) -> SourceRecord:
    """Return what is remembered of a pack that was taken over as a whole."""
    things = things_of(pack)
    return SourceRecord(
        path,
        "",
        {
            family: {
                own: trace_of(candidate(one, 1, own))._replace(topic=one.topic)
                for own, one in things[family].items()
            }
            for family in FAMILIES
            if things[family]
        },
    )


def collect_pack(whole: WholePack, topics: Topics, blueprints: frozenset[str]) -> Collected:
    """Return what *whole* holds as candidates for another pack."""
    found = Collected(whole.harvest, whole.pack.title if whole.pack else whole.path, topics)
    found.problems += whole.problems
    found.dropped += whole.harvest.dropped
    found.families = {family: [] for family in FAMILIES}
    if whole.pack is None:
        return found
    decks = {deck.id: deck.title for deck in whole.pack.decks}
    decks |= {deck.id: deck.title for deck in whole.pack.cards}
    for family, things in things_of(whole.pack).items():
        for own, thing in things.items():
            title = whole.pack.topics.get(thing.topic, thing.topic)
            topic = thing.topic if thing.topic in topics.titles else topics.find(title, "", 1)
            one = replace(
                thing, topic=topic, serves=tuple(name for name in thing.serves if name in blueprints)
            )
            deck = decks[thing.deck] if isinstance(thing, Item | Card) else ""
            case = local(thing.case) if isinstance(thing, Item) and thing.case is not None else ""
            found.families[family].append(replace(candidate(one, 1, own), deck=deck, case=case, topic=topic))
            found.counts[_count(thing, family)] += 1
    found.problems += topics.problems
    topics.problems.clear()
    return found


def count_pack(whole: WholePack) -> Mapping[str, int]:
    """Return the counts of a pack that is taken over as a whole."""
    counts: dict[str, int] = {}
    if whole.pack is not None:
        for family, things in things_of(whole.pack).items():
            for thing in things.values():
                name = _count(thing, family)
                counts[name] = counts.get(name, 0) + 1
    return counts


def _count(thing: Thing, family: str) -> str:
    return count_item(thing.kind) if isinstance(thing, Item) else family
