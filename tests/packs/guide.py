"""The examples of the guide for authors, taken out of its page."""

import re
from collections.abc import Iterator
from pathlib import Path

README = Path(__file__).parents[2] / "content" / "README.md"

_FILE = re.compile(r"```yaml\n# ([a-z0-9/-]+\.yaml)\n(.*?)```", re.DOTALL)
_NOTE = re.compile(r"````markdown\n<!-- ([a-z0-9/-]+\.md) -->\n(.*?)````", re.DOTALL)
_FAULTY = re.compile(r"```yaml\n# bad: ([a-z-]+)\n(.*?)```\n\n```yaml\n# better\n(.*?)```", re.DOTALL)


def text() -> str:
    """Return the whole page."""
    return README.read_text(encoding="utf-8")


def write_examples(root: Path) -> None:
    """Write the packs that the page shows into *root*."""
    for pattern in (_FILE, _NOTE):
        for name, example in pattern.findall(text()):
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(example, encoding="utf-8")


def pairs() -> Iterator[tuple[str, str, str]]:
    """Yield the code of each fault that the page shows, with the bad item and the better one."""
    yield from _FAULTY.findall(text())
