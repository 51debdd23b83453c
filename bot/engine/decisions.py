"""Decisions: what groups have decided about items, as it is stored and as it is meant."""

from collections.abc import Sequence

from bot.core.amendments import Amendment, Verdict
from bot.core.ids import ItemId
from bot.engine import codec
from bot.records import AmendmentRow


def amendments_of(rows: Sequence[AmendmentRow]) -> list[Amendment]:
    """Return decisions as they were made, in the order of *rows*."""
    return [
        Amendment(
            ItemId(row.item),
            row.version,
            Verdict(row.verdict),
            codec.ITEM.decode(row.body) if row.body else None,
        )
        for row in rows
    ]
