"""Cards, a note, a lab, a mock exam and a blind reading to check: good ones, for the good packs."""

from pathlib import Path

from tests.packs.samples import BLUEPRINT, PACK, deck, edited, write

CARDS = """\
format: 1
id: ropes
title: Ropes by heart
description: Terms, questions and gaps.
cards:
  - id: dynamic-rope
    kind: term
    topic: knots
    front: Dynamic rope
    back: |
      A rope that stretches.
    sources:
      - {title: Ropes, url: "https://example.org/ropes"}
  - id: why-a-stopper
    kind: question
    topic: knots
    front: Why does the end get a knot?
    back: So that it cannot slip through.
  - id: highest-factor
    kind: cloze
    topic: belays
    front: The highest fall factor is ___, past the ___ and `___`.
    key:
      - {accept: [two, "2"]}
      - {accept: [belay], exact: "true"}
    back: When a leader falls past it.
    valid_until: 2030-01-01
    off: The sources differ.
"""

NOTE = """\
---
format: 1
id: belaying
title: Belaying
topic: belays
summary: How a fall is held.
sources:
  - {title: Belays, url: "https://example.org/belays"}
---
What stands before the first heading.

## Objectives
- Hold a fall
  with one hand.
* Say when a device is worn.

## Key terms
- **Device**: what brakes the rope.
- **Brake hand:** the hand that never lets go.
- **Slack** - rope that hangs.

## Explanation
```sh
## no heading
```

### How friction works

The rope bends.

## Worked example
A fall of two metres.

## Checkpoint questions
### Which hand never lets go?
The brake hand.

It stays below the device.
### What is slack?
Rope that hangs.

## Common confusions
- **Device or carabiner**: only one of them brakes.
"""

LAB = """\
format: 1
id: anchor
title: Build an anchor
topic: belays
difficulty: easy
minutes: 20
cost: Nothing.
goal: |
  An anchor that holds.
prerequisites: [A figure eight.]
steps:
  - id: clip
    title: Clip both bolts
    do: |
      Clip a carabiner into each.
    expect: Neither gate opens.
    checkpoint: {ask: Why?, answer: Gates open under load.}
  - id: tie
    title: Tie the point
    do: Tie it.
troubleshooting:
  - {problem: One arm is slack., fix: Tie again.}
clean_up: [Untie it.]
sources:
  - {title: Anchors, url: "https://example.org/anchors"}
valid_until: 2030-01-01
"""


def statement(own: str, topic: str, said: str, more: str = "") -> str:
    """Return an item of kind true/false about *topic*; it is right, and *more* is added to its fields."""
    return f"""\
  - id: {own}
    kind: true_false
    topic: "{topic}"
    prompt: {said}
    key: "true"
    feedback: {{"true": "Yes.", "false": "It is."}}
    explanation: It was measured.
    sources:
      - {{title: Measures, url: "https://example.org/measures"}}
{more}"""


EXAM_PACK = edited(PACK, "topics:\n  knots: Knots\n  belays: Belaying\n", "blueprint: exam-1\n")
SHORT = edited(edited(BLUEPRINT, "questions: 65", "questions: 5"), "scored: 50", "scored: 4")
FIVE = (
    statement("one", "1.1", "A bowline holds its size."),
    statement("two", "1.2", "Sheet bends join ropes of different width."),
    statement("three", "1.1", "Sailors use loops on every ship."),
    statement("four", "2.1", "Devices brake by friction."),
    statement("five", "2.1", "Gloves keep hands from burning."),
)
EXAM = """\
format: 1
id: mock-1
title: Mock exam 1
blueprint: exam-1
items:
  - one
  - two
  - three
  - four
  - five
"""


def exam_pack(root: Path, *items: str, blueprint: str = SHORT, exam: str = "") -> Path:
    """Write a pack with a blueprint of five questions under *root*; return its folder."""
    folder = root / "climbing"
    write(folder, pack=EXAM_PACK, blueprints__exam_1=blueprint, decks__ropes=deck(*(items or FIVE)))
    (folder / "blueprints/exam_1.yaml").rename(folder / "blueprints/exam-1.yaml")
    if exam:
        (folder / "exams").mkdir()
        (folder / "exams/mock-1.yaml").write_text(exam, encoding="utf-8")
    return folder
