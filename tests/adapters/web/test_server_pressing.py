"""Controls: what a press becomes, and what cannot be pressed."""

from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from bot.core import effects as fx
from bot.core.commands import Join, SubmitAnswer
from bot.core.ids import QuestionId, RoundId
from bot.core.items import Kind
from bot.core.responses import Picked, Typed
from bot.engine.events import Event
from bot.ports import Post
from bot.records import Account, Place
from bot.wording.views import Button, Control, Field, Form, Picker, View
from tests.adapters.web.chats import Chat, Window, a_button, a_view, serving

ROUND = "abcdefghjkmnp"
QUESTION = QuestionId(f"{ROUND}.0")
ANSWER = f"a:{QUESTION}"
JOIN = f"j:{ROUND}"


def pick_one() -> Picker:
    """Return the control of a question with three options."""
    return Picker(ANSWER, "one", ("Mars", "Venus", "Earth"), ("A", "B", "C"), "Your answer", "Answer")


def type_two() -> Form:
    """Return the control of a question with two blanks."""
    return Form(ANSWER, (Field("Blank 1", longest=20), Field("Blank 2")), "Your answer", "Answer")


def accept(event: Event) -> tuple[fx.Reply, ...]:
    """Accept an answer as the engine does."""
    assert isinstance(event.intent, SubmitAnswer)
    assert isinstance(event.intent.sent, Picked)
    labels = tuple("ABC"[position] for position in event.intent.sent.positions)
    return (fx.AnswerAccepted(event.intent.question, Kind.SINGLE_CHOICE, labels, changed=False, more=True),)


def mine(*labels: str) -> dict[str, object]:
    """Return what a message says of its reader's own choice."""
    return {"labels": list(labels), "marks": list(labels)}


def reveal(question: str = QUESTION) -> View:
    """Return the reveal of *question*, which offers the reader's own answer."""
    return a_view(a_button(f"m:{question}"), a_button(f"n:{question}"), title="The answer")


async def press(window: Window, message: int, action: str, **fields: object) -> dict[str, object]:
    """Press a control and return the answer."""
    return await window.ask(
        **{"type": "press", "message": message, "action": action, "picked": None, "typed": None} | fields
    )


async def test_a_button_becomes_an_event_in_the_message_s_channel(chat: Chat) -> None:
    """It carries the round that the button belongs to."""
    ada = await chat.join("Ada")
    seq = await chat.post(a_view(a_button(JOIN)), channel="exam-prep")
    id_ = str(uuid4())

    answer = await press(ada, seq, JOIN, id=id_)

    assert answer == {"type": "ack", "id": id_, "notice": None}
    assert chat.desk.events == [
        Event(
            id=chat.desk.events[0].id,
            place=Place("web", "exam-prep"),
            intent=Join(),
            at=chat.clock.now(),
            account=Account("web", ada.me["id"]),
            name="Ada",
            organiser=True,
            workspace="local",
            round=RoundId(ROUND),
            roles=("Ada",),
        )
    ]


async def test_what_is_picked_is_an_answer_at_the_time_of_the_press(chat: Chat) -> None:
    """The server's clock is the platform's."""
    ada = await chat.join("Ada")
    seq = await chat.post(a_view(pick_one()))
    chat.clock.move(7)

    await press(ada, seq, ANSWER, picked=[2])

    assert chat.desk.events[0].intent == SubmitAnswer(QUESTION, Picked((2,)), chat.clock.now())


async def test_what_is_typed_is_an_answer_without_control_characters(chat: Chat) -> None:
    """Otherwise it is what was typed."""
    ada = await chat.join("Ada")
    seq = await chat.post(a_view(type_two()))

    await press(ada, seq, ANSWER, typed=["  Mon\x00stera ", "<b>x</b>\u202e"])

    assert chat.desk.events[0].intent == SubmitAnswer(
        QUESTION, Typed(("Monstera", "<b>x</b>\u202e")), chat.clock.now()
    )


async def test_changing_an_answer_five_times_leaves_one_notice(chat: Chat) -> None:
    """It says what the answer is now, and so does the question, after a reload too."""
    ada, grace = await chat.join("Ada"), await chat.join("Grace")
    chat.desk.answer = accept
    seq = await chat.post(a_view(pick_one()))

    acks = [await press(ada, seq, ANSWER, picked=[position]) for position in (0, 1, 2, 0, 1)]

    again = await chat.back(ada)
    for window in (ada, again):
        question, notice = await window.messages()
        assert question["mine"] == mine("B")
        assert notice == acks[-1]["notice"]
        assert notice["private"]
    (question,) = await grace.messages()
    assert question["mine"] is None


async def test_each_revision_of_a_confirmation_is_higher(chat: Chat) -> None:
    """So that a window never goes back to an older answer."""
    ada = await chat.join("Ada")
    chat.desk.answer = accept
    seq = await chat.post(a_view(pick_one()))

    revisions = [
        (await press(ada, seq, ANSWER, picked=[position]))["notice"]["revision"]  # type: ignore[index]  # JSON
        for position in (0, 1, 0)
    ]

    assert revisions == sorted(set(revisions))


async def test_all_windows_of_a_person_learn_what_they_answered(chat: Chat) -> None:
    """The question comes again to the second window, marked, and stays so when it is edited."""
    ada = await chat.join("Ada")
    second = await chat.back(ada)
    await second.quiet()
    chat.desk.answer = accept
    post = Post("q", Place("web", "general"), "", a_view(pick_one()))
    seq = int(await chat.web.post(post))
    await second.expect("message")

    await press(ada, seq, ANSWER, picked=[1])
    await chat.web.edit(str(seq), post)

    await second.quiet()
    told = [frame["message"] for frame in second.seen("message") if frame["message"]["seq"] == seq]
    assert [message["mine"] for message in told] == [
        None,
        mine("B"),
        mine("B"),
    ]


async def test_the_reveal_shows_each_reader_their_own_choice(chat: Chat) -> None:
    """The last that was confirmed, when it is posted, edited and read again; and nobody another's."""
    ada, grace = await chat.join("Ada"), await chat.join("Grace")
    chat.desk.answer = accept
    seq = await chat.post(a_view(pick_one()))
    await press(ada, seq, ANSWER, picked=[0])
    await press(ada, seq, ANSWER, picked=[1])
    post = Post("r", Place("web", "general"), "", reveal())

    shown = await chat.web.post(post)
    await chat.web.edit(shown, replace(post, view=a_view(a_button(f"m:{QUESTION}"))))

    for window, own in ((ada, mine("B")), (grace, None)):
        await window.quiet()
        told = [frame["message"] for frame in window.seen("message")]
        again = await (await chat.back(window)).messages()
        assert [one["mine"] for one in told if one["seq"] == int(shown)] == [own, own]
        assert [one["mine"] for one in again if one["seq"] == int(shown)] == [own]


async def test_the_reveal_of_another_question_marks_nothing(chat: Chat) -> None:
    """That of a question whose options were put in order shows an order without letters, so none are told."""
    ada = await chat.join("Ada")
    effect = fx.AnswerAccepted(QUESTION, Kind.ORDERING, ("B", "A"), changed=False, more=True)
    chat.desk.answer = lambda _: (effect,)
    seq = await chat.post(a_view(pick_one()))
    await press(ada, seq, ANSWER, picked=[1])
    for revealed in (QUESTION, f"{ROUND}.7"):
        await chat.post(reveal(revealed))

    question, _, *reveals = await ada.messages()
    assert question["mine"] == {"labels": ["B", "A"], "marks": []}
    assert [one["mine"] for one in reveals] == [{"labels": [], "marks": []}, None]


async def test_what_the_channel_is_told_is_not_told_again_in_private(chat: Chat) -> None:
    """The button's wait ends with the acknowledgement, and the next question is answer enough."""
    ada = await chat.join("Ada")
    chat.desk.answer = lambda _: (fx.CommandDone(fx.Confirmation.DONE),)
    seq = await chat.post(reveal())

    ack = await press(ada, seq, f"n:{QUESTION}")

    assert ack["notice"] is None
    assert len(await ada.messages()) == 1


async def test_a_redo_says_where_it_is(chat: Chat) -> None:
    """In the reader's own channel, by the name that it has on the page."""
    ada = await chat.join("Ada")
    chat.desk.answer = lambda _: (fx.CommandDone(fx.Confirmation.REDO),)
    seq = await chat.post(a_view(a_button(f"o:{ROUND}")))

    await press(ada, seq, f"o:{ROUND}")

    assert "That is “Just me” in the list of channels." in (await ada.messages())[-1]["view"]["alt"]


async def test_every_question_has_its_own_confirmation(chat: Chat) -> None:
    """And every person theirs."""
    ada, grace = await chat.join("Ada"), await chat.join("Grace")
    chat.desk.answer = accept
    first = await chat.post(a_view(pick_one()))
    action = f"a:{ROUND}.1"
    second = await chat.post(a_view(Picker(action, "one", ("x", "y"), ("A", "B"), "", "")))

    await press(ada, first, ANSWER, picked=[0])
    await press(ada, second, action, picked=[1])
    await press(grace, second, action, picked=[0])

    assert [message["mine"] for message in await ada.messages()] == [
        mine("A"),
        mine("B"),
        None,
        None,
    ]
    assert [message["mine"] for message in await grace.messages()] == [
        None,
        mine("A"),
        None,
    ]


async def test_a_refused_answer_marks_nothing(chat: Chat) -> None:
    """Its reason is a notice like any other."""
    ada = await chat.join("Ada")
    chat.desk.answer = lambda _: (fx.AnswerRefused(QUESTION, fx.Refusal.LATE),)
    seq = await chat.post(a_view(pick_one()))

    ack = await press(ada, seq, ANSWER, picked=[0])

    question, notice = await ada.messages()
    assert question["mine"] is None
    assert notice == ack["notice"]


async def test_a_press_that_is_sent_again_counts_once_and_shows_the_same(chat: Chat) -> None:
    """Whatever was lost on the way, the page gets its acknowledgement."""
    ada = await chat.join("Ada")
    chat.desk.answer = accept
    seq = await chat.post(a_view(pick_one()))
    id_ = str(uuid4())

    first = await press(ada, seq, ANSWER, picked=[1], id=id_)
    again = await chat.back(ada)
    second = await press(again, seq, ANSWER, picked=[1], id=id_)

    assert len(chat.desk.events) == 1
    assert second["notice"] == first["notice"] is not None
    assert len(await again.messages()) == 2


async def test_a_press_after_a_restart_finds_its_message(tmp_path: Path) -> None:
    """Nothing about messages is kept in the process alone."""
    async with serving(tmp_path) as chat:
        ada = await chat.join("Ada")
        chat.desk.answer = accept
        seq = await chat.post(a_view(pick_one()), channel="exam-prep")
        await press(ada, seq, ANSWER, picked=[1])
        store = chat.store

    async with serving(tmp_path, store=store) as chat:
        again = await chat.back(ada)
        chat.desk.answer = accept
        assert (await again.messages("exam-prep"))[0]["mine"] == mine("B")
        assert (await press(again, seq, ANSWER, picked=[2]))["type"] == "ack"
        assert chat.desk.events[0].place == Place("web", "exam-prep")


async def test_a_control_that_is_gone_still_reaches_the_engine(chat: Chat) -> None:
    """A press a moment too late is told why, in the engine's words; a press sent again is known as such."""
    ada = await chat.join("Ada")
    post = Post("q", Place("web", "general"), "", a_view(pick_one()))
    seq = await chat.web.post(post)
    await chat.web.edit(seq, Post("q", Place("web", "general"), "", a_view(title="Closed")))
    chat.desk.answer = lambda _: (fx.AnswerRefused(QUESTION, fx.Refusal.LATE),)

    ack = await press(ada, int(seq), ANSWER, picked=[0])

    assert ack["type"] == "ack"
    assert len(chat.desk.events) == 1


# ------------------------------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    "action", [f"s:{ROUND}", "j:someotherround", f"{JOIN} ", "", f"a:{QUESTION}:0", "'; DROP TABLE", "\u202e"]
)
async def test_a_forged_action_is_refused(chat: Chat, action: str) -> None:
    """Only what the message offers can be pressed there."""
    ada = await chat.join("Ada")
    seq = await chat.post(a_view(a_button(JOIN)))

    refused = await press(ada, seq, action)

    assert refused["text"] == "That message has no such button. Load the page again."
    assert chat.desk.events == []


async def test_an_action_that_means_nothing_is_refused(chat: Chat) -> None:
    """Even when a message of an older version offers it."""
    ada = await chat.join("Ada")
    seq = await chat.post(a_view(a_button("old-fashioned")))

    assert "does not fit" in str((await press(ada, seq, "old-fashioned"))["text"])


@pytest.mark.parametrize(
    "control, fields",
    [
        (a_button(JOIN), {"picked": [0]}),
        (a_button(JOIN), {"typed": ["x"]}),
        (pick_one(), {}),
        (pick_one(), {"picked": [3]}),
        (pick_one(), {"picked": [0], "typed": ["x"]}),
        (pick_one(), {"typed": ["Venus"]}),
        (type_two(), {}),
        (type_two(), {"typed": ["one"]}),
        (type_two(), {"typed": ["one", "two", "three"]}),
        (type_two(), {"typed": ["x" * 21, "two"]}),
        (type_two(), {"typed": ["one", "x" * 1_001]}),
        (type_two(), {"picked": [0, 1]}),
        (type_two(), {"picked": [], "typed": ["one", "two"]}),
    ],
)
async def test_what_does_not_fit_the_control_is_refused(
    chat: Chat, control: Control, fields: dict[str, object]
) -> None:
    """No page of ours sends it."""
    ada = await chat.join("Ada")
    seq = await chat.post(a_view(control))

    refused = await press(ada, seq, control.action, **fields)

    assert refused["type"] == "refused"
    assert "does not fit what was asked" in str(refused["text"])
    assert chat.desk.events == []


async def test_a_person_s_line_has_nothing_to_press(chat: Chat) -> None:
    """Whatever it looks like."""
    ada = await chat.join("Ada")
    await ada.say(JOIN)
    seq = (await ada.messages())[0]["seq"]

    assert "no such button" in str((await press(ada, seq, JOIN))["text"])


async def test_a_private_message_can_be_pressed_by_its_reader_alone(chat: Chat) -> None:
    """For everyone else it is not there."""
    ada, eve = await chat.join("Ada"), await chat.join("Eve")
    seq = await chat.post(a_view(a_button(f"o:{ROUND}")), to=ada.me["id"])
    own = await chat.post(a_view(Button(f"o:{ROUND}", "Redo")), channel=f"@{ada.me['id']}")

    for number in (seq, own, 10_000):
        refused = await press(eve, number, f"o:{ROUND}")
        assert refused["text"] == "That message is not there any more."
    assert (await press(ada, seq, f"o:{ROUND}"))["type"] == "ack"
    assert (await press(ada, own, f"o:{ROUND}"))["type"] == "ack"
    assert [event.place.id for event in chat.desk.events] == ["general", f"@{ada.me['id']}"]
