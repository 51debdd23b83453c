"""The guard, as plain questions."""

import socket

import pytest

from bot.adapters.web.guard import Guard

HOME = Guard("s3cret", "127.0.0.1", 8080)
WIDE = Guard("s3cret", "0.0.0.0", 8080)  # noqa: S104 - nothing listens here
NAMED = Guard("s3cret", "127.0.0.1", 8080, ("study.example.org",))


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost:8080", "[::1]:8080", "LocalHost:8080"])
def test_this_machine_s_own_names_with_the_port_are_ours(host: str) -> None:
    """What a browser on this machine sends is let in."""
    assert HOME.knows_host([host])


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8080",
        "127.0.0.1",
        "127.0.0.1:80",
        "127.0.0.1:8081",
        "127.0.0.1:8080@evil.example",
        "127.0.0.1:8080.evil.example",
        "127.0.0.1:8080/",
        "localhost.evil.example:8080",
        "localhost:",
        "localhost:8080:8080",
        "localhost:999999",
        "[::1",
        "192.168.1.20:8080",
        " localhost:8080",
        "",
        "ＬＯＣＡＬＨＯＳＴ:8080",
    ],
)
def test_any_other_host_is_not_ours(host: str) -> None:
    """A foreign name, a wrong port and what only looks like ours are not let in."""
    assert not HOME.knows_host([host])


def test_a_request_has_exactly_one_host() -> None:
    """None and two are both refused, so that nobody can hide one behind the other."""
    assert not HOME.knows_host([])
    assert not HOME.knows_host(["localhost:8080", "evil.example:8080"])


@pytest.mark.parametrize(
    "host, ours",
    [
        ("192.168.1.20:8080", True),
        ("[fe80::1]:8080", True),
        ("localhost:8080", True),
        ("192.168.1.20", False),
        ("192.168.1.20.evil.example:8080", False),
        ("evil.example:8080", False),
    ],
)
def test_listening_everywhere_lets_numbers_in_but_no_foreign_name(host: str, *, ours: bool) -> None:
    """A number cannot be made to point at us by somebody else's name server."""
    assert WIDE.knows_host([host]) == ours


def test_listening_everywhere_lets_this_machine_s_name_in() -> None:
    """Others on the network may use the machine's own name, plain or as the local network announces it."""
    name = socket.gethostname()

    assert WIDE.knows_host([f"{name}:8080"])
    assert WIDE.knows_host([f"{name}.local:8080"])
    assert not HOME.knows_host([f"{name}.local:8080"])


@pytest.mark.parametrize("host", ["study.example.org", "study.example.org:443", "STUDY.example.org:8443"])
def test_a_further_name_is_ours_with_any_port(host: str) -> None:
    """Behind a proxy the port that the browser sees is the proxy's."""
    assert NAMED.knows_host([host])


@pytest.mark.parametrize(
    "origins, ours",
    [
        (["http://localhost:8080"], True),
        (["https://localhost:8080"], True),
        (["HTTP://LOCALHOST:8080"], True),
        (["http://127.0.0.1:8080"], False),
        (["http://localhost:8081"], False),
        (["http://localhost"], False),
        (["http://evil.example"], False),
        (["http://localhost:8080.evil.example"], False),
        (["ftp://localhost:8080"], False),
        (["null"], False),
        ([""], False),
        ([], False),
        (["http://localhost:8080", "http://localhost:8080"], False),
    ],
)
def test_the_origin_is_the_page_that_the_host_serves(origins: list[str], *, ours: bool) -> None:
    """Only the very same host and port is our own page; no origin is nobody's."""
    assert HOME.knows_origin(origins, ["localhost:8080"]) == ours


@pytest.mark.parametrize(
    "token, right",
    [
        ("s3cret", True),
        ("", False),
        ("s3cre", False),
        ("s3cret ", False),
        ("S3CRET", False),
        ("\ud800é", False),
    ],
)
def test_only_the_whole_token_is_right(token: str, *, right: bool) -> None:
    """Whatever else is sent as a token, however strange, is wrong and nothing more."""
    assert HOME.knows_token(token) == right


@pytest.mark.parametrize(
    "host, address",
    [
        ("127.0.0.1", "127.0.0.1:8080"),
        ("0.0.0.0", "127.0.0.1:8080"),  # noqa: S104 - nothing listens here
        ("::", "127.0.0.1:8080"),
        ("::1", "[::1]:8080"),
        ("study.local", "study.local:8080"),
    ],
)
def test_the_address_opens_in_a_browser_on_this_machine(host: str, address: str) -> None:
    """Listening everywhere is no address; this machine's own is."""
    assert Guard("t", host, 8080).address == address
    assert Guard("t", host, 8080).knows_host([address])
