"""The question of the day on Discord: set, posted, answered, counted, revealed with its picture."""

from datetime import timedelta

from tests.adapters.discord.halls import Hall, parts, text_of
from tests.adapters.packs import EXPLANATION, SECRETS
from tests.emulators.discord import Message, Role


async def posted(hall: Hall, **options: str) -> Message:
    """Set a question a day, and have today's posted now."""
    usual = {"time": "9:00", "zone": "utc", "deck": "sea/single", "reveal": "1h"}
    await hall.zoe.slash(hall.channel, "quiz daily set", usual | options)
    await hall.zoe.slash(hall.channel, "quiz daily now")
    return await hall.shown("Question of the day")


async def revealed(hall: Hall) -> Message:
    """Let an hour pass, and return the reveal."""
    hall.clock.later = timedelta(hours=1, seconds=1)
    return await hall.shown(": the answer")


async def test_a_day_from_its_question_to_its_reveal(hall: Hall) -> None:
    """Anybody answers, changes their mind, and sees in the end how all answered, as a picture."""
    question = await posted(hall)
    await hall.pick(hall.ann, question, "The fish")
    changed = await hall.ann.press(question, hall.button_of(question, "The tide"))
    await hall.pick(hall.ben, question, "The boat")
    await hall.until(lambda: "2" in text_of(question).split("⏳")[1], "two who have answered")
    open_text = text_of(question)
    reveal = await revealed(hall)
    mine = await hall.ben.press(reveal, next(one for one in reveal.custom_ids if one.startswith("m:")))

    assert not changed.failed
    assert [secret for secret in SECRETS if secret in open_text] == []
    assert EXPLANATION in text_of(reveal)
    (picture,) = reveal.attachments
    assert picture.data.startswith(b"\x89PNG")
    gallery = next(one for one in parts(reveal.components) if one["type"] == 12)
    assert "The tide" in str(gallery["items"])
    assert "The boat" in mine.text


async def test_who_missed_the_day_may_still_answer_for_practice(hall: Hall) -> None:
    """Without points, with the explanation at once."""
    question = await posted(hall)
    await revealed(hall)
    await hall.until(lambda: "practice" in text_of(question).lower(), "practice")
    done = await hall.ann.press(question, hall.button_of(question, "The tide"))

    assert EXPLANATION in done.text


async def test_the_role_that_an_organiser_chose_is_called_and_nobody_else(hall: Hall) -> None:
    """Once, by the post; the counts that follow keep the line and call nobody."""
    role: Role = hall.server.world.role(hall.guild, "learners", mentionable=True)
    question = await posted(hall, mention=f"<@&{role.id}>")
    called = question.pinged
    await hall.pick(hall.ann, question, "The tide")
    await hall.until(lambda: question.edits > 0, "the count")

    assert called.roles == (role.id,)
    assert (called.users, called.everyone) == ((), False)
    assert text_of(question).startswith(f"<@&{role.id}>")
    assert [one.pinged for one in hall.messages() if one is not question and one.pinged] == []


async def test_a_restart_keeps_the_line_that_called_a_role(closed_hall: Hall) -> None:
    """The new process reads it from the message."""
    async with closed_hall.open():
        role = closed_hall.server.world.role(closed_hall.guild, "learners", mentionable=True)
        question = await posted(closed_hall, mention=f"<@&{role.id}>")
    async with closed_hall.open():
        await closed_hall.pick(closed_hall.ann, question, "The tide")
        await closed_hall.until(lambda: question.edits > 0, "the count")

    assert text_of(question).startswith(f"<@&{role.id}>")
    assert question.pinged.roles == (role.id,)


async def test_the_weekly_recap_comes_too(hall: Hall) -> None:
    """At its hour, with who did what."""
    question = await hall.play(hall.zoe, deck="single", count=1)
    await hall.pick(hall.zoe, question, "The fish")
    await hall.shown("1 of 1: the answer", after=question)
    await hall.zoe.slash(hall.channel, "quiz stop")
    now = hall.clock.now()
    at = now + timedelta(minutes=2)
    await hall.zoe.slash(hall.channel, "quiz settings", zone="utc", recap=f"{at:%A} {at:%H:%M}".lower())
    hall.clock.later = timedelta(minutes=3)
    recap = await hall.shown("The week up to")

    assert "Zoe" in text_of(recap)
