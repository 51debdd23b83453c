"""Exported: what a format's writer makes of a pack, and what the format cannot hold."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A part of a pack that the format does not hold: *what* of the thing called *id*, and *why*."""

    id: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Exported:
    """The files by their names, with ``/`` between folder and file, and what is not in them."""

    files: Mapping[str, bytes]
    left_out: tuple[LeftOut, ...] = ()
