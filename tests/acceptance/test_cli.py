"""The command line: every command explains itself, bad input is one clear sentence, little is imported."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.acceptance.commands import environment, studyhall

COMMANDS: Final = (
    (),
    ("run",),
    ("test",),
    ("simulate",),
    ("version",),
    ("config",),
    ("config", "check"),
    ("db",),
    ("db", "upgrade"),
    ("content",),
    ("content", "check"),
    ("content", "stats"),
    ("content", "import"),
    ("content", "export"),
)


# ------------------------------------------------------------------------------------- what it is asked for


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: " ".join(words) or "studyhall")
def test_every_command_explains_itself(tmp_path: Path, command: tuple[str, ...]) -> None:
    """``--help`` names the command, says what it does in a sentence, and changes nothing."""
    done = studyhall(tmp_path, *command, "--help")

    assert done.code == 0, done.err
    assert " ".join(("Usage: studyhall", *command)) in done.out
    assert list(tmp_path.iterdir()) == []


def test_the_help_names_every_command(tmp_path: Path) -> None:
    """Nobody finds a command that the help does not name."""
    for group in {command[:-1] for command in COMMANDS if command}:
        named = studyhall(tmp_path, *group, "--help").out
        assert [c[-1] for c in COMMANDS if c and c[:-1] == group and f" {c[-1]} " not in named] == []


def test_without_a_command_the_help_is_shown(tmp_path: Path) -> None:
    """Somebody who types the name alone learns what there is."""
    assert "Usage: studyhall" in studyhall(tmp_path).out


def test_the_version_is_told_for_people_and_for_machines(tmp_path: Path) -> None:
    """One line, or JSON with the same in it."""
    version = studyhall(tmp_path, "version").out.strip()

    assert version.count(".") == 2
    assert json.loads(studyhall(tmp_path, "version", "--json").out) == {"version": version}


# ----------------------------------------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    "args,said",
    [
        (("rnu",), "No such command 'rnu'"),
        (("run", "--prot", "80"), "No such option: --prot"),
        (
            ("run", "--config", "other.yaml"),
            "There is no configuration file other.yaml; name one that exists",
        ),
        (("config", "check", "--config", "."), "There is no configuration file .; name one that exists"),
        (("simulate", "--rounds", "0"), "Invalid value for '--rounds': Input should be greater than"),
        (("simulate", "--rounds", "many"), "Invalid value for '--rounds': Input should be a valid integer"),
        (("simulate", "--players", "0"), "Invalid value for '--players'"),
        (("simulate", "--faults", "fire"), "There is no fault called 'fire'; choose from lost,"),
        (
            ("simulate", "--transcript", "no/such/folder"),
            "The transcript cannot be written to no/such/folder",
        ),
        (("db", "upgrade", "now"), "Got unexpected extra argument"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_word_that_is_wrong_is_told_in_one_sentence(
    tmp_path: Path, args: tuple[str, ...], said: str
) -> None:
    """What was typed and what can be, exit code 1, and nothing done."""
    done = studyhall(tmp_path, *args)

    assert said in done.sentence
    assert done.code == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text,said",
    [
        (
            "web:\n  prot: 1\n",
            "web.prot: there is no such setting (in studyhall.yaml, or STUDYHALL_WEB__PROT in the",
        ),
        ("web: {port: 99999}\n", "web.port: input should be less than or equal to 65535 (in studyhall.yaml"),
        ("web: 8080\n", "web: should be a group of settings, such as `web: {port: 8080}` (in studyhall.yaml"),
        ("log: {level: loud}\n", "log.level: input should be 'debug', 'info', 'warning' or 'error'"),
        ("database_url: mysql://here\n", "database_url should begin with sqlite:/// or postgresql://"),
        ("database_url: 'sqlite:///'\n", "database_url should name a file after sqlite:///"),
        ("web: [1\n", "found: expected ',' or ']', but got '<stream end>' in line 2."),
        (
            "- web\n",
            "studyhall.yaml should be YAML with one setting a line, such as `web: {port: 8080}`; found: a",
        ),
        ("web\n", "found: a text."),
        ("\udcff\udcfe", "studyhall.yaml should be YAML"),
        ("discord: {token: [secret-of-mine]}\n", "discord.token: input should be a valid string"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told_in_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    """Which setting, what should stand there, where it can come from; never a value that may be secret."""
    (tmp_path / "studyhall.yaml").write_text(text, encoding="utf-8", errors="surrogateescape")

    done = studyhall(tmp_path, "config", "check")

    assert said in done.sentence
    assert "secret-of-mine" not in done.err
    assert done.code == 1


@pytest.mark.parametrize(
    "variable,value,said",
    [
        ("STUDYHALL_WEB__PORT", "http", "web.port: input should be a valid integer"),
        ("STUDYHALL_WEB__PROT", "1", "web.prot: there is no such setting"),
        ("STUDYHALL_WEB", "8080", "web: should be a group of settings"),
        ("STUDYHALL_WEB", "{port", "An environment variable that begins with STUDYHALL_ cannot be read"),
        ("STUDYHALL_DATABASE_URL", "here.db", "database_url should begin with sqlite:/// or postgresql://"),
    ],
)
def test_a_variable_that_cannot_be_used_is_told_in_one_sentence(
    tmp_path: Path, variable: str, value: str, said: str
) -> None:
    """The environment is as well checked as the file."""
    done = studyhall(tmp_path, "config", "check", **{variable: value})

    assert said in done.sentence
    assert done.code == 1


# ------------------------------------------------------------------------------------------ configuration


def test_the_configuration_is_shown_without_secrets(tmp_path: Path) -> None:
    """Every setting in force, from file and environment; of a secret only that it is set."""
    (tmp_path / "studyhall.yaml").write_text("web: {port: 9000, hosts: [chat.example]}\n")
    secrets = {
        "DISCORD_TOKEN": "discord-secret",
        "SLACK_BOT_TOKEN": "bot-secret",
        "STUDYHALL_SLACK__APP_TOKEN": "slack-secret",
        "STUDYHALL_DATABASE_URL": "postgresql://hall:database-secret@db.example/hall",
    }
    told = studyhall(tmp_path, "config", "check", **secrets)
    as_json = studyhall(tmp_path, "config", "check", "--json", **secrets)

    assert (told.code, as_json.code) == (0, 0), told.err + as_json.err
    assert "web.port: 9000\n" in told.out
    assert "database_url: postgresql://hall:[hidden]@db.example/hall\n" in told.out
    assert told.out.endswith("The settings can be used.\n")
    assert json.loads(as_json.out)["web"]["hosts"] == ["chat.example"]
    assert "-secret" not in told.out + told.err + as_json.out + as_json.err


def test_several_names_of_the_page_fit_in_one_variable(tmp_path: Path) -> None:
    """With commas between, as anybody would write them, or as JSON."""
    for value in ("a.example, b.example", '["a.example", "b.example"]'):
        done = studyhall(tmp_path, "config", "check", "--json", STUDYHALL_WEB__HOSTS=value)
        assert json.loads(done.out)["web"]["hosts"] == ["a.example", "b.example"]


# ----------------------------------------------------------------------------------- what it brings in

OFTEN_HEAVY: Final = (
    *("discord", "slack_bolt", "slack_sdk", "asyncpg", "pgqueuer"),
    *("aiohttp", "aiosqlite", "pydantic", "structlog", "rapidfuzz", "asyncio"),
)


def test_the_command_line_imports_no_library_of_a_transport_or_a_database(tmp_path: Path) -> None:
    """``--help`` waits for nothing: what a command needs is imported when it runs."""
    assert _imported(tmp_path, "import bot.cli") & set(OFTEN_HEAVY) == set()


def test_the_application_imports_only_what_is_configured(tmp_path: Path) -> None:
    """A group on SQLite and the web chat pays for neither Discord, Slack nor PostgreSQL."""
    opened = "import asyncio, bot.app, bot.config\\nasyncio.run(main())"
    text = (
        "async def main():\\n"
        "    database = await bot.app.open_database(bot.config.load())\\n"
        "    await database.close()\\n" + opened
    )
    unwanted = {"discord", "slack_bolt", "slack_sdk", "asyncpg", "pgqueuer"}

    assert _imported(tmp_path, f"exec('''{text}''')") & unwanted == set()


def _imported(folder: Path, statement: str) -> set[str]:
    """Return the packages that a new process has imported after *statement*."""
    script = f"{statement}\nimport sys\nprint(' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-P", "-c", script],
        cwd=folder,
        env=environment(folder, {}),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return {name.partition(".")[0] for name in done.stdout.split()}
