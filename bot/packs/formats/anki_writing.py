"""Packs written as .apkg: a deck of Anki's for each deck, with ids that stay, so that a later one updates.

Anki takes over a note that it has already when the new one is younger. How old a note is follows from the
version of the pack, so that the same pack gives the same file; raise the version to have changes taken over.
"""

import itertools
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, Final

from bot.core.cards import Card, CardDeck, CardKind
from bot.core.items import Item
from bot.core.packs import Deck, Pack
from bot.packs.formats.anki_models import BACKS, FIELDS, FRONTS, STYLE, Model
from bot.packs.formats.exported import Exported, LeftOut
from bot.packs.formats.markdown_html import html_of
from bot.packs.formats.study_html import (
    STAND_IN,
    accepted_html,
    answer_html,
    details_left_out,
    feedback_html,
    options_html,
    prompt_html,
    sources_html,
    with_stand_ins,
)

if TYPE_CHECKING:
    import genanki  # type: ignore[import-untyped]

_KINDS: Final = {
    CardKind.TERM: Model.TERM,
    CardKind.QUESTION: Model.QUESTION,
    CardKind.CLOZE: Model.CLOZE,
}
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_FIRST: Final = datetime(2020, 1, 1, tzinfo=UTC)
_YEARS: Final = range(2021, 2200)
_NO_PLACE: Final = "Anki has no place for it"


def write(pack: Pack) -> Exported:
    """Return *pack* as one .apkg, and everything that is not in it."""
    left_out: list[LeftOut] = []
    decks = _decks(pack, left_out)
    left_out += [LeftOut(note.id, "the note", _NO_PLACE) for note in pack.notes]
    left_out += [LeftOut(lab.id, "the lab", _NO_PLACE) for lab in pack.labs]
    database = _database(decks, made_on(pack.version).timestamp())
    return Exported({f"{pack.id}.apkg": _zipped(database)}, tuple(left_out))


def made_on(version: str) -> datetime:
    """Return a day that grows with *version*: the date that it is, or so many days after the first one."""
    numbers = [int(one) for one in re.findall(r"\d{1,6}", version)][:3]
    first, second, third = (*numbers, 0, 0, 0)[:3]
    if first in _YEARS:
        start = datetime(first, min(max(second, 1), 12), 1, tzinfo=UTC)
        return start + timedelta(hours=min(third, 700))
    return _FIRST + timedelta(seconds=min(first, 50) * 1_000_000 + min(second, 999) * 1_000 + min(third, 999))


def _decks(pack: Pack, left_out: list[LeftOut]) -> list["genanki.Deck"]:
    """Return a deck of Anki's for each title under which the pack has items or cards."""
    import genanki  # noqa: PLC0415 - its import is not free

    models = {model: _model(model) for model in Model}
    found: dict[str, genanki.Deck] = {}

    def deck_for(deck: Deck | CardDeck) -> "genanki.Deck":
        name = f"{_part(pack.title)}::{_part(deck.title)}"
        return found.setdefault(name, genanki.Deck(_number(deck.id), name, escape(deck.description)))

    for deck in pack.decks:
        for item in deck.items:
            _add(deck_for(deck), models[Model.ITEM], item, _item_fields(item), pack)
            left_out.extend(LeftOut(item.id, what, _NO_PLACE) for what in details_left_out(item))
    for cards in pack.cards:
        for card in cards.cards:
            model = _KINDS[card.kind]
            _add(deck_for(cards), models[model], card, _card_fields(card), pack)
            left_out.extend(LeftOut(card.id, what, _NO_PLACE) for what in card_left_out(card))
    return list(found.values())


def _add(
    deck: "genanki.Deck", model: "genanki.Model", thing: Item | Card, fields: tuple[str, ...], pack: Pack
) -> None:
    import genanki  # noqa: PLC0415 - as above

    class Note(genanki.Note):  # type: ignore[misc] # the library has no types
        """A note whose words are HTML already, which the library need not guess."""

        def _check_invalid_html_tags_in_fields(self) -> None:
            pass

    tags = [tag_of(pack.topics.get(thing.topic, thing.topic))]
    deck.add_note(Note(model=model, fields=list(fields), guid=str(thing.id), tags=tags))


def _card_fields(card: Card) -> tuple[str, ...]:
    sources = sources_html(card.sources)
    if card.kind is not CardKind.CLOZE:
        return html_of(card.front), html_of(card.back), sources
    also = accepted_html(card.blanks) if any(len(blank.accept) > 1 for blank in card.blanks) else ""
    return cloze_html(card), html_of(card.back) if card.back else "", also, sources


def cloze_html(card: Card) -> str:
    """Return the front of a cloze with its answers in it; all gaps are of one number, so one card has all."""
    text = html_of(with_stand_ins(card.front)).replace("{{", "&#123;&#123;")
    answers = (blank.accept[0] for blank in card.blanks)
    return re.sub(STAND_IN, lambda _: f"{{{{c1::{_hidden(next(answers))}}}}}", text)


def _hidden(answer: str) -> str:
    """Return *answer* as it can stand in a cloze, whose own signs it may hold."""
    safe = escape(answer, quote=False)
    return safe.replace("{", "&#123;").replace("}", "&#125;").replace(":", "&#58;")


def _item_fields(item: Item) -> tuple[str, ...]:
    return (
        prompt_html(item),
        options_html(item),
        answer_html(item),
        html_of(item.explanation) if item.explanation else "",
        feedback_html(item.options),
        item.kind.value,
        sources_html(item.sources),
    )


def card_left_out(card: Card) -> Iterator[str]:
    """Yield what of *card* Anki does not hold."""
    told = {
        "that a blank is exact": any(blank.exact for blank in card.blanks),
        "the date until which it is valid": card.valid_until,
        "the other blueprints that it serves": card.serves,
    }
    yield from (what for what, there in told.items() if there)


def tag_of(topic: str) -> str:
    """Return *topic* as a tag, which holds no space."""
    return "_".join(topic.split()).replace("::", ":") or "_"


def _model(model: Model) -> "genanki.Model":
    import genanki  # noqa: PLC0415 - as above

    return genanki.Model(
        _number(model),
        model.value,
        fields=[{"name": name} for name in FIELDS[model]],
        templates=[{"name": "Card", "qfmt": FRONTS[model], "afmt": BACKS[model]}],
        css=STYLE,
        model_type=genanki.Model.CLOZE if model is Model.CLOZE else genanki.Model.FRONT_BACK,
    )


def _part(title: str) -> str:
    """Return *title* as one level of a deck's name."""
    return title.replace("::", ":")


def _number(text: str) -> int:
    """Return a number for *text* that is always the same, of the size that Anki gives its own."""
    return int.from_bytes(sha256(f"studyhall {text}".encode()).digest()[:5], "big") + (1 << 40)


def _database(decks: list["genanki.Deck"], stamp: float) -> bytes:
    import genanki  # noqa: PLC0415 - as above

    numbers = itertools.count(int(stamp * 1000))
    with closing(sqlite3.connect(":memory:")) as connection:
        genanki.Package(decks).write_to_db(connection.cursor(), stamp, numbers)
        connection.commit()
        return connection.serialize()


def _zipped(database: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (("collection.anki2", database), ("media", b"{}")):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()
