"""Logs: structured, one event a line, with every secret blacked out."""

import logging
import re
import sys
from collections.abc import Iterable, MutableMapping
from typing import Any

import structlog

HIDDEN = "[hidden]"
SECRET_NAMES = re.compile(r"token|secret|password|authorization|api_key|cookie", re.IGNORECASE)
LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}

Entry = MutableMapping[str, Any]


class Redactor:
    """Blacks out values under telling names, and known secrets wherever they stand."""

    def __init__(self, secrets: Iterable[str]) -> None:
        """Know *secrets*; short ones are left out, because they would black out ordinary words."""
        self._secrets = tuple(secret for secret in secrets if len(secret) >= 8)  # noqa: PLR2004 - see above

    def __call__(self, _logger: object, _method: str, entry: Entry) -> Entry:
        """Return *entry* without secrets."""
        for name, value in entry.items():
            entry[name] = HIDDEN if SECRET_NAMES.search(name) else self._clean(value)
        return entry

    def _clean(self, value: Any) -> Any:  # noqa: ANN401 - log entries hold anything
        if isinstance(value, str):
            for secret in self._secrets:
                value = value.replace(secret, HIDDEN)
            return re.sub(r"(://[^:/@\s]*:)[^@\s]+@", rf"\g<1>{HIDDEN}@", value)
        if isinstance(value, dict):
            return {k: HIDDEN if SECRET_NAMES.search(str(k)) else self._clean(v) for k, v in value.items()}
        if isinstance(value, list | tuple):
            return [self._clean(part) for part in value]
        return value


def configure(*, format_: str | None, level: str, secrets: Iterable[str]) -> None:
    """Write logs to standard error: for people on a terminal, else as JSON, unless *format_* says which."""
    console = format_ == "console" or (format_ is None and sys.stderr.isatty())
    final: Any = structlog.dev.ConsoleRenderer() if console else structlog.processors.JSONRenderer()
    exceptions = [] if console else [structlog.processors.format_exc_info]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *exceptions,
            Redactor(secrets),
            final,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
