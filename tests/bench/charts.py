"""How long a picture takes, painted by the worker as it is when people wait for it."""

import asyncio
import statistics
import time

from bot.charts.drawing import draw
from bot.charts.painting import Painter
from bot.wording.pictures import Facts
from tests.bench.figures import Figure
from tests.charts.samples import PICTURES

PROMISED = 0.150
"""Seconds for a picture."""

REPEATS = 15


async def chart_figures() -> list[Figure]:
    """Measure each picture from its facts to its PNG, and how long the event loop stands still meanwhile."""
    async with Painter() as painter:
        await painter.png(draw(PICTURES["board"]))
        figures = [await _picture(painter, name, facts) for name, facts in PICTURES.items()]
        return [*figures, await _stillness(painter)]


async def _picture(painter: Painter, name: str, facts: Facts) -> Figure:
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        await painter.png(draw(facts))
        times.append(time.perf_counter() - began)
    return Figure(
        f"seconds to paint the {name}, of those promised", statistics.median(times), PROMISED, most=1
    )


async def _stillness(painter: Painter) -> Figure:
    """Return the longest that the event loop stood still while all pictures were drawn and painted."""
    longest, running = 0.0, True

    async def beat() -> None:
        nonlocal longest
        while running:
            began = time.perf_counter()
            await asyncio.sleep(0)
            longest = max(longest, time.perf_counter() - began)

    beating = asyncio.create_task(beat())
    for facts in PICTURES.values():
        await painter.png(draw(facts))
    running = False
    await beating
    return Figure(
        "seconds that painting held the event loop, of those for a picture", longest, PROMISED, most=0.2
    )
