"""Plain Chat's server, on loopback.

====================================================  ========================================================
``POST /channels/{channel}/messages``                 post ``{"key", "to", "text"}``, get ``{"id"}``
``GET /channels/{channel}/messages?key=…``            get ``{"ids"}`` of that key, newest first
``PATCH /messages/{id}``                              change it to ``{"text"}``, get ``{"id"}``
====================================================  ========================================================

404 is for what is not there, 429 and 503 are as :class:`Trouble` tells.
"""

from collections import Counter
from collections.abc import Callable
from typing import Final

from aiohttp import web

from bot.ports import Clock
from tests.emulators.plainchat.chats import Chat, Message
from tests.emulators.plainchat.fates import Fate, Fates, Odds, Trouble

CLOSE_SECONDS: Final = 2.0
_HOST: Final = "127.0.0.1"


class ChatServer:
    """Serves a chat. *fates* may be replaced while it runs."""

    def __init__(self, chat: Chat, clock: Clock) -> None:
        """Serve *chat* without any trouble until *fates* says otherwise."""
        self._chat = chat
        self._clock = clock
        self._runner: web.AppRunner | None = None
        self.fates = Fates("", Odds())
        self.troubles: Counter[tuple[str, Trouble]] = Counter()
        """How often a kind of request (``post``, ``edit``, ``find``) met a trouble, NONE included."""

        self.unheard: Counter[str] = Counter()
        """How often by kind a request took effect and whoever sent it was gone before the answer."""

        self.found = 0
        """How often a look for a message found it."""

    async def start(self) -> str:
        """Listen on a free port, and return the address."""
        app = web.Application()
        app.router.add_post("/channels/{channel}/messages", self._post)
        app.router.add_get("/channels/{channel}/messages", self._find)
        app.router.add_patch("/messages/{id}", self._edit)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=CLOSE_SECONDS)
        await self._runner.setup()
        await web.TCPSite(self._runner, _HOST, 0).start()
        return f"http://{_HOST}:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Finish what was begun, and close; a second time does nothing."""
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    async def _post(self, request: web.Request) -> web.StreamResponse:
        channel, sender = request.match_info["channel"], request.headers.get("User-Agent", "")
        said = await request.json()
        key, to, text = str(said["key"]), str(said["to"]), str(said["text"])

        def effect() -> web.Response:
            return _answer(self._chat.post(channel, key, to, text, sender))

        return await self._happen(request, "post", f"{channel} {key}", effect)

    async def _edit(self, request: web.Request) -> web.StreamResponse:
        id_, said = request.match_info["id"], await request.json()
        number, text = int(id_) if id_.isdecimal() else 0, str(said["text"])
        return await self._happen(request, "edit", id_, lambda: _answer(self._chat.edit(number, text)))

    async def _find(self, request: web.Request) -> web.StreamResponse:
        channel, key = request.match_info["channel"], request.query.get("key", "")

        def effect() -> web.Response:
            ids = [str(message.id) for message in self._chat.found(channel, key)]
            self.found += bool(ids)
            return web.json_response({"ids": ids})

        return await self._happen(request, "find", f"{channel} {key}", effect)

    async def _happen(
        self, request: web.Request, kind: str, what: str, effect: Callable[[], web.Response]
    ) -> web.StreamResponse:
        """Let *effect* happen, or not, as is drawn for the request."""
        fate = self.fates.draw(f"{kind} {what}")
        await self._clock.sleep(fate.before)
        if fate.trouble in {Trouble.BUSY, Trouble.BROKEN}:
            self.troubles[kind, fate.trouble] += 1
            return _refusal(fate)
        answer = effect()
        await self._clock.sleep(fate.after)
        if request.transport is None or request.transport.is_closing():
            self.unheard[kind] += 1
        else:
            self.troubles[kind, fate.trouble] += 1
            if fate.trouble is Trouble.CUT:
                request.transport.abort()
        return answer


def _answer(message: Message | None) -> web.Response:
    if message is None:
        return web.json_response({"error": "There is no such channel or message."}, status=404)
    return web.json_response({"id": str(message.id)})


def _refusal(fate: Fate) -> web.Response:
    if fate.trouble is Trouble.BUSY:
        return web.json_response(
            {"error": "Too many requests."}, status=429, headers={"Retry-After": str(fate.wait)}
        )
    return web.json_response({"error": "Out of order."}, status=503)
