"""What a group chooses: who may do what, its zone, its seasons; and who hides."""

import asyncio
from dataclasses import replace
from datetime import date, time

import pytest

from bot.core import effects as fx
from bot.core.commands import (
    Begin,
    ChangeSettings,
    Hide,
    HostedBy,
    Join,
    Off,
    RankedBy,
    Redo,
    SeasonWish,
    SetDaily,
    ShowTop,
    Since,
    Stop,
    SubmitAnswer,
)
from bot.core.draws import draw_order
from bot.core.effects import Confirmation, Refusal
from bot.core.ids import QuestionId
from bot.core.responses import Picked
from bot.engine.identities import round_id
from tests.engine.halls import HALL, ITEMS, START, YARD, Process, event

DAY = 86_400
WEEK = 7 * DAY


async def change(process: Process, command: ChangeSettings, who: str = "ann") -> fx.SettingsShown:
    """Let an organiser change settings; return what they are then."""
    (shown,) = (await process.say(who, command, organiser=True)).effects
    assert isinstance(shown, fx.SettingsShown)
    return shown


async def refused(process: Process, command: ChangeSettings | ShowTop) -> fx.CommandRefused:
    """Let an organiser ask for something that there is not."""
    (reply,) = (await process.say("ann", command, organiser=True)).effects
    assert isinstance(reply, fx.CommandRefused)
    return reply


async def top(process: Process, command: ShowTop, who: str = "ann") -> fx.TopShown:
    """Return the leaderboard as *who* sees it."""
    (shown,) = (await process.say(who, command)).effects
    assert isinstance(shown, fx.TopShown)
    return shown


async def play(process: Process, name: str, **right: int) -> None:
    """Let a round be played to its end, in which each learner has so many of three questions right."""
    host, *others = right
    await process.say(host, START, id_=name)
    for who in others:
        await process.say(who, Join())
    await process.say(host, Begin())
    await process.deliverer.drain()
    for position, item in enumerate(ITEMS):
        key = draw_order(item, f"seed|{name}").index(1)
        for who, count in right.items():
            sent = Picked((key if position < count else (key + 1) % 4,))
            question = QuestionId(f"{round_id(name)}.{position}")
            await process.say(who, SubmitAnswer(question, sent, process.clock.now()))
        await process.pass_time(0.1)
        await process.pass_time(10)
    await process.say(host, Stop())


def at(process: Process, seconds: float) -> None:
    """Set the clock to so many seconds after noon of Sunday, the first of March."""
    process.clock.set(seconds)


async def test_anybody_may_look_at_settings(process: Process) -> None:
    """A group that has chosen nothing has everybody as host."""
    (shown,) = (await process.say("ben", ChangeSettings())).effects

    assert shown == fx.SettingsShown("", (), None, None, ())


@pytest.mark.parametrize("command", [ChangeSettings(zone="UTC"), ChangeSettings(season=Off.OFF)])
async def test_only_organisers_change_settings(process: Process, command: ChangeSettings) -> None:
    """Whatever they want to change."""
    reply = await process.say("ben", command)

    assert reply.effects == (fx.CommandRefused(Refusal.NOT_ORGANISER),)
    assert (await process.say("ben", ChangeSettings())).effects == (fx.SettingsShown("", (), None, None, ()),)


async def test_who_is_named_as_an_organiser_is_one(process: Process) -> None:
    """By the account's id or by a role, in every channel of the group, until it is taken back."""
    await change(process, ChangeSettings(organisers=("ben", "tutors")))
    tokyo = event("dan", ChangeSettings(zone="Asia/Tokyo"), process.clock, place=YARD)

    (by_cat,) = (await process.say("cat", ChangeSettings(zone="Asia/Tokyo"), place=YARD)).effects
    (by_ben,) = (await process.say("ben", ChangeSettings(zone="Europe/Berlin"), place=YARD)).effects
    (by_dan,) = (await process.send(replace(tokyo, roles=("TUTORS",)))).effects

    assert by_cat == fx.CommandRefused(Refusal.NOT_ORGANISER)
    assert isinstance(by_ben, fx.SettingsShown)
    assert isinstance(by_dan, fx.SettingsShown)
    assert (by_ben.zone, by_dan.zone) == ("Europe/Berlin", "Asia/Tokyo")
    await change(process, ChangeSettings(organisers=()))
    assert (await process.say("ben", ChangeSettings(zone="UTC"))).effects == (
        fx.CommandRefused(Refusal.NOT_ORGANISER),
    )


async def test_whom_a_group_does_not_let_host_starts_no_round(process: Process) -> None:
    """But takes part in any; whoever is named or organises starts one."""
    await change(process, ChangeSettings(hosts=HostedBy(("ben",))))

    assert (await process.say("cat", START)).effects == (fx.CommandRefused(Refusal.NOT_A_HOST),)
    started = await process.say("ben", START)
    assert started.effects == (fx.CommandDone(Confirmation.STARTED),)
    assert (await process.say("cat", Join())).effects == (fx.CommandDone(Confirmation.JOINED),)


async def test_whoever_does_not_host_may_redo_what_they_missed(process: Process) -> None:
    """That is a round of their own, in private."""
    await play(process, "one", ann=3, ben=1)
    await change(process, ChangeSettings(hosts=HostedBy(())))

    assert (await process.say("ben", Redo(round_id("one")))).effects == (fx.CommandDone(Confirmation.REDO),)


async def test_an_organiser_of_the_groups_own_ends_anybodys_round(process: Process) -> None:
    """As those of the platform do."""
    await change(process, ChangeSettings(organisers=("cat",)))
    await process.say("ann", START)

    await process.say("cat", Stop())

    assert (await process.say("ben", START)).effects == (fx.CommandDone(Confirmation.STARTED),)


# ------------------------------------------------------------------------------------------------ the zone


async def test_a_schedule_goes_by_the_groups_zone_unless_it_has_its_own(process: Process) -> None:
    """In every channel of the group, also in one where nothing has happened yet."""
    await change(process, ChangeSettings(zone="Asia/Tokyo"))

    (here,) = (await process.say("ann", SetDaily(at=time(9)), place=YARD, organiser=True)).effects
    (other,) = (await process.say("ann", SetDaily("two", time(9), "UTC"), place=YARD, organiser=True)).effects

    assert isinstance(here, fx.ScheduleSet)
    assert isinstance(other, fx.ScheduleSet)
    assert (here.line.zone, other.line.zone) == ("Asia/Tokyo", "UTC")
    assert (await change(process, ChangeSettings())).zone == "Asia/Tokyo"


async def test_the_first_schedule_says_the_groups_zone_and_a_later_one_does_not(process: Process) -> None:
    """Also when the later one is set in a channel that is new."""
    for place, zone in ((HALL, "Europe/Berlin"), (YARD, "Asia/Tokyo")):
        await process.say("ann", SetDaily(at=time(9), zone=zone), place=place, organiser=True)

    assert (await change(process, ChangeSettings())).zone == "Europe/Berlin"


async def test_two_changes_in_one_batch_are_both_there(process: Process) -> None:
    """The second is decided on what the first left."""
    await asyncio.gather(
        change(process, ChangeSettings(zone="UTC")),
        change(process, ChangeSettings(organisers=("ben",))),
        change(process, ChangeSettings(hosts=HostedBy(()))),
    )

    shown = await change(process, ChangeSettings())
    assert (shown.zone, shown.organisers, shown.hosts) == ("UTC", ("ben",), ())


# --------------------------------------------------------------------------------------------------- seasons


async def test_a_season_has_a_leaderboard_of_its_own(process: Process) -> None:
    """From midnight of its first day to midnight after its last; then it is in the archive."""
    shown = await change(process, ChangeSettings(season=SeasonWish("Spring", last=date(2026, 3, 3))))
    assert shown.seasons == (
        fx.SeasonLine("Spring", date(2026, 3, 2), date(2026, 3, 3), fx.SeasonState.PLANNED),
    )
    assert await refused(process, ShowTop(since=Since.SEASON)) == fx.CommandRefused(Refusal.NO_SEASON)
    await play(process, "early", ann=3, ben=0)
    at(process, DAY)
    await play(process, "within", ann=1, ben=2)
    running = await top(process, ShowTop(since=Since.SEASON))
    at(process, 3 * DAY)
    await play(process, "late", ann=3, ben=0)
    await change(process, ChangeSettings(season=SeasonWish("Summer")))
    at(process, 4 * DAY)

    archived = await top(process, ShowTop(since=Since.SEASON, season="spring"))
    now = await top(process, ShowTop(since=Since.SEASON))

    for board in (running, archived):
        assert [(line.name, line.right, line.answers) for line in board.lines] == [
            ("Ben", 2, 3),
            ("Ann", 1, 3),
        ]
        assert (board.season, board.first, board.last) == ("Spring", date(2026, 3, 2), date(2026, 3, 3))
    assert (now.season, now.lines, now.others) == ("Summer", (), ("Spring",))
    assert await refused(process, ShowTop(since=Since.SEASON, season="Autumn")) == fx.CommandRefused(
        Refusal.NO_SEASON, "Summer, Spring"
    )


async def test_a_season_goes_by_the_groups_calendar(process: Process) -> None:
    """In Tokyo the second of March begins at three in the afternoon of the first, by UTC."""
    await change(process, ChangeSettings(zone="Asia/Tokyo", season=SeasonWish("Haru")))
    await play(process, "before", ann=3)
    at(process, 3 * 3600)
    await play(process, "after", ann=2)

    (line,) = (await top(process, ShowTop(since=Since.SEASON))).lines

    assert (line.right, line.answers) == (2, 3)


async def test_a_season_that_cannot_be_changes_nothing(process: Process) -> None:
    """Nor does what was asked for beside it."""
    early = ChangeSettings(zone="UTC", season=SeasonWish("Spring", first=date(2026, 3, 1)))

    assert await refused(process, early) == fx.CommandRefused(Refusal.SEASON_BEGINS_EARLY, "2026-03-02")
    assert await refused(process, ChangeSettings(season=Off.OFF)) == fx.CommandRefused(Refusal.NO_SEASON_RUNS)
    assert await change(process, ChangeSettings()) == fx.SettingsShown("", (), None, None, ())


# ----------------------------------------------------------------------------------- improvement and hiding


async def test_who_improved_is_ranked_by_how_much(process: Process) -> None:
    """Against the week before, with enough answers in both."""
    for name, right in (("one", 0), ("two", 1)):
        await play(process, name, ann=right, ben=3 - right)
    at(process, WEEK)
    for name, right in (("three", 3), ("four", 2)):
        await play(process, name, ann=right, ben=right)

    shown = await top(process, ShowTop(by=RankedBy.IMPROVEMENT), "ben")

    assert [(line.rank, line.name, line.right, line.answers) for line in shown.lines] == [(1, "Ann", 5, 6)]
    assert shown.lines[0].gain == pytest.approx(6 / 8 - 2 / 8)
    assert shown.own is None
    everywhere = ShowTop(since=Since.ALL, by=RankedBy.IMPROVEMENT)
    assert await refused(process, everywhere) == fx.CommandRefused(Refusal.NOTHING_BEFORE)


async def test_who_hides_is_seen_by_nobody_else(process: Process) -> None:
    """They see themselves where they would be; and come back with all that they earned."""
    await play(process, "one", ann=3, ben=2, cat=1)

    assert (await process.say("ann", Hide(hidden=True))).effects == (fx.CommandDone(Confirmation.HIDDEN),)
    seen = await top(process, ShowTop(), "ben")
    own = await top(process, ShowTop(), "ann")
    await process.say("ann", Hide(hidden=False))
    back = await top(process, ShowTop(), "ben")

    assert [(line.rank, line.name) for line in seen.lines] == [(1, "Ben"), (2, "Cat")]
    assert (own.own.rank, own.own.name) == (1, "Ann") if own.own else False
    assert [line.name for line in back.lines] == ["Ann", "Ben", "Cat"]


async def test_who_was_never_here_may_hide(process: Process) -> None:
    """Before their first answer too."""
    await process.say("cat", Hide(hidden=True))
    await play(process, "one", ann=3, cat=2)

    assert [line.name for line in (await top(process, ShowTop())).lines] == ["Ann"]
