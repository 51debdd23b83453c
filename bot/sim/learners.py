"""Scripted learners: they see messages as anybody would, and press what is on them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from bot.core.responses import Picked, Sent, Typed
from bot.wording.views import Button, Control, Form, Picker, Tone, View

Draw = Callable[[], Sent]

ABSENT = 0.05
"""How often a learner lets a question pass."""

TEXTS = ("42", "0.5", "7200", "SageMaker", "the Moon", "1:30", "", "hybrid search", "<b>&amp;", "12.5 %")


@dataclass(frozen=True, slots=True)
class Press:
    """What a learner does *after* some seconds with a control of a message."""

    after: float
    action: str
    sent: Sent | None


class Learner:
    """Somebody with habits of their own, drawn once."""

    def __init__(self, name: str, rng: Random, *, host: bool) -> None:
        """Draw how quick, how restless and how careless this learner is."""
        self.name = name
        self.host = host
        self._rng = rng
        self._pace = rng.uniform(1.0, 25.0)
        self._restless = rng.random() * 0.3

    def react(self, view: View) -> Sequence[Press]:
        """Return what this learner does about a new message, in the order done."""
        presses: list[Press] = []
        for control in view.controls:
            presses.extend(self._use(view, control))
        return presses

    def _use(self, view: View, control: Control) -> Sequence[Press]:
        match control:
            case Button():
                return self._press(view, control)
            case Picker():
                return self._answer(control.action, lambda: self._pick(control))
            case Form(fields=fields):
                return self._answer(control.action, lambda: self._type(len(fields)))

    def _press(self, view: View, button: Button) -> Sequence[Press]:
        verb = button.action.split(":", 1)[0]
        likely = {"j": 0.8 if view.tone is Tone.LOBBY else 0.3, "n": 1.0 if self.host else 0.02}
        likely |= {"b": 0.5 if self.host else 0.05, "m": 0.1, "w": 0.2, "o": 0.05, "l": 0.02, "c": 0.05}
        if self._rng.random() >= likely.get(verb, 0.0):
            return ()
        return (Press(self._rng.uniform(0.5, 8.0), button.action, None),)

    def _answer(self, action: str, draw: Draw) -> Sequence[Press]:
        """Answer once, sometimes change it, sometimes press twice, sometimes far too late."""
        if self._rng.random() < ABSENT:
            return ()
        first = self._rng.expovariate(1 / self._pace) + 0.3
        presses = [Press(first, action, draw())]
        while self._rng.random() < self._restless:
            presses.append(Press(presses[-1].after + self._rng.uniform(0.1, 10.0), action, draw()))
        return presses

    def _pick(self, picker: Picker) -> Sent:
        count = len(picker.options)
        match picker.how:
            case "one":
                return Picked((self._rng.randrange(count),))
            case "many":
                return Picked(tuple(self._rng.sample(range(count), picker.most)))
            case "order":
                return Picked(tuple(self._rng.sample(range(count), count)))
            case "match":
                return Picked(tuple(self._rng.randrange(count) for _ in picker.stems))

    def _type(self, fields: int) -> Sent:
        return Typed(tuple(self._rng.choice(TEXTS) for _ in range(fields)))
