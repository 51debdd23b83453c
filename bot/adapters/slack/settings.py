"""Settings: how this app is connected to Slack."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from aiohttp import ClientSession, web

from bot.adapters.slack.workspaces import Workspaces

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Settings:
    """How we are connected.

    With *app_token* over a socket, else by requests signed with *signing_secret*. *bot_token* is that of the
    one workspace; with *installations*, there are as many as have installed us, through *doors* of our own.
    """

    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    api_url: str | None = None
    installations: Callable[[ClientSession], Workspaces] | None = field(default=None, repr=False)
    doors: Sequence[tuple[str, str, Handler]] = ()
