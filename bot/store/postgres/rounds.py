"""Rounds on PostgreSQL: the batch as one transaction, done again when others were in its way, and reading."""

from collections.abc import Collection, Sequence
from contextlib import nullcontext, suppress

from bot.core.errors import StoreError
from bot.ports import Decide, MyRecord, RoundRecord
from bot.records import Account, Asked, AttemptRow, ParticipantRow, Place, QuestionRow, Snapshot
from bot.store.postgres.boards import grow
from bot.store.postgres.connections import Connections
from bot.store.postgres.faults import ConflictError
from bot.store.postgres.loading import load, lock
from bot.store.postgres.saving import Saving
from bot.store.rounds import round_row
from bot.store.schedules import woken

TURNS = 6
"""How often a batch is tried before it is given up."""


class PostgresRounds:
    """The tables that rounds live in."""

    _connections: Connections

    async def transact(self, asked: Sequence[Asked], known: Collection[str], decide: Decide) -> None:
        """Load what *asked* needs, call *decide*, write its changes and commit, all or nothing.

        First without locks, which costs the fewest round trips. When others changed the same rounds
        meanwhile, all of it is done again on what they left, and then the rounds are locked before they are
        read, so that the next turn is ours.
        """
        for turn in range(TURNS):
            try:
                return await self._grow(await self._take_turn(asked, known, decide, locked=turn > 0))
            except ConflictError as error:
                if turn == TURNS - 1:
                    raise StoreError(str(error)) from error
        return None

    async def waking(self, until: int, limit: int) -> Sequence[tuple[Place, int]]:
        """Return places that want a Tick by *until* and when, earliest first; a place may come twice."""
        async with self._connections.aside() as session:
            rows = await session.rows("places_waking", until=until, wanted=limit)
        return [woken(*columns[:4]) for columns in rows]

    async def look(self, round_: str) -> RoundRecord | None:
        """Return a round, open or ended, with its questions; None when there is none."""
        async with self._connections.aside() as session:
            rows = await session.rows("round_by_id", id=round_)
            if not rows:
                return None
            # Written with the round and never changed, so a second statement finds what belongs to the first.
            questions = await session.rows("round_questions", round_id=round_)
        *columns, group = rows[0]
        return RoundRecord(round_row(tuple(columns)), tuple(QuestionRow(*one) for one in questions), group)

    async def mine(self, round_: str, account: Account) -> MyRecord | None:
        """Return what the learner behind *account* did in a round; None when they took no part."""
        async with self._connections.aside() as session, session.transaction(still=True):
            rows = await session.rows(
                "round_mine", round_id=round_, platform=account.platform, external_id=account.id
            )
            if not rows:
                return None
            part = ParticipantRow(*rows[0])
            attempts = await session.rows(
                "round_attempts_of", round_id=round_, learner_id=part.own or part.learner
            )
        return MyRecord(part, tuple(AttemptRow(*columns) for columns in attempts))

    async def playing(self, group: int, account: Account) -> Sequence[str]:
        """Return the open rounds of a group in which the learner behind *account* has a row, by their ids."""
        async with self._connections.aside() as session:
            rows = await session.rows(
                "rounds_playing", group_id=group, platform=account.platform, external_id=account.id
            )
        return [id_ for (id_,) in rows]

    async def standing(self, round_: str, limit: int) -> Sequence[tuple[int, int, int]]:
        """Return (learner, points, right) from the attempts alone, most points first, then by learner."""
        async with self._connections.aside() as session:
            rows = await session.rows("round_standing", round_id=round_, wanted=limit)
        return [(learner, points, right) for learner, points, right in rows]

    async def _take_turn(
        self, asked: Sequence[Asked], known: Collection[str], decide: Decide, *, locked: bool
    ) -> Sequence[int]:
        async with self._connections.session() as session:
            if locked:
                async with session.transaction():
                    await lock(session, asked)
                    saving = _saving(asked, await load(session, asked, known), decide)
                    await saving.write(session)
                return saving.outgrown
            saving = _saving(asked, await load(session, asked, known), decide)
            async with nullcontext() if saving.single else session.transaction():
                await saving.write(session)
            return saving.outgrown

    async def _grow(self, boards: Sequence[int]) -> None:
        """Let boards grow that a batch has made large; what fails is left to the next batch."""
        for board in boards:
            with suppress(StoreError):
                async with self._connections.aside() as session, session.transaction():
                    await grow(session, board)


def _saving(asked: Sequence[Asked], snapshot: Snapshot, decide: Decide) -> Saving:
    return Saving(asked, snapshot, decide(snapshot))
