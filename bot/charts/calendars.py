"""A learner's days as a calendar: weeks as columns, a sign and a colour for what each day was.

All days of a kind are one path: a picture of half a year would have hundreds of elements else.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Final, assert_never

from bot.charts.elements import Element, element
from bot.charts.frames import Frame, label, stroke, tick_path
from bot.charts.themes import Token
from bot.charts.typesetting import width
from bot.core.streaks import Mark
from bot.wording.pictures import CalendarPicture, Figure

_WEEK = 7
_PITCH, _LEAST_PITCH = 24, 14.5
"""From one day to the next, at most and at least: in a smaller one no sign can be told from another."""

_KEYS = 14
"""The size of a sign in the legend."""

_ROUND = 0.22
"""The radius of a square's corners, by its size."""

_ORDER: Final = (None, Mark.BEFORE, Mark.MISSED, Mark.FROZEN, Mark.ANSWERED, Mark.OPEN)

Point = tuple[float, float]
"""The upper left corner of a day."""


def calendar(facts: CalendarPicture, frame: Frame) -> Element:
    """Draw the calendar of a learner's days."""
    parts, y = frame.head(facts.title, facts.subtitle)
    if facts.figures:
        parts += _figures(facts.figures, frame, y)
        y += 58
    days, y = _days(facts, frame, y)
    legend, y = _legend(facts, frame, y)
    below, height = frame.foot(facts.note, y)
    return frame.card([*parts, *days, *legend, *below], height, title=facts.title, alt=facts.alt)


def _figures(figures: tuple[Figure, ...], frame: Frame, y: float) -> Iterator[Element]:
    """Yield the figures side by side."""
    place = frame.inner / len(figures)
    for index, figure in enumerate(figures):
        x = frame.left + index * place
        yield label(figure.value, x, y + 24, place - 12, size=26, weight=700, fill=Token.ACCENT)
        yield label(figure.label, x, y + 43, place - 12, size=13, fill=Token.INK_2)


# ------------------------------------------------------------------------------------------------- the grid


def _days(facts: CalendarPicture, frame: Frame, y: float) -> tuple[list[Element], float]:
    """Return the grid with its names, and where it ends."""
    left = frame.left + 12 + max(width(name, 12) for name in facts.weekdays)
    mondays = _weeks(facts, most=int((frame.right - left) / _LEAST_PITCH))
    pitch = min(_PITCH, (frame.right - left) / len(mondays))
    top, places = y + 22, dict[Mark | None, list[Point]]()
    marks = dict(facts.marks)
    for column, monday in enumerate(mondays):
        for row in range(_WEEK):
            day = monday + timedelta(days=row)
            if facts.first <= day <= facts.last:
                places.setdefault(marks.get(day), []).append((left + column * pitch, top + row * pitch))
    names = [
        *_months(facts, mondays, left, y + 13, pitch),
        *_weekdays(facts.weekdays, frame.left, top, pitch),
    ]
    signs = [sign for mark in _ORDER for sign in _signs(mark, places.get(mark, ()), pitch * 0.84)]
    return [*names, *signs], top + _WEEK * pitch + 4


def _weeks(facts: CalendarPicture, *, most: int) -> list[date]:
    """Return the Mondays of the weeks that are drawn, the last *most* of them."""
    last = facts.last - timedelta(days=facts.last.weekday())
    first = facts.first - timedelta(days=facts.first.weekday())
    count = min(most, max(0, (last - first).days // _WEEK) + 1)
    return [last - timedelta(weeks=back) for back in reversed(range(count))]


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


def _weekdays(names: tuple[str, ...], left: float, top: float, pitch: float) -> Iterator[Element]:
    """Yield the names of every second day, or of each where there is room."""
    step = 1 if pitch >= 18 else 2  # noqa: PLR2004 - a line of the names' size
    for row in range(0, _WEEK, step):
        yield label(names[row], left, top + (row + 0.42) * pitch + 4, 60, size=12, fill=Token.INK_2)


def _legend(facts: CalendarPicture, frame: Frame, y: float) -> tuple[list[Element], float]:
    """Return the signs with what they mean, on as many lines as they need, and where they end."""
    parts: list[Element] = []
    x = float(frame.left)
    for mark, words in facts.legend:
        reach = min(_KEYS + 6 + width(words, 13), frame.inner)
        if x + reach > frame.right:
            x, y = frame.left, y + 23
        parts += _signs(mark, [(x, y + 10)], _KEYS)
        parts.append(
            label(words, x + _KEYS + 6, y + 22, max(1, reach - _KEYS - 5), size=13, fill=Token.INK_2)
        )
        x += reach + 12
    return parts, y + 28 if facts.legend else y


# --------------------------------------------------------------------------------------------- what days were


def _signs(mark: Mark | None, places: Sequence[Point], size: float) -> Iterator[Element]:
    """Yield the days that were *mark*: that is told by a sign as well as by a colour."""
    if not places:
        return
    middles = [(x + size / 2, y + size / 2) for x, y in places]
    match mark:
        case Mark.ANSWERED:
            yield _squares(places, size, Token.ACCENT)
            ticks = (tick_path(x, y, size * 0.62) for x, y in middles)
            yield stroke("".join(ticks), Token.ACCENT_INK, max(1.4, size * 0.105))
        case Mark.FROZEN:
            yield _squares(places, size, Token.BRASS)
            yield _squares([(x + 1.2, y + 1.2) for x, y in places], size - 2.4, Token.BRASS_SOFT)
            flakes = (_flake(x, y, size * 0.3) for x, y in middles)
            yield stroke("".join(flakes), Token.BRASS, max(1.1, size * 0.09))
        case Mark.MISSED:
            yield _squares(places, size, Token.BAD_SOFT)
            crosses = (_cross(x, y, size * 0.2) for x, y in middles)
            yield stroke("".join(crosses), Token.BAD, max(1.3, size * 0.1))
        case Mark.OPEN:
            yield from (_open(x, y, size) for x, y in places)
            yield _dots(middles, size * 0.26, Token.ACCENT)
        case Mark.BEFORE | None:
            yield _dots(middles, size * 0.24, Token.LINE_STRONG)
        case _:
            assert_never(mark)


def _squares(places: Sequence[Point], size: float, fill: str) -> Element:
    """Return squares at *places*; the line around them, of their own colour, makes their corners round."""
    radius = size * _ROUND
    side = size - 2 * radius
    path = "".join(
        f"M{x + radius:.2f} {y + radius:.2f}h{side:.2f}v{side:.2f}h{-side:.2f}z" for x, y in places
    )
    return element("path", d=path, fill=fill, stroke=fill, stroke_width=2 * radius, stroke_linejoin="round")


def _dots(places: Sequence[Point], size: float, fill: str) -> Element:
    """Return dots around *places*: ends of lines that go nowhere."""
    return stroke("".join(f"M{x:.2f} {y:.2f}h0" for x, y in places), fill, size)


def _open(x: float, y: float, size: float) -> Element:
    """Return a square that is still to be filled."""
    return element(
        "rect", x=x + 0.6, y=y + 0.6, width=size - 1.2, height=size - 1.2, rx=size * _ROUND,
        fill="none", stroke=Token.ACCENT, stroke_width=1.2, stroke_dasharray=f"{size / 6:.2f}",
    )  # fmt: skip


def _flake(x: float, y: float, arm: float) -> str:
    """Return the path of a snow flake of three strokes."""
    side, low = arm * 0.87, arm * 0.5
    return (
        f"M{x:.2f} {y - arm:.2f}v{2 * arm:.2f}"
        f"M{x - side:.2f} {y - low:.2f}l{2 * side:.2f} {2 * low:.2f}"
        f"M{x - side:.2f} {y + low:.2f}l{2 * side:.2f} {-2 * low:.2f}"
    )


def _cross(x: float, y: float, arm: float) -> str:
    one, other = f"l{2 * arm:.2f} {2 * arm:.2f}", f"l{-2 * arm:.2f} {2 * arm:.2f}"
    return f"M{x - arm:.2f} {y - arm:.2f}{one}m0 {-2 * arm:.2f}{other}"
