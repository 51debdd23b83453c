"""What happens, as gateway events: who hears of it by their intents, and with what in it."""

from typing import Final

from tests.emulators.discord.payloads import (
    channel_json,
    emoji_json,
    guild_create_json,
    member_json,
    message_json,
    role_json,
)
from tests.emulators.discord.permissions import Permission
from tests.emulators.discord.refusals import Json
from tests.emulators.discord.residents import Application, Message, User
from tests.emulators.discord.worlds import Happening

GUILDS: Final = 1 << 0
MEMBERS: Final = 1 << 1
GUILD_MESSAGES: Final = 1 << 9
GUILD_REACTIONS: Final = 1 << 10
DIRECT_MESSAGES: Final = 1 << 12
DIRECT_REACTIONS: Final = 1 << 13
MESSAGE_CONTENT: Final = 1 << 15
KNOWN_INTENTS: Final = (1 << 26) - 1

_REDACTED: Final[Json] = {"content": "", "embeds": [], "attachments": [], "components": []}


def needed_intent(happening: Happening) -> int:
    """Return the intent that lets a session hear of *happening*; 0 for what all hear of."""
    direct = happening.guild is None
    if happening.event.startswith("MESSAGE_REACTION"):
        return DIRECT_REACTIONS if direct else GUILD_REACTIONS
    if happening.event.startswith("MESSAGE"):
        return DIRECT_MESSAGES if direct else GUILD_MESSAGES
    return GUILDS


def is_told(app: Application, happening: Happening) -> bool:
    """Tell whether *app* is where *happening* can be seen."""
    if happening.application is not None:
        return happening.application is app
    channel, guild = happening.channel, happening.guild
    if guild is not None and app.user.id not in guild.members:
        return False
    if channel is None or happening.event in {"CHANNEL_UPDATE", "CHANNEL_DELETE", "CHANNEL_CREATE"}:
        return True
    return Permission.VIEW_CHANNEL in channel.permissions_of(app.user)


def event_json(happening: Happening, app: Application, intents: int) -> Json:
    """Return the data of the event, as *app* may see it."""
    event = happening.event
    if event.startswith("MESSAGE_REACTION"):
        return _reaction(happening)
    if event == "MESSAGE_DELETE":
        return _deleted(happening)
    if event.startswith("MESSAGE"):
        return _message(happening, app, intents)
    if event == "GUILD_CREATE" and happening.guild:
        return guild_create_json(happening.guild, app, members=bool(intents & MEMBERS))
    if event == "GUILD_DELETE" and happening.guild:
        gone: Json = {"id": str(happening.guild.id)}
        return {**gone, "unavailable": True} if happening.outage else gone
    if happening.role is not None and happening.guild:
        return {"guild_id": str(happening.guild.id), "role": role_json(happening.role)}
    return _channel(happening)


def _channel(happening: Happening) -> Json:
    if happening.channel is None:
        message = f"{happening.event} is about nothing."
        raise ValueError(message)
    said = channel_json(happening.channel)
    return {**said, "newly_created": True} if happening.event == "THREAD_CREATE" else said


def _deleted(happening: Happening) -> Json:
    message = _about(happening)
    return {"id": str(message.id), "channel_id": str(message.channel.id), **_guild_id(happening)}


def _message(happening: Happening, app: Application, intents: int) -> Json:
    message = _about(happening)
    said = message_json(message, app.user, nonce=happening.event == "MESSAGE_CREATE")
    said |= _guild_id(happening)
    member = happening.guild.members.get(message.author.id) if happening.guild else None
    if member is not None:
        said["member"] = member_json(member, with_user=False)
    return said if _readable(message, app, intents) else said | _REDACTED


def _readable(message: Message, app: Application, intents: int) -> bool:
    """Tell whether the text of a message is told: one's own, direct ones, and those that name the bot."""
    return bool(
        intents & MESSAGE_CONTENT
        or message.channel.guild is None
        or message.author is app.user
        or app.user in message.mentions
    )


def _reaction(happening: Happening) -> Json:
    message, user = _about(happening), happening.user
    if user is None:
        raise ValueError("A reaction is somebody's.")
    said: Json = {
        "user_id": str(user.id),
        "channel_id": str(message.channel.id),
        "message_id": str(message.id),
        "emoji": emoji_json(happening.emoji),
        "burst": False,
        "type": 0,
        **_guild_id(happening),
    }
    if happening.event == "MESSAGE_REACTION_ADD":
        said["message_author_id"] = str(message.author.id)
        said |= _reacting_member(happening, user)
    return said


def _reacting_member(happening: Happening, user: User) -> Json:
    member = happening.guild.members.get(user.id) if happening.guild else None
    return {} if member is None else {"member": member_json(member)}


def _about(happening: Happening) -> Message:
    if happening.message is None:
        error = f"{happening.event} is about no message."
        raise ValueError(error)
    return happening.message


def _guild_id(happening: Happening) -> Json:
    return {} if happening.guild is None else {"guild_id": str(happening.guild.id)}
