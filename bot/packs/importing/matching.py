"""Matching: which things of a pack a source gave before, whatever was corrected, renamed or moved since.

The rules go from the surest to the least sure, each over all sources before the next one, so that no guess
takes what another thing has a better right to.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from rapidfuzz import fuzz, process

from bot.packs.importing.candidates import Candidate, Thing, choices_of, fingerprint, print_of, prompt_of
from bot.packs.importing.provenance import ALSO, Imports, SourceRecord, Trace

ALIKE: Final = 75
"""Two prompts at one place of a source whose ratio (0 to 100) is at least this are one, corrected."""

ALIKE_ANYWHERE: Final = 90
"""As above, when the place has changed as well."""

_RELATED: Final = 50
_SHARED: Final = 0.5
_MOST_COMPARED: Final = 2000
"""Among more things than this, a corrected wording is looked for at its old place only."""


@dataclass(frozen=True, slots=True)
class Brought:
    """The candidates of one family that the source at *path* gave."""

    path: str
    candidates: Sequence[Candidate]


@dataclass(slots=True)
class _Known:
    """The things of a pack, found again by what they say."""

    things: Mapping[str, Thing]
    prompts: dict[str, str] = field(default_factory=dict)
    by_prompt: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _by_print: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for own, thing in self.things.items():
            self.prompts[own] = prompt_of(thing)
            self.by_prompt[self.prompts[own]].append(own)

    def same(self, one: Candidate) -> Iterator[str]:
        """Yield the thing that says all that *one* says, if there is one."""
        if one.prompt not in self._by_print:
            there = reversed(self.by_prompt.get(one.prompt, ()))
            self._by_print[one.prompt] = {print_of(self.things[own]): own for own in there}
        own = self._by_print[one.prompt].get(one.print)
        yield from () if own is None else (own,)

    def similar(self, one: Candidate, own: str, least: float) -> bool:
        """Tell whether the thing called *own* asks about what *one* asks, or has the same choices."""
        same_choices = bool(one.choices) and choices_of(self.things[own]) == one.choices
        return same_choices or fuzz.ratio(one.prompt, self.prompts[own]) >= least


Rule = Callable[[Candidate, SourceRecord, int], Iterator[str]]


@dataclass(slots=True)
class Matcher:
    """Finds for each candidate the id that its thing has in the pack, if it has one."""

    known: _Known
    imports: Imports
    family: str
    brought: Sequence[Brought]
    found: dict[tuple[int, int], str] = field(default_factory=dict)
    claimed: set[str] = field(default_factory=set)
    places: dict[str, "_Places"] = field(default_factory=dict)

    def run(self) -> dict[tuple[int, int], str]:
        """Return the ids by the number of the source and of the candidate in it."""
        records = {one.path: one for one in self.imports.sources}
        sources = [records.get(one.path, SourceRecord(one.path)) for one in self.brought]
        sure: tuple[Rule, ...] = (
            self._unchanged,
            self._own_id,
            self._same_text,
            self._same_prompt,
        )
        for rule in sure:
            self._apply(rule, sources)
        for rule in (self._unchanged, self._known_elsewhere):
            self._apply(rule, sources, shared=True)
        givers = self._givers()
        before = [self._before(number, record, givers) for number, record in enumerate(sources)]
        guesses: tuple[Rule, ...] = (self._same_place, self._alike)
        for rule in guesses:
            self._apply(rule, before)
        return self.found

    def _apply(self, rule: Rule, sources: Sequence[SourceRecord], *, shared: bool = False) -> None:
        """Let *rule* find what is still looked for; *shared* things may be found twice."""
        for at, one in enumerate(self.brought):
            for number, candidate in enumerate(one.candidates):
                if (at, number) in self.found:
                    continue
                for own in rule(candidate, sources[at], number):
                    if own in self.known.things and (shared or own not in self.claimed):
                        self.found[at, number] = own
                        self.claimed.add(own)
                        break

    def _unchanged(self, one: Candidate, record: SourceRecord, _: int) -> Iterator[str]:
        """Find what the same source gave in the very same words."""
        if record.of(self.family):
            yield from self._places(record).by_whole.get(one.print, ())

    def _own_id(self, one: Candidate, record: SourceRecord, _: int) -> Iterator[str]:
        """Find what the source gave under the id that it gives now, or what the pack itself calls so."""
        if one.own:
            yield from self._places(record).by_own.get(one.own, ())
            if one.own in self.known.things and self.known.similar(one, one.own, _RELATED):
                yield one.own

    def _same_text(self, one: Candidate, record: SourceRecord, _: int) -> Iterator[str]:
        """Find what the same source asked in the same words with the same choices."""
        for own in self._of_prompt(one, record):
            if own in self.known.things and choices_of(self.known.things[own]) == one.choices:
                yield own

    def _same_prompt(self, one: Candidate, record: SourceRecord, _: int) -> Iterator[str]:
        """Find what the same source asked in the same words, though with other choices."""
        yield from self._of_prompt(one, record)

    def _of_prompt(self, one: Candidate, record: SourceRecord) -> Iterator[str]:
        """Yield what *record* gave under this prompt, as it was there or as the pack has it now."""
        traces = record.of(self.family)
        if traces:
            yield from (own for own in self.known.by_prompt.get(one.prompt, ()) if own in traces)
            yield from self._places(record).by_prompt.get(fingerprint([one.prompt]), ())

    def _places(self, record: SourceRecord) -> "_Places":
        """Return what *record* gave, found again by where it stood."""
        if record.path not in self.places:
            self.places[record.path] = _Places.of(record.of(self.family))
        return self.places[record.path]

    def _known_elsewhere(self, one: Candidate, _: SourceRecord, __: int) -> Iterator[str]:
        """Find what a source under another path asked, or what was written by hand."""
        yield from self.known.same(one)
        for own in self.known.by_prompt.get(one.prompt, ()):
            choices = choices_of(self.known.things[own])
            if choices == one.choices or _overlap(choices, one.choices) >= _SHARED:
                yield own

    def _givers(self) -> Mapping[str, Sequence[int]]:
        """Return the numbers of the records that have a thing, by its id."""
        givers: dict[str, list[int]] = defaultdict(list)
        for number, record in enumerate(self.imports.sources):
            for own in record.of(self.family):
                givers[own].append(number)
        return givers

    def _before(self, at: int, record: SourceRecord, givers: Mapping[str, Sequence[int]]) -> SourceRecord:
        """Return the record of the source under the path that it had before it was renamed."""
        if record.traces:
            return record
        numbers = range(len(self.brought[at].candidates))
        here = {own for number in numbers if (own := self.found.get((at, number))) is not None}
        shares = Counter(number for own in here for number in givers.get(own, ()))
        if not shares:
            return record
        most = min(shares, key=lambda number: (-shares[number], number))
        old = self.imports.sources[most]
        smaller = min(len(self.brought[at].candidates), len(old.of(self.family)))
        return old if shares[most] >= smaller * _SHARED else record

    def _same_place(self, one: Candidate, record: SourceRecord, at: int) -> Iterator[str]:
        """Find what stood at the same place of the source, in a wording that was corrected."""
        places = self._places(record)
        here = places.by_number.get(one.number, ()) if one.number else places.in_order[at : at + 1]
        yield from (own for own in here if own in self.known.things and self.known.similar(one, own, ALIKE))

    def _alike(self, one: Candidate, record: SourceRecord, _: int) -> Iterator[str]:
        """Find what stood elsewhere in the source, in a wording that was corrected."""
        prompts = self.known.prompts
        unclaimed = (own for own in record.of(self.family) if own in prompts and own not in self.claimed)
        left = {own: prompts[own] for own in islice(unclaimed, _MOST_COMPARED + 1)}
        if len(left) <= _MOST_COMPARED:
            found = process.extractOne(one.prompt, left, scorer=fuzz.ratio, score_cutoff=ALIKE_ANYWHERE)
            yield from () if found is None else (found[2],)


@dataclass(frozen=True, slots=True)
class _Places:
    """The ids that a source gave, by fingerprints of whole and prompt, by number and own id, and in order."""

    by_whole: Mapping[str, Sequence[str]]
    by_prompt: Mapping[str, Sequence[str]]
    by_number: Mapping[str, Sequence[str]]
    by_own: Mapping[str, Sequence[str]]
    in_order: Sequence[str]

    @classmethod
    def of(cls, traces: Mapping[str, Trace]) -> "_Places":
        """Return the places of *traces*."""
        by_whole: dict[str, list[str]] = defaultdict(list)
        by_prompt: dict[str, list[str]] = defaultdict(list)
        by_number: dict[str, list[str]] = defaultdict(list)
        by_own: dict[str, list[str]] = defaultdict(list)
        for own, trace in traces.items():
            by_prompt[trace.prompt].append(own)
            for whole in trace.whole.split(ALSO):
                by_whole[whole].append(own)
            by_number[trace.number].append(own)
            by_own[trace.own].append(own)
        return cls(by_whole, by_prompt, by_number, by_own, tuple(traces))


def match(
    things: Mapping[str, Thing], imports: Imports, family: str, brought: Sequence[Brought]
) -> dict[tuple[int, int], str]:
    """Return the ids that the candidates *brought* have among *things*, by source and candidate number."""
    return Matcher(_Known(things), imports, family, brought).run() if things else {}


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one or other else 1.0
