"""Rounds: the row that a statement selected, the same in every store."""

from bot.records import Place, RoundRow
from bot.store.unions import mirrors_of

RoundColumns = tuple[str, int, int, str, str, int, int, int | None, int, str | None, str, str]


def round_row(columns: RoundColumns) -> RoundRow:
    """Return the row that a statement selected."""
    id_, channel, group, *place, version, open_, wake_at, started_at, item, body, mirrors = columns
    return RoundRow(
        id_,
        channel,
        group,
        Place(*place),
        version,
        bool(open_),
        wake_at,
        started_at,
        item,
        body,
        mirrors_of(mirrors) if mirrors else (),
    )
