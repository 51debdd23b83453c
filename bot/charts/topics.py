"""Progress by topic: how much is right in each, from how many answers, and where it stood before."""

from collections.abc import Iterator

from bot.charts.elements import Element, element
from bot.charts.facts import TopicBar, TopicsPicture
from bot.charts.frames import INNER, LEFT, RIGHT, bar, card, foot, head, held, label
from bot.charts.themes import Token

_ROW = 50
_THICK = 10


def topics(facts: TopicsPicture) -> Element:
    """Draw somebody's progress by topic."""
    parts, y = head(facts.title, facts.subtitle)
    if not facts.bars and facts.empty:
        parts.append(label(facts.empty, LEFT, y + 22, INNER, size=15, fill=Token.INK_2))
        y += 34
    for topic in facts.bars:
        parts += _topic(topic, y)
        y += _ROW
    if facts.before:
        parts += [
            _mark(LEFT + 8, y + 7),
            label(facts.before, LEFT + 24, y + 18, INNER - 24, size=13, fill=Token.INK_2),
        ]
        y += 24
    below, height = foot(facts.note, y)
    return card([*parts, *below], height, title=facts.title, alt=facts.alt)


def _topic(topic: TopicBar, y: float) -> Iterator[Element]:
    yield label(topic.name, LEFT, y + 20, INNER - 190, size=15)
    yield label(topic.answers, RIGHT - 66, y + 20, 114, size=13, anchor="end", fill=Token.INK_2)
    yield label(topic.accuracy, RIGHT, y + 20, 58, size=15, weight=700, anchor="end")
    yield from bar(LEFT, y + 29, INNER, topic.share, Token.ACCENT, thickness=_THICK)
    if topic.before is not None:
        yield _mark(LEFT + 3 + (INNER - 6) * held(topic.before), y + 27)


def _mark(x: float, y: float) -> Element:
    """Return the line that marks where something stood before, with its top at *y*."""
    line = element("rect", x=x - 3, y=y - 1, width=6, height=_THICK + 6, rx=3, fill=Token.SURFACE)
    return element(
        "g", line, element("rect", x=x - 1.5, y=y, width=3, height=_THICK + 4, rx=1.5, fill=Token.BRASS_BAR)
    )
