"""Decisions about items: the bookkeeping that every store shares."""

from collections.abc import Iterable, Sequence
from typing import Final

from bot.records import (
    Account,
    AmendmentRow,
    Asked,
    Changes,
    DecisionRow,
    FlaggerRow,
    History,
    Place,
    RoundRow,
    home_of,
)

OVERTAKEN: Final = "Others of the same group decided about an item: load it, then decide again."


def reviewed(asked: Sequence[Asked]) -> list[tuple[int, str]]:
    """Return the groups and items whose histories are wanted, each once, in order."""
    return sorted({(one.group, one.item) for one in asked if one.item})


def counted(rows: Iterable[DecisionRow]) -> list[DecisionRow]:
    """Return one row for each group, in order: from what the first found to what the last leaves."""
    found: dict[int, DecisionRow] = {}
    for row in rows:
        found[row.group] = row._replace(before=found.get(row.group, row).before)
    return [found[group] for group in sorted(found)]


def homes_of(rounds: Iterable[RoundRow]) -> list[Place]:
    """Return the homes of rounds, each once."""
    return sorted({home_of(row.place) for row in rounds})


def groups_in(histories: Iterable[History]) -> set[int]:
    """Return the groups in which anything was answered."""
    return {row.attempt.group for history in histories for row in history.played}


def amendment_row(columns: Sequence[str | int]) -> AmendmentRow:
    """Return the row that a statement selected."""
    group, item, version, verdict, regrades, body, learner, at = columns
    return AmendmentRow(
        int(group), str(item), int(version), str(verdict), bool(regrades), str(body), int(learner), int(at)
    )


def flagger_row(columns: Sequence[str | int]) -> FlaggerRow:
    """Return the row that a statement selected."""
    question, learner, at, platform, account = columns
    return FlaggerRow(str(question), int(learner), int(at), Account(str(platform), str(account)))


def is_deciding(changes: Changes) -> bool:
    """Tell whether a batch decides about items, changes what came of them, or lets one be suspect."""
    decided = changes.decisions or changes.amendments or changes.suspects
    return bool(decided or changes.regraded or changes.reasked or changes.recounted)
