"""All files of a pack."""

from collections.abc import Iterable

from bot.core.packs import Pack
from bot.packs.blueprints import Blueprint
from bot.packs.folders import MANIFEST
from bot.packs.writing.blueprints import blueprint_file, manifest_file
from bot.packs.writing.decks import card_file, deck_file
from bot.packs.writing.studies import lab_file, note_file


def pack_files(pack: Pack, blueprints: Iterable[Blueprint] = ()) -> dict[str, bytes]:
    """Return the files of *pack* by name, with ``/`` behind a folder; reading them gives *pack* again."""
    files = {MANIFEST: manifest_file(pack)}
    files |= {f"blueprints/{one.id}.yaml": blueprint_file(one) for one in blueprints}
    files |= {f"decks/{_own(deck.id)}.yaml": deck_file(deck) for deck in pack.decks}
    files |= {f"cards/{_own(deck.id)}.yaml": card_file(deck) for deck in pack.cards}
    files |= {f"notes/{_own(note.id)}.md": note_file(note) for note in pack.notes}
    files |= {f"labs/{_own(lab.id)}.yaml": lab_file(lab) for lab in pack.labs}
    return files


def _own(id_: str) -> str:
    return id_.partition("/")[2]
