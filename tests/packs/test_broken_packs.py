"""Whatever an author gets wrong, a check names file, line and item, and says what to write instead."""

import re
from pathlib import Path

import pytest

from bot.packs.problems import Severity
from tests.packs import broken_files, broken_items, broken_keys, broken_studies
from tests.packs.breaking import Broken
from tests.packs.samples import check, good_pack, unmark

EVERY = (
    *broken_files.YAML,
    *broken_files.DECK,
    *broken_files.PACKS,
    *broken_files.TOPICS,
    *broken_files.BLUEPRINTS,
    *broken_items.ITEM,
    *broken_items.OPTIONS,
    *broken_items.CASES,
    *broken_items.PROSE,
    *broken_items.BALANCE,
    *broken_keys.KEYS,
    *broken_studies.SERVING,
    *broken_studies.CARD,
    *broken_studies.NOTES,
    *broken_studies.LABS,
    *broken_studies.READINGS,
)


@pytest.mark.parametrize("broken", EVERY, ids=lambda broken: broken.name)
def test_a_broken_pack_is_told_with_file_line_item_and_mend(broken: Broken, tmp_path: Path) -> None:
    """One break gives one problem, in its place, that says what to write; an error keeps the pack back."""
    folder = good_pack(tmp_path)
    marked = unmark(broken.text)
    (folder / broken.file).parent.mkdir(exist_ok=True)
    (folder / broken.file).write_text(marked.text, encoding="utf-8", newline="")

    checked = check(folder)

    found = [(problem.code, problem.file, problem.line, problem.item) for problem in checked.problems]
    assert found == [(broken.code, f"{folder}/{broken.file}", marked.line, broken.item)]
    problem = checked.problems[0]
    assert broken.says in problem.message
    assert broken.mend in problem.mend
    assert (checked.pack is None) == (problem.severity is Severity.ERROR)
    assert _is_one_sentence(problem.message)
    assert _is_one_sentence(problem.mend)


def _is_one_sentence(text: str) -> bool:
    return bool(re.fullmatch(r"(?s)\S.*\S[.]", text))
