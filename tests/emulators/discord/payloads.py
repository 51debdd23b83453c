"""The world as JSON, in the shapes that Discord's documentation gives."""

from collections.abc import Sequence
from copy import deepcopy
from datetime import datetime
from typing import Final

from tests.emulators.discord.permissions import Permission
from tests.emulators.discord.refusals import Json
from tests.emulators.discord.residents import (
    Application,
    Attachment,
    Channel,
    ChannelType,
    Guild,
    Member,
    Message,
    Role,
    User,
    parts_of,
)

UPLOADED: Final = "attachment://"
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_FLAGS: Final = 1 << 23
"""An application with commands."""


def user_json(user: User) -> Json:
    """Return a user."""
    return {
        "id": str(user.id),
        "username": user.name,
        "discriminator": "0",
        "global_name": None if user.bot else user.name,
        "avatar": None,
        "bot": user.bot,
        "public_flags": 0,
    }


def bot_json(user: User) -> Json:
    """Return a bot as it sees itself."""
    return {**user_json(user), "verified": True, "mfa_enabled": False, "flags": 0, "email": None}


def application_json(app: Application, *, owner: User | None = None) -> Json:
    """Return an application as it sees itself."""
    return {
        "id": str(app.id),
        "name": app.name,
        "icon": None,
        "description": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": _FLAGS | _intent_flags(app.intents),
        "owner": user_json(owner or app.user),
        "team": None,
        "bot": user_json(app.user),
        "integration_types_config": {"0": {}},
        "interactions_endpoint_url": app.interactions_endpoint_url,
    }


def member_json(member: Member, *, with_user: bool = True, channel: Channel | None = None) -> Json:
    """Return a member; with a *channel* also what they may do there."""
    said: Json = {
        "roles": [str(role.id) for role in member.roles],
        "nick": member.nick,
        "avatar": None,
        "joined_at": _time(member.joined_at),
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
    }
    if with_user:
        said["user"] = user_json(member.user)
    if channel is not None:
        said["permissions"] = str(int(channel.permissions_of(member.user)))
    return said


def role_json(role: Role) -> Json:
    """Return a role."""
    return {
        "id": str(role.id),
        "name": role.name,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "icon": None,
        "position": role.position,
        "permissions": str(int(role.permissions)),
        "managed": False,
        "mentionable": role.mentionable,
        "flags": 0,
    }


def channel_json(channel: Channel) -> Json:
    """Return a channel, a thread, or a direct message."""
    if channel.guild is None:
        return {
            "id": str(channel.id),
            "type": channel.type.value,
            "last_message_id": _last(channel),
            "recipients": [user_json(user) for user in channel.recipients if not user.bot],
            "flags": 0,
        }
    said: Json = {
        "id": str(channel.id),
        "type": channel.type.value,
        "guild_id": str(channel.guild.id),
        "name": channel.name,
        "parent_id": None if channel.parent is None else str(channel.parent.id),
        "last_message_id": _last(channel),
        "rate_limit_per_user": 0,
        "flags": 0,
    }
    return {**said, **(_thread_json(channel) if channel.is_thread else _place_json(channel))}


def _place_json(channel: Channel) -> Json:
    said: Json = {
        "position": channel.position,
        "permission_overwrites": _overwrites(channel),
        "topic": None,
        "nsfw": False,
    }
    if channel.type is ChannelType.FORUM:
        said |= {"available_tags": [], "default_reaction_emoji": None, "default_sort_order": None}
        said |= {"default_forum_layout": 0}
    return said


def _thread_json(thread: Channel) -> Json:
    owner = thread.owner.id if thread.owner else 0
    return {
        "owner_id": str(owner),
        "message_count": len(thread.messages),
        "member_count": 1,
        "total_message_sent": len(thread.messages),
        "thread_metadata": {
            "archived": thread.archived,
            "auto_archive_duration": 1440,
            "archive_timestamp": "2024-01-01T00:00:00+00:00",
            "locked": thread.locked,
            "create_timestamp": "2024-01-01T00:00:00+00:00",
        },
    }


def _overwrites(channel: Channel) -> list[Json]:
    roles = channel.guild.roles if channel.guild else {}
    return [
        {
            "id": str(id_),
            "type": 0 if id_ in roles else 1,
            "allow": str(int(overwrite.allow)),
            "deny": str(int(overwrite.deny)),
        }
        for id_, overwrite in channel.overwrites.items()
    ]


def guild_json(guild: Guild) -> Json:
    """Return a guild, as a request for it is answered."""
    return {
        "id": str(guild.id),
        "name": guild.name,
        "icon": None,
        "owner_id": str(guild.owner.id),
        "roles": [role_json(role) for role in guild.roles.values()],
        "emojis": [],
        "stickers": [],
        "features": [],
        "afk_channel_id": None,
        "afk_timeout": 300,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "preferred_locale": guild.locale,
        "description": None,
    }


def guild_create_json(guild: Guild, app: Application, *, members: bool) -> Json:
    """Return a guild as a bot gets to know it; without the *members* intent it sees itself alone."""
    mine = guild.members[app.user.id]
    seen = [
        channel
        for channel in guild.channels.values()
        if not channel.is_thread or Permission.VIEW_CHANNEL in channel.permissions_of(app.user)
    ]
    return guild_json(guild) | {
        "joined_at": _time(mine.joined_at),
        "large": False,
        "unavailable": False,
        "member_count": len(guild.members),
        "members": [member_json(one) for one in (guild.members.values() if members else (mine,))],
        "channels": [channel_json(channel) for channel in seen if not channel.is_thread],
        "threads": [channel_json(thread) for thread in seen if thread.is_thread and not thread.archived],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def message_json(message: Message, reader: User | None = None, *, nonce: bool = False) -> Json:
    """Return a message as *reader* sees its reactions; its *nonce* is told when it is posted, never later."""
    said: Json = {
        "id": str(message.id),
        "channel_id": str(message.channel.id),
        "author": user_json(message.author),
        "type": message.type,
        "content": message.content,
        "timestamp": _time(message.at),
        "edited_timestamp": None if message.edited_at is None else _time(message.edited_at),
        "tts": False,
        "mention_everyone": message.pinged.everyone,
        "mentions": [user_json(user) for user in message.mentions],
        "mention_roles": [str(id_) for id_ in message.pinged.roles],
        "attachments": [attachment_json(message, file) for file in message.attachments],
        "embeds": message.embeds,
        "components": _components(message),
        "pinned": False,
        "flags": message.flags,
    }
    if message.reactions:
        said["reactions"] = [_reaction(emoji, users, reader) for emoji, users in message.reactions.items()]
    if nonce and message.nonce is not None:
        said["nonce"] = message.nonce
    return said | _origin(message)


def _origin(message: Message) -> Json:
    """Return what a message answers, and what posted it."""
    said: Json = {}
    if message.application is not None:
        said["application_id"] = str(message.application.id)
    if message.webhook and message.application is not None:
        said["webhook_id"] = str(message.application.id)
    if message.interaction is not None:
        said["interaction_metadata"] = message.interaction
    if message.reference is not None:
        said["message_reference"] = {
            "type": 0,
            "message_id": str(message.reference.id),
            "channel_id": str(message.reference.channel.id),
        }
        said["referenced_message"] = None if message.reference.deleted else _bare(message.reference)
    return said


def _bare(message: Message) -> Json:
    said = message_json(message)
    said.pop("referenced_message", None)
    return said


def attachment_json(message: Message, file: Attachment) -> Json:
    """Return a file of a message."""
    said: Json = {
        "id": str(file.id),
        "filename": file.filename,
        "size": len(file.data),
        "url": _address(message, file),
        "proxy_url": _address(message, file),
        "content_type": "image/png" if file.data.startswith(_PNG) else "application/octet-stream",
    }
    return {**said, "description": file.description} if file.description else said


def _components(message: Message) -> list[Json]:
    """Return the components, with real addresses for what was uploaded; nobody may change them."""
    if message.rendered is None:
        message.rendered = _rendered(message)
    return message.rendered


def _rendered(message: Message) -> list[Json]:
    components = deepcopy(message.components)
    for part in parts_of(components):
        media = [part.get("media"), part.get("file"), *(item["media"] for item in part.get("items") or ())]
        for one in media:
            if one:
                one.update(_media(message, one["url"]))
    return components


def _media(message: Message, url: str) -> Json:
    name = url.removeprefix(UPLOADED)
    newest = reversed(message.attachments)
    file = next((file for file in newest if file.filename == name), None)
    if not url.startswith(UPLOADED) or file is None:
        return {"url": url, "proxy_url": url, "placeholder": "", "loading_state": 2}
    address = _address(message, file)
    return {
        "url": address,
        "proxy_url": address,
        "placeholder": "",
        "loading_state": 2,
        "attachment_id": str(file.id),
        "content_type": "image/png" if file.data.startswith(_PNG) else "application/octet-stream",
    }


def emoji_json(emoji: str) -> Json:
    """Return an emoji: a character, or one of a guild's own as ``name:id``."""
    name, _, id_ = emoji.partition(":")
    return {"id": id_ or None, "name": name}


def _reaction(emoji: str, users: Sequence[User], reader: User | None) -> Json:
    return {
        "emoji": emoji_json(emoji),
        "count": len(users),
        "count_details": {"burst": 0, "normal": len(users)},
        "me": reader in users,
        "me_burst": False,
        "burst_colors": [],
    }


def _address(message: Message, file: Attachment) -> str:
    return f"https://cdn.discordapp.com/attachments/{message.channel.id}/{file.id}/{file.filename}"


def _last(channel: Channel) -> str | None:
    return None if channel.last is None else str(channel.last)


def _intent_flags(intents: int) -> int:
    """Return the flags that tell which privileged intents an application has."""
    of = {1 << 8: 1 << 12, 1 << 1: 1 << 14, 1 << 15: 1 << 18}
    return sum(flag for intent, flag in of.items() if intents & intent)


def _time(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")
