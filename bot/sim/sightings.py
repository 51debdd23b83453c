"""Sightings: the messages of a round as everybody saw them, held against what the tables say.

Nothing here asks the wording or the core what should stand in a message: figures are read off the tables that
people see, and what must stay hidden is looked for in every word that was shown.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Final

from bot.core.commands import Mode
from bot.core.items import BlanksKey, Item, TextKey
from bot.core.questions import Question
from bot.core.responses import Chosen
from bot.core.states import Round
from bot.ports import Post
from bot.sim.folds import Part
from bot.wording.markup import blocks_of
from bot.wording.plain import plain_inline
from bot.wording.views import Choice, Choices, Mark, Podium, Table, View

PROBE: Final = 8
"""How many words of a hidden text are looked for: enough to be nothing else."""

SHORTEST: Final = 4
STANDING_COLUMNS: Final = 4
STANDING_SHOWN: Final = 10
_ORDERED: Final = re.compile(r"(?P<number>\d+)\.(?P<what>ask|reveal)")


@dataclass(slots=True)
class Sightings:
    """What was shown of one round, by the name of the message: ``lobby``, ``2.ask``, ``2.reveal``, ``end``.

    *order* names the public posts as they came; *words* holds everything that was shown before a reveal.
    """

    order: list[str] = field(default_factory=list)
    newest: dict[str, View] = field(default_factory=dict)
    words: dict[str, set[str]] = field(default_factory=dict)
    marked: set[str] = field(default_factory=set)

    def sees(self, kind: str, name: str, post: Post) -> None:
        """Note a message that took effect and that everybody saw."""
        if kind == "post":
            self.order.append(name)
        self.newest[name] = post.view
        if not name.endswith((".reveal", "end")):
            self.words.setdefault(name, set()).add(_flat(_texts(post.view)))
            if any(map(_is_marked, _choices(post.view))):
                self.marked.add(name)

    def check(self, round_: Round, questions: Sequence[Question], parts: Mapping[str, Part]) -> Iterator[str]:
        """Yield what was shown and is not so, and what was not shown and should have been."""
        yield from self._missing(round_)
        yield from self._misplaced(round_)
        yield from (f"{name} marks the right answer while it is open" for name in sorted(self.marked))
        for question in questions:
            yield from self._uncovered(question)
            if question.position in round_.counted:
                yield from self._miscounted(question, parts)
        if round_.settings.scored and round_.counted and "end" in self.newest:
            yield from _check_end(self.newest["end"], round_, parts)

    def _missing(self, round_: Round) -> Iterator[str]:
        expected = [f"{number}.ask" for number in range(1, round_.position + 2)]
        expected += [f"{position + 1}.reveal" for position in round_.counted]
        expected += ["end"] + ["lobby"] * (round_.settings.lobby_seconds != 0)
        yield from (f"{name} was never posted" for name in expected if name not in self.order)

    def _misplaced(self, round_: Round) -> Iterator[str]:
        """Yield messages out of order, and those left as if they could still be pressed."""
        places = [place for name in self.order if (place := _place(name))]
        if places != sorted(places):
            yield f"messages came in the order {', '.join(self.order)}"
        if any(number > round_.position + 1 for number, _ in places if number < END[0]):
            yield f"more was asked than the {round_.position + 1} questions of the tables"
        for name, view in self.newest.items():
            if name.endswith((".ask", "lobby")) and view.controls:
                yield f"{name} can still be pressed after the round"

    def _uncovered(self, question: Question) -> Iterator[str]:
        """Yield what was shown of the key, the explanation or the feedback while it had to be hidden."""
        name = f"{question.position + 1}.ask"
        shown = self.words.get(name, set())
        for probe in _probes(question.item):
            if any(f" {probe} " in f" {words} " for words in shown):
                yield f"{name} shows what is hidden until the question closes: {probe}"

    def _miscounted(self, question: Question, parts: Mapping[str, Part]) -> Iterator[str]:
        """Yield what a reveal says of the answers and the points that the attempts do not say."""
        name = f"{question.position + 1}.reveal"
        view = self.newest.get(name)
        if view is None:
            return
        attempts = [attempt for part in parts.values() if (attempt := part.attempt(question.id))]
        chosen = [a.response.options for a in attempts if isinstance(a.response, Chosen)]
        for choice, index in zip(_choices(view), question.order, strict=False):
            count = sum(question.item.options[index].id in options for options in chosen)
            if choice.count != count:
                yield f"{name} counts {choice.count} for {choice.letter}, there are {count}"
        for learner, points, gained in _standing(view):
            part = parts.get(learner)
            figures = (part.fold(question.position), part.gained(question.id)) if part else None
            if figures != (points, gained):
                yield f"{name} gives {learner} {(points, gained)}, the attempts {figures}"


def _check_end(view: View, round_: Round, parts: Mapping[str, Part]) -> Iterator[str]:
    """Hold the podium and the table below it against the fold of the attempts."""
    shown = {name: (points, right) for name, points, right in _standing(view)}
    for name, figures in shown.items():
        fold = (parts[name].fold(), parts[name].right()) if name in parts else None
        if figures != fold:
            yield f"the end gives {name} {figures}, the attempts {fold}"
    least = min((points for points, _ in shown.values()), default=0) if len(shown) >= STANDING_SHOWN else 0
    for name, part in parts.items():
        if part.fold() > least and name not in shown:
            yield f"the end leaves {name} out, who has {part.fold()} points"
    if round_.settings.mode is not Mode.TEAMS:
        yield from _check_podium(view, parts)


def _check_podium(view: View, parts: Mapping[str, Part]) -> Iterator[str]:
    folds = {name: part.fold() for name, part in parts.items()}
    expected = {
        (name, 1 + sum(other > points for other in folds.values()), points)
        for name, points in folds.items()
        if points > 0
    }
    steps = [step for block in view.blocks if isinstance(block, Podium) for step in block.steps]
    shown = {(step.name, step.rank, _number(step.points)) for step in steps}
    if shown != {step for step in expected if step[1] <= 3}:  # noqa: PLR2004 - the podium has three ranks
        yield f"the podium shows {sorted(shown)}, the attempts say {sorted(expected)}"


def _standing(view: View) -> Iterator[tuple[str, int, int]]:
    """Yield name, points and the last figure of each line of the learners' standing in *view*."""
    for block in view.blocks:
        if isinstance(block, Table) and len(block.header) == STANDING_COLUMNS:
            for row in block.rows:
                _, name, points, last = (plain_inline(cell) for cell in row)
                yield name, _number(points), _number(last)


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


END: Final = (1000, 0)


def _place(name: str) -> tuple[int, int] | None:
    """Return where a message stands in its round; None for those that may stand anywhere."""
    if name in {"lobby", "end"}:
        return END if name == "end" else (0, 0)
    found = _ORDERED.fullmatch(name)
    return (int(found["number"]), int(found["what"] == "reveal")) if found else None


def _probes(item: Item) -> Iterator[str]:
    """Yield the beginning of each text that must not be seen before the reveal."""
    offered = (*(option.text for option in item.options), *(stem.text for stem in item.stems))
    asked = (item.prompt, item.scenario, *item.hints, *offered)
    hidden = [item.explanation, *(option.feedback for option in item.options)]
    if isinstance(item.key, BlanksKey):
        hidden += [text for blank in item.key.blanks for text in blank.accept]
    if isinstance(item.key, TextKey):
        hidden += [*item.key.accept, *(point.say for point in item.key.points)]
    said = _flat(asked)
    for text in hidden:
        words = _flat(_texts(blocks_of(text))).split()[:PROBE]
        probe = " ".join(words)
        if len(probe) >= SHORTEST and f" {probe} " not in f" {said} ":
            yield probe


def _flat(texts: Iterator[str] | tuple[str, ...]) -> str:
    """Return *texts* as words alone, so that markup and line ends make no difference."""
    return " ".join(re.findall(r"\w+", " ".join(texts).casefold()))


def _texts(value: object) -> Iterator[str]:
    """Yield every text inside a view, whatever part of it holds it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif is_dataclass(value):
        for one in fields(value):
            if one.name not in {"type", "action"}:
                yield from _texts(getattr(value, one.name))


def _choices(view: View) -> Iterator[Choice]:
    for block in view.blocks:
        if isinstance(block, Choices):
            yield from block.choices


def _is_marked(choice: Choice) -> bool:
    return choice.mark is not Mark.NONE or choice.count is not None or bool(choice.feedback)
