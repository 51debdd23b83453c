"""Unions of groups and mirrors of channels on SQLite, inside a batch's transaction."""

import json
import sqlite3
from collections.abc import Mapping, Sequence

from bot.core.errors import StoreError
from bot.records import Changes, Mirror, MirrorRow, Place, Snapshot, UnionRow
from bot.store.batches import Wish
from bot.store.boards import GROWN
from bot.store.sqlite.boards import grow
from bot.store.unions import FEWEST, founded, keys_of, loosens, moved, touched


def load_places(
    cursor: sqlite3.Cursor, sql: Mapping[str, str], snapshot: Snapshot, wanted: Mapping[Place, Wish]
) -> None:
    """Load the places of the channels for which that is wanted."""
    channels = {channel.id for place, channel in snapshot.channels.items() if wanted[place].places}
    for channel in sorted(channels):
        rows = cursor.execute(sql["places_of_channel"], {"channel_id": channel})
        snapshot.places[channel] = tuple(Mirror(Place(*place), group) for *place, group in rows)


def save_unions(cursor: sqlite3.Cursor, sql: Mapping[str, str], rows: Sequence[UnionRow]) -> None:
    """Let groups join and leave unions, and make the boards of these anew."""
    if not rows:
        return
    turns = moved(rows)
    for union, settings in founded(rows).items():
        cursor.execute(sql["union_add"], {"id": union, "settings": settings})
    ids = json.dumps([row.group for row in turns])
    if cursor.execute(sql["unions_now"], {"ids": ids}).fetchall() != [
        (row.group, row.before) for row in turns
    ]:
        raise StoreError("A group is not there, or others changed which union it is in: load it first.")
    for row in turns:
        cursor.execute(sql["union_set"], {"union_id": row.union, "id": row.group})
    for union in touched(turns):
        _make_anew(cursor, sql, union)


def save_mirrors(cursor: sqlite3.Cursor, sql: Mapping[str, str], rows: Sequence[MirrorRow]) -> None:
    """Let places lead to other channels, or to their own again."""
    for row in rows:
        platform, id_ = row.place
        asked = {"platform": platform, "external_id": id_, "channel_id": row.channel}
        if cursor.execute(sql["mirror_set"], asked).rowcount < 1:
            raise StoreError("A place is not there, or a round is open where it leads: end the round first.")


def loosen(cursor: sqlite3.Cursor, sql: Mapping[str, str], changes: Changes) -> None:
    """Let places whose groups have parted lead to their own channels again."""
    if loosens(changes.rounds, changes.unions):
        cursor.execute(sql["places_loosened"])


def _make_anew(cursor: sqlite3.Cursor, sql: Mapping[str, str], union: int) -> None:
    """Give a union the sums of its members' boards; one that has too few members ends."""
    members = [group for (group,) in cursor.execute(sql["union_members"], {"union_id": union})]
    if len(members) < FEWEST:
        for group in members:
            cursor.execute(sql["union_set"], {"union_id": 0, "id": group})
        members = []
    for kind, keys in enumerate(keys_of(union)):
        cursor.execute(sql["counts_dropped"], keys._asdict())
        cursor.execute(sql["totals_dropped"], keys._asdict())
        for group in members:
            parts = {"head": keys.first, **keys_of(group)[kind]._asdict()}
            cursor.execute(sql["boards_copied"], parts)
            cursor.execute(sql["totals_copied"], parts)
        asked = {"most": GROWN, **keys._asdict()}
        for board, room in cursor.execute(sql["boards_counted"], asked).fetchall():
            if room <= 0:
                grow(cursor, sql, board)
