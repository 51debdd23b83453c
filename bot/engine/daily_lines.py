"""Daily lines: what is typed after ``/quiz daily``, read as what to do with the channel's schedules.

``set`` reads a time, a zone or a city, weekdays and decks without their keys too, each as the longest run of
words that makes one. A value that has a key may be several words as well: ``zone:new york``.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bot.core.commands import (
    Elsewhere,
    Intent,
    NotUnderstood,
    PostDaily,
    ScheduleCommand,
    SetDaily,
    ShowDaily,
    StopDaily,
)
from bot.core.items import Difficulty
from bot.core.packs import Library
from bot.core.typed_times import Trouble, Unclear, read_reveal, read_time, read_weekdays
from bot.core.zones import ZoneUnclear
from bot.engine.deck_names import called, nearest
from bot.engine.draw_lines import DrawLine, bare_length
from bot.engine.typed_lines import Piece, joined, not_understood, with_instead
from bot.engine.zone_lines import is_nearly_clear, zone_meant, zone_problem
from bot.wording.cleaning import clean_line
from bot.wording.menu import DAILY_COMMANDS, DAILY_OPTION_NAMES, ROOT, InputProblem

LONGEST_NAME: Final = 30
LONGEST_MENTION: Final = 80
_LONGEST_VALUE: Final = 6
"""So many words make the longest time, weekdays or zone."""

_SHORTEST_CITY: Final = 3
_OTHER_COMMANDS: Final = {
    "add": "set",
    "change": "set",
    "edit": "set",
    "list": "show",
    "pause": "off",
    "post": "now",
    "start": "set",
    "stop": "off",
}
_OTHER_NAMES: Final = {
    "answer": "reveal",
    "at": "time",
    "call": "mention",
    "city": "zone",
    "day": "weekdays",
    "days": "weekdays",
    "decks": "deck",
    "difficulty": "level",
    "ping": "mention",
    "role": "mention",
    "timezone": "zone",
    "topics": "topic",
    "tz": "zone",
    "weekday": "weekdays",
}
_FILLERS: Final = frozenset(
    {"a", "and", "at", "by", "each", "for", "from", "in", "of", "on", "please", "the"}
)
_ANY: Final = frozenset({"all", "any", "every", "everything"})
_NOBODY: Final = frozenset({"", "no", "nobody", "none", "off"})
_EVERYBODY: Final = frozenset({"all", "channel", "everybody", "everyone", "here"})
"""What calls more than one role does."""

_MENTION: Final = re.compile(r"<(?:@&|!subteam\^)(\w{1,40})(?:\|[^>]*)?>")
_CHANNEL: Final = re.compile("channel|room", re.IGNORECASE)
_CHANNEL_MENTION: Final = re.compile(r"<#(\w{1,40})(?:\|[^>]*)?>")
_BETWEEN_WORDS: Final = re.compile(r"[\W_]+")

_TIMES: Final = {Trouble.NO_SUCH_TIME: InputProblem.NO_SUCH_TIME}
_WEEKDAYS: Final = {
    Trouble.SEVERAL_DAYS: InputProblem.SEVERAL_WEEKDAYS,
    Trouble.NUMBERED_DAYS: InputProblem.NUMBERED_WEEKDAYS,
}
_REVEALS: Final = {
    Trouble.HOURS_OR_TIME: InputProblem.REVEAL_UNCLEAR,
    Trouble.NOT_OPEN: InputProblem.REVEAL_NOT_OPEN,
    Trouble.NO_SUCH_TIME: InputProblem.NO_SUCH_TIME,
}

_READ: Final = frozenset({"time", "zone", "weekdays", "reveal"})
_PROBLEMS: Final = {
    "time": (_TIMES, InputProblem.BAD_TIME),
    "weekdays": (_WEEKDAYS, InputProblem.BAD_WEEKDAYS),
    "reveal": (_REVEALS, InputProblem.BAD_REVEAL),
}


def read_daily(text: str, pieces: Sequence[Piece], library: Library) -> Intent:
    """Return what the line *text* asks for; *pieces* are what stands after ``daily`` in it."""
    pieces, channel = _channel_of(pieces)
    if isinstance(channel, NotUnderstood):
        return channel
    intent = _read_here(text, pieces, library)
    if channel and not isinstance(intent, NotUnderstood):
        return Elsewhere(channel, intent)
    return intent


def _channel_of(pieces: Sequence[Piece]) -> tuple[Sequence[Piece], str | NotUnderstood]:
    """Return *pieces* without what names a channel, and its id or name, "" for none."""
    at = next((at for at, piece in enumerate(pieces) if _CHANNEL.fullmatch(piece.key or piece.said)), None)
    if at is None or (at == 0 and not pieces[0].key):
        return pieces, ""
    named = pieces[at] if pieces[at].key else next(iter(pieces[at + 1 : at + 2]), pieces[at])
    mentioned = _CHANNEL_MENTION.fullmatch(named.value)
    channel = mentioned[1] if mentioned else clean_line(named.value).removeprefix("#")
    rest = [piece for piece in pieces if piece not in (pieces[at], named)]
    if not channel or (named is pieces[at] and not named.key):
        return rest, not_understood(InputProblem.VALUE_MISSING, pieces[at].key or pieces[at].said)
    return rest, channel


def _read_here(text: str, pieces: Sequence[Piece], library: Library) -> ScheduleCommand | NotUnderstood:
    """Return what the line asks for in the channel that it is about."""
    if not pieces:
        return ShowDaily()
    first, rest = pieces[0], pieces[1:]
    said = first.said.casefold()
    match _OTHER_COMMANDS.get(said, said):
        case "set":
            return _Set(DrawLine(text, library)).read(rest)
        case "show":
            return ShowDaily() if not rest else _too_much(rest, f"{ROOT} daily show")
        case "now":
            return _named(PostDaily, rest, f"{ROOT} daily now")
        case "off":
            return _named(StopDaily, rest, f"{ROOT} daily off")
        case _:
            return _unknown(text, pieces, library)


def _unknown(text: str, pieces: Sequence[Piece], library: Library) -> NotUnderstood:
    """Offer the nearest command, or ``set`` when what was typed would fit it."""
    first = pieces[0]
    near = "" if first.key else nearest(first.said, DAILY_COMMANDS)
    fits = isinstance(_Set(DrawLine(text, library)).read(pieces), SetDaily)
    if near or not fits:
        offer = with_instead(text, first, near) if near else ""
        return not_understood(InputProblem.UNKNOWN_DAILY, first.said, offer)
    return not_understood(
        InputProblem.UNKNOWN_DAILY, first.said, with_instead(text, first, f"set {first.said}")
    )


def _too_much(rest: Sequence[Piece], line: str) -> NotUnderstood:
    return not_understood(InputProblem.NO_OPTIONS, rest[0].said, line)


def _named(
    make: Callable[[str], PostDaily | StopDaily], pieces: Sequence[Piece], line: str
) -> PostDaily | StopDaily | NotUnderstood:
    """Return what *make* makes of a name, with or without its key; of none it makes the only one there is."""
    wrong = next((piece for piece in pieces if piece.key and piece.key.casefold() != "name"), None)
    if wrong is not None:
        return not_understood(InputProblem.UNKNOWN_OPTION, wrong.key, line)
    if not pieces:
        return make("")
    said = joined(pieces).value
    name = _schedule_name(said)
    return make(name) if name else not_understood(InputProblem.BAD_SCHEDULE, said or pieces[0].said)


def _schedule_name(said: str) -> str:
    """Return *said* as schedules are called: small, its words joined; "" when it is no name."""
    name = _BETWEEN_WORDS.sub("-", clean_line(said).casefold()).strip("-")
    return name if len(name) <= LONGEST_NAME else ""


@dataclass(slots=True)
class _Set:
    """What was asked of ``/quiz daily set`` so far."""

    draw: DrawLine
    command: SetDaily = field(default_factory=SetDaily)
    drawn: set[str] = field(default_factory=set)

    def read(self, pieces: Sequence[Piece]) -> SetDaily | NotUnderstood:
        """Read *pieces* from left to right, up to the first that cannot be."""
        place = 0
        while place < len(pieces):
            taken, wrong = self._option(pieces[place:]) if pieces[place].key else self._bare(pieces[place:])
            if wrong is not None:
                return wrong
            place += taken
        return self._with_draw()

    def _with_draw(self) -> SetDaily:
        """Return the schedule with what was said of decks, topics and levels; the others stay open."""
        draw, drawn = self.draw, self.drawn
        return replace(
            self.command,
            decks=tuple(draw.decks) if "deck" in drawn else None,
            topics=tuple(draw.topics) if "topic" in drawn else None,
            levels=tuple(draw.levels) if "level" in drawn else None,
        )

    # ---------------------------------------------------------------------------------------- key:value

    def _option(self, pieces: Sequence[Piece]) -> tuple[int, NotUnderstood | None]:
        piece = pieces[0]
        said = piece.key.casefold()
        name = _OTHER_NAMES.get(said, said)
        if name not in DAILY_OPTION_NAMES:
            near = nearest(said, DAILY_OPTION_NAMES)
            offer = self.draw.instead(piece, f"{near}:{piece.value}") if near else ""
            return 1, not_understood(InputProblem.UNKNOWN_OPTION, piece.key, offer)
        if not piece.value:
            return 1, not_understood(InputProblem.VALUE_MISSING, piece.key)
        return self._value(name, pieces)

    def _value(self, name: str, pieces: Sequence[Piece]) -> tuple[int, NotUnderstood | None]:
        """Take the value of the option *name*, as many words as make one, or say what is wrong."""
        if name not in _READ:
            return 1, self._word(name, pieces[0])
        most = min(1 + bare_length(pieces[1:]), _LONGEST_VALUE)
        for length in range(most, 1, -1):
            if self._take(name, joined(pieces[:length]).value):
                return length, None
        value = pieces[0].value
        return 1, None if self._take(name, value) else self._unread(name, pieces[0])

    def _take(self, name: str, said: str) -> bool:
        """Take *said* for the option *name* if it can be read so."""
        changed = _read(self.command, name, said)
        if not isinstance(changed, SetDaily):
            return False
        self.command = changed
        return True

    def _unread(self, name: str, piece: Piece) -> NotUnderstood:
        """Say why a value cannot be read, with the nearest that could."""
        found = _read(self.command, name, piece.value)
        problem = _problem(name, found)
        near = ""
        if isinstance(found, ZoneUnclear) and found.nearest:
            near = f"zone:{found.nearest[0]}"
        elif problem is InputProblem.REVEAL_UNCLEAR:
            near = f"reveal:{piece.value}h"
        return not_understood(problem, piece.value, self._offer(piece, near))

    def _offer(self, piece: Piece, near: str) -> str:
        return self.draw.instead(piece, near) if near else ""

    def _word(self, name: str, piece: Piece) -> NotUnderstood | None:
        match name:
            case "name":
                return self._set_name(piece)
            case "mention":
                return self._set_mention(piece)
            case _:
                return self._set_draw(name, piece)

    def _set_name(self, piece: Piece) -> NotUnderstood | None:
        name = _schedule_name(piece.value)
        if not name:
            return not_understood(InputProblem.BAD_SCHEDULE, piece.value)
        self.command = replace(self.command, name=name)
        return None

    def _set_mention(self, piece: Piece) -> NotUnderstood | None:
        found = _MENTION.fullmatch(piece.value)
        role = found[1] if found else clean_line(piece.value).removeprefix("@")
        if role.casefold() in _EVERYBODY or len(role) > LONGEST_MENTION:
            return not_understood(InputProblem.BAD_MENTION, piece.value)
        self.command = replace(self.command, mention="" if role.casefold() in _NOBODY else role)
        return None

    def _set_draw(self, name: str, piece: Piece) -> NotUnderstood | None:
        """Take a deck, a topic or a level; *all* takes back what the schedule had."""
        self.drawn.add(name)
        if piece.value.casefold() in _ANY and not called(self.draw.names, piece.value):
            return None
        return self.draw.set(name, piece)

    # --------------------------------------------------------------------------------------- bare words

    def _bare(self, pieces: Sequence[Piece]) -> tuple[int, NotUnderstood | None]:
        """Read what stands first in *pieces* without a key; return how many pieces it took."""
        deck = self.draw.phrase(pieces, exact=True)
        if deck:
            return deck, self._set_draw("deck", joined(pieces[:deck]))
        run = self._run(pieces, ("time", "weekdays"))
        if run:
            return run, None
        name = pieces[0].value.casefold()
        key = _OTHER_NAMES.get(name, name)
        if key not in DAILY_OPTION_NAMES or name in _FILLERS:
            return self._word_alone(pieces)
        if bare_length(pieces) == 1:
            return 1, not_understood(InputProblem.VALUE_MISSING, name)
        taken, wrong = self._value(key, pieces[1:])
        return taken + 1, wrong

    def _run(self, pieces: Sequence[Piece], names: Sequence[str]) -> int:
        """Take the longest run of words that makes one of *names*; return how many, 0 for none."""
        for length in range(min(bare_length(pieces), _LONGEST_VALUE), 0, -1):
            said = joined(pieces[:length]).value
            if any(self._take(name, said) for name in names):
                return length
        return 0

    def _word_alone(self, pieces: Sequence[Piece]) -> tuple[int, NotUnderstood | None]:
        said = pieces[0].value.casefold()
        if said in _FILLERS:
            return 1, None
        if said.startswith(("@", "<@", "<!")):
            return 1, self._set_mention(pieces[0])
        if said in set(Difficulty):
            return 1, self._set_draw("level", pieces[0])
        city = self._run(pieces, ("zone",)) if len(said) >= _SHORTEST_CITY else 0
        if city:
            return city, None
        deck = self.draw.phrase(pieces, exact=False)
        if deck:
            return deck, self._set_draw("deck", joined(pieces[:deck]))
        if self.draw.names_topic(said):
            return 1, self._set_draw("topic", pieces[0])
        return 1, self._unknown_word(pieces[0])

    def _unknown_word(self, piece: Piece) -> NotUnderstood:
        """Say what is probably wrong with a word: a time or a weekday that is none, a zone, or anything."""
        at, days, zone = read_time(piece.value), read_weekdays(piece.value), zone_meant(piece.value)
        if isinstance(at, Unclear) and at.reason is Trouble.NO_SUCH_TIME:
            return self._unread("time", piece)
        if isinstance(days, Unclear) and days.reason is Trouble.SEVERAL_DAYS:
            return self._unread("weekdays", piece)
        if isinstance(zone, ZoneUnclear) and is_nearly_clear(zone):
            return self._unread("zone", piece)
        near = nearest(piece.value, tuple(Difficulty)) or self.draw.nearest_deck(piece.value)
        if not near and isinstance(zone, ZoneUnclear) and zone.nearest:
            near = zone.nearest[0]
        return not_understood(InputProblem.UNKNOWN_WORD, piece.said, self._offer(piece, near))


def _read(command: SetDaily, name: str, said: str) -> SetDaily | Unclear | ZoneUnclear:
    """Return *command* with what *said* means for the option *name*, or why it means nothing."""
    match name:
        case "time":
            at = read_time(said)
            return at if isinstance(at, Unclear) else replace(command, at=at)
        case "weekdays":
            days = read_weekdays(said)
            return days if isinstance(days, Unclear) else replace(command, weekdays=days)
        case "reveal":
            reveal = read_reveal(said)
            return reveal if isinstance(reveal, Unclear) else replace(command, reveal=reveal)
        case _:
            zone = zone_meant(said)
            return zone if isinstance(zone, ZoneUnclear) else replace(command, zone=zone)


def _problem(name: str, found: SetDaily | Unclear | ZoneUnclear) -> InputProblem:
    """Return what to tell about a value of the option *name* that could not be read."""
    if isinstance(found, ZoneUnclear):
        return zone_problem(found)
    problems, usual = _PROBLEMS[name]
    return problems.get(found.reason, usual) if isinstance(found, Unclear) else usual
