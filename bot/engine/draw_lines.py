"""Draw lines: what a typed line says of the questions to draw, their decks, topics and levels."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from bot.core.commands import DrawRequest, NotUnderstood
from bot.core.ids import DeckId, Topic
from bot.core.items import Difficulty
from bot.core.packs import Library
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
from bot.engine.typed_lines import Piece, joined, not_understood, quoted, with_instead
from bot.wording.menu import InputProblem

LONGEST_PHRASE: Final = 8
_SHORTEST_HINT: Final = 3
"""How many letters of a deck's name must be typed where nothing says that it is one."""


@dataclass
class DrawLine:
    """What the line *text* has said so far of what to draw from *library*."""

    text: str
    library: Library
    decks: list[DeckId] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    levels: list[Difficulty] = field(default_factory=list)

    @cached_property
    def names(self) -> tuple[Named, ...]:
        """What decks and packs are called."""
        return deck_names(self.library)

    @cached_property
    def topic_names(self) -> tuple[TopicNamed, ...]:
        """What topics are called."""
        return topic_names(self.library)

    def request(self, count: int) -> DrawRequest:
        """Return what was asked for."""
        return DrawRequest(count, tuple(self.decks), tuple(self.topics), tuple(self.levels))

    def set(self, name: str, piece: Piece) -> NotUnderstood | None:
        """Take the value of the option *name*: deck, topic or level."""
        match name:
            case "deck":
                return self.set_decks(piece)
            case "topic":
                return self.set_topic(piece)
            case _:
                return self.set_levels(piece)

    def set_decks(self, piece: Piece) -> NotUnderstood | None:
        """Take a deck, a pack, or several with commas in between."""
        found = meant(self.names, piece.value)
        if len(found) == 1:
            self.decks.extend(deck for deck in found[0].decks if deck not in self.decks)
            return None
        parts = [part.strip() for part in piece.value.split(",") if part.strip()]
        if found or len(parts) < 2:  # noqa: PLR2004 - one name is no list of names
            return self._no_deck(piece.value, found, piece)
        wrong = (self.set_decks(replace(piece, value=part)) for part in parts)
        return next((problem for problem in wrong if problem is not None), None)

    def _no_deck(self, said: str, found: Sequence[Named], piece: Piece) -> NotUnderstood:
        if found:
            offer = self.instead(piece, f"deck:{found[0].insert}")
            return not_understood(InputProblem.SEVERAL_DECKS, said, offer)
        near = self.nearest_deck(said)
        offer = self.instead(piece, f"deck:{near}") if near else ""
        return not_understood(InputProblem.UNKNOWN_DECK, said, offer)

    def nearest_deck(self, said: str) -> str:
        """Return the deck whose name is most like *said*; "" when none is."""
        by_word = {
            word: named.insert for named in self.names for name in named.names for word in name.split()
        }
        by_name = by_word | {name: named.insert for named in self.names for name in named.names}
        return by_name.get(nearest(said, tuple(by_name)), "")

    def set_topic(self, piece: Piece) -> NotUnderstood | None:
        """Take a topic, or a domain of several."""
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
        offer = self.instead(piece, f"topic:{quoted(near)}") if near else ""
        return not_understood(InputProblem.UNKNOWN_TOPIC, piece.value, offer)

    def set_levels(self, piece: Piece) -> NotUnderstood | None:
        """Take levels with commas in between."""
        for part in piece.value.casefold().split(","):
            level = part.strip()
            if level not in set(Difficulty):
                return self.bad_choice(InputProblem.BAD_LEVEL, "level", piece, tuple(Difficulty))
            if level not in self.levels:
                self.levels.append(Difficulty(level))
        return None

    def bad_choice(
        self, problem: InputProblem, name: str, piece: Piece, values: Sequence[str]
    ) -> NotUnderstood:
        """Refuse a value that is none of *values*."""
        near = nearest(piece.value, tuple(str(value) for value in values))
        return not_understood(problem, piece.value, self.instead(piece, f"{name}:{near}") if near else "")

    def phrase(self, pieces: Sequence[Piece], *, exact: bool) -> int:
        """Return how many pieces, the most first, make the name of a deck."""
        for length in range(min(bare_length(pieces), LONGEST_PHRASE), 0, -1):
            said = joined(pieces[:length]).value
            if called(self.names, said) if exact else self._hints(said):
                return length
        return 0

    def _hints(self, said: str) -> bool:
        return len(said) >= _SHORTEST_HINT and bool(meant(self.names, said))

    def names_topic(self, said: str) -> bool:
        """Tell whether *said* is the id of a topic."""
        return any(named.topic.casefold() == said for named in self.topic_names)

    def instead(self, piece: Piece, better: str) -> str:
        """Return the whole line with *better* in the place of *piece*."""
        return with_instead(self.text, piece, better)


def bare_length(pieces: Sequence[Piece]) -> int:
    """Return how many pieces stand before the first that has a key."""
    return next((place for place, piece in enumerate(pieces) if piece.key), len(pieces))
