"""Moodle's GIFT: recognised, read and written.

It holds choices of one and of several, true and false, one blank, numbers, matching and accepted answers,
with ids, prompts, feedback and explanations. Ordering, several blanks, units and points of an answer are
left out, and so are hints, sources, times and dates.
"""

import re
from typing import Final

from bot.packs.formats.gift_questions import Block, question_of
from bot.packs.formats.gift_texts import positions, unescaped
from bot.packs.formats.gift_writing import write
from bot.packs.importing.drafts import DraftQuestion, Dropped, Fault, Harvest, Problem, Span, spans
from bot.packs.importing.sources import SourceFile

__all__ = ["EXTENSIONS", "NAME", "SURE", "read", "recognise", "write"]

NAME: Final = "gift"
EXTENSIONS: Final = (".gift", ".txt")

SURE: Final = 90
_HEAD: Final = 65536
_QUESTION: Final = re.compile(
    r"(?is)(?<!\\)\{\s*(?:[=~]|#\s*[-+=.\d]|#{4}|\}\s*\Z|(?:true|false|t|f)\s*[#}])"
)
_TITLE: Final = re.compile(r"(?s)\s*::((?:\\.|[^\\:])*)::")
_CATEGORY: Final = re.compile(r"\s*\$CATEGORY:(.*)", re.IGNORECASE)
_OWN: Final = re.compile(r"\[id:([^\]]*)\]")


def recognise(source: SourceFile) -> int:
    """Return how sure it is that *source* is GIFT: by how many of its paragraphs end in answers in braces."""
    text = source.data[:_HEAD].decode("utf-8-sig", "ignore").replace("\r\n", "\n")
    if re.search(r"<quiz>|^\s*(?:<\?xml|<quiz|[\[{]\s*\")|^```", text, re.MULTILINE):
        return 0
    rows = [line for line in text.split("\n") if not line.lstrip().startswith("//")]
    blocks = [one for one in re.split(r"\n\s*\n", "\n".join(rows)) if one.strip()]
    blocks = [one for one in blocks if not _CATEGORY.fullmatch(one)] or blocks
    fitting = sum(bool(_QUESTION.search(one)) for one in blocks)
    return SURE if fitting * 2 >= max(len(blocks), 1) else 0


def read(source: SourceFile) -> Harvest:
    """Return the questions of *source*; an empty line ends each."""
    reading = _Reading()
    for number, line in enumerate((*source.lines, ""), 1):
        reading.take(number, line)
    if not reading.questions and not reading.problems:
        said = "There is no question with answers in braces."
        reading.problems.append(
            Problem(Fault.NOTHING_FOUND, 0, said, "Write the answers as {=right ~wrong}.")
        )
    return Harvest(
        source.path,
        NAME,
        len(source.lines),
        questions=tuple(reading.questions),
        kept=spans(sorted(reading.kept)),
        dropped=tuple(reading.dropped),
        problems=tuple(reading.problems),
    )


class _Reading:
    """What has been read of a file, and the question that has begun."""

    def __init__(self) -> None:
        self.questions: list[DraftQuestion] = []
        self.dropped: list[Dropped] = []
        self.problems: list[Problem] = []
        self.kept: list[int] = []
        self._topic = ""
        self._own = ""
        self._rows: list[tuple[int, str]] = []

    def take(self, number: int, line: str) -> None:
        """Take one line."""
        category = _CATEGORY.fullmatch(line)
        if line.lstrip().startswith("//"):
            found = _OWN.search(line)
            self._own = found[1].strip() if found else self._own
            self.kept.append(number)
        elif category and not self._rows:
            self.kept.append(number)
            self._topic = _last_part(category[1])
        elif line.strip():
            self._rows.append((number, line))
        elif self._rows:
            self._finish()

    def _finish(self) -> None:
        """Read the question that the rows hold."""
        span = Span(self._rows[0][0], self._rows[-1][0])
        text = "\n".join(line for _, line in self._rows)
        title = _TITLE.match(text)
        name = unescaped(title[1]).strip() if title else ""
        block = Block(text[title.end() :] if title else text, span, self._topic, self._own, name)
        self._rows, self._own = [], ""
        why = _broken(block.text)
        if why:
            self.dropped.append(Dropped(span, why))
            if why != "a text without answers":
                self.problems.append(Problem(Fault.UNCLOSED, span.first, f"There is {why}.", _MEND))
            return
        draft, problems = question_of(block)
        self.questions.append(draft)
        self.problems += problems


_MEND: Final = "Write each question with one pair of braces, and \\{ for a brace in its text."


def _broken(text: str) -> str:
    """Return what is wrong with the braces of *text*, in a few words, or ""."""
    signs = "".join(text[at] for at in positions(text, "{}"))
    if not signs:
        return "a text without answers"
    return "" if signs == "{}" else "a question whose braces do not form one pair"


def _last_part(path: str) -> str:
    """Return the last name of a category's path, in which a doubled slash is one of the name."""
    parts = [one.replace("\0", "/").strip() for one in path.replace("//", "\0").split("/")]
    return unescaped(parts[-1])
