"""All that concerns one learner at a glance, from what the tables hold."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.core import effects as fx
from bot.core.commands import (
    Begin,
    Change,
    ChangeSettings,
    Intent,
    Join,
    Leave,
    Mode,
    Pause,
    RecapAt,
    Redo,
    RevealAfter,
    SetDaily,
    Settings,
    ShowHome,
    ShowMe,
    Stop,
    StopDaily,
    SubmitAnswer,
)
from bot.core.draws import draw_order
from bot.core.ids import QuestionId
from bot.core.items import Item, Kind
from bot.core.packs import Library
from bot.core.responses import Picked, Typed
from bot.core.schedules import daily_round
from bot.engine.codec import encode_effect
from bot.engine.events import private_place
from bot.engine.homes import MOST_COMING, MOST_DAYS, spot_of
from bot.engine.identities import new_channel, schedule_id
from bot.records import Account, Changes, Mirror, MirrorRow, Place, UnionRow, daily_place
from tests.core.builders import NUMBER, ORDER, PAIRS, SECRET, SEVERAL, deck, pack
from tests.engine.halls import (
    HALL,
    ITEMS,
    RIGHT,
    ROUND,
    START,
    WRONG,
    YARD,
    Process,
    answer,
    asking,
    event,
    starting,
)

SUNDAY = date(2026, 3, 1)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = 3600
EVERY_DAY = SetDaily(at=time(13), zone="UTC", reveal=RevealAfter(8))
"""In an hour."""


async def home(process: Process, who: str = "ben", **changes: object) -> fx.HomeShown:
    """Return what *who* sees in their own place; *changes* are to the event."""
    place = private_place(Account("web", who))
    asked = event(who, ShowHome(), process.clock, place=place)
    asked = replace(asked, **changes)  # type: ignore[arg-type]  # a test names fields that there are
    (shown,) = (await process.send(asked)).effects
    assert isinstance(shown, fx.HomeShown)
    return shown


def answering(process: Process, place: Place = HALL, name: str = "daily", day: date = SUNDAY) -> SubmitAnswer:
    """Return an answer to the question of *day*, sent now."""
    question = QuestionId(f"{daily_round(schedule_id(place, name), day)}.0")
    return SubmitAnswer(question, Picked((2,)), process.clock.now())


async def organise(process: Process, intent: Intent, place: Place = HALL) -> None:
    """Let an organiser change something."""
    await process.say("ann", intent, place=place, organiser=True)


def shown_text(item: Item, place: int, draw: str = "seed|start") -> str:
    """Return the text of the option at *place*, as it was shown."""
    return item.options[draw_order(item, draw)[place]].text


async def test_where_nothing_is_there_is_nothing_to_see(process: Process) -> None:
    """And nothing is written for it."""
    shown = await home(process)

    assert (shown.rounds, shown.days, shown.coming) == ((), (), ())
    assert (shown.days_left, shown.coming_left) == (0, 0)
    assert (shown.me.answers, shown.me.days, shown.me.topics) == (0, 0, ())


async def test_without_an_account_only_the_group_is_seen(process: Process) -> None:
    """A transport that does not say who asks is told nothing of anybody."""
    await organise(process, EVERY_DAY)
    await process.pass_time(HOUR)
    await asking(process)
    asked = replace(event("ann", ShowHome(), process.clock), account=None)

    (shown,) = (await process.send(asked)).effects

    assert isinstance(shown, fx.HomeShown)
    assert (shown.rounds, [day.answer for day in shown.days]) == ((), [None])


async def test_places_of_another_workspace_are_not_seen(process: Process) -> None:
    """The group comes from the workspace, as the place is the sender's own."""
    await organise(process, EVERY_DAY)
    await asking(process, "ben")

    assert len((await home(process)).coming) == len((await home(process)).rounds) == 1
    assert (await home(process, workspace="other")).coming == ()
    assert (await home(process, workspace="other")).rounds == ()


# ------------------------------------------------------------------------------------- questions of the day


async def test_an_answer_to_the_question_of_the_day_is_told_until_it_is_revealed(process: Process) -> None:
    """With the letter, the text and the end; before it is there nothing is open, and so after the end."""
    await organise(process, EVERY_DAY)
    assert (await home(process)).days == ()

    await process.pass_time(HOUR)
    until = NOON + timedelta(hours=9)
    waiting = fx.OpenDay(fx.Spot(HALL.id), "daily", SUNDAY, until, None)
    assert (await home(process)).days == (waiting,)

    await process.say("ben", answering(process))
    (day,) = (await home(process)).days
    assert day.answer is not None
    assert (day.answer.kind, day.answer.labels, day.answer.more) == (Kind.SINGLE_CHOICE, ("C",), True)
    (text,) = day.answer.texts
    assert text in {option.text for item in ITEMS for option in item.options}
    assert replace(day, answer=None) == waiting
    assert (await home(process, "eve")).days == (waiting,)

    await process.pass_time(8 * HOUR)
    assert (await home(process)).days == ()


async def test_a_changed_answer_is_the_one_that_is_told(process: Process) -> None:
    """The one before is gone."""
    await organise(process, EVERY_DAY)
    await process.pass_time(HOUR)
    await process.say("ben", answering(process))
    process.clock.set(HOUR + 5)
    await process.say("ben", replace(answering(process), sent=Picked((0,))))

    (day,) = (await home(process)).days

    assert day.answer is not None
    assert day.answer.labels == ("A",)


async def test_questions_of_all_channels_are_seen_those_that_wait_first(process: Process) -> None:
    """Of equals those that are revealed first."""
    await organise(process, EVERY_DAY)
    await organise(process, replace(EVERY_DAY, reveal=RevealAfter(4)), YARD)
    await organise(process, replace(EVERY_DAY, name="evening", reveal=RevealAfter(6)), YARD)
    await process.pass_time(HOUR)
    await process.say("ben", answering(process, YARD), place=YARD)

    days = (await home(process)).days

    assert [(day.spot.channel, day.name, day.answer is None) for day in days] == [
        (YARD.id, "evening", True),
        (HALL.id, "daily", True),
        (YARD.id, "daily", False),
    ]


async def test_the_streak_counts_what_was_answered_in_any_channel(process: Process) -> None:
    """Though the place that asks has no schedule; and so it does for who asks in a channel."""
    await organise(process, EVERY_DAY)
    await process.pass_time(HOUR)
    await process.say("ben", answering(process))
    await process.pass_time(24 * HOUR)
    before = (await home(process)).me
    await process.say("ben", answering(process, day=SUNDAY + timedelta(days=1)))

    shown = (await home(process)).me

    (in_yard,) = (await process.say("ben", ShowMe(), place=YARD)).effects
    assert isinstance(in_yard, fx.MeShown)
    assert (before.days, before.todo) == (1, (SUNDAY + timedelta(days=1),))
    assert (shown.days, shown.best, shown.todo) == (2, 2, ())
    assert (in_yard.days, in_yard.todo) == (2, ())


async def test_of_very_many_days_some_are_counted_only(process: Process) -> None:
    """Those that were answered are left out first."""
    places = [Place("web", f"room {at:02}") for at in range(MOST_DAYS + 3)]
    for place in places:
        await organise(process, EVERY_DAY, place)
    await process.pass_time(HOUR)
    await process.say("ben", answering(process, places[0]), place=places[0])

    shown = await home(process)

    assert [day.spot.channel for day in shown.days] == [place.id for place in places[1 : MOST_DAYS + 1]]
    assert shown.days_left == 3


# ------------------------------------------------------------------------------------------------- rounds


async def test_a_round_is_followed_from_its_lobby_to_its_end(process: Process) -> None:
    """Each question with the reader's own answer, while it is open."""
    await process.say("ann", START, id_="start")
    await process.say("ben", Join())
    lobby = fx.OpenRound(fx.Spot(HALL.id), "", fx.Stage.LOBBY, 0, 3, None)
    seen = await home(process)
    assert [replace(one, title="") for one in seen.rounds] == [lobby]

    await process.say("ann", Begin())
    await process.deliverer.drain()
    (open_,) = (await home(process)).rounds
    assert (open_.stage, open_.number, open_.answer) == (fx.Stage.ASKING, 1, None)

    await process.say("ben", answer(0, process, WRONG[0]))
    (answered,) = (await home(process)).rounds
    letter = "ABCD"[WRONG[0].positions[0]]
    text = shown_text(ITEMS[0], WRONG[0].positions[0])
    assert answered.answer == fx.OwnAnswer(Kind.SINGLE_CHOICE, (letter,), (text,), more=True)

    await process.say("ann", answer(0, process, RIGHT[0]))
    await process.pass_time(0.1)
    (revealed,) = (await home(process)).rounds
    assert (revealed.stage, revealed.number, revealed.answer) == (fx.Stage.REVEALED, 1, None)

    await process.pass_time(10)
    (second,) = (await home(process)).rounds
    assert (second.stage, second.number, second.answer) == (fx.Stage.ASKING, 2, None)

    await process.say("ann", Stop())
    assert (await home(process)).rounds == ()


async def test_a_paused_round_keeps_the_answer(process: Process) -> None:
    """The question goes on."""
    await asking(process, "ben")
    await process.say("ben", answer(0, process, WRONG[0]))
    await process.say("ann", Pause())

    (one,) = (await home(process)).rounds

    assert one.stage is fx.Stage.PAUSED
    assert one.answer is not None


async def test_who_takes_no_part_or_left_sees_no_round(process: Process) -> None:
    """Who came late plays from the next question on."""
    await asking(process, "ben")
    await process.say("eve", Join())

    assert (await home(process, "tom")).rounds == ()
    assert [one.later for one in (await home(process, "eve")).rounds] == [True]
    assert [one.later for one in (await home(process, "ben")).rounds] == [False]
    await process.say("ben", Leave())
    assert (await home(process, "ben")).rounds == ()


@pytest.mark.parametrize(
    "settings, more",
    [
        (Settings(lobby_seconds=None, change=Change.UNTIL_CLOSE), True),
        (Settings(lobby_seconds=None, change=Change.ONCE), True),
        (Settings(lobby_seconds=None, change=Change.NEVER), False),
        (Settings(lobby_seconds=None, mode=Mode.FIRST), False),
    ],
)
async def test_an_answer_may_be_changed_as_the_round_allows(
    process: Process, settings: Settings, *, more: bool
) -> None:
    """In mode ``first`` never."""
    await asking(process, "ben", start=replace(START, settings=settings))
    await process.say("ben", answer(0, process, WRONG[0]))

    (one,) = (await home(process)).rounds

    assert one.answer is not None
    assert one.answer.more is more


async def test_an_answer_that_was_changed_once_stays(process: Process) -> None:
    """Where one change is allowed."""
    settings = Settings(lobby_seconds=None, change=Change.ONCE)
    await asking(process, "ben", start=replace(START, settings=settings))
    await process.say("ben", answer(0, process, WRONG[0]))
    process.clock.set(1)
    await process.say("ben", answer(0, process, RIGHT[0]))

    (one,) = (await home(process)).rounds

    assert one.answer is not None
    assert (one.answer.labels, one.answer.more) == (("ABCD"[RIGHT[0].positions[0]],), False)


@pytest.mark.parametrize(
    "item, sent, labels, texts",
    [
        (NUMBER, Typed((" 7.5 ",)), (" 7.5 ",), 0),
        (ORDER, Picked((2, 0, 1)), ("C", "A", "B"), 0),
        (PAIRS, Picked((1, 1, 0)), ("B", "B", "A"), 0),
        (SEVERAL, Picked((2, 0)), ("A", "C"), 2),
    ],
)
async def test_an_answer_is_told_as_its_sender_knows_it(
    process: Process, item: Item, sent: Picked | Typed, labels: tuple[str, ...], texts: int
) -> None:
    """Texts of options are told where some were chosen, each beside its letter."""
    process.library = Library((pack(deck(item)),))
    await asking(process, "ben", start=starting(item))
    await process.say("ben", answer(0, process, sent))

    (one,) = (await home(process)).rounds

    assert one.answer is not None
    assert (one.answer.labels, len(one.answer.texts)) == (labels, texts)
    assert list(one.answer.texts) == [shown_text(item, "ABCD".index(letter)) for letter in labels[:texts]]


async def test_a_redo_is_in_the_reader_s_own_place(process: Process) -> None:
    """And nobody else sees it."""
    await asking(process, "ben")
    for position in range(3):
        await process.say("ann", answer(position, process, RIGHT[position]))
        await process.say("ben", answer(position, process, WRONG[position]))
        await process.pass_time(0.1)
        await process.pass_time(10)
    await process.say("ben", Redo(ROUND))

    (one,) = (await home(process)).rounds

    assert (one.spot, one.stage, one.number, one.total) == (fx.Spot(), fx.Stage.ASKING, 1, 3)
    assert (await home(process, "ann")).rounds == ()


async def test_nothing_of_a_key_is_in_what_is_shown(process: Process) -> None:
    """No explanation, no feedback, and no text but that of the option that was chosen."""
    await asking(process, "ben")
    await process.say("ben", answer(0, process, WRONG[0]))

    written = encode_effect(await home(process))

    mine = shown_text(ITEMS[0], WRONG[0].positions[0])
    assert SECRET not in written
    assert "feedback" not in written
    assert [option.text for option in ITEMS[0].options if option.text in written] == [mine]


# ------------------------------------------------------------------------------------------------ what comes


async def test_what_comes_is_told_by_its_moment(process: Process) -> None:
    """Recaps too, and no schedule that is paused."""
    await organise(process, replace(EVERY_DAY, at=time(11), weekdays=(0, 2)))
    await organise(process, replace(EVERY_DAY, name="evening", zone="Europe/Berlin"), YARD)
    await organise(process, ChangeSettings(recap=RecapAt(6, time(18))), YARD)
    await organise(process, replace(EVERY_DAY, name="off"), YARD)
    await organise(process, StopDaily("off"), YARD)

    coming = (await home(process)).coming

    assert [(one.spot.channel, one.name, one.next, one.recap) for one in coming] == [
        (YARD.id, "recap", NOON + timedelta(hours=6), True),
        (HALL.id, "daily", NOON + timedelta(hours=23), False),
        (YARD.id, "evening", NOON + timedelta(days=1), False),
    ]


async def test_a_post_of_today_is_followed_by_the_next(process: Process) -> None:
    """What is open is not told twice."""
    await organise(process, EVERY_DAY)
    await process.pass_time(HOUR)

    (one,) = (await home(process)).coming

    assert one == fx.ComingPost(
        fx.Spot(HALL.id), "daily", time(13), "UTC", (0, 1, 2, 3, 4, 5, 6), NOON + timedelta(hours=25)
    )


async def test_of_very_many_schedules_the_next_are_told(process: Process) -> None:
    """And the others counted."""
    for at in range(MOST_COMING + 2):
        await organise(process, replace(EVERY_DAY, at=time(13 + at // 2)), Place("web", f"room {at:02}"))

    shown = await home(process)

    assert [one.spot.channel for one in shown.coming] == [f"room {at:02}" for at in range(MOST_COMING)]
    assert shown.coming_left == 2


# ----------------------------------------------------------------------------- groups on several platforms


LOUNGE = Place("slack", "T1/C1")


async def unite(process: Process, *mirrors: MirrorRow) -> None:
    """Let the hall's group and that of the lounge be one."""
    ours, theirs = new_channel(HALL, "web"), new_channel(LOUNGE, "T1")
    rows = [UnionRow(row.group, 0, 77) for row in (ours, theirs)]
    changes = Changes(channels=[theirs], unions=rows, mirrors=list(mirrors))
    await process.store.transact([], (), lambda _: changes)


async def slack_home(process: Process) -> fx.HomeShown:
    """Return what Zoe sees, who is on another platform than everybody else."""
    return await home(
        process, "zoe", place=Place("slack", "@T1/U1"), account=Account("slack", "T1/U1"), workspace="T1"
    )


def spots(shown: fx.HomeShown) -> list[fx.Spot]:
    """Return where the questions of the day are, and where posts come."""
    return [*(day.spot for day in shown.days), *(post.spot for post in shown.coming)]


async def test_a_channel_of_another_platform_is_told_by_the_platform(process: Process) -> None:
    """Nobody could find it by its id; who is there sees it as before."""
    await organise(process, EVERY_DAY)
    assert (await slack_home(process)).coming == ()
    await unite(process)
    await process.pass_time(HOUR)

    shown = await slack_home(process)

    assert spots(shown) == [fx.Spot(platform="web")] * 2
    assert [one.spot for one in (await home(process)).coming] == [fx.Spot(HALL.id)]


async def test_a_channel_that_is_on_both_platforms_is_told_by_the_reader_s_own(process: Process) -> None:
    """It is one channel, with two names."""
    await organise(process, EVERY_DAY)
    await unite(process, MirrorRow(LOUNGE, new_channel(HALL, "web").id))
    await process.pass_time(HOUR)

    shown = await slack_home(process)

    assert spots(shown) == [fx.Spot(LOUNGE.id)] * 2
    assert [one.spot for one in (await home(process)).days] == [fx.Spot(HALL.id)]


def test_a_place_is_told_by_the_first_that_its_reader_knows() -> None:
    """Parts of a channel are told as the channel; the reader's own place on another platform by that."""
    part = daily_place(HALL, "s1")
    mirror = Mirror(daily_place(LOUNGE, "s1"), 1)

    assert spot_of(part, (), "web") == fx.Spot(HALL.id)
    assert spot_of(part, (mirror,), "slack") == fx.Spot(LOUNGE.id)
    assert spot_of(part, (mirror,), "discord") == fx.Spot(platform="web")
    assert spot_of(Place("web", "@ben"), (), "web") == fx.Spot()
    assert spot_of(Place("web", "@ben"), (), "slack") == fx.Spot(platform="web")
