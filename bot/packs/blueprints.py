"""Blueprints: an exam's dated description, read from ``blueprints/*.yaml``."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.core.ids import Topic
from bot.core.items import Kind, Source
from bot.packs.fields import Field, Fields, open_record, shape
from bot.packs.problems import Code, Spot
from bot.packs.scalars import (
    as_date,
    as_format,
    as_id,
    as_integer,
    as_line,
    as_positive,
    as_prose,
    as_task,
    as_url,
    is_id,
    refuse_word,
)
from bot.packs.trees import Node

_BLUEPRINT = shape(
    "the blueprint",
    "format id code title description valid_from valid_until questions scored minutes scale kinds source "
    "domains",
)
_SCALE = shape("the scale", "low high pass")
_SOURCE = shape("a source", "title url")
_DOMAIN = shape("a domain", "id title weight tasks")
_TASK = shape("a task", "id title")

MOST_DOMAINS = 50
MOST_TASKS = 100
WHOLE = Decimal(100)

CASE_STUDY = "case_study"
"""Several items of one scenario; what an author writes as the kind of such an entry."""

KINDS = (*(kind.value for kind in Kind), CASE_STUDY)


@dataclass(frozen=True, slots=True)
class Task:
    """What an exam asks about, under a domain."""

    id: Topic
    title: str


@dataclass(frozen=True, slots=True)
class Domain:
    """A part of an exam. *weight* is its share in per cent."""

    id: str
    title: str
    weight: Decimal
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """The marks of an exam: lowest, highest, and the least that passes."""

    low: int
    high: int
    passing: int


@dataclass(frozen=True, slots=True)
class Blueprint:
    """An exam as it stands between two dates. *scored* of the *questions* count.

    *kinds* are those that its questions may have, ``case_study`` among them; none are named when all may be.
    """

    id: str
    code: str
    title: str
    valid_from: date
    questions: int
    scored: int
    minutes: int
    domains: tuple[Domain, ...]
    valid_until: date | None = None
    scale: Scale | None = None
    source: Source | None = None
    description: str = ""
    kinds: tuple[str, ...] = ()

    @property
    def topics(self) -> dict[Topic, str]:
        """Every task with its title, in order."""
        return {task.id: task.title for domain in self.domains for task in domain.tasks}


def read_blueprint(node: Node, stem: str, spot: Spot) -> Blueprint | None:
    """Return the blueprint of the file called *stem*; None when there is nothing to read it from."""
    fields = open_record(node, spot, _BLUEPRINT)
    if fields is None:
        return None
    fields.need("format", as_format, "1")
    questions = fields.need("questions", as_integer(1, 1000), 1)
    blueprint = Blueprint(
        id=read_own_id(fields, stem, "file"),
        code=fields.need("code", as_line, ""),
        title=fields.need("title", as_line, ""),
        valid_from=fields.need("valid_from", as_date, date.min),
        questions=questions,
        scored=fields.get("scored", as_integer(1, 1000), questions),
        minutes=fields.need("minutes", as_integer(1, 1440), 1),
        domains=_domains(fields),
        valid_until=fields.get("valid_until", as_date, None),
        scale=_scale(fields),
        source=_source(fields),
        description=fields.get("description", as_prose(1000), ""),
        kinds=fields.texts("kinds", _kind, len(KINDS)) if fields.has("kinds") else (),
    )
    _check(blueprint, fields)
    return blueprint


def read_own_id(fields: Fields, name: str, thing: str) -> str:
    """Return the ``id`` of a file or folder, which is also its name; report another one."""
    own = fields.need("id", as_id, name)
    if own != name:
        mend = f"Write `id: {name}`, or rename the {thing}." if is_id(name) else f"Call the {thing} `{own}`."
        fields.spot.report(
            Code.ID_DIFFERS,
            fields.line_of("id"),
            f"The id is `{own}`, but the {thing} is called `{name}`.",
            mend,
        )
    return own


def read_source(node: Node, spot: Spot) -> Source | None:
    """Return where a fact is written down; what is wrong is reported."""
    fields = open_record(node, spot, _SOURCE)
    if fields is None:
        return None
    return Source(fields.need("title", as_line, ""), fields.need("url", as_url, ""))


def _kind(field: Field) -> str | None:
    """Read the kind of an item, or of a case study."""
    if field.text in KINDS:
        return field.text
    refuse_word(field, KINDS)
    return None


def _source(fields: Fields) -> Source | None:
    node = fields.nodes.get("source")
    return None if node is None else read_source(node, fields.spot)


def _scale(fields: Fields) -> Scale | None:
    scale = fields.record("scale", _SCALE) if fields.has("scale") else None
    if scale is None:
        return None
    read = as_integer(0, 1_000_000)
    low, high = scale.need("low", read, None), scale.need("high", read, None)
    passing = scale.need("pass", read, None)
    if low is None or high is None or passing is None:
        return None
    if not low < passing <= high:
        scale.spot.report(
            Code.SCALE_ORDER,
            scale.line,
            f"The scale runs from {low} to {high} with {passing} to pass.",
            "Write a `pass` above `low` and not above `high`.",
        )
    return Scale(low, high, passing)


def _domains(fields: Fields) -> tuple[Domain, ...]:
    seen: dict[str, int] = {}
    nodes = fields.list_of("domains", MOST_DOMAINS) or ()
    read = [_domain(node, fields.spot, seen) for node in nodes]
    return tuple(domain for domain in read if domain is not None)


def _domain(node: Node, spot: Spot, seen: dict[str, int]) -> Domain | None:
    fields = open_record(node, spot, _DOMAIN)
    if fields is None:
        return None
    return Domain(
        id=_own_id(fields, seen, "domain"),
        title=fields.need("title", as_line, ""),
        weight=fields.need("weight", as_positive, Decimal(0)),
        tasks=_tasks(fields, seen),
    )


def _tasks(fields: Fields, seen: dict[str, int]) -> tuple[Task, ...]:
    read = []
    for node in fields.list_of("tasks", MOST_TASKS) or ():
        task = open_record(node, fields.spot, _TASK)
        if task is not None:
            read.append(Task(Topic(_own_id(task, seen, "task")), task.need("title", as_line, "")))
    return tuple(read)


def _own_id(fields: Fields, seen: dict[str, int], thing: str) -> str:
    """Return the id of a domain or task; it is unique among all of them."""
    own = fields.need("id", as_task, "")
    if own and own in seen:
        fields.spot.report(
            Code.DUPLICATE_ID,
            fields.line_of("id"),
            f"The {thing} id `{own}` is already used on line {seen[own]}.",
            f"Give this {thing} an id of its own.",
        )
    seen.setdefault(own, fields.line_of("id"))
    return own


def _check(blueprint: Blueprint, fields: Fields) -> None:
    """Report what does not fit together in the whole blueprint."""
    total = sum((domain.weight for domain in blueprint.domains), Decimal(0))
    if total != WHOLE and blueprint.domains and all(domain.weight for domain in blueprint.domains):
        fields.spot.report(
            Code.WEIGHT_SUM,
            fields.line_of("domains"),
            f"The weights of the domains add up to {total}, not to 100.",
            "Correct the `weight` of the domains until they add up to 100.",
        )
    if blueprint.valid_until is not None and blueprint.valid_until < blueprint.valid_from:
        fields.spot.report(
            Code.DATE_ORDER,
            fields.line_of("valid_until"),
            f"The blueprint ends on {blueprint.valid_until}, before it begins on {blueprint.valid_from}.",
            "Write a `valid_until` that is not before `valid_from`.",
        )
    if blueprint.scored > blueprint.questions:
        fields.spot.report(
            Code.OUT_OF_RANGE,
            fields.line_of("scored"),
            f"`scored` is {blueprint.scored}, but there are only {blueprint.questions} questions.",
            f"Write a number up to {blueprint.questions}.",
        )
