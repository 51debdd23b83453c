"""Uploads: files that somebody sent, read before anything of them is kept.

Reading takes a while and needs no place in a transaction. What is kept names the version of the pack that it
was made from, so that nothing that others did meanwhile is overwritten.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from bot.core import deck_effects as dx
from bot.core import effects as fx
from bot.core.deck_effects import DecksRefused, DeckTrouble
from bot.core.errors import ContentError
from bot.core.groups import organises
from bot.core.own_packs import OwnPack
from bot.core.packs import Pack
from bot.engine import codec
from bot.engine.events import Event, Incoming, Reading, Reply
from bot.engine.here import Here, look_around
from bot.engine.shelves import Shelves
from bot.ports import Formats, Store
from bot.wording.cleaning import clean_line, shorten

LARGEST: Final = 8_000_000
"""So many bytes one upload may have, of all its files together."""

MOST_FILES: Final = 10
LONGEST_NAME: Final = 80


class ReadingLimits(NamedTuple):
    """How many *seconds* the files of one upload may take, and how many *characters* a group's own pack."""

    seconds: float = 60.0
    characters: int = 24_000_000


class NoFormats:
    """The formats of a program that has none: nothing can be read or written."""

    names: Sequence[str] = ()

    def read(self, files: Sequence[tuple[str, bytes]], _before: OwnPack) -> tuple[OwnPack, dx.UploadReport]:
        """Raise ContentError."""
        raise ContentError(f"No file can be read here, so {files[0][0]} was not.")

    def write(self, _pack: Pack, format_: str) -> dx.FileGiven:
        """Raise ContentError."""
        raise ContentError(f"Nothing can be written as {format_} here.")


class Uploads:
    """Reads what is sent."""

    def __init__(
        self, store: Store, shelves: Shelves, formats: Formats, limits: ReadingLimits | None = None
    ) -> None:
        """Look around in *store*; *formats* reads what is sent, within *limits*."""
        self._store = store
        self._shelves = shelves
        self._formats = formats
        self._limits = limits or ReadingLimits()
        self._busy: set[int] = set()

    async def read(self, event: Event) -> Event | Reply:
        """Return *event* with what its files hold, or why nothing is read."""
        here = await look_around(self._store, event)
        group = here.channel.own
        refused = refusal_of(event, here) or _refused_files(event.files)
        if refused is None and group in self._busy:
            refused = DecksRefused(DeckTrouble.BUSY)
        if refused is not None:
            return Reply((refused,))
        self._busy.add(group)
        reading = asyncio.create_task(self._reading(group, event.files), name="read an upload")
        reading.add_done_callback(lambda _: self._busy.discard(group))
        found = await self._waited(reading)
        if isinstance(found, DecksRefused):
            return Reply((found,))
        return replace(event, reading=found, own=group, files=())

    async def _waited(self, reading: asyncio.Task[Reading | DecksRefused]) -> Reading | DecksRefused:
        """Return what was read, if it is in time; until it ends no other files are read for the group."""
        done, _ = await asyncio.wait({reading}, timeout=self._limits.seconds)
        if done:
            return reading.result()
        reading.add_done_callback(lambda late: late.cancelled() or late.exception())
        return DecksRefused(DeckTrouble.TOOK_TOO_LONG)

    async def _reading(self, group: int, incoming: Sequence[Incoming]) -> Reading | DecksRefused:
        try:
            files = [(name_of(file), await file.fetch()) for file in incoming]
        except ContentError as error:
            return DecksRefused(DeckTrouble.FILE_GONE, str(error))
        if sum(len(data) for _, data in files) > LARGEST:
            return DecksRefused(DeckTrouble.FILE_TOO_LARGE)
        version, before = await self._shelves.own(group)
        try:
            return await asyncio.to_thread(self._made, version, before, files)
        except ContentError as error:
            return DecksRefused(DeckTrouble.NOT_READ, str(error))

    def _made(
        self, version: int, before: OwnPack, files: Sequence[tuple[str, bytes]]
    ) -> Reading | DecksRefused:
        after, report = self._formats.read(files, before)
        text = codec.OWN_PACK.encode(after)
        if len(text) > self._limits.characters:
            return DecksRefused(DeckTrouble.PACK_TOO_LARGE)
        return Reading(version, text, report)


def refusal_of(event: Event, here: Here, *, organisers: bool = True) -> fx.Reply | None:
    """Return why the sender may do nothing about the decks of the place; None when they may.

    What everybody may do is not for *organisers* alone.
    """
    if event.account is None or not event.workspace:
        return DecksRefused(DeckTrouble.NO_GROUP)
    organiser = event.organiser or organises(here.settings, (event.account.id, *event.roles))
    return None if organiser or not organisers else fx.CommandRefused(fx.Refusal.NOT_ORGANISER)


def name_of(file: Incoming) -> str:
    """Return what a file is called: one visible line, without the folders that it comes from."""
    last = clean_line(file.name).replace("\\", "/").rpartition("/")[2].strip()
    return shorten(last, LONGEST_NAME) or "file"


def _refused_files(files: Sequence[Incoming]) -> DecksRefused | None:
    if not files:
        return DecksRefused(DeckTrouble.NO_FILE)
    if len(files) > MOST_FILES:
        return DecksRefused(DeckTrouble.TOO_MANY_FILES)
    if sum(file.size for file in files) > LARGEST:
        return DecksRefused(DeckTrouble.FILE_TOO_LARGE)
    return None
