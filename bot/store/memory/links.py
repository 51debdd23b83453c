"""Learners that are one person, and codes that link, in memory."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from bot.core.errors import StoreError
from bot.records import (
    Account,
    Asked,
    AttemptRow,
    Changes,
    CodeRow,
    DoubledRow,
    HidingRow,
    JoinRow,
    ParticipantRow,
    RoundRow,
    Snapshot,
    TotalRow,
    TryRow,
)
from bot.store.batches import looked_up
from bot.store.joins import MOST_TRIES, Turns, as_persons, sums, turned
from bot.store.memory.own_packs import MemoryOwnPacks


class MemoryLinks(MemoryOwnPacks):
    """Who is one person with whom, over dictionaries."""

    _accounts: dict[Account, int]
    _attempts: dict[tuple[str, int], AttemptRow]
    _hidden: set[int]
    _names: dict[int, str]
    _participants: defaultdict[str, dict[int, ParticipantRow]]
    _rounds: dict[str, RoundRow]

    def __init__(self) -> None:
        super().__init__()
        self._joined: dict[int, int] = {}
        self._hid: dict[int, bool] = {}
        self._own_of: dict[Account, int] = {}
        self._codes: dict[str, CodeRow] = {}
        self._tries: list[TryRow] = []
        self._void: set[tuple[str, int]] = set()

    async def code(self, hash_: str) -> CodeRow | None:
        """Return the code of this hash, used or not; None when there is none."""
        return self._codes.get(hash_)

    async def selves(self, account: Account) -> Sequence[tuple[Account, int, str]]:
        """Return the accounts of the person behind *account*, each with its own learner and name."""
        members = self._selves_of(account)
        found = ((one, self._own_of.get(one, learner)) for one, learner in self._accounts.items())
        return sorted((one, own, self._names[own]) for one, own in found if own in members)

    async def at_same(self, learner: int, other: int) -> Sequence[DoubledRow]:
        """Return what one learner answered that another answered too, by question."""
        counted = sorted(self._attempts.keys() - self._void)
        rows = [self._attempts[key] for key in counted if key[1] == learner]
        there = (row for row in rows if (row.question, other) in self._attempts)
        return [DoubledRow(row, self._rounds[row.round].place) for row in there]

    async def together(self, learner: int, other: int) -> bool:
        """Tell whether two own learners take part in the same open round."""
        rounds = (self._participants[id_].values() for id_ in self._open.values())
        playing = ({part.own or part.learner for part in parts} for parts in rounds)
        return any({learner, other} <= members for members in playing)

    async def kin(self, group: int) -> Sequence[tuple[int, str]]:
        """Return the groups that are in one union with *group*, itself included, each with its platform."""
        kin = self._kin(group)
        of = (
            (self._group_of[self._own.get(place, to)], place.platform) for place, to in self._places.items()
        )
        return sorted({one: platform for one, platform in of if one in kin}.items())

    def _selves(self, own: int) -> set[int]:
        """Return whose rows are an own learner's: theirs, and those of all who are one person with them."""
        person = self._joined.get(own)
        return {own, *(one for one, to in self._joined.items() if to == person)}

    def _selves_of(self, account: Account) -> set[int]:
        """Return the own learners of the person behind *account*."""
        learner = self._own_of.get(account, self._accounts.get(account))
        return set() if learner is None else self._selves(learner)

    def _person(self, own: int) -> int:
        return self._joined.get(own, own)

    def _parts_of(self, account: Account, round_: str) -> list[ParticipantRow]:
        """Return the rows of a person in a round, those of *account* itself first."""
        own, members = self._own_of.get(account, self._accounts.get(account)), self._selves_of(account)
        rows = [row for row in self._participants[round_].values() if (row.own or row.learner) in members]
        return sorted(rows, key=lambda row: ((row.own or row.learner) != own, row.learner))

    def _load_person(self, snapshot: Snapshot, account: Account, round_: str) -> None:
        """Note as whom an account plays in a round that is or was part of a person."""
        if account not in self._own_of:
            return
        rows = [(account, *row[1:]) for row in self._parts_of(account, round_)]
        if parts := as_persons(snapshot, round_, rows):
            snapshot.participants.setdefault(round_, {}).update(parts)

    def _load_codes(self, snapshot: Snapshot, asked: Sequence[Asked]) -> None:
        for hash_, account in looked_up(asked):
            if hash_ in self._codes:
                snapshot.codes[hash_] = self._codes[hash_]
            times = sorted((row.at for row in self._tries if row.account == account), reverse=True)
            snapshot.tries[account] = tuple(times[:MOST_TRIES])

    def _refuse_overtaken_links(self, changes: Changes) -> None:
        """Raise StoreError when a code was used before, or a person is another one."""
        made = {row.hash: row.used for row in changes.codes if not row.used}
        known = {hash_: row.used for hash_, row in self._codes.items()} | made
        if any(known.get(row.hash, True) for row in changes.codes if row.used):
            raise StoreError("A code was used by others meanwhile: load it, then decide again.")
        turns = turned(changes.joins)
        after = self._joined | {row.learner: row.person for row in turns.rows}
        moved = any(self._joined.get(row.learner, 0) != row.before for row in turns.rows)
        if moved or set(turns.over).intersection(after.values()):
            raise StoreError("Others changed whose learner is whose: load them, then decide again.")

    def _save_codes(self, changes: Changes) -> None:
        for row in changes.codes:
            if not row.used:
                self._codes = {
                    hash_: code
                    for hash_, code in self._codes.items()
                    if code.used or (code.account, code.kind) != (row.account, row.kind)
                }
                self._codes.setdefault(row.hash, row)
            else:
                self._codes[row.hash] = self._codes[row.hash]._replace(used=True)
        self._tries += changes.tries

    def _keep_hid(self, rows: Iterable[HidingRow]) -> None:
        """Let each member have chosen what their person chooses."""
        for row in rows:
            self._hid.update({one: row.hidden for one, to in self._joined.items() if to == row.learner})

    def _save_joins(self, rows: Sequence[JoinRow]) -> list[TotalRow]:
        """Make persons of learners and end others; return what the new persons hold from the beginning."""
        turns = turned(rows)
        for row in turns.rows:
            if not row.before:
                self._hid[row.learner] = row.learner in self._hidden
            self._turn(row)
        self._hide_joined(turns)
        for person in turns.over:
            for held in self._boards.values():
                held.pop(person, None)
        return sums(turns, {row.learner: self._held(row.learner) for row in turns.rows if row.person})

    def _turn(self, row: JoinRow) -> None:
        for account, learner in self._accounts.items():
            if self._own_of.get(account, learner) == row.learner:
                self._own_of[account] = row.learner
                self._accounts[account] = row.person or row.learner
        self._joined.pop(row.learner, None)
        if row.person:
            self._joined[row.learner] = row.person

    def _hide_joined(self, turns: Turns) -> None:
        self._hidden.update(turns.over)
        for row in turns.rows:
            hidden = bool(row.person) or self._hid[row.learner]
            (self._hidden.add if hidden else self._hidden.discard)(row.learner)
        for person in turns.new:
            if any(self._hid[one] for one, to in self._joined.items() if to == person):
                self._hidden.add(person)

    def _held(self, learner: int) -> list[TotalRow]:
        return [
            TotalRow(board, learner, *held[learner][:3])
            for board, held in self._boards.items()
            if learner in held
        ]

    def _forget_links(self, before: int) -> int:
        """Forget codes that ended before, and wrong tries from before then; return how many went."""
        codes = {hash_: row for hash_, row in self._codes.items() if row.expires_at >= before}
        tries = [row for row in self._tries if row.at >= before]
        gone = len(self._codes) - len(codes) + len(self._tries) - len(tries)
        self._codes, self._tries = codes, tries
        return gone
