"""Pauses and the end of a round as they are read."""

from bot.core.commands import Resume, ShowMissed
from bot.core.effects import Ending, RoundEnded, RoundPaused, RoundResumed
from bot.wording.catalogues import Catalogue
from bot.wording.pieces import button, paragraph, quiet, view
from bot.wording.standings import podium, standing_table, team_table
from bot.wording.views import Block, Style, Tone, View


def paused_view(effect: RoundPaused, catalogue: Catalogue, *, actions: bool) -> View:
    """Return that the clock stands still."""
    go_on = button(
        Resume(),
        effect.round,
        label=catalogue.resume(),
        hint=catalogue.resume_hint(),
        style=Style.PRIMARY,
    )
    left = effect.seconds_left
    said = paragraph(catalogue.unheard(left) if effect.suspended else catalogue.paused_by(effect.by, left))
    return view(Tone.INFO, catalogue.paused_title(), (said,), (go_on,) if actions else ())


def resumed_view(effect: RoundResumed, catalogue: Catalogue) -> View:
    """Return that the clock goes on."""
    left = effect.seconds_left
    said = paragraph(
        catalogue.heard_again(left) if effect.suspended else catalogue.resumed_by(effect.by, left)
    )
    return view(Tone.INFO, catalogue.resumed_title(), (said,))


def ended_view(effect: RoundEnded, catalogue: Catalogue, *, actions: bool) -> View:
    """Return the podium, or the standing so far."""
    missed = button(
        ShowMissed(effect.round), effect.round, label=catalogue.missed(), hint=catalogue.missed_hint()
    )
    controls = (missed,) if actions and effect.asked > 0 else ()
    if not effect.scored:
        return view(Tone.PODIUM, catalogue.redo_title(), _redo(effect, catalogue), controls)
    blocks = (paragraph(_lead(effect, catalogue)), *(_standing(effect, catalogue) if effect.asked else ()))
    return view(Tone.PODIUM, _title(effect, catalogue), blocks, controls)


def _title(effect: RoundEnded, catalogue: Catalogue) -> str:
    titles = {
        Ending.FINISHED: catalogue.podium_title,
        Ending.STOPPED: catalogue.stopped_title,
        Ending.NOBODY: catalogue.nobody_title,
    }
    return titles[effect.ending](effect.title)


def _lead(effect: RoundEnded, catalogue: Catalogue) -> str:
    if effect.ending is Ending.NOBODY:
        return catalogue.nobody_joined()
    if effect.ending is Ending.STOPPED:
        return catalogue.stopped_by(effect.by, effect.asked, effect.total)
    return catalogue.round_over(effect.asked, effect.joined)


def _standing(effect: RoundEnded, catalogue: Catalogue) -> tuple[Block | None, ...]:
    steps = podium(effect.teams or effect.standing, catalogue, teams=bool(effect.teams))
    left = effect.joined - len(effect.standing)
    return (
        steps or paragraph(catalogue.nobody_scored()),
        team_table(effect.teams, catalogue),
        standing_table(effect.standing, catalogue),
        quiet(catalogue.and_others(left)) if left > 0 else None,
    )


def _redo(effect: RoundEnded, catalogue: Catalogue) -> tuple[Block | None, ...]:
    """Return how a learner's own redo went; it has no points."""
    right = effect.standing[0].right if effect.standing else 0
    return (paragraph(catalogue.redo_result(right, effect.asked)),)
