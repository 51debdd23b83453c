"""Links by codes, through the real engine: what is one then, what counts, and what undoing restores."""

import asyncio

from bot.core import effects as fx
from bot.core.commands import (
    Begin,
    Hide,
    Join,
    LinkKind,
    MakeCode,
    RedeemCode,
    ShowLinks,
    ShowMe,
    ShowMine,
    Since,
    Skip,
    Stop,
    SubmitAnswer,
    Unlink,
)
from bot.core.effects import Refusal
from bot.core.ids import QuestionId
from bot.core.packs import Library
from bot.core.responses import Picked
from bot.engine import codes
from bot.engine.identities import round_id
from bot.store.memory import MemoryStore
from tests.core.builders import deck, pack
from tests.engine.clocks import StandingClock
from tests.engine.conftest import NewProcess
from tests.engine.halls import START, Process, asking
from tests.engine.linkings import (
    MANY,
    answer_as,
    board,
    board_points,
    code_of,
    linked,
    play,
    said,
)


async def test_two_accounts_become_one_learner_with_all_that_both_earned(process: Process) -> None:
    """One line on the board in the place of two, the sum of both."""
    await play(process, "one", {"ann": 3, "cat": 1})
    await play(process, "two", {"ben": 2, "cat": 1})
    before = {name: (points, answers) for name, points, answers in await board(process)}

    done = await linked(process, "ann", "ben")

    assert done == fx.Linked(LinkKind.ME, "Ann", "web")
    after = {name: (points, answers) for name, points, answers in await board(process)}
    assert after == {
        "Ben": (before["Ann"][0] + before["Ben"][0], before["Ann"][1] + before["Ben"][1]),
        "Cat": before["Cat"],
    }


async def test_what_both_answered_counts_once_and_the_first_answer_is_the_one(process: Process) -> None:
    """In one round with both: the later answer of each question is taken off again."""
    await play(process, "one", {"ann": 3}, wrong=("ben",))
    alone = {name: (points, answers) for name, points, answers in await board(process)}

    await linked(process, "ann", "ben")

    assert [(points, answers) for _, points, answers in await board(process)] == [alone["Ann"]]


async def test_a_round_after_that_is_played_as_one_whoever_answers(process: Process) -> None:
    """The other account changes the answer of the first instead of having one of its own."""
    await linked(process, "ann", "ben")
    await process.say("cat", START, id_="one")
    await process.say("ann", Join())
    again = await said(process, "ben", Join())
    await process.say("cat", Begin())
    await process.deliverer.drain()
    await answer_as(process, "one", 0, "ann", right=False)
    changed = await answer_as(process, "one", 0, "ben")
    await process.pass_time(31)

    assert again == fx.CommandRefused(Refusal.ALREADY_JOINED)
    assert isinstance(changed, fx.AnswerAccepted)
    assert changed.changed
    assert [(name, answers) for name, _, answers in await board(process)] == [("Ben", 1)]


async def test_who_is_in_a_round_goes_on_in_it_as_before(process: Process) -> None:
    """And the account that joins them plays on in the same row, on the same side."""
    await process.say("cat", START, id_="one")
    await process.say("ann", Join())
    await process.say("cat", Begin())
    await process.deliverer.drain()
    await linked(process, "ann", "ben")

    first = await answer_as(process, "one", 0, "ann")
    second = await answer_as(process, "one", 0, "ben", right=False)
    assert isinstance(first, fx.AnswerAccepted)
    assert not first.changed
    assert isinstance(second, fx.AnswerAccepted)
    assert second.changed
    await process.pass_time(31)
    assert [answers for _, _, answers in await board(process)] == [1]


async def test_two_in_one_open_round_are_not_joined(process: Process) -> None:
    """Each of them plays there; it can be done when the round is over."""
    await asking(process, "ben")
    assert await linked(process, "ann", "ben") == fx.CommandRefused(Refusal.SAME_ROUND)
    await process.say("ann", Stop())
    assert isinstance(await linked(process, "ann", "ben"), fx.Linked)


async def test_undoing_restores_what_a_run_without_the_link_has(process: Process) -> None:
    """Every board and every profile, with what each account earned in between on its own."""
    shown = []
    for run, links in ((process, True), (Process(MemoryStore(), StandingClock()), False)):
        run.library = Library((pack(deck(*MANY)),))
        await play(run, "one", items=MANY[0:3], right={"ann": 3, "ben": 2, "cat": 1})
        await play(run, "two", items=MANY[3:6], right={"ben": 1, "cat": 2})
        if links:
            await linked(run, "ann", "ben")
        await play(run, "three", items=MANY[6:9], right={"cat": 2, "ann": 3})
        await play(run, "four", items=MANY[9:12], right={"cat": 1, "ben": 2})
        if links:
            assert await said(run, "ben", Unlink()) == fx.Unlinked(LinkKind.ME)
        await play(run, "five", items=MANY[12:15], right={"ann": 1, "ben": 3})
        boards = [await board(run, since=since) for since in Since if since is not Since.SEASON]
        people = [await said(run, who, ShowMe()) for who in ("ann", "ben", "cat")]
        shown.append((boards, people))

    assert shown[0] == shown[1]


async def test_a_third_account_joins_the_two(process: Process) -> None:
    """And when it leaves, the two stay one."""
    await play(process, "one", {"ann": 1, "dan": 1})
    await play(process, "two", {"ben": 2})
    await play(process, "three", {"cat": 3})
    alone = {name: points for name, points, _ in await board(process)}
    await linked(process, "ann", "ben")
    await linked(process, "cat", "ben")
    joint = alone["Ann"] + alone["Ben"] + alone["Cat"]
    assert await board_points(process) == [joint, alone["Dan"]]

    await said(process, "cat", Unlink())
    assert sorted(await board_points(process)) == sorted(
        [alone["Ann"] + alone["Ben"], alone["Cat"], alone["Dan"]]
    )
    assert await said(process, "cat", Unlink()) == fx.CommandRefused(Refusal.NOT_LINKED_ME)
    shown = await said(process, "ann", ShowLinks())
    assert isinstance(shown, fx.LinksShown)
    assert shown.accounts == (
        fx.LinkedAccount("web", "Ann", mine=True),
        fx.LinkedAccount("web", "Ben"),
    )


async def test_two_persons_become_one(process: Process) -> None:
    """With all of their accounts."""
    await linked(process, "ann", "ben")
    await linked(process, "cat", "dan")
    await linked(process, "ann", "dan")

    shown = await said(process, "cat", ShowLinks())
    assert isinstance(shown, fx.LinksShown)
    assert [one.name for one in shown.accounts] == ["Ann", "Ben", "Cat", "Dan"]
    assert await linked(process, "ben", "cat") == fx.CommandRefused(Refusal.SAME_PERSON)


async def test_who_hides_stays_hidden_joined_and_apart(process: Process) -> None:
    """A person hides as soon as one of its accounts does."""
    await play(process, "one", {"ann": 1, "cat": 1})
    await play(process, "two", {"ben": 2, "cat": 1})
    await process.say("ann", Hide(hidden=True))
    await linked(process, "ann", "ben")
    assert [name for name, _, _ in await board(process, "cat")] == ["Cat"]

    await said(process, "ben", Unlink())
    assert {name for name, _, _ in await board(process, "cat")} == {"Ben", "Cat"}


async def test_my_answer_is_found_from_either_account(process: Process) -> None:
    """It was given by one of them."""
    await play(process, "one", {"ann": 1, "cat": 1})
    await linked(process, "ann", "ben")
    shown = await said(process, "ben", ShowMine(QuestionId(f"{round_id('one')}.0")))
    assert isinstance(shown, fx.MineShown)
    assert shown.right


# -------------------------------------------------------------------------------------------------- codes


async def test_a_code_is_forgiving_to_read(process: Process) -> None:
    """Small letters, spaces and letters that look like digits are what was meant."""
    code = await code_of(process, "ann")
    typed = f" {code[:4].lower()} - {code[4:]} ".replace("0", "o").replace("1", "l").replace("5", "S")

    assert codes.read(typed) == code
    assert codes.shown(code) == f"{code[:4]}-{code[4:]}"
    assert not codes.read(code[:7])


async def test_a_code_works_once(process: Process) -> None:
    """Whoever comes second is told so."""
    code = await code_of(process, "ann")
    assert isinstance(await said(process, "ben", RedeemCode(code)), fx.Linked)
    assert await said(process, "cat", RedeemCode(code)) == fx.CommandRefused(Refusal.CODE_USED)


async def test_a_code_lives_ten_minutes(process: Process) -> None:
    """To the second."""
    code = await code_of(process, "ann")
    await process.pass_time(600)
    assert await said(process, "ben", RedeemCode(code)) == fx.CommandRefused(Refusal.CODE_EXPIRED)
    assert isinstance(await linked(process, "ann", "ben", at=599), fx.Linked)


async def test_a_code_is_known_to_every_process(process: Process) -> None:
    """Each has a seed of its own, and a new one after a restart."""
    code = await code_of(process, "ann")
    other = Process(process.store, process.clock, seed="another seed")

    assert await said(other, "ben", RedeemCode(code)) == fx.Linked(LinkKind.ME, "Ann", "web")


async def test_a_new_code_replaces_the_one_before(process: Process) -> None:
    """Of the same kind."""
    old, new = await code_of(process, "ann"), await code_of(process, "ann")
    assert old != new
    assert await said(process, "ben", RedeemCode(old)) == fx.CommandRefused(Refusal.NO_SUCH_CODE)
    assert isinstance(await said(process, "ben", RedeemCode(new)), fx.Linked)


async def test_nobody_joins_themselves(process: Process) -> None:
    """The code is for another account, and stays good for that."""
    code = await code_of(process, "ann")
    assert await said(process, "ann", RedeemCode(code)) == fx.CommandRefused(Refusal.OWN_CODE)
    assert isinstance(await said(process, "ben", RedeemCode(code)), fx.Linked)


async def test_ten_wrong_codes_are_enough_for_ten_minutes(process: Process) -> None:
    """A right one does not help then, until the time is over; others are not concerned."""
    code = await code_of(process, "ann")
    for _ in range(10):
        assert await said(process, "ben", RedeemCode("A" * 8)) == fx.CommandRefused(Refusal.NO_SUCH_CODE)
    assert await said(process, "ben", RedeemCode(code)) == fx.CommandRefused(Refusal.TOO_MANY_TRIES)
    assert await said(process, "cat", RedeemCode("A" * 8)) == fx.CommandRefused(Refusal.NO_SUCH_CODE)
    await process.pass_time(601)
    assert isinstance(await linked(process, "ann", "ben"), fx.Linked)


async def test_the_same_event_twice_links_once(process: Process) -> None:
    """And makes the same code."""
    made = [await process.say("ann", MakeCode(), id_="make") for _ in range(2)]
    assert [reply.duplicate for reply in made] == [False, True]
    shown = made[0].effects[0]
    assert isinstance(shown, fx.CodeMade)
    redeem = RedeemCode(codes.read(shown.code))
    done = [await process.say("ben", redeem, id_="take") for _ in range(2)]
    assert [reply.duplicate for reply in done] == [False, True]


async def test_no_more_than_eight_accounts_are_one(process: Process) -> None:
    """The ninth is refused."""
    for number in range(7):
        assert isinstance(await linked(process, "ann", f"x{number}"), fx.Linked)
    assert await linked(process, "ann", "x8") == fx.CommandRefused(Refusal.TOO_MANY_ACCOUNTS)


async def test_a_host_goes_on_as_host_when_they_are_joined(process: Process) -> None:
    """From either account."""
    await process.say("ann", START, id_="one")
    await process.say("cat", Join())
    await linked(process, "ann", "ben")
    assert await said(process, "ben", Begin()) == fx.CommandDone(fx.Confirmation.DONE)
    assert isinstance(await said(process, "ann", Skip()), fx.CommandDone)


async def test_a_round_that_began_as_a_person_ends_as_one_after_they_parted(process: Process) -> None:
    """What the host answers is theirs alone; the other account is nobody there."""
    await linked(process, "ann", "ben")
    await process.say("ann", START, id_="one")
    await process.say("cat", Join())
    await process.say("ann", Begin())
    await process.deliverer.drain()
    await said(process, "ann", Unlink())
    other = await answer_as(process, "one", 0, "ben")
    assert isinstance(other, fx.AnswerRefused)
    assert isinstance(await answer_as(process, "one", 0, "ann"), fx.AnswerAccepted)
    await process.pass_time(31)
    assert [(name, answers) for name, _, answers in await board(process)] == [("Ann", 1)]


async def test_one_batch_links_and_plays_on(new_process: NewProcess) -> None:
    """What comes after a link in the same transaction is decided on what the link left."""
    process = await new_process()
    await process.say("cat", START, id_="one")
    await process.say("ann", Join())
    await process.say("cat", Begin())
    await process.deliverer.drain()
    code = await code_of(process, "ann")
    question = QuestionId(f"{round_id('one')}.0")
    await process.say("ben", ShowMe())

    done = await asyncio.gather(
        process.say("ben", RedeemCode(code)),
        process.say("ann", SubmitAnswer(question, Picked((0,)), process.clock.now())),
        process.say("ben", SubmitAnswer(question, Picked((1,)), process.clock.now())),
        process.say("ben", Unlink()),
    )

    assert isinstance(done[0].effects[0], fx.Linked)
    assert isinstance(done[1].effects[0], fx.AnswerAccepted)
    await process.pass_time(31)
    assert len(await board(process)) == 1
