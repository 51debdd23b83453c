"""Conversations: what each frame of a page does.

Whatever a frame brings about, its sender gets one answer to it, after all that belongs to it is stored.
"""

import asyncio
from dataclasses import dataclass, replace
from typing import Final, assert_never
from weakref import WeakValueDictionary

import structlog

from bot.adapters.web import inbound, outbound
from bot.adapters.web.archives import Archive, owner_of
from bot.adapters.web.broadcasts import Broadcasts
from bot.adapters.web.desk import Desk
from bot.adapters.web.drawings import drawn
from bot.adapters.web.outbound import MINE, PRIVATE
from bot.adapters.web.people import People, TurnedAway
from bot.adapters.web.sessions import Limits, Session
from bot.core import effects as fx
from bot.core.commands import ChangeSettings, Elsewhere, HostedBy, Intent, NotUnderstood
from bot.core.deck_commands import AddDecks
from bot.core.ids import EventId, RoundId
from bot.engine.codec import to_ms
from bot.engine.events import Event, Incoming
from bot.engine.grammar import complete, parse
from bot.engine.recent import Recent
from bot.ports import Clock, Post, WebMessage, WebPerson
from bot.records import Account, Place
from bot.wording.actions import decode
from bot.wording.menu import InputProblem
from bot.wording.render import view_of
from bot.wording.views import Button, Control, Form, Paragraph, Picker, Text, View
from bot.wording.web_sentences import SAY

PLATFORM: Final = "web"
WORKSPACE: Final = "local"
CATCH_UP_PAGES: Final = 20
NOTICES_KEPT: Final = 1_000

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Doer:
    """Who does something: *id* names it for ever, *frame* is what the page calls it."""

    person: WebPerson
    id: EventId
    frame: str


class Conversation:
    """Everything that is said in the web chat, by people and by us."""

    def __init__(
        self,
        desk: Desk,
        archive: Archive,
        people: People,
        broadcasts: Broadcasts,
        clock: Clock,
        limits: Limits,
    ) -> None:
        """Hand what people do to *desk*, and keep what is said in *archive*."""
        self._desk = desk
        self._archive = archive
        self._people = people
        self._broadcasts = broadcasts
        self._clock = clock
        self._limits = limits
        self._notices: Recent[EventId, WebMessage] = Recent(NOTICES_KEPT)
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self.version = ""

    # ---------------------------------------------------------------------------------------------- ours

    async def post(self, post: Post) -> WebMessage | None:
        """Say *post* in its place, once for its key; None when there is no such place or reader."""
        if not self._is_place(post.place.id) or not (post.to == "" or self._people.knows(post.to)):
            return None
        body = await self._shown(post.view)
        stored = await self._archive.add(post.place.id, body, key=post.key, to=post.to)
        await self._broadcasts.message(stored)
        return stored

    async def edit(self, seq: int, post: Post) -> WebMessage | None:
        """Let message *seq* show *post* from now on; None when it is not there."""
        edited = await self._archive.edit(seq, post, await self._drawn(post.view))
        if edited is not None:
            await self._broadcasts.message(edited)
        return edited

    # -------------------------------------------------------------------------------------------- frames

    async def take(self, session: Session, text: str) -> None:
        """Do what the frame in *text* asks, and answer it."""
        frame = inbound.read_frame(text)
        if frame is None:
            session.send(outbound.refused(inbound.read_id(text), SAY.not_readable()))
            return
        try:
            await self._answer(session, frame)
        except Exception:
            # A fault in one frame must neither end the window nor show itself to the reader.
            log.exception("web_frame_failed", frame=frame.type)
            session.send(outbound.refused(_id_of(frame), SAY.went_wrong()))

    async def _answer(self, session: Session, frame: inbound.Frame) -> None:
        if isinstance(frame, inbound.Hello):
            await self._hello(session, frame)
        elif session.person is None:
            session.send(outbound.refused(_id_of(frame), SAY.who_are_you()))
        elif isinstance(frame, inbound.History):
            session.send(await self._history(session, session.person, frame))
        elif isinstance(frame, inbound.Complete):
            session.send(await self._suggestions(session.person, frame))
        else:
            await self._in_turn(session, session.person, frame)

    async def _in_turn(self, session: Session, person: WebPerson, frame: inbound.Doing) -> None:
        """Do one thing of a person at a time, over all their windows: the newest notice is the last."""
        # The person's id in the event's keeps everyone from using up the ids of another.
        doer = Doer(person, EventId(f"{PLATFORM}:{person.id}:{frame.id.lower()}"), frame.id)
        async with self._turns.setdefault(person.id, asyncio.Lock()):
            session.send(await self._do(doer, frame))

    async def _do(self, doer: Doer, frame: inbound.Doing) -> str:
        match frame:
            case inbound.Say():
                return await self._say(doer, frame)
            case inbound.Press():
                return await self._press(doer, frame)
            case inbound.React():
                return await self._react(doer, frame)
            case inbound.MakeChannel():
                return await self._make_channel(doer, frame)
            case _:
                assert_never(frame)

    # --------------------------------------------------------------------------------- coming and reading

    async def _hello(self, session: Session, hello: inbound.Hello) -> None:
        if session.person is not None:
            session.send(outbound.refused(None, SAY.here_already()))
            return
        admitted = await self._people.admit(hello)
        if isinstance(admitted, TurnedAway):
            session.send(outbound.refused(None, admitted.reason))
            return
        session.person = admitted.person
        session.send(self._welcome(admitted.person, admitted.secret))
        self._broadcasts.people()
        for name in (*self._archive.channels, MINE):
            await self._catch_up(session, admitted.person, name, hello.seen.get(name, 0))

    def _welcome(self, person: WebPerson, secret: str) -> str:
        return outbound.welcome(
            person,
            secret,
            people=self._people.all(self._broadcasts.windows.here()),
            channels=self._archive.channels,
            now=to_ms(self._clock.now()),
            version=self.version,
        )

    async def _catch_up(self, session: Session, person: WebPerson, name: str, seen: int) -> None:
        """Send the newest page, which may hold edits too, and before it what the window has missed."""
        channel = _stored_channel(name, person)
        before: int | None = None
        for _ in range(CATCH_UP_PAGES if seen else 1):
            messages, more = await self._archive.page(channel, person, before)
            page = await self._archive.read_by(session, messages)
            session.send(outbound.history(channel, page, more=more))
            if not more or messages[0].seq <= seen + 1:
                return
            before = messages[0].seq
            await session.flushed()

    async def _history(self, session: Session, person: WebPerson, frame: inbound.History) -> str:
        channel = self._channel(frame.channel, person)
        if channel is None:
            return outbound.refused(None, SAY.no_such_channel())
        messages, more = await self._archive.page(channel, person, frame.before)
        return outbound.history(channel, await self._archive.read_by(session, messages), more=more)

    async def _suggestions(self, person: WebPerson, frame: inbound.Complete) -> str:
        """Return what could be typed next; its decks are those of the local group, wherever *person* is."""
        library = await self._desk.library_at(Place(PLATFORM, PRIVATE + person.id), WORKSPACE)
        return outbound.suggestions(frame.id, complete(frame.text, library))

    async def sent(self, person: WebPerson, upload: inbound.Upload, file: Incoming) -> str:
        """Let *person* add a *file* to the group's decks; return what a frame would be answered with."""
        doer = Doer(person, EventId(f"{PLATFORM}:{person.id}:{upload.id.lower()}"), upload.id)
        channel = self._channel(upload.channel, person)
        if channel is None:
            return outbound.refused(upload.id, SAY.no_such_channel())
        async with self._turns.setdefault(person.id, asyncio.Lock()):
            try:
                return await self._handle(doer, channel, AddDecks(), files=(file,))
            except Exception:
                # A fault in one upload must not show itself to whoever sent it.
                log.exception("web_upload_failed")
                return outbound.refused(upload.id, SAY.went_wrong())

    async def file(self, person: WebPerson, seq: int) -> tuple[str, bytes] | None:
        """Return the name and the content of the file that message *seq* gives to *person*, if it does."""
        message = await self._archive.find(seq, person)
        body = None if message is None else outbound.decode_body(message.body)
        return outbound.file_in(body) if isinstance(body, outbound.Shown) else None

    # -------------------------------------------------------------------------------------------- saying

    async def _say(self, doer: Doer, frame: inbound.Say) -> str:
        channel = self._channel(frame.channel, doer.person)
        text = inbound.clean_line(frame.text)
        if channel is None:
            return outbound.refused(doer.frame, SAY.no_such_channel())
        if not text:
            return outbound.refused(doer.frame, SAY.nothing_said())
        if len(text) > inbound.LONGEST_LINE:
            return outbound.refused(doer.frame, SAY.line_too_long(inbound.LONGEST_LINE))
        if text.startswith("/"):
            await self._keep_line(doer, channel, text, to=doer.person.id)
            library = await self._desk.library_at(Place(PLATFORM, channel), WORKSPACE)
            return await self._handle(doer, channel, self._meant(parse(text, library)))
        await self._keep_line(doer, channel, text)
        return outbound.ack(doer.frame)

    def _meant(self, intent: Intent) -> Intent:
        """Return what was typed, if every channel and everybody who is named in it is there."""
        match intent:
            case Elsewhere(channel=channel):
                return self._elsewhere(intent, inbound.clean_channel(channel))
            case ChangeSettings():
                return self._with_people(intent)
            case _:
                return intent

    def _elsewhere(self, intent: Elsewhere, name: str | None) -> Intent:
        if name is None or name not in self._archive.channels:
            return NotUnderstood(InputProblem.UNKNOWN_CHANNEL, intent.channel)
        return replace(intent, channel=name)

    def _with_people(self, intent: ChangeSettings) -> Intent:
        """Return *intent* with people's own names: a name that nobody has yet could be taken by anybody."""
        said = (*(intent.organisers or ()), *((intent.hosts.names if intent.hosts else None) or ()))
        known = {name: self._people.called(name) for name in said}
        missing = next((name for name, found in known.items() if found is None), None)
        if missing is not None:
            return NotUnderstood(InputProblem.UNKNOWN_PERSON, missing)
        own = {name: found for name, found in known.items() if found is not None}
        hosts = intent.hosts
        if hosts is not None and hosts.names:
            hosts = HostedBy(tuple(own[name] for name in hosts.names))
        organisers = None if intent.organisers is None else tuple(own[name] for name in intent.organisers)
        return replace(intent, organisers=organisers, hosts=hosts)

    async def _keep_line(self, doer: Doer, channel: str, text: str, *, to: str = "") -> None:
        line = outbound.Line(text)
        stored = await self._archive.add(channel, line, key=doer.id, author=doer.person.id, to=to)
        await self._broadcasts.message(stored)

    # ------------------------------------------------------------------------------------------ pressing

    async def _press(self, doer: Doer, frame: inbound.Press) -> str:
        message = await self._archive.find(frame.message, doer.person)
        if message is None:
            return outbound.refused(doer.frame, SAY.message_gone())
        body = outbound.decode_body(message.body)
        if isinstance(body, outbound.Line) or frame.action not in body.offered:
            return outbound.refused(doer.frame, SAY.control_gone())
        typed = None if frame.typed is None else tuple(map(inbound.clean_line, frame.typed))
        # A control that is gone was there a moment ago: the engine says why it is too late.
        control = next((c for c in body.view.controls if c.action == frame.action), None)
        if control is not None and not _fits(control, frame.picked, typed):
            return outbound.refused(doer.frame, SAY.control_filled_wrongly())
        pressed = decode(frame.action, picked=frame.picked, typed=typed, at=self._clock.now())
        if pressed is None:
            return outbound.refused(doer.frame, SAY.control_filled_wrongly())
        return await self._handle(doer, message.channel, pressed.intent, pressed.round, message.seq)

    async def _handle(
        self,
        doer: Doer,
        channel: str,
        intent: Intent,
        round_: RoundId | None = None,
        pressed: int = 0,
        files: tuple[Incoming, ...] = (),
    ) -> str:
        """Hand an event to the desk; return its acknowledgement once what it says in private is stored."""
        event = Event(
            id=doer.id,
            place=Place(PLATFORM, channel),
            intent=intent,
            at=self._clock.now(),
            account=Account(PLATFORM, doer.person.id),
            name=doer.person.name,
            organiser=doer.person.organiser,
            workspace=WORKSPACE,
            round=round_,
            roles=(doer.person.name,),
            files=files,
        )
        reply = await self._desk.handle(event)
        for number, effect in enumerate(reply.effects):
            await self._tell(doer, channel, effect, number, pressed)
        # What was sent again is told again what it was told the first time.
        notice = self._notices.get(doer.id)
        shown = None if notice is None else await self._archive.worded(notice)
        return outbound.ack(doer.frame, shown)

    async def _tell(self, doer: Doer, channel: str, effect: fx.Reply, number: int, pressed: int) -> None:
        """Store what is said in private, and show it.

        Where the channel's own message says the whole, nothing more is said.
        """
        if isinstance(effect, fx.CommandDone) and effect.what is fx.Confirmation.DONE:
            return
        notice = await self._noted(doer, channel, effect, f"notice:{doer.id}:{number}", pressed)
        self._notices.put(doer.id, notice)
        await self._broadcasts.message(notice)
        if pressed and isinstance(effect, fx.AnswerAccepted):
            await self._broadcasts.again(pressed, doer.person)

    async def _noted(self, doer: Doer, channel: str, effect: fx.Reply, key: str, pressed: int) -> WebMessage:
        """Store *effect*, and return the message that shows it.

        An answer's confirmation replaces the one before, and a page of a leaderboard the page whose button
        was pressed.
        """
        body, to = await self._shown(_view(effect)), doer.person.id
        if pressed and isinstance(effect, fx.AnswerAccepted):
            body, key = outbound.answered(body, pressed, effect), f"mine.{effect.question}.{to}"
            return await self._archive.put(channel, body, key=key, to=to)
        turns = pressed and isinstance(effect, fx.TopShown)
        place = Place(PLATFORM, channel)
        turn = Post(key, place, to, body.view)
        turned = await self._archive.edit(pressed, turn, body.drawings) if turns else None
        return turned or await self._archive.add(channel, body, key=key, to=to)

    async def _shown(self, view: View) -> outbound.Shown:
        return outbound.shown(view, await self._drawn(view))

    async def _drawn(self, view: View) -> outbound.Drawings:
        return await drawn(self._desk, view, self._limits.draw_seconds)

    # ------------------------------------------------------------------------------ reactions and channels

    async def _react(self, doer: Doer, frame: inbound.React) -> str:
        message = await self._archive.find(frame.message, doer.person)
        if message is None:
            return outbound.refused(doer.frame, SAY.message_gone())
        if not inbound.is_emoji(frame.emoji):
            return outbound.refused(doer.frame, SAY.no_emoji())
        there = await self._archive.reactions(message.seq)
        if frame.on and frame.emoji not in there and len(there) >= self._limits.emoji:
            return outbound.refused(doer.frame, SAY.reactions_full(self._limits.emoji))
        after = await self._archive.react(message.seq, doer.person, frame.emoji, on=frame.on)
        self._broadcasts.reactions(message, after)
        return outbound.ack(doer.frame)

    async def _make_channel(self, doer: Doer, frame: inbound.MakeChannel) -> str:
        name = inbound.clean_channel(frame.name)
        if name is None:
            return outbound.refused(doer.frame, SAY.channel_name_wrong(inbound.LONGEST_CHANNEL))
        if name not in self._archive.channels:
            if len(self._archive.channels) >= self._limits.channels:
                return outbound.refused(doer.frame, SAY.channels_full(self._limits.channels))
            await self._archive.make_channel(name)
            self._broadcasts.channels()
        return outbound.ack(doer.frame)

    # --------------------------------------------------------------------------------------------- names

    def _channel(self, name: str, person: WebPerson) -> str | None:
        """Return the stored name of the channel that *person* calls *name*, None when there is none."""
        return _stored_channel(name, person) if name == MINE or name in self._archive.channels else None

    def _is_place(self, channel: str) -> bool:
        return channel in self._archive.channels or self._people.knows(owner_of(channel))


def _view(effect: fx.Reply) -> View:
    """Return what *effect* reads like, and for a redo what the private channel is called here."""
    view = view_of(effect)
    if isinstance(effect, fx.CommandDone) and effect.what is fx.Confirmation.REDO:
        where = Paragraph((Text(SAY.where_private()),))
        return replace(view, blocks=(*view.blocks, where), alt=f"{view.alt}\n\n{SAY.where_private()}")
    return view


def _stored_channel(name: str, person: WebPerson) -> str:
    return PRIVATE + person.id if name == MINE else name


def _id_of(frame: inbound.Frame) -> str | None:
    return None if isinstance(frame, inbound.Hello | inbound.History) else frame.id


def _fits(control: Control, picked: tuple[int, ...] | None, typed: tuple[str, ...] | None) -> bool:
    """Tell whether what was picked or typed could have come from *control*; the core judges the rest."""
    match control:
        case Button():
            return picked is None and typed is None
        case Picker(options=options):
            return typed is None and picked is not None and all(place < len(options) for place in picked)
        case Form(fields=fields):
            lengths = [] if typed is None else [len(text) for text in typed]
            return (
                picked is None
                and len(lengths) == len(fields)
                and all(length <= field.longest for length, field in zip(lengths, fields, strict=True))
            )
        case _:
            assert_never(control)
