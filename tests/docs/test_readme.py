"""The README says what the program does."""

import re
from pathlib import Path

import pytest

from bot.config import PREFIX, Config
from bot.core.commands import Mode
from bot.wording.menu import menu

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
NOT_OURS = {".venv", "node_modules", "samples"}
"""Folders of pages that are no documentation: samples are material as it is found, faults and all."""

PAGES = sorted(page for page in ROOT.rglob("*.md") if not NOT_OURS & set(page.relative_to(ROOT).parts))


def test_every_command_in_the_readme_is_in_the_menu_and_the_other_way_round() -> None:
    """A reader can type what stands there, and finds there what can be typed."""
    named = set(re.findall(r"`/quiz (\w+)", README))

    assert named == {command.name for command in menu("en")}


def test_every_mode_of_a_round_is_explained() -> None:
    """Whoever may choose a mode can read what it is."""
    assert [mode for mode in Mode if f"`{mode}`" not in README] == []


def test_every_setting_in_the_readme_exists_and_has_its_variable_beside_it() -> None:
    """A setting that is copied from the table works."""
    for row in re.findall(r"^\| (`[a-z_.`, ]+) \| (`STUDYHALL[^|]+) \|", README, flags=re.MULTILINE):
        for name, variable in zip(*(re.findall(r"`([^`]+)`", cell) for cell in row), strict=True):
            section, _, key = name.partition(".")
            fields = Config.model_fields
            assert section in fields, name
            assert not key or key in fields[section].annotation.model_fields, name  # type: ignore[union-attr]  # a section
            assert variable == PREFIX + name.replace(".", "__").upper()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_file_leads_to_one(page: Path) -> None:
    """A link within the project is there."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text)
    inside = [link for link in links if not re.match(r"[a-z]+:", link)]

    assert [link for link in inside if not (page.parent / link).exists()] == []
