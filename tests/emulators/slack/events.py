"""Events: what an application is told of what happens, if it subscribes to it and has the scope."""

from collections.abc import Iterator
from typing import Final

from tests.emulators.slack.applications import Application, Installation
from tests.emulators.slack.payloads import message_json
from tests.emulators.slack.refusals import Json
from tests.emulators.slack.residents import Channel, ChannelKind
from tests.emulators.slack.worlds import Happening, World

NEEDED: Final = {
    "app_mention": "app_mentions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "channel_archive": "channels:read",
    "channel_unarchive": "channels:read",
    "channel_deleted": "channels:read",
    "channel_rename": "channels:read",
    "channel_created": "channels:read",
    "channel_left": "channels:read",
    "group_archive": "groups:read",
    "group_unarchive": "groups:read",
    "group_deleted": "groups:read",
    "group_rename": "groups:read",
    "group_left": "groups:read",
}
"""The scope that an event needs; those that are not named need none, or one by the kind of channel."""

_MESSAGES: Final = {
    ChannelKind.PUBLIC: ("message.channels", "channel"),
    ChannelKind.PRIVATE: ("message.groups", "group"),
    ChannelKind.IM: ("message.im", "im"),
}
_JOINS: Final = frozenset({"member_joined_channel", "member_left_channel"})
_EVERYWHERE: Final = frozenset({"channel_created", "channel_rename", "channel_archive", "channel_unarchive"})


def events_of(happening: Happening, installation: Installation) -> Iterator[Json]:
    """Return what the application is told of *happening* in one workspace."""
    app = installation.app
    for name, event in _events(happening, installation):
        if _hears(app, installation, name, happening.channel):
            yield event


def _hears(app: Application, installation: Installation, name: str, channel: Channel | None) -> bool:
    if app.events is not None and name not in app.events:
        return False
    needed = NEEDED.get(name)
    if name in _JOINS and channel is not None:
        needed = "groups:read" if channel.kind is ChannelKind.PRIVATE else "channels:read"
    return needed is None or needed in installation.scopes


def _events(happening: Happening, installation: Installation) -> Iterator[tuple[str, Json]]:
    channel, event, bot = happening.channel, happening.event, installation.bot
    if channel is not None and happening.app is None and event not in _EVERYWHERE:
        left = event == "member_left_channel" and happening.user is bot
        if bot.id not in channel.members or left:
            return
    match event:
        case "message" | "message_changed" | "message_deleted":
            yield from _messages(happening, installation)
        case "reaction_added" | "reaction_removed":
            yield event, _reaction(happening)
        case _:
            yield event, _other(happening)


def _messages(happening: Happening, installation: Installation) -> Iterator[tuple[str, Json]]:
    message, channel = happening.message, happening.channel
    if message is None or channel is None:
        return
    name, kind = _MESSAGES[channel.kind]
    base: Json = {"channel": channel.id, "channel_type": kind}
    said = message_json(message)
    if happening.event == "message":
        yield name, {**said, **base, "event_ts": message.ts}
        called = installation.bot.id in message.pinged.users
        if called and channel.kind is not ChannelKind.IM and message.author is not installation.bot:
            yield "app_mention", {**said, "type": "app_mention", **base, "event_ts": message.ts}
        return
    base |= {"type": "message", "subtype": happening.event, "hidden": True, "ts": happening.at}
    base["event_ts"] = happening.at
    if happening.event == "message_changed":
        yield name, {**base, "message": said, "previous_message": said}
    else:
        yield name, {**base, "deleted_ts": message.ts, "previous_message": said}


def _reaction(happening: Happening) -> Json:
    message, user = happening.message, happening.user
    return {
        "type": happening.event,
        "user": user.id if user else "",
        "reaction": happening.reaction,
        "item": {
            "type": "message",
            "channel": message.channel.id if message else "",
            "ts": message.ts if message else "",
        },
        "item_user": message.author.id if message else "",
        "event_ts": happening.at,
    }


def _other(happening: Happening) -> Json:
    event, channel, user = happening.event, happening.channel, happening.user
    said: Json = {"type": event, "event_ts": happening.at, **(happening.details or {})}
    match event:
        case "tokens_revoked":
            said["tokens"] = {"oauth": [], "bot": [user.id] if user else []}
        case "app_uninstalled":
            pass
        case "channel_created" | "channel_rename" | "group_rename":
            if channel is not None:
                named = {"id": channel.id, "name": channel.name, "created": channel.created}
                said["channel"] = {**named, "creator": channel.creator.id}
        case "member_joined_channel" | "member_left_channel":
            private = channel is not None and channel.kind is ChannelKind.PRIVATE
            said |= {"user": user.id if user else "", "channel_type": "G" if private else "C"}
            said |= {"channel": channel.id if channel else "", "team": happening.team.id}
        case _:
            said["channel"] = channel.id if channel else ""
            said["actor_id" if event.endswith("_left") else "user"] = user.id if user else ""
    return {key: value for key, value in said.items() if value != ""}


def wrapped(world: World, installation: Installation, event: Json) -> Json:
    """Return *event* as it is sent."""
    return {
        "token": installation.app.verification_token,
        "team_id": installation.team.id,
        "context_team_id": installation.team.id,
        "context_enterprise_id": None,
        "api_app_id": installation.app.id,
        "event": event,
        "type": "event_callback",
        "event_id": world.id("Ev"),
        "event_time": int(world.now.seconds()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": installation.team.id,
                "user_id": installation.bot.id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
    }
