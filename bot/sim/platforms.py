"""A simulated chat platform: it keeps every message it was given, and sometimes fails."""

from collections import Counter
from collections.abc import Callable
from random import Random

from bot.core.errors import DeliveryDelayed, DeliveryUnknown
from bot.core.ids import Platform
from bot.ports import Post
from bot.sim.faults import Faults
from bot.sim.rooms import PLATFORM

Seen = Callable[[str, Post], None]


class SimPlatform:
    """A transport without idempotency of its own: it finds its earlier message only when told to look.

    *posted* counts the messages by key. Anything but 1 is a message doubled. *astray* holds the keys of edits
    to messages that are not there.
    """

    def __init__(self, rng: Random, faults: Faults, seen: Seen) -> None:
        """Tell *seen* of each post and each edit that took effect."""
        self._rng = rng
        self._faults = faults
        self._seen = seen
        self._refs: dict[str, str] = {}
        self.posted: Counter[str] = Counter()
        self.astray: list[str] = []
        self.edits = 0

    @property
    def platform(self) -> Platform:
        """The platform's name."""
        return PLATFORM

    async def post(self, post: Post) -> str:
        """Post, after a look for an earlier try when there may have been one."""
        self._fail_before()
        if post.again and (earlier := self.find(post.key)):
            return earlier
        return self.put(post)

    async def edit(self, ref: str, post: Post) -> None:
        """Edit; *ref* must be the message of that key."""
        self._fail_before()
        if self._refs.get(post.key) != ref:
            self.astray.append(post.key)
            return
        self.edits += 1
        self._seen("edit", post)
        self._fail_after()

    def find(self, key: str) -> str | None:
        """Return the message of *key*; None when there is none."""
        return self._refs.get(key)

    def put(self, post: Post) -> str:
        """Make a message of *post* and return its id, unless the connection breaks before that is said."""
        self.posted[post.key] += 1
        ref = self._refs[post.key] = f"m{len(self._refs) + 1}"
        self._seen("post", post)
        self._fail_after()
        return ref

    def _fail_before(self) -> None:
        if self._rng.random() < self._faults.refused:
            message = "the platform is busy"
            raise DeliveryDelayed(message, 1.0)

    def _fail_after(self) -> None:
        if self._rng.random() < self._faults.unknown:
            message = "the connection broke after the effect"
            raise DeliveryUnknown(message)
