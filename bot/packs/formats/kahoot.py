"""Kahoot's spreadsheets: recognised, read and written.

A sheet holds choices of two to four options, one or several of them right, and true and false, with a time.
A question has at most 120 characters and an answer 75; what is longer is left out and never cut. Everything
else that an item has is left out.
"""

import re
import warnings
import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import Final

import openpyxl

from bot.core.items import Kind
from bot.packs.formats.kahoot_writing import ANSWERS, write
from bot.packs.importing.drafts import DraftOption, DraftQuestion, Dropped, Fault, Harvest, Problem, Span
from bot.packs.importing.sources import SourceFile

__all__ = ["EXTENSIONS", "NAME", "SURE", "read", "recognise", "write"]

NAME: Final = "kahoot"
EXTENSIONS: Final = (".xlsx",)

SURE: Final = 80
LARGEST: Final = 50_000_000
MOST_ROWS: Final = 20_000
_MOST_COLUMNS: Final = 30
_MEND: Final = "Fill in Kahoot's own template, with its row of headings, and save it as .xlsx."


def recognise(source: SourceFile) -> int:
    """Return how sure it is that *source* is such a sheet: by the parts of the archive."""
    if not source.data.startswith(b"PK"):
        return 0
    try:
        with zipfile.ZipFile(BytesIO(source.data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return 0
    return SURE if "xl/workbook.xml" in names else 0


def read(source: SourceFile) -> Harvest:
    """Return the questions of the first sheet of *source*, one a row."""
    why = _unsafe(source.data)
    rows = [] if why else _rows(source.data)
    if rows is None or why:
        problem = Problem(Fault.BROKEN_FILE, 1, f"The file {why or 'is no workbook'}.", _MEND)
        return Harvest(
            source.path, NAME, 1, dropped=(Dropped(Span(1, 1), "a broken file"),), problems=(problem,)
        )
    head = next((at for at, row in enumerate(rows) if _is_head(row)), None)
    reading = _Reading(rows[head] if head is not None else [])
    for number, row in enumerate(rows, 1):
        if any(row):
            reading.take(number, row, below=head is not None and number > head + 1)
        else:
            reading.kept.append(Span(number, number))
    if not reading.questions and not reading.problems:
        reading.problems.append(Problem(Fault.NOTHING_FOUND, 0, "There is no question in the sheet.", _MEND))
    return Harvest(
        source.path,
        NAME,
        len(rows),
        questions=tuple(reading.questions),
        kept=tuple(reading.kept),
        dropped=tuple(reading.dropped),
        problems=tuple(reading.problems),
    )


def _unsafe(data: bytes) -> str:
    """Return why the archive may not be opened, or "": too much in it, or XML that declares entities."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if sum(one.file_size for one in archive.infolist()) > LARGEST:
                return f"holds more than {LARGEST // 1_000_000} MB"
            parts = (
                archive.read(one) for one in archive.infolist() if one.filename.endswith((".xml", ".rels"))
            )
            return "has a document type, which may not be read" if any(b"<!" in one for one in parts) else ""
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        return "is no archive that can be opened"


def _rows(data: bytes) -> list[list[str]] | None:
    """Return the cells of the first sheet as text; None when there is none that can be read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
            sheet = book.worksheets[0]
            found = sheet.iter_rows(max_row=MOST_ROWS, max_col=_MOST_COLUMNS, values_only=True)
            rows = [[_cell(value) for value in row] for row in found]
            book.close()
    except Exception:  # noqa: BLE001 - the library raises whatever a broken part makes it raise
        return None
    return rows


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def _is_head(row: Sequence[str]) -> bool:
    texts = [cell.casefold() for cell in row]
    return any(one.startswith("question") for one in texts) and any(
        one.startswith("answer 1") for one in texts
    )


class _Reading:
    """What has been read of a sheet whose headings stand in *head*."""

    def __init__(self, head: Sequence[str]) -> None:
        self.questions: list[DraftQuestion] = []
        self.kept: list[Span] = []
        self.dropped: list[Dropped] = []
        self.problems: list[Problem] = []
        self._head = [cell.casefold() for cell in head]

    def take(self, number: int, row: Sequence[str], *, below: bool) -> None:
        """Take a row that is not empty."""
        span = Span(number, number)
        prompt = self._at(row, "question")
        texts = [self._at(row, f"answer {at}") for at in range(1, ANSWERS.stop)]
        if not below:
            self.kept.append(span)
        elif prompt and any(texts):
            self._keep(span, prompt, texts, row)
        elif prompt:
            said = f"Row {number} has no answers."
            self.problems.append(Problem(Fault.TOO_FEW_OPTIONS, number, said, "Write two to four answers."))
            self.dropped.append(Dropped(span, "a question without answers"))
        else:
            self.dropped.append(Dropped(span, "a row without a question"))

    def _at(self, row: Sequence[str], name: str) -> str:
        """Return the cell of *row* below the heading that begins with *name*."""
        at = next((at for at, cell in enumerate(self._head) if cell.startswith(name)), len(row))
        return row[at] if at < len(row) else ""

    def _keep(self, span: Span, prompt: str, texts: Sequence[str], row: Sequence[str]) -> None:
        said = self._at(row, "correct")
        right = {int(one) for one in re.findall(r"\d+", said) if len(one) == 1}
        good = bool(right) and all(0 < one <= len(texts) and texts[one - 1] for one in right)
        off = () if good else (f"The right answer `{said}` is not the number of an answer.",)
        if off:
            mend = "Write the numbers of the right answers, such as 1 or 1,3."
            self.problems.append(Problem(Fault.NO_KEY, span.first, off[0], mend))
        options = tuple(DraftOption(text, good and at in right) for at, text in enumerate(texts, 1) if text)
        truth = sorted(one.text for one in options) == ["False", "True"]
        several = Kind.MULTIPLE_RESPONSE if len(right) > 1 else Kind.SINGLE_CHOICE
        seconds = self._at(row, "time")
        self.questions.append(
            DraftQuestion(
                Kind.TRUE_FALSE if truth else several,
                prompt,
                span,
                options,
                seconds=int(seconds) if seconds.isdecimal() else None,
                off=off,
            )
        )
