"""Announcements: the facts of a round, gathered for those who will be told.

Nothing here changes a round. What is told while a question is open is made from its sheet alone.
"""

from collections.abc import Mapping, Sequence

from bot.core import effects as fx
from bot.core.commands import Change, Mode
from bot.core.ids import LearnerId
from bot.core.responses import Response
from bot.core.standings import standing, team_standing
from bot.core.states import Attempt, Participant, Phase, Round

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
    )


def question_changed(round_: Round, state: fx.QuestionState) -> fx.QuestionChanged:
    """Return what the message of the current question should show now."""
    return fx.QuestionChanged(
        sheet=round_.question.sheet(len(round_.questions)),
        state=state,
        opened_at=round_.opened_at,
        closes_at=round_.until,
        answered=round_.answered,
        joined=round_.joined,
        mode=round_.settings.mode,
        change=change_allowed(round_),
    )


def question_closed(
    round_: Round, attempts: Sequence[Attempt], winner: LearnerId | None
) -> fx.QuestionClosed:
    """Return the reveal; *round_* is the round after its scoring."""
    question = round_.question
    people = round_.people
    players = _players(round_)
    right = sorted(
        (a for a in attempts if a.credit == 1),
        key=lambda a: (a.elapsed_ms, people[a.learner].name, a.learner),
    )
    return fx.QuestionClosed(
        question=question.id,
        item=question.item,
        number=question.position + 1,
        total=len(round_.questions),
        order=question.order,
        stem_order=question.stem_order,
        tallies=question.tally((a.response, a.credit == 1) for a in attempts),
        answered=len(attempts),
        joined=max(round_.joined, len(attempts)),
        right=len(right),
        right_names=tuple(people[a.learner].name for a in right[:NAMES_SHOWN]),
        fastest_ms=right[0].elapsed_ms if right else None,
        winner=people[winner].name if winner is not None else "",
        top=standing(players)[:TOP_SHOWN],
        teams=team_standing(players, len(round_.team_sizes)),
        next_at=round_.until,
        last=round_.last,
        mode=round_.settings.mode,
        scored=round_.settings.scored,
    )


def question_skipped(round_: Round, by: str) -> fx.QuestionSkipped:
    """Return the reveal of a question that counts for nobody; *round_* is the round after it."""
    question = round_.question
    return fx.QuestionSkipped(
        question=question.id,
        item=question.item,
        number=question.position + 1,
        total=len(round_.questions),
        order=question.order,
        stem_order=question.stem_order,
        by=by,
        next_at=round_.until,
        last=round_.last,
    )


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
    return (*last_edit(round_), podium, *private)


def _players(round_: Round) -> list[Participant]:
    """Return who counts in a standing: not those who left before they had answered or missed anything."""
    return [person for person in round_.people.values() if person.played or not person.away]


def last_edit(round_: Round) -> tuple[fx.Effect, ...]:
    """Return what the message that is still live should show when the round ends under it."""
    phase = round_.held.phase if round_.held else round_.phase
    if phase is Phase.LOBBY:
        return (fx.LobbyChanged(lobby(round_, open_=False)),)
    if phase is Phase.ASKING:
        return (question_changed(round_, fx.QuestionState.STOPPED),)
    return ()


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
