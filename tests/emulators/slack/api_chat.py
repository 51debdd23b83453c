"""The methods that post, change and delete messages."""

from tests.emulators.slack.calls import Call, Handler
from tests.emulators.slack.drafts import LONGEST_UPDATED, draft_of
from tests.emulators.slack.fates import Fates
from tests.emulators.slack.payloads import message_json
from tests.emulators.slack.posting import edit, message_of
from tests.emulators.slack.refusals import Json, RefusedError
from tests.emulators.slack.residents import Channel, ChannelKind, Message
from tests.emulators.slack.worlds import World

_PUBLIC = "chat:write.public"


class Chat:
    """Posts, changes and deletes what bots say."""

    def __init__(self, world: World, fates: Fates) -> None:
        self._world = world
        self.fates = fates
        self.methods: dict[str, Handler] = {
            "chat.postMessage": self.post,
            "chat.postEphemeral": self.whisper,
            "chat.update": self.update,
            "chat.delete": self.delete,
            "chat.getPermalink": self.permalink,
        }

    def post(self, call: Call) -> Json:
        """Post a message."""
        call.scoped("chat:write")
        channel = self._writable(call)
        draft = draft_of(self._world, call.team, call.args)
        message = message_of(self._world, call.app, channel, draft, thread_ts=call.text("thread_ts"))
        message.client_msg_id = call.text("client_msg_id") or None
        if (there := self._repeated(message)) is not None:
            return self._posted(there)
        if "unfurl_links" in call.args:
            message.unfurl_links = call.flag("unfurl_links")
        if "unfurl_media" in call.args:
            message.unfurl_media = call.flag("unfurl_media")
        if message.thread_ts and call.flag("reply_broadcast"):
            message.subtype = "thread_broadcast"
        return self._posted(self._world.post(message))

    def _posted(self, message: Message) -> Json:
        said = message_json(message, metadata=True)
        return {"channel": message.channel.id, "ts": message.ts, "message": said}

    def _repeated(self, message: Message) -> Message | None:
        if not self.fates.deduplicates or message.client_msg_id is None:
            return None
        for one in reversed(message.channel.messages.values()):
            if one.client_msg_id == message.client_msg_id and one.author is message.author:
                self._world.repeated += 1
                return one
        return None

    def whisper(self, call: Call) -> Json:
        """Show somebody a message that nobody else sees."""
        call.scoped("chat:write")
        channel = self._writable(call)
        user = self._world.users.get(call.text("user"))
        if user is None or user.id not in channel.members:
            raise RefusedError("user_not_in_channel")
        draft = draft_of(self._world, call.team, call.args)
        message = message_of(self._world, call.app, channel, draft, thread_ts=call.text("thread_ts"), to=user)
        self._world.post(message)
        return {"message_ts": message.ts}

    def update(self, call: Call) -> Json:
        """Let a message of the bot's show something else; what is not named stays."""
        call.scoped("chat:write")
        message = self._own(call, "cant_update_message")
        args = dict(call.args)
        if args.get("blocks") is None and not args.get("markdown_text"):
            args["blocks"] = message.blocks
        if args.get("attachments") is None:
            args["attachments"] = message.attachments
        edit(self._world, message, draft_of(self._world, call.team, args, longest=LONGEST_UPDATED))
        channel = message.channel.id
        return {"channel": channel, "ts": message.ts, "text": message.text, "message": message_json(message)}

    def delete(self, call: Call) -> Json:
        """Delete a message of the bot's."""
        call.scoped("chat:write")
        message = self._own(call, "cant_delete_message")
        self._world.delete(message)
        return {"channel": message.channel.id, "ts": message.ts}

    def permalink(self, call: Call) -> Json:
        """Return the address of a message."""
        channel = call.channel(self._world)
        message = channel.message(call.text("message_ts"))
        if message is None:
            raise RefusedError("message_not_found")
        path = f"archives/{channel.id}/p{message.ts.replace('.', '')}"
        return {"channel": channel.id, "permalink": f"https://{call.team.domain}.slack.com/{path}"}

    def _own(self, call: Call, error: str) -> Message:
        channel = call.channel(self._world)
        message = channel.message(call.text("ts"))
        if message is None:
            raise RefusedError("message_not_found")
        if message.author is not call.bot:
            raise RefusedError(error)
        if channel.archived:
            raise RefusedError("is_archived")
        return message

    def _writable(self, call: Call) -> Channel:
        """Return the channel that is to be written in; somebody's id is as good as that of their messages."""
        user = self._world.users.get(call.text("channel"))
        if user is not None and user.team is call.team and user is not call.bot:
            channel = self._world.dm(call.bot, user)
        else:
            channel = call.channel(self._world)
        if channel.kind is ChannelKind.IM and not call.app.messages_tab:
            raise RefusedError("messages_tab_disabled")
        if channel.archived:
            raise RefusedError("is_archived")
        scopes = call.token.scopes if call.token else ()
        if call.bot.id not in channel.members and _PUBLIC not in scopes:
            raise RefusedError("not_in_channel")
        return channel
