"""Places: rounds in threads and forum posts, and channels that do not take what is posted."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from typing import Final

import pytest

from bot.wording.discord_notices import SAY
from tests.adapters.discord.halls import Hall, does, text_of
from tests.emulators.discord import Channel, Message, Permission

DAY: Final = timedelta(days=1)


def a_thread(hall: Hall) -> Channel:
    """Return a thread of the channel."""
    return hall.server.world.thread(hall.channel, "tonight", hall.ann.user)


def a_forum_post(hall: Hall) -> Channel:
    """Return a post of a forum, with its first message."""
    forum = hall.server.world.forum(hall.guild, "questions")
    return hall.server.world.thread(forum, "A round?", hall.ann.user, text="Who plays?")


def an_archived_thread(hall: Hall) -> Channel:
    """Return a thread that nobody has written in for long; whoever does opens it again."""
    thread = a_thread(hall)
    hall.server.world.archive(thread)
    return thread


@pytest.mark.parametrize("place", [a_thread, a_forum_post, an_archived_thread])
async def test_a_whole_round_is_played_wherever_people_write(
    hall: Hall, place: Callable[[Hall], Channel]
) -> None:
    """From the lobby to the podium, and all of it there."""
    where = place(hall)
    question = await hall.play(hall.zoe, hall.ann, channel=where, deck="single", count=1)
    await hall.pick(hall.zoe, question, "The tide")
    await hall.pick(hall.ann, question, "The fish")
    reveal = await hall.shown("1 of 1", where, after=question)
    await hall.zoe.press(reveal, does(reveal, "n"))
    podium = await hall.shown("Podium", where)

    assert text_of(podium).index("Zoe") < text_of(podium).index("Ann")
    assert hall.messages() == []


@pytest.mark.parametrize(
    "in_thread, denied, name",
    [
        (False, Permission.SEND_MESSAGES, "send_messages"),
        (False, Permission.READ_MESSAGE_HISTORY, "read_message_history"),
        (True, Permission.SEND_MESSAGES_IN_THREADS, "send_messages_in_threads"),
    ],
)
async def test_a_permission_that_lacks_is_named_with_the_link_that_grants_it(
    hall: Hall, denied: Permission, name: str, *, in_thread: bool
) -> None:
    """Before anything is begun, and to whoever asked alone."""
    where = a_thread(hall) if in_thread else hall.channel
    hall.server.world.overwrite(hall.channel, hall.app.user, deny=denied)
    asked = await hall.zoe.slash(where, "quiz play")
    await asked.settled()

    assert SAY.permission(name) in asked.text
    assert f"client_id={hall.app.id}" in asked.text
    assert hall.messages(where) == []


def gone(hall: Hall, channel: Channel) -> str:
    """Delete the channel, and return what its owner is told of it."""
    hall.server.world.delete_channel(channel)
    return "the channel is gone"


def unseen(hall: Hall, channel: Channel) -> str:
    """Take the channel from our eyes."""
    hall.server.world.overwrite(channel, hall.app.user, deny=Permission.VIEW_CHANNEL)
    return "I cannot see the channel"


def silenced(hall: Hall, channel: Channel) -> str:
    """Let us see the channel and say nothing in it."""
    hall.server.world.overwrite(channel, hall.app.user, deny=Permission.SEND_MESSAGES)
    return "I lack a permission in the channel"


@pytest.mark.parametrize("trouble", [gone, unseen, silenced])
@pytest.mark.slow
async def test_a_schedule_whose_channel_takes_no_posts_pauses_and_tells_its_owner_directly(
    hall: Hall, trouble: Callable[[Hall, Channel], str]
) -> None:
    """After three of them in a row, with the reason; and it stays silent from then on."""
    channel = hall.server.world.channel(hall.guild, "daily")
    await set_daily(hall, channel)
    why = trouble(hall, channel)
    told = await told_after_days(hall, 3)

    assert why in text_of(told)
    assert refused(hall) == 3


@pytest.mark.slow
async def test_a_thread_that_was_archived_and_locked_is_named_as_such(hall: Hall) -> None:
    """Nobody but a moderator can open it again."""
    thread = a_thread(hall)
    await set_daily(hall, thread)
    hall.server.world.archive(thread, locked=True)
    told = await told_after_days(hall, 3)

    assert "the thread is archived" in text_of(told)


async def set_daily(hall: Hall, channel: Channel) -> None:
    """Let Zoe set a question a day, two hours from now."""
    at = hall.clock.now() + timedelta(hours=2)
    options = {"time": f"{at:%H:%M}", "zone": "utc", "deck": "sea/single", "reveal": "1h"}
    await hall.zoe.slash(channel, "quiz daily set", options)


async def told_after_days(hall: Hall, days: int) -> Message:
    """Let so many *days* come, each of which is posted in vain, and return what the owner is told then."""
    for day in range(days):
        hall.clock.later = day * DAY + timedelta(hours=3)
        await hall.until(partial(_refused_more, hall, day), f"the failure of day {day}")
    return await hall.zoe.sees(hall.zoe.dm(), "paused")


def _refused_more(hall: Hall, than: int) -> bool:
    return refused(hall) > than


def refused(hall: Hall) -> int:
    """Return how many posts Discord has refused; a day that passes in the middle of one repeats it."""
    posts = (one for one in hall.server.traffic.exchanges("post") if one.status >= HTTPStatus.BAD_REQUEST)
    return len({str(one.body["nonce"]) for one in posts if isinstance(one.body, dict)})
