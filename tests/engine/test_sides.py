"""One round on two platforms: one clock, one standing, and everything undone without a trace."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import date, time

import pytest

from bot.core import effects as fx
from bot.core.commands import (
    Begin,
    ChangeSettings,
    Flag,
    Join,
    Next,
    OpenForm,
    PostDaily,
    RecapAt,
    RevealAfter,
    SetDaily,
    ShowDaily,
    ShowTop,
    Stop,
    SubmitAnswer,
)
from bot.core.effects import Refusal
from bot.core.errors import DeliveryRefused
from bot.core.ids import QuestionId
from bot.core.leaderboards import Measure
from bot.core.responses import Picked
from bot.core.schedules import daily_round
from bot.engine.dispatch import question_in
from bot.engine.identities import schedule_id
from bot.records import Place, group_board
from bot.store.memory import MemoryStore
from tests.engine.halls import RIGHT, ROUND, START, WRONG, Process, question
from tests.engine.linked import GUILD, GUILD_ROW, TEAM, TEAM_ROW, UNION, Both, private, public, shown

NewProcess = Callable[[], Awaitable[Process]]
DISCORD, SLACK = ("ann", "ben", "cat"), ("dan", "eva", "fay")
WHERE = {**dict.fromkeys(DISCORD, GUILD), **dict.fromkeys(SLACK, TEAM)}
RIGHT_ONES = {"ann": (0, 1, 2), "ben": (0,), "cat": (), "dan": (0, 1), "eva": (2,), "fay": ()}
"""Which questions each gets right."""


@pytest.fixture
async def both(process: Process) -> Both:
    """Two platforms whose channels are one."""
    found = Both(process)
    await found.link()
    return found


async def begun(both: Both, people: Sequence[str], host: str = "ann") -> None:
    """Let *people* play the round that *host* starts, up to its first question."""
    await both.say(host, WHERE[host], START, id_="start")
    for who in people:
        if who != host:
            await both.say(who, WHERE[who], Join())
    await both.say(host, WHERE[host], Begin())
    await both.process.deliverer.drain()


async def answered(both: Both, people: Sequence[str], position: int) -> None:
    """Let *people* answer at the same moment, in one batch."""
    clock = both.process.clock
    events = []
    for who in people:
        sent = (RIGHT if position in RIGHT_ONES[who] else WRONG)[position]
        command = SubmitAnswer(question(position), sent, clock.now())
        events.append(both.event(who, WHERE[who], command, id_=f"{who} answers {position}"))
    replies = await asyncio.gather(*(both.process.send(event) for event in (*events, *events)))
    assert sum(reply.duplicate for reply in replies) == len(people)


async def played(both: Both, people: Sequence[str], host: str = "ann") -> None:
    """Let *people* play a whole round, each answer coming twice."""
    await begun(both, people, host)
    for position in range(3):
        await both.process.pass_time(1)
        await answered(both, people, position)
        await both.process.pass_time(1)
        await both.say(host, WHERE[host], Next())
        await both.process.deliverer.drain()


async def board(both: Both, group: int) -> dict[str, tuple[int, int, int]]:
    """Return the points, the answers and the right ones of each on a group's board."""
    rows = await both.process.store.top(group_board(group, "a"), Measure.POINTS, 0, 100)
    return {row.name: (row.points, row.answers, row.right) for row in rows}


@pytest.mark.parametrize("host", ["ann", "dan"])
async def test_a_round_is_played_on_both_sides_at_once(both: Both, host: str) -> None:
    """Whichever side it began on: the same messages, one standing with all names, and each told at home."""
    await played(both, [*DISCORD, *SLACK], host)

    assert public(both.discord) == public(both.slack)
    assert [key.partition(".")[2] for key in public(both.discord)] == [
        *("lobby", "1.ask", "1.reveal", "2.ask", "2.reveal", "3.ask", "3.reveal", "end"),
    ]
    podium = shown(both.discord, ".end").view
    assert podium == shown(both.slack, ".end").view
    assert all(who.title() in str(podium) for who in WHERE)
    assert private(both.discord) == ["ben", "cat"]
    assert private(both.slack) == ["dan", "eva", "fay"]
    assert {post.place for post in both.discord.posts} == {GUILD}
    assert {post.place for post in both.slack.posts} == {TEAM}
    edits = [{edit.key.partition("@")[0] for _, edit in chat.edits} for chat in (both.discord, both.slack)]
    assert edits[0] == edits[1]


async def test_names_of_messages_are_the_sides_own_and_lead_to_the_question(both: Both) -> None:
    """A reaction on either side is to the same question."""
    await begun(both, [*DISCORD, *SLACK])

    keys = [shown(chat, ".1.ask").key for chat in (both.discord, both.slack)]

    assert keys[0] != keys[1]
    assert [question_in(key) for key in keys] == [question(0), question(0)]


async def test_each_side_earns_for_its_own_group_and_both_for_the_union(
    both: Both, new_process: NewProcess
) -> None:
    """When they part, each has what it would have if they never had been one."""
    await played(both, [*DISCORD, *SLACK])

    sides = [await board(both, row.own) for row in (GUILD_ROW, TEAM_ROW)]
    assert [set(side) for side in sides] == [{"Ann", "Ben", "Cat"}, {"Dan", "Eva", "Fay"}]
    assert await board(both, UNION) == sides[0] | sides[1]
    (top,) = (await both.say("eva", TEAM, ShowTop())).effects
    assert isinstance(top, fx.TopShown)
    assert {line.name for line in top.lines} == {who.title() for who in WHERE}

    await both.unlink()

    for people, place, row in ((DISCORD, GUILD, GUILD_ROW), (SLACK, TEAM, TEAM_ROW)):
        assert await board(both, row.own) == await twin_board(await new_process(), people, row.own)
        (top,) = (await both.say(people[0], place, ShowTop())).effects
        assert isinstance(top, fx.TopShown)
        assert {line.name for line in top.lines} == {who.title() for who in people}
    assert await board(both, UNION) == {}
    await both.say("dan", TEAM, START, id_="another")
    await both.process.deliverer.drain()
    assert public(both.slack)[-1].endswith(".lobby")
    assert not public(both.discord)[-1].endswith(".lobby")


async def twin_board(process: Process, people: Sequence[str], group: int) -> dict[str, tuple[int, int, int]]:
    """Return what *people* have who play the same round alone, in a group that never was part of another."""
    process.store = MemoryStore()
    process.use(process.store)
    alone = Both(process)
    await played(alone, people, people[0])
    return await board(alone, group)


async def test_anybody_who_may_moves_the_round_from_either_side(both: Both) -> None:
    """An organiser of the one side is one of both; other people are told whose round it is."""
    await begun(both, [*DISCORD, *SLACK])

    (refused,) = (await both.say("dan", TEAM, Stop())).effects
    await both.say("dan", TEAM, Stop(), organiser=True)
    await both.process.deliverer.drain()

    assert refused == fx.CommandRefused(Refusal.NOT_HOST, "Ann")
    assert public(both.discord)[-1] == public(both.slack)[-1] == f"{ROUND}.end"


async def test_a_round_that_runs_on_one_side_runs_on_the_other(both: Both) -> None:
    """There is one at a time."""
    await both.say("ann", GUILD, START, id_="start")

    (refused,) = (await both.say("dan", TEAM, START)).effects

    assert refused == fx.CommandRefused(Refusal.ROUND_RUNS, "Ann")


async def test_a_side_that_takes_no_messages_hurts_nobody_else(both: Both) -> None:
    """The round goes on with those who can see it."""
    both.slack.fails = [DeliveryRefused("gone")] * 50
    await played(both, DISCORD)

    assert len(public(both.discord)) == 8
    assert public(both.slack) == []
    assert await board(both, UNION) == await board(both, GUILD_ROW.own)


async def test_nobody_reaches_a_round_from_where_it_is_not_played(both: Both) -> None:
    """A place that came to the channel when the round was open already is not part of it."""
    await both.unlink()
    await begun(both, DISCORD)
    command = SubmitAnswer(question(0), RIGHT[0], both.process.clock.now())

    (refused,) = (await both.say("dan", TEAM, command)).effects

    assert refused == fx.AnswerRefused(question(0), Refusal.LATE)


async def test_two_processes_play_one_round(both: Both, new_process: NewProcess) -> None:
    """Each hears one platform; the round is in the tables."""
    other = Both(await new_process(), discord=both.discord, slack=both.slack)
    await begun(both, [*DISCORD, *SLACK])

    clock = both.process.clock
    other.process.clock = clock
    await asyncio.gather(answered(both, DISCORD, 0), answered(other, SLACK, 0))
    await both.process.pass_time(1)

    assert public(both.discord)[-1] == public(both.slack)[-1] == f"{ROUND}.1.reveal"


# ------------------------------------------------------------------------------------ the question of the day

NAME = schedule_id(GUILD, "daily")
SET = SetDaily(at=time(14), zone="Europe/Berlin", reveal=RevealAfter(8), mention="role")
HOUR = 3600


def of_day(day: str) -> QuestionId:
    """Return the question of a day."""
    return QuestionId(f"{daily_round(NAME, date.fromisoformat(day))}.0")


async def test_the_question_of_the_day_is_asked_on_both_sides_and_revealed_once(both: Both) -> None:
    """Answers come from both; whom the mention calls is known at home alone."""
    await both.say("ann", GUILD, SET, organiser=True)
    await both.process.pass_time(HOUR)
    asked = of_day("2026-03-01")

    commands = {who: SubmitAnswer(asked, Picked((0,)), both.process.clock.now()) for who in ("ann", "dan")}
    replies = [await both.say(who, WHERE[who], command) for who, command in commands.items()]
    assert all(isinstance(reply.effects[0], fx.AnswerAccepted) for reply in replies)
    await both.process.pass_time(8 * HOUR)

    assert public(both.discord) == public(both.slack) == [f"{asked[:-2]}.1.ask", f"{asked[:-2]}.1.reveal"]
    assert "role" in str(both.discord.posts[0].view)
    assert "role" not in str(both.slack.posts[0].view)
    assert set(await board(both, UNION)) == {"Ann", "Dan"}
    assert set(await board(both, GUILD_ROW.own)) == {"Ann"}
    assert set(await board(both, TEAM_ROW.own)) == {"Dan"}


async def test_a_day_that_runs_when_sides_part_is_revealed_on_both_and_the_next_at_home(both: Both) -> None:
    """Who saw the question sees its answer."""
    await both.say("ann", GUILD, SET, organiser=True)
    await both.process.pass_time(HOUR)
    await both.unlink()
    command = SubmitAnswer(of_day("2026-03-01"), Picked((0,)), both.process.clock.now())
    (reply,) = (await both.say("dan", TEAM, command)).effects
    await both.process.pass_time(8 * HOUR)
    await both.process.pass_time(16 * HOUR)

    assert isinstance(reply, fx.AnswerAccepted)
    assert [key.partition(".")[2] for key in public(both.slack)] == ["1.ask", "1.reveal"]
    assert [key.partition(".")[2] for key in public(both.discord)] == ["1.ask", "1.reveal", "1.ask"]
    assert set(await board(both, TEAM_ROW.own)) == {"Dan"}
    late = SubmitAnswer(of_day("2026-03-02"), Picked((0,)), both.process.clock.now())
    (refused,) = (await both.say("dan", TEAM, late)).effects
    assert refused == fx.AnswerRefused(late.question, Refusal.LATE)


async def test_a_channel_has_one_list_of_schedules_on_all_sides(both: Both) -> None:
    """Shown and changed from each of them; a new one is at home where it was set."""
    await both.say("ann", GUILD, SET, organiser=True)
    changed = await both.say("dan", TEAM, SetDaily(at=time(15)), organiser=True)
    await both.say("dan", TEAM, SetDaily(name="late", at=time(20)), organiser=True)

    shown_ = [(await both.say(who, WHERE[who], ShowDaily())).effects[0] for who in ("ben", "eva")]

    assert isinstance(changed.effects[0], fx.ScheduleSet)
    assert not changed.effects[0].new
    assert shown_[0] == shown_[1]
    assert isinstance(shown_[0], fx.SchedulesShown)
    assert [(line.name, line.at) for line in shown_[0].lines] == [
        ("daily", time(15)),
        ("late", time(20)),
    ]
    rows = {row.id: row.place for row in await both.process.store.schedules(TEAM)}
    assert rows == {NAME: GUILD, schedule_id(TEAM, "late"): TEAM}


async def test_the_question_of_the_day_may_be_had_at_once_from_the_other_side(both: Both) -> None:
    """It is posted on both."""
    await both.say("ann", GUILD, SET, organiser=True)

    await both.say("dan", TEAM, PostDaily(), organiser=True)
    await both.process.pass_time(1)

    assert public(both.discord) == public(both.slack) != []


# ------------------------------------------------------------------------------------- what is asked about it


async def test_what_was_asked_on_one_side_may_be_asked_about_on_the_other(both: Both) -> None:
    """Forms, and flags of what was asked last, also of the day; as long as they are one group."""
    await begun(both, [*DISCORD, *SLACK])
    (form,) = (await both.say("dan", TEAM, OpenForm(question(0)))).effects
    await both.say("ann", GUILD, Stop())
    (flagged,) = (await both.say("dan", TEAM, Flag(reason="odd"))).effects
    await both.say("ann", GUILD, SET, organiser=True)
    await both.process.pass_time(HOUR)
    (of_today,) = (await both.say("dan", TEAM, Flag(reason="odd too"))).effects

    assert isinstance(form, fx.FormOpened)
    assert flagged == fx.QuestionFlagged(question(0), again=False)
    assert of_today == fx.QuestionFlagged(of_day("2026-03-01"), again=False)
    rows = await both.process.store.flags(TEAM_ROW.own)
    assert {row.group for row in rows} == {GUILD_ROW.own}

    await both.unlink()

    (refused,) = (await both.say("gil", Place("slack", "T0/C9"), OpenForm(question(0)))).effects
    assert refused == fx.CommandRefused(Refusal.UNKNOWN_QUESTION)


async def test_a_recap_of_the_week_is_posted_on_both_sides(both: Both) -> None:
    """One for the channel, whichever side set it; the other side changes the same one."""
    await both.say("ann", GUILD, ChangeSettings(zone="UTC"), organiser=True)
    await both.say("ann", GUILD, ChangeSettings(recap=RecapAt(6, time(13))), organiser=True)
    await both.say("dan", TEAM, ChangeSettings(recap=RecapAt(6, time(14))), organiser=True)

    await both.process.pass_time(HOUR)
    assert public(both.discord) == []
    await both.process.pass_time(HOUR)

    assert public(both.discord) == public(both.slack)
    assert [key.partition(".")[2] for key in public(both.slack)] == ["recap"]
    assert both.slack.posts[0].place == TEAM


async def test_settings_are_the_unions_and_come_back_when_it_is_over(both: Both) -> None:
    """Each group has its own again, as it was before."""
    await both.say("dan", TEAM, ChangeSettings(zone="Asia/Tokyo"), organiser=True)
    (joint,) = (await both.say("ann", GUILD, ChangeSettings())).effects
    (new,) = (await both.say("ann", Place("discord", "200"), ChangeSettings())).effects
    await both.unlink()
    (own,) = (await both.say("ann", GUILD, ChangeSettings())).effects

    zones = [shown_.zone for shown_ in (joint, new, own) if isinstance(shown_, fx.SettingsShown)]
    assert zones == ["Asia/Tokyo", "Asia/Tokyo", ""]
