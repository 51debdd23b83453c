"""Reports and figures are plain data that a machine can read."""

import json
from pathlib import Path

from bot.packs.figures import stats
from bot.packs.loading import load_library
from bot.packs.reports import check_report, stats_report
from tests.packs.poor_items import choice
from tests.packs.samples import PACK, SINGLE, TODAY, deck, edited, good_pack, write
from tests.packs.study_samples import CARDS, EXAM, FIVE, exam_pack, statement

WORDS = ("ash", "birch", "cedar", "dogwood", "elm", "fir", "gorse", "hazel")


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

    (pack,) = stats(load_library(tmp_path, TODAY).checked, TODAY)

    figures = pack.figures
    assert (pack.id, figures.items, figures.cases) == ("climbing", 10, 1)
    assert figures.kinds["true_false"] == 2
    assert dict(figures.topics) == {"knots": 7, "belays": 3}
    assert dict(figures.difficulties) == {"medium": 7, "easy": 2, "hard": 1}
    assert figures.key_positions == (1, 0, 0)
    assert figures.longest_key_share == 0.0
    assert figures.feedback_share == 1.0
    assert (figures.explained, figures.sourced) == (10, 1)
    assert [(one.id, one.figures.items) for one in pack.decks] == [("climbing/ropes", 10)]


def test_the_figures_tell_topics_without_items(tmp_path: Path) -> None:
    """That is where an author should write next."""
    write(good_pack(tmp_path), decks__ropes=deck(SINGLE))

    (pack,) = stats(load_library(tmp_path, TODAY).checked, TODAY)

    assert dict(pack.figures.topics) == {"knots": 1, "belays": 0}


def test_the_figures_measure_how_even_the_keys_are(tmp_path: Path) -> None:
    """Pearson's chi-square over the places of the keys, and the longest among four options."""
    folder = good_pack(tmp_path)
    first = [
        choice(f"What is {word}?", *f"{word}a {word}b {word}c {word}dd".split(), own=word) for word in WORDS
    ]
    write(folder, decks__ropes=deck(*first))

    (pack,) = stats(load_library(tmp_path, TODAY).checked, TODAY)

    assert pack.figures.key_positions == (8, 0, 0, 0)
    assert (pack.figures.key_chi_square, pack.figures.key_even) == (24.0, False)
    assert pack.figures.longest_key_share_of_four == 0.0
    even = [edited(item, "key: o0", f"key: o{place % 4}") for place, item in enumerate(first)]
    write(folder, decks__ropes=deck(*even))
    (pack,) = stats(load_library(tmp_path, TODAY).checked, TODAY)
    assert (pack.figures.key_chi_square, pack.figures.key_even) == (0.0, True)
    assert pack.figures.longest_key_share_of_four == 0.25


def test_the_figures_hold_cards_notes_labs_domains_and_what_else_items_serve(tmp_path: Path) -> None:
    """Everything that a pack for an exam is made of."""
    one = statement("one", "1.1", "Loops hold.", "    serves: [exam-1]\n")
    folder = exam_pack(tmp_path, one, *FIVE[1:], exam=EXAM)
    write(folder, cards__ropes=CARDS.replace("knots", '"1.1"').replace("belays", '"2.1"'))

    (pack,) = stats(load_library(tmp_path, TODAY).checked, TODAY)

    assert [(one.id, one.items, one.share, one.weight) for one in pack.domains] == [
        ("1", 3, 0.6, 0.6),
        ("2", 2, 0.4, 0.4),
    ]
    assert dict(pack.served) == {"exam-1": 1}
    assert dict(pack.studies.card_kinds) == {"cloze": 1, "question": 1, "term": 1}
    assert dict(pack.studies.card_topics) == {"1.1": 2, "1.2": 0, "2.1": 1}
    assert (pack.studies.cards_sourced, pack.studies.notes, pack.studies.labs) == (1, 0, 0)
    (exam,) = pack.exams
    assert (exam.questions, dict(exam.domains), dict(exam.kinds)) == (5, {"1": 3, "2": 2}, {"true_false": 5})


def test_the_figures_count_what_is_there_twice(tmp_path: Path) -> None:
    """Items that are off are not among them."""
    folder = good_pack(tmp_path)
    again = edited(SINGLE, "id: fixed-loop", "id: again")
    write(folder, decks__ropes=deck(SINGLE, again, edited(again, "id: again", "id: third\n    off: Ask.")))

    (pack,) = stats(load_library(tmp_path, TODAY).checked, TODAY)

    assert (pack.near_duplicates, pack.figures.off) == (1, 1)


def test_the_figures_are_json(tmp_path: Path) -> None:
    """Counts are objects, positions a list."""
    data = json.loads(stats_report([good_pack(tmp_path)], TODAY).to_json())

    assert data["problems"] == []
    assert data["packs"][0]["figures"]["key_positions"] == [1, 0, 0]
    assert data["packs"][0]["decks"][0]["figures"]["kinds"]["matching"] == 1
