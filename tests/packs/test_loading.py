"""A pack that is whole becomes frozen items that say what the author wrote."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from bot.core.ids import OptionId, StemId
from bot.core.items import (
    Blank,
    BlanksKey,
    ChoiceKey,
    Difficulty,
    Kind,
    MatchKey,
    NumberKey,
    OrderKey,
    Place,
    Point,
    Source,
    TextKey,
)
from bot.packs.loading import load_library
from tests.packs.samples import (
    BLUEPRINT,
    FREE_TEXT,
    PACK,
    SINGLE,
    TODAY,
    check,
    deck,
    edited,
    good_pack,
    items_of,
    write,
)


def right(*options: str) -> ChoiceKey:
    """Return a key of these options."""
    return ChoiceKey(tuple(OptionId(option) for option in options))


def test_a_good_pack_has_no_problems(tmp_path: Path) -> None:
    """An item of every kind, all fields used, and nothing to say about it."""
    checked = check(good_pack(tmp_path))

    assert checked.problems == ()
    assert checked.pack is not None
    assert checked.pack.id == "climbing"
    assert checked.pack.version == "2026.11.1"
    assert dict(checked.pack.topics) == {"knots": "Knots", "belays": "Belaying"}
    assert [one.id for one in checked.pack.decks] == ["climbing/ropes"]


def test_a_single_choice_item_is_read_whole(tmp_path: Path) -> None:
    """Every field that an author wrote is in the item."""
    item = items_of(check(good_pack(tmp_path)))["fixed-loop"]

    assert item.kind is Kind.SINGLE_CHOICE
    assert item.deck == "climbing/ropes"
    assert item.key == right("bowline")
    assert [option.id for option in item.options] == ["bowline", "sheet-bend", "none"]
    assert item.options[0].feedback == "Yes, its loop holds its size."
    assert [option.place for option in item.options] == [Place.ANY, Place.ANY, Place.LAST]
    assert (item.topic, item.difficulty, item.seconds) == ("knots", Difficulty.EASY, 45)
    assert item.valid_until == date(2030, 1, 1)
    assert item.hints == ("Think of a rescue.",)
    assert item.sources == (Source("Knots", "https://example.org/knots"),)


def test_the_key_of_each_kind_is_read(tmp_path: Path) -> None:
    """Each kind has its own key; texts become numbers and flags only where the field needs them."""
    items = items_of(check(good_pack(tmp_path)))

    assert items["joining"].key == right("sheet-bend", "reef-knot")
    assert items["jams"].key == right("false")
    assert [option.text for option in items["jams"].options] == ["True", "False"]
    assert items["types"].key == BlanksKey(
        (Blank(("factor-two", "factor 2")), Blank(("Type I",), exact=True))
    )
    assert items["strength"].key == NumberKey(
        Decimal(15), Decimal(5), percent=True, unit="kN", units=(("N", Decimal("0.001")),), unit_required=True
    )
    assert items["back-up"].key == TextKey(
        ("a friction hitch", "Type II"),
        (Point("a hitch", ("prusik", "autoblock")), Point("below the device", ("below", "under"))),
        need=1,
    )
    assert items["figure-eight"].key == OrderKey(right("bight", "around", "through").right)
    assert items["uses"].key == MatchKey(
        (
            (StemId("clove"), OptionId("post")),
            (StemId("bowline"), OptionId("loop")),
            (StemId("sheet"), OptionId("join")),
        )
    )


def test_the_parts_of_a_case_share_its_scenario_and_inherit_what_they_lack(tmp_path: Path) -> None:
    """Parts are items of their own, under the id of the case."""
    items = items_of(check(good_pack(tmp_path)))

    step, knot = items["rescue/first-step"], items["rescue/knot"]
    assert step.case == knot.case == "climbing/rescue"
    assert step.scenario == knot.scenario == "A climber hangs at the edge."
    assert (step.topic, step.difficulty) == ("belays", Difficulty.HARD)
    assert (knot.topic, knot.difficulty) == ("knots", Difficulty.EASY)


def test_scalars_stay_text(tmp_path: Path) -> None:
    """What YAML would turn into a truth, a number, a date or nothing stays as it was typed."""
    words = "[yes, no, on, 1.10, 0x1F, 012, 2026-01-01, null, ~, 1_000, '12:30']"
    folder = good_pack(tmp_path)
    write(folder, decks__ropes=deck(edited(FREE_TEXT, "[a friction hitch, Type II]", words)))

    key = items_of(check(folder))["back-up"].key

    assert isinstance(key, TextKey)
    assert key.accept == (
        "yes",
        "no",
        "on",
        "1.10",
        "0x1F",
        "012",
        "2026-01-01",
        "null",
        "~",
        "1_000",
        "12:30",
    )


def test_a_blueprint_gives_the_topics(tmp_path: Path) -> None:
    """With a blueprint, its tasks are the topics, in its order."""
    folder = good_pack(tmp_path)
    topics = PACK[PACK.index("topics:") :]
    write(folder, pack=edited(PACK, topics, "blueprint: exam-1\n"), blueprints__exam_1=BLUEPRINT)
    (folder / "blueprints/exam_1.yaml").rename(folder / "blueprints/exam-1.yaml")
    write(folder, decks__ropes=deck(edited(SINGLE, "topic: knots", 'topic: "1.2"')))

    checked = check(folder)

    assert checked.problems == ()
    assert checked.pack is not None
    assert checked.pack.blueprint == "exam-1"
    assert dict(checked.pack.topics) == {"1.1": "Loops", "1.2": "Bends", "2.1": "Devices"}
    blueprint = checked.blueprints[0]
    assert [domain.weight for domain in blueprint.domains] == [Decimal(60), Decimal(40)]
    assert (blueprint.questions, blueprint.scored, blueprint.minutes) == (65, 50, 130)
    assert blueprint.scale is not None
    assert blueprint.scale.passing == 720


def test_a_file_with_windows_line_ends_and_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    """Editors on other systems write such files; they are good UTF-8."""
    folder = good_pack(tmp_path)
    path = folder / "decks/ropes.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))

    assert check(folder).problems == ()


def test_a_broken_pack_is_not_served_and_the_others_are(tmp_path: Path) -> None:
    """One error keeps one pack back, not the library."""
    good_pack(tmp_path)
    write(tmp_path / "broken", pack=edited(PACK, "id: climbing", "id: broken"), decks__ropes="items: [")

    loaded = load_library(tmp_path, TODAY)

    assert [pack.id for pack in loaded.library.packs] == ["climbing"]
    assert {problem.file for problem in loaded.problems} == {f"{tmp_path}/broken/decks/ropes.yaml"}


def test_hidden_files_and_files_beside_the_packs_are_no_packs(tmp_path: Path) -> None:
    """A README, a repository's folder and an editor's droppings stand beside packs everywhere."""
    folder = good_pack(tmp_path)
    (tmp_path / "README.md").write_text("About these packs.")
    (tmp_path / ".git").mkdir()
    (folder / ".DS_Store").write_bytes(b"\0")
    (folder / "decks/.ropes.yaml.swp").write_bytes(b"\0")
    (folder / "LICENSE").write_text("CC-BY-4.0")

    loaded = load_library(tmp_path, TODAY)

    assert loaded.problems == ()
    assert len(loaded.library.packs) == 1


def test_a_library_that_is_not_there_is_one_problem(tmp_path: Path) -> None:
    """A mistyped folder is told, not raised."""
    loaded = load_library(tmp_path / "nowhere", TODAY)

    assert loaded.library.packs == ()
    assert [problem.code for problem in loaded.problems] == ["missing-file"]
    assert loaded.problems[0].file.endswith("nowhere")


def test_all_problems_of_a_pack_are_told_at_once(tmp_path: Path) -> None:
    """An author mends everything after one check."""
    folder = good_pack(tmp_path)
    write(
        folder,
        pack=edited(PACK, "language: en", "language: English"),
        decks__ropes=deck(
            edited(edited(SINGLE, "difficulty: easy", "difficulty: eazy"), "seconds: 45", "seconds: 1")
        ),
        decks__more="title: [",
    )

    found = [(Path(problem.file).name, problem.code.value) for problem in check(folder).problems]

    assert found == [
        ("more.yaml", "yaml-syntax"),
        ("ropes.yaml", "bad-word"),
        ("ropes.yaml", "out-of-range"),
        ("pack.yaml", "bad-word"),
    ]
