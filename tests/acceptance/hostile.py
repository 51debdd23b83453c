"""What a bad neighbour would write: markup that runs, mentions, turned lines, and far too much."""

import json
from pathlib import Path
from typing import Final

from tests.acceptance.program import write_pack

# Each way in leaves its own mark, so that a failure says which one was open.
MARKUP: Final = (
    "<script>window.owned='script'</script>"
    "<img src=x onerror=\"window.owned='image'\">"
    "<svg onload=\"window.owned='svg'\">"
    "</textarea></title><iframe srcdoc=\"<script>parent.owned='frame'</script>\">"
)
LINK: Final = "[press me](javascript:window.owned='link')"
TURNED: Final = "\u202egnirts siht\u202c \u2066and this"
HOSTILE: Final = f"{MARKUP} @everyone <@1> {TURNED}"
LONG: Final = "supercalifragilistic" * 250
"""5,000 characters without a place to break the line."""

NAMES: Final = ("<img src=x onerror=window.owned='name'>", "@everyone <b>\u202eevil")

_TEXT: Final = json.dumps(f"{HOSTILE} {LONG}", ensure_ascii=False)
_LINK: Final = json.dumps(f"{LINK} {HOSTILE}", ensure_ascii=False)
_LONG: Final = json.dumps(LONG)
_BLANK: Final = json.dumps(f"{HOSTILE} ___", ensure_ascii=False)

_PACK: Final = f"""\
format: 1
id: evil
title: {json.dumps(HOSTILE, ensure_ascii=False)}
language: en
licence: CC-BY-4.0
version: 2026.11.1
description: {_TEXT}
topics:
  all: {json.dumps(HOSTILE, ensure_ascii=False)}
"""

_DECK: Final = f"""\
format: 1
id: words
title: {json.dumps(HOSTILE, ensure_ascii=False)}
description: {_TEXT}
items:
  - id: chosen
    kind: single_choice
    topic: all
    prompt: {_TEXT}
    options:
      - {{id: first, text: {_TEXT}, feedback: {_TEXT}}}
      - {{id: second, text: {_LINK}, feedback: {_LINK}}}
      - {{id: third, text: {_LONG}, feedback: {_LONG}}}
    key: first
    explanation: {_TEXT}

  - id: typed
    kind: fill_in
    topic: all
    prompt: {_BLANK}
    key: [{{accept: [{_LINK}, {_LONG}]}}]
    explanation: {_LINK}

  - id: matched
    kind: matching
    topic: all
    prompt: {_LINK}
    stems:
      - {{id: first, text: {_TEXT}}}
      - {{id: second, text: {_LINK}}}
      - {{id: third, text: {_LONG}}}
    options:
      - {{id: first, text: {_TEXT}}}
      - {{id: second, text: {_LINK}}}
      - {{id: third, text: {_LONG}}}
    key: {{first: first, second: second, third: third}}
    explanation: {_TEXT}
"""


def write_evil(content: Path) -> Path:
    """Write the pack; return the folder of packs."""
    write_pack(content, "evil", {"pack.yaml": _PACK, "decks/words.yaml": _DECK})
    return content
