"""Questions that gave way to the same one of another source: remembered, so that nothing doubles later."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.ids import Topic
from bot.packs.importing.candidates import Candidate, candidate, print_of
from bot.packs.importing.cleaning import line
from bot.packs.importing.drafts import DraftQuestion, Harvest
from bot.packs.importing.provenance import Trace
from bot.packs.importing.questions import fit_question
from bot.packs.importing.settling import trace_of
from bot.packs.repairs.links import Link


@dataclass(frozen=True, slots=True)
class Remembered:
    """A question that is *gone* from the source of this number, because the one *kept* is the same.

    *kept* is the number of its source and the line that it begins on. *alone* is the kept one's fingerprint
    as its own source has it, and *trace* is what is remembered of the one that is gone.
    """

    kept: tuple[int, int]
    gone: int
    alone: str
    trace: Trace


def remembered(harvests: Sequence[Harvest], links: Sequence[Link]) -> tuple[Remembered, ...]:
    """Return what *links* say, in the terms of an import; *harvests* are those before anything was linked."""
    found = []
    for link in links:
        kept = harvests[link.kept[0]].questions[link.kept[1]]
        gone = _candidate(harvests[link.gone[0]].questions[link.gone[1]])
        alone = _candidate(kept)
        if gone is not None and alone is not None:
            place = (link.kept[0], kept.span.first)
            found.append(Remembered(place, link.gone[0], print_of(alone.thing), trace_of(gone)))
    return tuple(found)


def _candidate(draft: DraftQuestion) -> Candidate | None:
    item, _ = fit_question(draft, Topic(""))
    if item is None:
        return None
    return candidate(item, draft.span.first, line(draft.id), "".join(draft.number.split()))
