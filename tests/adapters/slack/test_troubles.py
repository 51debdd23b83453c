"""Single troubles at the worst moment: what was done stays done, and whoever did it hears of it."""

import sqlite3
from datetime import timedelta

import pytest

from bot.wording.slack_notices import SAY
from tests.adapters.slack.halls import Hall, does, text_of
from tests.adapters.slack.learners import SLOWLY, answer_somehow, filled, form_of, told
from tests.adapters.slack.paces import BY_SOCKET, QUICKLY
from tests.emulators.slack import Kind, Message, Trouble

pytestmark = [QUICKLY, BY_SOCKET]


def asked_in(hall: Hall) -> list[Message]:
    """Return the messages of the question, without the lobby."""
    return hall.messages()[1:]


async def test_a_question_in_two_messages_outlives_a_pause_with_its_buttons(closed_hall: Hall) -> None:
    """The pause has nothing to show in the second, and the question needs it again."""
    path = closed_hall.folder / "content" / "sea" / "decks" / "single.yaml"
    words = " ".join(f"word{number}" for number in range(500))[:3_850]
    longer = " ".join(f"wind{number}" for number in range(400))[:990]
    text = path.read_text(encoding="utf-8").replace("What lifts the whole sea twice a day?", f"What? {words}")
    for option in ("tide", "wind", "fish", "boat"):
        text = text.replace(f"text: The {option}", f"text: The {option} {longer} " + f"{option}s " * 120)
    path.write_text(text, encoding="utf-8")
    async with closed_hall.open():
        await closed_hall.play(closed_hall.zoe, line=f"deck:single count:1 {SLOWLY}")
        await closed_hall.until(lambda: len(asked_in(closed_hall)) >= 2, "both parts")
        first, *_, last = asked_in(closed_hall)
        await closed_hall.quiz(closed_hall.zoe, "pause")
        await closed_hall.until(lambda: not last.action_ids, "no buttons during the pause")
        await closed_hall.quiz(closed_hall.zoe, "resume")
        await closed_hall.until(lambda: last.action_ids, "buttons again")
        done = await closed_hall.zoe.press(last, last.action_ids[0])

    assert "word0" in text_of(first)
    assert not done.failed


async def test_a_channel_that_takes_no_numbers_gets_its_buttons_back(hall: Hall) -> None:
    """The question is there, so it can be answered."""
    installation = hall.app.installations[hall.team.id]
    installation.scopes = tuple(one for one in installation.scopes if one != "reactions:write")
    await hall.quiz(hall.zoe, "settings reactions:last")
    await hall.quiz(hall.zoe, "daily set 9:00 zone:utc deck:sea/single")
    await hall.quiz(hall.zoe, "daily now")
    question = await hall.shown("Question of the day")
    await hall.until(lambda: question.action_ids, "buttons")
    await hall.pick(hall.ann, question, "The tide")
    await hall.until(lambda: "1 has answered" in text_of(question), "the count")

    assert question.action_ids


@pytest.mark.parametrize("trouble", [Trouble.BROKEN, Trouble.DROPPED, Trouble.BUSY])
async def test_a_confirmation_that_did_not_arrive_is_sent_again(hall: Hall, trouble: Trouble) -> None:
    """The answer counted before it."""
    question = await hall.play(hall.zoe, hall.ann, line=f"deck:single count:1 {SLOWLY}")
    hall.server.fates.next("response_url", trouble)
    done = await hall.pick(hall.ann, question, "The fish")

    assert "Your answer" in await told(done)
    assert len(done.messages) == 1


async def test_an_answer_counts_whose_confirmation_never_arrives(hall: Hall) -> None:
    """Slack does not promise it; the home tab has it."""
    question = await hall.play(hall.zoe, hall.ann, line=f"deck:single count:1 {SLOWLY}")
    hall.ann.user.online = False
    await hall.pick(hall.ann, question, "The tide")
    await hall.until(lambda: "1 of 2" in text_of(question), "the count")
    await hall.ann.open_home()
    await hall.until(
        lambda: hall.ann.home and "Your answer: " in text_of(hall.ann.home), "the answer at home"
    )

    assert not any("Your answer" in text_of(one) for one in hall.ann.seen(hall.channel) if one.ephemeral)


async def test_what_is_whispered_waits_while_slack_is_busy(hall: Hall) -> None:
    """What was missed comes a little later, and once."""
    question = await hall.play(hall.zoe, hall.ann, line=f"deck:single count:1 {SLOWLY}")
    await hall.pick(hall.ann, question, "The fish")
    await hall.pick(hall.zoe, question, "The tide")
    reveal = await hall.shown("1 of 1: the answer", after=question)
    hall.server.fates.next("chat.postEphemeral", Trouble.BUSY, times=2, wait=1.0)
    await hall.zoe.press(reveal, does(reveal, "n"))
    await hall.ann.sees(hall.channel, "What you missed")

    assert sum("What you missed" in text_of(one) for one in hall.ann.seen(hall.channel)) == 1


@pytest.mark.parametrize("trouble", [Trouble.BROKEN, Trouble.BUSY])
async def test_a_form_that_slack_does_not_open_is_asked_for_again(hall: Hall, trouble: Trouble) -> None:
    """Whoever pressed hears of it, and the next press opens it."""
    question = await hall.play(hall.zoe, line=f"deck:numeric count:1 {SLOWLY}")
    hall.server.fates.next("views.open", trouble)
    pressed = await hall.zoe.press(question, does(question, "a"))
    hall.server.fates.next("views.open", trouble)
    flag = await hall.zoe.shortcut("flag", question)

    assert SAY.busy() in await told(pressed)
    assert SAY.busy() in await told(flag)
    assert text_of(await form_of(hall.zoe, question))


async def test_a_trigger_that_is_too_old_opens_nothing_and_is_told(hall: Hall) -> None:
    """Three seconds are over when we were slow."""
    question = await hall.play(hall.zoe, line=f"deck:numeric count:1 {SLOWLY}")
    hall.server.desk.trigger_seconds = 0.0

    assert SAY.busy() in await told(await hall.zoe.press(question, does(question, "a")))


async def test_a_picture_that_slack_does_not_take_is_said_in_words(hall: Hall) -> None:
    """A leaderboard never fails for it."""
    question = await hall.play(hall.zoe, line=f"deck:single count:1 {SLOWLY}")
    await hall.pick(hall.zoe, question, "The tide")
    await hall.quiz(hall.zoe, "stop")
    await hall.shown("stopped", after=question)
    hall.server.fates.next("files.getUploadURLExternal", Trouble.BROKEN)
    done = await hall.quiz(hall.zoe, "top")

    assert "Zoe" in await told(done)
    assert not any(block["type"] == "image" for block in done.messages[0].blocks)


async def test_a_press_by_somebody_unknown_counts_at_once_and_their_name_is_learnt(hall: Hall) -> None:
    """Slack tells a press's id and handle alone; what others call them is asked for meanwhile."""
    await hall.quiz(hall.zoe, "daily set 9:00 zone:utc deck:sea/single reveal:1h")
    await hall.quiz(hall.zoe, "daily now")
    question = await hall.shown("Question of the day")
    stranger = hall.join("Ferdinand")
    stranger.user.display_name = "Ferdi the Bull"
    hall.server.fates.next("users.info", before=0.2)
    first = await hall.pick(stranger, question, "The fish")
    await told(first)
    await hall.until(lambda: stranger.user.id in known(hall), "the name")
    await told(await hall.pick(stranger, question, "The tide"))
    hall.clock.later = timedelta(hours=1, seconds=1)
    reveal = await hall.shown(": the answer", after=question)
    await told(await hall.quiz(stranger, "me"))

    assert first.acknowledged is not None
    assert first.acknowledged < 0.2
    assert "1 answered" in text_of(reveal) or "Ferdi the Bull" in text_of(reveal)
    assert "Ferdi the Bull" in await told(await hall.quiz(hall.zoe, "top all"))


def known(hall: Hall) -> set[object]:
    """Return of whom Slack has told us the name."""
    return {one.args.get("user") for one in hall.server.traffic.exchanges("users.info") if one.ok}


async def test_names_are_those_that_others_see(hall: Hall) -> None:
    """A display name before a real one, and neither the handle; a new one from the next command on."""
    hall.ann.user.display_name, hall.ann.user.real_name = "Annie", "Ann Example"
    hall.ben.user.display_name, hall.ben.user.real_name = "", "Ben Example"
    question = await hall.play(hall.zoe, hall.ann, hall.ben, line=f"deck:single count:1 {SLOWLY}")
    for person in (hall.zoe, hall.ann, hall.ben):
        await hall.pick(person, question, "The tide")
    shown = text_of(await hall.shown("1 of 1: the answer", after=question))

    assert "Annie" in shown
    assert "Ben Example" in shown
    assert "Ann Example" not in shown


@pytest.mark.parametrize("method", ["users.info", "conversations.info"])
async def test_a_slack_that_tells_nothing_of_people_and_channels_holds_nobody_up(
    hall: Hall, method: str
) -> None:
    """A round is played all the same, under the handles that came with the commands."""
    hall.server.fates.next(method, Trouble.BROKEN, times=20)
    question = await hall.play(hall.zoe, hall.ann, line=f"deck:single count:1 {SLOWLY}")
    await hall.pick(hall.zoe, question, "The tide")
    await hall.pick(hall.ann, question, "The fish")
    shown = text_of(await hall.shown("1 of 1: the answer", after=question)).lower()

    assert "zoe" in shown
    assert "ann" in shown


async def test_a_form_of_a_round_that_was_stopped_meanwhile_says_so(hall: Hall) -> None:
    """In its own window."""
    question = await hall.play(hall.zoe, hall.ann, line=f"deck:free-text count:1 {SLOWLY}")
    form = await form_of(hall.ann, question)
    await hall.quiz(hall.zoe, "stop")
    await hall.shown("stopped", after=question)
    done = await hall.ann.submit(form, filled(form, "The Moon"))

    assert "not counted" in await told(done)


@pytest.mark.parametrize("deck", ["single", "numeric"])
async def test_what_people_do_is_acknowledged_long_before_three_seconds(hall: Hall, deck: str) -> None:
    """After the commit, and without waiting for a message."""
    people = [hall.join(f"Learner {number}") for number in range(12)]
    question = await hall.play(hall.zoe, *people, line=f"deck:{deck} count:1 {SLOWLY}")
    done = [await answer_somehow(person, question) for person in people]
    slowest = max(one.acknowledged or 3.0 for one in done)

    assert slowest < 1.0
    assert not any(one.failed for one in done)


@pytest.mark.parametrize("again", [True, False])
async def test_schedules_pause_where_we_are_put_out_and_not_for_an_old_word_of_it(
    hall: Hall, *, again: bool
) -> None:
    """Slack tells an event again for minutes; by then the workspace may have let us in again."""
    await hall.quiz(hall.zoe, "daily set 9:00 zone:utc deck:sea/single")
    await hall.zoe.mention(hall.channel, "decks")
    await hall.server.delivered()
    sent = hall.server.traffic.dispatches("app_mention")[-1].body
    if not again:
        hall.server.uninstall(hall.app.installations[hall.team.id])
    gone = {**sent, "event": {"type": "app_uninstalled"}, "event_id": "Ev1"}
    await hall.server.send(hall.app, Kind.EVENT, gone)

    with sqlite3.connect(hall.folder / "hall.db") as database:
        bodies = [body for (body,) in database.execute("SELECT body FROM schedules")]
    assert bodies
    assert {'"paused":true' in body for body in bodies} == {not again}
