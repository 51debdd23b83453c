"""Study pages: ten thousand questions imported and checked, beside mkdocs-quiz's own extractor.

The pages are as groups have them when they keep one a week, a topic or a chapter: 25, 50 and 200 questions
each, most with four answers and feedback, some with code, some with blanks. What the extractor does is the
first of three steps here: read alone; read, repaired, linked and made into items, with all findings of an
import; and what ``content check`` says about the pack that came of it, from its files. The clock is the
processor's, and the best of several turns counts for both sides.
"""

import asyncio
import gc
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from mkdocs_quiz.qti.extractor import (  # type: ignore[import-untyped] # it has no types
    extract_quizzes_from_file,
)

from bot.packs.checks.running import check_whole
from bot.packs.formats import mkdocs_quiz
from bot.packs.importing.held import Imported, Options
from bot.packs.importing.running import harvest_of, run
from bot.packs.importing.saving import save
from bot.packs.importing.sources import SourceFile
from bot.packs.loading import load_pack
from tests.bench.figures import Figure

ROOT = Path(__file__).parent.parent.parent
QUESTIONS = 10_000
ON_A_PAGE = (25, 50, 200)
TURNS = 3
TURNS_OF_ONE = 20
MEGABYTES = 150.0
PAGE_SECONDS = 0.05
TODAY = date(2026, 11, 23)
OPTIONS = Options("knots", TODAY)


async def page_figures() -> list[Figure]:
    """Measure the time of all pages against the extractor's, the memory of all, and the time of one."""
    return await asyncio.to_thread(lambda: [figure for size in ON_A_PAGE for figure in _figures(size)])


def _figures(size: int) -> Iterator[Figure]:
    """Yield the figures of pages that have *size* questions each."""
    with tempfile.TemporaryDirectory(prefix="studyhall-bench-") as name:
        folder = Path(name) / "pages"
        paths = _write_pages(folder, size)
        said = f"10,000 questions, {size} a page, to mkdocs-quiz's"
        theirs, read, repaired, whole = _times(
            lambda: sum(len(extract_quizzes_from_file(path)) for path in paths),
            lambda: sum(len(mkdocs_quiz.read(source).questions) for source in _sources(paths)),
            lambda: sum(len(harvest_of(source, None, TODAY).questions) for source in _sources(paths)),
            lambda: _asked(_imported(paths)),
        )
        yield Figure(f"seconds to read alone {said}", read, theirs)
        yield Figure(f"seconds to read and repair {said}", repaired, theirs)
        yield Figure(f"seconds to import, with all findings, {said}", whole, theirs, most=1 / 3)
        checked = _checked(Path(name) / OPTIONS.pack, paths)
        yield Figure(f"seconds of content check for the pack of {said}", checked, theirs)
        peak = _peak(folder)
        yield Figure(f"megabytes at most of importing them, {size} a page, to 150", peak, MEGABYTES, most=1.0)
        one = _best(partial(_imported, paths[:1]))
        yield Figure(f"seconds to import a page of {size} questions, to 0.05", one, PAGE_SECONDS, most=1.0)


def _times(*works: Callable[[], int]) -> list[float]:
    """Return the best time of each of *works*, which take turns."""
    turns = [[_timed(work) for work in works] for _ in range(TURNS)]
    return [min(times) for times in zip(*turns, strict=True)]


def _timed(work: Callable[[], int]) -> float:
    gc.collect()
    start = time.process_time()
    found = work()
    spent = time.process_time() - start
    if found != QUESTIONS:
        raise AssertionError(f"{found} questions were found, not {QUESTIONS}.")
    return spent


def _sources(paths: Sequence[Path]) -> list[SourceFile]:
    return [SourceFile(path.name, path.read_bytes()) for path in paths]


def _imported(paths: Sequence[Path]) -> Imported:
    return run(_sources(paths), None, OPTIONS)


def _asked(imported: Imported) -> int:
    """Return how many items can be asked."""
    return sum(not item.off for deck in imported.pack.decks for item in deck.items)


def _checked(folder: Path, paths: Sequence[Path]) -> float:
    """Return the time of ``content check`` for the pack of *paths* in *folder*; one turn, for it is long."""
    save(folder, _imported(paths), None)

    def check() -> int:
        checked = load_pack(folder, TODAY)
        check_whole(checked, TODAY)
        return 0 if checked.pack is None else sum(len(deck.items) for deck in checked.pack.decks)

    return _timed(check)


def _best(work: Callable[[], object]) -> float:
    spent = []
    for _ in range(TURNS_OF_ONE):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return min(spent)


def _peak(folder: Path) -> float:
    """Return the most memory of a process that imports all pages and keeps what came of them.

    Linux counts what the parent had before the program was loaded into ``ru_maxrss``, but not into ``VmHWM``.
    """
    code = (
        "import re, resource, sys\n"
        "from datetime import date\n"
        "from pathlib import Path\n"
        "from bot.packs.importing.held import Options\n"
        "from bot.packs.importing.running import run\n"
        "from bot.packs.importing.sources import SourceFile\n"
        "paths = sorted(Path(sys.argv[1]).iterdir())\n"
        "sources = [SourceFile(path.name, path.read_bytes()) for path in paths]\n"
        "kept = run(sources, None, Options('knots', date(2026, 11, 23)))\n"
        "assert sum(len(deck.items) for deck in kept.pack.decks) == int(sys.argv[2])\n"
        "status = Path('/proc/self/status')\n"
        "told = re.search(r'VmHWM:\\s+(\\d+)', status.read_text()) if status.exists() else None\n"
        "print(told[1] if told else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)\n"
    )
    command = [sys.executable, "-c", code, str(folder), str(QUESTIONS)]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return float(told.stdout) / 1024


def _write_pages(folder: Path, size: int) -> list[Path]:
    paths = []
    folder.mkdir()
    for page in range(QUESTIONS // size):
        first = page * size
        blocks = [_block(number) for number in range(first, first + size)]
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
