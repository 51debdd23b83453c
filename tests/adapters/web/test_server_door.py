"""Who gets in, and what every answer carries."""

from pathlib import Path

import pytest
from aiohttp import ClientSession, WSServerHandshakeError

from bot.adapters.web import Limits, WebChat
from bot.core.errors import ConfigError
from bot.store.memory import MemoryStore
from tests.adapters.web.chats import TOKEN, Chat, HandClock, ScriptedDesk, a_page, serving

EVERYWHERE = ["/", "/page/app.js", "/page/none.js", "/nowhere", "/healthz", "/readyz", "/metrics", "/socket"]
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


async def test_the_address_that_start_returns_opens_the_page(chat: Chat) -> None:
    """What is printed is all that a person needs."""
    async with chat.client.get(chat.address) as answer:
        assert answer.status == 200
        assert answer.content_type == "text/html"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Study Hall" in await answer.text()


@pytest.mark.parametrize("path", EVERYWHERE)
async def test_every_answer_carries_the_security_headers(chat: Chat, path: str) -> None:
    """A refusal and a page that is not there do too."""
    async with chat.client.get(chat.base + path) as answer:
        assert answer.headers["Content-Security-Policy"] == CSP
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "microphone=()" in answer.headers["Permissions-Policy"]
        assert answer.headers["Server"] == "Study Hall"


@pytest.mark.parametrize("query", ["", "?token=", "?token=wrong", f"?token={TOKEN}x", f"?Token={TOKEN}"])
async def test_without_the_right_token_there_is_a_plain_page_that_says_what_to_do(
    chat: Chat, query: str
) -> None:
    """It says nothing of the right token."""
    async with chat.client.get(f"{chat.base}/{query}") as answer:
        text = await answer.text()
        assert answer.status == 403
        assert answer.content_type == "text/plain"
        assert "Open the whole address that Study Hall printed" in text
        assert TOKEN not in text


@pytest.mark.parametrize("path", EVERYWHERE)
async def test_a_wrong_host_is_told_so_everywhere(chat: Chat, path: str) -> None:
    """A name that was made to point here gets nothing, not even figures."""
    async with chat.client.get(
        chat.base + path, params={"token": TOKEN}, headers={"Host": "evil.example"}
    ) as answer:
        assert answer.status == 421
        assert "does not answer to this address" in await answer.text()
        assert answer.headers["Content-Security-Policy"] == CSP


async def test_localhost_is_the_same_as_its_number(chat: Chat) -> None:
    """Both names of this machine open the page."""
    host = chat.base.replace("http://127.0.0.1", "localhost")
    async with chat.client.get(chat.address, headers={"Host": host}) as answer:
        assert answer.status == 200


async def test_further_names_are_served_when_told(tmp_path: Path) -> None:
    """The name of a proxy in front of us is a setting."""
    async with (
        serving(tmp_path, names=("study.example.org",)) as chat,
        chat.client.get(chat.address, headers={"Host": "study.example.org"}) as answer,
    ):
        assert answer.status == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1"])
async def test_a_socket_from_another_site_is_refused(chat: Chat, origin: str) -> None:
    """A page elsewhere cannot speak for the person who looks at it."""
    with pytest.raises(WSServerHandshakeError) as refused:
        await chat.window(origin=origin)

    assert refused.value.status == 403


async def test_a_socket_without_an_origin_is_refused(chat: Chat) -> None:
    """Every browser sends one."""
    with pytest.raises(WSServerHandshakeError) as refused:
        await chat.client.ws_connect(f"{chat.base}/socket", params={"token": TOKEN})

    assert refused.value.status == 403


async def test_a_socket_without_the_right_token_is_refused(chat: Chat) -> None:
    """The page alone is of no use without it."""
    with pytest.raises(WSServerHandshakeError) as refused:
        await chat.window(token="wrong")

    assert refused.value.status == 403


async def test_a_socket_s_address_opened_as_a_page_is_refused_kindly(chat: Chat) -> None:
    """It is an answer like any other and no fault."""
    async with chat.client.get(
        f"{chat.base}/socket", params={"token": TOKEN}, headers={"Origin": chat.base}
    ) as answer:
        assert answer.status == 400


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
async def test_nothing_is_taken_by_another_method(chat: Chat, method: str) -> None:
    """From another site it is refused for that; from our own page there is nothing that takes it."""
    async with chat.client.request(method, chat.address) as answer:
        assert answer.status == 403
    async with chat.client.request(method, chat.address, headers={"Origin": chat.base}) as answer:
        assert answer.status == 405


@pytest.mark.parametrize(
    "name, type_",
    [
        ("app.js", "text/javascript; charset=utf-8"),
        ("parts/style.css", "text/css; charset=utf-8"),
        ("icon.svg", "image/svg+xml; charset=utf-8"),
    ],
)
async def test_the_page_s_files_need_no_token_and_have_their_types(chat: Chat, name: str, type_: str) -> None:
    """They hold nothing secret, and a browser takes them only with the right type."""
    async with chat.client.get(f"{chat.base}/page/{name}") as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"] == type_
        tag = answer.headers["ETag"]
    async with chat.client.get(f"{chat.base}/page/{name}", headers={"If-None-Match": tag}) as answer:
        assert answer.status == 304


@pytest.mark.parametrize(
    "name", ["none.js", "notes.txt", "%2e%2e/server.py", "..%2fserver.py", "%2fetc%2fpasswd", "app.js%00"]
)
async def test_nothing_but_the_page_s_files_is_served(chat: Chat, name: str) -> None:
    """No path leads out of the folder."""
    async with chat.client.get(f"{chat.base}/page/{name}") as answer:
        assert answer.status == 404


async def test_health_and_figures_need_no_token(chat: Chat) -> None:
    """Whoever watches over the process has none."""
    async with chat.client.get(f"{chat.base}/healthz") as answer:
        assert (answer.status, await answer.json()) == (200, {"alive": True})
    async with chat.client.get(f"{chat.base}/metrics") as answer:
        assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
        assert await answer.read() == b"studyhall_answers_total 3.0\n"


@pytest.mark.parametrize(
    "ready, status, checks",
    [
        ({"database": True, "timers": True}, 200, {"database": True, "timers": True}),
        ({"database": True, "timers": False}, 503, {"database": True, "timers": False}),
        (OSError("no database"), 503, {}),
    ],
)
async def test_readiness_names_what_is_not_ready(
    chat: Chat, ready: dict[str, bool] | Exception, status: int, checks: dict[str, bool]
) -> None:
    """One part that is not ready is enough, and a check that fails says nothing of why."""
    chat.desk.ready = ready

    async with chat.client.get(f"{chat.base}/readyz") as answer:
        assert answer.status == status
        assert await answer.json() == {"ready": status == 200, "checks": checks}


async def test_only_so_many_windows_may_be_open(tmp_path: Path) -> None:
    """One more is told so, and has its place when another is closed."""
    async with serving(tmp_path, limits=Limits(windows=2)) as chat:
        first, second = await chat.window(), await chat.join("Ada")
        with pytest.raises(WSServerHandshakeError) as refused:
            await chat.window()
        assert refused.value.status == 503

        await first.socket.close()
        await second.quiet()

        assert (await chat.join("Grace")).me["name"] == "Grace"


async def test_a_frame_that_is_too_big_closes_the_window(chat: Chat) -> None:
    """Sixty-four kilobytes are more than anybody types."""
    ada = await chat.join("Ada")

    await ada.send(type="say", channel="general", text="x" * 70_000)

    assert await ada.closed() == 1009


async def test_a_port_that_is_taken_is_a_setting_to_mend(chat: Chat, tmp_path: Path) -> None:
    """The message says which port, and which setting chooses another."""
    port = int(chat.base.rpartition(":")[2])
    second = WebChat(
        ScriptedDesk(), MemoryStore(), HandClock(), host="127.0.0.1", port=port, token=TOKEN, page=tmp_path
    )

    with pytest.raises(ConfigError, match=f"port {port}: .* STUDYHALL_WEB__PORT"):
        await second.start()
    await second.stop()


async def test_a_page_that_is_missing_is_found_at_the_start(tmp_path: Path) -> None:
    """Not when somebody opens it."""
    web = WebChat(
        ScriptedDesk(), MemoryStore(), HandClock(), host="127.0.0.1", port=0, token=TOKEN, page=tmp_path
    )

    with pytest.raises(ConfigError, match=r"index\.html is missing"):
        await web.start()


async def test_a_token_with_signs_in_it_survives_the_address(tmp_path: Path) -> None:
    """The address is quoted, whatever the token is."""
    token = "a b&c=d/é?#%"
    page = a_page(tmp_path)
    web = WebChat(
        ScriptedDesk(), MemoryStore(), HandClock(), host="127.0.0.1", port=0, token=token, page=page
    )
    address = await web.start()
    try:
        async with ClientSession() as client, client.get(address) as answer:
            assert answer.status == 200
    finally:
        await web.stop()
