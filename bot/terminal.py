"""The terminal: reports as people read them."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Column, Table

from bot.engine.findings import Finding
from bot.packs.balance import LONGEST_SHARE
from bot.packs.fields import counted
from bot.packs.figures import PackStats, ReadingStats
from bot.packs.problems import Code, Problem, Severity
from bot.packs.reports import PackLine, Report, StatsReport
from bot.sim.simulations import Report as SimulationReport

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}
LEVELS = ("easy", "medium", "hard")
LEGEND = (
    "levels: easy/medium/hard; keys: how many stand first, second and so on; "
    "longest: share of the keys of four options that are the longest"
)
MOST_ALIKE = 5
"""So many problems of one kind in one file are printed."""

_console = Console(highlight=False, soft_wrap=True, emoji=False)


def print_report(report: Report) -> None:
    """Print what a check found: the problems of each file with their mends, then a line a pack.

    Of many problems of one kind in one file the first are printed, and how many more there are.
    """
    seen = Counter((problem.file, problem.code) for problem in report.problems)
    printed: Counter[tuple[str, Code]] = Counter()
    for problem in report.problems:
        kind = (problem.file, problem.code)
        printed[kind] += 1
        if printed[kind] <= MOST_ALIKE or seen[kind] == MOST_ALIKE + 1:
            _print_problem(problem)
        elif printed[kind] == MOST_ALIKE + 1:
            more = seen[kind] - MOST_ALIKE
            _console.print(f"{escape(problem.file)}: and {more} more {problem.code}; --json lists all.")
    for pack in report.packs:
        _console.print(_pack_line(pack))


def _pack_line(pack: PackLine) -> str:
    served = "served" if pack.served else "[red]not served[/red]"
    studies = ((pack.cards, "card"), (pack.notes, "note"), (pack.labs, "lab"))
    counts = (
        (pack.decks, "deck"),
        (pack.items, "item"),
        *((number, word) for number, word in studies if number),
        (pack.errors, "error"),
        (pack.warnings, "warning"),
    )
    said = ", ".join(counted(number, word) for number, word in counts)
    return f"{escape(pack.title or pack.folder)}: {said}, {served}"


def print_stats(report: StatsReport) -> None:
    """Print the figures of packs: of each its decks, tasks, studies, exams and blind readings."""
    for pack in report.packs:
        _console.print(f"[bold]{escape(pack.title)}[/bold] {escape(pack.version)}")
        _console.print(_deck_table(pack), _topic_table(pack))
        for line in _lines(pack):
            _console.print(f"  {line}")
        _console.print()
    for problem in report.problems:
        _print_problem(problem)


def _deck_table(pack: PackStats) -> Table:
    names = ("deck", "items", "levels", "keys", "longest")
    table = Table(*(Column(name, no_wrap=True) for name in names), caption=LEGEND)
    decks = [(deck.id.partition("/")[2], deck.figures) for deck in pack.decks]
    for label, figures in (*decks, ("all", pack.figures)):
        table.add_row(
            escape(label),
            str(figures.items),
            "/".join(str(figures.difficulties.get(level, 0)) for level in LEVELS),
            " ".join(str(count) for count in figures.key_positions),
            f"{figures.longest_key_share_of_four:.0%}",
        )
    return table


def _topic_table(pack: PackStats) -> Table:
    table = Table("topic")
    for name in ("items", "cards", "notes"):
        table.add_column(name, justify="right")
    studies = pack.studies
    for topic, items in pack.figures.topics.items():
        counts = (items, studies.card_topics.get(topic, 0), studies.note_topics.get(topic, 0))
        table.add_row(escape(topic), *map(str, counts))
    return table


def _lines(pack: PackStats) -> Iterator[str]:
    """Yield what is said of a pack below its tables, a line each."""
    figures, studies = pack.figures, pack.studies
    for domain in pack.domains:
        share = f"{domain.share:.1%} of the items, weight {domain.weight:.0%}"
        yield f"domain {escape(domain.id)}: {domain.items}, {share} ({escape(domain.title)})"
    yield f"kinds: {_counts(figures.kinds)}; case studies: {figures.cases}"
    levels = (_share(figures.difficulties.get(level, 0), figures.items) for level in LEVELS)
    yield f"easy, medium, hard: {', '.join(levels)}"
    even = "as even as chance leaves them" if figures.key_even else "less even than chance leaves them"
    yield f"key positions: chi-square {figures.key_chi_square:.2f}, {even}"
    longest = f"{figures.longest_key_share_of_four:.0%}, limit {LONGEST_SHARE:.0%}"
    yield f"key the longest of four options: {longest}"
    sourced = _share(figures.sourced, figures.items)
    yield f"options with feedback: {figures.feedback_share:.0%}; items with sources: {sourced}"
    yield f"near-duplicates: {pack.near_duplicates}; switched off: {figures.off}"
    for blueprint, count in pack.served.items():
        yield f"items that serve {escape(blueprint)} as well: {count}"
    yield f"cards: {studies.cards}{f' ({_counts(studies.card_kinds)})' if studies.cards else ''}"
    yield f"notes: {studies.notes}; labs: {studies.labs}; mock exams: {len(pack.exams)}"
    for exam in pack.exams:
        domains = "/".join(str(count) for count in exam.domains.values())
        yield f"{escape(exam.title)}: {counted(exam.questions, 'question')}, by domain {domains}"
    yield from _reading_lines(pack.readings)


def _reading_lines(readings: ReadingStats) -> Iterator[str]:
    if readings.readings:
        times = counted(readings.readings, "reading")
        yield f"read blind: {readings.read} of {readings.items} items, in {times}"
        first, doubts = _share(readings.agreed_at_first, readings.read), readings.disagreements
        yield f"agreed at first: {readings.agreed_at_first} ({first}), {counted(doubts, 'disagreement')}"
        yield f"agree now: {readings.agree_now} ({readings.share:.1%})"
    if readings.unsettled:
        yield f"not as today's key has it: {escape(', '.join(readings.unsettled))}"


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{escape(name.replace('_', ' '))} {count}" for name, count in counts.items())


def _share(count: int, whole: int) -> str:
    return f"{count / whole:.0%}" if whole else "0%"


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
