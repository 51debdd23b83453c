"""The emulated Discord with the unmodified discord.py: messages, commands, controls, modals, reactions."""

import asyncio
import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import pytest
from discord import ui

from tests.emulators.discord import ImpossibleError, Permission, moment_of, text_of
from tests.emulators.discord_bots import Stage, layout, stage


@pytest.fixture
async def set_() -> AsyncIterator[Stage]:
    """A stage with a bot that is connected."""
    async with stage() as it:
        yield it


async def test_a_message_of_components_is_shown_with_its_ids(set_: Stage) -> None:
    """What the bot posts is what people see; components without an id are given one."""
    sent = await set_.text_channel().send(view=layout("a", "b"), nonce="key-1")

    (message,) = set_.ben.seen(set_.channel)
    assert (message.id, message.author, message.nonce) == (sent.id, set_.app.user, "key-1")
    assert text_of(message) == "Which one?\nA\nB"
    assert (message.component_ids[0], message.custom_ids) == (7, ("a", "b"))
    assert len(set(message.component_ids)) == len(message.component_ids) == 5


async def test_a_remembered_nonce_posts_nothing_new(set_: Stage) -> None:
    """Whoever posts twice with one nonce gets the first message again."""
    first = await set_.text_channel().send("one", nonce="k")
    second = await set_.text_channel().send("two", nonce="k")

    assert second.id == first.id
    assert [text_of(message) for message in set_.ann.seen(set_.channel)] == ["one"]
    assert set_.world.repeated == 1


async def test_an_edit_changes_the_message_and_calls_nobody(set_: Stage) -> None:
    """Edits are counted, what was there before is kept, and no edit is a new message."""
    sent = await set_.text_channel().send(view=layout("a", text="before"))
    await sent.edit(view=layout("a", text=f"after <@{set_.ben.user.id}>"))

    (message,) = set_.ann.seen(set_.channel)
    assert (message.edits, message.past) == (1, ["before\nA"])
    assert text_of(message).startswith("after")
    assert not message.pinged


async def test_a_slash_command_arrives_with_its_options_and_is_answered(set_: Stage) -> None:
    """Subcommands, numbers and roles arrive as Discord sends them."""
    role = set_.world.role(set_.guild, "mods")
    seen: list[discord.Interaction] = []

    async def handler(interaction: discord.Interaction) -> None:
        seen.append(interaction)
        await interaction.response.send_message("Off we go.", ephemeral=True)

    set_.bot.handler = handler
    done = await set_.ben.slash(set_.channel, "quiz play", deck="x", count=3, role=role)

    (interaction,) = seen
    data: dict[str, Any] = dict(interaction.data or {})
    (play,) = data["options"]
    assert {one["name"]: one["value"] for one in play["options"]} == {
        "deck": "x",
        "count": 3,
        "role": str(role.id),
    }
    assert (done.text, done.failed, interaction.user.id) == ("Off we go.", False, set_.ben.user.id)
    assert done.acknowledged is not None
    assert done.acknowledged < 1


async def test_an_ephemeral_answer_is_seen_by_one_person_alone(set_: Stage) -> None:
    """Nobody else sees it, and no request finds it."""

    async def handler(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("Psst.", ephemeral=True)

    set_.bot.handler = handler
    done = await set_.ben.slash(set_.channel, "quiz play")

    assert done.message is not None
    assert [text_of(message) for message in set_.ben.seen(set_.channel)] == ["Psst."]
    assert set_.ann.seen(set_.channel) == []
    with pytest.raises(discord.NotFound) as caught:
        await set_.text_channel().fetch_message(done.message.id)
    assert caught.value.code == 10008


async def test_a_deferred_answer_is_awaited(set_: Stage) -> None:
    """The bot says that it thinks, then says what; more messages follow."""

    async def handler(interaction: discord.Interaction) -> None:
        await interaction.response.defer(thinking=True)
        await asyncio.sleep(0.02)
        await interaction.followup.send("Here.")
        await interaction.followup.send("And this.")

    set_.bot.handler = handler
    done = await set_.ben.slash(set_.channel, "quiz play")
    assert done.deferred

    await done.settled()
    assert done.text == "Here."
    assert text_of(await done.followed()) == "And this."


async def test_a_press_updates_the_message_that_it_is_on(set_: Stage) -> None:
    """The button's message is what the interaction is about."""

    async def handler(interaction: discord.Interaction) -> None:
        await interaction.response.edit_message(view=layout("b", text="Next."))

    set_.bot.handler = handler
    await set_.text_channel().send(view=layout("a"))
    (message,) = set_.ben.seen(set_.channel)
    done = await set_.ben.press(message, "A")

    assert done.message is message
    assert text_of(message) == "Next.\nB"
    with pytest.raises(ImpossibleError):
        await set_.ben.press(message, "a")
    assert (await set_.ben.press(message, "a", force=True)).failed is False


async def test_a_press_says_when_it_was_sent(set_: Stage) -> None:
    """The time of an interaction is in its id; a test may say which."""
    times: list[datetime] = []

    async def handler(interaction: discord.Interaction) -> None:
        times.append(interaction.created_at)
        await interaction.response.defer()

    set_.bot.handler = handler
    await set_.text_channel().send(view=layout("a"))
    (message,) = set_.ben.seen(set_.channel)
    earlier = datetime.now(UTC) - timedelta(seconds=2)
    first = await set_.ben.press(message, "a", sent_at=earlier)
    second = await set_.ben.press(message, "a")

    assert abs(times[0] - earlier) < timedelta(milliseconds=2)
    assert first.id != second.id
    assert abs(moment_of(second.id) - datetime.now(UTC)) < timedelta(seconds=1)


async def test_a_press_that_nobody_acknowledges_fails(set_: Stage) -> None:
    """People are told so, and an acknowledgement after that is refused."""
    set_.server.interactions.callback_seconds = 0.05
    caught: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def handler(interaction: discord.Interaction) -> None:
        await asyncio.sleep(0.1)
        try:
            await interaction.response.defer()
        except discord.NotFound as error:
            caught.set_result(error.code)

    set_.bot.handler = handler
    done = await set_.ben.slash(set_.channel, "quiz play")

    assert (done.failed, done.acknowledged) == (True, None)
    assert await caught == 10062


async def test_an_interaction_is_acknowledged_once(set_: Stage) -> None:
    """A second callback is refused, and changes nothing."""
    codes: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def handler(interaction: discord.Interaction) -> None:
        adapter = discord.webhook.async_.async_context.get()
        for _ in range(2):
            try:
                await adapter.create_interaction_response(
                    interaction.id,
                    interaction.token,
                    session=interaction._session,
                    params=discord.webhook.async_.interaction_message_response_params(type=4, content="Yes."),
                )
            except discord.HTTPException as error:
                codes.set_result(error.code)

    set_.bot.handler = handler
    await set_.ben.slash(set_.channel, "quiz play")

    assert await codes == 40060
    assert [text_of(message) for message in set_.ben.seen(set_.channel)] == ["Yes."]


class Asking(ui.Modal):
    """A modal with a text, a choice and several choices."""

    def __init__(self) -> None:
        super().__init__(title="Your answer", custom_id="m")
        self.add_item(ui.TextDisplay("Choose well."))
        self.add_item(ui.Label(text="Word", component=ui.TextInput(custom_id="word", max_length=5)))
        one: ui.RadioGroup[ui.LayoutView] = ui.RadioGroup(
            custom_id="one", options=[discord.RadioGroupOption(label=x, value=x) for x in "ab"]
        )
        self.add_item(ui.Label(text="One", component=one))
        many: ui.CheckboxGroup[ui.LayoutView] = ui.CheckboxGroup(
            custom_id="many",
            options=[discord.CheckboxGroupOption(label=x, value=x) for x in "cde"],
            required=False,
        )
        self.add_item(ui.Label(text="Many", component=many))


async def test_a_modal_is_shown_filled_in_and_sent_off(set_: Stage) -> None:
    """What was filled in arrives by custom id, in the shapes that Discord uses."""
    submitted: list[dict[str, Any]] = []

    async def handler(interaction: discord.Interaction) -> None:
        if interaction.type is discord.InteractionType.modal_submit:
            submitted.append(dict(interaction.data or {}))
            await interaction.response.send_message("Thanks.", ephemeral=True)
        else:
            await interaction.response.send_modal(Asking())

    set_.bot.handler = handler
    await set_.text_channel().send(view=layout("a"))
    (message,) = set_.ben.seen(set_.channel)
    done = await set_.ben.press(message, "a")
    assert done.modal is not None
    assert done.modal.title == "Your answer"
    thanks = await set_.ben.submit(done.modal, {"word": "hello", "one": "b", "many": ["d", "c"]})

    (data,) = submitted
    assert thanks.text == "Thanks."
    assert data["custom_id"] == "m"
    inside = [part.get("component") for part in data["components"]]
    assert [part and part.get("value", part.get("values")) for part in inside] == [
        None,
        "hello",
        "b",
        ["c", "d"],
    ]
    with pytest.raises(ImpossibleError):
        await set_.ben.submit(done.modal, {"word": "too long", "one": "b"})


async def test_completions_and_menus_work(set_: Stage) -> None:
    """An option offers choices while it is typed; a menu entry knows its message."""
    targets: list[int] = []

    async def handler(interaction: discord.Interaction) -> None:
        if interaction.type is discord.InteractionType.autocomplete:
            choices = [discord.app_commands.Choice(name="Chemistry", value="chem")]
            await interaction.response.autocomplete(choices)
        elif interaction.data is not None:
            targets.append(int(interaction.data["target_id"]))  # type: ignore[typeddict-item]  # a menu's
            await interaction.response.send_message("Noted.", ephemeral=True)

    set_.bot.handler = handler
    sent = await set_.text_channel().send("Question")
    (message,) = set_.ben.seen(set_.channel)

    choices = await set_.ben.complete(set_.channel, "quiz play", {"deck": "ch"}, focused="deck")
    assert choices == [{"name": "Chemistry", "value": "chem"}]
    assert (await set_.ben.menu(message, "Flag this question")).text == "Noted."
    assert targets == [sent.id]
    assert set_.ben.offered(set_.channel) == ["quiz", "Flag this question"]


async def test_reactions_go_both_ways(set_: Stage) -> None:
    """People's reactions are told to the bot, and its own are on the message."""
    sent = await set_.text_channel().send("React")
    (message,) = set_.ben.seen(set_.channel)
    set_.server.limits.on = False
    for emoji in "🇦🇧":
        await sent.add_reaction(emoji)
    await set_.ben.react(message, "🇦")
    await set_.heard("MESSAGE_REACTION_ADD", 3)
    await sent.remove_reaction("🇦", set_.bot.user or set_.bot.application.owner)  # type: ignore[union-attr]  # logged in
    await set_.ben.unreact(message, "🇦")
    await set_.heard("MESSAGE_REACTION_REMOVE", 2)

    assert message.reactions == {"🇧": [set_.app.user]}
    with pytest.raises(ImpossibleError):
        await set_.ben.unreact(message, "🇦")


async def test_a_picture_is_uploaded_and_shown(set_: Stage) -> None:
    """A file that a gallery shows is kept with its name, its bytes and its description."""
    view = ui.LayoutView(timeout=None)
    gallery: ui.MediaGallery[ui.LayoutView] = ui.MediaGallery(
        discord.MediaGalleryItem("attachment://board.png", description="The board")
    )
    view.add_item(ui.Container(gallery, id=3))
    sent = await set_.text_channel().send(view=view, file=discord.File(io.BytesIO(b"png"), "board.png"))

    (message,) = set_.ben.seen(set_.channel)
    assert [(file.filename, file.data) for file in message.attachments] == [("board.png", b"png")]
    assert text_of(message) == "The board"
    assert sent.attachments[0].size == 3
    assert set_.server.traffic.exchanges("post")[-1].files == (("board.png", 3),)


async def test_direct_messages_arrive_unless_they_are_closed(set_: Stage) -> None:
    """A person's own channel with the bot is like any other; one may close it."""
    user = await set_.bot.fetch_user(int(set_.ben.user.id))
    await user.send("Hello.")
    assert [text_of(message) for message in set_.ben.seen(set_.ben.dm())] == ["Hello."]

    set_.ben.user.dms_open = False
    with pytest.raises(discord.Forbidden) as caught:
        await user.send("Hello?")
    assert caught.value.code == 50007


async def test_others_messages_have_no_text_without_the_intent(set_: Stage) -> None:
    """The bot reads what is said to it, and nothing else."""
    await set_.ben.say(set_.channel, "just talking")
    await set_.ben.say(set_.channel, f"<@{set_.app.user.id}> hello")
    await set_.ben.say(set_.ben.dm(), "in private")
    await set_.heard("MESSAGE_CREATE", 3)

    assert [message.content for message in set_.bot.messages] == [
        "",
        f"<@{set_.app.user.id}> hello",
        "in private",
    ]


async def test_messages_are_found_by_looking_back(set_: Stage) -> None:
    """The history is newest first, and keeps no nonces; an ephemeral message is not in it."""
    set_.server.limits.on = False
    for number in range(5):
        await set_.text_channel().send(str(number), nonce=str(number))
    history = [message async for message in set_.text_channel().history(limit=3)]

    assert [(message.content, message.nonce) for message in history] == [
        ("4", None),
        ("3", None),
        ("2", None),
    ]
    around = set_.text_channel().history(limit=3, around=history[1])
    assert [message.content async for message in around] == ["4", "3", "2"]


async def test_threads_and_posts_of_a_forum_are_places_too(set_: Stage) -> None:
    """A thread is posted to like a channel; a forum itself is not."""
    forum = set_.world.forum(set_.guild, "help")
    thread = set_.world.thread(forum, "How?", set_.ben.user, "How does it work?")
    await set_.heard("THREAD_CREATE")
    await set_.text_channel(thread).send("Like this.")

    assert [text_of(message) for message in set_.ann.seen(thread)] == ["How does it work?", "Like this."]
    with pytest.raises(discord.HTTPException) as caught:
        await set_.text_channel(forum).send("No.")
    assert caught.value.code == 50008


async def test_guilds_and_channels_come_and_go(set_: Stage) -> None:
    """The bot hears of each, and loses what it was thrown out of."""
    second = set_.world.guild("Club", owner=set_.ben.user)
    await set_.heard("GUILD_CREATE", 2)
    set_.world.delete_channel(set_.channel)
    set_.world.dismiss(second, set_.app)
    await set_.heard("GUILD_DELETE")

    assert "CHANNEL_DELETE" in set_.bot.heard
    assert [guild.name for guild in set_.bot.guilds] == ["School"]
    with pytest.raises(discord.NotFound) as caught:
        await set_.text_channel().send("Anybody?")
    assert caught.value.code == 10003


async def test_a_missing_permission_is_refused_with_its_code(set_: Stage) -> None:
    """Not seeing a channel, not writing in it and not reacting in it are three things."""
    sent = await set_.text_channel().send("Here.")
    member = set_.guild.members[set_.app.user.id]
    codes = []
    for denied in (Permission.ADD_REACTIONS, Permission.SEND_MESSAGES, Permission.VIEW_CHANNEL):
        set_.world.overwrite(set_.channel, member.user, deny=denied)
        action = (
            sent.add_reaction("🇦") if denied is Permission.ADD_REACTIONS else set_.text_channel().send("x")
        )
        with pytest.raises(discord.Forbidden) as caught:
            await action
        codes.append(caught.value.code)

    assert codes == [50013, 50013, 50001]
