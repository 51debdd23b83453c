"""The leaderboard as a card: ranks, medals, names, what was earned, and a bar for how much that is."""

from collections.abc import Iterator

from bot.charts.elements import Element, element
from bot.charts.frames import Frame, bar, label, room
from bot.charts.themes import Token
from bot.wording.pictures import BoardLine, BoardPicture

_ROW = 44
_GAP = 22
_RANK, _NAME = 18, 48
_EARNED = 150
_SPACE = 12


def board(facts: BoardPicture, frame: Frame) -> Element:
    """Draw a leaderboard."""
    parts, y = frame.head(facts.title, facts.subtitle)
    if facts.lines and facts.earned:
        parts.append(_heading(facts.earned, frame, y - 2))
        y += 12
    if not facts.lines and facts.empty:
        parts.append(label(facts.empty, frame.left, y + 21, frame.inner, size=15, fill=Token.INK_2))
        y += 34
    for line in facts.lines:
        if line.gap:
            parts += _dots(frame.left + _RANK, y)
            y += _GAP
        parts += _line(line, frame, y, facts.mine if line.mine else "")
        y += _ROW
    below, height = frame.foot(facts.note, y)
    return frame.card([*parts, *below], height, title=facts.title, alt=facts.alt)


def _heading(text: str, frame: Frame, y: float) -> Element:
    """Return the word over what was earned."""
    return label(text, frame.right, y + 8, frame.inner - _NAME, size=13, anchor="end", fill=Token.INK_2)


def _line(line: BoardLine, frame: Frame, y: float, mine: str) -> Iterator[Element]:
    left, right = frame.left + _NAME, frame.right
    if line.mine:
        edge = frame.left - min(frame.left - 2, 14)
        yield element(
            "rect", x=edge, y=y, width=frame.width - 2 * edge, height=_ROW, rx=10, fill=Token.ACCENT_SOFT
        )
        yield element("rect", x=edge, y=y + 9, width=4, height=_ROW - 18, rx=2, fill=Token.ACCENT)
    yield from _rank(line, frame.left + _RANK, y + 21)
    earned = room(line.earned, 15, _EARNED, bold=True)
    yield label(line.earned, right, y + 21, earned, size=15, weight=700, anchor="end")
    place = right - _SPACE - earned - left
    if mine:
        reach = room(mine, 12, 80, bold=True) + 14
        yield from _chip(mine, right - _SPACE - earned - reach, y + 21, reach)
        place -= reach + 8
    yield label(line.name, left, y + 21, place, size=16, weight=700 if line.mine else 400)
    fill = Token.BRASS_BAR if line.medal == 1 else Token.ACCENT
    yield from bar(left, y + 30, right - left, line.share, fill, thickness=6)


def _chip(text: str, x: float, y: float, reach: float) -> Iterator[Element]:
    """Yield a word in a small pill."""
    yield element("rect", x=x, y=y - 14, width=reach, height=19, rx=9.5, fill=Token.ACCENT)
    yield label(
        text, x + reach / 2, y, reach - 8, size=12, weight=700, anchor="middle", fill=Token.ACCENT_INK
    )


def _rank(line: BoardLine, x: float, y: float) -> Iterator[Element]:
    """Yield the rank, on a medal for the first three."""
    if line.medal == 0:
        yield label(line.rank, x, y, 44, size=15, anchor="middle", fill=Token.INK_2)
        return
    disc, edge, ink = (
        (Token.BRASS_BAR, Token.BRASS_BAR, "#241a05"),
        (Token.SUNKEN, Token.LINE_STRONG, Token.INK),
        (Token.BRASS_SOFT, Token.BRASS, Token.BRASS),
    )[line.medal - 1]
    ribbon = f"M{x - 9} {y + 6:.2f}l-3 15l6 -3.4l4 5l2 -9l2 9l4 -5l6 3.4l-3 -15z"
    yield element("path", d=ribbon, fill=edge)
    yield element("circle", cx=x, cy=y - 2, r=13, fill=disc, stroke=edge, stroke_width=2)
    yield label(line.rank, x, y + 3, 24, size=14, weight=700, anchor="middle", fill=ink)


def _dots(x: float, y: float) -> Iterator[Element]:
    """Yield the sign for ranks that are left out."""
    for step in (-8, 0, 8):
        yield element("circle", cx=x + step, cy=y + _GAP / 2, r=2, fill=Token.LINE_STRONG)
