"""Here: the channel and the sender of an event, for those who only look."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.core.groups import GroupSettings
from bot.core.local_times import zone_named
from bot.engine.counting import NO_ZONE
from bot.engine.events import Event
from bot.engine.groups import Groups
from bot.engine.identities import new_channel
from bot.ports import RoundRecord, Store
from bot.records import Asked, Changes, ChannelRow, Snapshot, home_of


@dataclass(frozen=True, slots=True)
class Here:
    """A channel, as it will be if nothing has been played in it, and who looks, None when they are new."""

    channel: ChannelRow
    learner: int | None
    settings: GroupSettings

    @property
    def zone(self) -> ZoneInfo:
        """The group's zone, or the one of those that have said none."""
        return zone_named(self.settings.zone or NO_ZONE)


async def look_around(store: Store, event: Event) -> Here:
    """Return where *event* happens and who sent it; nothing is written."""
    seen: list[Snapshot] = []

    def look(snapshot: Snapshot) -> Changes:
        seen.append(snapshot)
        return Changes()

    new = new_channel(event.place, event.workspace)
    await store.transact([Asked("", event.place, event.account, group=new.group)], (), look)
    learner = seen[-1].learners.get(event.account) if event.account else None
    groups = Groups(seen[-1], Changes())
    channel = groups.channel(event.place, event.workspace)
    settings = groups.of(channel)
    return Here(channel, learner.id if learner else None, settings)


async def round_here(store: Store, round_: str, event: Event) -> RoundRecord | None:
    """Return a round of the group that *event* happens in; None when it is not known, or another group's."""
    record = await store.look(round_) if round_ else None
    return record if record is not None and await is_here(store, record, event) else None


async def is_here(store: Store, record: RoundRecord, event: Event) -> bool:
    """Tell whether a round is of the group that *event* happens in; of the same channel it always is."""
    places = (record.row.place, *(mirror.place for mirror in record.row.mirrors))
    if home_of(event.place) in map(home_of, places):
        return True
    here = await look_around(store, event)
    return record.group == here.channel.group
