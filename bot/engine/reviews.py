"""Reviews: what waits for an organiser's decision, and what is looked up before one is made.

What waits is derived each time from what people flagged, from what is suspect, and from what the group's own
decks hold switched off, less what has been decided since; so nothing has to be kept in step, and two who look
at it see the same.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeGuard, get_args

from bot.core import effects as fx
from bot.core import review_effects as rx
from bot.core.amendments import Verdict
from bot.core.groups import organises
from bot.core.ids import ItemId, OptionId, QuestionId, RoundId
from bot.core.items import Item
from bot.core.mending import Slipped, mended, mending_of
from bot.core.own_packs import is_own
from bot.core.questions import Question, question_id, round_of
from bot.core.responses import Chosen
from bot.core.review_commands import (
    DecideReview,
    OpenReviewForm,
    Regrade,
    ReviewCommand,
    ReviewQuery,
    ShowReviews,
    Suspect,
)
from bot.core.review_effects import ReviewRefused, ReviewTrouble
from bot.core.states import Attempt
from bot.core.suspicions import Suspicion, Tried, suspicion_of
from bot.engine import codec
from bot.engine.events import Event, Judged, Reply
from bot.engine.here import Here, look_around
from bot.engine.identities import short
from bot.engine.shelves import Shelves
from bot.ports import People, Store
from bot.records import AmendmentRow, FlagRow, SuspectRow, group_board

REVIEW_COMMANDS = get_args(ReviewCommand)
REVIEW_QUERIES = get_args(ReviewQuery)

MOST_RESPONSES = 5_000
"""So many answers to an item are looked at, the latest ones."""

MOST_REASONS = 10
MOST_CHOSEN = 10


def is_review_command(intent: object) -> TypeGuard[ReviewCommand]:
    """Tell whether *intent* decides about an item."""
    return isinstance(intent, REVIEW_COMMANDS)


def is_review_query(intent: object) -> TypeGuard[ReviewQuery]:
    """Tell whether *intent* looks at what waits for a decision."""
    return isinstance(intent, REVIEW_QUERIES)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An item that waits: who flagged it since the last decision, of this *version*, and what is suspect.

    *off* says why an item that nobody has decided about came switched off.
    """

    item: ItemId
    version: int
    flags: tuple[FlagRow, ...] = ()
    suspicion: Suspicion | None = None
    since: int = 0
    off: str = ""

    @property
    def token(self) -> str:
        """What buttons call the item."""
        return token_of(self.item)

    @property
    def people(self) -> int:
        """How many flagged it."""
        return len({flag.learner for flag in self.flags})


def token_of(item: ItemId) -> str:
    """Return what buttons call an item."""
    return short(f"item\n{item}")


class Reviews:
    """Looks up what waits."""

    def __init__(self, store: Store, people: People, shelves: Shelves) -> None:
        """Read from *store* and *people*; *shelves* have the items."""
        self._store = store
        self._people = people
        self._shelves = shelves

    async def found(self, event: Event, command: ReviewCommand) -> Event | Reply:
        """Return *event* with what has to be known before *command* is decided, or why it is not."""
        if isinstance(command, Regrade | Suspect):
            return event
        here = await look_around(self._store, event)
        refused = _refusal(event, here)
        if refused is not None:
            return Reply((refused,))
        group = here.channel.group
        rows = await self._people.amendments(group)
        waiting = await self._queue(group, rows)
        meant = next((one for one in waiting if one.token == command.token), None)
        if meant is None:
            return Reply((ReviewRefused(_why_gone(rows, command.token)),))
        if meant.version != command.version:
            return Reply((ReviewRefused(ReviewTrouble.DECIDED),))
        item = await self._item(group, meant)
        if item is None:
            return Reply((ReviewRefused(ReviewTrouble.GONE),))
        after = _after(meant, item, command)
        if not isinstance(after, Item):
            return Reply((after,))
        judged = Judged(group, meant.version, item, after, len(waiting) - 1)
        return replace(event, judged=judged)

    async def answer(self, query: ReviewQuery, event: Event) -> fx.Reply:
        """Return what the sender asked to see, or why it cannot be shown."""
        here = await look_around(self._store, event)
        refused = _refusal(event, here)
        if refused is not None:
            return refused
        group = here.channel.group
        rows = await self._people.amendments(group)
        waiting = await self._queue(group, rows)
        if isinstance(query, OpenReviewForm):
            return await self._form(query, group, waiting, rows)
        return await self._shown(query, group, waiting)

    async def suspicion(self, group: int, item: ItemId) -> Suspicion | None:
        """Return what is wrong with an item by how a group answered it since it was last decided on."""
        rows = [row for row in await self._people.amendments(group) if row.item == item]
        since = max((row.at for row in rows), default=0)
        board = group_board(group, "a")
        responses = await self._people.responses(group, item, board, MOST_RESPONSES)
        times = Counter(row.learner for row in responses)
        right: Counter[int] = Counter()
        first: dict[int, Tried] = {}
        for row in responses:
            attempt = codec.ATTEMPT.decode(row.body)
            right[row.learner] += attempt.credit == 1
            if row.at > since:
                options = attempt.response.options if isinstance(attempt.response, Chosen) else ()
                option = options[0] if len(options) == 1 else OptionId("")
                first[row.learner] = Tried(row.learner, attempt.credit == 1, option, row.answers, row.right)
        return suspicion_of(
            [
                replace(
                    one,
                    others=max(0, one.others - times[learner]),
                    right=max(0, one.right - right[learner]),
                )
                for learner, one in first.items()
            ]
        )

    # ------------------------------------------------------------------------------------------ what waits

    async def _queue(self, group: int, rows: Sequence[AmendmentRow]) -> list[Waiting]:
        """Return what waits, what most people flagged first, and last what came switched off."""
        decided = {row.item: row for row in rows}
        found: dict[str, Waiting] = {}
        for flag in await self._people.flags(group):
            row = decided.get(flag.item)
            if row is None or flag.at > row.at:
                there = found.get(flag.item) or _new(flag.item, row)
                found[flag.item] = replace(there, flags=(*there.flags, flag), since=max(there.since, flag.at))
        for suspect in await self._people.suspects(group):
            row = decided.get(suspect.item)
            if row is None or suspect.at > row.at:
                there = found.get(suspect.item) or _new(suspect.item, row)
                found[suspect.item] = replace(
                    there, suspicion=_suspicion(suspect), since=max(there.since, suspect.at)
                )
        for item in await self._switched_off(group):
            if item.id not in decided:
                found[item.id] = replace(found.get(item.id) or _new(item.id, None), off=item.off)
        return sorted(found.values(), key=lambda one: (-one.people, -one.since, one.item))

    async def _switched_off(self, group: int) -> list[Item]:
        """Return what a group's own decks hold switched off, whoever did it."""
        library = await self._shelves.of(group)
        decks = (deck for deck in library.decks if is_own(deck.id))
        return [item for deck in decks for item in deck.items if item.off]

    async def _item(self, group: int, meant: Waiting) -> Item | None:
        """Return an item as the group is asked it; one that no pack has any more, as it was asked last."""
        library = await self._shelves.of(group)
        items = (item for deck in library.decks for item in deck.items if item.id == meant.item)
        item = next(items, None)
        if item is not None:
            return item
        for flag in meant.flags:
            id_, position = round_of(QuestionId(flag.question))
            record = await self._store.look(id_)
            if record is not None and position < len(record.questions):
                return codec.QUESTION.decode(record.questions[position].body).item
        return None

    async def _form(
        self, query: OpenReviewForm, group: int, waiting: Sequence[Waiting], rows: Sequence[AmendmentRow]
    ) -> fx.Reply:
        meant = next((one for one in waiting if one.token == query.token), None)
        if meant is None:
            return ReviewRefused(_why_gone(rows, query.token))
        item = await self._item(group, meant)
        if item is None:
            return ReviewRefused(ReviewTrouble.GONE)
        return rx.ReviewFormOpened(meant.token, meant.version, item, mending_of(item))

    async def _shown(self, query: ShowReviews, group: int, waiting: Sequence[Waiting]) -> fx.Reply:
        if not waiting:
            return ReviewRefused(ReviewTrouble.NOTHING)
        tokens = [one.token for one in waiting]
        place = tokens.index(query.token) if query.token in tokens else 0
        meant = waiting[place]
        item = await self._item(group, meant)
        if item is None:
            return ReviewRefused(ReviewTrouble.GONE)
        responses = await self._people.responses(group, meant.item, group_board(group, "a"), MOST_RESPONSES)
        answers = _answers(item, [codec.ATTEMPT.decode(row.body) for row in responses])
        said = (" ".join(flag.reason.split()) for flag in meant.flags)
        reasons = tuple(dict.fromkeys(reason for reason in said if reason))
        return rx.ReviewShown(
            token=meant.token,
            version=meant.version,
            item=item,
            place=place + 1,
            waiting=len(waiting),
            people=meant.people,
            reasons=reasons[:MOST_REASONS],
            suspicion=meant.suspicion,
            tried=len(responses),
            answers=answers,
            back=tokens[place - 1] if place else "",
            on=tokens[place + 1] if place + 1 < len(tokens) else "",
            off=meant.off,
        )


def _refusal(event: Event, here: Here) -> fx.Reply | None:
    """Return why the sender may not review; None when they may."""
    if event.account is None or not event.workspace:
        return ReviewRefused(ReviewTrouble.NO_GROUP)
    organiser = event.organiser or organises(here.settings, (event.account.id, *event.roles))
    return None if organiser else fx.CommandRefused(fx.Refusal.NOT_ORGANISER)


def _after(meant: Waiting, item: Item, command: DecideReview) -> Item | fx.Reply:
    """Return what *item* is after a decision, or why that is not made yet."""
    if command.verdict is not Verdict.MENDED:
        return item
    if command.mending is None:
        return ReviewRefused(ReviewTrouble.NOT_MENDED)
    new = mended(item, command.mending)
    if isinstance(new, Slipped):
        return rx.ReviewFormOpened(meant.token, meant.version, item, command.mending, new.slip, new.said)
    return ReviewRefused(ReviewTrouble.SAME) if new == item else new


def _why_gone(rows: Sequence[AmendmentRow], token: str) -> ReviewTrouble:
    decided = any(token_of(ItemId(row.item)) == token for row in rows)
    return ReviewTrouble.DECIDED if decided else ReviewTrouble.GONE


def _new(item: str, row: AmendmentRow | None) -> Waiting:
    return Waiting(ItemId(item), row.version if row else 0)


def _suspicion(row: SuspectRow) -> Suspicion:
    return codec.SUSPICION.decode(row.body)


def _answers(item: Item, attempts: Sequence[Attempt]) -> tuple[rx.Chose, ...]:
    """Return how many answered what, as the question's options stand in the item."""
    given = [(one.response, one.credit == 1) for one in attempts]
    order = tuple(range(len(item.options)))
    question = Question(question_id(RoundId("review"), 0), 0, item, order, tuple(range(len(item.stems))))
    return tuple(
        rx.Chose(
            item.options[tally.position].text if tally.position is not None else tally.text,
            tally.count,
            tally.right,
        )
        for tally in question.tally(given)[:MOST_CHOSEN]
    )
