"""Pictures: the facts of what is drawn, already worded.

Whoever draws makes no sentence: every text here is drawn as it is, shortened where its place ends. *alt* says
all that the picture says, with nothing shortened. Shares are between 0 and 1; what lies outside is held
within. Every class that a view holds carries its ``type``, so that it survives JSON.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.core.streaks import Mark


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One line of a leaderboard; *share* is its part of what the best line has.

    Ties have the same *rank* and *medal*; 0 is no medal. *gap* says that ranks are left out above it.
    """

    rank: str
    name: str
    earned: str
    share: float
    medal: Literal[0, 1, 2, 3] = 0
    mine: bool = False
    gap: bool = False


@dataclass(frozen=True, slots=True)
class BoardPicture:
    """A leaderboard; *earned* heads what is ranked by, *mine* is the word at the reader's own line.

    *empty* stands where there are no lines.
    """

    title: str
    subtitle: str
    lines: tuple[BoardLine, ...]
    alt: str
    earned: str = ""
    mine: str = ""
    empty: str = ""
    note: str = ""
    type: Literal["board"] = "board"


@dataclass(frozen=True, slots=True)
class AnswerBar:
    """One answer to a revealed question, and how many gave it; *letter* is "" for what was typed."""

    letter: str
    text: str
    count: str
    percent: str
    share: float
    right: bool = False


@dataclass(frozen=True, slots=True)
class AnswersPicture:
    """How the answers to a question fell; *right* explains the sign at the right ones."""

    title: str
    subtitle: str
    bars: tuple[AnswerBar, ...]
    alt: str
    right: str = ""
    note: str = ""
    type: Literal["answers"] = "answers"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that matters, with what it counts."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class CalendarPicture:
    """The days from *first* to *last*, weeks as columns from Monday on; of very many weeks the last.

    *marks* are those of :func:`bot.core.streaks.day_marks`; a day without one had no question. *months* are
    the twelve names from January on, *weekdays* the seven from Monday on, both short. *legend* explains the
    signs in its order, None being a day without a question.
    """

    title: str
    subtitle: str
    first: date
    last: date
    marks: tuple[tuple[date, Mark], ...]
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    legend: tuple[tuple[Mark | None, str], ...]
    alt: str
    figures: tuple[Figure, ...] = ()
    note: str = ""
    type: Literal["calendar"] = "calendar"


@dataclass(frozen=True, slots=True)
class TopicBar:
    """How somebody stands in a topic; *before* is where they stood in the period before."""

    name: str
    accuracy: str
    answers: str
    share: float
    before: float | None = None


@dataclass(frozen=True, slots=True)
class TopicsPicture:
    """Progress by topic; *before* explains the line that marks the period before."""

    title: str
    subtitle: str
    bars: tuple[TopicBar, ...]
    alt: str
    before: str = ""
    empty: str = ""
    note: str = ""
    type: Literal["topics"] = "topics"


@dataclass(frozen=True, slots=True)
class FormulaPicture:
    """A formula in TeX, which :func:`bot.wording.formulas.flaw` has nothing against; *alt* is its source."""

    tex: str
    alt: str
    title: str = ""
    type: Literal["formula"] = "formula"


Facts = BoardPicture | AnswersPicture | CalendarPicture | TopicsPicture | FormulaPicture
