"""Open days: the questions of the day of a group that can be answered now, and what one learner answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.ids import ScheduleId
from bot.core.schedules import daily_round, is_recap
from bot.core.states import Answer
from bot.engine import codec
from bot.ports import RoundRecord, Store
from bot.records import Account, ScheduleRow


@dataclass(frozen=True, slots=True)
class DayOpen:
    """The question of *day* of a schedule, which is open, and the learner's *answer*, None for none."""

    schedule: ScheduleRow
    day: date
    record: RoundRecord
    answer: Answer | None


async def open_days(
    store: Store, schedules: Sequence[ScheduleRow], account: Account | None
) -> Sequence[DayOpen]:
    """Return the open question of each of *schedules* that has one, with the answer of *account*.

    A question is revealed at the next post at the latest, so that of the days before none is open.
    """
    found: list[DayOpen] = []
    for row in schedules:
        if row.settled is None or is_recap(row.id):
            continue
        day = date.fromisoformat(row.settled)
        record = await store.look(daily_round(ScheduleId(row.id), day))
        if record is not None and record.row.open:
            found.append(DayOpen(row, day, record, await _answer(store, record, account)))
    return found


async def _answer(store: Store, record: RoundRecord, account: Account | None) -> Answer | None:
    mine = await store.mine(record.row.id, account) if account else None
    return None if mine is None else codec.PARTICIPANT.decode(mine.participant.body).answer
