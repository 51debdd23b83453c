"""The emulated gateway: sessions that are resumed, refused or moved, and who may identify."""

import asyncio
import json
import zlib
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import discord
import pytest

from tests.emulators.discord import DiscordServer, World, discord_at
from tests.emulators.discord_bots import Bot, Stage, stage

INTENTS = discord.Intents.default().value


@pytest.fixture
async def set_() -> AsyncIterator[Stage]:
    """A stage with a bot that is connected."""
    async with stage() as it:
        yield it


async def test_a_dropped_connection_is_resumed_and_nothing_is_missed(set_: Stage) -> None:
    """What happened while nobody listened comes when the session goes on, in order."""
    set_.server.gateway.drop()
    for number in range(3):
        await set_.ben.say(set_.channel, f"<@{set_.app.user.id}> {number}")
    await set_.heard("RESUMED")

    assert [message.content[-1] for message in set_.bot.messages] == ["0", "1", "2"]
    assert (set_.server.gateway.identified, set_.server.gateway.resumed) == (1, 1)


async def test_a_press_during_a_drop_is_handled_after_it(set_: Stage) -> None:
    """An interaction belongs to the session, and waits for it."""

    async def handler(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("Here.", ephemeral=True)

    set_.bot.handler = handler
    set_.server.gateway.drop()
    done = await set_.ben.slash(set_.channel, "quiz play")

    assert (done.text, set_.server.gateway.resumed) == ("Here.", 1)


@pytest.mark.parametrize("code", [1012, 4000])
async def test_a_connection_that_is_closed_is_resumed(set_: Stage, code: int) -> None:
    """These codes do not end a session."""
    set_.server.gateway.close(code)
    await set_.heard("RESUMED")

    assert set_.server.gateway.identified == 1


async def test_a_request_to_reconnect_is_followed(set_: Stage) -> None:
    """The session goes on over another connection."""
    set_.server.gateway.reconnect()
    await set_.heard("RESUMED")

    assert (set_.server.gateway.identified, set_.server.gateway.resumed) == (1, 1)


async def test_a_session_that_timed_out_is_begun_anew(set_: Stage) -> None:
    """What happened in between is lost, as it is with Discord."""
    set_.server.gateway.close(4009)
    await set_.ben.say(set_.channel, f"<@{set_.app.user.id}> lost")
    await set_.heard("READY", 2)
    await set_.ben.say(set_.channel, f"<@{set_.app.user.id}> found")
    await set_.heard("MESSAGE_CREATE")

    assert [message.content.split()[1] for message in set_.bot.messages] == ["found"]
    assert set_.server.gateway.identified == 2


async def test_an_invalid_session_is_resumed_or_begun_anew(set_: Stage) -> None:
    """The server says which."""
    set_.server.gateway.invalidate(resumable=True)
    await set_.heard("RESUMED")
    set_.server.gateway.invalidate()
    await set_.heard("READY", 2)

    assert (set_.server.gateway.identified, set_.server.gateway.resumed) == (2, 1)


async def test_a_resume_that_is_refused_begins_anew(set_: Stage) -> None:
    """Discord may have forgotten a session."""
    set_.server.gateway.refuse_resumes = 1
    set_.server.gateway.drop()
    await set_.heard("READY", 2)

    assert (set_.server.gateway.identified, set_.server.gateway.resumed) == (2, 0)


async def test_a_guild_that_is_out_of_reach_was_not_left(set_: Stage) -> None:
    """An outage and being thrown out are told apart."""
    set_.world.outage(set_.guild)
    await set_.heard("GUILD_DELETE")
    set_.world.recover(set_.guild)
    await set_.heard("GUILD_CREATE", 2)

    assert [guild.name for guild in set_.bot.guilds] == ["School"]
    gone = set_.server.traffic.dispatches("GUILD_DELETE")
    assert [one.body for one in gone] == [{"id": str(set_.guild.id), "unavailable": True}]


async def test_a_wrong_token_and_a_privileged_intent_are_refused() -> None:
    """The client is told which, and gives up."""
    async with DiscordServer() as server:
        app = server.world.application()
        with discord_at(server.address):
            bot = Bot()
            with pytest.raises(discord.LoginFailure):
                await bot.start("wrong")
            await bot.close()
            bot = Bot(discord.Intents.all())
            with pytest.raises(discord.PrivilegedIntentsRequired):
                await bot.start(app.token)
            await bot.close()


async def test_a_privileged_intent_that_is_granted_brings_texts_and_members() -> None:
    """With it the bot reads what people say to each other."""
    world = World()
    async with stage(DiscordServer(world), None) as it:
        assert [member.name for member in it.bot.guilds[0].members] == ["Study Hall"]
    world = World()
    server = DiscordServer(world)
    app = world.application("Reader")
    app.intents = discord.Intents.all().value
    ann = world.user("Ann")
    channel = world.channel(world.guild("School", ann), "quiz")
    async with server:
        with discord_at(server.address):
            bot = Bot(discord.Intents.all())
            task = asyncio.create_task(bot.start(app.token))
            await server.connected(app)
            await bot.wait_until_ready()
            await server.person(ann).say(channel, "hello")
            await bot.bell.until(lambda: bot.messages, what="a message")
            await bot.close()
            await task

    assert bot.messages[0].content == "hello"
    assert sorted(member.name for member in bot.guilds[0].members) == ["Ann", "Reader"]


async def test_a_sharded_client_hears_of_each_guild_once() -> None:
    """Guilds are dealt out by their ids; direct messages go to the first shard."""
    world = World()
    server = DiscordServer(world)
    server.rest.shards = 2
    app = world.application()
    ann = world.user("Ann")
    for number in range(6):
        world.guild(str(number), ann)
    async with server:
        with discord_at(server.address):
            bot = discord.AutoShardedClient(intents=discord.Intents.default(), guild_ready_timeout=0.05)
            bot._connection.shard_count = None
            bot.before_identify_hook = Bot.before_identify_hook.__get__(bot)  # type: ignore[method-assign]  # no wait
            task = asyncio.create_task(bot.start(app.token))
            await server.until(lambda: len(server.gateway.connected(app)) == 2, what="two shards")
            await bot.wait_until_ready()
            guilds = [guild.name for guild in bot.guilds]
            await bot.close()
            await task

    told = [one.body["name"] for one in server.traffic.dispatches("GUILD_CREATE")]
    assert sorted(guilds) == sorted(told) == list("012345")
    assert {session.shard for session in server.gateway.sessions.values()} <= {(0, 2), (1, 2)}


class Wire:
    """A client that says what it likes."""

    def __init__(self, ws: aiohttp.ClientWebSocketResponse) -> None:
        self.ws = ws

    async def next(self) -> dict[str, Any]:
        """Return the next frame."""
        return dict(await self.ws.receive_json(timeout=2))

    async def identify(self, token: str, intents: int = INTENTS, **more: object) -> None:
        """Identify."""
        await self.ws.send_json({"op": 2, "d": {"token": token, "intents": intents, **more}})

    async def closed(self) -> int | None:
        """Return the code that the connection is closed with."""
        async with asyncio.timeout(2):
            while not self.ws.closed:
                await self.ws.receive()
        return self.ws.close_code


async def _code(server: DiscordServer, *frames: object) -> int | None:
    async with aiohttp.ClientSession() as session, session.ws_connect(server.rest.gateway) as ws:
        for frame in frames:
            await (ws.send_str(frame) if isinstance(frame, str) else ws.send_json(frame))
        return await Wire(ws).closed()


async def test_each_mistake_closes_the_connection_with_its_code() -> None:
    """The codes tell a client whether to try again."""
    async with DiscordServer() as server:
        token = server.world.application().token
        fine = {"op": 2, "d": {"token": token, "intents": INTENTS}}
        cases: dict[int, list[object]] = {
            4001: [fine, {"op": 99}],
            4002: ["{"],
            4003: [{"op": 8, "d": {}}],
            4004: [{"op": 2, "d": {"token": "wrong", "intents": 0}}],
            4005: [fine, fine],
            4008: [{"op": 1, "d": None}] * 121,
            4010: [{"op": 2, "d": {"token": token, "intents": 0, "shard": [2, 2]}}],
            4013: [{"op": 2, "d": {"token": token, "intents": 1 << 40}}],
            4014: [{"op": 2, "d": {"token": token, "intents": 1 << 15}}],
        }
        codes = [await _code(server, *frames) for frames in cases.values()]

    assert codes == list(cases)


async def test_a_number_that_was_never_given_cannot_be_resumed_from() -> None:
    """Such a client is told so, and a session that nobody knows is invalid."""
    async with DiscordServer() as server, aiohttp.ClientSession() as session:
        token = server.world.application().token
        async with session.ws_connect(server.rest.gateway) as ws:
            wire = Wire(ws)
            assert (await wire.next())["op"] == 10
            await wire.identify(token)
            ready = await wire.next()
            await ws.close(code=4000)
        assert await _code(server, {"op": 1, "d": None}, _resume(token, ready["d"]["session_id"], 99)) == 4007
        async with session.ws_connect(server.rest.gateway) as ws:
            await ws.send_json(_resume(token, "nobody", 1))
            frames = [await Wire(ws).next() for _ in range(2)]

    assert [frame["op"] for frame in frames] == [10, 9]


def _resume(token: str, session: str, number: int) -> dict[str, object]:
    return {"op": 6, "d": {"token": token, "session_id": session, "seq": number}}


async def test_a_session_hears_only_of_what_it_asked_for() -> None:
    """Without the intent for messages none is told; without any not even the guilds."""
    async with DiscordServer() as server, aiohttp.ClientSession() as session:
        token = server.world.application().token
        ann = server.world.user("Ann")
        channel = server.world.channel(server.world.guild("School", ann), "quiz")
        heard = []
        for intents in (0, 1, 1 << 9):
            async with session.ws_connect(server.rest.gateway) as ws:
                wire = Wire(ws)
                await wire.next()
                await wire.identify(token, intents)
                await server.until(server.gateway.connected)
                message = await server.person(ann).say(channel, "hello")
                server.world.react(message, ann, "🇦")
                await ws.send_json({"op": 1, "d": None})
                events = []
                while (frame := await wire.next())["op"] != 11:
                    events.append(frame["t"])
            heard.append(events)
            await server.until(lambda: not server.gateway.connected())

    assert heard == [["READY"], ["READY", "GUILD_CREATE"], ["READY", "MESSAGE_CREATE"]]


async def test_a_stream_is_compressed_as_a_whole_when_it_is_asked_for() -> None:
    """Each frame ends where the stream was flushed; without asking it is plain text."""
    async with DiscordServer() as server, aiohttp.ClientSession() as session:
        token = server.world.application().token
        inflate = zlib.decompressobj()
        async with session.ws_connect(f"{server.rest.gateway}?compress=zlib-stream") as ws:
            frames = [json.loads(inflate.decompress(await ws.receive_bytes(timeout=2)))]
            await Wire(ws).identify(token)
            data = await ws.receive_bytes(timeout=2)
            frames.append(json.loads(inflate.decompress(data)))

    assert data.endswith(b"\x00\x00\xff\xff")
    assert [frame["op"] for frame in frames] == [10, 0]


async def test_heartbeats_are_answered_unless_the_gateway_is_deaf() -> None:
    """A test may let a connection die slowly."""
    async with DiscordServer() as server, aiohttp.ClientSession() as session:
        async with session.ws_connect(server.rest.gateway) as ws:
            await ws.send_json({"op": 1, "d": None})
            assert [(await Wire(ws).next())["op"] for _ in range(2)] == [10, 11]
            server.gateway.acknowledges = False
            await ws.send_json({"op": 1, "d": None})
            with pytest.raises(TimeoutError):
                await ws.receive(timeout=0.05)
        assert server.gateway.connected() == []


async def test_whoever_identifies_too_soon_is_put_off() -> None:
    """The time between two who identify can be asked for."""
    async with DiscordServer() as server, aiohttp.ClientSession() as session:
        token = server.world.application().token
        server.gateway.identify_seconds = 5
        answers = []
        for _ in range(2):
            async with session.ws_connect(server.rest.gateway) as ws:
                wire = Wire(ws)
                await wire.next()
                await wire.identify(token)
                answers.append((await wire.next())["op"])

    assert answers == [0, 9]
