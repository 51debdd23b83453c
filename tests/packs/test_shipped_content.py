"""The packs that ship are whole, teach with every option, and do not give their keys away."""

import json
import re
from datetime import date
from pathlib import Path

from bot.core.items import Kind
from bot.packs.balance import LONGEST_SHARE
from bot.packs.figures import PackStats
from bot.packs.problems import WARNINGS, Code
from bot.packs.reports import check_report, stats_report

CONTENT = Path(__file__).parents[2] / "content"
README = CONTENT / "README.md"
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


def test_the_readme_s_examples_are_a_pack_without_problems(tmp_path: Path) -> None:
    """What an author copies from there works."""
    blocks = re.findall(r"```yaml\n# ([a-z0-9/.-]+)\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    for name, text in blocks:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    report = check_report([tmp_path], WRITTEN)

    assert report.problems == ()
    assert [line.items for line in report.packs] == [10, 1]
    kinds = stats_report([tmp_path], WRITTEN).packs[0].figures.kinds
    assert set(kinds) == set(Kind)


def test_the_readme_lists_every_code_with_its_severity() -> None:
    """Whoever meets a code finds it there."""
    rows = re.findall(
        r"^\| `([a-z-]+)` \| (error|warning) \|", README.read_text(encoding="utf-8"), re.MULTILINE
    )

    assert dict(rows) == {code.value: code.severity.value for code in Code}
    assert len(rows) == len(set(rows))


def test_the_severity_of_each_code_is_fixed() -> None:
    """A tool may rely on it."""
    assert {code for code in Code if code.severity == "warning"} == WARNINGS


def test_a_report_of_the_shipped_packs_is_json() -> None:
    """The whole of it."""
    assert len(json.loads(check_report([CONTENT], WRITTEN).to_json())["packs"]) >= 2
