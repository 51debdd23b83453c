"""People lines: the roles and people that a typed line names, with commas in between.

Mentions are read as the ids in them, however a platform writes them; a name loses the @ in front. An *and*
between two words could be part of a name, and who may do what is never guessed: it is unclear until there are
commas or quotation marks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.wording.cleaning import clean_line

MOST_NAMES: Final = 20
LONGEST_NAME: Final = 80

_ONE: Final = re.compile(
    r"""
    <(?:@[&!]?|!subteam\^) (?P<id>\w{1,40}) (?:\|[^<>]*)? >
    | <! (?P<all>everyone|channel|here) (?:\|[^<>]*)? >
    | "(?P<straight>[^"]*)"?
    | “(?P<curly>[^”]*)”?
    | (?P<words>(?: (?!<[@!]) [^,;"“] )+)
    """,
    re.VERBOSE,
)
_NEXT_NAME: Final = re.compile(r"\s+(?=@)")
_AND_AROUND: Final = re.compile(r"^(?:and|&)(?:\s+|$)|(?:\s+|^)(?:and|&)$", re.IGNORECASE)
_AND: Final = re.compile(r"\s+(?:and|&)\s+", re.IGNORECASE)
_QUOTED: Final = re.compile(r"'([^']*)'")

EVERYBODY: Final = frozenset({"all", "any", "anybody", "anyone", "everybody", "everyone"})
_CALLED: Final = frozenset({"@channel", "@here"})
"""What calls everybody with an @ in front, and is a name like any other without."""


@dataclass(frozen=True, slots=True)
class People:
    """Who was named, each once, by id or name; *everybody* tells that one of the names means everybody."""

    names: tuple[str, ...]
    everybody: bool = False


@dataclass(frozen=True, slots=True)
class PeopleUnclear:
    """*said* could be one name or several; with commas it would be *apart*."""

    said: str
    apart: str


@dataclass(frozen=True, slots=True)
class TooMuch:
    """*said* is a name that is too long, or there are too many names."""

    said: str


def read_people(said: str) -> People | PeopleUnclear | TooMuch:
    """Return the roles and people that *said* names, as it was typed."""
    names: dict[str, str] = {}
    everybody = False
    line = clean_line(said)
    for name, sure in _names(line):
        if not sure and _AND.search(name):
            return PeopleUnclear(name, line.replace(name, _AND.sub(", ", name)))
        bare = name.removeprefix("@").strip()
        if len(bare) > LONGEST_NAME:
            return TooMuch(bare)
        if bare.casefold() in EVERYBODY or name.casefold() in _CALLED:
            everybody = True
        elif bare:
            names.setdefault(bare.casefold(), bare)
    return People(tuple(names.values()), everybody) if len(names) <= MOST_NAMES else TooMuch(line)


def _names(line: str) -> Iterator[tuple[str, bool]]:
    """Yield each name, and whether it is surely one: a mention, or what stands between quotation marks."""
    for found in _ONE.finditer(line):
        if found["words"] is None:
            called = f"@{found['all']}" if found["all"] else ""
            yield (found["id"] or found["straight"] or found["curly"] or called).strip(), True
            continue
        for part in _NEXT_NAME.split(found["words"].strip()):
            name = _AND_AROUND.sub("", part).strip()
            single = _QUOTED.fullmatch(name)
            yield (single[1].strip(), True) if single else (name, False)
