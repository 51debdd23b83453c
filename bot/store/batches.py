"""What a batch needs, and what it leaves: the bookkeeping that every store shares."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import fsum
from typing import TypeVar

from bot.records import Account, Asked, FlagRow, Place, SettingsRow

Row = TypeVar("Row")


@dataclass(slots=True)
class Wish:
    """What the whole batch wants of one place: the most that any part of it asked for.

    *since* is the earliest asked for, so it may count repeats that a later one would not; *days_since* is the
    earliest too, "" when none was asked for.
    """

    everyone: bool = False
    recent: int = 0
    since: int | None = None
    schedules: bool = False
    days_since: str = ""
    shares: bool = False
    places: bool = False


def wishes(asked: Sequence[Asked]) -> dict[Place, Wish]:
    """Return what is wanted of each place, in the order of first mention."""
    found: dict[Place, Wish] = {}
    for one in asked:
        wish = found.get(one.place)
        if wish is None:
            wish = found[one.place] = Wish()
        wish.recent = max(wish.recent, one.recent)
        wish.schedules = wish.schedules or one.schedules
        wish.shares = wish.shares or one.shares
        wish.places = wish.places or one.places
        if one.days_since:
            wish.days_since = min(wish.days_since or one.days_since, one.days_since)
        if one.everyone:
            wish.everyone = True
            wish.since = one.since if wish.since is None else min(wish.since, one.since)
    return found


def groups(asked: Sequence[Asked]) -> list[int]:
    """Return the groups whose settings are wanted, each once, in one order everywhere."""
    return sorted({one.group for one in asked if one.group})


def chained(rows: Iterable[SettingsRow]) -> list[SettingsRow]:
    """Return one row for each group, in order: from what the first found to what the last leaves."""
    found: dict[int, SettingsRow] = {}
    for row in rows:
        before = found.get(row.group, row).before
        found[row.group] = row._replace(before=before)
    return [found[group] for group in sorted(found)]


def pairs(asked: Sequence[Asked]) -> dict[tuple[Place, Account], None]:
    """Return who acts where, each pair once, in the order of first mention."""
    return {(one.place, one.account): None for one in asked if one.account is not None}


def looked_up(asked: Sequence[Asked]) -> dict[tuple[str, Account], None]:
    """Return the hashes of codes and who brings them, each pair once."""
    return {(one.code, one.account): None for one in asked if one.code and one.account is not None}


def shares(counts: Iterable[tuple[str, float, int]]) -> dict[str, float]:
    """Return the mean credit of each item; *counts* says how many attempts of an item had which credit.

    The same attempts give the same means, to the last digit, in whatever order a store counts them.
    """
    of_item: defaultdict[str, list[tuple[float, int]]] = defaultdict(list)
    for item, credit, count in counts:
        of_item[item].append((credit, count))
    return {
        item: fsum(credit * count for credit, count in rows) / sum(count for _, count in rows)
        for item, rows in of_item.items()
    }


def flagged(rows: Iterable[FlagRow]) -> list[FlagRow]:
    """Return one row for each question and learner, in order: the last one with a reason, or the first."""
    found: dict[tuple[str, int], FlagRow] = {}
    for row in rows:
        if row.reason or (row.question, row.learner) not in found:
            found[row.question, row.learner] = row
    return [found[key] for key in sorted(found)]


def last_said(rows: Iterable[FlagRow]) -> FlagRow | None:
    """Return what was said last by those who are one person; None when nobody said anything."""
    return min(rows, key=lambda row: (-row.at, row.learner), default=None)


def latest(rows: Iterable[Row], key: Callable[[Row], Hashable]) -> list[Row]:
    """Return the last row of each *key*: in one batch, a later save stands for the earlier ones."""
    return list({key(row): row for row in rows}.values())
