"""Leaderboards: who leads, where the reader stands, and the way to the other pages."""

from datetime import date

import pytest

from bot.core.commands import RankedBy, Scope, ShowTop, Since
from bot.core.effects import BoardLine, TopShown
from bot.core.ids import Topic
from bot.wording.actions import top_action
from bot.wording.plain import plain
from bot.wording.render import view_of
from bot.wording.views import Button, Strong, Table, Text, Tone
from tests.wording.runs import tables
from tests.wording.samples import DAY, top, top_line


def table(effect: TopShown) -> Table:
    """Return the table of a leaderboard."""
    (found,) = tables(view_of(effect))
    return found


def ranks(effect: TopShown) -> list[str]:
    """Return what stands in the column of ranks, without medals, the reader's own marked."""
    shown = table(effect)
    column = [plain_cell.text.split()[-1] for (plain_cell,) in (row[0] for row in shown.rows)]  # type: ignore[union-attr]  # texts
    return [f"*{rank}" if place in (shown.mine or ()) else rank for place, rank in enumerate(column)]


def lines(*ranks_: int, mine: int = 0) -> tuple[BoardLine, ...]:
    """Return lines with these ranks, each of somebody else; *mine* is the reader's."""
    return tuple(
        top_line(rank, f"Ν{place}", points=1000 - 10 * rank, mine=rank == mine)
        for place, rank in enumerate(ranks_, ranks_[0] if ranks_ else 0)
    )


def test_a_leaderboard_reads_from_its_title_to_the_reader_s_own_place() -> None:
    """The whole message, as a transcript has it."""
    view = view_of(top())

    assert view.tone is Tone.PODIUM
    assert plain(view).split("\n\n") == [
        "Leaderboard of this group · this week",
        "Monday, 16 November to Sunday, 22 November",
        (
            "Place | Name | Points\n🥇 1 | Άδα | 1,000\n🥈 2 | Βίκη | 500\n🥉 3 | Γιώργος | 333\n"
            "4 | Δάφνη | 250"
        ),
        "You are 2nd of 4, with 500 points.",
    ]
    assert view.alt == plain(view)
    assert view.controls == ()


def test_the_reader_s_own_row_stands_out() -> None:
    """For who sees it, and for a transport that has its own way to mark it."""
    shown = table(top())

    assert shown.mine == (1,)
    assert shown.rows[1][1] == (Strong((Text("Βίκη"),)),)
    assert shown.rows[0][1] == (Text("Άδα"),)
    assert shown.align == ("right", "left", "right")


def test_by_accuracy_the_share_stands_beside_what_was_right() -> None:
    """Rounded down, and with a word on why it is less than the plain share."""
    own = top_line(1, mine=True, right=1, answers=1)
    view = view_of(
        top(by=RankedBy.ACCURACY, lines=(own, top_line(2, "Βίκη")), own=own, near=(own,), listed=2)
    )
    text = plain(view)

    assert "Place | Name | Accuracy | Right\n🥇 1 | Άδα | 30.0% | 1/1\n🥈 2 | Βίκη | 30.0% | 3/4" in text
    assert "You are 1st of 2, with an accuracy of 30.0% (1 of 1 answer right)." in text
    assert "careful estimate" in text
    assert "careful estimate" not in view.alt
    assert "(3 of 4 answers right)" in plain(view_of(top(by=RankedBy.ACCURACY)))


@pytest.mark.parametrize(
    "scope, since, topic, title",
    [
        (Scope.CHANNEL, Since.MONTH, "", "Leaderboard of this channel · this month"),
        (Scope.GROUP, Since.DAY, "", "Leaderboard of this group · today"),
        (Scope.EVERYWHERE, Since.ALL, "", "Leaderboard of everybody · all time"),
        (Scope.GROUP, Since.ALL, "1.1", "Leaderboard of this group · topic 1.1 · all time"),
    ],
)
def test_the_title_says_whose_and_of_which_time(scope: Scope, since: Since, topic: str, title: str) -> None:
    """And on what, where it is about one topic."""
    assert view_of(top(scope=scope, since=since, topic=Topic(topic))).title == title


@pytest.mark.parametrize(
    "first, last, said",
    [
        (DAY, DAY, "Sunday, 22 November"),
        (date(2026, 11, 1), date(2026, 11, 30), "Sunday, 1 November to Monday, 30 November"),
    ],
)
def test_the_dates_of_the_period_are_said(first: date, last: date, said: str) -> None:
    """One, or from one to the other."""
    assert plain(view_of(top(first=first, last=last))).split("\n\n")[1] == said


def test_all_time_has_no_dates() -> None:
    """There is no first and no last."""
    for first, last in ((None, None), (None, DAY), (DAY, None)):
        assert "November" not in plain(view_of(top(first=first, last=last)))


def test_ties_share_a_rank_a_medal_and_a_sentence() -> None:
    """The next rank counts them all."""
    own = top_line(1, "Βίκη", mine=True)
    text = plain(
        view_of(top(lines=(top_line(1), own, top_line(3, "Γιώργος")), own=own, near=(own,), listed=3))
    )

    assert "🥇 1 | Άδα | 1,000\n🥇 1 | Βίκη | 1,000\n🥉 3 | Γιώργος | 333" in text
    assert "You share 1st place of 3, with 1,000 points." in text


# ------------------------------------------------------------------------------- the reader's own neighbours


@pytest.mark.parametrize(
    "page, near, own, expected",
    [
        ((1, 2, 3), (1, 2, 3), 2, ["1", "*2", "3"]),
        ((1, 2, 3), (6, 7, 8), 7, ["1", "2", "3", "…", "6", "*7", "8"]),
        ((1, 2, 3), (2, 3, 4, 5), 4, ["1", "2", "3", "*4", "5"]),
        ((7, 8, 9), (1, 2, 3), 2, ["1", "*2", "3", "…", "7", "8", "9"]),
        ((4, 5, 6), (1, 2, 3, 4, 5), 3, ["1", "2", "*3", "4", "5", "6"]),
        ((1, 2, 4), (1, 2, 3, 4), 3, ["1", "2", "*3", "4"]),
        ((), (1,), 1, ["*1"]),
    ],
)
def test_the_reader_and_their_neighbours_are_always_there(
    page: tuple[int, ...], near: tuple[int, ...], own: int, expected: list[str]
) -> None:
    """In the page, next to it, or after a gap; nobody twice. Who hides stands where they would be."""
    around = lines(*near, mine=own)
    me = next(line for line in around if line.mine)
    everybody = {line.rank: line for line in (*lines(*page), *around)}
    shown = top(lines=tuple(everybody[rank] for rank in page), near=around, own=me, listed=40)

    if own == 3 and page == (1, 2, 4):
        shown = top(lines=lines(1, 2, 4), near=(*lines(2), me, *lines(3)), own=me, listed=40)
    assert ranks(shown) == expected


def test_what_is_left_out_is_a_row_of_its_own() -> None:
    """As wide as the others."""
    own = top_line(40, mine=True)
    for by, empty in ((RankedBy.POINTS, 2), (RankedBy.ACCURACY, 3)):
        shown = table(top(by=by, lines=(top_line(1),), near=(own,), own=own, listed=40))
        assert shown.rows[1] == ((Text("…"),), *(((Text(""),),) * empty))
        assert shown.mine == (2,)


def test_the_place_of_who_hides_alone_is_one_of_one() -> None:
    """Nobody else is counted, and they are."""
    own = top_line(1, mine=True)

    assert "You are 1st of 1, with" in plain(view_of(top(lines=(), near=(own,), own=own, listed=0)))


# ---------------------------------------------------------------------------------------- nobody, and not yet


@pytest.mark.parametrize(
    "since, said",
    [
        (Since.DAY, "Nobody has answered today: start a round with /quiz play and be the first."),
        (Since.WEEK, "Nobody has answered this week: start a round with /quiz play and be the first."),
        (Since.MONTH, "Nobody has answered this month: start a round with /quiz play and be the first."),
        (Since.ALL, "Nobody has answered yet: start a round with /quiz play and be the first."),
    ],
)
def test_an_empty_leaderboard_is_one_sentence_with_what_to_do(since: Since, said: str) -> None:
    """And no table."""
    view = view_of(top(since=since, first=None, last=None, lines=(), near=(), own=None, listed=0, lacking=1))

    assert plain(view.blocks) == said
    assert view.controls == ()


def test_an_empty_leaderboard_by_accuracy_says_how_many_answers_it_takes() -> None:
    """Answers may have been given, but not enough."""
    nobody = top(by=RankedBy.ACCURACY, lines=(), near=(), own=None, listed=0, lacking=10)

    assert plain(view_of(nobody).blocks[1:]).split("\n\n") == [
        "Nobody has answered enough to be ranked by accuracy: start a round with /quiz play.",
        "Answer 10 more questions to be ranked by accuracy.",
    ]


@pytest.mark.parametrize(
    "by, lacking, said",
    [
        (RankedBy.ACCURACY, 3, "Answer 3 more questions to be ranked by accuracy."),
        (RankedBy.ACCURACY, 1, "Answer 1 more question to be ranked by accuracy."),
        (RankedBy.POINTS, 1, "Answer 1 question to be ranked too."),
        (RankedBy.POINTS, 2, "Answer 2 questions to be ranked too."),
    ],
)
def test_who_is_not_ranked_is_told_what_is_lacking(by: RankedBy, lacking: int, said: str) -> None:
    """At the end, after all the others."""
    shown = top(by=by, lines=lines(1, 2), near=(), own=None, lacking=lacking)

    assert view_of(shown).alt.endswith(said)
    assert "to be ranked" not in view_of(top(by=by, lines=lines(1, 2), near=(), own=None)).alt


# ---------------------------------------------------------------------------------------------------- pages


def turn(page: int, label: str, pages: int = 3) -> Button:
    """Return the button for *page*."""
    return Button(top_action(ShowTop(page=page)), label, f"Show page {page} of {pages}")


@pytest.mark.parametrize(
    "page, buttons",
    [
        (1, (turn(2, "Next"),)),
        (2, (turn(1, "Previous"), turn(3, "Next"))),
        (3, (turn(2, "Previous"),)),
    ],
)
def test_there_is_a_button_for_the_page_before_and_after(page: int, buttons: tuple[Button, ...]) -> None:
    """And a word on where the reader is."""
    view = view_of(top(page=page, pages=3))

    assert view.controls == buttons
    assert f"Page {page} of 3" in view.alt
    assert view_of(top(page=page, pages=3), actions=False).controls == ()


def test_the_next_page_is_of_the_same_leaderboard() -> None:
    """Scope, time, order and topic stay."""
    by_topic = top(since=Since.ALL, by=RankedBy.ACCURACY, topic=Topic("1.1"), pages=2)
    channel = top(scope=Scope.CHANNEL, since=Since.MONTH, pages=2)

    assert [control.action for control in view_of(by_topic).controls] == ["t:gaa:2:1.1"]
    assert [control.action for control in view_of(channel).controls] == ["t:cmp:2"]


def test_a_page_that_no_button_can_ask_for_has_none() -> None:
    """A button that showed another leaderboard would be worse."""
    assert view_of(top(topic=Topic("φως"), since=Since.ALL, pages=2)).controls == ()


def test_a_board_of_improvement_says_by_how_much() -> None:
    """With what the number means."""
    rows = (
        top_line(1, gain=0.2345, right=9, answers=10),
        top_line(2, "Βίκη", gain=0.05, right=5, answers=9, mine=True),
    )
    shown = top(by=RankedBy.IMPROVEMENT, lines=rows, near=rows, own=rows[1], listed=2)

    text = plain(view_of(shown)).split("\n\n")

    assert text[2] == "Place | Name | Gain | Right\n🥇 1 | Άδα | +23.4% | 9/10\n🥈 2 | Βίκη | +5.0% | 5/9"
    assert text[3].startswith(
        "Gain is by how much the share of right answers has grown since the time before"
    )
    assert text[4] == "You are 2nd of 2, with a gain of +5.0%."


@pytest.mark.parametrize(
    "lacking, said",
    [
        (1, "Answer 1 more question to be compared with the time before."),
        (3, "Answer 3 more questions to be compared with the time before."),
    ],
)
def test_who_cannot_be_compared_yet_is_told_what_is_lacking(lacking: int, said: str) -> None:
    """Also where nobody else can be."""
    shown = top(by=RankedBy.IMPROVEMENT, lines=(), near=(), own=None, listed=0, lacking=lacking)

    assert plain(view_of(shown)).split("\n\n")[2:] == [
        "Nobody has answered enough in both times and got better: there is room at the top.",
        said,
    ]


def test_a_board_of_a_season_names_it_its_years_and_the_others() -> None:
    """The archive is one command away, and its pages keep to it."""
    shown = top(
        since=Since.SEASON, season="Άνοιξη", season_id="2026-11-16", others=("Χειμώνας", "Θέρος"), pages=3
    )

    view = view_of(shown)

    assert view.title == "Leaderboard of this group · Άνοιξη"
    text = plain(view).split("\n\n")
    assert text[1] == "16 November 2026 to 22 November 2026"
    assert 'Other seasons: Χειμώνας and Θέρος. See one with /quiz top season:"Χειμώνας"' in text
    (turn,) = view.controls
    assert isinstance(turn, Button)
    following = ShowTop(since=Since.SEASON, page=2, season="2026-11-16")
    assert turn.action == top_action(following)


def test_a_topic_is_called_by_its_title() -> None:
    """With its id, which is what is typed."""
    view = view_of(top(topic=Topic("1.1"), topic_title="Τίτλος", since=Since.ALL, first=None, last=None))

    assert view.title == "Leaderboard of this group · Τίτλος (1.1) · all time"
