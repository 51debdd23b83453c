"""What the YAML parser could not read, said in an author's words."""

import yaml

from bot.packs.problems import Code, Spot

_MENDS = (
    (
        "mapping values are not allowed",
        "Put the text in quotes, since it holds a colon and a space, or write it on the lines below `|`.",
    ),
    ("are not allowed", "Put the text in quotes, since YAML gives its first character a meaning."),
    ("expected alphabetic or numeric", "Put the text in quotes, since it starts with `*` or `&`."),
    (
        "that cannot start any token",
        "Put the text in quotes, since YAML gives its first character a meaning.",
    ),
    ("unexpected end of stream", "Close the quote or bracket that is opened here."),
    ("unknown escape", "Double the backslash, or use single quotes, in which a backslash is a backslash."),
    (
        "expected ':'",
        "Put a colon and a space behind the field's name, and indent text under `|` further than it.",
    ),
    ("expected <block end>", "Align this line with the lines above that belong to the same list or record."),
    ("expected key", "Align this field with the fields above it, and look for an unclosed quote before it."),
    ("expected '-'", "Start the line with `- `, aligned with the list's other entries."),
    ("expected ',' or", "Put a comma between the entries, and close the bracket."),
    ("block scalar", "Write only `|` behind the colon, and the text on the lines below it, further in."),
    ("tag", "Put the text in quotes, since it starts with `!`."),
)
_ELSE = "Compare this line and the one before it with the example in content/README.md."


def report_syntax(error: yaml.YAMLError, lines: list[str], spot: Spot) -> None:
    """Report the one error at which the parser stopped; the file cannot be read beyond it."""
    if not isinstance(error, yaml.MarkedYAMLError):
        spot.report(Code.SYNTAX, 1, f"This is not YAML: {error}.", _ELSE)
        return
    unclosed = "unexpected end of stream" in (error.problem or "")
    mark = (error.context_mark if unclosed else None) or error.problem_mark or error.context_mark
    line = min(mark.line if mark is not None else 0, max(len(lines) - 1, 0)) + 1
    if lines and "\t" in lines[line - 1]:
        report_tab(line, spot)
        return
    said = error.problem or error.context or "the text ends too early"
    where = f" ({error.context})" if error.problem and error.context else ""
    spot.report(Code.SYNTAX, line, f"This is not YAML: {said}{where}.", _mend(said + where))


def report_tab(line: int, spot: Spot) -> None:
    """Report a tab on *line*."""
    spot.report(Code.TAB, line, "This line holds a tab.", "Replace the tab with spaces.")


def _mend(said: str) -> str:
    """Return what to write instead, judged by the parser's own words."""
    return next((mend for words, mend in _MENDS if words in said), _ELSE)
