"""The program's own source, read as syntax trees, for the rules that no import can show."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Source:
    """One Python file: its path from the project's root, and its tree."""

    path: str
    tree: ast.Module

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of the tree, walked once for all rules."""
        return tuple(ast.walk(self.tree))

    def at(self, node: ast.expr | ast.stmt | ast.excepthandler) -> str:
        """Name the place of *node* so that an editor can open it."""
        return f"{self.path}:{node.lineno}"


@cache
def sources(folder: str) -> tuple[Source, ...]:
    """Read every Python file under *folder*, in the order of their paths."""
    return tuple(
        Source(str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted((ROOT / folder).rglob("*.py"))
    )


def imported(source: Source) -> Iterator[tuple[str, ast.stmt]]:
    """Yield every name that *source* imports, dotted and absolute, with its statement."""
    for node in source.nodes:
        match node:
            case ast.Import():
                yield from ((alias.name, node) for alias in node.names)
            case ast.ImportFrom(module=str(module)):
                yield from ((f"{module}.{alias.name}", node) for alias in node.names)


def dotted(node: ast.expr) -> str:
    """Spell ``a.b.c`` for a name or an attribute of one; empty for anything else."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attr):
            return f"{start}.{attr}" if (start := dotted(value)) else ""
        case _:
            return ""


def run_at_import(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements that run when a module is imported, those in classes and branches included."""
    for statement in body:
        match statement:
            case ast.ClassDef(body=inner):
                yield from run_at_import(inner)
            case ast.If(test=test) if dotted(test) == "TYPE_CHECKING" or _asks_whether_main(test):
                continue
            case ast.If(body=inner, orelse=other):
                yield from run_at_import([*inner, *other])
            case _:
                yield statement


def _asks_whether_main(test: ast.expr) -> bool:
    return isinstance(test, ast.Compare) and dotted(test.left) == "__name__"
