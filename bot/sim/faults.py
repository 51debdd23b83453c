"""Faults: what goes wrong in a simulation, drawn from a seed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from random import Random

from bot.core.errors import ConfigError, StudyHallError
from bot.ports import Decide, MyRecord, Outbox, RoundRecord, Store
from bot.records import Account, Asked, Backlog, Delivery, Outcome, Place


@dataclass(frozen=True, slots=True)
class Faults:
    """How likely each fault is, from 0 to 1, each time it could happen.

    *lost*, *doubled*, *late* and *reordered* befall events on their way in; *late* ones arrive up to a minute
    after they were sent. *crash* ends the process around a transaction or a delivery. *refused* makes the
    platform fail before it has posted, *unknown* after.
    """

    lost: float = 0.0
    doubled: float = 0.0
    late: float = 0.0
    reordered: float = 0.0
    crash: float = 0.0
    refused: float = 0.0
    unknown: float = 0.0


NO_FAULTS = Faults()
ALL_FAULTS = Faults(
    lost=0.03, doubled=0.10, late=0.05, reordered=0.20, crash=0.004, refused=0.03, unknown=0.03
)
NAMES = tuple(field.name for field in fields(Faults))


def faults_from(names: str) -> Faults:
    """Return the faults named in *names*: ``all``, ``none``, or some of them with commas between."""
    if names in {"all", "none"}:
        return ALL_FAULTS if names == "all" else NO_FAULTS
    wanted = {name.strip() for name in names.split(",")}
    if unknown := sorted(wanted - set(NAMES)):
        message = (
            f"There is no fault called {unknown[0]}; choose from {', '.join(NAMES)}, or say all or none."
        )
        raise ConfigError(message)
    return Faults(**{name: getattr(ALL_FAULTS, name) for name in wanted})


class Crashed(StudyHallError):  # noqa: N818 - it is what happened, not what is wrong
    """The simulated process ended here; whoever catches it starts another one on the same tables."""


class CrashingStore:
    """A store and outbox whose process may end just before or just after a commit."""

    def __init__(self, store: Store, outbox: Outbox, rng: Random, chance: float) -> None:
        """Crash with *chance* before, and with the same chance after, each transaction."""
        self._store = store
        self._outbox = outbox
        self._rng = rng
        self._chance = chance

    async def transact(self, asked: Sequence[Asked], known: Collection[str], decide: Decide) -> None:
        """Do as the store does, unless the process ends around it."""
        self._perhaps("before the commit")
        await self._store.transact(asked, known, decide)
        self._perhaps("after the commit, before the acknowledgement")

    async def claim(self, now: int, lease_ms: int, limit: int) -> Sequence[Delivery]:
        """Do as the outbox does."""
        return await self._outbox.claim(now, lease_ms, limit)

    async def settle(self, outcomes: Sequence[Outcome], now: int) -> None:
        """Do as the outbox does, unless the process ends between the delivery and its settling."""
        self._perhaps("after the delivery, before it was settled")
        await self._outbox.settle(outcomes, now)
        self._perhaps("after the delivery was settled")

    async def next_due(self) -> int | None:
        """Do as the outbox does."""
        return await self._outbox.next_due()

    async def backlog(self) -> Backlog:
        """Do as the outbox does."""
        return await self._outbox.backlog()

    def _perhaps(self, where: str) -> None:
        if self._rng.random() < self._chance:
            raise Crashed(where)

    async def waking(self, until: int, limit: int) -> Sequence[tuple[Place, int]]:
        """Do as the store does."""
        return await self._store.waking(until, limit)

    async def look(self, round_: str) -> RoundRecord | None:
        """Do as the store does."""
        return await self._store.look(round_)

    async def mine(self, round_: str, account: Account) -> MyRecord | None:
        """Do as the store does."""
        return await self._store.mine(round_, account)

    async def standing(self, round_: str, limit: int) -> Sequence[tuple[int, int, int]]:
        """Do as the store does."""
        return await self._store.standing(round_, limit)

    async def purge(self, before: int) -> int:
        """Do as the store does."""
        return await self._store.purge(before)
