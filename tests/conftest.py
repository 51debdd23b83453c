"""Fixtures that more than one test folder uses: the browser, and the accessibility rules run in it."""

import asyncio
import gc
import os
import shutil
import sys
from functools import _lru_cache_wrapper
from importlib.resources import files
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, settings

# How long examples take says how busy the machine is, and nothing of what is tested. CI tries the same ones
# each time, so that what it says of a change is of that change; elsewhere they are new at every run.
settings.register_profile(
    "any machine",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("any machine")

pytest_plugins = ["tests.postgres"]


def pytest_configure(config: pytest.Config) -> None:
    """Begin without an event loop: pytest-asyncio would leave one open that it did not make.

    And keep the order of the files: pytest-xdist would begin with those of most tests, and these are quick.
    """
    asyncio.set_event_loop(None)
    if hasattr(config.option, "loadscopereorder"):
        config.option.loadscopereorder = False


COVERING = {("tests", "core"), ("tests", "wording"), ("tests", "engine")}
"""What reaches every line of the pure packages; to watch them elsewhere doubles what a test costs."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes long when several processes share the tests, so that none is left with it.

    And of that with what mostly waits: beside it goes what is busy, and not another that waits. Lines are
    counted in the folders alone that reach them all.
    """
    if os.environ.get("PYTEST_XDIST_WORKER") or config.getoption("numprocesses", None):
        items.sort(key=lambda item: [item.get_closest_marker(name) is None for name in ("slow", "waits")])
    for item in items:
        if not counted(item.path, config):
            item.add_marker(pytest.mark.no_cover)


def counted(path: Path, config: pytest.Config) -> bool:
    """Tell whether the lines are counted that the test file *path* reaches."""
    return path.relative_to(config.rootpath).parts[:2] in COVERING


@pytest.fixture(scope="module", autouse=True)
def nothing_remembered(request: pytest.FixtureRequest) -> None:
    """Let the pure packages work everything out anew where their lines are counted.

    What they remember may come from a test whose lines are not: who of several processes runs what is chance.
    """
    if counted(request.path, request.config):
        pure = [
            module for name, module in sys.modules.items() if name.startswith(("bot.core.", "bot.wording."))
        ]
        for one in (value for module in pure for value in list(vars(module).values())):
            if isinstance(one, _lru_cache_wrapper):
                one.cache_clear()


def pytest_collection_finish() -> None:
    """Look for garbage among what tests make, and not among the two million objects that they are made of.

    To look through all of those takes seconds, and can happen while a test waits for something in time.
    """
    gc.collect()
    gc.freeze()


# The shell has no window to draw, so tests in it take two thirds of the time. Absolute paths are where the
# vendors' own installers for macOS put the program.
BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)

# Without the last five, Chromium looks for hosts on the Internet at every start.
CHROMIUM_ARGS = (
    "--disable-gpu",
    "--no-first-run",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
)


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """Return the system's Chromium; ``STUDYHALL_CHROMIUM`` names another.

    Where there is none the test is skipped, and in CI it fails, with the line that installs it.
    """
    named = os.environ.get("STUDYHALL_CHROMIUM")
    if named and not shutil.which(named):
        pytest.fail(f"STUDYHALL_CHROMIUM={named} is not a program; name one, or unset it.")
    for name in (named,) if named else BROWSERS:
        if found := shutil.which(name):
            return Path(found)
    return _no_chromium()


@pytest.fixture(scope="session")
def chromium_args() -> tuple[str, ...]:
    """Return the arguments to launch Chromium with; root has to do without its sandbox."""
    as_root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    return (*CHROMIUM_ARGS, *as_root)


@pytest.fixture(scope="session")
def axe_source() -> str:
    """Return axe-core's script, to be evaluated in a page before ``axe.run()``."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def _no_chromium() -> NoReturn:
    install = "brew install --cask chromium" if sys.platform == "darwin" else "sudo apt install chromium"
    reason = f"This test needs Chromium. Install it with: {install}"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
