"""Texts decoded with the wrong table come right; texts that are right stay as they are."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.packs.importing.drafts import Repair
from bot.packs.repairs.texts import repaired_text

MEANT = (
    "a – b",
    "it’s “so”",
    "wait…",
    "📚 Books",
    "🧪 Lab",
    "⚠️ Careful",
    "→ next",
    "café",
    "x ≤ y",
    "schön",
    "für",
)
RIGHT = (
    "Déjà vu à «Paris», où l’été… « oui »",
    "„Äpfel“ und ‚Öl‘, MENÜ“, GRÖẞE, Straße",
    "Tiếng Việt: CÂN ĐỐI, ÂM “Â”",
    "MANHÃ” e MAÇÔ, coração",
    "Ελληνικά και Русский текст – да — нет",
    "日本語のテキスト、中文，한국어",
    "📚 🧪 ⚠️ 👩‍🔬 → – — …",
    "√π ≤ 2√2, ¬p ∧ q, ¬∀x, ∑ ∏ ∫ ±",
    "├── src\n│   └── main.py\n╔══╗",
    "£5 €10 ¥20 ¢50 ©2024 ®",
    "üçüncü üç, über, ünlü",
    "BLÅ” Ångström Å, ÆØÅ",
)


@pytest.mark.parametrize("meant", MEANT)
def test_text_read_as_mac_roman_comes_right(meant: str) -> None:
    """What the old table of the Macintosh made of UTF-8 is what it was, and is counted."""
    found, counts = repaired_text(meant.encode().decode("mac_roman"))
    assert found == meant
    assert counts[Repair.MAC_ROMAN] > 0


@pytest.mark.parametrize("meant", MEANT)
def test_text_read_as_windows_1252_comes_right(meant: str) -> None:
    """What the table of Windows made of UTF-8 is what it was, and is counted."""
    found, counts = repaired_text(windows(meant))
    assert found == meant
    assert counts[Repair.WINDOWS_1252] > 0


def test_a_capital_that_became_a_dash_comes_right() -> None:
    """A word or a number goes on behind it."""
    assert repaired_text(windows("Österreich, 3 × 4"))[0] == "Österreich, 3 × 4"


def test_a_picture_character_that_lost_its_first_sign_comes_right() -> None:
    """A copy often loses the sign of the maker, which starts every such character."""
    assert repaired_text("## üìö Books")[0] == "## 📚 Books"


def test_both_tables_in_one_line_come_right() -> None:
    """A line pasted from two places is repaired in both."""
    line = "2 ‚Äì 3 and " + windows("4 – 5 🧪")
    assert repaired_text(line)[0] == "2 – 3 and 4 – 5 🧪"


def test_text_damaged_twice_comes_right() -> None:
    """Damage upon damage is undone too."""
    assert repaired_text(windows(windows("a – b, it’s")))[0] == "a – b, it’s"


@pytest.mark.parametrize("right", RIGHT)
def test_text_that_is_right_stays(right: str) -> None:
    """Other languages, signs and drawings are never touched."""
    assert repaired_text(right) == (right, Counter())


@settings(max_examples=100)
@given(st.text(alphabet="aÃÂâ€“”üìö‚Äì√©¬†\uf8ffðŸ\n –é", max_size=30))
def test_repairing_keeps_the_lines_and_is_done_after_once(text: str) -> None:
    """The number of lines stays, and a second repair finds nothing."""
    found, _ = repaired_text(text)
    assert found.count("\n") == text.count("\n")
    assert repaired_text(found) == (found, Counter())


def windows(text: str) -> str:
    """Return what a browser shows of *text* in UTF-8 when it takes it for Windows-1252."""
    pieces = (bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in text.encode())
    return "".join(pieces)
