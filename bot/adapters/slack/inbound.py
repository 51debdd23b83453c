"""Inbound: what came from Slack, parsed and nothing more.

What Slack sends is a dictionary of its making, over a socket or in a signed request; past this module there
are only our words. Each kind of it carries an id that is the same at every delivery.
"""

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Final

from bot.adapters.slack.addresses import PLATFORM, account_of, place_of, ref_of
from bot.core.ids import EventId
from bot.engine.events import is_private, private_place
from bot.records import Account, Place
from bot.wording.menu import ROOT

Payload = Mapping[str, Any]
"""A part of what Slack sent."""

EXPLAIN: Final = "explain"
FLAG: Final = "flag"
"""The callback ids of our message shortcuts."""

NO_ID: Final = EventId("")
"""The id of what only looks; such a thing may come as often as it likes."""

_NONE: Final[Payload] = {}
_SAID: Final = frozenset({None, "", "file_share"})
"""The subtypes of a message that somebody wrote, with files or without."""

_CALLED: Final = re.compile(r"\s*<@[A-Z0-9]+(?:\|[^>]*)?>[\s:,]*")
_COMMAND: Final = re.compile(rf"\A/?{ROOT.strip('/')}(?!\S)", re.IGNORECASE)
"""Our own name in a line for us, which some type after a mention."""

_LINK: Final = re.compile(r"<(?:https?|mailto)[^|>]*\|([^>]*)>|<((?:https?|mailto)[^|>]*)>")
_QUOTES: Final = str.maketrans({"“": '"', "”": '"', "„": '"', "\N{NO-BREAK SPACE}": " "})
"""What Slack's own editor makes of what is typed."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A line for us: a slash command, a mention of us, or a direct message; *files* were shared with it."""

    line: str
    files: tuple[Payload, ...] = ()


@dataclass(frozen=True, slots=True)
class OnMessage:
    """A shortcut *name* from the menu of a *message*."""

    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Pressed:
    """A control was used: *action* is Slack's part that tells which, and what was chosen."""

    action: Payload


@dataclass(frozen=True, slots=True)
class Submitted:
    """A form was sent: *values* as Slack nests them."""

    action: str
    values: Payload


@dataclass(frozen=True, slots=True)
class Suggesting:
    """Options are asked for while *typed* is in a menu."""

    action: str
    typed: str


@dataclass(frozen=True, slots=True)
class Reacted:
    """A reaction was put below *message*, or taken away when it is not *on*."""

    emoji: str
    message: str
    on: bool


@dataclass(frozen=True, slots=True)
class HomeOpened:
    """Somebody looks at our home tab."""


@dataclass(frozen=True, slots=True)
class Removed:
    """A workspace has put us out; when only tokens were revoked, *bot* says whether ours is among them."""

    bot: bool = True


Doing = Typed | OnMessage | Pressed | Submitted | Suggesting | Reacted | HomeOpened | Removed


@dataclass(frozen=True)
class Asked:
    """Something that arrived: Slack's *body*, and when it came here."""

    body: Payload
    arrived: datetime

    @cached_property
    def type(self) -> str:
        """Which kind of body it is; a slash command has none of its own."""
        return "slash_command" if "command" in self.body else str(self.body.get("type", ""))

    @cached_property
    def event(self) -> Payload:
        """The event that the body wraps, empty when it wraps none."""
        return _part(self.body, "event")

    @cached_property
    def team(self) -> str:
        """The workspace that we are installed in."""
        view = _part(self.body, "view")
        installed = view.get("app_installed_team_id") or self.body.get("team_id")
        return str(installed or _part(self.body, "team").get("id") or "")

    @cached_property
    def user(self) -> str:
        """Slack's id of who did it."""
        of_event = self.event.get("user")
        return str(of_event or self.body.get("user_id") or _part(self.body, "user").get("id") or "")

    @cached_property
    def account(self) -> Account:
        """Who did it. In a channel that is shared between workspaces they may be at home in another one."""
        at_home = self.event.get("user_team") or _part(self.body, "user").get("team_id")
        return account_of(str(at_home or self.team), self.user)

    @cached_property
    def handle(self) -> str:
        """What Slack calls its sender in passing: not the name that others see."""
        user = _part(self.body, "user")
        return str(self.body.get("user_name") or user.get("username") or user.get("name") or "")

    @cached_property
    def channel(self) -> str:
        """The channel, "" where there is none."""
        event = self.event
        found = event.get("channel") or _part(event, "item").get("channel") or self.body.get("channel_id")
        inside = _part(self.body, "channel").get("id") or _part(self.body, "container").get("channel_id")
        return str(found or inside or "")

    @cached_property
    def thread(self) -> str:
        """The thread's first message, "" outside of threads; that message itself stands in the channel."""
        said = self.event or _part(self.body, "container") or _NONE
        thread = said.get("thread_ts") or _part(self.body, "message").get("thread_ts")
        own = said.get("ts") or said.get("message_ts") or _part(self.body, "message").get("ts")
        return str(thread) if thread and thread != own else ""

    @cached_property
    def place(self) -> Place:
        """Where it happened. A form knows where it was opened; the home tab is its reader's own."""
        if self.kept.get("place"):
            return Place(PLATFORM, str(self.kept["place"]))
        if self.body.get("channel_name") == "directmessage" or self.event.get("channel_type") == "im":
            return private_place(self.account)
        return place_of(self.account, self.team, self.channel, self.thread)

    @cached_property
    def kept(self) -> Payload:
        """What a form was opened with; nothing when it is of another workspace or another person."""
        found = _json(_part(self.body, "view").get("private_metadata"))
        place = str(found.get("place", ""))
        own = private_place(self.account).id
        known = place == own or (not place.startswith("@") and place.startswith(f"{self.team}/"))
        return found if known else _NONE

    @property
    def private(self) -> bool:
        """Whether it happened where its sender is alone with us."""
        return is_private(self.place)

    @cached_property
    def id(self) -> EventId:
        """The id of the event, the same at every delivery, "" when it has none."""
        found = self.body.get("event_id") or self.body.get("trigger_id")
        return EventId(f"{PLATFORM}:{found}") if found else NO_ID

    @property
    def trigger(self) -> str:
        """What a form can be opened with, for three seconds."""
        return str(self.body.get("trigger_id", ""))

    @property
    def response_url(self) -> str:
        """Where an answer can be sent, "" for nowhere."""
        return str(self.body.get("response_url") or "")

    @property
    def in_view(self) -> str:
        """The kind of view that a control stands in: ``modal``, ``home``, or "" for a message."""
        is_view = _part(self.body, "container").get("type") == "view"
        return str(_part(self.body, "view").get("type", "modal")) if is_view else ""

    @property
    def view(self) -> str:
        """Slack's id of the view that a control stands in."""
        return str(_part(self.body, "view").get("id", ""))

    @property
    def remembered(self) -> str:
        """What a form, or a window with buttons, has to remember: where it was opened."""
        return json.dumps({"place": self.place.id})

    @property
    def on_own_message(self) -> bool:
        """Whether a control stands in a message that its reader alone sees, or in a window of theirs."""
        return bool(_part(self.body, "container").get("is_ephemeral")) or self.in_view == "modal"

    @cached_property
    def at(self) -> datetime:
        """When it happened by Slack's clock, where it tells; else when it arrived."""
        actions = self.body.get("actions")
        first = actions[0] if isinstance(actions, list) and actions else _NONE
        said = (first if isinstance(first, dict) else _NONE).get("action_ts") or self.event.get("event_ts")
        return _moment(said) or self.arrived


def doing_of(asked: Asked) -> Doing | None:
    """Return what *asked* is about; None when it is nothing of ours."""
    body = asked.body
    match asked.type:
        case "slash_command":
            return Typed(_line(str(body.get("text") or "")))
        case "block_actions":
            return _pressed(body)
        case "view_submission":
            view = _part(body, "view")
            return Submitted(str(view.get("callback_id", "")), _part(_part(view, "state"), "values"))
        case "block_suggestion":
            return Suggesting(str(body.get("action_id", "")), str(body.get("value", "")))
        case "message_action":
            message = _part(body, "message")
            return OnMessage(str(body.get("callback_id", "")), ref_of(asked.channel, str(message.get("ts"))))
        case "event_callback":
            return _event(asked)
        case _:
            return None


def texts_in(values: Payload) -> list[str]:
    """Return what was typed in the fields of a form, in their order."""
    blocks = [block for block in values.values() if isinstance(block, dict)]
    return [str(_part(block, name).get("value") or "") for block in blocks for name in block]


def _event(asked: Asked) -> Doing | None:
    event = asked.event
    match event.get("type"):
        case "app_mention":
            return _said(event)
        case "message" if event.get("channel_type") == "im" and event.get("subtype") in _SAID:
            return _said(event)
        case "reaction_added" | "reaction_removed" as type_:
            item = _part(event, "item")
            message = ref_of(str(item.get("channel")), str(item.get("ts")))
            return Reacted(str(event.get("reaction", "")), message, on=type_ == "reaction_added")
        case "app_home_opened" if event.get("tab", "home") == "home":
            return HomeOpened()
        case "app_uninstalled":
            return Removed()
        case "tokens_revoked":
            return Removed(bot=bool(_part(event, "tokens").get("bot")))
        case _:
            return None


def _said(event: Payload) -> Typed | None:
    """Return what somebody said to us, with the files that they shared."""
    if _is_ours(event):
        return None
    files = event.get("files")
    shared = tuple(one for one in files if isinstance(one, dict)) if isinstance(files, list) else ()
    return Typed(_line(_CALLED.sub("", _text(event), count=1)), shared)


def _pressed(body: Payload) -> Pressed | None:
    actions = body.get("actions")
    first = actions[0] if isinstance(actions, list) and actions else None
    return Pressed(first) if isinstance(first, dict) else None


def _line(text: str) -> str:
    """Return what was typed as it was meant: Slack escapes three characters and makes links of addresses."""
    plain = _LINK.sub(lambda found: found[1] or found[2], text.translate(_QUOTES))
    said = html.unescape(plain).strip()
    return f"{ROOT} {_COMMAND.sub('', said).strip()}".strip()


def _text(event: Payload) -> str:
    return str(event.get("text") or "")


def _is_ours(event: Payload) -> bool:
    """Tell whether a bot wrote it, as we are one: nobody should ever answer himself."""
    return bool(event.get("bot_id"))


def _part(of: Payload, name: str) -> Payload:
    found = of.get(name)
    return found if isinstance(found, dict) else _NONE


def _json(text: object) -> Payload:
    try:
        found = json.loads(str(text or "{}"))
    except (ValueError, RecursionError):
        return _NONE
    return found if isinstance(found, dict) else _NONE


def _moment(said: object) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(str(said)), UTC)
    except (ValueError, OverflowError, OSError):
        return None
