"""``pack.yaml``: what a pack is called and what its items may be about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.core.ids import Topic
from bot.packs.blueprints import Blueprint, read_own_id
from bot.packs.fields import Fields, in_words, nearest, open_record, read_text, shape
from bot.packs.problems import Code, Spot
from bot.packs.scalars import as_format, as_id, as_language, as_line, as_prose, as_task
from bot.packs.trees import Hole, Node, Record

_PACK = shape("the pack", "format id title language licence version description blueprint topics")


@dataclass(frozen=True, slots=True)
class Manifest:
    """The fields of ``pack.yaml``. *topics* is empty when the pack names a *blueprint*."""

    id: str
    title: str
    language: str
    licence: str
    version: str
    description: str
    blueprint: str | None
    topics: Mapping[Topic, str]
    blueprint_line: int
    spot: Spot


def read_manifest(node: Node, folder: str, spot: Spot) -> Manifest | None:
    """Return what ``pack.yaml`` in the folder called *folder* says; None when it says nothing."""
    fields = open_record(node, spot, _PACK)
    if fields is None:
        return None
    fields.need("format", as_format, "1")
    _check_topic_source(fields)
    return Manifest(
        id=read_own_id(fields, folder, "folder"),
        title=fields.need("title", as_line, ""),
        language=fields.need("language", as_language, ""),
        licence=fields.need("licence", as_line, ""),
        version=fields.need("version", as_line, ""),
        description=fields.need("description", as_prose(1000), ""),
        blueprint=fields.get("blueprint", as_id, None),
        topics=_topics(fields),
        blueprint_line=fields.line_of("blueprint"),
        spot=spot,
    )


def choose_topics(
    manifest: Manifest, blueprints: Mapping[str, Blueprint], broken: frozenset[str], today: date
) -> Mapping[Topic, str] | None:
    """Return the topics that items may have; None when they cannot be known.

    *broken* names blueprint files that have errors; these are reported in their own place, and so is a
    manifest that has both topics and a blueprint.
    """
    if manifest.blueprint is None:
        return manifest.topics or None
    if manifest.blueprint in broken or manifest.topics:
        return None
    blueprint = blueprints.get(manifest.blueprint)
    if blueprint is None:
        _report_unknown(manifest, manifest.blueprint, blueprints)
        return None
    if blueprint.valid_until is not None and blueprint.valid_until < today:
        manifest.spot.report(
            Code.OUT_OF_DATE,
            manifest.blueprint_line,
            f"The blueprint `{blueprint.id}` ended on {blueprint.valid_until}.",
            "Name the blueprint that followed it.",
        )
    return blueprint.topics


def _check_topic_source(fields: Fields) -> None:
    """Report a pack that has both or none of ``blueprint`` and ``topics``."""
    if fields.has("blueprint") and fields.has("topics"):
        fields.spot.report(
            Code.TOPIC_LIST,
            fields.line_of("topics"),
            "The pack has both a `blueprint` and `topics`.",
            "Delete `topics`; the tasks of the blueprint are the topics.",
        )
    elif not fields.has("blueprint") and not fields.has("topics"):
        fields.spot.report(
            Code.TOPIC_LIST,
            fields.line,
            "The pack says nothing about its topics.",
            "Add `topics:` with lines such as `  belays: Belaying`, or `blueprint:` with a blueprint's id.",
        )


def _topics(fields: Fields) -> Mapping[Topic, str]:
    node = fields.nodes.get("topics")
    if node is None or isinstance(node, Hole):
        return {}
    if not isinstance(node, Record):
        open_record(node, fields.spot, shape("`topics`", "a-topic-id"))
        return {}
    if not node.entries:
        fields.spot.report(
            Code.EMPTY_FIELD,
            node.line,
            "`topics` is empty.",
            "Write lines such as `  belays: Belaying` under it.",
        )
    read = {}
    for name, value in node.entries:
        topic = read_text("topics", name, fields.spot, as_task)
        title = read_text(name.text, value, fields.spot, as_line)
        # A topic with a bad id stays, so that each item that has it is not reported as well.
        read[Topic(topic or name.text)] = title or ""
    return read


def _report_unknown(manifest: Manifest, wanted: str, blueprints: Mapping[str, Blueprint]) -> None:
    meant = nearest(wanted, blueprints)
    if meant:
        mend = f"Write `blueprint: {meant}` if that is what you meant."
    elif blueprints:
        mend = f"Write one of {in_words(sorted(blueprints))}."
    else:
        mend = f"Add the file `blueprints/{wanted}.yaml`, or list `topics` instead."
    manifest.spot.report(
        Code.UNKNOWN_BLUEPRINT,
        manifest.blueprint_line,
        f"There is no blueprint `{wanted}` in this pack.",
        mend,
    )
