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
    ListDecks,
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
from bot.core.ids import DeckId, Topic
from bot.core.items import Difficulty, Library
from bot.engine.completions import Suggestion, complete
from bot.engine.deck_names import (
    Named,
    TopicNamed,
    called,
    deck_names,
    meant,
    nearest,
    topic_names,
    topics_meant,
    words_of,
)
from bot.engine.typed_lines import Piece, joined, pieces_of, with_instead
from bot.wording.cleaning import shorten
from bot.wording.menu import COMMANDS, LIMITS, OPTION_NAMES, ROOT, InputProblem

__all__ = ["Suggestion", "complete", "parse"]

LONGEST_LINE: Final = 1000
MOST_PIECES: Final = 60
LONGEST_SAID: Final = 100
_LONGEST_PHRASE: Final = 8
_SHORTEST_HINT: Final = 3
"""How many letters of a deck's name must be typed where nothing says that it is one."""

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
    "decks": ListDecks(),
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
    pieces = pieces_of(text) if len(text) <= LONGEST_LINE else []
    if len(text) > LONGEST_LINE or len(pieces) > MOST_PIECES:
        return _problem(InputProblem.TOO_LONG, text)
    if not pieces:
        return ShowHelp()
    first, rest = pieces[0], pieces[1:]
    command = first.said.casefold()
    if command == "play":
        return _Play(text, library).read(rest)
    if command not in _PLAIN:
        return _unknown_command(text, pieces, library)
    if rest:
        return _problem(InputProblem.NO_OPTIONS, rest[0].said, f"{ROOT} {command}")
    return _PLAIN[command]


def _unknown_command(text: str, pieces: Sequence[Piece], library: Library) -> NotUnderstood:
    """Offer the nearest command, or ``play`` when what was typed would fit it."""
    said = pieces[0].said
    near = nearest(said, COMMANDS)
    if near:
        return _problem(InputProblem.UNKNOWN_COMMAND, said, f"{ROOT} {near}")
    fits = isinstance(_Play(text, library).read(pieces), StartRound)
    rest = text[pieces[0].start :].strip()
    return _problem(InputProblem.UNKNOWN_COMMAND, said, f"{ROOT} play {rest}" if fits else "")


def _problem(problem: InputProblem, said: str, near: str = "") -> NotUnderstood:
    return NotUnderstood(
        problem.value, shorten(said, LONGEST_SAID), near if len(near) <= LONGEST_SAID else ""
    )


@dataclass(slots=True)
class _Play:
    """What was asked of ``/quiz play`` so far."""

    text: str
    library: Library
    decks: list[DeckId] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    levels: list[Difficulty] = field(default_factory=list)
    count: int = DrawRequest().count
    settings: Settings = field(default_factory=Settings)
    mode_said: bool = False
    names: tuple[Named, ...] = ()
    topic_names: tuple[TopicNamed, ...] = ()

    def read(self, pieces: Sequence[Piece]) -> StartRound | NotUnderstood:
        """Read *pieces* from left to right, up to the first that cannot be."""
        self.names = deck_names(self.library)
        self.topic_names = topic_names(self.library)
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
        request = DrawRequest(self.count, tuple(self.decks), tuple(self.topics), tuple(self.levels))
        return StartRound(request, self.settings)

    # ---------------------------------------------------------------------------------------- key:value

    def _option(self, piece: Piece) -> NotUnderstood | None:
        said = piece.key.casefold()
        name = _OTHER_NAMES.get(said, said)
        if name not in OPTION_NAMES:
            near = nearest(said, OPTION_NAMES)
            offer = self._instead(piece, f"{near}:{piece.value}") if near else ""
            return _problem(InputProblem.UNKNOWN_OPTION, piece.key, offer)
        if not piece.value:
            return _problem(InputProblem.VALUE_MISSING, piece.key)
        return self._set(name, piece)

    def _set(self, name: str, piece: Piece) -> NotUnderstood | None:
        match name:
            case "deck":
                return self._set_decks(piece)
            case "topic":
                return self._set_topic(piece)
            case "level":
                return self._set_levels(piece)
            case "mode" | "change" | "speed" | "partial":
                return self._set_choice(name, piece)
            case _:
                return self._set_number(name, piece)

    def _set_decks(self, piece: Piece) -> NotUnderstood | None:
        found = meant(self.names, piece.value)
        if len(found) == 1:
            self.decks.extend(deck for deck in found[0].decks if deck not in self.decks)
            return None
        parts = [part.strip() for part in piece.value.split(",") if part.strip()]
        if found or len(parts) < 2:  # noqa: PLR2004 - one name is no list of names
            return self._no_deck(piece.value, found, piece)
        wrong = (self._set_decks(replace(piece, value=part)) for part in parts)
        return next((problem for problem in wrong if problem is not None), None)

    def _no_deck(self, said: str, found: Sequence[Named], piece: Piece) -> NotUnderstood:
        if found:
            return _problem(InputProblem.SEVERAL_DECKS, said, self._instead(piece, f"deck:{found[0].insert}"))
        near = self._nearest_deck(said)
        return _problem(InputProblem.UNKNOWN_DECK, said, self._instead(piece, f"deck:{near}") if near else "")

    def _nearest_deck(self, said: str) -> str:
        by_word = {
            word: named.insert for named in self.names for name in named.names for word in name.split()
        }
        by_name = by_word | {name: named.insert for named in self.names for name in named.names}
        return by_name.get(nearest(said, tuple(by_name)), "")

    def _set_topic(self, piece: Piece) -> NotUnderstood | None:
        found = topics_meant(self.topic_names, piece.value)
        self.topics.extend(topic for topic in found if topic not in self.topics)
        if found:
            return None
        by_name = {
            name: named.topic
            for named in self.topic_names
            for name in (named.topic, words_of(named.title))
            if name
        }
        near = by_name.get(nearest(piece.value, tuple(by_name)))
        offer = self._instead(piece, f"topic:{_quoted(near)}") if near else ""
        return _problem(InputProblem.UNKNOWN_TOPIC, piece.value, offer)

    def _set_levels(self, piece: Piece) -> NotUnderstood | None:
        for part in piece.value.casefold().split(","):
            level = part.strip()
            if level not in set(Difficulty):
                return self._bad_choice(InputProblem.BAD_LEVEL, "level", piece, tuple(Difficulty))
            if level not in self.levels:
                self.levels.append(Difficulty(level))
        return None

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
        return self._bad_choice(problem, name, piece, values)

    def _bad_choice(
        self, problem: InputProblem, name: str, piece: Piece, values: Sequence[str]
    ) -> NotUnderstood:
        near = nearest(piece.value, tuple(str(value) for value in values))
        return _problem(problem, piece.value, self._instead(piece, f"{name}:{near}") if near else "")

    def _set_number(self, name: str, piece: Piece) -> NotUnderstood | None:
        if name in {"lobby", "pause"} and piece.value.casefold() == "wait":
            self._wait(name, None)
            return None
        found = _NUMBER.fullmatch(piece.value)
        if found is None and name in _TIMES:
            found = _SECONDS.fullmatch(piece.value)
        least, most = LIMITS[name]
        if found is None or not least <= int(found[1]) <= most:
            return _problem(InputProblem(f"bad_{name}"), piece.value)
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
        phrase = self._phrase(pieces, exact=True)
        if phrase > 1:
            return phrase, self._set_decks(joined(pieces[:phrase]))
        taken, wrong = self._keyword(pieces)
        if taken:
            return taken, wrong
        phrase = phrase or self._phrase(pieces, exact=False)
        said = pieces[0].value.casefold()
        if said in _FILLERS and phrase < 2:  # noqa: PLR2004 - a filler and a deck's word
            return 1, None
        if phrase:
            return phrase, self._set_decks(joined(pieces[:phrase]))
        if any(named.topic.casefold() == said for named in self.topic_names):
            return 1, self._set_topic(pieces[0])
        return 1, self._unknown_word(pieces[0])

    def _phrase(self, pieces: Sequence[Piece], *, exact: bool) -> int:
        """Return how many pieces, the most first, make the name of a deck."""
        bare = next((place for place, piece in enumerate(pieces) if piece.key), len(pieces))
        for length in range(min(bare, _LONGEST_PHRASE), 0, -1):
            said = joined(pieces[:length]).value
            if called(self.names, said) if exact else self._hints(said):
                return length
        return 0

    def _hints(self, said: str) -> bool:
        return len(said) >= _SHORTEST_HINT and bool(meant(self.names, said))

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
            return 1, self._set_levels(piece)
        return 0, None

    def _unknown_word(self, piece: Piece) -> NotUnderstood:
        near = nearest(piece.value, (*Mode, *Difficulty)) or self._nearest_deck(piece.value)
        return _problem(InputProblem.UNKNOWN_WORD, piece.said, self._instead(piece, near) if near else "")

    def _instead(self, piece: Piece, better: str) -> str:
        return with_instead(self.text, piece, better)


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value
