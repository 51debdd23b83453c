"""Sessions: the open windows, each with its own bounded queue, so that a slow one holds up nobody."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog
from aiohttp import web

from bot.adapters.web.outbound import Mine
from bot.ports import WebMessage, WebPerson

MOST_REMEMBERED: Final = 1_000

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one server, and one window, may take.

    A window may send *burst* frames at once and *per_second* for ever. *waiting* frames, or *waiting_chars*
    characters, may be on their way to it; past that it is closed, and catches up when it comes back. When
    the server stops, a window has *stop_seconds* to take what is on its way. A message waits *draw_seconds*
    for each of its pictures.
    """

    windows: int = 500
    per_second: float = 20.0
    burst: float = 60.0
    waiting: int = 512
    waiting_chars: int = 16_000_000
    people: int = 2_000
    channels: int = 50
    emoji: int = 20
    stop_seconds: float = 5.0
    draw_seconds: float = 2.0


class Pace:
    """A bucket of frames that fills with time."""

    def __init__(self, limits: Limits, now: datetime) -> None:
        """Start full."""
        self._limits = limits
        self._left = limits.burst
        self._filled = now

    def take(self, now: datetime) -> bool:
        """Take one frame out; tell whether there was one."""
        grown = max(0.0, (now - self._filled).total_seconds()) * self._limits.per_second
        self._left = min(self._limits.burst, self._left + grown)
        self._filled = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class Session:
    """One open window: who it is, what waits to be sent to it, and what its reader has answered."""

    def __init__(self, socket: web.WebSocketResponse, abort: Callable[[], None], limits: Limits) -> None:
        """Send over *socket*; *abort* cuts the connection without a word."""
        self._socket = socket
        self._abort = abort
        self._limits = limits
        self._waiting: asyncio.Queue[str] = asyncio.Queue(limits.waiting)
        self._chars = 0
        self._mine: dict[int | str, Mine] = {}
        self.person: WebPerson | None = None
        self.busy = asyncio.Lock()
        self.dropped = False

    def send(self, frame: str) -> None:
        """Queue *frame*, without waiting; a window that is too far behind is closed."""
        if self.dropped:
            return
        if self._waiting.full() or self._chars + len(frame) > self._limits.waiting_chars:
            log.info("web_window_too_slow", waiting=self._waiting.qsize(), characters=self._chars)
            self.drop()
            return
        self._chars += len(frame)
        self._waiting.put_nowait(frame)

    async def write(self) -> None:
        """Send what is queued, until cancelled or until the connection breaks."""
        while not self.dropped:
            frame = await self._waiting.get()
            try:
                await self._socket.send_str(frame)
            except (ConnectionError, RuntimeError):
                self.drop()
            finally:
                self._chars -= len(frame)
                self._waiting.task_done()

    async def flushed(self) -> None:
        """Return when everything queued so far is sent, or can never be."""
        await self._waiting.join()

    async def close(self, code: int, reason: bytes = b"") -> None:
        """Finish what is in flight, then close the connection."""
        async with self.busy:
            await self.flushed()
            await self._socket.close(code=code, message=reason)

    def drop(self) -> None:
        """Cut the connection and forget what was queued."""
        self._abort()
        self.forget()

    def forget(self) -> None:
        """Send nothing more, not even what was queued."""
        self.dropped = True
        with contextlib.suppress(asyncio.QueueEmpty):
            while True:
                self._waiting.get_nowait()
                self._waiting.task_done()

    # ------------------------------------------------------------------------------------ what was answered

    def remember(self, about: int | str, mine: Mine) -> None:
        """Keep what the reader answered to the message, or the question, *about*."""
        self._mine.pop(about, None)
        self._mine[about] = mine
        while len(self._mine) > MOST_REMEMBERED:
            del self._mine[next(iter(self._mine))]

    def mine(self, seq: int, question: str) -> Mine | None:
        """Return what the reader answered to message *seq*, or to the *question* that it reveals; or None."""
        return self._mine.get(seq) or (self._mine.get(question) if question else None)

    def may_see(self, message: WebMessage) -> bool:
        """Tell whether *message* is for this reader."""
        return self.person is not None and message.to in ("", self.person.id)


class Windows:
    """Every open window."""

    def __init__(self) -> None:
        """Start with none."""
        self._open: set[Session] = set()

    def __len__(self) -> int:
        return len(self._open)

    def add(self, session: Session) -> None:
        """Count *session* as open."""
        self._open.add(session)

    def discard(self, session: Session) -> None:
        """Count *session* as gone."""
        self._open.discard(session)

    def everyone(self) -> tuple[Session, ...]:
        """Return every window."""
        return tuple(self._open)

    def known(self) -> tuple[Session, ...]:
        """Return the windows that have a person."""
        return tuple(session for session in self._open if session.person is not None)

    def of(self, person: WebPerson) -> tuple[Session, ...]:
        """Return the windows of *person*."""
        return tuple(s for s in self._open if s.person is not None and s.person.id == person.id)

    def readers(self, message: WebMessage) -> tuple[Session, ...]:
        """Return the windows whose reader may see *message*."""
        return tuple(session for session in self._open if session.may_see(message))

    def here(self) -> frozenset[str]:
        """Return the ids of who is connected."""
        return frozenset(session.person.id for session in self._open if session.person is not None)
