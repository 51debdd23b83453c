"""The terminal: reports as people read them."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from bot.engine.findings import Finding
from bot.packs.figures import Figures
from bot.packs.problems import Problem, Severity
from bot.packs.reports import Report, StatsReport
from bot.sim.simulations import Report as SimulationReport

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}
_console = Console(highlight=False, soft_wrap=True)


def print_report(report: Report) -> None:
    """Print what a check found: each problem with its place and its mend, then a line a pack."""
    for problem in report.problems:
        _print_problem(problem)
    for pack in report.packs:
        served = "served" if pack.served else "[red]not served[/red]"
        counts = (
            (pack.decks, "deck"),
            (pack.items, "item"),
            (pack.errors, "error"),
            (pack.warnings, "warning"),
        )
        said = ", ".join(f"{number} {word if number == 1 else word + 's'}" for number, word in counts)
        _console.print(f"{escape(pack.title or pack.folder)}: {said}, {served}")


def print_stats(report: StatsReport) -> None:
    """Print the figures of packs: a line a deck with how its keys stand, then how many items of each kind."""
    keys = Table("deck", "items", "easy/medium/hard", "key first to last", "key longest", "feedback")
    kinds = Table("deck")
    names = sorted({kind for pack in report.packs for kind in pack.figures.kinds})
    for name in names:
        kinds.add_column(name.replace("_", " "), justify="right")
    for pack in report.packs:
        lines = [*((deck.id, deck.figures) for deck in pack.decks), (f"all of {pack.id}", pack.figures)]
        for label, figures in lines:
            last = label == lines[-1][0]
            keys.add_row(escape(label), *_cells(figures), end_section=last)
            kinds.add_row(escape(label), *(str(figures.kinds.get(n, 0)) for n in names), end_section=last)
    _console.print(keys, kinds)
    for problem in report.problems:
        _print_problem(problem)


def print_findings(found: Sequence[Finding], *, as_json: bool) -> None:
    """Print what an examination found: a line each, and below a fault what to do next."""
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in found]))
        return
    for finding in found:
        mark = "[green]fine[/green] " if finding.fine else "[red]wrong[/red]"
        _console.print(f"{mark}  {escape(finding.about)}: {escape(finding.seen)}")
        if finding.mend:
            _console.print(f"       {escape(finding.mend)}")


@contextmanager
def rounds_bar(rounds: int, *, visible: bool) -> Iterator[Callable[[int], None]]:
    """Show a bar on standard error while rounds are played; yield what is called as each ends."""
    console = Console(stderr=True)
    with Progress(console=console, disable=not (visible and console.is_terminal), transient=True) as bar:
        task = bar.add_task("rounds", total=rounds)
        yield lambda done: bar.advance(task, done)


def print_simulation(report: SimulationReport, *, as_json: bool) -> None:
    """Print what a simulation found: its figures, each broken promise, and the transcript's digest."""
    if as_json:
        typer.echo(json.dumps(asdict(report)))
        return
    for name, value in report.figures.items():
        _console.print(f"{name.replace('_', ' ')}: {value:,}")
    _console.print(f"virtual time: {report.virtual_seconds:,.0f} s, real time: {report.wall_seconds:,.1f} s")
    _console.print(f"transcript: {report.digest}")
    for fault in report.faults:
        _console.print(f"[red]broken:[/red] {escape(fault)}")
    if not report.faults:
        _console.print(
            "Every acknowledged answer counted, once; every standing adds up; no message came twice."
        )


def _print_problem(problem: Problem) -> None:
    colour = COLOURS[problem.severity]
    item = f" {escape(problem.item)}" if problem.item else ""
    _console.print(
        f"{escape(problem.file)}:{problem.line}:{item} [{colour}]{escape(problem.code)}[/{colour}]"
    )
    _console.print(f"  {escape(problem.message)} {escape(problem.mend)}")


def _cells(figures: Figures) -> tuple[str, ...]:
    return (
        str(figures.items),
        "/".join(str(figures.difficulties.get(level, 0)) for level in ("easy", "medium", "hard")),
        " ".join(str(count) for count in figures.key_positions),
        f"{figures.longest_key_share:.0%}",
        f"{figures.feedback_share:.0%}",
    )
