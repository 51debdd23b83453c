"""Render: each effect as the view of it.

The words are the catalogue's; the shapes stand in one module a subject.
"""

from typing import assert_never

from bot.core import deck_effects as dx
from bot.core import effects as fx
from bot.core import review_effects as rx
from bot.wording.catalogues import Catalogue, catalogue_for
from bot.wording.dailies import (
    days_skipped_view,
    schedule_paused_view,
    schedule_set_view,
    schedule_stopped_view,
    schedules_view,
)
from bot.wording.guides import decks_view, help_view, refused_view
from bot.wording.homes import home_view
from bot.wording.links import code_view, linked_view, links_view, unlinked_view
from bot.wording.lobbies import lobby_view
from bot.wording.own_decks import own_decks_view
from bot.wording.podiums import ended_view, paused_view, resumed_view
from bot.wording.profiles import me_view
from bot.wording.questions import form_view, opened_view, question_view
from bot.wording.recaps import recap_view
from bot.wording.replies import (
    accepted_view,
    answer_refused_view,
    command_refused_view,
    done_view,
    flagged_view,
    judged_view,
    mine_view,
    missed_view,
    withdrawn_view,
)
from bot.wording.reveals import reveal_view
from bot.wording.reviews import amended_view, review_view
from bot.wording.settings import settings_view
from bot.wording.tops import top_view
from bot.wording.views import View


def view_of(effect: fx.Effect, *, locale: str = "en", actions: bool = True) -> View:
    """Return what *effect* reads like in *locale*; an unknown locale is English.

    Without *actions* the view has no controls.
    """
    return view_in(catalogue_for(locale), effect, actions=actions)


def view_in(catalogue: Catalogue, effect: fx.Effect, *, actions: bool = True) -> View:
    """Return what *effect* reads like in the words of *catalogue*."""
    if isinstance(effect, fx.Public):
        return _public(catalogue, effect, actions=actions)
    return _reply(catalogue, effect, actions=actions)


def _public(catalogue: Catalogue, effect: fx.Public, *, actions: bool) -> View:  # noqa: C901 - one case an effect
    match effect:
        case fx.LobbyOpened(lobby=lobby) | fx.LobbyChanged(lobby=lobby):
            return lobby_view(lobby, catalogue, actions=actions)
        case fx.QuestionOpened():
            return opened_view(effect, catalogue, actions=actions)
        case fx.QuestionChanged():
            return question_view(effect, catalogue, actions=actions)
        case fx.QuestionClosed() | fx.QuestionSkipped():
            return reveal_view(effect, catalogue, actions=actions)
        case fx.RevealChanged(reveal=reveal, state=state):
            return reveal_view(reveal, catalogue, actions=actions, state=state)
        case fx.RoundPaused():
            return paused_view(effect, catalogue, actions=actions)
        case fx.RoundResumed():
            return resumed_view(effect, catalogue)
        case fx.RoundEnded():
            return ended_view(effect, catalogue, actions=actions)
        case fx.RecapPosted():
            return recap_view(effect, catalogue, actions=actions)
        case rx.ItemAmended():
            return amended_view(effect, catalogue)
        case _:
            assert_never(effect)


def _reply(catalogue: Catalogue, effect: fx.Reply, *, actions: bool) -> View:  # noqa: C901, PLR0911, PLR0912 - one case an effect
    if isinstance(effect, dx.DeckReply):
        return own_decks_view(effect, catalogue)
    match effect:
        case (
            fx.SchedulesShown()
            | fx.ScheduleSet()
            | fx.ScheduleStopped()
            | fx.DaysSkipped()
            | fx.SchedulePaused()
        ):
            return _schedule(catalogue, effect)
        case fx.AnswerAccepted() | fx.AnswerWithdrawn() | fx.AnswerJudged() | fx.AnswerRefused():
            return _answer(catalogue, effect)
        case fx.CommandRefused():
            return command_refused_view(effect, catalogue)
        case fx.CommandDone():
            return done_view(effect, catalogue)
        case fx.MineShown():
            return mine_view(effect, catalogue)
        case fx.FormOpened():
            return form_view(effect, catalogue, actions=actions)
        case fx.QuestionFlagged():
            return flagged_view(effect, catalogue)
        case fx.MissedListed():
            return missed_view(effect, catalogue, actions=actions)
        case fx.TopShown() | fx.MeShown() | fx.HomeShown():
            return _standing(catalogue, effect, actions=actions)
        case fx.CodeMade() | fx.Linked() | fx.Unlinked() | fx.LinksShown():
            return _link(catalogue, effect)
        case fx.SettingsShown():
            return settings_view(effect, catalogue)
        case (
            rx.ReviewShown()
            | rx.ReviewFormOpened()
            | rx.ReviewDecided()
            | rx.ReviewRefused()
            | rx.PointsRegraded()
            | rx.FlagDecided()
        ):
            return review_view(effect, catalogue)
        case fx.DecksListed():
            return decks_view(effect, catalogue)
        case fx.HelpShown():
            return help_view(catalogue)
        case fx.InputRefused():
            return refused_view(effect, catalogue)
        case _:
            assert_never(effect)


def _answer(
    catalogue: Catalogue,
    effect: fx.AnswerAccepted | fx.AnswerWithdrawn | fx.AnswerJudged | fx.AnswerRefused,
) -> View:
    match effect:
        case fx.AnswerAccepted():
            return accepted_view(effect, catalogue)
        case fx.AnswerWithdrawn():
            return withdrawn_view(catalogue)
        case fx.AnswerJudged():
            return judged_view(effect, catalogue)
        case fx.AnswerRefused():
            return answer_refused_view(effect, catalogue)
        case _:
            assert_never(effect)


def _standing(
    catalogue: Catalogue, effect: fx.TopShown | fx.MeShown | fx.HomeShown, *, actions: bool
) -> View:
    match effect:
        case fx.TopShown():
            return top_view(effect, catalogue, actions=actions)
        case fx.MeShown():
            return me_view(effect, catalogue)
        case fx.HomeShown():
            return home_view(effect, catalogue, actions=actions)
        case _:
            assert_never(effect)


def _link(catalogue: Catalogue, effect: fx.CodeMade | fx.Linked | fx.Unlinked | fx.LinksShown) -> View:
    match effect:
        case fx.CodeMade():
            return code_view(effect, catalogue)
        case fx.Linked():
            return linked_view(effect, catalogue)
        case fx.Unlinked():
            return unlinked_view(effect, catalogue)
        case fx.LinksShown():
            return links_view(effect, catalogue)
        case _:
            assert_never(effect)


def _schedule(
    catalogue: Catalogue,
    effect: fx.SchedulesShown | fx.ScheduleSet | fx.ScheduleStopped | fx.DaysSkipped | fx.SchedulePaused,
) -> View:
    match effect:
        case fx.SchedulesShown():
            return schedules_view(effect, catalogue)
        case fx.ScheduleSet():
            return schedule_set_view(effect, catalogue)
        case fx.ScheduleStopped():
            return schedule_stopped_view(effect, catalogue)
        case fx.DaysSkipped():
            return days_skipped_view(effect, catalogue)
        case fx.SchedulePaused():
            return schedule_paused_view(effect, catalogue)
        case _:
            assert_never(effect)
