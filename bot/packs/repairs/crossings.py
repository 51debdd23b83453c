"""Crossings: an open question that links to another page, and what that page asks in other words."""

import posixpath
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from bot.packs.importing.drafts import DraftQuestion, Harvest
from bot.packs.repairs.alike import LONGEST, Words, is_specific, names_differ, own_words, words
from bot.packs.repairs.merging import is_open

Place = tuple[int, int]
"""The number of a harvest, and of a question in it."""

RAREST: Final = 4
CROWD: Final = 10
"""So many of a prompt's words are looked up, the rarest ones, and so many questions for each."""

LIKELIEST: Final = 4
"""So many of them, those with the most words in common, are compared."""

LIKE: Final = 80
ANSWERED: Final = 60
"""How like (0 to 100) two prompts must be, words in any order, without and with an answer in common."""

_COUNTING: Final = frozenset(("not", "no", "never", "except", "least", "most", "first", "last", "without"))


@dataclass(frozen=True, slots=True)
class Crossings:
    """The questions of all sources, where a link leads from one to another."""

    sources: Sequence[Harvest]
    questions: Mapping[Place, DraftQuestion]

    def pairs(self, alone: Container[Place]) -> Iterator[tuple[Place, Place]]:
        """Yield each open question of those *alone* that links to a page, with the one that it asks there."""
        leading = {
            place: one
            for place, one in self.questions.items()
            if one.links and place in alone and is_open(one)
        }
        if not leading:
            return
        pages: dict[str, list[int]] = defaultdict(list)
        for at, source in enumerate(self.sources):
            pages[page_of(source.path)].append(at)
        known: dict[int, _Page] = {}
        for place, question in leading.items():
            targets = {at for link in question.links for at in pages.get(page_of(link), ())} - {place[0]}
            for at in sorted(targets):
                page = known.get(at) or known.setdefault(at, _Page.of(at, self.questions))
                if (other := page.asks(question)) is not None:
                    yield place, (at, other)
                    break


def page_of(target: str) -> str:
    """Return the name by which a path and links to it are known: without folders, ending and anchor."""
    path = target.partition("#")[0].partition("?")[0].rstrip("/")
    name = posixpath.splitext(posixpath.basename(path))[0]
    if name in ("index", "README"):
        name = posixpath.basename(posixpath.dirname(path))
    return name.casefold()


@dataclass(frozen=True, slots=True)
class _Page:
    """The closed questions of one source, found again by the words that they are about."""

    questions: Mapping[int, DraftQuestion]
    prompts: Mapping[int, Words]
    having: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, at: int, questions: Mapping[Place, DraftQuestion]) -> "_Page":
        """Return the page of the source with the number *at*."""
        closed = {place[1]: one for place, one in questions.items() if place[0] == at and not is_open(one)}
        prompts = {number: words(question.prompt) for number, question in closed.items()}
        having: dict[str, list[int]] = defaultdict(list)
        for number, prompt in prompts.items():
            for word in own_words(prompt):
                having[word].append(number)
        return cls(closed, prompts, having)

    def asks(self, question: DraftQuestion) -> int | None:
        """Return the number of the question here that *question* asks in nearly the same words."""
        prompt = words(question.prompt)
        if not is_specific(prompt):
            return None
        rarest = sorted((self.having[word] for word in own_words(prompt) if word in self.having), key=len)
        met = Counter(number for numbers in rarest[:RAREST] for number in numbers[-CROWD:])
        likely = [
            (_likeness(question, prompt, self.questions[number], self.prompts[number]), number)
            for number, _ in met.most_common(LIKELIEST)
        ]
        best, number = max(likely, default=(0.0, 0), key=lambda found: (found[0], -found[1]))
        return number if best else None


def _likeness(question: DraftQuestion, here: Words, closed: DraftQuestion, there: Words) -> float:
    """Return how like two prompts are, 0 when they ask for different things."""
    if max(len(question.prompt), len(closed.prompt)) > LONGEST:
        return 0.0
    share = fuzz.token_sort_ratio(" ".join(here), " ".join(there))
    if share < ANSWERED or names_differ(question.prompt, closed.prompt):
        return 0.0
    if any(word in _COUNTING or not word.isalpha() for word in {*here} ^ {*there}):
        return 0.0
    return share if share >= LIKE or _has_answer(closed, question.answer) else 0.0


def _has_answer(closed: DraftQuestion, answer: str) -> bool:
    """Return whether a short answer is one of the options."""
    return bool(answer) and any(words(option.text) == words(answer) for option in closed.options)
