"""Labs: exercises step by step, checked and frozen."""

from dataclasses import dataclass
from datetime import date

from bot.core.ids import LabId, PackId, StepId, Topic
from bot.core.items import Difficulty, Source
from bot.core.notes import Checkpoint


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, and what is seen when it went well; a *checkpoint* asks whether it was understood."""

    id: StepId
    title: str
    do: str
    expect: str = ""
    checkpoint: Checkpoint | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """What may go wrong in a lab, and what helps."""

    problem: str
    fix: str


@dataclass(frozen=True, slots=True)
class Lab:
    """An exercise with steps. *minutes* is about how long it takes, *cost* what it costs, in words."""

    id: LabId
    pack: PackId
    title: str
    topic: Topic
    goal: str
    steps: tuple[Step, ...]
    difficulty: Difficulty = Difficulty.MEDIUM
    minutes: int = 0
    cost: str = ""
    prerequisites: tuple[str, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    clean_up: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    valid_until: date | None = None
    serves: tuple[str, ...] = ()
    off: str = ""
