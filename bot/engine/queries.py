"""Queries: what changes nothing and is read from the store or the library alone."""

from datetime import date
from typing import TypeGuard, assert_never, get_args

from bot.core import effects as fx
from bot.core import rounds
from bot.core.announcements import missed_by
from bot.core.commands import (
    Intent,
    ListDecks,
    NotUnderstood,
    OpenForm,
    Query,
    ShowHelp,
    ShowHome,
    ShowLinks,
    ShowMe,
    ShowMine,
    ShowMissed,
    ShowTop,
    SubmitAnswer,
)
from bot.core.deck_commands import ExportDeck, OpenMending, OpenWriting, ShowProposals, ShowReport
from bot.core.draws import may_be_asked
from bot.core.effects import Refusal
from bot.core.grading import Unreadable
from bot.core.ids import QuestionId, RoundId
from bot.core.judging import judge_sent
from bot.core.packs import Deck, Library
from bot.core.questions import Question, round_of
from bot.core.review_commands import OpenReviewForm, ShowReviews
from bot.core.scoring import NO_POINTS
from bot.core.states import Answer, Attempt, Phase, Round
from bot.engine import codec
from bot.engine.events import Event, Reply
from bot.engine.here import is_here, round_here
from bot.engine.homes import Homes
from bot.engine.links import Links
from bot.engine.own_decks import DeckSearch
from bot.engine.profiles import Profiles
from bot.engine.reviews import Reviews
from bot.engine.shelves import Shelves
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

    def __init__(
        self,
        store: Store,
        shelves: Shelves,
        decks: DeckSearch,
        tops: Tops,
        profiles: Profiles,
        homes: Homes,
        links: Links,
        reviews: Reviews,
    ) -> None:
        """Read from *store* and *shelves*, the leaderboards, and what is known of decks and learners."""
        self._links = links
        self._store = store
        self._tops = tops
        self._profiles = profiles
        self._homes = homes
        self._shelves = shelves
        self._decks = decks
        self._reviews = reviews

    async def answer(self, query: Query, event: Event) -> Reply:
        """Return what the sender asked to see, or why it cannot be shown."""
        match query:
            case ListDecks():
                return Reply((_decks(await self._shelves.at(event.place, event.workspace), event.at.date()),))
            case ShowHelp():
                return Reply((fx.HelpShown(),))
            case NotUnderstood(reason=reason, said=said, nearest=nearest):
                return Reply((fx.InputRefused(reason, said, nearest),))
            case ShowLinks() | ShowMe() | ShowHome() | ShowTop():
                return Reply((await self._standing(query, event),))
            case ShowMine(question=question):
                return Reply((await self._mine(question, event),))
            case OpenForm(question=question):
                return Reply((await self._form(question, event),))
            case ShowReport() | OpenWriting() | OpenMending() | ShowProposals() | ExportDeck():
                return Reply((await self._decks.answer(query, event),))
            case ShowReviews() | OpenReviewForm():
                return Reply((await self._reviews.answer(query, event),))
            case ShowMissed(round=round_):
                return Reply((await self._missed_listed(round_, event.account),))
            case _:
                assert_never(query)

    async def _standing(
        self, query: ShowLinks | ShowMe | ShowHome | ShowTop, event: Event
    ) -> fx.LinksShown | fx.MeShown | fx.HomeShown | fx.TopShown | fx.CommandRefused:
        """Return where the sender stands, or with whom."""
        match query:
            case ShowLinks():
                return await self._links.show(event)
            case ShowMe():
                return await self._profiles.show(event)
            case ShowHome():
                return await self._homes.show(event)
            case ShowTop():
                return await self._tops.show(query, event)
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

    async def reacting(self, question: QuestionId) -> bool:
        """Tell whether *question* is answered with reactions, or was while it was open."""
        round_id, _ = round_of(question)
        record = await self._store.look(round_id) if round_id else None
        return record is not None and rounds.reacting(_round(record), question) is not None

    async def _form(self, question: QuestionId, event: Event) -> fx.Reply:
        """Return the control of a question that is open; of a day's that is closed, the one for practice."""
        round_id, position = round_of(question)
        record = await round_here(self._store, round_id, event)
        if record is None or position >= len(record.questions):
            return fx.CommandRefused(Refusal.UNKNOWN_QUESTION)
        round_ = _round(record)
        reason = _why_shut(round_, position)
        practice = reason is Refusal.LATE and round_.day is not None and position in round_.counted
        if reason is not None and not practice:
            return fx.AnswerRefused(question, reason)
        sheet = round_.questions[position].sheet(len(round_.questions))
        return fx.FormOpened(sheet, round_.day, practice)

    async def _mine(self, question: QuestionId, event: Event) -> fx.Reply:
        """Return what became of a closed question for the sender, also for one who took no part."""
        account = event.account
        round_id, position = round_of(question)
        record = await self._store.look(round_id) if round_id and account else None
        if record is None or account is None or position >= len(record.questions):
            return fx.CommandRefused(Refusal.UNKNOWN_QUESTION)
        round_ = _round(record)
        if round_.position < position or (round_.position == position and _is_open(round_)):
            return fx.CommandRefused(Refusal.NOT_CLOSED)
        mine = await self._store.mine(round_id, account)
        if mine is None and not await is_here(self._store, record, event):
            return fx.CommandRefused(Refusal.UNKNOWN_QUESTION)
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


def _decks(library: Library, today: date) -> fx.DecksListed:
    def asked(deck: Deck) -> int:
        return sum(may_be_asked(item, today) for item in deck.items)

    return fx.DecksListed(
        tuple(
            fx.DeckLine(deck.id, deck.title, pack.title, deck.description, asked(deck))
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


def _why_shut(round_: Round, position: int) -> Refusal | None:
    """Return why the question at *position* may not be answered now, whoever asks; None when it may."""
    if round_.position < position:
        return Refusal.LATE if round_.phase is Phase.ENDED else Refusal.EARLY
    if round_.position > position or not _is_open(round_):
        return Refusal.LATE
    return Refusal.PAUSED if round_.held else None


def _attempts(mine: MyRecord) -> tuple[Attempt, ...]:
    return tuple(codec.ATTEMPT.decode(row.body) for row in mine.attempts)


def _mine_shown(round_: Round, position: int, mine: MyRecord | None) -> fx.MineShown:
    question = round_.questions[position]
    attempts = _attempts(mine) if mine else ()
    attempt = next((a for a in attempts if a.question == question.id), None)
    answer = attempt or (_uncounted(mine, position) if mine else None)
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
