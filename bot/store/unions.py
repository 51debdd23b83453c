"""Unions of groups and mirrors of channels: the bookkeeping that every store shares.

A union's boards are the sums of its members', by key: nothing else of a group is ever copied, so whoever
leaves has again what was there before, with what was earned meanwhile.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.records import Mirror, Place, RoundRow, Snapshot, UnionRow
from bot.store.batches import Wish

FEWEST = 2
"""A union of fewer members is none."""


class Keys(NamedTuple):
    """The keys of a kind of boards of a group: they begin with *first*, and stand before *after*."""

    first: str
    after: str


def keys_of(group: int) -> tuple[Keys, Keys]:
    """Return the keys of a group's boards: its own, and those of its topics."""
    return Keys(f"g:{group}|", f"g:{group}}}"), Keys(f"t:{group}:", f"t:{group};")


def moved(rows: Iterable[UnionRow]) -> list[UnionRow]:
    """Return one row for each group, in order: from the union that the first found to the last one's."""
    found: dict[int, UnionRow] = {}
    for row in rows:
        found[row.group] = row._replace(before=found.get(row.group, row).before)
    return [found[group] for group in sorted(found)]


def founded(rows: Iterable[UnionRow]) -> dict[int, str]:
    """Return the unions that somebody joins, with the settings of those that are new."""
    found: dict[int, str] = {}
    for row in rows:
        if row.union:
            found[row.union] = found.get(row.union) or row.settings
    return dict(sorted(found.items()))


def touched(rows: Iterable[UnionRow]) -> list[int]:
    """Return the unions that somebody leaves or joins, each once, in order."""
    return sorted({union for row in rows for union in (row.before, row.union) if union})


def sided(snapshot: Snapshot, wanted: Mapping[Place, Wish]) -> set[int]:
    """Return the own groups of rounds of which everyone is wanted, where these groups may be in unions."""
    return {
        group
        for place, row in snapshot.rounds.items()
        if wanted[place].everyone and (row.mirrors or snapshot.channels[place].group != row.group)
        for group in (row.group, *(mirror.group for mirror in row.mirrors))
    }


def add_settings(snapshot: Snapshot, rows: Iterable[tuple[int, str, int | None, str]]) -> None:
    """Add what groups and their unions have chosen: (group, settings, union, its settings)."""
    for group, settings, union, joint in rows:
        snapshot.settings[group] = settings
        if union is not None:
            snapshot.unions[group] = union
            snapshot.settings[union] = joint


def loosens(rounds: Iterable[RoundRow], unions: Sequence[UnionRow]) -> bool:
    """Tell whether places may have to lead to their own channels again."""
    return bool(unions) or any(row.mirrors and not row.open for row in rounds)


def mirrors_text(mirrors: Iterable[Mirror]) -> str:
    """Return *mirrors* as they are kept."""
    rows = [[*mirror.place, mirror.group] for mirror in mirrors]
    return json.dumps(rows, separators=(",", ":")) if rows else ""


def mirrors_of(text: str) -> tuple[Mirror, ...]:
    """Return the mirrors that *text* holds."""
    return tuple(Mirror(Place(platform, id_), group) for platform, id_, group in json.loads(text or "[]"))
