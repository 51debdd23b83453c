"""A request to the REST interface as it was read, and what it is answered with."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from tests.emulators.discord import refusals
from tests.emulators.discord.drafts import Upload
from tests.emulators.discord.refusals import Json
from tests.emulators.discord.residents import Application
from tests.emulators.discord.traffic import Body

OK: Final = 200
CREATED: Final = 201
NO_CONTENT: Final = 204

Answer = tuple[int, Body]
"""A status and a body."""


@dataclass(frozen=True, slots=True)
class Call:
    """A request. *app* is whose token it carries; what belongs to an interaction needs none."""

    method: str
    parts: tuple[str, ...]
    query: dict[str, str]
    body: Body
    app: Application | None
    uploads: Sequence[Upload] = field(default_factory=tuple)

    @property
    def path(self) -> str:
        """The path after the version."""
        return "/" + "/".join(self.parts)

    def form(self) -> Json:
        """Return the body, which is an object; an empty one for none."""
        if self.body is not None and not isinstance(self.body, dict):
            raise refusals.invalid_json()
        return self.body or {}

    def caller(self) -> Application:
        """Return whose token it is; raises RefusedError for a wrong one."""
        if self.app is None:
            raise refusals.unauthorized()
        return self.app


def number(text: str) -> int:
    """Return an id of a path; 0, which nothing has, for what is none."""
    return int(text) if text.isascii() and text.isdecimal() else 0


def kind_of(method: str, parts: tuple[str, ...]) -> str:
    """Return what kind of request it is: for its fate, its rate limit, and whoever reads the traffic."""
    match (method, *parts):
        case ("POST", "channels", _, "messages"):
            return "post"
        case ("PATCH", "channels", _, "messages", _):
            return "edit"
        case ("DELETE", "channels", _, "messages", _):
            return "delete"
        case (_, "channels", _, "messages", _, "reactions", *_):
            return "react" if method in {"PUT", "DELETE"} else "read"
        case ("GET", "channels", *_):
            return "read"
        case ("POST", "interactions", _, _, "callback"):
            return "callback"
        case (_, "webhooks", *_):
            return "followup"
        case (_, "applications", _, *rest) if "commands" in rest:
            return "commands"
        case ("POST", "users", "@me", "channels"):
            return "dm"
        case _:
            return "other"


def major_of(parts: tuple[str, ...]) -> str:
    """Return the channel, guild or webhook that has a rate limit of its own."""
    return parts[1] if len(parts) > 1 and parts[0] in {"channels", "guilds", "webhooks"} else ""
