"""Top lines: what is typed after ``/quiz top``, read as the leaderboard to show.

A time, a scope, an order, a page and a topic are read without their keys too. There is one leaderboard of a
topic: the group's, of all time. A season's name may be several words; it ends before a word that says
something else of a leaderboard.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bot.core.commands import NotUnderstood, RankedBy, Scope, ShowTop, Since
from bot.core.ids import Topic
from bot.core.packs import Library
from bot.engine.deck_names import nearest, topics_meant, words_of
from bot.engine.draw_lines import DrawLine, bare_length
from bot.engine.settings_lines import season_name
from bot.engine.typed_lines import Piece, as_typed, joined, not_understood, quoted
from bot.wording.menu import LIMITS, TOP_OPTION_NAMES, InputProblem

_LONGEST_TOPIC: Final = 8
"""So many words of a line are looked at as the name of a topic."""

_NUMBER: Final = re.compile(r"\d{1,9}", re.ASCII)

_OTHER_NAMES: Final = {
    "order": "by",
    "period": "since",
    "rank": "by",
    "seasons": "season",
    "sort": "by",
    "time": "since",
    "topics": "topic",
    "when": "since",
    "where": "scope",
}
Value = Since | Scope | RankedBy

_SINCE: Final = {
    "alltime": Since.ALL,
    "always": Since.ALL,
    "daily": Since.DAY,
    "days": Since.DAY,
    "ever": Since.ALL,
    "monthly": Since.MONTH,
    "overall": Since.ALL,
    "today": Since.DAY,
    "total": Since.ALL,
    "weekly": Since.WEEK,
    "all time": Since.ALL,
    "this season": Since.SEASON,
    "this week": Since.WEEK,
    "this month": Since.MONTH,
    **{since.value: since for since in Since},
}
_SCOPES: Final = {
    "everybody": Scope.EVERYWHERE,
    "everyone": Scope.EVERYWHERE,
    "global": Scope.EVERYWHERE,
    "here": Scope.CHANNEL,
    "server": Scope.GROUP,
    "us": Scope.GROUP,
    "workspace": Scope.GROUP,
    "world": Scope.EVERYWHERE,
    **{scope.value: scope for scope in Scope},
}
_ORDERS: Final = {
    "accurate": RankedBy.ACCURACY,
    "improved": RankedBy.IMPROVEMENT,
    "improvements": RankedBy.IMPROVEMENT,
    "improving": RankedBy.IMPROVEMENT,
    "most improved": RankedBy.IMPROVEMENT,
    "point": RankedBy.POINTS,
    "score": RankedBy.POINTS,
    **{by.value: by for by in RankedBy},
}
_VALUES: Final[Mapping[str, tuple[Mapping[str, Value], InputProblem]]] = {
    "since": (_SINCE, InputProblem.BAD_SINCE),
    "scope": (_SCOPES, InputProblem.BAD_SCOPE),
    "by": (_ORDERS, InputProblem.BAD_BY),
}
_WORDS: Final[Mapping[str, Value]] = {**_SINCE, **_SCOPES, **_ORDERS}
_FILLERS: Final = frozenset(
    {"a", "and", "at", "by", "for", "from", "in", "of", "on", "please", "since", "the", "this", "time"}
) | {"most"}
_NO_NAME: Final = frozenset({*Scope, *RankedBy, "by", "here", "improved", "in", "page", "please", "topic"})
"""What is no word of a season's name, unless it stands between quotation marks."""


def read_top(text: str, pieces: Sequence[Piece], library: Library) -> ShowTop | NotUnderstood:
    """Return what the line *text* asks for; *pieces* are what stands after ``top`` in it."""
    return _Top(DrawLine(text, library)).read(pieces)


@dataclass(slots=True)
class _Top:
    """What was asked of ``/quiz top`` so far."""

    draw: DrawLine
    command: ShowTop = field(default_factory=ShowTop)

    def read(self, pieces: Sequence[Piece]) -> ShowTop | NotUnderstood:
        """Read *pieces* from left to right, up to the first that cannot be."""
        place = 0
        while place < len(pieces):
            taken, wrong = self._option(pieces[place:]) if pieces[place].key else self._bare(pieces[place:])
            if wrong is not None:
                return wrong
            place += taken
        if self.command.topic:
            return replace(self.command, scope=Scope.GROUP, since=Since.ALL, season="")
        return self.command

    # ---------------------------------------------------------------------------------------- key:value

    def _option(self, pieces: Sequence[Piece]) -> tuple[int, NotUnderstood | None]:
        """Read the option that stands first in *pieces*; return how many pieces it took."""
        piece = pieces[0]
        said = piece.key.casefold()
        name = _OTHER_NAMES.get(said, said)
        if name not in TOP_OPTION_NAMES:
            near = nearest(said, TOP_OPTION_NAMES)
            offer = self.draw.instead(piece, f"{near}:{quoted(piece.value)}") if near else ""
            return 1, not_understood(InputProblem.UNKNOWN_OPTION, piece.key, offer)
        if not piece.value:
            return 1, not_understood(InputProblem.VALUE_MISSING, piece.key)
        return self._set_season(pieces) if name == "season" else (1, self._set(name, piece))

    def _set(self, name: str, piece: Piece) -> NotUnderstood | None:
        match name:
            case "topic":
                return self._set_topic(piece)
            case "page":
                return self._set_page(piece)
            case _:
                return self._set_choice(name, piece)

    def _set_choice(self, name: str, piece: Piece) -> NotUnderstood | None:
        values, problem = _VALUES[name]
        value = values.get(words_of(piece.value))
        if value is None:
            near = nearest(piece.value, tuple(values))
            offer = self.draw.instead(piece, f"{name}:{values[near].value}") if near else ""
            return not_understood(problem, piece.value, offer)
        self._take(value)
        return None

    def _take(self, value: Value) -> None:
        if isinstance(value, Since):
            season = self.command.season if value is Since.SEASON else ""
            self.command = replace(self.command, since=value, season=season)
        elif isinstance(value, Scope):
            self.command = replace(self.command, scope=value)
        else:
            self.command = replace(self.command, by=value)

    def _set_page(self, piece: Piece) -> NotUnderstood | None:
        least, most = LIMITS["page"]
        if not _NUMBER.fullmatch(piece.value) or not least <= int(piece.value) <= most:
            return not_understood(InputProblem.BAD_PAGE, piece.value)
        self.command = replace(self.command, page=int(piece.value))
        return None

    def _set_topic(self, piece: Piece) -> NotUnderstood | None:
        """Take one topic: a leaderboard is about no more than one."""
        found = topics_meant(self.draw.topic_names, piece.value)
        if len(found) > 1:
            offer = self.draw.instead(piece, f"topic:{quoted(found[0])}")
            return not_understood(InputProblem.SEVERAL_TOPICS, piece.value, offer)
        if not found:
            return self.draw.set_topic(piece)
        self.command = replace(self.command, topic=found[0])
        return None

    # --------------------------------------------------------------------------------------- bare words

    def _bare(self, pieces: Sequence[Piece]) -> tuple[int, NotUnderstood | None]:
        """Read what stands first in *pieces* without a key; return how many pieces it took."""
        piece = pieces[0]
        said = words_of(piece.value)
        if _NUMBER.fullmatch(piece.value):
            return 1, self._set_page(piece)
        name = _OTHER_NAMES.get(said, said)
        if name == "season":
            return self._season(pieces)
        if said in _WORDS:
            self._take(_WORDS[said])
            return 1, None
        if name in {"topic", "page"}:
            return self._named(name, pieces)
        taken = self._topic(pieces)
        if taken or said in _FILLERS:
            return taken or 1, None
        return 1, self._unknown_word(piece)

    def _named(self, name: str, pieces: Sequence[Piece]) -> tuple[int, NotUnderstood | None]:
        """Read the value of the option *name*, which stands first in *pieces* as a word of its own."""
        most = bare_length(pieces)
        if most == 1:
            return 1, not_understood(InputProblem.VALUE_MISSING, pieces[0].value)
        taken = self._topic(pieces[1:]) if name == "topic" else 0
        return (taken + 1, None) if taken else (2, self._set(name, pieces[1]))

    def _season(self, pieces: Sequence[Piece]) -> tuple[int, NotUnderstood | None]:
        """Read the season that stands first in *pieces*, by the name after that word where there is one."""
        self._take(Since.SEASON)
        if bare_length(pieces) == 1 or _ends_season(pieces[1]):
            return 1, None
        taken, wrong = self._set_season(pieces[1:])
        return taken + 1, wrong

    def _set_season(self, pieces: Sequence[Piece]) -> tuple[int, NotUnderstood | None]:
        """Take the season whose name stands first in *pieces*, with or without its key."""
        after = pieces[1 : 1 + bare_length(pieces[1:])]
        length = 1 + next((place for place, piece in enumerate(after) if _ends_season(piece)), len(after))
        named = pieces[:length]
        said = pieces[0].value if length == 1 else as_typed(self.draw.text, named)
        name = season_name(said)
        if not name:
            return length, not_understood(InputProblem.BAD_SEASON, said)
        self.command = replace(self.command, since=Since.SEASON, season=name)
        return length, None

    def _topic(self, pieces: Sequence[Piece]) -> int:
        """Take the longest run of words that is what a topic is called; return how many, 0 for none."""
        for length in range(min(bare_length(pieces), _LONGEST_TOPIC), 0, -1):
            topic = self._called(joined(pieces[:length]).value)
            if topic:
                self.command = replace(self.command, topic=topic)
                return length
        return 0

    def _called(self, said: str) -> Topic:
        """Return the topic whose id or title is *said*; "" for none."""
        small, words = said.casefold(), words_of(said)
        named = (
            named.topic
            for named in self.draw.topic_names
            if named.topic.casefold() == small or (words and words_of(named.title) == words)
        )
        return next(named, Topic(""))

    def _unknown_word(self, piece: Piece) -> NotUnderstood:
        topics = {
            name: quoted(named.topic)
            for named in self.draw.topic_names
            for name in (named.topic, words_of(named.title))
            if name
        }
        words = {word: value.value for word, value in _WORDS.items()}
        offers = {**topics, **words}
        near = nearest(piece.value, tuple(offers))
        offer = self.draw.instead(piece, offers[near]) if near else ""
        return not_understood(InputProblem.UNKNOWN_TOP, piece.said, offer)


def _ends_season(piece: Piece) -> bool:
    """Tell whether a season's name ends before *piece*, for it says something else of a leaderboard."""
    return piece.said == piece.value and words_of(piece.value) in _NO_NAME
