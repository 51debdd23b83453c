"""What an author has to mend: one problem a finding, with its place and what to write instead.

A problem of severity ``error`` keeps its whole pack from being served; a ``warning`` does not.
Which of the two a code is never depends on the place where it was found.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from enum import StrEnum

MOST_PER_FILE = 1000
"""So many errors and so many warnings of one file are kept; a last one says that there are more."""


class Severity(StrEnum):
    """Whether a pack with this problem is served."""

    ERROR = "error"
    WARNING = "warning"


class Code(StrEnum):
    """The name of a kind of problem; stable, for tools and for the table in ``content/README.md``."""

    # The file
    MISSING_FILE = "missing-file"
    UNREADABLE = "unreadable"
    OUTSIDE_PACK = "outside-pack"
    TOO_LARGE = "too-large"
    ENCODING = "encoding"
    BAD_CHARACTER = "bad-character"
    EMPTY_FILE = "empty-file"
    STRAY_FILE = "stray-file"
    MANY_PROBLEMS = "many-problems"
    MANY_WARNINGS = "many-warnings"

    # The YAML
    SYNTAX = "yaml-syntax"
    TAB = "tab"
    SEVERAL_DOCUMENTS = "several-documents"
    DUPLICATE_KEY = "duplicate-key"
    ALIAS = "alias"
    TAG = "tag"
    TOO_DEEP = "too-deep"
    CUT_BY_COMMENT = "cut-by-comment"

    # The fields
    FORMAT = "format"
    UNKNOWN_FIELD = "unknown-field"
    MISSING_FIELD = "missing-field"
    EMPTY_FIELD = "empty-field"
    WRONG_TYPE = "wrong-type"
    BAD_ID = "bad-id"
    BAD_DATE = "bad-date"
    BAD_NUMBER = "bad-number"
    BAD_URL = "bad-url"
    BAD_WORD = "bad-word"
    OUT_OF_RANGE = "out-of-range"
    TOO_LONG = "too-long"
    LONG_TEXT = "long-text"

    # The pack and its blueprints
    ID_DIFFERS = "id-differs"
    DUPLICATE_ID = "duplicate-id"
    NO_DECKS = "no-decks"
    TOPIC_LIST = "topic-list"
    UNKNOWN_BLUEPRINT = "unknown-blueprint"
    UNKNOWN_TOPIC = "unknown-topic"
    WEIGHT_SUM = "weight-sum"
    DATE_ORDER = "date-order"
    SCALE_ORDER = "scale-order"
    OUT_OF_DATE = "out-of-date"

    # The notes, labs, exams and readings
    FRONT_MATTER = "front-matter"
    UNKNOWN_ITEM = "unknown-item"
    EXAM_LENGTH = "exam-length"
    EXAM_WEIGHTS = "exam-weights"
    EXAM_ITEM = "exam-item"
    STALE_ANSWER = "stale-answer"

    # The items
    OPTION_COUNT = "option-count"
    STEM_COUNT = "stem-count"
    PART_COUNT = "part-count"
    NESTED_CASE = "nested-case"
    DUPLICATE_TEXT = "duplicate-text"
    UNKNOWN_OPTION = "unknown-option"
    UNKNOWN_STEM = "unknown-stem"
    KEY_COUNT = "key-count"
    KEY_INCOMPLETE = "key-incomplete"
    BLANK_COUNT = "blank-count"
    BLANK_WIDTH = "blank-width"
    POINT_COUNT = "point-count"
    UNIT_CLASH = "unit-clash"
    CHOOSE_COUNT = "choose-count"
    MISSING_FEEDBACK = "missing-feedback"
    MISSING_EXPLANATION = "missing-explanation"
    CITES_LETTER = "cites-letter"
    RAW_HTML = "raw-html"
    FORMULA = "formula"
    KEY_LONGEST = "key-longest"
    KEY_POSITION = "key-position"

    # How well the whole is written; found by a check and not when packs are served
    DUPLICATE_ENTRY = "duplicate-entry"
    NEAR_DUPLICATE = "near-duplicate"
    CATCH_ALL = "catch-all-option"
    ABSOLUTE_WORDS = "absolute-words"
    GRAMMAR_CLUE = "grammar-clue"
    ECHOED_WORD = "echoed-word"
    PICTURE = "picture"
    LINK = "link"
    HEADING = "heading"
    MARKDOWN = "markdown"
    SWITCHED_OFF = "switched-off"
    MISSING_SOURCE = "missing-source"
    MISSING_SECTION = "missing-section"
    MISSING_ANSWER = "missing-answer"
    DOMAIN_SHARE = "domain-share"
    TASK_COVERAGE = "task-coverage"

    @property
    def severity(self) -> Severity:
        """Whether a pack with such a problem is kept back."""
        return Severity.WARNING if self in WARNINGS else Severity.ERROR


WARNINGS = frozenset(
    {
        Code.STRAY_FILE,
        Code.MANY_WARNINGS,
        Code.CUT_BY_COMMENT,
        Code.LONG_TEXT,
        Code.NO_DECKS,
        Code.OUT_OF_DATE,
        Code.UNKNOWN_ITEM,
        Code.EXAM_LENGTH,
        Code.EXAM_WEIGHTS,
        Code.EXAM_ITEM,
        Code.STALE_ANSWER,
        Code.CHOOSE_COUNT,
        Code.MISSING_FEEDBACK,
        Code.MISSING_EXPLANATION,
        Code.CITES_LETTER,
        Code.RAW_HTML,
        Code.FORMULA,
        Code.KEY_LONGEST,
        Code.KEY_POSITION,
        Code.DUPLICATE_ENTRY,
        Code.NEAR_DUPLICATE,
        Code.CATCH_ALL,
        Code.ABSOLUTE_WORDS,
        Code.GRAMMAR_CLUE,
        Code.ECHOED_WORD,
        Code.PICTURE,
        Code.LINK,
        Code.HEADING,
        Code.MARKDOWN,
        Code.SWITCHED_OFF,
        Code.MISSING_SOURCE,
        Code.MISSING_SECTION,
        Code.MISSING_ANSWER,
        Code.DOMAIN_SHARE,
        Code.TASK_COVERAGE,
    }
)
"""The codes that a strict check refuses and the loader only reports."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend.

    *line* counts from 1, and is 1 when the whole file is meant. *item* is the item's id inside its pack
    (``case/part`` in a case study), ``#3`` for the third item of a deck when it has no usable id, and
    empty when no item is concerned. *message* and *mend* are one sentence each, in English.
    """

    code: Code
    file: str
    line: int
    item: str
    message: str
    mend: str
    severity: Severity


@dataclass(slots=True)
class Findings:
    """The problems of one file, collected while it is read."""

    file: str
    kept: list[Problem] = field(default_factory=list)
    found: Counter[Severity] = field(default_factory=Counter)

    def add(self, problem: Problem) -> None:
        """Keep *problem*; past :data:`MOST_PER_FILE` of its severity only say that there are more."""
        self.found[problem.severity] += 1
        if self.found[problem.severity] <= MOST_PER_FILE:
            self.kept.append(problem)
        elif self.found[problem.severity] == MOST_PER_FILE + 1:
            self.kept.append(_more_than_kept(problem))

    @property
    def full(self) -> bool:
        """Whether more errors were found than are kept."""
        return self.found[Severity.ERROR] > MOST_PER_FILE

    @property
    def errors(self) -> int:
        """How many of the problems are errors."""
        return Counter(problem.severity for problem in self.kept)[Severity.ERROR]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a reader is: the file whose problems it collects, and the item it reads, if any."""

    findings: Findings
    item: str = ""

    def at(self, item: str) -> "Spot":
        """Return the same file's spot inside *item*."""
        return replace(self, item=item)

    def report(self, code: Code, line: int, message: str, mend: str) -> None:
        """Add a problem at this spot."""
        self.findings.add(Problem(code, self.findings.file, line, self.item, message, mend, code.severity))


def has_errors(problems: tuple[Problem, ...]) -> bool:
    """Tell whether any of *problems* keeps a pack from being served."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """Return *problems* by file and line; those of one line keep the order in which they were found."""
    return tuple(sorted(problems, key=lambda problem: (problem.file, problem.line)))


def _more_than_kept(problem: Problem) -> Problem:
    """Return the problem that stands for all that were not kept."""
    code = Code.MANY_PROBLEMS if problem.severity is Severity.ERROR else Code.MANY_WARNINGS
    what = "problems" if problem.severity is Severity.ERROR else "warnings"
    return replace(
        problem,
        code=code,
        item="",
        message=f"This file has more than {MOST_PER_FILE} {what}; the rest is not listed.",
        mend="Mend those above first, then check again.",
    )
