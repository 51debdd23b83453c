"""The home tab: where I stand, what is open, and what became of my answers, the key not among it."""

from datetime import timedelta

from bot.adapters.slack.homes import LOOKING
from tests.adapters.packs import SECRETS
from tests.adapters.slack.halls import Hall, text_of
from tests.adapters.slack.learners import SLOWLY, filled, form_of, malformed
from tests.adapters.slack.paces import QUICKLY
from tests.emulators.slack import Person, View

pytestmark = QUICKLY


async def home_of(hall: Hall, person: Person, words: str) -> str:
    """Return what the home of *person* shows as soon as it says *words*."""
    await hall.until(
        lambda: person.home is not None and words in text_of(person.home), f"a home with {words!r}"
    )
    assert person.home is not None
    return text_of(person.home)


async def test_who_has_never_played_is_told_how_to_begin(hall: Hall) -> None:
    """Nothing is empty, and nobody else's answers are there."""
    await hall.ann.open_home()
    shown = await home_of(hall, hall.ann, "/quiz play")

    assert "Welcome!" in shown
    assert "Zoe" not in shown


async def test_an_answer_stands_at_home_and_the_key_does_not(hall: Hall) -> None:
    """What one person alone sees in a channel may get lost; here it stays."""
    question = await hall.play(hall.zoe, hall.ann, line=f"deck:single count:1 {SLOWLY}")
    await hall.ann.open_home()
    before = await home_of(hall, hall.ann, "You have not answered yet")
    await hall.pick(hall.ann, question, "The fish")
    letter = hall.letter_of(question, "The fish")
    after = await home_of(hall, hall.ann, f"Your answer: {letter}")

    assert "Question 1 of 1" in before
    assert [secret for secret in SECRETS if secret in after] == []
    assert "The tide" not in after
    assert malformed(hall) == []


async def test_a_typed_answer_stands_at_home_too(hall: Hall) -> None:
    """As it was typed, with nothing in it parsed."""
    question = await hall.play(hall.zoe, hall.ann, line=f"deck:free-text count:1 {SLOWLY}")
    await hall.ann.open_home()
    await home_of(hall, hall.ann, "Open now")
    form = await form_of(hall.ann, question)
    await hall.ann.submit(form, filled(form, "the <!channel> moon"))

    assert "the <!channel> moon" in await home_of(hall, hall.ann, "Your answer")


async def test_points_streaks_and_what_is_planned_come_to_it(hall: Hall) -> None:
    """After a round, and after an organiser set a question of the day."""
    question = await hall.play(hall.zoe, hall.ann, line=f"deck:single count:1 {SLOWLY}")
    await hall.pick(hall.ann, question, "The tide")
    await hall.pick(hall.zoe, question, "The fish")
    await hall.shown("1 of 1: the answer", after=question)
    await hall.quiz(hall.zoe, "stop")
    await hall.shown("Stopped", after=question)
    await hall.quiz(hall.zoe, "daily set 9:00 zone:utc deck:sea/single")
    await hall.ann.open_home()
    shown = await home_of(hall, hall.ann, "Coming up")

    assert "1st of 2" in shown
    assert "09:00" in shown
    assert f"<#{hall.channel.id}>" in shown


async def test_each_control_of_the_home_opens_a_window(hall: Hall) -> None:
    """A home has no channel that an answer could stand in."""
    question = await hall.play(hall.zoe, hall.ann, line=f"deck:single count:1 {SLOWLY}")
    await hall.pick(hall.ann, question, "The tide")
    await hall.pick(hall.zoe, question, "The fish")
    await hall.shown("1 of 1: the answer", after=question)
    await hall.ann.open_home()
    await home_of(hall, hall.ann, "1st of 2")
    home = hall.ann.home
    assert home is not None
    windows = [await opened(hall.ann, home, action) for action in home.action_ids]

    assert windows != []
    assert all("Ann" in text_of(one) for one in windows)
    assert malformed(hall) == []


async def opened(person: Person, home: View, action: str) -> View:
    """Let *person* press what does *action*, and return the window; close it."""
    window = await (await person.press(home, action)).opened()
    await person.close()
    return window


async def test_a_home_that_nobody_looks_at_is_left_alone(hall: Hall) -> None:
    """Slack takes some hundred a minute for a whole workspace; opening it shows the newest."""
    question = await hall.play(hall.zoe, hall.ann, line=f"deck:single count:1 {SLOWLY}")
    await hall.ann.open_home()
    await home_of(hall, hall.ann, "Open now")
    hall.clock.later = LOOKING + timedelta(seconds=1)
    published = len(hall.server.traffic.exchanges("views.publish"))
    await hall.pick(hall.ann, question, "The fish")
    await hall.pick(hall.zoe, question, "The fish")
    await hall.shown("1 of 1: the answer", after=question)

    assert len(hall.server.traffic.exchanges("views.publish")) == published


async def test_the_tab_of_messages_needs_no_home(hall: Hall) -> None:
    """Only the tab that is looked at is filled."""
    await hall.ann.open_home(tab="messages")
    await hall.ann.write(hall.ann.dm, "top")
    await hall.ann.sees(hall.ann.dm, "eaderboard")

    assert hall.ann.home is None
