"""What grading says: a :class:`Grade`, or why there is none."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Grade:
    """How right an answer is.

    *credit* is from 0 to 1; under the exam rule it is 0 or 1. *near* is set only on an answer that is not
    right. *parts* says which blanks, stems, positions or points were right, in the item's order; choice
    kinds, numbers and plain free text have none.
    """

    credit: Fraction
    near: bool = False
    parts: tuple[bool, ...] = ()

    @property
    def right(self) -> bool:
        """Whether the answer earns everything."""
        return self.credit == 1


class Unreadable(StrEnum):
    """Why an answer cannot be graded at all, so that it is refused and may be sent again."""

    EMPTY = "empty"
    """Nothing was chosen or typed."""

    TOO_LONG = "too_long"
    """Longer than an answer may be, in characters or (where points are looked for) in words."""

    WRONG_COUNT = "wrong_count"
    """Not one text for each blank."""

    NOT_A_NUMBER = "not_a_number"
    """No number that is certain from the first character to the last."""

    UNIT_MISSING = "unit_missing"
    """A number whose unit has to be written."""

    UNIT_UNKNOWN = "unit_unknown"
    """A number with a unit that the item does not know."""

    UNKNOWN_OPTION = "unknown_option"
    """An option that the item does not have, or an answer in a form that the item does not take."""

    REPEATED_OPTION = "repeated_option"
    """The same option twice."""

    ONE_ONLY = "one_only"
    """Several options where one is asked for."""

    INCOMPLETE = "incomplete"
    """An order without all the options, or a matching without all the stems."""


RIGHT = Grade(Fraction(1))
WRONG = Grade(Fraction(0))
