"""Queries: what changes nothing and is read from the store or the library alone."""

from collections.abc import Callable
from typing import TypeGuard, assert_never, get_args

from bot.core import effects as fx
from bot.core.announcements import missed_by
from bot.core.commands import (
    Intent,
    ListDecks,
    NotUnderstood,
    Query,
    ShowHelp,
    ShowMe,
    ShowMine,
    ShowMissed,
    ShowTop,
    SubmitAnswer,
)
from bot.core.effects import Refusal
from bot.core.grading import Unreadable
from bot.core.ids import QuestionId, RoundId
from bot.core.items import Library
from bot.core.judging import judge_sent
from bot.core.questions import Question, round_of
from bot.core.scoring import NO_POINTS
from bot.core.states import Answer, Attempt, Phase, Round
from bot.engine import codec
from bot.engine.events import Event, Reply
from bot.engine.profiles import Profiles
from bot.engine.tops import Tops
from bot.ports import MyRecord, RoundRecord, Store
from bot.records import Account

QUERIES = get_args(Query)
ALL = 2**31


def is_query(intent: Intent) -> TypeGuard[Query]:
    """Tell whether *intent* only asks to see something."""
    return isinstance(intent, QUERIES)


class Queries:
    """Answers what people ask to see, each in private."""

    def __init__(self, store: Store, library: Callable[[], Library], tops: Tops, profiles: Profiles) -> None:
        """Read from *store* and *library*, the leaderboards, and what is known of each learner."""
        self._store = store
        self._tops = tops
        self._profiles = profiles
        self._library = library

    async def answer(self, query: Query, event: Event) -> Reply:
        """Return what the sender asked to see, or why it cannot be shown."""
        match query:
            case ListDecks():
                return Reply((_decks(self._library()),))
            case ShowHelp():
                return Reply((fx.HelpShown(),))
            case NotUnderstood(reason=reason, said=said, nearest=nearest):
                return Reply((fx.InputRefused(reason, said, nearest),))
            case ShowMe():
                return Reply((await self._profiles.show(event),))
            case ShowTop():
                return Reply((await self._tops.show(query, event),))
            case ShowMine(question=question):
                return Reply((await self._mine(question, event.account),))
            case ShowMissed(round=round_):
                return Reply((await self._missed_listed(round_, event.account),))
            case _:
                assert_never(query)

    async def missed(self, round_: RoundId, account: Account) -> tuple[fx.Missed, ...]:
        """Return what the learner behind *account* missed in a round; nothing when they took no part."""
        listed = await self._missed_listed(round_, account)
        return listed.missed if isinstance(listed, fx.MissedListed) else ()

    async def practice(self, command: SubmitAnswer) -> fx.Reply:
        """Return what an answer to a question that is closed would have been worth: it counts for nothing."""
        late = fx.AnswerRefused(command.question, Refusal.LATE)
        round_id, position = round_of(command.question)
        record = await self._store.look(round_id)
        if record is None or record.row.open or position >= len(record.questions):
            return late
        question = codec.QUESTION.decode(record.questions[position].body)
        judged = judge_sent(question, command.sent, partial=False)
        if isinstance(judged, Unreadable):
            return fx.AnswerRefused(command.question, None, judged.value)
        return fx.MineShown(
            question=question.id,
            item=question.item,
            order=question.order,
            response=judged.response,
            right=judged.grade.right,
            credit=float(judged.grade.credit),
            near=judged.grade.near,
            points=0,
            base=0,
            speed=0,
            streak_bonus=0,
            elapsed_ms=0,
            counted=False,
            stem_order=question.stem_order,
        )

    async def _mine(self, question: QuestionId, account: Account | None) -> fx.Reply:
        round_id, position = round_of(question)
        record = await self._store.look(round_id) if round_id and account else None
        if record is None or account is None or position >= len(record.questions):
            return fx.CommandRefused(Refusal.UNKNOWN_QUESTION)
        round_ = _round(record)
        if round_.position < position or (round_.position == position and _is_open(round_)):
            return fx.CommandRefused(Refusal.NOT_CLOSED)
        mine = await self._store.mine(round_id, account)
        if mine is None:
            return fx.CommandRefused(Refusal.NOT_IN_ROUND)
        return _mine_shown(round_, position, mine)

    async def _missed_listed(self, round_id: RoundId, account: Account | None) -> fx.Reply:
        record = await self._store.look(round_id)
        mine = await self._store.mine(round_id, account) if account else None
        if record is None or mine is None:
            return fx.CommandRefused(Refusal.NOT_IN_ROUND)
        round_ = _round(record)
        person = codec.PARTICIPANT.decode(mine.participant.body)
        rows = await self._store.standing(round_id, limit=ALL)
        return missed_by(
            round_,
            person,
            rank=1 + sum(points > person.score for _, points, _ in rows),
            joined=max(len(rows), round_.joined),
            responses={round_of(attempt.question)[1]: attempt.response for attempt in _attempts(mine)},
        )


def _decks(library: Library) -> fx.DecksListed:
    return fx.DecksListed(
        tuple(
            fx.DeckLine(deck.id, deck.title, pack.title, deck.description, len(deck.items))
            for pack in library.packs
            for deck in pack.decks
        )
    )


def _round(record: RoundRecord) -> Round:
    questions: tuple[Question, ...] = tuple(codec.QUESTION.decode(row.body) for row in record.questions)
    return codec.with_questions(codec.ROUND.decode(record.row.body), questions)


def _is_open(round_: Round) -> bool:
    """Tell whether the current question may still be answered, now or after a pause."""
    phase = round_.held.phase if round_.held else round_.phase
    return phase is Phase.ASKING


def _attempts(mine: MyRecord) -> tuple[Attempt, ...]:
    return tuple(codec.ATTEMPT.decode(row.body) for row in mine.attempts)


def _mine_shown(round_: Round, position: int, mine: MyRecord) -> fx.MineShown:
    question = round_.questions[position]
    attempt = next((a for a in _attempts(mine) if a.question == question.id), None)
    answer = attempt or _uncounted(mine, position)
    points = attempt.points if attempt else NO_POINTS
    return fx.MineShown(
        question=question.id,
        item=question.item,
        order=question.order,
        response=answer.response if answer else None,
        right=answer is not None and answer.credit == 1,
        credit=float(answer.credit) if answer else 0.0,
        near=answer is not None and answer.near,
        points=points.total,
        base=points.base,
        speed=points.speed,
        streak_bonus=points.streak,
        elapsed_ms=answer.elapsed_ms if answer else 0,
        counted=round_.settings.scored and position in round_.counted,
        stem_order=question.stem_order,
    )


def _uncounted(mine: MyRecord, position: int) -> Answer | None:
    """Return the answer to a question that was skipped or stopped, if it was their last one."""
    answer = codec.PARTICIPANT.decode(mine.participant.body).answer
    return answer if answer and answer.position == position else None
