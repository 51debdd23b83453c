"""Unions of groups and mirrors of channels on PostgreSQL, inside a batch's transaction.

Whoever adds to boards holds the groups whose unions it counts on, so that none comes or goes meanwhile.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from bot.records import Changes, Mirror, MirrorRow, Place, Snapshot, UnionRow
from bot.store.batches import Wish
from bot.store.boards import GROWN
from bot.store.postgres.connections import Session
from bot.store.postgres.faults import ConflictError
from bot.store.unions import FEWEST, founded, keys_of, loosens, moved, touched

_OTHERS = "Others changed which union the same groups are in at the same time: try again."


async def load_places(session: Session, snapshot: Snapshot, wanted: Mapping[Place, Wish]) -> None:
    """Load the places of the channels for which that is wanted."""
    channels = sorted({channel.id for place, channel in snapshot.channels.items() if wanted[place].places})
    if not channels:
        return
    rows = await session.rows("places_of_channels", channel_ids=channels)
    for channel, places in groupby(rows, key=itemgetter(0)):
        snapshot.places[channel] = tuple(Mirror(Place(*place), group) for _, *place, group in places)


async def hold_unions(session: Session, snapshot: Snapshot) -> None:
    """Let the groups that were loaded stay in their unions until the transaction ends."""
    of = {row.own: row.group if row.group != row.own else 0 for row in snapshot.channels.values()}
    of |= {group: snapshot.unions.get(group, 0) for group in snapshot.settings if group not in of}
    of |= snapshot.unions
    loaded = sorted(of.items())
    ids, unions = [group for group, _ in loaded], [union for _, union in loaded]
    if ids and len(await session.rows("unions_hold", ids=ids, unions=unions)) < len(ids):
        raise ConflictError(_OTHERS)


async def save_unions(session: Session, rows: Sequence[UnionRow]) -> list[int]:
    """Let groups join and leave unions; return the boards made anew that should grow after the commit."""
    if not rows:
        return []
    turns, unions = moved(rows), touched(rows)
    new = founded(rows)
    if new:
        await session.rows("unions_add", ids=list(new), settings=list(new.values()))
    groups = [row.group for row in turns]
    found = await session.rows("unions_lock", ids=sorted({*groups, *unions}))
    now: dict[int, int] = {group: union for group, union in found}  # noqa: C416 - records are no pairs
    await session.rows("members_lock", unions=unions)
    if any(now.get(row.group) != row.before for row in turns):
        raise ConflictError(_OTHERS)
    await session.rows("unions_set", unions=[row.union for row in turns], ids=groups)
    return [board for union in unions for board in await _make_anew(session, union)]


async def save_mirrors(session: Session, rows: Sequence[MirrorRow]) -> None:
    """Let places lead to other channels, or to their own again."""
    if not rows:
        return
    await session.rows(
        "mirrors_lock",
        platforms=[row.place.platform for row in rows],
        external_ids=[row.place.id for row in rows],
        channel_ids=[row.channel for row in rows],
    )
    for row in rows:
        platform, id_ = row.place
        asked: dict[str, str | int] = {"platform": platform, "external_id": id_, "channel_id": row.channel}
        if await session.count("mirror_set", **asked) < 1:
            raise ConflictError(
                "A place is not there, or a round is open where it leads: end the round first."
            )


async def loosen(session: Session, changes: Changes) -> None:
    """Let places whose groups have parted lead to their own channels again."""
    if loosens(changes.rounds, changes.unions):
        await session.rows("places_loosened")


async def _make_anew(session: Session, union: int) -> list[int]:
    """Give a union the sums of its members' boards; return those that should grow.

    A union that has too few members ends.
    """
    members: list[int] = [group for (group,) in await session.rows("union_members", union_id=union)]
    if len(members) < FEWEST:
        await session.rows("unions_set", unions=[0] * len(members), ids=members)
        members = []
    large: list[int] = []
    for kind, keys in enumerate(keys_of(union)):
        await session.rows("counts_dropped", **keys._asdict())
        await session.rows("totals_dropped", **keys._asdict())
        for group in members:
            parts = {"head": keys.first, **keys_of(group)[kind]._asdict()}
            await session.rows("boards_copied", **parts)
            await session.rows("totals_copied", **parts)
        rows = await session.rows("boards_counted", most=GROWN, **keys._asdict())
        large += [board for board, room in rows if room <= 0]
    return large
