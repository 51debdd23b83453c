"""The faults of the emulated Slack: what fails, what has happened then, and that a seed repeats it."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler

from tests.emulators.slack import EventFate, EventOdds, Exchange, Fates, Odds, Trouble
from tests.emulators.slack_bots import Stage, buttons, stage


@pytest.fixture(params=["socket", "http"])
async def set_(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    """A stage with a bot that acknowledges commands, in either way."""
    async with stage(request.param) as it:

        async def acknowledge(ack: AsyncAck) -> None:
            await ack()

        it.bot.bolt.command("/quiz")(acknowledge)
        it.server.limits.on = False
        yield it


async def post(set_: Stage, text: str = "x") -> None:
    """Let the bot post a text."""
    await set_.bot.client.chat_postMessage(channel=set_.channel.id, text=text)


async def test_a_busy_server_is_asked_again(set_: Stage) -> None:
    """The library waits as long as it is told when it was asked to."""
    set_.bot.client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=3))
    set_.server.fates.next("chat.postMessage", Trouble.BUSY, wait=0)
    await post(set_)

    assert [one.status for one in set_.server.traffic.exchanges("chat.postMessage")] == [429, 200]
    assert [one.text for one in set_.ben.seen(set_.channel)] == ["x"]


@pytest.mark.parametrize(
    "trouble,shown",
    [
        (Trouble.BROKEN, 0),
        (Trouble.BROKEN_AFTER, 1),
        (Trouble.DROPPED, 0),
        (Trouble.CUT, 1),
    ],
)
async def test_whoever_is_not_answered_cannot_know_whether_it_happened(
    set_: Stage, trouble: Trouble, shown: int
) -> None:
    """The people see it, or do not."""
    set_.bot.client.retry_handlers.clear()
    set_.server.fates.next("chat.postMessage", trouble, status=503)
    with pytest.raises((aiohttp.ClientError, OSError, SlackApiError)):
        await post(set_)

    assert len(set_.ben.seen(set_.channel)) == shown
    assert set_.server.troubles["chat.postMessage", trouble] == 1


async def test_a_slow_answer_has_taken_effect_before_it_arrives(set_: Stage) -> None:
    """People see a message before its poster knows."""
    set_.server.fates.next("chat.postMessage", after=0.1)
    sending = asyncio.create_task(post(set_))
    await set_.ben.sees(set_.channel, "x")

    assert not sending.done()
    await sending


async def test_what_is_doubled_is_the_very_same(set_: Stage) -> None:
    """The same envelope, the same event."""
    set_.server.fates.next_event("slash", EventFate(times=2))
    done = await set_.zoe.slash(set_.channel, "/quiz")
    first, second = await set_.bot.has_heard("/quiz", 2)

    assert done.acked
    assert first["trigger_id"] == second["trigger_id"] == done.trigger_id
    one, other = set_.server.traffic.dispatches("slash")
    assert one.id == other.id


async def test_an_event_whose_answer_was_not_heard_comes_again(set_: Stage) -> None:
    """An act of a person's does not, but is shown as failed."""
    set_.server.courier.retry_delays = (0.0,)
    set_.app.events = frozenset({"app_mention"})
    set_.server.fates.next_event("app_mention", EventFate(unheard=True))
    set_.server.fates.next_event("slash", EventFate(unheard=True))
    await set_.zoe.mention(set_.channel, "hello")
    first, second = await set_.bot.has_heard("app_mention", 2)
    done = await set_.zoe.slash(set_.channel, "/quiz")

    assert first["event_id"] == second["event_id"]
    assert done.failed
    assert set_.bot.types().count("/quiz") == 1


async def test_events_that_are_late_come_in_another_order(set_: Stage) -> None:
    """All come, though."""
    set_.app.events = frozenset({"app_mention"})
    set_.server.fates = Fates("seed", events=EventOdds(late=0.8, slowest=0.05))
    for number in range(8):
        await set_.zoe.mention(set_.channel, str(number))
    heard = await set_.bot.has_heard("app_mention", 8)
    said = [body["event"]["text"][-1] for body in heard]

    assert said != sorted(said)
    assert sorted(said) == list("01234567")


async def test_sockets_break_and_are_recycled_and_nothing_is_lost() -> None:
    """What was sent at a broken one comes at the next."""
    async with stage() as set_:

        async def acknowledge(ack: AsyncAck) -> None:
            await ack()

        set_.bot.bolt.command("/quiz")(acknowledge)
        set_.server.limits.on = False
        set_.server.fates = Fates("seed", events=EventOdds(cut=0.2, recycled=0.3, doubled=0.2))
        done = [await set_.zoe.slash(set_.channel, "/quiz", str(number)) for number in range(10)]

        assert [one.acked for one in done] == [True] * 10
        assert {body["text"] for body in set_.bot.heard} == set("0123456789")
        assert set_.server.sockets.opened[set_.app.id] > 2


async def played(seed: str) -> list[tuple[str, int]]:
    """Post with odds of a seed, and return what was answered."""
    async with stage("http") as set_:
        set_.server.limits.on = False
        set_.bot.client.retry_handlers.clear()
        odds = Odds(busy=0.2, broken=0.2, broken_after=0.1, dropped=0.1, cut=0.1, longest_wait=0.01)
        set_.server.fates = Fates(seed, {"chat.postMessage": odds})
        for number in range(25):
            try:
                await post(set_, str(number))
            except (aiohttp.ClientError, OSError, SlackApiError):
                continue
        entries = set_.server.traffic.exchanges("chat.postMessage")
        assert all(isinstance(one, Exchange) for one in entries)
        return [(str(one.args["text"]), one.status) for one in entries]


async def test_a_seed_repeats_its_faults() -> None:
    """Another has others."""
    first, second, other = await played("a"), await played("a"), await played("b")

    assert first == second
    assert first != other
    assert {status for _, status in first} >= {0, 200, 429}


async def test_fates_do_not_depend_on_what_else_is_asked() -> None:
    """Nor on whether odds are given for all or by kind."""
    odds, events = Odds(broken=0.5, slowest=1.0), EventOdds(doubled=0.5, late=0.5, slowest=1.0)
    alone, mixed = Fates("seed", odds, events=events), Fates("seed", {"views.open": odds}, events=events)
    drawn = []
    for number in range(20):
        mixed.draw("chat.update", str(number))
        mixed.draw_event("app_mention", "U1")
        drawn.append((alone.draw("views.open", "x"), alone.draw_event("slash", "U2")))
        assert drawn[-1] == (mixed.draw("views.open", "x"), mixed.draw_event("slash", "U2"))
    assert len({one.trouble for one, _ in drawn}) == 2
    assert {fate.times for _, fate in drawn} == {1, 2}


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_a_hundred_people_press_at_once(mode: str) -> None:
    """Each of them is acknowledged, however long a busy machine takes for it."""
    async with stage(mode) as set_:
        set_.server.courier.acknowledge_seconds = 60.0

        async def acknowledge(ack: AsyncAck) -> None:
            await ack()

        set_.bot.bolt.action("pick-a")(acknowledge)
        told = await set_.bot.client.chat_postMessage(
            channel=set_.channel.id, text="x", blocks=[buttons("a", "b")]
        )
        message = set_.channel.messages[told["ts"]]
        set_.server.traffic.recording = False
        people = [set_.server.person(set_.world.user(f"P{number}")) for number in range(100)]
        for person in people:
            set_.channel.members[person.user.id] = person.user
        done = await asyncio.gather(*(person.press(message, "pick-a") for person in people))

        assert all(one.acked for one in done)
