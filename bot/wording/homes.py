"""All that concerns one learner in their group at a glance, as they read it.

An answer is said back by its letters and the texts of what was chosen. Whether it is right is not known here.
"""

from datetime import datetime
from typing import Final

from bot.core.commands import ShowTop
from bot.core.effects import ComingPost, HomeShown, OpenDay, OpenRound, OwnAnswer, Stage
from bot.core.items import Kind
from bot.wording.actions import top_action
from bot.wording.catalogues import Catalogue
from bot.wording.cleaning import clean_line, shorten
from bot.wording.pieces import line_of, paragraph, quiet, view
from bot.wording.profiles import standing_blocks, streak_lines
from bot.wording.views import (
    Block,
    Bullets,
    Button,
    Heading,
    Inline,
    Paragraph,
    Strong,
    Text,
    Tone,
    View,
)

LONGEST_ANSWER: Final = 150
"""Of a longer answer the beginning is said back."""


def home_view(effect: HomeShown, catalogue: Catalogue, *, actions: bool) -> View:
    """Return what is open for the reader, where they stand and what comes, or how to begin."""
    blocks = (
        *_open(effect, catalogue),
        *_standing(effect, catalogue),
        *_coming(effect, catalogue),
    )
    controls = (_leaderboard(catalogue),) if actions and effect.me.answers else ()
    return view(Tone.INFO, catalogue.home_title(), blocks, controls)


def _leaderboard(catalogue: Catalogue) -> Button:
    return Button(top_action(ShowTop()), catalogue.my_leaderboard(), catalogue.my_leaderboard_hint())


# ---------------------------------------------------------------------------------------------- what is open


def _open(effect: HomeShown, catalogue: Catalogue) -> tuple[Block | None, ...]:
    if not effect.rounds and not effect.days:
        begun = effect.coming or effect.me.answers
        return (Paragraph(catalogue.nothing_open() if begun else catalogue.home_nothing()),)
    items = (
        *(_round(one, catalogue) for one in effect.rounds),
        *(_day(one, catalogue) for one in effect.days),
    )
    left = paragraph(catalogue.more_open(effect.days_left)) if effect.days_left else None
    return _heading(catalogue.open_heading()), Bullets(items), left


def _day(one: OpenDay, catalogue: Catalogue) -> tuple[Block, ...]:
    """Return the question of a day with the reader's answer, or until when it can be given."""
    lead = _lead(catalogue.open_day(one.day, one.name, one.spot))
    if one.answer is None:
        return lead, Paragraph(catalogue.not_answered(one.until))
    return lead, *_answered(one.answer, one.until, catalogue)


def _round(one: OpenRound, catalogue: Catalogue) -> tuple[Block, ...]:
    """Return where a round is, with the reader's answer to the question that is open."""
    lead = _lead(catalogue.open_round(one.title, one.spot))
    stage = Paragraph((Text(catalogue.round_stage(one.stage, one.number, one.total)),))
    return lead, stage, *_part(one, catalogue)


def _part(one: OpenRound, catalogue: Catalogue) -> tuple[Block, ...]:
    if one.answer is not None:
        return _answered(one.answer, None, catalogue)
    if one.later:
        return (Paragraph(catalogue.plays_later()),)
    return (Paragraph(catalogue.not_answered(None)),) if one.stage is Stage.ASKING else ()


def _answered(answer: OwnAnswer, until: datetime | None, catalogue: Catalogue) -> tuple[Block, ...]:
    given = Paragraph((Text(catalogue.your_answer(_answer(answer, catalogue))),))
    return given, Paragraph(catalogue.answer_stands(until, more=answer.more))


def _answer(answer: OwnAnswer, catalogue: Catalogue) -> str:
    """Return an answer as its sender knows it: with the texts of what was chosen, where anything was."""
    if answer.texts:
        pairs = zip(answer.labels, answer.texts, strict=True)
        options = [catalogue.labelled(label, _short(line_of(text))) for label, text in pairs]
        return catalogue.listing(options)
    typed = answer.kind not in {Kind.ORDERING, Kind.MATCHING}
    labels = [catalogue.quoted(_short(label)) if typed else label for label in answer.labels]
    return catalogue.row(labels)


def _short(text: str) -> str:
    return shorten(clean_line(text), LONGEST_ANSWER)


# --------------------------------------------------------------------------------- the reader, and what comes


def _standing(effect: HomeShown, catalogue: Catalogue) -> tuple[Block | None, ...]:
    """Return where the reader stands; nothing for who has not answered anything."""
    me = effect.me
    streak = [paragraph(line) for line in streak_lines(me, catalogue)]
    ranks = standing_blocks(me, catalogue) if me.answers else ()
    if not ranks and not any(streak):
        return ()
    return _heading(catalogue.me_title()), *ranks, *streak


def _coming(effect: HomeShown, catalogue: Catalogue) -> tuple[Block | None, ...]:
    if not effect.coming:
        return ()
    items = tuple(_post(one, catalogue) for one in effect.coming)
    left = quiet(catalogue.more_coming(effect.coming_left)) if effect.coming_left else None
    return _heading(catalogue.coming_heading()), Bullets(items), left


def _post(one: ComingPost, catalogue: Catalogue) -> tuple[Block, ...]:
    when = catalogue.coming_at(one.weekdays, catalogue.clock(one.at), one.zone, one.next)
    return _lead(catalogue.coming_post(one.name, one.spot, recap=one.recap)), Paragraph(when)


def _heading(text: str) -> Heading:
    return Heading((Text(text),))


def _lead(runs: tuple[Inline, ...]) -> Paragraph:
    return Paragraph((Strong(runs),))
