"""Announcements: the facts of a round, gathered for those who will be told.

Nothing here changes a round. What is told while a question is open is made from its sheet alone.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.core import effects as fx
from bot.core.commands import Change, Mode
from bot.core.reactions import reacting_to
from bot.core.responses import Response
from bot.core.settlement import winner
from bot.core.standings import standing, team_standing
from bot.core.states import Answer, Participant, Phase, Round

NAMES_SHOWN = 12
STANDING_SHOWN = 10
TOP_SHOWN = 5


def lobby(round_: Round, *, open_: bool = True) -> fx.Lobby:
    """Return the facts of a lobby."""
    settings = round_.settings
    return fx.Lobby(
        round=round_.id,
        title=round_.title,
        host=round_.host_name,
        mode=settings.mode,
        count=len(round_.questions),
        seconds=None if settings.mode is Mode.RELAXED else settings.seconds,
        starts_at=round_.until,
        joined=round_.joined,
        names=round_.names,
        teams=len(round_.team_sizes),
        open=open_,
        opened_at=_clock_start(round_, settings.lobby_seconds),
    )


def question_opened(round_: Round) -> fx.QuestionOpened:
    """Return the question that was just opened."""
    return fx.QuestionOpened(
        sheet=round_.question.sheet(len(round_.questions)),
        opened_at=round_.opened_at,
        closes_at=round_.until,
        joined=round_.joined,
        mode=round_.settings.mode,
        change=change_allowed(round_),
        alone=not round_.settings.scored,
        day=round_.day,
        reacting=reacting_to(round_.settings, round_.question),
    )


def question_changed(round_: Round, state: fx.QuestionState, by: str = "") -> fx.QuestionChanged:
    """Return what the message of the current question should show now; *by* names who dropped it."""
    return fx.QuestionChanged(
        sheet=round_.question.sheet(len(round_.questions)),
        state=state,
        opened_at=round_.opened_at,
        closes_at=round_.until,
        answered=round_.answered,
        joined=round_.joined,
        mode=round_.settings.mode,
        change=change_allowed(round_),
        alone=not round_.settings.scored,
        by=by,
        day=round_.day,
        reacting=reacting_to(round_.settings, round_.question),
    )


def reveal(round_: Round) -> fx.Reveal:
    """Return the reveal of the question that was open last, from the round as its scoring left it.

    Who joins or leaves afterwards is not in it, so it says the same for as long as no other question opens.
    """
    return question_closed(round_) if round_.position in round_.counted else question_skipped(round_)


def reveal_changed(round_: Round, state: fx.RevealState) -> fx.RevealChanged:
    """Return what the message of the last reveal should show now."""
    return fx.RevealChanged(reveal(round_), state)


def question_closed(round_: Round) -> fx.QuestionClosed:
    """Return the reveal of a question that counted."""
    question = round_.question
    players = sorted((p for p in round_.people.values() if p.played), key=lambda p: p.learner)
    answers = [(p, a) for p in players if (a := _answer(round_, p)) is not None]
    right = sorted(
        ((p, a) for p, a in answers if a.credit == 1),
        key=lambda pair: (pair[1].elapsed_ms, pair[0].name, pair[0].learner),
    )
    taker = winner(round_)
    return fx.QuestionClosed(
        question=question.id,
        item=question.item,
        number=question.position + 1,
        total=len(round_.questions),
        order=question.order,
        stem_order=question.stem_order,
        tallies=question.tally((a.response, a.credit == 1) for _, a in answers),
        answered=len(answers),
        joined=sum(_was_asked(round_, p) for p in players),
        right=len(right),
        right_names=tuple(p.name for p, _ in right[:NAMES_SHOWN]),
        fastest_ms=right[0][1].elapsed_ms if right else None,
        winner=round_.people[taker].name if taker is not None else "",
        top=standing(players)[:TOP_SHOWN],
        teams=team_standing(players, len(round_.team_sizes)),
        next_at=round_.until,
        last=round_.last,
        mode=round_.settings.mode,
        scored=round_.settings.scored,
        closed_at=_clock_start(round_, round_.settings.pause_seconds),
        day=round_.day,
    )


def question_skipped(round_: Round) -> fx.QuestionSkipped:
    """Return the reveal of a question that counts for nobody."""
    question = round_.question
    return fx.QuestionSkipped(
        question=question.id,
        item=question.item,
        number=question.position + 1,
        total=len(round_.questions),
        order=question.order,
        stem_order=question.stem_order,
        next_at=round_.until,
        last=round_.last,
        scored=round_.settings.scored,
        closed_at=_clock_start(round_, round_.settings.pause_seconds),
    )


def _clock_start(round_: Round, seconds: int | None) -> datetime | None:
    """Return when the clock of *seconds* that the round shows now began; None without a clock."""
    if round_.until is None or seconds is None:
        return None
    return round_.until - timedelta(seconds=seconds)


def _answer(round_: Round, person: Participant) -> Answer | None:
    """Return what *person* answered to the question that was open last."""
    answer = person.answer
    return answer if answer is not None and answer.position == round_.position else None


def _was_asked(round_: Round, person: Participant) -> bool:
    """Tell whether *person* took part in the question that was scored last."""
    return _answer(round_, person) is not None or round_.position in person.missed


def round_ended(round_: Round, ending: fx.Ending, by: str) -> tuple[fx.Effect | fx.ToLearner, ...]:
    """Return the podium, or the standing so far, and for each who missed something the list of it."""
    players = _players(round_)
    lines = standing(players)
    ranks = {line.learner: line.rank for line in lines if line.learner is not None}
    podium = fx.RoundEnded(
        round=round_.id,
        title=round_.title,
        ending=ending,
        by=by,
        standing=lines[:STANDING_SHOWN],
        teams=team_standing(players, len(round_.team_sizes)),
        joined=len(lines),
        asked=len(round_.counted),
        total=len(round_.questions),
        mode=round_.settings.mode,
        scored=round_.settings.scored,
    )
    private = (
        fx.ToLearner(person.learner, person.account, missed_by(round_, person, rank=rank, joined=len(lines)))
        for person, rank in ((round_.people[learner], rank) for learner, rank in ranks.items())
        if person.missed
    )
    return podium, *private


def _players(round_: Round) -> list[Participant]:
    """Return who counts in a standing: not those who left before they had answered or missed anything."""
    return [person for person in round_.people.values() if person.played or not person.away]


def last_edit(round_: Round) -> tuple[fx.Effect, ...]:
    """Return what the message that is still live should show when the round moves on or ends under it."""
    phase = round_.held.phase if round_.held else round_.phase
    if phase is Phase.LOBBY:
        return (fx.LobbyChanged(lobby(round_, open_=False)),)
    if phase is Phase.ASKING:
        return (question_changed(round_, fx.QuestionState.STOPPED),)
    return (reveal_changed(round_, fx.RevealState.OVER),)


def missed_by(
    round_: Round,
    person: Participant,
    *,
    rank: int,
    joined: int,
    responses: Mapping[int, Response] | None = None,
) -> fx.MissedListed:
    """Return what *person*, of *rank* among *joined*, missed; *responses* are their answers by position."""
    known = responses or {}
    return fx.MissedListed(
        round=round_.id,
        title=round_.title,
        points=person.score,
        rank=rank,
        joined=joined,
        right=person.right,
        asked=len(round_.counted),
        missed=tuple(
            fx.Missed(round_.questions[at].id, round_.questions[at].item, known.get(at))
            for at in person.missed
        ),
        scored=round_.settings.scored,
    )


def change_allowed(round_: Round) -> Change:
    """Return how often an answer may be changed; never in mode ``first``, where it is judged at once."""
    return Change.NEVER if round_.settings.mode is Mode.FIRST else round_.settings.change
