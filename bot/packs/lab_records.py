"""Labs as authors write them: ``labs/*.yaml``, each read into one frozen lab."""

from bot.core.ids import LabId, StepId, Topic
from bot.core.items import Difficulty
from bot.core.labs import Lab, Step, Trouble
from bot.core.notes import Checkpoint
from bot.packs.blueprints import read_own_id
from bot.packs.cases import entry_name
from bot.packs.fields import Fields, open_record, shape
from bot.packs.item_records import Scope, read_serves, read_sources, read_topic, read_valid_until
from bot.packs.problems import Code, Spot
from bot.packs.scalars import as_format, as_id, as_integer, as_line, as_prose, as_word
from bot.packs.trees import Node

_LAB = shape(
    "the lab",
    "format id title topic difficulty minutes cost goal prerequisites steps troubleshooting clean_up "
    "sources valid_until serves off",
)
_STEP = shape("a step", "id title do expect checkpoint")
_CHECKPOINT = shape("a checkpoint", "ask answer")
_TROUBLE = shape("an entry of `troubleshooting`", "problem fix")

_MOST_STEPS, _MOST_LINES = 50, 50
_LONGEST_STEP, _LONGEST_LINE = 5000, 1000


def read_lab(node: Node, stem: str, spot: Spot, scope: Scope) -> Lab | None:
    """Return the lab of the file called *stem*; None when there is nothing to read it from."""
    fields = open_record(node, spot.at(stem), _LAB)
    if fields is None:
        return None
    fields.need("format", as_format, "1")
    own = read_own_id(fields, stem, "file")
    scope.origins.labs[own] = fields
    return Lab(
        id=LabId(f"{scope.pack}/{own}"),
        pack=scope.pack,
        title=fields.need("title", as_line, ""),
        topic=read_topic(fields, scope) or Topic(""),
        goal=fields.need("goal", as_prose(3000), ""),
        steps=_steps(fields, stem),
        difficulty=fields.get("difficulty", as_word(Difficulty), Difficulty.MEDIUM),
        minutes=fields.get("minutes", as_integer(1, 1440), 0),
        cost=fields.get("cost", as_prose(_LONGEST_LINE), ""),
        prerequisites=_lines(fields, "prerequisites"),
        troubles=_troubles(fields),
        clean_up=_lines(fields, "clean_up"),
        sources=read_sources(fields),
        valid_until=read_valid_until(fields, scope),
        serves=read_serves(fields, scope),
        off=fields.get("off", as_line, ""),
    )


def _lines(fields: Fields, name: str) -> tuple[str, ...]:
    return fields.texts(name, as_prose(_LONGEST_LINE), _MOST_LINES) if fields.has(name) else ()


def _steps(fields: Fields, lab: str) -> tuple[Step, ...]:
    seen: dict[str, int] = {}
    read = []
    for number, node in enumerate(fields.list_of("steps", _MOST_STEPS) or (), 1):
        step = open_record(node, fields.spot.at(f"{lab}/{entry_name(node, number)}"), _STEP)
        if step is not None:
            read.append(_step(step, seen))
    return tuple(read)


def _step(fields: Fields, seen: dict[str, int]) -> Step:
    own = fields.need("id", as_id, "")
    if own in seen and own:
        fields.spot.report(
            Code.DUPLICATE_ID,
            fields.line_of("id"),
            f"The id `{own}` is already used by the step on line {seen[own]}.",
            "Give this step an id of its own.",
        )
    seen.setdefault(own, fields.line_of("id"))
    return Step(
        StepId(own),
        fields.need("title", as_line, ""),
        fields.need("do", as_prose(_LONGEST_STEP), ""),
        fields.get("expect", as_prose(_LONGEST_STEP), ""),
        _checkpoint(fields),
    )


def _checkpoint(fields: Fields) -> Checkpoint | None:
    found = fields.record("checkpoint", _CHECKPOINT) if fields.has("checkpoint") else None
    if found is None:
        return None
    return Checkpoint(
        found.need("ask", as_prose(_LONGEST_LINE), ""), found.need("answer", as_prose(_LONGEST_LINE), "")
    )


def _troubles(fields: Fields) -> tuple[Trouble, ...]:
    nodes = fields.list_of("troubleshooting", _MOST_LINES) if fields.has("troubleshooting") else None
    read = []
    for node in nodes or ():
        found = open_record(node, fields.spot, _TROUBLE)
        if found is not None:
            read.append(
                Trouble(
                    found.need("problem", as_prose(_LONGEST_LINE), ""),
                    found.need("fix", as_prose(_LONGEST_LINE), ""),
                )
            )
    return tuple(read)
