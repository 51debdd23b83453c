"""Deciding: what a batch of events comes to, from what was loaded for it and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from bot.core import effects as fx
from bot.core.commands import (
    Begin,
    Close,
    DrawRequest,
    Intent,
    Join,
    Leave,
    Mode,
    Next,
    Pause,
    Posted,
    Resume,
    Settings,
    Skip,
    StartRound,
    Stop,
    SubmitAnswer,
    Tick,
)
from bot.core.effects import Refusal
from bot.core.ids import DeckId, ItemId
from bot.core.packs import Library
from bot.engine import codec
from bot.engine.asking import RECENT_ITEMS, asked_for
from bot.engine.deciding import Batch
from bot.engine.events import Event, Reply
from bot.engine.identities import new_channel, new_learner, number
from bot.engine.lives import Decision, Known
from bot.records import (
    Account,
    ChannelRow,
    LearnerRow,
    ParticipantRow,
    Place,
    QuestionRow,
    RoundRow,
    Snapshot,
)
from tests.core.builders import NOON, choice, deck, moment, pack
from tests.engine.clocks import StandingClock
from tests.engine.halls import HALL, ITEMS, LIBRARY, RIGHT, ROUND, START, WRONG, event, own, question

CLOCK = StandingClock()
TWO_PACKS = Library(
    (
        pack(deck(choice(0)), deck(choice(1), name="extra")),
        pack(replace(deck(choice(2)), id=DeckId("birds/deck"), title="Owls"), name="birds"),
    )
)


class Tables:
    """What a store would hold between two batches, as small as that can be."""

    def __init__(self) -> None:
        self.learners: dict[Account, LearnerRow] = {}
        self.channels: dict[Place, ChannelRow] = {}
        self.rounds: dict[str, RoundRow] = {}
        self.questions: dict[str, tuple[QuestionRow, ...]] = {}
        self.people: dict[str, dict[int, ParticipantRow]] = {}
        self.events: set[str] = set()
        self.repeats: dict[str, dict[int, int]] = {}
        self.recent: tuple[str, ...] = ()

    def snapshot(self) -> Snapshot:
        """Return all there is, as if everything had been asked for."""
        open_ = {row.place: row for row in self.rounds.values() if row.open}
        return Snapshot(
            events=set(self.events),
            learners=dict(self.learners),
            channels=dict(self.channels),
            rounds=dict(open_),
            questions=dict(self.questions),
            participants={round_: dict(rows) for round_, rows in self.people.items()},
            recent={HALL: self.recent},
            repeats=dict(self.repeats),
        )

    def keep(self, decision: Decision) -> None:
        """Write what was decided."""
        changes = decision.changes
        self.events.update(id_ for id_, _ in changes.events)
        self.learners.update({row.account: row for row in changes.learners})
        self.channels.update({row.place: row for row in changes.channels})
        self.rounds.update({row.id: row for row in changes.rounds})
        for asked in changes.questions:
            self.questions[asked.round] = (*self.questions.get(asked.round, ()), asked)
        for part in changes.participants:
            self.people.setdefault(part.round, {})[part.learner] = part


def decide(
    tables: Tables,
    *events: Event,
    at: float = 0,
    library: Library = LIBRARY,
    known: Mapping[str, Known] | None = None,
) -> Decision:
    """Decide *events* in one batch and keep what came of it."""
    batch = Batch(tables.snapshot(), known=known or {}, library=library, seed="seed", now=moment(at))
    decision = batch.decide(events)
    tables.keep(decision)
    return decision


def say(who: str, intent: Intent, id_: str = "") -> Event:
    """Return an event of *who* at noon in the hall."""
    return event(who, intent, CLOCK, id_=id_)


def answer(who: str, position: int, *, right: bool = True, at: float = 0) -> Event:
    """Return an answer of *who*, sent at *at*."""
    sent = (RIGHT if right else WRONG)[position]
    return say(who, SubmitAnswer(question(position), sent, moment(at)))


def started(*others: str) -> Tables:
    """Return tables with Ann's round at its first question, which the *others* play too."""
    tables = Tables()
    joins = [say(who, Join()) for who in others]
    decide(tables, say("ann", START, "start"), *joins, say("ann", Begin()))
    decide(tables, own(Posted(question(0), NOON), CLOCK))
    return tables


def keys(decision: Decision) -> list[str]:
    """Return what was promised: the action and the message's name in its round."""
    return [f"{row.action} {row.key.partition('.')[2]}" for row in decision.changes.outbox]


def effects(decision: Decision) -> list[Sequence[fx.Reply] | str]:
    """Return what each sender is told; for an event that raised, the name of its error."""
    return [one.effects if isinstance(one, Reply) else type(one).__name__ for one in decision.outcomes]


# ------------------------------------------------------------------------------------------ what is asked for


@pytest.mark.parametrize(
    "intent, everyone, recent",
    [
        (START, False, RECENT_ITEMS),
        (Join(), False, 0),
        (Leave(), False, 0),
        (SubmitAnswer(question(0), RIGHT[0], NOON), False, 0),
        (Pause(), True, 0),
        (Resume(), True, 0),
        (Posted(question(0), NOON), False, 0),
        (Begin(), True, 0),
        (Close(), True, 0),
        (Next(), True, 0),
        (Skip(), True, 0),
        (Stop(), True, 0),
        (Tick(), True, 0),
    ],
)
def test_only_what_a_decision_needs_is_asked_for(intent: Intent, *, everyone: bool, recent: int) -> None:
    """An answer costs the same however many have joined."""
    one = say("ann", intent, "e1")

    (asked,) = asked_for([one], NOON)

    assert (asked.event, asked.place, asked.account) == ("e1", HALL, Account("web", "ann"))
    assert (asked.everyone, asked.recent) == (everyone, recent)
    assert asked.since == codec.to_ms(NOON) - 7 * 24 * 3600 * 1000


# ------------------------------------------------------------------------------------------ starting


def test_a_start_writes_the_round_its_questions_its_host_and_its_message() -> None:
    """All of it in one go."""
    decision = decide(Tables(), say("ann", START, "start"))

    changes = decision.changes
    assert [(row.id, row.version, row.open, row.wake_at) for row in changes.rounds] == [
        (ROUND, 1, True, None)
    ]
    assert [(row.position, row.item) for row in changes.questions] == [
        (place, item.id) for place, item in enumerate(ITEMS)
    ]
    assert [row.learner for row in changes.participants] == [number("learner\nweb\nann")]
    assert keys(decision) == ["post lobby"]
    assert changes.events == [("start", codec.to_ms(NOON))]
    assert decision.wakes == {HALL: None}


def test_the_same_event_always_starts_the_same_round() -> None:
    """Whichever process decides it, and however often."""
    first, second, other = (
        decide(Tables(), say("ann", StartRound(DrawRequest(count=2)), id_)) for id_ in ("e1", "e1", "e2")
    )

    assert first.changes.questions == second.changes.questions
    assert first.changes.questions[0].round != other.changes.questions[0].round


def test_what_the_channel_saw_last_is_asked_last() -> None:
    """The store knows what that was."""
    tables = Tables()
    tables.recent = (ITEMS[0].id, ITEMS[2].id)

    decision = decide(tables, say("ann", StartRound(DrawRequest(count=3))))

    assert [row.item for row in decision.changes.questions] == [ITEMS[1].id, ITEMS[2].id, ITEMS[0].id]


@pytest.mark.parametrize(
    "start, detail",
    [
        (StartRound(settings=Settings(seconds=4)), "seconds 5 600"),
        (StartRound(settings=Settings(seconds=601)), "seconds 5 600"),
        (StartRound(settings=Settings(lobby_seconds=601)), "lobby_seconds 0 600"),
        (StartRound(settings=Settings(pause_seconds=-1)), "pause_seconds 0 600"),
        (StartRound(settings=Settings(teams=1)), "teams 2 8"),
        (StartRound(settings=Settings(teams=9)), "teams 2 8"),
        (StartRound(DrawRequest(count=0)), "count 1 50"),
        (StartRound(DrawRequest(count=51)), "count 1 50"),
    ],
)
def test_a_setting_beyond_its_limits_is_refused_with_the_limits(start: StartRound, detail: str) -> None:
    """And nothing is started."""
    decision = decide(Tables(), say("ann", start))

    assert effects(decision) == [(fx.CommandRefused(Refusal.BAD_SETTING, detail),)]
    assert decision.changes.rounds == []


@pytest.mark.parametrize(
    "settings",
    [
        Settings(seconds=5, lobby_seconds=0, pause_seconds=0, teams=2),
        Settings(seconds=600, lobby_seconds=600, pause_seconds=600, teams=8),
        Settings(lobby_seconds=None, pause_seconds=None),
    ],
)
def test_a_setting_at_its_limit_is_taken(settings: Settings) -> None:
    """None waits for the host's word and has no limit."""
    decision = decide(Tables(), say("ann", StartRound(DrawRequest(count=1), settings)))

    assert len(decision.changes.rounds) == 1


@pytest.mark.parametrize(
    "library, request_",
    [
        (Library(), DrawRequest()),
        (LIBRARY, DrawRequest(decks=(DeckId("pack/gone"),))),
        (LIBRARY, DrawRequest(items=(ItemId("pack/gone"),))),
    ],
)
def test_with_nothing_to_ask_no_round_starts(library: Library, request_: DrawRequest) -> None:
    """The sender hears that no item fits."""
    decision = decide(Tables(), say("ann", StartRound(request_)), library=library)

    assert effects(decision) == [(fx.CommandRefused(Refusal.NO_ITEMS),)]


@pytest.mark.parametrize(
    "request_, title",
    [
        (DrawRequest(), "Pack"),
        (DrawRequest(decks=(DeckId("pack/deck"), DeckId("pack/extra"))), "Pack"),
        (DrawRequest(decks=(DeckId("pack/extra"),)), "Extra"),
        (DrawRequest(decks=(DeckId("birds/deck"),)), "Birds"),
        (DrawRequest(decks=(DeckId("pack/deck"), DeckId("birds/deck"))), ""),
        (DrawRequest(items=(choice(0).id,)), ""),
    ],
)
def test_a_round_is_titled_after_its_pack_or_its_deck(request_: DrawRequest, title: str) -> None:
    """A mixture has no title."""
    tables = Tables()
    decide(tables, say("ann", StartRound(request_)), library=TWO_PACKS)

    (row,) = tables.rounds.values()
    assert codec.ROUND.decode(row.body).title == title


def test_our_own_events_start_nothing() -> None:
    """A round has a host."""
    decision = decide(Tables(), own(START, CLOCK))

    assert decision.changes.rounds == []


# ------------------------------------------------------------------------------------------ who


def test_a_new_face_becomes_a_learner_and_a_new_name_is_taken_over() -> None:
    """Once each, whatever else they do in the batch."""
    tables = started()
    renamed = replace(say("ben", Join()), name="Benjamin")
    nameless = replace(say("ben", Join()), name="")

    decision = decide(tables, say("ben", Join()), say("ben", Join()), renamed, nameless)

    account = Account("web", "ben")
    assert decision.changes.learners == [new_learner(account, "Ben"), new_learner(account, "Benjamin")]
    assert decide(tables, renamed).changes.learners == []


def test_a_channel_is_written_once() -> None:
    """With the group that its workspace makes."""
    tables = Tables()

    assert decide(tables, say("ann", START, "start")).changes.channels == [new_channel(HALL, "web")]
    decide(tables, say("ann", Stop()))
    assert decide(tables, say("ann", START, "next")).changes.channels == []


# ------------------------------------------------------------------------------------------ in one batch


def test_a_whole_question_can_happen_in_one_batch() -> None:
    """Each event is decided on what the ones before it left, and everything is written once."""
    tables = started("ben")

    decision = decide(
        tables, answer("ann", 0), answer("ben", 0, right=False), own(Tick(), CLOCK), say("ann", Next()), at=1
    )

    assert keys(decision) == ["edit 1.ask", "post 1.reveal", "edit 1.reveal", "post 2.ask"]
    (row,) = decision.changes.rounds
    assert (row.version, row.item) == (3, ITEMS[1].id)
    assert sorted(part.score for part in decision.changes.participants) == [0, 150]
    assert len(decision.changes.attempts) == 2


def test_a_round_that_ends_is_written_before_the_one_that_takes_its_place() -> None:
    """A channel has one open round at most, at every moment."""
    tables = started()

    decision = decide(tables, say("ann", Stop()), say("ben", START, "next"), say("ann", Join()))

    assert [row.open for row in decision.changes.rounds] == [False, True]
    assert effects(decision)[2] == (fx.CommandDone(fx.Confirmation.JOINED),)
    assert set(decision.rounds) == {HALL}


def test_many_answers_make_one_live_count_of_the_newest_state() -> None:
    """Edits of one message are one row, posts are never dropped."""
    tables = started("ben", "cat", "dan")

    decision = decide(
        tables, answer("ben", 0), answer("cat", 0), say("ann", Pause()), say("ann", Resume()), at=2
    )

    edits = [row for row in decision.changes.outbox if row.action == "edit"]
    told = codec.decode_effect(edits[0].body)
    assert len(edits) == 1
    assert isinstance(told, fx.QuestionChanged)
    assert (told.answered, told.state) == (2, fx.QuestionState.OPEN)
    assert [row.action for row in decision.changes.outbox].count("post") == 2


def test_a_change_of_mind_makes_no_live_count() -> None:
    """As many have answered as before."""
    tables = started("ben", "cat")
    decide(tables, answer("ben", 0))

    assert keys(decide(tables, answer("ben", 0, right=False, at=1), at=1)) == []


def test_only_the_sender_is_written_for_an_answer() -> None:
    """Also when everybody was loaded because somebody else in the batch needed them."""
    tables = started("ben", "cat")

    decision = decide(tables, answer("ben", 0), own(Tick(), CLOCK), at=1)

    assert [part.learner for part in decision.changes.participants] == [number("learner\nweb\nben")]


def test_a_close_writes_nobody_who_has_left() -> None:
    """Nothing of theirs has changed."""
    tables = started("ben", "cat")
    decide(tables, say("ben", Leave()))

    decision = decide(tables, say("ann", Close()))

    written = {part.learner for part in decision.changes.participants}
    assert written == {number(f"learner\nweb\n{who}") for who in ("ann", "cat")}


def test_an_event_that_raises_changes_nothing_and_the_others_go_on() -> None:
    """Its exception is its outcome, and it may be sent again."""
    tables = started("ben")
    broken = say("ben", Join(), "broken")
    broken = replace(broken, intent=object())  # type: ignore[arg-type]  # that is what is broken

    decision = decide(tables, broken, answer("ben", 0))

    told = effects(decision)
    assert told[0] == "TypeError"
    assert [type(effect) for effect in told[1]] == [fx.AnswerAccepted]
    assert "broken" not in tables.events


def test_events_are_remembered_and_our_own_are_not() -> None:
    """Doing ours twice changes nothing, so nobody needs to know of them."""
    tables = started()

    decision = decide(tables, own(Tick(), CLOCK), say("ben", Join(), "e7"), say("ben", Join(), "e7"))

    assert decision.changes.events == [("e7", codec.to_ms(NOON))]
    assert decision.outcomes[2] == Reply(duplicate=True)
    assert decide(tables, say("ben", Join(), "e7")).outcomes == [Reply(duplicate=True)]


def test_a_refused_command_writes_nothing_but_its_event() -> None:
    """The round's version stays, so nobody's memory of it grows old."""
    tables = started("ben")

    decision = decide(tables, say("ben", Stop()), answer("cat", 0))

    assert decision.changes.rounds == []
    assert decision.changes.participants == []
    assert len(decision.changes.events) == 2


# ------------------------------------------------------------------------------------------ memory


def test_what_a_process_knows_is_used_while_the_version_is_the_same() -> None:
    """Then neither the round nor its questions are read again."""
    tables = started("ben")
    known: dict[str, Known] = {ROUND: decide(tables, answer("ben", 0)).rounds[HALL]}
    tables.questions.clear()
    row = tables.rounds[ROUND]
    tables.rounds[ROUND] = row._replace(body="not read")

    decision = decide(tables, answer("ann", 0), known=known)

    assert decision.rounds[HALL].round.answered == 2
    assert decision.rounds[HALL].round.people == {}


def test_what_has_moved_since_is_read_again_with_the_questions_that_are_known() -> None:
    """Questions never change."""
    tables = started("ben")
    known: dict[str, Known] = {ROUND: decide(tables, answer("ben", 0)).rounds[HALL]}
    decide(tables, answer("ann", 0))
    tables.questions.clear()

    decision = decide(tables, say("ann", Close()), known=known, at=1)

    assert len(decision.changes.attempts) == 2


# ------------------------------------------------------------------------------------------ repeats


def test_repeats_shrink_the_points_of_the_question_they_were_loaded_for() -> None:
    """They were counted in the tables when the question was open there."""
    tables = started("ben")
    tables.repeats = {ROUND: {number("learner\nweb\nben"): 1}}

    decision = decide(tables, answer("ben", 0), answer("ann", 0), own(Tick(), CLOCK), at=0)

    assert sorted(row.points for row in decision.changes.attempts) == [75, 150]


def test_repeats_do_not_shrink_the_points_of_a_question_opened_in_the_same_batch() -> None:
    """They belong to another item."""
    tables = started("ben")
    tables.repeats = {ROUND: {number("learner\nweb\nben"): 5}}

    decision = decide(tables, say("ann", Close()), say("ann", Next()), answer("ben", 1), say("ann", Close()))

    assert [(row.item, row.points) for row in decision.changes.attempts] == [(ITEMS[1].id, 150)]


# ------------------------------------------------------------------------------------------ timers


def test_a_tick_that_does_nothing_says_when_one_would() -> None:
    """So a timer that was set wrongly is set right."""
    tables = started("ben")

    decision = decide(tables, own(Tick(), CLOCK), at=3)

    assert decision.changes.rounds == []
    assert decision.wakes == {HALL: codec.to_ms(moment(30.75))}


def test_a_deadline_is_rounded_up_to_the_millisecond() -> None:
    """Rounded down, its Tick would come too early and do nothing."""
    tables = Tables()
    settings = Settings(lobby_seconds=10)

    decide(tables, say("ann", StartRound(DrawRequest(count=1), settings)), at=0.0004)

    (row,) = tables.rounds.values()
    assert row.wake_at == codec.to_ms(moment(10)) + 1


# ------------------------------------------------------------------------------------------ nothing there


@pytest.mark.parametrize("intent", [Join(), Leave(), Stop(), Next(), Skip(), Pause()])
def test_where_nothing_runs_a_command_is_refused(intent: Intent) -> None:
    """With the way to start something."""
    assert effects(decide(Tables(), say("ann", intent))) == [(fx.CommandRefused(Refusal.NO_ROUND),)]


def test_where_nothing_runs_an_answer_is_late_and_our_own_events_are_silent() -> None:
    """The round is over, and that is all there is to say."""
    decision = decide(Tables(), answer("ann", 0), own(Tick(), CLOCK))

    assert effects(decision) == [(fx.AnswerRefused(question(0), Refusal.LATE),), ()]


def test_a_control_of_another_round_does_nothing() -> None:
    """An answer is late, anything else has no round."""
    tables = started("ben")
    old = ROUND[:-1] + ("a" if ROUND[-1] != "a" else "b")

    stop = replace(say("ann", Stop()), round=type(ROUND)(old))
    late = replace(answer("ben", 0), round=type(ROUND)(old))

    assert effects(decide(tables, stop, late)) == [
        (fx.CommandRefused(Refusal.NO_ROUND),),
        (fx.AnswerRefused(question(0), Refusal.LATE),),
    ]


def test_teams_are_told_with_the_join() -> None:
    """Their number goes to the sender alone."""
    tables = Tables()
    teams = StartRound(DrawRequest(count=1), Settings(mode=Mode.TEAMS, lobby_seconds=None))

    decision = decide(tables, say("ann", teams), say("ben", Join()))

    assert effects(decision)[1] == (fx.CommandDone(fx.Confirmation.JOINED, "2"),)


def test_the_private_lists_at_the_end_go_to_their_readers() -> None:
    """One message each, in the round's own place."""
    tables = started("ben")
    decide(tables, answer("ann", 0), say("ann", Close()))

    decision = decide(tables, say("ann", Stop()))

    private = [(row.to, row.place) for row in decision.changes.outbox if row.to]
    assert private == [("ben", HALL)]
