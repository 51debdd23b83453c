"""Broadcasts: telling every open window what it should know."""

import asyncio
from collections.abc import Sequence
from typing import Final

from bot.adapters.web import outbound
from bot.adapters.web.archives import Archive, learn
from bot.adapters.web.people import People
from bot.adapters.web.sessions import Session, Windows
from bot.ports import Clock, WebMessage, WebPerson
from bot.wording.web_sentences import SAY

PRESENCE_SECONDS: Final = 0.1


class Broadcasts:
    """Every open window, and what is sent to several of them. Nothing here waits for a window."""

    def __init__(self, archive: Archive, people: People, clock: Clock) -> None:
        """Start with no window."""
        self._archive = archive
        self._people = people
        self._clock = clock
        self._presence: asyncio.Task[None] | None = None
        self.windows = Windows()

    async def message(self, message: WebMessage) -> None:
        """Send *message* to every window whose reader may see it."""
        await self._send(message, self.windows.readers(message))

    async def again(self, seq: int, person: WebPerson) -> None:
        """Send message *seq* to the windows of *person*: what they answered to it has changed."""
        message = await self._archive.find(seq, person)
        if message is not None:
            await self._send(message, self.windows.of(person))

    def reactions(self, message: WebMessage, all_: outbound.Reactions) -> None:
        """Send all reactions to *message*."""
        frame = outbound.reactions(message.seq, all_)
        for session in self.windows.readers(message):
            session.send(frame)

    def channels(self) -> None:
        """Send the list of channels."""
        frame = outbound.channels(self._archive.channels)
        for session in self.windows.known():
            session.send(frame)

    def people(self) -> None:
        """Send who is here, once for all who come and go within a moment."""
        if self._presence is None:
            self._presence = asyncio.create_task(self._send_people(), name="web people")

    def farewell(self) -> None:
        """Tell every window that we stop, and nothing more about who is here."""
        if self._presence is not None:
            self._presence.cancel()
        for session in self.windows.everyone():
            session.send(outbound.bye(SAY.stopping()))

    async def _send_people(self) -> None:
        await self._clock.sleep(PRESENCE_SECONDS)
        self._presence = None
        frame = outbound.people(self._people.all(self.windows.here()))
        for session in self.windows.known():
            session.send(frame)

    async def _send(self, message: WebMessage, sessions: Sequence[Session]) -> None:
        """Send *message*, worded once for all, to each reader with what they answered to it."""
        worded = await self._archive.worded(message)
        common = outbound.message(worded)
        revealed = outbound.revealed_in(outbound.decode_body(message.body))
        for session in sessions:
            learn(session, message)
            mine = session.mine(message.seq, revealed)
            session.send(common if mine is None else outbound.message(outbound.marked(worded, mine)))
