"""Rate limits: the tiers of Slack, a bucket that fills again for each method and workspace."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests in so many seconds; *burst* of them may come at once, all if it is 0."""

    requests: int
    seconds: float = 60.0
    burst: int = 0

    @property
    def most(self) -> int:
        """How many may come at once."""
        return self.burst or self.requests


TIER_2: Final = Rate(20)
TIER_3: Final = Rate(50)
TIER_4: Final = Rate(100)
ONE_A_SECOND: Final = Rate(1, 1.0, burst=4)
"""What is said of messages in one channel, with the few more that Slack lets pass."""

CONNECTIONS: Final = Rate(1, burst=20)
"""The lowest tier, with room for an app that has trouble with its connections."""

NOT_MARKETPLACE: Final = Rate(1, burst=1)
"""What is said of reading messages to apps that are sold outside of the Marketplace."""

HISTORY: Final = ("conversations.history", "conversations.replies")
RATES: Final[Mapping[str, Rate]] = {
    "chat.postMessage": ONE_A_SECOND,
    "chat.update": TIER_3,
    "chat.delete": TIER_3,
    "chat.postEphemeral": TIER_4,
    "conversations.open": TIER_3,
    "conversations.info": TIER_3,
    "conversations.join": TIER_3,
    "conversations.members": TIER_4,
    "conversations.history": TIER_3,
    "conversations.replies": TIER_3,
    "conversations.list": TIER_2,
    "users.info": TIER_4,
    "users.list": TIER_2,
    "usergroups.list": TIER_2,
    "views.open": TIER_4,
    "views.update": TIER_4,
    "views.push": TIER_4,
    "views.publish": TIER_4,
    "reactions.add": TIER_3,
    "reactions.remove": TIER_2,
    "reactions.get": TIER_3,
    "files.getUploadURLExternal": TIER_4,
    "files.completeUploadExternal": TIER_4,
    "files.info": TIER_4,
    "team.info": TIER_3,
    "bots.info": TIER_3,
    "oauth.v2.access": TIER_4,
    "auth.revoke": TIER_3,
    "apps.connections.open": CONNECTIONS,
}


@dataclass(slots=True)
class Bucket:
    """How many requests may pass at a time."""

    left: float
    at: float


@dataclass(slots=True)
class Limits:
    """Counts requests. All can be set while it runs; *on* switches everything."""

    rates: dict[str, Rate] = field(default_factory=lambda: dict(RATES))
    on: bool = True
    _buckets: dict[tuple[str, str, Rate], Bucket] = field(default_factory=dict)

    def not_marketplace(self) -> None:
        """Let messages be read once a minute."""
        self.rates |= dict.fromkeys(HISTORY, NOT_MARKETPLACE)

    def take(self, method: str, who: str, now: float) -> int:
        """Count a request at *now*, in seconds; return how many seconds to wait, 0 when it may pass."""
        rate = self.rates.get(method)
        if not self.on or rate is None:
            return 0
        key = method, who, rate
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = Bucket(rate.most, now)
        per_second = rate.requests / rate.seconds
        bucket.left = min(rate.most, bucket.left + max(now - bucket.at, 0) * per_second)
        bucket.at = now
        if bucket.left < 1:
            return max(math.ceil((1 - bucket.left) / per_second), 1)
        bucket.left -= 1
        return 0
