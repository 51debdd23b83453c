"""Socket Mode of the emulated Slack: connections come, go, break, and are too many."""

import asyncio
import json
from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_bolt.context.ack.async_ack import AsyncAck

from tests.emulators.slack import SlackServer
from tests.emulators.slack_bots import Json, Stage, socketed, stage


@pytest.fixture
async def set_() -> AsyncIterator[Stage]:
    """A stage whose bot acknowledges commands."""
    async with stage() as it:

        async def acknowledge(ack: AsyncAck) -> None:
            await ack()

        it.server.limits.on = False
        it.bot.bolt.command("/quiz")(acknowledge)
        yield it


async def address_of(server: SlackServer, token: str) -> str:
    """Ask for the address of a connection."""
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{server.api_url}apps.connections.open", headers=headers) as answer,
    ):
        return str((await answer.json())["url"])


async def test_a_connection_is_greeted(set_: Stage) -> None:
    """With what it is and how many there are; its address is good for one."""
    url = await address_of(set_.server, set_.app.app_token)
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(url) as ws:
            hello = await ws.receive_json()
            await ws.ping(b"x")
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)

    assert hello["type"] == "hello"
    assert hello["num_connections"] == 2
    assert hello["connection_info"] == {"app_id": set_.app.id}
    assert hello["debug_info"]["approximate_connection_time"] > 0


async def test_each_envelope_goes_to_one_of_the_connections(set_: Stage) -> None:
    """In turn."""
    async with socketed(set_):
        await set_.server.connected(set_.app, 2)
        for _ in range(6):
            assert (await set_.zoe.slash(set_.channel, "/quiz")).acked

        assert len(set_.bot.heard) == 6


@pytest.mark.parametrize("how", ["refresh", "warning", "crowd", "cut"])
async def test_a_connection_that_ends_is_made_anew(set_: Stage, how: str) -> None:
    """Whether it was asked to or was broken; what comes meanwhile comes after it."""
    sockets = set_.server.sockets
    match how:
        case "refresh":
            sockets.refresh(set_.app)
        case "warning":
            sockets.refresh(set_.app, warning=True)
        case "crowd":
            sockets.crowd(set_.app)
        case _:
            sockets.cut(set_.app)
    done = await set_.zoe.slash(set_.channel, "/quiz")

    assert done.acked
    assert sockets.opened[set_.app.id] >= 2


async def test_an_envelope_that_a_broken_connection_had_is_sent_again_at_another(set_: Stage) -> None:
    """It is the very same."""
    url = await address_of(set_.server, set_.app.app_token)
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as ws:
        await ws.receive_json()
        acts = [asyncio.create_task(set_.zoe.slash(set_.channel, "/quiz", str(one))) for one in range(2)]
        lost: Json = await ws.receive_json()
    done = await asyncio.gather(*acts)

    assert all(one.acked for one in done)
    sent = [one for one in set_.server.traffic.dispatches("slash") if one.id == lost["envelope_id"]]
    assert [one.answered for one in sent] == [False, True]


async def test_an_eleventh_connection_is_told_that_there_are_too_many(set_: Stage) -> None:
    """And closed."""
    async with aiohttp.ClientSession() as session:
        kept = []
        for _ in range(9):
            kept.append(await session.ws_connect(await address_of(set_.server, set_.app.app_token)))
            assert (await kept[-1].receive_json())["type"] == "hello"
        extra = await session.ws_connect(await address_of(set_.server, set_.app.app_token))
        said = await extra.receive_json()
        assert (said["type"], said["reason"]) == ("disconnect", "too_many_websockets")
        assert (await extra.receive()).type is aiohttp.WSMsgType.CLOSE


async def test_an_event_that_is_not_acknowledged_comes_again_with_its_number(set_: Stage) -> None:
    """At once, after a minute, and after five; then never again."""
    server = set_.server
    server.courier.acknowledge_seconds = 0.02
    url = await address_of(server, set_.app.app_token)
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as ws:
        await ws.receive_json()
        await set_.sockets[0].client.disconnect()  # type: ignore[no-untyped-call]  # it says no types
        set_.sockets[0].client.auto_reconnect_enabled = False
        await server.until(lambda: server.sockets.open(set_.app) == 1)
        await set_.zoe.react(await set_.zoe.say(set_.channel, "x"), "one")
        await ws.receive_json()
        for delay in (0, 60, 300):
            await asyncio.sleep(0.03)
            server.clock.advance(delay)
        await server.until(lambda: len(server.courier.given_up) == 2)
    sent = server.traffic.dispatches("reaction_added")

    assert [one.attempt for one in sent] == [0, 1, 2, 3]
    assert [one.reason for one in sent] == ["", *["http_timeout"] * 3]
    assert len({one.body["event_id"] for one in sent}) == 1
    assert len({one.id for one in sent}) == 4
    assert json.loads(json.dumps(sent[0].body)) == sent[0].body
