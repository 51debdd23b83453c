"""A running web chat for tests: the real server and real sockets around a desk that tests script."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from aiohttp import ClientSession, ClientTimeout, ClientWebSocketResponse, WSMsgType

from bot.adapters.web import Limits, WebChat
from bot.core import effects as fx
from bot.core.commands import NotUnderstood
from bot.core.ids import EventId
from bot.core.packs import Library
from bot.engine.events import Event, Reply
from bot.ports import Post
from bot.records import Place
from bot.store.memory import MemoryStore
from bot.wording.pictures import Facts
from bot.wording.views import Button, Control, Tone, View

TOKEN = "an-unguessable-token"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PATIENCE = 30.0
Json = dict[str, Any]


class HandClock:
    """A clock that a test moves by hand; waiting takes no time."""

    def __init__(self) -> None:
        """Start at noon."""
        self._now = NOON

    def now(self) -> datetime:
        """Return the time."""
        return self._now

    def move(self, seconds: float) -> None:
        """Let *seconds* pass."""
        self._now += timedelta(seconds=seconds)

    async def sleep(self, seconds: float) -> None:
        """Give way once."""
        assert seconds >= 0
        await asyncio.sleep(0)


Drawer = Callable[[Facts, int], Awaitable[str]]


async def a_drawing(picture: Facts, width: int) -> str:
    """Draw nothing but the title."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}"><title>{picture.title}</title></svg>'


@dataclass
class ScriptedDesk:
    """A desk that keeps what it was handed, answers as it is told to, and knows an event again."""

    answer: Callable[[Event], tuple[fx.Reply, ...]] = lambda _event: ()
    library: Library = field(default_factory=Library)
    events: list[Event] = field(default_factory=list)
    ready: Mapping[str, bool] | Exception = field(default_factory=lambda: {"database": True})
    pictures: list[tuple[Facts, int]] = field(default_factory=list)
    drawer: Drawer = field(default_factory=lambda: a_drawing)
    open: asyncio.Event = field(default_factory=asyncio.Event)
    entered: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        """Let everything through at first."""
        self.open.set()

    async def library_at(self, place: Place, workspace: str) -> Library:
        """Return what the test set, wherever that is."""
        assert (place.platform, workspace) == ("web", "local")
        return self.library

    async def handle(self, event: Event) -> Reply:
        """Keep *event*; what came before is a duplicate, and what is not understood is said so."""
        self.entered.set()
        await self.open.wait()
        if isinstance(event.intent, NotUnderstood):
            return Reply((fx.InputRefused(event.intent.reason, event.intent.said, event.intent.nearest),))
        effects = self.answer(event)
        if event.id in {EventId(known.id) for known in self.events}:
            return Reply(duplicate=True)
        self.events.append(event)
        return Reply(effects)

    async def draw(self, picture: Facts, width: int) -> str:
        """Draw what the test set; a picture that is asked for is remembered."""
        self.pictures.append((picture, width))
        return await self.drawer(picture, width)

    async def readiness(self) -> Mapping[str, bool]:
        """Return what the test set."""
        if isinstance(self.ready, Exception):
            raise self.ready
        return self.ready

    def metrics(self) -> bytes:
        """Return one figure."""
        return b"studyhall_answers_total 3.0\n"


class Window:
    """One open page: sends frames and reads what comes."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        """Speak over *socket*."""
        self.socket = socket
        self.me: Json = {}
        self.welcome: Json = {}
        self.read: list[Json] = []

    async def send(self, **frame: object) -> str:
        """Send *frame*, with a new id unless it has one; return the id."""
        frame.setdefault("id", str(uuid4()))
        await self.socket.send_str(json.dumps(frame))
        return str(frame["id"])

    async def next(self) -> Json:
        """Return the next frame."""
        received = await asyncio.wait_for(self.socket.receive(), PATIENCE)
        assert received.type is WSMsgType.TEXT, received
        frame: Json = json.loads(received.data)
        self.read.append(frame)
        return frame

    async def expect(self, *types: str) -> Json:
        """Return the next frame of one of *types*, passing over all others."""
        while (frame := await self.next())["type"] not in types:
            pass
        return frame

    async def answer(self, id_: str) -> Json:
        """Return the frame that answers what was sent as *id_*."""
        while (frame := await self.expect("ack", "refused", "suggestions"))["id"] != id_:
            pass
        return frame

    async def ask(self, **frame: object) -> Json:
        """Send *frame* and return its answer."""
        return await self.answer(await self.send(**frame))

    async def say(self, text: str, channel: str = "general") -> Json:
        """Say *text* and return the answer."""
        return await self.ask(type="say", channel=channel, text=text)

    async def hello(self, **fields: object) -> Json:
        """Say who this is; return the welcome or the refusal."""
        await self.socket.send_str(json.dumps({"type": "hello", **fields}))
        found = await self.expect("welcome", "refused")
        if found["type"] == "welcome":
            self.welcome, self.me = found, found["me"]
        return found

    async def messages(self, channel: str = "general", before: int | None = None) -> list[Json]:
        """Return a page of *channel* as the server tells it now."""
        await self.quiet()
        await self.send(type="history", channel=channel, before=before)
        found: list[Json] = (await self.expect("history"))["messages"]
        return found

    async def quiet(self) -> None:
        """Read everything that was queued for this window before now."""
        await self.ask(type="complete", text="")

    async def closed(self) -> int | None:
        """Read to the end and return the close code."""
        async with asyncio.timeout(PATIENCE):
            while (await self.socket.receive()).type is WSMsgType.TEXT:
                pass
        return self.socket.close_code

    def seen(self, type_: str) -> list[Json]:
        """Return the frames of *type_* that were read so far."""
        return [frame for frame in self.read if frame["type"] == type_]


@dataclass
class Chat:
    """A served web chat and all that is around it."""

    web: WebChat
    desk: ScriptedDesk
    store: MemoryStore
    clock: HandClock
    client: ClientSession
    address: str
    windows: list[Window] = field(default_factory=list)

    @property
    def base(self) -> str:
        """The address without path and token."""
        return self.address.partition("/?")[0]

    async def window(self, token: str = TOKEN, origin: str | None = None) -> Window:
        """Open a socket as a page of ours would."""
        socket = await self.client.ws_connect(
            f"{self.base}/socket", params={"token": token}, origin=origin or self.base
        )
        self.windows.append(Window(socket))
        return self.windows[-1]

    async def join(self, name: str) -> Window:
        """Open a window and join as somebody new."""
        window = await self.window()
        await window.hello(name=name)
        assert window.me.get("name"), window.read
        await window.quiet()
        return window

    async def back(self, window: Window, **seen: int) -> Window:
        """Open another window for who was in *window*."""
        again = await self.window()
        await again.hello(person=window.me["id"], secret=window.me["secret"], seen=seen)
        return again

    async def post(self, view: View, *, key: str = "", channel: str = "general", to: str = "") -> int:
        """Post *view* as the delivery does; return the message's number."""
        post = Post(key or str(uuid4()), Place("web", channel), to, view)
        return int(await self.web.post(post))


@asynccontextmanager
async def serving(
    folder: Path,
    *,
    store: MemoryStore | None = None,
    limits: Limits | None = None,
    host: str = "127.0.0.1",
    names: tuple[str, ...] = (),
) -> AsyncIterator[Chat]:
    """Serve a web chat with the page in *folder*, on a free port, until left."""
    desk, clock, kept = ScriptedDesk(), HandClock(), store or MemoryStore()
    chat = WebChat(
        desk, kept, clock, host=host, port=0, token=TOKEN, page=a_page(folder), names=names, limits=limits
    )
    address = await chat.start()
    async with ClientSession(timeout=ClientTimeout(total=PATIENCE)) as client:
        served = Chat(chat, desk, kept, clock, client, address)
        try:
            yield served
        finally:
            desk.open.set()
            await asyncio.gather(chat.stop(), *(window.socket.close() for window in served.windows))


def a_page(folder: Path) -> Path:
    """Return *folder* with the files of a small page in it."""
    (folder / "parts").mkdir(exist_ok=True)
    (folder / "index.html").write_text("<!doctype html><title>Study Hall</title>")
    (folder / "app.js").write_text("export {};")
    (folder / "parts" / "style.css").write_text("body { margin: 0 }")
    (folder / "icon.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (folder / "notes.txt").write_text("not part of the page")
    return folder


def a_view(*controls: Control, title: str = "Question 1 of 5") -> View:
    """Return a small view with *controls*."""
    return View(Tone.QUESTION, title, f"{title}, said aloud.", (), controls)


def a_button(action: str) -> Button:
    """Return a button that sends *action*."""
    return Button(action, "Join")
