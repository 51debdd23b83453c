"""The question of the day in the web chat: set from the composer, and answered late for practice."""

from datetime import time

from bot.core import effects as fx
from bot.core.commands import DrawRequest, RevealAfter, SetDaily, ShowDaily, SubmitAnswer
from bot.core.responses import Picked
from bot.engine.events import Event
from bot.wording.render import view_of
from tests.adapters.web.chats import NOON, Chat
from tests.wording.samples import DAY_QUESTION, day_changed, day_opened, mine

LINE = fx.ScheduleLine(
    name="daily",
    at=time(9),
    zone="Europe/Berlin",
    weekdays=(0, 1, 2, 3, 4),
    request=DrawRequest(1),
    reveal=RevealAfter(12),
    mention="team",
    paused=False,
    next=(NOON,),
)


async def test_a_schedule_is_set_from_the_composer_and_told_in_private(chat: Chat) -> None:
    """Zone by city, weekdays as people say them."""
    chat.desk.answer = lambda _event: (fx.ScheduleSet(LINE, new=True),)
    ada = await chat.join("Ada")

    ack = await ada.ask(
        type="say", channel="general", text="/quiz daily set 9:00 zone:berlin weekdays:mon-fri mention:@team"
    )

    assert chat.desk.events[0].intent == SetDaily(
        at=time(9), zone="Europe/Berlin", weekdays=(0, 1, 2, 3, 4), mention="team"
    )
    assert ack["notice"]["view"]["title"] == "Question of the day set"
    assert ack["notice"]["private"]


async def test_daily_alone_asks_what_there_is(chat: Chat) -> None:
    """Nothing is changed by looking."""
    ada = await chat.join("Ada")

    await ada.ask(type="say", channel="general", text="/quiz daily")

    assert chat.desk.events[0].intent == ShowDaily()


async def test_a_command_for_the_question_of_the_day_is_completed(chat: Chat) -> None:
    """Word by word, with zones by their cities."""
    ada = await chat.join("Ada")

    found = await ada.ask(type="complete", text="/quiz daily s")
    zones = await ada.ask(type="complete", text="/quiz daily set zone:mumb")

    assert [item["insert"] for item in found["items"]] == ["/quiz daily set", "/quiz daily show"]
    assert [item["insert"] for item in zones["items"]] == ["/quiz daily set zone:Asia/Kolkata"]


async def test_the_post_can_be_answered_open_and_closed(chat: Chat) -> None:
    """The closed one is for practice: its reply says how it went, and marks no answer of the reader's."""
    ada = await chat.join("Ada")
    seq = await chat.post(view_of(day_opened(mention="team")), key="day.ask")
    shown = (await ada.expect("message"))["message"]["view"]
    assert (shown["mention"], shown["lasting"]) == ("team", True)
    action = shown["controls"][0]["action"]

    chat.desk.answer = _judged
    closed = await chat.post(view_of(day_changed(state=fx.QuestionState.CLOSED)), key="closed.ask")
    for message in (seq, closed):
        ack = await ada.ask(type="press", message=message, action=action, picked=[1], typed=None)
        assert "for practice" in ack["notice"]["view"]["alt"]

    assert [event.intent for event in chat.desk.events] == [
        SubmitAnswer(DAY_QUESTION, Picked((1,)), NOON)
    ] * 2
    assert chat.desk.events[0].round == DAY_QUESTION.removesuffix(".0")
    assert all(message["mine"] is None for message in await ada.messages())


def _judged(_event: Event) -> tuple[fx.Reply, ...]:
    return (mine(question=DAY_QUESTION, counted=False),)
