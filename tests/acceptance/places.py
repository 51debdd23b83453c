"""Places to start the launcher in: a folder with little in it, and a PATH with no more than is needed.

The program is a few lines long and the locks name small packages that are made here, so that a set-up takes
seconds and asks no registry.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, TypedDict, cast

ROOT = Path(__file__).resolve().parents[2]

PYTHON = Path(sys.executable).resolve()

# Every tool that the launcher may call for its first start, Python aside, and for those that follow.
FIRST_TOOLS = ("cmp", "cp", "date", "id", "mv", "readlink", "rm", "sh", "uname")
LATER_TOOLS = ("cmp", "readlink", "sh")

PROGRAM = """
import importlib.metadata as metadata, json, os, sys
names = sorted(found.name for found in metadata.distributions() if found.name.startswith("probe"))
print(json.dumps({"args": sys.argv[1:], "cwd": os.getcwd(), "packages": names}))
sys.exit(7 if "fail" in sys.argv else 0)
"""


class Told(TypedDict):
    """What the small program prints about its own start."""

    args: list[str]
    cwd: str
    packages: list[str]


class Finished(NamedTuple):
    """How one start ended."""

    code: int
    out: str
    err: str

    @property
    def told(self) -> Told:
        """Return what the program told; fails where nothing but it may stand on standard output."""
        return cast("Told", json.loads(self.out))


class Place(NamedTuple):
    """A folder with the launcher in it, and a machine's PATH and HOME to start it with."""

    folder: Path
    path: Path
    home: Path

    def environment(self, **more: str) -> dict[str, str]:
        """Return the whole environment of a start; nothing of this process's own gets in."""
        return {"PATH": str(self.path), "HOME": str(self.home), "LC_ALL": "C.UTF-8", **more}

    def start(
        self,
        *args: str,
        cwd: Path | None = None,
        launcher: Path | None = None,
        env: Mapping[str, str] | None = None,
    ) -> Finished:
        """Start the launcher and wait for its end."""
        done = subprocess.run(
            [launcher or self.folder / "studyhall", *args],
            cwd=cwd or self.folder,
            env=env or self.environment(),
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )
        return Finished(done.returncode, done.stdout, done.stderr)

    def begin(self, *args: str) -> subprocess.Popen[str]:
        """Start the launcher in a session of its own and do not wait."""
        return subprocess.Popen(
            [self.folder / "studyhall", *args],
            cwd=self.folder,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def add_program(self, name: str, text: str) -> None:
        """Put a program of that name on this place's PATH."""
        program = self.path / name
        program.unlink(missing_ok=True)
        program.write_text(text)
        program.chmod(0o755)


def lay_out(where: Path, wheels: Path) -> Place:
    """Make a place under *where*: spaces in its name, as on many a desktop."""
    place = Place(where / "study hall", where / "bin", where / "home")
    (place.folder / "deploy" / "locks").mkdir(parents=True)
    (place.folder / "bot").mkdir()
    place.home.mkdir()
    shutil.copy2(ROOT / "studyhall", place.folder)
    (place.folder / "bot" / "__main__.py").write_text(PROGRAM)
    write_lock(place.folder, "run", wheels, ["probe_run"])
    write_lock(place.folder, "test", wheels, ["probe_run", "probe_test"])
    lay_tools(place.path, FIRST_TOOLS)
    (place.path / "python3").symlink_to(PYTHON)
    return place


def lay_tools(path: Path, tools: tuple[str, ...]) -> None:
    """Make a folder for PATH that holds these tools and no other."""
    path.mkdir()
    for tool in tools:
        if found := shutil.which(tool):
            (path / tool).symlink_to(found)


def write_lock(folder: Path, name: str, wheels: Path, packages: list[str]) -> None:
    """Write a lock that names these packages by file and hash."""
    lines = []
    for package in packages:
        (wheel,) = wheels.glob(f"{package}-*.whl")
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        lines.append(f"{package} @ {wheel.as_uri()} --hash=sha256:{digest}\n")
    (folder / "deploy" / "locks" / f"{name}.txt").write_text("".join(lines))


def make_wheel(folder: Path, name: str) -> None:
    """Make the smallest package that an installer takes."""
    info = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{name}.py", "")
        wheel.writestr(
            f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name.replace('_', '-')}\nVersion: 1.0\n"
        )
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", f"{name}.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n")
