"""Controls of the emulated Slack: what people choose, type and press, with what was filled in beside it."""

import re
from collections.abc import AsyncIterator

import pytest
from slack_bolt.context.ack.async_ack import AsyncAck

from tests.emulators.slack import ImpossibleError, Message
from tests.emulators.slack_bots import Json, Stage, buttons, modal, options, plain, section, stage, typed


@pytest.fixture
async def set_() -> AsyncIterator[Stage]:
    """A stage whose bot acknowledges everything."""
    async with stage() as it:

        async def acknowledge(ack: AsyncAck) -> None:
            await ack()

        it.bot.bolt.view_closed("answer")(acknowledge)
        for pattern in (it.bot.bolt.action, it.bot.bolt.shortcut):
            pattern(re.compile(".*"))(acknowledge)
        yield it


async def posted(set_: Stage, *blocks: Json) -> Message:
    """Let the bot post blocks, and return the message."""
    told = await set_.bot.client.chat_postMessage(channel=set_.channel.id, text="x", blocks=list(blocks))
    return set_.channel.messages[told["ts"]]


def choices(kind: str, action_id: str, *values: str, **more: object) -> Json:
    """Return an element to choose from."""
    return {"type": kind, "action_id": action_id, "options": options(*values), **more}


async def test_what_was_chosen_comes_with_what_was_chosen_beside_it(set_: Stage) -> None:
    """Each person has a state of their own."""
    one = choices("radio_buttons", "one", "a", "b")
    some = choices("checkboxes", "some", "c", "d")
    row = {"type": "actions", "block_id": "row", "elements": [one, some]}
    message = await posted(set_, row, buttons("go"))
    await set_.zoe.choose(message, "one", "b")
    await set_.zoe.choose(message, "some", ["c", "D"])
    done = await set_.zoe.press(message, "GO")
    other = await set_.ben.press(message, "pick-go")

    chosen = done.payload["state"]["values"]["row"]
    assert chosen["one"]["selected_option"]["value"] == "b"
    assert [option["value"] for option in chosen["some"]["selected_options"]] == ["c", "d"]
    assert done.payload["actions"][0]["value"] == "go"
    assert other.payload["state"]["values"]["row"]["one"]["selected_option"] is None
    with pytest.raises(ImpossibleError):
        await set_.zoe.choose(message, "one", "z")


async def test_selects_of_one_and_of_several_are_chosen_from(set_: Stage) -> None:
    """The action has what was chosen."""
    several = choices("multi_static_select", "several", "a", "b", "c", max_selected_items=2)
    grouped = {
        "type": "static_select",
        "action_id": "grouped",
        "option_groups": [{"label": plain("G"), "options": options("x")}],
    }
    message = await posted(
        set_,
        {**section("Some"), "accessory": several},
        {"type": "actions", "block_id": "row", "elements": [grouped]},
    )
    both = await set_.zoe.choose(message, "several", ["a", "c"])
    one = await set_.zoe.choose(message, "grouped", "X")

    assert both is not None
    assert one is not None
    assert [one["value"] for one in both.payload["actions"][0]["selected_options"]] == ["a", "c"]
    assert one.payload["actions"][0]["selected_option"]["value"] == "x"
    with pytest.raises(ImpossibleError):
        await set_.zoe.choose(message, "several", ["a", "b", "c"])


async def test_options_are_suggested_while_somebody_types(set_: Stage) -> None:
    """What was suggested can be chosen then, and nothing else."""

    async def suggest(ack: AsyncAck, payload: Json) -> None:
        await ack(options=options(payload["value"], "other"))

    set_.bot.bolt.options("deck")(suggest)
    element = {"type": "external_select", "action_id": "deck", "min_query_length": 1}
    message = await posted(set_, {"type": "actions", "block_id": "row", "elements": [element]})

    assert await set_.zoe.suggest(message, "deck", "") == []
    with pytest.raises(ImpossibleError):
        await set_.zoe.choose(message, "deck", "bio")
    offered = await set_.zoe.suggest(message, "deck", "bio")
    done = await set_.zoe.choose(message, "deck", "bio")
    assert [one["value"] for one in offered] == ["bio", "other"]
    assert done is not None
    assert done.payload["actions"][0]["selected_option"]["value"] == "bio"


async def test_an_input_tells_nobody_until_it_is_sent_or_asked_to(set_: Stage) -> None:
    """With dispatch_action it is sent at once."""
    quiet = typed("quiet", "q")
    loud = {**typed("loud", "l"), "dispatch_action": True}
    message = await posted(set_, quiet, loud)

    assert await set_.zoe.type(message, "q", "unsent") is None
    done = await set_.zoe.type(message, "l", "sent")
    assert done is not None
    assert done.payload["actions"][0]["value"] == "sent"
    assert done.payload["state"]["values"]["quiet"]["q"]["value"] == "unsent"


async def test_shortcuts_are_chosen_of_a_message_or_from_anywhere(set_: Stage) -> None:
    """The one has the message, the other nothing."""
    message = await set_.ben.say(set_.channel, "What is this?")
    on_it = await set_.zoe.shortcut("flag", message)
    anywhere = await set_.zoe.shortcut("start")

    assert on_it.acked
    assert on_it.payload["message"]["text"] == "What is this?"
    assert on_it.payload["type"] == "message_action"
    assert anywhere.acked
    assert "channel" not in anywhere.payload
    set_.app.shortcuts = frozenset({"flag"})
    with pytest.raises(ImpossibleError):
        await set_.zoe.shortcut("start")


async def test_a_press_in_a_thread_and_one_on_what_one_alone_sees_tell_so(set_: Stage) -> None:
    """A message that one alone sees is not in the payload."""
    first = await set_.zoe.say(set_.channel, "first")
    client, channel = set_.bot.client, set_.channel.id
    blocks = [buttons("a")]
    await client.chat_postMessage(channel=channel, text="x", blocks=blocks, thread_ts=first.ts)
    await client.chat_postEphemeral(channel=channel, text="y", blocks=blocks, user=set_.zoe.user.id)
    threaded, alone = set_.zoe.seen(set_.channel)[-2:]
    one, other = await set_.zoe.press(threaded, "a"), await set_.zoe.press(alone, "a")

    assert one.payload["container"]["thread_ts"] == first.ts
    assert one.payload["message"]["ts"] == threaded.ts
    assert other.payload["container"]["is_ephemeral"]
    assert "message" not in other.payload
    with pytest.raises(ImpossibleError):
        await set_.ben.press(alone, "a")


async def test_what_is_not_there_any_more_is_pressed_by_force_alone(set_: Stage) -> None:
    """A forger sends any action id and any value, and says to be in any workspace."""
    message = await posted(set_, buttons("a"))
    with pytest.raises(ImpossibleError):
        await set_.zoe.press(message, "pick-z")
    forged = await set_.zoe.press(
        message, "pick-z", force=True, value="forged", changes={"team": {"id": "T0"}}
    )

    assert forged.payload["actions"][0]["value"] == "forged"
    assert forged.payload["actions"][0]["action_id"] == "pick-z"
    assert forged.payload["team"] == {"id": "T0"}


async def test_each_act_has_a_trigger_and_the_time_at_which_it_was_done(set_: Stage) -> None:
    """The time can be said: a slow network shows nothing of it."""
    message = await posted(set_, buttons("a"))
    before = set_.world.now()
    set_.server.clock.advance(5)
    one, other = await set_.zoe.press(message, "a", sent_at=before), await set_.zoe.press(message, "a")

    assert one.trigger_id != other.trigger_id
    assert one.payload["actions"][0]["action_ts"] == f"{before.timestamp():.6f}"
    assert float(other.payload["actions"][0]["action_ts"]) >= before.timestamp() + 5


async def test_a_modal_tells_when_it_is_left_if_it_was_asked_to(set_: Stage) -> None:
    """Others are left silently."""
    heard = 0
    for wanted in (False, True):
        done = await set_.zoe.shortcut("start")
        view = modal(typed(), notify_on_close=wanted)
        await set_.bot.client.views_open(trigger_id=done.trigger_id, view=view)
        await set_.zoe.close(set_.zoe.modals[0])
        heard += wanted
        assert set_.bot.types().count("view_closed") == heard
    assert set_.zoe.modals == []
