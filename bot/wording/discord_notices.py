"""What Discord's adapter itself says, where no round is concerned: permissions, menus, direct messages."""

from typing import Final

from bot.wording.catalogues.phrases import Phrases

PERMISSIONS: Final = (
    "view_channel",
    "send_messages",
    "send_messages_in_threads",
    "read_message_history",
    "attach_files",
    "add_reactions",
)
"""The permissions that we need, by Discord's names of them."""


class DiscordNotices(Phrases):
    """Every sentence of Discord's adapter in English; another language is a subclass that overrides them."""

    def root_description(self) -> str:
        """Describe the root command in Discord's list of commands: at most 100 characters."""
        return self.say("Quiz rounds, the question of the day, leaderboards: study together.")

    def explain_menu(self) -> str:
        """Name the entry in the menu of a message that explains its question: at most 32 characters."""
        return self.say("Explain this question")

    def flag_menu(self) -> str:
        """Name the entry in the menu of a message that flags its question: at most 32 characters."""
        return self.say("Flag this question")

    def flag_label(self) -> str:
        """Head the field for a flag's reason: at most 45 characters."""
        return self.say("What is wrong with it?")

    def flag_hint(self) -> str:
        """Stand in the empty field for a flag's reason: at most 100 characters."""
        return self.say("The key, the wording, out of date …  You may leave this empty.")

    def not_done(self) -> str:
        """Head a message that says why nothing was done."""
        return self.say("Not done")

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

    def no_question_here(self) -> str:
        """Say that a message has no question to explain or to flag."""
        return self.say(
            "There is no question in this message, or it is older than a month. "
            "Use this on a question of mine, or on its answer."
        )

    def control_gone(self) -> str:
        """Say that a button means nothing any more."""
        return self.say("This button is from an older version and does nothing any more. Use a newer one.")

    def where_private(self) -> str:
        """Say where a learner's own round is."""
        return self.say("Look at our direct messages.")

    def direct_messages_closed(self) -> str:
        """Say that we could not write to somebody directly, and how to let us."""
        return self.say(
            "I cannot write to you directly. Allow direct messages from members of this server in its "
            "privacy settings, and press again."
        )

    def busy(self) -> str:
        """Say that a form could not be opened in time."""
        return self.say("I am busy right now. Press again in a moment.")

    def nothing_more(self) -> str:
        """Stand in a message that an edit has no more text for."""
        return self.say("Nothing more here for now.")

    def went_wrong(self) -> str:
        """Say that an event met a fault of ours, after which it may have counted or not."""
        return self.say(
            "Something went wrong here, and this may not have counted. Do it again: nothing counts twice."
        )


SAY: Final = DiscordNotices()
"""The adapter speaks English until it learns its readers' locales."""
