"""Reading leaderboards on PostgreSQL: what one look brings back, as a page."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from asyncpg import Record

from bot.core.leaderboards import Measure
from bot.ports import RankedBy
from bot.records import BoardPage
from bot.store.board_pages import Listing, Look, Run, Seen, excerpt
from bot.store.boards import Held

LOOKS: Final[Mapping[RankedBy, str]] = {
    Measure.POINTS: "board_look_points",
    Measure.ACCURACY: "board_look_accuracy",
}
"""The statement that looks at a board, by measure."""


def page_of(rows: Sequence[Record], measure: RankedBy, look: Look) -> BoardPage:
    """Return what a look has brought back."""
    if not rows:
        return BoardPage()
    grown, listed, *_ = rows[0]
    parts: defaultdict[str | None, list[Record]] = defaultdict(list)
    for row in rows:
        parts[row[2]].append(row)
    if not grown:
        return Listing(map(_seen, parts["small"]), measure).look(look)
    own = next(map(_seen, parts["own"]), None)
    ranked = own is not None and own.value(measure) is not None
    near = [*parts["near"], *(parts["own"] if ranked else ())]
    return excerpt(measure, listed, own, _run(parts["page"], measure), _run(near, measure))


def _run(rows: Sequence[Record], measure: RankedBy) -> Run:
    """Return rows that follow each other, in their order."""
    if not rows:
        return Run()
    _, _, _, above, members, *_ = rows[0]
    return Run(sorted(map(_seen, rows), key=lambda one: one.order(measure)), above, members)


def _seen(row: Record) -> Seen:
    learner, name, points, answers, right, hidden = row[5:]
    return Seen(learner, name, Held(points, answers, right, hidden))
