"""Private replies as they are read."""

from bot.core.commands import Redo
from bot.core.effects import (
    AnswerAccepted,
    AnswerJudged,
    AnswerRefused,
    CommandDone,
    CommandRefused,
    MineShown,
    Missed,
    MissedListed,
    QuestionFlagged,
    Refusal,
)
from bot.core.questions import round_of
from bot.core.schedules import day_of
from bot.wording.answers import answered_blocks, key_blocks, prompt_blocks, source_line
from bot.wording.catalogues import Catalogue
from bot.wording.markup import blocks_of
from bot.wording.pieces import button, paragraph, quiet, strong, view
from bot.wording.views import Block, Heading, Style, Text, Tone, View


def accepted_view(effect: AnswerAccepted, catalogue: Catalogue) -> View:
    """Return that an answer is in, and whether it can be changed."""
    answer = catalogue.labels(effect.kind, effect.labels)
    if effect.reacting is not None and effect.more:
        said = catalogue.reacted(answer, effect.reacting)
    else:
        said = catalogue.accepted(answer, more=effect.more)
    return view(Tone.GOOD, catalogue.accepted_title(changed=effect.changed), (paragraph(said),))


def withdrawn_view(catalogue: Catalogue) -> View:
    """Return that the reader took their answer back."""
    return view(Tone.INFO, catalogue.withdrawn_title(), (paragraph(catalogue.withdrawn()),))


def judged_view(effect: AnswerJudged, catalogue: Catalogue) -> View:
    """Return a judgement that is given at once."""
    said = paragraph(catalogue.judged(right=effect.right, near=effect.near))
    tone = Tone.GOOD if effect.right else Tone.REFUSED
    return view(tone, catalogue.judged_title(right=effect.right), (said,))


def answer_refused_view(effect: AnswerRefused, catalogue: Catalogue) -> View:
    """Return why an answer did not count; one that could not be read may be sent again."""
    said = (
        catalogue.unreadable(effect.unreadable) if effect.reason is None else catalogue.refusal(effect.reason)
    )
    return view(Tone.REFUSED, catalogue.answer_refused_title(), (paragraph(said),))


def command_refused_view(effect: CommandRefused, catalogue: Catalogue) -> View:
    """Return why a command changed nothing."""
    said = paragraph(catalogue.refusal(effect.reason, effect.detail))
    tone = Tone.INFO if effect.reason is Refusal.NOTHING_MISSED else Tone.REFUSED
    return view(tone, catalogue.refused_title(), (said,))


def done_view(effect: CommandDone, catalogue: Catalogue) -> View:
    """Return what was done for the sender; where the channel's own message says it, just that it was."""
    title = catalogue.done_title(effect.what)
    said = catalogue.done(effect.what, effect.detail)
    return view(Tone.GOOD, title, (paragraph(said),) if said else ())


def flagged_view(effect: QuestionFlagged, catalogue: Catalogue) -> View:
    """Return that a question was flagged; nothing of what is wrong or right in it."""
    said = paragraph(catalogue.flagged(again=effect.again))
    return view(Tone.GOOD, catalogue.flagged_title(), (said,))


def mine_view(effect: MineShown, catalogue: Catalogue) -> View:
    """Return what the reader answered to a closed question, what it earned and why."""
    return view(
        Tone.GOOD if effect.right else Tone.INFO,
        catalogue.mine_title(),
        (
            *prompt_blocks(effect.item),
            *_mine(effect, catalogue),
            *(() if effect.right else key_blocks(effect.item, catalogue, effect.stem_order)),
            *blocks_of(effect.item.explanation),
            source_line(effect.item, catalogue),
        ),
    )


def _mine(effect: MineShown, catalogue: Catalogue) -> tuple[Block | None, ...]:
    if effect.response is None:
        return (strong(catalogue.no_answer()),)
    percent = int(effect.credit * 100)
    result = strong(catalogue.result(right=effect.right, near=effect.near, percent=percent))
    answered = answered_blocks(effect.item, effect.response, catalogue, effect.order, effect.stem_order)
    daily = day_of(round_of(effect.question)[0]) is not None
    if not effect.counted:
        said = catalogue.practised() if daily else catalogue.not_counted()
        return (*answered, result, paragraph(said))
    earned = paragraph(catalogue.earned(effect.points, effect.base, effect.speed, effect.streak_bonus))
    # A question that was open all day is no race.
    return (*answered, result, earned, None if daily else quiet(catalogue.took(effect.elapsed_ms)))


def missed_view(effect: MissedListed, catalogue: Catalogue, *, actions: bool) -> View:
    """Return what the reader missed in a round, with a way to redo it."""
    if not effect.missed:
        return view(Tone.GOOD, catalogue.missed_title(effect.title), (paragraph(catalogue.nothing_missed()),))
    redo = button(
        Redo(effect.round),
        effect.round,
        label=catalogue.redo(),
        hint=catalogue.redo_hint(),
        style=Style.PRIMARY,
    )
    placed = effect.scored and effect.rank > 0
    return view(
        Tone.INFO,
        catalogue.missed_title(effect.title),
        (
            paragraph(catalogue.missed_summary(effect.right, effect.asked)),
            paragraph(catalogue.missed_place(effect.points, effect.rank, effect.joined)) if placed else None,
            *(block for missed in effect.missed for block in _missed(missed, catalogue)),
        ),
        (redo,) if actions else (),
    )


def _missed(missed: Missed, catalogue: Catalogue) -> tuple[Block, ...]:
    item = missed.item
    answered = answered_blocks(item, missed.response, catalogue) if missed.response else ()
    source = source_line(item, catalogue)
    return (
        Heading((Text(catalogue.question_number(round_of(missed.question)[1] + 1)),)),
        *prompt_blocks(item),
        *answered,
        *key_blocks(item, catalogue),
        *blocks_of(item.explanation),
        *(() if source is None else (source,)),
    )
