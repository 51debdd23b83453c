"""The launcher, started as a person starts it, in a folder that has only what it needs."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.acceptance.places import LATER_TOOLS, Finished, Place, lay_out, lay_tools, make_wheel, write_lock

# Answers the launcher's first question, then has no venv module, as Python on Debian without python3-venv.
WITHOUT_VENV = """#!/bin/sh
case $2 in
*version_info*) echo 3.12 && echo "$0" ;;
*ensurepip*) exit 1 ;;
esac
"""

TOO_OLD = """#!/bin/sh
echo 3.9
"""


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the two small packages."""
    folder = tmp_path_factory.mktemp("wheels")
    for name in ("probe_run", "probe_test", "probe_next"):
        make_wheel(folder, name)
    return folder


@pytest.fixture
def fresh(tmp_path: Path, wheels: Path) -> Place:
    """Return a place where the launcher has never been started."""
    return lay_out(tmp_path, wheels)


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory, wheels: Path) -> tuple[Place, Finished]:
    """Return a place where the launcher was started once, and how that went. Tests leave it as it is."""
    place = lay_out(tmp_path_factory.mktemp("started"), wheels)
    return place, place.start("run", "--port", "80 80")


@pytest.fixture
def moved(started: tuple[Place, Finished], tmp_path: Path) -> Place:
    """Return a place of one's own where the launcher was started before, somewhere else."""
    place, _ = started
    folder = tmp_path / "moved here"
    shutil.copytree(place.folder, folder, symlinks=True)
    path = tmp_path / "bin"
    shutil.copytree(place.path, path, symlinks=True)
    return Place(folder, path, place.home)


def test_the_first_start_sets_up_and_runs_the_program(started: tuple[Place, Finished]) -> None:
    """One command on a machine with only Python: the arguments arrive whole, in the current folder."""
    place, first = started

    assert first.code == 0, first.err
    assert first.told == {
        "args": ["run", "--port", "80 80"],
        "cwd": str(place.folder),
        "packages": ["probe-run"],
    }


def test_the_first_start_tells_what_it_does(started: tuple[Place, Finished]) -> None:
    """A minute of silence looks like a fault; and the progress must not mix with the program's own output."""
    place, first = started

    assert f"Study Hall: setting up in {place.folder}/.venv; this happens once" in first.err
    assert "Study Hall: packages: deploy/locks/run.txt, installed with pip" in first.err
    assert "Study Hall: set up in" in first.err


def test_a_second_start_needs_neither_network_nor_python_on_the_path(
    started: tuple[Place, Finished], tmp_path: Path
) -> None:
    """What is installed is found by comparing one file; nothing is asked, and nothing is said."""
    place, _ = started
    path = tmp_path / "bin"
    lay_tools(path, LATER_TOOLS)

    second = place.start("run", env=place.environment(PATH=str(path)))

    assert (second.code, second.err) == (0, "")
    assert second.told["packages"] == ["probe-run"]


def test_a_second_start_adds_well_under_a_tenth_of_a_second(started: tuple[Place, Finished]) -> None:
    """The launcher stands before every command, so that it may not be felt."""
    place, _ = started
    python = str(place.folder / ".venv" / "bin" / "python")

    launched = least_cpu([str(place.folder / "studyhall"), "run"], place)
    direct = least_cpu([python, "-P", "-m", "bot", "run"], place)

    assert launched - direct < 0.1


def test_the_programs_exit_code_is_the_launchers(started: tuple[Place, Finished]) -> None:
    """Whoever calls the launcher from a script sees what the program said."""
    place, _ = started

    assert place.start("fail").code == 7


@pytest.mark.parametrize("target", ["absolute", "relative"])
def test_it_starts_through_links_from_anywhere(
    started: tuple[Place, Finished], tmp_path: Path, target: str
) -> None:
    """A link in one's own bin folder, and a link to that link, lead to the real folder."""
    place, _ = started
    launcher = place.folder / "studyhall"
    first = tmp_path / "first link"
    first.symlink_to(launcher if target == "absolute" else os.path.relpath(launcher, tmp_path))
    second = tmp_path / "second"
    second.symlink_to("first link")

    done = place.start("run", cwd=tmp_path, launcher=second)

    assert (done.code, done.err) == (0, "")
    assert done.told["cwd"] == str(tmp_path)


def test_a_folder_named_bot_where_you_are_is_not_run(started: tuple[Place, Finished], tmp_path: Path) -> None:
    """Many a project has a folder of that name."""
    place, _ = started
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "__main__.py").write_text("raise SystemExit('not this one')")

    assert place.start("run", cwd=tmp_path).code == 0


def test_a_folder_that_was_moved_still_starts(moved: Place) -> None:
    """.venv finds the source by where it stands itself."""
    done = moved.start("run")

    assert (done.code, done.err) == (0, "")
    assert done.told["cwd"] == str(moved.folder)


def test_the_tests_extras_are_added_when_tests_are_asked_for(moved: Place) -> None:
    """`./studyhall test` adds what it needs once, and `./studyhall run` goes on without a set-up."""
    first = moved.start("test", "-x")
    again = moved.start("test")
    run = moved.start("run")

    assert first.told == {
        "args": ["test", "-x"],
        "cwd": str(moved.folder),
        "packages": ["probe-run", "probe-test"],
    }
    assert "adding what the tests need" in first.err
    assert [again.err, run.err] == ["", ""]


def test_a_changed_lock_is_installed_and_what_it_no_longer_names_is_gone(moved: Place, wheels: Path) -> None:
    """After an update the next start installs exactly what the new lock names."""
    write_lock(moved.folder, "run", wheels, ["probe_next"])

    done = moved.start("run")

    assert done.told["packages"] == ["probe-next"], done.err


def test_a_package_with_another_hash_is_refused(moved: Place, wheels: Path) -> None:
    """What an index serves instead of the locked file never gets in, and the program does not start."""
    write_lock(moved.folder, "run", wheels, ["probe_next"])
    lock = moved.folder / "deploy" / "locks" / "run.txt"
    lock.write_text(lock.read_text().replace("sha256:", "sha256:0000")[:-4])

    done = moved.start("run")

    assert (done.code, done.out) == (1, "")
    assert "Study Hall: the set-up stopped; the reason stands above." in done.err


def test_a_python_that_has_gone_is_replaced(moved: Place) -> None:
    """An upgrade of the system may take away the very Python that .venv was made with."""
    (moved.folder / ".venv" / "bin" / "python").unlink()
    (moved.folder / ".venv" / "bin" / "python").symlink_to("/nonexistent/python3")

    assert moved.start("run").told["packages"] == ["probe-run"]


def test_a_set_up_that_was_killed_is_begun_afresh(fresh: Place) -> None:
    """The same, with a real SIGKILL to the launcher and its installers in the middle of the work."""
    with fresh.begin("run") as begun:
        wait_for(fresh.folder / ".venv" / "bin")
        os.killpg(begun.pid, signal.SIGKILL)

    assert fresh.start("run").told["packages"] == ["probe-run"]


def test_two_first_starts_at_once_take_turns(fresh: Place) -> None:
    """Both end well; the one that came second says that it waits, and installs nothing itself."""
    with fresh.begin("run") as one, fresh.begin("run") as other:
        ends = [process.communicate(timeout=240) for process in (one, other)]

    assert [one.returncode, other.returncode] == [0, 0], ends
    errors = "".join(err for _, err in ends)
    assert errors.count("another start is setting up; waiting for it") == 1
    assert errors.count("Study Hall: set up in") == 1


def test_a_machine_without_a_home_will_do(fresh: Place) -> None:
    """In a container there is often none; the installers then keep no cache."""
    done = fresh.start("run", env=fresh.environment(HOME=""))

    assert done.code == 0, done.err
    assert not any(path.name.startswith(".cache") for path in fresh.folder.rglob(".cache*"))


def test_uv_is_used_where_it_is_installed(fresh: Place) -> None:
    """It does in a second what takes pip half a minute."""
    env = fresh.environment(PATH=f"{fresh.path}:{os.environ['PATH']}")
    if not works(["uv", "--version"], env):
        pytest.skip("uv is not installed here; the launcher does without it.")

    done = fresh.start("run", env=env)

    assert done.told["packages"] == ["probe-run"], done.err
    assert "trying pip" not in done.err


def test_a_uv_that_cannot_do_it_leaves_the_work_to_pip(fresh: Place) -> None:
    """One installer that fails, behind a company's proxy say, is no reason to give up."""
    fresh.add_program("uv", "#!/bin/sh\n[ $1 = --version ]\n")

    done = fresh.start("run")

    assert done.told["packages"] == ["probe-run"], done.err
    assert "uv could not do it (see above); trying pip." in done.err


def test_without_python_the_line_that_installs_it_is_named(fresh: Place) -> None:
    """On Debian that is apt's."""
    (fresh.path / "python3").unlink()
    fresh.add_program("apt-get", "#!/bin/sh\n")

    done = fresh.start("run")

    assert (done.code, done.out) == (1, "")
    assert "it needs Python 3.11 or newer; no python3 was found" in done.err
    assert "apt install python3 python3-venv" in done.err


def test_without_python_on_macos_the_line_is_homebrews(fresh: Place) -> None:
    """There is no apt there."""
    (fresh.path / "python3").unlink()
    fresh.add_program("uname", "#!/bin/sh\necho Darwin\n")

    assert "brew install python@" in fresh.start("run").err


def test_a_python_that_is_too_old_is_named_with_its_version(fresh: Place) -> None:
    """Otherwise one would wonder, with Python plainly there."""
    fresh.add_program("python3", TOO_OLD)

    done = fresh.start("run")

    assert done.code == 1
    assert "it needs Python 3.11 or newer; python3 is 3.9; that will not do." in done.err


def test_a_python_without_the_venv_module_is_told_how_to_get_it(fresh: Place) -> None:
    """Debian keeps that module in a package of its own."""
    fresh.add_program("python3", WITHOUT_VENV)
    fresh.add_program("apt-get", "#!/bin/sh\n")

    done = fresh.start("run")

    assert done.code == 1
    assert "python3.12 is here, but without the venv module" in done.err
    assert "apt install python3.12-venv" in done.err
    assert not (fresh.folder / ".venv").exists()


def test_a_python_without_the_venv_module_is_passed_over_for_one_that_has_it(fresh: Place) -> None:
    """The newest is preferred, and one that works comes before that."""
    fresh.add_program("python3.14", WITHOUT_VENV)

    assert fresh.start("run").told["packages"] == ["probe-run"]


def least_cpu(command: list[str], place: Place) -> float:
    """Return the CPU seconds of the cheapest of nine runs; a busy machine does not make them more."""
    return min(cpu_seconds(command, place) for _ in range(9))


def cpu_seconds(command: list[str], place: Place) -> float:
    """Return the seconds of CPU that one run of *command* takes, its own children's included."""
    before = os.times()
    subprocess.run(command, cwd=place.folder, env=place.environment(), stdout=subprocess.DEVNULL, check=True)
    after = os.times()
    return (after.children_user - before.children_user) + (after.children_system - before.children_system)


def wait_for(path: Path) -> None:
    """Wait until another process has made *path*, for a minute at most."""
    until = time.monotonic() + 60
    while not path.exists():
        if time.monotonic() > until:
            pytest.fail(f"{path} was not made within a minute.")
        time.sleep(0.01)


def works(command: list[str], env: Mapping[str, str]) -> bool:
    """Tell whether *command* can be run at all."""
    try:
        return subprocess.run(command, env=env, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False
