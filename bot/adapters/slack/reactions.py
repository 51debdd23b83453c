"""Reactions: emoji below our messages, as answers, as flags, and as a request for the explanation.

An emoji that is put twice changes nothing the second time. There is nothing to answer to: what its sender
must know shows to them alone below the question, once for each question.
"""

from typing import Final

import structlog

from bot.adapters.slack.addresses import PLATFORM, message_of, where
from bot.adapters.slack.desk import Desk
from bot.adapters.slack.failures import FAULTS, delivery_error
from bot.adapters.slack.inbound import Asked, Reacted
from bot.adapters.slack.letters import position_of, signal_of
from bot.adapters.slack.people import People
from bot.adapters.slack.sending import Sending
from bot.adapters.slack.workspaces import Workspaces
from bot.core import effects as fx
from bot.core.commands import Flag, Intent, React, ShowMine
from bot.core.ids import QuestionId
from bot.core.questions import round_of
from bot.engine.dispatch import question_in
from bot.engine.events import Event
from bot.engine.recent import Recent
from bot.ports import Clock
from bot.records import Place, home_of
from bot.wording.reactions import Signal
from bot.wording.render import view_of

KEPT: Final = 20_000
_SHOWN_BY_ITSELF: Final = (fx.AnswerAccepted, fx.AnswerWithdrawn)
"""What a reaction shows whoever put it: that it is there, or gone."""

log = structlog.get_logger(__name__)


class Reactions:
    """Everything that people do with emoji."""

    def __init__(
        self, workspaces: Workspaces, desk: Desk, sending: Sending, people: People, clock: Clock
    ) -> None:
        """Hand what people do to *desk*."""
        self._workspaces = workspaces
        self._desk = desk
        self._sending = sending
        self._people = people
        self._clock = clock
        self._told: Recent[str, bool] = Recent(KEPT)
        self._places: Recent[str, Place] = Recent(KEPT)

    async def event_of(self, asked: Asked, reacted: Reacted) -> Event | None:
        """Return what a reaction asks for; None when it means nothing, or stands below what is not ours."""
        if not _means_something(reacted.emoji):
            return None
        question = question_in(await self._sending.key_of(reacted.message))
        intent = None if question is None else self._intent(question, reacted, asked)
        if question is None or intent is None:
            return None
        known = self._people.name(asked.team, asked.user)
        return Event(
            id=asked.id,
            place=await self._place(asked, question, reacted.message),
            intent=intent,
            at=asked.at,
            account=asked.account,
            name=known or asked.user,
            tentative=not known,
            workspace=asked.team,
        )

    async def tell(self, asked: Asked, event: Event, effects: tuple[fx.Reply, ...]) -> None:
        """Tell whoever reacted what came of it; about an answer once for each question. Never raises."""
        try:
            for effect in effects:
                await self._tell(asked, event, effect)
        except FAULTS as error:
            log.warning("slack_reaction_not_answered", error=str(delivery_error(error)))

    def _intent(self, question: QuestionId, reacted: Reacted, asked: Asked) -> Intent | None:
        position = position_of(reacted.emoji)
        if position is not None:
            return React(question, position, reacted.on, asked.at)
        signal = signal_of(reacted.emoji) if reacted.on else None
        if signal is Signal.FLAG:
            return Flag(question)
        return ShowMine(question) if signal is Signal.EXPLAIN else None

    async def _place(self, asked: Asked, question: QuestionId, message: str) -> Place:
        """Return where *question* was asked: Slack does not say in which thread a reaction was put."""
        known = self._places.get(message)
        if known is None:
            channel = message_of(message)[0]
            places = await self._desk.places_of(round_of(question)[0])
            fitting = (home_of(place) for place in places if place.platform == PLATFORM)
            there = (one for one in fitting if where(one).channel == channel)
            known = next(there, asked.place)
            self._places.put(message, known)
        return known

    async def _tell(self, asked: Asked, event: Event, effect: fx.Reply) -> None:
        if isinstance(effect, _SHOWN_BY_ITSELF) and not getattr(effect, "changed", False):
            return
        about = f"{getattr(event.intent, 'question', '')}.{type(effect).__name__}.{asked.account.id}"
        if isinstance(event.intent, React) and self._told.get(about):
            return
        self._told.put(about, value=True)
        view = view_of(effect)
        spot = where(event.place)
        if spot.user:
            await self._sending.say_directly(asked.team, asked.user, view)
            return
        client = await self._workspaces.client(asked.team)
        for part in await self._sending.parts(asked.team, view):
            await self._sending.whisper(client, spot, asked.user, part)


def _means_something(emoji: str) -> bool:
    return position_of(emoji) is not None or signal_of(emoji) is not None
