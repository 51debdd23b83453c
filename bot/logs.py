"""Logs: structured, one event a line, with every secret blacked out."""

import logging
import re
import sys
from collections.abc import Iterable, Mapping, MutableMapping
from typing import Any

import structlog

HIDDEN = "[hidden]"
SHORTEST = 8
"""Shorter secrets are not looked for: they would black out ordinary words."""

SECRET_NAMES = re.compile(r"token|secret|password|authorization|api_key|cookie", re.IGNORECASE)
LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
_PASSWORD = re.compile(r"(://[^:/@\s]*:)[^@\s]+@")
_IN_ADDRESS = re.compile(r"([?&](?:token|secret|key|password|ticket)=)[^&\s\"'<>]+", re.IGNORECASE)

Entry = MutableMapping[str, Any]


def without_passwords(text: str) -> str:
    """Return *text* with the passwords and tokens that stand in addresses blacked out."""
    return _IN_ADDRESS.sub(rf"\g<1>{HIDDEN}", _PASSWORD.sub(rf"\g<1>{HIDDEN}@", text))


class Redactor:
    """Blacks out values under telling names, and known secrets wherever they stand."""

    def __init__(self, secrets: Iterable[str]) -> None:
        """Know *secrets*; the longest go first, so that none is left over from another."""
        self._secrets = sorted({one for one in secrets if len(one) >= SHORTEST}, key=len, reverse=True)

    def __call__(self, _logger: object, _method: str, entry: Entry) -> Entry:
        """Return *entry* without secrets."""
        for name, value in entry.items():
            if not name.startswith("_"):
                entry[name] = HIDDEN if SECRET_NAMES.search(name) else self._clean(value)
        return entry

    def _clean(self, value: Any) -> Any:  # noqa: ANN401 - log entries hold anything
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, Mapping):
            return {k: HIDDEN if SECRET_NAMES.search(str(k)) else self._clean(v) for k, v in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self._clean(part) for part in value]
        return self._hide(value if isinstance(value, str) else repr(value))

    def _hide(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return without_passwords(text)


def configure(*, format_: str | None, level: str, secrets: Iterable[str]) -> None:
    """Write logs to standard error: for people on a terminal, else as JSON, unless *format_* says which.

    What libraries log through the standard library goes the same way, from its warnings on.
    """
    console = format_ == "console" or (format_ is None and sys.stderr.isatty())
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        Redactor(secrets),
    ]
    structlog.configure(
        processors=[*shared, _renderer(console=console)],
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    _take_over(shared, _renderer(console=console), max(LEVELS[level], logging.WARNING))


def _renderer(*, console: bool) -> Any:  # noqa: ANN401 - structlog's processors have no common type
    if console:
        # Tracebacks come as text by then: drawn from the exception itself, they would pass the redactor by.
        return structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    return structlog.processors.JSONRenderer()


def _take_over(shared: list[Any], renderer: Any, level: int) -> None:  # noqa: ANN401 - as above
    """Let the standard library's loggers, and Python's warnings, write through the same processors."""
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[structlog.stdlib.add_logger_name, *shared],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    logging.captureWarnings(capture=True)
