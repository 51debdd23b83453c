"""Parcels: what is sent to an application, by either way, and the answer that came."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from tests.emulators.slack.applications import Application
from tests.emulators.slack.refusals import Json
from tests.emulators.slack.traffic import Body

OK: Final = 200


class Kind(StrEnum):
    """What is sent; the names are those of envelopes."""

    EVENT = "events_api"
    INTERACTIVE = "interactive"
    SUGGESTION = "options"
    COMMAND = "slash_commands"


@dataclass(slots=True, eq=False)
class Parcel:
    """What is sent, maybe more than once. *type* is what it is about: an event's, or an interaction's."""

    app: Application
    kind: Kind
    type: str
    payload: Json = field(repr=False)
    who: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of sending a parcel once: an answer, or the *reason* why there is none."""

    reason: str = ""
    body: Body = None
    final: bool = False
    """Whether the application asked not to have it sent again."""

    @property
    def ok(self) -> bool:
        """Whether it was taken."""
        return not self.reason


TIMEOUT: Final = Outcome("http_timeout")
