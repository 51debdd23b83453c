"""What ``content check`` and ``content stats`` have to say, as data; who prints it is not known here."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from bot.packs.checks.running import check_whole
from bot.packs.figures import PackStats, stats
from bot.packs.folders import MANIFEST, pack_folders, shown
from bot.packs.loading import Checked, load_pack, no_folder
from bot.packs.problems import Problem, Severity, has_errors


@dataclass(frozen=True, slots=True)
class PackLine:
    """One pack of a check. *served* is false for a broken pack, whose counts of items are then 0."""

    folder: str
    id: str
    title: str
    decks: int
    items: int
    errors: int
    warnings: int
    served: bool
    cards: int = 0
    notes: int = 0
    labs: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found in all the folders it was given."""

    packs: tuple[PackLine, ...]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> int:
        """How many problems keep a pack from being served."""
        return _counts(self.problems)[Severity.ERROR]

    @property
    def warnings(self) -> int:
        """How many problems do not."""
        return _counts(self.problems)[Severity.WARNING]

    def passes(self, *, strict: bool) -> bool:
        """Tell whether the check is passed: without errors, and when *strict* without warnings too."""
        return not self.problems if strict else not has_errors(self.problems)

    def to_json(self) -> str:
        """Return the report as JSON, with ``packs``, ``problems``, ``errors`` and ``warnings``."""
        data = asdict(self) | {"errors": self.errors, "warnings": self.warnings}
        return json.dumps(data, ensure_ascii=False, indent=2)


@dataclass(frozen=True, slots=True)
class StatsReport:
    """The figures of the packs that are whole, and the problems of all."""

    packs: tuple[PackStats, ...]
    problems: tuple[Problem, ...]

    def to_json(self) -> str:
        """Return the figures as JSON, with ``packs`` and ``problems``."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2)


def check_report(paths: Iterable[Path], today: date) -> Report:
    """Check the packs in *paths*, each the folder of a pack or a folder of packs."""
    checked, problems = _check(paths, today, check_whole)
    return Report(tuple(map(_line, checked)), problems)


def stats_report(paths: Iterable[Path], today: date) -> StatsReport:
    """Return the figures of the packs in *paths*, each the folder of a pack or a folder of packs."""
    checked, problems = _check(paths, today, _as_read)
    return StatsReport(stats(checked, today), problems)


def _check(
    paths: Iterable[Path], today: date, check: Callable[[Checked, date], tuple[Problem, ...]]
) -> tuple[list[Checked], tuple[Problem, ...]]:
    """Return the packs in *paths*, each with the problems that *check* finds, and all of the problems."""
    checked: list[Checked] = []
    missing: list[Problem] = []
    for path in paths:
        try:
            read = [load_pack(folder, today) for folder in _folders(path)]
        except OSError as error:
            missing.append(no_folder(path, error))
        else:
            checked += [replace(one, problems=check(one, today)) for one in read]
    return checked, (*missing, *(problem for one in checked for problem in one.problems))


def _as_read(checked: Checked, _today: date) -> tuple[Problem, ...]:
    return checked.problems


def _folders(path: Path) -> Sequence[Path]:
    """Return the packs that *path* means; a folder with decks is a pack, even without its pack.yaml."""
    if (path / "decks").is_dir() or path.name == MANIFEST:
        return (path.parent if path.name == MANIFEST else path,)
    return pack_folders(path)


def _line(checked: Checked) -> PackLine:
    counts = _counts(checked.problems)
    decks = checked.pack.decks if checked.pack is not None else ()
    return PackLine(
        folder=shown(checked.folder),
        id=checked.pack.id if checked.pack is not None else checked.folder.name,
        title=checked.pack.title if checked.pack is not None else "",
        decks=len(decks),
        items=sum(len(deck.items) for deck in decks),
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        served=checked.pack is not None,
        cards=sum(len(deck.cards) for deck in checked.pack.cards) if checked.pack is not None else 0,
        notes=len(checked.pack.notes) if checked.pack is not None else 0,
        labs=len(checked.pack.labs) if checked.pack is not None else 0,
    )


def _counts(problems: Iterable[Problem]) -> Counter[Severity]:
    return Counter(problem.severity for problem in problems)
