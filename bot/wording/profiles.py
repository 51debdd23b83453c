"""Where a learner stands, as they read it."""

from typing import Final

from bot.core.effects import MeShown, Rank, TopicLine
from bot.wording.catalogues import Catalogue
from bot.wording.illustrations import calendar_facts, days_line, topics_facts
from bot.wording.pieces import paragraph, paragraphs, view
from bot.wording.standings import Cell
from bot.wording.views import Block, Picture, Table, Text, Tone, View

MOST_TOPICS: Final = 12
"""Of more topics the weakest are shown: those are what to work on."""

GOOD: Final = 0.8
"""From this share on a topic goes well enough not to be recommended."""


def me_view(effect: MeShown, catalogue: Catalogue) -> View:
    """Return where the reader stands: ranks, streak, topics, and what to do next."""
    blocks = (
        *(standing_blocks(effect, catalogue) if effect.answers else (paragraph(catalogue.me_nothing()),)),
        *_days(effect, catalogue),
        *_topics(effect, catalogue),
    )
    return view(Tone.PODIUM, catalogue.me_title(), blocks, ())


def standing_blocks(effect: MeShown, catalogue: Catalogue) -> tuple[Block | None, ...]:
    """Return the ranks of somebody who has answered something, and how much of it was right."""
    header = (catalogue.period_column(), catalogue.rank_column(), catalogue.points_column())
    rows = (
        _rank(catalogue.this_week(), effect.week, catalogue),
        _rank(catalogue.all_time(), effect.ever, catalogue),
    )
    return (
        Table(header, rows, ("left", "left", "right")),
        paragraph(catalogue.right_ever(effect.right, effect.answers)),
    )


def _rank(when: str, rank: Rank, catalogue: Catalogue) -> tuple[Cell, ...]:
    place = catalogue.rank_of(rank.rank, rank.listed)
    return (Text(when),), (Text(place),), (Text(catalogue.number(rank.points)),)


def _days(effect: MeShown, catalogue: Catalogue) -> tuple[Block | None, ...]:
    """Return how the reader's days went, and which they can still answer."""
    streak, freeze = streak_lines(effect, catalogue)
    todo = paragraph(catalogue.days_to_do(effect.todo)) if effect.todo else None
    days = days_line(effect, catalogue)
    facts = calendar_facts(effect, (streak, days), catalogue)
    if facts is None:
        return paragraph(streak), paragraph(freeze), todo
    return Picture(facts, paragraphs(streak, days, freeze or facts.note)), todo


def streak_lines(effect: MeShown, catalogue: Catalogue) -> tuple[str, str]:
    """Return what the streak of days is, and whether a freeze keeps it; "" for what there is not."""
    streak = catalogue.my_days(effect.days, effect.best) if effect.best else ""
    freeze = catalogue.freeze_used() if effect.frozen and effect.days else ""
    return streak, freeze


def _topics(effect: MeShown, catalogue: Catalogue) -> tuple[Block | None, ...]:
    if not effect.topics:
        return ()
    shown, worst = effect.topics[:MOST_TOPICS], effect.topics[0]
    header = (catalogue.topic_column(), catalogue.right_column())
    table = Table(header, tuple(_topic(line, catalogue) for line in shown), ("left", "right"))
    weak = worst.right / worst.answers < GOOD
    return (
        Picture(topics_facts(shown, catalogue), (table,)),
        paragraph(catalogue.weakest(worst.topic, worst.title)) if weak else None,
    )


def _topic(line: TopicLine, catalogue: Catalogue) -> tuple[Cell, ...]:
    name = catalogue.name(line.title or line.topic)
    return (Text(name),), (Text(catalogue.right_of(line.right, line.answers)),)
