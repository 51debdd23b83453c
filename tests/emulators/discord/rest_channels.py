"""The REST interface to channels, messages and reactions."""

from itertools import islice
from typing import Final

from tests.emulators.discord import refusals
from tests.emulators.discord.calls import NO_CONTENT, OK, Answer, Call, number
from tests.emulators.discord.checks import Form
from tests.emulators.discord.drafts import draft_of
from tests.emulators.discord.payloads import channel_json, message_json, user_json
from tests.emulators.discord.permissions import Permission
from tests.emulators.discord.posting import (
    channel_for,
    check_may_post,
    edit,
    message_in,
    message_of,
    needs,
    open_again,
    shown_once,
)
from tests.emulators.discord.refusals import Json
from tests.emulators.discord.residents import EPHEMERAL, Channel, Message, User
from tests.emulators.discord.worlds import World

MOST_REACTIONS: Final = 20
MOST_READ: Final = 100
_ASCII_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ ")


class Channels:
    """Answers what is asked of channels."""

    def __init__(self, world: World) -> None:
        self._world = world

    def answer(self, call: Call) -> Answer:
        """Return the answer to *call*; raises RefusedError."""
        channel = channel_for(self._world, call.caller(), number(call.parts[1]))
        match (call.method, *call.parts[2:]):
            case ("GET",):
                return OK, channel_json(channel)
            case ("POST", "messages"):
                return self._post(call, channel)
            case ("GET", "messages"):
                return self._history(call, channel)
            case ("GET", "messages", id_):
                return OK, self._told(call, self._readable(call, channel, id_))
            case ("PATCH", "messages", id_):
                return self._edit(call, channel, number(id_))
            case ("DELETE", "messages", id_):
                return self._delete(call, message_in(channel, number(id_)))
            case (_, "messages", id_, "reactions", *rest):
                return self._reactions(call, self._readable(call, channel, id_), rest)
            case ("POST", "typing") | ("PUT" | "DELETE", "thread-members", "@me"):
                return NO_CONTENT, None
            case _:
                raise refusals.not_found()

    # --------------------------------------------------------------------------------------------- messages

    def _post(self, call: Call, channel: Channel) -> Answer:
        app, body = call.caller(), call.form()
        draft = draft_of(body, call.uploads)
        draft.flags &= ~EPHEMERAL
        check_may_post(channel, app, draft)
        reference = self._reference(channel, body.get("message_reference"))

        def make() -> Message:
            open_again(self._world, channel)
            return message_of(self._world, app, channel, draft, reference)

        message = shown_once(self._world, channel, app, draft, make)
        return OK, message_json(message, app.user, nonce=True)

    def _reference(self, channel: Channel, said: Json | None) -> Message | None:
        if not said:
            return None
        message = channel.messages.get(number(str(said.get("message_id"))))
        if message is None and said.get("fail_if_not_exists", True):
            form = Form()
            form.add(("message_reference",), "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message")
            form.refuse()
        return message

    def _history(self, call: Call, channel: Channel) -> Answer:
        """Return the newest messages, or those around an id; newest first."""
        form, query = Form(), call.query
        limit = number(query.get("limit", "50"))
        form.number(("limit",), limit, 1, MOST_READ)
        form.refuse()
        app = call.caller()
        if Permission.READ_MESSAGE_HISTORY not in channel.permissions_of(app.user):
            return OK, []
        shown = [id_ for id_, message in channel.messages.items() if message.to is None]
        if "after" in query:
            chosen = list(islice((id_ for id_ in shown if id_ > number(query["after"])), limit))
        elif "around" in query:
            chosen = _around(shown, number(query["around"]), limit)
        else:
            before = number(query["before"]) if "before" in query else None
            chosen = [id_ for id_ in shown if before is None or id_ < before][-limit:]
        return OK, [message_json(channel.messages[id_], app.user) for id_ in reversed(chosen)]

    def _readable(self, call: Call, channel: Channel, id_: str) -> Message:
        if Permission.READ_MESSAGE_HISTORY not in channel.permissions_of(call.caller().user):
            raise refusals.missing_access()
        return message_in(channel, number(id_))

    def _told(self, call: Call, message: Message) -> Json:
        return message_json(message, call.caller().user)

    def _edit(self, call: Call, channel: Channel, id_: int) -> Answer:
        message = message_in(channel, id_)
        if message.author is not call.caller().user:
            raise refusals.not_the_author()
        if channel.archived:
            raise refusals.archived_thread()
        draft = draft_of(call.form(), call.uploads, message)
        if draft.uploads:
            needs(channel, message.author, Permission.ATTACH_FILES)
        edit(self._world, message, draft)
        return OK, self._told(call, message)

    def _delete(self, call: Call, message: Message) -> Answer:
        user = call.caller().user
        if message.author is not user:
            needs(message.channel, user, Permission.MANAGE_MESSAGES)
        if message.channel.archived:
            raise refusals.archived_thread()
        self._world.delete(message)
        return NO_CONTENT, None

    # -------------------------------------------------------------------------------------------- reactions

    def _reactions(self, call: Call, message: Message, rest: list[str]) -> Answer:
        user = call.caller().user
        if call.method != "GET" and message.channel.archived:
            raise refusals.archived_thread()
        match (call.method, *rest):
            case ("PUT", emoji, "@me"):
                self._put(message, user, emoji)
            case ("DELETE", emoji, "@me"):
                self._take(message, user, emoji)
            case ("DELETE", emoji, id_):
                needs(message.channel, user, Permission.MANAGE_MESSAGES)
                self._take(message, self._user(id_), emoji)
            case ("DELETE",):
                needs(message.channel, user, Permission.MANAGE_MESSAGES)
                self._clear(message)
            case ("GET", emoji):
                return OK, [user_json(one) for one in message.reactions.get(emoji, [])]
            case _:
                raise refusals.not_found()
        return NO_CONTENT, None

    def _put(self, message: Message, user: User, emoji: str) -> None:
        check_emoji(emoji)
        if emoji not in message.reactions:
            needs(message.channel, user, Permission.ADD_REACTIONS)
            if len(message.reactions) >= MOST_REACTIONS:
                raise refusals.most_reactions()
        self._world.react(message, user, emoji)

    def _take(self, message: Message, user: User, emoji: str) -> None:
        check_emoji(emoji)
        if not self._world.unreact(message, user, emoji):
            raise refusals.unknown_emoji()

    def _clear(self, message: Message) -> None:
        for emoji, users in list(message.reactions.items()):
            for user in list(users):
                self._world.unreact(message, user, emoji)

    def _user(self, id_: str) -> User:
        user = self._world.users.get(number(id_))
        if user is None:
            raise refusals.unknown_user()
        return user


def check_emoji(emoji: str) -> None:
    """Raise RefusedError when *emoji* is neither a character nor ``name:id``."""
    name, _, id_ = emoji.partition(":")
    if not emoji or (id_ and not number(id_)) or (not id_ and _ASCII_LETTERS & set(name)):
        raise refusals.unknown_emoji()


def _around(ids: list[int], middle: int, limit: int) -> list[int]:
    before = [id_ for id_ in ids if id_ < middle][-(limit // 2) :] if limit > 1 else []
    return (before + [id_ for id_ in ids if id_ >= middle])[:limit]
