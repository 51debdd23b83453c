"""What Discord's adapter itself says, where no round is concerned: permissions, menus, direct messages."""

from typing import Final

from bot.wording.chat_notices import ChatNotices

PERMISSIONS: Final = (
    "view_channel",
    "send_messages",
    "send_messages_in_threads",
    "read_message_history",
    "attach_files",
    "add_reactions",
)
"""The permissions that we need, by Discord's names of them."""


class DiscordNotices(ChatNotices):
    """Every sentence of Discord's adapter in English; another language is a subclass that overrides them."""

    def permission(self, name: str) -> str:
        """Return what people read of the permission that Discord calls *name*."""
        words = {
            "view_channel": self.say("View Channel"),
            "send_messages": self.say("Send Messages"),
            "send_messages_in_threads": self.say("Send Messages in Threads"),
            "read_message_history": self.say("Read Message History"),
            "attach_files": self.say("Attach Files"),
            "add_reactions": self.say("Add Reactions"),
        }
        return words[name]

    def permissions_missing(self, count: int, names: str) -> str:
        """Say which permissions are missing in this channel; a link that grants them follows."""
        return self.count(
            count,
            {
                "one": "I lack a permission in this channel: {names}. "
                "Somebody who manages the server can grant it here:",
                "other": "I lack {n} permissions in this channel: {names}. "
                "Somebody who manages the server can grant them here:",
            },
            names=names,
        )

    def direct_messages_closed(self) -> str:
        """Say that we could not write to somebody directly, and how to let us."""
        return self.say(
            "I cannot write to you directly. Allow direct messages from members of this server in its "
            "privacy settings, and press again."
        )


SAY: Final = DiscordNotices()
"""The adapter speaks English until it learns its readers' locales."""
