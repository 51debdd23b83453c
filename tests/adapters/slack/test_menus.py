"""Commands on Slack that are no round: what is shown, set and refused, by a command or a mention of us."""

import pytest

from bot.wording.slack_notices import SAY
from tests.adapters.slack.halls import Hall, does, text_of
from tests.adapters.slack.learners import SLOWLY, malformed, pinged, told
from tests.adapters.slack.paces import BY_SOCKET, QUICKLY
from tests.emulators.slack import Channel

pytestmark = QUICKLY

LINES = (
    "help", "decks", "top", "me", "settings", "daily show", "stop", "skip", "pause", "resume", "next",
    "begin", "join", "leave", "flag", "daily now", "daily off", "", "top since:all", "me hide:on",
)  # fmt: skip


async def test_every_command_is_answered_in_private(hall: Hall) -> None:
    """Even one that has nothing to do; in its acknowledgement, or after it where that took long."""
    for line in LINES:
        done = await hall.quiz(hall.zoe, line)

        assert await told(done), line
        shown = done.answer or done.messages[0]
        assert shown.ephemeral_to is hall.zoe.user, line
        assert shown.text, line
    assert hall.messages() == []
    assert malformed(hall) == []


@BY_SOCKET
@pytest.mark.parametrize(
    "line, said",
    [
        ("plya", "/quiz play"),
        ("dialy set 9:00", "/quiz daily"),
        ("play cuont:3", "count:"),
        ("play deck:sea/singel", "sea/single"),
        ("frobnicate", "For example: /quiz play"),
        ("play count:999", "1 to 50"),
        ("daily set 25:00", "0:00 to 23:59"),
        ("help play", "/quiz help"),
    ],
)
async def test_what_is_not_understood_gets_the_nearest_and_an_example(
    hall: Hall, line: str, said: str
) -> None:
    """Nobody has to know the grammar."""
    assert said in await told(await hall.quiz(hall.zoe, line))


async def test_quotation_marks_and_escapes_of_slacks_editor_are_read_as_typed(hall: Hall) -> None:
    """It curls quotes, and writes three signs as HTML does."""
    done = await hall.quiz(
        hall.zoe, "settings season:“Spring &amp; summer” starts:2030-01-04 ends:2030-03-31"
    )

    assert "Spring & summer" in await told(done)


async def test_a_mention_does_the_same_in_a_thread(hall: Hall) -> None:
    """There are no slash commands in threads; the answer is for its asker, in that thread."""
    parent = await hall.ann.say(hall.channel, "Which decks are there?")
    await hall.zoe.mention(hall.channel, "decks", thread=parent)
    shown = await hall.zoe.sees(hall.channel, "The sea", after=parent)

    assert (shown.ephemeral_to, shown.thread_ts) == (hall.zoe.user, parent.ts)
    assert not any("The sea" in text_of(one) for one in hall.ann.seen(hall.channel))


@BY_SOCKET
@pytest.mark.parametrize("said", ["top", ": top", "/quiz top", "Top", "Quiz top"])
async def test_a_mention_is_read_however_it_goes_on(hall: Hall, said: str) -> None:
    """With a colon, with the command's own name, with a capital."""
    await hall.zoe.mention(hall.channel, said)

    assert "Leaderboard" in text_of(await hall.zoe.sees(hall.channel, "eaderboard"))


async def test_what_is_written_to_us_directly_is_a_command(hall: Hall) -> None:
    """There it is answered by a message that stays."""
    await hall.ann.write(hall.ann.dm, "decks")
    answered = await hall.ann.sees(hall.ann.dm, "The sea")
    await hall.ann.write(hall.ann.dm, "hello")
    refused = await hall.ann.sees(hall.ann.dm, "/quiz help", after=answered)

    assert not answered.ephemeral
    assert "“hello”" in text_of(refused)


async def test_several_direct_messages_at_once_are_each_answered(hall: Hall) -> None:
    """One after the other, as Slack takes one a second."""
    for line in ("top", "me", "decks", "settings", "help", "daily show"):
        await hall.ann.write(hall.ann.dm, line)
    await hall.until(lambda: len(hall.messages(hall.ann.dm)) >= 6, "six answers")

    assert hall.server.traffic.busy == 0


async def test_people_are_named_by_mention_and_shown_by_name(hall: Hall) -> None:
    """And then they may do what organisers may."""
    refused = await hall.ben.slash(hall.channel, "/quiz", "settings zone:berlin")
    ann, ben = hall.ann.user.id, hall.ben.user.id
    shown = await hall.quiz(hall.zoe, f"settings organisers:<@{ann}|ann>,<@{ben}> hosts:<@{ann}>")
    allowed = await hall.quiz(hall.ben, "settings zone:berlin")

    assert "organiser" in await told(refused)
    assert "whoever manages this place, and Ann and Ben" in await told(shown)
    assert "organisers, and Ann" in shown.text
    assert "Europe/Berlin" in await told(allowed)
    assert pinged(hall) == []


@BY_SOCKET
async def test_a_group_a_name_and_a_channel_that_were_typed_are_refused_with_what_to_do(hall: Hall) -> None:
    """Slack tells only of what was mentioned, and a name could be taken by anybody."""
    group = hall.server.world.usergroup("mods", [hall.ann.user])
    for line, sentence in (
        (f"settings organisers:<!subteam^{group.id}|@mods>", SAY.not_a_person()),
        ("settings organisers:bob", SAY.no_such_person("bob")),
        (f"daily set 9:00 zone:utc mention:<@{hall.ann.user.id}|ann>", SAY.no_such_group()),
        ("daily set 9:00 zone:utc mention:mods", SAY.no_such_group()),
        ("daily set 9:00 zone:utc mention:<!here>", SAY.no_such_group()),
        ("daily set 9:00 zone:utc channel:mornings", SAY.no_such_channel()),
    ):
        assert sentence in await told(await hall.quiz(hall.zoe, line)), line
    assert "none yet" in await told(await hall.quiz(hall.zoe, "daily show"))


@BY_SOCKET
async def test_who_looks_after_the_workspace_or_made_the_channel_organises_there(hall: Hall) -> None:
    """Owners and admins everywhere, its creator in a channel, and nobody else."""
    world = hall.server.world
    admin = hall.server.person(world.user("Ada", admin=True))
    maker, other = hall.join("Mia"), hall.join("Olli")
    mias = world.channel(
        "mias", [maker.user, other.user, *(user for user in world.users.values() if user.bot)]
    )
    world.join(hall.channel, admin.user)

    async def may(person: object, channel: Channel) -> bool:
        done = await person.slash(channel, "/quiz", "daily off")  # type: ignore[attr-defined]  # a Person
        return "Only organisers" not in await told(done)

    assert [await may(one, hall.channel) for one in (hall.zoe, admin, maker, other)] == [
        True,
        True,
        False,
        False,
    ]
    assert [await may(one, mias) for one in (maker, other)] == [True, False]


@BY_SOCKET
async def test_who_made_one_channel_does_not_set_what_another_has(hall: Hall) -> None:
    """What counts is the channel that is named, not where it is named."""
    world = hall.server.world
    bots = [user for user in world.users.values() if user.bot]
    mias = world.channel("mias", [hall.ann.user, *bots])
    done = await hall.quiz(hall.ann, f"daily set 9:00 zone:utc channel:<#{hall.channel.id}|quiz>", mias)

    assert "Only organisers" in await told(done)


@BY_SOCKET
async def test_another_channel_is_set_from_here(hall: Hall) -> None:
    """Picked from Slack's own list."""
    other = hall.server.world.channel("mornings")
    done = await hall.quiz(hall.zoe, f"daily set 9:00 zone:berlin channel:<#{other.id}|mornings>")

    assert "09:00" in await told(done)
    assert "Europe/Berlin" in await told(await hall.quiz(hall.zoe, "daily show", other))
    assert "none yet" in await told(await hall.quiz(hall.zoe, "daily show"))


async def test_a_leaderboard_has_its_picture_and_turns_its_pages_in_place(hall: Hall) -> None:
    """The picture says in words what it shows."""
    people = [hall.join(f"Learner {number}") for number in range(11)]
    question = await hall.play(hall.zoe, *people, line=f"deck:single count:1 {SLOWLY}")
    for person in (hall.zoe, *people):
        await hall.pick(person, question, "The tide")
    await hall.shown("1 of 1: the answer", after=question)
    await hall.quiz(hall.zoe, "stop")
    done = await hall.quiz(hall.ann, "top")
    shown = await done.followed()
    first = next(block for block in shown.blocks if block["type"] == "image")
    turned = await hall.ann.press(shown, next(one for one in shown.action_ids if ":2" in one))
    await hall.until(lambda: shown.edits > 0, "the second page")
    second = next(block for block in shown.blocks if block["type"] == "image")

    assert shown.ephemeral_to is hall.ann.user
    assert "Learner" in first["alt_text"]
    assert hall.server.world.files[first["slack_file"]["id"]].data.startswith(b"\x89PNG")
    assert first["slack_file"] != second["slack_file"]
    assert turned.messages == [shown]
    assert malformed(hall) == []


async def test_a_learners_own_round_on_what_they_missed_is_played_in_direct_messages(hall: Hall) -> None:
    """Nobody else sees it."""
    question = await hall.play(hall.zoe, line=f"deck:single count:1 {SLOWLY}")
    await hall.pick(hall.zoe, question, "The fish")
    reveal = await hall.shown("1 of 1: the answer", after=question)
    await hall.zoe.press(reveal, does(reveal, "n"))
    podium = await hall.shown("Podium")
    missed = await hall.zoe.press(podium, does(podium, "w"))
    listed = await missed.followed()
    redo = await hall.zoe.press(listed, does(listed, "o"))
    again = await hall.shown("What lifts", hall.zoe.dm)
    right = await hall.pick(hall.zoe, again, "The tide")

    assert "direct messages" in await told(redo)
    assert not right.failed
    assert "EXPLAINED" in text_of(await hall.shown("1 of 1: the answer", hall.zoe.dm))
