"""Packs to check: a good one, and the means to break it in one place."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.core.items import Item
from bot.packs.loading import Checked, load_pack

TODAY = date(2026, 11, 22)
MARK = "¶"
"""Stands on the line on which a problem is expected; it is taken out before the file is written."""

PACK = """\
format: 1
id: climbing
title: Climbing
language: en
licence: CC-BY-4.0
version: 2026.11.1
description: Ropes, knots and belays.
topics:
  knots: Knots
  belays: Belaying
"""

HEAD = """\
format: 1
id: ropes
title: Ropes
description: What to tie and when.
items:
"""

BLUEPRINT = """\
format: 1
id: exam-1
code: EX-1
title: The exam
valid_from: 2026-01-01
valid_until: 2028-12-31
questions: 65
scored: 50
minutes: 130
scale: {low: 100, high: 1000, pass: 720}
source: {title: "The exam's guide", url: "https://example.org/guide"}
domains:
  - id: "1"
    title: Knots
    weight: 60
    tasks:
      - {id: "1.1", title: Loops}
      - {id: "1.2", title: Bends}
  - id: "2"
    title: Belays
    weight: 40
    tasks:
      - {id: "2.1", title: Devices}
"""

SINGLE = """\
  - id: fixed-loop
    kind: single_choice
    topic: knots
    difficulty: easy
    prompt: Which knot makes a fixed loop?
    options:
      - {id: bowline, text: The bowline, feedback: "Yes, its loop holds its size."}
      - {id: sheet-bend, text: The sheet bend, feedback: "No, it joins two ropes."}
      - {id: none, text: None of these, feedback: "One of them does.", place: last}
    key: bowline
    explanation: The loop of a bowline neither slips nor jams.
    hints: [Think of a rescue.]
    sources:
      - {title: Knots, url: "https://example.org/knots"}
    valid_until: 2030-01-01
    seconds: 45
"""

MULTIPLE = """\
  - id: joining
    kind: multiple_response
    topic: knots
    prompt: Which of these join two ropes? Choose two.
    options:
      - {id: bowline, text: The bowline, feedback: "It makes a loop."}
      - {id: sheet-bend, text: The sheet bend, feedback: "It does."}
      - {id: reef-knot, text: The reef knot, feedback: "It does, if nothing depends on it."}
    key: [reef-knot, sheet-bend]
    explanation: Bends join ropes.
"""

TRUE_FALSE = """\
  - id: jams
    kind: true_false
    topic: knots
    prompt: A bowline jams under load.
    key: "false"
    feedback: {"true": "It can be untied after any load.", "false": "It can be untied after any load."}
    explanation: That is why sailors like it.
"""

FILL_IN = """\
  - id: types
    kind: fill_in
    topic: knots
    prompt: A ___ fall is held by a `___` device of ___.
    key:
      - {accept: [factor-two, factor 2]}
      - {accept: [Type I], exact: "true"}
    explanation: Two of the runs of underscores are blanks.
"""

NUMERIC = """\
  - id: strength
    kind: numeric
    topic: belays
    prompt: What force must a belay loop hold?
    key: {value: 15, tolerance: 5%, unit: kN, units: {N: 0.001}, unit_required: "true"}
    explanation: The standard says so.
"""

FREE_TEXT = """\
  - id: back-up
    kind: free_text
    topic: belays
    prompt: What backs up an abseil?
    key:
      accept: [a friction hitch, Type II]
      points:
        - {say: a hitch, any_of: [prusik, autoblock]}
        - {say: below the device, any_of: [below, under]}
      need: 1
    explanation: It locks when let go.
"""

ORDERING = """\
  - id: figure-eight
    kind: ordering
    topic: knots
    prompt: Put the steps of a figure eight in order.
    options:
      - {id: through, text: Pass it through the loop}
      - {id: bight, text: Make a bight}
      - {id: around, text: Go around the standing part}
    key: [bight, around, through]
    explanation: That is how it is tied.
"""

MATCHING = """\
  - id: uses
    kind: matching
    topic: knots
    prompt: Match the knot with its use.
    stems:
      - {id: clove, text: Clove hitch}
      - {id: bowline, text: Bowline}
      - {id: sheet, text: Sheet bend}
    options:
      - {id: join, text: Join two ropes}
      - {id: loop, text: Make a loop}
      - {id: post, text: Tie to a post}
      - {id: stop, text: Stop a rope's end}
    key: {bowline: loop, clove: post, sheet: join}
    explanation: Each has its own.
"""

CASE = """\
  - id: rescue
    kind: case_study
    topic: belays
    difficulty: hard
    scenario: A climber hangs at the edge.
    items:
      - id: first-step
        kind: true_false
        prompt: Is the belay locked off first?
        key: "true"
        feedback: {"true": "Yes.", "false": "It is."}
        explanation: Free hands come first.
      - id: knot
        kind: fill_in
        topic: knots
        difficulty: easy
        prompt: It is locked off with a ___ knot.
        key: [{accept: [mule]}]
        explanation: It can be released under load.
"""

EVERY_KIND = (SINGLE, MULTIPLE, TRUE_FALSE, FILL_IN, NUMERIC, FREE_TEXT, ORDERING, MATCHING, CASE)


@dataclass(frozen=True)
class Marked:
    """A text and the line, from 1, on which its mark stood; 1 when it had none."""

    text: str
    line: int


def unmark(text: str) -> Marked:
    """Return *text* without its mark, and the mark's line."""
    before, mark, after = text.partition(MARK)
    return Marked(before + after, before.count("\n") + 1 if mark else 1)


def deck(*items: str, head: str = HEAD) -> str:
    """Return a deck of *items*."""
    return head + "\n".join(items)


def edited(text: str, old: str, new: str) -> str:
    """Return *text* with its one *old* replaced; it must be there once."""
    assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times"
    return text.replace(old, new)


def write(folder: Path, **files: str | bytes) -> None:
    """Write files into *folder*; a double underscore in a name is a slash, and ``.yaml`` is added."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


def good_pack(root: Path) -> Path:
    """Write the good pack under *root*, with an item of every kind; return its folder."""
    folder = root / "climbing"
    write(folder, pack=PACK, decks__ropes=deck(*EVERY_KIND))
    return folder


def check(folder: Path) -> Checked:
    """Load *folder* as of the day of these tests."""
    return load_pack(folder, TODAY)


def items_of(checked: Checked) -> dict[str, Item]:
    """Return the items of a pack that is whole, by their ids inside it."""
    assert checked.pack is not None, checked.problems
    found = [item for one in checked.pack.decks for item in one.items]
    return {item.id.removeprefix(f"{checked.pack.id}/"): item for item in found}
