"""Reviews: organisers decide about what was flagged or looks wrong, and whoever it concerns is told."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, time

import pytest

from bot.core import effects as fx
from bot.core import review_effects as rx
from bot.core.amendments import Verdict
from bot.core.commands import (
    Begin,
    Close,
    Flag,
    Join,
    Next,
    RevealAfter,
    SetDaily,
    Settings,
    Stop,
    SubmitAnswer,
)
from bot.core.ids import ItemId, OptionId, QuestionId
from bot.core.items import ChoiceKey, Item
from bot.core.mending import Slip, mending_of
from bot.core.packs import Library
from bot.core.responses import Picked
from bot.core.review_commands import (
    DecideReview,
    Mending,
    OpenReviewForm,
    Regrade,
    ReviewQuery,
    ShowReviews,
    Suspect,
)
from bot.core.review_effects import ReviewRefused, ReviewTrouble
from bot.core.schedules import daily_round
from bot.core.suspicions import Suspicion
from bot.engine import codec
from bot.engine.events import OWN, Event, Regarded
from bot.engine.identities import new_channel, round_id, schedule_id
from bot.engine.review_planner import SUSPECTS_KIND, ReviewPlanner
from bot.engine.reviews import token_of
from bot.ports import Job
from bot.queue.embedded import EmbeddedQueue
from bot.records import Account, Place, daily_place
from tests.core.builders import deck, pack
from tests.engine.halls import (
    HALL,
    ITEMS,
    LIBRARY,
    ROUND,
    WRONG,
    Process,
    answer,
    asking,
    event,
    question,
    starting,
)

NewProcess = Callable[[], Awaitable[Process]]

GROUP = new_channel(HALL, "web").group
FIRST = ITEMS[0]
TOKEN = token_of(FIRST.id)


def keyed(item: Item, right: str) -> Item:
    """Return *item* with another option as the right one."""
    return replace(item, key=ChoiceKey((OptionId(right),)))


async def played(process: Process, *, ends: bool = True) -> str:
    """Let Ann be right and Ben wrong at the first question; return the option that Ben chose."""
    await asking(process, "ben")
    position = WRONG[0].positions[0]
    process.clock.set(2)
    await process.say("ann", answer(0, process, replace(WRONG[0], positions=((position + 2) % 4,))))
    await process.say("ben", answer(0, process, WRONG[0]))
    await process.say("ann", Close())
    record = await process.store.look(ROUND)
    assert record is not None
    await process.say("ben", Flag(question(0), "Two are right."))
    if ends:
        await process.say("ann", Stop())
    await process.deliverer.drain()
    order = codec.QUESTION.decode(record.questions[0].body).order
    return str(FIRST.options[order[position]].id)


async def asked(process: Process, query: ReviewQuery, *, organiser: bool = True) -> fx.Reply:
    """Return what an organiser is shown."""
    (effect,) = (await process.say("org", query, organiser=organiser)).effects
    return effect


async def shown(process: Process, token: str = "") -> rx.ReviewShown:
    """Return the item that an organiser is shown."""
    effect = await asked(process, ShowReviews(token))
    assert isinstance(effect, rx.ReviewShown)
    return effect


async def decide(
    process: Process, verdict: Verdict, mending: Mending | None = None, *, version: int = 0, who: str = "org"
) -> fx.Reply:
    """Let an organiser decide about the first item."""
    command = DecideReview(TOKEN, version, verdict, mending)
    (effect,) = (await process.say(who, command, organiser=True)).effects
    return effect


async def test_what_was_flagged_waits_with_its_reasons_and_what_was_answered(process: Process) -> None:
    """Whoever organises sees who flagged it, in how many words, and what people chose."""
    chose = await played(process)

    effect = await shown(process)

    assert (effect.item.id, effect.token, effect.version) == (FIRST.id, TOKEN, 0)
    assert (effect.people, effect.reasons, effect.place, effect.waiting) == (1, ("Two are right.",), 1, 1)
    assert (effect.tried, effect.back, effect.on) == (2, "", "")
    counts = {answered.text: (answered.count, answered.right) for answered in effect.answers}
    assert counts[FIRST.option(OptionId(chose)).text] == (1, False)


async def test_several_wait_with_those_first_that_most_people_flagged(process: Process) -> None:
    """Each leads to its neighbours; a token of something else leads to the first."""
    await asking(process, "ben")
    for position in range(3):
        await process.say("ann", Close())
        await process.say("ann", Next())
        for who in ("cat", "dan", "eve")[: position + 1]:
            await process.say(who, Flag(question(position)))

    first = await shown(process, "aaaaaaaaaaaaa")
    second = await shown(process, first.on)
    third = await shown(process, second.on)

    assert [one.people for one in (first, second, third)] == [3, 2, 1]
    assert [one.place for one in (first, second, third)] == [1, 2, 3]
    assert (second.back, third.back, third.on) == (first.token, second.token, "")
    assert third.reasons == ()


async def test_only_organisers_review_and_only_in_a_group(process: Process) -> None:
    """Whatever is pressed, and however it was forged."""
    await played(process)
    refused = fx.CommandRefused(fx.Refusal.NOT_ORGANISER)

    assert await asked(process, ShowReviews(), organiser=False) == refused
    assert await asked(process, OpenReviewForm(TOKEN, 0), organiser=False) == refused
    forged = (await process.say("ben", DecideReview(TOKEN, 0, Verdict.VOID))).effects
    assert forged == (refused,)
    nowhere = replace(event("org", ShowReviews(), process.clock), workspace="", organiser=True)
    assert (await process.send(nowhere)).effects == (ReviewRefused(ReviewTrouble.NO_GROUP),)
    own = Event(OWN, HALL, DecideReview(TOKEN, 0, Verdict.VOID), process.clock.now())
    assert (await process.send(own)).effects == (ReviewRefused(ReviewTrouble.NO_GROUP),)


async def test_nothing_waits_when_nothing_was_flagged(process: Process) -> None:
    """Which is said, and what does not wait cannot be decided about."""
    assert await asked(process, ShowReviews()) == ReviewRefused(ReviewTrouble.NOTHING)
    assert await decide(process, Verdict.VOID) == ReviewRefused(ReviewTrouble.GONE)
    assert await asked(process, OpenReviewForm(TOKEN, 0)) == ReviewRefused(ReviewTrouble.GONE)


async def test_an_item_that_is_kept_waits_no_more_until_it_is_flagged_again(process: Process) -> None:
    """Whoever flagged it is told; nobody's points change and no channel hears of it."""
    await played(process)
    before = list(process.transport.posts)

    told = await decide(process, Verdict.KEPT)

    assert told == rx.ReviewDecided(Verdict.KEPT, FIRST.prompt, regraded=False, answers=0, changed=0, left=0)
    assert await asked(process, ShowReviews()) == ReviewRefused(ReviewTrouble.NOTHING)
    await process.deliverer.drain()
    (post,) = [post for post in process.transport.posts if post not in before]
    assert (post.to, post.place) == ("ben", HALL)
    process.clock.set(10)
    await process.say("cat", Flag(question(0)))
    assert (await shown(process)).version == 1
    assert await decide(process, Verdict.KEPT) == ReviewRefused(ReviewTrouble.DECIDED)
    again = await decide(process, Verdict.OFF, version=1)
    assert isinstance(again, rx.ReviewDecided)
    await process.deliverer.drain()
    assert [post.to for post in process.transport.posts if post not in before] == ["ben", "cat"]


async def test_an_item_that_is_off_is_not_asked_any_more(process: Process) -> None:
    """What was answered counts as it did."""
    await played(process)
    points = await process.store.standing(ROUND, 9)

    await decide(process, Verdict.OFF)

    await process.say("ann", starting(count=10), id_="next")
    record = await process.store.look(round_id("next"))
    assert record is not None
    assert FIRST.id not in {row.item for row in record.questions}
    assert await process.store.standing(ROUND, 9) == points


async def test_a_mended_key_regrades_and_tells_the_channel_and_those_whose_points_changed(
    process: Process,
) -> None:
    """The channel hears once what was mended; each concerned hears one line, with thanks for a flag."""
    chose = await played(process)
    before = len(process.transport.posts)

    told = await decide(process, Verdict.MENDED, mending_of(keyed(FIRST, chose)))

    assert told == rx.ReviewDecided(Verdict.MENDED, FIRST.prompt, regraded=True, answers=2, changed=1, left=0)
    standing = await process.store.standing(ROUND, 9)
    assert [(right, points > 100) for _, points, right in standing if right] == [(1, True)]
    await process.deliverer.drain()
    new = process.transport.posts[before:]
    assert [(post.to, post.place) for post in new] == [("", HALL), ("ben", HALL)]
    assert "1 changed" in new[0].view.alt
    assert "You had flagged it" in new[1].view.alt


async def test_the_next_round_asks_the_mended_item(process: Process) -> None:
    """In its new version, which later decisions know of; the pack itself is as it was."""
    chose = await played(process)
    await decide(process, Verdict.MENDED, replace(mending_of(keyed(FIRST, chose)), prompt="Which, really?"))

    await process.say("ann", starting(FIRST), id_="next")

    record = await process.store.look(round_id("next"))
    assert record is not None
    item = codec.QUESTION.decode(record.questions[0].body).item
    assert (item.prompt, item.key, item.version) == ("Which, really?", ChoiceKey((OptionId(chose),)), 1)
    assert record.questions[0].version == 1
    assert LIBRARY.decks[0].items[0] == FIRST


async def test_new_words_alone_regrade_nothing(process: Process) -> None:
    """Nobody but whoever flagged it is told."""
    await played(process)
    before = len(process.transport.posts)

    told = await decide(process, Verdict.MENDED, replace(mending_of(FIRST), explanation="Because."))

    assert isinstance(told, rx.ReviewDecided)
    assert (told.regraded, told.changed) == (False, 0)
    await process.deliverer.drain()
    assert [post.to for post in process.transport.posts[before:]] == ["ben"]


async def test_a_void_item_counts_for_nobody_for_ever(process: Process) -> None:
    """What was decided later changes what is asked, and nothing of what was void."""
    chose = await played(process)

    told = await decide(process, Verdict.VOID)

    assert isinstance(told, rx.ReviewDecided)
    assert (told.answers, told.changed) == (2, 2)
    standing = await process.store.standing(ROUND, 9)
    process.clock.set(60)
    await process.say("cat", Flag(question(0)))
    again = await decide(process, Verdict.MENDED, mending_of(keyed(FIRST, chose)), version=1)
    assert isinstance(again, rx.ReviewDecided)
    assert not again.regraded
    assert await process.store.standing(ROUND, 9) == standing


async def test_the_form_holds_the_item_and_says_what_is_wrong_with_what_was_typed(process: Process) -> None:
    """Nothing is written down until it can be taken."""
    await played(process)
    form = await asked(process, OpenReviewForm(TOKEN, 0))
    assert form == rx.ReviewFormOpened(TOKEN, 0, FIRST, mending_of(FIRST))

    bad = replace(mending_of(FIRST), prompt="")
    refused = await decide(process, Verdict.MENDED, bad)

    assert refused == rx.ReviewFormOpened(TOKEN, 0, FIRST, bad, Slip.NO_PROMPT)
    same = await decide(process, Verdict.MENDED, mending_of(FIRST))
    assert same == ReviewRefused(ReviewTrouble.SAME)
    assert await decide(process, Verdict.MENDED) == ReviewRefused(ReviewTrouble.NOT_MENDED)
    assert (await shown(process)).version == 0


async def test_of_two_organisers_at_once_the_second_hears_that_it_was_decided(process: Process) -> None:
    """One decision is written down, and one item is regraded once."""
    await played(process)
    both = [
        process.say("org", DecideReview(TOKEN, 0, Verdict.VOID), organiser=True),
        process.say("eve", DecideReview(TOKEN, 0, Verdict.OFF), organiser=True),
    ]

    first, second = await asyncio.gather(*both)

    assert isinstance(first.effects[0], rx.ReviewDecided)
    assert second.effects == (ReviewRefused(ReviewTrouble.DECIDED),)
    assert await asked(process, OpenReviewForm(TOKEN, 0)) == ReviewRefused(ReviewTrouble.DECIDED)


async def test_the_same_decision_twice_is_made_once(process: Process) -> None:
    """A platform may deliver a press again, before or after its item waits again."""
    await played(process)
    command = DecideReview(TOKEN, 0, Verdict.VOID)
    await process.say("org", command, id_="press", organiser=True)
    standing = await process.store.standing(ROUND, 9)

    again = await process.say("org", command, id_="press", organiser=True)

    assert again.effects in {(), (ReviewRefused(ReviewTrouble.DECIDED),)}
    assert await process.store.standing(ROUND, 9) == standing
    assert len(await process.store.amendments(GROUP)) == 1


async def test_an_open_round_is_looked_at_once_it_has_ended(process: Process) -> None:
    """Nothing of it changes before; then the planner does it within a minute, and once."""
    chose = await played(process, ends=False)
    told = await decide(process, Verdict.MENDED, mending_of(keyed(FIRST, chose)))
    assert isinstance(told, rx.ReviewDecided)
    assert (told.regraded, told.answers) == (True, 0)
    before = await process.store.standing(ROUND, 9)
    planner = planner_of(process)
    await planner.plan()
    assert await process.store.standing(ROUND, 9) == before

    await process.say("ann", Stop())
    await process.deliverer.drain()
    posts = len(process.transport.posts)
    await planner.plan()
    await planner.plan()

    assert await process.store.standing(ROUND, 9) != before
    assert await process.store.items_overdue(9) == []
    await process.deliverer.drain()
    assert [post.to for post in process.transport.posts[posts:]] == ["", "ben"]


def planner_of(process: Process) -> ReviewPlanner:
    """Return the planner of a process."""
    queue = EmbeddedQueue(process.clock)
    return ReviewPlanner(process.store, queue, process.clock, process.engine.reviews, process.engine.handle)


async def test_a_look_at_what_is_not_overdue_changes_nothing(process: Process) -> None:
    """As of an item that nobody has decided about, or that was looked at already."""
    await played(process)
    look = Event(
        OWN, Place("review", "1"), Regrade(), process.clock.now(), regarded=Regarded(GROUP, FIRST.id)
    )
    await process.send(look)
    await decide(process, Verdict.VOID)
    standing = await process.store.standing(ROUND, 9)

    await process.send(look)

    assert await process.store.standing(ROUND, 9) == standing
    assert (await process.send(replace(look, regarded=None))).effects == ()


async def test_a_question_of_the_day_that_is_void_breaks_nobodys_streak(process: Process) -> None:
    """They did answer that day; and the channel that is told is the one that people know."""
    await process.say("org", SetDaily(at=time(12, 1), zone="UTC", reveal=RevealAfter(1)), organiser=True)
    await process.pass_time(61)
    place = daily_place(HALL, schedule_id(HALL, "daily"))
    day = QuestionId(f"{daily_round(schedule_id(HALL, 'daily'), date(2026, 3, 1))}.0")
    command = replace(answer(0, process), question=day)
    await process.say("ann", command, place=HALL)
    await process.pass_time(4000)
    await process.say("ben", Flag(day, "Nonsense."))
    since = "2026-01-01"
    answered = await process.store.answered(GROUP, Account("web", "ann"), since)
    posts = len(process.transport.posts)
    token = (await shown(process)).token

    await process.say("org", DecideReview(token, 0, Verdict.VOID), organiser=True)

    assert await process.store.answered(GROUP, Account("web", "ann"), since) == answered == ["2026-03-01"]
    assert await process.store.items(GROUP, 0, 2**53, "@") == []
    await process.deliverer.drain()
    public = [post.place for post in process.transport.posts[posts:] if not post.to]
    assert public == [HALL]
    assert place != HALL


@pytest.mark.parametrize("decided", [0, 1])
async def test_an_item_that_the_strong_get_wrong_waits_by_itself(process: Process, decided: int) -> None:
    """Found by the daily look, with a reason in numbers, unless it was decided since."""
    suspicion = Suspicion(9, 7, OptionId("c"), 7)
    regarded = Regarded(GROUP, FIRST.id, suspicion)
    await played(process)
    if decided:
        await decide(process, Verdict.KEPT)
        await process.say("ann", starting(FIRST), id_="next")
    process.clock.set(100)
    await process.send(Event(OWN, Place("review", "1"), Suspect(), process.clock.now(), regarded=regarded))

    effect = await shown(process)

    assert effect.suspicion == suspicion
    assert effect.people == (0 if decided else 1)
    await decide(process, Verdict.KEPT, version=effect.version)
    assert await asked(process, ShowReviews()) == ReviewRefused(ReviewTrouble.NOTHING)


async def test_the_daily_look_finds_what_the_strong_choose_wrongly(process: Process) -> None:
    """From the attempts of the group: each learner's first, and the strength that the others show."""
    other = tuple(replace(FIRST, id=ItemId(f"pack/o{n}")) for n in range(20))
    process.library = Library((pack(deck(FIRST, *other)),))

    items = (*other, FIRST)
    people = [f"p{n}" for n in range(9)]
    settings = Settings(lobby_seconds=None, pause_seconds=None)
    await process.say("p0", starting(*items, settings=settings, count=21), id_="long")
    for who in people[1:]:
        await process.say(who, Join())
    await process.say("p0", Begin())
    record = await process.store.look(round_id("long"))
    assert record is not None
    questions = [codec.QUESTION.decode(row.body) for row in record.questions]
    for position, one in enumerate(questions):
        places = {str(FIRST.options[index].id): place for place, index in enumerate(one.order)}
        for number, who in enumerate(people):
            strong = position % 9 >= number
            wrong = "c" if number < 4 else "b"
            chosen = wrong if one.item.id == FIRST.id else ("b" if strong else "a")
            sent = SubmitAnswer(one.id, Picked((places[chosen],)), process.clock.now())
            await process.say(who, sent)
        await process.say("p0", Close())
        if position < 20:
            await process.say("p0", Next())
    planner = planner_of(process)

    await planner.handle(Job(SUSPECTS_KIND, "2026-03-01", process.clock.now(), {}))

    effect = await shown(process)
    assert (effect.item.id, effect.suspicion) == (FIRST.id, Suspicion(4, 4, OptionId("c"), 4))
