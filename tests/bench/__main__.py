"""Measure and print; exit with 1 when a promise was missed.

``python -m tests.bench`` measures everything but the leaderboards at their full size, which takes a quarter
of an hour and some gigabytes of disk: ``python -m tests.bench boards``. Names choose what to measure.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable
from typing import Final

from tests.bench.answers import scaling_figures, sqlite_figures
from tests.bench.boards import boards_figures
from tests.bench.charts import chart_figures
from tests.bench.dailies import daily_figures
from tests.bench.discord import discord_figures
from tests.bench.figures import Figure
from tests.bench.footprint import footprint_figures
from tests.bench.pages import page_figures
from tests.bench.postgres import postgres_figures
from tests.bench.slack import slack_figures

Measure = Callable[[], Awaitable[Iterable[Figure]]]


async def _footprint() -> Iterable[Figure]:
    return await asyncio.to_thread(footprint_figures)


MEASURES: Final[dict[str, Measure]] = {
    "footprint": _footprint,
    "sqlite": sqlite_figures,
    "scaling": scaling_figures,
    "postgres": postgres_figures,
    "daily": daily_figures,
    "charts": chart_figures,
    "discord": discord_figures,
    "slack": slack_figures,
    "pages": page_figures,
    "boards": boards_figures,
}
USUAL: Final = tuple(name for name in MEASURES if name != "boards")


def main(names: list[str]) -> int:
    """Measure *names*, or the usual, print a line a figure, and return the exit code."""
    unknown = [name for name in names if name not in MEASURES]
    if unknown:
        print(f"There is no measurement called {unknown[0]}. There are: {', '.join(MEASURES)}.")
        return 1
    return 1 if sum(_show(asyncio.run(_all(MEASURES[name]))) for name in names or USUAL) else 0


async def _all(measure: Measure) -> Iterable[Figure]:
    return await measure()


def _show(figures: Iterable[Figure]) -> int:
    """Print *figures* and return how many promises were missed."""
    missed = 0
    for figure in figures:
        print(figure, flush=True)
        missed += not figure.kept
    return missed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
