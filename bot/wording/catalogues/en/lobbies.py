"""Lobbies in English."""

from collections.abc import Sequence
from typing import assert_never

from bot.core.commands import Mode
from bot.wording.catalogues.en.common import CommonPhrases


class LobbyPhrases(CommonPhrases):
    """A round waits for people."""

    def lobby_title(self, title: str) -> str:
        """Head the message of a lobby."""
        return self.say("New round: {title}", title=self.title_or_mixed(title))

    def lobby_invitation(self, host: str, count: int, seconds: int | None) -> str:
        """Say who asks whom to what."""
        facts = {"host": self.name(host), "questions": self.questions(count)}
        if seconds is None:
            return self.say("{host} invites everyone to {questions}, without a clock.", **facts)
        return self.say(
            "{host} invites everyone to {questions}, {time} for each.", time=self.duration(seconds), **facts
        )

    def mode_explained(self, mode: Mode, teams: int) -> str:
        """Say how a mode is played, in a sentence."""
        match mode:
            case Mode.EVERYONE:
                return self.say("Everyone answers, and a faster right answer earns more.")
            case Mode.FIRST:
                return self.say("The first right answer takes the question; everyone has one try.")
            case Mode.TEAMS:
                return self.count(
                    teams,
                    {
                        "one": "Everyone plays for {n} team, which scores the mean of its members.",
                        "other": "Everyone joins one of {n} teams; a team scores the mean of its members.",
                    },
                )
            case Mode.RELAXED:
                return self.say(
                    "Take your time: a question closes when everyone has answered or the host says so."
                )
            case _:
                assert_never(mode)

    def lobby_joined(self, names: Sequence[str], total: int) -> str:
        """Say who is in."""
        if total <= 0:
            return self.say("Nobody has joined yet.")
        return self.say("In the round: {names}.", names=self.names(names, total))

    def lobby_waits(self, host: str) -> str:
        """Say that the host's word starts the round."""
        return self.say("It starts when {host} says so.", host=self.name(host))

    def lobby_over(self) -> str:
        """Say that the lobby's time is over."""
        return self.say("This lobby is closed.")

    def to_join(self) -> str:
        """Say what the lobby's clock counts."""
        return self.say("to join")

    def join(self) -> str:
        """Label the button that takes part."""
        return self.say("Join")

    def join_hint(self) -> str:
        """Say what the button does."""
        return self.say("Join the round")

    def leave(self) -> str:
        """Label the button that stops taking part."""
        return self.say("Leave")

    def leave_hint(self) -> str:
        """Say what the button does."""
        return self.say("Leave the round")

    def begin(self) -> str:
        """Label the button that ends the lobby."""
        return self.say("Start now")

    def begin_hint(self) -> str:
        """Say what the button does, and for whom."""
        return self.say("Start now, for the host")
