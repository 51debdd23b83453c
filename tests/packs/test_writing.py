"""What is written is read back equal, whatever the texts look like to YAML."""

import tempfile
from pathlib import Path

import yaml
from hypothesis import given, settings

from bot.core.packs import Pack
from bot.packs.blueprints import Blueprint
from bot.packs.loading import Checked
from bot.packs.writing.files import pack_files
from tests.packs.any_packs import packs
from tests.packs.samples import BLUEPRINT, PACK, check, deck, edited, good_pack, write

SHIPPED = Path(__file__).resolve().parents[2] / "content"


def written(pack: Pack, blueprints: tuple[Blueprint, ...] = ()) -> tuple[Checked, dict[str, bytes]]:
    """Return the pack read back from its files, and the files."""
    files = pack_files(pack, blueprints)
    with tempfile.TemporaryDirectory() as root:
        for name, data in files.items():
            path = Path(root) / pack.id / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return check(Path(root) / pack.id), files


@settings(max_examples=60, deadline=None)
@given(packs())
def test_any_pack_is_read_back_equal(pack: Pack) -> None:
    """Items of all kinds, cards, notes and labs, with texts such as ``no``, ``1.10`` and ``a: b``."""
    again, _ = written(pack)

    assert again.pack == pack, again.problems[:3]


@settings(max_examples=20, deadline=None)
@given(packs())
def test_other_readers_of_yaml_find_the_same_texts(pack: Pack) -> None:
    """An editor with a YAML schema does not see a number where an author wrote a version."""
    files = pack_files(pack)
    read = yaml.safe_load(files["decks/one.yaml"])
    items = [part for entry in read["items"] for part in entry.get("items", [entry])]

    assert [str(one["prompt"]).strip() for one in items] == [one.prompt for one in pack.decks[0].items]
    assert all(isinstance(one["prompt"], str) for one in items)
    assert isinstance(yaml.safe_load(files["pack.yaml"])["title"], str)


def test_every_shipped_pack_is_read_back_equal() -> None:
    """The packs that ship use more of the format than any sample."""
    for folder in sorted(path for path in SHIPPED.iterdir() if path.is_dir()):
        before = check(folder)
        if before.pack is not None:
            again, _ = written(before.pack, before.blueprints)
            assert again.pack == before.pack, again.problems[:3]
            assert again.blueprints == before.blueprints


def test_a_pack_with_a_blueprint_keeps_it(tmp_path: Path) -> None:
    """The tasks are the topics, and are written once: in the blueprint."""
    manifest = PACK[: PACK.index("topics:")] + "blueprint: exam-1\n"
    folder = tmp_path / "climbing"
    write(folder, pack=manifest, blueprints__exam_1=BLUEPRINT)
    (folder / "blueprints/exam_1.yaml").rename(folder / "blueprints/exam-1.yaml")
    write(folder, decks__ropes=deck(TRUE_ON_TASK))
    before = check(folder)
    assert before.pack is not None, before.problems

    again, files = written(before.pack, before.blueprints)

    assert again.pack == before.pack
    assert again.blueprints == before.blueprints
    assert b"topics" not in files["pack.yaml"]


def test_files_look_as_an_author_would_write_them(tmp_path: Path) -> None:
    """Fields in the order of content/README.md, plain text without quotes, long text below a bar."""
    before = check(good_pack(tmp_path))
    assert before.pack is not None

    text = pack_files(before.pack)["decks/ropes.yaml"].decode()

    assert text.startswith(EXPECTED)
    assert "key: {value: 15, tolerance: 5%, unit: kN," in text
    assert '      "true": It can be untied after any load.\n' in text


TRUE_ON_TASK = edited(
    """\
  - id: jams
    kind: true_false
    topic: knots
    prompt: A bowline jams under load.
    key: "false"
    feedback: {"true": "It can be untied.", "false": "It can be untied."}
    explanation: That is why sailors like it.
""",
    "topic: knots",
    'topic: "1.1"',
)
EXPECTED = """\
format: 1
id: ropes
title: Ropes
description: What to tie and when.
items:
  - id: fixed-loop
    kind: single_choice
    topic: knots
    difficulty: easy
    prompt: Which knot makes a fixed loop?
    options:
      - id: bowline
        text: The bowline
        feedback: Yes, its loop holds its size.
      - id: sheet-bend
        text: The sheet bend
        feedback: No, it joins two ropes.
      - id: none
        text: None of these
        feedback: One of them does.
        place: last
    key: bowline
    explanation: The loop of a bowline neither slips nor jams.
    hints: [Think of a rescue.]
    sources:
      - {title: Knots, url: "https://example.org/knots"}
    valid_until: 2030-01-01
    seconds: 45
"""
