"""What the pictures show, already worded.

No sentence is made in this package: every text here is drawn as it is, shortened where its place ends.
*alt* says all that the picture says, with nothing shortened. Shares are between 0 and 1; what lies outside
is held within. This module imports nothing from the package, so that whoever words the facts need not know
how they are drawn.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.core.streaks import Mark


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One line of a leaderboard; *share* is its part of the leader's points.

    Ties have the same *rank* and *medal*; 0 is no medal. *gap* says that ranks are left out above it.
    """

    rank: str
    name: str
    points: str
    share: float
    medal: Literal[0, 1, 2, 3] = 0
    mine: bool = False
    gap: bool = False


@dataclass(frozen=True, slots=True)
class BoardPicture:
    """A leaderboard; *mine* is the word at the reader's own line, *empty* stands where there are no lines."""

    title: str
    subtitle: str
    lines: tuple[BoardLine, ...]
    alt: str
    mine: str = ""
    empty: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AnswerBar:
    """One option of a revealed question, and how many chose it."""

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


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that matters, with what it counts."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class CalendarPicture:
    """The days from *first* to *last*, weeks as columns from Monday on; at most the last 27 weeks are drawn.

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


Facts = BoardPicture | AnswersPicture | CalendarPicture | TopicsPicture
