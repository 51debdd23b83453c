"""Settling: whether the pack or the source is right about a thing that both have."""

from dataclasses import replace
from enum import Enum, auto

from bot.core.cards import Card
from bot.core.items import Item
from bot.packs.importing.candidates import Candidate, Thing, answered, fingerprint, print_of
from bot.packs.importing.cleaning import line
from bot.packs.importing.drafts import Fault, Problem
from bot.packs.importing.identity import updated
from bot.packs.importing.provenance import ALSO, LINKED, Imports, Trace

_SHOWN = 60


class Outcome(Enum):
    """What an import does to a thing that the pack has already."""

    SAME = auto()
    UPDATED = auto()
    KEPT = auto()


class Settled:
    """What was imported before, asked thing by thing.

    The rule: a text that the source has not changed since never overwrites what a person made of it in the
    pack; one that it has changed replaces what nobody touched; when both were changed, the pack's stays and
    the change is reported, at every import until the two agree.
    """

    def __init__(self, imports: Imports) -> None:
        self._traces: dict[tuple[str, str], list[tuple[str, Trace]]] = {}
        for record in imports.sources:
            for family, traces in record.traces.items():
                for own, trace in traces.items():
                    self._traces.setdefault((family, own), []).append((record.path, trace))

    def settle(
        self, one: Candidate, before: Thing, family: str, own: str, path: str
    ) -> tuple[Thing, Trace, Outcome, Problem | None]:
        """Return what the pack has from now on, what is remembered of it, and what a person has to decide."""
        traces = self._traces.get((family, own), [])
        mine = next((trace for place, trace in traces if place == path), None)
        wholes = {one for _, trace in traces for one in trace.whole.split(ALSO)}
        trace, held = trace_of(one), print_of(before)
        if mine is not None and mine.whole == LINKED:
            return before, trace._replace(whole=LINKED), Outcome.SAME, None
        if mine is not None and one.print in mine.whole.split(ALSO):
            return _moved(one, before, mine), trace._replace(whole=mine.whole), Outcome.SAME, None
        if held == one.print:
            return before, trace, Outcome.SAME, None
        if held in wholes:
            return updated(one.thing, before), trace, Outcome.UPDATED, None
        if not traces and one.twin[2] == answered(before):
            return before, trace, Outcome.KEPT, None
        if mine is None and one.print in wholes:
            return before, trace, Outcome.KEPT, None
        old = mine.whole if mine is not None else next(iter(sorted(wholes)), held)
        return before, trace._replace(whole=old), Outcome.KEPT, _conflict(one, own)


def trace_of(one: Candidate) -> Trace:
    """Return what is remembered of *one*."""
    return Trace(fingerprint([one.prompt]), one.print, one.topic, one.number, one.own)


def brief(thing: Thing) -> str:
    """Return what *thing* asks or is called, short enough for a message."""
    match thing:
        case Item():
            text = line(thing.prompt)
        case Card():
            text = line(thing.front)
        case _:
            text = thing.title
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}..."


def gone(own: str, thing: Thing) -> Problem:
    """Return the problem of a thing that its source does not have any more."""
    return Problem(
        Fault.NOT_IN_SOURCE,
        1,
        f"“{brief(thing)}” ({own}) is not in this source any more; it stays in the pack as it is.",
        "Delete it from the pack if it should go.",
    )


def _moved(one: Candidate, before: Thing, mine: Trace | None) -> Thing:
    """Return *before*, under another topic when the source moved it and nobody moved it in the pack."""
    if mine is None or not one.topic or mine.topic in (one.topic, "") or before.topic != mine.topic:
        return before
    return replace(before, topic=one.thing.topic)


def _conflict(one: Candidate, own: str) -> Problem:
    return Problem(
        Fault.BOTH_CHANGED,
        one.line,
        f"“{brief(one.thing)}” was changed here and in the pack ({own}); the pack's stays.",
        "Make the two agree, or delete it from the pack and import again.",
    )
