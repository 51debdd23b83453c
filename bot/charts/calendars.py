"""A learner's days as a calendar: weeks as columns, a sign and a colour for what each day was."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import assert_never

from bot.charts.elements import Element, element
from bot.charts.facts import CalendarPicture, Figure
from bot.charts.frames import INNER, LEFT, RIGHT, card, foot, head, label, stroke, tick
from bot.charts.themes import Token
from bot.charts.typesetting import width
from bot.core.streaks import Mark

_WEEK = 7
_MOST_WEEKS = 27
_PITCH = 30
"""From one day to the next, at most."""

_KEYS = 14
"""The size of a sign in the legend."""


def calendar(facts: CalendarPicture) -> Element:
    """Draw the calendar of a learner's days."""
    parts, y = head(facts.title, facts.subtitle)
    if facts.figures:
        parts += _figures(facts.figures, y)
        y += 58
    days, y = _days(facts, y)
    legend, y = _legend(facts, y)
    below, height = foot(facts.note, y)
    return card([*parts, *days, *legend, *below], height, title=facts.title, alt=facts.alt)


def _figures(figures: tuple[Figure, ...], y: float) -> Iterator[Element]:
    """Yield the figures side by side."""
    place = INNER / len(figures)
    for index, figure in enumerate(figures):
        x = LEFT + index * place
        yield label(figure.value, x, y + 24, place - 12, size=26, weight=700, fill=Token.ACCENT)
        yield label(figure.label, x, y + 43, place - 12, size=13, fill=Token.INK_2)


def _weeks(facts: CalendarPicture) -> list[date]:
    """Return the Mondays of the weeks that are drawn."""
    last = facts.last - timedelta(days=facts.last.weekday())
    first = facts.first - timedelta(days=facts.first.weekday())
    count = min(_MOST_WEEKS, max(0, (last - first).days // _WEEK) + 1)
    return [last - timedelta(weeks=back) for back in reversed(range(count))]


def _days(facts: CalendarPicture, y: float) -> tuple[list[Element], float]:
    """Return the grid with its names, and where it ends."""
    mondays, marks = _weeks(facts), dict(facts.marks)
    left = LEFT + 12 + max(width(name, 12) for name in facts.weekdays)
    pitch = min(_PITCH, (RIGHT - left) / len(mondays))
    top, cell = y + 22, pitch * 0.84
    parts = [*_months(facts, mondays, left, y + 13, pitch), *_weekdays(facts.weekdays, top, pitch)]
    for column, monday in enumerate(mondays):
        for row in range(_WEEK):
            day = monday + timedelta(days=row)
            if facts.first <= day <= facts.last:
                parts += _day(marks.get(day), left + column * pitch, top + row * pitch, cell)
    return parts, top + _WEEK * pitch + 4


def _months(
    facts: CalendarPicture, mondays: list[date], left: float, y: float, pitch: float
) -> Iterator[Element]:
    """Yield each month's name above its first week, if the month has the room for it.

    A week belongs to the month of its last shown day, so the first week of a month is the one that its
    first is in.
    """
    ends = [min(monday + timedelta(days=_WEEK - 1), facts.last) for monday in mondays]
    column = 0
    for month, weeks in groupby(end.month for end in ends):
        count = len(list(weeks))
        name, place = facts.months[month - 1], count * pitch
        if width(name, 12) <= place - 2:
            yield label(name, left + column * pitch, y, place, size=12, fill=Token.INK_2)
        column += count


def _weekdays(names: tuple[str, ...], top: float, pitch: float) -> Iterator[Element]:
    """Yield the names of every second day, or of each where there is room."""
    step = 1 if pitch >= 18 else 2  # noqa: PLR2004 - a line of the names' size
    for row in range(0, _WEEK, step):
        yield label(names[row], LEFT, top + (row + 0.42) * pitch + 4, 60, size=12, fill=Token.INK_2)


def _legend(facts: CalendarPicture, y: float) -> tuple[list[Element], float]:
    """Return the signs with what they mean, on as many lines as they need, and where they end."""
    parts: list[Element] = []
    x = float(LEFT)
    for mark, words in facts.legend:
        reach = min(_KEYS + 6 + width(words, 13), INNER)
        if x + reach > RIGHT:
            x, y = LEFT, y + 23
        parts += _day(mark, x, y + 10, _KEYS)
        parts.append(
            label(words, x + _KEYS + 6, y + 22, max(1, reach - _KEYS - 5), size=13, fill=Token.INK_2)
        )
        x += reach + 12
    return parts, y + 28 if facts.legend else y


def _day(mark: Mark | None, x: float, y: float, size: float) -> Iterator[Element]:
    """Yield one day: what it was is told by its sign as well as by its colour."""
    middle_x, middle_y = x + size / 2, y + size / 2
    match mark:
        case Mark.ANSWERED:
            yield _square(x, y, size, fill=Token.ACCENT)
            yield tick(middle_x, middle_y, size * 0.62, Token.ACCENT_INK)
        case Mark.FROZEN:
            yield _square(x, y, size, fill=Token.BRASS_SOFT, edge=Token.BRASS)
            yield _flake(middle_x, middle_y, size * 0.3)
        case Mark.MISSED:
            yield _square(x, y, size, fill=Token.BAD_SOFT)
            yield _cross(middle_x, middle_y, size * 0.2)
        case Mark.OPEN:
            yield _square(x, y, size, fill="none", edge=Token.ACCENT, dashes=f"{size / 6:.2f}")
            yield element("circle", cx=middle_x, cy=middle_y, r=size * 0.13, fill=Token.ACCENT)
        case Mark.BEFORE | None:
            yield element(
                "circle", cx=middle_x, cy=middle_y, r=size * 0.12, fill=Token.LINE_STRONG, fill_opacity="0.6"
            )
        case _:
            assert_never(mark)


def _square(
    x: float, y: float, size: float, *, fill: str, edge: str | None = None, dashes: str | None = None
) -> Element:
    inset = 0.6 if edge else 0.0
    return element(
        "rect", x=x + inset, y=y + inset, width=size - 2 * inset, height=size - 2 * inset, rx=size * 0.22,
        fill=fill, stroke=edge, stroke_width=None if edge is None else 1.2, stroke_dasharray=dashes,
    )  # fmt: skip


def _flake(x: float, y: float, arm: float) -> Element:
    """Return a snow flake of three strokes."""
    side, low = arm * 0.87, arm * 0.5
    path = (
        f"M{x:.2f} {y - arm:.2f}v{2 * arm:.2f}"
        f"M{x - side:.2f} {y - low:.2f}l{2 * side:.2f} {2 * low:.2f}"
        f"M{x - side:.2f} {y + low:.2f}l{2 * side:.2f} {-2 * low:.2f}"
    )
    return stroke(path, Token.BRASS, max(1.1, arm * 0.3))


def _cross(x: float, y: float, arm: float) -> Element:
    one, other = f"l{2 * arm:.2f} {2 * arm:.2f}", f"l{-2 * arm:.2f} {2 * arm:.2f}"
    path = f"M{x - arm:.2f} {y - arm:.2f}{one}m0 {-2 * arm:.2f}{other}"
    return stroke(path, Token.BAD, max(1.3, arm * 0.5))
