"""OAuth: how somebody installs us in their workspace, from a link to a page that says it is done.

Three things prove that whoever comes back is who set out. The state is known to our store, once, for ten
minutes. It is bound to a cookie that only this browser has, so nobody can be made to finish what another one
began. And the code that Slack sent along is good for our app alone.
"""

import re
import secrets
from collections import deque
from collections.abc import Mapping, Sequence
from hashlib import sha256
from types import MappingProxyType
from typing import Final
from urllib.parse import urlencode, urljoin

import structlog
from aiohttp import web

from bot.adapters.slack.credentials import WholeOrganisationError
from bot.adapters.slack.exchanges import App
from bot.adapters.slack.failures import FAULTS, code_of, delivery_error
from bot.adapters.slack.installations import Installations
from bot.adapters.slack.pages import HEADERS, page
from bot.adapters.slack.scopes import SCOPES
from bot.adapters.slack.settings import Handler
from bot.adapters.slack.workspaces import base_url
from bot.core.errors import StoreError
from bot.ports import Clock, Vault
from bot.wording.slack_pages import SAY

INSTALL: Final = "/slack/install"
CALLBACK: Final = "/slack/oauth/callback"

STATE_SECONDS: Final = 600
COOKIE: Final = "__Host-studyhall-slack"
"""A browser takes a cookie of such a name over TLS only, for this host alone, and from nobody but it."""

MOST_BEGUN: Final = 100
"""How many may set out in a minute: each is a row in the store, and anybody may open the address."""

_MINUTE: Final = 60.0
_LONGEST: Final = 512
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)

_REASONS: Final = MappingProxyType(
    {
        "invalid_code": SAY.too_late,
        "code_already_used": SAY.too_late,
        "code_expired": SAY.too_late,
        "bad_client_secret": SAY.set_up_wrongly,
        "bad_redirect_uri": SAY.set_up_wrongly,
        "invalid_client_id": SAY.set_up_wrongly,
        "invalid_team_for_non_distributed_app": SAY.set_up_wrongly,
        "redirect_uri_mismatch": SAY.set_up_wrongly,
        "invalid_scope": SAY.set_up_wrongly,
    }
)
"""What Slack's codes mean to somebody in front of a browser; anything else is trouble that passes."""

log = structlog.get_logger(__name__)


class OAuth:
    """Answers at the two addresses by which a workspace installs us."""

    def __init__(self, installations: Installations, vault: Vault, clock: Clock, app: App) -> None:
        """Install *app* into *installations*; states are kept in *vault*."""
        self._installations = installations
        self._vault = vault
        self._clock = clock
        self._app = app
        self._begun: deque[float] = deque(maxlen=MOST_BEGUN)

    @property
    def doors(self) -> Sequence[tuple[str, str, Handler]]:
        """What answers: method, path, and who takes requests there."""
        return [("GET", INSTALL, self.install), ("GET", CALLBACK, self.callback)]

    async def install(self, request: web.Request) -> web.StreamResponse:
        """Send a browser to Slack, with a state that only it can bring back."""
        now = self._clock.now().timestamp()
        if self._is_crowded(now):
            return self._refused(SAY.too_many(), status=429)
        browser = _cookie_of(request) or secrets.token_urlsafe(32)
        state = f"{int(now)}.{secrets.token_urlsafe(32)}"
        try:
            until = int(now + STATE_SECONDS) * 1000
            await self._vault.put_state(_digest(state, browser), int(now * 1000), until)
        except StoreError:
            log.exception("slack_install_failed")
            return self._refused(SAY.out_of_reach(), status=503)
        self._begun.append(now)
        # No HTTPFound is raised: it would be a page of aiohttp's, without our headers.
        response = web.Response(status=302, headers={**HEADERS, "Location": self._allowing(state)})
        response.set_cookie(
            COOKIE, browser, max_age=STATE_SECONDS, path="/", secure=True, httponly=True, samesite="Lax"
        )
        return response

    async def callback(self, request: web.Request) -> web.StreamResponse:
        """Take whoever comes back from Slack, and tell them what became of it."""
        try:
            return await self._came_back(request.query, _cookie_of(request))
        except StoreError:
            log.exception("slack_install_failed")
        except WholeOrganisationError:
            return self._refused(SAY.whole_organisation())
        except FAULTS as error:
            log.warning("slack_install_failed", error=code_of(error) or str(delivery_error(error)))
            if reason := _REASONS.get(code_of(error)):
                return self._refused(reason())
        return self._refused(SAY.out_of_reach(), status=503)

    async def _came_back(self, query: Mapping[str, str], browser: str) -> web.Response:
        state, code, error = (query.get(name, "") for name in ("state", "code", "error"))
        if not await self._is_ours(state, browser):
            return self._refused(SAY.too_late() if self._is_late(state) else SAY.not_from_here())
        if error == "access_denied":
            return self._refused(SAY.cancelled())
        if error or not code:
            log.warning("slack_install_failed", error=error[:40] or "no code")
            return self._refused(SAY.set_up_wrongly())
        if not self._installations.here:
            return self._refused(SAY.out_of_reach(), status=503)
        installed = await self._installations.install(code)
        link = self._address("/app_redirect", {"app": installed.app_id, "team": installed.team})
        response = page(SAY.installed(), SAY.installed_in(installed.name), link, SAY.open_slack())
        response.del_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="Lax")
        return response

    async def _is_ours(self, state: str, browser: str) -> bool:
        """Tell whether *browser* set out with *state*; the second time it did not."""
        if not state or not browser or len(state) > _LONGEST:
            return False
        now = int(self._clock.now().timestamp() * 1000)
        return await self._vault.take_state(_digest(state, browser), now)

    def _is_late(self, state: str) -> bool:
        """Tell whether *state* says of itself that its time is over; nothing but a sentence depends on it."""
        at = state.partition(".")[0]
        if not at.isascii() or not at.isdigit() or len(at) > len(str(2**40)):
            return False
        return int(at) + STATE_SECONDS <= self._clock.now().timestamp()

    def _is_crowded(self, now: float) -> bool:
        return len(self._begun) == MOST_BEGUN and now - self._begun[0] < _MINUTE

    def _refused(self, sentence: str, *, status: int = 400) -> web.Response:
        """Return the page that says why nothing was installed, and where to begin again."""
        again = self._app.redirect_url.removesuffix(CALLBACK) + INSTALL
        return page(SAY.not_installed(), sentence, again, SAY.begin_again(), status=status)

    def _allowing(self, state: str) -> str:
        """Return where people allow what we ask for."""
        asked = {"client_id": self._app.client_id, "scope": ",".join(SCOPES), "state": state}
        if self._app.redirect_url:
            asked["redirect_uri"] = self._app.redirect_url
        return self._address("/oauth/v2/authorize", asked)

    def _address(self, path: str, query: Mapping[str, str]) -> str:
        """Return an address for browsers: beside the methods, also where these are not at Slack's own."""
        return f"{urljoin(base_url(self._app.api_url), path)}?{urlencode(query)}"


def _cookie_of(request: web.Request) -> str:
    """Return what we gave this browser, "" when that is nothing, or nothing of ours."""
    found = _SECRET.fullmatch(request.cookies.get(COOKIE, ""))
    return found[0] if found else ""


def _digest(state: str, browser: str) -> str:
    """Return what the store remembers: whoever reads it there cannot come back with it."""
    return sha256(f"{state} {browser}".encode()).hexdigest()
