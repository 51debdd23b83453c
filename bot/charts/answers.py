"""The answers to a revealed question as bars; the right ones have a tick as well as a colour."""

from collections.abc import Iterator

from bot.charts.elements import Element, element
from bot.charts.facts import AnswerBar, AnswersPicture
from bot.charts.frames import INNER, LEFT, RIGHT, bar, card, foot, head, label, labels, tick
from bot.charts.themes import Token

_TEXT = 66
_FIGURES = 96
_LEADING = 20


def answers(facts: AnswersPicture) -> Element:
    """Draw how the answers fell."""
    parts, y = head(facts.title, facts.subtitle)
    for option in facts.bars:
        row, y = _option(option, y)
        parts += row
    if facts.right:
        parts += [
            _ticked(LEFT + 9, y + 13),
            label(facts.right, LEFT + 26, y + 18, INNER - 26, size=13, fill=Token.INK_2),
        ]
        y += 22
    below, height = foot(facts.note, y)
    return card([*parts, *below], height, title=facts.title, alt=facts.alt)


def _option(option: AnswerBar, y: float) -> tuple[list[Element], float]:
    """Return one option and where the next begins."""
    place = RIGHT - _FIGURES - _TEXT
    weight = 700 if option.right else 400
    words = labels(option.text, _TEXT, y + 20, place, lines=2, size=15, weight=weight, leading=_LEADING)
    low = y + 20 + _LEADING * max(0, len(words) - 1)
    fill = Token.GOOD if option.right else Token.LINE_STRONG
    parts = [
        *_letter(option, y),
        *words,
        label(option.percent, RIGHT, y + 20, _FIGURES - 34, size=15, weight=700, anchor="end"),
        label(option.count, RIGHT, low + 17, _FIGURES - 10, size=13, anchor="end", fill=Token.INK_2),
        *bar(_TEXT, low + 9, place, option.share, fill),
    ]
    if option.right:
        parts.append(_ticked(RIGHT - _FIGURES + 18, y + 15))
    return parts, low + 30


def _letter(option: AnswerBar, y: float) -> Iterator[Element]:
    """Yield the option's letter in its square."""
    ground, ink = (Token.GOOD, Token.SURFACE) if option.right else (Token.SUNKEN, Token.INK)
    yield element("rect", x=LEFT, y=y + 2, width=30, height=30, rx=8, fill=ground)
    yield label(option.letter, LEFT + 15, y + 22.5, 28, size=15, weight=700, anchor="middle", fill=ink)


def _ticked(x: float, y: float) -> Element:
    """Return the sign of a right answer."""
    disc = element("circle", cx=x, cy=y, r=9, fill=Token.GOOD)
    return element("g", disc, tick(x, y, 11, Token.SURFACE))
