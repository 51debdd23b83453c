"""Queries: what people ask to see, each in private, and never an answer before its time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core import effects as fx
from bot.core.commands import (
    Close,
    ListDecks,
    Next,
    NotUnderstood,
    OpenForm,
    Pause,
    Query,
    Redo,
    Resume,
    ShowHelp,
    ShowMine,
    ShowMissed,
    Skip,
    Stop,
)
from bot.core.effects import Refusal
from bot.core.ids import QuestionId, RoundId
from bot.core.packs import Library
from bot.core.responses import Response
from bot.engine.codec import ATTEMPT, QUESTION
from bot.engine.events import Event, private_place
from bot.engine.identities import round_id
from bot.records import Account, Place
from bot.wording.render import view_of
from tests.core.builders import deck, pack
from tests.engine.halls import (
    HALL,
    ITEMS,
    RIGHT,
    ROUND,
    WRONG,
    YARD,
    Process,
    answer,
    asking,
    event,
    own,
    question,
)


async def shown(process: Process, who: str, query: Query) -> fx.Reply:
    """Return the one thing that *who* is shown."""
    (effect,) = (await process.say(who, query)).effects
    return effect


def from_elsewhere(who: str, query: Query, process: Process) -> Event:
    """Return what *who* asks to see in a channel of another group."""
    asked = event(who, query, process.clock, place=Place("web", "attic"))
    return replace(asked, workspace="elsewhere")


async def refusal(process: Process, who: str, query: Query) -> Refusal:
    """Return why *who* is shown nothing."""
    effect = await shown(process, who, query)
    assert isinstance(effect, fx.CommandRefused)
    return effect.reason


async def played(process: Process) -> None:
    """Let Ann and Ben play the first question, which Ann gets right after 2 s and Ben wrong."""
    await asking(process, "ben")
    process.clock.set(2)
    await process.say("ann", answer(0, process, RIGHT[0]))
    await process.say("ben", answer(0, process, WRONG[0]))
    await process.pass_time(0)


# ------------------------------------------------------------------------------------------ my answer


async def test_nobody_sees_an_answer_before_the_question_is_closed(process: Process) -> None:
    """Neither while it is open, nor during a pause, nor before it is asked."""
    await asking(process, "ben")
    await process.say("ben", answer(0, process, RIGHT[0]))

    assert await refusal(process, "ben", ShowMine(question(0))) is Refusal.NOT_CLOSED
    await process.say("ann", Pause())
    assert await refusal(process, "ben", ShowMine(question(0))) is Refusal.NOT_CLOSED
    assert await refusal(process, "ben", ShowMine(question(1))) is Refusal.NOT_CLOSED


async def test_everybody_sees_their_own_answer_once_the_question_is_closed(process: Process) -> None:
    """With what it earned, part by part."""
    await played(process)

    assert await shown(process, "ann", ShowMine(question(0))) == fx.MineShown(
        question=question(0),
        item=ITEMS[0],
        order=(await round_order(process))[0],
        response=await response(process, "ann"),
        right=True,
        credit=1.0,
        near=False,
        points=147,
        base=100,
        speed=47,
        streak_bonus=0,
        elapsed_ms=2000,
    )
    wrong = await shown(process, "ben", ShowMine(question(0)))
    assert isinstance(wrong, fx.MineShown)
    assert (wrong.right, wrong.points, wrong.counted) == (False, 0, True)


async def round_order(process: Process) -> list[tuple[int, ...]]:
    """Return the drawn orders of the round's questions."""
    record = await process.store.look(ROUND)
    assert record is not None
    return [QUESTION.decode(row.body).order for row in record.questions]


async def response(process: Process, who: str) -> Response:
    """Return what *who* answered by the attempt."""
    mine = await process.store.mine(ROUND, Account("web", who))
    assert mine is not None
    return ATTEMPT.decode(mine.attempts[0].body).response


async def test_who_did_not_answer_is_told_so(process: Process) -> None:
    """And sees the question all the same."""
    await asking(process, "ben")
    await process.say("ann", Close())

    mine = await shown(process, "ben", ShowMine(question(0)))

    assert isinstance(mine, fx.MineShown)
    assert (mine.response, mine.right, mine.credit, mine.points, mine.elapsed_ms) == (None, False, 0.0, 0, 0)


@pytest.mark.parametrize("command", [Skip(), Stop()], ids=lambda one: type(one).__name__)
async def test_an_answer_to_a_question_that_did_not_count_is_shown_as_such(
    process: Process, command: Skip | Stop
) -> None:
    """It was right, and earned nothing."""
    await asking(process, "ben")
    await process.say("ben", answer(0, process, RIGHT[0]))
    await process.say("ann", command)

    mine = await shown(process, "ben", ShowMine(question(0)))

    assert isinstance(mine, fx.MineShown)
    assert (mine.right, mine.points, mine.counted) == (True, 0, False)
    assert mine.response is not None


async def test_an_answer_in_a_redo_does_not_count(process: Process) -> None:
    """It is shown without points."""
    await played(process)
    await process.say("ann", Stop())
    await process.say("ben", Redo(ROUND), id_="redo")
    again = round_id("redo")
    await process.say("ben", Close(), place=private_place(Account("web", "ben")))

    mine = await shown(process, "ben", ShowMine(QuestionId(f"{again}.0")))

    assert isinstance(mine, fx.MineShown)
    assert not mine.counted


@pytest.mark.parametrize(
    "id_", [QuestionId("nowhere.0"), QuestionId(f"{ROUND}.3"), QuestionId("nonsense"), QuestionId("")]
)
async def test_a_question_that_there_never_was_is_unknown(process: Process, id_: QuestionId) -> None:
    """Whatever somebody sends."""
    await asking(process)

    assert await refusal(process, "ann", ShowMine(id_)) is Refusal.UNKNOWN_QUESTION


async def test_who_took_no_part_is_shown_what_was_right(process: Process) -> None:
    """As one who did not answer, in any channel of the group; but there is no list of what they missed."""
    await played(process)

    for place in (HALL, YARD):
        (mine,) = (await process.say("cat", ShowMine(question(0)), place=place)).effects
        assert isinstance(mine, fx.MineShown)
        assert (mine.item, mine.response, mine.right, mine.points) == (ITEMS[0], None, False, 0)
    assert await refusal(process, "cat", ShowMissed(ROUND)) is Refusal.NOT_IN_ROUND


async def test_another_group_is_shown_nothing_of_a_question(process: Process) -> None:
    """Whoever took part is shown it wherever they ask."""
    await played(process)
    await process.say("ann", Next())

    for query in (ShowMine(question(0)), OpenForm(question(1))):
        reply = await process.send(from_elsewhere("cat", query, process))
        assert reply.effects == (fx.CommandRefused(Refusal.UNKNOWN_QUESTION),)
    (mine,) = (await process.send(from_elsewhere("ben", ShowMine(question(0)), process))).effects
    assert isinstance(mine, fx.MineShown)


async def test_before_it_is_closed_nobody_is_told_what_is_right(process: Process) -> None:
    """Neither of the open question nor of one that comes later."""
    await played(process)
    await process.say("ann", Next())

    for position in (1, 2):
        assert await refusal(process, "cat", ShowMine(question(position))) is Refusal.NOT_CLOSED


async def test_without_a_sender_there_is_nothing_to_show(process: Process) -> None:
    """We never ask ourselves."""
    await played(process)

    mine = await process.send(own(ShowMine(question(0)), process.clock))
    missed = await process.send(own(ShowMissed(ROUND), process.clock))

    assert mine.effects == (fx.CommandRefused(Refusal.UNKNOWN_QUESTION),)
    assert missed.effects == (fx.CommandRefused(Refusal.NOT_IN_ROUND),)


# ------------------------------------------------------------------------------------------ how to answer


async def test_an_open_question_has_a_form_for_anybody(process: Process) -> None:
    """It holds what the question's own message shows, and nothing of the key."""
    await asking(process, "ben")
    sheet = QUESTION.decode(await stored(process, 0)).sheet(3)

    for who in ("ann", "ben", "cat"):
        assert await shown(process, who, OpenForm(question(0))) == fx.FormOpened(sheet)
    (control,) = view_of(fx.FormOpened(sheet)).controls
    (post,) = (post for post in process.transport.posts if post.key == f"{ROUND}.1.ask")
    assert control == post.view.controls[0]


async def stored(process: Process, position: int) -> str:
    """Return a question of the round as it is stored."""
    record = await process.store.look(ROUND)
    assert record is not None
    return record.questions[position].body


@pytest.mark.parametrize(
    "position, commands, reason",
    [
        (1, (), Refusal.EARLY),
        (0, (Pause(),), Refusal.PAUSED),
        (1, (Pause(),), Refusal.EARLY),
        (0, (Close(),), Refusal.LATE),
        (0, (Close(), Pause()), Refusal.LATE),
        (0, (Skip(),), Refusal.LATE),
        (0, (Close(), Next()), Refusal.LATE),
        (0, (Stop(),), Refusal.LATE),
        (1, (Stop(),), Refusal.LATE),
    ],
    ids=str,
)
async def test_a_question_that_cannot_be_answered_now_has_no_form(
    process: Process, position: int, commands: tuple[Close | Next | Pause | Skip | Stop, ...], reason: Refusal
) -> None:
    """And why, as an answer would be told."""
    await asking(process)
    for command in commands:
        await process.say("ann", command)

    refused = await shown(process, "ann", OpenForm(question(position)))

    assert refused == fx.AnswerRefused(question(position), reason)


async def test_after_a_pause_the_form_is_back(process: Process) -> None:
    """It is the same question."""
    await asking(process)
    await process.say("ann", Pause())
    await process.say("ann", Resume())

    assert isinstance(await shown(process, "ann", OpenForm(question(0))), fx.FormOpened)


@pytest.mark.parametrize("id_", ["nowhere.0", f"{ROUND}.3", "nonsense", ""])
async def test_a_question_that_there_never_was_has_no_form(process: Process, id_: str) -> None:
    """Whatever somebody sends."""
    await asking(process)

    assert await refusal(process, "ann", OpenForm(QuestionId(id_))) is Refusal.UNKNOWN_QUESTION


# ------------------------------------------------------------------------------------------ what was missed


async def test_what_was_missed_is_listed_with_what_was_answered(process: Process) -> None:
    """And with the place by the attempts alone."""
    await played(process)

    missed = await shown(process, "ben", ShowMissed(ROUND))

    assert isinstance(missed, fx.MissedListed)
    (entry,) = missed.missed
    assert (entry.item, entry.response) == (ITEMS[0], await response(process, "ben"))
    assert (missed.points, missed.rank, missed.joined, missed.right, missed.asked) == (0, 2, 2, 0, 1)
    best = await shown(process, "ann", ShowMissed(ROUND))
    assert isinstance(best, fx.MissedListed)
    assert (best.missed, best.rank) == ((), 1)


async def test_the_list_holds_nothing_of_the_question_that_is_open(process: Process) -> None:
    """Also not for who has answered it wrongly."""
    await played(process)
    await process.say("ann", Next())
    await process.say("ben", answer(1, process, WRONG[1]))

    missed = await shown(process, "ben", ShowMissed(ROUND))

    assert isinstance(missed, fx.MissedListed)
    assert [entry.question for entry in missed.missed] == [question(0)]


async def test_a_round_that_there_never_was_has_no_list(process: Process) -> None:
    """Whatever somebody sends."""
    assert await refusal(process, "ann", ShowMissed(RoundId("nowhere"))) is Refusal.NOT_IN_ROUND


async def test_ties_share_a_rank_in_the_list_too(process: Process) -> None:
    """Two without points are both second."""
    await asking(process, "ben", "cat")
    await process.say("ann", answer(0, process, RIGHT[0]))
    for who in ("ben", "cat"):
        await process.say(who, answer(0, process, WRONG[0]))
    await process.pass_time(0)

    lists = [await shown(process, who, ShowMissed(ROUND)) for who in ("ben", "cat")]

    assert [getattr(one, "rank", None) for one in lists] == [2, 2]


# ------------------------------------------------------------------------------------------ the rest


async def test_the_decks_are_listed_with_their_size(process: Process) -> None:
    """As the library has them now."""
    listed = await shown(process, "ann", ListDecks())

    assert listed == fx.DecksListed((fx.DeckLine("pack/deck", "Deck", "Pack", "", 3),))


async def test_a_question_that_is_not_asked_any_more_is_not_counted(process: Process) -> None:
    """Neither one that is switched off nor one whose date has passed."""
    today = process.clock.now().date()
    past, off = (replace(ITEMS[0], valid_until=today - timedelta(days=1)), replace(ITEMS[1], off="No key."))
    process.library = Library((pack(deck(past, off, replace(ITEMS[2], valid_until=today))),))

    listed = await shown(process, "ann", ListDecks())

    assert isinstance(listed, fx.DecksListed)
    assert [line.questions for line in listed.decks] == [1]


async def test_help_is_shown(process: Process) -> None:
    """To anybody, at any time."""
    assert await shown(process, "ann", ShowHelp()) == fx.HelpShown()


async def test_what_was_not_understood_is_said_back(process: Process) -> None:
    """With what was probably meant."""
    said = NotUnderstood("unknown_command", "/quiz plya", "play")

    assert await shown(process, "ann", said) == fx.InputRefused("unknown_command", "/quiz plya", "play")
