"""Tables of comma-separated values: recognised, read and written.

The first row names the columns, in any order: ``id, kind, topic, difficulty, prompt, option_1 …, feedback_1
…, place_1 …, stem_1 …, key, tolerance, unit, units, points, need, exact, explanation, hints, sources,
valid_until, seconds, case, scenario`` for questions, and ``id, kind, topic, front, back, blank_1 …, exact,
sources`` for cards. Only ``prompt``, or ``front``, must be there. Several things in a cell have a bar
between them. *key* is the numbers of the right options; the word true or false; the number; the order of the
options; or pairs such as ``1=2`` of a stem and its option. ``option_1 …`` are what each blank accepts, or
what is accepted in free words. Everything is held but the other blueprints that an item serves, the feedback
of what is matched, and the dates of cards.
"""

import re
from typing import Final

from bot.packs.formats.csv_cells import rows_of, separator_of
from bot.packs.formats.csv_reading import card_of, question_of
from bot.packs.formats.csv_writing import write
from bot.packs.importing.drafts import DraftCard, DraftQuestion, Dropped, Fault, Harvest, Problem, Span
from bot.packs.importing.sources import SourceFile

__all__ = ["EXTENSIONS", "NAME", "SURE", "read", "recognise", "write"]

NAME: Final = "csv"
EXTENSIONS: Final = (".csv", ".tsv")

SURE: Final = 95
_HEAD: Final = 4096
_QUESTIONS: Final = frozenset({"prompt", "kind", "option_1", "key"})
_HEADER: Final = "Write a first row such as `prompt,option_1,option_2,key` or `front,back`."


def recognise(source: SourceFile) -> int:
    """Return how sure it is that *source* is a table of questions or cards: by the names of its columns."""
    head = source.data[:_HEAD].decode("utf-8-sig", "ignore").lstrip().partition("\n")[0]
    names = set(_names(head.rstrip("\r").split(separator_of(head))))
    asked = "prompt" in names and len(names & _QUESTIONS) > 1
    return SURE if asked or {"front", "back"} <= names else 0


def read(source: SourceFile) -> Harvest:
    """Return the questions or cards of *source*, one a row."""
    lines = source.lines
    first = next((line for line in lines if line.strip()), "")
    reading = _Reading()
    for row, span in rows_of(lines, separator_of(first)):
        if row is None:
            said = f"The row that begins in line {span.first} cannot be taken apart."
            reading.report(Fault.BROKEN_FILE, span, said, "Close its quotation marks.")
            reading.dropped.append(Dropped(span, "a row that is broken"))
        elif not reading.names:
            reading.begin(row, span)
        else:
            reading.take(row, span)
    if not (reading.questions or reading.cards or reading.problems):
        reading.report(Fault.NOTHING_FOUND, Span(0, 0), "The table has no rows.", _HEADER)
    return Harvest(
        source.path,
        NAME,
        len(lines),
        questions=tuple(reading.questions),
        cards=tuple(reading.cards),
        kept=tuple(reading.kept),
        dropped=tuple(reading.dropped),
        problems=tuple(reading.problems),
    )


def _names(row: list[str]) -> list[str]:
    return [re.sub(r"[\s_-]+", "_", name.strip(" \"'").casefold()) for name in row]


class _Reading:
    """What has been read of a table."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.questions: list[DraftQuestion] = []
        self.cards: list[DraftCard] = []
        self.kept: list[Span] = []
        self.dropped: list[Dropped] = []
        self.problems: list[Problem] = []

    def report(self, fault: Fault, span: Span, message: str, mend: str) -> None:
        """Report something that a person has to look at."""
        self.problems.append(Problem(fault, span.first, message, mend))

    def begin(self, row: list[str], span: Span) -> None:
        """Take the row that names the columns."""
        self.names = _names(row)
        self.kept.append(span)
        double = next((name for name in self.names if name and self.names.count(name) > 1), "")
        if double:
            said = f"Two columns are called {double}, and the last one counts."
            self.report(Fault.BROKEN_FILE, span, said, "Give each column its own name.")

    def take(self, row: list[str], span: Span) -> None:
        """Take a row below it."""
        if len(row) > len(self.names) and any(row[len(self.names) :]):
            said = f"The row has {len(row)} cells, and there are {len(self.names)} columns."
            self.report(Fault.BROKEN_FILE, span, said, "Put quotation marks around cells that hold a comma.")
            self.dropped.append(Dropped(span, "a row with too many cells"))
            return
        cells = {name: cell for name, cell in zip(self.names, row, strict=False) if cell}
        if "front" in cells and cells.get("back", cells.get("blank_1")):
            self.cards.append(card_of(cells, span))
        elif "prompt" in cells:
            draft, said = question_of(cells, span)
            self.questions.append(draft)
            if said:
                self.report(Fault.BAD_KEY, span, said, "Mend the cell `key` of the row, and import again.")
        else:
            self.report(Fault.NO_PROMPT, span, "The row has no prompt, or no front and back.", _HEADER)
            self.dropped.append(Dropped(span, "a row without a prompt"))
