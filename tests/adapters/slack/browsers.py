"""Browsers: what somebody sees who installs us."""

from dataclasses import dataclass
from html import unescape
from http.cookies import Morsel
from urllib.parse import urlsplit

from aiohttp import ClientSession


@dataclass(frozen=True)
class Seen:
    """What a browser was answered."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def goes_to(self) -> str:
        """Where it is sent on to."""
        return self.headers.get("Location", "")

    def says(self, sentence: str) -> bool:
        """Tell whether the page says *sentence*."""
        return sentence in unescape(self.text)


class Browser:
    """Keeps the cookies of our address, as a browser over TLS does."""

    def __init__(self, address: str, session: ClientSession) -> None:
        self._address = address
        self._session = session
        self.cookies: dict[str, Morsel[str]] = {}

    async def open(self, path: str) -> Seen:
        """Open *path* of ours, or a whole address that leads to us."""
        parts = urlsplit(path)
        cookies = "; ".join(f"{name}={one.value}" for name, one in self.cookies.items())
        async with self._session.get(
            f"{self._address}{parts.path}?{parts.query}", headers={"Cookie": cookies}, allow_redirects=False
        ) as response:
            for name, morsel in response.cookies.items():
                self.cookies[name] = morsel
                if morsel["max-age"] == "0":
                    del self.cookies[name]
            return Seen(response.status, dict(response.headers), await response.text())
