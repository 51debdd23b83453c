"""The wheel that an operator installs holds all that the program needs, the packs included."""

import os
import subprocess
import sys
import zipfile
from email import message_from_string
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel, built from this source without asking any registry."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("studyhall-*.whl")
    return built


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that the wheel was unpacked into, as an installer does it."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def test_the_wheel_holds_every_file_of_the_packs(unpacked: Path) -> None:
    """An installed program starts with something to play."""
    shipped = {path.relative_to(ROOT / "content") for path in (ROOT / "content").rglob("*") if path.is_file()}
    packed = {
        path.relative_to(unpacked / "bot" / "_content")
        for path in (unpacked / "bot" / "_content").rglob("*")
        if path.is_file()
    }

    assert packed == shipped


def test_the_wheel_holds_the_statements_of_the_stores_and_the_page(unpacked: Path) -> None:
    """Files that are not Python are easily forgotten in packaging."""
    data = {
        path.relative_to(ROOT)
        for path in (ROOT / "bot").rglob("*")
        if path.suffix in {".sql", ".html", ".css", ".js", ".svg", ".json", ".yaml"}
    }

    assert [str(path) for path in data if not (unpacked / path).is_file()] == []


def test_the_wheel_holds_no_tests_and_no_records_of_decisions(unpacked: Path) -> None:
    """What only developers read stays with the source."""
    assert sorted(path.name for path in unpacked.iterdir() if not path.name.endswith(".dist-info")) == ["bot"]
    assert not (unpacked / "bot" / "decisions").exists()


def test_the_wheel_names_its_command_its_licence_and_its_python(unpacked: Path) -> None:
    """An installer makes the command `studyhall`, and refuses a Python that is too old."""
    (info,) = unpacked.glob("studyhall-*.dist-info")
    metadata = message_from_string((info / "METADATA").read_text(encoding="utf-8"))

    assert "studyhall = bot.cli:main" in (info / "entry_points.txt").read_text(encoding="utf-8")
    assert metadata["License-Expression"] == "Apache-2.0"
    assert metadata["Requires-Python"] == ">=3.11"


def test_the_installed_program_finds_its_own_packs(unpacked: Path, tmp_path: Path) -> None:
    """Started from an empty folder, away from the source, it checks the packs that it brought."""
    env = {**os.environ, "PYTHONPATH": str(unpacked), "PYTHONDONTWRITEBYTECODE": "1"}
    check = [sys.executable, "-P", "-m", "bot", "content", "check"]

    done = subprocess.run(check, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
