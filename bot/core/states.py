"""What a round is between two commands: frozen data, no rules.

Round and participant have no slots, because every answer copies one of each and a dictionary is copied at
once where slots are copied one by one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from bot.core.commands import Settings
from bot.core.ids import ChannelId, ItemId, LearnerId, QuestionId, RoundId, Topic
from bot.core.questions import Question
from bot.core.responses import Response
from bot.core.scoring import NO_POINTS, Points


class Phase(StrEnum):
    """Where a round stands."""

    LOBBY = "lobby"
    ASKING = "asking"
    REVEALED = "revealed"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Answer:
    """An accepted answer to the question at *position*; graded when it is accepted, told when it closes.

    *sent_at* is the platform's own time and orders answers among themselves, however our clock stands to the
    platform's. *at* is the same held between the question's opening and the answer's arrival.
    """

    position: int
    response: Response
    at: datetime
    sent_at: datetime
    elapsed_ms: int
    changes: int = 0
    credit: Fraction = Fraction(0)
    near: bool = False


@dataclass(frozen=True)
class Participant:
    """One learner in one round. *since* is the first position they play, *answer* may be to an older one.

    *answers* counts those that were scored, *right* the right ones among them. *missed* holds the positions
    that were asked while they played and that they did not get right. The positions in an *answer* that was
    given with reactions stand in the order in which they were put. *side* says through which of the round's
    places they play, "" for the one where it began; to the rules it means nothing.
    """

    learner: LearnerId
    name: str
    account: str
    team: int = 0
    since: int = 0
    away: bool = False
    score: int = 0
    right: int = 0
    answer_streak: int = 0
    gained: int = 0
    answer: Answer | None = None
    missed: tuple[int, ...] = ()
    answers: int = 0
    side: str = ""

    @property
    def played(self) -> bool:
        """Whether they answered a question, or missed one; an answer that was withdrawn is none."""
        return self.answer is not None or bool(self.missed) or self.answers > 0


@dataclass(frozen=True, slots=True)
class Held:
    """What a pause keeps: the phase to return to, the time left in it and when the pause began.

    Until *suspended* it ends by itself: nobody asked for it, the chat could not be heard.
    """

    phase: Phase
    left_ms: int | None
    at: datetime
    suspended: datetime | None = None


@dataclass(frozen=True)
class Round:
    """One run of questions in a channel.

    *people* holds those that were loaded: the sender alone for a personal command, everybody for one that
    moves the round. The counts *joined* (who plays the current question), *waiting* (who plays from the next)
    and *answered* are always over everybody. *until* is when the current phase ends, None when it waits for
    somebody's word. *names* are the first twelve who joined and stayed. *counted* holds the positions that
    were scored: not those skipped, nor one that was open when the round was stopped. *posted* says that the
    open question's message has reached the channel. *taken_at* is the platform's time of the earliest right
    answer in mode ``first``. *day* is the local date of a question of the day, which anybody may answer and
    which has no host, no lobby and no podium; None for a group round. *ended_at* is when it ended, where that
    is known.
    """

    id: RoundId
    channel: ChannelId
    host: LearnerId
    host_name: str
    title: str
    settings: Settings
    questions: tuple[Question, ...] = ()
    people: Mapping[LearnerId, Participant] = field(default_factory=dict)
    phase: Phase = Phase.LOBBY
    position: int = -1
    opened_at: datetime | None = None
    until: datetime | None = None
    posted: bool = False
    joined: int = 0
    waiting: int = 0
    answered: int = 0
    counted: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    team_sizes: tuple[int, ...] = ()
    taken_at: datetime | None = None
    held: Held | None = None
    day: date | None = None
    ended_at: datetime | None = None

    @property
    def question(self) -> Question:
        """The question that is open, or was open last."""
        return self.questions[self.position]

    @property
    def last(self) -> bool:
        """Whether no question comes after the current one."""
        return self.position + 1 >= len(self.questions)


@dataclass(frozen=True, slots=True)
class Attempt:
    """An accepted and graded answer, final: what leaderboards are made of."""

    question: QuestionId
    learner: LearnerId
    item: ItemId
    topic: Topic
    at: datetime
    elapsed_ms: int
    credit: Fraction
    near: bool
    response: Response
    points: Points = NO_POINTS
