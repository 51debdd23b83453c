"""One command of the program, run to its end in a folder of its own, and a small pack to give it."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parents[2]
PACK: Final = """\
format: 1
id: tea
title: Tea
language: en
licence: CC0-1.0
version: "1"
description: Leaves and water.
topics:
  leaves: Leaves
"""
DECK: Final = """\
format: 1
id: green
title: Green tea
description: Not black.
items:
  - id: water
    kind: true_false
    topic: leaves
    difficulty: easy
    prompt: Green tea wants cooler water than black tea does.
    key: true
    feedback: {true: "Yes, it turns bitter.", false: "It turns bitter."}
    explanation: Boiling water draws out what tastes bitter.
    sources: [{title: Tea, url: "https://example.org/tea"}]
"""
GOOD: Final = {"pack.yaml": PACK, "decks/green.yaml": DECK}
BROKEN: Final = {"pack.yaml": PACK, "decks/green.yaml": DECK.replace("topic: leaves", "topic: stems")}


class Done(NamedTuple):
    """How one run of the program ended."""

    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """What it said was wrong: one line, and nothing else; never a traceback."""
        assert "Traceback" not in self.err
        (line,) = self.err.splitlines()
        assert line.startswith("studyhall: ")
        assert line.endswith((".", ")"))
        return line.removeprefix("studyhall: ")


def studyhall(folder: Path, *args: str, **settings: str) -> Done:
    """Run the program in *folder* to its end; *settings* are environment variables."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "bot", *args],
        cwd=folder,
        env=environment(folder, settings),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def environment(folder: Path, settings: dict[str, str]) -> dict[str, str]:
    """Return the whole environment of a run: nothing of this process but where programs are."""
    plain = {"COLUMNS": "200", "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    own = {"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(ROOT)}
    return {**own, **plain, **settings}
