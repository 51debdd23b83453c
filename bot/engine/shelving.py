"""Shelving: what changes a group's own decks, and what waits to be added to them.

Rule 1: whoever changes anything organises, but everybody may propose.
Rule 2: an upload is added only to the pack that it was made from.
Rule 3: a deck that goes takes nothing with it but itself: rounds have their own items, attempts stay.
"""

from datetime import datetime, timedelta
from typing import Final, assert_never

from bot.core import deck_effects as dx
from bot.core import effects as fx
from bot.core.commands import Person
from bot.core.deck_commands import (
    AddDecks,
    DecideProposal,
    DeckCommand,
    Draft,
    DropUpload,
    ProposeQuestion,
    RemoveDeck,
    TakeUpload,
    WriteQuestion,
)
from bot.core.deck_effects import DecksRefused, DeckTrouble
from bot.core.drafting import Flawed, item_of, mark_of, title_of
from bot.core.ids import LearnerId, RoundId
from bot.core.items import Item
from bot.core.own_packs import OwnPack, deck_of, with_item, without_deck
from bot.engine import codec
from bot.engine.codec import to_ms
from bot.engine.events import Event, private_place
from bot.engine.identities import short
from bot.engine.shelves import nothing_of
from bot.records import Changes, ChannelRow, PackRow, Place, ProposalRow, Snapshot, UploadRow

UPLOAD_WAITS: Final = timedelta(hours=1)
"""So long an upload waits to be added."""

MOST_PROPOSALS: Final = 100
"""So many proposals of a group wait at once."""

UNTITLED: Final = "Questions of our own"
"""The deck of a question that was written for none."""


class Shelving:
    """Own decks inside one batch, as the events before left them."""

    def __init__(self, snapshot: Snapshot, changes: Changes, now: datetime) -> None:
        """Read from *snapshot*, write to *changes*; *told* gathers what those who proposed should hear."""
        self._snapshot = snapshot
        self._changes = changes
        self._now = now
        self._packs: dict[int, PackRow] = dict(snapshot.packs)
        self._uploads: dict[str, UploadRow] = dict(snapshot.uploads)
        self._proposals: dict[str, ProposalRow] = dict(snapshot.proposals)
        self.told: list[tuple[Place, RoundId, fx.ToLearner]] = []

    def command(self, event: Event, command: DeckCommand, by: Person, channel: ChannelRow) -> fx.Reply:
        """Do what was asked; the sender and the *channel* are written already, whatever comes of it."""
        if isinstance(command, ProposeQuestion):
            return self._propose(event, command.draft, channel)
        if not by.organiser:
            return fx.CommandRefused(fx.Refusal.NOT_ORGANISER)
        match command:
            case AddDecks():
                return self._keep(event, channel)
            case TakeUpload(upload=upload) | DropUpload(upload=upload):
                return self._settle(upload, channel, taken=isinstance(command, TakeUpload))
            case RemoveDeck():
                return self._remove(command, channel)
            case WriteQuestion(draft=draft):
                return self._write(event, draft, channel)
            case DecideProposal():
                return self._decide(event, command)
            case _:
                assert_never(command)

    # ------------------------------------------------------------------------------------------------ uploads

    def _keep(self, event: Event, channel: ChannelRow) -> fx.Reply:
        """Let what was read wait until somebody says that it is wanted."""
        reading = event.reading
        if reading is None:
            return DecksRefused(DeckTrouble.NO_FILE)
        if not reading.report.adds:
            return dx.UploadRead("", reading.report)
        id_ = short(f"upload\n{event.id}")
        report = codec.UPLOAD_REPORT.encode(reading.report)
        row = UploadRow(id_, channel.own, to_ms(self._now), reading.before, reading.pack, report)
        self._uploads[id_] = row
        self._changes.uploads.append(row)
        return dx.UploadRead(id_, reading.report)

    def _settle(self, upload: str, channel: ChannelRow, *, taken: bool) -> fx.Reply:
        """Add an upload, or forget it."""
        row = self._uploads.get(upload)
        late = to_ms(self._now - UPLOAD_WAITS)
        if row is None or row.group != channel.own or not row.pack or row.at < late:
            return DecksRefused(DeckTrouble.UPLOAD_GONE)
        before = self._packs.get(row.group)
        if taken and (before.version if before else 0) != row.before:
            return DecksRefused(DeckTrouble.CHANGED_SINCE)
        self._uploads[upload] = row._replace(pack="")
        self._changes.uploads.append(self._uploads[upload])
        if not taken:
            return dx.UploadDropped()
        self._put(row.group, row.pack)
        return dx.DecksAdded(codec.UPLOAD_REPORT.decode(row.report))

    # ---------------------------------------------------------------------- decks and questions

    def _remove(self, command: RemoveDeck, channel: ChannelRow) -> fx.Reply:
        own = self._own(channel.own)
        deck = deck_of(own, command.deck)
        if deck is None:
            return DecksRefused(DeckTrouble.NOT_OWN)
        if not command.sure:
            return dx.RemovalAsked(deck.id, deck.title, len(deck.items))
        self._put(channel.own, codec.OWN_PACK.encode(without_deck(own, deck.id)))
        return dx.DeckRemoved(deck.title)

    def _write(self, event: Event, draft: Draft, channel: ChannelRow) -> fx.Reply:
        added = self._add(event, draft, channel.own)
        if isinstance(added, Flawed):
            return dx.WritingOpened(draft, flaw=added.flaw, said=added.said)
        return dx.QuestionWritten(added, title_of(draft, UNTITLED))

    def _add(self, event: Event, draft: Draft, group: int) -> Item | Flawed:
        """Add a question to the pack of *group*, unless something is wrong with it."""
        own = self._own(group)
        item = item_of(draft, own, UNTITLED, mark_of(event.id))
        if isinstance(item, Item):
            self._put(group, codec.OWN_PACK.encode(with_item(own, item, title_of(draft, UNTITLED))))
        return item

    # ---------------------------------------------------------------------------------------------- proposals

    def _propose(self, event: Event, draft: Draft, channel: ChannelRow) -> fx.Reply:
        if event.account is None:
            return DecksRefused(DeckTrouble.NO_GROUP)
        flaw = item_of(draft, self._own(channel.own), UNTITLED, mark_of(event.id))
        if isinstance(flaw, Flawed):
            return dx.WritingOpened(draft, proposal=True, flaw=flaw.flaw, said=flaw.said)
        if event.waiting >= MOST_PROPOSALS:
            return DecksRefused(DeckTrouble.MANY_PROPOSALS)
        row = ProposalRow(
            id=short(f"proposal\n{event.id}"),
            group=channel.own,
            account=event.account,
            name=self._snapshot.learners[event.account].name,
            place=event.place,
            at=to_ms(self._now),
            state="open",
            body=codec.DRAFT.encode(draft),
        )
        self._changes.proposals.append(row)
        return dx.QuestionProposed()

    def _decide(self, event: Event, command: DecideProposal) -> fx.Reply:
        row = self._proposals.get(command.proposal)
        if row is None or row.state != "open" or row.group not in event.kin:
            return DecksRefused(DeckTrouble.PROPOSAL_GONE)
        proposed = codec.DRAFT.decode(row.body)
        draft = command.draft or proposed
        if command.accepted:
            added = self._add(event, draft, row.group)
            if isinstance(added, Flawed):
                return dx.WritingOpened(draft, mends=row.id, flaw=added.flaw, said=added.said)
        state = "accepted" if command.accepted else "declined"
        self._proposals[row.id] = row._replace(state=state)
        self._changes.proposals.append(self._proposals[row.id])
        deck = title_of(draft, UNTITLED) if command.accepted else ""
        if row.account != event.account:
            answer = dx.ProposalAnswered(proposed.prompt, command.accepted, draft != proposed, deck)
            self._tell(row, answer)
        return dx.ProposalDecided(command.accepted, row.name, deck, max(0, event.waiting - 1))

    def _tell(self, row: ProposalRow, answer: dx.ProposalAnswered) -> None:
        """Let whoever proposed something hear what became of it; a proposal is decided on once."""
        told = fx.ToLearner(LearnerId(0), row.account.id, answer)
        self.told.append((private_place(row.account), RoundId(row.id), told))

    # -------------------------------------------------------------------------------------------------- packs

    def _own(self, group: int) -> OwnPack:
        row = self._packs.get(group)
        return nothing_of(group) if row is None else codec.OWN_PACK.decode(row.body)

    def _put(self, group: int, body: str) -> None:
        before = self._packs.get(group)
        row = PackRow(group, (before.version if before else 0) + 1, body)
        self._packs[group] = row
        self._changes.packs.append(row)
