"""Posting: a draft becomes a message, or the message that is there changes."""

from tests.emulators.slack.applications import Application
from tests.emulators.slack.drafts import Draft
from tests.emulators.slack.refusals import RefusedError
from tests.emulators.slack.residents import Channel, Message, Ts, User
from tests.emulators.slack.worlds import World


def message_of(
    world: World,
    app: Application,
    channel: Channel,
    draft: Draft,
    *,
    thread_ts: str = "",
    to: User | None = None,
) -> Message:
    """Return a message of the application's bot that shows *draft*, for all or *to* one; not posted yet."""
    author = app.bot_in(channel.team)
    if author is None:
        raise RefusedError("account_inactive")
    message = Message(world.ts(), channel, author, world.now(), app=app, ephemeral_to=to)
    draft.fill(message)
    if thread_ts:
        message.thread_ts = in_thread(channel, thread_ts)
    return message


def in_thread(channel: Channel, ts: str) -> Ts:
    """Let the message *ts* have a thread, and return the thread's first message."""
    parent = channel.message(ts)
    if parent is None:
        raise RefusedError("thread_not_found")
    if parent.thread_ts is None:
        parent.thread_ts, parent.rendered = parent.ts, None
    return parent.thread_ts


def edit(world: World, message: Message, draft: Draft) -> None:
    """Let *message* show *draft* instead."""
    message.past.append(message.text)
    draft.fill(message)
    world.edited(message)
