"""The guard: who may talk to the web chat at all, and what every answer carries for the browser.

Three things must be right, because each stops what the others let through. The Host must be a name that we
are served under, else a foreign page whose name suddenly points at this machine would be let in. The Origin
must be our own wherever a browser sends one that matters, else any page could open a socket here. The token
must be known, else any program or person that reaches the port could join.
"""

import hmac
import ipaddress
import re
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Final

HEADERS: Final = MappingProxyType(
    {
        "Content-Security-Policy": (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        ),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Server": "Study Hall",
    }
)
"""On every answer, refusals included. The referrer is never sent: the token stands in the address."""

_HOST: Final = re.compile(r"(\[[0-9a-f:.]+\]|[0-9a-z._-]+)(?::([0-9]{1,5}))?")
_LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")
_EVERYWHERE: Final = ("0.0.0.0", "::", "")  # noqa: S104 - compared with, not listened on
_HTTP: Final = 80


@dataclass(frozen=True)
class Guard:
    """Knows what is right. *host* and *port* are what is listened on, *names* further names, with any port.

    Listening on every address means that others on the network are to reach this by number or by this
    machine's name, so both are ours then; a number cannot be made to point elsewhere.
    """

    token: str
    host: str
    port: int
    names: Sequence[str] = ()

    def knows_host(self, hosts: Sequence[str]) -> bool:
        """Tell whether *hosts*, every Host header of a request, are one name of ours with our port."""
        found = _HOST.fullmatch(hosts[0].lower()) if len(hosts) == 1 else None
        if found is None:
            return False
        name, port = found[1], int(found[2] or _HTTP)
        if name in self._named:
            return True
        return port == self.port and (name in self._own or (self._wide and _is_number(name)))

    def knows_origin(self, origins: Sequence[str], hosts: Sequence[str]) -> bool:
        """Tell whether a browser's Origin is the page that was served under the Host of the same request."""
        return len(origins) == 1 and origins[0].lower() in {
            f"{kind}://{hosts[0].lower()}" for kind in _SCHEMES
        }

    def knows_token(self, token: str) -> bool:
        """Tell whether *token* is right, in a time that says nothing about where it is wrong."""
        return hmac.compare_digest(token.encode(errors="replace"), self.token.encode(errors="replace"))

    @cached_property
    def address(self) -> str:
        """The host and port to open in a browser on this machine."""
        host = "127.0.0.1" if self._wide else bracketed(self.host)
        return f"{host}:{self.port}"

    @property
    def _wide(self) -> bool:
        return self.host in _EVERYWHERE

    @cached_property
    def _own(self) -> frozenset[str]:
        names = {*_LOOPBACK, bracketed(self.host)}
        if self._wide:
            here = socket.gethostname().lower()
            names |= {here, f"{here}.local"}
        return frozenset(names)

    @cached_property
    def _named(self) -> frozenset[str]:
        return frozenset(name.lower() for name in self.names)


_SCHEMES: Final = ("http", "https")
"""Behind something that ends TLS for us the page's own address starts with https."""


def bracketed(host: str) -> str:
    """Return *host* as it stands in an address: lower case, numbers of version 6 in brackets."""
    return f"[{host.lower()}]" if ":" in host else host.lower()


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
