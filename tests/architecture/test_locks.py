"""What the launcher installs agrees with what pyproject.toml asks for, and can be checked by hash."""

import re
import tomllib
from typing import TypedDict, cast

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.sources import ROOT

PIN = re.compile(r"^(?P<name>[a-z0-9][a-z0-9.-]*)==(?P<version>[^\s;\\]+)", re.MULTILINE)

Project = TypedDict("Project", {"dependencies": list[str], "optional-dependencies": dict[str, list[str]]})


def project() -> Project:
    """Return the ``[project]`` table of pyproject.toml."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return cast("Project", table)


def lock(name: str) -> str:
    """Return the text of one lock, ``run`` or ``test``."""
    return (ROOT / "deploy" / "locks" / f"{name}.txt").read_text(encoding="utf-8")


def pins(text: str) -> dict[str, str]:
    """Return each package that a lock names, with its version."""
    return {pin["name"]: pin["version"] for pin in PIN.finditer(text)}


@pytest.mark.parametrize("name", ["run", "test"])
def test_every_dependency_is_locked_within_its_range(name: str) -> None:
    """A range that was changed without ``deploy/locks/make`` would install something else than it says."""
    extras = project()["optional-dependencies"]["test"] if name == "test" else []
    locked = pins(lock(name))

    for asked in map(Requirement, [*project()["dependencies"], *extras]):
        version = locked.get(canonicalize_name(asked.name), "0")
        assert asked.specifier.contains(version), f"{asked} but {version}: run deploy/locks/make"


def test_the_test_lock_holds_the_whole_run_lock() -> None:
    """The launcher takes a folder that has the test lock as one that has the run lock too."""
    assert pins(lock("run")).items() <= pins(lock("test")).items()


@pytest.mark.parametrize("name", ["run", "test"])
def test_every_locked_package_has_a_hash(name: str) -> None:
    """An index that serves another file under the same name is refused."""
    entries = re.split(r"^(?=[a-z0-9])", lock(name), flags=re.MULTILINE)[1:]

    assert len(entries) == len(pins(lock(name)))
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("name", ["run", "test"])
def test_a_lock_names_no_host(name: str) -> None:
    """Where packages come from is the business of whoever installs them, a mirror included."""
    assert "://" not in lock(name)
    assert "--index-url" not in lock(name)
