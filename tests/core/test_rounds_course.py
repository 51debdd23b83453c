"""The course of a round: close, reveal, next, skip, stop, podium, and who may say so."""

from collections.abc import Callable
from datetime import datetime

import pytest

from bot.core import rounds
from bot.core.commands import (
    Begin,
    Close,
    Join,
    Leave,
    Mode,
    Next,
    Pause,
    Person,
    Posted,
    Resume,
    RoundCommand,
    Settings,
    Skip,
    Stop,
    SubmitAnswer,
    Tick,
)
from bot.core.effects import (
    AnswerRefused,
    CommandDone,
    CommandRefused,
    Confirmation,
    Ending,
    LobbyChanged,
    Missed,
    MissedListed,
    QuestionChanged,
    QuestionClosed,
    QuestionOpened,
    QuestionSkipped,
    QuestionState,
    Refusal,
    Reveal,
    RevealChanged,
    RevealState,
    RoundEnded,
    Standing,
    Tally,
    ToLearner,
)
from bot.core.responses import Picked
from bot.core.rounds import Step, next_wake
from bot.core.states import Phase
from tests.core.builders import (
    ANN,
    BEN,
    CAT,
    DAN,
    EVE,
    NOON,
    ROUND,
    SEVERAL,
    TRUTH,
    A,
    B,
    C,
    D,
    Game,
    asking,
    choice,
    in_lobby,
    moment,
    qid,
)

DONE = CommandDone(Confirmation.DONE)
HOSTS = (Begin(), Close(), Next(), Skip(), Pause(), Resume(), Stop())


def revealed(*others: Person, settings: Settings | None = None) -> Game:
    """Return a round whose first question was closed 3 s after noon, answered by Ann, rightly."""
    game = asking(*others, settings=settings)
    game.answer(ANN, B, 2)
    game.do(Close(), ANN, 3)
    return game


def last_question(pause_seconds: int | None = 10) -> Game:
    """Return a round of one question, which is open and which Ann has answered rightly and Ben wrongly."""
    game = asking(BEN, CAT, settings=Settings(pause_seconds=pause_seconds), items=(choice(),))
    game.answer(ANN, B, 2)
    game.answer(BEN, A, 3)
    return game


def reveal_of(step: Step) -> Reveal:
    """Return the reveal that *step* posted."""
    (reveal,) = (effect for effect in step.effects if isinstance(effect, Reveal))
    return reveal


# ------------------------------------------------------------------------------------------ the reveal


def test_the_reveal_says_everything_about_the_question() -> None:
    """Its message is closed first, then everything is told."""
    game = asking(BEN, CAT, DAN)
    game.answer(CAT, B, 1.25)
    game.answer(ANN, B, 2.5)
    game.answer(BEN, C, 3)

    changed, reveal = game.do(Tick(), at=30.75).effects

    assert isinstance(changed, QuestionChanged)
    assert (changed.state, changed.answered, changed.joined) == (QuestionState.CLOSED, 3, 4)
    assert reveal == QuestionClosed(
        question=qid(0),
        item=choice(),
        number=1,
        total=3,
        order=(0, 1, 2, 3),
        stem_order=(),
        tallies=tuple(Tally(count, place == 1, place) for place, count in enumerate((0, 2, 1, 0))),
        answered=3,
        joined=4,
        right=2,
        right_names=("Cat", "Ann"),
        fastest_ms=1250,
        winner="",
        top=(
            Standing(1, "Cat", 148, 1, CAT.learner, 148, 1),
            Standing(2, "Ann", 146, 1, ANN.learner, 146, 1),
            Standing(3, "Ben", 0, 0, BEN.learner, 0, 0),
            Standing(3, "Dan", 0, 0, DAN.learner, 0, 0),
        ),
        teams=(),
        next_at=moment(40.75),
        last=False,
        mode=Mode.EVERYONE,
        closed_at=moment(30.75),
    )


def test_the_reveal_of_a_question_that_nobody_answered_has_no_fastest() -> None:
    """It is told all the same."""
    reveal = asking(BEN).do(Tick(), at=30.75).effects[1]

    assert isinstance(reveal, QuestionClosed)
    assert (reveal.answered, reveal.right, reveal.right_names, reveal.fastest_ms) == (0, 0, (), None)


def test_half_an_answer_is_not_counted_among_the_right_ones() -> None:
    """It has its points, and who was right is another matter."""
    game = asking(BEN, items=(SEVERAL,), settings=Settings(partial_credit=True))
    game.answer(ANN, Picked((0,)), 1)
    game.answer(BEN, Picked((0, 2)), 2)

    reveal = game.do(Tick(), at=2).effects[1]

    assert isinstance(reveal, QuestionClosed)
    assert (reveal.right, reveal.right_names, reveal.fastest_ms) == (1, ("Ben",), 2000)


def test_a_team_round_reveals_the_teams() -> None:
    """A team scores the mean of its members."""
    settings = Settings(mode=Mode.TEAMS, speed_bonus=False)
    game = asking(BEN, CAT, settings=settings)
    game.answer(ANN, B, 1)
    game.answer(BEN, B, 1)

    reveal = game.do(Tick(), at=30.75).effects[1]

    assert isinstance(reveal, QuestionClosed)
    assert reveal.teams == (Standing(1, "2", 100, 1), Standing(2, "1", 50, 1))


def test_who_left_before_their_first_question_stands_in_no_standing() -> None:
    """And takes nothing off a team's mean."""
    settings = Settings(mode=Mode.TEAMS, speed_bonus=False)
    game = in_lobby(BEN, CAT, settings=settings)
    game.do(Leave(), CAT)
    game.do(Begin(), ANN)
    game.answer(ANN, B, 1)
    game.answer(BEN, A, 1)

    reveal = game.do(Tick(), at=1).effects[1]

    assert isinstance(reveal, QuestionClosed)
    assert [line.name for line in reveal.top] == ["Ann", "Ben"]
    assert reveal.teams == (Standing(1, "1", 100, 1), Standing(2, "2", 0, 0))


def test_who_left_after_a_question_stays_in_the_standing() -> None:
    """Their points stay."""
    game = revealed(BEN)
    game.do(Leave(), ANN, 4)

    ended = game.do(Stop(), ANN, 5).effects[1]

    assert isinstance(ended, RoundEnded)
    assert [(line.name, line.points) for line in ended.standing] == [("Ann", 147), ("Ben", 0)]


# ------------------------------------------------------------------------------------------ moving on


@pytest.mark.parametrize(
    "settings, wake",
    [
        (Settings(), 13),
        (Settings(pause_seconds=0), 3),
        (Settings(pause_seconds=None), None),
        (Settings(mode=Mode.RELAXED, pause_seconds=5), None),
    ],
)
def test_the_next_question_comes_after_the_pause_or_on_the_hosts_word(
    settings: Settings, wake: float | None
) -> None:
    """A relaxed round has no clock at all."""
    game = revealed(BEN, settings=settings)

    assert next_wake(game.round) == (None if wake is None else moment(wake))
    opened = game.do(Next(), ANN, 7).effects[1]

    assert isinstance(opened, QuestionOpened)
    assert (opened.sheet.number, opened.opened_at) == (2, moment(7))


def test_the_end_of_the_pause_opens_the_next_question() -> None:
    """By the clock alone."""
    game = revealed(BEN)

    assert game.do(Tick(), at=12.9).effects == ()
    assert isinstance(game.do(Tick(), at=13).effects[1], QuestionOpened)


def test_a_reveal_loses_its_clock_when_the_next_question_opens() -> None:
    """What it said stays as it was, though Ben left and Cat came in between."""
    game = asking(BEN)
    game.answer(BEN, B, 1)
    game.answer(ANN, A, 2)
    reveal = reveal_of(game.do(Tick(), at=2))
    game.do(Leave(), BEN, 3)
    game.do(Join(), CAT, 4)

    changed, opened = game.do(Tick(), at=12).effects

    assert changed == RevealChanged(reveal, RevealState.OVER)
    assert isinstance(opened, QuestionOpened)


@pytest.mark.parametrize("mode", [Mode.FIRST, Mode.TEAMS])
def test_a_reveal_says_the_same_again_in_every_mode(mode: Mode) -> None:
    """Who took it, and how the teams stand."""
    game = asking(BEN, CAT, settings=Settings(mode=mode))
    game.do(Join(), DAN, 0.5)
    game.answer(BEN, B, 1)
    reveal = reveal_of(game.do(Close(), ANN, 2))

    assert game.do(Stop(), ANN, 3).effects[0] == RevealChanged(reveal, RevealState.OVER)


def test_who_has_played_nothing_yet_is_not_in_front() -> None:
    """Cat came during the question and plays from the next; Ben, who answered it and left, was asked it."""
    game = asking(BEN)
    game.do(Join(), CAT, 1)
    game.answer(BEN, B, 1)
    game.do(Leave(), BEN, 2)

    reveal = game.do(Close(), ANN, 3).effects[1]

    assert isinstance(reveal, QuestionClosed)
    assert [line.name for line in reveal.top] == ["Ben", "Ann"]
    assert (reveal.answered, reveal.joined) == (1, 2)


def test_a_skipped_reveal_loses_its_clock_too() -> None:
    """It says what it said."""
    game = asking(BEN)
    skipped = reveal_of(game.do(Skip(), ANN, 3))

    assert game.do(Next(), ANN, 4).effects[0] == RevealChanged(skipped, RevealState.OVER)


@pytest.mark.parametrize(
    "make, command, phase",
    [
        (lambda: in_lobby(BEN), Next(), Phase.ASKING),
        (lambda: in_lobby(BEN), Next(qid(0)), Phase.ASKING),
        (lambda: asking(BEN), Next(), Phase.REVEALED),
        (lambda: revealed(BEN), Next(qid(0)), Phase.ASKING),
        (lambda: revealed(BEN), Next(), Phase.ASKING),
        (lambda: asking(BEN), Close(), Phase.REVEALED),
        (lambda: asking(BEN), Close(qid(0)), Phase.REVEALED),
        (lambda: asking(BEN), Skip(), Phase.REVEALED),
        (lambda: asking(BEN), Skip(qid(0)), Phase.REVEALED),
    ],
)
def test_the_host_moves_the_round_on(make: Callable[[], Game], command: RoundCommand, phase: Phase) -> None:
    """Each of these is confirmed to the host."""
    game = make()

    step = game.do(command, ANN, 4)

    assert step.effects[-1] == DONE
    assert game.round.phase is phase


@pytest.mark.parametrize(
    "make, command, reason",
    [
        (lambda: asking(BEN), Next(qid(0)), Refusal.OTHER_QUESTION),
        (lambda: revealed(BEN), Next(qid(1)), Refusal.OTHER_QUESTION),
        (lambda: asking(BEN), Close(qid(1)), Refusal.OTHER_QUESTION),
        (lambda: asking(BEN), Skip(qid(1)), Refusal.OTHER_QUESTION),
        (lambda: revealed(BEN), Close(), Refusal.NOTHING_OPEN),
        (lambda: revealed(BEN), Skip(), Refusal.NOTHING_OPEN),
        (lambda: in_lobby(BEN), Close(), Refusal.NOTHING_OPEN),
        (lambda: in_lobby(BEN), Skip(), Refusal.NOTHING_OPEN),
    ],
)
def test_what_does_not_fit_the_moment_is_refused(
    make: Callable[[], Game], command: RoundCommand, reason: Refusal
) -> None:
    """So the second press of two moves nothing."""
    game = make()
    before = game.round

    step = game.do(command, ANN, 4)

    assert step.effects == (CommandRefused(reason),)
    assert step.round is before


def test_a_skipped_question_is_shown_with_its_answer_and_counts_for_nobody() -> None:
    """Neither points nor a streak nor the list of what was missed knows of it."""
    game = asking(BEN)
    game.answer(ANN, B, 2)

    changed, skipped, done = game.do(Skip(), ANN, 3).effects

    assert isinstance(changed, QuestionChanged)
    assert (changed.state, changed.by) == (QuestionState.SKIPPED, "Ann")
    assert skipped == QuestionSkipped(
        qid(0), choice(), 1, 3, (0, 1, 2, 3), (), moment(13), last=False, closed_at=moment(3)
    )
    assert done == DONE
    assert [(game.person(who).score, game.person(who).missed) for who in (ANN, BEN)] == [(0, ()), (0, ())]
    assert game.round.counted == ()


# ------------------------------------------------------------------------------------------ the end


def test_the_podium_comes_after_the_last_reveals_pause() -> None:
    """And everybody who missed something hears of it in private."""
    game = last_question()
    reveal = reveal_of(game.do(Tick(), at=30.75))
    assert game.round.phase is Phase.REVEALED

    changed, podium, *private = game.do(Tick(), at=40.75).effects

    assert changed == RevealChanged(reveal, RevealState.OVER)
    assert podium == RoundEnded(
        round=ROUND,
        title="Deck",
        ending=Ending.FINISHED,
        by="",
        standing=(
            Standing(1, "Ann", 147, 1, ANN.learner, 147, 1),
            Standing(2, "Ben", 0, 0, BEN.learner, 0, 0),
            Standing(2, "Cat", 0, 0, CAT.learner, 0, 0),
        ),
        teams=(),
        joined=3,
        asked=1,
        total=1,
        mode=Mode.EVERYONE,
    )
    missed = (Missed(qid(0), choice(), None),)
    assert private == [
        ToLearner(who.learner, who.account, MissedListed(ROUND, "Deck", 0, 2, 3, 0, 1, missed))
        for who in (BEN, CAT)
    ]
    assert next_wake(game.round) is None


@pytest.mark.parametrize("command", [Close(), Next(), Skip(), Tick()], ids=lambda one: type(one).__name__)
@pytest.mark.parametrize("pause", [None, 10])
def test_the_last_reveal_stays_until_it_has_been_read(command: RoundCommand, pause: int | None) -> None:
    """The podium, which would push it away, waits for the clock or for the host's word."""
    game = last_question(pause_seconds=pause)

    step = game.do(command, None if isinstance(command, Tick) else ANN, 30.75)

    told = [type(effect) for effect in step.effects if not isinstance(effect, CommandDone)]
    assert told == [QuestionChanged, QuestionSkipped if command == Skip() else QuestionClosed]
    assert next_wake(game.round) == (None if pause is None else moment(40.75))
    assert isinstance(game.do(Next(qid(0)), ANN, 35).effects[1], RoundEnded)
    assert game.round.phase is Phase.ENDED


@pytest.mark.parametrize(
    "make, state",
    [
        (lambda: in_lobby(BEN), LobbyChanged),
        (lambda: asking(BEN), QuestionChanged),
        (lambda: revealed(BEN), RevealChanged),
    ],
)
def test_stop_announces_the_standing_so_far_from_anywhere(make: Callable[[], Game], state: type) -> None:
    """What is still live in the channel is closed first."""
    game = make()
    asked = len(game.round.counted)

    step = game.do(Stop(), ANN, 5)

    changed, ended = step.effects[:2]
    assert isinstance(changed, state)
    assert isinstance(ended, RoundEnded)
    assert (ended.ending, ended.by, ended.asked, ended.total) == (Ending.STOPPED, "Ann", asked, 3)
    assert step.effects[-1] == DONE


def test_what_was_open_when_the_round_was_stopped_does_not_count() -> None:
    """Its answers are not final, and nobody has missed it."""
    game = asking(BEN)
    game.answer(ANN, B, 2)

    step = game.do(Stop(), ANN, 3)

    assert step.attempts == ()
    assert not any(isinstance(effect, ToLearner) for effect in step.effects)
    assert game.person(ANN).score == 0


@pytest.mark.parametrize("command", [Join(), Leave(), *HOSTS], ids=lambda one: type(one).__name__)
def test_a_round_that_is_over_takes_no_command(command: RoundCommand) -> None:
    """It stays the very same round."""
    game = asking(BEN)
    game.do(Stop(), ANN, 3)
    before = game.round

    step = game.do(command, ANN, 4)

    assert step.effects == (CommandRefused(Refusal.NO_ROUND),)
    assert step.round is before


def test_a_round_that_is_over_takes_no_answer_and_no_tick() -> None:
    """The answer is late, and time passes without consequence."""
    game = asking(BEN)
    game.do(Stop(), ANN, 3)
    before = game.round

    assert game.answer(BEN, B, 2, 4).effects == (AnswerRefused(qid(0), Refusal.LATE),)
    assert game.do(Tick(), at=999).round is before


def test_the_list_of_what_was_missed_holds_what_was_asked_and_not_got_right() -> None:
    """Wrong, unanswered, but neither skipped nor before one joined."""
    game = asking(BEN, items=(choice(0), choice(1), choice(2), TRUTH))
    game.answer(ANN, D, 1)
    game.do(Join(), CAT, 2)
    game.do(Close(), ANN, 3)
    game.do(Next(), ANN, 4)
    game.do(Skip(), ANN, 5)
    game.do(Next(), ANN, 6)
    game.answer(ANN, B, 7)
    game.do(Close(), ANN, 8)

    step = game.do(Stop(), ANN, 9)

    private = {
        effect.learner: [missed.item.id for missed in effect.effect.missed]
        for effect in step.effects
        if isinstance(effect, ToLearner) and isinstance(effect.effect, MissedListed)
    }
    assert private == {
        ANN.learner: ["pack/choice0"],
        BEN.learner: ["pack/choice0", "pack/choice2"],
        CAT.learner: ["pack/choice2"],
    }


def test_a_redo_scores_nothing_says_so_and_ends_with_its_last_reveal() -> None:
    """Points twice for one question would be no points, and who is alone has all the time to read."""
    settings = Settings(mode=Mode.RELAXED, lobby_seconds=0, pause_seconds=None, scored=False)
    game = asking(settings=settings, items=(choice(),))
    game.answer(ANN, B, 1)

    step = game.do(Tick(), at=1)

    _, reveal, ended = step.effects
    assert isinstance(reveal, QuestionClosed)
    assert isinstance(ended, RoundEnded)
    assert (reveal.scored, ended.scored, ended.standing[0].points, ended.standing[0].right) == (
        False,
        False,
        0,
        1,
    )


# ------------------------------------------------------------------------------------------ who may


@pytest.mark.parametrize("command", HOSTS, ids=lambda one: type(one).__name__)
def test_only_the_host_or_an_organiser_moves_a_round(command: RoundCommand) -> None:
    """Who may not is told whom to ask, even where the command would not fit anyway."""
    game = asking(BEN)
    before = game.round

    refused = game.do(command, BEN, 1)

    assert refused.effects == (CommandRefused(Refusal.NOT_HOST, "Ann"),)
    assert refused.round is before
    allowed = game.do(command, EVE, 1).effects[-1]
    assert allowed != CommandRefused(Refusal.NOT_HOST, "Ann")


def test_an_organiser_who_stops_a_round_is_named() -> None:
    """People want to know who it was."""
    ended = asking(BEN).do(Stop(), EVE, 1).effects[1]

    assert isinstance(ended, RoundEnded)
    assert ended.by == "Eve"


def test_a_host_who_left_is_still_the_host() -> None:
    """Somebody must be able to end it."""
    game = asking(BEN)
    game.do(Leave(), ANN, 1)

    assert game.do(Stop(), ANN, 2).effects[-1] == DONE


@pytest.mark.parametrize("command", [Stop(), Join(), SubmitAnswer(qid(0), B, NOON)])
def test_a_command_without_a_sender_that_is_not_our_own_does_nothing(command: RoundCommand) -> None:
    """Only time and delivery speak without a name."""
    game = asking(BEN)
    before = game.round

    step = game.do(command)

    assert (step.effects, step.round) == ((), before)


@pytest.mark.parametrize("by", [None, BEN])
def test_our_own_commands_do_the_same_whoever_sends_them(by: Person | None) -> None:
    """They say what is, not what is wanted."""
    assert asking(BEN).do(Tick(), by, 30.75).round.phase is Phase.REVEALED
    assert asking(BEN).do(Posted(qid(0), NOON), by).effects == ()


@pytest.mark.parametrize("command", [*HOSTS, Tick()], ids=lambda one: type(one).__name__)
def test_what_may_move_a_round_or_shows_it_anew_needs_everybody(command: RoundCommand) -> None:
    """Their rows have to be loaded before it is decided."""
    assert rounds.needs_everyone(command)


@pytest.mark.parametrize("command", [SubmitAnswer(qid(0), B, NOON), Join(), Leave(), Posted(qid(0), NOON)])
def test_what_concerns_the_sender_alone_needs_nobody_else(command: RoundCommand) -> None:
    """However many have joined."""
    assert not rounds.needs_everyone(command)


@pytest.mark.parametrize("seconds", [0, 1_000_000])
def test_a_tick_during_a_pause_does_nothing(seconds: int) -> None:
    """However long it lasts."""
    game = asking(BEN)
    game.do(Pause(), ANN, 1)
    before = game.round

    assert game.do(Tick(), at=seconds).round is before


def test_repeats_shrink_what_a_question_earns() -> None:
    """Who earned points with the item this week earns half, then a quarter."""
    game = asking(BEN, CAT, settings=Settings(speed_bonus=False))
    for who in (ANN, BEN, CAT):
        game.answer(who, B, 1)

    game.do(Tick(), at=1, repeats={BEN.learner: 1, CAT.learner: 2})

    assert [game.person(who).score for who in (ANN, BEN, CAT)] == [100, 50, 25]


def test_times_are_aware_and_in_utc() -> None:
    """Nothing in a round has a local time."""
    game = asking(BEN)
    game.answer(ANN, B, 1)
    answer = game.person(ANN).answer
    assert answer is not None

    times = [game.round.opened_at, game.round.until, answer.at, next_wake(game.round)]

    assert [isinstance(time, datetime) and str(time.tzinfo) for time in times] == ["UTC"] * 4
