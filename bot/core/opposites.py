"""Words that are a few letters apart and mean different things.

A typing mistake is forgiven by counting letters, and counting letters cannot tell *encrypt* from *decrypt*.
So for each word of a key this module knows which words it must not be taken for. The tables hold the
patterns of English and of its technical vocabulary; they are not complete and cannot be. What they miss, an
author says with ``exact``, and other items' answers come in as rivals.
"""

from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import OSA

_ADDED = (
    "a", "an", "anti", "auto", "bi", "contra", "counter", "de", "dis", "down", "ex", "extra", "hyper", "hypo",
    "il", "im", "in", "inter", "intra", "ir", "mal", "meta", "mis", "multi", "non", "off", "out", "over",
    "post", "pre", "pseudo", "quasi", "re", "self", "semi", "sub", "super", "ultra", "un", "under", "up",
)  # fmt: skip
"""Beginnings that turn a word into another one: supervised, un-supervised; synchronous, a-synchronous."""

_SWAPPED_FIRST = (
    ("ante", "anti"),
    ("pro", "anti", "contra"),
    ("kilo", "mega", "giga", "tera", "peta", "exa", "milli", "micro", "nano", "pico", "centi", "deci"),
    ("kilo", "kibi", "mega", "mebi", "giga", "gibi", "tera", "tebi"),
    ("uni", "bi", "tri", "multi", "omni"),
    ("mono", "di", "bi", "poly"),
    ("intro", "extro"),
    ("in", "ex", "out"),
    ("in", "de"),
    ("on", "off"),
    ("up", "down"),
    ("im", "ex"),
)
"""Beginnings of which one cannot stand for another."""

_SWAPPED_WORDS = (
    ("abduct", "adduct"),
    ("absor", "adsor"),
    ("afferent", "efferent"),
    ("altitude", "latitude"),
    ("ascend", "descend"),
    ("assignor", "assignee"),
    ("astrolog", "astronom"),
    ("classification", "clarification"),
    ("content", "context"),
    ("defect", "detect"),
    ("employer", "employee"),
    ("exploration", "exploitation"),
    ("ferric", "ferrous"),
    ("ileum", "ilium"),
    ("immigra", "emigra"),
    ("ingestion", "injection"),
    ("ingress", "egress"),
    ("integration", "interaction"),
    ("lessor", "lessee"),
    ("licensor", "licensee"),
    ("media", "median"),
    ("mitosis", "meiosis"),
    ("mitotic", "meiotic"),
    ("payer", "payee"),
    ("perimeter", "parameter"),
    ("prediction", "production"),
    ("regression", "recession", "repression"),
    ("sample", "simple"),
    ("scope", "score", "store"),
    ("stalactite", "stalagmite"),
    ("trainer", "trainee"),
    ("transform", "transfer", "transport"),
    ("validation", "variation"),
)
"""Words, with all their endings, of which one cannot stand for another."""

_SALTS = ("brom", "carb", "chlor", "fluor", "iod", "nitr", "phosph", "sulf", "sulph")
_ACIDS = (*_SALTS, "phosphor", "sulfur", "sulphur")
_CHAINS = ("meth", "eth", "prop", "but", "pent", "hex", "hept", "oct", "non", "dec")

_SWAPPED = (
    ("en", "de"),
    ("over", "under"),
    ("maxim", "minim"),
    ("micro", "macro"),
    ("inter", "intra", "extra", "infra"),
    ("hyper", "hypo"),
    ("pre", "post"),
    ("sub", "super"),
    ("homo", "hetero"),
    ("endo", "exo", "ecto"),
    ("east", "west"),
    ("north", "south"),
    *(tuple(stem + end for end in ("ate", "ite", "ide", "ine")) for stem in _SALTS),
    *(tuple(stem + end for end in ("ic", "ous")) for stem in _ACIDS),
    *(tuple(stem + end for end in ("ane", "ene", "yne")) for stem in _CHAINS),
)
"""Parts, anywhere in a word, of which one cannot stand for another: auto-en-coder, auto-de-coder."""

_LEAST_ROOT = 4
"""A beginning is taken off only when a word of this many letters is left."""


def opposed(key: str, typed: str, *, tie: bool) -> bool:
    """Return whether *typed* is rather the spelling of another word than a mistyped *key*.

    *tie* is what to say when it is as near to both: ``mcroservice`` is one letter from *microservice* and
    from *macroservice*. The other word must begin like *typed*. Where it is *key* without its beginning, a
    tie is for *key*, for ``iference`` is a plain slip in *inference*.
    """
    own = OSA.distance(key, typed)
    limit = own if tie else own - 1
    others = (other for other in _others(key) if other[0] == typed[0])
    if any(OSA.distance(other, typed, score_cutoff=own) <= limit for other in others):
        return True
    return any(OSA.distance(root, typed, score_cutoff=own) < own for root in _roots(key))


@lru_cache(maxsize=4096)
def _roots(word: str) -> tuple[str, ...]:
    found = (word.removeprefix(start) for start in _ADDED if word.startswith(start))
    return tuple(root for root in found if len(root) >= _LEAST_ROOT)


@lru_cache(maxsize=4096)
def _others(word: str) -> tuple[str, ...]:
    added = (start + word for start in _ADDED if start[0] != word[0])
    return tuple(dict.fromkeys((*added, *_swaps_first(word), *_swaps(word))))


def _swaps_first(word: str) -> Iterator[str]:
    for group in _SWAPPED_FIRST + _SWAPPED_WORDS:
        for part in group:
            if word.startswith(part):
                yield from (other + word.removeprefix(part) for other in group if other != part)


def _swaps(word: str) -> Iterator[str]:
    for group in _SWAPPED:
        for part in group:
            at = word.find(part)
            while at >= 0:
                yield from (word[:at] + other + word[at + len(part) :] for other in group if other != part)
                at = word.find(part, at + 1)
