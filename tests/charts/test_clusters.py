"""Clusters: what is one character to a reader is never cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.charts.clusters import MOST_MARKS, clusters


@pytest.mark.parametrize("whole", ["👩‍👩‍👧‍👦", "🇧🇷", "👍🏽", "1️⃣", "❤️", "é", "नि", "क्ष", "각", "น้ำ"[:2], "🏴󠁧󠁢󠁳󠁣󠁴󠁿"])
def test_what_belongs_together_is_one_cluster(whole: str) -> None:
    """Families, flags, skin tones, key caps, vowel signs, conjuncts and jamo hold together."""
    assert list(clusters(f"a{whole}b")) == ["a", whole, "b"]


@pytest.mark.parametrize(
    "text,count",
    [("", 0), ("abc", 3), ("🇧🇷🇩🇪🇫", 3), ("👍👍", 2), ("王小明", 3), ("a\u200db", 2), ("क्a", 2)],
)
def test_neighbours_are_clusters_of_their_own(text: str, count: int) -> None:
    """Two flags are two, and a joiner before a letter joins nothing."""
    assert len(list(clusters(text))) == count


def test_marks_without_end_are_cut_to_what_writing_needs() -> None:
    """A letter with a tower of marks would climb over the lines above it."""
    (tower,) = clusters("a" + "\u0301" * 40 + "\u0903")

    assert tower == "a" + "\u0301" * MOST_MARKS + "\u0903"


@given(st.text(st.characters(exclude_categories=["Mn", "Cs"])))
def test_nothing_else_is_lost(text: str) -> None:
    """The clusters of a text are the text."""
    assert "".join(clusters(text)) == text
