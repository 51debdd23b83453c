"""Own decks: what is looked up before a command about a group's own decks is decided, and what only looks."""

import asyncio
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeGuard, assert_never, get_args

from bot.core import deck_effects as dx
from bot.core import effects as fx
from bot.core.deck_commands import (
    AddDecks,
    DecideProposal,
    DeckCommand,
    DeckQuery,
    Draft,
    ExportDeck,
    OpenMending,
    OpenWriting,
    ProposeQuestion,
    ShowProposals,
    ShowReport,
)
from bot.core.deck_effects import DecksRefused, DeckTrouble
from bot.core.drafting import Flawed, item_of, mark_of
from bot.core.errors import ContentError
from bot.core.ids import DeckId
from bot.core.own_packs import OwnPack, deck_of
from bot.core.packs import Pack
from bot.engine import codec
from bot.engine.events import Event, Reply
from bot.engine.here import Here, look_around
from bot.engine.shelves import Shelves
from bot.engine.shelving import UNTITLED
from bot.engine.uploads import ReadingLimits, Uploads, refusal_of
from bot.ports import Formats, OwnDecks, Store
from bot.records import ProposalRow

DECK_COMMANDS = get_args(DeckCommand)
REPORT_NAME = "report.txt"


def is_deck_command(intent: object) -> TypeGuard[DeckCommand]:
    """Tell whether *intent* changes a group's own decks."""
    return isinstance(intent, DECK_COMMANDS)


class DeckSearch:
    """Looks up what a group has brought, and what waits there."""

    def __init__(self, store: Store, decks: OwnDecks, shelves: Shelves, formats: Formats) -> None:
        """Read from *store* and *decks*; *formats* reads and writes files."""
        self._store = store
        self._decks = decks
        self._shelves = shelves
        self._formats = formats
        self._uploads = Uploads(store, shelves, formats)

    def limit_reading(self, limits: ReadingLimits) -> None:
        """Let the reading of files that are sent from now on have other *limits*."""
        self._uploads = Uploads(self._store, self._shelves, self._formats, limits)

    async def found(self, event: Event, command: DeckCommand) -> Event | Reply:
        """Return *event* with what has to be known before *command* is decided, or why it is not."""
        if isinstance(command, AddDecks):
            return await self._uploads.read(event)
        here = await look_around(self._store, event)
        refused = refusal_of(event, here, organisers=not isinstance(command, ProposeQuestion))
        if refused is not None:
            return Reply((refused,))
        own = here.channel.own
        if not isinstance(command, ProposeQuestion | DecideProposal):
            return replace(event, own=own)
        waiting = await self._decks.proposals(own)
        meant = command.proposal if isinstance(command, DecideProposal) else ""
        row = next((row for row in waiting if row.id == meant), None)
        kin = {own, *(one.group for one in waiting)}
        return replace(event, own=row.group if row else own, waiting=len(waiting), kin=frozenset(kin))

    async def answer(self, query: DeckQuery, event: Event) -> fx.Reply:
        """Return what the sender asked to see, or why it cannot be shown."""
        here = await look_around(self._store, event)
        proposes = isinstance(query, OpenWriting) and query.proposal
        refused = refusal_of(event, here, organisers=not proposes)
        if refused is not None:
            return refused
        match query:
            case ShowReport(upload=upload):
                return await self._report(upload, here)
            case OpenWriting(proposal=proposal):
                return dx.WritingOpened(Draft("", ""), proposal=proposal)
            case OpenMending(proposal=proposal):
                return await self._mending(proposal, here)
            case ShowProposals(after=after):
                return await self._proposal(after, here)
            case ExportDeck():
                return await self._exported(query, here)
            case _:
                assert_never(query)

    async def _report(self, upload: str, here: Here) -> fx.Reply:
        row = await self._decks.upload(upload)
        if row is None or row.group != here.channel.own:
            return DecksRefused(DeckTrouble.UPLOAD_GONE)
        whole = codec.UPLOAD_REPORT.decode(row.report).whole
        return dx.FileGiven(REPORT_NAME, b64encode(whole.encode()).decode())

    async def _mending(self, proposal: str, here: Here) -> fx.Reply:
        waiting = await self._decks.proposals(here.channel.own)
        row = next((row for row in waiting if row.id == proposal), None)
        if row is None:
            return DecksRefused(DeckTrouble.PROPOSAL_GONE)
        return dx.WritingOpened(codec.DRAFT.decode(row.body), mends=row.id)

    async def _proposal(self, after: str, here: Here) -> fx.Reply:
        """Return the proposal that comes after another one, the first again after the last."""
        waiting = await self._decks.proposals(here.channel.own)
        if not waiting:
            return dx.NoProposals()
        row = _following(waiting, after)
        _, own = await self._shelves.own(row.group)
        draft = codec.DRAFT.decode(row.body)
        item = item_of(draft, own, UNTITLED, mark_of(row.id))
        flawed = item if isinstance(item, Flawed) else None
        return dx.ProposalShown(
            proposal=row.id,
            by=row.name,
            draft=draft,
            left=len(waiting),
            item=None if isinstance(item, Flawed) else item,
            flaw=flawed.flaw if flawed else None,
            said=flawed.said if flawed else "",
            next=row.id if len(waiting) > 1 else "",
        )

    async def _exported(self, query: ExportDeck, here: Here) -> fx.Reply:
        """Return the group's own decks, or one of them, as a file."""
        _, own = await self._shelves.own(here.channel.own)
        if not own.pack.decks:
            return DecksRefused(DeckTrouble.NO_OWN)
        pack = _narrowed(own, query.deck)
        if pack is None:
            return DecksRefused(DeckTrouble.NOT_OWN)
        try:
            return await asyncio.to_thread(self._formats.write, pack, query.format)
        except ContentError as error:
            return DecksRefused(DeckTrouble.NOT_EXPORTED, str(error))


def _following(waiting: Sequence[ProposalRow], after: str) -> ProposalRow:
    ids = [row.id for row in waiting]
    place = ids.index(after) + 1 if after in ids else 0
    return waiting[place % len(waiting)]


def _narrowed(own: OwnPack, deck: DeckId | None) -> Pack | None:
    """Return the group's own pack with one of its decks alone; None when that is not its own."""
    if deck is None:
        return own.pack
    found = deck_of(own, deck)
    return None if found is None else replace(own.pack, decks=(found,), cards=(), notes=(), labs=())
