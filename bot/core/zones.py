"""Zones: which time zone somebody means by what they typed.

A city is enough, in any case, with or without accents: ``new york``, ``sao paulo``, ``Mumbai``. So is the
start of one, where it fits one zone only. What could be several is not guessed, and neither abbreviations
nor offsets are read: they name a clock that never changes, and a group's does.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from operator import itemgetter
from typing import Final, NewType
from zoneinfo import available_timezones

from rapidfuzz.distance import OSA

from bot.core.words import compose, without_accents
from bot.core.zone_names import ABBREVIATIONS, CITIES, OFTEN, PLACES, RENAMED

ZoneName = NewType("ZoneName", str)
"""A name in the zone database, such as ``Europe/Berlin``, in its newest spelling."""

LONGEST: Final = 80
NEAREST: Final = 5
"""So many suggestions come with a refusal."""

SUGGESTIONS: Final = 25
"""So many completions a chat platform shows."""

_LEAST_START: Final = 3
"""Two letters begin too many names to stand for one."""

_ALIKE: Final = 0.6
_LETTERS_A_SLIP: Final = 8
"""So many letters may hold one slip and still be meant for a name; twice as many, two."""

_BETWEEN_WORDS: Final = re.compile(r"[\W_]+")
_OFFSET: Final = re.compile(r"(?:utc|gmt)?\s*[+-]\s*\d{1,2}(?::?\d\d)?", re.IGNORECASE)
_NO_CITY: Final = re.compile(
    r"(?:US|Canada|Brazil|Chile|Mexico|Etc)/|Australia/(?:North|South|West|Victoria)$"
)
"""Names whose last part says nothing alone: Eastern, General, North."""

_WRITTEN: Final = {"nyc": "NYC", "washington dc": "Washington DC"}
_NOT_OFFERED: Final = re.compile(r"Etc/|Factory$|localtime$|GMT|Greenwich$|[A-Z]{3}(?:\d[A-Z]{3})?$")


class ZoneTrouble(StrEnum):
    """Why no zone was read."""

    EMPTY = "empty"
    """Nothing was typed."""

    TOO_LONG = "too_long"
    """Longer than any name."""

    UNKNOWN = "unknown"
    """No name is like it, or only nearly."""

    SEVERAL = "several"
    """It fits several."""

    ABBREVIATION = "abbreviation"
    """An abbreviation such as EST, which does not say whose summer time it follows, if any."""

    OFFSET = "offset"
    """An offset such as UTC+2, which knows no summer time."""


@dataclass(frozen=True, slots=True)
class ZoneUnclear:
    """No zone was read: why, and what was probably meant, the likeliest first."""

    reason: ZoneTrouble
    nearest: tuple[ZoneName, ...] = ()


@dataclass(frozen=True, slots=True)
class ZoneOffered:
    """A completion: the zone and the *city* by which it was found, as people write it."""

    zone: ZoneName
    city: str


def read_zone(said: str) -> ZoneName | ZoneUnclear:
    """Return the zone that *said* names, or why it names none."""
    plain = compose(said[: LONGEST + 1])
    wanted = _key(plain)
    if len(said) > LONGEST:
        return ZoneUnclear(ZoneTrouble.TOO_LONG)
    if _OFFSET.fullmatch(plain):
        return ZoneUnclear(ZoneTrouble.OFFSET)
    if not wanted:
        return ZoneUnclear(ZoneTrouble.EMPTY)
    if wanted in ABBREVIATIONS:
        return ZoneUnclear(ZoneTrouble.ABBREVIATION, _zones(ABBREVIATIONS[wanted]))
    exact = _by_name().get(plain.casefold().replace(" ", "_")) or _called(wanted)
    return exact or _with_country(plain) or _begun(wanted)


def complete_zone(said: str, *, limit: int = SUGGESTIONS) -> tuple[ZoneOffered, ...]:
    """Return up to *limit* zones that fit what has been typed so far, the best first, each once.

    First those that are called so, then those with a name that begins so, then those with a word that does;
    with nothing typed yet, the zones that most people live in. What follows a comma is left out of account
    when nothing fits the whole.
    """
    plain = compose(said[:LONGEST])
    wanted = _key(plain)
    if not wanted:
        return tuple(map(_offered, _zones(OFTEN)))[:limit]
    offers: dict[ZoneName, ZoneOffered] = {}
    for offer in _fitting(wanted) or _fitting(_key(plain.partition(",")[0])):
        offers.setdefault(offer.zone, offer)
    return tuple(offers.values())[:limit]


def _with_country(plain: str) -> ZoneName | ZoneUnclear | None:
    """Read ``Berlin, Germany``: the city, when the country has the same zone; else it is but suggested."""
    city, _, country = plain.partition(",")
    zone = _called(_key(city))
    if zone is None:
        return None
    if zone in PLACES.get(_key(country), ()):
        return zone
    return ZoneUnclear(ZoneTrouble.UNKNOWN, (zone,))


def _begun(wanted: str) -> ZoneName | ZoneUnclear:
    """Return the one zone that *wanted* begins, or why there is none."""
    if wanted in PLACES:
        return ZoneUnclear(ZoneTrouble.SEVERAL, _zones(PLACES[wanted]))
    found = tuple(offer.zone for offer in complete_zone(wanted))
    if len(found) == 1 and len(wanted) >= _LEAST_START:
        return found[0]
    if found:
        return ZoneUnclear(ZoneTrouble.SEVERAL, found[:NEAREST])
    return ZoneUnclear(ZoneTrouble.UNKNOWN, _alike(wanted))


def _called(wanted: str) -> ZoneName | None:
    """Return the only zone that is called *wanted*."""
    found = {offer.zone for key, offer in _index() if key == wanted}
    return found.pop() if len(found) == 1 else None


def _fitting(wanted: str) -> list[ZoneOffered]:
    inside = f" {wanted}"
    return [
        *map(_offered, _zones(PLACES.get(wanted, ()))),
        *(offer for key, offer in _index() if key == wanted),
        *(offer for key, offer in _index() if key.startswith(wanted)),
        *(offer for key, offer in _index() if inside in key),
    ]


def _alike(wanted: str) -> tuple[ZoneName, ...]:
    """Return the zones whose names *wanted* is a slip or two away from, the nearest first, each once."""
    slips = 1 + (len(wanted) - 1) // _LETTERS_A_SLIP
    near = [(key, offer.zone) for key, offer in _index() if OSA.distance(wanted, key) <= slips]
    scored = [(OSA.normalized_similarity(wanted, key), key, zone) for key, zone in near]
    scored.sort(key=lambda line: (-line[0], line[1]))
    return tuple(dict.fromkeys(zone for score, _, zone in scored if score >= _ALIKE))[:NEAREST]


@lru_cache(maxsize=1)
def _by_name() -> dict[str, ZoneName]:
    """Return every zone by its full name in small letters, the old names included."""
    names = [name for name in available_timezones() if name not in {"Factory", "localtime"}]
    return {name.casefold(): ZoneName(RENAMED.get(name, name)) for name in (*names, *RENAMED)}


@lru_cache(maxsize=1)
def _index() -> tuple[tuple[str, ZoneOffered], ...]:
    """Return what zones are called, in small letters, with what to offer: cities first, in their order."""
    names = sorted(available_timezones().union(RENAMED))
    cities = [
        (_key(_city(name)), _offered(name)) for name in names if "/" in name and not _NO_CITY.match(name)
    ]
    others = [
        (key, ZoneOffered(ZoneName(zone), _WRITTEN.get(key) or key.title())) for key, zone in CITIES.items()
    ]
    lands = [(land, _offered(zones[0])) for land, zones in PLACES.items() if len(zones) == 1]
    full = [(_key(name), _offered(name)) for name in names if name in RENAMED or not _NOT_OFFERED.match(name)]
    return (*sorted([*cities, *others, *lands], key=itemgetter(0)), *full, ("utc", _offered("UTC")))


def _offered(name: str) -> ZoneOffered:
    """Offer the zone *name* under its city, or under all of an old name whose last part says nothing."""
    city = name if _NO_CITY.match(name) else _city(name).replace("_", " ")
    return ZoneOffered(ZoneName(RENAMED.get(name, name)), city)


def _zones(names: Iterable[str]) -> tuple[ZoneName, ...]:
    return tuple(map(ZoneName, names))


def _key(text: str) -> str:
    """Return the words of *text*, small, without accents and apostrophes and one space apart."""
    return _BETWEEN_WORDS.sub(" ", without_accents(text.casefold()).replace("'", "")).strip()


def _city(name: str) -> str:
    return name.rpartition("/")[2]
