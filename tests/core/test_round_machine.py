"""The round machine under any commands at any times, held against a model of a few sets."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import datetime, timedelta
from itertools import chain

from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.core import effects as fx
from bot.core import rounds
from bot.core.commands import (
    Begin,
    Change,
    Close,
    Join,
    Leave,
    Mode,
    Next,
    Pause,
    Person,
    Posted,
    React,
    Reacting,
    Resume,
    RoundCommand,
    Settings,
    Skip,
    Stop,
    SubmitAnswer,
    Tick,
)
from bot.core.ids import LearnerId, QuestionId
from bot.core.items import Item, Option
from bot.core.responses import Picked, Typed
from bot.core.rounds import Step, next_wake
from bot.core.states import Phase, Round
from tests.core.builders import (
    ANN,
    BEN,
    CAT,
    DAN,
    EVE,
    EVERY_KIND,
    NOON,
    SECRET,
    begin,
    qid,
    right_answer,
)

ALLOWED = {
    Phase.LOBBY: {Phase.LOBBY, Phase.ASKING, Phase.PAUSED, Phase.ENDED},
    Phase.ASKING: {Phase.ASKING, Phase.REVEALED, Phase.PAUSED, Phase.ENDED},
    Phase.REVEALED: {Phase.REVEALED, Phase.ASKING, Phase.PAUSED, Phase.ENDED},
    Phase.PAUSED: {Phase.PAUSED, Phase.LOBBY, Phase.ASKING, Phase.REVEALED, Phase.ENDED},
    Phase.ENDED: {Phase.ENDED},
}
TELLS_THE_KEY = fx.QuestionClosed | fx.QuestionSkipped
REFUSED = fx.CommandRefused | fx.AnswerRefused

PEOPLE = st.sampled_from((ANN, BEN, CAT, DAN, EVE))
SETTINGS = st.builds(
    Settings,
    mode=st.sampled_from(Mode),
    seconds=st.sampled_from((5, 30)),
    lobby_seconds=st.sampled_from((None, 0, 10)),
    pause_seconds=st.sampled_from((None, 0, 10)),
    change=st.sampled_from(Change),
    speed_bonus=st.booleans(),
    partial_credit=st.booleans(),
    teams=st.integers(2, 3),
    scored=st.booleans(),
    reacting=st.sampled_from((None, *Reacting)),
)
ITEMS = st.lists(st.sampled_from(EVERY_KIND), min_size=1, max_size=4)
HOSTS = st.sampled_from((Begin(), Close(), Next(), Skip(), Pause(), Resume(), Stop()))
LAPSES = st.sampled_from((0, 0.001, 0.4, 0.75, 3, 30, 100)).map(lambda seconds: timedelta(seconds=seconds))


def parts_of(value: object) -> Iterator[object]:
    """Yield *value* and whatever is in it, however deep."""
    yield value
    if is_dataclass(value):
        yield from chain.from_iterable(parts_of(getattr(value, field.name)) for field in fields(value))
    elif isinstance(value, tuple):
        yield from chain.from_iterable(map(parts_of, value))


def gives_away(effect: object) -> list[object]:
    """Return what in *effect* belongs to an author alone: items, options, keys, feedback, explanations."""
    found = parts_of(effect)
    return [part for part in found if isinstance(part, Item | Option) or _is_telling(part)]


def _is_telling(part: object) -> bool:
    name = type(part).__name__
    return name.endswith("Key") or (isinstance(part, str) and (SECRET in part or "feedback" in part))


class RoundMachine(RuleBasedStateMachine):
    """Any commands by anybody at any time."""

    round: Round

    @initialize(settings=SETTINGS, items=ITEMS)
    def start(self, settings: Settings, items: list[Item]) -> None:
        """Ann opens a round of any settings over items of any kind."""
        self.now = NOON
        self.playing: set[LearnerId] = {ANN.learner}
        self.waiting: set[LearnerId] = set()
        self.answered: set[LearnerId] = set()
        self.earned: dict[LearnerId, int] = {}
        self.final: set[tuple[QuestionId, LearnerId]] = set()
        self.revealed: fx.Reveal | None = None
        shown = tuple(replace(item, id=type(item.id)(f"pack/{n}")) for n, item in enumerate(items))
        self._watch_effects(begin(settings, items=shown))
        self.round = begin(settings, items=shown).round

    # -------------------------------------------------------------------------------------- commands

    @rule(lapse=LAPSES)
    def wait(self, lapse: timedelta) -> None:
        """Time passes."""
        self.now += lapse

    @rule(who=PEOPLE, command=st.sampled_from((Join(), Leave())))
    def come_and_go(self, who: Person, command: Join | Leave) -> None:
        """Anybody joins or leaves."""
        self._do(command, who)

    @rule(who=PEOPLE, command=HOSTS)
    def move(self, who: Person, command: RoundCommand) -> None:
        """Anybody tries what only the host and organisers may."""
        self._do(command, who)

    @rule(command=HOSTS)
    def move_on(self, command: RoundCommand) -> None:
        """The host moves the round."""
        self._do(command, ANN)

    @rule(who=PEOPLE, right=st.booleans(), ago=LAPSES, early=st.booleans(), place=st.integers(-1, 4))
    def answer(self, who: Person, *, right: bool, ago: timedelta, early: bool, place: int) -> None:
        """Anybody answers the question there is, with any time on it."""
        item = self.round.questions[max(0, self.round.position)].item
        wrong = Picked((place,)) if item.options else Typed((str(place),))
        sent = right_answer(item) if right else wrong
        at = self.now - ago if early else self.now + ago
        self._do(SubmitAnswer(qid(max(0, self.round.position)), sent, at), who)

    @rule(who=PEOPLE, position=st.integers(-1, 5))
    def answer_another(self, who: Person, position: int) -> None:
        """Somebody presses the button of another question."""
        self._do(SubmitAnswer(qid(position), Picked((0,)), self.now), who)

    @rule(who=PEOPLE, position=st.integers(-1, 4), on=st.booleans(), ago=LAPSES)
    def react(self, who: Person, position: int, *, on: bool, ago: timedelta) -> None:
        """Anybody puts a letter below the question there is, or takes one away: twice, to no effect."""
        command = React(qid(max(0, self.round.position)), position, on, self.now - ago)
        self._do(command, who)
        after = self.round
        self._do(command, who)
        assert self.round is after

    @rule(position=st.integers(0, 3), ago=LAPSES)
    def post(self, position: int, ago: timedelta) -> None:
        """A message arrives."""
        self._do(Posted(qid(position), self.now - ago), None)

    @rule()
    def tick(self) -> None:
        """Our own clock looks in."""
        self._do(Tick(), None)

    @precondition(lambda self: next_wake(self.round) is not None)
    @rule()
    def wake(self) -> None:
        """Our own clock looks in when the round wants it to."""
        self.now = max(self.now, next_wake(self.round) or self.now)
        self._do(Tick(), None)

    def _do(self, command: RoundCommand, by: Person | None) -> None:
        before = self.round
        step = rounds.step(before, command, by=by, now=self.now)
        self.round = step.round
        assert step.round.phase in ALLOWED[before.phase]
        if any(isinstance(effect, REFUSED) for effect in step.effects):
            assert len(step.effects) == 1
            assert step.round is before
        self._watch_effects(step)
        self._watch_attempts(before, step)
        self._follow(before, command, by, step)

    # -------------------------------------------------------------------------------------- the model

    def _follow(self, before: Round, command: RoundCommand, by: Person | None, step: Step) -> None:
        """Do the same to the sets of the model."""
        if step.round is before or before.phase is Phase.ENDED:
            return
        if step.round.position != before.position:
            self.playing |= self.waiting
            self.waiting, self.answered = set(), set()
        match command, by:
            case Join(), Person(learner=learner):
                late = self._asking() and learner not in self.answered
                (self.waiting if late else self.playing).add(learner)
            case Leave(), Person(learner=learner):
                self.playing.discard(learner)
                self.waiting.discard(learner)
            case SubmitAnswer(), Person(learner=learner):
                self.answered.add(learner)
            case React(), Person(learner=learner):
                (told,) = step.effects
                withdrawn = isinstance(told, fx.AnswerWithdrawn)
                (self.answered.discard if withdrawn else self.answered.add)(learner)

    def _asking(self) -> bool:
        held = self.round.held
        return (held.phase if held else self.round.phase) is Phase.ASKING

    def _watch_effects(self, step: Step) -> None:
        """Hold every effect against what may be known by now."""
        for effect in step.effects:
            told = effect.effect if isinstance(effect, fx.ToLearner) else effect
            if isinstance(told, TELLS_THE_KEY):
                assert step.round.phase in {Phase.REVEALED, Phase.ENDED}
                assert told.question == step.round.question.id
                self.revealed = told
            elif isinstance(told, fx.RevealChanged):
                self._watch_reveal(told, step.round.phase)
            elif isinstance(told, fx.MissedListed):
                counted = {qid(position) for position in step.round.counted}
                assert {missed.question for missed in told.missed} <= counted
            else:
                assert gives_away(told) == []

    def _watch_reveal(self, told: fx.RevealChanged, phase: Phase) -> None:
        """Hold what a reveal says again against what it said: whoever came or went, only its clock moves."""
        said = self.revealed
        assert said is not None
        assert replace(told.reveal, next_at=said.next_at, closed_at=said.closed_at) == said
        phases = {
            fx.RevealState.WAITING: {Phase.REVEALED},
            fx.RevealState.PAUSED: {Phase.PAUSED},
            fx.RevealState.OVER: {Phase.ASKING, Phase.ENDED},
        }
        assert phase in phases[told.state]

    def _watch_attempts(self, before: Round, step: Step) -> None:
        """Hold attempts against the answers they were made of, and count what they earned."""
        for attempt in step.attempts:
            key = (attempt.question, attempt.learner)
            assert key not in self.final
            assert attempt.question == before.question.id
            assert attempt.learner in self.answered
            self.final.add(key)
            self.earned[attempt.learner] = self.earned.get(attempt.learner, 0) + attempt.points.total
        if step.attempts:
            assert {attempt.learner for attempt in step.attempts} == self.answered

    # -------------------------------------------------------------------------------------- what holds

    @invariant()
    def the_counts_are_those_of_the_people(self) -> None:
        """Whoever came, went, waited or answered."""
        assert self.round.joined == len(self.playing)
        assert self.round.waiting == len(self.waiting)
        if self._asking():
            assert self.round.answered == len(self.answered & self.playing)
        here = {who for who, person in self.round.people.items() if not person.away}
        assert here == self.playing | self.waiting
        present = [self.round.people[who].team for who in here]
        assert self.round.team_sizes == tuple(
            present.count(team) for team in range(1, len(self.round.team_sizes) + 1)
        )

    @invariant()
    def scores_are_the_sum_of_the_attempts(self) -> None:
        """Nobody has a point without one."""
        for who, person in self.round.people.items():
            assert person.score == self.earned.get(who, 0)
            assert person.score == 0 or self.round.settings.scored

    @invariant()
    def nobody_has_more_behind_them_than_was_asked(self) -> None:
        """Neither right answers, nor a streak, nor misses, nor changes of mind but by reactions."""
        asked = len(self.round.counted)
        most = {Change.NEVER: 0, Change.ONCE: 1}.get(self.round.settings.change, 10_000)
        most = most if self.round.settings.reacting is None else 10_000
        for person in self.round.people.values():
            assert 0 <= person.answer_streak <= person.right <= asked
            assert person.right + len(person.missed) <= asked
            assert person.answer is None or person.answer.changes <= most
            assert person.answer is None or person.answer.elapsed_ms >= 0
            assert person.answer is None or person.answer.at <= self.now

    @invariant()
    def a_tick_when_the_round_wants_one_moves_it_and_one_before_does_nothing(self) -> None:
        """So a deadline is neither lost nor fired for ever."""
        wake = next_wake(self.round)
        if wake is None:
            assert self._tick_at(self.now + timedelta(days=1)) is self.round
            return
        due = max(wake, self.now)
        after = self._tick_at(due)
        assert (after.phase, after.position) != (self.round.phase, self.round.position)
        assert self._tick_at(wake - timedelta(microseconds=1)) is self.round

    def _tick_at(self, moment: datetime) -> Round:
        return rounds.step(self.round, Tick(), by=None, now=moment).round

    @invariant()
    def a_round_that_is_over_waits_for_nothing(self) -> None:
        """Neither for the clock nor for a resume."""
        if self.round.phase is Phase.ENDED:
            assert (next_wake(self.round), self.round.held, self.round.until) == (None, None, None)
        assert (self.round.held is not None) == (self.round.phase is Phase.PAUSED)


TestRoundMachine = RoundMachine.TestCase
TestRoundMachine.settings = hypothesis_settings(max_examples=100, stateful_step_count=40)
