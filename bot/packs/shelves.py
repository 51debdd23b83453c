"""The shelf: the packs that are served now, each in its last good version."""

import threading
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.core.packs import Library, Pack
from bot.packs.folders import Signature, pack_folders, signature
from bot.packs.loading import load_pack, no_folder
from bot.packs.problems import Problem


@dataclass(frozen=True, slots=True)
class _Held:
    """A pack's folder as it was last read. *pack* is its last good version, which may be older."""

    signature: Signature
    pack: Pack | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Contents:
    """Everything on the shelf; replaced as a whole."""

    held: dict[Path, _Held] = field(default_factory=dict)
    library: Library = field(default_factory=Library)
    problems: tuple[Problem, ...] = ()


class Shelf:
    """Serves the packs under a root and takes up changes without a restart.

    It is empty until the first :meth:`refresh`. The library it gives out is frozen: whoever holds one, such
    as a running round, keeps it unchanged. Any thread may read while one refreshes.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._contents = _Contents()
        self._refreshing = threading.Lock()

    @property
    def library(self) -> Library:
        """The packs served now; the same object until a pack changes."""
        return self._contents.library

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of every folder as it was last read."""
        return self._contents.problems

    def refresh(self, today: date) -> tuple[Problem, ...]:
        """Read again the packs whose files changed; return the problems of those only.

        A pack that broke stays as it last was good. A pack whose folder is gone is not served any more.
        When the root itself cannot be listed, everything stays.
        """
        with self._refreshing:
            try:
                folders = pack_folders(self._root)
            except OSError as error:
                return (no_folder(self._root, error),)
            before = self._contents.held
            held = {folder: _look_again(folder, before.get(folder), today) for folder in folders}
            changed = [one for folder, one in held.items() if one is not before.get(folder)]
            if changed or held.keys() != before.keys():
                self._contents = _contents(held, self._contents.library)
            return tuple(problem for one in changed for problem in one.problems)


def _look_again(folder: Path, before: _Held | None, today: date) -> _Held:
    """Return *before* while the files are as they were, else what they have become.

    The signature is taken first: a file that changes while it is read has another one the next time.
    """
    now = signature(folder)
    if before is not None and before.signature == now:
        return before
    checked = load_pack(folder, today)
    last_good = before.pack if before is not None else None
    return _Held(now, checked.pack or last_good, checked.problems)


def _contents(held: dict[Path, _Held], before: Library) -> _Contents:
    """Return the shelf with *held*; the library before stays the same object when its packs do."""
    packs = tuple(one.pack for one in held.values() if one.pack is not None)
    same = len(packs) == len(before.packs) and all(map(_is_same, packs, before.packs))
    problems = tuple(problem for one in held.values() for problem in one.problems)
    return _Contents(held, before if same else Library(packs), problems)


def _is_same(one: Pack, other: Pack) -> bool:
    return one is other
