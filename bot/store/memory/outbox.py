"""The outbox in memory."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.records import Backlog, Delivery, OutboxRow, Outcome, Place

WAITING, DELIVERED, DEAD = "waiting", "delivered", "dead"


@dataclass(slots=True)
class _Entry:
    """One row and what became of it.

    *free_at* is when a lease or the wait for another try ends. *revision* grows with each replacement, and
    *sent* is the revision that was claimed, 0 when none is.
    """

    seq: int
    row: OutboxRow
    state: str = WAITING
    free_at: int = 0
    fence: int = 0
    tries: int = 0
    ref: str = ""
    error: str = ""
    settled_at: int = 0
    revision: int = 1
    sent: int = 0

    @property
    def due(self) -> int:
        """When this row may go, if nothing is before it."""
        return max(self.row.not_before, self.free_at)


class _Ahead:
    """What earlier posts hold: a line, or all private lines of a place."""

    def __init__(self) -> None:
        self._lines: set[tuple[Place, str]] = set()
        self._public: set[Place] = set()

    def holds(self, row: OutboxRow) -> bool:
        """Tell whether a post must wait for one before it."""
        return (row.place, row.to) in self._lines or (row.to != "" and row.place in self._public)

    def add(self, row: OutboxRow, *, holds_its_line: bool) -> None:
        """Take note of a waiting post; one for the whole place holds the private ones in any case."""
        if holds_its_line:
            self._lines.add((row.place, row.to))
        if row.to == "":
            self._public.add(row.place)


class MemoryOutbox:
    """The messages that were promised, in the order written."""

    def __init__(self) -> None:
        super().__init__()
        self._last_seq = 0
        self._entries: dict[tuple[str, str], _Entry] = {}
        self._waiting: dict[int, _Entry] = {}

    async def claim(self, now: int, lease_ms: int, limit: int) -> Sequence[Delivery]:
        """Take up to *limit* rows that are due, for *lease_ms*, each with a new fencing number."""
        taken: list[Delivery] = []
        ahead = _Ahead()
        for _, entry in sorted(self._waiting.items()):
            if len(taken) == limit:
                break
            free = entry.due <= now and not self._waits_for_its_post(entry)
            if entry.row.action == "post":
                free = not ahead.holds(entry.row) and free
                ahead.add(entry.row, holds_its_line=not free)
            if free:
                taken.append(self._take(entry, now + lease_ms))
        return taken

    async def settle(self, outcomes: Sequence[Outcome], now: int) -> None:
        """Write down what became of deliveries."""
        for outcome in outcomes:
            entry = self._waiting.get(outcome.seq)
            if entry is not None and entry.fence == outcome.fence and entry.sent:
                self._settle(entry, outcome, now)

    async def next_due(self) -> int | None:
        """Return when the next row could be claimed; None when nothing waits."""
        found: list[int] = []
        ahead = _Ahead()
        for _, entry in sorted(self._waiting.items()):
            if entry.row.action == "edit":
                found += [] if self._waits_for_its_post(entry) else [entry.due]
                continue
            found += [] if ahead.holds(entry.row) else [entry.due]
            ahead.add(entry.row, holds_its_line=True)
        return min(found, default=None)

    async def take_over(self) -> None:
        """End every lease: whoever calls this is the only one who delivers from this store from now on."""
        for entry in self._waiting.values():
            if entry.sent:
                entry.free_at = entry.sent = 0

    async def backlog(self) -> Backlog:
        """Return how much waits."""
        oldest = min((entry.row.not_before for entry in self._waiting.values()), default=None)
        return Backlog(len(self._waiting), oldest)

    async def key_of(self, platform: str, ref: str) -> str:
        """Return the key of the posted message that *platform* calls *ref*, "" when there is none."""
        posts = (entry for entry in reversed(self._entries.values()) if entry.row.action == "post")
        there = (entry for entry in posts if entry.row.place.platform == platform)
        return next((entry.row.key for entry in there if ref and ref in entry.ref.split(",")), "")

    def _put(self, row: OutboxRow) -> None:
        """Promise a message, or replace what an edit says."""
        entry = self._entries.get((row.key, row.action))
        if entry is None:
            self._last_seq += 1
            entry = self._entries[row.key, row.action] = _Entry(self._last_seq, row)
        elif row.action == "edit":
            _replace(entry, row)
        else:
            return
        post = self._entries.get((row.key, "post"))
        if row.action == "edit" and post is not None and post.state == DEAD:
            _end(entry, DEAD, row.not_before)
            self._waiting.pop(entry.seq, None)
        else:
            self._waiting[entry.seq] = entry

    def _waits_for_its_post(self, entry: _Entry) -> bool:
        if entry.row.action == "post":
            return False
        post = self._entries.get((entry.row.key, "post"))
        return post is None or post.state != DELIVERED

    def _take(self, entry: _Entry, until: int) -> Delivery:
        entry.fence += 1
        entry.free_at = until
        entry.sent = entry.revision
        ref = entry.ref if entry.row.action == "post" else self._entries[entry.row.key, "post"].ref
        delivery = Delivery(entry.seq, entry.row, entry.fence, entry.tries, ref)
        entry.tries += 1
        return delivery

    def _settle(self, entry: _Entry, outcome: Outcome, now: int) -> None:
        replaced = entry.sent != entry.revision
        entry.sent = 0
        entry.tries -= not outcome.tried
        entry.free_at = outcome.retry_at or 0
        entry.ref = outcome.ref or entry.ref
        entry.error = outcome.error
        if replaced or (not outcome.done and outcome.retry_at is not None):
            return
        _end(entry, DELIVERED if outcome.done else DEAD, now)
        del self._waiting[entry.seq]
        if not outcome.done and entry.row.action == "post":
            self._drop_edit(entry.row.key, now)

    def _drop_edit(self, key: str, now: int) -> None:
        """Give up the edit of a post that will never be there."""
        edit = self._entries.get((key, "edit"))
        if edit is not None and edit.state == WAITING:
            del self._waiting[edit.seq]
            _end(edit, DEAD, now)

    def _forget_settled(self, before: int) -> int:
        needed = {entry.row.key for entry in self._waiting.values()}
        old = [
            key
            for key, entry in self._entries.items()
            if entry.state != WAITING and entry.settled_at < before and entry.row.key not in needed
        ]
        for key in old:
            del self._entries[key]
        return len(old)


def _replace(entry: _Entry, row: OutboxRow) -> None:
    """Let *row* stand for what *entry* said; one that is still waiting goes no later than it would have."""
    if entry.state == WAITING and entry.sent != entry.revision:
        row = row._replace(not_before=min(row.not_before, entry.row.not_before))
    if entry.state != WAITING:
        entry.tries = 0
        entry.free_at = 0
    entry.row = row
    entry.state = WAITING
    entry.revision += 1
    entry.error = ""


def _end(entry: _Entry, state: str, at: int) -> None:
    entry.state = state
    entry.settled_at = at
