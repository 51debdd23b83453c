"""The register of applications: what they are told at their making, and the tokens that they are given.

Rule 1: a refresh token is good once.

Rule 2: a token that rotates lives for twelve hours, and no more than two of them are good at a time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tests.emulators.slack.applications import (
    MOST_TOKENS,
    TOKEN_SECONDS,
    Application,
    Installation,
    Token,
    TokenKind,
)
from tests.emulators.slack.refusals import RefusedError
from tests.emulators.slack.residents import Team, User, UserId

if TYPE_CHECKING:
    from tests.emulators.slack.worlds import World

CODE_SECONDS = 600.0


@dataclass(slots=True)
class Grant:
    """What somebody approved: the code is good once, for ten minutes."""

    app: Application
    team: Team
    by: User
    scopes: tuple[str, ...]
    redirect_uri: str
    until: datetime
    used: bool = False


class Register:
    """Knows every token. *token_seconds* is how long those that rotate live."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self.tokens: dict[str, Token] = {}
        self.grants: dict[str, Grant] = {}
        self.token_seconds: float = TOKEN_SECONDS

    # ----------------------------------------------------------------------------------------- applications

    def application(self, name: str) -> Application:
        """Let there be an application, installed nowhere so far."""
        world = self._world
        id_ = world.id("A")
        client_id = f"{int(world.secret(10), 16)}.{int(world.secret(10), 16)}"
        token = f"xapp-1-{id_}-{int(world.secret(8), 16)}-{world.secret(64)}"
        secrets = world.secret(), world.secret(), world.secret(24)
        app = Application(id_, name, client_id, *secrets, token)
        world.apps[id_] = app
        self.tokens[token] = Token(token, TokenKind.APP, app)
        return app

    def install(self, app: Application, team: Team, scopes: Iterable[str] | None = None) -> Installation:
        """Put *app* into a workspace, or give it another token there."""
        asked = tuple(app.scopes if scopes is None else scopes)
        there = app.installations.get(team.id)
        if there is None:
            bot = self._bot(app, team)
            there = app.installations[team.id] = Installation(app, team, bot, asked, rotates=app.rotates)
        there.scopes, there.rotates, there.active = asked, app.rotates, True
        there.bot.deleted = False
        self.issue(there)
        return there

    def _bot(self, app: Application, team: Team) -> User:
        handle = "".join(letter for letter in app.name.lower() if letter.isalnum())
        bot = User(UserId(self._world.id("U")), team, handle, app.name, app.name)
        bot.bot_id, bot.app = self._world.id("B"), app
        return self._world.settle(bot)

    # ----------------------------------------------------------------------------------------------- tokens

    def issue(self, installation: Installation) -> Token:
        """Give *installation* another token, and a refresh token if it rotates."""
        world, rotates = self._world, installation.rotates
        start = "xoxe.xoxb-1" if rotates else "xoxb"
        value = f"{start}-{int(world.secret(9), 16)}-{int(world.secret(9), 16)}-{world.secret(24)}"
        until = world.now() + timedelta(seconds=self.token_seconds) if rotates else None
        token = Token(value, TokenKind.BOT, installation.app, installation, until)
        installation.tokens.append(token)
        self.tokens[value] = token
        if rotates:
            installation.refresh_tokens[f"xoxe-1-{world.secret(48)}"] = True
            for old in installation.tokens[:-MOST_TOKENS]:
                old.revoked = True
        return token

    def refresh(self, app: Application, refresh_token: str) -> Installation:
        """Use up a refresh token for new tokens; raises RefusedError for one that is not good."""
        for installation in app.installations.values():
            if installation.refresh_tokens.get(refresh_token) and installation.active:
                installation.refresh_tokens[refresh_token] = False
                self.issue(installation)
                return installation
        raise RefusedError("invalid_refresh_token")

    def find(self, value: str) -> Token:
        """Return the token of that *value*; raises RefusedError for one that opens nothing."""
        token = self.tokens.get(value)
        if token is None:
            raise RefusedError("invalid_auth")
        if token.installation is not None and not token.installation.active:
            raise RefusedError("account_inactive")
        if token.revoked:
            raise RefusedError("token_revoked")
        if token.expires_at is not None and token.expires_at <= self._world.now():
            raise RefusedError("token_expired")
        return token

    def revoke(self, token: Token) -> None:
        """Let *token* be good no more."""
        token.revoked = True

    def uninstall(self, installation: Installation) -> None:
        """Take an application out of a workspace: its tokens are good no more."""
        installation.active = False
        installation.bot.deleted = True
        for token in installation.tokens:
            token.revoked = True
        for refresh_token in installation.refresh_tokens:
            installation.refresh_tokens[refresh_token] = False
        for channel in installation.team.channels.values():
            channel.members.pop(installation.bot.id, None)

    # ------------------------------------------------------------------------------------------------ codes

    def grant(self, app: Application, by: User, scopes: Iterable[str], redirect_uri: str) -> str:
        """Return the code for what somebody approved."""
        until = self._world.now() + timedelta(seconds=CODE_SECONDS)
        code = f"{int(self._world.secret(9), 16)}.{self._world.secret(64)}"
        self.grants[code] = Grant(app, by.team, by, tuple(scopes), redirect_uri, until)
        return code

    def redeem(self, app: Application, code: str, redirect_uri: str) -> tuple[Grant, Installation]:
        """Install what was approved; raises RefusedError for a code that is not good."""
        grant = self.grants.get(code)
        if grant is None or grant.app is not app or grant.until <= self._world.now():
            raise RefusedError("invalid_code")
        if grant.used:
            raise RefusedError("code_already_used")
        if redirect_uri and redirect_uri != grant.redirect_uri:
            raise RefusedError("bad_redirect_uri")
        grant.used = True
        return grant, self.install(app, grant.team, grant.scopes)
