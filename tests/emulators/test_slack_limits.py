"""The limits of the emulated Slack: each is kept, and one above it is refused with Slack's own error."""

from collections.abc import AsyncIterator

import pytest

from tests.emulators.slack import Message, Pinged, text_of
from tests.emulators.slack_blocks import IMAGE, MARKED, TEXT, actions, cell, rich, select, table
from tests.emulators.slack_bots import buttons, modal, plain, section, typed
from tests.emulators.slack_desks import Desk, Json, desk, error, refusal


@pytest.fixture
async def at() -> AsyncIterator[Desk]:
    """A desk whose posts are not limited in time."""
    async with desk() as it:
        it.server.limits.on = False
        yield it


async def test_a_message_has_fifty_blocks_with_ids_of_their_own(at: Desk) -> None:
    """One more is refused, and so is an id that is there."""
    many: list[Json] = [{"type": "divider"}] * 50
    await at.post(*many)
    more = await refusal(at.post(*many, {"type": "divider"}))
    same = await refusal(at.post(section("x"), section("y")))

    assert more["response_metadata"]["messages"] == [
        "[ERROR] no more than 50 items allowed [json-pointer:/blocks]"
    ]
    assert "`block_id` said already exists" in same["errors"][0]


async def test_the_blocks_of_a_message_are_not_too_long_together(at: Desk) -> None:
    """Some 13,200 characters are shown, and one table."""
    blocks = [section("x" * 3_000, str(one)) for one in range(5)]

    assert await error(at.post(*blocks)) == "msg_blocks_too_long"
    assert await error(at.post(table(1, 1), table(1, 1))) == "invalid_attachments"
    long = [{"type": "markdown", "text": "x" * 7_201}, *(section("x" * 3_000, one) for one in "ab")]
    assert await error(at.post(*long)) == "msg_blocks_too_long"
    await at.post(*long[1:], {"type": "markdown", "text": "x" * 7_200})


async def test_a_long_text_is_cut_and_a_long_change_refused(at: Desk) -> None:
    """The message remembers that it was."""
    message = await at.post(text="x" * 40_001)

    assert (len(message.text), message.truncated) == (40_000, True)
    change = at.client.chat_update(channel=at.channel.id, ts=message.ts, text="x" * 4_001)
    assert await error(change) == "msg_too_long"


async def test_a_message_says_something(at: Desk) -> None:
    """Blocks without a text are shown, and the message remembers that it has none."""
    nothing = at.client.api_call("chat.postMessage", json={"channel": at.channel.id})
    assert await error(nothing) == "no_text"
    assert await error(
        at.client.api_call("chat.postMessage", json={"channel": at.channel.id, "blocks": "{"})
    ) == ("invalid_blocks_format")
    posted = await at.client.api_call(
        "chat.postMessage", json={"channel": at.channel.id, "blocks": [section("x")]}
    )
    assert at.channel.messages[posted["ts"]].without_text


VIEWS: dict[str, tuple[Json, str]] = {
    "title": ({"title": plain("x" * 25)}, "must be less than 25 characters [json-pointer:/view/title/text]"),
    "submit": (
        {"submit": plain("x" * 25)},
        "must be less than 25 characters [json-pointer:/view/submit/text]",
    ),
    "close": ({"close": plain("x" * 25)}, "must be less than 25 characters [json-pointer:/view/close/text]"),
    "metadata": (
        {"private_metadata": "x" * 3_001},
        "must be less than 3001 characters [json-pointer:/view/private_metadata]",
    ),
    "callback": (
        {"callback_id": "x" * 256},
        "must be less than 256 characters [json-pointer:/view/callback_id]",
    ),
    "blocks": (
        {"blocks": [{"type": "divider"}] * 101},
        "no more than 100 items allowed [json-pointer:/view/blocks]",
    ),
    "no submit": ({"submit": None}, "missing required field: submit [json-pointer:/view]"),
    "table": ({"blocks": [table(1, 1)]}, "unsupported type: table [json-pointer:/view/blocks/0/type]"),
    "no title": ({"title": None}, "missing required field: title [json-pointer:/view]"),
    "type": ({"type": "home"}, "must be one of: modal [json-pointer:/view/type]"),
}


@pytest.mark.parametrize("name", VIEWS)
async def test_a_modal_that_breaks_a_limit_is_refused(at: Desk, name: str) -> None:
    """It is refused before its trigger is looked at."""
    changes, message = VIEWS[name]
    view = modal(typed()) | changes
    answer = await refusal(at.client.views_open(trigger_id="none", view=view))

    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == [f"[ERROR] {message}"]


PINGS: dict[str, tuple[Json, Pinged]] = {
    "a person": (MARKED | {"text": "<@{zoe}> <@U0000000000>"}, Pinged(users=("{zoe}",))),
    "escaped": (MARKED | {"text": "&lt;@{zoe}&gt; &lt;!here&gt;", "verbatim": True}, Pinged()),
    "plain": (plain("<@{zoe}> <!channel> @here"), Pinged()),
    "ranges": (
        MARKED | {"text": "<!here> <!channel|c> <!everyone>"},
        Pinged(ranges=("here", "channel", "everyone")),
    ),
    "bare": (MARKED | {"text": "Hey @channel"}, Pinged(ranges=("channel",))),
    "verbatim": (MARKED | {"text": "Hey @channel", "verbatim": True}, Pinged()),
    "group": (MARKED | {"text": "<!subteam^{group}>"}, Pinged(groups=("{group}",))),
}


@pytest.mark.parametrize("name", PINGS)
async def test_it_is_worked_out_whom_a_message_calls(at: Desk, name: str) -> None:
    """What Slack parses calls people; what is escaped, or plain, does not."""
    group = at.world.usergroup("owls", [at.zoe.user])
    names = {"{zoe}": at.zoe.user.id, "{group}": group.id}
    text, expected = PINGS[name]
    said = text["text"]
    for key, value in names.items():
        said = said.replace(key, value)
    message = await at.post({"type": "section", "text": {**text, "text": said}})

    assert message.pinged == Pinged(
        tuple(names.get(one, one) for one in expected.users),
        tuple(names.get(one, one) for one in expected.groups),
        expected.ranges,
    )


async def test_rich_text_and_the_text_itself_call_people_too(at: Desk) -> None:
    """Names are parsed where that was asked for."""
    zoe = at.zoe.user.id
    elements = [
        {"type": "user", "user_id": zoe},
        {"type": "broadcast", "range": "here"},
        TEXT | {"text": "<!channel>"},
    ]

    assert (await at.post(rich(*elements))).pinged == Pinged((zoe,), (), ("here",))
    assert (await at.post(text="<!channel>")).pinged == Pinged(ranges=("channel",))
    assert not (await at.post(text="@zoe @here")).pinged
    assert (await at.post(text="@zoe @here", link_names=True)).pinged == Pinged((zoe,), (), ("here",))
    assert (await at.post(text="@zoe", parse="full")).pinged == Pinged((zoe,))


def shows(message: Message) -> list[str]:
    """Return the lines that a message shows."""
    return text_of(message).split("\n")


async def test_all_text_that_is_shown_is_found(at: Desk) -> None:
    """Tables are read by row, options with what they say."""
    message = await at.post(
        {"type": "header", "text": plain("Standing")},
        {
            "type": "table",
            "rows": [[cell("Zoe"), rich({"type": "text", "text": "3"})], [cell("Ben"), cell("2")]],
        },
        buttons("a", "b"),
        actions(select(placeholder=plain("Pick one"))),
        {**IMAGE, "title": plain("A chart")},
    )

    assert shows(message) == [
        "Standing",
        "Zoe | 3",
        "Ben | 2",
        "A",
        "B",
        "Pick one",
        "A",
        "B",
        "A chart",
        "A picture",
    ]


async def test_requests_are_limited_and_told_when_to_come_again(at: Desk) -> None:
    """A message a second in a channel, a few at once; another channel has its own."""
    at.server.limits.on = True
    other = at.world.channel("other")
    for _ in range(4):
        await at.post()
    answer = await refusal(at.post())
    await at.client.chat_postMessage(channel=other.id, text="x")
    at.server.clock.advance(1)
    await at.post()
    last = at.server.traffic.exchanges("chat.postMessage")

    assert answer == {"ok": False, "error": "ratelimited"}
    assert [one.status for one in last] == [200, 200, 200, 200, 429, 200, 200]
    assert at.server.traffic.busy == 1


async def test_an_app_outside_of_the_marketplace_reads_once_a_minute(at: Desk) -> None:
    """That is how it is told."""
    at.server.limits.on = True
    at.server.limits.not_marketplace()
    await at.client.conversations_history(channel=at.channel.id)

    assert await error(at.client.conversations_history(channel=at.channel.id)) == "ratelimited"
    at.server.clock.advance(60)
    await at.client.conversations_history(channel=at.channel.id)
