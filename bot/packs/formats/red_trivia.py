"""Trivia lists of Red-DiscordBot: recognised and read.

A list is YAML: each question with the answers that are accepted. Every scalar stays text, ``yes`` too.
"""

import re
from collections.abc import Sequence
from typing import Final

import yaml

from bot.core.items import Kind, TextKey
from bot.packs.importing.drafts import (
    DraftQuestion,
    Dropped,
    Fault,
    Harvest,
    Problem,
    Span,
    spans,
    unaccounted,
)
from bot.packs.importing.sources import SourceFile

NAME: Final = "red-trivia"
EXTENSIONS: Final = (".yaml", ".yml")

SURE: Final = 90
LIKELY: Final = 70
_HEAD: Final = 65536
_ABOUT: Final = frozenset({"AUTHOR", "DESCRIPTION", "CONFIG"})
_KEY: Final = re.compile(r"^(?![\s#-])(.+?):[ \t]*(?:\n[ \t]*-[ \t]|\[)", re.MULTILINE)
_SIGNS: Final = re.compile(r"([\\`*_<>$~])")
_MEND: Final = "Write the question as a key, and each answer in a line with a dash below it."


def recognise(source: SourceFile) -> int:
    """Return how sure it is that *source* is a trivia list: by its author's line, or by its questions."""
    text = source.data[:_HEAD].decode("utf-8-sig", "ignore").replace("\r\n", "\n")
    keys = _KEY.findall(text)
    if keys and re.search(r"^(?:AUTHOR|DESCRIPTION|CONFIG):", text, re.MULTILINE):
        return SURE
    asking = sum(key.strip("'\" ").endswith("?") for key in keys)
    return LIKELY if asking and asking * 2 >= len(keys) else 0


def read(source: SourceFile) -> Harvest:
    """Return the questions of *source*, each with its accepted answers."""
    count = len(source.lines)
    try:
        root = yaml.compose(source.text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = Problem(Fault.BROKEN_FILE, line, f"Line {line} is no YAML that can be read.", _MEND)
        dropped = (Dropped(Span(1, count), "broken YAML"),) if count else ()
        return Harvest(source.path, NAME, count, dropped=dropped, problems=(problem,))
    reading = _Reading()
    for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
        reading.take(key, value)
    if not reading.questions and not reading.problems:
        reading.problems.append(Problem(Fault.NOTHING_FOUND, 0, "There is no question.", _MEND))
    return _closed(reading.harvest(source), source)


def _closed(harvest: Harvest, source: SourceFile) -> Harvest:
    """Return *harvest* with its comments kept, and everything else that nothing has taken dropped."""
    blank = frozenset(number for number, line in enumerate(source.lines, 1) if not line.strip())
    left = [number for span in unaccounted(harvest, blank) for number in range(span.first, span.last + 1)]
    marks = [one for one in left if source.lines[one - 1].lstrip().startswith(("#", "---", "...", "%"))]
    others = spans(one for one in left if one not in set(marks))
    return Harvest(
        harvest.path,
        harvest.format,
        harvest.units,
        description=harvest.description,
        questions=harvest.questions,
        kept=(*harvest.kept, *spans(marks)),
        dropped=(*harvest.dropped, *(Dropped(span, "no question with answers") for span in others)),
        problems=harvest.problems,
    )


class _Reading:
    """What has been read of a list."""

    def __init__(self) -> None:
        self.questions: list[DraftQuestion] = []
        self.problems: list[Problem] = []
        self._description = ""
        self._kept: list[Span] = []
        self._dropped: list[Dropped] = []

    def harvest(self, source: SourceFile) -> Harvest:
        """Return it as a harvest."""
        return Harvest(
            source.path,
            NAME,
            len(source.lines),
            description=self._description,
            questions=tuple(self.questions),
            kept=tuple(self._kept),
            dropped=tuple(self._dropped),
            problems=tuple(self.problems),
        )

    def take(self, key: yaml.Node, value: yaml.Node) -> None:
        """Take one key of the list, with what stands under it."""
        span = Span(key.start_mark.line + 1, _last_line(value))
        prompt = " ".join(str(key.value).split()) if isinstance(key, yaml.ScalarNode) else ""
        answers = _answers(value)
        if prompt in _ABOUT:
            self._description = " ".join(answers) if prompt == "DESCRIPTION" else self._description
            self._kept.append(span)
        elif prompt and answers:
            accept = TextKey(tuple(answers))
            self.questions.append(
                DraftQuestion(Kind.FREE_TEXT, _SIGNS.sub(r"\\\1", prompt), span, key=accept)
            )
        else:
            said = f"The question in line {span.first} has no answers."
            self.problems.append(Problem(Fault.NO_ANSWER, span.first, said, _MEND))
            self._dropped.append(Dropped(span, "a question without answers"))


def _answers(value: yaml.Node) -> list[str]:
    """Return the texts under a key."""
    nodes: Sequence[object] = value.value if isinstance(value, yaml.SequenceNode) else [value]
    texts = (" ".join(str(one.value).split()) for one in nodes if isinstance(one, yaml.ScalarNode))
    return [text for text in texts if text]


def _last_line(value: yaml.Node) -> int:
    """Return the last line of *value*; what a block ends before belongs to the next key."""
    ended = value.value[-1] if isinstance(value, yaml.CollectionNode) and value.value else value
    ended = ended[1] if isinstance(ended, tuple) else ended
    mark = ended.end_mark
    first = int(ended.start_mark.line) + 1
    return max(first, int(mark.line) + (1 if mark.column else 0), int(value.start_mark.line) + 1)
