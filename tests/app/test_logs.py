"""Logs: a line an event, readable by machines, and without a secret in whatever way it came in."""

import json
import logging
import sys
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import structlog

from bot.logs import HIDDEN, configure, without_passwords

SECRET = "a-secret-of-ours"


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    """Give the loggers back as they were found."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers, root.level = handlers, level
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


Said = pytest.CaptureFixture[str]


def start(format_: str | None = "json", *, level: str = "info", secrets: Iterable[str] = (SECRET,)) -> None:
    """Log from here on to what is standard error inside this test."""
    configure(format_=format_, level=level, secrets=secrets)


def read(said: Said) -> list[dict[str, Any]]:
    """Return what was logged since the last time; every line has to be JSON, and standard output empty."""
    captured = said.readouterr()
    assert captured.out == ""
    return [json.loads(line) for line in captured.err.splitlines()]


@dataclass
class Letter:
    """Something that is neither text nor number."""

    body: str


def test_an_entry_is_one_line_of_json(capsys: Said) -> None:
    """With its event, its level, its time and its fields."""
    start()
    structlog.get_logger("test").info("served", windows=3, ratio=0.5, ready=True, nothing=None, text="a\nb")

    (entry,) = read(capsys)
    assert entry.pop("timestamp").endswith("Z")
    assert entry == {
        "event": "served",
        "level": "info",
        "windows": 3,
        "ratio": 0.5,
        "ready": True,
        "nothing": None,
        "text": "a\nb",
    }


@pytest.mark.parametrize(
    "value",
    [
        SECRET,
        f"Bearer {SECRET}.",
        [f"a {SECRET}"],
        (SECRET, {"deep": {"deeper": [SECRET]}}),
        {SECRET},
        {"header": SECRET},
        ValueError(f"{SECRET} was refused"),
        Letter(SECRET),
        SECRET.encode(),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_secret_is_hidden_wherever_it_stands(capsys: Said, value: object) -> None:
    """In texts, in whatever holds texts, and in what only becomes text when it is written."""
    start()
    structlog.get_logger("test").info(f"got {SECRET}", value=value)

    (entry,) = read(capsys)
    assert SECRET not in json.dumps(entry)
    assert HIDDEN in json.dumps(entry["value"])
    assert entry["event"] == f"got {HIDDEN}"


@pytest.mark.parametrize("name", ["token", "web_token", "Authorization", "password", "api_key", "Set-Cookie"])
def test_what_is_called_a_secret_is_hidden_even_when_it_is_not_known(capsys: Said, name: str) -> None:
    """By its own name, and inside something else."""
    start()
    structlog.get_logger("test").info("got", **{name: "unknown-to-us"}, headers={name: "unknown-to-us"})

    (entry,) = read(capsys)
    assert entry[name] == HIDDEN
    assert entry["headers"] == {name: HIDDEN}


def test_a_traceback_is_logged_without_its_secrets(capsys: Said) -> None:
    """The message of the exception and of its cause, and every line of the way there."""
    start()
    try:
        _fail()
    except RuntimeError:
        structlog.get_logger("test").exception("failed")

    (entry,) = read(capsys)
    assert "Traceback (most recent call last)" in entry["exception"]
    assert "RuntimeError: it ended at postgresql://hall:[hidden]@db/hall" in entry["exception"]
    assert SECRET not in json.dumps(entry)
    assert "hunter2hunter2" not in json.dumps(entry)


def test_the_console_hides_the_same(capsys: Said) -> None:
    """In fields and in tracebacks, which it draws itself if it is let."""
    start("console")
    try:
        _fail()
    except RuntimeError:
        structlog.get_logger("test").exception("failed", value=SECRET)

    said = capsys.readouterr().err
    assert "RuntimeError: it ended at" in said
    assert SECRET not in said
    assert "hunter2hunter2" not in said


def test_what_libraries_log_goes_the_same_way(capsys: Said) -> None:
    """From warnings on, as JSON, with its logger's name and without secrets."""
    start()
    logging.getLogger("aiohttp.server").info("nobody asked")
    logging.getLogger("aiohttp.server").error("Error handling %s", f"GET /?token=tab-token and {SECRET}")

    (entry,) = read(capsys)
    assert entry["logger"] == "aiohttp.server"
    assert entry["level"] == "error"
    assert entry["event"] == f"Error handling GET /?token={HIDDEN} and {HIDDEN}"


def test_what_libraries_fail_with_goes_the_same_way(capsys: Said) -> None:
    """The loop reports a lost task through the standard library."""
    start()
    try:
        _fail()
    except RuntimeError as error:
        logging.getLogger("asyncio").log(logging.ERROR, "Task exception was never retrieved", exc_info=error)

    (entry,) = read(capsys)
    assert "RuntimeError: it ended at" in entry["exception"]
    assert SECRET not in json.dumps(entry)


def test_a_warning_of_python_is_an_entry(capsys: Said) -> None:
    """Not a line of another form among the JSON."""
    start()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=True)
        warnings.warn(f"{SECRET} is out of date", UserWarning, stacklevel=1)

    (entry,) = read(capsys)
    assert entry["level"] == "warning"
    assert f"{HIDDEN} is out of date" in entry["event"]


def test_the_level_holds_for_us_and_for_libraries(capsys: Said) -> None:
    """With ``error`` no warning is written; ours at ``debug`` does not open the libraries' mouths."""
    start(level="error")
    structlog.get_logger("test").warning("ours")
    logging.getLogger("theirs").warning("theirs")
    start(level="debug")
    logging.getLogger("theirs").info("theirs")
    structlog.get_logger("test").debug("ours at last")

    assert [json.loads(line)["event"] for line in capsys.readouterr().err.splitlines()] == ["ours at last"]


def test_off_a_terminal_the_logs_are_json(capsys: Said) -> None:
    """When nobody said which."""
    start(None)
    structlog.get_logger("test").info("served")

    assert not sys.stderr.isatty()
    assert json.loads(capsys.readouterr().err)["event"] == "served"


@pytest.mark.parametrize("secrets", [("", "abc"), ("",)])
def test_short_secrets_do_not_black_out_ordinary_words(capsys: Said, secrets: tuple[str, ...]) -> None:
    """An empty one would stand between any two letters."""
    start(secrets=secrets)
    structlog.get_logger("test").info("the abc of logs")

    assert json.loads(capsys.readouterr().err)["event"] == "the abc of logs"


def test_a_secret_that_holds_another_is_hidden_whole(capsys: Said) -> None:
    """Whatever the order in which they were told."""
    start(secrets=("open-sesame", "open-sesame-twice"))
    structlog.get_logger("test").info("open-sesame-twice")

    assert json.loads(capsys.readouterr().err)["event"] == HIDDEN


@pytest.mark.parametrize(
    "text,hidden",
    [
        ("postgresql://hall:sesame@db/hall", "postgresql://hall:[hidden]@db/hall"),
        ("postgresql://:sesame@db/hall", "postgresql://:[hidden]@db/hall"),
        ("postgresql://hall@db/hall", "postgresql://hall@db/hall"),
        ("http://127.0.0.1:8080/?token=abc", "http://127.0.0.1:8080/?token=[hidden]"),
        ("wss://slack.test/link/?ticket=abc&app_id=1", "wss://slack.test/link/?ticket=[hidden]&app_id=1"),
        ("postgresql://db/hall?user=a&password=b c", "postgresql://db/hall?user=a&password=[hidden] c"),
        ("sqlite:///hall.db", "sqlite:///hall.db"),
    ],
)
def test_addresses_keep_all_but_what_lets_somebody_in(text: str, hidden: str) -> None:
    """Who reads a log has to know which server was meant."""
    assert without_passwords(text) == hidden


def _fail() -> None:
    try:
        int(SECRET)
    except ValueError as error:
        raise RuntimeError("it ended at postgresql://hall:hunter2hunter2@db/hall") from error
