"""The answers to a revealed question as bars; the right ones have a tick as well as a colour."""

from collections.abc import Iterator

from bot.charts.elements import Element, element
from bot.charts.frames import Frame, bar, label, labels, leading, tick
from bot.charts.themes import Token
from bot.wording.pictures import AnswerBar, AnswersPicture

_TEXT = 42
_FIGURES = 96
_SIZE = 15


def answers(facts: AnswersPicture, frame: Frame) -> Element:
    """Draw how the answers fell."""
    parts, y = frame.head(facts.title, facts.subtitle)
    text = frame.left + (_TEXT if any(option.letter for option in facts.bars) else 0)
    for option in facts.bars:
        row, y = _option(option, frame, text, y)
        parts += row
    if facts.right:
        parts += [
            _ticked(frame.left + 9, y + 13),
            label(facts.right, frame.left + 26, y + 18, frame.inner - 26, size=13, fill=Token.INK_2),
        ]
        y += 22
    below, height = frame.foot(facts.note, y)
    return frame.card([*parts, *below], height, title=facts.title, alt=facts.alt)


def _option(option: AnswerBar, frame: Frame, text: float, y: float) -> tuple[list[Element], float]:
    """Return one option, whose words begin at *text*, and where the next begins."""
    right = frame.right
    place = right - _FIGURES - text
    weight = 700 if option.right else 400
    words = labels(option.text, text, y + 20, place, lines=2, size=_SIZE, weight=weight)
    low = y + 20 + leading(_SIZE) * max(0, len(words) - 1)
    fill = Token.GOOD if option.right else Token.LINE_STRONG
    parts = [
        *_letter(option, frame.left, y),
        *words,
        label(option.percent, right, y + 20, _FIGURES - 34, size=15, weight=700, anchor="end"),
        label(option.count, right, low + 17, _FIGURES - 10, size=13, anchor="end", fill=Token.INK_2),
        *bar(text, low + 9, place, option.share, fill),
    ]
    if option.right:
        parts.append(_ticked(right - _FIGURES + 18, y + 15))
    return parts, low + 30


def _letter(option: AnswerBar, x: float, y: float) -> Iterator[Element]:
    """Yield the option's letter in its square, if it has one."""
    if not option.letter:
        return
    ground, ink = (Token.GOOD, Token.SURFACE) if option.right else (Token.SUNKEN, Token.INK)
    yield element("rect", x=x, y=y + 2, width=30, height=30, rx=8, fill=ground)
    yield label(option.letter, x + 15, y + 22.5, 28, size=15, weight=700, anchor="middle", fill=ink)


def _ticked(x: float, y: float) -> Element:
    """Return the sign of a right answer."""
    disc = element("circle", cx=x, cy=y, r=9, fill=Token.GOOD)
    return element("g", disc, tick(x, y, 11, Token.SURFACE))
