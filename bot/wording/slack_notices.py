"""What Slack's adapter itself says, where no round is concerned: channels, menus, direct messages."""

from typing import Final

from bot.wording.chat_notices import ChatNotices


class SlackNotices(ChatNotices):
    """Every sentence of Slack's adapter in English; another language is a subclass that overrides them."""

    def usage_hint(self) -> str:
        """Stand beside the root command while somebody types it."""
        return self.say("play · daily · top · me · help")

    def invite_me(self, name: str) -> str:
        """Say that we are no member of a channel, and how to make us one; *name* is ours there."""
        return self.say(
            "I am not in this channel and cannot write here. Type /invite @{name}, then try again.", name=name
        )

    def invite_me_there(self, name: str) -> str:
        """Say that we are no member of another channel, and how to make us one; *name* is ours."""
        return self.say(
            "I am not in that channel and cannot write there. Type /invite @{name} in it, then try again.",
            name=name,
        )

    def no_such_person(self, name: str) -> str:
        """Say that *name* is nobody's whom Slack told us: people are mentioned."""
        return self.say("I cannot tell who “{name}” is. Type @ and pick them from Slack's list.", name=name)

    def not_a_person(self) -> str:
        """Say that a user group stands where people are named."""
        return self.say(
            "A user group can neither organise nor host. Name people: type @ and pick each of them."
        )

    def no_such_group(self) -> str:
        """Say that what a post is to call cannot be called."""
        return self.say(
            "A question can call one user group, and nobody else. Type @ and pick one, or say mention:none."
        )

    def no_such_channel(self) -> str:
        """Say that a channel is none that both we and whoever asks can see."""
        return self.say("I cannot tell which channel you mean. Type # and pick it from Slack's list.")

    def add_title(self) -> str:
        """Head the form for a file: at most 24 characters."""
        return self.say("Add a file")

    def add_label(self) -> str:
        """Head the field for a file."""
        return self.say("A page, a spreadsheet, an archive: up to 8 MB")

    def reading(self) -> str:
        """Say that a file is being read."""
        return self.say("I am reading it. You will see here what it holds.")

    def file_in_direct(self) -> str:
        """Say where a file is."""
        return self.say("The file is in our direct messages.")

    def channel_closed(self) -> str:
        """Say that a channel takes no messages of ours."""
        return self.say(
            "The channel is archived or read-only, and takes no messages of mine. "
            "Use another one, or ask who manages it."
        )


SAY: Final = SlackNotices()
"""The adapter speaks English until it learns its readers' locales."""
