"""Answering with reactions through the engine: chosen by a channel, counted once, told to nobody else."""

import asyncio
import json
from dataclasses import replace
from datetime import date, time

import pytest

from bot.core import effects as fx
from bot.core.commands import (
    ChangeSettings,
    Mode,
    Off,
    PostDaily,
    React,
    Reacting,
    Redo,
    RevealAfter,
    SetDaily,
    ShowMine,
    Stop,
)
from bot.core.effects import Confirmation, Refusal
from bot.core.groups import GroupSettings
from bot.core.ids import QuestionId
from bot.core.schedules import daily_round
from bot.engine import codec
from bot.engine.codec import HEAD, ROUND, SETTINGS
from bot.engine.events import OWN, Reply
from bot.engine.identities import new_learner, round_id, schedule_id
from bot.records import Account, Asked, Changes, Place, Snapshot
from tests.core.builders import asking as core_asking
from tests.engine.halls import HALL, RIGHT, START, WRONG, YARD, Process, answer, asking, event, question

NEW = ChangeSettings(reactions=Reacting.LAST)
RIGHT_LETTER, WRONG_LETTER = RIGHT[0].positions[0], WRONG[0].positions[0]
WITHDRAWN = fx.AnswerWithdrawn(question(0))
DAY_QUESTION = QuestionId(f"{daily_round(schedule_id(HALL, 'daily'), date(2026, 3, 1))}.0")


async def choose(process: Process, command: ChangeSettings = NEW, place: Place = HALL) -> fx.SettingsShown:
    """Let an organiser choose; return what holds then."""
    (shown,) = (await process.say("ann", command, organiser=True, place=place)).effects
    assert isinstance(shown, fx.SettingsShown)
    return shown


async def react(
    process: Process,
    who: str,
    position: int,
    *,
    on: bool = True,
    to: QuestionId | None = None,
    place: Place = HALL,
) -> Reply:
    """Let *who* put a letter, or take one away: that has no id, and no name either when it goes."""
    command = React(to or question(0), position, on, process.clock.now())
    sent = event(who, command, process.clock, place=place)
    return await process.send(replace(sent, id=OWN, name=who.title() if on else ""))


async def learners(process: Process, *who: str) -> set[str]:
    """Return which of *who* are known."""
    seen: list[Snapshot] = []

    def look(snapshot: Snapshot) -> Changes:
        seen.append(snapshot)
        return Changes()

    await process.store.transact([Asked("", HALL, Account("web", one)) for one in who], (), look)
    return {account.id for account in seen[-1].learners}


def answers(process: Process) -> dict[str, int]:
    """Return how many answers were counted as what."""
    return {name: count.value for name, count in process.engine.metrics.answers.by_name.items()}


# -------------------------------------------------------------------------------------------- what is chosen


async def test_a_channel_chooses_for_itself(process: Process) -> None:
    """Another channel of the same group goes on as it was, and off takes the choice back."""
    here = await choose(process)
    there = await choose(process, ChangeSettings(zone="UTC"), YARD)

    assert (here.reacting, here.changed) == (Reacting.LAST, True)
    assert there.reacting is None
    assert (await choose(process, ChangeSettings(reactions=Reacting.FIRST))).reacting is Reacting.FIRST
    assert (await choose(process, ChangeSettings())).zone == "UTC"
    assert (await choose(process, ChangeSettings(reactions=Off.OFF))).reacting is None


async def test_only_an_organiser_chooses(process: Process) -> None:
    """As with every setting."""
    reply = await process.say("ben", NEW)

    assert reply.effects == (fx.CommandRefused(Refusal.NOT_ORGANISER),)
    assert (await choose(process, ChangeSettings())).reacting is None


async def test_a_round_is_played_as_its_channel_had_chosen_when_it_began(process: Process) -> None:
    """Its question says so; what is chosen while it runs is for the next."""
    await choose(process)
    await asking(process, "ben")
    await choose(process, ChangeSettings(reactions=Off.OFF))

    view = process.transport.posts[-1].view
    assert view.reactions == ("🇦", "🇧", "🇨", "🇩")
    assert view.reacting.endswith("Your last reaction counts.")
    (told,) = (await react(process, "ben", RIGHT_LETTER)).effects
    assert isinstance(told, fx.AnswerAccepted)
    assert told.reacting is Reacting.LAST


async def test_a_channel_that_did_not_choose_hears_no_reaction(process: Process) -> None:
    """Nobody is told anything, and nobody becomes a learner by it."""
    await asking(process, "ben")

    assert await react(process, "ben", RIGHT_LETTER) == Reply()
    assert await react(process, "eve", RIGHT_LETTER) == Reply()
    assert process.transport.posts[-1].view.reactions == ()
    assert await learners(process, "ben", "eve") == {"ben"}


async def test_a_learners_own_redo_is_answered_as_ever(process: Process) -> None:
    """Whatever the channel chose, and also where the private place itself chose so."""
    await choose(process)
    await choose(process, place=Place("web", "@ben"))
    await asking(process, "ben")
    await process.say("ben", answer(0, process, WRONG[0]))
    await process.say("ann", answer(0, process, RIGHT[0]))
    await process.pass_time(0.1)
    await process.say("ann", Stop())

    redo = await process.say("ben", Redo(round_id("start")))

    assert redo.effects == (fx.CommandDone(Confirmation.REDO),)
    await process.deliverer.drain()
    asked = [post.view for post in process.transport.posts if post.place == Place("web", "@ben")]
    assert [view.reactions for view in asked] == [()]


# -------------------------------------------------------------------------------------------- what is counted


async def test_letters_are_put_changed_and_taken_away(process: Process) -> None:
    """The channel sees the count, and the reveal who was right."""
    await choose(process)
    await asking(process, "ben", "cat")

    await react(process, "ben", WRONG_LETTER)
    (changed,) = (await react(process, "ben", RIGHT_LETTER)).effects
    await react(process, "cat", RIGHT_LETTER)
    (gone,) = (await react(process, "cat", RIGHT_LETTER, on=False)).effects
    await process.pass_time(1)
    shown = process.transport.edits[-1][1].view

    assert isinstance(changed, fx.AnswerAccepted)
    assert (changed.changed, gone) == (True, WITHDRAWN)
    assert "1 of 3 has answered" in shown.alt
    await process.pass_time(31)
    assert "1 | Ben | 150" in process.transport.posts[-1].view.alt
    (mine,) = (await process.say("cat", ShowMine(question(0)))).effects
    assert isinstance(mine, fx.MineShown)
    assert mine.response is None
    assert answers(process) == {"accepted": 3, "withdrawn": 1, "refused": 0, "duplicate": 0}


async def test_a_whole_batch_of_reactions_is_settled_in_its_order(process: Process) -> None:
    """Also when one learner's come in one transaction."""
    await choose(process, ChangeSettings(reactions=Reacting.FIRST))
    await asking(process, "ben")

    replies = await asyncio.gather(
        react(process, "ben", WRONG_LETTER),
        react(process, "ben", RIGHT_LETTER),
        react(process, "ben", WRONG_LETTER),
        react(process, "ben", WRONG_LETTER, on=False),
        react(process, "ben", RIGHT_LETTER),
        process.say("ann", answer(0, process, RIGHT[0])),
    )

    told = [type(reply.effects[0]).__name__ if reply.effects else "" for reply in replies]
    assert told == [
        "AnswerAccepted",
        "AnswerRefused",
        "",
        "AnswerWithdrawn",
        "AnswerAccepted",
        "AnswerAccepted",
    ]
    await process.pass_time(0.1)
    alt = process.transport.posts[-1].view.alt
    assert "1 | Ann | 150" in alt
    assert "1 | Ben | 150" in alt


async def test_who_is_known_keeps_their_name_when_a_reaction_goes_without_one(process: Process) -> None:
    """A platform says nothing about who took a reaction away but their id."""
    await choose(process)
    await asking(process, "ben")
    await react(process, "ben", RIGHT_LETTER)
    await react(process, "ben", RIGHT_LETTER, on=False)
    await react(process, "ben", RIGHT_LETTER)

    await process.pass_time(31)

    assert "1 | Ben | 150" in process.transport.posts[-1].view.alt


async def test_who_only_takes_a_letter_away_is_no_learner(process: Process) -> None:
    """Who puts one is told why it does not count."""
    await choose(process)
    await asking(process)

    assert await react(process, "eve", RIGHT_LETTER, on=False) == Reply()
    assert await learners(process, "eve") == set()
    (told,) = (await react(process, "eve", RIGHT_LETTER)).effects
    assert told == fx.AnswerRefused(question(0), Refusal.NOT_JOINED)
    assert await learners(process, "eve") == {"eve"}


async def test_a_letter_that_comes_after_the_round_is_late_where_reactions_were_answers(
    process: Process,
) -> None:
    """Elsewhere it means nothing; and what is taken away then is nobody's loss."""
    await choose(process)
    await asking(process, "ben")
    await process.say("ann", Stop())

    late = fx.AnswerRefused(question(0), Refusal.LATE)
    assert (await react(process, "ben", RIGHT_LETTER)).effects == (late,)
    assert await react(process, "ben", RIGHT_LETTER, on=False) == Reply()
    for other in ("?", "gone.0", f"{question(0).partition('.')[0]}.9"):
        assert await react(process, "ben", 0, to=QuestionId(other)) == Reply()


async def test_a_letter_for_an_older_round_is_late_beside_a_newer_one_too(process: Process) -> None:
    """It answers nothing that is open now, whatever the newer round is like."""
    await choose(process)
    await asking(process, "ben")
    await process.say("ann", Stop())
    await choose(process, ChangeSettings(reactions=Off.OFF))
    await process.say("ann", START, id_="second")

    late = fx.AnswerRefused(question(0), Refusal.LATE)
    assert (await react(process, "ben", RIGHT_LETTER)).effects == (late,)
    newer = QuestionId(f"{round_id('second')}.0")
    await process.say("ann", Stop())
    assert await react(process, "ben", RIGHT_LETTER, to=newer) == Reply()


async def test_another_process_goes_on_with_what_was_put(process: Process) -> None:
    """What somebody has now is in the database alone, in the order in which it was put."""
    await choose(process)
    await asking(process, "ben")
    await react(process, "ben", RIGHT_LETTER)
    other = Process(process.store, process.clock)

    assert await react(other, "ben", RIGHT_LETTER) == Reply()
    assert (await react(other, "ben", RIGHT_LETTER, on=False)).effects == (WITHDRAWN,)


async def test_in_a_race_a_letter_is_judged_at_once(process: Process) -> None:
    """And stays."""
    await choose(process)
    await asking(
        process, "ben", "cat", start=replace(START, settings=replace(START.settings, mode=Mode.FIRST))
    )

    wrong = await react(process, "ben", WRONG_LETTER)
    gone = await react(process, "ben", WRONG_LETTER, on=False)

    assert wrong.effects == (fx.AnswerJudged(question(0), right=False, near=False),)
    assert gone.effects == (fx.AnswerRefused(question(0), Refusal.LOCKED),)


# ----------------------------------------------------------------------------------- the question of the day


async def test_the_first_question_of_the_day_is_asked_as_the_channel_chose(process: Process) -> None:
    """Answered in the channel itself; a letter that comes after the reveal is late."""
    await choose(process)
    daily = SetDaily(at=time(18), zone="UTC", reveal=RevealAfter(1))
    await process.say("ann", daily, organiser=True)
    await process.say("ann", PostDaily(), organiser=True)
    await process.pass_time(0.1)

    (post,) = process.transport.posts
    assert post.view.reacting.endswith("Your last reaction counts.")
    (told,) = (await react(process, "ben", 1, to=DAY_QUESTION)).effects
    assert isinstance(told, fx.AnswerAccepted)
    assert (await react(process, "cat", 1, to=DAY_QUESTION, on=False)).effects == ()
    assert (await react(process, "ben", 1, to=DAY_QUESTION, on=False)).effects == (
        fx.AnswerWithdrawn(DAY_QUESTION),
    )
    await react(process, "dan", 1, to=DAY_QUESTION)
    await process.pass_time(3601)
    assert "1 has answered" in process.transport.edits[-1][1].view.alt
    late = await react(process, "ben", 1, to=DAY_QUESTION)
    assert late.effects == (fx.AnswerRefused(DAY_QUESTION, Refusal.LATE),)
    assert await learners(process, "ben", "cat", "dan") == {"ben", "dan"}


async def test_a_question_of_the_day_elsewhere_is_asked_as_ever(process: Process) -> None:
    """Each channel chose for itself."""
    await choose(process, place=YARD)
    await process.say("ann", SetDaily(at=time(18), zone="UTC"), organiser=True)
    await process.say("ann", PostDaily(), organiser=True)
    await process.pass_time(0.1)

    assert process.transport.posts[-1].view.reactions == ()
    assert await react(process, "ben", 1, to=DAY_QUESTION) == Reply()


# ----------------------------------------------------------------------------------------------- stored forms


def test_rounds_that_were_saved_before_there_were_reactions_are_read() -> None:
    """Nobody answers those with reactions."""
    round_ = replace(core_asking().round, questions=(), people={})
    body = json.loads(ROUND.encode(round_))
    del body["d"]["settings"]["reacting"]

    again = ROUND.decode(f'{HEAD}"d":{json.dumps(body["d"])}}}')

    assert again == round_
    assert again.settings.reacting is None


@pytest.mark.parametrize(
    "text, expected",
    [
        ('{"v":1,"d":{"zone":"UTC"}}', GroupSettings("UTC")),
        (
            '{"v":1,"d":{"reacting":[["web:hall","last"]]}}',
            GroupSettings(reacting=(("web:hall", Reacting.LAST),)),
        ),
    ],
)
def test_settings_are_read_as_they_were_written_before_and_now(text: str, expected: GroupSettings) -> None:
    """What a channel chose survives, and a group that never chose has nothing."""
    assert codec.settings_of(text) == expected
    assert SETTINGS.encode(expected) == text


def test_the_same_account_is_the_same_learner_whatever_it_sends() -> None:
    """An id is made and not fetched, so a reaction needs no name for it."""
    assert new_learner(Account("web", "ben"), "").id == new_learner(Account("web", "ben"), "Ben").id
