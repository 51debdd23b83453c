"""Reveals as they are read: what was right, why, and how the group did."""

from datetime import datetime

from bot.core.commands import Join, Mode, Next, ShowMine
from bot.core.effects import QuestionClosed, QuestionSkipped, Tally
from bot.core.ids import QuestionId
from bot.core.items import ChoiceKey, Item
from bot.core.questions import letter, round_of
from bot.wording.answers import key_blocks, mark_of, source_line
from bot.wording.catalogues import Catalogue
from bot.wording.cleaning import clean_line
from bot.wording.markup import blocks_of
from bot.wording.pieces import button, paragraph, quiet, strong, view
from bot.wording.standings import team_table, top_table
from bot.wording.views import Block, Button, Choice, Choices, Countdown, Style, Table, Text, Tone, View


def closed_view(effect: QuestionClosed, catalogue: Catalogue, *, actions: bool) -> View:
    """Return the reveal of a question that counted."""
    return view(
        Tone.REVEAL,
        catalogue.reveal_title(effect.number, effect.total),
        (
            *_right(effect.item, effect.order, effect.tallies, effect.answered, catalogue),
            *_typed(effect.tallies, catalogue),
            *blocks_of(effect.item.explanation),
            *(_people(effect, catalogue) if effect.scored else _alone(effect, catalogue)),
            top_table(effect.top, catalogue) if effect.scored else None,
            team_table(effect.teams, catalogue) if effect.scored else None,
            _follows(effect.next_at, catalogue, last=effect.last, alone=not effect.scored),
            source_line(effect.item, catalogue),
        ),
        _closed_buttons(effect, catalogue) if actions else (),
    )


def skipped_view(effect: QuestionSkipped, catalogue: Catalogue, *, actions: bool) -> View:
    """Return a dropped question with its answer."""
    return view(
        Tone.REVEAL,
        catalogue.reveal_title(effect.number, effect.total),
        (
            paragraph(catalogue.skipped_by(effect.by)),
            *_right(effect.item, effect.order, (), None, catalogue),
            *blocks_of(effect.item.explanation),
            _follows(effect.next_at, catalogue, last=effect.last, alone=False),
            source_line(effect.item, catalogue),
        ),
        _skipped_buttons(effect, catalogue) if actions else (),
    )


# ------------------------------------------------------------------------------------------- what was right


def _right(
    item: Item, order: tuple[int, ...], tallies: tuple[Tally, ...], answered: int | None, catalogue: Catalogue
) -> tuple[Block, ...]:
    """Return the right answer: for choice kinds every option as it was shown, for others the key in words."""
    key = item.key
    if not isinstance(key, ChoiceKey):
        return key_blocks(item, catalogue)
    right = [letter(place) for place, index in enumerate(order) if item.options[index].id in key.right]
    counts = {tally.position: tally.count for tally in tallies}
    choices = tuple(
        _choice(item, key, index, place, counts.get(place, 0) if answered is not None else None, answered)
        for place, index in enumerate(order)
    )
    return strong(catalogue.right_answer(right)), Choices(choices)


def _choice(
    item: Item, key: ChoiceKey, index: int, place: int, count: int | None, answered: int | None
) -> Choice:
    option = item.options[index]
    right = option.id in key.right
    return Choice(
        letter=letter(place),
        content=blocks_of(option.text),
        mark=mark_of(right=right, chosen=bool(count)),
        count=count,
        of=answered,
        feedback=blocks_of(option.feedback) if right or count else (),
    )


def _typed(tallies: tuple[Tally, ...], catalogue: Catalogue) -> tuple[Block, ...]:
    """Return the commonest texts, each with how many gave it and whether it was right."""
    rows = tuple(
        (
            (Text(clean_line(tally.text)),),
            (Text(catalogue.number(tally.count)),),
            (Text(catalogue.yes() if tally.right else catalogue.no()),),
        )
        for tally in tallies
        if tally.position is None
    )
    if not rows:
        return ()
    header = catalogue.tally_columns()
    return (Table(header, rows, ("left", "right", "left"), caption=catalogue.answers_given()),)


# ---------------------------------------------------------------------------------------- how the group did


def _people(effect: QuestionClosed, catalogue: Catalogue) -> tuple[Block | None, ...]:
    if effect.answered == 0:
        return (paragraph(catalogue.nobody_answered()),)
    if effect.right == 0:
        return (paragraph(catalogue.nobody_right(effect.answered)),)
    return (
        paragraph(catalogue.taken_by(effect.winner)) if effect.winner else None,
        paragraph(catalogue.who_was_right(effect.right_names, effect.right, effect.joined)),
        _fastest(effect, catalogue),
    )


def _alone(effect: QuestionClosed, catalogue: Catalogue) -> tuple[Block | None, ...]:
    """Return how a learner's own redo of this question went."""
    if effect.answered == 0:
        return (paragraph(catalogue.no_answer()),)
    return (paragraph(catalogue.redo_judged(right=effect.right > 0)),)


def _fastest(effect: QuestionClosed, catalogue: Catalogue) -> Block | None:
    """Return who was first, where somebody could have been second and it was a race."""
    raced = effect.right > 1 and effect.mode is not Mode.RELAXED
    if not raced or effect.fastest_ms is None or not effect.right_names:
        return None
    return paragraph(catalogue.fastest(effect.right_names[0], effect.fastest_ms))


# --------------------------------------------------------------------------------------------- what follows


def _follows(next_at: datetime | None, catalogue: Catalogue, *, last: bool, alone: bool) -> Block:
    """Return when it goes on. When the pause began is not known: the countdown has no length."""
    if next_at is not None:
        label = catalogue.to_podium() if last else catalogue.to_next()
        return Countdown(next_at, next_at, label)
    if last:
        return quiet(catalogue.that_was_all())
    return quiet(catalogue.next_on_yours() if alone else catalogue.next_on_word())


def _closed_buttons(effect: QuestionClosed, catalogue: Catalogue) -> tuple[Button, ...]:
    round_, _ = round_of(effect.question)
    mine = button(ShowMine(effect.question), round_, label=catalogue.mine(), hint=catalogue.mine_hint())
    moves_on = _next(effect.question, catalogue, last=effect.last)
    if effect.last:
        return (mine,) if effect.next_at is None else (moves_on, mine)
    return (moves_on, mine, _join(effect.question, catalogue)) if effect.scored else (moves_on, mine)


def _skipped_buttons(effect: QuestionSkipped, catalogue: Catalogue) -> tuple[Button, ...]:
    moves_on = _next(effect.question, catalogue, last=effect.last)
    if effect.last:
        return () if effect.next_at is None else (moves_on,)
    return moves_on, _join(effect.question, catalogue)


def _next(question: QuestionId, catalogue: Catalogue, *, last: bool) -> Button:
    round_, _ = round_of(question)
    hint = catalogue.podium_hint() if last else catalogue.next_hint()
    return button(Next(question), round_, label=catalogue.next(), hint=hint, style=Style.PRIMARY)


def _join(question: QuestionId, catalogue: Catalogue) -> Button:
    round_, _ = round_of(question)
    return button(Join(), round_, label=catalogue.join(), hint=catalogue.join_hint())
