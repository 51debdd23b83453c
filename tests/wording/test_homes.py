"""All that concerns a learner at a glance: what is open, their answers, where they stand, what comes."""

from datetime import timedelta

import pytest

from bot.core import effects as fx
from bot.core.commands import ShowTop
from bot.core.items import Kind
from bot.wording.actions import decode
from bot.wording.homes import LONGEST_ANSWER
from bot.wording.plain import plain
from bot.wording.render import view_of
from bot.wording.views import Bullets, Button, ChannelName, Moment, Strong
from tests.wording.runs import drawn, runs
from tests.wording.samples import NOON, OWN, coming, home, me, open_day, open_round

NOTHING = me(answers=0, right=0, days=0, best=0, todo=(), frozen=False, topics=(), marks=())


def said(effect: fx.HomeShown) -> str:
    """Return the message as a transcript has it."""
    return plain(view_of(effect).blocks)


def channels(effect: fx.HomeShown) -> list[str]:
    """Return the channels that are named, in order."""
    leads = [run for run in runs(view_of(effect)) if isinstance(run, Strong)]
    return [run.id for lead in leads for run in lead.children if isinstance(run, ChannelName)]


def test_it_reads_from_what_is_open_to_what_comes() -> None:
    """Answers are said back with their letters and words."""
    text = said(home())
    sentences = (
        "Open now",
        "Round · Σεισμοί, in #γενικά",
        "Question 2 of 5 is open.",
        "Your answer: B. άλφα βήτα",
        "You can change it until the question closes.",
        "Question of the day · Sunday, 22 November, in #γενικά",
        "Your answer: B. άλφα βήτα",
        "when the right one is shown.",
        "You in this group",
        "2nd of 9",
        "61 of 80 answers were right.",
        "You have answered the question of the day 5 days running; your longest streak had 12.",
        "Coming up",
        "Question of the day, in #γενικά",
        "Every day at 09:00, Europe/Berlin. Next: ",
        "Recap of the week, in #γενικά",
        "Friday at 18:00, Europe/Berlin. Next: ",
    )
    places = [text.find(sentence) for sentence in dict.fromkeys(sentences)]

    assert -1 not in places
    assert places == sorted(places)


def test_it_has_no_pictures_and_repeats_nothing_that_is_open() -> None:
    """The calendar and what is left to do stand elsewhere."""
    shown = home(me=me(todo=(open_day().day,)))

    assert drawn(view_of(shown)) == []
    assert "Still open for you" not in said(shown)


def test_who_has_nothing_yet_is_welcomed_and_hears_how_to_begin() -> None:
    """One line, and nothing to press."""
    view = view_of(home(rounds=(), days=(), coming=(), me=NOTHING))

    assert plain(view.blocks) == (
        "Welcome! Nothing is open here yet. Type /quiz play in a channel to start a round, "
        "or let an organiser set a question of the day there: /quiz daily set 9:00 zone:berlin"
    )
    assert view.controls == ()


@pytest.mark.parametrize("shown", [home(rounds=(), days=(), coming=()), home(rounds=(), days=(), me=NOTHING)])
def test_where_nothing_is_open_a_round_is_offered(shown: fx.HomeShown) -> None:
    """What there is besides follows."""
    text = said(shown)

    assert text.startswith("Nothing is open for you just now. /quiz play in a channel starts a round.")
    assert "Open now" not in text


def test_who_has_answered_nothing_that_counts_yet_has_no_ranks() -> None:
    """Their first answer is in a question that is still open: it is a streak already."""
    first = me(answers=0, right=0, days=1, best=1, todo=(), frozen=False, topics=(), marks=())

    assert "1 day running" in said(home(me=first))
    assert "All time" not in said(home(me=first))
    assert "You in this group" not in said(home(me=NOTHING))


def test_a_question_that_waits_says_until_when() -> None:
    """By the reader's own clock; without a clock it says that it waits."""
    waiting = home(days=(open_day(answer=None),), rounds=())

    assert "You have not answered yet: it is open until Tuesday, 5 May, 12:00 UTC." in said(waiting)
    assert NOON in [run.at for run in runs(view_of(waiting)) if isinstance(run, Moment)]
    assert "You have not answered yet." in said(home(days=(open_day(answer=None, until=None),)))


@pytest.mark.parametrize(
    "until, more, sentence",
    [
        (NOON, True, "You can change it until Tuesday, 5 May, 12:00 UTC, when the right one is shown."),
        (NOON, False, "It stays as it is. The right one is shown: Tuesday, 5 May, 12:00 UTC"),
        (None, True, "You can change it until the question closes."),
        (None, False, "It stays as it is."),
    ],
)
def test_an_answer_says_whether_it_stands(until: object, more: object, sentence: str) -> None:
    """And when the right one is shown, where that is known."""
    answer = fx.OwnAnswer(Kind.SINGLE_CHOICE, ("A",), ("άλφα",), more=bool(more))

    assert sentence in said(home(rounds=(), days=(open_day(until=until, answer=answer),)))


@pytest.mark.parametrize(
    "answer, words",
    [
        (fx.OwnAnswer(Kind.TRUE_FALSE, ("A",), ("άλφα",)), "A. άλφα"),
        (fx.OwnAnswer(Kind.MULTIPLE_RESPONSE, ("A", "C"), ("άλφα", "`γάμμα`")), "A. άλφα and C. γάμμα"),
        (fx.OwnAnswer(Kind.ORDERING, ("C", "A", "B")), "C, A, B"),
        (fx.OwnAnswer(Kind.MATCHING, ("B", "A")), "B, A"),
        (fx.OwnAnswer(Kind.NUMERIC, ("12.5",)), "“12.5”"),
        (fx.OwnAnswer(Kind.FILL_IN, ("άλφα", "βή\nτα")), "“άλφα”, “βή τα”"),
    ],
)
def test_an_answer_is_said_as_its_sender_knows_it(answer: fx.OwnAnswer, words: str) -> None:
    """Letters and texts of options, or what was typed."""
    assert f"Your answer: {words}\n" in said(home(rounds=(), days=(open_day(answer=answer),)))


@pytest.mark.parametrize(
    "answer",
    [
        fx.OwnAnswer(Kind.FREE_TEXT, ("ω" * 20_000,)),
        fx.OwnAnswer(Kind.SINGLE_CHOICE, ("A",), ("ω" * 2_000,)),
    ],
)
def test_of_a_long_answer_the_beginning_is_said_back(answer: fx.OwnAnswer) -> None:
    """A glance is short."""
    assert said(home(days=(open_day(answer=answer),))).count("ω") == LONGEST_ANSWER - 1


@pytest.mark.parametrize(
    "one, sentences",
    [
        (open_round(stage=fx.Stage.LOBBY, number=0, answer=None), ["You are in; it has not begun yet."]),
        (open_round(stage=fx.Stage.PAUSED, number=0, answer=None), ["Paused before its first question."]),
        (open_round(answer=None), ["Question 2 of 5 is open.", "You have not answered yet."]),
        (open_round(stage=fx.Stage.REVEALED, answer=None), ["The answer to question 2 of 5 is shown."]),
        (open_round(stage=fx.Stage.PAUSED), ["Paused at question 2 of 5.", "Your answer: B. άλφα βήτα"]),
        (open_round(later=True, answer=None), ["You play from the next question on."]),
        (open_round(title="", stage=fx.Stage.REVEALED, answer=None), ["Round · Mixed questions, in #γενικά"]),
    ],
)
def test_a_round_says_where_it_is(one: fx.OpenRound, sentences: list[str]) -> None:
    """And what is asked of the reader now, if anything is."""
    text = said(home(rounds=(one,), days=(), coming=(), me=NOTHING))

    assert [sentence for sentence in sentences if sentence not in text] == []
    assert ("You have not answered yet." in text) == (sentences[-1] == "You have not answered yet.")


def test_places_are_named_as_the_reader_can_find_them() -> None:
    """A channel of their platform, their own place, another platform that we know, and one that we do not."""
    spots = (
        fx.Spot("γενικά"),
        fx.Spot(),
        *(fx.Spot(platform=one) for one in ("discord", "slack", "web", "ξ")),
    )
    shown = home(rounds=tuple(open_round(spot=spot) for spot in spots), days=(), coming=())
    text = said(shown)

    for where in (
        "in #γενικά",
        "in your private channel",
        "on Discord",
        "on Slack",
        "in the web chat",
        "on another platform",
    ):
        assert f"Round · Σεισμοί, {where}" in text
    assert channels(shown) == ["γενικά"]


def test_a_schedule_that_was_named_has_its_name() -> None:
    """Where it is open and where it comes."""
    text = said(home(days=(open_day(name="πρωί"),), coming=(coming(name="πρωί"),)))

    assert "Question of the day “πρωί” · Sunday, 22 November, in #γενικά" in text
    assert "Question of the day “πρωί”, in #γενικά" in text
    assert "“daily”" not in said(home())
    assert "“recap”" not in said(home())


def test_what_is_left_out_is_counted() -> None:
    """With what shows the rest, where anything does."""
    assert "And 1 more question of the day." in said(home(days_left=1))
    assert "And 12 more questions of the day." in said(home(days_left=12))
    assert "And 12 more: type /quiz daily show in the channel." in said(home(coming_left=12))
    assert "more" not in said(home(me=NOTHING))


def test_each_post_tells_its_moment_by_the_readers_clock() -> None:
    """And by that of the group's zone."""
    shown = home(rounds=(), days=())

    assert [run.at for run in runs(view_of(shown)) if isinstance(run, Moment)] == [
        NOON + timedelta(days=1)
    ] * 2


def test_the_leaderboard_is_a_press_away_for_who_may_be_on_it() -> None:
    """Of the group, this week; without actions there is none."""
    (button,) = view_of(home()).controls
    assert isinstance(button, Button)
    pressed = decode(button.action, picked=None, typed=None, at=NOON)

    assert pressed is not None
    assert pressed.intent == ShowTop()
    assert view_of(home(), actions=False).controls == ()


def test_each_thing_is_an_item_of_a_list() -> None:
    """Three parts are easily told apart."""
    view = view_of(home(rounds=(open_round(), open_round()), days=(open_day(answer=OWN),)))

    assert [len(block.items) for block in view.blocks if isinstance(block, Bullets)] == [3, 2]
