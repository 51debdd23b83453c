"""Text files of Anki's notes: recognised, read and written.

Lines such as ``#separator:tab`` and ``#deck column:3`` at the top say what the columns are. A file of ours
holds both sides of each card; what Basic and Cloze notes have no field for (sources, further accepted
answers) is left out. Items become cards with their options on the front, and come back as cards.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bot.core.cards import Card, CardKind
from bot.core.items import Blank, Item
from bot.core.packs import Pack
from bot.packs.formats.anki_collections import Note, NoteType
from bot.packs.formats.anki_reading import Gathered, blanked, own_id
from bot.packs.formats.anki_writing import card_left_out, cloze_html, tag_of
from bot.packs.formats.exported import Exported, LeftOut
from bot.packs.formats.markdown_html import html_of
from bot.packs.formats.study_html import (
    STAND_IN,
    answer_html,
    details_left_out,
    feedback_html,
    options_html,
    plain,
    prompt_html,
)
from bot.packs.importing.drafts import DraftCard, Dropped, Fault, Harvest, Problem, Span, spans
from bot.packs.importing.sources import SourceFile

NAME: Final = "tsv"
EXTENSIONS: Final = (".tsv", ".txt")

SURE: Final = 97
LIKELY: Final = 35
_HEAD: Final = 50
_SEPARATORS: Final = {
    "tab": "\t",
    "comma": ",",
    "semicolon": ";",
    "space": " ",
    "pipe": "|",
    "colon": ":",
}
_HEADER: Final = re.compile(r"#([a-z ]+):(.*)", re.IGNORECASE)
_HEADERS: Final = frozenset(
    {"separator", "html", "tags", "columns", "notetype", "deck"}
    | {f"{name} column" for name in ("notetype", "deck", "tags", "guid")}
)
_CLOZE: Final = re.compile(r"\{\{c(\d{1,3})::")
_KINDS: Final = {CardKind.TERM: "Basic", CardKind.QUESTION: "Basic", CardKind.CLOZE: "Cloze"}
_NO_PLACE: Final = "a text file of Anki's notes has no place for it"
_LONGEST: Final = 5_000_000


def recognise(source: SourceFile) -> int:
    """Return how sure it is that *source* holds Anki's notes: by the lines at its top, or by its tabs."""
    try:
        lines = source.data[:65536].decode("utf-8-sig", "ignore").splitlines()[:_HEAD]
    except UnicodeError:
        return 0
    if lines and (found := _HEADER.fullmatch(lines[0].strip())) and found[1].strip().lower() in _HEADERS:
        return SURE
    rows = [line.split("\t") for line in lines[:-1] or lines if line.strip()]
    fits = bool(rows) and len({len(row) for row in rows}) == 1 and len(rows[0]) in {2, 3}
    return LIKELY if fits and all(row[0].strip() and row[1].strip() for row in rows) else 0


# -------------------------------------------------------------------------------------------------- reading


@dataclass(slots=True)
class _Columns:
    """What the lines at the top say. Columns are counted from 1; 0 is none."""

    separator: str = "\t"
    html: bool = True
    special: dict[str, int] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    always: dict[str, str] = field(default_factory=dict)

    def take(self, name: str, value: str) -> None:
        """Take one line of the header."""
        match name:
            case "separator":
                self.separator = _SEPARATORS.get(value.lower(), value[:1] or "\t")
            case "html":
                self.html = value.lower() == "true"
            case "columns":
                self.names = value.split(self.separator)
            case _ if name.endswith(" column"):
                self.special[name.removesuffix(" column")] = int(value) if value.isdecimal() else 0
            case _:
                self.always[name] = value

    def of(self, row: Sequence[str], name: str) -> str:
        """Return what *row* has in the special column called *name*, or what holds for every row."""
        at = self.special.get(name, 0)
        return row[at - 1].strip() if 0 < at <= len(row) else self.always.get(name, "")

    def sides(self, row: Sequence[str]) -> list[str]:
        """Return the fields of *row* that are in no special column."""
        taken = set(self.special.values())
        return [one for at, one in enumerate(row, 1) if at not in taken]


def read(source: SourceFile) -> Harvest:
    """Return the cards of *source*; each row may have several lines."""
    lines = source.lines
    columns, start = _Columns(), 0
    for start, line in enumerate(lines):  # noqa: B007 - the last one is where the rows begin
        found = _HEADER.fullmatch(line.strip())
        if found is None or found[1].strip().lower() not in _HEADERS:
            break
        columns.take(found[1].strip().lower(), found[2].strip())
    else:
        start = len(lines)
    found_cards = Gathered()
    for row, span in _rows(lines, start, columns.separator, found_cards):
        _take(row, span, columns, found_cards)
    if not found_cards.cards and not found_cards.problems:
        found_cards.problems.append(
            Problem(Fault.NOTHING_FOUND, 0, "No row has two sides.", "Write front, tab, back in each line.")
        )
    return Harvest(
        source.path,
        NAME,
        len(lines),
        cards=tuple(found_cards.cards),
        kept=spans(range(1, start + 1)),
        dropped=tuple(found_cards.dropped),
        problems=found_cards.all_problems(),
    )


def _rows(
    lines: Sequence[str], start: int, separator: str, found: Gathered
) -> Iterator[tuple[list[str], Span]]:
    """Yield each row with its lines; what no row can be made of is dropped."""
    before = csv.field_size_limit(_LONGEST)
    reader = csv.reader((f"{line}\n" for line in lines[start:]), delimiter=separator)
    done = start
    try:
        for row in reader:
            span = Span(done + 1, start + reader.line_num)
            done = span.last
            if any(cell.strip() for cell in row):
                yield row, span
    except csv.Error:
        said = f"The row that begins in line {done + 1} cannot be taken apart."
        found.problems.append(Problem(Fault.BROKEN_FILE, done + 1, said, "Close its quotation marks."))
        found.dropped.append(Dropped(Span(done + 1, len(lines)), "a row that is broken"))
    finally:
        csv.field_size_limit(before)


def _take(row: list[str], span: Span, columns: _Columns, found: Gathered) -> None:
    """Add the cards of one row."""
    sides = [one if columns.html else plain(one).replace("\n", "<br>") for one in columns.sides(row)]
    tags = columns.of(row, "tags").split()
    if len(sides) > 2 and "tags" not in columns.special and not columns.names:  # noqa: PLR2004 - two sides
        tags += re.sub(r"<[^<>]*>", "", sides.pop()).split()
    note = Note(columns.of(row, "guid"), NoteType(""), tuple(sides), tuple(tags))
    deck = columns.of(row, "deck").rpartition("::")[2]
    back = found.text("<br><br>".join(one for one in sides[1:] if one.strip()), span)
    gaps = sorted({int(number) for number in _CLOZE.findall(sides[0])}) if sides else []
    made = [_gap_card(note, number, back, span, found) for number in gaps]
    if not gaps and sides and (front := found.text(sides[0], span)) and back:
        made = [DraftCard(_kind(note, front), front, back, span)]
    if not made:
        found.dropped.append(Dropped(span, "a row with an empty side"))
    own = own_id(note.guid)
    for number, card in zip(gaps or [1], made, strict=False):
        id_ = f"{own}-{number}" if own and len(made) > 1 else own
        found.cards.append(replace(card, deck=deck, topic=found.topic(note, span), id=id_))


def _gap_card(note: Note, number: int, back: str, span: Span, found: Gathered) -> DraftCard:
    text, answers = blanked(note.fields[0], number)
    front = found.text(text, span).replace(STAND_IN, "___")
    return DraftCard(CardKind.CLOZE, front, back, span, blanks=tuple(Blank((answer,)) for answer in answers))


def _kind(note: Note, front: str) -> CardKind:
    said = next((tag.partition("::")[2] for tag in note.tags if tag.startswith("kind::")), "")
    if said in {CardKind.TERM, CardKind.QUESTION}:
        return CardKind(said)
    return CardKind.QUESTION if front.endswith("?") else CardKind.TERM


# -------------------------------------------------------------------------------------------------- writing


def write(pack: Pack) -> Exported:
    """Return the items and cards of *pack* as one file, and everything that is not in it."""
    left_out: list[LeftOut] = []
    out = io.StringIO()
    out.write("#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n")
    out.write("#tags column:6\n")
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    for row in _written(pack, left_out):
        writer.writerow(row)
    left_out += [LeftOut(one.id, "the note", _NO_PLACE) for one in pack.notes]
    left_out += [LeftOut(one.id, "the lab", _NO_PLACE) for one in pack.labs]
    return Exported({f"{pack.id}.tsv": out.getvalue().encode()}, tuple(left_out))


def _written(pack: Pack, left_out: list[LeftOut]) -> Iterator[tuple[str, ...]]:
    """Yield a row for each item and each card."""
    for deck in pack.decks:
        name = _deck(pack, deck.title)
        for item in deck.items:
            left_out.extend(LeftOut(item.id, what, _NO_PLACE) for what in _item_left_out(item))
            answer = answer_html(item) + (html_of(item.explanation) if item.explanation else "")
            front = prompt_html(item) + options_html(item)
            back = answer + feedback_html(item.options)
            tags = f"{_topic(pack, item)} kind::question"
            yield str(item.id), "Basic", name, front, back, tags
    for cards in pack.cards:
        name = _deck(pack, cards.title)
        for card in cards.cards:
            left_out.extend(LeftOut(card.id, what, _NO_PLACE) for what in _card_left_out(card))
            front = cloze_html(card) if card.kind is CardKind.CLOZE else html_of(card.front)
            back = html_of(card.back) if card.back else ""
            yield (
                str(card.id),
                _KINDS[card.kind],
                name,
                front,
                back,
                f"{_topic(pack, card)} kind::{card.kind}",
            )


def _deck(pack: Pack, title: str) -> str:
    return "::".join(" ".join(one.replace("::", ":").split()) for one in (pack.title, title))


def _topic(pack: Pack, thing: Item | Card) -> str:
    return tag_of(pack.topics.get(thing.topic, thing.topic))


def _item_left_out(item: Item) -> Iterator[str]:
    yield "how it is asked: it becomes a card"
    yield from details_left_out(item)
    if item.sources:
        yield "the sources"


def _card_left_out(card: Card) -> Iterator[str]:
    yield from card_left_out(card)
    if card.sources:
        yield "the sources"
    yield from (
        f"the other accepted answers of a blank: {', '.join(blank.accept[1:])}"
        for blank in card.blanks
        if len(blank.accept) > 1
    )
