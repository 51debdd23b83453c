"""Groups inside one batch: what they have chosen, as the events before left it."""

from bot.core.groups import GroupSettings
from bot.engine import codec
from bot.records import Changes, ChannelRow, SettingsRow, Snapshot


class Groups:
    """The settings of the groups that a batch speaks of."""

    def __init__(self, snapshot: Snapshot, changes: Changes) -> None:
        """Read from *snapshot*; what is changed goes to *changes* by :meth:`write`."""
        self._snapshot = snapshot
        self._changes = changes
        self._new: dict[int, SettingsRow] = {}

    def of(self, channel: ChannelRow) -> GroupSettings:
        """Return what the group of *channel* has chosen by now."""
        new = self._new.get(channel.group)
        return codec.settings_of(new.settings if new else self._loaded(channel))

    def change(self, channel: ChannelRow, settings: GroupSettings) -> None:
        """Let the group of *channel* have *settings* from now on."""
        row = SettingsRow(channel.group, self._loaded(channel), codec.SETTINGS.encode(settings))
        self._new[channel.group] = row

    def write(self) -> None:
        """Write what changed."""
        self._changes.settings.extend(row for row in self._new.values() if row.settings != row.before)

    def _loaded(self, channel: ChannelRow) -> str:
        """Return what was stored; a new channel may belong to a group that is there already."""
        return self._snapshot.settings.get(channel.group, channel.settings)
