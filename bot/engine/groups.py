"""Groups inside one batch: which they are, and what they have chosen, as the events before left it."""

from collections.abc import Mapping
from functools import cached_property

from bot.core.groups import GroupSettings
from bot.engine import codec
from bot.engine.identities import new_channel
from bot.records import Changes, ChannelRow, Place, SettingsRow, Snapshot


class Groups:
    """The groups that a batch speaks of, the unions that they are in, and the settings of both."""

    def __init__(self, snapshot: Snapshot, changes: Changes) -> None:
        """Read from *snapshot*, and from *changes* who came or went; settings go there by :meth:`write`."""
        self._snapshot = snapshot
        self._changes = changes
        self._new: dict[int, SettingsRow] = {}

    def channel(self, place: Place, workspace: str) -> ChannelRow:
        """Return the channel that *place* leads to, as it will be if nothing has happened in it."""
        row = self._snapshot.channels.get(place) or new_channel(place, workspace)
        group = self.joint(row.own)
        return row if group == row.group else row._replace(group=group)

    def joint(self, own: int) -> int:
        """Return the union that a group is in by now, and the group itself when it is in none."""
        for row in reversed(self._changes.unions):
            if row.group == own:
                return row.union or own
        return self._snapshot.unions.get(own) or self._unions.get(own, own)

    def of(self, channel: ChannelRow) -> GroupSettings:
        """Return what the group of *channel* has chosen by now."""
        new = self._new.get(channel.group)
        return codec.settings_of(new.settings if new else self._loaded(channel))

    def chosen(self, group: int) -> GroupSettings:
        """Return what a group that was asked for has chosen by now: one of its own, or a union."""
        new = self._new.get(group)
        return codec.settings_of(new.settings if new else self._text(group, self._texts.get(group, "")))

    def change(self, channel: ChannelRow, settings: GroupSettings) -> None:
        """Let the group of *channel* have *settings* from now on."""
        row = SettingsRow(channel.group, self._loaded(channel), codec.SETTINGS.encode(settings))
        self._new[channel.group] = row

    def write(self) -> None:
        """Write what changed."""
        self._changes.settings.extend(row for row in self._new.values() if row.settings != row.before)

    @cached_property
    def _unions(self) -> Mapping[int, int]:
        """What the groups of the channels that were loaded are part of."""
        return {row.own: row.group for row in self._snapshot.channels.values()}

    @cached_property
    def _texts(self) -> Mapping[int, str]:
        """What came with the channels that were loaded."""
        return {row.group: row.settings for row in self._snapshot.channels.values()}

    def _loaded(self, channel: ChannelRow) -> str:
        """Return what was stored; a new channel may belong to a group that is there already."""
        return self._text(channel.group, channel.settings)

    def _text(self, group: int, otherwise: str) -> str:
        if group in self._snapshot.settings:
            return self._snapshot.settings[group]
        founded = (row.settings for row in self._changes.unions if row.union == group and row.settings)
        return next(founded, otherwise)
