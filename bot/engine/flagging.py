"""Flagging: which question somebody means, looked up before what they say of it is written down.

Which question it is never changes once it is there, so it needs no place in the transaction that writes.
Whether the sender has flagged it before only decides how they are thanked.
"""

from dataclasses import replace
from typing import Final

from bot.core.commands import Flag
from bot.core.ids import ItemId, QuestionId
from bot.core.questions import question_id, round_of
from bot.engine import codec
from bot.engine.events import Event, Meant
from bot.engine.here import round_here
from bot.ports import People, Store
from bot.records import daily_place, home_of
from bot.wording.cleaning import clean_text
from bot.wording.menu import LIMITS

LONGEST_REASON: Final = LIMITS["reason"][1]


class Flagging:
    """Looks up the questions that are flagged."""

    def __init__(self, store: Store, people: People) -> None:
        """Read from *store* and *people*."""
        self._store = store
        self._people = people

    async def found(self, event: Event, command: Flag) -> Event:
        """Return *event* with the question that *command* means, if there is one of its group."""
        question = command.question or await self._asked_last(event)
        round_id, position = round_of(question)
        record = await round_here(self._store, round_id, event)
        if record is None or event.account is None:
            return event
        if not 0 <= position <= codec.ROUND.decode(record.row.body).position:
            return event
        known = question_id(round_id, position)
        before = await self._people.flag_of(known, event.account)
        item = ItemId(record.questions[position].item)
        return replace(event, meant=Meant(known, item, record.row.group, again=before is not None))

    async def _asked_last(self, event: Event) -> QuestionId:
        """Return the question that was opened last in a channel, be it one of the day; "" when none was."""
        home = home_of(event.place)
        schedules = await self._people.schedules(home)
        places = [home, *(daily_place(row.place, row.id) for row in schedules)]
        rows = [row for place in places if (row := await self._people.asked_last(place)) is not None]
        rounds = [codec.ROUND.decode(row.body) for row in rows]
        opened = [(round_.opened_at, round_.id, round_.position) for round_ in rounds if round_.opened_at]
        if not opened:
            return QuestionId("")
        _, latest, position = max(opened)
        return question_id(latest, position)


def tidied(reason: str) -> str:
    """Return *reason* as it is kept: whole, without what could not be shown."""
    return clean_text(reason).strip()
