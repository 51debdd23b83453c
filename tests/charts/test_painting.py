"""Painting: PNGs of the right size with something on them, from a process that may come and go."""

import asyncio
import io
import json
import os
import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest

from bot.charts.drawing import draw
from bot.charts.elements import parsed
from bot.charts.painting import ZOOM, Painter, PaintingError
from bot.charts.rendering import render
from bot.charts.themes import DARK, LIGHT, Theme
from bot.charts.worker import LENGTH, serve
from tests.charts.samples import BOARD, LONG, PICTURES
from tests.charts.test_pictures import HOSTILE, board_of

SVG: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10">'
    '<rect width="10" height="10" fill="var(--accent)"/></svg>'
)
BROKEN: Final = "<svg"


def size(png: bytes) -> tuple[int, int]:
    """Return the width and height that a PNG says it has."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    wide, high = struct.unpack(">II", png[16:24])
    return int(wide), int(high)


def colours(png: bytes) -> int:
    """Return how varied the bytes of a PNG's rows are; a blank one has a handful."""
    return len(set(zlib.decompress(b"".join(_data(png)))))


def _data(png: bytes) -> Iterator[bytes]:
    place = 8
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        if png[place + 4 : place + 8] == b"IDAT":
            yield png[place + 8 : place + 8 + length]
        place += length + 12


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("name", PICTURES)
def test_every_picture_is_painted_in_its_size(name: str, theme: Theme) -> None:
    """It is 720 pixels wide, as high as its drawing asks for, and not blank."""
    svg = draw(PICTURES[name])
    height = float(parsed(svg).attributes["height"])

    png = render(svg, theme, ZOOM)

    assert size(png)[0] == 720
    assert abs(size(png)[1] - height * 1.5) <= 1
    assert colours(png) > 60


def test_light_and_dark_are_different_pictures() -> None:
    """One drawing serves both."""
    svg = draw(PICTURES["topics"])

    assert render(svg, LIGHT, 0.5) != render(svg, DARK, 0.5)


@pytest.mark.parametrize("name", [*HOSTILE, LONG])
def test_no_name_stops_a_picture(name: str) -> None:
    """Whatever somebody is called, the others still see their board."""
    assert size(render(draw(board_of(name, "Ada")), LIGHT, 0.25))[0] == 120


def test_names_leave_their_mark_on_the_picture() -> None:
    """Each name is drawn: with it the picture is another than without."""
    without = render(
        draw(replace(BOARD, lines=tuple(replace(line, name="") for line in BOARD.lines))), LIGHT, 0.5
    )
    for line in BOARD.lines:
        names = (replace(other, name=line.name if other is line else "") for other in BOARD.lines)
        assert render(draw(replace(BOARD, lines=tuple(names))), LIGHT, 0.5) != without


async def test_a_painter_starts_its_worker_once_and_ends_it() -> None:
    """Nothing runs before the first picture; two pictures at once come one after the other."""
    async with Painter() as painter:
        before = painter._worker
        one, other = await asyncio.gather(painter.png(SVG), painter.png(SVG, DARK))
        worker = painter._worker

        assert before is None
        assert size(one) == size(other) == (15, 15)
        assert one != other
        assert await painter.png(SVG) == one
        assert painter._worker is worker

    assert worker is not None
    assert worker.returncode is not None
    await painter.aclose()


async def test_a_worker_that_died_is_replaced() -> None:
    """Between two pictures it may go home or be killed; the next one does not notice."""
    async with Painter() as painter:
        await painter.png(SVG)
        worker = painter._worker
        assert worker is not None
        worker.kill()

        assert size(await painter.png(SVG)) == (15, 15)

        worker = painter._worker
        assert worker is not None
        worker.kill()
        await worker.wait()

        assert size(await painter.png(SVG)) == (15, 15)


async def test_a_drawing_that_cannot_be_painted_is_an_error_and_the_next_one_can() -> None:
    """It is tried twice, because the worker may have ended for another reason."""
    async with Painter() as painter:
        with pytest.raises(PaintingError, match="alt text"):
            await painter.png(BROKEN)

        assert size(await painter.png(SVG)) == (15, 15)


async def test_a_worker_that_takes_too_long_is_ended() -> None:
    """Who waits for a picture gets an error in time, and no half-read answer is left behind."""
    async with Painter(patience=timedelta(0)) as painter:
        with pytest.raises(PaintingError, match="within"):
            await painter.png(SVG)

        assert painter._worker is None


def test_a_worker_goes_home_when_nobody_asks() -> None:
    """After its idle time, and when its requests end."""
    receiver, sender = os.pipe()
    answers = io.BytesIO()
    with os.fdopen(receiver, "rb") as requests, os.fdopen(sender, "wb") as asking:
        serve(requests, answers, idle=0)
        assert answers.getvalue() == b""

        asking.write(json.dumps({"svg": SVG, "theme": "light", "zoom": 1}).encode() + b"\n")
        asking.close()
        serve(requests, answers, idle=1)

    png = answers.getvalue()
    assert int.from_bytes(png[:LENGTH], "big") == len(png) - LENGTH
    assert size(png[LENGTH:]) == (10, 10)
