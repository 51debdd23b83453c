"""A reveal says what was right and why, how the group did, and what follows."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.core import effects as fx
from bot.core.commands import Join, Mode, Next, ShowMine
from bot.core.items import BlanksKey, Item, Source, TextKey
from bot.wording.actions import encode
from bot.wording.markup import blocks_of
from bot.wording.plain import plain
from bot.wording.render import view_of
from bot.wording.views import Bullets, Choice, Choices, Countdown, Link, Mark, Paragraph, Table, Text, Tone
from tests.wording.samples import (
    ALL_POINTS,
    EXACT,
    ITEMS,
    LATER,
    MATCH,
    MULTIPLE,
    NOON,
    NUMERIC,
    ONE_BLANK,
    ORDER,
    PERCENT,
    POINT,
    POINTS,
    QUESTION,
    RED,
    ROUND,
    SINGLE,
    TEXT,
    TRUE_FALSE,
    TWO_BLANKS,
    closed,
    item,
    skipped,
)

NEXT, MINE, JOIN = encode(Next(QUESTION), ROUND), encode(ShowMine(QUESTION), ROUND), encode(Join(), ROUND)


def actions(effect: fx.Effect) -> list[str]:
    """Return what the buttons of *effect* send."""
    return [control.action for control in view_of(effect).controls]


def test_a_reveal_reads_from_title_to_buttons() -> None:
    """The whole message, as a transcript has it."""
    view = view_of(closed())

    assert view.tone is Tone.REVEAL
    assert plain(view).split("\n\n") == [
        "Question 2 of 5: the answer",
        "Right answer: B",
        "✗ A. άλφα (1/3)\n     γιατί άλφα\n✓ B. βήτα (2/3)\n     γιατί βήτα\nC. γάμμα (0/3)",
        "Επειδή έτσι.",
        "2 of 3 right: Άδα and Βίκη.",
        "Fastest: Άδα, in 2.4 seconds.",
        "In front\nPlace | Name | Points | Now\n1 | Άδα | 320 | +120\n2 | Βίκη | 100 | +0",
        "0:30 to the next question",
        "Source: Πηγή (https://1.2/3)",
        "[Next]\n[My answer]\n[Join]",
    ]


def test_each_option_has_its_mark_its_count_and_feedback_where_it_teaches() -> None:
    """Feedback of the right option and of each that somebody chose; the others stay short."""
    (choices,) = [block for block in view_of(closed()).blocks if isinstance(block, Choices)]

    assert choices.choices == (
        Choice("A", blocks_of("**άλφα**"), Mark.WRONG, 1, 3, blocks_of("γιατί άλφα")),
        Choice("B", blocks_of("βήτα"), Mark.RIGHT, 2, 3, blocks_of("γιατί βήτα")),
        Choice("C", blocks_of("γάμμα"), Mark.NONE, 0, 3),
    )


def test_options_keep_the_letters_that_they_were_shown_under() -> None:
    """The author's order is nobody's business."""
    tallies = (fx.Tally(0, right=False, position=0), fx.Tally(2, right=False, position=1))
    view = view_of(closed(order=(2, 0, 1), tallies=(*tallies, fx.Tally(1, right=True, position=2))))

    assert "Right answer: C\n\nA. γάμμα (0/3)\n✗ B. άλφα (2/3)" in plain(view)


def test_several_right_options_are_named_together() -> None:
    """Also those that nobody chose."""
    assert "Right answers: A and C" in plain(view_of(closed(MULTIPLE)))


@pytest.mark.parametrize(
    "of, said",
    [
        (TRUE_FALSE, "Right answer: B"),
        (ONE_BLANK, "Right answer: άλφα\n\nAlso right: αα."),
        (TWO_BLANKS, "Right answers:\n\n• Blank 1: άλφα\n\n  Also right: αα.\n• Blank 2: βήτα"),
        (NUMERIC, "Right answer: 12.50 μμ\n\nAnything within 0.5 μμ of it is right."),
        (PERCENT, "Right answer: 100\n\nAnything within 5 % of it is right."),
        (EXACT, "Right answer: 7\n\nΕπειδή"),
        (TEXT, "Right answer: άλφα\n\nΕπειδή"),
        (POINTS, "Right answer: άλφα\n\nA good answer says at least 1 of these:\n\n• λέει άλφα"),
        (ALL_POINTS, "A good answer says all of this:\n\n• λέει άλφα\n• λέει άλφα"),
        (item(key=TextKey((), (POINT,), need=1)), "A good answer says this:\n\n• λέει άλφα"),
        (item(key=TextKey(("άλφα", "βήτα", "γάμμα"))), "Also right: βήτα and γάμμα."),
        (item(key=TextKey()), "answer\n\nΕπειδή"),
        (item(key=BlanksKey(())), "Right answers:\n\nΕπειδή"),
        (ORDER, "The right order:\n\n1. γάμμα\n2. άλφα\n3. βήτα"),
        (MATCH, "The right pairs:\nFor | Right\nένα | βήτα\nδύο | άλφα"),
    ],
)
def test_each_kind_of_key_is_said_in_words(of: Item, said: str) -> None:
    """What is accepted beside the first is said too."""
    assert said in plain(view_of(closed(of)))


def test_what_was_typed_is_tallied_with_whether_it_was_right() -> None:
    """The commonest texts as they were counted; nobody is named."""
    tallies = (fx.Tally(2, right=True, text="άλφα"), fx.Tally(1, right=False, text="<b> \u202eβ"))
    tables = [block for block in view_of(closed(TEXT, tallies=tallies)).blocks if isinstance(block, Table)]

    assert tables[0].header == ("Answer", "Times", "Right?")
    assert tables[0].caption == "What was answered"
    assert tables[0].rows == (
        ((Text("άλφα"),), (Text("2"),), (Text("yes"),)),
        ((Text("<b> β"),), (Text("1"),), (Text("no"),)),
    )


@pytest.mark.parametrize(
    "changes, said",
    [
        ({"answered": 0, "right": 0}, ["Nobody answered."]),
        ({"answered": 1, "right": 0}, ["1 answered, and it was not right."]),
        ({"answered": 3, "right": 0}, ["3 answered, and nobody was right."]),
        ({"right": 2, "joined": 2}, ["Everybody was right: Άδα and Βίκη."]),
        ({"right": 1, "joined": 1, "right_names": ("Άδα",)}, ["1 of 1 right: Άδα."]),
        ({"right": 14, "joined": 20}, ["14 of 20 right: Άδα, Βίκη and 12 others."]),
        (
            {"mode": Mode.FIRST, "winner": "Βίκη", "right": 1, "right_names": ("Βίκη",)},
            ["Βίκη takes it.", "1 of 3 right: Βίκη."],
        ),
        (
            {"mode": Mode.TEAMS, "teams": (RED,), "top": ()},
            ["Teams\nPlace | Team | Mean points\n1 | Team 1 | 200"],
        ),
    ],
)
def test_how_the_group_did_is_said(changes: dict[str, object], said: list[str]) -> None:
    """Names for those who were right, counts for the others."""
    text = plain(view_of(closed(**changes)))

    assert [sentence for sentence in said if sentence not in text] == []


@pytest.mark.parametrize(
    "changes",
    [
        {"right": 1, "right_names": ("Άδα",)},
        {"mode": Mode.RELAXED},
        {"fastest_ms": None},
        {"right_names": ()},
        {"scored": False},
    ],
)
def test_nobody_is_the_fastest_where_there_was_no_race(changes: dict[str, object]) -> None:
    """Alone, without a clock or without points it means nothing."""
    assert "Fastest" not in plain(view_of(closed(**changes)))


@pytest.mark.parametrize(
    "changes, said, buttons",
    [
        ({}, "0:30 to the next question", [NEXT, MINE, JOIN]),
        ({"next_at": None}, "The next question comes when the host moves on.", [NEXT, MINE, JOIN]),
        ({"next_at": None, "scored": False}, "Press Next for the next question.", [NEXT, MINE]),
        ({"last": True}, "0:30 to the podium", [NEXT, MINE]),
        ({"last": True, "next_at": None}, "The podium comes when the host moves on.", [NEXT, MINE]),
        ({"last": True, "next_at": None, "scored": False}, "That was the last question.", [MINE]),
    ],
)
def test_what_follows_is_said_and_can_be_pressed(
    changes: dict[str, object], said: str, buttons: list[str]
) -> None:
    """By itself, or on somebody's word."""
    assert said in plain(view_of(closed(**changes)))
    assert actions(closed(**changes)) == buttons


@pytest.mark.parametrize(
    "changes, buttons",
    [
        ({}, [NEXT, JOIN]),
        ({"next_at": None}, [NEXT, JOIN]),
        ({"last": True}, [NEXT]),
        ({"last": True, "next_at": None}, [NEXT]),
        ({"scored": False}, [NEXT]),
        ({"last": True, "scored": False}, []),
    ],
)
def test_a_skipped_question_is_shown_with_its_answer_and_without_counts(
    changes: dict[str, object], buttons: list[str]
) -> None:
    """It counts for nobody, so nobody has an answer to look at."""
    view = view_of(skipped(**changes))

    assert "This question was skipped and counts for nobody." in plain(view)
    assert "Right answer: B\n\nA. άλφα\n✓ B. βήτα\n     γιατί βήτα\nC. γάμμα\n\nΕπειδή" in plain(view)
    assert [control.action for control in view.controls] == buttons


@pytest.mark.parametrize(
    "changes, said",
    [
        ({}, "You had it right this time."),
        ({"right": 0}, "Not right this time either."),
        ({"right": 0, "answered": 0}, "You did not answer this one."),
    ],
)
def test_a_redo_speaks_to_its_one_reader_and_has_no_standing(changes: dict[str, object], said: str) -> None:
    """Nothing was scored."""
    text = plain(view_of(closed(scored=False, **changes)))

    assert said in text
    assert "In front" not in text


@pytest.mark.parametrize("of", ITEMS, ids=lambda of: of.kind.value)
def test_without_actions_there_are_no_buttons(of: Item) -> None:
    """The words are the same."""
    for effect in (closed(of), skipped(of)):
        assert view_of(effect, actions=False).controls == ()
        assert view_of(effect, actions=False).alt == view_of(effect).alt


def test_sources_are_quiet_links_and_not_in_the_alt() -> None:
    """Who wants to read on can; a listener is spared the address."""
    sources = (Source("Ένα", "https://1.2"), Source("Δύο", "javascript:3"))
    view = view_of(closed(replace(SINGLE, sources=sources)))

    assert view.blocks[-1] == Paragraph(
        (Text("Sources:"), Text(" "), Link((Text("Ένα"),), "https://1.2"), Text(" · "), Text("Δύο")),
        quiet=True,
    )
    assert "https" not in view.alt


def test_the_clock_runs_to_what_follows() -> None:
    """From the moment the question closed; a message of an earlier version has none, and no length then."""
    assert Countdown(NOON, LATER, "to the next question") in view_of(closed()).blocks
    assert Countdown(LATER, LATER, "to the next question") in view_of(closed(closed_at=None)).blocks
    assert Countdown(NOON, LATER, "to the podium") in view_of(skipped(last=True)).blocks


@pytest.mark.parametrize("last, label", [(False, "Next"), (True, "See the podium")])
def test_what_the_first_button_says_is_what_comes(last: bool, label: str) -> None:  # noqa: FBT001
    """After the last question there is no next."""
    assert view_of(closed(last=last)).controls[0].label == label


@pytest.mark.parametrize(
    "reveal, state, buttons",
    [
        (closed(), fx.RevealState.WAITING, [NEXT, MINE, JOIN]),
        (closed(), fx.RevealState.PAUSED, [MINE, JOIN]),
        (closed(), fx.RevealState.OVER, [MINE]),
        (closed(last=True), fx.RevealState.OVER, [MINE]),
        (skipped(), fx.RevealState.PAUSED, [JOIN]),
        (skipped(), fx.RevealState.OVER, []),
    ],
)
def test_a_reveal_offers_what_can_still_be_done(
    reveal: fx.Reveal, state: fx.RevealState, buttons: list[str]
) -> None:
    """Paused, people may come in; once the round has moved on, an own answer can still be looked at."""
    assert actions(fx.RevealChanged(reveal, state)) == buttons


@pytest.mark.parametrize("of", ITEMS, ids=lambda of: of.kind.value)
@pytest.mark.parametrize("make", [closed, skipped])
def test_a_reveal_that_is_over_is_the_same_without_its_clock(
    make: Callable[[Item], fx.Reveal], of: Item
) -> None:
    """Nothing is lost, and nothing in it still says that something is to come."""
    first, over = (view_of(effect) for effect in (make(of), fx.RevealChanged(make(of), fx.RevealState.OVER)))

    assert over.blocks == tuple(block for block in first.blocks if not isinstance(block, Countdown))
    assert (over.tone, over.title) == (first.tone, first.title)
    waiting = fx.RevealChanged(replace(make(of), next_at=None), fx.RevealState.OVER)
    assert view_of(waiting) == over


def test_a_paused_reveal_says_so_instead_of_its_clock() -> None:
    """The clock stands still."""
    view = view_of(fx.RevealChanged(closed(next_at=None), fx.RevealState.PAUSED))

    assert "The round is paused." in plain(view)
    assert not any(isinstance(block, Countdown) for block in view.blocks)


def test_pairs_stand_as_they_were_shown() -> None:
    """Not as the author wrote them."""
    assert "ένα | βήτα\nδύο | άλφα" in plain(view_of(closed(MATCH)))
    assert "δύο | άλφα\nένα | βήτα" in plain(view_of(closed(MATCH, stem_order=(1, 0))))


def test_an_order_is_a_numbered_list() -> None:
    """The first stands first."""
    lists = [block for block in view_of(closed(ORDER)).blocks if isinstance(block, Bullets)]

    assert lists == [Bullets((blocks_of("γάμμα"), blocks_of("**άλφα**"), blocks_of("βήτα")), start=1)]
