"""Places: rounds in threads, private channels and direct messages, and channels that take no posts."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Final

import pytest

from bot.adapters.slack.sending import LOOKED_THROUGH
from bot.wording.slack_notices import SAY
from tests.adapters.slack.halls import Hall, does, text_of
from tests.adapters.slack.learners import SLOWLY, malformed, pinged, told
from tests.adapters.slack.paces import BY_SOCKET, QUICKLY
from tests.emulators.slack import Channel, Message, Trouble, User

pytestmark = [QUICKLY, BY_SOCKET]

DAY: Final = timedelta(days=1)
ROUND: Final = f"play deck:single count:1 lobby:wait pause:wait {SLOWLY}"


def bots(hall: Hall) -> list[User]:
    """Return us, as a member of the workspace."""
    return [user for user in hall.server.world.users.values() if user.bot]


async def test_a_whole_round_is_played_in_a_thread(hall: Hall) -> None:
    """From the lobby to the podium, and all of it there: also what each is told alone."""
    parent = await hall.ann.say(hall.channel, "Who plays?")
    await hall.zoe.mention(hall.channel, ROUND, thread=parent)
    lobby = await hall.shown("New round")
    joined = await hall.ann.press(lobby, does(lobby, "j"))
    await hall.zoe.press(lobby, does(lobby, "b"))
    question = await hall.shown("Question 1 of 1", after=lobby)
    right = await hall.pick(hall.zoe, question, "The tide")
    await hall.pick(hall.ann, question, "The fish")
    reveal = await hall.shown("1 of 1: the answer", after=question)
    await hall.zoe.press(reveal, does(reveal, "n"))
    podium = await hall.shown("Podium")
    await told(joined)
    await told(right)

    assert {one.thread_ts for one in hall.messages()} == {parent.ts}
    assert {one.thread_ts for one in (*joined.messages, *right.messages)} == {parent.ts}
    assert text_of(podium).index("Zoe") < text_of(podium).index("Ann")
    assert malformed(hall) == []


async def test_a_thread_and_its_channel_have_each_a_round_of_its_own(hall: Hall) -> None:
    """A thread is a place; who mentions us there moves on what is there."""
    in_channel = await hall.play(hall.zoe, line=f"deck:single count:1 {SLOWLY}")
    parent = await hall.ann.say(hall.channel, "Another?")
    await hall.ann.mention(hall.channel, ROUND, thread=parent)
    lobby = await hall.shown("New round", after=in_channel)
    await hall.ann.mention(hall.channel, "stop", thread=parent)
    stopped = await hall.shown("stopped", after=lobby)

    assert stopped.thread_ts == parent.ts
    assert in_channel.action_ids != ()


async def test_a_thread_can_have_the_question_of_the_day(hall: Hall) -> None:
    """Set by a mention in it."""
    parent = await hall.ann.say(hall.channel, "Every morning here?")
    await hall.zoe.mention(hall.channel, "daily set 9:00 zone:utc deck:sea/single reveal:1h", thread=parent)
    await hall.zoe.sees(hall.channel, "Question of the day set")
    await hall.zoe.mention(hall.channel, "daily now", thread=parent)
    question = await hall.shown("Question of the day")
    await hall.pick(hall.ann, question, "The tide")
    hall.clock.later = timedelta(hours=1, seconds=1)
    reveal = await hall.shown(": the answer", after=question)

    assert (question.thread_ts, reveal.thread_ts) == (parent.ts, parent.ts)
    assert "1 answer" in text_of(reveal)


async def test_a_private_channel_is_a_channel_like_any_other(hall: Hall) -> None:
    """As soon as we are invited there."""
    secret = hall.server.world.channel("secret", [hall.zoe.user, hall.ann.user], private=True)
    refused = await told(await hall.quiz(hall.zoe, "play", secret))
    hall.server.world.join(secret, bots(hall)[0])
    question = await hall.play(hall.zoe, hall.ann, line=f"deck:single count:1 {SLOWLY}", channel=secret)
    await hall.pick(hall.zoe, question, "The tide")
    await hall.pick(hall.ann, question, "The tide")

    assert SAY.invite_me("Study Hall") in refused
    assert "Everybody was right" in text_of(await hall.shown("1 of 1: the answer", secret))


async def test_a_private_channel_is_not_set_by_who_is_not_in_it(hall: Hall) -> None:
    """Whoever made up its id learns nothing of it, not even that it is there."""
    secret = hall.server.world.channel("secret", [hall.ann.user, *bots(hall)], private=True)
    for line in ("daily set 9:00 zone:utc", "daily show", "daily off", "daily now"):
        said = await told(await hall.quiz(hall.zoe, f"{line} channel:&lt;#{secret.id}&gt;"))
        assert SAY.no_such_channel() in said, line
    done = await hall.quiz(hall.ann, f"daily set 9:00 zone:utc channel:<#{secret.id}|secret>")

    assert "Question of the day set" in await told(done)


async def test_a_round_alone_is_played_in_direct_messages(hall: Hall) -> None:
    """Started by a message, or by the command there; nobody else is told."""
    await hall.quiz(hall.ann, f"play deck:single count:1 lobby:5 {SLOWLY}", hall.ann.dm)
    question = await hall.shown("Question 1 of 1", hall.ann.dm)
    await hall.pick(hall.ann, question, "The tide")
    reveal = await hall.shown("1 of 1: the answer", hall.ann.dm, after=question)

    assert "right" in text_of(reveal)
    assert hall.messages() == []


def not_in(hall: Hall, channel: Channel) -> str:
    """Let us go out of the channel."""
    hall.server.world.leave(channel, bots(hall)[0])
    return SAY.invite_me("Study Hall")


def archived(hall: Hall, channel: Channel) -> str:
    """Archive the channel."""
    hall.server.world.archive(channel)
    return SAY.channel_closed()


@pytest.mark.parametrize("trouble", [not_in, archived])
async def test_a_channel_that_takes_no_posts_is_told_before_anything_is_begun(
    hall: Hall, trouble: Callable[[Hall, Channel], str]
) -> None:
    """To whoever asked alone, with what to do."""
    sentence = trouble(hall, hall.channel)
    for line in ("play", "daily set 9:00 zone:utc"):
        assert sentence in await told(await hall.quiz(hall.zoe, line))

    assert hall.messages() == []
    assert hall.server.traffic.exchanges("chat.postMessage") == []
    assert "eaderboard" in await told(await hall.quiz(hall.zoe, "top"))


async def test_another_channel_that_we_are_not_in_is_named_when_it_is_set(hall: Hall) -> None:
    """Not only after three posts that failed, and without an invitation to the wrong channel."""
    out = hall.server.world.channel("out", [hall.zoe.user])
    done = await hall.quiz(hall.zoe, f"daily set 9:00 zone:utc channel:<#{out.id}|out>")

    assert SAY.invite_me_there("Study Hall") in await told(done)
    assert "none yet" in await told(await hall.quiz(hall.zoe, "daily show", out))


def gone(hall: Hall, channel: Channel) -> str:
    """Delete the channel, and return what its owner is told of it."""
    hall.server.world.delete_channel(channel)
    return "the channel is gone, or it is private and I am not in it"


def put_out(hall: Hall, channel: Channel) -> str:
    """Put us out of the channel."""
    hall.server.world.leave(channel, bots(hall)[0])
    return "I am not in the channel: invite me there"


def put_away(hall: Hall, channel: Channel) -> str:
    """Archive the channel."""
    hall.server.world.archive(channel)
    return "the channel is archived"


@pytest.mark.parametrize("trouble", [gone, put_out, put_away])
async def test_a_schedule_whose_channel_takes_no_posts_pauses_and_tells_its_owner_directly(
    hall: Hall, trouble: Callable[[Hall, Channel], str]
) -> None:
    """After three of them in a row, with the reason; and it stays silent from then on."""
    channel = hall.server.world.channel("daily")
    at = hall.clock.now() + timedelta(hours=2)
    await hall.quiz(hall.zoe, f"daily set {at:%H:%M} zone:utc deck:sea/single reveal:1h", channel)
    why = trouble(hall, channel)
    for day in range(3):
        hall.clock.later = day * DAY + timedelta(hours=3)
        await hall.until(partial(_refused_more, hall, day), f"the failure of day {day}")
    told_ = await hall.zoe.sees(hall.zoe.dm, "paused")

    assert why in text_of(told_)
    assert refused(hall) == 3
    assert pinged(hall) == []


def _refused_more(hall: Hall, than: int) -> bool:
    return refused(hall) > than


def refused(hall: Hall) -> int:
    """Return how many posts Slack has refused; a day that passes in the middle of one repeats it."""
    posts = (one for one in hall.server.traffic.exchanges("chat.postMessage") if one.error)
    return len({str(one.args["client_msg_id"]) for one in posts})


async def test_a_round_whose_channel_is_archived_harms_nobody(hall: Hall) -> None:
    """What cannot be shown is left; elsewhere all goes on."""
    question: Message = await hall.play(hall.zoe, line=f"deck:single count:1 {SLOWLY}")
    hall.server.world.archive(hall.channel)
    await hall.pick(hall.zoe, question, "The tide")
    other = hall.server.world.channel("other")
    again = await hall.play(hall.zoe, line=f"deck:single count:1 {SLOWLY}", channel=other)

    assert "What lifts" in text_of(again)


async def test_what_arrived_in_a_long_thread_without_a_word_is_not_posted_again(hall: Hall) -> None:
    """Slack tells the oldest of a thread first, so ours is on its last page."""
    parent = await hall.ann.say(hall.channel, "Who plays?")
    for number in range(LOOKED_THROUGH):
        await hall.ann.say(hall.channel, f"Me too, {number}", thread=parent)
    hall.server.fates.next("chat.postMessage", Trouble.BROKEN_AFTER)
    await hall.zoe.mention(hall.channel, ROUND, thread=parent)
    lobby = await hall.shown("New round")
    await hall.zoe.press(lobby, does(lobby, "b"))
    await hall.shown("Question 1 of 1", after=lobby)

    assert sum("New round" in text_of(one) for one in hall.messages()) == 1
