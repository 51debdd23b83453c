"""Accounts, groups and channels that are linked, in English."""

from datetime import datetime
from typing import Final

from bot.core.commands import LinkKind
from bot.core.effects import LinkedAccount, Spot
from bot.wording.catalogues.en.dates import DatePhrases
from bot.wording.views import ChannelName, Code, Inline

_TYPE: Final = {
    LinkKind.ME: "In your other account, wherever I am, type {command}",
    LinkKind.GROUP: "In the other group an organiser types {command}",
    LinkKind.CHANNEL: "In the other channel an organiser types {command}",
}
_MEANS: Final = {
    LinkKind.ME: (
        "Both accounts are then one learner, with one place on leaderboards and one streak."
        " Nothing counts twice, and you can undo it at any time."
    ),
    LinkKind.GROUP: (
        "Both are then one group with one leaderboard. Its time zone, seasons and hosts are those of this"
        " group, and organisers of one organise both. You can undo it at any time."
    ),
    LinkKind.CHANNEL: (
        "What begins in one channel is then played in both: rounds, and questions of the day. The groups"
        " become one as well. You can undo it at any time."
    ),
}
_WARNS: Final = {
    LinkKind.ME: (
        "Type it only in an account of your own, and show it to nobody: whoever types it becomes you on every"
        " leaderboard."
    ),
    LinkKind.GROUP: "Give it only to an organiser of the group that you mean.",
    LinkKind.CHANNEL: "Give it only to an organiser of the channel that you mean.",
}
_LINKED: Final = {
    LinkKind.ME: "You and {name} {where} are one learner now. What both answered counts once.",
    LinkKind.GROUP: "This group and that of {name} {where} are one now, with one leaderboard.",
    LinkKind.CHANNEL: (
        "This channel and that of {name} {where} are one now. What begins in one is played in both."
    ),
}
_UNDO: Final = {
    LinkKind.ME: "/quiz link off",
    LinkKind.GROUP: "/quiz link off group",
    LinkKind.CHANNEL: "/quiz link off channel",
}
_UNLINKED: Final = {
    LinkKind.ME: "This account is a learner of its own again, with all that it earned itself.",
    LinkKind.GROUP: (
        "This group is on its own again, with its own leaderboard and settings and all that was earned here."
    ),
    LinkKind.CHANNEL: (
        "This channel is on its own again. A question of the day that is open stays open on both sides."
    ),
}
_WHERE: Final = {"discord": "on Discord", "slack": "on Slack", "web": "in the web chat"}


class LinkPhrases(DatePhrases):
    """What is linked, how, and how that is undone."""

    def code_title(self) -> str:
        """Head a code."""
        return self.say("Your code")

    def code_use(self, kind: LinkKind, code: str) -> tuple[Inline, ...]:
        """Say where a code is typed, and what."""
        return self.weave(_TYPE[kind], command=Code(f"/quiz link {code}"))

    def code_until(self, until: datetime) -> tuple[Inline, ...]:
        """Say how long a code is good."""
        return self.weave("It works once, within ten minutes: until {moment}.", moment=self.moment(until))

    def code_means(self, kind: LinkKind) -> str:
        """Say what a code brings about."""
        return self.say(_MEANS[kind])

    def code_warning(self, kind: LinkKind) -> str:
        """Say who alone should have a code."""
        return self.say(_WARNS[kind])

    def linked_title(self) -> str:
        """Head what was linked."""
        return self.say("Linked")

    def linked(self, kind: LinkKind, name: str, platform: str) -> str:
        """Say what is one now."""
        return self.say(_LINKED[kind], name=self.name(name), where=self.on_platform(platform))

    def linked_group(self) -> str:
        """Say that with two channels their groups became one."""
        return self.say("The groups are one now as well, with one leaderboard.")

    def how_to_unlink(self, kind: LinkKind) -> tuple[Inline, ...]:
        """Say how a link is undone."""
        return self.weave("To undo it: {command}", command=Code(_UNDO[kind]))

    def unlinked_title(self) -> str:
        """Head what is linked no more."""
        return self.say("Link undone")

    def unlinked(self, kind: LinkKind) -> str:
        """Say what is on its own again."""
        return self.say(_UNLINKED[kind])

    # ----------------------------------------------------------------------------------------- what is linked

    def links_title(self) -> str:
        """Head what is linked."""
        return self.say("What is linked")

    def accounts_heading(self) -> str:
        """Head the reader's accounts."""
        return self.say("Your accounts")

    def account(self, account: LinkedAccount) -> str:
        """Name an account."""
        where = self.on_platform(account.platform)
        if account.mine:
            return self.say("{name} {where}, where you are now", name=self.name(account.name), where=where)
        return self.say("{name} {where}", name=self.name(account.name), where=where)

    def one_account(self) -> tuple[Inline, ...]:
        """Say that the reader has linked no account, and how that is done."""
        return self.weave("No other account is linked with this one. {command} makes a code.", command=_LINK)

    def group_heading(self) -> str:
        """Head the groups that are one with the reader's."""
        return self.say("This group")

    def other_group(self, platform: str) -> str:
        """Name a group that is one with the reader's."""
        return self.say("One with a group {where}", where=self.on_platform(platform))

    def one_group(self) -> tuple[Inline, ...]:
        """Say that the group is linked with none, and how that is done."""
        return self.weave(
            "It is linked with no other. An organiser makes a code: {command}", command=_LINK_GROUP
        )

    def channel_heading(self) -> str:
        """Head the places in which the channel's rounds are played."""
        return self.say("This channel")

    def other_place(self, spot: Spot) -> tuple[Inline, ...]:
        """Name a place that is one with the channel."""
        if spot.channel:
            return self.weave("One with {channel}", channel=ChannelName(spot.channel))
        return self.weave("One with a channel {where}", where=self.on_platform(spot.platform))

    def one_channel(self) -> tuple[Inline, ...]:
        """Say that the channel is linked with none, and how that is done."""
        return self.weave(
            "It is linked with no other. An organiser makes a code: {command}", command=_LINK_CHANNEL
        )

    def on_platform(self, platform: str) -> str:
        """Say on which platform something is."""
        return self.say(_WHERE.get(platform, "on another platform"))


_LINK: Final = Code("/quiz link")
_LINK_GROUP: Final = Code("/quiz link group")
_LINK_CHANNEL: Final = Code("/quiz link channel")
