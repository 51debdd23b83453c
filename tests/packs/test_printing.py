"""What people read of a check and of figures in a terminal."""

from pathlib import Path

import pytest

from bot.packs.reports import check_report, stats_report
from bot.terminal import print_report, print_stats
from tests.packs import guide
from tests.packs.poor_items import says
from tests.packs.samples import TODAY, deck, edited, good_pack, write
from tests.packs.study_samples import CARDS, LAB

GEAR = ("rope", "sling", "bolt", "tape", "nut", "cam", "chalk", "hook", "tree")


def silent(number: int) -> str:
    """Return an item that does not say why."""
    return edited(says(f"Knot {number} holds.", own=f"s{number}"), "    explanation: It was tried.\n", "")


def printed(folder: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Return the lines of a check."""
    print_report(check_report([folder], TODAY))
    return capsys.readouterr().out.splitlines()


def test_a_pack_s_line_says_what_it_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What it has none of is not mentioned, but decks and items are."""
    folder = good_pack(tmp_path)
    assert printed(folder, capsys) == ["Climbing: 1 deck, 10 items, 0 errors, 0 warnings, served"]

    write(folder, cards__ropes=edited(CARDS, "    off: The sources differ.\n", ""), labs__anchor=LAB)
    assert printed(folder, capsys) == [
        "Climbing: 1 deck, 10 items, 3 cards, 1 lab, 0 errors, 0 warnings, served"
    ]


@pytest.mark.parametrize("count, shown, more", [(5, 5, None), (6, 6, None), (9, 5, 4)])
def test_of_many_findings_of_one_kind_the_first_are_printed(
    count: int, shown: int, more: int | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An imported pack would bury the others; one more is printed instead of being counted."""
    folder = good_pack(tmp_path)
    broad = [edited(silent(number), "Knot", f"The {GEAR[number]}") for number in range(count)]
    write(folder, decks__ropes=deck(*broad))

    lines = printed(folder, capsys)

    assert sum(line.endswith(" missing-explanation") for line in lines) == shown
    left = [line for line in lines if "--json lists all" in line]
    wanted = f"{folder}/decks/ropes.yaml: and {more} more missing-explanation; --json lists all."
    assert left == ([wanted] if more else [])
    assert lines[-1] == f"Climbing: 1 deck, {count} items, 0 errors, {count} warnings, served"


def test_the_figures_are_printed_with_domains_exams_and_readings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Everything that the guide's example has."""
    guide.write_examples(tmp_path)

    print_stats(stats_report([tmp_path / "rope-exam"], TODAY))

    out = capsys.readouterr().out
    for line in (
        "domain 1: 2, 66.7% of the items, weight 60% (Knots)",
        "kinds: true false 3; case studies: 0",
        "easy, medium, hard: 0%, 100%, 0%",
        "key the longest of four options: 0%, limit 30%",
        "options with feedback: 100%; items with sources: 100%",
        "near-duplicates: 0; switched off: 0",
        "notes: 1; labs: 0; mock exams: 1",
        "Mock exam 1: 3 questions, by domain 2/1",
        "read blind: 3 of 3 items, in 1 reading",
        "agreed at first: 2 (67%), 1 disagreement",
        "agree now: 3 (100.0%)",
    ):
        assert f"  {line}\n" in out
