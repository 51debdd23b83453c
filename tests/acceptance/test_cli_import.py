"""Importing and exporting with the installed program: pages in, a pack that is served, and out again."""

import json
from pathlib import Path

from tests.acceptance.commands import studyhall

PAGE = """\
---
title: "Knots - Basics"
---
<quiz>
Which knot makes a fixed loop?
- [x] Bowline
- [ ] Sheet bend
> A sheet bend joins two ropes.

The loop of a bowline neither slips nor jams.
</quiz>

<quiz>
Which of these is no knot?
- [ ] Prusik
- [ ] Carabiner
</quiz>
"""


def test_pages_become_a_pack_and_the_same_again_changes_nothing(tmp_path: Path) -> None:
    """The report is JSON where a machine reads it; the pack passes the check."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/knots.md").write_text(PAGE, encoding="utf-8")

    dry = studyhall(tmp_path, "content", "import", "pages", "--to", "climbing", "--dry-run", "--json")
    assert dry.code == 0, dry.err
    assert not (tmp_path / "climbing").exists()

    first = studyhall(tmp_path, "content", "import", "pages", "--to", "climbing", "--licence", "CC0-1.0")
    assert first.code == 0, first.err
    assert "climbing: 2 new." in first.out
    assert "pages/knots.md:15: no-key" in first.out

    (file,) = json.loads(dry.out)["files"]
    assert (file["path"], file["questions"], file["problems"][0]["kind"]) == ("pages/knots.md", 2, "no-key")
    assert json.loads(dry.out)["totals"]["questions"] == 2

    assert studyhall(tmp_path, "content", "check", "climbing").code == 0
    before = {path: path.read_bytes() for path in (tmp_path / "climbing").rglob("*.yaml")}
    again = studyhall(tmp_path, "content", "import", "pages", "--to", "climbing")
    assert "the pack is as it was" in again.out
    assert {path: path.read_bytes() for path in (tmp_path / "climbing").rglob("*.yaml")} == before


def test_trouble_is_one_sentence_and_exit_code_one(tmp_path: Path) -> None:
    """Nothing is written: neither for a broken archive nor for a file that holds nothing."""
    (tmp_path / "half.zip").write_bytes(b"PK\x03\x04 half of it")
    (tmp_path / "empty.md").write_text("", encoding="utf-8")

    for source, said in (("half.zip", "is broken or was cut off"), ("missing.md", "cannot be read")):
        done = studyhall(tmp_path, "content", "import", source, "--to", "climbing")
        assert (done.code, done.err.count("\n")) == (1, 1), done.err
        assert said in done.err

    nothing = studyhall(tmp_path, "content", "import", "empty.md", "--to", "climbing")
    assert nothing.code == 1
    assert "Nothing to study was found" in nothing.out
    assert not (tmp_path / "climbing").exists()


def test_a_pack_goes_out_and_comes_back(tmp_path: Path) -> None:
    """As the lossless format, and never over a file that is there."""
    (tmp_path / "knots.md").write_text(PAGE, encoding="utf-8")
    studyhall(tmp_path, "content", "import", "knots.md", "--to", "climbing")

    done = studyhall(tmp_path, "content", "export", "climbing", "--format", "pack", "--json")
    assert done.code == 0, done.err
    assert json.loads(done.out)["files"] == ["climbing.zip"]
    assert studyhall(tmp_path, "content", "export", "climbing", "--format", "pack").code == 1

    back = studyhall(tmp_path, "content", "import", "climbing.zip", "--to", "packs/climbing", "--json")
    assert back.code == 0, back.err
    assert json.loads(back.out)["totals"]["questions"] == 2
    made = tmp_path / "packs/climbing/decks/knots-basics.yaml"
    assert made.read_bytes() == (tmp_path / "climbing/decks/knots-basics.yaml").read_bytes()
