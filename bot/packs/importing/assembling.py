"""Assembling: what all sources of an import gave, put into a pack."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final

from bot.core.cards import Card
from bot.core.ids import DeckId, PackId, Topic
from bot.core.items import Item
from bot.core.labs import Lab
from bot.core.notes import Note
from bot.core.packs import Pack
from bot.packs.importing.candidates import Candidate, Thing
from bot.packs.importing.cleaning import distinct, line, slug
from bot.packs.importing.collecting import Collected, alone, case_of, collect, count_item
from bot.packs.importing.drafts import Harvest, Problem
from bot.packs.importing.held import Held, Imported, Options
from bot.packs.importing.identity import local, new_id, placed, taken_ids, things_of
from bot.packs.importing.links_kept import Remembered, remembered
from bot.packs.importing.matching import Brought, match
from bot.packs.importing.provenance import ALSO, FAMILIES, LINKED, Imports, SourceRecord, Trace
from bot.packs.importing.reports import FileReport, ImportReport
from bot.packs.importing.settling import Outcome, Settled, gone, trace_of
from bot.packs.importing.shelving import Shelves
from bot.packs.importing.topics import Topics
from bot.packs.importing.whole_packs import WholePack, collect_pack, count_pack
from bot.packs.repairs.links import linked
from bot.packs.rivals import with_rivals
from bot.packs.scalars import is_id

_CHANGES: Final = {Outcome.SAME: "unchanged", Outcome.UPDATED: "updated", Outcome.KEPT: "kept"}
_Place = tuple[int, int]


@dataclass(slots=True)
class Assembly:
    """A pack on its way: what it holds, and what each source adds to it."""

    held: Held
    collected: Sequence[Collected]
    things: dict[str, dict[str, Thing]]
    taken: dict[str, set[str]]
    decks: Shelves
    cards: Shelves
    settled: Settled
    traces: list[dict[str, dict[str, Trace]]]
    records: Mapping[str, SourceRecord]
    own_decks: list[str] = field(default_factory=list)
    renamed: set[int] = field(default_factory=set)
    ids_at: dict[tuple[int, int], str] = field(default_factory=dict)
    changes: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, held: Held, collected: Sequence[Collected]) -> "Assembly":
        """Return the beginning: the pack as it is *held*."""
        pack = held.pack
        return cls(
            held,
            collected,
            {family: dict(things) for family, things in things_of(pack).items()},
            taken_ids(pack),
            Shelves.of(pack.id, pack.decks),
            Shelves.of(pack.id, pack.cards),
            Settled(held.imports),
            [{family: {} for family in FAMILIES} for _ in collected],
            {one.path: one for one in reversed(held.imports.sources)},
        )

    def run(self, links: Sequence[Remembered]) -> None:
        """Put everything in its place; *links* are questions that gave way to others."""
        for record in self.held.imports.sources:
            self.decks.owned.add(record.deck)
            self.cards.owned.add(record.deck)
        self.own_decks = [self._own_deck(one) for one in self.collected]
        for family in FAMILIES:
            brought = [Brought(path_of(one.harvest), one.families[family]) for one in self.collected]
            found = match(self.things[family], self.held.imports, family, brought)
            self._family(family, found)
            if family == "items":
                self._remember(links)
        for at, one in enumerate(self.collected):
            self._report_gone(at, one)

    def _own_deck(self, one: Collected) -> str:
        """Return the id of the deck in which the things of *one* stand, or would."""
        before = self._record(path_of(one.harvest)).deck
        return before or slug(one.title) or "deck"

    def _record(self, path: str) -> SourceRecord:
        return self.records.get(path) or SourceRecord(path)

    def _family(self, family: str, found: Mapping[_Place, str]) -> None:
        """Settle what the pack has, and put in what is new."""
        first: dict[str, Candidate] = {}
        twins: dict[object, str] = {}
        for at, one in enumerate(self.collected):
            fresh: list[Candidate] = []
            places = ((at, number) for number in range(len(one.families[family])))
            self._take_over(at, [found[place] for place in places if place in found], family)
            for number, candidate in enumerate(one.families[family]):
                own = found.get((at, number))
                if own is not None and own in first and first[own].twin != candidate.twin:
                    own = None
                if own is None and (twin := twins.get(candidate.twin)) is not None:
                    own = twin
                if own is None:
                    fresh.append(candidate)
                elif own in first:
                    self._link(at, family, own, candidate)
                else:
                    first[own] = candidate
                    twins[candidate.twin] = own
                    self._settle(at, family, own, candidate)
            first |= dict(self._put(at, family, fresh, twins))

    def _take_over(self, at: int, owns: Sequence[str], family: str) -> None:
        """Let a renamed source own the deck in which most of what it gave before stands."""
        if family != "items" or not owns or self._record(path_of(self.collected[at].harvest)).deck:
            return
        decks = Counter(
            local(thing.deck) for own in owns if isinstance(thing := self.things[family][own], Item)
        )
        deck, count = decks.most_common(1)[0]
        records = (one for one in self.held.imports.sources if one.deck == deck)
        old = max((len(one.of(family)) for one in records), default=0)
        if count * 2 >= min(len(self.collected[at].families[family]), old) > 0:
            self.own_decks[at] = deck
            self.renamed.add(at)

    def _link(self, at: int, family: str, own: str, candidate: Candidate) -> None:
        """Take *candidate* for the one that was met before in this import; a question counts as linked."""
        if isinstance(candidate.thing, Item):
            counts = self.collected[at].counts
            counts["linked"] += 1
            counts[count_item(candidate.thing.kind)] -= 1
        self.traces[at][family].setdefault(own, trace_of(candidate))

    def _settle(self, at: int, family: str, own: str, candidate: Candidate) -> None:
        path = path_of(self.collected[at].harvest)
        before = self.things[family][own]
        if isinstance(before, Item) and before.case is None:
            candidate = alone(candidate)
        thing, trace, outcome, problem = self.settled.settle(candidate, before, family, own, path)
        self.things[family][own] = thing
        self.traces[at][family][own] = trace
        self.ids_at[at, candidate.line] = own
        self.changes[_CHANGES[outcome]] += 1
        if problem is not None:
            self.collected[at].problems.append(problem)

    def _put(
        self, at: int, family: str, fresh: Sequence[Candidate], twins: dict[object, str]
    ) -> list[tuple[str, Candidate]]:
        """Put what is new into the decks; return it by its ids."""
        added: list[tuple[str, Candidate]] = []
        for group in _groups(fresh):
            new = [one for one in group if one.twin not in twins]
            for one in group:
                if one.twin in twins:
                    self._link(at, family, twins[one.twin], one)
            named = self._named(at, family, [alone(new[0])] if len(new) == 1 else new)
            if len(new) == 1 and new[0].case:
                self._remember_part(at, family, named[0][0], new[0])
            twins |= {one.twin: own for own, one in named}
            added += named
        self.changes["added"] += len(added)
        return added

    def _remember_part(self, at: int, family: str, own: str, part: Candidate) -> None:
        """Note that *own* is a part of a case study whose other parts stand elsewhere in the pack."""
        trace = self.traces[at][family][own]
        self.traces[at][family][own] = trace._replace(whole=f"{trace.whole}{ALSO}{part.print}")

    def _named(self, at: int, family: str, group: Sequence[Candidate]) -> list[tuple[str, Candidate]]:
        """Give ids to one question, card, note or lab, or to the parts of one case study."""
        path, pack = path_of(self.collected[at].harvest), self.held.pack.id
        case = group[0].case if group else ""
        inside = ""
        if case:
            wanted = case if is_id(case) else slug(case) or "case"
            inside = distinct(wanted[:40].strip("-"), self.taken[family])
        named, entry = [], []
        deck = self._deck_of(at, group[0]) if group else ""
        within = DeckId(f"{pack}/{deck}")
        parts: set[str] = set()
        for one in group:
            own = new_id(one, path, parts if inside else self.taken[family])
            own = f"{inside}/{own}" if inside else own
            thing = placed(one.thing, pack, own, within, inside)
            self.things[family][own] = thing
            self.traces[at][family][own] = trace_of(one)
            self.ids_at[at, one.line] = own
            named.append((own, one))
            entry.append(thing)
        self._shelve(deck, entry)
        return named

    def _deck_of(self, at: int, one: Candidate) -> str:
        """Return the deck into which *one* goes; notes and labs have none."""
        if isinstance(one.thing, Item):
            self.own_decks[at] = self._deck(self.decks, at, one.deck)
            return self.own_decks[at]
        return self._deck(self.cards, at, one.deck) if isinstance(one.thing, Card) else ""

    def _shelve(self, deck: str, entry: Sequence[Thing]) -> None:
        """Put items or cards into their deck."""
        items = [thing for thing in entry if isinstance(thing, Item)]
        cards = [thing for thing in entry if isinstance(thing, Card)]
        if items:
            self.decks.put(deck, list(items))
        if cards:
            self.cards.put(deck, list(cards))

    def _deck(self, shelves: Shelves, at: int, said: str) -> str:
        """Return the deck of a source, or the one of it that is called *said*."""
        key = (at, said)
        known = shelves.of_source
        if key not in known:
            one = self.collected[at]
            about = line(one.harvest.description) or f"From {path_of(one.harvest)}."
            wanted = slug(said) if said else self.own_decks[at]
            before = self._record(path_of(one.harvest)).deck
            known[key] = shelves.own_of(
                wanted, said or one.title, about, mine=not said and (bool(before) or at in self.renamed)
            )
        return known[key]

    def _remember(self, links: Sequence[Remembered]) -> None:
        """Note where the questions went that gave way to others, so that they do not come back alone."""
        for link in links:
            own = self.ids_at.get(link.kept)
            if own is None:
                continue
            kept = self.traces[link.kept[0]]["items"]
            if own in kept and link.alone not in kept[own].whole:
                kept[own] = kept[own]._replace(whole=f"{kept[own].whole}{ALSO}{link.alone}")
            gone_trace = link.trace._replace(whole=LINKED)
            self.traces[link.gone]["items"].setdefault(own, gone_trace)

    def _report_gone(self, at: int, one: Collected) -> None:
        """Report what the source gave before and does not give now; it stays in the pack."""
        record = self._record(path_of(one.harvest))
        for family in FAMILIES:
            for own, trace in record.of(family).items():
                if own in self.things[family] and own not in self.traces[at][family]:
                    self.traces[at][family][own] = trace
                    one.problems.append(gone(own, self.things[family][own]))

    def pack(self, topics: Mapping[Topic, str]) -> Pack:
        """Return the pack with everything in it."""
        before = self.held.pack
        notes = tuple(one for one in self.things["notes"].values() if isinstance(one, Note))
        labs = tuple(one for one in self.things["labs"].values() if isinstance(one, Lab))
        decks = self._current(self.decks).item_decks()
        used = {one.topic for things in self.things.values() for one in things.values()}
        return replace(
            before,
            decks=tuple(replace(deck, items=tuple(with_rivals(deck.items))) for deck in decks),
            cards=self._current(self.cards).card_decks(),
            notes=tuple(sorted(notes, key=lambda note: f"{note.id}.")),
            labs=tuple(sorted(labs, key=lambda lab: f"{lab.id}.")),
            topics={one: title for one, title in topics.items() if one in used or one in before.topics},
        )

    def _current(self, shelves: Shelves) -> Shelves:
        """Return *shelves* with the things as they are now."""
        for shelf in shelves.decks.values():
            shelf.entries = [[self._now(one) for one in entry] for entry in shelf.entries]
        return shelves

    def _now(self, one: Item | Card) -> Item | Card:
        family = "items" if isinstance(one, Item) else "cards"
        now = self.things[family][one.id.partition("/")[2]]
        return now if isinstance(now, Item | Card) else one

    def _deck_to_remember(self, at: int) -> str:
        """Return the deck that is the source's own, "" when it has put nothing into one."""
        before = self._record(path_of(self.collected[at].harvest)).deck
        used = (at, "") in self.decks.of_source or (at, "") in self.cards.of_source
        return self.own_decks[at] if used else before

    def imports(self) -> Imports:
        """Return what is remembered of all sources."""
        records = (
            SourceRecord(
                path_of(one.harvest),
                self._deck_to_remember(at),
                {family: dict(traces) for family, traces in self.traces[at].items() if traces},
            )
            for at, one in enumerate(self.collected)
        )
        return self.held.imports.with_records(one for one in records if one.traces)


def _groups(fresh: Sequence[Candidate]) -> Iterator[list[Candidate]]:
    """Yield the parts of one case study together and everything else alone."""
    for (case, _), together in groupby(fresh, key=case_of):
        if case:
            yield list(together)
        else:
            yield from ([one] for one in together)


def assemble(
    harvests: Sequence[Harvest], packs: Sequence[WholePack], into: Held | None, options: Options
) -> Imported:
    """Return the pack that *harvests* and whole *packs* make of what is held before, or of nothing.

    A new pack begins as the first of *packs*, taken over without loss; other packs are put into it.
    """
    whole, links = linked(harvests)
    first = next((one for one in packs if one.pack is not None), None) if into is None else None
    held = into or (Held(empty_pack(options)) if first is None else first.taken_as(options.pack))
    blueprints = frozenset(one.id for one in held.blueprints)
    topics = Topics(dict(held.pack.topics), fixed=held.pack.blueprint is not None)
    collected = [collect(harvest, topics) for harvest in whole]
    collected += [collect_pack(one, topics, blueprints) for one in packs if one is not first]
    for link in links:
        collected[link.gone[0]].counts["linked"] += 1
    assembly = Assembly.of(held, collected)
    assembly.run(remembered(harvests, links))
    files = tuple(_file(one) for one in collected)
    if first is not None:
        counts = count_pack(first)
        files = (FileReport(first.path, first.harvest.format, counts), *files)
        assembly.changes["added"] += sum(counts.values())
    remarks = () if into is not None or first is not None else _remarks(options)
    report = ImportReport(str(held.pack.id), files, assembly.changes, remarks)
    others = {} if first is None else first.others
    pack = assembly.pack(topics.titles)
    if not pack.topics:
        pack = replace(pack, topics={Topic("general"): "General"})
    return Imported(pack, assembly.imports(), report, held.blueprints, others)


def empty_pack(options: Options) -> Pack:
    """Return a pack with nothing in it, as *options* describe it."""
    title = line(options.title) or options.pack.replace("-", " ").capitalize()
    return Pack(
        id=PackId(options.pack),
        title=title,
        language=options.language,
        licence=line(options.licence) or "unknown",
        version=f"{options.today.year}.{options.today.month}.1",
        description=f"Imported on {options.today.isoformat()}.",
        decks=(),
    )


def path_of(harvest: Harvest) -> str:
    """Return the path of a source as it is remembered: on one line."""
    return line(harvest.path) or "source"


def _remarks(options: Options) -> tuple[str, ...]:
    if options.licence != "unknown":
        return ()
    return ("Nobody said who may use the material; set `licence` in pack.yaml, or import with --licence.",)


def _file(one: Collected) -> FileReport:
    problems: list[Problem] = sorted(one.problems, key=lambda problem: problem.line)
    return FileReport(
        one.harvest.path,
        one.harvest.format,
        dict(one.counts),
        dict(one.harvest.repaired),
        tuple(problems),
        tuple(sorted(one.dropped, key=lambda dropped: dropped.span)),
    )
