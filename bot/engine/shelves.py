"""Shelves: what a group may be asked, which is the packs that ship and those that it has brought itself.

A pack that was read is kept in memory, and the version in its row proves each time that it is still the one.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Final, Protocol

from bot.core.amendments import amended
from bot.core.ids import PackId
from bot.core.own_packs import OWN, OwnPack, empty_pack, with_own
from bot.core.packs import Library
from bot.engine import codec
from bot.engine.decisions import amendments_of
from bot.engine.identities import new_channel, short
from bot.engine.recent import Recent
from bot.ports import Decided, OwnDecks
from bot.records import AmendmentRow, Place, home_of

PACKS_KEPT: Final = 200
LIBRARIES_KEPT: Final = 200
LARGE: Final = 50_000
"""A pack of more characters is read in a thread."""

TITLE: Final = "Own decks"
"""What a group's own pack is called in files; people read another word for it."""

_Heads = tuple[tuple[int, int], ...]
_Decisions = tuple[tuple[int, str, int], ...]


class _Kept(OwnDecks, Decided, Protocol):
    """What groups have brought, and what they have decided about items."""


class Shelves:
    """The library of each group."""

    def __init__(self, decks: _Kept, library: Callable[[], Library]) -> None:
        """Add what groups have in *decks* to *library*, which is everybody's."""
        self._decks = decks
        self._library = library
        self._packs: Recent[int, tuple[int, OwnPack]] = Recent(PACKS_KEPT)
        self._libraries: Recent[_Heads, tuple[Library, Library]] = Recent(LIBRARIES_KEPT)
        self._amended: Recent[_Decisions, tuple[Library, Library]] = Recent(LIBRARIES_KEPT)

    async def at(self, place: Place, workspace: str) -> Library:
        """Return what may be asked in *place*; one that leads nowhere yet is of the group of *workspace*."""
        home = home_of(place)
        group = new_channel(home, workspace).own
        library = await self._with(await self._decks.packs_at(home, group))
        return self._mended(library, await self._decks.amendments_at(home, group))

    async def of(self, group: int) -> Library:
        """Return what may be asked in a group, its union, or a group of that."""
        library = await self._with(await self._decks.packs_of(group))
        return self._mended(library, await self._decks.amendments(group))

    async def own(self, group: int) -> tuple[int, OwnPack]:
        """Return a group's own pack with its version, an empty one of version 0 where it has none."""
        row = await self._decks.pack(group)
        return (0, nothing_of(group)) if row is None else (row.version, await _read(row.body))

    async def _with(self, heads: Sequence[tuple[int, int]]) -> Library:
        base = self._library()
        if not heads:
            return base
        kept = self._libraries.get(tuple(heads))
        if kept is None or kept[0] is not base:
            packs = [await self._pack(*head) for head in heads]
            kept = base, with_own(base, packs)
            self._libraries.put(tuple(heads), kept)
        return kept[1]

    def _mended(self, library: Library, rows: Sequence[AmendmentRow]) -> Library:
        """Return *library* with what was decided about its items."""
        if not rows:
            return library
        key = tuple((row.group, row.item, row.version) for row in rows)
        kept = self._amended.get(key)
        if kept is None or kept[0] is not library:
            kept = library, amended(library, amendments_of(rows))
            self._amended.put(key, kept)
        return kept[1]

    async def _pack(self, group: int, version: int) -> OwnPack:
        kept = self._packs.get(group)
        if kept is None or kept[0] < version:
            kept = await self.own(group)
            self._packs.put(group, kept)
        return kept[1]


def nothing_of(group: int) -> OwnPack:
    """Return the pack of a group that has brought nothing yet; its id is like no other group's."""
    return empty_pack(PackId(f"{OWN}{short(f'pack of {group}')[:8]}"), TITLE)


async def _read(body: str) -> OwnPack:
    if len(body) < LARGE:
        return codec.OWN_PACK.decode(body)
    return await asyncio.to_thread(codec.OWN_PACK.decode, body)
