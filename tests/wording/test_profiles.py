"""Where a learner stands: ranks, streak, topics, and what to do next."""

from bot.core import effects as fx
from bot.core.ids import Topic
from bot.wording.plain import plain
from bot.wording.profiles import MOST_TOPICS
from bot.wording.render import view_of
from tests.wording.runs import drawn, tables
from tests.wording.samples import me


def said(effect: fx.MeShown) -> str:
    """Return the message as a transcript has it."""
    return view_of(effect).alt


def test_it_reads_from_the_ranks_to_what_to_do_next() -> None:
    """The weakest topic is named with what to type."""
    text = said(me())

    for sentence in (
        "2nd of 9",
        "11th of 40",
        "61 of 80 answers were right.",
        "You have answered the question of the day 5 days running; your longest streak had 12.",
        "Your freeze of this week has covered a day that you missed.",
        "Still open for you: the question of Sunday, 22 November.",
        "To work on Τίτλος, the topic that goes worst: /quiz play topic:2.1",
    ):
        assert sentence in text


def test_who_has_not_answered_anything_hears_how_to_begin() -> None:
    """No empty table, no streak of nothing."""
    effect = me(answers=0, right=0, days=0, best=0, todo=(), frozen=False, topics=(), marks=())

    assert (tables(view_of(effect)), drawn(view_of(effect))) == ([], [])
    assert "You have not answered anything yet: start a round with /quiz play." in said(effect)
    assert "streak" not in said(effect)


def test_a_topic_without_a_title_is_called_by_its_id() -> None:
    """A pack need not name its topics."""
    shown = me(topics=(fx.TopicLine(Topic("2.1"), 1, 9),))

    assert "To work on the topic that goes worst: /quiz play topic:2.1" in said(shown)
    assert "Topic | Right\n2.1 | 1/9" in said(shown)
    assert "Topic | Right\nΤίτλος | 3/9\n1.1 | 9/10" in said(me())


def test_streaks_are_told_with_their_plurals() -> None:
    """The longest one, the first day, and none just now."""
    assert "1 day running: your longest streak." in said(me(days=1, best=1))
    assert "12 days running: your longest streak." in said(me(days=12, best=12))
    assert "No streak of days just now; your longest had 12 days." in said(me(days=0))
    assert "your longest had 1 day." in said(me(days=0, best=1))


def test_who_is_not_ranked_has_a_dash() -> None:
    """This week somebody else answered."""
    (ranks, *_) = tables(view_of(me(week=fx.Rank(0, 9, 0))))

    assert [plain_cell for row in ranks.rows for plain_cell in map(str, row)][1].count("–") == 1


def test_the_weakest_topics_are_shown_and_a_good_one_is_not_recommended() -> None:
    """Of very many topics the weakest are kept."""
    many = tuple(fx.TopicLine(Topic(f"{n}"), n, 30) for n in range(20))

    assert len(tables(view_of(me(topics=many)))[-1].rows) == MOST_TOPICS
    assert "/quiz play" not in said(me(topics=(fx.TopicLine(Topic("1.1"), 9, 10),)))
    assert plain(()) == ""
