"""Refusals: how Slack says no, with its own error codes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
"""A JSON object as it is on the wire."""


@dataclass(eq=False)
class RefusedError(Exception):
    """A request was refused and nothing has happened. *messages* say what is wrong in what was sent."""

    error: str
    messages: Sequence[str] = ()
    more: Json = field(default_factory=dict)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return what a log would say."""
        return " ".join([self.error, *self.messages])

    def body(self) -> Json:
        """Return the answer's body."""
        said: Json = {"ok": False, "error": self.error, **self.more}
        if self.messages:
            said["errors"] = [message.removeprefix("[ERROR] ") for message in self.messages]
            said["response_metadata"] = {"messages": list(self.messages)}
        return said


def missing_scope(needed: str, provided: Sequence[str]) -> RefusedError:
    """Return what is said to a token that lacks a scope."""
    return RefusedError("missing_scope", more={"needed": needed, "provided": ",".join(provided)})


def missing_argument(name: str) -> RefusedError:
    """Return what is said of a request without an argument that it needs."""
    message = f"[ERROR] missing required field: {name}"
    return RefusedError("invalid_arguments", [message])
