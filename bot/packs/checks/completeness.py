"""What is missing from a pack that prepares for an exam: sources, and parts of notes; and what is off."""

from bot.core.cards import Card
from bot.core.items import Item
from bot.core.labs import Lab
from bot.core.notes import Note
from bot.core.packs import Pack
from bot.packs.checks.places import Ledger
from bot.packs.fields import Fields
from bot.packs.origins import Origins
from bot.packs.problems import Code
from bot.packs.sections import CHECKPOINTS, KEY_TERMS, NEEDED, OBJECTIVES, named

_FORMS = {
    OBJECTIVES: "bullets such as `- Choose a file format for a query.`",
    KEY_TERMS: "bullets such as `- **Term**: its meaning.`",
    CHECKPOINTS: "questions such as `### Which one?`, each with its answer below",
}


def check_completeness(pack: Pack, origins: Origins, ledger: Ledger) -> None:
    """Report what is switched off, and where a blueprint makes a pack answer for more, what is missing."""
    for deck in pack.decks:
        for item in deck.items:
            _check_entry(item, origins.entries[_own(item.id)], pack, ledger)
    for card_deck in pack.cards:
        for card in card_deck.cards:
            _check_entry(card, origins.entries[_own(card.id)], pack, ledger)
    for note in pack.notes:
        _check_entry(note, origins.notes[_own(note.id)], pack, ledger)
        if pack.blueprint is not None:
            _check_sections(note, origins, ledger)
    for lab in pack.labs:
        _check_entry(lab, origins.labs[_own(lab.id)], pack, ledger)


def _check_entry(entry: Item | Card | Note | Lab, place: Fields, pack: Pack, ledger: Ledger) -> None:
    if entry.off:
        ledger.at(place).report(
            Code.SWITCHED_OFF,
            place.line_of("off"),
            f"This is switched off ({entry.off.rstrip('.')}).",
            "Decide what is right, mend it, and delete `off`.",
        )
    elif pack.blueprint is not None and not entry.sources:
        ledger.at(place).report(
            Code.MISSING_SOURCE,
            place.line,
            "This names no page that proves it.",
            "Add `sources:` with `- {title: ..., url: https://...}`.",
        )


def _check_sections(note: Note, origins: Origins, ledger: Ledger) -> None:
    """Report each section that a note for an exam lacks, and those that hold nothing that can be used."""
    own = _own(note.id)
    body = origins.bodies[own]
    spot = ledger.spot(body.spot.findings.file, body.spot.item)
    held = {OBJECTIVES: note.objectives, KEY_TERMS: note.terms, CHECKPOINTS: note.checkpoints}
    there = {named(section.heading) for section in note.sections if section.body}
    for name in NEEDED:
        if name not in there:
            message, mend = f"The note has no section `{name}`", f"Write it below a line `## {name}`."
        elif not held.get(name, True):
            message, mend = f"The section `{name}` has nothing to take apart", f"Write {_FORMS[name]}."
        else:
            continue
        spot.report(Code.MISSING_SECTION, body.line, f"{message}.", mend)
    for one in note.checkpoints:
        if not one.answer:
            spot.report(
                Code.MISSING_ANSWER,
                body.line + _line_of(one.ask, body.text),
                f"The checkpoint question `{one.ask}` has no answer.",
                "Write the answer below it, in one to four sentences.",
            )


def _line_of(asked: str, text: str) -> int:
    """Return the line of *text*, from 0, that has the heading *asked*."""
    lines = enumerate(text.split("\n"))
    return next((number for number, line in lines if line.lstrip().startswith("###") and asked in line), 0)


def _own(id_: str) -> str:
    return id_.partition("/")[2]
