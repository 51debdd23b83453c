"""Whatever stands in a deck's file, loading it ends in a pack or in problems, never in an exception."""

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.packs.loading import Checked
from bot.packs.problems import has_errors
from tests.packs.samples import EVERY_KIND, check, deck, good_pack

WHOLE = deck(*EVERY_KIND)


def load(data: bytes) -> Checked:
    """Load the good pack with *data* in the place of its deck."""
    with tempfile.TemporaryDirectory() as root:
        folder = good_pack(Path(root))
        (folder / "decks/ropes.yaml").write_bytes(data)
        return check(folder)


def is_told(checked: Checked) -> bool:
    """Tell whether *checked* is a pack without errors, or none with the errors named."""
    return has_errors(checked.problems) == (checked.pack is None) and all(
        problem.message and problem.mend and problem.line >= 1 for problem in checked.problems
    )


@given(st.binary(max_size=300))
def test_any_bytes_give_a_problem_or_a_pack(data: bytes) -> None:
    """A file may hold anything."""
    assert is_told(load(data))


@given(st.text(max_size=200))
def test_any_text_gives_a_problem_or_a_pack(text: str) -> None:
    """So may a text."""
    assert is_told(load(text.encode("utf-8", "surrogatepass")))


@given(st.data())
def test_a_deck_with_one_stretch_replaced_gives_a_problem_or_a_pack(data: st.DataObject) -> None:
    """Slips happen in the middle of what is right, where they do the most confusing things."""
    start = data.draw(st.integers(0, len(WHOLE)))
    end = data.draw(st.integers(start, min(start + 30, len(WHOLE))))
    other = data.draw(st.text(st.sampled_from(list("ab1.:-#&*!|'\"[]{}, \n")), max_size=12))

    assert is_told(load((WHOLE[:start] + other + WHOLE[end:]).encode()))


@given(st.data())
def test_a_deck_with_its_lines_moved_gives_a_problem_or_a_pack(data: st.DataObject) -> None:
    """Fields end up under other items, twice or not at all."""
    lines = WHOLE.splitlines(keepends=True)
    kept = data.draw(st.lists(st.sampled_from(range(len(lines))), min_size=1, max_size=60))
    ordered = [lines[number] for number in sorted(kept)]

    assert is_told(load("".join(ordered).encode()))
