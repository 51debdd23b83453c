"""Run every measurement and print it; exit with 1 when a promise was missed."""

import asyncio
import sys
from collections.abc import Iterable

from tests.bench.answers import scaling_figures, sqlite_figures
from tests.bench.boards import boards_figures
from tests.bench.charts import chart_figures
from tests.bench.dailies import daily_figures
from tests.bench.figures import Figure
from tests.bench.footprint import footprint_figures
from tests.bench.postgres import postgres_figures


def main() -> int:
    """Measure, print a line a figure, and return the exit code."""
    missed = 0
    missed += _show(footprint_figures())
    missed += _show(asyncio.run(chart_figures()))
    missed += _show(asyncio.run(sqlite_figures()))
    missed += _show(asyncio.run(scaling_figures()))
    missed += _show(asyncio.run(daily_figures()))
    missed += _show(asyncio.run(postgres_figures()))
    missed += _show(asyncio.run(boards_figures()))
    return 1 if missed else 0


def _show(figures: Iterable[Figure]) -> int:
    missed = 0
    for figure in figures:
        print(figure, flush=True)
        missed += not figure.kept
    return missed


if __name__ == "__main__":
    sys.exit(main())
