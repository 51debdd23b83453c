"""Pages read by the reader that recognises them, with every line accounted for."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from bot.packs.formats import collapsibles, headings, hives, mkdocs_quiz
from bot.packs.importing.drafts import DraftQuestion, Fault, Harvest, Span, unaccounted
from bot.packs.importing.sources import SourceFile

SAMPLES = Path(__file__).parent / "samples"


class Reader(Protocol):
    """What the module of a format offers, as far as reading goes."""

    @property
    def recognise(self) -> Callable[[SourceFile], int]:
        """How sure it is of a source, of 100."""

    @property
    def read(self) -> Callable[[SourceFile], Harvest]:
        """What it finds in one."""


READERS: dict[str, Reader] = {module.NAME: module for module in (mkdocs_quiz, collapsibles, headings, hives)}


def sample(name: str) -> SourceFile:
    """Return a page of ours."""
    return SourceFile(name, (SAMPLES / name).read_bytes())


def page(text: str, name: str = "page.md") -> SourceFile:
    """Return a page with this text."""
    return SourceFile(name, text.encode())


def recognised(source: SourceFile) -> str:
    """Return the format that is surest of *source*, "" when none is."""
    sure = {name: reader.recognise(source) for name, reader in READERS.items()}
    best = max(sure, key=lambda name: sure[name])
    return best if sure[best] else ""


def harvest(source: SourceFile) -> Harvest:
    """Return what the surest reader makes of *source*."""
    return READERS[recognised(source)].read(source)


def lost(source: SourceFile, read: Harvest) -> tuple[Span, ...]:
    """Return the lines with text of which nobody says what became."""
    blank = frozenset(number for number, line in enumerate(source.lines, 1) if not line.strip())
    return unaccounted(read, blank)


def faults(read: Harvest) -> list[tuple[Fault, int]]:
    """Return the kinds and lines of the problems."""
    return [(problem.fault, problem.line) for problem in read.problems]


def shown(question: DraftQuestion) -> list[str]:
    """Return the options as an author would mark them."""
    return [f"{'+' if option.right else '-'} {option.text}" for option in question.options]
