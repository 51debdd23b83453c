"""A group's week as it is read."""

from collections.abc import Sequence

from bot.core.commands import DrawRequest, RankedBy
from bot.core.effects import BoardLine, Hardest, RecapPosted
from bot.core.items import ChoiceKey, Item
from bot.wording.actions import play_action
from bot.wording.answers import key_blocks, prompt_blocks, source_line
from bot.wording.catalogues import Catalogue
from bot.wording.illustrations import board_facts
from bot.wording.markup import blocks_of
from bot.wording.pieces import paragraph, quiet, view
from bot.wording.standings import Cell, sides
from bot.wording.views import (
    Block,
    Bullets,
    Button,
    Heading,
    Paragraph,
    Picture,
    Quote,
    Style,
    Table,
    Text,
    Tone,
    View,
)

WEAK_ROUND = 5
"""So many questions are in the round on weak topics."""


def recap_view(effect: RecapPosted, catalogue: Catalogue, *, actions: bool) -> View:
    """Return the standing of a week, who improved, what was hardest, and what to work on."""
    title = catalogue.recap_title(effect.last)
    if not effect.answers:
        return view(Tone.PODIUM, title, (paragraph(catalogue.recap_nothing()),))
    blocks = (
        paragraph(catalogue.recap_answers(effect.learners, effect.answers, effect.right)),
        *_standing(effect, catalogue),
        paragraph(catalogue.recap_streak(effect.days, effect.best)) if effect.days > 1 else None,
        *_improved(effect, catalogue),
        *(_hardest(effect.hardest, catalogue) if effect.hardest else ()),
        *_weak(effect, catalogue),
    )
    return view(Tone.PODIUM, title, blocks, _buttons(effect, catalogue) if actions else ())


def _standing(effect: RecapPosted, catalogue: Catalogue) -> tuple[Block | None, ...]:
    if not effect.lines:
        return ()
    header = (catalogue.rank_column(), catalogue.name_column(), catalogue.points_column())
    table = Table(header, tuple(_line(line, catalogue) for line in effect.lines), sides(header))
    title = catalogue.recap_standing()
    facts = board_facts(title, (), RankedBy.POINTS, effect.lines, table, catalogue)
    left = effect.listed - len(effect.lines)
    return (
        Picture(facts, (table,)),
        quiet(catalogue.recap_others(left)) if left > 0 else None,
    )


def _line(line: BoardLine, catalogue: Catalogue) -> tuple[Cell, ...]:
    texts = (catalogue.top_rank(line.rank), catalogue.name(line.name), catalogue.number(line.points))
    return tuple((Text(text),) for text in texts)


def _improved(effect: RecapPosted, catalogue: Catalogue) -> tuple[Block, ...]:
    return _listed(catalogue.improved_heading(), [catalogue.improved(one) for one in effect.improved])


def _hardest(hardest: Hardest, catalogue: Catalogue) -> tuple[Block | None, ...]:
    """Return the question again, with its answer and its explanation."""
    item = hardest.item
    return (
        Heading((Text(catalogue.hardest_heading()),)),
        *((Quote(blocks_of(item.scenario)),) if item.scenario else ()),
        *prompt_blocks(item),
        *_options(item),
        *key_blocks(item, catalogue),
        *blocks_of(item.explanation),
        paragraph(catalogue.hardest_result(hardest.right, hardest.answers)),
        source_line(item, catalogue),
    )


def _options(item: Item) -> tuple[Block, ...]:
    """Return what could be chosen, in the author's order: nobody saw it in another one just now."""
    if not isinstance(item.key, ChoiceKey):
        return ()
    return (Bullets(tuple(blocks_of(option.text) for option in item.options)),)


def _weak(effect: RecapPosted, catalogue: Catalogue) -> tuple[Block, ...]:
    return _listed(catalogue.weak_heading(), [catalogue.weak_topic(one) for one in effect.weak])


def _listed(heading: str, lines: Sequence[str]) -> tuple[Block, ...]:
    if not lines:
        return ()
    items = tuple((Paragraph((Text(line),)),) for line in lines)
    return Heading((Text(heading),)), Bullets(items)


def _buttons(effect: RecapPosted, catalogue: Catalogue) -> tuple[Button, ...]:
    """Return what starts a round on the weak topics of one pack, as many as an action can name."""
    of_one_pack = [one for one in effect.weak if one.pack == effect.weak[0].pack]
    for most in range(len(of_one_pack), 0, -1):
        weak = of_one_pack[:most]
        action = play_action(DrawRequest(WEAK_ROUND, topics=tuple(one.topic for one in weak)))
        if action:
            hint = catalogue.play_weak_hint(weak)
            return (Button(action, catalogue.play_weak(), hint, Style.PRIMARY),)
    return ()
