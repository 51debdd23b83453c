"""The Web API: which part of it answers what, and to whom."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.emulators.slack.api_chat import Chat
from tests.emulators.slack.api_conversations import Conversations
from tests.emulators.slack.api_files import Files
from tests.emulators.slack.api_teams import Teams
from tests.emulators.slack.api_views import Views
from tests.emulators.slack.applications import Application, Token
from tests.emulators.slack.calls import Call, Handler
from tests.emulators.slack.fates import Fates
from tests.emulators.slack.interactions import Desk
from tests.emulators.slack.refusals import Json, RefusedError
from tests.emulators.slack.windows import Windows
from tests.emulators.slack.worlds import World


class Api:
    """Answers calls. A token is taken from the header, or from the arguments."""

    def __init__(
        self,
        world: World,
        fates: Fates,
        desk: Desk,
        windows: Windows,
        connect: Callable[[Application], str],
    ) -> None:
        self._world = world
        self.chat = Chat(world, fates)
        self.files = Files(world)
        self.teams = Teams(world, connect)
        conversations, views = Conversations(world), Views(world, desk, windows)
        parts = (self.chat, self.files, self.teams, conversations, views)
        self._methods: dict[str, Handler] = {}
        for part in parts:
            self._methods |= part.methods

    def read(
        self, method: str, args: Mapping[str, Any], token: str, basic: tuple[str, str] | None = None
    ) -> Call:
        """Return a call; raises RefusedError for a method there is not, and a token that opens nothing."""
        if method in self.teams.open_to_all:
            return Call(method, args, basic=basic)
        if method not in self._methods:
            raise RefusedError("unknown_method", more={"req_method": method})
        value = token or str(args.get("token") or "")
        if not value:
            raise RefusedError("not_authed")
        return Call(method, args, self._world.register.find(value), basic)

    def answer(self, call: Call) -> Json:
        """Return the answer to *call*; raises RefusedError."""
        handler = self.teams.open_to_all.get(call.method) or self._methods[call.method]
        return {"ok": True, **handler(call)}

    def known(self, value: str) -> Token | None:
        """Return the token of that value, whether it is good or not."""
        return self._world.register.tokens.get(value)
