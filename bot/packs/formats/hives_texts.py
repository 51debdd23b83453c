"""Texts of a study hive made readable again: callouts, code on one line, tables whose cells have tabs."""

import re
from collections.abc import Sequence
from typing import Final

_CALLOUT = re.compile(r"[ \t]*>?[ \t]*\[!([A-Za-z]+)\][ \t]*(.*)")
_LANGUAGES: Final = frozenset({
    "bash", "c", "cpp", "css", "dockerfile", "go", "graphql", "hcl", "html", "java", "javascript", "json",
    "kotlin", "php", "powershell", "python", "r", "ruby", "rust", "scala", "sh", "shell", "sql", "swift",
    "terraform", "toml", "typescript", "xml", "yaml",
})  # fmt: skip
_CODE_SIGN = re.compile(r"[(){}\[\]=;$|<>`\\]|--?\w|: ")
_COMMAND = re.compile(
    r"(?:aws|az|cat|cd|chmod|cp|curl|docker|echo|export|gcloud|git|helm|kubectl|ls|make|mkdir|mv|npm|pip"
    r"|pip3|python|python3|rm|source|ssh|sudo|terraform|tar|wget|select|insert|create|update|delete|import"
    r"|from|def|print|version)\b",
    re.IGNORECASE,
)
BULLET = re.compile(r"[ \t]*(?:[-*•◦▪‣]|\d{1,3}[.)])[ \t]+")


def readable(rows: Sequence[str]) -> tuple[str, int]:
    """Return *rows* as small Markdown, and how many lines of code were put into fences."""
    parts: list[str] = []
    at = codes = 0
    while at < len(rows):
        row = rows[at]
        code = _code_line(rows, at)
        table = _table_end(rows, at)
        callout = _CALLOUT.match(row) if "[!" in row else None
        if code is not None:
            parts += ["", f"```{row.strip()}", rows[code].strip(), "```", ""]
            codes += 1
            at = code + 1
        elif table > at + 1:
            parts += ["", *_table(rows[at:table]), ""]
            at = table
        else:
            parts.append(_called_out(callout) if callout else row.rstrip())
            at += 1
    return _closed_up(parts), codes


def _called_out(callout: re.Match[str]) -> str:
    return f"**{callout[1].capitalize()}:** {callout[2].strip()}".rstrip()


def _code_line(rows: Sequence[str], at: int) -> int | None:
    """Return the line of code whose language stands alone in row *at*; None when there is none."""
    if rows[at].strip() not in _LANGUAGES:
        return None
    below = next((n for n in range(at + 1, min(at + 3, len(rows))) if rows[n].strip()), None)
    if below is None or not rows[at].strip():
        return None
    line = rows[below].strip()
    return below if _CODE_SIGN.search(line) or _COMMAND.match(line) else None


def _table_end(rows: Sequence[str], at: int) -> int:
    """Return the row behind those from *at* on that have as many cells, parted by tabs."""
    tabs = rows[at].strip().count("\t")
    end = at
    while tabs and end < len(rows) and rows[end].strip().count("\t") == tabs:
        end += 1
    return end


def _table(rows: Sequence[str]) -> list[str]:
    cells = [[cell.strip().replace("|", "\\|") for cell in row.strip().split("\t")] for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in cells]
    return [lines[0], f"|{' --- |' * len(cells[0])}", *lines[1:]]


def _closed_up(parts: Sequence[str]) -> str:
    """Return *parts* as one text with single blank lines."""
    rows: list[str] = []
    for row in "\n".join(parts).split("\n"):
        if row.strip() or (rows and rows[-1].strip()):
            rows.append(row)
    return "\n".join(rows).strip("\n").rstrip()


def bulleted(rows: Sequence[str]) -> tuple[str, int]:
    """Return *rows* as a list, for a section whose bullets were lost; rows that end in a colon lead it in."""
    parts: list[str] = []
    for row in rows:
        bare = row.strip()
        if not bare or bare.endswith(":") or BULLET.match(row) or "\t" in bare or bare.startswith("[!"):
            parts += [row, ""] if bare.endswith(":") else [row]
        else:
            parts.append(f"- {bare}")
    return readable(parts)


def without_bullet(row: str) -> str:
    """Return *row* without a bullet or number in front."""
    found = BULLET.match(row)
    return (row[found.end() :] if found else row).strip()
