"""Completions: what could be typed next, while somebody is typing a command."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from bot.core.ids import DeckId
from bot.core.items import Library
from bot.engine.deck_names import TopicNamed, called, deck_names, topic_names, words_of
from bot.wording.catalogues import Catalogue, catalogue_for
from bot.wording.menu import ROOT, Accepts, MenuCommand, MenuOption, menu_in

T = TypeVar("T")

MOST_SUGGESTIONS: Final = 12
LONGEST_LINE: Final = 1000
"""Nobody waits for a suggestion at the end of a longer line."""

_USUAL: Final = {
    "count": (5, 10, 20, 50),
    "seconds": (15, 30, 60, 120),
    "lobby": (15, 30, 60),
    "pause": (5, 10, 20),
    "teams": (2, 3, 4),
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the whole line becomes (*insert*), what to show for it, and a word on it."""

    insert: str
    label: str
    hint: str


def complete(text: str, library: Library, *, locale: str = "en") -> tuple[Suggestion, ...]:
    """Return at most twelve suggestions for *text* as typed so far, the best first; never raises."""
    if not text.startswith("/") or len(text) > LONGEST_LINE:
        return ()
    catalogue = catalogue_for(locale)
    found = _suggestions(text, library, catalogue)
    return tuple(dict.fromkeys(found))[:MOST_SUGGESTIONS]


def _suggestions(text: str, library: Library, catalogue: Catalogue) -> Iterable[Suggestion]:
    commands = menu_in(catalogue)
    root, space, rest = text.partition(" ")
    if root.casefold() != ROOT:
        said = "" if ROOT.startswith(root.casefold()) else root[1:]
        return () if space else _commands(commands, said)
    name, space, _ = rest.lstrip().partition(" ")
    if not space:
        return _first_word(commands, name)
    if name.casefold() != "play":
        return ()
    return _Playing(text, library, catalogue, commands[0]).suggestions()


def _first_word(commands: Sequence[MenuCommand], said: str) -> Iterable[Suggestion]:
    yield from _commands(commands, said)
    if said.casefold() == "play":
        yield from (_option(f"{ROOT} play ", option) for option in commands[0].options)


def _commands(commands: Sequence[MenuCommand], said: str) -> Iterator[Suggestion]:
    begun = said.casefold()
    for command in commands:
        if command.name.startswith(begun):
            yield Suggestion(f"{ROOT} {command.name}", f"{ROOT} {command.name}", command.description)


def _option(head: str, option: MenuOption) -> Suggestion:
    return Suggestion(f"{head}{option.name}:", f"{option.name}:", option.description)


class _Playing:
    """A line that begins with ``/quiz play`` and is being typed on."""

    def __init__(self, text: str, library: Library, catalogue: Catalogue, play: MenuCommand) -> None:
        at = _last_piece(text)
        self._head, self._piece = text[:at], text[at:]
        self._library = library
        self._catalogue = catalogue
        self._play = play

    def suggestions(self) -> Iterable[Suggestion]:
        """Return what the last piece of the line could become."""
        key, colon, value = self._piece.partition(":")
        option = self._play.option(key.casefold()) if colon else None
        if option is not None:
            return self._values(option, value)
        return () if colon else self._bare(self._piece.casefold())

    def _bare(self, said: str) -> Iterator[Suggestion]:
        used = self._head.casefold()
        for option in self._play.options:
            if option.name.startswith(said) and f" {option.name}:" not in used:
                yield _option(self._head, option)
        if said:
            yield from self._decks(said)
            for option in self._play.options:
                if option.name in {"mode", "level"}:
                    yield from self._choices(option, said)

    def _values(self, option: MenuOption, said: str) -> Iterable[Suggestion]:
        match option.accepts:
            case Accepts.DECK:
                return self._decks(said)
            case Accepts.TOPIC:
                return self._topics(said)
            case _:
                return (*self._numbers(option, said), *self._choices(option, said))

    def _decks(self, said: str) -> Iterator[Suggestion]:
        wanted = words_of(said)
        for named in _ranked(deck_names(self._library), lambda named: named.names, wanted):
            hint = self._catalogue.deck_hint(named.title, named.questions)
            yield self._value("deck", named.insert, hint)

    def _topics(self, said: str) -> Iterator[Suggestion]:
        found = _ranked(topic_names(self._library, self._chosen_decks()), _topic_words, words_of(said))
        for named in found:
            yield self._value("topic", named.topic, self._catalogue.topic_hint(named.title, named.questions))

    def _chosen_decks(self) -> tuple[DeckId, ...]:
        names = deck_names(self._library)
        said = [piece[5:] for piece in self._head.split() if piece.casefold().startswith("deck:")]
        return tuple(deck for value in said for named in called(names, value) for deck in named.decks)

    def _numbers(self, option: MenuOption, said: str) -> Iterator[Suggestion]:
        for number in _USUAL.get(option.name, ()):
            if str(number).startswith(said):
                yield self._value(option.name, str(number), option.description)

    def _choices(self, option: MenuOption, said: str) -> Iterator[Suggestion]:
        for value in option.values:
            if value.value.startswith(said.casefold()):
                yield self._value(option.name, value.value, value.description)

    def _value(self, key: str, value: str, hint: str) -> Suggestion:
        typed = f'{key}:"{value}"' if " " in value else f"{key}:{value}"
        return Suggestion(f"{self._head}{typed}", typed, hint)


def _topic_words(named: TopicNamed) -> tuple[str, ...]:
    return words_of(named.topic), words_of(named.title)


def _last_piece(text: str) -> int:
    """Return where the last piece of *text* begins: after the last space that is not between quotes."""
    start, quoted = 0, False
    for place, character in enumerate(text):
        if character == '"':
            quoted = not quoted
        elif character.isspace() and not quoted:
            start = place + 1
    return start


def _ranked(things: Iterable[T], names: Callable[[T], Sequence[str]], wanted: str) -> list[T]:
    """Return what *wanted* begins, then what has a word that it begins."""
    begun, inside = [], []
    for thing in things:
        said = names(thing)
        if any(name.startswith(wanted) for name in said):
            begun.append(thing)
        elif any(f" {wanted}" in name for name in said):
            inside.append(thing)
    return [*begun, *inside]
