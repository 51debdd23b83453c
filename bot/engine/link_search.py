"""Link search: what a link is about, looked up before it is decided.

Attempts never change, and a code leads where it was made for ever, so neither needs a place in the
transaction. Whether a code is still good, and who is whose, is looked at again there.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import permutations, product

from bot.core.commands import LinkCommand, LinkKind, MakeCode, RedeemCode, Unlink
from bot.engine.codes import hash_of
from bot.engine.counting import taken_off
from bot.engine.events import Event, Found, is_private
from bot.engine.groups import Groups
from bot.engine.identities import new_channel, new_person
from bot.ports import People, Store
from bot.records import Account, Asked, Changes, DoubledRow, Snapshot, TotalRow, home_of


class LinkSearch:
    """Looks up what links are about."""

    def __init__(self, store: Store, people: People) -> None:
        """Read from *store* and *people*."""
        self._store = store
        self._people = people

    async def found(self, event: Event, command: LinkCommand) -> Event:
        """Return *event* with what its *command* is about."""
        if isinstance(command, MakeCode) or event.account is None:
            return event
        if isinstance(command, Unlink):
            if command.kind is not LinkKind.ME:
                return event
            mine = await self._members(event.account)
            rest = [one for one, account in mine if account != event.account]
            doubled = await self._doubled(event, rest)
            return replace(event, found=Found(mine=tuple(one for one, _ in mine), doubled=doubled))
        return replace(event, found=await self._behind(event, command, event.account))

    async def _behind(self, event: Event, command: RedeemCode, account: Account) -> Found:
        """Return what is behind a code, and of a learner's also what both have done together."""
        hash_ = hash_of(command.code)
        code = await self._people.code(hash_)
        if code is None or code.kind != LinkKind.ME:
            return Found(hash_, code)
        mine = [one for one, _ in await self._members(account)]
        theirs = [one for one, _ in await self._members(code.account)]
        return Found(
            hash_,
            code,
            tuple(mine),
            tuple(theirs),
            together=await self._together(mine, theirs),
            doubled=await self._doubled(event, [*mine, *theirs]),
        )

    async def _members(self, account: Account) -> list[tuple[int, Account]]:
        return [(own, one) for one, own, _ in await self._people.selves(account)]

    async def _together(self, mine: Sequence[int], theirs: Sequence[int]) -> bool:
        for one, other in product(mine, theirs):
            if await self._people.together(one, other):
                return True
        return False

    async def _doubled(self, event: Event, members: Collection[int]) -> tuple[TotalRow, ...]:
        """Return what the person that *members* become gives back: of each question all but one answer."""
        rows: dict[tuple[str, int], DoubledRow] = {}
        for one, other in permutations(members, 2):
            found = await self._people.at_same(one, other)
            rows.update({(row.attempt.question, row.attempt.learner): row for row in found})
        later = [rows[key] for key in sorted(rows) if not _is_first(rows[key], rows.values())]
        counted = [row for row in later if not is_private(row.place)]
        if not counted:
            return ()
        snapshot = await self._groups_of(counted)
        groups, person = Groups(snapshot, Changes()), new_person(event.id)
        return tuple(
            total
            for row in counted
            for total in taken_off(row.attempt, _channel(row, snapshot), groups, person)
        )

    async def _groups_of(self, rows: Sequence[DoubledRow]) -> Snapshot:
        """Return what is known of the groups and the homes of attempts."""
        seen: list[Snapshot] = []

        def look(snapshot: Snapshot) -> Changes:
            seen.append(snapshot)
            return Changes()

        asked = [Asked("", home_of(row.place), None, group=row.attempt.group) for row in rows]
        await self._store.transact(asked, (), look)
        return seen[-1]


def _is_first(row: DoubledRow, rows: Collection[DoubledRow]) -> bool:
    """Tell whether nobody of *rows* answered the same question before."""
    same = (one.attempt for one in rows if one.attempt.question == row.attempt.question)
    return min((one.at, one.learner) for one in same) == (row.attempt.at, row.attempt.learner)


def _channel(row: DoubledRow, snapshot: Snapshot) -> int:
    """Return the channel on whose boards an attempt counted: one of a day counts in that of its home."""
    home = home_of(row.place)
    if home == row.place:
        return row.attempt.channel
    return (snapshot.channels.get(home) or new_channel(home, "")).id
