"""A pack to play in these tests: two decks, an item of every kind, and what is right and wrong for each."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.acceptance.people import Answer, Match, Order, Person, Pick, Tick, Type
from tests.acceptance.program import write_pack

TITLE: Final = "A walk along the coast"
"""The deck of five kinds; `/quiz play walk`."""

WHOLE: Final = "The Coast"
"""Both decks, an item of every kind; `/quiz play coast`."""


@dataclass(frozen=True, slots=True)
class Known:
    """An item as a test knows it. *reveals* stands in every reveal, *tells* in one after a wrong answer."""

    prompt: str
    right: Answer
    wrong: Answer
    reveals: tuple[str, ...]
    tells: str
    why: str


WALK: Final = (
    Known(
        "When does the sea rise highest at a spring tide?",
        Pick("When Sun and Moon stand in line"),
        Pick("In spring alone"),
        ("Yes. Their pulls add up.",),
        "The name is of another spring: the water springs up.",
        "At new and at full Moon the pulls of Sun and Moon add up.",
    ),
    Known(
        "Which two of these mark the sides of a harbour's mouth? Choose two.",
        Tick(("A red light", "A green light")),
        Tick(("A green light", "A blue light")),
        ("Yes, on one side.", "Yes, on the other side."),
        "Blue is for ships of the police.",
        "Which of the two is to the left depends on where in the world the harbour is.",
    ),
    Known(
        "On most coasts the sea rises",
        Type(("twice", "moon")),
        Type(("once", "Sun")),
        ("Blank 1: twice", "Blank 2: Moon"),
        "once · sun",
        "A bulge of water stands towards the Moon and another away from it.",
    ),
    Known(
        "How long is a nautical mile, to the metre?",
        Type(("1852",)),
        Type(("1609 m",)),
        ("1852 m",),
        "1609",
        "It was meant as one minute of arc along a meridian.",
    ),
    Known(
        "Put these in order, from the land to the open sea.",
        Order(("The dune", "The beach", "The shelf", "The deep sea")),
        Order(("The deep sea", "The shelf", "The beach", "The dune")),
        ("The right order:", "The dune"),
        "",
        "The shelf belongs to the continent, although it lies under water.",
    ),
)

HARBOUR: Final = (
    Known(
        "The Moon pulls more strongly at the tides than the Sun does.",
        Pick("True"),
        Pick("False"),
        ("It is small, but near.",),
        "The Sun is far away.",
        "The Moon's part is about twice the Sun's.",
    ),
    Known(
        "What is the right-hand side of a ship called, looking forward?",
        Type(("starboard",)),
        Type(("the bow",)),
        ("starboard",),
        "the bow",
        "It was the side of the steering oar.",
    ),
    Known(
        "Match each word with the part of a ship.",
        Match((("Bow", "The front"), ("Stern", "The back"), ("Keel", "The lowest beam"))),
        Match((("Bow", "The back"), ("Stern", "The front"), ("Keel", "The lowest beam"))),
        ("The right pairs:",),
        "",
        "All three are older than any engine.",
    ),
    Known(
        "Does the ferry have enough water under its keel?",
        Pick("True"),
        Pick("False"),
        ("A metre is left.",),
        "Subtract its draught from the depth.",
        "Five metres of water, four metres of ship.",
    ),
    Known(
        "How long does the crossing take, in minutes?",
        Type(("30",)),
        Type(("60",)),
        ("30 min",),
        "60",
        "Six miles at twelve knots are half an hour.",
    ),
)

ITEMS: Final = (*WALK, *HARBOUR)

_PACK: Final = """\
format: 1
id: coast
title: The Coast
language: en
licence: CC-BY-4.0
version: 2026.11.1
description: Tides, charts and lights.
topics:
  sea: The sea
"""

_WALK: Final = """\
format: 1
id: walk
title: A walk along the coast
description: What one meets between the pier and the lighthouse.
items:
  - id: spring-tide
    kind: single_choice
    topic: sea
    prompt: When does the sea rise highest at a spring tide?
    options:
      - {id: line, text: When Sun and Moon stand in line, feedback: "Yes. Their pulls add up."}
      - {id: square, text: When they stand at a right angle, feedback: "That makes a neap tide, the lowest."}
      - id: spring
        text: In spring alone
        feedback: "The name is of another spring: the water springs up."
      - {id: wind, text: When the wind blows from the land, feedback: "Wind off the land lowers the water."}
    key: line
    explanation: At new and at full Moon the pulls of Sun and Moon add up.

  - id: harbour-lights
    kind: multiple_response
    topic: sea
    prompt: Which two of these mark the sides of a harbour's mouth? Choose two.
    options:
      - {id: red, text: A red light, feedback: "Yes, on one side."}
      - {id: green, text: A green light, feedback: "Yes, on the other side."}
      - {id: blue, text: A blue light, feedback: "Blue is for ships of the police."}
      - {id: white, text: A white light, feedback: "White marks safe water, in the middle."}
    key: [red, green]
    explanation: Which of the two is to the left depends on where in the world the harbour is.

  - id: two-tides
    kind: fill_in
    topic: sea
    prompt: On most coasts the sea rises ___ a day, because of the pull of the ___.
    key:
      - {accept: [twice, two times]}
      - {accept: [Moon, the Moon]}
    explanation: A bulge of water stands towards the Moon and another away from it.

  - id: sea-mile
    kind: numeric
    topic: sea
    prompt: How long is a nautical mile, to the metre?
    key: {value: 1852, unit: m, units: {km: 1000}}
    explanation: It was meant as one minute of arc along a meridian.

  - id: shore-order
    kind: ordering
    topic: sea
    prompt: Put these in order, from the land to the open sea.
    options:
      - {id: dune, text: The dune}
      - {id: beach, text: The beach}
      - {id: shelf, text: The shelf}
      - {id: deep, text: The deep sea}
    key: [dune, beach, shelf, deep]
    explanation: The shelf belongs to the continent, although it lies under water.
"""

_HARBOUR: Final = """\
format: 1
id: harbour
title: In the harbour
description: Ships, words and depths.
items:
  - id: stronger-pull
    kind: true_false
    topic: sea
    prompt: The Moon pulls more strongly at the tides than the Sun does.
    key: "true"
    feedback: {"true": "It is small, but near.", "false": "The Sun is far away."}
    explanation: The Moon's part is about twice the Sun's.

  - id: right-hand-side
    kind: free_text
    topic: sea
    prompt: What is the right-hand side of a ship called, looking forward?
    key: {accept: [starboard]}
    explanation: It was the side of the steering oar.

  - id: parts-of-a-ship
    kind: matching
    topic: sea
    prompt: Match each word with the part of a ship.
    stems:
      - {id: bow, text: Bow}
      - {id: stern, text: Stern}
      - {id: keel, text: Keel}
    options:
      - {id: front, text: The front}
      - {id: back, text: The back}
      - {id: beam, text: The lowest beam}
      - {id: mast, text: The highest mast}
    key: {bow: front, stern: back, keel: beam}
    explanation: All three are older than any engine.

  - id: ferry
    kind: case_study
    topic: sea
    scenario: |
      A ferry crosses to the island at low water. This is its log:

      | distance | speed | depth | draught | wind | sea | visibility | course | crew |
      |----------|-------|-------|---------|------|-----|------------|--------|------|
      | 6 miles  | 12 knots | 5 m | 4 m | south-west, light | smooth | good | 270 degrees | seven |

      ```
      minutes = miles / knots * 60    # a long line of a program, so that it has to scroll in its box
      ```
    items:
      - id: water-under-keel
        kind: true_false
        prompt: Does the ferry have enough water under its keel?
        key: "true"
        feedback: {"true": "A metre is left.", "false": "Subtract its draught from the depth."}
        explanation: Five metres of water, four metres of ship.
      - id: minutes
        kind: numeric
        prompt: How long does the crossing take, in minutes?
        key: {value: 30, unit: min}
        explanation: Six miles at twelve knots are half an hour.
"""


def write_coast(content: Path) -> Path:
    """Write the pack; return the folder of packs."""
    decks = {"decks/walk.yaml": _WALK, "decks/harbour.yaml": _HARBOUR}
    write_pack(content, "coast", {"pack.yaml": _PACK, **decks})
    return content


async def asked(person: Person, number: int, of: int) -> Known:
    """Return the item that question *number* shows to *person*, once it does."""
    question = person.question(number, of)
    await question.wait_for()
    text = await question.inner_text()
    return next(item for item in ITEMS if item.prompt in text)
