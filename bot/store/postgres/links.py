"""Learners that are one person, and codes that link, on PostgreSQL: with a batch, and reading beside it."""

from collections.abc import Sequence

from asyncpg import Record

from bot.records import (
    Account,
    Asked,
    AttemptRow,
    Changes,
    CodeRow,
    DoubledRow,
    HidingRow,
    JoinRow,
    Place,
    Snapshot,
    TotalRow,
)
from bot.store.batches import looked_up
from bot.store.joins import MOST_TRIES, Turns, code_columns, code_row, sums, turned
from bot.store.postgres.boards import turn
from bot.store.postgres.connections import Connections, Session
from bot.store.postgres.faults import ConflictError

_OTHERS = "Others changed whose learner is whose, or used the same code, at the same time: try again."


class PostgresLinks:
    """What links there are."""

    _connections: Connections

    async def code(self, hash_: str) -> CodeRow | None:
        """Return the code of this hash, used or not; None when there is none."""
        rows = await self._rows("code_by_hash", hash=hash_)
        return code_row(tuple(rows[0])) if rows else None

    async def selves(self, account: Account) -> Sequence[tuple[Account, int, str]]:
        """Return the accounts of the person behind *account*, each with its own learner and name."""
        own = await self._rows("own_of_account", platform=account.platform, external_id=account.id)
        rows = await self._rows("members_beside", learner_id=own[0][0]) if own else ()
        return [(Account(platform, id_), learner, name) for platform, id_, learner, name in rows]

    async def at_same(self, learner: int, other: int) -> Sequence[DoubledRow]:
        """Return what one learner answered that another answered too, by question."""
        rows = await self._rows("attempts_at_same", learner_id=learner, other_id=other)
        return [DoubledRow(AttemptRow(*tuple(row)[:12]), Place(*tuple(row)[12:])) for row in rows]

    async def together(self, learner: int, other: int) -> bool:
        """Tell whether two own learners take part in the same open round."""
        return bool(await self._rows("rounds_shared", learner_id=learner, other_id=other))

    async def kin(self, group: int) -> Sequence[tuple[int, str]]:
        """Return the groups that are in one union with *group*, itself included, each with its platform."""
        rows = await self._rows("platforms_of_group", group_id=group)
        return sorted({int(of): str(platform) for of, platform in rows}.items())

    async def _rows(self, name: str, **asked: str | int) -> Sequence[Record]:
        async with self._connections.aside() as session:
            return await session.rows(name, **asked)


async def load_codes(session: Session, snapshot: Snapshot, asked: Sequence[Asked]) -> None:
    """Load codes, and the latest wrong tries of those who bring one."""
    for hash_, account in looked_up(asked):
        for row in await session.rows("code_by_hash", hash=hash_):
            snapshot.codes[hash_] = code_row(tuple(row))
        rows = await session.rows(
            "tries_of", platform=account.platform, account_id=account.id, wanted=MOST_TRIES
        )
        snapshot.tries[account] = tuple(at for (at,) in rows)


async def save_codes(session: Session, changes: Changes) -> None:
    """Write codes that are new, use up those that are used, and note wrong tries."""
    for row in changes.codes:
        columns = code_columns(row)
        if row.used:
            if not await session.rows("code_use", hash=row.hash):
                raise ConflictError(_OTHERS)
            continue
        of = {name: columns[name] for name in ("platform", "account_id", "kind")}
        await session.rows("codes_replace", **of)
        await session.rows("code_add", **columns)
    for account, at in changes.tries:
        await session.rows("try_add", platform=account.platform, account_id=account.id, at=at)


async def save_joins(session: Session, rows: Sequence[JoinRow]) -> list[TotalRow]:
    """Make persons of learners and end others; return what the new persons hold from the beginning."""
    if not rows:
        return []
    turns = turned(rows)
    learners = {row.learner for row in turns.rows}
    await session.rows("learners_lock", ids=sorted({*learners, *turns.new, *turns.over}))
    for row in turns.rows:
        asked = {"learner_id": row.learner, "before": row.before, "person_id": row.person}
        if await session.count("join_set", **asked) < 1:
            raise ConflictError(_OTHERS)
        leads = {"learner_id": row.learner, "effective_id": row.person or row.learner}
        await session.rows("accounts_lead", **leads)
    await turn(session, await _hiding(session, turns), ())
    for person in turns.over:
        if await session.rows("members_of", person_id=person):
            raise ConflictError(_OTHERS)
        await session.rows("totals_forget", learner_id=person)
    return sums(turns, {row.learner: await _held(session, row.learner) for row in turns.rows if row.person})


async def _hiding(session: Session, turns: Turns) -> list[HidingRow]:
    """Return who is off the lists now, and who is on them again: as they had chosen for themselves."""
    found = [HidingRow(person, hidden=True) for person in turns.over]
    for row in turns.rows:
        hid = (await session.rows("hid_of", learner_id=row.learner))[0][0]
        found.append(HidingRow(row.learner, hidden=bool(row.person or hid)))
    for person in turns.new:
        members = await session.rows("members_of", person_id=person)
        own = await session.rows("hiding_of", ids=[person])
        found.append(HidingRow(person, hidden=bool(own) or any(hid for _, hid in members)))
    return found


async def _held(session: Session, learner: int) -> list[TotalRow]:
    return [TotalRow(*row) for row in await session.rows("totals_of_learner", learner_id=learner)]
