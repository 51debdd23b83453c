"""Reactions: emoji below our messages, as answers, as flags, and as a request for the explanation.

Discord gives a reaction no id and no time, so the moment it arrives counts, and nothing that it does may hurt
when it arrives twice. There is nothing to answer to either: what its sender must know goes to them directly,
once for each question.
"""

from typing import Final, TypeAlias

import aiohttp
import structlog
from discord import Client, RawReactionActionEvent

from bot.adapters.discord.desk import Desk
from bot.adapters.discord.failures import FAULTS, is_closed
from bot.adapters.discord.inbound import PLATFORM
from bot.adapters.discord.marks import marker_of, nonce_of
from bot.adapters.discord.outbound import files_of, parts_of
from bot.adapters.discord.pictures import painted
from bot.adapters.discord.sending import Sending
from bot.core import effects as fx
from bot.core.commands import Flag, Intent, React, ShowMine
from bot.core.ids import QuestionId
from bot.engine.dispatch import question_in
from bot.engine.events import OWN, Event, private_place
from bot.engine.recent import Recent
from bot.ports import Clock
from bot.records import Account, Place
from bot.wording.reactions import Signal, position_of, signal_of
from bot.wording.render import view_of
from bot.wording.views import View

KEPT: Final = 20_000
_SHOWN_BY_ITSELF: Final = (fx.AnswerAccepted, fx.AnswerWithdrawn)
"""What a reaction shows whoever put it: that it is there, or gone."""

Reacted: TypeAlias = RawReactionActionEvent

log = structlog.get_logger(__name__)


class Reactions:
    """Everything that people do with emoji."""

    def __init__(self, client: Client, desk: Desk, sending: Sending, clock: Clock) -> None:
        """Hand what people do to *desk*."""
        self._client = client
        self._desk = desk
        self._sending = sending
        self._clock = clock
        self._told: Recent[str, bool] = Recent(KEPT)

    async def take(self, reacted: Reacted, *, on: bool) -> None:
        """Do what a reaction that was put (*on*) or taken away asks for; never raises."""
        try:
            await self._take(reacted, on=on)
        except FAULTS as error:
            log.warning("discord_reaction_not_answered", error=str(error))
        except Exception:
            log.exception("discord_reaction_failed")

    async def _take(self, reacted: Reacted, *, on: bool) -> None:
        own = self._client.user
        said = str(reacted.emoji)
        if (own is not None and own.id == reacted.user_id) or not _means_something(said):
            return
        if (
            on
            and reacted.message_author_id is not None
            and own is not None
            and reacted.message_author_id != own.id
        ):
            return
        question = question_in(await self._sending.key_of(reacted.message_id))
        intent = None if question is None else self._intent(question, said, on=on)
        if intent is not None and question is not None:
            reply = await self._desk.handle(self._event(reacted, intent))
            for effect in reply.effects:
                await self._tell(reacted, question, effect, always=not isinstance(intent, React))

    def _intent(self, question: QuestionId, said: str, *, on: bool) -> Intent | None:
        position = position_of(said)
        if position is not None:
            return React(question, position, on, self._clock.now())
        signal = signal_of(said) if on else None
        if signal is Signal.FLAG:
            return Flag(question)
        return ShowMine(question) if signal is Signal.EXPLAIN else None

    def _event(self, reacted: Reacted, intent: Intent) -> Event:
        account = Account(PLATFORM, str(reacted.user_id))
        member = reacted.member
        in_server = reacted.guild_id is not None
        return Event(
            id=OWN,
            place=Place(PLATFORM, str(reacted.channel_id)) if in_server else private_place(account),
            intent=intent,
            at=self._clock.now(),
            account=account,
            name=member.display_name if member is not None else "",
            workspace=str(reacted.guild_id) if in_server else "",
        )

    async def _tell(self, reacted: Reacted, question: QuestionId, effect: fx.Reply, *, always: bool) -> None:
        """Tell *effect* directly to whoever reacted; about an answer once for each question."""
        if isinstance(effect, _SHOWN_BY_ITSELF) and not getattr(effect, "changed", False):
            return
        about = f"{question}.{type(effect).__name__}.{reacted.user_id}"
        if self._told.get(about) and not always:
            return
        key = f"{about}.{self._clock.now().timestamp()}" if always else about
        view = view_of(effect)
        try:
            await self._write(str(reacted.user_id), view, key)
        except FAULTS as error:
            if not is_closed(error):
                raise
            await self._sending.say_closed(str(reacted.user_id))
        self._told.put(about, value=True)

    async def _write(self, account: str, view: View, key: str) -> None:
        """Write *view* to *account*, again once when the first try broke: its nonce keeps it one message."""
        channel = await self._sending.direct(account)
        drawn = await painted(self._desk, view)
        for number, part in enumerate(parts_of(view, marker=marker_of(key), drawn=drawn)):
            nonce = nonce_of(key, number)
            try:
                await channel.send(view=part.layout, files=files_of(part), nonce=nonce)
            except (aiohttp.ClientError, OSError):
                await channel.send(view=part.layout, files=files_of(part), nonce=nonce)


def _means_something(said: str) -> bool:
    return position_of(said) is not None or signal_of(said) is not None
