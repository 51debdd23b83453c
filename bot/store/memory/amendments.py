"""What groups have decided about items, in memory."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from bot.core.errors import StoreError
from bot.records import (
    AmendmentRow,
    Asked,
    AttemptRow,
    Changes,
    FlaggerRow,
    History,
    ParticipantRow,
    Place,
    PlayedRow,
    QuestionRow,
    ResponseRow,
    RoundRow,
    Snapshot,
    SuspectRow,
)
from bot.store.amendments import OVERTAKEN, counted, homes_of, reviewed
from bot.store.boards import Held
from bot.store.memory.flags import MemoryFlags


class MemoryAmendments(MemoryFlags):
    """What groups have decided about items, over dictionaries."""

    _boards: defaultdict[str, dict[int, Held]]
    _of_item: defaultdict[tuple[int, str], list[AttemptRow]]
    _of_round: defaultdict[str, list[AttemptRow]]
    _questions: defaultdict[str, dict[int, QuestionRow]]

    def __init__(self) -> None:
        super().__init__()
        self._decisions: dict[int, int] = {}
        self._amendments: list[AmendmentRow] = []
        self._suspects: dict[tuple[int, str], SuspectRow] = {}

    async def amendments_at(self, place: Place, group: int) -> Sequence[AmendmentRow]:
        """Return the decisions that hold in a place, by version."""
        return await self.amendments(self._own_group(place) if place in self._places else group)

    async def amendments(self, group: int) -> Sequence[AmendmentRow]:
        """Return the decisions of a group and of those in one union with it, by version."""
        kin = self._kin(group)
        rows = (row for row in self._amendments if row.group in kin)
        return sorted(rows, key=lambda row: (row.version, row.group, row.item))

    async def suspects(self, group: int) -> Sequence[SuspectRow]:
        """Return the items that are suspect in a group, by item."""
        kin = self._kin(group)
        rows = (row for row in self._suspects.values() if row.group in kin)
        return sorted(rows, key=lambda row: (row.item, row.at, row.group))

    async def responses(self, group: int, item: str, board: str, limit: int) -> Sequence[ResponseRow]:
        """Return the latest answers to an item that count, newest first, with totals of the *board*."""
        rows = [
            attempt
            for round_, _ in self._asking(group, item)
            for attempt in self._counted(round_.id)
            if attempt.item == item
        ]
        held = self._boards[board]
        found = sorted(rows, key=lambda row: (-row.at, row.question, row.learner))
        return [
            ResponseRow(row.learner, row.at, row.body, *held.get(row.learner, Held())[1:3])
            for row in found[:limit]
        ]

    async def items_answered(self, since: int) -> Sequence[tuple[int, str]]:
        """Return (group or union, item) of all that was answered since then."""
        rows = (row for id_ in list(self._of_round) for row in self._counted(id_) if row.at >= since)
        return sorted({(self._unions.get(row.group, row.group), row.item) for row in rows})

    async def items_overdue(self, limit: int) -> Sequence[tuple[int, str]]:
        """Return (group, item) of decisions after which rounds have ended that were not looked at."""
        found = {
            (row.group, row.item)
            for row in self._amendments
            if row.regrades
            for round_, question in self._asking(row.group, row.item)
            if not round_.open and question.version < row.version
        }
        return sorted(found)[:limit]

    def _counted(self, round_: str) -> list[AttemptRow]:
        """Return the attempts of a round that count."""
        return [row for row in self._of_round[round_] if (row.question, row.learner) not in self._void]

    def _asking(self, group: int, item: str) -> Iterator[tuple[RoundRow, QuestionRow]]:
        """Yield the rounds of a group that ask an item, with the questions that do, in order."""
        kin = self._kin(group)
        rounds = (row for row in self._rounds.values() if row.group in kin)
        for row in sorted(rounds, key=lambda row: (row.started_at, row.id)):
            for _, question in sorted(self._questions[row.id].items()):
                if question.item == item:
                    yield row, question

    def _load_histories(self, snapshot: Snapshot, asked: Sequence[Asked]) -> None:
        for group, item in reviewed(asked):
            snapshot.histories[group, item] = self._history(group, item)

    def _history(self, group: int, item: str) -> History:
        asking = list(self._asking(group, item))
        rounds = tuple(dict.fromkeys(row for row, _ in asking if not row.open))
        ended = {row.id for row in rounds}
        decided = [row for row in self._amendments if row.group in self._kin(group)]
        return History(
            decisions=self._decisions.get(group, 0),
            latest=max((row.version for row in decided), default=0),
            amendments=tuple(
                sorted((row for row in decided if row.item == item), key=lambda row: (row.version, row.group))
            ),
            rounds=rounds,
            questions=tuple(sorted(question for row, question in asking if row.id in ended)),
            participants=tuple(sorted(self._parts(ended))),
            played=tuple(
                PlayedRow(row, self._person(row.learner))
                for key, row in sorted(self._attempts.items())
                if row.round in ended
            ),
            earned=tuple(self._earned([row.id for row, _ in asking if row.open], item)),
            homes={place: self._places[place] for place in homes_of(rounds) if place in self._places},
            flaggers=tuple(self._flaggers(group, item)),
            running=any(row.open for row, _ in asking),
        )

    def _parts(self, rounds: set[str]) -> Iterator[ParticipantRow]:
        for round_ in rounds:
            yield from self._participants[round_].values()

    def _earned(self, rounds: Sequence[str], item: str) -> list[tuple[int, int]]:
        rows = [row for round_ in rounds for row in self._of_round[round_]]
        earned = [row for row in rows if row.item == item and row.points > 0]
        return [
            (self._person(row.learner), row.at)
            for row in sorted(earned, key=lambda row: (row.at, row.learner))
        ]

    def _flaggers(self, group: int, item: str) -> Iterator[FlaggerRow]:
        kin = self._kin(group)
        flags = (row for row in self._flags.values() if row.group in kin and row.item == item)
        for flag in sorted(flags, key=lambda row: (row.at, row.question, row.learner)):
            for account, learner in sorted(self._accounts.items()):
                if self._own_of.get(account, learner) == flag.learner:
                    yield FlaggerRow(flag.question, flag.learner, flag.at, account)

    def _refuse_overtaken_decisions(self, changes: Changes) -> None:
        """Raise StoreError when others have been quicker."""
        if any(self._decisions.get(row.group, 0) != row.before for row in counted(changes.decisions)):
            raise StoreError(OVERTAKEN)

    def _save_decisions(self, changes: Changes) -> None:
        self._decisions.update({row.group: row.version for row in counted(changes.decisions)})
        self._amendments += changes.amendments
        self._suspects.update({(row.group, row.item): row for row in changes.suspects})
        for question in changes.reasked:
            self._questions[question.round][question.position] = question
        for id_, body in changes.recounted:
            row = self._rounds[id_]
            if not row.open:
                self._rounds[id_] = row._replace(body=body, version=row.version + 1)
        for regraded in changes.regraded:
            before = self._attempts[regraded.question, regraded.learner]
            after = before._replace(credit=regraded.credit, points=regraded.points, body=regraded.body)
            self._attempts[regraded.question, regraded.learner] = after
            for rows in (self._of_round[before.round], self._of_item[before.group, before.item]):
                rows[rows.index(before)] = after
            if regraded.void:
                self._void.add((regraded.question, regraded.learner))
