"""The program turns away whoever comes under another name, from another page, or without the token."""

from collections.abc import AsyncIterator
from typing import Final

import pytest
import pytest_asyncio
from aiohttp import ClientSession, WSServerHandshakeError

from tests.acceptance.coast import write_coast
from tests.acceptance.program import Program, running

pytestmark = pytest.mark.asyncio(loop_scope="module")

WRONG_HOSTS: Final = (
    "evil.example",
    "evil.example:{port}",
    "127.0.0.1:1",
    "127.0.0.1.evil.example:{port}",
    "",
)
WRONG_ORIGINS: Final = ("http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1", "file://")
WRONG_TOKENS: Final = (
    "",
    "?token=",
    "?token=wrong",
    "?token={token}x",
    "?token={token}%20",
    "?TOKEN={token}",
)
POLICY: Final = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def hall(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Program]:
    """Run one program for all of these tests; they leave it as it is."""
    folder = tmp_path_factory.mktemp("guarded")
    async with running(folder / "hall", write_coast(folder / "content")) as program:
        yield program


@pytest_asyncio.fixture(loop_scope="module")
async def stranger(hall: Program) -> AsyncIterator[ClientSession]:
    """Return a client that sends what a test tells it to."""
    async with ClientSession(base_url=f"http://127.0.0.1:{hall.port}") as session:
        yield session


def token_of(hall: Program) -> str:
    """Return the token in the address that the program printed."""
    return hall.address.partition("?token=")[2]


async def test_the_printed_address_opens_the_page_under_a_strict_policy(
    hall: Program, stranger: ClientSession
) -> None:
    """What was printed works; the page may load and run nothing but its own files, and is kept nowhere."""
    async with stranger.get(f"/?token={token_of(hall)}") as answer:
        assert answer.status == 200
        assert answer.headers["Content-Security-Policy"].startswith(POLICY)
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "unsafe" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("host", WRONG_HOSTS)
@pytest.mark.parametrize("path", ["/", "/socket", "/page/app.js", "/metrics", "/healthz"])
async def test_a_wrong_host_is_refused_everywhere(
    hall: Program, stranger: ClientSession, host: str, path: str
) -> None:
    """A foreign name that was made to point at this machine gets nothing, whatever else is right."""
    headers = {"Host": host.format(port=hall.port), "Origin": f"http://127.0.0.1:{hall.port}"}
    async with stranger.get(f"{path}?token={token_of(hall)}", headers=headers) as answer:
        assert answer.status in {400, 421}
        assert "Study Hall</title>" not in await answer.text()


@pytest.mark.parametrize("query", WRONG_TOKENS)
async def test_a_missing_or_wrong_token_opens_neither_page_nor_socket(
    hall: Program, stranger: ClientSession, query: str
) -> None:
    """The page is refused with a word on what to do, and the socket is not opened."""
    asked = query.format(token=token_of(hall))
    async with stranger.get(f"/{asked}") as answer:
        assert answer.status == 403
        assert "address" in await answer.text()
    assert await knock(stranger, f"/socket{asked}", f"http://127.0.0.1:{hall.port}") == 403


@pytest.mark.parametrize("origin", [*WRONG_ORIGINS, None])
async def test_a_wrong_or_missing_origin_opens_no_socket(
    hall: Program, stranger: ClientSession, origin: str | None
) -> None:
    """Another page in the same browser cannot speak for its reader, even if it has the token."""
    assert await knock(stranger, f"/socket?token={token_of(hall)}", origin) == 403


async def test_our_own_page_opens_its_socket(hall: Program, stranger: ClientSession) -> None:
    """The very same knock with everything right is let in, so that the refusals above mean something."""
    assert await knock(stranger, f"/socket?token={token_of(hall)}", f"http://127.0.0.1:{hall.port}") == 101


async def test_the_token_is_kept_from_other_users_of_the_machine(hall: Program) -> None:
    """It is made once, long enough that nobody guesses it, in a file that its owner alone can read."""
    file = hall.folder / "studyhall.token"
    assert file.read_text(encoding="ascii").strip() == token_of(hall)
    assert file.stat().st_mode & 0o077 == 0
    assert len(token_of(hall)) >= 32


async def knock(stranger: ClientSession, path: str, origin: str | None) -> int:
    """Try to open a socket from a page of *origin*; return the status of the answer."""
    headers = {} if origin is None else {"Origin": origin}
    try:
        async with stranger.ws_connect(path, headers=headers):
            return 101
    except WSServerHandshakeError as refused:
        return refused.status
