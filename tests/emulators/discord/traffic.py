"""All that went over the wire, in order, for a test that looks through it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.emulators.discord.refusals import Json

Body = Json | list[Json] | None


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer; *files* are the names and sizes of what was uploaded.

    A status of 0 means that there was no answer.
    """

    at: float
    method: str
    path: str
    query: dict[str, str]
    body: Body
    files: tuple[tuple[str, int], ...]
    status: int
    answer: Body
    kind: str


@dataclass(frozen=True, slots=True)
class Dispatch:
    """An event that was given to a session."""

    at: float
    session: str
    event: str
    number: int
    body: Json


@dataclass(slots=True)
class Traffic:
    """What was recorded; *recording* may be switched off. *unwelcome* counts answers of 401, 403 and 429."""

    entries: list[Exchange | Dispatch] = field(default_factory=list)
    recording: bool = True
    requests: int = 0
    events: int = 0
    unwelcome: int = 0

    def __iter__(self) -> Iterator[Exchange | Dispatch]:
        """Give everything, in order."""
        return iter(self.entries)

    def __len__(self) -> int:
        """Return how many entries there are."""
        return len(self.entries)

    def exchanges(self, kind: str = "") -> list[Exchange]:
        """Return the requests, of one kind or all."""
        return [one for one in self.entries if isinstance(one, Exchange) and kind in {"", one.kind}]

    def dispatches(self, event: str = "") -> list[Dispatch]:
        """Return the events, of one name or all."""
        return [one for one in self.entries if isinstance(one, Dispatch) and event in {"", one.event}]

    def clear(self) -> None:
        """Forget what was recorded."""
        self.entries.clear()
