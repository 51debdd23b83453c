"""Standings as they are read."""

from collections.abc import Sequence
from typing import Literal

from bot.core.effects import Standing
from bot.wording.catalogues import Catalogue
from bot.wording.views import Inline, Podium, PodiumStep, Table, Text

Cell = tuple[Inline, ...]
Side = Literal["left", "right"]
STEPS = 3


def top_table(lines: Sequence[Standing], catalogue: Catalogue) -> Table | None:
    """Return who leads during a round, with what each earned just now."""
    if not lines:
        return None
    header = (
        catalogue.rank_column(),
        catalogue.name_column(),
        catalogue.points_column(),
        catalogue.gained_column(),
    )
    rows = tuple((*_line(line, catalogue), _cell(f"+{catalogue.number(line.gained)}")) for line in lines)
    return Table(header, rows, sides(header), caption=catalogue.standing_so_far())


def standing_table(lines: Sequence[Standing], catalogue: Catalogue) -> Table | None:
    """Return the standing at the end of a round."""
    if not lines:
        return None
    header = (
        catalogue.rank_column(),
        catalogue.name_column(),
        catalogue.points_column(),
        catalogue.right_column(),
    )
    rows = tuple((*_line(line, catalogue), _cell(catalogue.number(line.right))) for line in lines)
    return Table(header, rows, sides(header), caption=catalogue.standing())


def team_table(lines: Sequence[Standing], catalogue: Catalogue) -> Table | None:
    """Return the standing of the teams."""
    if not lines:
        return None
    header = (catalogue.rank_column(), catalogue.team_column(), catalogue.mean_column())
    rows = tuple(
        (
            _cell(catalogue.number(line.rank)),
            _cell(catalogue.team(line.name)),
            _cell(catalogue.number(line.points)),
        )
        for line in lines
    )
    return Table(header, rows, sides(header), caption=catalogue.teams())


def podium(lines: Sequence[Standing], catalogue: Catalogue, *, teams: bool = False) -> Podium | None:
    """Return the first three ranks of those who scored; nothing when nobody did."""
    name = catalogue.team if teams else catalogue.name
    steps = tuple(
        PodiumStep(line.rank, name(line.name), catalogue.points(line.points))
        for line in lines
        if line.rank <= STEPS and line.points > 0
    )
    return Podium(steps, _said(steps, catalogue)) if steps else None


def _said(steps: Sequence[PodiumStep], catalogue: Catalogue) -> str:
    ranks = dict.fromkeys(step.rank for step in steps)
    said = []
    for rank in ranks:
        shared = [step for step in steps if step.rank == rank]
        names = catalogue.listing([step.name for step in shared])
        said.append(catalogue.podium_place(rank, names, shared[0].points))
    return "\n".join(said)


def _line(line: Standing, catalogue: Catalogue) -> tuple[Cell, Cell, Cell]:
    return (
        _cell(catalogue.number(line.rank)),
        _cell(catalogue.name(line.name)),
        _cell(catalogue.number(line.points)),
    )


def _cell(text: str) -> Cell:
    return (Text(text),)


def sides(header: Sequence[str]) -> tuple[Side, ...]:
    """Return how columns stand: numbers to the right, the name to the left."""
    return tuple("left" if place == 1 else "right" for place in range(len(header)))
