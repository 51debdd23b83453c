"""The emulated Slack with the unmodified slack-bolt: what people do, by Socket Mode and over HTTP."""

from collections.abc import AsyncIterator, Iterator

import pytest
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from tests.emulators.slack import ImpossibleError, Pinged, text_of
from tests.emulators.slack_bots import Json, Stage, buttons, modal, section, stage, typed


@pytest.fixture(params=["socket", "http"])
async def set_(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    """A stage with a bot that is connected, in either way."""
    async with stage(request.param) as it:
        yield it


async def test_a_command_is_answered_in_its_acknowledgement_and_after_it(set_: Stage) -> None:
    """The answer is shown to one alone, or to all."""

    async def quiz(ack: AsyncAck, command: Json, respond: AsyncRespond) -> None:
        await ack(f"You said {command['text']}.")
        await respond("More for you.")
        await respond(text="More for all.", response_type="in_channel")

    set_.bot.bolt.command("/quiz")(quiz)
    said = await set_.zoe.slash(set_.channel, "/quiz", "play count=3")

    assert said.acked
    assert said.answer is not None
    assert said.answer.text == "You said play count=3."
    assert said.answer.ephemeral_to is set_.zoe.user
    assert (await said.followed(2)).text == "More for all."
    assert [one.text for one in set_.ben.seen(set_.channel)] == ["More for all."]
    assert len(set_.zoe.seen(set_.channel)) == 3


async def test_a_button_is_pressed_and_the_message_changes(set_: Stage) -> None:
    """The payload tells who pressed what, where."""
    blocks = [section("Which one?"), buttons("a", "b")]
    await set_.bot.client.chat_postMessage(channel=set_.channel.id, text="Which one?", blocks=blocks)
    question = await set_.ben.sees(set_.channel, "Which one?")

    async def pick(ack: AsyncAck, body: Json, action: Json, client: AsyncWebClient) -> None:
        await ack()
        ts = body["container"]["message_ts"]
        text = f"{body['user']['id']} took {action['value']}"
        await client.chat_update(channel=body["channel"]["id"], ts=ts, text=text, blocks=[section(text)])

    set_.bot.bolt.action("pick-b")(pick)
    done = await set_.ben.press(question, "B")

    assert done.acked
    await set_.server.until(lambda: question.edits)
    assert text_of(question) == f"{set_.ben.user.id} took b"
    with pytest.raises(ImpossibleError):
        await set_.ben.press(question, "B")


async def test_a_modal_is_opened_filled_in_refused_changed_and_closed(set_: Stage) -> None:
    """What an app answers to a modal is carried out."""
    steps: Iterator[Json] = iter([
        {"response_action": "errors", "errors": {"said": "Too short."}},
        {"response_action": "update", "view": modal(typed(), title="Again")},
        {},
    ])  # fmt: skip

    async def ask(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal(typed()))

    async def answer(ack: AsyncAck) -> None:
        await ack(**next(steps))

    set_.bot.bolt.command("/quiz")(ask)
    set_.bot.bolt.view("answer")(answer)
    said = await set_.zoe.slash(set_.channel, "/quiz")
    view = await said.opened()
    assert set_.zoe.modals == [view]

    empty = await set_.zoe.submit(view)
    assert (empty.acked, list(empty.errors)) == (False, ["said"])
    refused = await set_.zoe.submit(view, {("said", "text"): "x"})
    assert refused.errors == {"said": "Too short."}
    changed = await set_.zoe.submit(view, {"text": "y"})
    assert (changed.modal, view.title) == (view, "Again")
    done = await set_.zoe.submit(view)
    assert done.closed
    assert done.payload["view"]["state"]["values"]["said"]["text"]["value"] == "y"
    assert set_.zoe.modals == []


async def test_a_bot_hears_of_mentions_messages_and_reactions(set_: Stage) -> None:
    """Each event has the payload that Slack gives it."""
    first = await set_.zoe.mention(set_.channel, "hello")
    await set_.ben.mention(set_.channel, "and here", thread=first)
    await set_.ben.write(set_.ben.dm, "just us")
    await set_.ben.react(first, "one")
    await set_.ben.unreact(first, "one")
    mentions = [body["event"] for body in await set_.bot.has_heard("app_mention", 2)]
    (added,) = await set_.bot.has_heard("reaction_added")
    await set_.bot.has_heard("reaction_removed")

    assert first.pinged == Pinged(users=(set_.app.user.id,))
    by_thread = {event.get("thread_ts"): event for event in mentions}
    assert by_thread.keys() == {None, first.ts}
    assert by_thread[None]["channel"] == set_.channel.id
    assert added["event"]["item"] == {"type": "message", "channel": set_.channel.id, "ts": first.ts}
    assert "message" in set_.bot.types()


async def test_a_home_is_published_when_it_is_opened(set_: Stage) -> None:
    """The person sees it then."""

    async def opened(event: Json, client: AsyncWebClient) -> None:
        await client.views_publish(
            user_id=event["user"], view={"type": "home", "blocks": [section("Yours.")]}
        )

    set_.bot.bolt.event("app_home_opened")(opened)
    assert await set_.zoe.open_home() is None
    home = await set_.server.until(lambda: set_.zoe.home)

    assert home is not None
    assert text_of(home) == "Yours."


async def test_a_bot_hears_who_comes_and_goes_and_what_becomes_of_channels(set_: Stage) -> None:
    """Itself too; what it does not subscribe to, or has no scope for, it does not hear."""
    world, bot = set_.world, set_.app.user
    there = world.channel("there", [set_.zoe.user])
    world.join(there, bot, inviter=set_.zoe.user)
    world.join(there, set_.ben.user)
    joined = [body["event"] for body in await set_.bot.has_heard("member_joined_channel", 2)]
    world.archive(there)
    await set_.bot.has_heard("channel_archive")
    world.leave(there, bot)
    (left,) = await set_.bot.has_heard("channel_left")
    world.delete_channel(set_.channel)
    (deleted,) = await set_.bot.has_heard("channel_deleted")

    assert {event["user"] for event in joined} == {bot.id, set_.ben.user.id}
    assert left["event"]["channel"] == there.id
    assert deleted["event"]["channel"] == set_.channel.id
    set_.app.events = frozenset({"reaction_added"})
    world.channel("unheard")
    await set_.server.delivered()
    assert set_.bot.types().count("channel_created") == 1
