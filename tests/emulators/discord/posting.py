"""Posting and editing: drafts become messages, wherever they were asked for."""

from collections.abc import Callable

from tests.emulators.discord import refusals
from tests.emulators.discord.drafts import Draft
from tests.emulators.discord.mentions import mentioned_users, pinged
from tests.emulators.discord.permissions import Permission
from tests.emulators.discord.residents import (
    EPHEMERAL,
    LOADING,
    Application,
    Attachment,
    Channel,
    ChannelType,
    Message,
    Pinged,
    User,
    text_of,
)
from tests.emulators.discord.worlds import World

REPLY, SLASH_REPLY, MENU_REPLY = 19, 20, 23
"""The types of message that answer something; the numbers are Discord's."""


def channel_for(world: World, app: Application, id_: int) -> Channel:
    """Return a channel that *app* sees; raises RefusedError."""
    channel = world.channels.get(id_)
    if channel is None:
        raise refusals.unknown_channel()
    if Permission.VIEW_CHANNEL not in channel.permissions_of(app.user):
        raise refusals.missing_access()
    return channel


def message_in(channel: Channel, id_: int) -> Message:
    """Return a message that all of *channel* see; raises RefusedError."""
    message = channel.messages.get(id_)
    if message is None or message.to is not None:
        raise refusals.unknown_message()
    return message


def needs(channel: Channel, user: User, *permissions: Permission) -> None:
    """Raise RefusedError when *user* lacks one of *permissions* in *channel*."""
    has = channel.permissions_of(user)
    if any(permission not in has for permission in permissions):
        raise refusals.missing_permissions()


def check_may_post(channel: Channel, app: Application, draft: Draft) -> None:
    """Raise RefusedError when *app* may not post *draft* to *channel*."""
    if channel.type is ChannelType.FORUM:
        raise refusals.no_text_channel()
    if channel.type is ChannelType.DM and not all(
        user.dms_open for user in channel.recipients if user is not app.user
    ):
        raise refusals.direct_messages_closed()
    thread = channel.is_thread
    needs(channel, app.user, Permission.SEND_MESSAGES_IN_THREADS if thread else Permission.SEND_MESSAGES)
    if draft.uploads:
        needs(channel, app.user, Permission.ATTACH_FILES)
    if channel.locked and Permission.MANAGE_THREADS not in channel.permissions_of(app.user):
        raise refusals.archived_thread() if channel.archived else refusals.locked_thread()


def open_again(world: World, channel: Channel) -> None:
    """Open an archived thread, as a message in it does."""
    if channel.archived:
        world.archive(channel, archived=False, locked=channel.locked)


def message_of(
    world: World, app: Application, channel: Channel, draft: Draft, reference: Message | None = None
) -> Message:
    """Return the message that *draft* asks for; it is not shown yet."""
    message = Message(world.snowflake(), channel, app.user, world.now(), application=app)
    message.reference = reference
    message.type = REPLY if reference else 0
    message.nonce = draft.nonce
    fill(world, message, draft, links=_links_allowed(channel, app))
    _call(world, message, draft)
    return message


def fill(world: World, message: Message, draft: Draft, *, links: bool = True) -> None:
    """Let *message* show what *draft* says."""
    message.content = draft.content
    message.components, message.rendered = draft.components, None
    message.embeds = draft.embeds if links else []
    message.flags = draft.flags
    message.attachments = [*draft.kept, *_uploaded(world, draft)]


def edit(world: World, message: Message, draft: Draft) -> None:
    """Let *message* show what *draft* says instead. Nobody is called, but by what a deferred answer says."""
    deferred = message.loading
    message.past.append(text_of(message))
    fill(world, message, draft)
    if deferred:
        message.flags &= ~LOADING
        _call(world, message, draft)
    else:
        message.edits += 1
    world.edited(message)


def shown_once(
    world: World, channel: Channel, app: Application, draft: Draft, make: Callable[[], Message]
) -> Message:
    """Post what *make* gives, unless the nonce of *draft* is remembered: then the message that is there."""
    nonce = None if draft.nonce is None else str(draft.nonce)
    if nonce is not None and draft.enforced:
        earlier = world.posted_with(app.user, channel, nonce)
        if earlier is not None:
            return earlier
    message = world.post(make())
    if nonce is not None:
        world.remember(message, nonce)
    return message


def _call(world: World, message: Message, draft: Draft) -> None:
    text, channel = _spoken(message), message.channel
    named = mentioned_users(text)
    message.mentions = [world.users[id_] for id_ in named if id_ in world.users]
    if message.flags & EPHEMERAL:
        message.pinged = Pinged()
        return
    answered = message.reference.author if message.reference else None
    message.pinged = pinged(text, draft.allowed, message.author, channel, answered)


def _spoken(message: Message) -> str:
    """Return the text in which a mention counts: not that of embeds and controls."""
    return text_of(
        Message(
            message.id,
            message.channel,
            message.author,
            message.at,
            message.content,
            message.components,
        )
    )


def _uploaded(world: World, draft: Draft) -> list[Attachment]:
    return [
        world.attachment(upload.filename, upload.data, description) for upload, description in draft.uploads
    ]


def _links_allowed(channel: Channel, app: Application) -> bool:
    return Permission.EMBED_LINKS in channel.permissions_of(app.user)
