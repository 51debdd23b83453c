"""The packs that ship are whole, teach with every option, and do not give their keys away."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from bot.core.cards import CardKind
from bot.core.items import Kind
from bot.packs.balance import LONGEST_SHARE
from bot.packs.figures import PackStats
from bot.packs.problems import WARNINGS, Code
from bot.packs.reports import check_report, stats_report
from tests.packs import guide
from tests.packs.samples import deck, good_pack, write

CONTENT = Path(__file__).parents[2] / "content"
WRITTEN = date(2026, 11, 22)


def shipped() -> tuple[PackStats, ...]:
    """Return the figures of the packs that ship."""
    return stats_report([CONTENT], WRITTEN).packs


def test_the_shipped_packs_pass_a_strict_check() -> None:
    """Not even a warning, as of the day on which they were written."""
    report = check_report([CONTENT], WRITTEN)

    assert [f"{one.file}:{one.line}: {one.code}: {one.message}" for one in report.problems] == []
    assert len(report.packs) >= 2


def test_every_shipped_option_and_item_explains_itself() -> None:
    """Whoever chose wrong learns why."""
    for pack in shipped():
        assert pack.figures.feedback_share == 1.0, pack.id
        assert pack.figures.explained == pack.figures.items, pack.id


def test_no_shipped_key_can_be_guessed_by_position_or_length() -> None:
    """Over a whole pack, where the numbers are large enough to mean something."""
    for pack in shipped():
        figures = pack.figures
        assert max(figures.key_positions) <= sum(figures.key_positions) / 2, pack.id
        assert figures.longest_key_share <= LONGEST_SHARE, pack.id
        assert figures.longest_key_share_of_four <= LONGEST_SHARE, pack.id
        assert figures.key_even, pack.id


def test_no_shipped_item_or_card_is_there_twice_and_none_waits_for_a_decision() -> None:
    """Near-duplicates cost learners time and tell them nothing new."""
    for pack in shipped():
        assert (pack.near_duplicates, pack.figures.off) == (0, 0), pack.id


def test_the_machine_learning_pack_covers_every_kind_and_domain() -> None:
    """At least sixty items, all kinds, all four domains of its blueprint."""
    (pack,) = (pack for pack in shipped() if pack.id == "aws-mle")

    assert pack.figures.items >= 60
    assert set(pack.figures.kinds) == set(Kind)
    assert pack.figures.cases >= 1
    covered = {topic.split(".")[0] for topic, count in pack.figures.topics.items() if count}
    assert covered == {"1", "2", "3", "4"}


def test_another_pack_is_about_something_else() -> None:
    """At least twenty items with topics of its own, so nothing depends on an exam."""
    others = [pack for pack in shipped() if pack.id != "aws-mle"]

    assert max(pack.figures.items for pack in others) >= 20


def test_the_guide_s_examples_are_packs_without_problems(tmp_path: Path) -> None:
    """What an author copies from there works: items and cards of every kind, a note, a lab, an exam."""
    guide.write_examples(tmp_path)

    report = check_report([tmp_path], WRITTEN)

    assert report.problems == ()
    held = [(line.items, line.cards, line.notes, line.labs) for line in report.packs]
    assert held == [(10, 3, 0, 1), (3, 0, 1, 0)]
    climbing, exam = stats_report([tmp_path], WRITTEN).packs
    assert set(climbing.figures.kinds) == set(Kind)
    assert set(climbing.studies.card_kinds) == set(CardKind)
    assert [one.questions for one in exam.exams] == [3]
    assert (exam.readings.read, exam.readings.agreed_at_first, exam.readings.agree_now) == (3, 2, 3)


@pytest.mark.parametrize("code, bad, better", tuple(guide.pairs()), ids=lambda text: text.split("\n")[0])
def test_each_bad_item_of_the_guide_has_its_fault_and_the_better_one_none(
    code: str, bad: str, better: str, tmp_path: Path
) -> None:
    """The guide shows what a check finds, and what it does not."""
    folder = good_pack(tmp_path)
    found = []
    for item in (bad, better):
        write(folder, decks__ropes=deck(item))
        found.append([problem.code.value for problem in check_report([folder], WRITTEN).problems])

    assert found == [[code], []]


def test_the_readme_lists_every_code_with_its_severity() -> None:
    """Whoever meets a code finds it there."""
    rows = re.findall(r"^\| `([a-z-]+)` \| (error|warning) \|", guide.text(), re.MULTILINE)

    assert dict(rows) == {code.value: code.severity.value for code in Code}
    assert len(rows) == len(set(rows))


def test_the_severity_of_each_code_is_fixed() -> None:
    """A tool may rely on it."""
    assert {code for code in Code if code.severity == "warning"} == WARNINGS


def test_a_report_of_the_shipped_packs_is_json() -> None:
    """The whole of it."""
    assert len(json.loads(check_report([CONTENT], WRITTEN).to_json())["packs"]) >= 2
