"""The text behind a button leads back to what was meant, and nothing else leads anywhere."""

from datetime import UTC, datetime
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.commands import (
    Begin,
    Close,
    DrawRequest,
    Flag,
    Join,
    Leave,
    Next,
    Pause,
    RankedBy,
    Redo,
    Resume,
    Scope,
    ShowMine,
    ShowMissed,
    ShowTop,
    Since,
    Skip,
    StartRound,
    Stop,
    SubmitAnswer,
)
from bot.core.ids import QuestionId, RoundId, Topic
from bot.core.items import Difficulty
from bot.core.responses import Picked, Sent, Typed
from bot.wording.actions import (
    LONGEST_TYPED,
    MOST_PICKED,
    MOST_TYPED,
    Pressable,
    Pressed,
    answer_action,
    decode,
    encode,
    play_action,
    top_action,
)

NOON = datetime(2026, 5, 5, 12, tzinfo=UTC)
ROUND = RoundId("2abcdefghij7z")
QUESTION = QuestionId(f"{ROUND}.12")
COMMANDS: tuple[Pressable, ...] = (
    Join(),
    Leave(),
    Begin(),
    Pause(),
    Resume(),
    Stop(),
    Close(),
    Close(QUESTION),
    Next(),
    Next(QUESTION),
    Skip(),
    Skip(QUESTION),
    ShowMine(QUESTION),
    ShowMissed(ROUND),
    Redo(ROUND),
    Flag(QUESTION),
    Flag(),
)


def test_every_command_that_a_button_can_mean_is_tried() -> None:
    """A new one must be tried too."""
    assert {type(command) for command in COMMANDS} == set(get_args(Pressable))


@pytest.mark.parametrize("command", COMMANDS, ids=repr)
def test_an_action_leads_back_to_its_command_and_its_round(command: Pressable) -> None:
    """What was put on the button comes back, whatever else came with the press."""
    action = encode(command, ROUND)

    assert len(action) <= 100
    assert decode(action, picked=None, typed=None, at=NOON) == Pressed(command, ROUND)
    assert decode(action, picked=(1,), typed=("x",), at=NOON) == Pressed(command, ROUND)


def test_no_two_commands_have_the_same_action() -> None:
    """One action, one meaning."""
    assert len({encode(command, ROUND) for command in COMMANDS}) == len(COMMANDS)


@pytest.mark.parametrize(
    "position, picked, typed, sent",
    [
        (2, None, None, Picked((2,))),
        (0, (1,), None, Picked((0,))),
        (None, (), None, Picked(())),
        (None, (2, 0, 1), None, Picked((2, 0, 1))),
        (None, (2,), ("x",), Picked((2,))),
        (None, None, ("a", ""), Typed(("a", ""))),
    ],
)
def test_an_answer_comes_with_its_button_its_positions_or_its_texts(
    position: int | None, picked: tuple[int, ...] | None, typed: tuple[str, ...] | None, sent: Sent
) -> None:
    """The time of the answer is the time of the press."""
    pressed = decode(answer_action(QUESTION, position), picked=picked, typed=typed, at=NOON)

    assert pressed == Pressed(SubmitAnswer(QUESTION, sent, NOON), ROUND)


@pytest.mark.parametrize(
    "action",
    [
        "",
        "j",
        "j:",
        ":x",
        "J:x",
        "jj:x",
        "x:round",
        "j:round ",
        "j:round\n",
        "j:ro und",
        "j:röund",
        "j:round.1",
        "w:round.1",
        "m:round",
        "a:round",
        "c:round.1234",
        "c:round.x",
        "c:round.",
        "c:round.١",
        "c:round.1:2",
        "f:round.1:2",
        "a:round.1:100",
        "a:round.1:-1",
        "a:round.1:x",
        "j:" + "x" * 41,
        "j:" + "x" * 400,
    ],
)
def test_a_malformed_action_means_nothing(action: str) -> None:
    """Anybody may send anything."""
    assert decode(action, picked=(0,), typed=None, at=NOON) is None


@pytest.mark.parametrize(
    "picked, typed",
    [
        (None, None),
        ((0,) * (MOST_PICKED + 1), None),
        (None, ("x",) * (MOST_TYPED + 1)),
        (None, ("x" * (LONGEST_TYPED + 1),)),
    ],
)
def test_an_answer_without_values_or_with_too_many_means_nothing(
    picked: tuple[int, ...] | None, typed: tuple[str, ...] | None
) -> None:
    """What no control of ours would send is not looked at."""
    assert decode(answer_action(QUESTION), picked=picked, typed=typed, at=NOON) is None


@given(
    st.one_of(st.text(), st.from_regex(r"[a-z]:[a-z0-9]{1,13}(\.[0-9]{1,4})?(:[0-9]{1,3})?", fullmatch=True)),
    st.one_of(st.none(), st.lists(st.integers()).map(tuple)),
    st.one_of(st.none(), st.lists(st.text()).map(tuple)),
)
def test_no_action_raises(action: str, picked: tuple[int, ...] | None, typed: tuple[str, ...] | None) -> None:
    """It means something or nothing."""
    pressed = decode(action, picked=picked, typed=typed, at=NOON)

    assert pressed is None or pressed.round is None or action[2:].startswith(pressed.round)


@given(st.from_regex(r"[a-z2-7]{13}", fullmatch=True), st.integers(0, 999))
def test_every_action_fits_a_hundred_characters(round_: str, position: int) -> None:
    """The tightest transport allows no more."""
    question = QuestionId(f"{round_}.{position}")

    assert all(
        len(encode(c, RoundId(round_))) <= 100 for c in (Join(), Close(question), Redo(RoundId(round_)))
    )
    assert len(answer_action(question, 25)) <= 100


def test_the_round_of_a_day_is_named_in_an_action_as_any_other() -> None:
    """Its id has a date in it, and the longest one still fits."""
    for name in ("abc-2026-11-22", f"{'z' * 20}-2026-11-22"):
        round_, question = RoundId(name), QuestionId(f"{name}.0")
        answered = decode(answer_action(question, 2), picked=None, typed=None, at=NOON)
        shown = decode(encode(ShowMine(question), round_), picked=None, typed=None, at=NOON)

        assert answered == Pressed(SubmitAnswer(question, Picked((2,)), NOON), round_)
        assert shown == Pressed(ShowMine(question), round_)
        assert len(answer_action(question, 25)) <= 100


# ------------------------------------------------------------------------------------------- leaderboards


def pressed_top(action: str) -> Pressed | None:
    """Return what a press of a button without anything else means."""
    return decode(action, picked=None, typed=None, at=NOON)


@given(
    st.builds(
        ShowTop,
        st.sampled_from(Scope),
        st.sampled_from(Since),
        st.sampled_from(RankedBy),
        st.one_of(st.just(Topic("")), st.text(max_size=90).map(Topic), st.just(Topic("first light"))),
        st.integers(-1, 12_000),
    )
)
def test_the_action_of_a_leaderboard_leads_back_to_it_or_there_is_none(command: ShowTop) -> None:
    """It belongs to no round, and fits a hundred characters."""
    action = top_action(command)

    assert len(action) <= 100
    assert pressed_top(action) == (Pressed(command, None) if action else None)


@pytest.mark.parametrize(
    "command, action",
    [
        (ShowTop(), "t:gwp:1"),
        (ShowTop(Scope.CHANNEL, Since.MONTH, RankedBy.ACCURACY, page=12), "t:cma:12"),
        (ShowTop(Scope.EVERYWHERE, Since.DAY), "t:edp:1"),
        (ShowTop(since=Since.ALL, topic=Topic("1.1"), page=2), "t:gap:2:1.1"),
        (ShowTop(since=Since.ALL, topic=Topic("first light")), "t:gap:1:first light"),
        (ShowTop(topic=Topic("x" * 80)), f"t:gwp:1:{'x' * 80}"),
        (ShowTop(topic=Topic("x" * 81)), ""),
        (ShowTop(topic=Topic("φως")), ""),
        (ShowTop(topic=Topic("a:b")), ""),
        (ShowTop(topic=Topic(" a")), ""),
        (ShowTop(page=9_999), "t:gwp:9999"),
        (ShowTop(page=10_000), ""),
        (ShowTop(page=0), ""),
    ],
)
def test_a_leaderboard_that_cannot_be_said_has_no_action(command: ShowTop, action: str) -> None:
    """No button is better than one that shows something else."""
    assert top_action(command) == action


@pytest.mark.parametrize(
    "action",
    [
        "t:",
        "t:gwp",
        "t:gwp:",
        "t:gwp:0",
        "t:gwp:01",
        "t:gwp:-1",
        "t:gwp:١",
        "t:gwp:10000",
        "t:gwp:1:",
        "t:gwp:1: x",
        "t:gwp:1:x ",
        "t:gwp:1:x\n",
        "t:gwp:1:x\x00",
        "t:gwp:1:x:y",
        "t:gwp:1\n",
        "t:xwp:1",
        "t:gxp:1",
        "t:gwx:1",
        "t:round",
        "t:round.1",
        "T:gwp:1",
        "t:gwp:1:" + "x" * 400,
    ],
)
def test_a_malformed_leaderboard_means_nothing(action: str) -> None:
    """Anybody may send anything."""
    assert pressed_top(action) is None


# ------------------------------------------------------------------------------------- rounds on some topics


TOPICS = st.lists(st.from_regex(r"[a-z0-9][a-z0-9 .-]{0,18}[a-z0-9]", fullmatch=True), min_size=1, max_size=6)


@given(st.integers(1, 50), TOPICS)
def test_a_button_starts_the_round_that_it_names_or_there_is_none(count: int, topics: list[str]) -> None:
    """Topics that do not fit are never left out in silence."""
    request = DrawRequest(count, topics=tuple(Topic(topic) for topic in topics))

    action = play_action(request)

    if action:
        assert len(action) <= 100
        assert decode(action, picked=None, typed=None, at=NOON) == Pressed(StartRound(request), None)
    else:
        assert len(",".join(topics)) > 90


@pytest.mark.parametrize(
    "request_",
    [
        DrawRequest(5),
        DrawRequest(5, topics=(Topic("α"),)),
        DrawRequest(5, topics=(Topic("a,b"),)),
        DrawRequest(100, topics=(Topic("1.1"),)),
        DrawRequest(5, topics=(Topic("1.1"),), difficulties=(Difficulty.HARD,)),
    ],
)
def test_what_an_action_cannot_say_has_none(request_: DrawRequest) -> None:
    """It would start another round than was meant."""
    assert play_action(request_) == ""


@pytest.mark.parametrize("action", ["y:5:", "y:0:1.1", "y:5", "y:5:a,,b", "y:5: a", "y:555:a", "y::a"])
def test_a_malformed_round_on_topics_means_nothing(action: str) -> None:
    """Anybody may send anything."""
    assert decode(action, picked=None, typed=None, at=NOON) is None


def test_a_page_of_a_season_is_named_by_its_id() -> None:
    """Where a topic would stand."""
    command = ShowTop(since=Since.SEASON, by=RankedBy.IMPROVEMENT, page=3, season="2026-11-16")

    assert top_action(command) == "t:gsi:3:2026-11-16"
    assert pressed_top(top_action(command)) == Pressed(command, None)
