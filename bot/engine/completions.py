"""Completions: what could be typed next, while somebody is typing a command."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from bot.core.ids import DeckId
from bot.core.packs import Library
from bot.core.zones import SUGGESTIONS, complete_zone
from bot.engine.deck_lines import own_deck_names
from bot.engine.deck_names import TopicNamed, called, deck_names, topic_names, words_of
from bot.engine.recap_lines import DAYS
from bot.wording.catalogues import Catalogue, catalogue_for
from bot.wording.menu import COMMANDS, ROOT, Accepts, MenuCommand, MenuOption, menu_in

T = TypeVar("T")

MOST_SUGGESTIONS: Final = 12
"""Commands are offered all the same: who types nothing yet wants to see what there is."""

MOST_ZONES: Final = SUGGESTIONS
"""There are many zones, and nobody knows them by heart."""

LONGEST_LINE: Final = 1000
"""Nobody waits for a suggestion at the end of a longer line."""

_SHORTEST_CITY: Final = 3
"""So many letters make a city where nothing says that it is one."""

_ZONE: Final = re.compile(r"(?<=\s)zone:(?P<said>[^\":=]*[^\s\":=])?$", re.IGNORECASE)
"""A zone at the end of a line, which may be several words."""

_RECAP: Final = re.compile(r"(?<=\s)recap:[a-z]+ [\d:]*$", re.IGNORECASE)
"""A weekday at the end of a line, and what there is of the time of a recap."""

_BARE: Final = frozenset({"mode", "level", "weekdays", "since", "scope", "by", "hide"})
"""The options whose values may be typed without the name in front."""

_OWN_DECKS: Final = frozenset({"export", "remove"})
"""The commands that are about decks that the group has brought itself."""

_USUAL: Final = {
    "count": (5, 10, 20, 50),
    "seconds": (15, 30, 60, 120),
    "lobby": (15, 30, 60),
    "pause": (5, 10, 20),
    "teams": (2, 3, 4),
    "page": (1, 2, 3),
}
_USUAL_TIMES: Final = ("18:00", "9:00", "12:00", "20:00")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the whole line becomes (*insert*), what to show for it, and a word on it."""

    insert: str
    label: str
    hint: str


def complete(text: str, library: Library, *, locale: str = "en") -> tuple[Suggestion, ...]:
    """Return at most twelve suggestions for *text* as typed so far, the best first; never raises.

    Of zones there may be 25, and the commands are all there.
    """
    if not text.startswith("/") or len(text) > LONGEST_LINE:
        return ()
    catalogue = catalogue_for(locale)
    found = _suggestions(text, library, catalogue)
    return tuple(dict.fromkeys(found))[: _most(text)]


def _most(text: str) -> int:
    """Return how many suggestions are not too many for *text*."""
    if _ZONE.search(text):
        return MOST_ZONES
    return MOST_SUGGESTIONS if text.partition(" ")[2].strip() else max(len(COMMANDS), MOST_SUGGESTIONS)


def _suggestions(text: str, library: Library, catalogue: Catalogue) -> Iterable[Suggestion]:
    root, space, rest = text.partition(" ")
    commands = menu_in(catalogue)
    if root.casefold() != ROOT:
        said = "" if ROOT.startswith(root.casefold()) else root[1:]
        return () if space else _commands(ROOT, commands, said)
    return _inside(ROOT, commands, rest.lstrip(), lambda command: _Options(text, library, catalogue, command))


def _inside(
    path: str, commands: Sequence[MenuCommand], rest: str, options: Callable[[MenuCommand], "_Options"]
) -> Iterable[Suggestion]:
    """Return what *rest* could become, which is typed after the group of *commands* at *path*."""
    name, space, more = rest.partition(" ")
    command = next((command for command in commands if command.name == name.casefold()), None)
    if not space:
        return (*_commands(path, commands, name), *(() if command is None else _first_words(path, command)))
    if command is None:
        return ()
    if command.commands:
        return _inside(f"{path} {command.name}", command.commands, more.lstrip(), options)
    return options(command).suggestions()


def _first_words(path: str, command: MenuCommand) -> Iterator[Suggestion]:
    """Yield what may follow the whole name of *command*."""
    yield from _commands(f"{path} {command.name}", command.commands, "")
    for option in command.options:
        if option.accepts is not Accepts.FILE:
            yield _option(f"{path} {command.name} ", option)


def _commands(path: str, commands: Sequence[MenuCommand], said: str) -> Iterator[Suggestion]:
    begun = said.casefold()
    for command in commands:
        if command.name.startswith(begun):
            line = f"{path} {command.name}"
            yield Suggestion(line, line, command.description)


def _option(head: str, option: MenuOption) -> Suggestion:
    return Suggestion(f"{head}{option.name}:", f"{option.name}:", option.description)


class _Options:
    """A line that begins with a command and is being typed on."""

    def __init__(self, text: str, library: Library, catalogue: Catalogue, command: MenuCommand) -> None:
        at = _last_option(text, command)
        self._head, self._piece = text[:at], text[at:]
        self._library = library
        self._catalogue = catalogue
        self._command = command

    def suggestions(self) -> Iterable[Suggestion]:
        """Return what the last piece of the line could become."""
        key, colon, value = self._piece.partition(":")
        option = self._command.option(key.casefold()) if colon else None
        if option is not None:
            return self._values(option, value)
        return () if colon else self._bare(self._piece.casefold())

    def _bare(self, said: str) -> Iterator[Suggestion]:
        used = self._head.casefold()
        for option in self._command.options:
            fits = option.name.startswith(said) and option.accepts is not Accepts.FILE
            if fits and f" {option.name}:" not in used and self._has_room(option):
                yield _option(self._head, option)
        if said and self._command.option("deck"):
            yield from self._decks(said)
        if said:
            for option in self._command.options:
                if option.name in _BARE:
                    yield from self._choices(option, said)
        if len(said) >= _SHORTEST_CITY and self._command.option("zone"):
            yield from self._zones(said)

    def _has_room(self, option: MenuOption) -> bool:
        """Tell whether *option* may still come: a text is all the rest of a line, named or not."""
        return option.accepts is not Accepts.TEXT or self._head.split()[2:] == []

    def _values(self, option: MenuOption, said: str) -> Iterable[Suggestion]:
        match option.accepts:
            case Accepts.DECK:
                return self._decks(said)
            case Accepts.TOPIC:
                return self._topics(said)
            case Accepts.ZONE:
                return self._zones(said)
            case Accepts.RECAP:
                return (*self._recaps(option, said), *self._choices(option, said))
            case _:
                return (*self._numbers(option, said), *self._choices(option, said))

    def _decks(self, said: str) -> Iterator[Suggestion]:
        wanted = words_of(said)
        of_own = self._command.name in _OWN_DECKS
        names = own_deck_names(self._library) if of_own else deck_names(self._library)
        for named in _ranked(names, lambda named: named.names, wanted):
            hint = self._catalogue.deck_hint(named.title, named.questions)
            yield self._value("deck", named.insert, hint)

    def _topics(self, said: str) -> Iterator[Suggestion]:
        found = _ranked(topic_names(self._library, self._chosen_decks()), _topic_words, words_of(said))
        for named in found:
            yield self._value("topic", named.topic, self._catalogue.topic_hint(named.title, named.questions))

    def _zones(self, said: str) -> Iterator[Suggestion]:
        for offer in complete_zone(said.strip('"'), limit=MOST_ZONES):
            yield self._value("zone", offer.zone, offer.city)

    def _recaps(self, option: MenuOption, said: str) -> Iterator[Suggestion]:
        """Yield weekdays with the hour that most choose; of one weekday several hours."""
        begun, _, clock = said.strip('"').casefold().partition(" ")
        days = [(number, day) for number, day in enumerate(DAYS) if day.startswith(begun)]
        for number, day in days:
            for at in _USUAL_TIMES if len(days) == 1 else _USUAL_TIMES[:1]:
                if at.startswith(clock):
                    hint = self._catalogue.recap_hint(self._catalogue.weekday(number), at)
                    yield self._value(option.name, f"{day} {at}", hint)

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


def _last_option(text: str, command: MenuCommand) -> int:
    """Return where the last option of *text* begins, whose value may be several words, or its last piece."""
    zone = _ZONE.search(text) if command.option("zone") else None
    recap = _RECAP.search(text) if command.option("recap") else None
    if zone and complete_zone(zone["said"] or ""):
        return zone.start()
    return recap.start() if recap else _last_piece(text)


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
