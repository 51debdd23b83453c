"""Moodle's XML: recognised, read and written.

It holds choices of one and of several, true and false, blanks, numbers with units, matching and accepted
answers, with ids, prompts, feedback, explanations and hints. Ordering and points of an answer are left out,
and so are sources, difficulties, times and dates.
"""

import re
from typing import Final

from bot.core.errors import ContentError
from bot.packs.formats.html_trees import Node
from bot.packs.formats.moodle_xml_questions import Question, question_of
from bot.packs.formats.moodle_xml_writing import write
from bot.packs.formats.xml_trees import xml_tree
from bot.packs.importing.drafts import DraftQuestion, Dropped, Fault, Harvest, Problem, Span
from bot.packs.importing.sources import SourceFile

__all__ = ["EXTENSIONS", "NAME", "SURE", "read", "recognise", "write"]

NAME: Final = "moodle-xml"
EXTENSIONS: Final = (".xml",)

SURE: Final = 97
_HEAD: Final = 65536
_ROOT: Final = re.compile(r"<quiz\b[^<>]*>\s*(?:<!--.*?-->\s*)*<question\b", re.DOTALL)
_MEND: Final = "Export the questions from Moodle again as Moodle XML."


def recognise(source: SourceFile) -> int:
    """Return how sure it is that *source* is Moodle's XML: by its root and the element in it."""
    head = source.data[:_HEAD].decode("utf-8-sig", "ignore")
    return SURE if head.lstrip().startswith("<") and _ROOT.search(head) else 0


def read(source: SourceFile) -> Harvest:
    """Return the questions of *source*; a unit is one of its elements."""
    try:
        root = xml_tree(source.data)
    except ContentError as error:
        problem = Problem(Fault.BROKEN_FILE, 1, f"The file {error}.", _MEND)
        return Harvest(
            source.path, NAME, 1, dropped=(Dropped(Span(1, 1), "broken XML"),), problems=(problem,)
        )
    elements = [one for one in root.children if isinstance(one, Node)]
    reading = _Reading()
    for number, element in enumerate(elements, 1):
        reading.take(Question(element, Span(number, number), reading.topic))
    if not reading.questions and not reading.problems:
        reading.problems.append(Problem(Fault.NOTHING_FOUND, 0, "There is no question in the file.", _MEND))
    return Harvest(
        source.path,
        NAME,
        len(elements),
        questions=tuple(reading.questions),
        kept=tuple(reading.kept),
        dropped=tuple(reading.dropped),
        problems=tuple(reading.problems),
    )


class _Reading:
    """What has been read of a file."""

    def __init__(self) -> None:
        self.topic = ""
        self.questions: list[DraftQuestion] = []
        self.kept: list[Span] = []
        self.dropped: list[Dropped] = []
        self.problems: list[Problem] = []

    def take(self, question: Question) -> None:
        """Take one element."""
        match question.type:
            case "category":
                path = question.raw("category").replace("//", "\0").split("/")
                self.topic = path[-1].replace("\0", "/").strip()
                self.kept.append(question.span)
            case "description":
                self.dropped.append(Dropped(question.span, "a text without a question"))
            case _:
                self._keep(question)

    def _keep(self, question: Question) -> None:
        draft = question_of(question)
        self.problems += question.problems
        if draft is None:
            said = f"A question of the type `{question.type[:40]}` cannot be read."
            mend = "Ask the same with a choice, a blank, a number or pairs."
            self.problems.append(Problem(Fault.NOT_SUPPORTED, question.span.first, said, mend))
            self.dropped.append(Dropped(question.span, f"a question of the type {question.type[:40]}"))
        else:
            self.questions.append(draft)
