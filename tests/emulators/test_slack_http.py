"""Signed requests of the emulated Slack: what is refused, what comes again, and what does not."""

import asyncio
import time
from collections.abc import AsyncIterator
from functools import partial

import pytest
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.request.async_request import AsyncBoltRequest

from tests.emulators.slack import Kind
from tests.emulators.slack_bots import Handler, Json, Stage, stage


@pytest.fixture
async def set_() -> AsyncIterator[Stage]:
    """A stage with a bot that is served over HTTP."""
    async with stage("http") as it:
        yield it


async def test_an_address_is_verified(set_: Stage) -> None:
    """A wrong one is not."""
    assert await set_.server.verify_url(set_.app)
    set_.app.request_url = "http://127.0.0.1:9/"
    assert not await set_.server.verify_url(set_.app)


async def test_a_forged_request_is_refused(set_: Stage) -> None:
    """With a wrong signature, or an old time."""
    payload: Json = {"type": "block_actions", "actions": [], "team": {"id": "T0"}, "user": {"id": "U0"}}
    forge, app = set_.server.forge, set_.app

    assert (await forge(app, Kind.INTERACTIVE, payload, secret="wrong"))[0] == 401
    assert (await forge(app, Kind.INTERACTIVE, payload, at=time.time() - 301))[0] == 401
    assert (await forge(app, Kind.INTERACTIVE, payload, headers={"X-Slack-Signature": "v0=0"}))[0] == 401
    assert set_.bot.heard == []


async def test_an_event_that_is_refused_comes_again_at_once_and_after_one_and_five_minutes(
    set_: Stage,
) -> None:
    """With the number of the try and the reason in its headers; the world's clock tells the time."""

    async def fail(body: Json) -> None:
        raise RuntimeError(body["event_id"])

    headers = []

    async def note(request: AsyncBoltRequest, next_: Handler) -> None:
        headers.append([request.headers.get(f"x-slack-retry-{one}", [""])[0] for one in ("num", "reason")])
        await next_()

    set_.bot.bolt.use(note)
    set_.bot.bolt.event("app_mention")(fail)
    dispatches = set_.server.traffic.dispatches
    set_.app.events = frozenset({"app_mention"})
    await set_.zoe.mention(set_.channel, "hello")

    def failed(times: int) -> bool:
        return len(dispatches()) == times and bool(dispatches()[-1].status)

    for times, delay in ((2, 60), (3, 300), (4, 0)):
        await set_.server.until(partial(failed, times))
        await asyncio.sleep(0.01)
        set_.server.clock.advance(delay)
    await set_.server.until(lambda: set_.server.courier.given_up)

    assert [one.status for one in dispatches()] == [500] * 4
    assert headers == [["", ""], *([str(one), "http_error"] for one in (1, 2, 3))]
    assert [(one.attempt, one.reason) for one in dispatches()][1:] == [(n, "http_error") for n in (1, 2, 3)]
    assert len({one.body["event_id"] for one in dispatches()}) == 1


async def test_a_slow_answer_to_an_event_is_none(set_: Stage) -> None:
    """It comes again; that it was heard twice is the app's to see."""
    set_.server.courier.acknowledge_seconds = 0.05
    slow = [0.1, 0.0]

    async def wait(_body: Json, _context: object) -> None:
        await asyncio.sleep(slow.pop(0))

    set_.bot.handler = wait
    set_.app.events = frozenset({"app_mention"})
    await set_.zoe.mention(set_.channel, "hello")
    first, second = await set_.bot.has_heard("app_mention", 2)
    await set_.server.delivered()

    assert first["event_id"] == second["event_id"]
    assert [one.reason for one in set_.server.traffic.dispatches()] == ["", "http_timeout"]


async def test_what_people_do_comes_once(set_: Stage) -> None:
    """A failure is shown to them instead."""
    set_.server.courier.acknowledge_seconds = 0.05
    done = await set_.zoe.slash(set_.channel, "/quiz")
    gone = set_.app.request_url
    set_.app.request_url = "http://127.0.0.1:9/"
    nobody = await set_.zoe.shortcut("start")

    assert gone
    assert (done.failed, nobody.failed) == (True, True)
    assert len(set_.server.traffic.dispatches("slash")) == 1


async def test_a_command_is_answered_for_all_in_its_acknowledgement(set_: Stage) -> None:
    """What breaks a limit there is not shown."""

    async def quiz(ack: AsyncAck, command: Json) -> None:
        if command["text"]:
            await ack(text=command["text"], response_type="in_channel")
        else:
            await ack(blocks=[{"type": "header"}], text="x")

    set_.bot.bolt.command("/quiz")(quiz)
    said = await set_.zoe.slash(set_.channel, "/quiz", "hello all")
    wrong = await set_.zoe.slash(set_.channel, "/quiz")

    assert said.answer is not None
    assert said.answer.ephemeral_to is None
    assert (wrong.acked, wrong.failed, wrong.answer) == (True, True, None)
    assert wrong.refused is not None
    assert wrong.refused.error == "invalid_blocks"


async def test_anything_can_be_sent_as_if_by_slack(set_: Stage) -> None:
    """A payload of another workspace, say, rightly signed."""
    event = {"type": "app_mention", "channel": "C0", "user": "U0", "text": "x", "ts": "1.0"}
    payload: Json = {"type": "event_callback", "team_id": "T0", "event_id": "Ev0", "event": event}
    payload |= {"api_app_id": set_.app.id, "authorizations": []}

    assert await set_.server.send(set_.app, Kind.EVENT, payload)
    (heard,) = await set_.bot.has_heard("app_mention")
    assert heard["team_id"] == "T0"
