"""The store in memory: for tests, simulations and trying things out. Nothing outlives the process."""

from bot.store.memory.chat import MemoryChatLog
from bot.store.memory.installations import MemoryVault
from bot.store.memory.rounds import MemoryRounds


class MemoryStore(MemoryRounds, MemoryChatLog, MemoryVault):
    """Every port of a store over dictionaries; it behaves as the databases do, and is as strict as they are.

    Each call runs to its end without giving way, so calls never mix. The same calls in the same order give
    the same answers.
    """

    async def purge(self, before: int) -> int:
        """Forget event ids, codes, uploads and outbox rows older than *before*; return how many went."""
        gone = (self._forget_events(before), self._forget_settled(before), self._forget_links(before))
        return sum(gone) + self._forget_uploads(before)

    async def checkpoint(self) -> int:
        """Return 0: there is no log to fold into the tables."""
        return 0

    async def ping(self) -> None:
        """Return: memory is always there."""

    async def close(self) -> None:
        """Return: there is nothing to give back."""


__all__ = ["MemoryStore"]
