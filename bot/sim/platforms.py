"""A simulated chat platform: it keeps every message it was given, and sometimes fails."""

from collections import Counter
from collections.abc import Callable
from random import Random

from bot.core.errors import DeliveryDelayed, DeliveryUnknown
from bot.core.ids import Platform
from bot.ports import Post
from bot.sim.faults import Faults

Seen = Callable[[str, Post], None]


class SimPlatform:
    """A transport without idempotency of its own: it finds its earlier message only when told to look.

    *posted* counts the messages by key. Anything but 1 is a message doubled.
    """

    platform = Platform("sim")

    def __init__(self, rng: Random, faults: Faults, seen: Seen) -> None:
        """Tell *seen* of each post and each edit that took effect."""
        self._rng = rng
        self._faults = faults
        self._seen = seen
        self._refs: dict[str, str] = {}
        self.posted: Counter[str] = Counter()
        self.edits = 0

    async def post(self, post: Post) -> str:
        """Post, after a look for an earlier try when there may have been one."""
        self._fail_before()
        if post.again and post.key in self._refs:
            return self._refs[post.key]
        self.posted[post.key] += 1
        ref = self._refs[post.key] = f"m{len(self._refs) + 1}"
        self._seen("post", post)
        self._fail_after()
        return ref

    async def edit(self, ref: str, post: Post) -> None:
        """Edit; *ref* must be a message of ours."""
        self._fail_before()
        if ref not in self._refs.values():
            message = f"{post.key} edits {ref}, which was never posted."
            raise AssertionError(message)
        self.edits += 1
        self._seen("edit", post)
        self._fail_after()

    def _fail_before(self) -> None:
        if self._rng.random() < self._faults.refused:
            message = "the platform is busy"
            raise DeliveryDelayed(message, 1.0)

    def _fail_after(self) -> None:
        if self._rng.random() < self._faults.unknown:
            message = "the connection broke after the effect"
            raise DeliveryUnknown(message)
