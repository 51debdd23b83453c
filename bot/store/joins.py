"""Learners that are one person, and codes that link: the bookkeeping that every store shares.

A person's totals are the sums of their members' when they are made, and gain whatever a member gains after
that. So a person who is over is simply forgotten, and each member has what they earned themselves.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.records import Account, CodeRow, JoinRow, ParticipantRow, Place, Snapshot, TotalRow

MOST_TRIES = 50
"""So many wrong tries of an account are looked at, the latest ones."""

PartColumns = tuple[Account, int, int, str, int]


class Turns(NamedTuple):
    """What a batch does to persons: who turns where, which are *new*, by name, and which are *over*."""

    rows: tuple[JoinRow, ...]
    new: Mapping[int, str]
    over: tuple[int, ...]


def turned(rows: Iterable[JoinRow]) -> Turns:
    """Return one row for each learner, in order: from the person of the first to that of the last."""
    found: dict[int, JoinRow] = {}
    for row in rows:
        found[row.learner] = row._replace(before=found.get(row.learner, row).before)
    last = tuple(found[learner] for learner in sorted(found))
    new = {row.person: row.name for row in last if row.person}
    over = {row.before for row in last if row.before and row.before not in new}
    return Turns(last, dict(sorted(new.items())), tuple(sorted(over)))


def sums(turns: Turns, held: Mapping[int, Iterable[TotalRow]]) -> list[TotalRow]:
    """Return what new persons begin with: what their members hold, less what was answered twice.

    What was answered twice is taken off only where members hold anything: a calendar that was another then
    may have had it elsewhere.
    """
    found: list[TotalRow] = []
    for row in turns.rows:
        if row.person:
            found += [total._replace(learner=row.person) for total in held[row.learner]]
    there = {(row.board, row.learner) for row in found}
    twice = [total for row in turns.rows if row.person for total in row.doubled]
    return [*found, *(total for total in twice if (total.board, total.learner) in there)]


def with_persons(rows: Iterable[TotalRow], person_of: Mapping[int, int]) -> list[TotalRow]:
    """Return *rows* and beside each of a member the same for their person."""
    given = list(rows)
    also = [row._replace(learner=person_of[row.learner]) for row in given if row.learner in person_of]
    return [*given, *also]


def summed(rows: Iterable[Sequence[int]]) -> dict[int, int]:
    """Return the sums of counts by learner."""
    found: Counter[int] = Counter()
    for learner, count in rows:
        found[learner] += count
    return dict(found)


def as_persons(snapshot: Snapshot, round_: str, rows: Iterable[PartColumns]) -> dict[int, ParticipantRow]:
    """Note as whom accounts play in a round; return the rows. Of several of one account the first holds."""
    found: dict[int, ParticipantRow] = {}
    for account, learner, score, body, own in rows:
        snapshot.parts.setdefault((round_, account), learner)
        found[learner] = ParticipantRow(round_, learner, score, body, own)
    return found


def code_row(columns: Sequence[str | int]) -> CodeRow:
    """Return the row that a statement selected."""
    hash_, kind, platform, account, name, place, workspace, at, expires_at, used = columns
    return CodeRow(
        str(hash_),
        str(kind),
        Account(str(platform), str(account)),
        str(name),
        Place(str(platform), str(place)),
        str(workspace),
        int(at),
        int(expires_at),
        bool(used),
    )


def code_columns(row: CodeRow) -> dict[str, str | int]:
    """Return *row* by the names of a statement's parameters."""
    return {
        "hash": row.hash,
        "kind": row.kind,
        "platform": row.account.platform,
        "account_id": row.account.id,
        "name": row.name,
        "place_id": row.place.id,
        "workspace": row.workspace,
        "at": row.at,
        "expires_at": row.expires_at,
    }
