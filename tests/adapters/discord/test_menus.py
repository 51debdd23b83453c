"""Commands on Discord that are no round: what is suggested, shown, set, explained and flagged."""

from tests.adapters.discord.halls import Hall, does, text_of
from tests.adapters.packs import EXPLANATION
from tests.emulators.discord import ChannelType


async def test_everybody_is_offered_the_command_and_the_two_entries(hall: Hall) -> None:
    """Also who organises nothing."""
    assert hall.ann.offered(hall.channel) == ["quiz", "Explain this question", "Flag this question"]


async def test_every_command_is_answered_in_private(hall: Hall) -> None:
    """Even one that has nothing to do."""
    for line in ("help", "decks list", "top", "me", "settings", "daily show", "stop", "skip", "pause",
                 "resume", "next", "begin", "join", "leave", "flag", "daily now", "daily off"):  # fmt: skip
        done = await (await hall.zoe.slash(hall.channel, f"quiz {line}")).settled()

        assert not done.failed, line
        assert done.message is not None, line
        assert done.message.ephemeral, line
        assert done.text, line


async def test_decks_topics_and_zones_are_suggested_while_they_are_typed(hall: Hall) -> None:
    """What is picked is what the command understands."""
    decks = await hall.zoe.complete(hall.channel, "quiz play", {"deck": "num"}, focused="deck")
    topics = await hall.zoe.complete(hall.channel, "quiz play", {"topic": "wat"}, focused="topic")
    zones = await hall.zoe.complete(hall.channel, "quiz daily set", {"zone": "new yo"}, focused="zone")

    assert [one["value"] for one in decks] == ["sea/numeric"]
    assert [one["value"] for one in topics] == ["water"]
    assert zones[0]["value"] == "America/New_York"


async def test_roles_are_suggested_where_one_may_be_called(hall: Hall) -> None:
    """Never the one that everybody has."""
    role = hall.server.world.role(hall.guild, "mods")
    await hall.until(lambda: True)
    offered = await hall.zoe.complete(hall.channel, "quiz daily set", focused="mention")

    assert (f"@{role.name}", f"<@&{role.id}>") in [(one["name"], one["value"]) for one in offered]
    assert all("everyone" not in one["name"] for one in offered)


async def test_organisers_are_named_by_role_and_shown_by_name(hall: Hall) -> None:
    """And then they may do what organisers may."""
    world = hall.server.world
    role = world.role(hall.guild, "mods", [hall.ann.user])
    refused = await hall.ann.slash(hall.channel, "quiz settings", zone="berlin")
    shown = await hall.zoe.slash(
        hall.channel, "quiz settings", organisers=f"<@&{role.id}> <@{hall.ben.user.id}>"
    )
    allowed = await hall.ann.slash(hall.channel, "quiz settings", zone="berlin")

    assert "organiser" in refused.text.lower()
    assert "@mods" in shown.text
    assert "Ben" in shown.text
    assert "Europe/Berlin" in allowed.text


async def test_a_name_that_nobody_has_is_refused(hall: Hall) -> None:
    """Somebody could take it later."""
    refused = await hall.zoe.slash(hall.channel, "quiz settings", organisers="the boss")

    assert "the boss" in refused.text


async def test_another_channel_is_set_from_here_by_who_sees_it(hall: Hall) -> None:
    """Picked from Discord's own list."""
    other = hall.server.world.channel(hall.guild, "mornings")
    done = await hall.zoe.slash(hall.channel, "quiz daily set", time="9:00", zone="berlin", channel=other)
    there = await hall.zoe.slash(other, "quiz daily show")
    here = await hall.zoe.slash(hall.channel, "quiz daily show")

    assert "09" in done.text
    assert "Europe/Berlin" in there.text
    assert "none yet" in here.text


async def test_a_question_is_explained_from_the_menu_of_its_message_once_it_is_closed(hall: Hall) -> None:
    """To whoever asks, also to those who did not play."""
    question = await hall.play(hall.zoe, deck="single", count=1)
    early = await hall.ben.menu(question, "Explain this question")
    await hall.pick(hall.zoe, question, "The tide")
    reveal = await hall.shown("1 of 1: the answer", after=question)
    of_question = await hall.ben.menu(question, "Explain this question")
    of_reveal = await hall.zoe.menu(reveal, "Explain this question")

    assert EXPLANATION not in early.text
    assert EXPLANATION in of_question.text
    assert EXPLANATION in of_reveal.text


async def test_a_question_is_flagged_from_the_menu_with_a_reason_or_without(hall: Hall) -> None:
    """The form asks for one and takes none."""
    question = await hall.play(hall.zoe, deck="single", count=1)
    opened = await hall.ann.menu(question, "Flag this question")
    assert opened.modal is not None
    field = str(opened.modal.components[0]["component"]["custom_id"])
    done = await hall.ann.submit(opened, {field: "Two are right."})
    empty = await hall.ben.submit(await hall.ben.menu(question, "Flag this question"), {})

    assert "written down" in done.text
    assert "written down" in empty.text


async def test_a_message_without_a_question_says_so(hall: Hall) -> None:
    """Somebody else's too."""
    said = await hall.ben.say(hall.channel, "Hello")
    for name in ("Explain this question", "Flag this question"):
        assert "no question" in (await hall.ann.menu(said, name)).text


async def test_a_leaderboard_has_its_picture_and_turns_its_pages_in_place(hall: Hall) -> None:
    """The picture says in words what it shows."""
    people = [hall.join(f"Learner {number}") for number in range(11)]
    question = await hall.play(hall.zoe, *people, deck="single", count=1)
    for person in (hall.zoe, *people):
        await hall.pick(person, question, "The tide")
    await hall.shown("1 of 1: the answer", after=question)
    await hall.zoe.slash(hall.channel, "quiz stop")
    shown = await (await hall.ann.slash(hall.channel, "quiz top")).settled()
    assert shown.message is not None
    (picture,) = shown.message.attachments
    turned = await hall.ann.press(shown.message, next(one for one in shown.message.custom_ids if ":2" in one))
    await hall.until(lambda: shown.message is not None and shown.message.edits > 0, "the second page")

    assert picture.data.startswith(b"\x89PNG")
    assert "Learner" in shown.text
    assert turned.failed is False
    assert shown.message.attachments[0] is not picture


async def test_threads_and_direct_messages_have_commands_too(hall: Hall) -> None:
    """A direct message is a place of one's own."""
    thread = hall.server.world.thread(hall.channel, "evening", hall.ann.user)
    in_thread = await hall.ann.slash(thread, "quiz decks list")
    alone = await hall.ann.slash(hall.ann.dm(), "quiz play", deck="single", count=1, lobby="5")

    assert thread.type is ChannelType.PUBLIC_THREAD
    assert "The sea" in in_thread.text
    assert not alone.failed


async def test_a_learners_own_round_on_what_they_missed_is_played_in_direct_messages(hall: Hall) -> None:
    """Nobody else sees it."""
    question = await hall.play(hall.zoe, deck="single", count=1)
    await hall.pick(hall.zoe, question, "The fish")
    reveal = await hall.shown("1 of 1: the answer", after=question)
    await hall.zoe.press(reveal, does(reveal, "n"))
    podium = await hall.shown("Podium")
    missed = await hall.zoe.press(podium, does(podium, "w"))
    assert missed.message is not None
    redo = await hall.zoe.press(missed.message, does(missed.message, "o"))
    again = await hall.shown("What lifts", hall.zoe.dm())
    right = await hall.zoe.press(again, hall.button_of(again, "The tide"))

    assert "direct messages" in redo.text
    assert not right.failed
    assert EXPLANATION in text_of(await hall.shown("1 of 1: the answer", hall.zoe.dm()))


async def test_who_takes_no_direct_messages_is_told_so_where_they_pressed(hall: Hall) -> None:
    """Their own round cannot reach them, and they hear what to change."""
    question = await hall.play(hall.zoe, deck="single", count=1)
    await hall.pick(hall.zoe, question, "The fish")
    reveal = await hall.shown("1 of 1: the answer", after=question)
    await hall.zoe.press(reveal, does(reveal, "n"))
    podium = await hall.shown("Podium")
    missed = await hall.zoe.press(podium, does(podium, "w"))
    assert missed.message is not None
    hall.zoe.user.dms_open = False
    await hall.zoe.press(missed.message, does(missed.message, "o"))

    assert "privacy settings" in text_of(await hall.zoe.sees(hall.channel, "cannot write to you"))
