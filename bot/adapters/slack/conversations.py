"""Conversations: what each thing that people do becomes.

Whatever somebody does is one event. It is acknowledged when it is committed and not before: what Slack sends
again, because that took too long or we were gone, is recognised by its id.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final, assert_never

import structlog

from bot.adapters.slack import inbound
from bot.adapters.slack.addresses import PLATFORM, Where, user_of, where
from bot.adapters.slack.desk import Desk
from bot.adapters.slack.failures import FAULTS, code_of, delivery_error
from bot.adapters.slack.files import Files, files_in
from bot.adapters.slack.homes import Homes
from bot.adapters.slack.inbound import EXPLAIN, FLAG, Asked
from bot.adapters.slack.names import Names, not_found
from bot.adapters.slack.notices import notice, refusal
from bot.adapters.slack.outbound import (
    files_modal,
    flag_modal,
    input_block,
    modal_of,
    options_of,
    picked_of,
    read_form,
    shown_modal,
)
from bot.adapters.slack.people import People, Room
from bot.adapters.slack.reactions import Reactions
from bot.adapters.slack.replies import NOTHING, Answer, Replies
from bot.adapters.slack.sending import Sending
from bot.core import deck_effects as dx
from bot.core import effects as fx
from bot.core import review_effects as rx
from bot.core.commands import (
    Elsewhere,
    Flag,
    Intent,
    Join,
    Leave,
    OpenForm,
    React,
    SetDaily,
    ShowMine,
    ShowMissed,
    ShowTop,
    StartRound,
    SubmitAnswer,
)
from bot.core.deck_commands import AddDecks, OpenMending, OpenWriting
from bot.core.drafting import Flaw
from bot.core.ids import QuestionId, RoundId
from bot.core.mending import Slip
from bot.core.responses import Picked
from bot.core.review_commands import OpenReviewForm
from bot.engine.dispatch import question_in
from bot.engine.events import Event, Reply
from bot.engine.grammar import parse
from bot.records import Place
from bot.wording.actions import decode
from bot.wording.deck_actions import decode_deck
from bot.wording.plain import plain_block
from bot.wording.render import view_of
from bot.wording.review_actions import decode_review
from bot.wording.slack_notices import SAY
from bot.wording.views import File, Form, Paragraph, Picker, Text, View

VIEWS_KEPT: Final = 1_000
NO_ANSWER: Final = Picked((-1,))
"""What no question takes for an answer."""

_ANYBODYS: Final = (Join, Leave, ShowMine, ShowMissed, ShowTop, Flag)
"""What anybody may press, by the hundred within a second; whether they organise is not asked."""

ADD_FILES: Final = "d:files"
"""The action of the form into which a file is put."""

SHOWN_SECONDS: Final = 0.2
"""So long the window that says that a file is read stands at least, so that nothing overtakes it."""

Begin = Callable[[Coroutine[Any, Any, None]], object]

log = structlog.get_logger(__name__)


class Conversation:
    """Everything that people do."""

    def __init__(
        self,
        desk: Desk,
        sending: Sending,
        replies: Replies,
        people: People,
        reactions: Reactions,
        homes: Homes,
        files: Files,
        begin: Begin,
    ) -> None:
        """Hand what people do to *desk*; what goes on after the acknowledgement, *begin* begins."""
        self._files = files
        self._desk = desk
        self._sending = sending
        self._replies = replies
        self._people = people
        self._reactions = reactions
        self._homes = homes
        self._names = Names(people)
        self._begin = begin

    async def take(self, asked: Asked, doing: inbound.Doing) -> Answer:
        """Do what *asked* is about, and return its acknowledgement.

        A StoreError is passed on: nothing was saved, and what Slack sends again may go better.
        """
        match doing:
            case inbound.Typed():
                return await self._typed(asked, doing)
            case inbound.OnMessage():
                return await self._on_message(asked, doing)
            case inbound.Pressed():
                return await self._pressed(asked, doing)
            case inbound.Submitted():
                return await self._submitted(asked, doing)
            case inbound.Suggesting():
                return await self._suggest(asked, doing)
            case inbound.Reacted():
                await self._reacted(asked, doing)
            case inbound.HomeOpened():
                self._begin(self._homes.show(asked))
            case inbound.Removed():
                raise ValueError("A workspace that left is not a conversation.")
            case _:
                assert_never(doing)
        return NOTHING

    async def _typed(self, asked: Asked, typed: inbound.Typed) -> Answer:
        library = await self._desk.library_at(asked.place, asked.team)
        intent = self._names.meant(parse(typed.line, library), asked)
        if sentence := not_found(intent):
            return await self._refuse(asked, sentence)
        if isinstance(intent, AddDecks):
            return await self._add(asked, typed.files)
        if isinstance(intent, OpenWriting) and asked.trigger:
            return await self._open_deck_form(asked, intent)
        match await self._room(asked, intent):
            case Room.OPEN:
                return await self._do(asked, intent)
            case Room.NOT_IN:
                known = await self._people.look_up(asked.team, await self._sending.own(asked.team))
                invite = SAY.invite_me_there if isinstance(intent, Elsewhere) else SAY.invite_me
                return await self._refuse(asked, invite(known.name if known else "Study Hall"))
            case Room.CLOSED:
                return await self._refuse(asked, SAY.channel_closed())
            case Room.HIDDEN:
                return await self._refuse(asked, SAY.no_such_channel())
            case unreachable:
                assert_never(unreachable)

    async def _room(self, asked: Asked, intent: Intent) -> Room:
        """Return whether we can post where *intent* would have us post."""
        spot = where(asked.place)
        match intent:
            case Elsewhere(channel=channel, command=command):
                user = user_of(asked.account.id)
                room = await self._people.room(asked.team, channel.rpartition("/")[2], user)
                return room if isinstance(command, SetDaily) or room is Room.HIDDEN else Room.OPEN
            case StartRound() | SetDaily() if spot.channel:
                return await self._people.room(asked.team, spot.channel)
            case _:
                return Room.OPEN

    # ------------------------------------------------------------------------------------------------- files

    async def _add(self, asked: Asked, shared: Sequence[Mapping[str, Any]]) -> Answer:
        """Read what was shared with a line; a command brings no file and is answered with a form for one."""
        if asked.trigger and not shared:
            return await self._open(asked, files_modal(ADD_FILES, private=asked.remembered))
        self._begin(self._read(asked, shared))
        return NOTHING

    async def _read(self, asked: Asked, shared: Sequence[Mapping[str, Any]], wait: float = 0) -> None:
        """Have files read, and say what they hold: Slack waits three seconds, and this may take longer."""
        event = await self._event(asked, AddDecks(), None)
        files = self._files.incoming(asked.team, shared)
        reply, _ = await asyncio.gather(self._desk.handle(replace(event, files=files)), asyncio.sleep(wait))
        if not reply.duplicate:
            await self._replies.later(asked, [_view(effect) for effect in reply.effects])

    async def _sent_files(self, asked: Asked, submitted: inbound.Submitted) -> Answer:
        """Take what was put into the form: its window says that it is read, and then what it holds."""
        self._begin(self._read(asked, files_in(submitted.values), wait=SHOWN_SECONDS))
        reading = notice(SAY.add_title(), SAY.reading())
        window = shown_modal(reading, reading.title, private=asked.remembered)
        return Answer({"response_action": "update", "view": window})

    async def _open_deck_form(
        self, asked: Asked, opening: OpenWriting | OpenMending | OpenReviewForm
    ) -> Answer:
        """Open the form in which a question is written or mended, or say why not."""
        reply = await self._desk.handle(replace(await self._event(asked, opening, None), id=inbound.NO_ID))
        opened = reply.effects[0] if reply.effects else None
        if not isinstance(opened, dx.WritingOpened | rx.ReviewFormOpened):
            return await self._tell(asked, reply)
        view = view_of(opened)
        modal = modal_of(_control_in(view), view.title, private=asked.remembered, asked=view.blocks)
        return await self._open(asked, modal)

    # ------------------------------------------------------------------------------- messages and reactions

    async def _on_message(self, asked: Asked, on: inbound.OnMessage) -> Answer:
        question = question_in(await self._sending.key_of(on.message))
        if question is None:
            return await self._refuse(asked, SAY.no_question_here())
        if on.name == FLAG:
            return await self._open(asked, flag_modal(question, private=asked.remembered))
        return await self._do(asked, ShowMine(question)) if on.name == EXPLAIN else NOTHING

    async def _reacted(self, asked: Asked, reacted: inbound.Reacted) -> None:
        event = await self._reactions.event_of(asked, reacted)
        if event is not None:
            reply = await self._desk.handle(event)
            if reply.effects:
                self._begin(self._reactions.tell(asked, event, reply.effects))

    # ------------------------------------------------------------------------------------ controls and forms

    async def _pressed(self, asked: Asked, pressed: inbound.Pressed) -> Answer:
        action, picked = picked_of(pressed.action)
        found = decode(action, picked=picked, typed=None, at=asked.at)
        if found is not None and isinstance(found.intent, OpenWriting | OpenMending | OpenReviewForm):
            return await self._open_deck_form(asked, found.intent)
        if found is not None:
            return await self._do(asked, found.intent, found.round)
        form = decode(action, picked=(), typed=None, at=asked.at)
        if form is None or not isinstance(form.intent, SubmitAnswer):
            return await self._refuse(asked, SAY.control_gone())
        return await self._open_form(asked, form.intent.question)

    async def _open_form(self, asked: Asked, question: QuestionId) -> Answer:
        opened = await self._control(asked, question)
        if isinstance(opened, fx.FormOpened):
            view = view_of(opened)
            modal = modal_of(_control_in(view), view.title, private=asked.remembered, asked=view.blocks)
            return await self._open(asked, modal)
        return await self._tell(asked, Reply(() if opened is None else (opened,)))

    async def _open(self, asked: Asked, modal: Mapping[str, object]) -> Answer:
        """Open a form; where Slack does not take it in time, say that another press will do."""
        try:
            await self._replies.open(asked, modal)
        except FAULTS as error:
            if code_of(error) == "exchanged_trigger_id":
                return NOTHING  # Slack told us twice, and the first time has opened it
            log.warning("slack_form_not_opened", error=str(delivery_error(error)))
            return await self._refuse(asked, SAY.busy())
        return NOTHING

    async def _control(self, asked: Asked, question: QuestionId) -> fx.Reply | None:
        """Return the form of *question*, or why there is none; that only looks, so it has no id."""
        reply = await self._desk.handle(
            replace(self._answer_event(asked, OpenForm(question)), id=inbound.NO_ID)
        )
        return reply.effects[0] if reply.effects else None

    async def _submitted(self, asked: Asked, submitted: inbound.Submitted) -> Answer:
        if submitted.action == ADD_FILES:
            return await self._sent_files(asked, submitted)
        typed = tuple(inbound.texts_in(submitted.values))
        written = decode_deck(submitted.action, typed) or decode_review(submitted.action, typed)
        if written is not None:
            return await self._write(asked, written)
        found = decode(submitted.action, picked=(), typed=None, at=asked.at)
        if found is None:
            return await self._refuse(asked, SAY.control_gone())
        if isinstance(found.intent, Flag):
            return await self._do(
                asked, replace(found.intent, reason=" ".join(inbound.texts_in(submitted.values)))
            )
        if isinstance(found.intent, SubmitAnswer):
            return await self._answer(asked, submitted, found.intent, found.round)
        return NOTHING

    async def _write(self, asked: Asked, written: Intent) -> Answer:
        """Hand over a question as it was typed; while something is wrong with it, its form stays open."""
        reply = await self._desk.handle(await self._event(asked, written, None))
        self._homes.changed(asked)
        match reply.effects:
            case (dx.WritingOpened(flaw=Flaw() as wrong) as opened,):
                return _errors({input_block(wrong.place): _in_words(opened)})
            case (rx.ReviewFormOpened(slip=Slip() as wrong) as opened,):
                return _errors({input_block(wrong.place): _in_words(opened)})
            case _:
                return await self._tell(asked, reply)

    async def _answer(
        self, asked: Asked, submitted: inbound.Submitted, meant: SubmitAnswer, round_: RoundId | None
    ) -> Answer:
        opened = await self._control(asked, meant.question)
        if not isinstance(opened, fx.FormOpened):
            return await self._not_taken(asked, opened, meant, round_)
        read = read_form(_control_in(view_of(opened)), submitted.values)
        if read.sent is None:
            # What was typed stays in the form, and the sentence stands below what it is about.
            return _errors(read.errors)
        reply = await self._desk.handle(self._answer_event(asked, replace(meant, sent=read.sent), round_))
        self._homes.changed(asked)
        if sentence := _unreadable(reply):
            return _errors({input_block(0): sentence})
        return await self._tell(asked, reply)

    async def _not_taken(
        self, asked: Asked, why: fx.Reply | None, meant: SubmitAnswer, round_: RoundId | None
    ) -> Answer:
        """Say *why* a form is not taken, unless it was, and the question has closed since.

        Slack sends again what it did not hear that we took; then the form just closes.
        """
        reply = await self._desk.handle(self._answer_event(asked, replace(meant, sent=NO_ANSWER), round_))
        if reply.duplicate:
            return NOTHING
        return await self._tell(asked, Reply(() if why is None else (why,)))

    async def _suggest(self, asked: Asked, suggesting: inbound.Suggesting) -> Answer:
        """Return the options of a long menu that have in them what is typed."""
        found = decode(suggesting.action, picked=(), typed=None, at=asked.at)
        options: list[Mapping[str, object]] = []
        if found is not None and isinstance(found.intent, SubmitAnswer):
            opened = await self._control(asked, found.intent.question)
            control = _control_in(view_of(opened)) if isinstance(opened, fx.FormOpened) else None
            options = options_of(control, suggesting.typed) if isinstance(control, Picker) else []
        return Answer({"options": options})

    # ------------------------------------------------------------------------------------------- the engine

    async def _do(self, asked: Asked, intent: Intent, round_: RoundId | None = None) -> Answer:
        """Hand *intent* over; whoever answers is not looked up first, as everybody may."""
        if isinstance(intent, SubmitAnswer | React):
            event = self._answer_event(asked, intent, round_)
        else:
            event = await self._event(asked, intent, round_)
        reply = await self._desk.handle(event)
        self._homes.changed(asked)
        return await self._tell(asked, reply)

    async def _event(self, asked: Asked, intent: Intent, round_: RoundId | None) -> Event:
        event = self._answer_event(asked, intent, round_)
        user, spot = user_of(asked.account.id), where(_meant_place(asked, intent))
        known, organiser = await asyncio.gather(
            self._people.look_up(asked.team, user), self._organises(asked.team, user, spot, intent)
        )
        return replace(
            event,
            name=known.name if known and known.name else asked.handle or asked.user,
            tentative=known is None,
            organiser=organiser,
        )

    async def _organises(self, team: str, user: str, spot: Where, intent: Intent) -> bool:
        """Tell whether the sender organises, where that matters."""
        return not isinstance(intent, _ANYBODYS) and await self._people.organises(team, user, spot)

    def _answer_event(self, asked: Asked, intent: Intent, round_: RoundId | None = None) -> Event:
        known = self._people.name(asked.team, user_of(asked.account.id))
        return Event(
            id=asked.id,
            place=asked.place,
            intent=intent,
            at=asked.at,
            account=asked.account,
            name=known or asked.handle or asked.user,
            tentative=not known,
            workspace=asked.team,
            round=round_,
        )

    async def _tell(self, asked: Asked, reply: Reply) -> Answer:
        """Answer *asked* with what came of it, and with no words where the channel shows it."""
        if reply.duplicate:
            return NOTHING  # Slack told us twice, and the first time is being answered
        told = [effect for effect in reply.effects if not _says_itself(asked, effect)]
        named = [await self._names.named(effect, asked) for effect in told]
        for effect in named:
            for file in view_of(effect).blocks if isinstance(effect, dx.FileGiven) else ():
                if isinstance(file, File):
                    self._begin(self._files.give(asked, file))
        pages = any(isinstance(effect, fx.TopShown) for effect in named) and asked.on_own_message
        try:
            return await self._replies.tell(asked, [_view(effect) for effect in named], replace=pages)
        except FAULTS as error:
            log.warning("slack_not_answered", error=str(delivery_error(error)))
            return NOTHING

    async def _refuse(self, asked: Asked, sentence: str) -> Answer:
        return await self._replies.tell(asked, [refusal(sentence)])


def _says_itself(asked: Asked, effect: fx.Reply) -> bool:
    """Tell whether a press needs no words, as the channel shows it; a command is always answered."""
    done = isinstance(effect, fx.CommandDone) and effect.what is fx.Confirmation.DONE
    return done and asked.type == "block_actions"


def _view(effect: fx.Reply) -> View:
    """Return what *effect* reads like, and for a redo what the private channel is here."""
    if isinstance(effect, fx.AnswerAccepted | fx.AnswerRefused):
        return _view_of_answer(effect)
    view = view_of(effect)
    if isinstance(effect, dx.FileGiven):
        where_ = Paragraph((Text(SAY.file_in_direct()),))
        return replace(view, blocks=(*view.blocks, where_), alt=f"{view.alt}\n\n{SAY.file_in_direct()}")
    if isinstance(effect, fx.CommandDone) and effect.what is fx.Confirmation.REDO:
        said = Paragraph((Text(SAY.where_private()),))
        return replace(view, blocks=(*view.blocks, said), alt=f"{view.alt}\n\n{SAY.where_private()}")
    return view


@lru_cache(VIEWS_KEPT)
def _view_of_answer(effect: fx.AnswerAccepted | fx.AnswerRefused) -> View:
    """Return what becomes of an answer, which many in a crowd are told in the same words."""
    return view_of(effect)


def _meant_place(asked: Asked, intent: Intent) -> Place:
    """Return where *intent* is to happen: who made one channel does not look after another."""
    return Place(PLATFORM, intent.channel) if isinstance(intent, Elsewhere) else asked.place


def _unreadable(reply: Reply) -> str:
    """Return why an answer could not be graded as it was typed, "" when it could."""
    match reply.effects:
        case (fx.AnswerRefused() as refused,) if refused.unreadable:
            return _in_words(refused)
        case _:
            return ""


def _in_words(effect: fx.Reply) -> str:
    """Return the paragraphs of what *effect* reads like as plain text."""
    return "\n".join(map(plain_block, view_of(effect).blocks))


def _errors(errors: Mapping[str, str]) -> Answer:
    """Return the acknowledgement that leaves a form open, with a sentence below each input in *errors*."""
    return Answer({"response_action": "errors", "errors": dict(errors)})


def _control_in(view: View) -> Picker | Form:
    """Return the control that a form's view holds."""
    return next(control for control in view.controls if isinstance(control, Picker | Form))
