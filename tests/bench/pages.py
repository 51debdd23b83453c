"""Study pages: ten thousand questions read and checked, beside mkdocs-quiz's own extractor on the same pages.

The pages are as groups have them when they keep one a chapter: 200 questions each, most with four answers
and feedback, some with code, some with blanks. The clock is the processor's, and the best of several turns
counts for both sides.
"""

import asyncio
import gc
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from mkdocs_quiz.qti.extractor import (  # type: ignore[import-untyped] # it has no types
    extract_quizzes_from_file,
)

from bot.packs.formats import mkdocs_quiz
from bot.packs.importing.sources import SourceFile
from tests.bench.figures import Figure

ROOT = Path(__file__).parent.parent.parent
PAGES = 50
ON_A_PAGE = 200
TURNS = 5
MEGABYTES = 150.0
PAGE_SECONDS = 0.05


async def page_figures() -> list[Figure]:
    """Measure the time of all pages against the extractor's, the memory of all, and the time of one."""
    return await asyncio.to_thread(_figures)


def _figures() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="studyhall-bench-") as name:
        folder = Path(name)
        paths = _write_pages(folder)
        ours, theirs = _times(paths)
        one = _best(lambda: _read(paths[0]))
        return [
            Figure("seconds to read and check 10,000 questions, to mkdocs-quiz's", ours, theirs, most=1 / 3),
            Figure("megabytes at most while reading them, to 150", _peak(folder), MEGABYTES, most=1.0),
            Figure("seconds to read a page of 200 questions, to 0.05", one, PAGE_SECONDS, most=1.0),
        ]


def _times(paths: list[Path]) -> tuple[float, float]:
    """Return the best time of both sides, which take turns."""
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(TURNS):
        ours.append(_timed(lambda: sum(_read(path) for path in paths)))
        theirs.append(_timed(lambda: sum(len(extract_quizzes_from_file(path)) for path in paths)))
    return min(ours), min(theirs)


def _read(path: Path) -> int:
    """Read and check one page from its file, and return how many of its questions can be asked."""
    read = mkdocs_quiz.read(SourceFile(path.name, path.read_bytes()))
    return sum(not question.off for question in read.questions)


def _timed(work: Callable[[], int]) -> float:
    gc.collect()
    start = time.process_time()
    found = work()
    spent = time.process_time() - start
    if found != PAGES * ON_A_PAGE:
        raise AssertionError(f"{found} questions were found, not {PAGES * ON_A_PAGE}.")
    return spent


def _best(work: Callable[[], int]) -> float:
    spent = []
    for _ in range(TURNS):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return min(spent)


def _peak(folder: Path) -> float:
    """Return the most memory of a process that reads all pages and keeps what it read.

    Linux counts what the parent had before the program was loaded into ``ru_maxrss``, but not into ``VmHWM``.
    """
    code = (
        "import re, resource, sys\n"
        "from pathlib import Path\n"
        "from bot.packs.formats import mkdocs_quiz\n"
        "from bot.packs.importing.sources import SourceFile\n"
        "kept = [mkdocs_quiz.read(SourceFile(path.name, path.read_bytes()))"
        " for path in sorted(Path(sys.argv[1]).iterdir())]\n"
        "assert sum(len(one.questions) for one in kept) == int(sys.argv[2])\n"
        "status = Path('/proc/self/status')\n"
        "told = re.search(r'VmHWM:\\s+(\\d+)', status.read_text()) if status.exists() else None\n"
        "print(told[1] if told else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)\n"
    )
    command = [sys.executable, "-c", code, str(folder), str(PAGES * ON_A_PAGE)]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return float(told.stdout) / 1024


def _write_pages(folder: Path) -> list[Path]:
    paths = []
    for page in range(PAGES):
        first = page * ON_A_PAGE
        blocks = [_block(number) for number in range(first, first + ON_A_PAGE)]
        path = folder / f"page-{page:03}.md"
        path.write_text(
            f"---\ntitle: Page {page}\n---\n\n# Page {page}\n\n{''.join(blocks)}", encoding="utf-8"
        )
        paths.append(path)
    return paths


def _block(number: int) -> str:
    """Return a question: one in ten has blanks, one in ten has code, the others have neither."""
    if number % 10 == 7:
        return (
            f"<quiz>\nThe fall factor {number} is the length of the [[fall]] divided by that of the "
            "[[rope]].\n\n---\nIt is two at most, when a leader falls past the belay.\n</quiz>\n\n"
        )
    code = "\n```python\nrope = tie('bowline')\n- [x] no answer\n```\n" if number % 10 == 3 else ""
    answers = "".join(
        f"- [{'x' if place == number % 4 else ' '}] Knot {place}, which does {number} things to a rope\n"
        f"> It does {place} things that no other knot does to a rope under load.\n"
        for place in range(4)
    )
    why = (
        f"The loop of knot {number} neither slips nor jams, and it opens after any load.\n"
        f"See [the page about it](https://example.org/knots/{number}).\n"
    )
    prompt = f"Which knot holds climber {number} who has fallen **twice** on the same rope?\n{code}"
    return f"<quiz>\n{prompt}{answers}\n{why}</quiz>\n\n"
