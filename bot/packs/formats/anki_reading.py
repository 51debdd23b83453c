"""Anki's notes as drafts: each card that Anki made of a note becomes one card, each of ours what it was."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from bot.core.cards import CardKind
from bot.core.errors import ContentError
from bot.core.items import Blank, Source
from bot.packs.formats.anki_collections import Made, Note, NoteType, opened_collection
from bot.packs.formats.anki_items import item_of
from bot.packs.formats.anki_models import CARD_FIELDS, CLOZE_FIELDS, ITEM_FIELDS, Model, model_of
from bot.packs.formats.html_text import read_html
from bot.packs.formats.html_trees import Node, parsed
from bot.packs.formats.study_html import STAND_IN
from bot.packs.importing.drafts import (
    DraftCard,
    DraftQuestion,
    Dropped,
    Fault,
    Harvest,
    Problem,
    Span,
)
from bot.packs.importing.sources import SourceFile

_FIELD: Final = re.compile(r"\{\{\s*([#^/]?)\s*((?:[\w-]+:)*)([^{}]*?)\s*\}\}")
_SOUND: Final = re.compile(r"\[(?:sound|anki:play):([^\]]*)\]")
_INNERMOST: Final = re.compile(r"\{\{c(\d{1,3})::((?:(?!\{\{c\d|\}\}).)*)\}\}", re.DOTALL)
_OWN_WORDS: Final = frozenset({"Tags", "Type", "Deck", "Subdeck", "Card", "CardFlag", "FrontSide", ""})
_STATES: Final = frozenset({"leech", "marked"})
_TAGS_NAMED: Final = 10
_PICTURE: Final = "It needs a picture or a sound that was not imported."


@dataclass(slots=True)
class Gathered:
    """What the notes of a package gave."""

    questions: list[DraftQuestion] = field(default_factory=list)
    cards: list[DraftCard] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    more_tags: dict[str, int] = field(default_factory=dict)
    """The tags that became no topic, each with the unit that it was met at first."""

    def topic(self, note: Note, span: Span) -> str:
        """Return the first tag that says what *note* is about, as words; others are reported at the end."""
        tags = [one for one in note.tags if one.lower() not in _STATES and "kind::" not in one]
        for tag in tags[1:]:
            self.more_tags.setdefault(tag, span.first)
        return " ".join("".join(tags[:1]).rpartition("::")[2].replace("_", " ").split())

    def all_problems(self) -> tuple[Problem, ...]:
        """Return what is wrong, and which tags were left out."""
        if not self.more_tags:
            return tuple(self.problems)
        named = ", ".join(list(self.more_tags)[:_TAGS_NAMED])
        if (more := len(self.more_tags) - _TAGS_NAMED) > 0:
            named += f" and {more} more"
        left_out = Problem(
            Fault.MORE_TOPICS,
            min(self.more_tags.values()),
            f"Of several tags the first became the topic; left out: {named}.",
            "Where another one should be it, take the first off before the export.",
        )
        return (*self.problems, left_out)

    def text(self, html: str, span: Span) -> str:
        """Return *html* as small Markdown; a picture or sound that is lost is reported."""
        found = read_html(_SOUND.sub("", html))
        lost = [*found.dropped, *_SOUND.findall(html)]
        if lost:
            self.problems.append(
                Problem(
                    Fault.NEEDS_PICTURE,
                    span.first,
                    f"{', '.join(lost)[:200]} was left out: pictures and sounds are not imported.",
                    "Say in words what it shows, where that is needed.",
                )
            )
        return found.text


def read_package(source: SourceFile, name: str) -> Harvest:
    """Return what the package *source* holds; its units are its notes, in the order of their making."""
    try:
        collection = opened_collection(source.data)
    except ContentError as error:
        return _broken(source, name, str(error))
    found = Gathered()
    titles = _titles({made.deck for note in collection.notes for made in note.cards})
    for number, note in enumerate(collection.notes, 1):
        _take(note, Span(number, number), titles, found)
    if not collection.notes:
        found.problems.append(
            Problem(Fault.NOTHING_FOUND, 0, "The package holds no notes.", "Export a deck that has cards.")
        )
    return Harvest(
        source.path,
        name,
        len(collection.notes),
        questions=tuple(found.questions),
        cards=tuple(found.cards),
        dropped=tuple(found.dropped),
        problems=found.all_problems(),
    )


def _broken(source: SourceFile, name: str, why: str) -> Harvest:
    problem = Problem(Fault.BROKEN_FILE, 1, f"The package {why}.", "Export it from Anki once more.")
    return Harvest(source.path, name, 1, dropped=(Dropped(Span(1, 1), why),), problems=(problem,))


def _titles(names: set[str]) -> dict[str, str]:
    """Return a title for each deck: the last part of its name, or all of it where that is not unique."""
    short = {name: name.rpartition("::")[2] for name in names}
    said = list(short.values())
    return {
        name: last if said.count(last) == 1 else name.replace("::", " – ") for name, last in short.items()
    }


def _take(note: Note, span: Span, titles: dict[str, str], found: Gathered) -> None:
    """Add what *note* gives to *found*."""
    model = model_of(note.type.name)
    fields = dict(zip(note.type.fields, note.fields, strict=False))
    made = note.cards or (Made(0, ""),)
    deck = titles.get(made[0].deck, "")
    before = len(found.cards) + len(found.questions)
    if model is Model.ITEM and fields.keys() >= set(ITEM_FIELDS):
        _take_item(note, fields, span, deck, found)
    elif model is Model.CLOZE and fields.keys() >= set(CLOZE_FIELDS):
        _take_own_cloze(note, fields, span, deck, found)
    elif model is not None and fields.keys() >= set(CARD_FIELDS):
        kind = CardKind.TERM if model is Model.TERM else CardKind.QUESTION
        sides = found.text(fields["Front"], span), found.text(fields["Back"], span)
        _take_card(found, note, kind, sides, span, deck, sources=sources_of(fields["Sources"]))
    elif note.type.cloze:
        _take_clozes(note, span, titles, found)
    else:
        for one in made:
            _take_sides(note, fields, one, span, titles, found)
    if len(found.cards) + len(found.questions) == before:
        found.dropped.append(Dropped(span, "a note with an empty side"))


def own_id(guid: str) -> str:
    """Return what stands behind the id of the pack in the id of a note of our own."""
    return guid.partition("/")[2] or guid


def _take_card(  # noqa: PLR0913 - a card has this many parts
    found: Gathered,
    note: Note,
    kind: CardKind,
    sides: tuple[str, str],
    span: Span,
    deck: str,
    *,
    blanks: tuple[Blank, ...] = (),
    sources: tuple[Source, ...] = (),
    own: str = "",
    off: tuple[str, ...] = (),
) -> None:
    """Add a card that *note* gives."""
    id_ = own or own_id(note.guid)
    topic = found.topic(note, span)
    card = DraftCard(
        kind, *sides, span, blanks=blanks, deck=deck, topic=topic, sources=sources, id=id_, off=off
    )
    found.cards.append(card)


def _take_item(note: Note, fields: dict[str, str], span: Span, deck: str, found: Gathered) -> None:
    """Add a question of our own: as itself where its kind can be told from the note, else as a card."""
    sources = sources_of(fields["Sources"])
    question = item_of(fields, span, own_id(note.guid), found.topic(note, span), sources)
    if question is not None:
        found.questions.append(question)
        return
    back = found.text(fields["Answer"] + fields["Explanation"], span)
    sides = found.text(fields["Prompt"] + fields["Options"], span), back
    _take_card(found, note, CardKind.QUESTION, sides, span, deck, sources=sources)


def _take_own_cloze(note: Note, fields: dict[str, str], span: Span, deck: str, found: Gathered) -> None:
    text, answers = blanked(fields["Text"], 1)
    accepted = [entry.text().split("\n") for entry in entries_of(parsed(fields["Accepted"]))]
    if len(accepted) != len(answers):
        accepted = [[answer] for answer in answers]
    sides = found.text(text, span).replace(STAND_IN, "___"), found.text(fields["Extra"], span)
    blanks = tuple(Blank(tuple(one)) for one in accepted)
    sources = sources_of(fields["Sources"])
    _take_card(found, note, CardKind.CLOZE, sides, span, deck, blanks=blanks, sources=sources)


def _take_clozes(note: Note, span: Span, titles: dict[str, str], found: Gathered) -> None:
    """Add one card for each number among the gaps of a note."""
    html = note.fields[0]
    numbers = sorted({int(number) for number in re.findall(r"\{\{c(\d{1,3})::", html)})
    back = found.text("<br><br>".join(one for one in note.fields[1:] if one.strip()), span)
    decks = {one.number + 1: one.deck for one in note.cards}
    for number in numbers:
        text, answers = blanked(html, number)
        front = found.text(text, span).replace(STAND_IN, "___")
        off = (_PICTURE,) if _has_media(html) else ()
        blanks = tuple(Blank((answer,)) for answer in answers)
        own = note.guid if len(numbers) == 1 else f"{note.guid}-{number}"
        deck = titles.get(decks.get(number, ""), "")
        if front and all(answers):
            sides = front, back
            _take_card(found, note, CardKind.CLOZE, sides, span, deck, blanks=blanks, own=own, off=off)


def blanked(html: str, number: int) -> tuple[str, list[str]]:
    """Return a cloze text with stand-ins for the gaps of *number*, and the words that stood there.

    The other gaps are filled; a hint stands in brackets behind its gap.
    """
    answers: list[str] = []

    def gap(found: re.Match[str]) -> str:
        answer, _, hint = found[2].partition("::")
        if int(found[1]) != number:
            return answer
        answers.append(" ".join(parsed(answer).text().split()))
        return f"{STAND_IN} ({hint})" if hint.strip() else STAND_IN

    html = html.replace(STAND_IN, "")
    for _ in range(len(html)):
        if (filled := _INNERMOST.sub(gap, html)) == html:
            break
        html = filled
    return html, answers


def _take_sides(
    note: Note, fields: dict[str, str], made: Made, span: Span, titles: dict[str, str], found: Gathered
) -> None:
    """Add a card with the fields that its template shows on either side."""
    ahead, behind = _sides(note.type, made.number)
    front_html = "<br><br>".join(fields[one] for one in ahead if fields.get(one, "").strip())
    front = found.text(front_html, span)
    back = found.text("<br><br>".join(fields[one] for one in behind if fields.get(one, "").strip()), span)
    if not front or not back:
        return
    kind = CardKind.QUESTION if front.rstrip("*_ ").endswith("?") or len(front) > len(back) else CardKind.TERM
    own = note.guid if made.number == 0 else f"{note.guid}-{made.number + 1}"
    off = (_PICTURE,) if _has_media(front_html) else ()
    deck = titles.get(made.deck, "")
    _take_card(found, note, kind, (front, back), span, deck, own=own, off=off)


def _sides(type_: NoteType, number: int) -> tuple[list[str], list[str]]:
    """Return the names of the fields on the front and on the back of a card."""
    if number >= len(type_.templates):
        return list(type_.fields[:1]), list(type_.fields[1:])
    template = type_.templates[number]
    front = [name for name, typed in _shown(template.front, type_) if not typed]
    back = [name for name, _ in _shown(template.back, type_) if name not in front]
    return front, back or [name for name, typed in _shown(template.front, type_) if typed]


def _shown(template: str, type_: NoteType) -> Iterator[tuple[str, bool]]:
    """Yield each field that *template* shows, once, and whether it is typed there."""
    seen = set()
    for found in _FIELD.finditer(template):
        name = found[3].strip()
        if not found[1] and name not in _OWN_WORDS and name in type_.fields and name not in seen:
            seen.add(name)
            yield name, "type:" in found[2]


def _has_media(html: str) -> bool:
    return bool(read_html(html).dropped)


def entries_of(node: Node) -> list[Node]:
    """Return the entries of the first list in *node*."""
    for child in node.children:
        if isinstance(child, Node) and child.tag in {"ul", "ol"}:
            return [one for one in child.children if isinstance(one, Node) and one.tag == "li"]
    return []


def sources_of(html: str) -> tuple[Source, ...]:
    """Return the links in *html* as sources."""
    links = (entry.children[0] for entry in entries_of(parsed(html)) if entry.children)
    return tuple(
        Source(link.text(), link.attributes.get("href", ""))
        for link in links
        if isinstance(link, Node) and link.tag == "a"
    )
