"""All that went over the wire, in order, for a test that looks through it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.emulators.slack.refusals import Json

Body = Json | str | None


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request of the app's and its answer. A status of 0 means that there was no answer."""

    at: float
    method: str
    args: Json
    status: int
    answer: Body
    app: str = ""
    team: str = ""

    @property
    def ok(self) -> bool:
        """Whether Slack did it."""
        return isinstance(self.answer, dict) and bool(self.answer.get("ok"))

    @property
    def error(self) -> str:
        """What Slack refused it with, "" when it did not."""
        return str(self.answer.get("error", "")) if isinstance(self.answer, dict) else ""


@dataclass(slots=True)
class Dispatch:
    """Something that was sent to an app, once, and how it was answered.

    *seconds* is how long that took, None while there is no answer; *status* is that of an HTTP answer, 200
    for an acknowledgement at a socket; *answer* is its body.
    """

    at: float
    app: str
    via: str
    kind: str
    type: str
    id: str
    body: Json
    attempt: int = 0
    reason: str = ""
    seconds: float | None = None
    status: int = 0
    answer: Body = None

    @property
    def answered(self) -> bool:
        """Whether the app took it."""
        return self.seconds is not None and 200 <= self.status < 300


@dataclass(slots=True)
class Traffic:
    """What was recorded; *recording* may be switched off. *busy* counts the answers of 429."""

    entries: list[Exchange | Dispatch] = field(default_factory=list)
    recording: bool = True
    requests: int = 0
    events: int = 0
    busy: int = 0

    def __iter__(self) -> Iterator[Exchange | Dispatch]:
        """Give everything, in order."""
        return iter(self.entries)

    def __len__(self) -> int:
        """Return how many entries there are."""
        return len(self.entries)

    def exchanges(self, method: str = "") -> list[Exchange]:
        """Return the requests, of one method or all."""
        return [one for one in self.entries if isinstance(one, Exchange) and method in {"", one.method}]

    def dispatches(self, type_: str = "") -> list[Dispatch]:
        """Return what was sent to apps, of one type (``block_actions``, ``app_mention``) or all."""
        return [one for one in self.entries if isinstance(one, Dispatch) and type_ in {"", one.type}]

    def refused(self) -> list[Exchange]:
        """Return the requests that Slack refused, those it was too busy for not among them."""
        return [one for one in self.exchanges() if one.error not in {"", "ratelimited"}]

    def clear(self) -> None:
        """Forget what was recorded."""
        self.entries.clear()
