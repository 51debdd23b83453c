"""The usual blocks of mkdocs-quiz, read by two patterns in a tenth of the time that walking over them takes.

A block is usual when it has no tags, indentation or odd marks, and code in plain fences alone. What is found
here is exactly what :mod:`bot.packs.formats.mkdocs_quiz_questions` finds; everything else is left to it.
"""

import re
from typing import Final, NamedTuple

from bot.packs.importing.drafts import DraftOption

# A line that neither starts code, an answer or a tag nor is indented, or code with its fences. All
# repetitions are possessive, so that a block that is not a usual one is given up at once.
_LINE: Final = r"(?:[^\s\-*<`~q]|\*\*|[-*][ ]++[^\s\[<*]).*+\n"
_CODE: Final = r"```[\w+-]*+\n(?:(?!.*```).*+\n)*+```\n"
_TEXT: Final = rf"(?:{_LINE}|\n|{_CODE})"
_BLOCK = re.compile(
    rf"<quiz>\n({_TEXT}++)((?:[-*] \[[xX ]?\] \S.*+\n(?:>.*+\n)*+\n*+)++)({_TEXT}*+)</quiz>\n"
)
_GAPS = re.compile(rf"<quiz>\n((?:{_LINE}|\n)++)(?:---\n({_TEXT}*+))?</quiz>\n")
_ANSWER = re.compile(r"[-*] \[(?:([xX])| ?)\] (.*)\n(?:> ?(.*)\n)?((?:>.*\n)*)")
_TAG: Final = "quiz>"


class PlainBlock(NamedTuple):
    """A usual block: prompt, options and explanation, where its answers start, and where it ends."""

    prompt: str
    options: tuple[DraftOption, ...]
    explanation: str
    answers: int
    end: int


def plain_block(text: str, start: int) -> PlainBlock | None:
    """Return the usual block that starts at *start* of *text*; None when there is none."""
    found = _BLOCK.match(text, start)
    if found is None or _has_tags(text, start, found.end()):
        return None
    head, answers, tail = found.groups()
    prompt = head.strip()
    if not prompt:
        return None
    options = [
        DraftOption(said.strip(), mark != "", _feedback(first, further) if further else first.strip())
        for mark, said, first, further in _ANSWER.findall(answers)
    ]
    return PlainBlock(prompt, tuple(options), tail.strip(), found.start(2), found.end())


def _has_tags(text: str, start: int, end: int) -> bool:
    """Return whether a tag is named between those that the block from *start* to *end* has."""
    return text.find(_TAG, start + len(_TAG) + 1, end) != end - len(_TAG) - 1


def _feedback(first: str, further: str) -> str:
    """Return feedback of several lines."""
    rows = [first, *(row[1:].removeprefix(" ") for row in further[:-1].split("\n"))]
    return "\n".join(rows).strip()


class PlainGaps(NamedTuple):
    """A usual block without answers: what stands before and behind ``---``, and how many lines it has."""

    head: str
    tail: str
    lines: int


def plain_gaps(text: str, start: int) -> PlainGaps | None:
    """Return the usual block without answers that starts at *start*, if ``[[`` stands in it and no code."""
    found = _GAPS.match(text, start)
    if found is None or "[[" not in found[1] or "`" in found[1] or _has_tags(text, start, found.end()):
        return None
    return PlainGaps(found[1].strip(), (found[2] or "").strip(), found[0].count("\n"))
