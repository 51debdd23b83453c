"""The leaderboard as a card: ranks, medals, names, points, and a bar for the share of the leader's points."""

from collections.abc import Iterator

from bot.charts.elements import Element, element
from bot.charts.facts import BoardLine, BoardPicture
from bot.charts.frames import INNER, LEFT, RIGHT, WIDTH, bar, card, foot, head, label
from bot.charts.themes import Token
from bot.charts.typesetting import width

_ROW = 44
_GAP = 22
_NAME = 72
_POINTS = 150
_SPACE = 12


def board(facts: BoardPicture) -> Element:
    """Draw a leaderboard."""
    parts, y = head(facts.title, facts.subtitle)
    if not facts.lines and facts.empty:
        parts.append(label(facts.empty, LEFT, y + 21, INNER, size=15, fill=Token.INK_2))
        y += 34
    for line in facts.lines:
        if line.gap:
            parts += _dots(y)
            y += _GAP
        parts += _line(line, y, facts.mine if line.mine else "")
        y += _ROW
    below, height = foot(facts.note, y)
    return card([*parts, *below], height, title=facts.title, alt=facts.alt)


def _line(line: BoardLine, y: float, mine: str) -> Iterator[Element]:
    if line.mine:
        yield element("rect", x=10, y=y, width=WIDTH - 20, height=_ROW, rx=10, fill=Token.ACCENT_SOFT)
        yield element("rect", x=10, y=y + 9, width=4, height=_ROW - 18, rx=2, fill=Token.ACCENT)
    yield from _rank(line, y + 21)
    weight = 700 if line.mine else 400
    points = min(_POINTS, width(line.points, 15, bold=True))
    yield label(line.points, RIGHT, y + 21, points, size=15, weight=700, anchor="end")
    place = RIGHT - _SPACE - points - _NAME
    if mine:
        reach = min(80, width(mine, 12, bold=True)) + 14
        name = label(line.name, _NAME, y + 21, place - reach - 8, size=16, weight=weight)
        yield name
        yield from _chip(mine, RIGHT - _SPACE - points - reach, y + 21, reach)
    else:
        yield label(line.name, _NAME, y + 21, place, size=16, weight=weight)
    fill = Token.BRASS_BAR if line.medal == 1 else Token.ACCENT
    yield from bar(_NAME, y + 30, RIGHT - _NAME, line.share, fill, thickness=6)


def _chip(text: str, x: float, y: float, reach: float) -> Iterator[Element]:
    """Yield a word in a small pill."""
    yield element("rect", x=x, y=y - 14, width=reach, height=19, rx=9.5, fill=Token.ACCENT)
    yield label(
        text, x + reach / 2, y, reach - 8, size=12, weight=700, anchor="middle", fill=Token.ACCENT_INK
    )


def _rank(line: BoardLine, y: float) -> Iterator[Element]:
    """Yield the rank, on a medal for the first three."""
    if line.medal == 0:
        yield label(line.rank, 42, y, 44, size=15, anchor="middle", fill=Token.INK_2)
        return
    disc, edge, ink = (
        (Token.BRASS_BAR, Token.BRASS_BAR, "#241a05"),
        (Token.SUNKEN, Token.LINE_STRONG, Token.INK),
        (Token.BRASS_SOFT, Token.BRASS, Token.BRASS),
    )[line.medal - 1]
    ribbon = f"M33 {y + 6:.2f}l-3 15l6 -3.4l4 5l2 -9l2 9l4 -5l6 3.4l-3 -15z"
    yield element("path", d=ribbon, fill=edge)
    yield element("circle", cx=42, cy=y - 2, r=13, fill=disc, stroke=edge, stroke_width=2)
    yield label(line.rank, 42, y + 3, 24, size=14, weight=700, anchor="middle", fill=ink)


def _dots(y: float) -> Iterator[Element]:
    """Yield the sign for ranks that are left out."""
    for x in (34, 42, 50):
        yield element("circle", cx=x, cy=y + _GAP / 2, r=2, fill=Token.LINE_STRONG)
