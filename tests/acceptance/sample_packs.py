"""Packs for the rounds that the acceptance tests play: few items, of known keys."""

from pathlib import Path
from typing import Final

from tests.acceptance.program import write_pack

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
      - {id: square, text: When Sun and Moon stand at a right angle, feedback: "That makes a neap tide, the lowest of all."}
      - {id: spring, text: In spring alone, feedback: "The name is of another spring: the water springs up."}
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

KINDS: Final = {
    "When does the sea": "single choice",
    "Which two of these": "multiple response",
    "On most coasts": "fill-in",
    "How long is": "numeric",
    "Put these in order": "ordering",
}


def write_coast(content: Path) -> Path:
    """Write the pack with five items of five kinds; return the folder of packs."""
    write_pack(content, "coast", {"pack.yaml": _PACK, "decks/walk.yaml": _DECK})
    return content
