"""Single troubles at the worst moment: what was done stays done, and whoever did it hears of it."""

from bot.adapters.discord.chat import UNNOTICED_SECONDS
from tests.adapters.discord.halls import Hall, does, text_of
from tests.emulators.discord import Message, Permission, Trouble


def asked_in(hall: Hall) -> list[Message]:
    """Return the messages of the question, without the lobby."""
    return hall.messages()[1:]


async def test_a_question_in_two_messages_outlives_a_pause_with_its_buttons(closed_hall: Hall) -> None:
    """The pause has nothing to show in the second, and the question needs it again."""
    path = closed_hall.folder / "content" / "sea" / "decks" / "single.yaml"
    words = " ".join(f"word{number}" for number in range(500))[:3_850]
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("What lifts the whole sea twice a day?", f"What? {words}"), encoding="utf-8")
    async with closed_hall.open():
        await closed_hall.play(closed_hall.zoe, deck="single", count=1, seconds=600)
        await closed_hall.until(lambda: len(asked_in(closed_hall)) == 2, "both parts")
        first, second = asked_in(closed_hall)
        await closed_hall.zoe.slash(closed_hall.channel, "quiz pause")
        await closed_hall.until(lambda: not second.custom_ids, "no buttons during the pause")
        await closed_hall.zoe.slash(closed_hall.channel, "quiz resume")
        await closed_hall.until(lambda: second.custom_ids, "buttons again")
        done = await closed_hall.zoe.press(second, second.custom_ids[0])

    assert "word0" in text_of(first)
    assert not done.failed


async def test_a_channel_that_takes_no_letters_gets_its_buttons_back(hall: Hall) -> None:
    """The question is there, so it can be answered."""
    await hall.zoe.slash(hall.channel, "quiz settings", reactions="last")
    await hall.zoe.slash(hall.channel, "quiz daily set", time="9:00", zone="utc", deck="sea/single")
    hall.server.world.overwrite(hall.channel, hall.app.user, deny=Permission.ADD_REACTIONS)
    await hall.zoe.slash(hall.channel, "quiz daily now")
    question = await hall.shown("Question of the day")
    await hall.until(lambda: question.custom_ids, "buttons")
    await hall.pick(hall.ann, question, "The tide")
    await hall.until(lambda: "1 has answered" in text_of(question), "the count")

    assert question.custom_ids


async def test_an_own_round_that_could_not_reach_its_learner_can_be_started_again(hall: Hall) -> None:
    """They open their direct messages, press again, and there it is."""
    question = await hall.play(hall.zoe, deck="single", count=1)
    await hall.pick(hall.zoe, question, "The fish")
    reveal = await hall.shown("1 of 1: the answer", after=question)
    await hall.zoe.press(reveal, does(reveal, "n"))
    podium = await hall.shown("Podium")
    missed = await hall.zoe.press(podium, does(podium, "w"))
    assert missed.message is not None
    hall.zoe.user.dms_open = False
    await hall.zoe.press(missed.message, does(missed.message, "o"))
    await hall.zoe.sees(hall.channel, "cannot write to you")
    hall.zoe.user.dms_open = True
    await hall.zoe.press(missed.message, does(missed.message, "o"))

    assert "What lifts" in text_of(await hall.shown("Question 1", hall.zoe.dm()))


async def test_a_callback_that_broke_after_its_effect_is_followed_by_the_answer(hall: Hall) -> None:
    """Discord has it already: the second try is refused, and all is well."""
    question = await hall.play(hall.zoe, deck="single", count=1)
    await hall.pick(hall.zoe, question, "The tide")
    await hall.zoe.slash(hall.channel, "quiz stop")
    hall.server.fates.next("callback", Trouble.BROKEN_AFTER)
    shown = await (await hall.zoe.slash(hall.channel, "quiz top")).settled()

    assert "Zoe" in shown.text


async def test_what_is_whispered_waits_while_discord_is_busy(hall: Hall) -> None:
    """What was missed comes a little later, and once."""
    question = await hall.play(hall.zoe, hall.ann, deck="single", count=1)
    await hall.pick(hall.ann, question, "The fish")
    await hall.pick(hall.zoe, question, "The tide")
    reveal = await hall.shown("1 of 1: the answer", after=question)
    hall.server.fates.next("followup", Trouble.BUSY, times=2, wait=0.1)
    await hall.zoe.press(reveal, does(reveal, "n"))
    await hall.ann.sees(hall.channel, "What you missed")

    assert sum("What you missed" in text_of(one) for one in hall.ann.seen(hall.channel)) == 1


async def test_another_channel_where_we_may_not_write_is_named_when_it_is_set(hall: Hall) -> None:
    """Not only after three posts that failed."""
    other = hall.server.world.channel(hall.guild, "mornings")
    hall.server.world.overwrite(other, hall.app.user, deny=Permission.SEND_MESSAGES)
    done = await hall.zoe.slash(hall.channel, "quiz daily set", time="9:00", zone="utc", channel=other)

    assert "Send Messages" in done.text
    assert f"client_id={hall.app.id}" in done.text


async def test_rounds_stand_still_when_the_bot_has_to_log_in_anew(hall: Hall) -> None:
    """A close that cannot be resumed, and a Discord that is out of order after it."""
    await hall.play(hall.zoe, deck="single", count=1, seconds=600)
    hall.server.fates.next("other", Trouble.BROKEN, times=3)
    hall.server.gateway.close(4011)
    await hall.server.until(
        lambda: any("lost the connection" in text_of(one) for one in hall.messages()),
        UNNOTICED_SECONDS + 30,
        "the word that the clock stands still",
    )
    back = await hall.server.until(
        lambda: next((one for one in hall.messages() if "I am back" in text_of(one)), None), 60, "back"
    )

    assert back is not None
