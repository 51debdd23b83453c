"""Keys of what is typed: blanks, numbers and free text."""

from decimal import Decimal

from bot.core.items import Blank, BlanksKey, Key, NumberKey, Point, TextKey
from bot.packs import prose
from bot.packs.fields import Field, Fields, clipped, counted, open_record, read_text, sentence, shape
from bot.packs.problems import Code, Spot
from bot.packs.scalars import as_decimal, as_flag, as_integer, as_line, as_positive
from bot.packs.trees import Hole, Node, Record, Scalar

_BLANK = shape("a blank of the key", "accept exact")
_NUMBER = shape("the key", "value tolerance unit units unit_required")
_TEXT = shape("the key", "accept points need exact")
_POINT = shape("a point", "say any_of")

MOST_ACCEPTED = 50
MOST_POINTS = 20
MOST_BLANKS = 10


def read_blanks(node: Node, fields: Fields, prompt: str, *, text: str = "prompt") -> BlanksKey | None:
    """Return the key of a text with blanks, one entry for each; *text* is the field that has them."""
    nodes = fields.list_of("key", MOST_BLANKS)
    if nodes is None:
        return None
    read = [_blank(entry, fields.spot) for entry in nodes]
    marks = prose.blanks(prompt)
    if any(len(mark) != len("___") for mark in marks):
        fields.spot.report(
            Code.BLANK_WIDTH,
            fields.line_of(text),
            f"The {text} has a run of more than three underscores.",
            "Write exactly three, `___`, for each blank.",
        )
    elif prompt and len(marks) != len(nodes):
        fields.spot.report(
            Code.BLANK_COUNT,
            node.line,
            f"The {text} has {counted(len(marks), 'blank')}, "
            f"but the key has {counted(len(nodes), 'entry', 'entries')}.",
            "Write one `___` outside of code for each entry of the key.",
        )
    return BlanksKey(tuple(blank for blank in read if blank is not None))


def _blank(node: Node, spot: Spot) -> Blank | None:
    fields = open_record(node, spot, _BLANK)
    if fields is None:
        return None
    return Blank(_distinct(fields, "accept"), fields.get("exact", as_flag, other=False))


def _distinct(fields: Fields, name: str) -> tuple[str, ...]:
    """Return the texts of the list *name*, a repeated one reported."""
    texts = fields.texts(name, as_line, MOST_ACCEPTED)
    for text in sorted({text for text in texts if texts.count(text) > 1}):
        fields.spot.report(
            Code.DUPLICATE_TEXT,
            fields.line_of(name),
            f"`{name}` lists `{clipped(text)}` more than once.",
            "Delete the repeated one.",
        )
    return texts


def read_number(node: Node, spot: Spot) -> Key | None:
    """Return the key of a numeric item."""
    if isinstance(node, Scalar):
        spot.report(
            Code.WRONG_TYPE,
            node.line,
            "The key of a numeric item is a record.",
            f"Write `key: {{value: {clipped(node.text) or '0.8'}, tolerance: 0.01}}`.",
        )
        return None
    fields = open_record(node, spot, _NUMBER)
    if fields is None:
        return None
    tolerance, percent = fields.get("tolerance", _tolerance, (Decimal(0), False))
    unit = fields.get("unit", as_line, "")
    units = _units(fields, unit)
    required = fields.get("unit_required", as_flag, other=False)
    if not unit and (units or required):
        spot.report(
            Code.UNIT_CLASH,
            fields.line,
            "The key speaks of units but does not say which unit its value is in.",
            "Add `unit: ms`, or whatever the unit of the value is.",
        )
    value = fields.need("value", as_decimal, Decimal(0))
    return NumberKey(value, tolerance, percent, unit, units, required)


def _tolerance(field: Field) -> tuple[Decimal, bool] | None:
    """Read ``0.01`` or ``5%``."""
    percent = field.text.endswith("%")
    bare = Scalar(field.text.removesuffix("%").strip(), field.node.line)
    number = as_decimal(Field(field.name, bare, field.spot))
    if number is not None and number < 0:
        field.refuse(
            Code.OUT_OF_RANGE, "`tolerance` is below 0.", "Write 0 or more, or a share such as `5%`."
        )
        return None
    return None if number is None else (number, percent)


def _units(fields: Fields, unit: str) -> tuple[tuple[str, Decimal], ...]:
    node = fields.nodes.get("units")
    if node is None or isinstance(node, Hole):
        return ()
    if not isinstance(node, Record):
        open_record(node, fields.spot, shape("`units`", "another-unit"))
        return ()
    read = []
    for name, value in node.entries:
        if name.text.strip() == unit:
            fields.spot.report(
                Code.UNIT_CLASH,
                name.line,
                f"`units` lists `{unit}`, which is the unit of the value itself.",
                "Delete this entry; list only other units, with how many of the unit each one is.",
            )
        size = read_text(name.text, value, fields.spot, as_positive)
        if size is not None:
            read.append((name.text.strip(), size))
    return tuple(read)


def read_points_or_texts(node: Node, spot: Spot) -> Key | None:
    """Return the key of a free-text item."""
    fields = open_record(node, spot, _TEXT)
    if fields is None:
        return None
    if not fields.has("accept") and not fields.has("points"):
        spot.report(
            Code.MISSING_FIELD,
            fields.line,
            f"{sentence(fields.what)} has neither `accept` nor `points`.",
            "Add `accept: [a whole answer]`, or `points:` that a good answer makes.",
        )
        return None
    accept = _distinct(fields, "accept") if fields.has("accept") else ()
    points = _points(fields) if fields.has("points") else ()
    return TextKey(accept, points, _need(fields, len(points)), fields.get("exact", as_flag, other=False))


def _points(fields: Fields) -> tuple[Point, ...]:
    read = []
    for node in fields.list_of("points", MOST_POINTS) or ():
        point = open_record(node, fields.spot, _POINT)
        if point is not None:
            read.append(Point(point.need("say", as_line, ""), _distinct(point, "any_of")))
    return tuple(read)


def _need(fields: Fields, points: int) -> int:
    """Return how many points are needed; 0, when nothing is said, means every one."""
    need = fields.get("need", as_integer(1, MOST_POINTS), 0)
    if need > points:
        fields.spot.report(
            Code.POINT_COUNT,
            fields.line_of("need"),
            f"`need` is {need}, but the key has {counted(points, 'point')}.",
            f"Write a number up to {points}, or delete `need`."
            if points
            else "Delete `need`, or add points.",
        )
    return need
