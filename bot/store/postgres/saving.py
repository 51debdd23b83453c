"""What a batch leaves: one statement for what most batches leave, and more only for the rest."""

from collections.abc import Sequence

from bot.records import Asked, Changes, Snapshot
from bot.store.postgres import columns
from bot.store.postgres.connections import Session
from bot.store.postgres.faults import ConflictError

_NOTHING: columns.Columns = {
    **columns.held(Snapshot()),
    **columns.events(()),
    **columns.rounds(()),
    **columns.participants((), Snapshot()),
    **columns.messages(()),
}


class Saving:
    """The changes of one batch, ready to be written, provided that what was loaded is as it was.

    Writing raises ConflictError when a round that was loaded has moved on, or when an event that was asked
    about has been handled by somebody else meanwhile.
    """

    def __init__(self, asked: Sequence[Asked], snapshot: Snapshot, changes: Changes) -> None:
        unseen = {one.event for one in asked} - snapshot.events
        messages = columns.waves(changes.outbox, lambda row: (row.key, row.action))
        self._changes = changes
        self._others = [event for event in changes.events if event[0] not in unseen]
        self._later = messages[1:]
        self._held = columns.held(snapshot)
        self._most: columns.Columns = {
            **columns.events([event for event in changes.events if event[0] in unseen]),
            **columns.rounds(changes.rounds),
            **columns.participants(changes.participants, snapshot),
            **columns.messages(messages[0] if messages else ()),
        }

    @property
    def single(self) -> bool:
        """Whether one statement says it all, so that no transaction need be opened around it."""
        changes = self._changes
        return not (
            self._others
            or self._later
            or changes.channels
            or changes.learners
            or changes.questions
            or changes.attempts
        )

    async def write(self, session: Session) -> None:
        """Write everything, parents before children; open a transaction first, unless it is *single*."""
        if self.single:
            if any(self._held.values()) or any(self._most.values()):
                await session.rows("batch_save", **self._held, **self._most)
            return
        await self._hold(session)
        await self._write_parents(session)
        await session.rows("batch_save", **(_NOTHING | self._most))
        await self._write_children(session)

    async def _hold(self, session: Session) -> None:
        """Lock the rounds before anything else, as the one statement does."""
        ids = self._held["held_ids"]
        if ids and len(await session.rows("rounds_hold", **self._held)) < len(ids):
            raise ConflictError("Others changed the same rounds at the same time: try again.")

    async def _write_parents(self, session: Session) -> None:
        if self._changes.channels:
            await session.rows("places_add", **columns.channels(self._changes.channels))
        if self._changes.learners:
            await session.rows("learners_save", **columns.learners(self._changes.learners))
        if self._others:
            ids, times = columns.events(self._others).values()
            await session.rows("events_add", ids=ids, times=times)

    async def _write_children(self, session: Session) -> None:
        if self._changes.questions:
            await session.rows("questions_add", **columns.questions(self._changes.questions))
        if self._changes.attempts:
            await session.rows("attempts_add", **columns.attempts(self._changes.attempts))
        for messages in self._later:
            await session.rows("batch_save", **(_NOTHING | columns.messages(messages)))
