"""Here: the channel and the sender of an event, for those who only look."""

from dataclasses import dataclass

from bot.engine.events import Event
from bot.engine.identities import new_channel
from bot.ports import Store
from bot.records import Asked, Changes, ChannelRow, Snapshot


@dataclass(frozen=True, slots=True)
class Here:
    """A channel, as it will be if nothing has been played in it, and who looks, None when they are new."""

    channel: ChannelRow
    learner: int | None


async def look_around(store: Store, event: Event) -> Here:
    """Return where *event* happens and who sent it; nothing is written."""
    seen: list[Snapshot] = []

    def look(snapshot: Snapshot) -> Changes:
        seen.append(snapshot)
        return Changes()

    await store.transact([Asked("", event.place, event.account)], (), look)
    learner = seen[-1].learners.get(event.account) if event.account else None
    channel = seen[-1].channels.get(event.place) or new_channel(event.place, event.workspace)
    return Here(channel, learner.id if learner else None)
