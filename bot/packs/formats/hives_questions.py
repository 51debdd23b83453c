"""Questions of a study hive: ``Q7medium``, the stem, lettered options, the key and its explanation."""

import re
from collections.abc import Sequence
from string import ascii_uppercase
from typing import Final

from bot.core.items import Difficulty, Kind
from bot.packs.formats.hives_marks import Mark, end_of_text
from bot.packs.formats.hives_texts import readable
from bot.packs.formats.page_lines import Gathering, clipped
from bot.packs.importing.drafts import DraftOption, DraftQuestion, Fault, Repair, Span

LETTERS: Final = ascii_uppercase[:10]
FEWEST_OPTIONS: Final = 2

_SHOW = re.compile(r"(?:show|hide) answer(?:s)?(?: (?:&|and) explanation)?", re.IGNORECASE)
_KEY = re.compile(r"correct answers?[ ]?:[ ]*(.*)", re.IGNORECASE)
_CLOSING = re.compile(
    r"(?:(?:correct )?answers?|key)[ ]?:[ ]*\(?[A-J]\)?(?:[ ]?(?:,|and|&)[ ]?[A-J])*\.?", re.IGNORECASE
)
_LETTER_LIST = re.compile(r"\(?([A-J])\)?(?:[.):](?=\s|$)|(?=[ ]*(?:,|;|&|/|and\b|$)))")
_BARE = re.compile(r"([A-J])[.)]")
_INLINE = re.compile(r"([A-J])[.)][ \t]+(\S.*)")


def read_question(mark: Mark, end: int, page: Gathering) -> int:
    """Add the question between *mark* and line *end*; return the line behind it."""
    lines = page.lines
    show = _first(_SHOW, lines, mark.at + 1, end)
    key = _first(_KEY, lines, show if show is not None else mark.at + 1, end)
    stop = show if show is not None else key if key is not None else end_of_text(lines, mark.at + 1, end)
    behind = stop if show is None and key is None else _end(lines, (stop if key is None else key) + 1, end)
    prompt, options, codes = _asked(lines[mark.at + 1 : stop])
    span = Span(mark.at + 1, max(behind, mark.at + 1))
    if not prompt:
        page.report(
            Fault.NO_PROMPT, mark.at, "The question has no text.", "Copy the text between its number and A."
        )
        page.drop(mark.at, span.last, "a question without a text")
        return span.last
    said = _KEY.fullmatch(lines[key].strip()) if key is not None else None
    right = _letters(said[1] if said else "")
    why = [*lines[stop + 1 : key], *lines[key + 1 : behind]] if key is not None else lines[stop + 1 : behind]
    explanation, more = readable(why)
    page.repaired.update([Repair.ONE_LINE_CODE] * (codes + more))
    off = _faults(mark.at, key, right, options, page)
    page.questions.append(
        DraftQuestion(
            Kind.MULTIPLE_RESPONSE if len(right) > 1 else Kind.SINGLE_CHOICE,
            prompt,
            span,
            options=tuple(DraftOption(text, LETTERS[place] in right) for place, text in enumerate(options)),
            explanation=explanation,
            difficulty=Difficulty(mark.label.casefold()),
            number=f"Q{mark.number}",
            off=off,
        )
    )
    return span.last


def _first(pattern: re.Pattern[str], lines: Sequence[str], start: int, end: int) -> int | None:
    """Return the first line of its own that is *pattern*."""
    return next((at for at in range(start, end) if pattern.fullmatch(lines[at].strip())), None)


def _end(lines: Sequence[str], start: int, end: int) -> int:
    """Return the line behind the explanation, which ends in ``Answer: C`` or where the page goes on."""
    closing = [at for at in range(start, end) if _CLOSING.fullmatch(lines[at].strip())]
    last = end_of_text(lines, start, end)
    return closing[-1] + 1 if closing else max(last, start)


def _asked(rows: Sequence[str]) -> tuple[str, list[str], int]:
    """Return the stem and the options of *rows*, and how many lines of code they have."""
    places = _option_places(rows, _BARE) or _option_places(rows, _INLINE)
    stem, codes = readable(rows[: places[0]] if places else rows)
    options: list[str] = []
    for start, end in zip(places, [*places[1:], len(rows)], strict=False):
        inline = _INLINE.fullmatch(rows[start].strip())
        first = [inline[2]] if inline else []
        text, more = readable([*first, *rows[start + 1 : end]])
        options.append(text)
        codes += more
    return stem, options, codes


def _option_places(rows: Sequence[str], pattern: re.Pattern[str]) -> list[int]:
    """Return the rows with the letters of the options: the longest run A, B, C …, the last of several."""
    best: list[int] = []
    run: list[int] = []
    for at, row in enumerate(rows):
        found = pattern.fullmatch(row.strip())
        if found is None:
            continue
        if found[1] == "A":
            best, run = best if len(best) > len(run) else run, [at]
        elif run and len(run) < len(LETTERS) and found[1] == LETTERS[len(run)]:
            run.append(at)
    places = best if len(best) > len(run) else run
    return places if len(places) >= FEWEST_OPTIONS else []


def _letters(said: str) -> frozenset[str]:
    """Return the letters that a key names: ``C``, ``A, C``, ``A and C``, ``C. Reef knot``."""
    said = said.strip()
    if re.fullmatch(r"[A-J]{2,5}", said) and list(said) == sorted(set(said)):
        return frozenset(said)
    found: set[str] = set()
    while match := _LETTER_LIST.match(said):
        found.add(match[1])
        if match[0].endswith((".", ")", ":")) and not said[match.end() :].lstrip().startswith(
            (",", "and", "&")
        ):
            break
        said = re.sub(r"^[ ]*(?:,|;|&|/|and\b)?[ ]*(?:and\b|&)?[ ]*", "", said[match.end() :])
    return frozenset(found)


def _faults(
    at: int, key: int | None, right: frozenset[str], options: Sequence[str], page: Gathering
) -> tuple[str, ...]:
    """Report what keeps the question from being asked, and return the reasons."""
    found: list[tuple[Fault, int, str, str]] = []
    known = LETTERS[: len(options)]
    strange = sorted(letter for letter in right if letter not in known)
    if len(options) < FEWEST_OPTIONS:
        found.append((Fault.TOO_FEW_OPTIONS, at, "No options were found.", "Copy A. to D. with their texts."))
    elif not right:
        found.append(
            (Fault.NO_KEY, at, "The question has no key.", "Add a line such as `Correct Answer: C`.")
        )
    elif strange:
        message = f"The key names {', '.join(strange)}, which is no option of the question."
        found.append((Fault.BAD_KEY, at if key is None else key, message, "Write the letter of an option."))
    elif len(right) == len(options):
        found.append((Fault.ALL_RIGHT, at, "The key names every option.", "Take one out of the key."))
    if len(options) >= FEWEST_OPTIONS and not all(options):
        found.append((Fault.BAD_KEY, at, "An option has no text.", "Copy the text of every option."))
    elif len({option.casefold() for option in options}) < len(options):
        same = next(text for text in options if options.count(text) > 1 or text)
        message = f"Two options say the same as, or differ by capitals from, “{clipped(same, 30)}”."
        found.append((Fault.SAME_OPTIONS, at, message, "Change one of them."))
    return tuple(page.report(fault, line, message, mend) for fault, line, message, mend in found)
