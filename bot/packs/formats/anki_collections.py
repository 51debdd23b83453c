"""Anki's collections: the database in a package, opened so that nothing in it can do harm.

A newer package has a decoy beside its real collection, which only asks for a newer Anki; the real one is
taken first. The database is opened in memory; only reading is allowed, and for so long.
"""

import io
import json
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

import zstandard

from bot.core.errors import ContentError

COLLECTIONS: Final = ("collection.anki21b", "collection.anki21", "collection.anki2")
"""The names of a package's collection, the newest first."""

LARGEST: Final = 200_000_000
"""A collection unpacks to at most so many bytes."""

MOST_NOTES: Final = 100_000
_LONGEST_VALUE: Final = 20_000_000
_STEPS: Final = 100_000
_MOST_STEPS: Final = 5_000
"""So many times :data:`_STEPS` of SQLite's own steps are made before a query is given up."""

_ZIP: Final = b"PK\x03\x04"
_HEADER: Final = b"SQLite format 3\x00"
_JOURNAL: Final = slice(18, 20)
_CLOZE: Final = 1
_READING: Final = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION})
_LEVELS: Final = "\x1f"
_CARDS: Final = "SELECT nid, ord, did FROM cards ORDER BY nid, ord LIMIT ?"
_NOTES: Final = "SELECT id, guid, mid, tags, flds FROM notes ORDER BY id LIMIT ?"
BROKEN: Final = (zipfile.BadZipFile, zstandard.ZstdError, zlib.error, OSError, ValueError, EOFError)


@dataclass(frozen=True, slots=True)
class Template:
    """The two sides of one card of a note type, as Anki's templates."""

    front: str
    back: str


@dataclass(frozen=True, slots=True)
class NoteType:
    """What the notes of one type look like."""

    name: str
    fields: tuple[str, ...] = ()
    templates: tuple[Template, ...] = ()
    cloze: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """One card that Anki made of a note: which one of its type, and the title of its deck."""

    number: int
    deck: str


@dataclass(frozen=True, slots=True)
class Note:
    """One note. *cards* may be empty in a package that was put together by hand."""

    guid: str
    type: NoteType
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    cards: tuple[Made, ...] = ()


@dataclass(frozen=True, slots=True)
class Collection:
    """What was read: every note, in the order in which they were made."""

    notes: tuple[Note, ...]
    decks: tuple[str, ...] = ()
    media: int = 0
    types: Mapping[int, NoteType] = field(default_factory=dict)


def is_package(data: bytes) -> bool:
    """Tell whether *data* is an archive that has a collection of Anki's at its top."""
    if not data.startswith(_ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return not set(COLLECTIONS).isdisjoint(archive.namelist())
    except BROKEN:
        return False


def opened_collection(data: bytes) -> Collection:
    """Return the collection in the package *data*.

    Raises ContentError, in one sentence without the file's name, for one that is broken or not safe.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            name = next(one for one in COLLECTIONS if one in names)
            packed = _bounded(archive, name)
    except StopIteration:
        raise ContentError("has no collection of Anki's in it") from None
    except (*BROKEN, NotImplementedError, RuntimeError) as error:
        raise ContentError("is broken or was cut off") from error
    database = _unpacked(packed) if name == COLLECTIONS[0] else packed
    if not database.startswith(_HEADER):
        raise ContentError("has a collection that is no database")
    media = sum(one.isdecimal() for one in names)
    try:
        with _connected(database) as connection:
            return _collection(connection, media)
    except (sqlite3.Error, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ContentError("has a collection that cannot be read") from error


def _bounded(archive: zipfile.ZipFile, name: str) -> bytes:
    entry = archive.getinfo(name)
    if entry.file_size > LARGEST:
        raise ContentError(f"has a collection of over {LARGEST // 1_000_000} MB")
    with archive.open(entry) as file:
        return file.read(LARGEST + 1)


def _unpacked(packed: bytes) -> bytes:
    try:
        with zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(packed) as stream:
            database = stream.read(LARGEST + 1)
    except BROKEN as error:
        raise ContentError("is broken or was cut off") from error
    if len(database) > LARGEST:
        raise ContentError(f"has a collection of over {LARGEST // 1_000_000} MB")
    return database


@contextmanager
def _connected(database: bytes) -> Iterator[sqlite3.Connection]:
    """Open *database* in memory, for reading plain tables only."""
    image = bytearray(database)
    image[_JOURNAL] = b"\x01\x01"  # a database in memory has no log beside it
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.deserialize(bytes(image))
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
        connection.create_collation("unicase", _unicase)
        for name in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON"):
            connection.execute(f"PRAGMA {name}")
        connection.set_authorizer(_allowed)
        steps = iter(range(_MOST_STEPS))
        connection.set_progress_handler(lambda: next(steps, None) is None, _STEPS)
        yield connection
    finally:
        connection.close()


def _allowed(action: int, *_: object) -> int:
    return sqlite3.SQLITE_OK if action in _READING else sqlite3.SQLITE_DENY


def _unicase(one: str, other: str) -> int:
    """Compare two names as Anki does, whatever their case."""
    left, right = one.casefold(), other.casefold()
    return (left > right) - (left < right)


def _collection(connection: sqlite3.Connection, media: int) -> Collection:
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    tables = {str(name) for (name,) in found}
    if not {"notes", "cards"} <= tables:
        raise ValueError("no notes")
    types = _types(connection) if "notetypes" in tables else _old_types(connection)
    decks = _decks(connection) if "decks" in tables else _old_decks(connection)
    made: dict[int, list[Made]] = {}
    for note, number, deck in connection.execute(_CARDS, (10 * MOST_NOTES,)):
        made.setdefault(int(note), []).append(Made(int(number), decks.get(int(deck), "")))
    notes = [_note(row, types, made) for row in connection.execute(_NOTES, (MOST_NOTES + 1,))]
    if len(notes) > MOST_NOTES:
        raise ContentError(f"holds over {MOST_NOTES:,} notes; export a deck at a time")
    return Collection(tuple(notes), tuple(decks.values()), media, types)


def _note(row: tuple[object, ...], types: Mapping[int, NoteType], made: Mapping[int, list[Made]]) -> Note:
    own, guid, type_, tags, fields = row
    return Note(
        str(guid),
        types.get(int(str(type_)), NoteType("")),
        tuple(str(fields).split(_LEVELS)),
        tuple(str(tags).split()),
        tuple(made.get(int(str(own)), ())),
    )


# ------------------------------------------------------------------------------------- the schema up to 2.1


def _old_types(connection: sqlite3.Connection) -> dict[int, NoteType]:
    (models,) = connection.execute("SELECT models FROM col").fetchone()
    return {int(own): _old_type(one) for own, one in json.loads(models).items()}


def _old_type(model: Mapping[str, object]) -> NoteType:
    fields, templates = model["flds"], model["tmpls"]
    if not isinstance(fields, list) or not isinstance(templates, list):
        raise TypeError("no list")
    return NoteType(
        str(model["name"]),
        tuple(str(one["name"]) for one in fields),
        tuple(Template(str(one["qfmt"]), str(one["afmt"])) for one in templates),
        model.get("type") == _CLOZE,
    )


def _old_decks(connection: sqlite3.Connection) -> dict[int, str]:
    (decks,) = connection.execute("SELECT decks FROM col").fetchone()
    return {int(own): str(one["name"]) for own, one in json.loads(decks).items()}


# ----------------------------------------------------------------------------------------- the newer schema


def _types(connection: sqlite3.Connection) -> dict[int, NoteType]:
    fields: dict[int, list[str]] = {}
    for own, name in connection.execute("SELECT ntid, name FROM fields ORDER BY ntid, ord LIMIT 100000"):
        fields.setdefault(int(own), []).append(str(name))
    templates: dict[int, list[Template]] = {}
    for own, config in connection.execute(
        "SELECT ntid, config FROM templates ORDER BY ntid, ord LIMIT 100000"
    ):
        said = _message(config)
        sides = (said.get(number, b"") for number in (1, 2))
        templates.setdefault(int(own), []).append(
            Template(*(side.decode("utf-8", "replace") if isinstance(side, bytes) else "" for side in sides))
        )
    return {
        int(own): NoteType(
            str(name),
            tuple(fields.get(int(own), ())),
            tuple(templates.get(int(own), ())),
            _message(config).get(1) == _CLOZE,
        )
        for own, name, config in connection.execute("SELECT id, name, config FROM notetypes LIMIT 10000")
    }


def _decks(connection: sqlite3.Connection) -> dict[int, str]:
    rows = connection.execute("SELECT id, name FROM decks LIMIT 100000")
    return {int(own): str(name).replace(_LEVELS, "::") for own, name in rows}


def _message(data: bytes) -> dict[int, int | bytes]:
    """Return the numbers and texts at the top of a protocol buffer; the last of a field counts."""
    found: dict[int, int | bytes] = {}
    at = 0
    while at < len(data):
        key, at = _number(data, at)
        match key & 7:
            case 0:
                found[key >> 3], at = _number(data, at)
            case 1:
                at += 8
            case 2:
                size, at = _number(data, at)
                found[key >> 3] = data[at : at + size]
                at += size
            case 5:
                at += 4
            case _:
                raise ValueError("no protocol buffer")
    return found


def _number(data: bytes, at: int) -> tuple[int, int]:
    """Return the number that begins at *at*, and where it has ended."""
    value = shift = 0
    while at < len(data) and shift < 70:  # noqa: PLR2004 - ten bytes of seven bits are the longest there is
        value |= (data[at] & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if not data[at - 1] & 0x80:
            return value, at
    raise ValueError("no protocol buffer")
