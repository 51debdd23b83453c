"""Unions of groups and mirrors of channels in memory."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from bot.core.errors import StoreError
from bot.records import Changes, Mirror, MirrorRow, Place, RoundRow, Snapshot, UnionRow
from bot.store.batches import Wish
from bot.store.boards import Held
from bot.store.unions import FEWEST, Keys, founded, keys_of, loosens, moved, touched


class MemoryUnions:
    """Who belongs to whom, over dictionaries."""

    _group_of: dict[int, int]
    _open: dict[int, str]
    _boards: defaultdict[str, dict[int, Held]]

    def __init__(self) -> None:
        super().__init__()
        self._settings: dict[int, str] = {}
        self._unions: dict[int, int] = {}
        self._places: dict[Place, int] = {}
        self._own: dict[Place, int] = {}

    def _kin(self, group: int) -> set[int]:
        """Return whose rows are those of *group*: its own, and those of all that are in one union with it."""
        union = self._unions.get(group, group)
        return {group, *(one for one, of in self._unions.items() if of == union)}

    def _chosen(self, groups: Iterable[int]) -> Iterator[tuple[int, str, int | None, str]]:
        """Yield what *groups* and their unions have chosen."""
        for group in groups:
            if group in self._settings:
                union = self._unions.get(group)
                yield group, self._settings[group], union, self._settings[union or group]

    def _load_places(self, snapshot: Snapshot, wanted: Mapping[Place, Wish]) -> None:
        for channel in {row.id for place, row in snapshot.channels.items() if wanted[place].places}:
            places = sorted(place for place, to in self._places.items() if to == channel)
            snapshot.places[channel] = tuple(Mirror(place, self._own_group(place)) for place in places)

    def _own_group(self, place: Place) -> int:
        return self._group_of[self._own.get(place, self._places[place])]

    def _refuse_moved_groups(self, changes: Changes) -> None:
        """Raise StoreError when a group is no longer in the union that it was loaded in."""
        if any(self._unions.get(row.group, 0) != row.before for row in moved(changes.unions)):
            raise StoreError("A group is not there, or others changed which union it is in: load it first.")

    def _refuse_played_mirrors(self, changes: Changes, rounds: Collection[RoundRow]) -> None:
        """Raise StoreError for a place that is not there, or with a round open where it leads to, or will."""
        ended = {row.id for row in rounds if not row.open}
        busy = {channel for channel, round_ in self._open.items() if round_ not in ended}
        places = self._places | {
            row.place: row.id for row in changes.channels if row.place not in self._places
        }
        for row in changes.mirrors:
            if row.place not in places or not busy.isdisjoint({places[row.place], row.channel}):
                raise StoreError(
                    "A place is not there, or a round is open where it leads: end the round first."
                )

    def _save_unions(self, rows: Sequence[UnionRow]) -> None:
        for union, settings in founded(rows).items():
            self._settings.setdefault(union, settings)
        turns = moved(rows)
        for row in turns:
            self._unions.pop(row.group, None)
            if row.union:
                self._unions[row.group] = row.union
        for union in touched(turns):
            self._make_anew(union)

    def _make_anew(self, union: int) -> None:
        """Give a union the sums of its members' boards; one that has too few members ends."""
        members = sorted(group for group, of in self._unions.items() if of == union)
        if len(members) < FEWEST:
            for group in members:
                del self._unions[group]
            members = []
        for kind, keys in enumerate(keys_of(union)):
            for key in self._among(keys):
                del self._boards[key]
            for group in members:
                self._add_parts(keys.first, keys_of(group)[kind])

    def _add_parts(self, head: str, keys: Keys) -> None:
        for key in self._among(keys):
            board = self._boards[head + key.removeprefix(keys.first)]
            for learner, part in self._boards[key].items():
                points, answers, right, _ = board.get(learner, Held())
                board[learner] = Held(points + part.points, answers + part.answers, right + part.right)

    def _among(self, keys: Keys) -> list[str]:
        return [key for key in self._boards if keys.first <= key < keys.after]

    def _save_mirrors(self, rows: Iterable[MirrorRow]) -> None:
        for row in rows:
            own = self._own.pop(row.place, self._places[row.place])
            self._places[row.place] = row.channel
            if own != row.channel:
                self._own[row.place] = own

    def _loosen(self, changes: Changes) -> None:
        """Let places whose groups have parted lead to their own channels again, unless a round is open."""
        if not loosens(changes.rounds, changes.unions):
            return
        for place, own in list(self._own.items()):
            ours, theirs = self._group_of[own], self._group_of[self._places[place]]
            parted = self._unions.get(ours, ours) != self._unions.get(theirs, theirs)
            if parted and self._places[place] not in self._open:
                self._places[place] = self._own.pop(place)
