"""The shelf takes up changes without a restart and never gives up a pack that once was good."""

import os
import threading
from pathlib import Path

from bot.core.packs import Library
from bot.packs.shelves import Shelf
from tests.packs.samples import PACK, SINGLE, TODAY, TRUE_FALSE, deck, edited, good_pack, write


def second_pack(root: Path) -> Path:
    """Write a second pack under *root*; return its folder."""
    folder = root / "hiking"
    write(folder, pack=edited(PACK, "id: climbing", "id: hiking"), decks__ropes=deck(SINGLE))
    return folder


def ids(library: Library) -> list[str]:
    """Return the ids of the packs that are served."""
    return [pack.id for pack in library.packs]


def test_a_shelf_is_empty_until_it_is_refreshed(tmp_path: Path) -> None:
    """Making one reads nothing."""
    good_pack(tmp_path)
    shelf = Shelf(tmp_path)

    assert shelf.library == Library()
    assert shelf.refresh(TODAY) == ()
    assert ids(shelf.library) == ["climbing"]


def test_without_a_change_the_library_stays_the_same_object(tmp_path: Path) -> None:
    """Whoever keeps something beside it can tell that it is current."""
    good_pack(tmp_path)
    shelf = Shelf(tmp_path)
    shelf.refresh(TODAY)
    before = shelf.library

    assert shelf.refresh(TODAY) == ()
    assert shelf.library is before


def test_a_changed_pack_is_read_again_and_the_others_are_not(tmp_path: Path) -> None:
    """The library before it stays as it was, for the rounds that hold it."""
    folder = good_pack(tmp_path)
    second_pack(tmp_path)
    shelf = Shelf(tmp_path)
    shelf.refresh(TODAY)
    before = shelf.library

    write(folder, decks__ropes=deck(TRUE_FALSE))
    shelf.refresh(TODAY)

    assert [len(pack.decks[0].items) for pack in before.packs] == [10, 1]
    assert [len(pack.decks[0].items) for pack in shelf.library.packs] == [1, 1]
    assert shelf.library.packs[1] is before.packs[1]


def test_a_pack_that_broke_stays_as_it_last_was_good(tmp_path: Path) -> None:
    """Its problems are told when it is read, and stand until it is mended."""
    folder = good_pack(tmp_path)
    shelf = Shelf(tmp_path)
    shelf.refresh(TODAY)
    before = shelf.library

    write(folder, decks__ropes="items: [")
    told = shelf.refresh(TODAY)
    again = shelf.refresh(TODAY)

    assert [problem.code for problem in told] == ["yaml-syntax"]
    assert again == ()
    assert shelf.problems == told
    assert shelf.library is before


def test_a_mended_pack_is_served_in_its_new_form(tmp_path: Path) -> None:
    """No restart is needed."""
    folder = good_pack(tmp_path)
    shelf = Shelf(tmp_path)
    shelf.refresh(TODAY)
    write(folder, decks__ropes="items: [")
    shelf.refresh(TODAY)

    write(folder, decks__ropes=deck(SINGLE))

    assert shelf.refresh(TODAY) == ()
    assert shelf.problems == ()
    assert len(shelf.library.packs[0].decks[0].items) == 1


def test_a_pack_that_was_never_good_is_not_served(tmp_path: Path) -> None:
    """There is no last good version of it."""
    write(tmp_path / "climbing", pack=PACK, decks__ropes="items: [")
    shelf = Shelf(tmp_path)

    assert [problem.code for problem in shelf.refresh(TODAY)] == ["yaml-syntax"]
    assert ids(shelf.library) == []


def test_new_packs_are_taken_up_and_removed_ones_are_dropped(tmp_path: Path) -> None:
    """A folder that is gone was taken away on purpose."""
    folder = good_pack(tmp_path)
    shelf = Shelf(tmp_path)
    shelf.refresh(TODAY)
    second_pack(tmp_path)
    shelf.refresh(TODAY)
    assert ids(shelf.library) == ["climbing", "hiking"]

    folder.rename(tmp_path.parent / f"{tmp_path.name}-away")
    shelf.refresh(TODAY)

    assert ids(shelf.library) == ["hiking"]


def test_a_pack_that_lost_its_manifest_stays(tmp_path: Path) -> None:
    """A copy that is under way must not take a pack from a group."""
    folder = good_pack(tmp_path)
    shelf = Shelf(tmp_path)
    shelf.refresh(TODAY)

    (folder / "pack.yaml").unlink()
    told = shelf.refresh(TODAY)

    assert [problem.code for problem in told] == ["missing-file"]
    assert ids(shelf.library) == ["climbing"]


def test_when_the_root_is_gone_everything_stays(tmp_path: Path) -> None:
    """A volume that is not mounted for a moment is no reason to stop."""
    root = tmp_path / "content"
    good_pack(root)
    shelf = Shelf(root)
    shelf.refresh(TODAY)

    root.rename(tmp_path / "away")
    told = shelf.refresh(TODAY)

    assert [problem.code for problem in told] == ["missing-file"]
    assert ids(shelf.library) == ["climbing"]


def test_a_file_replaced_by_another_of_equal_size_and_time_is_noticed(tmp_path: Path) -> None:
    """Tools that copy files keep their times."""
    folder = good_pack(tmp_path)
    shelf = Shelf(tmp_path)
    shelf.refresh(TODAY)
    path = folder / "pack.yaml"
    times = path.stat()

    other = folder / "pack.new"
    other.write_text(edited(PACK, "title: Climbing", "title: Climbers"))
    os.utime(other, ns=(times.st_atime_ns, times.st_mtime_ns))
    other.replace(path)
    shelf.refresh(TODAY)

    assert shelf.library.packs[0].title == "Climbers"


def test_readers_always_see_a_whole_library_while_others_refresh(tmp_path: Path) -> None:
    """A refresh runs in a thread of its own; each look at the shelf is at one version or the next."""
    folder = good_pack(tmp_path)
    second_pack(tmp_path)
    shelf = Shelf(tmp_path)
    shelf.refresh(TODAY)
    seen: set[tuple[int, ...]] = set()
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            seen.add(tuple(len(pack.decks[0].items) for pack in shelf.library.packs))

    reader = threading.Thread(target=look)
    reader.start()
    for number in range(6):
        write(folder, decks__ropes=deck(*(SINGLE, TRUE_FALSE)[: 1 + number % 2]))
        refreshers = [threading.Thread(target=shelf.refresh, args=(TODAY,)) for _ in range(3)]
        for thread in refreshers:
            thread.start()
        for thread in refreshers:
            thread.join()
    done.set()
    reader.join()

    assert seen <= {(10, 1), (1, 1), (2, 1)}
    assert len(shelf.library.packs[0].decks[0].items) == 2
