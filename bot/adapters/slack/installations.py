"""Installations: the workspaces that have installed us, and tokens that are good whenever they are asked for.

Where an app rotates its tokens, each is good for twelve hours, and a refresh token buys the next pair: once,
but for a short grace period in which it still buys another. So one process at a time may use it.

- Whoever wants to renew first writes into the row until when. The row's version lets one of them win; the
  others go on with the token that is still good, or wait. We begin two hours before the end, so they seldom
  have to.
- The new pair is saved at the version that was written at the beginning. Who was overtaken saves nothing.
- A process that dies after the exchange and before saving loses a pair that nobody else has seen. The next
  one begins anew after LEASE_MS, with the refresh token that is still in the row and mostly in its grace
  period; Slack lets two tokens live, so the lost one harms nobody. When it comes too late, the old token
  still has its two hours, and after that the workspace has to install us again: the log says so at once.

What is remembered here is asked for again every LOOK_MS, so what another process did is known soon after.
"""

import asyncio
from dataclasses import dataclass, replace
from typing import Final

import structlog
from aiohttp import ClientSession
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.addresses import PLATFORM
from bot.adapters.slack.credentials import Credentials, credentials_of, text_of
from bot.adapters.slack.exchanges import App, Exchange
from bot.adapters.slack.failures import FAULTS, NotInstalledError, code_of
from bot.adapters.slack.keys import Keys
from bot.core.errors import StoreError
from bot.ports import Clock, Vault
from bot.records import InstallationRow

RENEW_MS: Final = 2 * 60 * 60 * 1000
"""A token that lives no longer than this is renewed."""

GOOD_MS: Final = 60 * 1000
"""A token that lives no longer than this is not used for anything that is only begun now."""

LOOK_MS: Final = 2_000
LEASE_MS: Final = 20_000
"""How long a renewal may take before another process tries: more than both tries and what saving takes."""

LATER_MS: Final = 60_000
"""How long nobody tries again after a renewal that failed, while the token is good."""

SOON_MS: Final = 3_000
"""How long nobody tries again when it is not."""

WAIT_SECONDS: Final = 0.1
SAVING_AGAIN_SECONDS: Final = (0.5, 1.0, 2.0)

_SPENT: Final = frozenset({"invalid_refresh_token", "invalid_grant", "token_revoked", "account_inactive"})
"""Slack's codes for a refresh token that will never be good again."""

UNREADABLE: Final = (
    "No key in slack.keys opens the token of this workspace. Put back the key that it was encrypted with, "
    "behind the others, or let the workspace install us again."
)
ENDED: Final = "The token has ended and cannot be renewed: let the workspace install us again."

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Known:
    """A workspace as it was when we looked."""

    row: InstallationRow
    credentials: Credentials
    looked_at: int
    client: AsyncWebClient
    identity: AuthorizeResult


class Installations:
    """The workspaces of *vault*; speaks there once it is :meth:`connected`."""

    def __init__(self, vault: Vault, keys: Keys, clock: Clock, app: App) -> None:
        """Keep tokens in *vault*, encrypted with *keys*; renew them for *app*."""
        self._vault = vault
        self._keys = keys
        self._clock = clock
        self._app = app
        self._slack: Exchange | None = None
        self._known: dict[str, _Known] = {}
        self._renewing: dict[str, asyncio.Task[_Known | None]] = {}

    def connected(self, session: ClientSession) -> "Installations":
        """Speak through *session* from now on, and return these installations."""
        self._known.clear()
        self._slack = Exchange(self._app, session, self._clock)
        return self

    @property
    def here(self) -> bool:
        """Whether Slack can be asked for anything."""
        return self._slack is not None

    # ------------------------------------------------------------------------------------- of one workspace

    async def client(self, team: str) -> AsyncWebClient:
        """Return what speaks for us in *team*; NotInstalledError where we are not installed."""
        known = await self._find(team)
        if known is None:
            raise NotInstalledError(team)
        return known.client

    async def authorized(self, team: str) -> AuthorizeResult | None:
        """Return who we are in *team*, None where we are not installed."""
        known = await self._find(team)
        return None if known is None else known.identity

    async def installer(self, team: str) -> str:
        """Return Slack's id of who installed us in *team*, "" when that is not known."""
        known = await self._find(team)
        return "" if known is None else known.credentials.installer

    async def removed(self, team: str) -> None:
        """Forget *team*, which says that it has put us out, unless our token there is good.

        Slack tells an event again for some minutes when it was not heard. By then the workspace may have
        installed us again, and would be put out by what it did before.
        """
        while (row := await self._vault.installation(PLATFORM, team)) is not None:
            self.forget(team)
            if await self._is_heard(team):
                log.info("slack_still_installed", team=team)
                return
            if await self._vault.remove_installation(PLATFORM, team, row.version):
                log.info("slack_token_deleted", team=team)
                break
        self.forget(team)

    def forget(self, team: str) -> None:
        """Look into the vault before *team* is spoken to again: Slack refused its token, for example."""
        self._known.pop(team, None)

    # ------------------------------------------------------------------------------------------- of all

    async def install(self, code: str) -> Credentials:
        """Buy a token with the *code* that somebody brought from Slack, and keep it.

        Raises what a request may raise, and WholeOrganisationError; nothing is kept then.
        """
        credentials, expires_at = await self._asked().first(code)
        await self._put(credentials, expires_at)
        log.info("slack_installed", team=credentials.team, scopes=credentials.scopes)
        return credentials

    async def tend(self) -> None:
        """Encrypt anew what an older key encrypted, and renew what ends soon.

        To be called at the start and every few minutes. What fails is told in the log, and left to the next
        time, as is everything while we are not connected.
        """
        if not self.here:
            return
        for row in await self._vault.installations(PLATFORM):
            try:
                await self._tend(row)
            except (StoreError, *FAULTS) as error:
                log.warning("slack_not_tended", team=row.workspace, error=type(error).__name__)

    async def idle(self) -> None:
        """Return when no token is being renewed: one that was bought and not saved would be lost."""
        while self._renewing:
            await asyncio.wait(list(self._renewing.values()))

    # -------------------------------------------------------------------------------------------- looking

    async def _find(self, team: str) -> _Known | None:
        """Return *team* with a token that is good, None where we are not installed."""
        known = self._known.get(team)
        if known is None or self._now() - known.looked_at >= LOOK_MS:
            known = await self._look(team)
        if known is None:
            return None
        good = self._lives(known.row, GOOD_MS)
        if self._is_due(known) and (not good or known.row.renewing_until <= self._now()):
            renewal = self._renewal(team)
            return known if good else await asyncio.shield(renewal)
        if not good:
            log.warning("slack_token_ended", team=team, note=ENDED)
        return known if good else None

    async def _look(self, team: str) -> _Known | None:
        """Return what the vault holds of *team*, None for nothing, or nothing that can be read."""
        row = await self._vault.installation(PLATFORM, team)
        known = self._known.get(team)
        if row is not None and known is not None and known.row == row:
            self._known[team] = replace(known, looked_at=self._now())
            return self._known[team]
        credentials = None if row is None else self._opened(row)
        if row is None or credentials is None:
            self.forget(team)
            return None
        return self._remember(row, credentials)

    def _opened(self, row: InstallationRow) -> Credentials | None:
        text = self._keys.opened(row.workspace, row.body)
        credentials = None if text is None else credentials_of(text)
        if credentials is None:
            log.warning("slack_token_unreadable", team=row.workspace, note=UNREADABLE)
        return credentials

    def _remember(self, row: InstallationRow, credentials: Credentials) -> _Known:
        identity = AuthorizeResult(
            enterprise_id=None,
            team_id=credentials.team,
            team=credentials.name,
            bot_user_id=credentials.bot_user_id,
            bot_id=credentials.bot_id,
            bot_token=credentials.token,
            bot_scopes=credentials.scopes,
        )
        client = self._asked().client(credentials.token)
        known = _Known(row, credentials, self._now(), client, identity)
        self._known[credentials.team] = known
        return known

    async def _is_heard(self, team: str) -> bool:
        """Tell whether Slack takes our token in *team*; when it does not say, an event of its own counts."""
        try:
            await (await self.client(team)).auth_test()
        except FAULTS:
            return False
        return True

    # ------------------------------------------------------------------------------------------- renewing

    def _is_due(self, known: _Known) -> bool:
        return bool(known.credentials.refresh_token) and not self._lives(known.row, RENEW_MS)

    def _lives(self, row: InstallationRow, ms: int) -> bool:
        """Tell whether the token of *row* lives longer than *ms*."""
        return row.expires_at is None or row.expires_at - self._now() > ms

    def _renewal(self, team: str) -> "asyncio.Task[_Known | None]":
        """Return the one renewal of *team* in this process. It goes on when whoever waits for it is gone."""
        task = self._renewing.get(team)
        if task is None:
            task = self._renewing[team] = asyncio.create_task(self._renewed(team))
            task.add_done_callback(lambda done: self._ended(team, done))
        return task

    def _ended(self, team: str, task: "asyncio.Task[_Known | None]") -> None:
        del self._renewing[team]
        if not task.cancelled() and (error := task.exception()) is not None:
            log.warning("slack_renewal_failed", team=team, error=type(error).__name__)

    async def _renewed(self, team: str) -> _Known | None:
        """Return *team* with another token, by us or by another process, or with one that is still good."""
        while (known := await self._look(team)) is not None and self._is_due(known):
            row, now = known.row, self._now()
            if row.renewing_until <= now:
                ours = row._replace(version=self._after(row.version), renewing_until=now + LEASE_MS)
                if await self._vault.save_installation(ours, row.version):
                    return await self._exchange(ours, known.credentials)
            elif self._lives(row, GOOD_MS):
                return known
            else:
                await self._clock.sleep(WAIT_SECONDS)
        return known

    async def _exchange(self, row: InstallationRow, old: Credentials) -> _Known | None:
        """Renew the token of *row*, which is ours alone for now."""
        try:
            credentials, expires_at = await self._asked().next(old)
        except FAULTS as error:
            return await self._not_renewed(row, old, error)
        log.info("slack_token_renewed", team=old.team)
        return await self._keep(row, credentials, expires_at)

    async def _not_renewed(
        self, row: InstallationRow, old: Credentials, error: BaseException
    ) -> _Known | None:
        """Let nobody try again for a while; raise *error* when the token is not good any more."""
        spent, good = code_of(error) in _SPENT, self._lives(row, GOOD_MS)
        said = code_of(error) or type(error).__name__
        log.warning("slack_token_not_renewed", team=old.team, error=said, note=ENDED if spent else "")
        until = self._now() + (LATER_MS if good else SOON_MS)
        left = replace(old, refresh_token="") if spent else old
        known = await self._keep(row, left, row.expires_at, until)
        if known is None or self._lives(known.row, GOOD_MS):
            return known
        if spent:
            raise NotInstalledError(old.team) from error
        raise error

    # --------------------------------------------------------------------------------------------- keeping

    async def _put(self, credentials: Credentials, expires_at: int | None) -> None:
        """Keep *credentials* in the place of whatever there is of their workspace."""
        while True:
            there = await self._vault.installation(PLATFORM, credentials.team)
            row = self._row(credentials, expires_at, 0 if there is None else there.version)
            if await self._vault.save_installation(row, 0 if there is None else there.version):
                self._remember(row, credentials)
                return

    async def _keep(
        self, row: InstallationRow, credentials: Credentials, expires_at: int | None, until: int = 0
    ) -> _Known | None:
        """Keep *credentials* in the place of *row*; return them, or what others have put there meanwhile."""
        kept = self._row(credentials, expires_at, row.version, until)
        if await self._saved(kept, row.version):
            return self._remember(kept, credentials)
        return await self._look(row.workspace)

    async def _saved(self, row: InstallationRow, before: int) -> bool:
        """Save *row*, with patience: nobody else has what it holds, and Slack does not give it twice."""
        for pause in SAVING_AGAIN_SECONDS:
            try:
                return await self._vault.save_installation(row, before)
            except StoreError as error:
                log.warning("slack_token_not_saved", team=row.workspace, error=str(error), again_in=pause)
                await self._clock.sleep(pause)
        return await self._vault.save_installation(row, before)

    async def _tend(self, row: InstallationRow) -> None:
        team = row.workspace
        if not self._keys.is_newest(team, row.body) and row.renewing_until <= self._now():
            credentials = self._opened(row)
            if credentials is None:
                return
            await self._keep(row, credentials, row.expires_at)
        if not self._lives(row, RENEW_MS):
            await self._find(team)

    def _row(
        self, credentials: Credentials, expires_at: int | None, before: int, until: int = 0
    ) -> InstallationRow:
        body = self._keys.sealed(credentials.team, text_of(credentials))
        version = self._after(before)
        return InstallationRow(PLATFORM, credentials.team, credentials.name, version, expires_at, until, body)

    def _after(self, version: int) -> int:
        """Return a version after *version*, and after those of the same workspace before it was removed."""
        return max(version + 1, self._now())

    # --------------------------------------------------------------------------------------------- details

    def _asked(self) -> Exchange:
        """Return what asks Slack; it is there from :meth:`connected` on."""
        if self._slack is None:
            message = "These installations are not connected: call connected() first."
            raise RuntimeError(message)
        return self._slack

    def _now(self) -> int:
        return int(self._clock.now().timestamp() * 1000)
