"""Links: the same question met in two sources becomes one item, and what contradicts is reported."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from bot.core.items import Kind
from bot.packs.importing.drafts import DraftQuestion, Fault, Harvest, Problem, Span
from bot.packs.repairs.alike import nearly_same, words
from bot.packs.repairs.crossings import Crossings, Place
from bot.packs.repairs.merging import compatible, contradiction, fits, is_open, lacks, merged
from bot.packs.repairs.passages import shortened

CROWD: Final = 6
"""Of the questions with one prompt, or with the same options, so many are looked at, the last ones."""

_FEWEST: Final = 3
_MOST_SHOWN: Final = 200


class Link(NamedTuple):
    """Two questions that became one: each by the number of its harvest and its own number in there."""

    kept: Place
    gone: Place


def linked(harvests: Sequence[Harvest]) -> tuple[tuple[Harvest, ...], tuple[Link, ...]]:
    """Return *harvests* without the questions that another of them has already, and which these are.

    A question with options stays in the place of an open one, and else the earlier one; it takes over what
    the other explains. Two that call different answers right are one as well, switched off and reported.
    """
    joining = _Joining.of(harvests)
    while joining.round():
        pass
    if not joining.links:
        return tuple(harvests), ()
    return joining.harvests(), joining.all_links()


@dataclass(slots=True)
class _Joining:
    """The questions of all sources on their way to be one each."""

    sources: Sequence[Harvest]
    questions: dict[Place, DraftQuestion]
    links: dict[Place, Place] = field(default_factory=dict)
    problems: dict[int, list[Problem]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, harvests: Sequence[Harvest]) -> "_Joining":
        """Return the beginning, with every question."""
        return cls(
            harvests,
            {
                (at, number): question
                for at, harvest in enumerate(harvests)
                for number, question in enumerate(harvest.questions)
            },
        )

    def round(self) -> bool:
        """Join what is the same; tell whether anything was."""
        before = len(self.links)
        for group in _Groups(self.sources, self.questions).found():
            kept = min(group, key=self._rank)
            for place in group:
                if place != kept:
                    self._join(kept, place)
        return len(self.links) > before

    def _rank(self, place: Place) -> tuple[tuple[bool, bool, bool], Place]:
        """Return what the question that stays has less of; the first one stays, if neither lacks more."""
        return lacks(self.questions[place]), place

    def _join(self, kept: Place, gone: Place) -> None:
        """Let the question *gone* give way to the one *kept*, when they are the same still."""
        here, there = self.questions[kept], self.questions[gone]
        if not compatible(here, there):
            return
        sides = contradiction(here, there)
        if sides is not None:
            self._report(kept, gone, sides)
        elif fits(here, there):
            self.questions[kept] = merged(here, there)
        else:
            self._leave_out(kept, gone)
        del self.questions[gone]
        self.links[gone] = kept

    def _leave_out(self, kept: Place, gone: Place) -> None:
        """Report that the explanation of *gone* has no room beside that of *kept*."""
        where = f"line {self.questions[kept].span.first} of {self.sources[kept[0]].path}"
        message = f"The same question stands in {where}, and its explanation has no room for this one too."
        mend = "Nothing has to be done when that explanation is enough; else shorten both and import again."
        problem = Problem(Fault.TOO_LONG, self.questions[gone].span.first, message, mend)
        self.problems[gone[0]].append(problem)

    def _report(self, kept: Place, gone: Place, sides: tuple[str, str]) -> None:
        """Switch the question *kept* off, and report both sides."""
        here, line = self.questions[kept], self.questions[gone].span.first
        said, against = map(_shown, sides)
        paths = self.sources[kept[0]].path, self.sources[gone[0]].path
        if kept[0] == gone[0]:
            fault, elsewhere, begins = Fault.CONTRADICTION, f"in line {line}", "It is answered twice"
            places = f"line {here.span.first}", f"line {line}"
        else:
            fault, elsewhere, begins = (
                Fault.SOURCES_DISAGREE,
                f"in {paths[1]}, line {line}",
                "Two sources differ",
            )
            places = paths
        message = f"“{shortened(here.prompt)}” has two answers: “{said}” here, and “{against}” {elsewhere}"
        mend = "Decide which is right, correct the other one, and import again."
        found = Problem(fault, here.span.first, f"{message}; it is switched off.", mend)
        self.problems[kept[0]].append(found)
        if not any(reason.startswith(begins) for reason in here.off):
            reason = f"{begins}: the answer is “{said}” in {places[0]}, and “{against}” in {places[1]}."
            self.questions[kept] = replace(here, off=(*here.off, reason))

    def all_links(self) -> tuple[Link, ...]:
        """Return where each question went that is gone, in their order."""
        return tuple(Link(self._end(gone), gone) for gone in sorted(self.links))

    def _end(self, place: Place) -> Place:
        """Return the question that stands for *place* in the end."""
        while place in self.links:
            place = self.links[place]
        return place

    def harvests(self) -> tuple[Harvest, ...]:
        """Return the sources with what is left; the lines of the rest are used, and need no draft."""
        gone: dict[int, list[Place]] = defaultdict(list)
        for place in sorted(self.links):
            gone[place[0]].append(place)
        touched = {*gone, *(self._end(place)[0] for place in self.links)}
        return tuple(
            self._harvest(at, harvest, gone[at]) if at in touched else harvest
            for at, harvest in enumerate(self.sources)
        )

    def _harvest(self, at: int, harvest: Harvest, gone: Sequence[Place]) -> Harvest:
        numbers = range(len(harvest.questions))
        left = (self.questions[at, number] for number in numbers if (at, number) in self.questions)
        answered = {
            harvest.questions[place[1]].span.first
            for place in gone
            if is_open(harvest.questions[place[1]]) and not is_open(self.questions[self._end(place)])
        }
        problems = [one for one in harvest.problems if not _moot(one, answered)]
        kept: tuple[Span, ...] = tuple(harvest.questions[number].span for _, number in gone)
        return replace(
            harvest,
            questions=tuple(left),
            kept=(*harvest.kept, *kept),
            problems=(*problems, *self.problems[at]),
        )


def _moot(problem: Problem, answered: set[int]) -> bool:
    """Return whether *problem* is that an open question has no key, and one with a key stands for it."""
    return problem.fault is Fault.NO_KEY and problem.line in answered


def _shown(text: str) -> str:
    """Return an answer in one line, its beginning when it is very long."""
    line = " ".join(text.split())
    return line if len(line) <= _MOST_SHOWN else f"{line[:_MOST_SHOWN].rpartition(' ')[0]} …"


class _Asked(NamedTuple):
    """What a question is found by: what it asks and of which case, its kind, and what there is to choose."""

    prompt: str
    kind: Kind
    choices: frozenset[str]

    @classmethod
    def of(cls, question: DraftQuestion) -> "_Asked":
        """Return what *question* is found by."""
        prompt = " ".join(words(question.prompt))
        if question.scenario:
            prompt += "\n" + " ".join(question.scenario.split())
        texts = frozenset([option.text.casefold() for option in question.options])
        return cls(prompt, question.kind, texts)


@dataclass(slots=True)
class _Groups:
    """Finds the questions that ask the same, each compared with few others."""

    sources: Sequence[Harvest]
    questions: dict[Place, DraftQuestion]
    groups: dict[Place, list[Place]] = field(default_factory=dict)
    leaders: dict[Place, Place] = field(default_factory=dict)
    exact: dict[_Asked, Place] = field(default_factory=dict)
    prompts: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))
    choices: dict[frozenset[str], list[Place]] = field(default_factory=lambda: defaultdict(list))

    def found(self) -> list[list[Place]]:
        """Return the groups of at least two questions, each with the one first that it was found by."""
        asked = {place: _Asked.of(question) for place, question in self.questions.items()}
        prompts = Counter([one.prompt for one in asked.values()])
        choices = Counter([one.choices for one in asked.values()])
        for place, one in asked.items():
            if prompts[one.prompt] > 1 or (choices[one.choices] > 1 and len(one.choices) >= _FEWEST):
                self._place(place, one)
        alone = self.questions.keys() - self.leaders.keys()
        for place, other in Crossings(self.sources, self.questions).pairs(alone):
            leader = self.leaders.get(other, other)
            self.groups.setdefault(leader, [leader]).append(place)
        return list(self.groups.values())

    def _place(self, place: Place, one: _Asked) -> None:
        """Put a question into the group of the one that it asks again, if there is one."""
        leader = self._leader(place, one)
        if leader is None:
            self.prompts[one.prompt].append(place)
            self.choices[one.choices].append(place)
        else:
            self.groups.setdefault(leader, [leader]).append(place)
            self.leaders |= {place: leader, leader: leader}
        self.exact.setdefault(one, place if leader is None else leader)

    def _leader(self, place: Place, one: _Asked) -> Place | None:
        """Return the question that the one at *place* asks again."""
        question = self.questions[place]
        for other in self._near(place, one):
            before = self.questions[other]
            if (other[0] != place[0] or _repeats(before, question)) and compatible(before, question):
                return other
        return None

    def _near(self, place: Place, one: _Asked) -> Iterator[Place]:
        """Yield questions before the one at *place* that may ask the same, the likeliest first."""
        if (same := self.exact.get(one)) is not None:
            yield same
        yield from self.prompts.get(one.prompt, ())[-CROWD:]
        if len(one.choices) < _FEWEST:
            return
        question = self.questions[place]
        for other in self.choices.get(one.choices, ())[-CROWD:]:
            before = self.questions[other]
            apart = other[0] != place[0] and not question.scenario and not before.scenario
            if apart and nearly_same(before.prompt, question.prompt):
                yield other


def _repeats(before: DraftQuestion, question: DraftQuestion) -> bool:
    """Return whether a question of the same source is asked again; headings may well be the same."""
    if is_open(before) or is_open(question):
        return is_open(before) is not is_open(question)
    return {one.text.casefold() for one in before.options} == {
        one.text.casefold() for one in question.options
    }
