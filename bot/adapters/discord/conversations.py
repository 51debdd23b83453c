"""Conversations: what each interaction does.

Whatever somebody does is one event. It is acknowledged when it is committed; when that takes long, it is
first acknowledged that we are at it.
"""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from functools import lru_cache
from typing import Final, TypeAlias, assert_never

import discord
import structlog
from discord import app_commands

from bot.adapters.discord import inbound
from bot.adapters.discord.callbacks import VIEWS_KEPT
from bot.adapters.discord.commands import EXPLAIN, FLAG, choices_of
from bot.adapters.discord.desk import Desk
from bot.adapters.discord.failures import FAULTS, is_over
from bot.adapters.discord.files import incoming
from bot.adapters.discord.inbound import Asked, event_id, sender_of
from bot.adapters.discord.names import Names
from bot.adapters.discord.notices import permissions_missing, refusal
from bot.adapters.discord.outbound import answer_of, flag_modal, modal_of
from bot.adapters.discord.permissions import lacking
from bot.adapters.discord.replies import Replies
from bot.adapters.discord.sending import Sending
from bot.adapters.discord.whispers import Whispers
from bot.core import deck_effects as dx
from bot.core import effects as fx
from bot.core import review_effects as rx
from bot.core.commands import Elsewhere, Flag, Intent, OpenForm, SetDaily, ShowMine, StartRound, SubmitAnswer
from bot.core.deck_commands import OpenMending, OpenWriting
from bot.core.ids import QuestionId, RoundId
from bot.core.review_commands import OpenReviewForm
from bot.engine.dispatch import question_in
from bot.engine.events import Event, Incoming, Reply
from bot.engine.grammar import complete, parse
from bot.engine.recent import Recent
from bot.wording.actions import decode
from bot.wording.deck_actions import FIELDS, decode_deck
from bot.wording.discord_notices import SAY
from bot.wording.menu import ROOT
from bot.wording.render import view_of
from bot.wording.review_actions import FIELDS as REVIEW_FIELDS
from bot.wording.review_actions import decode_review
from bot.wording.views import Form, Paragraph, Picker, Text, View

PATIENCE: Final = 1.2
"""Seconds after which it is acknowledged that we are at it: Discord waits three for that."""

FORM_PATIENCE: Final = 2.0
"""Seconds after which a form will hardly come in time any more."""

WRITE_LINE: Final = f"{ROOT} decks write"
PROPOSE_LINE: Final = f"{ROOT} decks propose"

DRAFTS_KEPT: Final = 500
"""So many questions that were not taken as they were typed are kept, until the process ends."""

Opening: TypeAlias = OpenWriting | OpenMending | OpenReviewForm
Opened: TypeAlias = dx.WritingOpened | rx.ReviewFormOpened
Acting: TypeAlias = inbound.Typed | inbound.OnMessage | inbound.Pressed | inbound.Submitted

log = structlog.get_logger(__name__)


class Conversation:
    """Everything that people do with commands, controls and forms."""

    def __init__(self, desk: Desk, sending: Sending, whispers: Whispers, names: Names) -> None:
        """Hand what people do to *desk*; *sending* knows our messages."""
        self._desk = desk
        self._sending = sending
        self._whispers = whispers
        self._names = names
        self._replies = Replies(desk)
        self._drafts: Recent[tuple[str, str], View] = Recent(DRAFTS_KEPT)

    async def take(self, asked: Asked) -> None:
        """Do what *asked* is about, and answer it; never raises."""
        try:
            await self._take(asked)
        except FAULTS as error:
            log.log(_level(error), "discord_not_answered", interaction=asked.id, error=str(error))
        except Exception:
            log.exception("discord_interaction_failed", interaction=asked.id)
            await self._apologise(asked)
        finally:
            # What can still be answered is kept for a while, by the thousand; what was pressed is not.
            asked.message = asked.data = None

    async def _take(self, asked: Asked) -> None:
        doing = inbound.doing_of(asked)
        if doing is None:
            return
        if isinstance(doing, inbound.Typing):
            await self._suggest(asked, doing)
            return
        if _opens_form(doing, asked):
            # A form cannot come after anything else, so all that is left is to ask for another press.
            patience = Patience(FORM_PATIENCE, lambda: self._refuse(asked, SAY.busy()))
        else:
            patience = Patience(PATIENCE, lambda: self._replies.acknowledge(asked))
        try:
            await self._act(asked, doing)
        finally:
            await patience.end()
        # Not before: until it is acknowledged, nothing can be whispered in answer to it.
        sender = sender_of(asked)
        self._whispers.remember(sender.place.id, sender.account.id, asked)

    async def _act(self, asked: Asked, doing: Acting) -> None:
        match doing:
            case inbound.Typed():
                await self._command(asked, doing)
            case inbound.OnMessage():
                await self._on_message(asked, doing)
            case inbound.Pressed():
                await self._pressed(asked, doing)
            case inbound.Submitted():
                await self._submitted(asked, doing)
            case _:
                assert_never(doing)

    # ------------------------------------------------------------------------------------------- commands

    async def _suggest(self, asked: Asked, typing: inbound.Typing) -> None:
        sender = sender_of(asked)
        found = complete(typing.line, await self._desk.library_at(sender.place, sender.workspace))
        choices = choices_of(found, self._names.suggested(asked, typing.focused, typing.line))
        await asked.response.autocomplete(
            [app_commands.Choice(name=name, value=value) for name, value in choices]
        )

    async def _command(self, asked: Asked, typed: inbound.Typed) -> None:
        if is_form_line(typed.line):
            await self._open_deck_form(asked, OpenWriting(proposal=typed.line == PROPOSE_LINE))
            return
        sender = sender_of(asked)
        library = await self._desk.library_at(sender.place, sender.workspace)
        intent = await self._names.meant(parse(typed.line, library), asked, typed.channels)
        missing = self._missing(asked, intent)
        if missing and asked.guild_id is not None:
            await self._replies.say(asked, permissions_missing(missing, asked.application_id))
            return
        await self._do(asked, intent, files=incoming(asked))

    def _missing(self, asked: Asked, intent: Intent) -> tuple[str, ...]:
        """Return the permissions that we lack where *intent* would have us post."""
        match intent:
            case StartRound() | SetDaily():
                return lacking(asked.app_permissions, thread=isinstance(asked.channel, discord.Thread))
            case Elsewhere(channel=channel, command=SetDaily()) if asked.guild is not None:
                there = asked.guild.get_channel_or_thread(int(channel))
                may = None if there is None else there.permissions_for(asked.guild.me)
                return () if may is None else lacking(may, thread=isinstance(there, discord.Thread))
            case _:
                return ()

    async def _on_message(self, asked: Asked, on: inbound.OnMessage) -> None:
        question = question_in(await self._sending.key_of(on.message))
        if question is None:
            await self._refuse(asked, SAY.no_question_here())
        elif on.name == FLAG:
            await asked.response.send_modal(flag_modal(question))
        elif on.name == EXPLAIN:
            await self._do(asked, ShowMine(question))

    # ------------------------------------------------------------------------------------ controls and forms

    async def _pressed(self, asked: Asked, pressed: inbound.Pressed) -> None:
        found = decode(pressed.action, picked=pressed.picked, typed=None, at=asked.created_at)
        if found is not None and isinstance(found.intent, Opening):
            await self._open_deck_form(asked, found.intent, pressed.action)
            return
        if found is not None:
            await self._do(asked, found.intent, found.round)
            return
        form = decode(pressed.action, picked=(), typed=None, at=asked.created_at)
        if form is None or not isinstance(form.intent, SubmitAnswer):
            await self._refuse(asked, SAY.control_gone())
            return
        await self._open_form(asked, form.intent.question)

    async def _open_form(self, asked: Asked, question: QuestionId) -> None:
        opened = await self._control(asked, question)
        if isinstance(opened, fx.FormOpened):
            view = view_of(opened)
            await asked.response.send_modal(modal_of(_control_in(view), view.title))
        elif opened is not None:
            await self._tell(asked, Reply((opened,)))

    async def _open_deck_form(self, asked: Asked, opening: Opening, action: str = "") -> None:
        """Open the form in which a question is written or mended, or say why not.

        When its button was pressed, of this *action*, it holds what the sender typed and was not taken.
        """
        reply = await self._desk.handle(self._event(asked, opening))
        opened = reply.effects[0] if reply.effects else None
        if isinstance(opened, Opened):
            view = self._drafts.get((sender_of(asked).account.id, action)) or view_of(opened)
            await asked.response.send_modal(modal_of(_control_in(view), view.title))
        else:
            await self._tell(asked, reply)

    async def _control(self, asked: Asked, question: QuestionId) -> fx.Reply | None:
        """Return the form of *question*, or why there is none."""
        reply = await self._desk.handle(self._event(asked, OpenForm(question)))
        return reply.effects[0] if reply.effects else None

    async def _submitted(self, asked: Asked, submitted: inbound.Submitted) -> None:
        typed = tuple(str(submitted.values.get(f"i{place}", "")) for place in range(FIELDS))
        texts = typed[:REVIEW_FIELDS]
        written = decode_deck(submitted.action, typed) or decode_review(submitted.action, texts)
        if written is not None:
            await self._write(asked, written)
            return
        found = decode(submitted.action, picked=(), typed=None, at=asked.created_at)
        if found is None:
            await self._refuse(asked, SAY.control_gone())
            return
        if isinstance(found.intent, Flag):
            reason = "".join(str(value) for value in submitted.values.values())
            await self._do(asked, replace(found.intent, reason=reason))
            return
        if isinstance(found.intent, SubmitAnswer):
            await self._answer(asked, submitted, found.intent, found.round)

    async def _write(self, asked: Asked, written: Intent) -> None:
        """Hand over a question as it was typed; what is not taken stands in its form when it opens again."""
        reply = await self._desk.handle(self._event(asked, written))
        opened = reply.effects[0] if reply.effects else None
        if isinstance(opened, Opened):
            view = view_of(opened)
            self._drafts.put((sender_of(asked).account.id, _control_in(view).action), view)
        await self._tell(asked, reply)

    async def _answer(
        self, asked: Asked, submitted: inbound.Submitted, meant: SubmitAnswer, round_: RoundId | None
    ) -> None:
        opened = await self._control(asked, meant.question)
        if not isinstance(opened, fx.FormOpened):
            await self._tell(asked, Reply(() if opened is None else (opened,)))
            return
        sent = answer_of(_control_in(view_of(opened)), submitted.values)
        if isinstance(sent, str):
            await self._refuse(asked, sent)
            return
        await self._do(asked, replace(meant, sent=sent), round_)

    # ------------------------------------------------------------------------------------------- the engine

    async def _do(
        self,
        asked: Asked,
        intent: Intent,
        round_: RoundId | None = None,
        *,
        files: tuple[Incoming, ...] = (),
    ) -> None:
        event = replace(self._event(asked, intent, round_), files=files)
        await self._tell(asked, await self._desk.handle(event))

    def _event(self, asked: Asked, intent: Intent, round_: RoundId | None = None) -> Event:
        sender = sender_of(asked)
        return Event(
            id=event_id(asked),
            place=sender.place,
            intent=intent,
            at=asked.created_at,
            account=sender.account,
            name=sender.name,
            organiser=sender.organiser,
            workspace=sender.workspace,
            round=round_,
            roles=sender.roles,
        )

    async def _tell(self, asked: Asked, reply: Reply) -> None:
        """Answer *asked* with what came of it, and with no words where the channel shows it."""
        if reply.duplicate:
            return  # Discord told us twice, and the first time is being answered
        told = [effect for effect in reply.effects if not _says_itself(asked, effect)]
        if not told:
            await self._replies.acknowledge(asked)
        for effect in told:
            named = await self._names.named(effect, asked)
            await self._replies.tell(asked, named, _view(named))

    async def _refuse(self, asked: Asked, sentence: str) -> None:
        await self._replies.say(asked, refusal(sentence))

    async def _apologise(self, asked: Asked) -> None:
        """Say that something broke, to nobody but who asked, and without repeating anything of theirs."""
        if asked.type is discord.InteractionType.autocomplete:
            return
        try:
            await self._refuse(asked, SAY.went_wrong())
        except FAULTS as error:
            log.debug("discord_not_apologised", interaction=asked.id, error=str(error))


class Patience:
    """Says something when what is done takes long. Until then it costs no more than a timer."""

    def __init__(self, seconds: float, say: Callable[[], Coroutine[None, None, None]]) -> None:
        """Begin to wait: *say* is called after *seconds*, unless it ends before."""
        self._say = say
        self._timer = asyncio.get_running_loop().call_later(seconds, self._lose)
        self._saying: asyncio.Task[None] | None = None

    def _lose(self) -> None:
        self._saying = asyncio.create_task(self._say())

    async def end(self) -> None:
        """Wait no more; return when what was begun to say is said, or could not be."""
        self._timer.cancel()
        if self._saying is not None:
            (fault,) = await asyncio.gather(self._saying, return_exceptions=True)
            if fault is not None:
                log.info("discord_not_acknowledged", error=str(fault))


def _opens_form(doing: Acting, asked: Asked) -> bool:
    """Tell whether *doing* is answered with a form, which has to be the first answer to it."""
    match doing:
        case inbound.OnMessage(name=name):
            return name == FLAG
        case inbound.Typed(line=line):
            return is_form_line(line)
        case inbound.Pressed(action=action, picked=picked):
            found = decode(action, picked=picked, typed=None, at=asked.created_at)
            return found is None or isinstance(found.intent, Opening)
        case _:
            return False


def is_form_line(line: str) -> bool:
    """Tell whether a command is answered with a form."""
    return line in {WRITE_LINE, PROPOSE_LINE}


def _says_itself(asked: Asked, effect: fx.Reply) -> bool:
    """Tell whether a press needs no words, as the channel shows it; a command is always answered."""
    done = isinstance(effect, fx.CommandDone) and effect.what is fx.Confirmation.DONE
    return done and asked.type is not discord.InteractionType.application_command


def _view(effect: fx.Reply) -> View:
    """Return what *effect* reads like, and for a redo what the private channel is here."""
    if isinstance(effect, fx.AnswerAccepted | fx.AnswerRefused):
        return _view_of_answer(effect)
    view = view_of(effect)
    if isinstance(effect, fx.CommandDone) and effect.what is fx.Confirmation.REDO:
        where = Paragraph((Text(SAY.where_private()),))
        return replace(view, blocks=(*view.blocks, where), alt=f"{view.alt}\n\n{SAY.where_private()}")
    return view


@lru_cache(VIEWS_KEPT)
def _view_of_answer(effect: fx.AnswerAccepted | fx.AnswerRefused) -> View:
    """Return what becomes of an answer, which many in a crowd are told in the same words."""
    return view_of(effect)


def _control_in(view: View) -> Picker | Form:
    """Return the control that a form's view holds."""
    return next(control for control in view.controls if isinstance(control, Picker | Form))


def _level(error: BaseException) -> int:
    """Return how loudly to log *error*: that nobody waited any more is nothing to mend."""
    return 10 if is_over(error) else 30
