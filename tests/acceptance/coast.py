"""A pack to play in these tests: five items of five kinds, and for each what is right, wrong and revealed."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.acceptance.people import Answer, Order, Person, Pick, Tick, Type
from tests.acceptance.program import write_pack

TITLE: Final = "The Coast"


@dataclass(frozen=True, slots=True)
class Known:
    """An item as this test knows it. *reveals* stands in every reveal, *tells* in one after a wrong answer."""

    prompt: str
    right: Answer
    wrong: Answer
    reveals: tuple[str, ...]
    tells: str
    why: str


ITEMS: Final = (
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

_PACK: Final = f"""\
format: 1
id: coast
title: {TITLE}
language: en
licence: CC-BY-4.0
version: 2026.11.1
description: Tides, charts and lights.
topics:
  sea: The sea
"""

_DECK: Final = """\
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


def write_coast(content: Path) -> Path:
    """Write the pack; return the folder of packs."""
    write_pack(content, "coast", {"pack.yaml": _PACK, "decks/walk.yaml": _DECK})
    return content


async def asked(person: Person, number: int, of: int) -> Known:
    """Return the item that question *number* shows to *person*, once it does."""
    question = person.question(number, of)
    await question.wait_for()
    text = await question.inner_text()
    return next(item for item in ITEMS if item.prompt in text)
