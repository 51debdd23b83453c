"""Phrases: how a catalogue puts a sentence together from its own words and the facts.

A sentence is a method that takes its facts and returns words. Inside, a template holds the catalogue's own
words, with ``{fact}`` where a fact goes. Every piece of a template passes through *literal* and no fact ever
does: a catalogue made with another *literal* shows which letters are the catalogue's own.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal, assert_never

from bot.wording.cleaning import clean_line, clean_name, clean_text
from bot.wording.plain import plain_inline
from bot.wording.views import ChannelName, Code, Inline, Moment, RoleName, Text

Category = Literal["zero", "one", "two", "few", "many", "other"]
"""The plural categories of the Unicode Common Locale Data Repository."""

Forms = Mapping[Category, str]
"""A template for each category that a language tells apart; ``other`` is always there."""

Fact = str | int | Code | Moment | RoleName | ChannelName

_FACT: Final = re.compile(r"\{(\w+)\}")


class Phrases:
    """The mechanism under every catalogue; *literal* turns a piece of a template into what is shown."""

    def __init__(self, literal: Callable[[str], str] = str) -> None:
        self._literal = literal

    # --------------------------------------------------------------------------------- what a language says

    def plural(self, number: int) -> Category:
        """Return the plural category of *number*; English has two."""
        return "one" if number == 1 else "other"

    def ordinal(self, number: int) -> Category:
        """Return the category of *number* as a place in an order: 1st, 2nd, 3rd, 4th, 11th, 21st."""
        if number % 100 in {11, 12, 13}:
            return "other"
        categories: dict[int, Category] = {1: "one", 2: "two", 3: "few"}
        return categories.get(number % 10, "other")

    def number(self, number: int) -> str:
        """Return a whole number as it is written."""
        return f"{number:,}"

    def decimal(self, number: float) -> str:
        """Return *number* with one place after the point."""
        return f"{number:,.1f}"

    # ------------------------------------------------------------------------------- how a sentence is made

    def weave(self, template: str, /, **facts: Fact) -> tuple[Inline, ...]:
        """Return *template* with each ``{fact}`` in its place; a fact may be a run of its own, as code."""
        runs: list[Inline] = []
        for place, piece in enumerate(_FACT.split(template)):
            if place % 2:
                runs.append(self._run(facts[piece]))
            elif piece:
                runs.append(Text(self._literal(piece)))
        return tuple(runs)

    def say(self, template: str, /, **facts: Fact) -> str:
        """Return *template* with each ``{fact}`` in its place, as plain text."""
        return plain_inline(self.weave(template, **facts))

    def count(self, number: int, forms: Forms, /, **facts: Fact) -> str:
        """Return the form that goes with *number*, which is the fact ``{n}``."""
        return self.say(forms.get(self.plural(number), forms["other"]), n=number, **facts)

    def name(self, name: str) -> str:
        """Return a person's name as it is shown; who has none is called something all the same."""
        return clean_name(name) or self.say("Somebody")

    def listing(self, things: Sequence[str]) -> str:
        """Return *things* as a list in a sentence: ``A``, ``A and B``, ``A, B and C``."""
        if len(things) < 2:  # noqa: PLR2004 - one thing is no list
            return "".join(things)
        head = things[0]
        for thing in things[1:-1]:
            head = self.say("{head}, {thing}", head=head, thing=thing)
        return self.say("{head} and {last}", head=head, last=things[-1])

    def _run(self, fact: Fact) -> Inline:
        match fact:
            case int():
                return Text(self.number(fact))
            case Code(text=text):
                return Code(clean_text(text))
            case Moment():
                return fact
            case RoleName(id=role):
                return RoleName(clean_line(role))
            case ChannelName(id=channel):
                return ChannelName(clean_line(channel))
            case str():
                return Text(clean_line(fact))
            case _:
                assert_never(fact)
