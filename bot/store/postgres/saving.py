"""What a batch leaves: one statement for what most batches leave, and more only for the rest."""

from collections.abc import Iterator, Sequence

from bot.records import Asked, Changes, ParticipantRow, RoundRow, Snapshot
from bot.store.amendments import is_deciding
from bot.store.batches import latest
from bot.store.own_packs import is_shelving
from bot.store.postgres import columns
from bot.store.postgres.amendments import save_decisions
from bot.store.postgres.boards import add_totals, hide
from bot.store.postgres.columns import Columns
from bot.store.postgres.connections import Session
from bot.store.postgres.faults import ConflictError
from bot.store.postgres.links import save_codes, save_joins
from bot.store.postgres.own_packs import save_packs
from bot.store.postgres.schedules import Scheduling
from bot.store.postgres.unions import hold_unions, loosen, save_mirrors, save_unions
from bot.store.unions import loosens

_NOTHING: Columns = {
    **columns.held(Snapshot()),
    **columns.events(()),
    **columns.rounds(()),
    **columns.participants(()),
    **columns.messages(()),
}


class Saving:
    """The changes of one batch, ready to be written, provided that what was loaded is as it was.

    When it is written, *outgrown* are the boards that should grow after the commit.

    Writing raises ConflictError when a round that was loaded has moved on, or a schedule when schedules are
    written, or a group's settings when they are, or when an event that was asked about has been handled by
    somebody else meanwhile.
    """

    def __init__(self, asked: Sequence[Asked], snapshot: Snapshot, changes: Changes) -> None:
        unseen = {one.event for one in asked} - snapshot.events
        loaded = {row.id for row in snapshot.rounds.values()}
        others = [row for row in latest(changes.rounds, lambda row: row.id) if row.id not in loaded]
        messages = columns.waves(changes.outbox, lambda row: (row.key, row.action))

        def there(row: ParticipantRow) -> bool:
            return row.learner in snapshot.participants.get(row.round, ())

        self.outgrown: Sequence[int] = ()
        self._hiding = changes.hiding
        self._totals = changes.totals
        self._snapshot = snapshot
        self._changes = changes
        self._ended = columns.rounds([row for row in others if not row.open])
        self._settings = columns.settings(changes.settings)
        self._schedules = Scheduling(asked, snapshot, changes)
        self._held = columns.held(snapshot)
        self._most: Columns = {
            **columns.events([event for event in changes.events if event[0] in unseen]),
            **columns.rounds([row for row in changes.rounds if row.id in loaded]),
            **columns.participants([row for row in changes.participants if there(row)]),
            **columns.messages(messages[0] if messages else ()),
        }
        self._before = list(_parents(changes, [event for event in changes.events if event[0] not in unseen]))
        self._after = list(
            _children(
                changes,
                [row for row in others if row.open],
                [row for row in changes.participants if not there(row)],
            )
        )
        self._after += [("batch_save", _NOTHING | columns.messages(wave)) for wave in messages[1:]]

    @property
    def single(self) -> bool:
        """Whether one statement says it all, so that no transaction need be opened around it."""
        changes = self._changes
        unions = changes.unions or changes.mirrors or loosens(changes.rounds, ())
        links = changes.joins or changes.codes or changes.tries
        more = (self._hiding, self._totals, self._settings["groups"], self._schedules.wanted)
        mine = is_shelving(changes) or is_deciding(changes)
        rest = (*more, self._ended["round_ids"], unions, links, mine)
        return not (self._before or self._after or any(rest))

    async def write(self, session: Session) -> None:
        """Write everything, parents before children; unless it is *single*, a transaction must be open."""
        if self.single:
            if any(self._held.values()) or any(self._most.values()):
                await session.rows("batch_save", **self._held, **self._most)
            return
        await self._hold(session)
        await save_codes(session, self._changes)
        for name, rows in self._before:
            await session.rows(name, **rows)
        await save_packs(session, self._changes)
        await self._schedules.write(session)
        made = await save_unions(session, self._changes.unions)
        await self._set_settings(session)
        await session.rows("batch_save", **(_NOTHING | self._most))
        if self._ended["round_ids"]:
            await session.rows("rounds_save", **self._ended)
        await save_mirrors(session, self._changes.mirrors)
        for name, rows in self._after:
            await session.rows(name, **rows)
        await loosen(session, self._changes)
        await save_decisions(session, self._changes)
        # Last, because everybody adds to the same few boards and counts, and waits here for the commit.
        if self._totals and not self._changes.unions:
            await hold_unions(session, self._snapshot)
        await hide(session, self._hiding, self._totals)
        totals = [*self._totals, *await save_joins(session, self._changes.joins)]
        self.outgrown = [*made, *await add_totals(session, totals)]

    async def _set_settings(self, session: Session) -> None:
        """Change settings after homes are locked, as a batch does that locks homes before it reads."""
        groups = self._settings["groups"]
        if groups and len(await session.rows("settings_set", **self._settings)) < len(groups):
            raise ConflictError("Others changed the settings of the same group at the same time: try again.")

    async def _hold(self, session: Session) -> None:
        """Lock the rounds before anything else, as the one statement does."""
        ids = self._held["held_ids"]
        if ids and len(await session.rows("rounds_hold", **self._held)) < len(ids):
            raise ConflictError("Others changed the same rounds at the same time: try again.")


def _parents(changes: Changes, others: Sequence[tuple[str, int]]) -> Iterator[tuple[str, Columns]]:
    """Yield what the rest refers to, and events that nobody asked about."""
    if changes.channels:
        yield "places_add", columns.channels(changes.channels)
    if changes.joins:
        yield "persons_save", columns.persons(changes.joins)
    if changes.learners:
        yield "learners_save", columns.learners(changes.learners)
    if others:
        yield "events_add", columns.events(others)


def _children(
    changes: Changes, started: Sequence[RoundRow], joined: Sequence[ParticipantRow]
) -> Iterator[tuple[str, Columns]]:
    """Yield what comes after the rounds that were loaded: those that start where one of them ended, say."""
    if started:
        yield "rounds_save", columns.rounds(started)
    if changes.questions:
        yield "questions_add", columns.questions(changes.questions)
    if joined:
        yield "participants_save", columns.newcomers(joined)
    if changes.attempts:
        yield "attempts_add", columns.attempts(changes.attempts)
    if changes.flags:
        yield "flags_save", columns.flags(changes.flags)
