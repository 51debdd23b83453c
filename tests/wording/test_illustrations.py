"""Illustrations: pictures say what the message says, in words of the catalogue, and nothing else."""

from datetime import timedelta

import pytest
from pydantic import TypeAdapter

from bot.core import effects as fx
from bot.core.commands import RankedBy
from bot.core.streaks import Mark
from bot.wording.pictures import (
    AnswersPicture,
    BoardPicture,
    CalendarPicture,
    Figure,
    TopicBar,
    TopicsPicture,
)
from bot.wording.render import view_of
from bot.wording.views import Choices, Paragraph, Picture, Table, View
from tests.wording.runs import drawn
from tests.wording.samples import (
    DAY,
    ITEMS,
    MATCH,
    MULTIPLE,
    ORDER,
    TEXT,
    closed,
    day_closed,
    item,
    me,
    top,
    top_line,
)

TYPED = (fx.Tally(2, right=True, text="άλφα"), fx.Tally(1, right=False, text="<b> \u202eβ"))


def board(effect: fx.TopShown) -> BoardPicture:
    """Return the picture of a leaderboard."""
    (facts,) = drawn(view_of(effect))
    assert isinstance(facts, BoardPicture)
    return facts


def answers(effect: fx.QuestionClosed) -> AnswersPicture:
    """Return the picture of a reveal."""
    (facts,) = drawn(view_of(effect))
    assert isinstance(facts, AnswersPicture)
    return facts


def calendar(effect: fx.MeShown) -> CalendarPicture:
    """Return the calendar of a learner's days."""
    (facts,) = (facts for facts in drawn(view_of(effect)) if isinstance(facts, CalendarPicture))
    return facts


# --------------------------------------------------------------------------------------------- leaderboards


def test_a_leaderboard_is_a_picture_whose_text_is_the_table() -> None:
    """Title, dates and lines; who ranks first has the whole bar, and the reader's line is marked."""
    facts = board(top())

    assert (facts.title, facts.subtitle) == (
        view_of(top()).title,
        "Monday, 16 November to Sunday, 22 November",
    )
    assert (facts.earned, facts.mine) == ("Points", "you")
    assert [(line.rank, line.name, line.earned, line.medal, line.mine) for line in facts.lines] == [
        ("1", "Άδα", "1,000", 1, False),
        ("2", "Βίκη", "500", 2, True),
        ("3", "Γιώργος", "333", 3, False),
        ("4", "Δάφνη", "250", 0, False),
    ]
    assert [line.share for line in facts.lines] == [1, 0.5, 0.333, 0.25]
    (picture,) = (block for block in view_of(top()).blocks if isinstance(block, Picture))
    assert [type(block) for block in picture.text] == [Paragraph, Table]


def test_the_alt_of_a_leaderboard_says_every_line() -> None:
    """With what is left out, and which line is the reader's."""
    own = top_line(40, "Βίκη", mine=True)
    shown = top(lines=(top_line(1), top_line(2, "Δάφνη")), near=(own,), own=own, listed=40, page=1, pages=4)

    assert board(shown).alt.split("\n") == [
        "Leaderboard of this group · this week",
        "Monday, 16 November to Sunday, 22 November",
        "Page 1 of 4",
        "1st: Άδα, 1,000 Points",
        "2nd: Δάφνη, 500 Points",
        "…",
        "40th: Βίκη (you), 25 Points",
    ]
    assert [line.gap for line in board(shown).lines] == [False, False, True]


@pytest.mark.parametrize(
    "by, column, earned, shares",
    [
        (RankedBy.POINTS, "Points", ["1,000", "500"], [1, 0.5]),
        (RankedBy.ACCURACY, "Accuracy", ["80.0%", "40.0%"], [1, 0.5]),
        (RankedBy.IMPROVEMENT, "Gain", ["+20.0%", "+5.0%"], [1, 0.25]),
    ],
)
def test_bars_are_as_long_as_what_is_ranked_by(
    by: RankedBy, column: str, earned: list[str], shares: list[float]
) -> None:
    """By the best line that is shown, which is not the leader's on every page."""
    lines = (top_line(1, share=0.8, gain=0.2), top_line(2, share=0.4, gain=0.05))
    facts = board(top(by=by, lines=lines, near=(), own=None))

    assert facts.earned == column
    assert [line.earned for line in facts.lines] == earned
    assert [line.share for line in facts.lines] == pytest.approx(shares)


def test_nobody_s_bar_has_a_length_where_nobody_has_anything() -> None:
    """Points are none, or fewer."""
    lines = tuple(top_line(1, points=points) for points in (0, -5))

    assert [line.share for line in board(top(lines=lines, near=(), own=None)).lines] == [0, 0]


def test_the_message_says_everything_once() -> None:
    """A listener hears the table, and not the picture's own words beside it."""
    alt = view_of(top()).alt

    assert alt.count("Monday, 16 November") == 1
    assert alt.count("Δάφνη") == 1


def test_an_empty_leaderboard_is_no_picture() -> None:
    """There is a sentence with what to do."""
    assert drawn(view_of(top(lines=(), near=(), own=None, listed=0))) == []


def test_a_name_is_cleaned_before_it_is_drawn() -> None:
    """An override in it must not turn the line round, and who has none is somebody."""
    lines = (top_line(1, "\u202eκακός\n\x07"), top_line(2, " "), top_line(3, "Ω" * 200))
    names = [line.name for line in board(top(lines=lines, near=(), own=None)).lines]

    assert names == ["κακός", "Somebody", "Ω" * 79 + "…"]


# -------------------------------------------------------------------------------------------------- answers


def test_the_reveal_of_a_day_shows_how_the_answers_fell() -> None:
    """Each option with how many chose it, in hundredths of those who answered."""
    facts = answers(day_closed())

    assert (facts.title, facts.subtitle, facts.right) == ("Ποιο είναι σωστό;", "3 answers", "right answer")
    assert [(bar.letter, bar.text, bar.count, bar.percent, bar.right) for bar in facts.bars] == [
        ("A", "άλφα", "1 learner", "33%", False),
        ("B", "βήτα", "2 learners", "67%", True),
        ("C", "γάμμα", "0 learners", "0%", False),
    ]
    assert [bar.share for bar in facts.bars] == pytest.approx([1 / 3, 2 / 3, 0])
    assert facts.alt.split("\n") == [
        "Ποιο είναι σωστό;",
        "3 answers",
        "A. άλφα: 33%, 1 learner",
        "B. βήτα: 67%, 2 learners, right",
        "C. γάμμα: 0%, 0 learners",
    ]


def test_options_stand_in_the_order_in_which_they_were_shown() -> None:
    """The author's order is nobody's business, in a picture neither."""
    tallies = (fx.Tally(0, right=False, position=0), fx.Tally(2, right=False, position=1))
    shown = day_closed(order=(2, 0, 1), tallies=(*tallies, fx.Tally(1, right=True, position=2)))

    assert [bar.text for bar in answers(shown).bars] == ["γάμμα", "άλφα", "βήτα"]


def test_the_options_stay_readable_with_what_they_teach() -> None:
    """Below the picture, whole, without their counts: those are told once."""
    (choices,) = (block for block in view_of(day_closed()).blocks if isinstance(block, Choices))

    assert [choice.letter for choice in choices.choices] == ["A", "B", "C"]
    assert [bool(choice.feedback) for choice in choices.choices] == [True, True, False]
    assert {(choice.count, choice.of) for choice in choices.choices} == {(None, None)}
    assert view_of(day_closed()).alt.count("How many chose each: A 1, B 2 and C 0, of 3.") == 1


def test_of_several_right_options_each_has_its_share_of_those_who_answered() -> None:
    """Together they are more than all, because each may choose several."""
    facts = answers(day_closed(MULTIPLE, answered=2))

    assert [(bar.percent, bar.right) for bar in facts.bars] == [
        ("50%", True),
        ("100%", False),
        ("0%", True),
    ]


@pytest.mark.parametrize(
    "count, of, percent", [(1, 200, "1%"), (1, 201, "0%"), (199, 200, "99%"), (1, 1, "100%")]
)
def test_a_share_is_all_only_where_it_is_all(count: int, of: int, percent: str) -> None:
    """Rounded to hundredths, but one wrong answer of two hundred is seen."""
    tallies = (fx.Tally(count, right=True, position=0),)

    assert answers(day_closed(tallies=tallies, answered=of)).bars[0].percent == percent


def test_what_was_typed_has_no_letters_and_what_is_not_shown_is_counted() -> None:
    """The text of the picture is the table with all of it."""
    shown = day_closed(TEXT, tallies=TYPED, answered=5)
    facts = answers(shown)

    assert [(bar.letter, bar.text, bar.percent) for bar in facts.bars] == [
        ("", "άλφα", "40%"),
        ("", "<b> β", "20%"),
    ]
    assert facts.note == "2 more answers, all different or rare"
    assert "“άλφα”: 40%, 2 learners, right" in facts.alt
    (picture,) = (block for block in view_of(shown).blocks if isinstance(block, Picture))
    assert [type(block) for block in picture.text] == [Table]
    assert answers(day_closed(TEXT, tallies=TYPED, answered=4)).note == "1 more answer, different"
    assert answers(day_closed(TEXT, tallies=TYPED)).note == ""


def test_where_nothing_was_right_there_is_no_sign_to_explain() -> None:
    """A legend without its sign would be a riddle."""
    assert answers(day_closed(TEXT, tallies=TYPED[1:])).right == ""


@pytest.mark.parametrize(
    "shown",
    [
        day_closed(answered=0, right=0, right_names=()),
        day_closed(TEXT, answered=0, right=0, tallies=()),
        day_closed(ORDER),
        day_closed(MATCH),
        closed(),
        closed(TEXT, tallies=TYPED),
    ],
)
def test_nothing_is_drawn_where_nothing_was_counted(shown: fx.QuestionClosed) -> None:
    """Nobody answered, or there are no counts; reveals of a round stay as they are."""
    assert drawn(view_of(shown)) == []


def test_where_nobody_answered_no_option_has_a_count() -> None:
    """None of none is no news."""
    shown = view_of(day_closed(answered=0, right=0, right_names=(), tallies=()))
    (choices,) = (block for block in shown.blocks if isinstance(block, Choices))

    assert {choice.count for choice in choices.choices} == {None}


def test_a_prompt_of_many_lines_heads_the_picture_on_one() -> None:
    """Code and lists included; the rest of a very long one is left out."""
    prompt = "Τι *κάνει*;\n\n```\nα = β\n```\n\n" + "γ" * 300

    title = answers(day_closed(item(prompt=prompt, options=ITEMS[0].options))).title

    assert title.startswith("Τι κάνει; α = β γγγ")
    assert len(title) == 200


# ----------------------------------------------------------------------------------------------------- days


def test_the_calendar_begins_with_the_first_day_that_had_a_question() -> None:
    """It ends today, and says the streaks in large."""
    facts = calendar(me())

    assert (facts.first, facts.last) == (DAY - timedelta(days=20), DAY)
    assert facts.marks == me().marks
    assert facts.figures == (
        Figure("5", "days running"),
        Figure("12", "your longest"),
        Figure("13", "days answered"),
    )
    assert facts.note == "This week's freeze is used"
    assert calendar(me(frozen=False)).note == "This week's freeze is not used yet"
    assert calendar(me(days=0)).note == ""
    assert (facts.months[:2], facts.weekdays[:2]) == (("Jan", "Feb"), ("Mon", "Tue"))


def test_the_calendar_s_alt_counts_its_days() -> None:
    """What the squares show, in numbers; the text says it too, and once."""
    counted = (
        "From Monday, 2 November to Sunday, 22 November: "
        "13 answered, 2 kept by a freeze, 1 missed and 1 still open."
    )

    assert counted in calendar(me()).alt
    assert "5 days running; your longest streak had 12." in calendar(me()).alt
    assert view_of(me()).alt.count(counted) == 1


def test_half_a_year_is_shown_at_most() -> None:
    """Twenty-six weeks from Monday on, this one included."""
    marks = tuple((DAY - timedelta(days=back), Mark.ANSWERED) for back in reversed(range(400)))
    facts = calendar(me(marks=marks))

    assert facts.first == DAY - timedelta(days=6, weeks=25)
    assert len(facts.marks) == 26 * 7


def test_a_day_that_is_tomorrow_here_is_shown() -> None:
    """A channel's schedule may be of another zone than the group."""
    tomorrow = DAY + timedelta(days=1)

    assert calendar(me(marks=(*me().marks, (tomorrow, Mark.OPEN)))).last == tomorrow


def test_only_signs_that_are_there_are_explained() -> None:
    """A dot is a day without a question, and one before the learner came."""
    everyday = tuple((DAY - timedelta(days=back), Mark.ANSWERED) for back in reversed(range(5)))

    assert [mark for mark, _ in calendar(me()).legend] == [
        Mark.ANSWERED,
        Mark.FROZEN,
        Mark.MISSED,
        Mark.OPEN,
        None,
    ]
    assert calendar(me(marks=everyday)).legend == ((Mark.ANSWERED, "answered"),)
    assert calendar(me(marks=everyday[1:2] + everyday[3:])).legend[-1] == (None, "no question for you")
    assert calendar(me(marks=((DAY, Mark.BEFORE), *everyday))).legend[-1][0] is None


@pytest.mark.parametrize(
    "shown", [me(best=0, days=0), me(marks=()), me(marks=((DAY - timedelta(weeks=60), Mark.ANSWERED),))]
)
def test_without_days_to_show_there_is_no_calendar(shown: fx.MeShown) -> None:
    """Streaks are told in words all the same."""
    assert [type(facts) for facts in drawn(view_of(shown))] == [TopicsPicture]
    assert ("longest" in view_of(shown).alt) == bool(shown.best)


# --------------------------------------------------------------------------------------------------- topics


def test_topics_are_bars_with_their_titles() -> None:
    """How much was right, of how many answers."""
    (_, facts) = drawn(view_of(me()))

    assert isinstance(facts, TopicsPicture)
    assert facts.bars == (
        TopicBar("Τίτλος", "33%", "9 answers", 1 / 3),
        TopicBar("1.1", "90%", "10 answers", 0.9),
    )
    assert facts.alt.split("\n")[2:] == ["Τίτλος: 33% of 9 answers", "1.1: 90% of 10 answers"]


# ------------------------------------------------------------------------------------------------ both ways


@pytest.mark.parametrize("effect", [top(), day_closed(), day_closed(TEXT, tallies=TYPED), me()])
def test_a_picture_survives_json(effect: fx.Effect) -> None:
    """The log of a chat keeps views."""
    views = TypeAdapter(View)
    view = view_of(effect)

    assert drawn(view) != []
    assert views.validate_json(views.dump_json(view)) == view
