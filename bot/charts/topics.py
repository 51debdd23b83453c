"""Progress by topic: how much is right in each, from how many answers, and where it stood before."""

from collections.abc import Iterable, Iterator

from bot.charts.elements import Element, element
from bot.charts.frames import Frame, bar, held, label, room
from bot.charts.themes import Token
from bot.wording.pictures import TopicBar, TopicsPicture

_ROW = 50
_THICK = 10
_ACCURACY, _ANSWERS = 58, 114
_SPACE = 10


def topics(facts: TopicsPicture, frame: Frame) -> Element:
    """Draw somebody's progress by topic."""
    parts, y = frame.head(facts.title, facts.subtitle)
    if not facts.bars and facts.empty:
        parts.append(label(facts.empty, frame.left, y + 22, frame.inner, size=15, fill=Token.INK_2))
        y += 34
    accuracy = _widest((topic.accuracy for topic in facts.bars), 15, _ACCURACY, bold=True)
    answers = _widest((topic.answers for topic in facts.bars), 13, _ANSWERS)
    for topic in facts.bars:
        parts += _topic(topic, frame, y, accuracy, answers)
        y += _ROW
    if facts.before:
        parts += [
            _mark(frame.left + 8, y + 7),
            label(facts.before, frame.left + 24, y + 18, frame.inner - 24, size=13, fill=Token.INK_2),
        ]
        y += 24
    below, height = frame.foot(facts.note, y)
    return frame.card([*parts, *below], height, title=facts.title, alt=facts.alt)


def _widest(texts: Iterable[str], size: float, most: float, *, bold: bool = False) -> float:
    """Return the place that the widest of *texts* takes, *most* at most."""
    return max((room(text, size, most, bold=bold) for text in texts), default=0)


def _topic(topic: TopicBar, frame: Frame, y: float, accuracy: float, answers: float) -> Iterator[Element]:
    left, right = frame.left, frame.right
    yield label(topic.name, left, y + 20, frame.inner - accuracy - answers - 2 * _SPACE, size=15)
    place = right - accuracy - _SPACE
    yield label(topic.answers, place, y + 20, answers, size=13, anchor="end", fill=Token.INK_2)
    yield label(topic.accuracy, right, y + 20, accuracy, size=15, weight=700, anchor="end")
    yield from bar(left, y + 29, frame.inner, topic.share, Token.ACCENT, thickness=_THICK)
    if topic.before is not None:
        yield _mark(left + 3 + (frame.inner - 6) * held(topic.before), y + 27)


def _mark(x: float, y: float) -> Element:
    """Return the line that marks where something stood before, with its top at *y*."""
    line = element("rect", x=x - 3, y=y - 1, width=6, height=_THICK + 6, rx=3, fill=Token.SURFACE)
    return element(
        "g", line, element("rect", x=x - 1.5, y=y, width=3, height=_THICK + 4, rx=1.5, fill=Token.BRASS_BAR)
    )
