"""Effects: what happened, in the past tense, with every fact that a reader will be told.

An effect is public when it goes to the channel, or private to one learner; :mod:`bot.engine.dispatch`
knows which. Before a question closes effects carry a :class:`Sheet`, which has no key, no explanation and
no feedback in it, so that nothing worded from it can give the answer away.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from bot.core.commands import Change, DrawRequest, LinkKind, Mode, RankedBy, Reacting, Scope, Since
from bot.core.commands import Reveal as RevealRule
from bot.core.deck_effects import DeckReply
from bot.core.ids import LearnerId, PackId, QuestionId, RoundId, Topic
from bot.core.items import Difficulty, Item, Kind
from bot.core.responses import Response
from bot.core.review_effects import ItemAmended, ReviewReply
from bot.core.streaks import Mark


@dataclass(frozen=True, slots=True)
class Sheet:
    """A question as it is shown while it is open: no key in it.

    *options* stand in their drawn order: the first is A. *blanks* is how many texts are asked for.
    *choose* is how many options the key of a multiple response has, so that nobody guesses how many.
    """

    question: QuestionId
    kind: Kind
    number: int
    total: int
    prompt: str
    scenario: str
    options: tuple[str, ...]
    stems: tuple[str, ...]
    topic: Topic
    difficulty: Difficulty
    hints: tuple[str, ...] = ()
    blanks: int = 0
    choose: int = 0
    unit: str = ""


class QuestionState(StrEnum):
    """What the message of a question should show."""

    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"
    SKIPPED = "skipped"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Lobby:
    """The facts of a lobby; *starts_at* is None when the host's word starts the round.

    *names* are the first twelve who joined, *joined* counts all. *open* turns false when play begins. The
    clock runs from *opened_at*, which a pause shifts.
    """

    round: RoundId
    title: str
    host: str
    mode: Mode
    count: int
    seconds: int | None
    starts_at: datetime | None
    joined: int
    names: tuple[str, ...]
    teams: int = 0
    open: bool = True
    opened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LobbyOpened:
    """A round waits for people. Posted."""

    lobby: Lobby


@dataclass(frozen=True, slots=True)
class LobbyChanged:
    """Somebody joined or left, or play began. Edits the lobby's message."""

    lobby: Lobby


@dataclass(frozen=True, slots=True)
class QuestionOpened:
    """A question may be answered until *closes_at* (None: no clock). Posted.

    *alone* says that it is part of a learner's own redo, in which nobody else takes part. *reacting* says
    which of a learner's reactions counts, None when the question is not answered with reactions.
    """

    sheet: Sheet
    opened_at: datetime | None
    closes_at: datetime | None
    joined: int
    mode: Mode
    change: Change
    alone: bool = False
    day: date | None = None
    mention: str = ""
    reacting: Reacting | None = None


@dataclass(frozen=True, slots=True)
class QuestionChanged:
    """The count, the clock or the state of a question changed. Edits the question's message.

    *by* names who dropped it, when it was. *reacting* is as in a question that was opened.
    """

    sheet: Sheet
    state: QuestionState
    opened_at: datetime | None
    closes_at: datetime | None
    answered: int
    joined: int
    mode: Mode
    change: Change
    alone: bool = False
    by: str = ""
    day: date | None = None
    reacting: Reacting | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """One line of a standing: ties share a *rank*, and the next rank counts them all (1, 1, 3)."""

    rank: int
    name: str
    points: int
    right: int
    learner: LearnerId | None = None
    gained: int = 0
    streak: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """How many gave one answer. For options, *position* as shown; for typed answers the *text*."""

    count: int
    right: bool
    position: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Keeper:
    """Somebody who answered the question of the day, and for how many days running now."""

    name: str
    days: int


@dataclass(frozen=True, slots=True)
class QuestionClosed:
    """A question closed: the reveal. Posted.

    *item* holds key, explanation and feedback; *order* the options as they were shown, *stems* likewise.
    *tallies*: choice kinds have one a shown option; typed kinds the up to eight commonest texts; ordering
    and matching none. *right_names* are up to twelve who were right, fastest first. *winner* is for mode
    ``first``. *joined* counts who could answer. *top* is the standing's first five, of those who have played.
    *scored* is false when nothing counted: in a learner's own redo. The clock runs from *closed_at*, which a
    pause shifts, to *next_at*, or is None when the host's word moves on. *last*: no question comes after it.

    A question of the day has its *day*. Then *keepers* are up to five who answered, the longest streaks first
    and no streak of one day, and *next_post* is when the next question comes, if one comes.
    """

    question: QuestionId
    item: Item
    number: int
    total: int
    order: tuple[int, ...]
    stem_order: tuple[int, ...]
    tallies: tuple[Tally, ...]
    answered: int
    joined: int
    right: int
    right_names: tuple[str, ...]
    fastest_ms: int | None
    winner: str
    top: tuple[Standing, ...]
    teams: tuple[Standing, ...]
    next_at: datetime | None
    last: bool
    mode: Mode
    scored: bool = True
    closed_at: datetime | None = None
    day: date | None = None
    keepers: tuple[Keeper, ...] = ()
    next_post: datetime | None = None


@dataclass(frozen=True, slots=True)
class QuestionSkipped:
    """A question was dropped: shown with its answer, counted for nobody. Posted."""

    question: QuestionId
    item: Item
    number: int
    total: int
    order: tuple[int, ...]
    stem_order: tuple[int, ...]
    next_at: datetime | None
    last: bool
    scored: bool = True
    closed_at: datetime | None = None


Reveal = QuestionClosed | QuestionSkipped


class RevealState(StrEnum):
    """What the message of a reveal should offer."""

    WAITING = "waiting"
    PAUSED = "paused"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class RevealChanged:
    """The time after a reveal stands still, goes on or is over. Edits the reveal's message.

    *reveal* says again what was posted, so that the message can be worded anew.
    """

    reveal: Reveal
    state: RevealState


@dataclass(frozen=True, slots=True)
class RoundPaused:
    """The clock stands still. Posted. *suspended*, nobody asked for it: the chat cannot be heard."""

    round: RoundId
    by: str
    seconds_left: int | None
    suspended: bool = False


@dataclass(frozen=True, slots=True)
class RoundResumed:
    """The clock goes on, with *seconds_left*. Posted. *suspended*, it does so by itself.

    The running clock stands in the message that was live before, which is edited: two would part ways.
    """

    round: RoundId
    by: str
    seconds_left: int | None = None
    suspended: bool = False


class Ending(StrEnum):
    """Why a round ended."""

    FINISHED = "finished"
    STOPPED = "stopped"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class RoundEnded:
    """The round is over: the podium, or the standing so far. Posted.

    *standing* is the first ten of *joined*; *teams* is empty but in mode ``teams``. *asked* counts the
    questions that were scored. *by* names who stopped it.
    """

    round: RoundId
    title: str
    ending: Ending
    by: str
    standing: tuple[Standing, ...]
    teams: tuple[Standing, ...]
    joined: int
    asked: int
    total: int
    mode: Mode
    scored: bool = True


@dataclass(frozen=True, slots=True)
class Missed:
    """One question that a learner missed: its prompt, the right answer's facts, what was answered."""

    question: QuestionId
    item: Item
    response: Response | None


@dataclass(frozen=True, slots=True)
class MissedListed:
    """What a learner missed in a round, in private, with a way to redo it."""

    round: RoundId
    title: str
    points: int
    rank: int
    joined: int
    right: int
    asked: int
    missed: tuple[Missed, ...]
    scored: bool = True


@dataclass(frozen=True, slots=True)
class AnswerAccepted:
    """An answer is in. *labels*: letters for options, texts for what was typed. Private.

    *changed* is true when it replaced an earlier one; *more* says whether it may be changed again. *reacting*
    says by which rule a reaction became the answer, None when it was no reaction.
    """

    question: QuestionId
    kind: Kind
    labels: tuple[str, ...]
    changed: bool
    more: bool
    reacting: Reacting | None = None


@dataclass(frozen=True, slots=True)
class AnswerWithdrawn:
    """The reader took their reaction away, and with it their answer: they have none now. Private."""

    question: QuestionId


@dataclass(frozen=True, slots=True)
class AnswerJudged:
    """Mode ``first``: the sender hears at once; a wrong answer locks them out of the question. Private."""

    question: QuestionId
    right: bool
    near: bool


class Refusal(StrEnum):
    """Why a command changed nothing. Each has one sentence of its own."""

    LATE = "late"
    EARLY = "early"
    PAUSED = "paused"
    NOT_JOINED = "not_joined"
    NEXT_QUESTION = "next_question"
    LOCKED = "locked"
    TAKEN = "taken"
    NO_CHANGE = "no_change"
    SAME = "same"
    REACTED_ALREADY = "reacted_already"
    ONE_CHANGE = "one_change"
    OUTDATED = "outdated"
    OTHER_QUESTION = "other_question"
    NO_ROUND = "no_round"
    ROUND_RUNS = "round_runs"
    REDO_RUNS = "redo_runs"
    ALREADY_JOINED = "already_joined"
    NOT_IN_ROUND = "not_in_round"
    NOT_HOST = "not_host"
    ALREADY_BEGUN = "already_begun"
    ALREADY_PAUSED = "already_paused"
    NOT_PAUSED = "not_paused"
    NOTHING_OPEN = "nothing_open"
    CLOCK_RUNS = "clock_runs"
    NO_ITEMS = "no_items"
    NOTHING_MISSED = "nothing_missed"
    NOT_CLOSED = "not_closed"
    UNKNOWN_QUESTION = "unknown_question"
    NOTHING_ASKED = "nothing_asked"
    BAD_SETTING = "bad_setting"
    NOT_ORGANISER = "not_organiser"
    NO_SCHEDULE = "no_schedule"
    WHICH_SCHEDULE = "which_schedule"
    TOO_MANY_SCHEDULES = "too_many_schedules"
    TIME_MISSING = "time_missing"
    ZONE_MISSING = "zone_missing"
    DAY_DONE = "day_done"
    NOT_A_HOST = "not_a_host"
    NO_RECAP = "no_recap"
    NO_SEASON = "no_season"
    NO_SEASON_RUNS = "no_season_runs"
    SEASON_BEGINS_EARLY = "season_begins_early"
    SEASON_ENDS_EARLY = "season_ends_early"
    SEASON_NAME_TAKEN = "season_name_taken"
    TOO_MANY_SEASONS = "too_many_seasons"
    NOTHING_BEFORE = "nothing_before"
    TOO_MANY_TO_COMPARE = "too_many_to_compare"
    NO_SUCH_CODE = "no_such_code"
    CODE_USED = "code_used"
    CODE_EXPIRED = "code_expired"
    TOO_MANY_TRIES = "too_many_tries"
    OWN_CODE = "own_code"
    SAME_PERSON = "same_person"
    SAME_ROUND = "same_round"
    TOO_MANY_ACCOUNTS = "too_many_accounts"
    SAME_GROUP = "same_group"
    TWO_UNIONS = "two_unions"
    SAME_CHANNEL = "same_channel"
    CHANNEL_LINKED = "channel_linked"
    CHANNEL_PLAYS = "channel_plays"
    TOO_MANY_PLACES = "too_many_places"
    NO_CHANNEL_HERE = "no_channel_here"
    NOT_LINKED_ME = "not_linked_me"
    NOT_LINKED_GROUP = "not_linked_group"
    NOT_LINKED_CHANNEL = "not_linked_channel"


@dataclass(frozen=True, slots=True)
class AnswerRefused:
    """An answer that did not count, and why; *unreadable* has grading's reason. Private."""

    question: QuestionId
    reason: Refusal | None
    unreadable: str = ""


@dataclass(frozen=True, slots=True)
class CommandRefused:
    """A command that changed nothing, and why; *detail* is a name or value for the sentence. Private."""

    reason: Refusal
    detail: str = ""


class Confirmation(StrEnum):
    """What was done for the sender, where the channel's own message says the rest."""

    STARTED = "started"
    JOINED = "joined"
    JOINED_NEXT = "joined_next"
    LEFT = "left"
    DONE = "done"
    REDO = "redo"
    POSTED = "posted"
    HIDDEN = "hidden"
    LISTED = "listed"


@dataclass(frozen=True, slots=True)
class CommandDone:
    """The sender's command took effect. Private. *detail* is the team for a join in mode ``teams``."""

    what: Confirmation
    detail: str = ""


@dataclass(frozen=True, slots=True)
class MineShown:
    """What the reader answered to a closed question; *response* is None when they did not. Private.

    *order* and *stem_order* are those in which the options and the stems were shown.
    """

    question: QuestionId
    item: Item
    order: tuple[int, ...]
    response: Response | None
    right: bool
    credit: float
    near: bool
    points: int
    base: int
    speed: int
    streak_bonus: int
    elapsed_ms: int
    counted: bool = True
    stem_order: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FormOpened:
    """A question with the control that answers it, as its own message has it. Private.

    *day* is the local date of a question of the day. *practice* says that it is closed and nothing counts.
    """

    sheet: Sheet
    day: date | None = None
    practice: bool = False


@dataclass(frozen=True, slots=True)
class QuestionFlagged:
    """The reader said that a question is bad; *again*, when they had said so before. Private."""

    question: QuestionId
    again: bool


@dataclass(frozen=True, slots=True)
class ScheduleLine:
    """One schedule of a channel, and the moments of its *next* three posts: none while it is paused."""

    name: str
    at: time
    zone: str
    weekdays: tuple[int, ...]
    request: DrawRequest
    reveal: RevealRule
    mention: str
    paused: bool
    next: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class SchedulesShown:
    """The schedules of a channel. Private."""

    lines: tuple[ScheduleLine, ...]


@dataclass(frozen=True, slots=True)
class ScheduleSet:
    """A schedule was made, or changed. Private."""

    line: ScheduleLine
    new: bool


@dataclass(frozen=True, slots=True)
class ScheduleStopped:
    """A schedule was paused by an organiser. Private."""

    name: str


@dataclass(frozen=True, slots=True)
class DaysSkipped:
    """Posts were too late to be made, from *first* to *last*: nobody's streak breaks.

    Private, to who set the schedule. They were questions of the day, or with *recap* recaps of the week. With
    *empty* they were not too late: there was nothing to ask.
    """

    name: str
    zone: str
    first: date
    last: date
    count: int
    recap: bool = False
    empty: bool = False


@dataclass(frozen=True, slots=True)
class SchedulePaused:
    """A schedule was paused because its channel took no post three times running.

    Private, to who set the schedule, in their own private place. *channel* is the platform's id of the
    channel, *why* the platform's own word. With *recap* it is that of the weekly recap.
    """

    name: str
    channel: str
    why: str
    recap: bool = False


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One line of a leaderboard: ties share a *rank* (1, 1, 3), and *mine* marks the reader's own.

    *share* is the accuracy's lower bound, 0 to 1. *gain* is by how much the share of right answers grew since
    the period before, 0 to 1; it is 0 where improvement was not asked about.
    """

    rank: int
    name: str
    points: int
    right: int
    answers: int
    share: float
    mine: bool = False
    gain: float = 0.0


@dataclass(frozen=True, slots=True)
class TopShown:
    """A page of a leaderboard as its reader sees it. Private.

    *first* to *last* are the dates of the period, None for all time. *listed* counts who is ranked. *own* is
    the reader's line wherever it stands, None when they are not ranked; *lacking* is then how many answers
    they need for it. *near* holds the own line with its neighbours, in order.

    *season* is the name of the season that it is about, and *season_id* its id; *others* are the names of the
    other seasons that have begun, the latest first. *topic_title* is the topic's, "" when nobody knows one.
    """

    scope: Scope
    since: Since
    by: RankedBy
    topic: Topic
    first: date | None
    last: date | None
    lines: tuple[BoardLine, ...]
    page: int
    pages: int
    listed: int
    own: BoardLine | None
    near: tuple[BoardLine, ...]
    lacking: int = 0
    season: str = ""
    season_id: str = ""
    others: tuple[str, ...] = ()
    topic_title: str = ""


@dataclass(frozen=True, slots=True)
class Rank:
    """Where somebody stands on one leaderboard of their group: *rank* is 0 while they are not on it."""

    rank: int
    listed: int
    points: int


@dataclass(frozen=True, slots=True)
class TopicLine:
    """How well somebody knows one topic: *right* of *answers*; *title* is "" when nobody knows one."""

    topic: Topic
    right: int
    answers: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class MeShown:
    """Where the reader stands in their group. Private.

    *days* is their streak of days, *best* the longest they had. *todo* are the dates of questions that are
    open and that they have not answered. *frozen* says that this week's freeze has been used. *topics* are
    those in which they answered anything, the weakest first. *marks* say what each of the group's days was to
    them, in order; *today* is the group's date.
    """

    name: str
    week: Rank
    ever: Rank
    right: int
    answers: int
    days: int
    best: int
    todo: tuple[date, ...]
    frozen: bool
    topics: tuple[TopicLine, ...]
    marks: tuple[tuple[date, Mark], ...]
    today: date


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """Where something is, as one reader may be told it: *channel* is the id of a channel of their platform.

    It is "" where there is none: then *platform* names another platform, or is "" too for the place that is
    the reader's own.
    """

    channel: str = ""
    platform: str = ""


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """The answer that the reader has in an open question: nothing of whether it is right.

    *labels* are letters, or the texts that were typed; *texts* are those of the options that were chosen, one
    for each letter, and empty where nothing is chosen. *more* says whether it may be changed.
    """

    kind: Kind
    labels: tuple[str, ...]
    texts: tuple[str, ...] = ()
    more: bool = True


@dataclass(frozen=True, slots=True)
class OpenDay:
    """The open question of *day* of the schedule called *name*; *until* is when it is revealed."""

    spot: Spot
    name: str
    day: date
    until: datetime | None
    answer: OwnAnswer | None


class Stage(StrEnum):
    """Where a round is."""

    LOBBY = "lobby"
    ASKING = "asking"
    REVEALED = "revealed"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class OpenRound:
    """A round that the reader takes part in, at question *number* of *total*; 0 in its lobby.

    *answer* is the reader's to that question, None also once it is closed. *later* says that they play from
    the next question on.
    """

    spot: Spot
    title: str
    stage: Stage
    number: int
    total: int
    answer: OwnAnswer | None
    later: bool = False


@dataclass(frozen=True, slots=True)
class ComingPost:
    """The *next* post of a schedule: a question of the day or, with *recap*, the recap of a week."""

    spot: Spot
    name: str
    at: time
    zone: str
    weekdays: tuple[int, ...]
    next: datetime
    recap: bool = False


@dataclass(frozen=True, slots=True)
class HomeShown:
    """All that concerns the reader in their group at a glance. Private.

    *rounds* are those that they take part in. *days* are the open questions of the day, those that wait for
    their answer first; *days_left* counts those that are not listed. *coming* has the next post of each
    schedule, the earliest first; *coming_left* counts those that are not listed.
    """

    rounds: tuple[OpenRound, ...]
    days: tuple[OpenDay, ...]
    me: MeShown
    coming: tuple[ComingPost, ...]
    days_left: int = 0
    coming_left: int = 0


@dataclass(frozen=True, slots=True)
class Improved:
    """Somebody whose share of right answers, 0 to 1, grew from one week to the next."""

    name: str
    before: float
    now: float


@dataclass(frozen=True, slots=True)
class Hardest:
    """The question that a group answered worst: *right* of *answers*."""

    item: Item
    right: int
    answers: int


@dataclass(frozen=True, slots=True)
class WeakTopic:
    """A topic of *pack* that goes badly: *right* of *answers*; *title* is "" when nobody knows one."""

    topic: Topic
    title: str
    right: int
    answers: int
    pack: PackId = PackId("")  # noqa: RUF009 - the empty text is one value


@dataclass(frozen=True, slots=True)
class RecapPosted:
    """A group's week, from the recap's hour on *first* to that on *last*. Posted. *id* names both.

    *lines* are up to five of the *listed*, most points first. *learners*, *answers* and *right* are of
    everybody.
    *improved* are up to three, the greatest gain first. *days* is the group's streak of days, *best* its
    longest. *weak* are up to three topics, the worst first.
    """

    id: RoundId
    first: date
    last: date
    lines: tuple[BoardLine, ...]
    listed: int
    learners: int
    answers: int
    right: int
    improved: tuple[Improved, ...]
    hardest: Hardest | None
    days: int
    best: int
    weak: tuple[WeakTopic, ...]


class SeasonState(StrEnum):
    """Where a season is in time."""

    PAST = "past"
    RUNNING = "running"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class SeasonLine:
    """A season, from *first* to *last*."""

    name: str
    first: date
    last: date
    state: SeasonState


@dataclass(frozen=True, slots=True)
class RecapLine:
    """The recap of a channel: *next* is its next moment, None while it is *paused*."""

    weekday: int
    at: time
    zone: str
    next: datetime | None
    paused: bool


@dataclass(frozen=True, slots=True)
class SettingsShown:
    """The settings of a group and those of the channel; *changed* when they were just now. Private.

    *hosts* is None when everybody may start rounds. *seasons* are the latest first. *recap* and *reacting*
    are the channel's own; *reacting* is None while its questions are not answered with reactions.
    """

    zone: str
    organisers: tuple[str, ...]
    hosts: tuple[str, ...] | None
    recap: RecapLine | None
    seasons: tuple[SeasonLine, ...]
    changed: bool = False
    reacting: Reacting | None = None


@dataclass(frozen=True, slots=True)
class DeckLine:
    """One deck in the list of decks; *questions* counts those that may be asked today."""

    id: str
    title: str
    pack: str
    description: str
    questions: int


@dataclass(frozen=True, slots=True)
class DecksListed:
    """The decks there are. Private."""

    decks: tuple[DeckLine, ...]


@dataclass(frozen=True, slots=True)
class HelpShown:
    """What can be typed. Private."""


@dataclass(frozen=True, slots=True)
class CodeMade:
    """A *code* that links what was asked for, good for one use until *until*. Private."""

    code: str
    kind: LinkKind
    until: datetime


@dataclass(frozen=True, slots=True)
class Linked:
    """Something is linked with what is on *platform*, where *name* made the code. Private.

    *group* says that with a channel its group was linked too.
    """

    kind: LinkKind
    name: str
    platform: str
    group: bool = False


@dataclass(frozen=True, slots=True)
class Unlinked:
    """A link was taken back. Private."""

    kind: LinkKind


@dataclass(frozen=True, slots=True)
class LinkedAccount:
    """An account of a learner's, by its platform and its name there; *mine* is the one that asks."""

    platform: str
    name: str
    mine: bool = False


@dataclass(frozen=True, slots=True)
class LinksShown:
    """What is linked here. Private.

    *accounts* are all of the reader's, one alone when nothing is linked. *groups* are the platforms of the
    other groups that are one with the reader's. *places* are where the channel's rounds are played besides
    here.
    """

    accounts: tuple[LinkedAccount, ...]
    groups: tuple[str, ...]
    places: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class InputRefused:
    """What was typed is no command. Private."""

    reason: str
    said: str
    nearest: str = ""


Public = (
    LobbyOpened
    | LobbyChanged
    | QuestionOpened
    | QuestionChanged
    | QuestionClosed
    | QuestionSkipped
    | RevealChanged
    | RoundPaused
    | RoundResumed
    | RoundEnded
    | RecapPosted
    | ItemAmended
)
"""Effects that the whole channel sees."""

Reply = (
    AnswerAccepted
    | AnswerWithdrawn
    | AnswerJudged
    | AnswerRefused
    | CommandRefused
    | CommandDone
    | MineShown
    | FormOpened
    | QuestionFlagged
    | MissedListed
    | SchedulesShown
    | ScheduleSet
    | ScheduleStopped
    | DaysSkipped
    | SchedulePaused
    | TopShown
    | MeShown
    | HomeShown
    | SettingsShown
    | CodeMade
    | Linked
    | Unlinked
    | LinksShown
    | DeckReply
    | ReviewReply
    | DecksListed
    | HelpShown
    | InputRefused
)
"""Effects that only one learner sees."""

Effect = Public | Reply


@dataclass(frozen=True, slots=True)
class ToLearner:
    """An effect for one learner that nobody asked for just now, as the list of what was missed."""

    learner: LearnerId
    account: str
    effect: Reply
