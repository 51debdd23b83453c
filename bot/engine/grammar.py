"""Grammar: what is typed after ``/quiz``, read as an intent.

Options are ``key:value`` or ``key=value``, values may be quoted. Bare words are taken kindly: a number is
the count, a mode's or a level's name is that, anything else should name a deck. Every text gives an intent;
what cannot be read gives :class:`NotUnderstood`, with what was probably meant where something is near.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bot.core.commands import (
    Begin,
    Change,
    DrawRequest,
    Intent,
    Join,
    Leave,
    Mode,
    Next,
    NotUnderstood,
    Pause,
    Resume,
    Settings,
    ShowHelp,
    Skip,
    StartRound,
    Stop,
)
from bot.core.items import Difficulty
from bot.core.packs import Library
from bot.engine.completions import Suggestion, complete
from bot.engine.daily_lines import read_daily
from bot.engine.deck_lines import read_decks
from bot.engine.deck_names import nearest, words_of
from bot.engine.draw_lines import DrawLine
from bot.engine.flag_lines import read_flag
from bot.engine.link_lines import read_link
from bot.engine.me_lines import read_me
from bot.engine.settings_lines import read_settings
from bot.engine.top_lines import read_top
from bot.engine.typed_lines import Piece, joined, not_understood, pieces_of
from bot.wording.menu import COMMANDS, LIMITS, OPTION_NAMES, ROOT, InputProblem

__all__ = ["Suggestion", "complete", "parse"]

LONGEST_LINE: Final = 1000
MOST_PIECES: Final = 60

_NUMBER: Final = re.compile(r"(\d{1,9})", re.ASCII)
_SECONDS: Final = re.compile(r"(\d{1,9})\s*(?:s|secs?|seconds?)", re.IGNORECASE | re.ASCII)
_TIMES: Final = frozenset({"seconds", "lobby", "pause"})

_PLAIN: Final[dict[str, Intent]] = {
    "stop": Stop(),
    "skip": Skip(),
    "pause": Pause(),
    "resume": Resume(),
    "next": Next(),
    "begin": Begin(),
    "join": Join(),
    "leave": Leave(),
    "help": ShowHelp(),
}
_OTHER_NAMES: Final = {
    "decks": "deck",
    "questions": "count",
    "number": "count",
    "time": "seconds",
    "topics": "topic",
    "difficulty": "level",
}
_UNITS: Final = {
    "question": "count",
    "questions": "count",
    "s": "seconds",
    "sec": "seconds",
    "secs": "seconds",
    "second": "seconds",
    "seconds": "seconds",
    "teams": "teams",
}
_FILLERS: Final = frozenset(
    {"a", "about", "and", "at", "each", "for", "from", "in", "mode", "of", "on", "please", "the", "with"}
)
_SWITCHES: Final = {"on": True, "yes": True, "true": True, "off": False, "no": False, "false": False}


def parse(text: str, library: Library) -> Intent:
    """Return what *text* asks for, with or without ``/quiz`` in front; never raises."""
    flag = read_flag(text)
    if flag is not None:
        return flag
    pieces = pieces_of(text) if len(text) <= LONGEST_LINE else []
    if len(text) > LONGEST_LINE or len(pieces) > MOST_PIECES:
        return not_understood(InputProblem.TOO_LONG, text)
    if not pieces:
        return ShowHelp()
    command, rest = pieces[0].said.casefold(), pieces[1:]
    if command not in _PLAIN:
        return _with_options(command, text, pieces, library)
    if rest:
        return not_understood(InputProblem.NO_OPTIONS, rest[0].said, f"{ROOT} {command}")
    return _PLAIN[command]


def _with_options(command: str, text: str, pieces: Sequence[Piece], library: Library) -> Intent:
    """Return what a command with options asks for; the first of *pieces* is its name."""
    rest = pieces[1:]
    match command:
        case "play":
            return _Play(DrawLine(text, library)).read(rest)
        case "daily":
            return read_daily(text, rest, library)
        case "top":
            return read_top(text, rest, library)
        case "me":
            return read_me(text, rest)
        case "settings":
            return read_settings(text, rest)
        case "link":
            return read_link(text, rest)
        case "decks":
            return read_decks(text, rest, library)
        case _:
            return _unknown_command(text, pieces, library)


def _unknown_command(text: str, pieces: Sequence[Piece], library: Library) -> NotUnderstood:
    """Offer the nearest command, or ``play`` when what was typed would fit it."""
    said = pieces[0].said
    near = nearest(said, COMMANDS)
    if near:
        return not_understood(InputProblem.UNKNOWN_COMMAND, said, f"{ROOT} {near}")
    fits = isinstance(_Play(DrawLine(text, library)).read(pieces), StartRound)
    rest = text[pieces[0].start :].strip()
    return not_understood(InputProblem.UNKNOWN_COMMAND, said, f"{ROOT} play {rest}" if fits else "")


@dataclass(slots=True)
class _Play:
    """What was asked of ``/quiz play`` so far."""

    draw: DrawLine
    count: int = DrawRequest().count
    settings: Settings = field(default_factory=Settings)
    mode_said: bool = False

    def read(self, pieces: Sequence[Piece]) -> StartRound | NotUnderstood:
        """Read *pieces* from left to right, up to the first that cannot be."""
        place = 0
        while place < len(pieces):
            piece = pieces[place]
            taken = 1
            wrong = self._option(piece) if piece.key else None
            if not piece.key:
                taken, wrong = self._bare(pieces[place:])
            if wrong is not None:
                return wrong
            place += taken
        return StartRound(self.draw.request(self.count), self.settings)

    # ---------------------------------------------------------------------------------------- key:value

    def _option(self, piece: Piece) -> NotUnderstood | None:
        said = piece.key.casefold()
        name = _OTHER_NAMES.get(said, said)
        if name not in OPTION_NAMES:
            near = nearest(said, OPTION_NAMES)
            offer = self.draw.instead(piece, f"{near}:{piece.value}") if near else ""
            return not_understood(InputProblem.UNKNOWN_OPTION, piece.key, offer)
        if not piece.value:
            return not_understood(InputProblem.VALUE_MISSING, piece.key)
        return self._set(name, piece)

    def _set(self, name: str, piece: Piece) -> NotUnderstood | None:
        match name:
            case "deck" | "topic" | "level":
                return self.draw.set(name, piece)
            case "mode" | "change" | "speed" | "partial":
                return self._set_choice(name, piece)
            case _:
                return self._set_number(name, piece)

    def _set_choice(self, name: str, piece: Piece) -> NotUnderstood | None:
        said = words_of(piece.value).replace(" ", "_")
        if name == "mode" and said in set(Mode):
            self.mode_said = True
            self.settings = replace(self.settings, mode=Mode(said))
        elif name == "change" and said in set(Change):
            self.settings = replace(self.settings, change=Change(said))
        elif name == "speed" and said in _SWITCHES:
            self.settings = replace(self.settings, speed_bonus=_SWITCHES[said])
        elif name == "partial" and said in _SWITCHES:
            self.settings = replace(self.settings, partial_credit=_SWITCHES[said])
        else:
            return self._no_choice(name, piece)
        return None

    def _no_choice(self, name: str, piece: Piece) -> NotUnderstood:
        choices = {
            "mode": (InputProblem.BAD_MODE, tuple(Mode)),
            "change": (InputProblem.BAD_CHANGE, tuple(Change)),
        }
        problem, values = choices.get(name, (InputProblem.BAD_SWITCH, ("on", "off")))
        return self.draw.bad_choice(problem, name, piece, values)

    def _set_number(self, name: str, piece: Piece) -> NotUnderstood | None:
        if name in {"lobby", "pause"} and piece.value.casefold() == "wait":
            self._wait(name, None)
            return None
        found = _NUMBER.fullmatch(piece.value)
        if found is None and name in _TIMES:
            found = _SECONDS.fullmatch(piece.value)
        least, most = LIMITS[name]
        if found is None or not least <= int(found[1]) <= most:
            return not_understood(InputProblem(f"bad_{name}"), piece.value)
        self._number(name, int(found[1]))
        return None

    def _number(self, name: str, number: int) -> None:
        match name:
            case "lobby" | "pause":
                self._wait(name, number)
            case "seconds":
                self.settings = replace(self.settings, seconds=number)
            case "teams":
                mode = self.settings.mode if self.mode_said else Mode.TEAMS
                self.settings = replace(self.settings, teams=number, mode=mode)
            case _:
                self.count = number

    def _wait(self, name: str, seconds: int | None) -> None:
        if name == "lobby":
            self.settings = replace(self.settings, lobby_seconds=seconds)
        else:
            self.settings = replace(self.settings, pause_seconds=seconds)

    # --------------------------------------------------------------------------------------- bare words

    def _bare(self, pieces: Sequence[Piece]) -> tuple[int, NotUnderstood | None]:
        """Read what stands first in *pieces* without a key; return how many pieces it took."""
        phrase = self.draw.phrase(pieces, exact=True)
        if phrase > 1:
            return phrase, self.draw.set_decks(joined(pieces[:phrase]))
        taken, wrong = self._keyword(pieces)
        if taken:
            return taken, wrong
        phrase = phrase or self.draw.phrase(pieces, exact=False)
        said = pieces[0].value.casefold()
        if said in _FILLERS and phrase < 2:  # noqa: PLR2004 - a filler and a deck's word
            return 1, None
        if phrase:
            return phrase, self.draw.set_decks(joined(pieces[:phrase]))
        if self.draw.names_topic(said):
            return 1, self.draw.set_topic(pieces[0])
        return 1, self._unknown_word(pieces[0])

    def _keyword(self, pieces: Sequence[Piece]) -> tuple[int, NotUnderstood | None]:
        piece = pieces[0]
        said = piece.value.casefold()
        if said.isascii() and said.isdigit():
            unit = _UNITS.get(pieces[1].value.casefold(), "") if len(pieces) > 1 else ""
            return (2 if unit else 1), self._set_number(unit or "count", piece)
        if _SECONDS.fullmatch(said):
            return 1, self._set_number("seconds", piece)
        if said in set(Mode):
            return 1, self._set_choice("mode", piece)
        if said in set(Difficulty):
            return 1, self.draw.set_levels(piece)
        return 0, None

    def _unknown_word(self, piece: Piece) -> NotUnderstood:
        near = nearest(piece.value, (*Mode, *Difficulty)) or self.draw.nearest_deck(piece.value)
        return not_understood(
            InputProblem.UNKNOWN_WORD, piece.said, self.draw.instead(piece, near) if near else ""
        )
