"""Topics: titles of sections and folders, found among a pack's own or added to them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz import fuzz, process

from bot.core.ids import Topic
from bot.packs.importing.cleaning import distinct, line, slug, words
from bot.packs.importing.drafts import Fault, Problem

ALIKE: Final = 85
"""Two titles whose ratio (0 to 100) is at least this mean the same topic."""

_LEADING_TASK = re.compile(r"(?:(?:task|domain|unit|topic)\s+)?([0-9]+(?:\.[0-9]+)+)\b", re.IGNORECASE)
_NEVER_EMPTY: Final = "General"


@dataclass(slots=True)
class Topics:
    """The topics of a pack while material is put into it. A *fixed* list is a blueprint's and never grows."""

    titles: dict[Topic, str]
    fixed: bool
    problems: list[Problem] = field(default_factory=list)
    _found: dict[tuple[str, str], Topic] = field(default_factory=dict)
    _by_words: dict[str, Topic] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._taken.update(self.titles)
        for topic, title in self.titles.items():
            self._by_words.setdefault(words(title), topic)

    def find(self, title: str, other: str, at: int) -> Topic:
        """Return the topic called *title*, or *other* when that is empty; add it when it may be added.

        What a blueprint does not have goes under the task with the most similar title, with a problem at the
        line *at*, once for each title.
        """
        asked = (title, other)
        if asked not in self._found:
            said = line(title)
            self._found[asked] = self._look(said or line(other) or _NEVER_EMPTY, said, at)
        return self._found[asked]

    def _look(self, wanted: str, said: str, at: int) -> Topic:
        known = self._known(wanted)
        if known is not None:
            return known
        if self.fixed and self.titles:
            return self._nearest(wanted, said, at)
        own = Topic(distinct(slug(wanted) or "topic", self._taken))
        self.titles[own] = wanted
        self._by_words.setdefault(words(wanted), own)
        return own

    def _known(self, wanted: str) -> Topic | None:
        """Return the topic that *wanted* names by its id or its title, or starts with the number of."""
        number = _LEADING_TASK.match(wanted)
        for topic in (Topic(wanted), Topic(number[1] if number else "")):
            if topic in self.titles:
                return topic
        return self._by_words.get(words(wanted))

    def _nearest(self, wanted: str, said: str, at: int) -> Topic:
        """Return the task whose title is most like *wanted*, and report it unless the two are alike."""
        found = process.extractOne(words(wanted), _compared(self.titles), scorer=fuzz.token_set_ratio)
        topic = found[2]
        if fuzz.token_sort_ratio(words(wanted), words(self.titles[topic])) < ALIKE:
            what = f"The topic {said!r} is" if said else f"No topic is given, and {wanted!r} is"
            self.problems.append(
                Problem(
                    Fault.UNKNOWN_TOPIC,
                    at,
                    f"{what} none of the blueprint's tasks; what stands there went under {topic}.",
                    "Write the number of the task in the heading, or change `topic` in the pack.",
                )
            )
        return topic


def _compared(titles: Mapping[Topic, str]) -> dict[Topic, str]:
    return {topic: words(title) for topic, title in titles.items()}
