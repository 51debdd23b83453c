"""Study hives saved as plain text: the text of a web page with notes, labs, questions and cards, copied."""

from collections.abc import Sequence
from typing import Final, assert_never

from bot.packs.formats.hives_cards import read_deck
from bot.packs.formats.hives_marks import READ_ON, Kind, Mark, is_count, is_page_heading, is_word_count, marks
from bot.packs.formats.hives_notes import read_index, read_note
from bot.packs.formats.hives_questions import read_question
from bot.packs.formats.page_lines import Gathering, first_lines, open_page
from bot.packs.importing.drafts import Fault, Harvest
from bot.packs.importing.sources import SourceFile

NAME: Final = "study-hive"
EXTENSIONS: Final = (".txt", ".md", ".text")

SURE: Final = 92
_COUNTS: Final = "a count of the page"
_AROUND: Final = "text of the page around the study material"
_LONGEST_LABEL: Final = 60


def recognise(source: SourceFile) -> int:
    """Return how sure it is that *source* is a copied hive: a mark, with what must follow it."""
    lines = [line.strip() for line in first_lines(source)]
    there = set(lines)
    kinds = {mark.kind for mark in marks(lines)}
    folded = {line.casefold() for line in there if len(line) <= _LONGEST_LABEL}
    found = (
        Kind.NOTE in kinds and any(line.startswith(READ_ON) for line in folded),
        Kind.QUESTION in kinds and any(line.startswith(("show answer", "correct answer")) for line in folded),
        Kind.DECK in kinds and {"Question", "Answer"} <= there,
        Kind.INDEX in kinds and any(is_word_count(line) for line in there),
    )
    return SURE if any(found) else 0


def read(source: SourceFile) -> Harvest:
    """Return everything of *source* that can be studied, and the stubs of its index."""
    page = open_page(source, NAME)
    if isinstance(page, Harvest):
        return page
    found = marks(page.lines)
    _pass_over(page, 0, found[0].at if found else len(page.lines))
    ends = [mark.at for mark in found[1:]] + [len(page.lines)]
    for mark, end in zip(found, ends, strict=False):
        _pass_over(page, _read(mark, end, page), end)
    if not found:
        page.report(
            Fault.NOTHING_FOUND, 0, "Nothing of a study hive was found.", "Copy the whole page and try again."
        )
    return page.harvest()


def _read(mark: Mark, end: int, page: Gathering) -> int:
    """Read what *mark* begins, and return the line behind it."""
    match mark.kind:
        case Kind.NOTE:
            return read_note(mark, end, page)
        case Kind.INDEX:
            return read_index(mark, end, page)
        case Kind.QUESTION:
            return read_question(mark, end, page)
        case Kind.DECK:
            return read_deck(mark, end, page)
        case _:
            assert_never(mark.kind)


def _pass_over(page: Gathering, start: int, end: int) -> None:
    """Take the title, and drop counts, headings of the page and all else, each with its reason."""
    lines = page.lines
    for at in range(start, end):
        line = lines[at].strip()
        if not line:
            continue
        if is_count(line) or _is_label(lines, at, start):
            page.drop(at, at + 1, _COUNTS)
        elif not page.title and not is_page_heading(line) and at < _LONGEST_LABEL:
            page.title = line
            page.keep(at, at + 1)
        else:
            page.drop(at, at + 1, _AROUND)


def _is_label(lines: Sequence[str], at: int, start: int) -> bool:
    """Return whether line *at* is the label of the count above it."""
    return at > start and is_count(lines[at - 1]) and len(lines[at].strip()) <= _LONGEST_LABEL
