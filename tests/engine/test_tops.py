"""Leaderboards: what was earned counts where and when it was earned, and everybody finds themselves."""

from datetime import date, time

import pytest

from bot.core import effects as fx
from bot.core.commands import Begin, RankedBy, Scope, SetDaily, ShowTop, Since, Stop
from bot.core.ids import Topic
from bot.engine.events import private_place
from bot.records import Account, Place
from tests.engine.halls import HALL, RIGHT, ROUND, START, WRONG, YARD, Process, answer, asking

KEPT = (Since.DAY, Since.WEEK, Since.MONTH, Since.ALL)


async def top(process: Process, who: str, command: ShowTop | None = None, place: Place = HALL) -> fx.TopShown:
    """Return the leaderboard as *who* sees it."""
    (shown,) = (await process.say(who, command or ShowTop(), place=place)).effects
    assert isinstance(shown, fx.TopShown)
    return shown


async def played(process: Process) -> None:
    """Let Ann be right and Ben be wrong, three times."""
    await asking(process, "ben")
    for position in range(3):
        await process.say("ann", answer(position, process, RIGHT[position]))
        await process.say("ben", answer(position, process, WRONG[position]))
        await process.pass_time(0.1)
        await process.pass_time(10)


async def test_before_anything_was_played_the_board_is_empty(process: Process) -> None:
    """And says of which week it is."""
    shown = await top(process, "ann")

    assert (shown.lines, shown.own, shown.near, shown.listed, shown.pages) == ((), None, (), 0, 1)
    assert (shown.first, shown.last) == (date(2026, 2, 23), date(2026, 3, 1))
    assert shown.lacking == 1


@pytest.mark.parametrize(
    "command",
    [ShowTop(since=since) for since in KEPT]
    + [ShowTop(Scope.CHANNEL, since) for since in KEPT]
    + [ShowTop(Scope.EVERYWHERE, since) for since in KEPT]
    + [ShowTop(topic=Topic("1.1"))],
)
async def test_what_was_earned_stands_on_every_board(process: Process, command: ShowTop) -> None:
    """Of the group, the channel, everybody, the topic; a time without a board is shown as the next longer."""
    await played(process)

    shown = await top(process, "ben", command)

    assert [(line.rank, line.name, line.right, line.answers, line.mine) for line in shown.lines] == [
        (1, "Ann", 3, 3, False),
        (2, "Ben", 0, 3, True),
    ]
    assert shown.lines[0].points > 300
    assert shown.own == shown.lines[1]
    assert shown.near == shown.lines
    assert shown.since == (
        Since.ALL
        if command.topic
        else Since.WEEK
        if (command.scope, command.since) == (Scope.CHANNEL, Since.DAY)
        else Since.MONTH
        if command.scope is Scope.EVERYWHERE and command.since is not Since.ALL
        else command.since
    )


async def test_everybodys_board_gains_when_a_round_ends(process: Process) -> None:
    """All its questions at once, and once: the sums are those of the group."""
    await asking(process, "ben")
    for position in range(2):
        await process.say("ann", answer(position, process, RIGHT[position]))
        await process.say("ben", answer(position, process, WRONG[position]))
        await process.pass_time(0.1)
        await process.pass_time(10)
    everybody = ShowTop(Scope.EVERYWHERE, Since.ALL)
    before = await top(process, "ann", everybody)

    await process.say("ann", Stop())
    await process.say("ann", Stop())

    after, group = await top(process, "ann", everybody), await top(process, "ann", ShowTop(since=Since.ALL))
    assert before.lines == ()
    assert [(line.name, line.right, line.answers) for line in after.lines] == [("Ann", 2, 2), ("Ben", 0, 2)]
    assert after.lines == group.lines


async def test_another_channel_of_the_group_has_a_board_of_its_own(process: Process) -> None:
    """And shares the group's."""
    await played(process)

    assert (await top(process, "ann", ShowTop(Scope.CHANNEL), YARD)).listed == 0
    assert (await top(process, "ann", ShowTop(Scope.GROUP), YARD)).listed == 2


async def test_a_new_day_begins_empty_and_the_week_goes_on(process: Process) -> None:
    """The first of March is a Sunday, so that day ends the week too."""
    await played(process)
    process.clock.set(24 * 3600)

    assert (await top(process, "ann", ShowTop(since=Since.DAY))).listed == 0
    assert (await top(process, "ann", ShowTop(since=Since.WEEK))).listed == 0
    assert (await top(process, "ann", ShowTop(since=Since.MONTH))).listed == 2


async def test_the_days_are_those_of_the_groups_zone(process: Process) -> None:
    """Noon in London is the second of March in Auckland: the zone of the first schedule is the group's."""
    await process.say("ann", SetDaily(at=time(9), zone="Pacific/Auckland"), organiser=True)
    await played(process)

    shown = await top(process, "ann", ShowTop(since=Since.DAY))

    assert (shown.first, shown.listed) == (date(2026, 3, 2), 2)


async def test_accuracy_asks_for_enough_answers(process: Process) -> None:
    """Three are too few: the reader hears how many are lacking."""
    await played(process)

    shown = await top(process, "ann", ShowTop(since=Since.ALL, by=RankedBy.ACCURACY))

    assert (shown.lines, shown.own, shown.lacking) == ((), None, 7)


async def test_a_page_beyond_the_last_is_the_last(process: Process) -> None:
    """And one before the first is the first."""
    await played(process)

    for page in (-3, 0, 7):
        shown = await top(process, "ann", ShowTop(page=page))
        assert (shown.page, shown.pages, len(shown.lines)) == (1, 1, 2)


async def test_who_never_played_sees_the_board_without_themselves(process: Process) -> None:
    """And hears that one answer is lacking."""
    await played(process)

    shown = await top(process, "eve")

    assert (shown.listed, shown.own, shown.near, shown.lacking) == (2, None, (), 1)


async def test_what_is_earned_alone_in_private_counts_on_no_board(process: Process) -> None:
    """Nobody climbs by playing against themselves."""
    mine = private_place(Account("web", "ann"))
    await process.say("ann", START, id_="start", place=mine)
    await process.say("ann", Begin(), place=mine)
    await process.deliverer.drain()
    await process.say("ann", answer(0, process, RIGHT[0]), place=mine)
    await process.pass_time(0.1)
    await process.pass_time(10)

    record = await process.store.mine(ROUND, Account("web", "ann"))
    assert record is not None
    assert record.attempts[0].points > 0
    assert (await top(process, "ann", ShowTop(since=Since.ALL))).listed == 0
