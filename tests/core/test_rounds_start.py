"""The lobby: starting, joining, leaving, and how play begins."""

import pytest

from bot.core.commands import Begin, Join, Leave, Mode, Pause, Person, Posted, Settings, SubmitAnswer, Tick
from bot.core.effects import (
    AnswerRefused,
    CommandDone,
    CommandRefused,
    Confirmation,
    Ending,
    Lobby,
    LobbyChanged,
    LobbyOpened,
    QuestionOpened,
    Refusal,
    RoundEnded,
)
from bot.core.ids import LearnerId, QuestionId
from bot.core.rounds import next_wake
from bot.core.states import Phase
from tests.core.builders import (
    ANN,
    BEN,
    CAT,
    DAN,
    EVE,
    NOON,
    ROUND,
    A,
    B,
    Game,
    asking,
    begin,
    in_lobby,
    moment,
    qid,
)


def teams(number: int) -> Settings:
    """Return the settings of a round in *number* teams."""
    return Settings(mode=Mode.TEAMS, teams=number)


def test_a_started_round_waits_in_its_lobby_with_the_host_in_it() -> None:
    """The host need not join their own round."""
    step = begin()

    assert step.effects == (
        LobbyOpened(
            Lobby(
                round=ROUND,
                title="Deck",
                host="Ann",
                mode=Mode.EVERYONE,
                count=3,
                seconds=30,
                starts_at=moment(30),
                joined=1,
                names=("Ann",),
                opened_at=NOON,
            )
        ),
        CommandDone(Confirmation.STARTED),
    )
    assert step.round.phase is Phase.LOBBY


@pytest.mark.parametrize("seconds, wake", [(45, moment(45)), (None, None)])
def test_a_lobby_ends_by_the_clock_or_waits_for_the_host(seconds: int | None, wake: object) -> None:
    """Without a countdown nothing but a command ends the lobby."""
    assert next_wake(begin(Settings(lobby_seconds=seconds)).round) == wake


def test_a_relaxed_lobby_tells_of_no_seconds() -> None:
    """There is no clock to tell of."""
    opened = begin(Settings(mode=Mode.RELAXED)).effects[0]

    assert isinstance(opened, LobbyOpened)
    assert opened.lobby.seconds is None


@pytest.mark.parametrize("scored, told", [(True, Confirmation.STARTED), (False, Confirmation.REDO)])
def test_without_a_lobby_the_first_question_opens_at_once(*, scored: bool, told: Confirmation) -> None:
    """A group's round is confirmed as a round, a learner's own redo as a redo."""
    step = begin(Settings(lobby_seconds=0, scored=scored))

    assert step.effects[0] == CommandDone(told)
    assert isinstance(step.effects[1], QuestionOpened)
    assert (step.round.phase, step.round.position, step.round.joined) == (Phase.ASKING, 0, 1)


def test_joining_counts_and_shows_the_name() -> None:
    """The lobby's message changes with each who joins."""
    game = in_lobby()

    step = game.do(Join(), BEN)

    done, changed = step.effects
    assert done == CommandDone(Confirmation.JOINED)
    assert isinstance(changed, LobbyChanged)
    assert (changed.lobby.joined, changed.lobby.names, changed.lobby.open) == (2, ("Ann", "Ben"), True)


def test_joining_twice_is_refused_and_changes_nothing() -> None:
    """The very same round is left."""
    game = in_lobby(BEN)
    before = game.round

    step = game.do(Join(), BEN)

    assert step.effects == (CommandRefused(Refusal.ALREADY_JOINED),)
    assert step.round is before


def test_the_lobby_names_the_first_twelve_and_counts_all() -> None:
    """A long list would push the message out of sight."""
    others = [Person(LearnerId(number), f"P{number}", str(number)) for number in range(10, 30)]
    game = in_lobby(*others)

    assert game.round.names == ("Ann", *(f"P{number}" for number in range(10, 21)))
    assert game.round.joined == 21


def test_leaving_the_lobby_takes_the_name_away_and_joining_again_brings_it_back() -> None:
    """Nobody stands in the lobby who is not there."""
    game = in_lobby(BEN, CAT)

    left = game.do(Leave(), BEN)
    assert left.effects[0] == CommandDone(Confirmation.LEFT)
    assert isinstance(left.effects[1], LobbyChanged)
    assert (left.effects[1].lobby.names, left.effects[1].lobby.joined) == (("Ann", "Cat"), 2)

    again = game.do(Join(), BEN)
    assert again.effects[0] == CommandDone(Confirmation.JOINED)
    assert (game.round.names, game.round.joined) == (("Ann", "Cat", "Ben"), 3)


def test_one_of_two_of_the_same_name_can_leave() -> None:
    """The other one stays in the list."""
    game = in_lobby(BEN, Person(LearnerId(9), "Ben", "other"))

    game.do(Leave(), BEN)

    assert game.round.names == ("Ann", "Ben")


def test_leaving_without_a_name_in_the_list_takes_nobody_elses_away() -> None:
    """The thirteenth is counted and not named."""
    others = [Person(LearnerId(number), f"P{number}", str(number)) for number in range(10, 30)]
    game = in_lobby(*others)

    game.do(Leave(), others[-1])

    assert len(game.round.names) == 12
    assert game.round.joined == 20


@pytest.mark.parametrize("who", [BEN, CAT])
def test_leaving_a_round_that_one_is_not_in_is_refused(who: Person) -> None:
    """Ben left before, Cat never joined."""
    game = in_lobby(BEN)
    game.do(Leave(), BEN)
    before = game.round

    step = game.do(Leave(), who)

    assert step.effects == (CommandRefused(Refusal.NOT_IN_ROUND),)
    assert step.round is before


def test_the_host_can_begin_before_the_countdown_ends() -> None:
    """The lobby's message is closed and the first question opened."""
    game = in_lobby(BEN)

    step = game.do(Begin(), ANN, 5)

    closed, opened, done = step.effects
    assert isinstance(closed, LobbyChanged)
    assert not closed.lobby.open
    assert isinstance(opened, QuestionOpened)
    assert (opened.opened_at, opened.closes_at, opened.joined) == (moment(5), moment(35), 2)
    assert done == CommandDone(Confirmation.DONE)


def test_the_countdown_opens_the_first_question() -> None:
    """A Tick before its end does nothing."""
    game = in_lobby()
    before = game.round

    assert game.do(Tick(), at=29.9).round is before
    assert game.do(Tick(), at=30).round.phase is Phase.ASKING


def test_beginning_twice_is_refused() -> None:
    """The second press of two does nothing."""
    game = asking()
    before = game.round

    step = game.do(Begin(), ANN)

    assert step.effects == (CommandRefused(Refusal.ALREADY_BEGUN),)
    assert step.round is before


def test_a_round_that_everybody_left_ends_without_a_question() -> None:
    """It says that nobody joined and lists nobody."""
    game = in_lobby(BEN)
    game.do(Leave(), ANN)
    game.do(Leave(), BEN)

    step = game.do(Tick(), at=30)

    ended = step.effects[-1]
    assert isinstance(ended, RoundEnded)
    assert (ended.ending, ended.standing, ended.joined, ended.asked) == (Ending.NOBODY, (), 0, 0)
    assert step.round.phase is Phase.ENDED


def test_an_answer_in_the_lobby_is_early() -> None:
    """No question has been asked."""
    game = in_lobby()

    step = game.do(SubmitAnswer(qid(0), A, NOON), ANN)

    assert step.effects == (AnswerRefused(qid(0), Refusal.EARLY),)


def test_an_answer_to_the_round_before_is_late_in_the_lobby_of_the_next() -> None:
    """Its question was asked, and is over."""
    other = QuestionId("older.4")

    step = in_lobby().do(SubmitAnswer(other, A, NOON), ANN)

    assert step.effects == (AnswerRefused(other, Refusal.LATE),)


def test_late_joiners_play_from_the_next_question() -> None:
    """They cannot answer the open one, and nobody waits for them."""
    game = asking(BEN)

    assert game.do(Join(), CAT, 5).effects == (CommandDone(Confirmation.JOINED_NEXT),)
    assert (game.round.joined, game.round.waiting) == (2, 1)
    assert game.answer(CAT, B, 6).effects == (AnswerRefused(qid(0), Refusal.NEXT_QUESTION),)

    game.do(Tick(), at=30.75)
    game.do(Tick(), at=40.75)

    assert (game.round.position, game.round.joined, game.round.waiting) == (1, 3, 0)
    assert game.answer(CAT, B, 41).round.answered == 1
    assert game.person(CAT).missed == ()


def test_whoever_joins_between_questions_plays_the_next_one() -> None:
    """The pause after a reveal is as good as a lobby."""
    game = asking(BEN)
    game.do(Tick(), at=30.75)

    step = game.do(Join(), CAT, 31)

    assert step.effects == (CommandDone(Confirmation.JOINED),)
    assert (game.round.joined, game.round.waiting) == (3, 0)


def test_somebody_who_waited_can_leave_before_they_play() -> None:
    """The counts fall back to what they were."""
    game = asking(BEN)
    game.do(Join(), CAT, 5)

    game.do(Leave(), CAT, 6)

    assert (game.round.joined, game.round.waiting, game.round.answered) == (2, 0, 0)


def test_leaving_makes_nobody_wait() -> None:
    """With everybody who stayed answered, the question closes at once."""
    game = asking(BEN)
    game.answer(ANN, B, 3)

    game.do(Leave(), BEN, 4)

    assert next_wake(game.round) == NOON
    assert game.do(Tick(), at=4).round.phase is Phase.REVEALED


def test_a_question_that_everybody_left_closes_by_its_clock() -> None:
    """Somebody may still come."""
    game = asking(BEN)
    for who in (ANN, BEN):
        game.do(Leave(), who, 4)

    assert next_wake(game.round) == moment(30.75)


def test_leaving_after_an_answer_keeps_the_answer() -> None:
    """It scores, and the reveal does not tell of more answers than people."""
    game = asking(BEN)
    game.answer(BEN, B, 3)
    game.do(Leave(), BEN, 4)
    assert (game.round.joined, game.round.answered) == (1, 0)

    game.answer(ANN, A, 5)
    closed = game.do(Tick(), at=5)

    assert game.person(BEN).score == 145
    reveal = closed.effects[1]
    assert (getattr(reveal, "answered", None), getattr(reveal, "joined", None)) == (2, 2)


def test_leaving_and_joining_again_keeps_the_answer_and_the_place() -> None:
    """The count is as if they had stayed."""
    game = asking(BEN, CAT)
    game.answer(BEN, B, 3)
    game.do(Leave(), BEN, 4)

    step = game.do(Join(), BEN, 5)

    assert step.effects == (CommandDone(Confirmation.JOINED),)
    assert (game.round.joined, game.round.answered, game.round.waiting) == (3, 1, 0)


def test_leaving_an_open_question_unanswered_ends_the_answer_streak() -> None:
    """Otherwise a streak could be kept by running away from every hard question."""
    game = asking(BEN)
    for who in (ANN, BEN):
        game.answer(who, B, 3)
    game.do(Tick(), at=3)
    game.do(Tick(), at=13)
    assert game.person(BEN).answer_streak == 1

    game.do(Leave(), BEN, 14)
    game.do(Join(), BEN, 15)

    assert game.person(BEN).answer_streak == 0


def test_leaving_between_questions_keeps_the_answer_streak() -> None:
    """Nothing was run away from."""
    game = asking(BEN)
    for who in (ANN, BEN):
        game.answer(who, B, 3)
    game.do(Tick(), at=3)

    game.do(Leave(), BEN, 4)

    assert game.person(BEN).answer_streak == 1


def test_leaving_between_questions_while_paused_keeps_the_counts_right() -> None:
    """What was answered is behind us, so leaving and coming back takes nothing off it."""
    game = asking(BEN)
    game.answer(ANN, B, 3)
    game.do(Tick(), at=30.75)
    game.do(Pause(), ANN, 31)

    game.do(Leave(), ANN, 32)
    game.do(Join(), ANN, 33)
    game.do(Leave(), ANN, 34)

    assert (game.round.answered, game.round.joined) == (1, 1)


# ------------------------------------------------------------------------------------------ teams


def test_teams_are_filled_evenly() -> None:
    """Each who joins goes to the smallest, the lower number first."""
    game = in_lobby(BEN, CAT, DAN, EVE, settings=teams(3))

    assert [game.person(who).team for who in (ANN, BEN, CAT, DAN, EVE)] == [1, 2, 3, 1, 2]
    assert game.round.team_sizes == (2, 2, 1)


def test_a_team_member_is_told_their_team() -> None:
    """Its number goes with the confirmation."""
    game = in_lobby(settings=teams(2))

    assert game.do(Join(), BEN).effects[0] == CommandDone(Confirmation.JOINED, "2")


def test_a_place_that_was_left_in_the_lobby_is_filled_again() -> None:
    """Teams are balanced by who is there, not by who ever was."""
    game = in_lobby(BEN, CAT, DAN, settings=teams(2))
    game.do(Leave(), BEN)
    game.do(Leave(), DAN)

    game.do(Join(), EVE)

    assert game.person(EVE).team == 2
    assert game.round.team_sizes == (2, 1)


def test_coming_back_in_the_lobby_means_the_smallest_team() -> None:
    """Ben's old team is full by now."""
    game = in_lobby(BEN, CAT, settings=teams(2))
    game.do(Leave(), BEN)
    game.do(Join(), DAN)
    game.do(Leave(), CAT)

    game.do(Join(), BEN)

    assert [game.person(who).team for who in (ANN, DAN, BEN)] == [1, 2, 1]


def test_coming_back_after_a_question_means_the_old_team() -> None:
    """What was scored for a team stays with it."""
    game = asking(BEN, CAT, settings=teams(2))
    game.answer(BEN, B, 1)
    game.do(Leave(), BEN, 2)
    game.do(Join(), DAN, 3)

    game.do(Join(), BEN, 4)

    assert (game.person(DAN).team, game.person(BEN).team) == (2, 2)
    assert game.round.team_sizes == (2, 2)


def test_a_late_posted_message_of_another_question_does_nothing() -> None:
    """In the lobby there is no question at all."""
    game = in_lobby()
    before = game.round

    assert game.do(Posted(qid(0), NOON)).round is before


def test_a_game_begins_with_nobody_waiting() -> None:
    """Whoever joined the lobby plays the first question."""
    game: Game = asking(BEN, CAT)

    assert (game.round.joined, game.round.waiting, game.round.answered) == (3, 0, 0)
