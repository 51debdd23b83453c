"""A pack with one deck a kind of item, so that a test can choose what is asked."""

from pathlib import Path
from typing import Final

MANIFEST: Final = """\
format: 1
id: sea
title: The sea
description: One deck a kind.
version: "1"
language: en
licence: CC-BY-4.0
topics:
  water: Water
"""

DECK: Final = """\
format: 1
id: {id}
title: {title}
description: Of one kind.
items:
{items}
"""

ITEM: Final = """\
  - id: {id}
    topic: water
    difficulty: easy
    explanation: {explanation}
    sources: [{{title: The sea, url: "https://example.org/sea"}}]
{body}
"""

OPTIONS: Final = """\
    options:
      - {id: tide, text: The tide, feedback: TIDE}
      - {id: wind, text: The wind, feedback: WIND}
      - {id: fish, text: The fish, feedback: FISH}
      - {id: boat, text: The boat, feedback: BOAT}
"""

SINGLE: Final = f"""\
    kind: single_choice
    prompt: What lifts the whole sea twice a day?
{OPTIONS}    key: tide"""

MANY: Final = f"""\
    kind: multiple_response
    prompt: Which two move the water?
{OPTIONS}    key: [tide, wind]"""

TRUE_FALSE: Final = """\
    kind: true_false
    prompt: The sea is salty.
    key: true
    feedback: {true: SALT, false: SWEET}"""

FILL_IN: Final = """\
    kind: fill_in
    prompt: A ship has a ___ in front and a ___ behind.
    key:
      - accept: [bow]
      - accept: [stern]"""

NUMERIC: Final = """\
    kind: numeric
    prompt: How many metres are in a nautical mile?
    key: {value: 1852, tolerance: 2, unit: m}"""

FREE_TEXT: Final = """\
    kind: free_text
    prompt: What makes the tide?
    key:
      points:
        - say: The Moon
          any_of: [moon]
      need: 1"""

ORDERING: Final = f"""\
    kind: ordering
    prompt: Put them from the largest to the smallest.
{OPTIONS}    key: [tide, wind, boat, fish]"""

MATCHING: Final = f"""\
    kind: matching
    prompt: Match each with what does it.
    stems:
      - {{id: up, text: Lifts the sea}}
      - {{id: wave, text: Makes waves}}
      - {{id: carry, text: Carries people}}
{OPTIONS}    key: {{up: tide, wave: wind, carry: boat}}"""

KINDS: Final = {
    "single": SINGLE,
    "many": MANY,
    "true-false": TRUE_FALSE,
    "fill-in": FILL_IN,
    "numeric": NUMERIC,
    "free-text": FREE_TEXT,
    "ordering": ORDERING,
    "matching": MATCHING,
}

EXPLANATION: Final = "EXPLAINED by the pull of the Moon."
SECRETS: Final = ("EXPLAINED", "TIDE", "WIND", "FISH", "BOAT", "SALT", "SWEET", "example.org/sea")
"""What nobody may read before a question closes: explanation, feedback, source."""


def write_sea(content: Path, *, each: int = 3) -> Path:
    """Write the pack into *content*, with *each* items a deck that are all alike; return *content*."""
    decks = content / "sea" / "decks"
    decks.mkdir(parents=True)
    (content / "sea" / "pack.yaml").write_text(MANIFEST, encoding="utf-8")
    for name, body in KINDS.items():
        items = "".join(
            ITEM.format(id=f"{name}-{number}", explanation=EXPLANATION, body=body) for number in range(each)
        )
        text = DECK.format(id=name, title=name.replace("-", " ").title(), items=items)
        (decks / f"{name}.yaml").write_text(text, encoding="utf-8")
    return content
