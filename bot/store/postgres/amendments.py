"""What groups have decided about items, on PostgreSQL: inside a batch's transaction, and beside it."""

from collections.abc import Sequence

from asyncpg import Record

from bot.records import (
    AmendmentRow,
    Asked,
    AttemptRow,
    Changes,
    History,
    ParticipantRow,
    Place,
    PlayedRow,
    QuestionRow,
    ResponseRow,
    Snapshot,
    SuspectRow,
)
from bot.store.amendments import OVERTAKEN, amendment_row, counted, flagger_row, homes_of, reviewed
from bot.store.postgres.connections import Connections, Session
from bot.store.postgres.faults import ConflictError
from bot.store.rounds import round_row


class PostgresAmendments:
    """What groups have decided about items."""

    _connections: Connections

    async def amendments_at(self, place: Place, group: int) -> Sequence[AmendmentRow]:
        """Return the decisions that hold in a place, by version."""
        platform, id_ = place
        rows = await self._found("amendments_at", platform=platform, external_id=id_, group_id=group)
        return [amendment_row(tuple(row)) for row in rows]

    async def amendments(self, group: int) -> Sequence[AmendmentRow]:
        """Return the decisions of a group and of those in one union with it, by version."""
        return [amendment_row(tuple(row)) for row in await self._found("amendments_of_group", group_id=group)]

    async def suspects(self, group: int) -> Sequence[SuspectRow]:
        """Return the items that are suspect in a group, by item."""
        return [SuspectRow(*row) for row in await self._found("suspects_of_group", group_id=group)]

    async def responses(self, group: int, item: str, board: str, limit: int) -> Sequence[ResponseRow]:
        """Return the latest answers to an item that count, newest first, with totals of the *board*."""
        rows = await self._found("responses_to_item", group_id=group, item=item, board=board, wanted=limit)
        return [ResponseRow(*row) for row in rows]

    async def items_answered(self, since: int) -> Sequence[tuple[int, str]]:
        """Return (group or union, item) of all that was answered since then."""
        return [(group, item) for group, item in await self._found("items_answered", since=since)]

    async def items_overdue(self, limit: int) -> Sequence[tuple[int, str]]:
        """Return (group, item) of decisions after which rounds have ended that were not looked at."""
        return [(group, item) for group, item in await self._found("items_overdue", wanted=limit)]

    async def _found(self, name: str, **asked: str | int) -> Sequence[Record]:
        async with self._connections.aside() as session:
            return await session.rows(name, **asked)


async def load_histories(session: Session, snapshot: Snapshot, asked: Sequence[Asked]) -> None:
    """Load what was decided about items and answered to them, for those who ask for it.

    Decisions are counted first: whatever they change in between, saving will notice.
    """
    for group, item in reviewed(asked):
        snapshot.histories[group, item] = await _history(session, group, item)


async def _history(session: Session, group: int, item: str) -> History:
    about: dict[str, str | int] = {"group_id": group, "item": item}
    decisions = await session.rows("decisions_of", group_id=group)
    rows = await session.rows("amendments_of_group", group_id=group)
    amendments = [amendment_row(tuple(row)) for row in rows]
    rounds = tuple(round_row(tuple(row)) for row in await session.rows("rounds_with_item", **about))
    return History(
        decisions=decisions[0][0] if decisions else 0,
        latest=max((row.version for row in amendments), default=0),
        amendments=tuple(row for row in amendments if row.item == item),
        rounds=rounds,
        questions=tuple(QuestionRow(*row) for row in await session.rows("questions_with_item", **about)),
        participants=tuple(
            ParticipantRow(*row) for row in await session.rows("participants_with_item", **about)
        ),
        played=tuple(
            PlayedRow(AttemptRow(*tuple(row)[:-1]), row[-1])
            for row in await session.rows("attempts_with_item", **about)
        ),
        earned=tuple((person, at) for person, at in await session.rows("earned_with_item", **about)),
        homes={place: channel for place in homes_of(rounds) for channel in await _channel(session, place)},
        flaggers=tuple(flagger_row(tuple(row)) for row in await session.rows("flaggers_of_item", **about)),
        running=bool(await session.rows("item_running", **about)),
    )


async def _channel(session: Session, place: Place) -> list[int]:
    """Return the channel that a place leads to, if it leads anywhere."""
    platform, id_ = place
    rows = await session.rows("channel_of_place", platform=platform, external_id=id_)
    return [channel for (channel,) in rows]


async def save_decisions(session: Session, changes: Changes) -> None:
    """Write decisions and what they change; a ConflictError when others have been quicker."""
    for row in counted(changes.decisions):
        if not await session.rows("decisions_set", after=row.version, group_id=row.group, before=row.before):
            raise ConflictError(OVERTAKEN)
    for amendment in changes.amendments:
        group, item, version, verdict, regrades, body, learner, at = amendment
        await session.rows(
            "amendment_add",
            group_id=group,
            item=item,
            version=version,
            verdict=verdict,
            regrades=regrades,
            body=body,
            learner_id=learner,
            at=at,
        )
    for suspect in sorted(changes.suspects):
        await session.rows(
            "suspect_save", group_id=suspect.group, item=suspect.item, at=suspect.at, body=suspect.body
        )
    await _change(session, changes)


async def _change(session: Session, changes: Changes) -> None:
    """Write what attempts, questions and rounds are now, in the order of their keys."""
    attempts = sorted(changes.regraded)
    if attempts:
        await session.rows(
            "attempts_regrade",
            question_ids=[row.question for row in attempts],
            learner_ids=[row.learner for row in attempts],
            credits=[row.credit for row in attempts],
            points=[row.points for row in attempts],
            bodies=[row.body for row in attempts],
            voids=[row.void for row in attempts],
        )
    if changes.reasked:
        await session.rows(
            "questions_reask",
            round_ids=[row.round for row in changes.reasked],
            positions=[row.position for row in changes.reasked],
            bodies=[row.body for row in changes.reasked],
            versions=[row.version for row in changes.reasked],
        )
    if changes.recounted:
        await session.rows(
            "rounds_recount",
            ids=[id_ for id_, _ in changes.recounted],
            bodies=[body for _, body in changes.recounted],
        )
