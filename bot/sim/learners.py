"""Scripted learners: they see messages as anybody would, press what is on them and type commands.

What a learner does about a message is drawn from the learner, the message and the seed alone, so that it is
the same whatever else happened on the way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import assert_never

from bot.core.commands import Close, Intent, Join, Leave, Pause, Resume, Skip, Stop
from bot.core.responses import Picked, Sent, Typed
from bot.wording.views import Button, Control, Form, Picker, Tone, View

ABSENT = 0.05
"""How often a learner lets a question pass."""

TEXTS = ("42", "0.5", "7200", "SageMaker", "the Moon", "1:30", "", "hybrid search", "<b>&amp;", "12.5 %")

LIKELY = {"j": 0.3, "n": 0.02, "b": 0.05, "m": 0.1, "w": 0.2, "o": 0.05, "l": 0.02, "c": 0.05}
"""How likely each kind of button is to be pressed, by the letter of its action."""

LIKELY_HOST = {"n": 1.0, "b": 0.5}


@dataclass(frozen=True, slots=True)
class Press:
    """What a learner does *after* some seconds with a control of a message."""

    after: float
    action: str
    sent: Sent | None


@dataclass(frozen=True, slots=True)
class Say:
    """A command that a learner types *after* some seconds."""

    after: float
    intent: Intent


Deed = Press | Say


@dataclass(slots=True)
class Learner:
    """Somebody with habits of their own: how quick, and how restless with an answer that is given."""

    name: str
    host: bool
    pace: float
    restless: float
    sent: int = 0

    def react(self, view: View, rng: Random) -> Sequence[Deed]:
        """Return what this learner does about a new message, in the order done."""
        deeds: list[Deed] = []
        for control in view.controls:
            deeds.extend(self._use(view, control, rng))
        if view.tone is Tone.QUESTION:
            deeds.extend(self._interfere(rng))
        return deeds

    def _use(self, view: View, control: Control, rng: Random) -> Sequence[Press]:
        match control:
            case Button():
                return self._press(view, control, rng)
            case Picker():
                return self._answer(control, rng)
            case Form():
                return self._answer(control, rng)
            case _:
                assert_never(control)

    def _press(self, view: View, button: Button, rng: Random) -> Sequence[Press]:
        verb = button.action.split(":", 1)[0]
        likely = LIKELY | (LIKELY_HOST if self.host else {})
        likely["j"] = 0.8 if view.tone is Tone.LOBBY else likely["j"]
        if rng.random() >= likely.get(verb, 0.0):
            return ()
        return (Press(rng.uniform(0.5, 8.0), button.action, None),)

    def _answer(self, control: Picker | Form, rng: Random) -> Sequence[Press]:
        """Answer once, sometimes change it, sometimes press twice, sometimes far too late."""
        if rng.random() < ABSENT:
            return ()
        after = rng.expovariate(1 / self.pace) + 0.3
        presses = [Press(after, control.action, _draw(control, rng))]
        while rng.random() < self.restless:
            after += rng.uniform(0.1, 10.0)
            presses.append(Press(after, control.action, _draw(control, rng)))
        return presses

    def _interfere(self, rng: Random) -> Sequence[Say]:
        """Type one of the commands that hardly anybody types."""
        first, later = rng.uniform(1, 10), rng.uniform(12, 30)
        chance = rng.random()
        if self.host and chance < 0.05:  # noqa: PLR2004 - one question in twenty, as all of these
            return Say(first, Pause()), Say(later, Resume())
        if self.host and chance > 0.92:  # noqa: PLR2004
            return (Say(first, Skip() if chance < 0.95 else Close() if chance < 0.98 else Stop()),)  # noqa: PLR2004
        if not self.host and chance < 0.03:  # noqa: PLR2004
            return Say(first, Leave()), Say(later, Join())
        return (Say(first, Pause()),) if chance > 0.99 else ()  # noqa: PLR2004


def learner(name: str, rng: Random, *, host: bool) -> Learner:
    """Return a learner whose habits are drawn from *rng*."""
    return Learner(name, host, pace=rng.uniform(1.0, 25.0), restless=rng.random() * 0.3)


def _draw(control: Picker | Form, rng: Random) -> Sent:
    if isinstance(control, Form):
        return Typed(tuple(rng.choice(TEXTS) for _ in control.fields))
    count = len(control.options)
    match control.how:
        case "one":
            return Picked((rng.randrange(count),))
        case "many":
            return Picked(tuple(rng.sample(range(count), control.most)))
        case "order":
            return Picked(tuple(rng.sample(range(count), count)))
        case "match":
            return Picked(tuple(rng.randrange(count) for _ in control.stems))
        case _:
            assert_never(control.how)
