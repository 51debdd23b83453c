"""The parts of a study hive's note: bare lines that head a section, where they stand in their place.

The name of a section heads one only once in a note. Of several lines that read like it, the one in its
place is taken: with a blank line around it, not in a list of contents, not behind a colon.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

_LEADING = re.compile(r"^(?:[^\w\"“(]+|\d{1,2}[.)]\s+)+")
_BY_NAME: Final = {
    "learning objectives": "objectives",
    "objectives": "objectives",
    "key terms & glossary": "terms",
    "key terms and glossary": "terms",
    "key terms": "terms",
    "glossary": "terms",
    'the "big idea"': "big idea",
    "the big idea": "big idea",
    "formula / concept box": "formulas",
    "formula/concept box": "formulas",
    "formulas & concepts": "formulas",
    "hierarchical outline": "outline",
    "visual anchors": "visuals",
    "definition-example pairs": "pairs",
    "definition–example pairs": "pairs",
    "definitions & examples": "pairs",
    "worked examples": "examples",
    "worked example": "examples",
    "checkpoint questions": "checkpoints",
    "check your understanding": "checkpoints",
    "muddy points & cross-refs": "muddy points",
    "muddy points and cross-refs": "muddy points",
    "muddy points": "muddy points",
    "comparison tables": "comparisons",
    "comparison table": "comparisons",
    "summary": "summary",
    "key takeaways": "takeaways",
    "further reading": "reading",
}
_IN_GUIDES: Final = {
    "prerequisites": "prerequisites",
    "module breakdown": "modules",
    "success metrics": "metrics",
    "real-world application": "application",
    "learning objectives per module": "module objectives",
}
_IN_LABS: Final = {
    "lab overview": "overview",
    "overview": "overview",
    "lab objectives": "objectives",
    "architecture overview": "architecture",
    "prerequisites": "prerequisites",
    "step-by-step instructions": "steps",
    "step by step instructions": "steps",
    "instructions": "steps",
    "checkpoints": "lab checkpoints",
    "checkpoint": "lab checkpoints",
    "troubleshooting": "troubles",
    "cost estimate": "costs",
    "stretch challenge": "challenge",
    "challenge": "challenge",
    "concept review": "review",
}
_CLEAN_UP = re.compile(r"(?:clean[ -]?up|teardown|tear[ -]down)(?:[ ]?[/&(].{0,40}|[ ]and[ ].{0,30})?")
_STEP = re.compile(r"Step (\d{1,3})[ ]?[:.–—-][ ]*(\S.*)")
_LONGEST: Final = 60


class Part(NamedTuple):
    """A section: *what* it is, its heading as it stands, and its rows; text before the first has no name."""

    what: str
    heading: str
    start: int
    end: int


def parts(lines: Sequence[str], start: int, end: int, *, lab: bool) -> list[Part]:
    """Return the parts of a note or a lab from line *start* to *end*, in order."""
    places = _places(lines, start, end, lab=lab)
    found = [Part("", "", start, places[0][0] if places else end)]
    stops = [at for at, _ in places[1:]] + [end]
    for (at, what), stop in zip(places, stops, strict=False):
        found.append(Part(what, _heading(lines[at]), at + 1, stop))
    return found


def _heading(line: str) -> str:
    return _LEADING.sub("", line.strip()).rstrip(": ")


def _places(lines: Sequence[str], start: int, end: int, *, lab: bool) -> list[tuple[int, str]]:
    """Return the line of each section's heading, with what the section is."""
    names = _BY_NAME | (_IN_LABS if lab else _IN_GUIDES)
    found: dict[str, list[int]] = {}
    for at in range(start, end):
        what = _named(lines[at], names, lab=lab)
        if what:
            found.setdefault(what, []).append(at)
    known = {at for places in found.values() for at in places}
    chosen: list[tuple[int, str]] = []
    for what, places in found.items():
        rated = [(_fit(lines, at, start, end, known), -at) for at in places]
        fit, at = max(rated)
        if fit >= 0:
            chosen.append((-at, what))
    return sorted(chosen)


def _named(line: str, names: dict[str, str], *, lab: bool) -> str:
    """Return what the section is that *line* would head, "" when it heads none."""
    bare = line.strip()
    if not bare or len(bare) > _LONGEST or "\t" in bare:
        return ""
    name = _heading(bare).replace("“", '"').replace("”", '"').casefold()
    if lab and _CLEAN_UP.fullmatch(name):
        return "clean-up"
    return names.get(name, "")


def _fit(lines: Sequence[str], at: int, start: int, end: int, known: set[int]) -> int:
    """Return how well line *at* stands in the place of a heading; below 0 when it does not."""
    above, below = lines[at - 1].strip() if at > start else "", lines[at + 1].strip() if at + 1 < end else ""
    next_text = next((n for n in range(at + 1, min(at + 4, end)) if lines[n].strip()), None)
    last_text = next((n for n in range(at - 1, max(at - 4, start) - 1, -1) if lines[n].strip()), None)
    if next_text is None and at + 1 >= end:
        return -1
    in_contents = at + 1 in known or (at - 1 in known and below)
    if in_contents or (above and above.endswith((":", ",", "\t"))):
        return -1
    crowded = (next_text in known) + (last_text in known and last_text == at - 1)
    return 2 * (not above) + (not below) - crowded + 1


class StepPlace(NamedTuple):
    """Where a step of a lab begins, and how it is called."""

    at: int
    title: str


def steps(lines: Sequence[str], start: int, end: int) -> list[StepPlace]:
    """Return the lines ``Step 1: …``, ``Step 2: …`` from *start* to *end*, each number once and in order."""
    found: list[StepPlace] = []
    wanted = 1
    for at in range(start, end):
        match = _STEP.fullmatch(lines[at].strip()) if "tep " in lines[at] else None
        if match and int(match[1]) == wanted:
            found.append(StepPlace(at, match[2].strip()))
            wanted += 1
    return found
