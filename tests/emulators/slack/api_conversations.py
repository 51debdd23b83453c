"""The methods that tell of conversations, and of what was said in them."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import TypeVar

from tests.emulators.slack.calls import HISTORY, READ, Call, Handler
from tests.emulators.slack.payloads import channel_json, message_json, reactions_json
from tests.emulators.slack.refusals import Json, RefusedError
from tests.emulators.slack.residents import Channel, ChannelKind, Message
from tests.emulators.slack.worlds import World

MOST_EMOJI = 23
"""How many different reactions a message has at most."""

_MOST = 999
_T = TypeVar("_T")


class Conversations:
    """Tells of channels, their members and messages, and puts reactions."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.methods: dict[str, Handler] = {
            "conversations.open": self.open,
            "conversations.info": self.info,
            "conversations.join": self.join,
            "conversations.list": self.list,
            "conversations.members": self.members,
            "conversations.history": self.history,
            "conversations.replies": self.replies,
            "reactions.add": self.react,
            "reactions.remove": self.unreact,
            "reactions.get": self.reactions,
        }

    def open(self, call: Call) -> Json:
        """Open the direct messages with somebody."""
        call.scoped("im:write")
        users = [id_ for id_ in call.text("users").split(",") if id_]
        if call.text("channel"):
            return {"channel": {"id": call.channel(self._world).id}}
        if len(users) != 1:
            raise RefusedError("users_list_not_supplied" if not users else "not_supported")
        user = self._world.users.get(users[0])
        if user is None or user.team is not call.team:
            raise RefusedError("user_not_found")
        if user.bot:
            raise RefusedError("cannot_dm_bot")
        if user.deleted:
            raise RefusedError("user_disabled")
        already = self._world.has_dm(call.bot, user)
        channel = self._world.dm(call.bot, user)
        said = {"id": channel.id}
        if call.flag("return_im"):
            said = channel_json(channel, call.bot)
        return {"no_op": already, "already_open": already, "channel": said}

    def info(self, call: Call) -> Json:
        """Tell of a conversation."""
        channel = call.channel(self._world)
        call.scoped(READ[channel.kind])
        said = channel_json(channel, call.bot)
        if not call.flag("include_num_members"):
            said.pop("num_members", None)
        return {"channel": said}

    def join(self, call: Call) -> Json:
        """Let the bot come into a public channel."""
        call.scoped("channels:join")
        channel = call.channel(self._world)
        if channel.kind is not ChannelKind.PUBLIC:
            raise RefusedError("method_not_supported_for_channel_type")
        if channel.archived:
            raise RefusedError("is_archived")
        self._world.join(channel, call.bot)
        return {"channel": channel_json(channel, call.bot)}

    def list(self, call: Call) -> Json:
        """Tell of all conversations that the bot may know of."""
        wanted = (call.text("types") or "public_channel").split(",")
        for kind in ChannelKind:
            if kind in wanted:
                call.scoped(READ[kind])
        there = [one for one in self._world.channels.values() if one.team is call.team]
        found = [
            channel
            for channel in there
            if channel.kind in wanted
            and (channel.kind is ChannelKind.PUBLIC or call.bot.id in channel.members)
            and not (channel.archived and call.flag("exclude_archived"))
        ]
        return paged(call, found, "channels", lambda channel: channel_json(channel, call.bot))

    def members(self, call: Call) -> Json:
        """Tell who is in a conversation."""
        channel = call.channel(self._world)
        call.scoped(READ[channel.kind])
        return paged(call, list(channel.members.values()), "members", lambda user: user.id)

    # --------------------------------------------------------------------------------------------- messages

    def history(self, call: Call) -> Json:
        """Tell what was said in a conversation, the newest first; replies in threads are not among it."""
        channel = self._readable(call)
        shown = [
            message
            for message in channel.messages.values()
            if message.thread_ts in {None, message.ts} or message.subtype == "thread_broadcast"
        ]
        return self._told(call, list(reversed(shown)))

    def replies(self, call: Call) -> Json:
        """Tell what was said in a thread, its first message too, the oldest first."""
        channel = self._readable(call)
        parent = channel.message(call.text("ts"))
        if parent is None:
            raise RefusedError("thread_not_found")
        first = channel.message(parent.thread_ts or parent.ts) or parent
        return self._told(call, [first, *channel.replies(first.ts)])

    def _readable(self, call: Call) -> Channel:
        channel = call.channel(self._world)
        call.scoped(HISTORY[channel.kind])
        if call.bot.id not in channel.members:
            raise RefusedError("not_in_channel")
        return channel

    def _told(self, call: Call, messages: Sequence[Message]) -> Json:
        oldest, latest = float(call.text("oldest") or 0), float(call.text("latest") or "inf")
        also = call.flag("inclusive")
        found = [
            message
            for message in messages
            if message.ephemeral_to is None
            and (oldest < float(message.ts) < latest or (also and float(message.ts) in {oldest, latest}))
        ]
        metadata = call.flag("include_all_metadata")
        said = paged(call, found, "messages", lambda one: message_json(one, metadata=metadata))
        return {**said, "has_more": bool(said["response_metadata"]["next_cursor"])}

    # -------------------------------------------------------------------------------------------- reactions

    def react(self, call: Call) -> Json:
        """Put a reaction of the bot's."""
        call.scoped("reactions:write")
        name, message = self._reacted(call)
        if name not in message.reactions and len(message.reactions) >= MOST_EMOJI:
            raise RefusedError("too_many_emoji")
        mine = sum(call.bot in users for users in message.reactions.values())
        if call.bot not in message.reactions.get(name, []) and mine >= MOST_EMOJI:
            raise RefusedError("too_many_reactions")
        if not self._world.react(message, call.bot, name):
            raise RefusedError("already_reacted")
        return {}

    def unreact(self, call: Call) -> Json:
        """Take a reaction of the bot's away."""
        call.scoped("reactions:write")
        name, message = self._reacted(call)
        if not self._world.unreact(message, call.bot, name):
            raise RefusedError("no_reaction")
        return {}

    def reactions(self, call: Call) -> Json:
        """Tell of the reactions to a message."""
        call.scoped("reactions:read")
        message = self._item(call)
        said = {**message_json(message), "reactions": reactions_json(message)}
        return {"type": "message", "channel": message.channel.id, "message": said}

    def _reacted(self, call: Call) -> tuple[str, Message]:
        name = call.text("name").strip(":")
        if not name or " " in name:
            raise RefusedError("invalid_name")
        return name, self._item(call)

    def _item(self, call: Call) -> Message:
        if not (call.text("channel") and call.text("timestamp")):
            raise RefusedError("no_item_specified")
        channel = call.channel(self._world)
        message = channel.message(call.text("timestamp"))
        if message is None:
            raise RefusedError("message_not_found")
        if channel.archived:
            raise RefusedError("is_archived")
        return message


def paged(call: Call, found: Sequence[_T], name: str, said: Callable[[_T], object]) -> Json:
    """Return a page of what was *found*, with the cursor of the next."""
    start, limit = _start(call.text("cursor")), call.count("limit", 100, _MOST)
    page = found[start : start + limit]
    more = start + limit < len(found)
    cursor = base64.b64encode(f"next:{start + limit}".encode()).decode() if more else ""
    return {name: [said(one) for one in page], "response_metadata": {"next_cursor": cursor}}


def _start(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.b64decode(cursor).decode().removeprefix("next:"))
    except (ValueError, binascii.Error):
        raise RefusedError("invalid_cursor") from None
