"""The week of a group as it is read."""

from dataclasses import replace

import pytest

from bot.core import effects as fx
from bot.core.commands import DrawRequest, StartRound
from bot.core.ids import PackId, Topic
from bot.wording.actions import LONGEST_ACTION, decode
from bot.wording.plain import plain
from bot.wording.render import view_of
from bot.wording.views import Button, Tone
from tests.wording.samples import DAY, NOON, SINGLE, recap


def test_a_recap_reads_from_the_standing_to_what_is_to_be_worked_on() -> None:
    """The whole message, as a transcript has it."""
    view = view_of(recap())

    assert view.tone is Tone.PODIUM
    assert plain(view).split("\n\n") == [
        "The week up to Sunday, 22 November",
        "3 learners gave 12 answers; 7 of them right.",
        "Place | Name | Points\n🥇 1 | Άδα | 900\n🥈 2 | Βίκη | 500",
        "The group's streak: 5 days, its longest.",
        "Most improved",
        "• Άδα: from 50% to 83% right",
        "The hardest question",
        "Ποιο είναι σωστό;",
        "• άλφα\n• βήτα\n• γάμμα",
        "Right answer: βήτα",
        "Επειδή έτσι.",
        "1 of 4 answers were right.",
        "Source: Πηγή (https://1.2/3)",
        "To work on",
        "• Τίτλος (topic 1.1): 3 of 8 right\n• Topic 2.3: 1 of 4 right",
        "[Play these topics]",
    ]


def test_a_week_without_answers_says_so_and_nothing_more() -> None:
    """And how the next one can be another."""
    empty = recap(answers=0, right=0, listed=0, lines=(), improved=(), hardest=None, weak=(), days=0, best=0)

    view = view_of(empty)

    assert plain(view).split("\n\n")[1:] == [
        "Nobody answered a question this week. Start a round with /quiz play."
    ]
    assert view.controls == ()


@pytest.mark.parametrize(
    "changes, said",
    [
        ({"learners": 1, "answers": 1, "right": 0}, "1 learner gave 1 answer; 0 of them right."),
        ({"listed": 3}, "and 1 other; see /quiz top."),
        ({"listed": 1_204}, "and 1,202 others; see /quiz top."),
        ({"days": 3, "best": 12}, "The group's streak: 3 days. Its longest had 12."),
        ({"hardest": fx.Hardest(SINGLE, 0, 3)}, "3 answers, and none was right."),
        ({"weak": (fx.WeakTopic(Topic("2.3"), "", 0, 3),)}, "• Topic 2.3: 0 of 3 right"),
    ],
)
def test_a_recap_says_how_it_was(changes: dict[str, object], said: str) -> None:
    """In one sentence each."""
    assert said in plain(view_of(recap(**changes))).split("\n\n")


def test_what_there_is_not_is_not_spoken_of() -> None:
    """No streak of one day, nobody who improved, nothing that was hard or weak."""
    text = plain(view_of(recap(days=1, improved=(), hardest=None, weak=())))

    assert [word for word in ("streak", "improved", "hardest", "work on") if word in text] == []


def test_where_all_hide_there_is_no_standing() -> None:
    """They are counted all the same."""
    text = plain(view_of(recap(lines=(), listed=0, learners=2, improved=())))

    assert "2 learners gave 12 answers; 7 of them right." in text
    assert "Place | Name" not in text


def test_the_button_starts_a_round_on_the_weak_topics() -> None:
    """On all of them."""
    (button,) = view_of(recap()).controls
    assert isinstance(button, Button)

    pressed = decode(button.action, picked=None, typed=None, at=NOON)

    assert pressed is not None
    assert pressed.intent == StartRound(DrawRequest(5, topics=(Topic("1.1"), Topic("2.3"))))
    assert pressed.round is None
    assert button.hint == "Start a round here on Τίτλος and 2.3"
    assert view_of(recap(), actions=False).controls == ()


def test_a_button_names_as_many_topics_as_it_can() -> None:
    """The weakest come first, so they are in it; a topic that no action can name has no button."""
    long_ = tuple(fx.WeakTopic(Topic(f"{n}" * 40), "", 0, 3) for n in range(3))

    (button,) = view_of(recap(weak=long_)).controls
    none = view_of(recap(weak=(fx.WeakTopic(Topic("α"), "", 0, 3),)))

    assert isinstance(button, Button)
    assert len(button.action) <= LONGEST_ACTION
    assert button.action.count(",") == 1
    assert none.controls == ()


def test_a_case_study_is_told_with_its_scenario() -> None:
    """Its question alone could not be understood."""
    of = replace(SINGLE, scenario="Μια φορά.")

    text = plain(view_of(recap(hardest=fx.Hardest(of, 1, 4)))).split("\n\n")

    assert text[text.index("The hardest question") + 1] == "> Μια φορά."


def test_a_round_on_weak_topics_stays_within_one_pack() -> None:
    """That of the weakest: topics of two packs may have one id."""
    weak = tuple(
        fx.WeakTopic(Topic(topic), "", 0, 3, PackId(pack))
        for topic, pack in (("1.1", "π"), ("1.1", "ρ"), ("2.2", "π"))
    )

    (button,) = view_of(recap(weak=weak)).controls

    assert isinstance(button, Button)
    assert button.action == "y:5:1.1,2.2"


def test_who_set_a_recap_hears_of_its_trouble_in_its_own_words() -> None:
    """Not as of a question."""
    skipped = plain(view_of(fx.DaysSkipped("recap", "UTC", DAY, DAY, 1, recap=True)))
    paused = plain(view_of(fx.SchedulePaused("recap", "γενικά", "Όχι", recap=True)))

    assert skipped.split("\n\n") == [
        "Recap skipped",
        "The recap of Sunday, 22 November was too late to be posted. The next one comes at its hour.",
    ]
    assert paused.startswith("Recap paused\n\nThree recaps in a row could not be posted in")
