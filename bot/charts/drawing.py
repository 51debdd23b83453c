"""Drawing: facts to SVG that the page shows as it is, and from which a PNG is painted."""

from typing import assert_never

from bot.charts.answers import answers
from bot.charts.calendars import calendar
from bot.charts.elements import Element, markup
from bot.charts.facts import AnswersPicture, BoardPicture, CalendarPicture, Facts, TopicsPicture
from bot.charts.leaderboards import board
from bot.charts.topics import topics


def draw(facts: Facts) -> str:
    """Return the picture of *facts* as SVG.

    Its colours are tokens, ``var(--ink)``: the page fills them in with its own theme, a painter with the
    one that it is given. It has no style, no script and no reference to anything outside; its texts are
    texts.
    """
    return markup(_drawing(facts))


def _drawing(facts: Facts) -> Element:
    match facts:
        case BoardPicture():
            return board(facts)
        case AnswersPicture():
            return answers(facts)
        case CalendarPicture():
            return calendar(facts)
        case TopicsPicture():
            return topics(facts)
        case _:
            assert_never(facts)
