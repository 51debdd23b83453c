"""Reveals as they are read: what was right, why, and how the group did."""

from dataclasses import replace
from datetime import date
from typing import assert_never

from bot.core.commands import Join, Mode, Next, ShowMine
from bot.core.effects import (
    QuestionClosed,
    QuestionSkipped,
    QuestionState,
    Reveal,
    RevealState,
    Tally,
)
from bot.core.ids import QuestionId
from bot.core.items import ChoiceKey, Item
from bot.core.questions import letter, round_of
from bot.wording.answers import key_blocks, mark_of, source_line
from bot.wording.catalogues import Catalogue
from bot.wording.cleaning import clean_line
from bot.wording.illustrations import answers_facts, chosen_line
from bot.wording.markup import blocks_of
from bot.wording.pieces import button, paragraph, paragraphs, quiet, strong, view
from bot.wording.standings import team_table, top_table
from bot.wording.views import (
    Block,
    Button,
    Choice,
    Choices,
    Countdown,
    Paragraph,
    Picture,
    Style,
    Table,
    Text,
    Tone,
    View,
)


def reveal_view(
    effect: Reveal, catalogue: Catalogue, *, actions: bool, state: RevealState = RevealState.WAITING
) -> View:
    """Return a reveal as its message should stand now; only what is still to come can be waited for."""
    match effect:
        case QuestionClosed(day=date() as day):
            return _day_closed(effect, day, catalogue, actions=actions)
        case QuestionClosed():
            return _closed(effect, state, catalogue, actions=actions)
        case QuestionSkipped():
            return _skipped(effect, state, catalogue, actions=actions)
        case _:
            assert_never(effect)


def _closed(effect: QuestionClosed, state: RevealState, catalogue: Catalogue, *, actions: bool) -> View:
    """Return the reveal of a question that counted."""
    return view(
        Tone.REVEAL,
        catalogue.reveal_title(effect.number, effect.total),
        (
            *_right(effect, effect.tallies, effect.answered, catalogue),
            *_typed(effect.tallies, catalogue),
            *blocks_of(effect.item.explanation),
            *(_people(effect, catalogue) if effect.scored else _alone(effect, catalogue)),
            top_table(effect.top, catalogue) if effect.scored else None,
            team_table(effect.teams, catalogue) if effect.scored else None,
            _follows(effect, state, catalogue),
            source_line(effect.item, catalogue),
        ),
        _buttons(effect, state, catalogue) if actions else (),
    )


def _day_closed(effect: QuestionClosed, day: date, catalogue: Catalogue, *, actions: bool) -> View:
    """Return the reveal of a question of the day, on which nothing follows but the next day's."""
    return view(
        Tone.REVEAL,
        catalogue.daily_answer_title(day),
        (
            *_day_right(effect, catalogue),
            *blocks_of(effect.item.explanation),
            paragraph(_day_people(effect, catalogue)),
            paragraph(catalogue.keepers(effect.keepers)) if effect.keepers else None,
            Paragraph(catalogue.next_post(effect.next_post)) if effect.next_post else None,
            quiet(catalogue.late_answers()),
            source_line(effect.item, catalogue),
        ),
        (_mine(effect.question, catalogue),) if actions else (),
    )


def _day_right(effect: QuestionClosed, catalogue: Catalogue) -> tuple[Block, ...]:
    """Return the right answer, and how the answers fell as a picture.

    A picture of options is said in a line: the options stand below it whole, each with what it teaches.
    """
    facts = answers_facts(effect, catalogue)
    right = _right(effect, effect.tallies, effect.answered or None, catalogue)
    if facts is None:
        return right
    if not isinstance(effect.item.key, ChoiceKey):
        return (*right, Picture(facts, _typed(effect.tallies, catalogue)))
    picture = Picture(facts, paragraphs(chosen_line(effect, catalogue)))
    said, *options = right
    return (said, picture, *(_uncounted(block) for block in options if isinstance(block, Choices)))


def _uncounted(options: Choices) -> Choices:
    """Return *options* without how many chose them, where that is told beside them."""
    return Choices(tuple(replace(choice, count=None, of=None) for choice in options.choices))


def _day_people(effect: QuestionClosed, catalogue: Catalogue) -> str:
    if effect.answered == 0:
        return catalogue.nobody_answered()
    if effect.right == 0:
        return catalogue.nobody_right(effect.answered)
    return catalogue.daily_right(effect.right_names, effect.right, effect.answered)


def _skipped(effect: QuestionSkipped, state: RevealState, catalogue: Catalogue, *, actions: bool) -> View:
    """Return a dropped question with its answer."""
    return view(
        Tone.REVEAL,
        catalogue.reveal_title(effect.number, effect.total),
        (
            paragraph(catalogue.question_state(QuestionState.SKIPPED)),
            *_right(effect, (), None, catalogue),
            *blocks_of(effect.item.explanation),
            _follows(effect, state, catalogue),
            source_line(effect.item, catalogue),
        ),
        _buttons(effect, state, catalogue) if actions else (),
    )


# ------------------------------------------------------------------------------------------- what was right


def _right(
    effect: Reveal, tallies: tuple[Tally, ...], answered: int | None, catalogue: Catalogue
) -> tuple[Block, ...]:
    """Return the right answer: for choice kinds every option as it was shown, for others the key in words."""
    item, key, order = effect.item, effect.item.key, effect.order
    if not isinstance(key, ChoiceKey):
        return key_blocks(item, catalogue, effect.stem_order)
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


def _follows(effect: Reveal, state: RevealState, catalogue: Catalogue) -> Block | None:
    """Return when it goes on; nothing once it has."""
    if state is RevealState.OVER:
        return None
    if state is RevealState.PAUSED:
        return quiet(catalogue.reveal_paused())
    if effect.next_at is not None:
        label = catalogue.to_podium() if effect.last else catalogue.to_next()
        return Countdown(effect.closed_at or effect.next_at, effect.next_at, label)
    if effect.scored:
        return quiet(catalogue.podium_on_word() if effect.last else catalogue.next_on_word())
    return quiet(catalogue.that_was_all() if effect.last else catalogue.next_on_yours())


def _buttons(effect: Reveal, state: RevealState, catalogue: Catalogue) -> tuple[Button, ...]:
    """Return what goes on, the reader's own answer, and what lets others come in.

    The first and the last are there as long as the reveal is the newest; an own answer stays good for ever.
    """
    ends_at_once = effect.last and not effect.scored
    waits = state is RevealState.WAITING and not ends_at_once
    invites = state is not RevealState.OVER and effect.scored and not effect.last
    buttons = (
        _next(effect.question, catalogue, last=effect.last) if waits else None,
        _mine(effect.question, catalogue) if isinstance(effect, QuestionClosed) else None,
        _join(effect.question, catalogue) if invites else None,
    )
    return tuple(one for one in buttons if one is not None)


def _next(question: QuestionId, catalogue: Catalogue, *, last: bool) -> Button:
    round_, _ = round_of(question)
    label = catalogue.see_podium() if last else catalogue.next()
    hint = catalogue.podium_hint() if last else catalogue.next_hint()
    return button(Next(question), round_, label=label, hint=hint, style=Style.PRIMARY)


def _mine(question: QuestionId, catalogue: Catalogue) -> Button:
    round_, _ = round_of(question)
    return button(ShowMine(question), round_, label=catalogue.mine(), hint=catalogue.mine_hint())


def _join(question: QuestionId, catalogue: Catalogue) -> Button:
    round_, _ = round_of(question)
    come_in = button(Join(), round_, label=catalogue.join(), hint=catalogue.join_hint())
    return replace(come_in, newcomers=True)
