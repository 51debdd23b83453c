"""Applications, where they are installed, and the tokens that they speak with."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from tests.emulators.slack.residents import Team, User

TOKEN_SECONDS: Final = 43_200
"""How long a token that rotates is good for."""

MOST_TOKENS: Final = 2
"""How many tokens that rotate may be good at once."""

USUAL_SCOPES: Final = (
    "app_mentions:read",
    "channels:history",
    "channels:join",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "reactions:read",
    "reactions:write",
    "team:read",
    "usergroups:read",
    "users:read",
)


class TokenKind(StrEnum):
    """What a token opens."""

    APP = "app"
    BOT = "bot"


@dataclass(slots=True, eq=False)
class Token:
    """What a client shows to be let in. A token without *expires_at* is good until it is revoked."""

    value: str = field(repr=False)
    kind: TokenKind
    app: "Application" = field(repr=False)
    installation: "Installation | None" = field(default=None, repr=False)
    expires_at: datetime | None = None
    revoked: bool = False
    granular_scopes: tuple[str, ...] | None = None

    @property
    def scopes(self) -> tuple[str, ...]:
        """What it may do."""
        if self.installation is not None:
            return self.installation.scopes
        return self.granular_scopes or ("connections:write",)


@dataclass(slots=True, eq=False)
class Installation:
    """An application in a workspace, with its bot there."""

    app: "Application" = field(repr=False)
    team: Team
    bot: User
    scopes: tuple[str, ...]
    tokens: list[Token] = field(default_factory=list, repr=False)
    refresh_tokens: dict[str, bool] = field(default_factory=dict, repr=False)
    """The refresh tokens that were given out; true while one has not been used."""

    active: bool = True
    rotates: bool = False

    @property
    def token(self) -> str:
        """The newest token."""
        return self.tokens[-1].value


@dataclass(slots=True, eq=False)
class Application:
    """An application. Its events, commands and actions go to *request_url*; over Socket Mode without one.

    *events* are those that it subscribes to, by their names in a manifest (``message.im``); None for all.
    *commands* are its slash commands; *shortcuts* the callback ids of its shortcuts, None for any.
    """

    id: str
    name: str
    client_id: str
    client_secret: str = field(repr=False)
    signing_secret: str = field(repr=False)
    verification_token: str = field(repr=False)
    app_token: str = field(repr=False)
    scopes: tuple[str, ...] = USUAL_SCOPES
    events: frozenset[str] | None = None
    commands: tuple[str, ...] = ("/quiz",)
    shortcuts: frozenset[str] | None = None
    request_url: str | None = None
    messages_tab: bool = True
    """Whether people may be written to directly."""

    rotates: bool = False
    """Whether the tokens of its next installations live for twelve hours and are refreshed."""

    installations: dict[str, Installation] = field(default_factory=dict, repr=False)

    @property
    def bot_token(self) -> str:
        """The newest token of the first workspace it was installed in."""
        return next(iter(self.installations.values())).token

    @property
    def user(self) -> User:
        """The bot in the first workspace that it was installed in."""
        return next(iter(self.installations.values())).bot

    def bot_in(self, team: Team) -> User | None:
        """Return the bot in *team*."""
        found = self.installations.get(team.id)
        return None if found is None or not found.active else found.bot
