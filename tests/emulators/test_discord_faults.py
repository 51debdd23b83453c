"""The faults of the emulated Discord: what fails, what has happened then, and that a seed repeats it."""

import asyncio
import time
from collections.abc import AsyncIterator

import aiohttp
import discord
import pytest

from tests.emulators.discord import DiscordServer, EventOdds, Exchange, Fates, Odds, Rate, Trouble, text_of
from tests.emulators.discord_bots import Stage, layout, stage


@pytest.fixture
async def set_() -> AsyncIterator[Stage]:
    """A stage with a bot that is connected."""
    async with stage() as it:
        yield it


def shown(set_: Stage) -> list[str]:
    """Return what Ben sees."""
    return [text_of(message) for message in set_.ben.seen(set_.channel)]


async def test_a_busy_server_is_asked_again(set_: Stage) -> None:
    """The client waits as long as it is told, and then it works."""
    set_.server.fates.next("post", Trouble.BUSY, times=3, wait=0.02)
    await set_.text_channel().send("x")

    assert [one.status for one in set_.server.traffic.exchanges("post")] == [429, 429, 429, 200]
    assert shown(set_) == ["x"]
    assert set_.server.traffic.unwelcome == 3


async def test_a_connection_that_is_dropped_before_the_effect_shows_nothing(set_: Stage) -> None:
    """Whoever sent it cannot know; a second try shows it once."""
    set_.server.fates.next("post", Trouble.DROPPED)
    with pytest.raises((aiohttp.ClientError, OSError)):
        await set_.text_channel().send("x", nonce="n")
    assert shown(set_) == []

    await set_.text_channel().send("x", nonce="n")
    assert shown(set_) == ["x"]


async def test_a_connection_that_is_cut_after_the_effect_has_shown_it(set_: Stage) -> None:
    """With its nonce a second try shows nothing more."""
    set_.server.fates.next("post", Trouble.CUT)
    with pytest.raises((aiohttp.ClientError, OSError)):
        await set_.text_channel().send("x", nonce="n")
    assert shown(set_) == ["x"]

    await set_.text_channel().send("x", nonce="n")
    assert shown(set_) == ["x"]


async def test_an_error_after_the_effect_has_shown_it() -> None:
    """The library tries again by itself, and the nonce saves it; without one there are two."""
    async with DiscordServer() as server, aiohttp.ClientSession() as session:
        app = server.world.application()
        channel = server.world.channel(server.world.guild("School", server.world.user("Ann")), "quiz")
        url = f"{server.address}/api/v10/channels/{channel.id}/messages"
        headers = {"Authorization": f"Bot {app.token}"}
        server.fates.next("post", Trouble.BROKEN_AFTER, status=502)
        server.fates.next("post", Trouble.BROKEN)
        statuses = []
        for nonce in ("n", "m", "n", "m"):
            body = {"content": nonce, "nonce": nonce, "enforce_nonce": True}
            async with session.post(url, json=body, headers=headers) as answer:
                statuses.append(answer.status)

    assert statuses == [502, 500, 200, 200]
    assert [text_of(message) for message in channel.messages.values()] == ["n", "m"]


async def test_a_slow_answer_has_taken_effect_before_it_arrives(set_: Stage) -> None:
    """People see a message before its poster knows."""
    set_.server.fates.next("post", after=0.1)
    sending = asyncio.create_task(set_.text_channel().send("x"))
    await set_.ben.sees(set_.channel, "x")

    assert not sending.done()
    await sending


async def test_a_callback_can_be_lost_on_its_way(set_: Stage) -> None:
    """The person was answered, though the bot does not know."""
    set_.server.fates.next("callback", Trouble.CUT)
    lost: list[BaseException] = []

    async def handler(interaction: discord.Interaction) -> None:
        try:
            await interaction.response.send_message("Yes.", ephemeral=True)
        except (aiohttp.ClientError, OSError) as error:
            lost.append(error)

    set_.bot.handler = handler
    done = await set_.ben.slash(set_.channel, "quiz play")
    await set_.server.until(lambda: done.text == "Yes.")

    assert not done.failed


async def test_events_that_come_twice_come_with_the_same_or_another_number(set_: Stage) -> None:
    """Both happen; the second is as good as the first."""
    set_.server.fates = Fates("seed", events=EventOdds(doubled=1.0, renumbered=1.0))
    set_.server.traffic.clear()
    await set_.ben.say(set_.channel, f"<@{set_.app.user.id}> hello")
    await set_.heard("MESSAGE_CREATE", 3)

    numbers = [one.number for one in set_.server.traffic.dispatches("MESSAGE_CREATE")]
    assert len(numbers) == 2
    assert numbers[1] == numbers[0] + 1
    assert len(set_.bot.messages) == 3


async def test_events_that_are_late_come_in_another_order(set_: Stage) -> None:
    """All come, though."""
    set_.server.fates = Fates("seed", events=EventOdds(late=0.8, slowest=0.05))
    for number in range(10):
        await set_.ben.say(set_.channel, f"<@{set_.app.user.id}> {number}")
    await set_.heard("MESSAGE_CREATE", 10)

    order = [message.content[-1] for message in set_.bot.messages]
    assert sorted(order) == list("0123456789")
    assert order != sorted(order)


async def test_sockets_that_break_all_the_time_lose_nothing(set_: Stage) -> None:
    """Each session goes on where it was."""
    set_.server.fates = Fates("seed", events=EventOdds(dropped=0.3, moved=0.3))
    for number in range(10):
        await set_.ben.say(set_.channel, f"<@{set_.app.user.id}> {number}")
        await set_.heard("MESSAGE_CREATE", number + 1)

    assert [message.content[-1] for message in set_.bot.messages] == list("0123456789")
    assert set_.server.gateway.resumed > 0


async def test_a_seed_gives_each_request_the_same_fate_whatever_comes_between() -> None:
    """Requests and events are drawn by what they are and how often they were."""
    odds = Odds(0.15, 0.15, 0.15, 0.15, 0.15, slowest=1)
    events = EventOdds(0.3, 0.3, 0.3, 1.0, 0.3, 0.3, 0.3)
    alone, mixed = Fates("seed", odds, events), Fates("seed", {"post": odds}, events)
    expected = [(alone.draw("post", "a"), alone.draw_event("e")) for _ in range(50)]

    drawn = []
    for _ in range(50):
        mixed.draw("post", "b")
        mixed.draw_event("f")
        assert mixed.draw("edit", "a").trouble is Trouble.NONE
        drawn.append((mixed.draw("post", "a"), mixed.draw_event("e")))

    assert drawn == expected
    assert {fate.trouble for fate, _ in expected} == set(Trouble)


async def test_a_channel_takes_so_many_messages_in_a_time(set_: Stage) -> None:
    """The headers tell the client when to wait; another channel is not held up."""
    set_.server.limits.rates["post"] = Rate(2, 0.15)
    other = set_.world.channel(set_.guild, "other")
    began = time.perf_counter()
    await asyncio.gather(
        *(set_.text_channel().send(str(n)) for n in range(5)), set_.text_channel(other).send("x")
    )

    assert time.perf_counter() - began >= 0.25
    posts = set_.server.traffic.exchanges("post")
    assert len([one for one in posts if one.status == 200]) == 6
    assert sorted(shown(set_)) == list("01234")


async def test_one_request_too_many_is_refused_with_the_time_to_wait() -> None:
    """Here and everywhere; what belongs to an interaction is exempt."""
    async with DiscordServer() as server, aiohttp.ClientSession(base_url=server.address) as session:
        app = server.world.application()
        channel = server.world.channel(server.world.guild("School", server.world.user("Ann")), "quiz")
        session.headers["Authorization"] = f"Bot {app.token}"
        server.limits.rates["post"] = Rate(1, 5)
        path = f"/api/v10/channels/{channel.id}/messages"
        await session.post(path, json={"content": "x"})
        async with session.post(path, json={"content": "x"}) as answer:
            body, said = await answer.json(), answer.headers
            assert (answer.status, body["global"], said["X-RateLimit-Scope"]) == (429, False, "user")
            assert 4 < body["retry_after"] <= 5
            assert (said["Via"], said["Retry-After"]) == ("1.1 google", "5")
            assert (said["X-RateLimit-Limit"], said["X-RateLimit-Remaining"]) == ("1", "0")

        server.limits.overall = Rate(1, 5)
        await session.get("/api/v10/users/@me")
        async with session.get("/api/v10/users/@me") as answer:
            body, said = await answer.json(), answer.headers
            assert (answer.status, body["global"], said["X-RateLimit-Global"]) == (429, True, "true")
        async with session.post("/api/v10/interactions/1/x/callback", json={"type": 4}) as answer:
            assert answer.status == 404


async def test_all_that_went_over_the_wire_is_kept_in_order(set_: Stage) -> None:
    """Requests with their bodies and answers, and events; a long run may do without."""
    set_.server.traffic.clear()
    await set_.text_channel().send(view=layout("a", text="Here is the key."))
    await set_.heard("MESSAGE_CREATE")

    event, request = set_.server.traffic
    assert "Here is the key." in str(request)
    assert "Here is the key." in str(event)
    assert isinstance(request, Exchange)
    assert (request.method, request.kind, request.status) == ("POST", "post", 200)
    set_.server.traffic.recording = False
    await set_.text_channel().send("x")
    assert len(set_.server.traffic) == 2


async def test_a_hundred_people_press_at_once(set_: Stage) -> None:
    """Each is acknowledged, well before the three seconds are over."""
    people = [set_.world.user(f"user{number}") for number in range(100)]
    for user in people:
        set_.world.join(set_.guild, user)

    async def handler(interaction: discord.Interaction) -> None:
        await interaction.response.defer()

    set_.bot.handler = handler
    await set_.text_channel().send(view=layout("a"))
    (message,) = set_.ben.seen(set_.channel)
    presses = [set_.server.person(user).press(message, "a") for user in people]
    done = await asyncio.gather(*presses)

    assert not any(one.failed for one in done)
    assert len({one.id for one in done}) == 100
