"""The Web API of the emulated Slack with the unmodified slack-sdk: messages, channels, files, views."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.emulators.slack import Message
from tests.emulators.slack_bots import modal, section, typed
from tests.emulators.slack_desks import Desk, Json, desk, error


@pytest.fixture
async def at() -> AsyncIterator[Desk]:
    """A desk whose requests are not limited in time."""
    async with desk() as it:
        it.server.limits.on = False
        yield it


def texts(messages: list[Message]) -> list[str]:
    """Return what messages say."""
    return [message.text for message in messages]


async def test_a_message_carries_metadata_that_only_who_asks_is_told(at: Desk) -> None:
    """Our own messages can be found again by it."""
    metadata = {"event_type": "question", "event_payload": {"id": "7"}}
    message = await at.post(section("x"), metadata=metadata, client_msg_id="abc")
    told = await at.client.conversations_history(channel=at.channel.id, include_all_metadata=True)
    plain = await at.client.conversations_history(channel=at.channel.id)

    assert message.metadata == metadata
    assert told["messages"][0]["metadata"] == metadata
    assert "event_payload" not in plain["messages"][0]["metadata"]
    assert told["messages"][0]["client_msg_id"] == "abc"
    wrong = at.post(metadata={"event_type": "x"})
    assert await error(wrong) == "invalid_metadata_schema"


async def test_a_client_msg_id_that_comes_twice_is_shown_twice_unless_it_is_wanted(at: Desk) -> None:
    """Slack promises nothing of it."""
    await at.post(client_msg_id="a")
    await at.post(client_msg_id="a")
    at.server.fates.deduplicates = True
    await at.post(client_msg_id="a")

    assert len(at.channel.messages) == 2
    assert at.world.repeated == 1
    assert at.world.doubled(lambda one: one.client_msg_id) == {"a": 2}


async def test_a_message_is_changed_and_deleted_by_its_poster(at: Desk) -> None:
    """Blocks that are not named stay; nobody else's message is touched."""
    message = await at.post(section("x"), unfurl_links=False)
    here: Json = {"channel": at.channel.id, "ts": message.ts}
    await at.client.chat_update(**here, text="y")
    assert (message.text, len(message.blocks), message.edits, message.past) == ("y", 1, 1, ["x"])
    assert message.unfurl_links is False
    said = await at.zoe.say(at.channel, "mine")
    assert (
        await error(at.client.chat_update(channel=at.channel.id, ts=said.ts, text="z"))
        == "cant_update_message"
    )
    assert await error(at.client.chat_delete(channel=at.channel.id, ts=said.ts)) == "cant_delete_message"
    await at.client.chat_delete(**here)
    assert message.deleted
    assert await error(at.client.chat_update(**here, text="z")) == "message_not_found"


async def test_what_one_alone_sees_is_seen_by_nobody_else_and_not_changed(at: Desk) -> None:
    """Nor is it in the history; who is not there does not get it."""
    ben = at.server.person(at.world.user("Ben"))
    at.world.join(at.channel, ben.user)
    here: Json = {"channel": at.channel.id, "text": "psst"}
    told = await at.client.chat_postEphemeral(**here, user=at.zoe.user.id)

    assert texts(at.zoe.seen(at.channel)) == ["psst"]
    assert ben.seen(at.channel) == []
    change = at.client.chat_update(channel=at.channel.id, ts=told["message_ts"], text="x")
    assert await error(change) == "message_not_found"
    assert (await at.client.conversations_history(channel=at.channel.id))["messages"] == []
    at.world.leave(at.channel, ben.user)
    assert await error(at.client.chat_postEphemeral(**here, user=ben.user.id)) == "user_not_in_channel"
    at.zoe.user.online = False
    await at.client.chat_postEphemeral(**here, user=at.zoe.user.id)
    assert len(at.zoe.seen(at.channel)) == 1


async def test_a_channel_is_written_in_by_members_while_it_is_open(at: Desk) -> None:
    """Each refusal has its own error."""
    there = at.world.channel("elsewhere", [at.zoe.user])
    secret = at.world.channel("secret", [at.zoe.user], private=True)
    closed = at.world.channel("closed")
    at.world.archive(closed)

    assert await error(at.client.chat_postMessage(channel=there.id, text="x")) == "not_in_channel"
    assert await error(at.client.chat_postMessage(channel=secret.id, text="x")) == "channel_not_found"
    assert await error(at.client.chat_postMessage(channel=closed.id, text="x")) == "is_archived"
    assert await error(at.client.chat_postMessage(channel="C0", text="x")) == "channel_not_found"
    await at.client.conversations_join(channel=there.id)
    await at.client.chat_postMessage(channel=there.id, text="x")


async def test_direct_messages_are_opened_once(at: Desk) -> None:
    """Somebody's id is as good as the channel."""
    first = await at.client.conversations_open(users=at.zoe.user.id)
    second = await at.client.conversations_open(users=[at.zoe.user.id], return_im=True)
    await at.client.chat_postMessage(channel=at.zoe.user.id, text="hello")

    assert first["channel"]["id"] == second["channel"]["id"] == at.zoe.dm.id
    assert second["already_open"]
    assert texts(at.zoe.seen(at.zoe.dm)) == ["hello"]
    assert await error(at.client.conversations_open(users="U0")) == "user_not_found"
    at.app.messages_tab = False
    assert await error(at.client.chat_postMessage(channel=at.zoe.dm.id, text="x")) == "messages_tab_disabled"


async def test_a_thread_has_its_messages_apart(at: Desk) -> None:
    """The channel's history has the first one alone, and those that were shown to all."""
    first = await at.post(text="first")
    await at.post(text="reply", thread_ts=first.ts)
    await at.post(text="aloud", thread_ts=first.ts, reply_broadcast=True)
    history = await at.client.conversations_history(channel=at.channel.id)
    replies = await at.client.conversations_replies(channel=at.channel.id, ts=first.ts)

    assert [one["text"] for one in history["messages"]] == ["aloud", "first"]
    assert [one["text"] for one in replies["messages"]] == ["first", "reply", "aloud"]
    assert replies["messages"][0]["reply_count"] == 2
    assert await error(at.client.conversations_replies(channel=at.channel.id, ts="1.0")) == "thread_not_found"
    assert await error(at.post(thread_ts="1.0")) == "thread_not_found"


async def test_what_was_said_is_read_by_pages_and_times(at: Desk) -> None:
    """The newest comes first."""
    messages = [await at.post(text=str(number)) for number in range(5)]
    page = await at.client.conversations_history(channel=at.channel.id, limit=2)
    cursor = page["response_metadata"]["next_cursor"]
    later = await at.client.conversations_history(channel=at.channel.id, limit=2, cursor=cursor)
    since = await at.client.conversations_history(
        channel=at.channel.id, oldest=messages[3].ts, inclusive=True
    )

    assert [one["text"] for one in page["messages"]] == ["4", "3"]
    assert [one["text"] for one in later["messages"]] == ["2", "1"]
    assert [one["text"] for one in since["messages"]] == ["4", "3"]
    assert page["has_more"]


async def test_times_ascend_and_are_unique(at: Desk) -> None:
    """They are what messages are known by."""
    stamps = [(await at.post()).ts for _ in range(20)]

    assert sorted(set(stamps)) == stamps
    assert all(len(stamp.partition(".")[2]) == 6 for stamp in stamps)


async def test_reactions_are_put_once(at: Desk) -> None:
    """Taking away what is not there is refused."""
    message = await at.post()
    here: Json = {"channel": at.channel.id, "timestamp": message.ts}
    await at.client.reactions_add(**here, name="one")
    await at.zoe.react(message, "one")

    assert await error(at.client.reactions_add(**here, name="one")) == "already_reacted"
    got = await at.client.reactions_get(**here)
    assert got["message"]["reactions"] == [
        {"name": "one", "users": [at.app.user.id, at.zoe.user.id], "count": 2}
    ]
    await at.client.reactions_remove(**here, name="one")
    assert await error(at.client.reactions_remove(**here, name="one")) == "no_reaction"
    for number in range(22):
        await at.client.reactions_add(**here, name=f"n{number}")
    assert await error(at.client.reactions_add(**here, name="more")) == "too_many_emoji"


async def test_a_file_is_uploaded_and_shown_when_it_is_ready(at: Desk) -> None:
    """Until then a picture of it is refused."""
    at.server.api.files.ready_after = 5
    done = await at.client.files_upload_v2(filename="chart.png", content=b"PNG", title="A chart")
    file = at.world.files[done["files"][0]["id"]]
    picture = {"type": "image", "slack_file": {"id": file.id}, "alt_text": "A chart"}

    assert (file.data, file.title) == (b"PNG", "A chart")
    assert await error(at.post(picture)) == "invalid_blocks"
    at.server.clock.advance(5)
    assert (await at.post(picture)).blocks
    shared = await at.client.files_upload_v2(filename="a.png", content=b"x", channel=at.channel.id)
    assert at.zoe.seen(at.channel)[-1].files[0].id == shared["files"][0]["id"]


async def test_channels_people_and_bots_are_told_of(at: Desk) -> None:
    """As the library reads them."""
    info = await at.client.conversations_info(channel=at.channel.id, include_num_members=True)
    listed = await at.client.conversations_list(types="public_channel,private_channel")
    members = await at.client.conversations_members(channel=at.channel.id)
    user = await at.client.users_info(user=at.zoe.user.id)
    bot = await at.client.bots_info(bot=at.app.user.bot_id)
    team = await at.client.team_info()
    group = at.world.usergroup("owls", [at.zoe.user])
    groups = await at.client.usergroups_list(include_users=True)

    assert (info["channel"]["name"], info["channel"]["num_members"]) == ("quiz", 2)
    assert [one["id"] for one in listed["channels"]] == [at.channel.id]
    assert members["members"] == [at.zoe.user.id, at.app.user.id]
    assert (user["user"]["real_name"], user["user"]["is_admin"]) == ("Zoe", False)
    assert bot["bot"]["user_id"] == at.app.user.id
    assert team["team"]["id"] == at.zoe.user.team.id
    assert groups["usergroups"][0]["users"] == [at.zoe.user.id]
    assert group.handle == "owls"
    assert len((await at.client.users_list())["members"]) == 2
    link = await at.client.chat_getPermalink(channel=at.channel.id, message_ts=(await at.post()).ts)
    assert at.channel.id in link["permalink"]


async def test_a_trigger_opens_one_view_within_three_seconds(at: Desk) -> None:
    """A second use, and a late one, are refused; so is another app's."""
    at.server.courier.acknowledge_seconds = 0.01
    first, second = await at.zoe.slash(at.channel, "/quiz"), await at.zoe.slash(at.channel, "/quiz")
    assert first.failed
    opened = await at.client.views_open(trigger_id=first.trigger_id, view=modal(typed()))

    assert at.zoe.modals[0].id == opened["view"]["id"]
    again = at.client.views_open(trigger_id=first.trigger_id, view=modal(typed()))
    assert await error(again) == "exchanged_trigger_id"
    at.server.clock.advance(3.1)
    late = at.client.views_open(trigger_id=second.trigger_id, view=modal(typed()))
    assert await error(late) == "expired_trigger_id"
    forged = at.client.views_open(trigger_id="1.2.3", view=modal(typed()))
    assert await error(forged) == "invalid_trigger_id"


async def test_a_view_is_changed_while_it_is_the_expected_one(at: Desk) -> None:
    """What was filled in stays where its ids are the same; three modals lie over one another."""
    at.server.courier.acknowledge_seconds = 0.01
    done = await at.zoe.slash(at.channel, "/quiz")
    await at.client.views_open(trigger_id=done.trigger_id, view=modal(typed(), external_id="mine"))
    (view,) = at.zoe.modals
    await at.zoe.type(view, "text", "so far")
    changed = await at.client.views_update(
        external_id="mine", hash=view.hash, view=modal(typed(), section("!", "b"))
    )

    assert changed["view"]["state"]["values"]["said"]["text"]["value"] == "so far"
    stale = at.client.views_update(view_id=view.id, hash="0.x", view=modal(typed()))
    assert await error(stale) == "hash_conflict"
    assert await error(at.client.views_update(view_id="V0", view=modal(typed()))) == "not_found"
    for expected in ("", "", "push_limit_reached"):
        trigger = (await at.zoe.slash(at.channel, "/quiz")).trigger_id
        push = at.client.views_push(trigger_id=trigger, view=modal(typed()))
        if expected:
            assert await error(push) == expected
        else:
            await push
    await at.zoe.close()
    assert len(at.zoe.modals) == 2


async def test_a_home_is_published_over_the_one_that_is_expected(at: Desk) -> None:
    """A conflict is told."""
    args: Json = {"user_id": at.zoe.user.id, "view": {"type": "home", "blocks": [section("x")]}}
    first = await at.client.views_publish(**args)
    await at.client.views_publish(**args, hash=first["view"]["hash"])

    assert await error(at.client.views_publish(**args, hash=first["view"]["hash"])) == "hash_conflict"
    assert at.zoe.home is not None
    assert at.zoe.home.updates == 1


async def test_a_response_address_takes_five_messages_in_thirty_minutes(at: Desk) -> None:
    """And changes or deletes the message that was acted on."""
    at.server.courier.acknowledge_seconds = 0.01
    done = await at.zoe.slash(at.channel, "/quiz")
    late = await at.zoe.slash(at.channel, "/quiz")
    async with aiohttp.ClientSession() as session:

        async def respond(url: str, **body: object) -> tuple[int, str]:
            async with session.post(url, json=body) as answer:
                return answer.status, await answer.text()

        assert (await respond(done.response_url))[1].find("no_text") > 0
        for number in range(4):
            assert (await respond(done.response_url, text=str(number)))[0] == 200
        assert await respond(done.response_url, text="x") == (404, '{"ok": false, "error": "used_url"}')
        at.server.clock.advance(1_801)
        assert (await respond(late.response_url, text="x"))[0] == 404
    assert texts(done.messages) == ["0", "1", "2", "3"]
