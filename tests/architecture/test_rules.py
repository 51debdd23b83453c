"""The rules of the design that import-linter cannot see, read off the source itself."""

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator

import pytest

from tests.architecture.sources import ROOT, Source, dotted, imported, run_at_import, sources

PURE = ("bot/core", "bot/wording")

# What a pure function has no business with: time, chance, the outside world, waiting, and telling anyone.
IMPURE = {
    "asyncio", "concurrent", "ctypes", "http", "io", "logging", "multiprocessing", "os", "pathlib", "queue",
    "random", "secrets", "shutil", "signal", "socket", "sqlite3", "ssl", "structlog", "subprocess", "sys",
    "tempfile", "threading", "time", "urllib", "uuid",
}  # fmt: skip

CLOCKS = {"now", "today", "utcnow"}

SDKS = ("discord", "slack_bolt", "slack_sdk", "asyncpg", "pgqueuer", "aiohttp")

LONGEST_FUNCTION = 50

BOT = sources("bot")
PURE_SOURCES = tuple(source for source in BOT if source.path.startswith(PURE))
TESTS = tuple(source for source in sources("tests") if "/test_" in source.path)


def test_only_config_reads_the_environment() -> None:
    """A setting has one way in, so that what is configured can be listed and checked."""
    assert [
        place for source in BOT if source.path != "bot/config.py" for place in environment_reads(source)
    ] == []


def test_the_pure_packages_import_nothing_that_acts_waits_or_draws() -> None:
    """The core and the wording are functions of their arguments; only the draws make a generator."""
    assert [
        f"{source.at(node)} imports {name}"
        for source in PURE_SOURCES
        for name, node in imported(source)
        if name.partition(".")[0] in IMPURE and not _may_draw(source, name)
    ] == []


def test_the_pure_packages_read_no_clock() -> None:
    """The moment is an argument; a clock read inside could never be tested at a boundary."""
    assert [
        f"{source.at(call)} reads a clock"
        for source in PURE_SOURCES
        for call in calls(source.nodes)
        if dotted(call.func).rpartition(".")[2] in CLOCKS
    ] == []


def test_the_pure_packages_define_no_coroutine() -> None:
    """What never waits can be run in a plain loop, a million times, in a test."""
    waiting = (ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith, ast.Await)

    assert [
        source.at(node) for source in PURE_SOURCES for node in source.nodes if isinstance(node, waiting)
    ] == []


def test_every_generator_is_made_from_a_seed() -> None:
    """The same seed gives the same round; a generator without one would break that silently."""
    assert [
        f"{source.at(call)} draws without a seed"
        for source in BOT
        for call in calls(source.nodes)
        if _draws_unseeded(call)
    ] == []


def test_nothing_happens_at_import() -> None:
    """A module defines; it neither opens, connects, starts nor prints until someone calls it."""
    assert [
        f"{source.at(statement)} acts at import"
        for source in BOT
        if source.path not in {"bot/__main__.py", "bot/cli.py"}
        for statement in run_at_import(source.tree.body)
        if _acts(statement)
    ] == []


def test_the_command_line_starts_without_any_transports_library() -> None:
    """Start-up is quick, and a machine without Discord or Slack needs neither library."""
    names = ", ".join(repr(name) for name in SDKS)
    code = f"import sys, bot.cli; print(*[name for name in ({names},) if name in sys.modules])"

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "", "")


def test_no_function_is_longer_than_one_can_keep_in_mind() -> None:
    """A coroutine that asks, waits, times, grades and prints begins as one that is a little too long."""
    assert [
        f"{source.at(node)} {node.name} has {lines} lines of code"
        for source in (*BOT, *TESTS)
        for node in source.nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if (lines := code_lines(node)) > LONGEST_FUNCTION
    ] == []


def test_every_match_over_a_closed_set_is_checked_to_the_end() -> None:
    """A ``case _`` that does nothing hides the case that someone adds later; in the core it may not."""
    assert [
        source.at(case.body[0])
        for source in BOT
        if source.path.startswith("bot/core")
        for node in source.nodes
        if isinstance(node, ast.Match)
        for case in node.cases
        if _catches_all(case) and isinstance(case.body[0], ast.Pass)
    ] == []


def test_no_test_replaces_what_it_tests() -> None:
    """A test passes a clock, a store or a transport; it does not reach in and exchange one."""
    assert [
        f"{source.at(node)} imports {name}"
        for source in sources("tests")
        for name, node in imported(source)
        if name.startswith(("unittest.mock", "mock."))
    ] == []


def test_every_test_says_in_a_sentence_what_holds() -> None:
    """A failing test's docstring is the first thing that its reader wants."""
    assert [
        f"{source.at(node)} {node.name}"
        for source in TESTS
        for node in source.nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if node.name.startswith("test_") and not ast.get_docstring(node)
    ] == []


@pytest.mark.parametrize(
    "code",
    [
        "open('x')",
        "print(1)",
        "TEXT = Path('x').read_text()",
        "for name in names:\n    register(name)",
        "with open('x') as file:\n    pass",
        "if debug:\n    connect()",
        "class Bot:\n    connect()",
    ],
)
def test_a_module_that_acts_at_import_is_found(code: str) -> None:
    """The rule above would be worth nothing if it overlooked these."""
    assert any(_acts(statement) for statement in run_at_import(ast.parse(code).body))


@pytest.mark.parametrize(
    "code",
    [
        "LIMIT = 3 * 4",
        "Name = NewType('Name', str)",
        "logger = get_logger()",
        "def main() -> None:\n    open('x')",
        "if __name__ == '__main__':\n    main()",
        "if TYPE_CHECKING:\n    import discord",
        "class Bot:\n    '''One.'''\n    limit: int = 3",
    ],
)
def test_a_module_that_only_defines_is_left_alone(code: str) -> None:
    """A rule that cries over definitions would soon be switched off."""
    assert not any(_acts(statement) for statement in run_at_import(ast.parse(code).body))


def environment_reads(source: Source) -> Iterator[str]:
    """Name every place where *source* reads or takes over the environment."""
    names = {"os.environ", "os.environb", "os.getenv", "os.getenvb", "os.putenv"}
    for name, statement in imported(source):
        if name in names:
            yield f"{source.at(statement)} imports {name}"
    for node in source.nodes:
        if isinstance(node, ast.Attribute) and dotted(node) in names:
            yield f"{source.at(node)} reads {dotted(node)}"


def calls(nodes: Iterable[ast.AST]) -> Iterator[ast.Call]:
    """Yield every call among *nodes*."""
    return (node for node in nodes if isinstance(node, ast.Call))


def code_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of *node* on which code stands; its docstring and comments do not count."""
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    lines = {line for statement in body for line in _lines(statement)}
    return len(lines)


def _lines(statement: ast.stmt) -> Iterator[int]:
    for node in ast.walk(statement):
        if isinstance(node, ast.expr | ast.stmt):
            yield node.lineno
            yield node.end_lineno or node.lineno


def _may_draw(source: Source, name: str) -> bool:
    return source.path == "bot/core/draws.py" and name in {"random", "random.Random"}


def _draws_unseeded(call: ast.Call) -> bool:
    """Tell whether *call* uses the process's own generator, or makes one without a seed."""
    match dotted(call.func).split("."):
        case ["random", "Random"] | ["Random"]:
            return not call.args
        case ["random", _]:
            return True
        case _:
            return False


def _acts(statement: ast.stmt) -> bool:
    match statement:
        case ast.For() | ast.While() | ast.With() | ast.Try() | ast.Delete():
            return True
        case ast.Expr(value=value):
            return not isinstance(value, ast.Constant)
        case ast.Assign() | ast.AnnAssign():
            return any(
                dotted(call.func) == "open" or _touches_files(call) for call in calls(ast.walk(statement))
            )
        case _:
            return False


def _touches_files(call: ast.Call) -> bool:
    touching = {"connect", "glob", "iterdir", "read_bytes", "read_text", "run", "write_text"}
    return isinstance(call.func, ast.Attribute) and call.func.attr in touching


def _catches_all(case: ast.match_case) -> bool:
    return isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None and case.guard is None
