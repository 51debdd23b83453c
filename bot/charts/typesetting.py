"""Typesetting: a text cut to its place by its true width, and put together from several fonts.

A drawing holds each text whole, as one ``text`` element: the page shows it with the reader's fonts. For a
PNG :func:`typeset` replaces it by runs, each in one font of ours and in one direction, at the place where it
belongs: letters as their outlines, emoji as text. The renderer is never left to look for a font by itself: it
gives up on texts whose fonts disagree about how many glyphs there are, which a single emoji among letters is
enough for; and it opens a font anew for each letter.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from bot.charts.clusters import clusters
from bot.charts.directions import levels, plain, runs_leftward, visual_order
from bot.charts.elements import Element, element, number
from bot.charts.themes import Theme, coloured
from bot.charts.typefaces import EMOJI, SUBSTITUTE, Typeface, advance, outline, typeface_of

ELLIPSIS: Final = "…"
BOLD: Final = 600
"""From this weight on letters are bold."""


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a line: *text* in the order it is read, *reach* is its width at size 1."""

    text: str
    face: Typeface
    leftward: bool

    @property
    def reach(self) -> float:
        """How wide the run is at size 1."""
        return advance(self.face, self.text, leftward=self.leftward)


@lru_cache(maxsize=1024)
def runs(text: str, *, bold: bool = False) -> tuple[Run, ...]:
    """Return the runs of *text* as they stand from left to right."""
    line = plain(text)
    depths = levels(line, leftward=runs_leftward(line))
    pieces = list(_pieces(line, depths, bold=bold))
    return tuple(pieces[place][1] for place in visual_order([depth for depth, _ in pieces]))


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide *text* is at *size*."""
    return size * sum(run.reach for run in runs(text, bold=bold))


def fitted(text: str, place: float, size: float, *, bold: bool = False) -> str:
    """Return *text*, or as much of its beginning as fits into *place* together with an ellipsis."""
    parts = list(clusters(plain(text)))
    line = "".join(parts)
    if width(line, size, bold=bold) <= place:
        return line
    least, most = 0, len(parts) - 1
    while least < most:
        middle = (least + most + 1) // 2
        fits = width(_cut(parts, middle), size, bold=bold) <= place
        least, most = (middle, most) if fits else (least, middle - 1)
    return _cut(parts, least)


def wrapped(text: str, place: float, size: float, *, lines: int, bold: bool = False) -> tuple[str, ...]:
    """Return *text* in at most so many lines, broken at spaces where it has some; the last may be cut."""
    rest, result = "".join(clusters(plain(text))), list[str]()
    while rest and len(result) < lines - 1 and width(rest, size, bold=bold) > place:
        line = _first_line(rest, place, size, bold=bold)
        result.append(fitted(line, place, size, bold=bold))
        rest = rest[len(line) :].lstrip()
    return (*result, fitted(rest, place, size, bold=bold)) if rest else tuple(result)


def typeset(root: Element, theme: Theme) -> Element:
    """Return the drawing as the renderer takes it: texts in runs, colours of *theme*, no hidden words."""
    attributes = {name: coloured(value, theme) for name, value in root.attributes.items()}
    return Element(root.tag, attributes, tuple(_typeset(root.children, theme)))


def _pieces(line: str, depths: list[int], *, bold: bool) -> Iterator[tuple[int, Run]]:
    """Yield the runs of *line* in the order it is read, with their levels."""
    depth, run, place = 0, None, 0
    for cluster in clusters(line):
        text, face = _drawable(cluster, run.face if run else None, bold=bold)
        deep = depths[min(place, len(depths) - 1)]
        if run and (face, deep) == (run.face, depth):
            run = replace(run, text=run.text + text)
        else:
            if run:
                yield depth, run
            depth, run = deep, Run(text, face, leftward=deep % 2 == 1)
        place += len(cluster)
    if run:
        yield depth, run


def _drawable(cluster: str, current: Typeface | None, *, bold: bool) -> tuple[str, Typeface]:
    """Return what is drawn for *cluster* and in which font; spaces and signs stay in the *current* one."""
    if current and not cluster[0].isalnum() and cluster.isascii() and current.has_all(cluster):
        return cluster, current
    for text in (cluster, cluster[0], SUBSTITUTE):
        face = typeface_of(text, bold=bold)
        if face:
            return text, face
    raise AssertionError("the fonts have the substitute")  # pragma: no cover - a test says so


def _cut(parts: list[str], count: int) -> str:
    return "".join(parts[:count]).rstrip() + ELLIPSIS


def _first_line(text: str, place: float, size: float, *, bold: bool) -> str:
    """Return the longest beginning of *text* that fits, to a space if there is one, else to a cluster."""
    line = ""
    for part in clusters(text):
        if line and width(line + part, size, bold=bold) > place:
            break
        line += part
    head, space, _ = line.rpartition(" ")
    return head if space and head and not text[len(line) :].startswith(" ") else line


def _typeset(children: Iterable[Element | str], theme: Theme) -> Iterator[Element | str]:
    for child in children:
        if isinstance(child, str) or child.tag in {"title", "desc"}:
            continue
        if child.tag == "text":
            yield from _set_runs(child, theme)
        else:
            yield typeset(child, theme)


def _runs_of(text: Element) -> tuple[Run, ...]:
    said = "".join(child for child in text.children if isinstance(child, str))
    return runs(said, bold=float(text.attributes["font-weight"]) >= BOLD)


def _set_runs(text: Element, theme: Theme) -> Iterator[Element]:
    """Yield one element a run, side by side from where the text begins."""
    size, x = float(text.attributes["font-size"]), float(text.attributes["x"])
    line = _runs_of(text)
    before = {"start": 0.0, "middle": 0.5, "end": 1.0}[text.attributes["text-anchor"]]
    x -= before * size * sum(run.reach for run in line)
    for run in line:
        yield _pictographs(run, text, x) if run.face.file == EMOJI else _letters(run, text, x, theme)
        x += size * run.reach


def _letters(run: Run, text: Element, x: float, theme: Theme) -> Element:
    path, em = outline(run.face, run.text, leftward=run.leftward)
    scale = float(text.attributes["font-size"]) / em
    return element(
        "path",
        d=path,
        transform=f"matrix({scale:.6f} 0 0 {-scale:.6f} {number(x)} {text.attributes['y']})",
        fill=coloured(text.attributes["fill"], theme),
    )


def _pictographs(run: Run, text: Element, x: float) -> Element:
    return element(
        "text", run.text,
        x=x, y=text.attributes["y"], font_family=run.face.family, font_size=text.attributes["font-size"],
    )  # fmt: skip
