"""Settings lines: what is typed after ``/quiz settings``, read as what to change of a group's settings.

A value may be several words: a zone or the time of a recap is the longest run of words that makes one, names
and a season's name go on until the next key. A setting's name without a colon is taken as its key.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from bot.core.commands import ChangeSettings, HostedBy, NotUnderstood, Off, Reacting, SeasonWish
from bot.core.zones import ZoneUnclear
from bot.engine.deck_names import nearest
from bot.engine.draw_lines import bare_length
from bot.engine.people_lines import People, PeopleUnclear, TooMuch, read_people
from bot.engine.recap_lines import likely_recap, read_recap
from bot.engine.typed_lines import Piece, as_typed, joined, not_understood, with_instead
from bot.engine.zone_lines import zone_meant, zone_problem
from bot.wording.cleaning import clean_line, clean_name
from bot.wording.menu import SETTINGS_OPTION_NAMES, InputProblem

LONGEST_SEASON: Final = 40
"""So many characters make the longest name of a season."""

_LONGEST_VALUE: Final = 6
"""So many words make the longest zone or time of a recap."""

_OTHER_NAMES: Final = {
    "admin": "organisers",
    "admins": "organisers",
    "begin": "starts",
    "begins": "starts",
    "city": "zone",
    "end": "ends",
    "from": "starts",
    "host": "hosts",
    "organiser": "organisers",
    "organizer": "organisers",
    "organizers": "organisers",
    "reacting": "reactions",
    "reaction": "reactions",
    "recaps": "recap",
    "seasons": "season",
    "start": "starts",
    "timezone": "zone",
    "to": "ends",
    "tz": "zone",
    "until": "ends",
}
_FILLERS: Final = frozenset({"and", "change", "list", "please", "set", "show", "the", "with"})

_NOBODY: Final = frozenset({"no", "nobody", "none", "off"})
_ORGANISERS: Final = frozenset({"organiser", "organisers", "organizer", "organizers"})
"""They start rounds anyway; alone they say that nobody else does."""

_SEASON_OFF: Final = frozenset({"end", "never", "no", "none", "off", "stop"})
_REACTIONS: Final = {"never": "off", "no": "off", "none": "off", "buttons": "off", "latest": "last"}
_DATE: Final = re.compile(r"2\d{3}-\d\d-\d\d", re.ASCII)
_QUOTES: Final = re.compile(r"[\"“”]")


def read_settings(text: str, pieces: Sequence[Piece]) -> ChangeSettings | NotUnderstood:
    """Return what the line *text* asks for; *pieces* are what stands after ``settings`` in it."""
    return _Settings(text).read(pieces)


@dataclass(slots=True)
class _Settings:
    """What was asked of ``/quiz settings`` so far."""

    text: str
    command: ChangeSettings = field(default_factory=ChangeSettings)
    dates: dict[str, date] = field(default_factory=dict)
    date_said: str = ""

    def read(self, pieces: Sequence[Piece]) -> ChangeSettings | NotUnderstood:
        """Read *pieces* from left to right, up to the first that cannot be."""
        place = 0
        while place < len(pieces):
            taken, wrong = self._option(pieces[place:])
            if wrong is not None:
                return wrong
            place += taken
        return self._with_dates()

    def _with_dates(self) -> ChangeSettings | NotUnderstood:
        season = self.command.season
        if not self.dates:
            return self.command
        if not isinstance(season, SeasonWish):
            return not_understood(InputProblem.SEASON_MISSING, self.date_said)
        wish = replace(season, first=self.dates.get("starts"), last=self.dates.get("ends"))
        return replace(self.command, season=wish)

    def _option(self, pieces: Sequence[Piece]) -> tuple[int, NotUnderstood | None]:
        """Read the setting that stands first in *pieces*; return how many pieces it took."""
        first = pieces[0]
        name = _setting(first.key or first.value)
        if name not in SETTINGS_OPTION_NAMES:
            filler = not first.key and first.value.casefold() in _FILLERS
            return 1, None if filler else self._unknown(pieces)
        key = 0 if first.key else 1
        value = pieces[key : 1 + bare_length(pieces[1:])]
        if not value or not value[0].value:
            return 1, not_understood(InputProblem.EMPTY_SETTING, first.key or first.value)
        taken, wrong = self._value(name, value)
        return key + taken, wrong

    def _unknown(self, pieces: Sequence[Piece]) -> NotUnderstood:
        """Offer the nearest setting, with the same value."""
        first = pieces[0]
        said = first.key or first.value
        near = nearest(said, SETTINGS_OPTION_NAMES)
        valued = bool(first.value) if first.key else bare_length(pieces) > 1
        value = f":{as_typed(self.text, pieces[:1])}" if first.key else ""
        offer = with_instead(self.text, first, near + value) if near and valued else ""
        return not_understood(InputProblem.UNKNOWN_SETTING, said or first.said, offer)

    def _value(self, name: str, value: Sequence[Piece]) -> tuple[int, NotUnderstood | None]:
        """Take the value of the setting *name*; return how many pieces it took."""
        match name:
            case "zone":
                return self._zone(value)
            case "recap":
                return self._recap(value)
            case "season":
                return self._season(value)
            case "starts" | "ends":
                return 1, self._date(name, value[0])
            case "reactions":
                return 1, self._reactions(value[0])
            case _:
                return len(value), self._people(name, value)

    def _reactions(self, piece: Piece) -> NotUnderstood | None:
        small = piece.value.casefold()
        said = _REACTIONS.get(small, small)
        if said in set(Reacting):
            self.command = replace(self.command, reactions=Reacting(said))
        elif said == Off.OFF:
            self.command = replace(self.command, reactions=Off.OFF)
        else:
            near = nearest(said, (*Reacting, Off.OFF))
            offer = self._instead("reactions", [piece], near)
            return not_understood(InputProblem.BAD_REACTIONS, piece.value, offer)
        return None

    # ------------------------------------------------------------------------------------- zone and recap

    def _zone(self, value: Sequence[Piece]) -> tuple[int, NotUnderstood | None]:
        for length in _lengths(value):
            zone = zone_meant(_said(self.text, value[:length]))
            if not isinstance(zone, ZoneUnclear):
                self.command = replace(self.command, zone=zone)
                return length, None
        return 1, self._no_zone(value)

    def _no_zone(self, value: Sequence[Piece]) -> NotUnderstood:
        """Say what is wrong with a zone: with all its words where they are like one, else with the first."""
        whole = value[:_LONGEST_VALUE]
        of = whole if _likely_zone(_said(self.text, whole))[1] else value[:1]
        said = _said(self.text, of)
        problem, near = _likely_zone(said)
        return not_understood(problem, said, self._instead("zone", of, near))

    def _recap(self, value: Sequence[Piece]) -> tuple[int, NotUnderstood | None]:
        for length in _lengths(value):
            recap = read_recap(joined(value[:length]).value)
            if recap is not None:
                self.command = replace(self.command, recap=recap)
                return length, None
        of = value[:_LONGEST_VALUE]
        said = joined(of).value
        offer = self._instead("recap", of, likely_recap(said))
        return 1, not_understood(InputProblem.BAD_RECAP, said, offer)

    # -------------------------------------------------------------------------------- roles and people

    def _people(self, name: str, value: Sequence[Piece]) -> NotUnderstood | None:
        said = as_typed(self.text, value)
        found = read_people(said)
        if isinstance(found, TooMuch):
            return not_understood(InputProblem.BAD_NAMES, found.said)
        if isinstance(found, PeopleUnclear):
            offer = self._instead(name, value, found.apart)
            return not_understood(InputProblem.NAMES_UNCLEAR, found.said, offer)
        if not found.names and not found.everybody:
            return not_understood(InputProblem.EMPTY_SETTING, name)
        if name == "organisers" and found.everybody:
            return not_understood(InputProblem.BAD_ORGANISERS, said)
        self._take_people(name, found)
        return None

    def _take_people(self, name: str, people: People) -> None:
        if name == "organisers":
            self.command = replace(self.command, organisers=_without(people, _NOBODY))
            return
        names = None if people.everybody else _without(people, _NOBODY | _ORGANISERS)
        self.command = replace(self.command, hosts=HostedBy(names))

    # ---------------------------------------------------------------------------------------- seasons

    def _season(self, value: Sequence[Piece]) -> tuple[int, NotUnderstood | None]:
        length = _season_length(value)
        name = season_name(_said(self.text, value[:length]))
        if name.casefold() in _SEASON_OFF:
            self.command = replace(self.command, season=Off.OFF)
        elif name:
            self.command = replace(self.command, season=SeasonWish(name))
        else:
            said = joined(value[:length]).value
            return length, not_understood(InputProblem.BAD_SEASON_NAME, said)
        return length, None

    def _date(self, name: str, piece: Piece) -> NotUnderstood | None:
        day = _day(piece.value)
        if day is None:
            return not_understood(InputProblem.BAD_DATE, piece.value)
        self.dates[name] = day
        self.date_said = piece.said
        return None

    def _instead(self, name: str, value: Sequence[Piece], better: str) -> str:
        """Return the whole line with *better* as the value of the setting *name*; "" for nothing better."""
        key = f"{name}:" if value[0].key else ""
        return with_instead(self.text, joined(value), key + better) if better else ""


def season_name(said: str) -> str:
    """Return *said* as a season is called: on one line, without quotation marks; "" when it is no name."""
    name = clean_line(_QUOTES.sub("", said)).strip(" ,;")
    return name if clean_name(name) and len(name) <= LONGEST_SEASON else ""


def _setting(said: str) -> str:
    small = said.casefold()
    return _OTHER_NAMES.get(small, small)


def _lengths(value: Sequence[Piece]) -> range:
    """Return how many words of *value* to try, the most first."""
    return range(min(len(value), _LONGEST_VALUE), 0, -1)


def _said(text: str, pieces: Sequence[Piece]) -> str:
    """Return the value of one piece, or what stands in *text* as the value of several."""
    return pieces[0].value if len(pieces) == 1 else as_typed(text, pieces)


def _likely_zone(said: str) -> tuple[InputProblem, str]:
    """Return what is wrong with a zone, and the one that was probably meant, "" for none."""
    found = zone_meant(said)
    if not isinstance(found, ZoneUnclear):
        return InputProblem.UNKNOWN_ZONE, found
    return zone_problem(found), found.nearest[0] if found.nearest else ""


def _without(people: People, words: frozenset[str]) -> tuple[str, ...]:
    return tuple(name for name in people.names if name.casefold() not in words)


def _season_length(value: Sequence[Piece]) -> int:
    """Return how many of *value* make a name: all, or those before a word such as *from* and a date."""
    dated = (
        place
        for place in range(1, len(value) - 1)
        if _setting(value[place].value) in {"starts", "ends"} and _DATE.fullmatch(value[place + 1].value)
    )
    return next(dated, len(value))


def _day(said: str) -> date | None:
    """Return the date that *said* is, of this millennium and written as year, month and day."""
    try:
        return date.fromisoformat(said) if _DATE.fullmatch(said) else None
    except ValueError:
        return None
