"""Schedules of the question of the day as they are read."""

from bot.core.commands import DAILY_NAME
from bot.core.effects import (
    DaysSkipped,
    ScheduleLine,
    SchedulePaused,
    ScheduleSet,
    SchedulesShown,
    ScheduleStopped,
)
from bot.core.local_times import zone_named
from bot.wording.catalogues import Catalogue
from bot.wording.cleaning import clean_line
from bot.wording.pieces import paragraph, quiet, view
from bot.wording.views import Block, Bullets, Heading, Paragraph, Text, Tone, View


def schedules_view(effect: SchedulesShown, catalogue: Catalogue) -> View:
    """Return the schedules of a channel, each with its next posts."""
    if not effect.lines:
        return view(Tone.INFO, catalogue.schedules_title(), (Paragraph(catalogue.no_schedules()),))
    named = len(effect.lines) > 1
    blocks = [block for line in effect.lines for block in _schedule(line, catalogue, named=named)]
    return view(Tone.INFO, catalogue.schedules_title(), blocks)


def schedule_set_view(effect: ScheduleSet, catalogue: Catalogue) -> View:
    """Return what a schedule is like that was made or changed just now."""
    blocks = _schedule(effect.line, catalogue, named=False)
    return view(Tone.GOOD, catalogue.schedule_set_title(new=effect.new), blocks)


def _schedule(line: ScheduleLine, catalogue: Catalogue, *, named: bool) -> tuple[Block, ...]:
    """Return one schedule; its name heads it where it could be mistaken for another."""
    called = named or line.name != DAILY_NAME
    when = catalogue.schedule_when(line.weekdays, catalogue.clock(line.at), line.zone)
    parts = (
        Heading((Text(catalogue.schedule_name(line.name)),)) if called else None,
        paragraph(when),
        paragraph(catalogue.schedule_draws(line.request)),
        paragraph(catalogue.schedule_reveals(line.reveal)),
        Paragraph(catalogue.schedule_calls(line.mention)) if line.mention else None,
        Paragraph(catalogue.schedule_paused(line.name)) if line.paused else None,
        *_next(line, catalogue),
    )
    return tuple(part for part in parts if part is not None)


def _next(line: ScheduleLine, catalogue: Catalogue) -> tuple[Block | None, ...]:
    """Return the next posts by the clock of the group and by the reader's."""
    if not line.next:
        return ()
    zone = zone_named(line.zone)
    posts = tuple((Paragraph(catalogue.post_at(at.astimezone(zone), at)),) for at in line.next)
    return paragraph(catalogue.next_posts(line.zone)), Bullets(posts)


def schedule_stopped_view(effect: ScheduleStopped, catalogue: Catalogue) -> View:
    """Return that a schedule posts nothing more."""
    said = Paragraph(catalogue.schedule_stopped(effect.name))
    return view(Tone.GOOD, catalogue.schedule_stopped_title(), (said,))


def days_skipped_view(effect: DaysSkipped, catalogue: Catalogue) -> View:
    """Return, to who set the schedule, which days had no question."""
    said = paragraph(catalogue.days_skipped(effect))
    which = None if effect.recap else quiet(catalogue.of_schedule(effect.name, effect.zone))
    return view(Tone.INFO, catalogue.days_skipped_title(recap=effect.recap), (said, which))


def schedule_paused_view(effect: SchedulePaused, catalogue: Catalogue) -> View:
    """Return, to who set the schedule, that its channel took no post."""
    blocks = (
        Paragraph(catalogue.trouble_paused(effect)),
        paragraph(catalogue.trouble_why(effect.why)) if clean_line(effect.why) else None,
        None if effect.recap or effect.name == DAILY_NAME else quiet(catalogue.of_schedule(effect.name)),
    )
    return view(Tone.REFUSED, catalogue.trouble_paused_title(recap=effect.recap), blocks)
