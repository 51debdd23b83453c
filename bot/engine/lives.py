"""Lives: open rounds while a batch is decided, and what comes of it."""

from dataclasses import dataclass, field

from bot.core.ids import LearnerId
from bot.core.states import Participant, Round
from bot.engine.events import Reply
from bot.records import Changes, Place, RoundRow


@dataclass(frozen=True, slots=True)
class Known:
    """A round as this process last saw it; current as long as the row has the same *version*."""

    version: int
    round: Round


@dataclass(slots=True)
class Live:
    """A channel's open round while a batch is decided.

    *people* are those who were loaded or came since; *round* has none. *row* is as it was loaded, or a new
    one. *counted* asks for one live count when the batch is over.
    """

    round: Round
    people: dict[LearnerId, Participant]
    row: RoundRow
    changed: bool = False
    counted: bool = False


Outcome = Reply | Exception


@dataclass(slots=True)
class Decision:
    """What came of a batch: the changes to write, an outcome for each event, and the rounds after it."""

    changes: Changes = field(default_factory=Changes)
    outcomes: list[Outcome] = field(default_factory=list)
    rounds: dict[Place, Known] = field(default_factory=dict)
    wakes: dict[Place, int | None] = field(default_factory=dict)
