"""Terms with meanings, pairs of definition and example, and answered questions in a study hive's sections."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from bot.packs.formats.hives_texts import BULLET, without_bullet

_NAMED = re.compile(r"(?P<name>[^:\t]{1,80}?)(?:[ ]?:[ ]+|[ ]{1,3}[–—-][ ]+)(?P<text>\S.*)")
_MOST_WORDS: Final = 10
_MOST_ROWS: Final = 30
_EXAMPLE = re.compile(
    r"(?:real-world[ ]|concrete[ ])?(?:examples?|e\.g\.|analogy|in practice)\b", re.IGNORECASE
)
_DEFINITION: Final = frozenset({"definition", "meaning"})
_HEADS: Final = frozenset({"term", "terms", "concept", "key term", "name", "definition", "word"})
_NO_NAMES: Final = frozenset(
    {"note", "tip", "formula", "where", "remember", "warning", "important", "exam tip"}
)
_CALLOUT = re.compile(r"[ \t]*>?[ \t]*\[![A-Za-z]+\][ \t]*")
_ANSWER = re.compile(r"(?:(?:model |sample |correct )?answers?|solution|a)[ ]?[:.–—][ ]*(.*)", re.IGNORECASE)
_KEY_LINE = re.compile(
    r"(?:answers|answer key|solutions|(?:click|tap) to (?:see|show|reveal|view).{0,30}"
    r"|(?:show|view|see|reveal)(?: the)? answers?)[ ]?:?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[ \t]*(?:Q(?:uestion )?)?(\d{1,3})[.):][ \t]+")


class Entry(NamedTuple):
    """A name and its text, from row *first* to row *last* (the last one included)."""

    first: int
    last: int
    name: str
    text: str
    example: str = ""


def entries(rows: Sequence[str]) -> list[Entry]:
    """Return the terms of *rows* with their meanings, and with their examples if they have any."""
    found: list[Entry] = []
    for at, row in enumerate(rows):
        if not row.strip() or "[!" in row:
            continue
        entry = _table_entry(at, row) if "\t" in row.strip() else _entry(rows, at)
        if entry is not None:
            found.append(entry)
        elif found and "\t" not in row and _goes_on(found[-1], row, at, rows):
            found[-1] = _longer(found[-1], row, at)
    return found


def _table_entry(at: int, row: str) -> Entry | None:
    name, text, *more = (cell.strip() for cell in row.strip().split("\t"))
    if not text or name.casefold() in _HEADS:
        return None
    return Entry(at, at, name, text, more[0] if more else "")


def _entry(rows: Sequence[str], at: int) -> Entry | None:
    bare = without_bullet(rows[at]).replace("**", "")
    found = _NAMED.fullmatch(bare)
    if found is None:
        return None
    name = found["name"].strip()
    if name.casefold() in _DEFINITION and at and (above := without_bullet(rows[at - 1])) and ":" not in above:
        return Entry(at - 1, at, above.replace("**", ""), found["text"])
    strange = len(name.split()) > _MOST_WORDS or name.casefold() in _NO_NAMES | _DEFINITION
    if strange or _EXAMPLE.match(name) or name.endswith((".", "!", "?")):
        return None
    return Entry(at, at, name, found["text"])


def _goes_on(entry: Entry, row: str, at: int, rows: Sequence[str]) -> bool:
    """Return whether *row* belongs to *entry*: its example, or a line that goes on right below it."""
    if at - entry.first > _MOST_ROWS:
        return False
    if _EXAMPLE.match(without_bullet(row)):
        return all(not between.strip() for between in rows[entry.last + 1 : at])
    return entry.last == at - 1 and not (at + 1 < len(rows) and _is_definition(rows[at + 1]))


def _is_definition(row: str) -> bool:
    return without_bullet(row).partition(":")[0].strip().casefold() in _DEFINITION


def _longer(entry: Entry, row: str, at: int) -> Entry:
    bare = without_bullet(row).replace("**", "")
    head = _EXAMPLE.match(bare)
    if head is not None and not entry.example:
        said = bare[head.end() :].lstrip(" :–—-*").strip()
        return entry._replace(last=at, example=said or bare)
    if entry.example:
        return entry._replace(last=at, example=f"{entry.example}\n{bare}")
    return entry._replace(last=at, text=f"{entry.text}\n{bare}")


def answered(rows: Sequence[str]) -> list[Entry]:
    """Return the questions of *rows* that are answered there: below each one, or in a list at the end."""
    key = next((at for at, row in enumerate(rows) if _KEY_LINE.fullmatch(_bare(row))), None)
    if key is not None and not any(_ANSWER.fullmatch(_bare(row)) for row in rows[:key]):
        return _by_list(rows, key)
    return _one_by_one(rows)


def _bare(row: str) -> str:
    return without_bullet(_CALLOUT.sub("", row)).replace("**", "").replace("*", "").strip()


def _one_by_one(rows: Sequence[str]) -> list[Entry]:
    found: list[Entry] = []
    ask, open_ = -1, False
    for at, row in enumerate(rows):
        bare = _bare(row)
        answer = _ANSWER.fullmatch(bare)
        if not bare:
            continue
        if answer is not None and ask >= 0:
            found.append(Entry(ask, at, _question(rows, ask), answer[1].strip()))
            ask, open_ = -1, True
        elif bare.endswith("?") or _NUMBER.match(row):
            ask, open_ = at, False
        elif open_ and found[-1].last == at - 1 and at - found[-1].first < _MOST_ROWS:
            found[-1] = found[-1]._replace(last=at, text=f"{found[-1].text}\n{bare}".strip())
        elif ask < 0 and not open_ and BULLET.match(row):
            ask = at
        else:
            open_ = False
    return [entry for entry in found if entry.text and entry.name]


def _question(rows: Sequence[str], at: int) -> str:
    return _bare(_NUMBER.sub("", rows[at], count=1))


def _by_list(rows: Sequence[str], key: int) -> list[Entry]:
    """Pair questions with a list of answers below them: by number, or in order when there are as many."""
    asked = [
        at
        for at in range(key)
        if _bare(rows[at]) and (_NUMBER.match(rows[at]) or _bare(rows[at]).endswith("?"))
    ]
    told = [at for at in range(key + 1, len(rows)) if _bare(rows[at])]
    by_number = {found[1]: at for at in told if (found := _NUMBER.match(rows[at]))}
    numbers = [found[1] if (found := _NUMBER.match(rows[at])) else "" for at in asked]
    if by_number and all(numbers):
        pairs = [
            (at, by_number[number]) for at, number in zip(asked, numbers, strict=True) if number in by_number
        ]
    elif len(asked) == len(told):
        pairs = list(zip(asked, told, strict=True))
    else:
        return []
    return [Entry(at, at, _question(rows, at), _question(rows, answer)) for at, answer in pairs]
