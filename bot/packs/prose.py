"""The small Markdown that authors write: what a checker has to find in it.

Positions are kept: code is blanked out with spaces, so that an offset into the rest is an offset into
the whole.
"""

import re
from collections.abc import Iterator

BLANK = re.compile(r"_{3,}")
"""A run of underscores that marks a blank; a well-formed one has three."""

_PARAGRAPH_END = re.compile(r"\n[ \t]*\n")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_TICKS = re.compile(r"(?<![\\`])`+")
_HTML = re.compile(r"(?<!\\)<(?:/?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|!--|[!?][A-Za-z][^<>]*>)")
_LETTER = re.compile(
    r"\b(?:[Oo]ption|[Cc]hoice|[Aa]nswer)s?[ ]+\(?[A-HJ](?:\)|\b)"
    r"|\b(?:[Cc]orrect[ ]+)?[Aa]nswers?[ ]*:[ ]*\(?[A-HJ]\b(?![ ]+[a-z])"
    r"|\b(?:[Oo]ption|[Cc]hoice)s?[ ]+\d\b"
    r"|\b(?:first|second|third|fourth|fifth|last)[ ]+(?:option|choice)\b"
)
_CHOOSE = re.compile(
    r"\b(?:choose|select|pick|mark|name|which)\s+(two|three|four|five|six|[2-6])\b", re.IGNORECASE
)
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def without_code(text: str) -> str:
    """Return *text* with fenced code and code spans blanked out, each character by a space."""
    if "`" not in text and "~~~" not in text:
        return text
    return "".join(_blank_spans(part) for part in _paragraphs(_blank_fences(text)))


def blanks(prompt: str) -> tuple[str, ...]:
    """Return the runs of three and more underscores outside of code."""
    return tuple(BLANK.findall(without_code(prompt)))


def html(text: str) -> Iterator[tuple[int, str]]:
    """Yield each raw HTML tag or comment outside of code with its offset."""
    if "<" in text:
        yield from ((match.start(), match[0]) for match in _HTML.finditer(without_code(text)))


def cited_letters(text: str) -> Iterator[tuple[int, str]]:
    """Yield each place that names an option by letter or by position, with its offset."""
    yield from ((match.start(), match[0]) for match in _LETTER.finditer(without_code(text)))


def wanted_count(prompt: str) -> int | None:
    """Return how many options the prompt says to choose, if it says so once and clearly."""
    said = {match.lower() for match in _CHOOSE.findall(without_code(prompt))}
    if len(said) != 1:
        return None
    word = said.pop()
    return _COUNTS.get(word) or int(word)


def plain(text: str) -> str:
    """Return *text* without the marks of emphasis and code, its white space drawn together."""
    return " ".join(re.sub(r"[*`]", "", text).split())


def _blank(text: str) -> str:
    """Return spaces in place of *text*; line breaks stay."""
    return re.sub(r"[^\n]", " ", text)


def _blank_fences(text: str) -> str:
    """Blank out fenced code; a fence that is never closed reaches to the end."""
    if "```" not in text and "~~~" not in text:
        return text
    lines, fence = text.splitlines(keepends=True), ""
    for number, line in enumerate(lines):
        mark = _FENCE.match(line)
        if fence:
            lines[number] = _blank(line)
            if mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
                fence = ""
        elif mark and not (mark[1][0] == "`" and "`" in line[mark.end() :]):
            lines[number], fence = _blank(line), mark[1]
    return "".join(lines)


def _paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of *text*, which put together are *text*; no code span reaches over two."""
    start = 0
    for end in _PARAGRAPH_END.finditer(text):
        yield text[start : end.end()]
        start = end.end()
    yield text[start:]


def _blank_spans(paragraph: str) -> str:
    """Blank out code spans: from a run of backticks to the next run of the same length."""
    runs = list(_TICKS.finditer(paragraph))
    following: dict[int, int] = {}
    closing = [0] * len(runs)
    for number in reversed(range(len(runs))):
        width = len(runs[number][0])
        closing[number] = following.get(width, -1)
        following[width] = number
    pieces, done, number = [], 0, 0
    while number < len(runs):
        close = closing[number]
        if close > 0:
            start, end = runs[number].start(), runs[close].end()
            pieces += [paragraph[done:start], _blank(paragraph[start:end])]
            done, number = end, close
        number += 1
    return "".join(pieces) + paragraph[done:]
