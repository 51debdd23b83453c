"""Tables: one database as a simulated process sees it, whose process may end at any step."""

from collections.abc import Callable, Collection, Sequence
from typing import Final, Protocol

from bot.core.errors import StudyHallError
from bot.ports import Decide, MyRecord, Outbox, People, RoundRecord, Store
from bot.records import Account, Asked, Backlog, Changes, Delivery, Outcome, Place, Snapshot

FAR: Final = 2**62
NEVER: Final = FAR + 1
ALL: Final = 2**31


class Tables(Store, People, Outbox, Protocol):
    """One database, as the parts of a process see it."""


class Crashed(StudyHallError):  # noqa: N818 - it is what happened, not what is wrong
    """The simulated process ended here; whoever catches it starts another one on the same tables."""


class CrashingTables:
    """Tables whose process may end just before or just after each step that writes.

    Nobody else writes to them, so when something is due next is read once and then followed from what is
    written: a simulation asks at every moment, and each reading is a trip to the database's thread.
    """

    def __init__(self, tables: Tables, ends: Callable[[], bool]) -> None:
        """End the process whenever *ends* says so; it is asked at every step."""
        self._tables = tables
        self._ends = ends
        self._wakes: dict[Place, int] | None = None
        self._due: int | None = None

    async def transact(self, asked: Sequence[Asked], known: Collection[str], decide: Decide) -> None:
        """Do as the store does, unless the process ends around it."""
        written: list[Changes] = []

        def noted(snapshot: Snapshot) -> Changes:
            written.append(decide(snapshot))
            return written[-1]

        self._perhaps("before the commit")
        await self._tables.transact(asked, known, noted)
        self._follow(written[-1])
        self._perhaps("after the commit, before the acknowledgement")

    async def claim(self, now: int, lease_ms: int, limit: int) -> Sequence[Delivery]:
        """Do as the outbox does when something is due, unless the process ends with it in hand."""
        if await self._next_due() > now:
            return ()
        taken = await self._tables.claim(now, lease_ms, limit)
        self._due = None
        self._perhaps("after a message was taken, before its delivery")
        return taken

    async def settle(self, outcomes: Sequence[Outcome], now: int) -> None:
        """Do as the outbox does, unless the process ends between the delivery and its settling."""
        self._perhaps("after the delivery, before it was settled")
        await self._tables.settle(outcomes, now)
        self._due = None
        self._perhaps("after the delivery was settled")

    async def next_due(self) -> int | None:
        """Do as the outbox does."""
        due = await self._next_due()
        return None if due == NEVER else due

    async def backlog(self) -> Backlog:
        """Return nothing: nobody looks at the gauges of a simulated process."""
        return Backlog(0, None)

    async def key_of(self, platform: str, ref: str) -> str:
        """Do as the outbox does."""
        return await self._tables.key_of(platform, ref)

    async def next_wake(self) -> int:
        """Return when the first round wants a Tick, NEVER when none does."""
        if self._wakes is None:
            # Earliest first: of a place that comes twice, the earlier stands.
            self._wakes = dict(reversed(await self._tables.waking(FAR, ALL)))
        return min(self._wakes.values(), default=NEVER)

    async def next_moment(self) -> int:
        """Return when the tables want something done, NEVER when they want nothing."""
        return min(await self._next_due(), await self.next_wake())

    async def _next_due(self) -> int:
        if self._due is None:
            due = await self._tables.next_due()
            self._due = NEVER if due is None else due
        return self._due

    def _follow(self, changes: Changes) -> None:
        """Take over when rounds want to wake; what the outbox wants is read again."""
        for row in changes.rounds:
            if self._wakes is not None:
                self._wakes.pop(row.place, None)
                if row.open and row.wake_at is not None:
                    self._wakes[row.place] = row.wake_at
        if changes.outbox:
            self._due = None

    def _perhaps(self, where: str) -> None:
        if self._ends():
            raise Crashed(where)

    async def waking(self, until: int, limit: int) -> Sequence[tuple[Place, int]]:
        """Do as the store does."""
        return await self._tables.waking(until, limit)

    async def look(self, round_: str) -> RoundRecord | None:
        """Do as the store does."""
        return await self._tables.look(round_)

    async def mine(self, round_: str, account: Account) -> MyRecord | None:
        """Do as the store does."""
        return await self._tables.mine(round_, account)

    async def standing(self, round_: str, limit: int) -> Sequence[tuple[int, int, int]]:
        """Do as the store does."""
        return await self._tables.standing(round_, limit)

    async def purge(self, before: int) -> int:
        """Do as the store does."""
        return await self._tables.purge(before)
