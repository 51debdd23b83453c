"""Collecting: the drafts of one source, fitted for the pack, with what could not be fitted reported."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from bot.core.ids import Topic
from bot.core.items import Item, Kind
from bot.packs.importing.candidates import Candidate, candidate
from bot.packs.importing.cleaning import line
from bot.packs.importing.drafts import (
    DraftCard,
    DraftLab,
    DraftNote,
    DraftQuestion,
    Dropped,
    Harvest,
    Origin,
    Problem,
    Span,
)
from bot.packs.importing.questions import fit_question
from bot.packs.importing.studies import fit_card, fit_lab, fit_note
from bot.packs.importing.topics import Topics

FEWEST_PARTS, MOST_PARTS = 2, 5
"""A case study of a pack has at least and at most so many."""

_COUNTED = {
    Origin.CARD: "cards",
    Origin.TERM: "terms",
    Origin.PAIR: "pairs",
    Origin.CHECKPOINT: "checkpoints",
}


@dataclass(slots=True)
class Collected:
    """What one source gives: candidates by family, counts for the report, and what is to be looked at."""

    harvest: Harvest
    title: str
    topics: Topics
    families: dict[str, list[Candidate]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)

    def topic(self, draft: DraftQuestion | DraftCard | DraftNote | DraftLab, more: str = "") -> Topic:
        """Return the topic of *draft*; a source without topics is one topic itself."""
        return self.topics.find(draft.topic or more, self.title, draft.span.first)

    def refuse(self, span: Span, why: str) -> None:
        """Account for the lines of a draft that the pack cannot hold."""
        self.dropped.append(Dropped(span, why))


def collect(harvest: Harvest, topics: Topics) -> Collected:
    """Return the drafts of *harvest* as candidates; *topics* grows by the sections that it names."""
    topics.problems.clear()
    found = Collected(harvest, title_of(harvest), topics)
    found.problems += harvest.problems
    found.dropped += harvest.dropped
    found.counts["stubs"] = len(harvest.stubs)
    found.families = {
        "items": _items(found),
        "cards": _cards(found),
        "notes": _notes(found),
        "labs": _labs(found),
    }
    found.problems += topics.problems
    return found


def title_of(harvest: Harvest) -> str:
    """Return what the source is called: its own title, or its file's name in words."""
    return line(harvest.title) or name_in_words(harvest.path)


def name_in_words(path: str) -> str:
    """Return the name of the file at *path* without its ending, as words."""
    name = path.rstrip("/").rpartition("/")[2]
    stem = name.rpartition(".")[0] or name
    words = line(stem.replace("_", " ").replace("-", " "))
    return words[:1].upper() + words[1:] or "Imported"


def count_item(kind: Kind) -> str:
    """Return the name under which an item of *kind* is counted."""
    return "open_questions" if kind is Kind.FREE_TEXT else "questions"


def _items(found: Collected) -> list[Candidate]:
    read: list[Candidate] = []
    for draft in found.harvest.questions:
        topic = found.topic(draft)
        item, fitting = fit_question(draft, topic)
        found.problems += fitting.problems
        if item is None:
            found.refuse(draft.span, fitting.unfit)
            continue
        found.counts[count_item(item.kind)] += 1
        own, number = line(draft.id), "".join(draft.number.split())
        case = line(draft.case) if item.scenario else ""
        given = topic if draft.topic else ""
        read.append(candidate(item, draft.span.first, own, number, topic=given, case=case))
    return [one for _, parts in groupby(read, key=case_of) for one in in_cases(list(parts))]


def case_of(one: Candidate) -> tuple[str, str]:
    """Return what the parts of one case study have in common."""
    return one.case, one.thing.scenario if isinstance(one.thing, Item) else ""


def in_cases(parts: Sequence[Candidate]) -> list[Candidate]:
    """Return neighbours of one case study in groups that a pack can hold; a single part stands alone."""
    if not parts or not parts[0].case:
        return [alone(one) for one in parts]
    groups = -(-len(parts) // MOST_PARTS)
    sizes = [len(parts) // groups + (number < len(parts) % groups) for number in range(groups)]
    grouped: list[Candidate] = []
    for number, size in enumerate(sizes):
        group = parts[len(grouped) : len(grouped) + size]
        if size < FEWEST_PARTS:
            grouped += [alone(one) for one in group]
        else:
            name = f"{group[0].case}-{number + 1}" if number else group[0].case
            grouped += [replace(one, case=name) for one in group]
    return grouped


def alone(one: Candidate) -> Candidate:
    """Return a part of a case study as a question of its own, below its scenario."""
    item = one.thing
    if not isinstance(item, Item) or not item.scenario:
        return replace(one, case="") if one.case else one
    whole = replace(item, scenario="", prompt=f"{item.scenario}\n\n{item.prompt}")
    return replace(candidate(whole, one.line, one.own, one.number), topic=one.topic, deck=one.deck)


def _cards(found: Collected) -> list[Candidate]:
    read = []
    for draft in found.harvest.cards:
        topic = found.topic(draft, draft.deck)
        card, problems = fit_card(draft, topic)
        found.problems += problems
        if card is None:
            found.refuse(draft.span, problems[-1].message)
            continue
        if draft.origin in _COUNTED:
            found.counts[_COUNTED[draft.origin]] += 1
        given = topic if draft.topic else ""
        one = candidate(card, draft.span.first, line(draft.id))
        read.append(replace(one, topic=given, deck=line(draft.deck)))
    return read


def _notes(found: Collected) -> list[Candidate]:
    read = []
    for draft in found.harvest.notes:
        note, problems = fit_note(draft, found.topic(draft, draft.syllabus))
        found.problems += problems
        if note is None:
            found.refuse(draft.span, problems[-1].message)
            continue
        found.counts["notes"] += 1
        read.append(candidate(note, draft.span.first, line(draft.id)))
    return read


def _labs(found: Collected) -> list[Candidate]:
    read = []
    for draft in found.harvest.labs:
        lab, problems = fit_lab(draft, found.topic(draft, draft.syllabus))
        found.problems += problems
        if lab is None:
            found.refuse(draft.span, problems[-1].message)
            continue
        found.counts["labs"] += 1
        read.append(candidate(lab, draft.span.first, line(draft.id)))
    return read
