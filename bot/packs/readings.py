"""Blind readings, ``readings/*.yaml``: what one who had not seen the keys answered, and what followed."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import assert_never

from bot.core.grades import Grade
from bot.core.grading import grade
from bot.core.ids import OptionId, StemId
from bot.core.items import Item, Kind
from bot.core.responses import Chosen, Response, Typed
from bot.packs.blueprints import read_own_id
from bot.packs.exams import report_unknown_item
from bot.packs.fields import Fields, clipped, open_record, read_text, shape
from bot.packs.problems import Code, Spot
from bot.packs.scalars import as_date, as_format, as_line, as_url, as_word
from bot.packs.trees import Hole, Listing, Node, Record

_READING = shape("the reading", "format id date reader answers disagreements")
_DISAGREEMENT = shape("a disagreement", "item found settled why url")
_MOST_ENTRIES = 10_000

Answer = str | tuple[str, ...] | Mapping[str, str]
"""As it was written: a text, a list of texts, or the option of each stem."""


class Settled(StrEnum):
    """What came of a disagreement: the item was changed, or the reader was wrong."""

    MENDED = "mended"
    KEY_STANDS = "key-stands"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A first answer that did not agree with the key of that day."""

    item: str
    found: str
    settled: Settled
    why: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One reader's answers, by the ids of items inside the pack."""

    id: str
    date: date
    reader: str
    answers: Mapping[str, Answer]
    disagreements: tuple[Disagreement, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftReading:
    """A reading that was not yet compared with the items of its pack, with the lines of what it names."""

    reading: Reading
    spot: Spot = field(repr=False)
    answer_lines: tuple[int, ...] = ()
    disagreement_lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Agreement:
    """What readers made of a pack's items. *at_first* had no disagreement, *now* agrees with today's key."""

    items: int
    read: int
    at_first: int
    now: int
    disagreements: int
    unsettled: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """The share of the items read whose latest answer agrees with today's key; 0 when none was read."""
        return self.now / self.read if self.read else 0.0


def read_reading(node: Node, stem: str, spot: Spot) -> DraftReading | None:
    """Return the reading of the file called *stem*; None when there is nothing to read it from."""
    spot = spot.at(stem)
    fields = open_record(node, spot, _READING)
    if fields is None:
        return None
    fields.need("format", as_format, "1")
    entries = _answer_entries(fields)
    disagreements = _disagreements(fields)
    reading = Reading(
        id=read_own_id(fields, stem, "file"),
        date=fields.need("date", as_date, date.min),
        reader=fields.need("reader", as_line, ""),
        answers={name: answer for name, answer, _ in entries},
        disagreements=tuple(one for one, _ in disagreements),
    )
    return DraftReading(
        reading, spot, tuple(line for *_, line in entries), tuple(line for _, line in disagreements)
    )


def check_readings(drafts: Iterable[DraftReading], items: Mapping[str, Item]) -> None:
    """Compare readings with the *items* of their pack, by their ids inside it; the latest answers count."""
    newer: set[str] = set()
    for draft in sorted(drafts, key=lambda one: (one.reading.date, one.reading.id), reverse=True):
        _check_reading(draft, items, newer)
        newer |= draft.reading.answers.keys()


def _check_reading(draft: DraftReading, items: Mapping[str, Item], newer: Container[str]) -> None:
    for (name, answer), line in zip(draft.reading.answers.items(), draft.answer_lines, strict=True):
        if name not in items:
            report_unknown_item(draft.spot, name, line, items)
        elif name not in newer and not _fits(items[name], answer):
            draft.spot.report(
                Code.STALE_ANSWER,
                line,
                f"The answer to `{name}` does not fit the item as it is now.",
                "Let the item be read again, and write the new answer into a newer reading.",
            )
    for one, line in zip(draft.reading.disagreements, draft.disagreement_lines, strict=True):
        if one.item not in items:
            report_unknown_item(draft.spot, one.item, line, items)


def response_to(item: Item, answer: Answer) -> Response | None:
    """Return *answer* as a learner would have sent it to *item*; None when it has another form."""
    match item.kind:
        case Kind.SINGLE_CHOICE | Kind.TRUE_FALSE:
            return Chosen((OptionId(answer),)) if isinstance(answer, str) else None
        case Kind.MULTIPLE_RESPONSE | Kind.ORDERING:
            return Chosen(tuple(map(OptionId, answer))) if isinstance(answer, tuple) else None
        case Kind.MATCHING:
            return _pairs(item, answer)
        case Kind.FILL_IN | Kind.NUMERIC | Kind.FREE_TEXT:
            texts = (answer,) if isinstance(answer, str) else answer
            return Typed(texts) if isinstance(texts, tuple) else None
        case _:
            assert_never(item.kind)


def agreement(items: Mapping[str, Item], readings: Iterable[Reading]) -> Agreement:
    """Return how the latest answer to each of *items* agrees with its key."""
    latest: dict[str, Answer] = {}
    doubted: set[str] = set()
    disagreements = 0
    for reading in sorted(readings, key=lambda one: (one.date, one.id)):
        latest |= {name: answer for name, answer in reading.answers.items() if name in items}
        doubted |= {one.item for one in reading.disagreements}
        disagreements += len(reading.disagreements)
    agreeing = {name for name, answer in latest.items() if _agrees(items[name], answer)}
    return Agreement(
        items=len(items),
        read=len(latest),
        at_first=len(latest.keys() - doubted),
        now=len(agreeing),
        disagreements=disagreements,
        unsettled=tuple(name for name in latest if name not in agreeing),
    )


def _fits(item: Item, answer: Answer) -> bool:
    response = response_to(item, answer)
    return response is not None and isinstance(grade(item, response), Grade)


def _agrees(item: Item, answer: Answer) -> bool:
    response = response_to(item, answer)
    graded = None if response is None else grade(item, response)
    return isinstance(graded, Grade) and graded.right


def _pairs(item: Item, answer: Answer) -> Response | None:
    if not isinstance(answer, Mapping) or set(answer) != {stem.id for stem in item.stems}:
        return None
    return Chosen(tuple(OptionId(answer[StemId(stem.id)]) for stem in item.stems))


def _answer_entries(fields: Fields) -> list[tuple[str, Answer, int]]:
    """Return each answer with the item's id and its line."""
    node = fields.node("answers")
    if node is None or isinstance(node, Hole):
        return []
    if not isinstance(node, Record):
        open_record(node, fields.spot, shape("`answers`", "an-item-id"))
        return []
    found = []
    for name, value in node.entries:
        answer = _answer(name.text, value, fields.spot)
        if answer is not None:
            found.append((name.text, answer, name.line))
    return found


def _answer(name: str, node: Node, spot: Spot) -> Answer | None:
    shown = clipped(name)
    if isinstance(node, Listing):
        read = [read_text(shown, one, spot, as_line) for one in node.nodes]
        return tuple(text for text in read if text is not None)
    if isinstance(node, Record):
        pairs = [(stem.text, read_text(shown, value, spot, as_line)) for stem, value in node.entries]
        return {stem: option for stem, option in pairs if option is not None}
    return read_text(shown, node, spot, as_line)


def _disagreements(fields: Fields) -> list[tuple[Disagreement, int]]:
    if not fields.has("disagreements"):
        return []
    found = []
    for node in fields.list_of("disagreements", _MOST_ENTRIES) or ():
        one = open_record(node, fields.spot, _DISAGREEMENT)
        if one is not None:
            found.append((_disagreement(one), one.line_of("item")))
    return found


def _disagreement(fields: Fields) -> Disagreement:
    return Disagreement(
        item=fields.need("item", as_line, ""),
        found=fields.need("found", as_line, ""),
        settled=fields.need("settled", as_word(Settled), Settled.MENDED),
        why=fields.need("why", as_line, ""),
        url=fields.get("url", as_url, ""),
    )
