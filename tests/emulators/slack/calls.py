"""A call of the Web API as it was read, and how its arguments are taken."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tests.emulators.slack.applications import Application, Installation, Token
from tests.emulators.slack.refusals import Json, RefusedError, missing_argument, missing_scope
from tests.emulators.slack.residents import Channel, ChannelKind, Team, User
from tests.emulators.slack.worlds import World

_TRUE: Final = frozenset({"true", "1"})
READ: Final = {
    ChannelKind.PUBLIC: "channels:read",
    ChannelKind.PRIVATE: "groups:read",
    ChannelKind.IM: "im:read",
}
HISTORY: Final = {
    ChannelKind.PUBLIC: "channels:history",
    ChannelKind.PRIVATE: "groups:history",
    ChannelKind.IM: "im:history",
}


@dataclass(frozen=True, slots=True)
class Call:
    """A call. *basic* is the user and password of its header, if it has such a one."""

    method: str
    args: Mapping[str, Any]
    token: Token | None = None
    basic: tuple[str, str] | None = None

    def text(self, name: str) -> str:
        """Return an argument as text, "" without it."""
        value = self.args.get(name)
        return "" if value is None else str(value)

    def need(self, name: str) -> str:
        """Return an argument that must be there."""
        return self.text(name) or _raise(missing_argument(name))

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return an argument that is a yes or no."""
        value = self.args.get(name)
        return default if value is None else str(value).lower() in _TRUE

    def count(self, name: str, default: int, most: int) -> int:
        """Return an argument that is a number of things."""
        value = self.text(name)
        if not value:
            return default
        if not value.isdecimal() or not 1 <= int(value) <= most:
            raise RefusedError("invalid_limit")
        return int(value)

    @property
    def here(self) -> Installation:
        """Whose bot calls."""
        if self.token is None or self.token.installation is None:
            raise RefusedError("not_allowed_token_type")
        return self.token.installation

    @property
    def app(self) -> Application:
        """Which application calls."""
        if self.token is None:
            raise RefusedError("not_authed")
        return self.token.app

    @property
    def bot(self) -> User:
        """The bot that calls."""
        return self.here.bot

    @property
    def team(self) -> Team:
        """The workspace that is called in."""
        return self.here.team

    def scoped(self, *needed: str) -> None:
        """Check that the token has one of the scopes that are *needed*."""
        has = self.token.scopes if self.token else ()
        if not any(scope in has for scope in needed):
            raise missing_scope(",".join(needed), has)

    def person(self, world: World, name: str, error: str = "user_not_found") -> User:
        """Return somebody of the workspace, named by an argument."""
        user = world.users.get(self.text(name))
        if user is None or user.team is not self.team:
            raise RefusedError(error)
        return user

    def channel(self, world: World, name: str = "channel") -> Channel:
        """Return a conversation that the bot may know of; raises RefusedError for any other."""
        channel = world.channels.get(self.text(name))
        known = channel is not None and (channel.kind is ChannelKind.PUBLIC or self.bot.id in channel.members)
        if channel is None or not known or channel.team is not self.team:
            raise RefusedError("channel_not_found")
        return channel


Handler = Callable[[Call], Json]


def _raise(error: RefusedError) -> str:
    raise error
