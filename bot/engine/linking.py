"""Linking: learners become one person, groups one group, channels one channel, and all of it can be undone.

Rule 1: nothing that was earned is rewritten. A link adds rows beside, and undoing it takes them away.
Rule 2: a person never changes. Whoever comes or goes, all who stay become part of a new one.
Rule 3: for a group or a channel both who makes the code and who types it are organisers, each on their side.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final, assert_never

from bot.core import effects as fx
from bot.core.commands import LinkCommand, LinkKind, MakeCode, Person, RedeemCode, Unlink
from bot.core.effects import Refusal
from bot.core.groups import united
from bot.engine import codec
from bot.engine.codec import to_ms
from bot.engine.codes import LIVES, code_for, hash_of, shown
from bot.engine.events import Event, Found, is_private
from bot.engine.groups import Groups
from bot.engine.identities import new_channel, new_person, new_union
from bot.records import (
    Account,
    Changes,
    ChannelRow,
    CodeRow,
    JoinRow,
    LearnerRow,
    Mirror,
    MirrorRow,
    Place,
    Snapshot,
    TryRow,
    UnionRow,
    home_of,
)

MOST_TRIES: Final = 10
MOST_ACCOUNTS: Final = 8
MOST_PLACES: Final = 8

_NOTHING: Final = Found()


class Linking:
    """Links inside one batch, as the events before left them."""

    def __init__(
        self, snapshot: Snapshot, changes: Changes, groups: Groups, now: datetime, *, seed: str
    ) -> None:
        """Read from *snapshot* and *groups*, write to *changes*."""
        self._snapshot = snapshot
        self._changes = changes
        self._groups = groups
        self._now = now
        self._now_ms = to_ms(now)
        self._seed = seed

    def command(self, event: Event, command: LinkCommand, by: Person, channel: ChannelRow) -> fx.Reply:
        """Do what was asked; the sender and the *channel* are written already, whatever comes of it."""
        match command:
            case MakeCode(kind=kind):
                return self._may(event, kind, by) or self._make(event, kind)
            case RedeemCode():
                return self._redeem(event, by, channel)
            case Unlink(kind=kind):
                return self._may(event, kind, by) or self._undo(event, kind, channel)
            case _:
                assert_never(command)

    def _may(self, event: Event, kind: LinkKind, by: Person) -> fx.CommandRefused | None:
        """Return why the sender may not link things of this kind here; None when they may."""
        if kind is LinkKind.ME:
            return None
        if is_private(event.place) or home_of(event.place) != event.place:
            return fx.CommandRefused(Refusal.NO_CHANNEL_HERE)
        return None if by.organiser else fx.CommandRefused(Refusal.NOT_ORGANISER)

    # -------------------------------------------------------------------------------------------------- codes

    def _make(self, event: Event, kind: LinkKind) -> fx.Reply:
        code, until = code_for(self._seed, event.id), self._now + LIVES
        if event.account is not None:
            row = CodeRow(
                hash_of(code),
                kind.value,
                event.account,
                self._snapshot.learners[event.account].name,
                event.place,
                event.workspace,
                self._now_ms,
                to_ms(until),
            )
            self._changes.codes.append(row)
            self._snapshot.codes[row.hash] = row
        return fx.CodeMade(shown(code), kind, until)

    def _redeem(self, event: Event, by: Person, channel: ChannelRow) -> fx.Reply:
        found = event.found or _NOTHING
        code = self._snapshot.codes.get(found.hash)
        wrong = self._unfit(event, code)
        if wrong is not None or code is None:
            return fx.CommandRefused(wrong or Refusal.NO_SUCH_CODE)
        kind = LinkKind(code.kind)
        refused = self._may(event, kind, by)
        if refused is not None:
            return refused
        done = self._link(event, kind, code, found, channel)
        if isinstance(done, fx.Linked):
            used = code._replace(used=True)
            self._changes.codes.append(used)
            self._snapshot.codes[code.hash] = used
        return done

    def _unfit(self, event: Event, code: CodeRow | None) -> Refusal | None:
        """Return why a code links nothing, whatever it is for; one that is none is remembered."""
        if event.account is None:
            return Refusal.NO_SUCH_CODE
        since = self._now_ms - LIVES.total_seconds() * 1000
        tries = [*self._snapshot.tries.get(event.account, ())]
        tries += [row.at for row in self._changes.tries if row.account == event.account]
        if sum(at > since for at in tries) >= MOST_TRIES:
            return Refusal.TOO_MANY_TRIES
        if code is None:
            self._changes.tries.append(TryRow(event.account, self._now_ms))
            return Refusal.NO_SUCH_CODE
        if code.used:
            return Refusal.CODE_USED
        return Refusal.CODE_EXPIRED if code.expires_at <= self._now_ms else None

    def _link(
        self, event: Event, kind: LinkKind, code: CodeRow, found: Found, channel: ChannelRow
    ) -> fx.Reply:
        match kind:
            case LinkKind.ME:
                return self._join(event, code, found)
            case LinkKind.GROUP:
                refused = self._unite(event, code, channel)
                return refused or fx.Linked(kind, code.name, code.place.platform)
            case LinkKind.CHANNEL:
                return self._mirror(event, code, channel)
            case _:
                assert_never(kind)

    def _undo(self, event: Event, kind: LinkKind, channel: ChannelRow) -> fx.Reply:
        match kind:
            case LinkKind.ME:
                return self._part(event)
            case LinkKind.GROUP:
                return self._leave(channel)
            case LinkKind.CHANNEL:
                return self._release(channel)
            case _:
                assert_never(kind)

    # ----------------------------------------------------------------------------------------------- learners

    def _join(self, event: Event, code: CodeRow, found: Found) -> fx.Reply:
        """Make one person of the sender and the maker of the code, with all that each of them is."""
        me = self._snapshot.learners.get(event.account) if event.account else None
        they = self._snapshot.learners.get(code.account)
        if me is None or they is None:
            return fx.CommandRefused(Refusal.NO_SUCH_CODE)
        refused = self._never(event, code, found, me, they)
        if refused is not None:
            return fx.CommandRefused(refused)
        person = new_person(event.id)
        mine, theirs = found.mine or (_own(me),), found.theirs or (_own(they),)
        rows = [
            *(JoinRow(own, _person(me), person, me.name) for own in mine),
            *(JoinRow(own, _person(they), person, me.name) for own in theirs),
        ]
        self._turn(rows, found)
        return fx.Linked(LinkKind.ME, they.name, code.account.platform)

    def _never(
        self, event: Event, code: CodeRow, found: Found, me: LearnerRow, they: LearnerRow
    ) -> Refusal | None:
        """Return why two accounts cannot be one person."""
        if code.account == event.account:
            return Refusal.OWN_CODE
        if me.id == they.id:
            return Refusal.SAME_PERSON
        if max(len(found.mine), 1) + max(len(found.theirs), 1) > MOST_ACCOUNTS:
            return Refusal.TOO_MANY_ACCOUNTS
        return Refusal.SAME_ROUND if found.together else None

    def _part(self, event: Event) -> fx.Reply:
        """Let the sender be somebody of their own again; those who are left stay one, if they are several."""
        me = self._snapshot.learners.get(event.account) if event.account else None
        found = event.found or _NOTHING
        if me is None or not _person(me) or len(found.mine) <= 1:
            return fx.CommandRefused(Refusal.NOT_LINKED_ME)
        rest = [own for own in found.mine if own != _own(me)]
        left = new_person(event.id) if len(rest) > 1 else 0
        rows = [JoinRow(own, me.id, left, me.name) for own in rest]
        self._turn([*rows, JoinRow(_own(me), me.id, 0)], found)
        self._changes.learners.append(me._replace(id=_own(me), name=event.name or me.name))
        return fx.Unlinked(LinkKind.ME)

    def _turn(self, rows: list[JoinRow], found: Found) -> None:
        """Write who is whose from now on, for the rest of the batch too."""
        rows[0] = rows[0]._replace(doubled=found.doubled)
        self._changes.joins.extend(rows)
        turned = {row.learner: row for row in rows}
        members = {row.learner for row in rows if row.person}
        for account, learner in list(self._snapshot.learners.items()):
            row = turned.get(_own(learner))
            if row is None:
                continue
            self._keep_parts(account, row, members if row.person else {row.learner})
            name = row.name if row.person else learner.name
            now = LearnerRow(account, row.person or row.learner, name, row.learner)
            self._snapshot.learners[account] = now

    def _keep_parts(self, account: Account, row: JoinRow, members: set[int]) -> None:
        """Let an account go on in the rounds of this batch as whoever of its person came in, itself first."""
        for round_, people in self._snapshot.participants.items():
            self._snapshot.parts.pop((round_, account), None)
            parts = {part.own or part.learner: part.learner for part in people.values()}
            kin = [row.learner, *sorted(members)]
            playing = next((parts[own] for own in kin if own in parts), None)
            if playing is not None:
                self._snapshot.parts[round_, account] = playing

    # ------------------------------------------------------------------------------------------------- groups

    def _unite(self, event: Event, code: CodeRow, channel: ChannelRow) -> fx.CommandRefused | None:
        """Make one group of the sender's and that of the code's maker; return why that cannot be."""
        there = self._groups.channel(code.place, code.workspace)
        theirs, mine = self._groups.joint(there.own), self._groups.joint(channel.own)
        if theirs == mine:
            return fx.CommandRefused(Refusal.SAME_GROUP)
        if theirs != there.own and mine != channel.own:
            return fx.CommandRefused(Refusal.TWO_UNIONS)
        union = theirs if theirs != there.own else mine if mine != channel.own else new_union(event.id)
        first, second = (mine, theirs) if union == mine else (theirs, mine)
        settings = united(self._groups.chosen(first), self._groups.chosen(second))
        if union in {mine, theirs}:
            self._groups.change(channel._replace(group=union), settings)
        text = "" if union in {mine, theirs} else codec.SETTINGS.encode(settings)
        self._changes.unions.extend(
            UnionRow(own, 0, union, text)
            for own, now in ((there.own, theirs), (channel.own, mine))
            if now != union
        )
        self._regroup({there.own: union, channel.own: union})
        return None

    def _leave(self, channel: ChannelRow) -> fx.Reply:
        union = self._groups.joint(channel.own)
        if union == channel.own:
            return fx.CommandRefused(Refusal.NOT_LINKED_GROUP)
        self._changes.unions.append(UnionRow(channel.own, union, 0))
        self._regroup({channel.own: channel.own})
        return fx.Unlinked(LinkKind.GROUP)

    def _regroup(self, group_of: dict[int, int]) -> None:
        """Let the channels that this batch knows be of another group."""
        for place, row in list(self._snapshot.channels.items()):
            if row.own in group_of:
                self._snapshot.channels[place] = row._replace(group=group_of[row.own])

    # ----------------------------------------------------------------------------------------------- channels

    def _mirror(self, event: Event, code: CodeRow, channel: ChannelRow) -> fx.Reply:
        """Let the sender's place lead to the channel where the code was made, and unite the groups for it."""
        there = self._groups.channel(code.place, code.workspace)
        refused = self._apart(event.place, code.place, channel, there)
        if refused is not None:
            return fx.CommandRefused(refused)
        group = self._groups.joint(there.own) != self._groups.joint(channel.own)
        if group and (said := self._unite(event, code, channel)) is not None:
            return said
        self._changes.mirrors.append(MirrorRow(event.place, there.id))
        places = self._places(there, code.place)
        self._snapshot.places[there.id] = (*places, Mirror(event.place, channel.own))
        self._lead(event.place, there.id)
        return fx.Linked(LinkKind.CHANNEL, code.name, code.place.platform, group)

    def _apart(self, here: Place, there: Place, mine: ChannelRow, theirs: ChannelRow) -> Refusal | None:
        """Return why two channels cannot be one."""
        if mine.id == theirs.id:
            return Refusal.SAME_CHANNEL
        if mine.id != new_channel(here, "").id or len(self._places(mine, here)) > 1:
            return Refusal.CHANNEL_LINKED
        if len(self._places(theirs, there)) >= MOST_PLACES:
            return Refusal.TOO_MANY_PLACES
        return Refusal.CHANNEL_PLAYS if self._plays(here, there) else None

    def _release(self, channel: ChannelRow) -> fx.Reply:
        """Let a place lead to its own channel again; at that channel, all others to theirs."""
        own = new_channel(channel.place, "").id
        others = [mirror for mirror in self._places(channel, channel.place) if mirror.place != channel.place]
        going = [channel.place] if channel.id != own else [mirror.place for mirror in others]
        if not going:
            return fx.CommandRefused(Refusal.NOT_LINKED_CHANNEL)
        if self._plays(channel.place):
            return fx.CommandRefused(Refusal.CHANNEL_PLAYS)
        for place in going:
            self._changes.mirrors.append(MirrorRow(place, new_channel(place, "").id))
            self._lead(place, new_channel(place, "").id)
        left = [mirror for mirror in self._places(channel, channel.place) if mirror.place not in going]
        self._snapshot.places[channel.id] = tuple(left)
        return fx.Unlinked(LinkKind.CHANNEL)

    def _places(self, channel: ChannelRow, place: Place) -> tuple[Mirror, ...]:
        """Return the places that lead to *channel*, of which *place* is one."""
        return self._snapshot.places.get(channel.id) or (Mirror(place, channel.own),)

    def _plays(self, *places: Place) -> bool:
        """Tell whether a round is open in one of *places*."""
        began = {row.place for row in self._changes.rounds if row.open}
        return any(place in self._snapshot.rounds or place in began for place in places)

    def _lead(self, place: Place, channel: int) -> None:
        row = self._snapshot.channels.get(place)
        if row is not None:
            self._snapshot.channels[place] = row._replace(id=channel)


def owns(learners: Iterable[LearnerRow]) -> dict[int, int]:
    """Return who each of those is alone who are part of a person, by the person."""
    return {row.id: row.own for row in learners if row.own and row.own != row.id}


def _own(row: LearnerRow) -> int:
    return row.own or row.id


def _person(row: LearnerRow) -> int:
    """Return the person that somebody is part of, 0 for none."""
    return row.id if row.own and row.own != row.id else 0
