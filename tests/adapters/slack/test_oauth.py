"""How a browser installs us: to Slack and back, once, in time, and in nobody else's place."""

from collections.abc import AsyncIterator
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from structlog.testing import capture_logs

from bot.adapters.slack.installations import Installations
from bot.adapters.slack.keys import Keys
from bot.adapters.slack.oauth import COOKIE, MOST_BEGUN, OAuth
from bot.adapters.slack.scopes import SCOPES
from bot.core.errors import StoreError
from bot.store.memory import MemoryStore
from bot.wording.slack_pages import SAY
from tests.adapters.slack.browsers import Browser, Seen
from tests.adapters.slack.schools import BACK, OLD, Schools
from tests.emulators.slack import SlackServer, Trouble


class BrokenStore(MemoryStore):
    """A store that can be broken."""

    broken = False

    async def put_state(self, digest: str, now: int, expires_at: int) -> None:
        """Remember, unless it is broken."""
        if self.broken:
            raise StoreError("The disk is full.")
        await super().put_state(digest, now, expires_at)

    async def take_state(self, digest: str, now: int) -> bool:
        """Forget, unless it is broken."""
        if self.broken:
            raise StoreError("The disk is full.")
        return await super().take_state(digest, now)


@pytest.fixture(scope="module")
def keys() -> Keys:
    """The keys in the settings."""
    return Keys([OLD])


@pytest.fixture
def schools(slack: SlackServer, keys: Keys) -> Schools:
    """An app that nobody has installed."""
    return Schools(slack, BrokenStore(), keys)


@pytest.fixture
async def ours(schools: Schools) -> AsyncIterator[Installations]:
    """The installations of our process."""
    async with schools.process() as installations:
        yield installations


@pytest.fixture
async def address(schools: Schools, ours: Installations) -> AsyncIterator[str]:
    """Where our doors are."""
    app = web.Application()
    for method, path, handler in OAuth(ours, schools.vault, schools.clock, schools.ours).doors:
        app.router.add_route(method, path, handler)
    async with TestServer(app) as server:
        yield str(server.make_url("")).rstrip("/")


@pytest.fixture
async def browser(address: str) -> AsyncIterator[Browser]:
    """Zoe's browser."""
    async with ClientSession() as session:
        yield Browser(address, session)


@pytest.fixture
async def other(address: str) -> AsyncIterator[Browser]:
    """Somebody else's browser."""
    async with ClientSession() as session:
        yield Browser(address, session)


def approved(schools: Schools, seen: Seen) -> str:
    """Let Zoe approve what she was sent to Slack for; return where she is sent back to."""
    return schools.server.grants.approve(seen.goes_to, schools.zoe)


async def test_a_workspace_is_installed_with_two_clicks(
    schools: Schools, ours: Installations, browser: Browser
) -> None:
    """The link, Slack's own page, and ours, which says where we are by now and what to type."""
    sent = await browser.open("/slack/install")
    back = await browser.open(approved(schools, sent))

    assert (sent.status, back.status) == (302, 200)
    assert back.says(SAY.installed_in("School"))
    assert "/quiz help" in back.text
    assert f"app={schools.app.id}&team={schools.team.id}" in unescape(back.text)
    assert browser.cookies == {}
    known = await ours.authorized(schools.team.id)
    assert known is not None
    assert known.bot_scopes == tuple(SCOPES)


async def test_slack_is_asked_for_our_scopes_and_to_come_back_to_us(
    schools: Schools, browser: Browser
) -> None:
    """At the address beside the methods, also where that is not Slack's own; for nobody's own token."""
    sent = await browser.open("/slack/install")

    parts, query = urlsplit(sent.goes_to), parse_qs(urlsplit(sent.goes_to).query)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{schools.server.address}/oauth/v2/authorize"
    assert query["scope"] == [",".join(SCOPES)]
    assert (query["client_id"], query["redirect_uri"]) == ([schools.app.client_id], [BACK])
    assert "user_scope" not in query


@pytest.mark.parametrize(
    "api_url,page",
    [
        (None, "https://slack.com/oauth/v2/authorize?"),
        ("https://slack-gov.com/api/", "https://slack-gov.com/oauth/v2/authorize?"),
        ("https://slack-gov.com/api", "https://slack-gov.com/oauth/v2/authorize?"),
        ("http://127.0.0.1:1/api/", "http://127.0.0.1:1/oauth/v2/authorize?"),
    ],
)
def test_the_page_of_approval_is_where_the_methods_are(
    schools: Schools, ours: Installations, api_url: str | None, page: str
) -> None:
    """GovSlack has its own."""
    app = replace(schools.ours, api_url=api_url)

    assert OAuth(ours, schools.vault, schools.clock, app)._allowing("state").startswith(page)


async def test_the_cookie_is_for_this_host_alone_and_for_no_script(browser: Browser) -> None:
    """And comes back from Slack, which is another site: therefore Lax, and not Strict."""
    await browser.open("/slack/install")

    cookie = browser.cookies[COOKIE]
    assert COOKIE.startswith("__Host-")
    assert (cookie["path"], cookie["domain"], cookie["samesite"]) == ("/", "", "Lax")
    assert cookie["secure"]
    assert cookie["httponly"]
    assert cookie["max-age"] == "600"


@pytest.mark.parametrize("path", ["/slack/install", "/slack/oauth/callback", "/slack/oauth/callback?code=x"])
async def test_every_answer_is_strict_with_the_browser(browser: Browser, path: str) -> None:
    """Nothing is loaded, framed, cached or told on: the address holds a code of Slack's."""
    seen = await browser.open(path)

    assert "default-src 'none'" in seen.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in seen.headers["Content-Security-Policy"]
    assert (seen.headers["Cache-Control"], seen.headers["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert "<script" not in seen.text


async def test_the_same_answer_of_slack_counts_once(schools: Schools, browser: Browser) -> None:
    """Whoever goes back in their browser, or finds the address in a history, installs nothing."""
    address = approved(schools, await browser.open("/slack/install"))
    cookies = dict(browser.cookies)
    await browser.open(address)
    browser.cookies = cookies

    again = await browser.open(address)

    assert (again.status, again.says(SAY.not_from_here())) == (400, True)
    assert len(schools.server.traffic.exchanges("oauth.v2.access")) == 1


async def test_nobody_finishes_what_another_browser_began(
    schools: Schools, browser: Browser, other: Browser
) -> None:
    """Else somebody could have us installed in a workspace of theirs in another's name, or the reverse."""
    address = approved(schools, await browser.open("/slack/install"))
    await other.open("/slack/install")

    for somebody in (other, Browser(other._address, other._session)):
        seen = await somebody.open(address)
        assert (seen.status, seen.says(SAY.not_from_here())) == (400, True)
    assert schools.server.traffic.exchanges("oauth.v2.access") == []
    assert (await browser.open(address)).status == 200


async def test_two_windows_of_one_browser_may_install_us_both(schools: Schools, browser: Browser) -> None:
    """A second click on the link does not spoil the first."""
    first, second = [approved(schools, await browser.open("/slack/install")) for _ in range(2)]
    cookies = dict(browser.cookies)

    assert (await browser.open(first)).status == 200
    browser.cookies = cookies
    assert (await browser.open(second)).status == 200


async def test_after_ten_minutes_it_is_too_late(schools: Schools, browser: Browser) -> None:
    """The page says so, and leads to the beginning."""
    address = approved(schools, await browser.open("/slack/install"))
    schools.server.clock.advance(601)

    seen = await browser.open(address)

    assert (seen.status, seen.says(SAY.too_late())) == (400, True)
    assert 'href="https://quiz.example.org/slack/install"' in seen.text
    assert schools.server.traffic.exchanges("oauth.v2.access") == []


async def test_who_cancels_in_slack_is_told_that_nothing_happened(schools: Schools, browser: Browser) -> None:
    """It is no error of anybody's."""
    sent = await browser.open("/slack/install")

    seen = await browser.open(schools.server.grants.deny(sent.goes_to))

    assert seen.says(SAY.cancelled())
    assert schools.server.traffic.exchanges("oauth.v2.access") == []


@pytest.mark.parametrize(
    "query",
    [
        "",
        "code=x",
        "code=x&state=",
        "code=x&state=1.y",
        f"code=x&state={'9' * 600}",
        "code=x&state=9999999999999999999.y",
        "code=x&state=²³.y",
        "error=%3Cscript%3Ealert(1)%3C/script%3E&state=<b>",
    ],
)
async def test_a_made_up_answer_is_refused(browser: Browser, query: str) -> None:
    """Without a question to Slack, and with nothing of it on the page."""
    await browser.open("/slack/install")

    seen = await browser.open(f"/slack/oauth/callback?{query}")

    assert seen.status == 400
    assert seen.says(SAY.not_from_here()) or seen.says(SAY.too_late())
    assert "<script" not in seen.text
    assert "<b>" not in seen.text


async def test_what_slack_says_in_place_of_a_code_goes_to_the_log(browser: Browser) -> None:
    """It is for whoever runs this; the page shows nothing of it."""
    state = parse_qs(urlsplit((await browser.open("/slack/install")).goes_to).query)["state"][0]

    with capture_logs() as logs:
        seen = await browser.open(f"/slack/oauth/callback?error=invalid_scope_requested&state={state}")

    assert seen.says(SAY.set_up_wrongly())
    assert "invalid_scope_requested" in str(logs)
    assert "invalid_scope" not in seen.text


async def test_a_wrong_secret_of_ours_is_told_as_ours(schools: Schools, browser: Browser) -> None:
    """Who installs us cannot mend it; who runs us finds it in the log, which shows no secret."""
    address = approved(schools, await browser.open("/slack/install"))
    secret, schools.app.client_secret = schools.app.client_secret, "another"

    with capture_logs() as logs:
        seen = await browser.open(address)

    assert seen.says(SAY.set_up_wrongly())
    assert "bad_client_secret" in str(logs)
    assert secret not in str(logs)


async def test_a_code_that_is_not_good_any_more_is_told(schools: Schools, browser: Browser) -> None:
    """As what it mostly is: too old, or used."""
    address = approved(schools, await browser.open("/slack/install"))
    schools.server.world.register.grants.clear()

    assert (await browser.open(address)).says(SAY.too_late())


@pytest.mark.parametrize("method", ["oauth.v2.access", "auth.test"])
async def test_while_slack_is_out_of_order_nothing_is_installed(
    schools: Schools, browser: Browser, method: str
) -> None:
    """And the page says that it will pass."""
    address = approved(schools, await browser.open("/slack/install"))
    schools.server.fates.next(method, Trouble.BROKEN)

    seen = await browser.open(address)

    assert (seen.status, seen.says(SAY.out_of_reach())) == (503, True)
    assert list(await schools.vault.installations("slack")) == []


async def test_while_our_database_is_away_nobody_is_sent_to_slack(schools: Schools, browser: Browser) -> None:
    """They could not come back."""
    assert isinstance(schools.vault, BrokenStore)
    address = approved(schools, await browser.open("/slack/install"))
    schools.vault.broken = True

    for path in ("/slack/install", address):
        seen = await browser.open(path)
        assert (seen.status, seen.says(SAY.out_of_reach())) == (503, True)


async def test_before_we_are_connected_nothing_is_installed(schools: Schools) -> None:
    """The page is served some moments before."""
    installations = Installations(schools.vault, schools.keys, schools.clock, schools.ours)
    app = web.Application()
    for method, path, handler in OAuth(installations, schools.vault, schools.clock, schools.ours).doors:
        app.router.add_route(method, path, handler)
    async with TestServer(app) as server, ClientSession() as session:
        browser = Browser(str(server.make_url("")).rstrip("/"), session)
        seen = await browser.open(approved(schools, await browser.open("/slack/install")))

    assert (seen.status, seen.says(SAY.out_of_reach())) == (503, True)


async def test_the_name_of_a_workspace_is_shown_as_text(schools: Schools, browser: Browser) -> None:
    """Whoever names a workspace writes on a page of ours."""
    schools.team.name = "<img src=x onerror=alert(1)>"

    seen = await browser.open(approved(schools, await browser.open("/slack/install")))

    assert "<img" not in seen.text
    assert "&lt;img" in seen.text


async def test_more_than_can_be_are_asked_to_come_back(schools: Schools, browser: Browser) -> None:
    """Anybody may open the address, and each who does is a row in the database."""
    begun = [(await browser.open("/slack/install")).status for _ in range(MOST_BEGUN + 1)]

    assert begun == [302] * MOST_BEGUN + [429]
    schools.server.clock.advance(60)
    assert (await browser.open("/slack/install")).status == 302
