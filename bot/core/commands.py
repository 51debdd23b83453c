"""Commands: what people, the clock and the delivery ask of a round.

A command says what is wanted and nothing of who wants it: the person comes beside it, as a
:class:`Person`, because a transport knows accounts and only the engine knows learners.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from bot.core.deck_commands import DeckCommand, DeckQuery
from bot.core.ids import DeckId, ItemId, LearnerId, QuestionId, RoundId, Topic
from bot.core.items import Difficulty
from bot.core.responses import Sent
from bot.core.review_commands import ReviewCommand, ReviewQuery


class Mode(StrEnum):
    """Who may score on a question, and what moves the round on."""

    EVERYONE = "everyone"
    FIRST = "first"
    TEAMS = "teams"
    RELAXED = "relaxed"


class Change(StrEnum):
    """How often a learner may change an accepted answer."""

    UNTIL_CLOSE = "until_close"
    ONCE = "once"
    NEVER = "never"


class Reacting(StrEnum):
    """Which of a learner's reactions is their answer, where questions are answered with reactions."""

    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Settings:
    """How a round is played; every field has the default a group would choose.

    *seconds* is the window of a question (5 to 600). *lobby_seconds* and *pause_seconds* may be None: then
    the host's word moves the round on. *scored* is off for a learner's own redo of what was missed.
    *reacting* is the channel's choice and not the host's: None where nobody answers with reactions.
    """

    mode: Mode = Mode.EVERYONE
    seconds: int = 30
    lobby_seconds: int | None = 30
    pause_seconds: int | None = 10
    change: Change = Change.UNTIL_CLOSE
    speed_bonus: bool = True
    partial_credit: bool = False
    teams: int = 2
    scored: bool = True
    reacting: Reacting | None = None


@dataclass(frozen=True, slots=True)
class DrawRequest:
    """Which items a round should draw: *count* (1 to 50) from those that pass every filter.

    An empty filter lets everything pass. With *items* the round asks just these, in this order.
    """

    count: int = 5
    decks: tuple[DeckId, ...] = ()
    topics: tuple[Topic, ...] = ()
    difficulties: tuple[Difficulty, ...] = ()
    items: tuple[ItemId, ...] = ()


@dataclass(frozen=True, slots=True)
class RevealAfter:
    """Reveal so many *hours* (1 to 168) after the post, by a clock that never jumps."""

    hours: int


@dataclass(frozen=True, slots=True)
class RevealAt:
    """Reveal when clocks in the schedule's zone show *at* for the first time after the post."""

    at: time


Reveal = RevealAfter | RevealAt
"""When the question of the day is closed and its answer shown."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who sent a command: *account* is the platform's id, *organiser* and *host* say what they may do.

    *side* says through which of a round's places, as a participant has it.
    """

    learner: LearnerId
    name: str
    account: str
    organiser: bool = False
    host: bool = True
    side: str = ""


@dataclass(frozen=True, slots=True)
class StartRound:
    """Open the lobby of a new round in this channel."""

    request: DrawRequest = field(default_factory=DrawRequest)
    settings: Settings = field(default_factory=Settings)


@dataclass(frozen=True, slots=True)
class Join:
    """Take part, at once in the lobby or between questions, else from the next question."""


@dataclass(frozen=True, slots=True)
class Leave:
    """Stop taking part, so that nobody waits for this learner; what was scored stays."""


@dataclass(frozen=True, slots=True)
class Begin:
    """End the lobby now."""


@dataclass(frozen=True, slots=True)
class SubmitAnswer:
    """Answer *question*; *at* is the platform's own time of the answer."""

    question: QuestionId
    sent: Sent
    at: datetime


@dataclass(frozen=True, slots=True)
class React:
    """Put the letter of the option at *position* to *question*, or take it away when it is not *on*.

    *at* is when that arrived: reactions have no time of their own, and no id either. So whatever comes twice
    changes nothing the second time.
    """

    question: QuestionId
    position: int
    on: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Close:
    """Close the open question now. With *question* only that one, so that a second press does nothing."""

    question: QuestionId | None = None


@dataclass(frozen=True, slots=True)
class Next:
    """Move on: end the pause after a reveal, or close the open question when none is named.

    With *question*, only the pause after that question ends, so that a second press skips nothing.
    """

    question: QuestionId | None = None


@dataclass(frozen=True, slots=True)
class Skip:
    """Drop the open question: it is shown with its answer and counts for nobody."""

    question: QuestionId | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop the clock."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Let the clock go on with the time that was left."""


@dataclass(frozen=True, slots=True)
class Suspend:
    """Stop the clock, because the chat cannot be heard: nobody's answers would arrive."""


@dataclass(frozen=True, slots=True)
class Continue:
    """Let a clock that was suspended go on: the chat is heard again."""


@dataclass(frozen=True, slots=True)
class Stop:
    """End the round now, with the standing so far."""


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed: do what is due, or nothing."""


@dataclass(frozen=True, slots=True)
class Unposted:
    """The message of *question* could not be posted and was given up: nobody has seen the question."""

    question: QuestionId
    why: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """The message of *question* reached the channel at *at*: its window starts then."""

    question: QuestionId
    at: datetime


DAILY_NAME = "daily"
"""What a schedule is called that nobody named."""


@dataclass(frozen=True, slots=True)
class SetDaily:
    """Set the schedule *name* of this channel: a new one, or what is not None of one that is there.

    A new one needs *at* and, unless the channel has another to take it from, *zone* (a zone's name). Of
    *weekdays* Monday is 0. Of empty *decks*, *topics* or *levels* each lets everything pass. *mention* is the
    platform's id of a role, "" for none. Setting it resumes one that was paused.
    """

    name: str = DAILY_NAME
    at: time | None = None
    zone: str | None = None
    weekdays: tuple[int, ...] | None = None
    decks: tuple[DeckId, ...] | None = None
    topics: tuple[Topic, ...] | None = None
    levels: tuple[Difficulty, ...] | None = None
    reveal: Reveal | None = None
    mention: str | None = None


@dataclass(frozen=True, slots=True)
class ShowDaily:
    """Show the schedules of this channel and their next three posts."""


@dataclass(frozen=True, slots=True)
class PostDaily:
    """Post today's question of the schedule *name* now; "" is the channel's only one."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class StopDaily:
    """Pause the schedule *name* until it is set again; "" is the channel's only one."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class PauseSchedules:
    """Pause every schedule of this channel until it is set again: we are no longer where the channel is."""


@dataclass(frozen=True, slots=True)
class HostedBy:
    """Who may start rounds, by ids or names of roles and people: None is everybody, () only organisers."""

    names: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class RecapAt:
    """A recap of the week on each *weekday* (0 is Monday), when clocks in its zone show *at*."""

    weekday: int
    at: time


@dataclass(frozen=True, slots=True)
class SeasonWish:
    """A season called *name*, from *first* to *last*; None is tomorrow, and thirteen weeks."""

    name: str
    first: date | None = None
    last: date | None = None


class Off(StrEnum):
    """What takes a setting back."""

    OFF = "off"


@dataclass(frozen=True, slots=True)
class ChangeSettings:
    """Change what is not None of the group's settings, and of this channel's own; with nothing, show them.

    *zone* is a zone's name. *organisers* are those beside whom the platform says, by ids or names of roles
    and of people. The channel's own are its *recap*, and whether questions are answered with *reactions*.
    """

    zone: str | None = None
    organisers: tuple[str, ...] | None = None
    hosts: HostedBy | None = None
    recap: RecapAt | Off | None = None
    season: SeasonWish | Off | None = None
    reactions: Reacting | Off | None = None


@dataclass(frozen=True, slots=True)
class Hide:
    """Leave the sender out of what others see of leaderboards, or no longer."""

    hidden: bool


class LinkKind(StrEnum):
    """What is linked with what was elsewhere: the sender, their group, or a channel of it."""

    ME = "me"
    GROUP = "group"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class MakeCode:
    """Make a code by which what is here can be linked from elsewhere."""

    kind: LinkKind = LinkKind.ME


@dataclass(frozen=True, slots=True)
class RedeemCode:
    """Link what is here with where *code* was made, whichever of the three it is for."""

    code: str


@dataclass(frozen=True, slots=True)
class Unlink:
    """Take a link back: everybody has again what was theirs, with what they earned meanwhile."""

    kind: LinkKind = LinkKind.ME


@dataclass(frozen=True, slots=True)
class Flag:
    """Say that a question is bad, and with *reason* why; None is the one asked last in this channel.

    Who flags a question again changes nothing but the reason, and that only by giving one.
    """

    question: QuestionId | None = None
    reason: str = ""


ScheduleCommand = SetDaily | ShowDaily | PostDaily | StopDaily
"""What concerns the schedules of a channel; all but showing is for organisers."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The *command*, to the channel that the platform's id *channel* names, whoever listens here.

    A transport makes sure that there is such a channel and that the sender may see it.
    """

    channel: str
    command: ScheduleCommand


RoundCommand = (
    Join
    | Leave
    | Begin
    | SubmitAnswer
    | React
    | Close
    | Next
    | Skip
    | Pause
    | Resume
    | Suspend
    | Continue
    | Stop
    | Tick
    | Posted
    | Unposted
)
"""What a round that exists understands."""

LinkCommand = MakeCode | RedeemCode | Unlink
"""What links learners, groups and channels; for groups and channels it is for organisers."""

Command = (
    StartRound
    | RoundCommand
    | ScheduleCommand
    | LinkCommand
    | DeckCommand
    | ReviewCommand
    | PauseSchedules
    | ChangeSettings
    | Hide
    | Flag
)


@dataclass(frozen=True, slots=True)
class ShowMine:
    """Show the sender, in private, what they answered to a closed question, what it earned, and why.

    Who did not answer, or took no part at all, is shown what was right and why.
    """

    question: QuestionId


@dataclass(frozen=True, slots=True)
class OpenForm:
    """Show the sender, in private, the control that answers *question*, for practice where nothing counts."""

    question: QuestionId


@dataclass(frozen=True, slots=True)
class ShowMissed:
    """Show the sender, in private, what they missed in a round."""

    round: RoundId


@dataclass(frozen=True, slots=True)
class Redo:
    """Start a round of the sender's own, in private, on what they missed in *round*."""

    round: RoundId


@dataclass(frozen=True, slots=True)
class ListDecks:
    """Show the decks there are."""


@dataclass(frozen=True, slots=True)
class ShowHelp:
    """Show what can be typed."""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """What was typed is no command: *reason* says why, *nearest* offers what was probably meant."""

    reason: str
    said: str
    nearest: str = ""


class Scope(StrEnum):
    """Whose leaderboard: this channel's, this group's, or everybody's."""

    CHANNEL = "channel"
    GROUP = "group"
    EVERYWHERE = "everywhere"


class Since(StrEnum):
    """Of which time: the running day, week or month by the group's calendar, a season, or all of it."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    ALL = "all"


class RankedBy(StrEnum):
    """What a leaderboard is in order of."""

    POINTS = "points"
    ACCURACY = "accuracy"
    IMPROVEMENT = "improvement"


@dataclass(frozen=True, slots=True)
class ShowTop:
    """Show a leaderboard, *page* counted from 1. With a *topic* it is the group's, of all time.

    Seasons are the group's too; *season* is the name or the id of one, "" for the one that runs.
    """

    scope: Scope = Scope.GROUP
    since: Since = Since.WEEK
    by: RankedBy = RankedBy.POINTS
    topic: Topic = Topic("")  # noqa: RUF009 - the empty text is one value
    page: int = 1
    season: str = ""


@dataclass(frozen=True, slots=True)
class ShowMe:
    """Show the sender where they stand: rank, streak and how well they know each topic."""


@dataclass(frozen=True, slots=True)
class ShowHome:
    """Show the sender all that concerns them in their group at a glance: what is open, what comes next."""


@dataclass(frozen=True, slots=True)
class ShowLinks:
    """Show what the sender, their group and this channel are linked with."""


Query = (
    ShowMine
    | OpenForm
    | ShowMissed
    | ListDecks
    | ShowHelp
    | ShowTop
    | ShowMe
    | ShowHome
    | ShowLinks
    | DeckQuery
    | ReviewQuery
    | NotUnderstood
)
"""What changes nothing."""

Intent = Command | Elsewhere | Redo | Query
"""Whatever a transport can bring."""
