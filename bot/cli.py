"""The command line. Each command imports what it needs when it runs, which keeps ``--help`` quick."""

import os
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import __version__

if TYPE_CHECKING:
    from bot.config import Config

app = typer.Typer(
    name="studyhall",
    help="A tutor that lives in a study group's chat.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
content = typer.Typer(help="Look after study packs.", no_args_is_help=True)
config_ = typer.Typer(help="Look after the configuration.", no_args_is_help=True)
db = typer.Typer(help="Look after the database.", no_args_is_help=True)
app.add_typer(content, name="content")
app.add_typer(config_, name="config")
app.add_typer(db, name="db")

INTERRUPTED = 130
"""What a shell expects of a program that Ctrl-C ended."""

ConfigFile = Annotated[
    Path | None, typer.Option("--config", help="The YAML file with the settings (default: studyhall.yaml).")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
Packs = Annotated[list[Path] | None, typer.Argument(help="Pack folders, or folders of packs.")]


def main() -> None:
    """Run the command line; expected trouble is one sentence and exit code 1, never a traceback."""
    from bot.core.errors import StudyHallError  # noqa: PLC0415 - keeps the start quick

    try:
        code = app(standalone_mode=False, prog_name="studyhall")
        sys.stdout.flush()
    except typer.Abort:
        code = INTERRUPTED
    except typer.TyperException as error:
        code = _say_what_is_wrong(error)
    except StudyHallError as error:
        code = _say(str(error))
    except BrokenPipeError:
        # Whoever read what we print has gone; Python would complain of it again when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    sys.exit(code if isinstance(code, int) else 0)


def _say_what_is_wrong(error: typer.TyperException) -> int:
    """Say what was typed wrong; an empty message means that the help was printed in its place."""
    formatted = getattr(error, "format_message", error.__str__)
    said = str(formatted())
    return _say(f"{said.rstrip('.')}. See studyhall --help.") if said else 1


def _say(sentence: str) -> int:
    from bot.logs import without_passwords  # noqa: PLC0415 - keeps the start quick

    typer.echo(f"studyhall: {without_passwords(sentence)}", err=True)
    return 1


@app.command()
def run(
    config: ConfigFile = None,
    *,
    open_page: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in a browser.")] = True,
) -> None:
    """Start Study Hall: every transport that is configured, and the local web chat."""
    import asyncio  # noqa: PLC0415 - keeps the start quick

    from bot.app import serve, with_token  # noqa: PLC0415 - keeps the start quick
    from bot.config import load  # noqa: PLC0415 - keeps the start quick

    settings = with_token(load(config))
    _start_logs(settings)

    def ready(address: str) -> None:
        typer.echo(
            f"\n  Study Hall is open: {address}\n\n  Everyone who opens it joins under a name of their own."
        )
        typer.echo("  Type /quiz play there. Stop with Ctrl-C.\n")
        if open_page and sys.stdout.isatty():
            typer.launch(address)

    asyncio.run(serve(settings, ready))


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def test(context: typer.Context) -> None:
    """Run the test suite; what follows is handed to pytest."""
    import subprocess  # noqa: PLC0415 - keeps the start quick; runs our own interpreter

    root = Path(__file__).parent.parent
    command = [sys.executable, "-m", "pytest", *context.args]
    raise typer.Exit(subprocess.run(command, cwd=root, check=False).returncode)  # noqa: S603 - fixed command


@app.command()
def simulate(
    *,
    rounds: Annotated[int, typer.Option(min=1, help="How many rounds to play.")] = 100,
    players: Annotated[int, typer.Option(min=1, help="How many learners in each channel.")] = 5,
    seed: Annotated[str, typer.Option(help="The same seed gives the same transcript.")] = "1",
    faults: Annotated[str, typer.Option(help="all, none, or names with commas between.")] = "all",
    transcript: Annotated[Path | None, typer.Option(help="Write the transcript to this file.")] = None,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Play whole rounds under a virtual clock with faults, and check that every promise is kept."""
    import asyncio  # noqa: PLC0415 - keeps the start quick

    from bot.app import simulated  # noqa: PLC0415 - keeps the start quick
    from bot.config import load  # noqa: PLC0415 - keeps the start quick
    from bot.sim.faults import faults_from  # noqa: PLC0415 - keeps the start quick
    from bot.terminal import print_simulation, rounds_bar  # noqa: PLC0415 - keeps the start quick

    wanted = faults_from(faults)
    settings = load(config)
    if transcript is not None:
        _write(transcript, ())
    _start_logs(settings, level="error")
    with rounds_bar(rounds, visible=not as_json) as progress:
        report, lines = asyncio.run(
            simulated(settings, rounds=rounds, players=players, seed=seed, faults=wanted, progress=progress)
        )
    if transcript is not None:
        _write(transcript, lines)
    print_simulation(report, as_json=as_json)
    raise typer.Exit(1 if report.faults else 0)


@app.command()
def doctor(config: ConfigFile = None, *, as_json: AsJson = False) -> None:
    """Examine the set-up: database, packs, and each chat platform that is configured; nothing is changed."""
    import asyncio  # noqa: PLC0415 - keeps the start quick

    from bot.app import examined  # noqa: PLC0415 - keeps the start quick
    from bot.config import load  # noqa: PLC0415 - keeps the start quick
    from bot.terminal import print_findings  # noqa: PLC0415 - keeps the start quick

    settings = load(config)
    _start_logs(settings, level="error")
    found = asyncio.run(examined(settings))
    print_findings(found, as_json=as_json)
    raise typer.Exit(0 if all(finding.fine for finding in found) else 1)


@app.command()
def version(*, as_json: AsJson = False) -> None:
    """Print the version."""
    typer.echo(f'{{"version": "{__version__}"}}' if as_json else __version__)


@config_.command("check")
def config_check(config: ConfigFile = None, *, as_json: AsJson = False) -> None:
    """Say whether the settings can be used, and which are in force; secrets are hidden."""
    import json  # noqa: PLC0415 - keeps the start quick

    from bot.config import content_root, load, slack_by, sqlite_path  # noqa: PLC0415 - keeps the start quick
    from bot.logs import without_passwords  # noqa: PLC0415 - keeps the start quick

    settings = load(config)
    sqlite_path(settings)
    slack_by(settings)
    database = without_passwords(settings.database_url)
    content = str(content_root(settings))
    shown = settings.model_dump(mode="json") | {"database_url": database, "content": content}
    if as_json:
        typer.echo(json.dumps(shown))
        return
    for name, value in shown.items():
        group = value.items() if isinstance(value, dict) else (("", value),)
        for key, one in group:
            typer.echo(f"{name}.{key}: {one}" if key else f"{name}: {one}")
    typer.echo("The settings can be used.")


@db.command("upgrade")
def db_upgrade(config: ConfigFile = None) -> None:
    """Bring the database's tables up to date."""
    import asyncio  # noqa: PLC0415 - keeps the start quick

    from bot.app import open_database  # noqa: PLC0415 - keeps the start quick
    from bot.config import load  # noqa: PLC0415 - keeps the start quick

    async def upgrade() -> None:
        database = await open_database(load(config))
        await database.close()

    asyncio.run(upgrade())
    typer.echo("The tables are up to date.")


@content.command("check")
def content_check(
    packs: Packs = None,
    config: ConfigFile = None,
    *,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read packs and say what is wrong with them: file, line, item, and what to write instead."""
    from bot.packs.reports import check_report  # noqa: PLC0415 - keeps the start quick
    from bot.terminal import print_report  # noqa: PLC0415 - keeps the start quick

    report = check_report(_pack_paths(packs, config), _today())
    if as_json:
        typer.echo(report.to_json())
    else:
        print_report(report)
    raise typer.Exit(0 if report.passes(strict=strict) else 1)


@content.command("stats")
def content_stats(packs: Packs = None, config: ConfigFile = None, *, as_json: AsJson = False) -> None:
    """Print the figures of packs: kinds, topics, difficulty, and where and how long the keys are."""
    from bot.packs.reports import stats_report  # noqa: PLC0415 - keeps the start quick
    from bot.terminal import print_stats  # noqa: PLC0415 - keeps the start quick

    report = stats_report(_pack_paths(packs, config), _today())
    if as_json:
        typer.echo(report.to_json())
    else:
        print_stats(report)


@content.command("import")
def content_import(
    sources: Annotated[list[Path], typer.Argument(help="Files, folders or archives.")],
    to: Annotated[Path, typer.Option("--to", help="The pack's folder; made when it is not there.")],
    *,
    format_: Annotated[str, typer.Option("--format", help="The format, when it is not told rightly.")] = "",
    dry: Annotated[bool, typer.Option("--dry-run", help="Report only; write nothing.")] = False,
    title: Annotated[str, typer.Option(help="The title of a new pack.")] = "",
    language: Annotated[str, typer.Option(help="The language of a new pack.")] = "en",
    licence: Annotated[str, typer.Option(help="The licence of a new pack.")] = "unknown",
    as_json: AsJson = False,
) -> None:
    """Bring study material into a pack: each format is told by its content, each line accounted for."""
    from bot.import_terminal import print_import, sources_bar  # noqa: PLC0415 - keeps the start quick
    from bot.packs.importing.held import options_for  # noqa: PLC0415 - keeps the start quick
    from bot.packs.importing.saving import import_into  # noqa: PLC0415 - keeps the start quick

    options = options_for(to, _today(), title=title, language=language, licence=licence, format_=format_)
    with sources_bar(visible=not as_json) as progress:
        imported, changed = import_into(to, sources, options, progress, dry=dry)
    print_import(imported.report, to, written=bool(changed), dry=dry, as_json=as_json)
    raise typer.Exit(1 if imported.report.empty else 0)


@content.command("export")
def content_export(
    pack: Annotated[Path, typer.Argument(help="The pack's folder.")],
    format_: Annotated[str, typer.Option("--format", help="The format to write, such as gift or pack.")],
    *,
    to: Annotated[
        Path, typer.Option("--to", help="A file, or a folder for several (default: here).")
    ] = Path(),
    decks: Annotated[str, typer.Option(help="Only these decks, with commas between.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Overwrite what is there.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write a pack in another format, and name everything that the format does not hold."""
    from bot.import_terminal import print_export  # noqa: PLC0415 - keeps the start quick
    from bot.packs.exporting import export_folder  # noqa: PLC0415 - keeps the start quick

    wanted = tuple(name.strip() for name in decks.split(",") if name.strip())
    print_export(export_folder(pack, format_, wanted, to, _today(), force=force), as_json=as_json)


def _start_logs(settings: "Config", level: str | None = None) -> None:
    from bot.logs import configure  # noqa: PLC0415 - keeps the start quick

    configure(format_=settings.log.format, level=level or settings.log.level, secrets=settings.secrets())


def _write(file: Path, lines: Sequence[str]) -> None:
    from bot.core.errors import ConfigError  # noqa: PLC0415 - keeps the start quick

    try:
        file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except OSError as error:
        message = f"The transcript cannot be written to {file} ({error.strerror}): name another file."
        raise ConfigError(message) from error


def _pack_paths(packs: list[Path] | None, config: Path | None) -> list[Path]:
    from bot.config import content_root, load  # noqa: PLC0415 - keeps the start quick

    return packs or [content_root(load(config))]


def _today() -> date:
    return datetime.now(UTC).date()
