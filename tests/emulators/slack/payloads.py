"""People, channels, messages and views as Slack writes them."""

from tests.emulators.slack.applications import Application, Installation
from tests.emulators.slack.refusals import Json
from tests.emulators.slack.residents import (
    Channel,
    ChannelKind,
    File,
    Message,
    Team,
    User,
    Usergroup,
    View,
)

_NAMES = {ChannelKind.IM: "directmessage", ChannelKind.PRIVATE: "privategroup"}


def user_json(user: User) -> Json:
    """Return somebody as users.info tells."""
    return {
        "id": user.id,
        "team_id": user.team.id,
        "name": user.name,
        "deleted": user.deleted,
        "real_name": user.real_name,
        "tz": user.zone,
        "tz_offset": 0,
        "locale": user.locale,
        "profile": {
            "real_name": user.real_name,
            "real_name_normalized": user.real_name,
            "display_name": user.display_name,
            "display_name_normalized": user.display_name,
            "team": user.team.id,
            **({"bot_id": user.bot_id, "api_app_id": user.app.id} if user.app else {}),
        },
        "is_admin": user.admin,
        "is_owner": user.owner,
        "is_primary_owner": user.owner,
        "is_restricted": user.restricted,
        "is_ultra_restricted": False,
        "is_bot": user.bot,
        "is_app_user": False,
        "updated": 0,
    }


def bot_json(installation: Installation) -> Json:
    """Return a bot as bots.info tells, and as messages carry it."""
    return {
        "id": installation.bot.bot_id,
        "app_id": installation.app.id,
        "user_id": installation.bot.id,
        "team_id": installation.team.id,
        "name": installation.app.name,
        "deleted": not installation.active,
        "updated": 0,
        "icons": {},
    }


def team_json(team: Team) -> Json:
    """Return a workspace as team.info tells."""
    return {
        "id": team.id,
        "name": team.name,
        "url": f"https://{team.domain}.slack.com/",
        "domain": team.domain,
        "email_domain": "",
        "icon": {"image_default": True},
        "enterprise_id": None,
    }


def usergroup_json(group: Usergroup, *, users: bool) -> Json:
    """Return a group of people."""
    ids = [user.id for user in group.users]
    said: Json = {"id": group.id, "team_id": group.team.id, "is_usergroup": True, "name": group.handle}
    said |= {"handle": group.handle, "date_delete": 0, "user_count": len(ids)}
    return said | ({"users": ids} if users else {})


def channel_json(channel: Channel, whose: User) -> Json:
    """Return a conversation as *whose* bot is told of it."""
    if channel.kind is ChannelKind.IM:
        peer = channel.peer(whose)
        return {
            "id": channel.id,
            "created": channel.created,
            "is_archived": False,
            "is_im": True,
            "is_org_shared": False,
            "context_team_id": channel.team.id,
            "user": peer.id if peer else "",
            "is_user_deleted": bool(peer and peer.deleted),
        }
    private = channel.kind is ChannelKind.PRIVATE
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not private,
        "is_group": private,
        "is_im": False,
        "is_mpim": False,
        "is_private": private,
        "is_archived": channel.archived,
        "is_general": False,
        "is_member": whose.id in channel.members,
        "created": channel.created,
        "creator": channel.creator.id,
        "context_team_id": channel.team.id,
        "num_members": len(channel.members),
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }


def named(channel: Channel) -> Json:
    """Return a channel as interactions name it."""
    return {"id": channel.id, "name": _NAMES.get(channel.kind, channel.name)}


def file_json(file: File) -> Json:
    """Return a file."""
    return {
        "id": file.id,
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": "image/png" if file.name.endswith(".png") else "application/octet-stream",
        "filetype": file.name.rpartition(".")[2],
        "size": file.size,
        "user": file.user.id if file.user else "",
        "mode": "hosted",
        "alt_txt": file.alt_text,
        "is_public": False,
        "channels": [channel.id for channel in file.channels],
        **({"url_private_download": file.url} if file.url else {}),
        "url_private": f"https://files.slack.com/files-pri/{file.team.id}-{file.id}/{file.name}",
        "permalink": f"https://{file.team.domain}.slack.com/files/{file.id}/{file.name}",
    }


def message_json(message: Message, *, metadata: bool = False) -> Json:
    """Return a message, with its metadata if that was asked for."""
    if message.rendered is None:
        message.rendered = _rendered(message)
    said = message.rendered
    if message.metadata is not None:
        shown = message.metadata if metadata else {"event_type": message.metadata["event_type"]}
        said = {**said, "metadata": shown}
    if message.thread_ts == message.ts:
        replies = message.channel.replies(message.ts)
        people = list(dict.fromkeys(reply.author.id for reply in replies))
        said = {**said, "reply_count": len(replies), "reply_users_count": len(people), "reply_users": people}
        said["latest_reply"] = replies[-1].ts if replies else message.ts
    return said


def _rendered(message: Message) -> Json:
    author, said = message.author, {"type": "message", "user": message.author.id, "ts": message.ts}
    json: Json = {**said, "text": message.text, "team": author.team.id}
    if message.app is not None:
        installation = message.app.installations[author.team.id]
        json |= {"bot_id": author.bot_id, "app_id": message.app.id, "bot_profile": bot_json(installation)}
    if message.blocks:
        json["blocks"] = message.blocks
    if message.thread_ts is not None:
        json["thread_ts"] = message.thread_ts
        if message.thread_ts != message.ts:
            parent = message.channel.message(message.thread_ts)
            json["parent_user_id"] = parent.author.id if parent else ""
    for key in ("client_msg_id", "subtype", "attachments"):
        if value := getattr(message, key):
            json[key] = value
    if message.files:
        json["files"] = [file_json(file) for file in message.files]
    if message.edited_at is not None:
        json["edited"] = {"user": author.id, "ts": f"{int(message.edited_at.timestamp())}.000000"}
    if message.reactions:
        json["reactions"] = reactions_json(message)
    return json


def reactions_json(message: Message) -> list[Json]:
    """Return the reactions to a message."""
    return [
        {"name": name, "users": [user.id for user in users], "count": len(users)}
        for name, users in message.reactions.items()
    ]


def view_json(view: View, state: Json | None = None) -> Json:
    """Return a view, with what was filled in so far."""
    installation = view.app.installations[view.user.team.id]
    body = view.body
    said: Json = {
        "id": view.id,
        "team_id": view.user.team.id,
        "type": view.type,
        "blocks": view.blocks,
        "private_metadata": view.private_metadata,
        "callback_id": view.callback_id,
        "state": {"values": state or {}},
        "hash": view.hash,
        "clear_on_close": bool(body.get("clear_on_close")),
        "notify_on_close": bool(body.get("notify_on_close")),
        "root_view_id": view.root_id,
        "previous_view_id": view.previous.id if view.previous else None,
        "app_id": view.app.id,
        "external_id": view.external_id,
        "app_installed_team_id": view.user.team.id,
        "bot_id": installation.bot.bot_id,
    }
    for key in ("title", "submit", "close"):
        said[key] = body.get(key)
    return said


def actor(user: User) -> Json:
    """Return who did something, as interactions tell."""
    return {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team.id}


def frame(app: Application, user: User) -> Json:
    """Return what every interaction tells of itself."""
    return {
        "team": {"id": user.team.id, "domain": user.team.domain},
        "user": actor(user),
        "api_app_id": app.id,
        "token": app.verification_token,
        "enterprise": None,
        "is_enterprise_install": False,
    }
