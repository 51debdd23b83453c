"""Leaderboards as they are read."""

from collections.abc import Sequence
from typing import assert_never

from bot.core.commands import RankedBy, ShowTop, Since
from bot.core.effects import BoardLine, TopShown
from bot.wording.actions import top_action
from bot.wording.catalogues import Catalogue
from bot.wording.illustrations import board_facts
from bot.wording.pieces import paragraph, paragraphs, quiet, view
from bot.wording.standings import Cell, sides
from bot.wording.views import Block, Button, Picture, Strong, Table, Text, Tone, View

Row = BoardLine | None
"""A line, or what stands for those that are left out."""


def top_view(effect: TopShown, catalogue: Catalogue, *, actions: bool) -> View:
    """Return a page of a leaderboard, with the reader's own line wherever it stands."""
    since = effect.season or catalogue.top_since(effect.since)
    title = catalogue.top_title(effect.scope, since, effect.topic, effect.topic_title)
    blocks = (
        *_board(effect, title, catalogue),
        _own(effect, catalogue),
        quiet(catalogue.other_seasons(effect.others)) if effect.others else None,
    )
    return view(Tone.PODIUM, title, blocks, _turns(effect, catalogue) if actions else ())


def _dates(effect: TopShown, catalogue: Catalogue) -> str:
    if effect.first is None or effect.last is None:
        return ""
    far = effect.since is Since.SEASON
    return catalogue.top_dates(effect.first, effect.last, far=far)


def _board(effect: TopShown, title: str, catalogue: Catalogue) -> tuple[Block | None, ...]:
    rows, dates = _rows(effect), _dates(effect, catalogue)
    if not rows:
        return paragraph(dates), paragraph(catalogue.nobody_ranked(effect.by, effect.since))
    table = _table(effect, rows, catalogue)
    page = catalogue.page_of(effect.page, effect.pages) if effect.pages > 1 else ""
    about = [text for text in (dates, page) if text]
    facts = board_facts(title, about, effect.by, rows, table, catalogue)
    return (
        Picture(facts, (*paragraphs(dates), table, *paragraphs(page))),
        *_notes(effect, catalogue),
    )


def _notes(effect: TopShown, catalogue: Catalogue) -> tuple[Block, ...]:
    """Return what the numbers mean, where they are no points."""
    if effect.by is RankedBy.ACCURACY:
        return (quiet(catalogue.accuracy_note()),)
    return (quiet(catalogue.improvement_note()),) if effect.by is RankedBy.IMPROVEMENT else ()


# ------------------------------------------------------------------------------------------------ the table


def _table(effect: TopShown, rows: Sequence[Row], catalogue: Catalogue) -> Table:
    header = (catalogue.rank_column(), catalogue.name_column(), *_columns(effect.by, catalogue))
    cells = tuple(_cells(row, effect.by, catalogue) for row in rows)
    mine = tuple(place for place, row in enumerate(rows) if row is not None and row.mine)
    return Table(header, cells, sides(header), mine=mine)


def _columns(by: RankedBy, catalogue: Catalogue) -> tuple[str, ...]:
    if by is RankedBy.ACCURACY:
        return catalogue.accuracy_column(), catalogue.right_column()
    if by is RankedBy.IMPROVEMENT:
        return catalogue.gain_column(), catalogue.right_column()
    return (catalogue.points_column(),)


def _cells(row: Row, by: RankedBy, catalogue: Catalogue) -> tuple[Cell, ...]:
    if row is None:
        empty = (Text(""),)
        return (Text(catalogue.top_gap()),), empty, *(empty for _ in _columns(by, catalogue))
    name = Text(catalogue.name(row.name))
    named: Cell = (Strong((name,)),) if row.mine else (name,)
    return (Text(catalogue.top_rank(row.rank)),), named, *_values(row, by, catalogue)


def _values(row: BoardLine, by: RankedBy, catalogue: Catalogue) -> tuple[Cell, ...]:
    if by is RankedBy.ACCURACY:
        return (Text(catalogue.top_share(row.share)),), (Text(catalogue.right_of(row.right, row.answers)),)
    if by is RankedBy.IMPROVEMENT:
        return (Text(catalogue.top_gain(row.gain)),), (Text(catalogue.right_of(row.right, row.answers)),)
    return ((Text(catalogue.number(row.points)),),)


def _rows(effect: TopShown) -> tuple[Row, ...]:
    """Return the page with the reader's line and its neighbours before it, in it or after it."""
    page, near, own = effect.lines, effect.near, effect.own
    if own is None or any(line.mine for line in page):
        return page
    if not page:
        return near
    below, above = _overlap(page, near), _overlap(near, page)
    if below or above:
        return (*page, *near[below:]) if below else (*near, *page[above:])
    if own.rank < page[0].rank:
        return (*near, None, *page)
    if own.rank > page[-1].rank:
        return (*page, None, *near)
    # Who hides is on no page, and stands where they would be.
    place = next(place for place, line in enumerate(page) if line.rank >= own.rank)
    return (*page[:place], own, *page[place:])


def _overlap(first: Sequence[BoardLine], second: Sequence[BoardLine]) -> int:
    """Return how many lines at the end of *first* are those that *second* begins with."""
    most = min(len(first), len(second))
    return next((size for size in range(most, 0, -1) if first[-size:] == second[:size]), 0)


# -------------------------------------------------------------------------------- the reader, and the pages


def _own(effect: TopShown, catalogue: Catalogue) -> Block | None:
    """Return where the reader stands, or what they can do to stand somewhere."""
    own = effect.own
    if own is None:
        told = effect.by is not RankedBy.POINTS or effect.lines
        return paragraph(catalogue.lacking(effect.by, effect.lacking)) if effect.lacking and told else None
    earned = _earned(own, effect.by, catalogue)
    others = [line for line in (*effect.lines, *effect.near) if not line.mine]
    shared = any(line.rank == own.rank for line in others)
    return paragraph(catalogue.own_place(own.rank, max(own.rank, effect.listed), earned, shared=shared))


def _earned(own: BoardLine, by: RankedBy, catalogue: Catalogue) -> str:
    match by:
        case RankedBy.POINTS:
            return catalogue.points(own.points)
        case RankedBy.ACCURACY:
            return catalogue.own_accuracy(own.share, own.right, own.answers)
        case RankedBy.IMPROVEMENT:
            return catalogue.own_gain(own.gain)
        case _:
            assert_never(by)


def _turns(effect: TopShown, catalogue: Catalogue) -> tuple[Button, ...]:
    """Return the buttons for the page before and the page after."""
    before, after = effect.page - 1, effect.page + 1
    turns = (
        (before, catalogue.previous_page()) if before >= 1 else None,
        (after, catalogue.next_page()) if after <= effect.pages else None,
    )
    buttons = (_turn(effect, *turn, catalogue) for turn in turns if turn is not None)
    return tuple(button for button in buttons if button.action)


def _turn(effect: TopShown, page: int, label: str, catalogue: Catalogue) -> Button:
    action = top_action(ShowTop(effect.scope, effect.since, effect.by, effect.topic, page, effect.season_id))
    return Button(action, label, catalogue.turn_hint(page, effect.pages))
