"""Reports and figures are plain data that a machine can read."""

import json
from pathlib import Path

from bot.packs.figures import stats
from bot.packs.loading import load_library
from bot.packs.reports import check_report, stats_report
from tests.packs.samples import PACK, SINGLE, TODAY, deck, edited, good_pack, write


def test_a_check_of_good_packs_passes(tmp_path: Path) -> None:
    """Each pack has a line with what it holds."""
    good_pack(tmp_path)

    report = check_report([tmp_path], TODAY)

    assert report.passes(strict=True)
    assert [(line.id, line.decks, line.items, line.served) for line in report.packs] == [
        ("climbing", 1, 10, True)
    ]


def test_warnings_fail_a_strict_check_only(tmp_path: Path) -> None:
    """Groups with their own packs may live with warnings; packs that ship may not."""
    folder = good_pack(tmp_path)
    write(folder, decks__ropes=deck(edited(SINGLE, ', feedback: "No, it joins two ropes."', "")))

    report = check_report([folder], TODAY)

    assert (report.errors, report.warnings) == (0, 1)
    assert report.passes(strict=False)
    assert not report.passes(strict=True)


def test_a_check_takes_packs_libraries_and_what_is_not_there(tmp_path: Path) -> None:
    """Whatever was named is answered for."""
    good_pack(tmp_path / "library")
    write(
        tmp_path / "single/hiking", pack=edited(PACK, "id: climbing", "id: hikes"), decks__ropes=deck(SINGLE)
    )
    write(tmp_path / "headless", decks__ropes=deck(SINGLE))
    paths = [tmp_path / "library", tmp_path / "single/hiking", tmp_path / "headless", tmp_path / "nowhere"]

    report = check_report(paths, TODAY)

    assert [(line.id, line.served) for line in report.packs] == [
        ("climbing", True),
        ("hiking", False),
        ("headless", False),
    ]
    assert [problem.code for problem in report.problems] == ["missing-file", "id-differs", "missing-file"]
    assert not report.passes(strict=False)


def test_a_manifest_may_be_named_for_its_pack(tmp_path: Path) -> None:
    """Completion in a shell often ends on the file."""
    report = check_report([good_pack(tmp_path) / "pack.yaml"], TODAY)

    assert [line.id for line in report.packs] == ["climbing"]


def test_a_report_is_json(tmp_path: Path) -> None:
    """The names of its fields are those of a problem."""
    folder = good_pack(tmp_path)
    write(folder, decks__ropes=deck(edited(SINGLE, "topic: knots", "topic: knot")))

    data = json.loads(check_report([folder], TODAY).to_json())

    assert (data["errors"], data["warnings"]) == (1, 0)
    assert data["problems"] == [
        {
            "code": "unknown-topic",
            "file": f"{folder}/decks/ropes.yaml",
            "line": 8,
            "item": "fixed-loop",
            "message": "The pack has no topic `knot`.",
            "mend": "Write `knots` if that is what you meant, or another of `knots`, `belays`.",
            "severity": "error",
        }
    ]
    assert data["packs"][0]["served"] is False


def test_the_figures_count_items_by_kind_topic_and_difficulty(tmp_path: Path) -> None:
    """By pack and by deck."""
    good_pack(tmp_path)

    (pack,) = stats(load_library(tmp_path, TODAY).library)

    figures = pack.figures
    assert (pack.id, figures.items, figures.cases) == ("climbing", 10, 1)
    assert figures.kinds["true_false"] == 2
    assert dict(figures.topics) == {"knots": 7, "belays": 3}
    assert dict(figures.difficulties) == {"medium": 7, "easy": 2, "hard": 1}
    assert figures.key_positions == (1,)
    assert figures.longest_key_share == 0.0
    assert figures.feedback_share == 1.0
    assert (figures.explained, figures.sourced) == (10, 1)
    assert [(one.id, one.figures.items) for one in pack.decks] == [("climbing/ropes", 10)]


def test_the_figures_tell_topics_without_items(tmp_path: Path) -> None:
    """That is where an author should write next."""
    write(good_pack(tmp_path), decks__ropes=deck(SINGLE))

    (pack,) = stats(load_library(tmp_path, TODAY).library)

    assert dict(pack.figures.topics) == {"knots": 1, "belays": 0}


def test_the_figures_are_json(tmp_path: Path) -> None:
    """Counts are objects, positions a list."""
    data = json.loads(stats_report([good_pack(tmp_path)], TODAY).to_json())

    assert data["problems"] == []
    assert data["packs"][0]["figures"]["key_positions"] == [1]
    assert data["packs"][0]["decks"][0]["figures"]["kinds"]["matching"] == 1
