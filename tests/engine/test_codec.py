"""Stored forms: what is written is read again as it was, and nothing is guessed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import effects as fx
from bot.core.announcements import question_closed, question_skipped
from bot.core.commands import Close, Mode, Pause, Settings, Stop, Tick
from bot.core.errors import StoreError
from bot.core.ids import ItemId, LearnerId, OptionId, QuestionId, Topic
from bot.core.items import (
    Blank,
    BlanksKey,
    ChoiceKey,
    Difficulty,
    Item,
    Kind,
    MatchKey,
    NumberKey,
    OrderKey,
    Point,
    Source,
    TextKey,
)
from bot.core.questions import Question
from bot.core.responses import Chosen, Picked, Typed
from bot.core.scoring import Points
from bot.core.states import Answer, Attempt, Held, Participant
from bot.engine.codec import (
    ATTEMPT,
    HEAD,
    PARTICIPANT,
    QUESTION,
    ROUND,
    decode_effect,
    encode_effect,
    from_ms,
    to_ms,
    to_ms_after,
    with_questions,
)
from bot.engine.identities import new_channel, new_learner, number, round_id
from bot.records import Account
from bot.records import Place as Where
from tests.core.builders import ANN, BEN, EVERY_KIND, SEVERAL, B, asking, begin, question, right_answer

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
IDS = st.text("abc", min_size=1, max_size=3)
DECIMALS = st.decimals(-1000, 1000, allow_nan=False, places=3)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
KEYS = st.one_of(
    st.builds(ChoiceKey, st.lists(IDS.map(OptionId)).map(tuple)),
    st.builds(BlanksKey, st.lists(st.builds(Blank, st.lists(TEXTS).map(tuple), st.booleans())).map(tuple)),
    st.builds(
        NumberKey,
        DECIMALS,
        DECIMALS,
        st.booleans(),
        TEXTS,
        st.lists(st.tuples(TEXTS, DECIMALS)).map(tuple),
        st.booleans(),
    ),
    st.builds(
        TextKey,
        st.lists(TEXTS).map(tuple),
        st.lists(st.builds(Point, TEXTS, st.lists(TEXTS).map(tuple))).map(tuple),
        st.integers(0, 5),
        st.booleans(),
    ),
    st.builds(OrderKey, st.lists(IDS.map(OptionId)).map(tuple)),
    st.builds(MatchKey, st.lists(st.tuples(IDS, IDS)).map(tuple)),
)
ITEMS = st.builds(
    Item,
    id=IDS.map(ItemId),
    deck=IDS,
    kind=st.sampled_from(Kind),
    prompt=TEXTS,
    key=KEYS,
    topic=IDS.map(Topic),
    difficulty=st.sampled_from(Difficulty),
    explanation=TEXTS,
    sources=st.lists(st.builds(Source, TEXTS, TEXTS), max_size=2).map(tuple),
    valid_until=st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    case=st.none() | IDS.map(ItemId),
    seconds=st.none() | st.integers(5, 600),
)
RESPONSES = st.one_of(
    st.builds(Chosen, st.lists(IDS.map(OptionId)).map(tuple)), st.builds(Typed, st.lists(TEXTS).map(tuple))
)
ANSWERS = st.builds(
    Answer,
    position=st.integers(0, 49),
    response=RESPONSES,
    at=MOMENTS,
    sent_at=MOMENTS,
    elapsed_ms=st.integers(0, 600_000),
    changes=st.integers(0, 9),
    credit=st.fractions(0, 1),
    near=st.booleans(),
)
PARTICIPANTS = st.builds(
    Participant,
    learner=st.integers(0, 2**63 - 1).map(LearnerId),
    name=TEXTS,
    account=TEXTS,
    team=st.integers(0, 8),
    since=st.integers(0, 50),
    away=st.booleans(),
    score=st.integers(0, 9_999),
    right=st.integers(0, 50),
    answer_streak=st.integers(0, 50),
    gained=st.integers(0, 200),
    answer=st.none() | ANSWERS,
    missed=st.lists(st.integers(0, 49)).map(tuple),
)


# ------------------------------------------------------------------------------------------ times


@given(MOMENTS)
def test_times_are_kept_to_the_millisecond(at: datetime) -> None:
    """Rounded down when they say when something was, up when they say when something is due."""
    assert from_ms(to_ms(at)) <= at < from_ms(to_ms(at)) + timedelta(milliseconds=1)
    assert from_ms(to_ms_after(at)) - timedelta(milliseconds=1) < at <= from_ms(to_ms_after(at))


@pytest.mark.parametrize(
    "at, milliseconds",
    [
        (datetime(1970, 1, 1, tzinfo=UTC), 0),
        (datetime(1969, 12, 31, 23, 59, 59, 999_500, tzinfo=UTC), -1),
        (datetime(2026, 3, 1, 12, tzinfo=UTC), 1_772_366_400_000),
    ],
)
def test_times_are_milliseconds_of_the_epoch(at: datetime, milliseconds: int) -> None:
    """In UTC."""
    assert to_ms(at) == milliseconds


# ------------------------------------------------------------------------------------------ rows


@given(ITEMS, st.lists(st.integers(0, 9)).map(tuple))
def test_a_question_is_read_as_it_was_written(item: Item, order: tuple[int, ...]) -> None:
    """Every key stays what it was: none is taken for another that could have the same fields."""
    shown = Question(QuestionId("r.0"), 0, item, order, order)

    again = QUESTION.decode(QUESTION.encode(shown))

    assert again == shown
    assert type(again.item.key) is type(item.key)


@given(PARTICIPANTS)
def test_a_participant_is_read_as_they_were_written(person: Participant) -> None:
    """With the answer, its credit and its times."""
    assert PARTICIPANT.decode(PARTICIPANT.encode(person)) == person


@given(ANSWERS, st.tuples(*[st.integers(0, 100)] * 3))
def test_an_attempt_is_read_as_it_was_written(answer: Answer, points: tuple[int, int, int]) -> None:
    """With its response and its points."""
    attempt = Attempt(
        question=QuestionId("r.0"),
        learner=LearnerId(1),
        item=ItemId("pack/item"),
        topic=Topic("1.1"),
        at=answer.at,
        elapsed_ms=answer.elapsed_ms,
        credit=answer.credit,
        near=answer.near,
        response=answer.response,
        points=Points(*points),
    )

    assert ATTEMPT.decode(ATTEMPT.encode(attempt)) == attempt


def test_a_round_is_read_as_it_was_written_in_every_phase() -> None:
    """Its questions and people have rows of their own."""
    game = asking(BEN, settings=Settings(mode=Mode.FIRST))
    rounds = [begin().round, game.round]
    game.answer(BEN, B, 3)
    rounds.append(game.round)
    game.do(Pause(), ANN, 3)
    rounds.append(game.round)
    game = asking(BEN)
    game.do(Close(), ANN, 5)
    rounds.append(game.round)
    game.do(Stop(), ANN, 6)
    rounds.append(game.round)

    for round_ in rounds:
        text = ROUND.encode(round_)
        again = with_questions(ROUND.decode(text), round_.questions)
        assert again == replace(round_, people={})
        assert "option a" not in text
    held = rounds[3].held
    assert isinstance(held, Held)


def test_every_row_begins_with_its_version() -> None:
    """A later program reads every earlier one by it."""
    assert QUESTION.encode(question(SEVERAL)).startswith(HEAD)
    assert encode_effect(fx.HelpShown()).startswith(HEAD)


@pytest.mark.parametrize("text", ["", "{}", '{"v":2,"d":{}}', '{"d":{}}', '{"v":1,"t":"x"}'])
def test_a_form_that_is_not_known_is_an_error_and_never_a_guess(text: str) -> None:
    """It says what it found."""
    with pytest.raises(StoreError, match="does not read"):
        PARTICIPANT.decode(text)


# ------------------------------------------------------------------------------------------ effects


def effects_of_a_round() -> list[fx.Effect]:
    """Return every effect of a round with every kind of question."""
    found: list[fx.Effect] = []
    game = asking(BEN, items=EVERY_KIND, settings=Settings(pause_seconds=0, partial_credit=True))
    for place, shown in enumerate(EVERY_KIND):
        now = place * 100.0
        steps = [
            game.answer(ANN, right_answer(shown), now + 1),
            game.answer(BEN, Picked((9,)), now + 2),
            game.do(Pause(), BEN, now + 3),
            game.do(Tick(), at=now + 60),
            game.do(Tick(), at=now + 99),
        ]
        found += [e for step in steps for e in step.effects if not isinstance(e, fx.ToLearner)]
        found += [e.effect for step in steps for e in step.effects if isinstance(e, fx.ToLearner)]
    return found


def test_every_effect_is_read_as_it_was_written() -> None:
    """Of a whole round with every kind of question."""
    effects = effects_of_a_round()

    assert {type(effect) for effect in effects} >= {
        fx.QuestionOpened,
        fx.QuestionChanged,
        fx.QuestionClosed,
        fx.RevealChanged,
        fx.RoundEnded,
        fx.MissedListed,
        fx.AnswerAccepted,
        fx.AnswerRefused,
        fx.CommandRefused,
    }
    for effect in effects:
        assert decode_effect(encode_effect(effect)) == effect


def test_a_reveal_that_is_told_again_is_read_as_what_it_was() -> None:
    """One that counted and one that was skipped have their fields in common."""
    game = asking(BEN)
    for told in (question_closed(game.round), question_skipped(game.round)):
        effect = fx.RevealChanged(told, fx.RevealState.OVER)
        assert decode_effect(encode_effect(effect)) == effect


@pytest.mark.parametrize(
    "text, said",
    [
        ('{"v":1,"t":"Unheard","d":{}}', "Unheard"),
        ('{"v":1,"d":{}}', "does not read"),
        ('{"v":99,"t":"HelpShown","d":{}}', "does not read"),
    ],
)
def test_an_effect_that_is_not_known_is_an_error(text: str, said: str) -> None:
    """It is left to a later version of this program."""
    with pytest.raises(StoreError, match=said):
        decode_effect(text)


@pytest.mark.parametrize("value", ["0.10", "1E-7", "12345678901234567890.5"])
def test_a_decimal_keeps_its_own_digits(value: str) -> None:
    """An author's number is never turned into a float."""
    key = NumberKey(Decimal(value))
    item = Item(ItemId("p/i"), EVERY_KIND[0].deck, Kind.NUMERIC, "", key, Topic("1"))

    again = QUESTION.decode(QUESTION.encode(question(item)))

    assert str(again.item.key) == str(key)


# ------------------------------------------------------------------------------------------ identities


def test_ids_are_made_and_not_fetched() -> None:
    """Stored rows hold them, so they must never change."""
    assert round_id("start") == "2xgpl2ytnne7o"
    assert new_learner(Account("web", "ann"), "Ann").id == number("learner\nweb\nann") == 5156250093724935331
    assert new_channel(Where("web", "hall"), "web").group == number("group\nweb\nweb")


@given(TEXTS, TEXTS)
def test_different_things_have_different_ids(first: str, second: str) -> None:
    """63 bits of them, so that a database takes them."""
    assert (number(first) == number(second)) == (first == second)
    assert 0 <= number(first) < 2**63
    assert len(round_id(first)) == 13
