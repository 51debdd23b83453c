"""The page's files as they are, without a browser."""

from bot.adapters.web.guard import HEADERS
from tests.adapters.web.page.server import PAGE, POLICY


def test_the_page_asks_for_nothing_from_elsewhere_and_writes_no_markup() -> None:
    """No other host, no markup made of data, no inline style or handler; and the whole is small."""
    files = [path for path in PAGE.iterdir() if path.is_file()]
    for path in files:
        text = path.read_text(encoding="utf-8")
        spoken = text.replace("http://www.w3.org/2000/svg", "")
        assert "https://" not in spoken, path.name
        assert "http://" not in spoken, path.name
        for word in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
        ):
            assert word not in text, path.name
    index = (PAGE / "index.html").read_text(encoding="utf-8")
    assert " style=" not in index
    assert " onclick=" not in index
    assert sum(path.stat().st_size for path in files) < 160_000


def test_the_stand_in_has_the_same_policy_as_the_server() -> None:
    """What the page is tested under is what it is served under."""
    assert HEADERS["Content-Security-Policy"] == POLICY
