"""Groups' own packs: the bookkeeping that every store shares."""

from collections.abc import Iterable, Sequence
from typing import Final

from bot.records import Account, Changes, PackRow, Place, ProposalRow, UploadRow

OVERTAKEN: Final = "Others changed the same decks, upload or proposal: load it, then decide again."

UploadColumns = tuple[str, int, int, int, str, str]


def steps_of(rows: Iterable[PackRow]) -> list[tuple[PackRow, int]]:
    """Return the last row of each group, in order, with the version that the first of its rows found."""
    found: dict[int, tuple[PackRow, int]] = {}
    for row in rows:
        before = found[row.group][1] if row.group in found else row.version - 1
        found[row.group] = (row, before)
    return [found[group] for group in sorted(found)]


def proposal_row(columns: Sequence[str | int]) -> ProposalRow:
    """Return the row that a statement selected."""
    id_, group, platform, account, name, place, at, state, body = columns
    return ProposalRow(
        str(id_),
        int(group),
        Account(str(platform), str(account)),
        str(name),
        Place(str(platform), str(place)),
        int(at),
        str(state),
        str(body),
    )


def upload_columns(row: UploadRow) -> dict[str, str | int]:
    """Return *row* by the names of a statement's parameters."""
    return {
        "id": row.id,
        "group_id": row.group,
        "at": row.at,
        "before_version": row.before,
        "pack": row.pack,
        "report": row.report,
    }


def proposal_columns(row: ProposalRow) -> dict[str, str | int]:
    """Return *row* by the names of a statement's parameters."""
    return {
        "id": row.id,
        "group_id": row.group,
        "platform": row.account.platform,
        "account_id": row.account.id,
        "name": row.name,
        "place_id": row.place.id,
        "at": row.at,
        "state": row.state,
        "body": row.body,
    }


def is_shelving(changes: Changes) -> bool:
    """Tell whether a batch changes a group's own pack, or what waits to be added to one."""
    return bool(changes.packs or changes.uploads or changes.proposals)
