"""The archive: the chat log with the questions that the web chat asks of it.

One process serves the web chat of a database, so what is kept here between two calls is only what cannot
change behind its back: a message's channel, and reactions, which change nowhere else.
"""

from collections.abc import Sequence
from typing import Final

from bot.adapters.web.outbound import (
    PRIVATE,
    TUTOR,
    Body,
    Drawings,
    Message,
    Mine,
    Reactions,
    Shown,
    decode_body,
    encode_body,
    marked,
    message_of,
    mine_in,
    mine_revealed,
    revealed_in,
    shown,
)
from bot.adapters.web.people import People
from bot.adapters.web.sessions import Session
from bot.engine.codec import to_ms
from bot.engine.recent import Recent
from bot.ports import ChatLog, Clock, Post, WebMessage, WebPerson

PAGE: Final = 50


class Archive:
    """Messages by channel and by number, as their readers see them."""

    def __init__(self, log: ChatLog, clock: Clock, people: People) -> None:
        """Read and write *log*; names come from *people*."""
        self._log = log
        self._clock = clock
        self._people = people
        self._channel_of: Recent[int, str] = Recent()
        self._reactions: Recent[int, Reactions] = Recent()
        self.channels: tuple[str, ...] = ()

    async def open(self, *names: str) -> None:
        """Read the channels, and make those of *names* that are missing."""
        for name in names:
            await self.make_channel(name)

    async def make_channel(self, name: str) -> None:
        """Make the public channel *name*, unless it is there."""
        self.channels = tuple(await self._log.channels(name))

    # -------------------------------------------------------------------------------------------- writing

    async def add(
        self, channel: str, body: Body, *, key: str, author: str = TUTOR, to: str = ""
    ) -> WebMessage:
        """Store a message, once for each *key*; what is in a private channel is for its owner alone."""
        message = WebMessage(
            seq=0,
            channel=channel,
            author=author,
            to=owner_of(channel) or to,
            key=key,
            at=to_ms(self._clock.now()),
            revision=0,
            body=encode_body(body),
        )
        stored = await self._log.append(message)
        self._channel_of.put(stored.seq, stored.channel)
        return stored

    async def put(self, channel: str, body: Body, *, key: str, to: str) -> WebMessage:
        """Store a message, or replace the one with this *key*."""
        stored = await self.add(channel, body, key=key, to=to)
        if stored.body == encode_body(body):
            return stored
        return await self._log.edit(stored.seq, encode_body(body)) or stored

    async def edit(self, seq: int, post: Post, drawings: Drawings = ()) -> WebMessage | None:
        """Make message *seq* show *post* with these *drawings*; None when it is not where *post* says."""
        channel = post.place.id
        before = await self._at(channel, owner_of(channel) or post.to, seq)
        if before is None:
            return None
        return await self._log.edit(seq, encode_body(shown(post.view, drawings, decode_body(before.body))))

    async def react(self, seq: int, person: WebPerson, emoji: str, *, on: bool) -> Reactions:
        """Put or take a reaction; return all of the message's."""
        found = await self._log.react(seq, person.id, emoji, on=on) or {}
        self._reactions.put(seq, found)
        return found

    # -------------------------------------------------------------------------------------------- reading

    async def reactions(self, seq: int) -> Reactions:
        """Return a message's reactions; taking one that nobody can have put changes nothing."""
        kept = self._reactions.get(seq)
        if kept is None:
            kept = await self._log.react(seq, "", "", on=False) or {}
            self._reactions.put(seq, kept)
        return kept

    async def find(self, seq: int, reader: WebPerson) -> WebMessage | None:
        """Return message *seq* if *reader* may see it."""
        kept = self._channel_of.get(seq)
        for channel in (kept,) if kept is not None else (*self.channels, PRIVATE + reader.id):
            found = await self._at(channel, reader.id, seq) if owner_of(channel) in ("", reader.id) else None
            if found is not None:
                self._channel_of.put(seq, channel)
                return found
        return None

    async def page(
        self, channel: str, reader: WebPerson, before: int | None
    ) -> tuple[Sequence[WebMessage], bool]:
        """Return the page of messages before *before*, oldest first, and whether there are older ones."""
        found = await self._log.history(channel, reader.id, before, PAGE + 1)
        return found[-PAGE:], len(found) > PAGE

    async def read_by(self, session: Session, messages: Sequence[WebMessage]) -> list[Message]:
        """Return *messages* as the reader of *session* sees them."""
        for message in messages:
            learn(session, message)
        return [marked(await self.worded(message), mine_of(session, message)) for message in messages]

    async def worded(self, message: WebMessage) -> Message:
        """Return *message* as a reader sees it who has not answered to it."""
        return message_of(message, self._people.name(message.author), await self.reactions(message.seq))

    async def _at(self, channel: str, reader: str, seq: int) -> WebMessage | None:
        found = await self._log.history(channel, reader, seq + 1, 1)
        return found[0] if found and found[0].seq == seq else None


def learn(session: Session, message: WebMessage) -> None:
    """Let *session* know what its reader answered, if *message* is what confirms it."""
    body = decode_body(message.body) if message.to else None
    if isinstance(body, Shown) and body.about:
        session.remember(body.about, mine_in(body))
        session.remember(body.question, mine_revealed(body))


def mine_of(session: Session, message: WebMessage) -> Mine | None:
    """Return what the reader of *session* answered to the question that *message* asks or reveals."""
    return session.mine(message.seq, revealed_in(decode_body(message.body)))


def owner_of(channel: str) -> str:
    """Return the id of who alone may read *channel*, "" when everyone may."""
    return channel[len(PRIVATE) :] if channel.startswith(PRIVATE) else ""
