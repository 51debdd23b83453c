"""Links: what somebody, their group and a channel are linked with, as the tables say."""

from bot.core import effects as fx
from bot.engine.events import Event
from bot.engine.groups import Groups
from bot.engine.identities import new_channel
from bot.ports import People, Store
from bot.records import Asked, Changes, Mirror, Place, Snapshot


class Links:
    """Reads what is linked."""

    def __init__(self, store: Store, people: People) -> None:
        """Read from *store* and *people*."""
        self._store = store
        self._people = people

    async def show(self, event: Event) -> fx.LinksShown:
        """Return what is linked with the sender, and with the group and the channel of the place."""
        snapshot = await self._look(event)
        channel = Groups(snapshot, Changes()).channel(event.place, event.workspace)
        selves = await self._people.selves(event.account) if event.account else ()
        kin = await self._people.kin(channel.own)
        places = snapshot.places.get(channel.id, ())
        return fx.LinksShown(
            accounts=tuple(
                fx.LinkedAccount(account.platform, name, account == event.account)
                for account, _, name in selves
            ),
            groups=tuple(platform for group, platform in kin if group != channel.own),
            places=tuple(_spot(one, event.place) for one in places if one.place != event.place),
        )

    async def _look(self, event: Event) -> Snapshot:
        seen: list[Snapshot] = []

        def look(snapshot: Snapshot) -> Changes:
            seen.append(snapshot)
            return Changes()

        group = new_channel(event.place, event.workspace).own
        await self._store.transact([Asked("", event.place, None, group=group, places=True)], (), look)
        return seen[-1]


def _spot(mirror: Mirror, here: Place) -> fx.Spot:
    """Return where a place is to somebody who is in another."""
    known = mirror.place.platform == here.platform
    return fx.Spot(mirror.place.id) if known else fx.Spot(platform=mirror.place.platform)
