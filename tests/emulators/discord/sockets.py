"""Sessions, which keep events for a client that comes back, and the sockets that carry them."""

import asyncio
import json
import zlib
from collections import deque
from dataclasses import dataclass, field
from typing import Final

from aiohttp import web

from tests.emulators.discord.residents import Application, Guild

MOST_KEPT: Final = 20_000
"""How many events a session keeps for a client that comes back."""

_LARGE: Final = 8_192
"""Above which a single frame is compressed for a client that asked for that."""


@dataclass(slots=True, eq=False)
class Session:
    """What a client identified for. *shard* is (which, of how many)."""

    id: str
    app: Application
    intents: int
    shard: tuple[int, int]
    number: int = 0
    kept: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=MOST_KEPT), repr=False)
    socket: "Socket | None" = field(default=None, repr=False)
    dropped_at: float | None = None

    def hears_of(self, guild: Guild | None) -> bool:
        """Tell whether *guild* is of this session's shard; direct messages are of the first."""
        which, of = self.shard
        return which == (0 if guild is None else (guild.id >> 22) % of)

    def after(self, number: int) -> list[str] | None:
        """Return the frames after event *number*; None when some are no longer kept."""
        if number > self.number or (self.kept and number < self.kept[0][0] - 1):
            return None
        return [frame for one, frame in self.kept if one > number]


class Socket:
    """One client's connection; frames leave in the order in which they are sent."""

    def __init__(self, ws: web.WebSocketResponse, transport: asyncio.Transport | None, compress: str) -> None:
        self.ws = ws
        self.session: Session | None = None
        self.heartbeats = 0
        self.closing = False
        self.sent: deque[float] = deque()
        self.each_compressed = False
        self._transport = transport
        self._deflate = zlib.compressobj(level=1) if compress == "zlib-stream" else None
        self._frames: asyncio.Queue[str | int] = asyncio.Queue()

    def send(self, frame: str) -> None:
        """Send *frame* when those before it are sent."""
        self._frames.put_nowait(frame)

    def tell(self, op: int, data: object) -> None:
        """Send what is no event."""
        self.send(json.dumps({"op": op, "d": data, "s": None, "t": None}))

    def close(self, code: int) -> None:
        """Close with *code* when all frames before are sent."""
        self._frames.put_nowait(code)

    def drop(self) -> None:
        """Break the connection at once, without a word."""
        if self._transport is not None:
            self._transport.abort()

    async def write(self) -> None:
        """Send frames until the socket is closed."""
        while not self.ws.closed:
            frame = await self._frames.get()
            if isinstance(frame, int):
                self.closing = True
                await self.ws.close(code=frame)
                return
            try:
                await self._write(frame)
            except ConnectionError:
                return

    async def _write(self, frame: str) -> None:
        if self._deflate is not None:
            data = self._deflate.compress(frame.encode()) + self._deflate.flush(zlib.Z_SYNC_FLUSH)
            await self.ws.send_bytes(data)
        elif self.each_compressed and len(frame) > _LARGE:
            await self.ws.send_bytes(zlib.compress(frame.encode()))
        else:
            await self.ws.send_str(frame)
