"""The terminal for imports and exports: reports as people read them, and bars for long work."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Final

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from bot.packs.exporting import ExportReport
from bot.packs.importing.reports import COUNTS, FileReport, ImportReport

_MOST_SHOWN: Final = 5
"""So many findings of one kind in one file are printed; ``--json`` lists all."""

_console = Console(highlight=False, soft_wrap=True, emoji=False)


@contextmanager
def sources_bar(*, visible: bool) -> Iterator[Callable[[int, int, str], None]]:
    """Show a bar on standard error while sources are read; yield what is called with each."""
    console = Console(stderr=True)
    with Progress(console=console, disable=not (visible and console.is_terminal), transient=True) as bar:
        task = bar.add_task("reading", total=None)
        yield lambda done, every, path: bar.update(
            task,
            completed=done,
            total=every,
            description=escape(path.rpartition("/")[2]) or "putting together",
        )


def print_import(report: ImportReport, folder: Path, *, written: bool, dry: bool, as_json: bool) -> None:
    """Print what became of each source, what a person has to look at, and what changed in the pack."""
    if as_json:
        typer.echo(report.to_json())
        return
    _console.print(_table(report))
    for one in report.files:
        _print_problems(one)
        _print_dropped(one)
    for remark in report.remarks:
        _console.print(escape(remark))
    _console.print(escape(_ending(report, folder, written=written, dry=dry)))


def print_export(report: ExportReport, *, as_json: bool) -> None:
    """Print what was written, and each thing that the format does not hold."""
    if as_json:
        typer.echo(json.dumps(asdict(report), ensure_ascii=False, indent=2))
        return
    for one in report.left_out:
        _console.print(f"[yellow]left out[/yellow] {escape(one.id)}: {escape(one.what)} ({escape(one.why)})")
    for name in report.files:
        _console.print(f"{escape(report.format)}: {escape(name)}")


def _table(report: ImportReport) -> Table:
    """Return a line for each file, with only those counts as columns that any file has."""
    totals = report.totals
    shown = [name for name in COUNTS if totals[name]]
    columns = [*shown, *(name for name in ("repaired", "problems", "dropped") if totals[name])]
    table = Table("file", "format")
    for name in columns:
        table.add_column(name.replace("_", " "), justify="right")
    for one in report.files:
        sums = {
            **one.counts,
            "repaired": sum(one.repaired.values()),
            "problems": len(one.problems),
            "dropped": len(one.dropped),
        }
        cells = (str(sums.get(name, 0) or "") for name in columns)
        table.add_row(escape(one.path), escape(one.format or "none"), *cells)
    if len(report.files) > 1:
        table.add_section()
        table.add_row("all", "", *(str(totals[name]) for name in columns))
    return table


def _print_problems(one: FileReport) -> None:
    """Print the problems of a file, the first few of each kind."""
    seen: dict[str, int] = {}
    for problem in one.problems:
        seen[problem.fault] = seen.get(problem.fault, 0) + 1
        if seen[problem.fault] <= _MOST_SHOWN:
            _console.print(f"{escape(one.path)}:{problem.line}: [yellow]{problem.fault}[/yellow]")
            _console.print(f"  {escape(problem.message)} {escape(problem.mend)}")
    for fault, count in seen.items():
        if count > _MOST_SHOWN:
            _console.print(f"{escape(one.path)}: {count - _MOST_SHOWN} more of {fault}; --json lists all.")


def _print_dropped(one: FileReport) -> None:
    """Print the lines of a file that became nothing, together when the reason is the same."""
    by_why: dict[str, list[str]] = {}
    for dropped in one.dropped:
        first, last = dropped.span
        by_why.setdefault(dropped.why, []).append(f"{first}" if first == last else f"{first}-{last}")
    for why, lines in by_why.items():
        more = f" and {len(lines) - _MOST_SHOWN} more" if len(lines) > _MOST_SHOWN else ""
        _console.print(
            f"{escape(one.path)}:{', '.join(lines[:_MOST_SHOWN])}{more}: left out, {escape(why)}", style="dim"
        )


def _ending(report: ImportReport, folder: Path, *, written: bool, dry: bool) -> str:
    """Return the last line: what changed, and whether it was written."""
    if report.empty:
        return "Nothing to study was found, so nothing was written; say the format with --format."
    words = {
        "added": "new",
        "updated": "updated",
        "unchanged": "unchanged",
        "kept": "kept as the pack has it",
    }
    said = ", ".join(
        f"{report.changes[name]} {word}" for name, word in words.items() if report.changes.get(name)
    )
    if dry:
        return f"{folder}: {said}; nothing was written (--dry-run)."
    return f"{folder}: {said}." if written else f"{folder}: {said}; the pack is as it was."
