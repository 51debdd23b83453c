"""Workspaces of the emulated Slack that install us, and processes that share what we keep of them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from aiohttp import ClientSession

from bot.adapters.slack.exchanges import App
from bot.adapters.slack.installations import Installations
from bot.adapters.slack.keys import Keys
from bot.ports import Vault
from bot.records import InstallationRow
from tests.emulators.slack import Application, Exchange, Installation, SlackServer, Team

OLD, NEW = "correct horse battery staple", "another passphrase of ours"
BACK = "https://quiz.example.org/slack/oauth/callback"
HOUR = 3600.0


class ServerClock:
    """The time of the emulated server, which a test moves for both."""

    def __init__(self, server: SlackServer) -> None:
        self._server = server

    def now(self) -> datetime:
        """Return the time."""
        return self._server.clock()

    async def sleep(self, seconds: float) -> None:
        """Return when *seconds* have passed."""
        await self._server.clock.sleep(seconds)


class Schools:
    """An app that rotates its tokens or not, a workspace called School, and Zoe, who may install it there."""

    def __init__(self, server: SlackServer, vault: Vault, keys: Keys) -> None:
        self.server = server
        self.vault = vault
        self.keys = keys
        self.clock = ServerClock(server)
        self.team: Team = server.world.team("School")
        self.zoe = server.world.user("Zoe", owner=True)
        self.app: Application = server.world.application(installed=False)

    @property
    def ours(self) -> App:
        """Our app as our settings have it."""
        return App(self.app.client_id, self.app.client_secret, BACK, self.server.api_url)

    @property
    def there(self) -> Installation:
        """Our app in the workspace, as Slack knows it."""
        return self.app.installations[self.team.id]

    @asynccontextmanager
    async def process(
        self, vault: Vault | None = None, keys: Keys | None = None
    ) -> AsyncIterator[Installations]:
        """Give the installations of another process."""
        async with ClientSession() as session:
            installations = Installations(vault or self.vault, keys or self.keys, self.clock, self.ours)
            yield installations.connected(session)
            await installations.idle()

    def code(self, team: Team | None = None) -> str:
        """Let the owner of a workspace approve our app, and return the code that they bring."""
        by = self.zoe if team is None else self.server.world.user("Yan", team=team, owner=True)
        return self.server.world.register.grant(self.app, by, ("chat:write", "commands"), BACK)

    async def row(self) -> InstallationRow:
        """Return what is kept of the workspace."""
        row = await self.vault.installation("slack", self.team.id)
        assert row is not None
        return row

    def renewals(self) -> list[Exchange]:
        """Return the requests in which a refresh token was used."""
        asked = self.server.traffic.exchanges("oauth.v2.access")
        return [one for one in asked if one.args.get("grant_type") == "refresh_token"]
