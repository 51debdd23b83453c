"""The worker: a process that paints one picture after the other, as a painter asks.

A request is one line of JSON, an answer is its length in four bytes and the PNG. A drawing that cannot be
painted ends the process, and so does having nothing to do: either way the painter starts another when it
needs one.
"""

import json
import select
from typing import BinaryIO, Final, TypedDict

from bot.charts.rendering import render
from bot.charts.themes import DARK, LIGHT

LENGTH: Final = 4
"""Bytes that tell an answer's length, the highest first."""

THEMES: Final = {theme.name: theme for theme in (LIGHT, DARK)}


class Request(TypedDict):
    """What the painter asks for."""

    svg: str
    theme: str
    zoom: float


def serve(requests: BinaryIO, answers: BinaryIO, *, idle: float) -> None:
    """Paint what is asked for until nothing was for *idle* seconds, or nobody can ask any more."""
    while select.select([requests], [], [], idle)[0] and (line := requests.readline()):
        request: Request = json.loads(line)
        png = render(request["svg"], THEMES[request["theme"]], request["zoom"])
        answers.write(len(png).to_bytes(LENGTH, "big") + png)
        answers.flush()
