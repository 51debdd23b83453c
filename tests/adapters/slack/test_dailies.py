"""The question of the day on Slack: set, posted, answered, counted, revealed with its picture."""

from datetime import timedelta

from tests.adapters.packs import EXPLANATION, SECRETS
from tests.adapters.slack.halls import Hall, does, text_of
from tests.adapters.slack.learners import SLOWLY, filled, form_of, malformed, pinged, told
from tests.adapters.slack.paces import BY_SOCKET, QUICKLY
from tests.emulators.slack import Message, Pinged

pytestmark = [QUICKLY, BY_SOCKET]


async def posted(hall: Hall, options: str = "", deck: str = "single") -> Message:
    """Set a question a day, and have today's posted now."""
    await hall.quiz(hall.zoe, f"daily set 9:00 zone:utc deck:sea/{deck} reveal:1h {options}")
    await hall.quiz(hall.zoe, "daily now")
    return await hall.shown("Question of the day")


async def revealed(hall: Hall) -> Message:
    """Let an hour pass, and return the reveal."""
    hall.clock.later = timedelta(hours=1, seconds=1)
    return await hall.shown(": the answer")


async def test_a_day_from_its_question_to_its_reveal(hall: Hall) -> None:
    """Anybody answers, changes their mind, and sees in the end how all answered, as a picture."""
    question = await posted(hall)
    await hall.pick(hall.ann, question, "The fish")
    changed = await hall.pick(hall.ann, question, "The tide")
    await hall.pick(hall.ben, question, "The boat")
    await hall.until(lambda: "2 have answered" in text_of(question), "two who have answered")
    open_text = text_of(question) + question.text + str(question.blocks)
    reveal = await revealed(hall)
    mine = await hall.ben.press(reveal, does(reveal, "m"))
    picture = next(block for block in reveal.blocks if block["type"] == "image")

    assert "Answer changed" in await told(changed)
    assert [secret for secret in SECRETS if secret in open_text] == []
    assert EXPLANATION in text_of(reveal)
    assert "1 of 2 right: Ann." in text_of(reveal)
    assert "The tide: 50%, 1 learner, right" in picture["alt_text"]
    assert hall.server.world.files[picture["slack_file"]["id"]].data.startswith(b"\x89PNG")
    assert "The boat" in await told(mine)
    assert malformed(hall) == []


async def test_an_answer_to_it_is_typed_into_a_form(hall: Hall) -> None:
    """By whoever comes by; nobody has to join."""
    question = await posted(hall, deck="numeric")
    form = await form_of(hall.ben, question)
    done = await hall.ben.submit(form, filled(form, "1852 m"))
    reveal = await revealed(hall)

    assert "Your answer" in await told(done)
    assert "Ben" in text_of(reveal)


async def test_who_missed_the_day_may_still_answer_for_practice(hall: Hall) -> None:
    """Without points, with the explanation at once."""
    question = await posted(hall)
    await revealed(hall)
    await hall.until(lambda: "practice" in text_of(question), "practice")
    done = await hall.pick(hall.ann, question, "The tide")

    assert EXPLANATION in await told(done)
    assert "no points" in done.text


async def test_the_group_that_an_organiser_chose_is_called_and_nobody_else(hall: Hall) -> None:
    """Once, by the post; the counts that follow keep the line, and what is told of it names it."""
    group = hall.server.world.usergroup("learners", [hall.ann.user, hall.ben.user])
    question = await posted(hall, f"mention:<!subteam^{group.id}|@learners>")
    called = question.pinged
    await hall.pick(hall.ann, question, "The tide")
    await hall.until(lambda: question.edits > 0, "the count")
    shown = await hall.quiz(hall.zoe, "daily show")

    assert called == Pinged(groups=(group.id,))
    assert text_of(question).startswith(f"<!subteam^{group.id}>")
    assert "calls @learners" in await told(shown)
    assert [one for one in pinged(hall) if one is not question.pinged] == []


async def test_a_group_whose_name_slack_does_not_tell_is_shown_by_its_id(hall: Hall) -> None:
    """An older installation has not the scope for it, and goes on."""
    installation = hall.app.installations[hall.team.id]
    installation.scopes = tuple(one for one in installation.scopes if one != "usergroups:read")
    group = hall.server.world.usergroup("learners", [hall.ann.user])
    done = await hall.quiz(hall.zoe, f"daily set 9:00 zone:utc mention:<!subteam^{group.id}|@learners>")

    assert f"calls @{group.id}" in await told(done)


async def test_a_restart_keeps_the_line_that_called_a_group(closed_hall: Hall) -> None:
    """The new process reads it from the message."""
    async with closed_hall.open():
        group = closed_hall.server.world.usergroup("learners", [closed_hall.ann.user])
        question = await posted(closed_hall, f"mention:<!subteam^{group.id}|@learners>")
    async with closed_hall.open():
        await closed_hall.pick(closed_hall.ann, question, "The tide")
        await closed_hall.until(lambda: question.edits > 0, "the count")

    assert text_of(question).startswith(f"<!subteam^{group.id}>")


async def test_a_day_is_moved_and_ended(hall: Hall) -> None:
    """What was set is changed by setting it again, and has no next post when it is off."""
    await hall.quiz(hall.zoe, "daily set 9:00 zone:berlin weekdays:mon-fri deck:sea/single")
    changed = await hall.quiz(hall.zoe, "daily set 18:30")
    off = await hall.quiz(hall.zoe, "daily off")
    shown = await hall.quiz(hall.zoe, "daily show")

    assert "18:30" in await told(changed)
    assert "Monday to Friday" in changed.text
    assert "No more questions come" in await told(off)
    assert "Next post" not in await told(shown)


async def test_the_weekly_recap_comes_too(hall: Hall) -> None:
    """At its hour, with who did what, as a picture that says it in words."""
    question = await hall.play(hall.zoe, line=f"deck:single count:1 {SLOWLY}")
    await hall.pick(hall.zoe, question, "The fish")
    await hall.shown("1 of 1: the answer", after=question)
    await hall.quiz(hall.zoe, "stop")
    at = hall.clock.now() + timedelta(minutes=2)
    await hall.quiz(hall.zoe, f"settings zone:utc recap:{at:%A} {at:%H:%M}".lower())
    hall.clock.later = timedelta(minutes=3)
    recap = await hall.shown("The week up to")

    assert "Zoe" in text_of(recap)
    assert "1 learner gave 1 answer" in text_of(recap)
    assert malformed(hall) == []
