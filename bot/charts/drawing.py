"""Drawing: facts to SVG that the page shows as it is, and from which a PNG is painted."""

from typing import assert_never

from bot.charts.answers import answers
from bot.charts.calendars import calendar
from bot.charts.elements import Element, markup
from bot.charts.formulas import formula
from bot.charts.frames import WIDTH, Frame
from bot.charts.leaderboards import board
from bot.charts.topics import topics
from bot.wording.pictures import (
    AnswersPicture,
    BoardPicture,
    CalendarPicture,
    Facts,
    FormulaPicture,
    TopicsPicture,
)


def draw(facts: Facts, width: int = WIDTH) -> str:
    """Return the picture of *facts* as SVG, *width* units wide: 360 at least.

    Its colours are tokens, ``var(--ink)``: the page fills them in with its own theme, a painter with the
    one that it is given. It has no style, no script and no reference to anything outside; its texts are
    texts. Raises FormulaError for a formula that cannot be drawn.
    """
    return markup(_drawing(facts, Frame(width)))


def _drawing(facts: Facts, frame: Frame) -> Element:
    match facts:
        case BoardPicture():
            return board(facts, frame)
        case AnswersPicture():
            return answers(facts, frame)
        case CalendarPicture():
            return calendar(facts, frame)
        case TopicsPicture():
            return topics(facts, frame)
        case FormulaPicture():
            return formula(facts, frame)
        case _:
            assert_never(facts)
