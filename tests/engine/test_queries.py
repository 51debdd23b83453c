"""Queries: what people ask to see, each in private, and never an answer before its time."""

import pytest

from bot.core import effects as fx
from bot.core.commands import (
    Close,
    ListDecks,
    Next,
    NotUnderstood,
    Pause,
    Query,
    Redo,
    ShowHelp,
    ShowMine,
    ShowMissed,
    Skip,
    Stop,
)
from bot.core.effects import Refusal
from bot.core.ids import QuestionId, RoundId
from bot.core.responses import Response
from bot.engine.codec import ATTEMPT, QUESTION
from bot.engine.events import private_place
from bot.engine.identities import round_id
from bot.records import Account
from tests.engine.halls import (
    ITEMS,
    RIGHT,
    ROUND,
    WRONG,
    Process,
    answer,
    asking,
    own,
    question,
)


async def shown(process: Process, who: str, query: Query) -> fx.Reply:
    """Return the one thing that *who* is shown."""
    (effect,) = (await process.say(who, query)).effects
    return effect


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


async def test_a_stranger_sees_nobodys_answer(process: Process) -> None:
    """Only who was in the round."""
    await played(process)

    assert await refusal(process, "cat", ShowMine(question(0))) is Refusal.NOT_IN_ROUND
    assert await refusal(process, "cat", ShowMissed(ROUND)) is Refusal.NOT_IN_ROUND


async def test_without_a_sender_there_is_nothing_to_show(process: Process) -> None:
    """We never ask ourselves."""
    await played(process)

    mine = await process.send(own(ShowMine(question(0)), process.clock))
    missed = await process.send(own(ShowMissed(ROUND), process.clock))

    assert mine.effects == (fx.CommandRefused(Refusal.UNKNOWN_QUESTION),)
    assert missed.effects == (fx.CommandRefused(Refusal.NOT_IN_ROUND),)


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


async def test_help_is_shown(process: Process) -> None:
    """To anybody, at any time."""
    assert await shown(process, "ann", ShowHelp()) == fx.HelpShown()


async def test_what_was_not_understood_is_said_back(process: Process) -> None:
    """With what was probably meant."""
    said = NotUnderstood("unknown_command", "/quiz plya", "play")

    assert await shown(process, "ann", said) == fx.InputRefused("unknown_command", "/quiz plya", "play")
