"""Blueprints and the manifest as files."""

from bot.core.packs import Pack
from bot.packs.blueprints import Blueprint, Domain
from bot.packs.writing.items import Entry
from bot.packs.writing.texts import Bare, Braces, OneLine, Value, document


def manifest_file(pack: Pack) -> bytes:
    """Return ``pack.yaml``: with the topics, or with the id of the blueprint whose tasks they are."""
    entry: Entry = {
        "format": Bare(1),
        "id": pack.id,
        "title": pack.title,
        "language": pack.language,
        "licence": pack.licence,
        "version": Bare(pack.version) if _is_plain(pack.version) else pack.version,
        "description": pack.description,
    }
    if pack.blueprint is not None:
        return document(entry | {"blueprint": pack.blueprint})
    return document(entry | {"topics": {str(topic): title for topic, title in pack.topics.items()}})


def blueprint_file(blueprint: Blueprint) -> bytes:
    """Return the file of *blueprint*."""
    until, scale, source = blueprint.valid_until, blueprint.scale, blueprint.source
    entry: Entry = {
        "format": Bare(1),
        "id": blueprint.id,
        "code": blueprint.code,
        "title": blueprint.title,
        "description": blueprint.description,
        "valid_from": Bare(blueprint.valid_from.isoformat()),
        "valid_until": Bare(until.isoformat()) if until is not None else "",
        "questions": Bare(blueprint.questions),
        "scored": Bare(blueprint.scored) if blueprint.scored != blueprint.questions else "",
        "minutes": Bare(blueprint.minutes),
    }
    if scale is not None:
        marks = {"low": scale.low, "high": scale.high, "pass": scale.passing}
        entry["scale"] = Braces({name: Bare(mark) for name, mark in marks.items()})
    if blueprint.kinds:
        entry["kinds"] = OneLine(map(Bare, blueprint.kinds))
    if source is not None:
        entry["source"] = Braces(title=source.title, url=source.url)
    entry["domains"] = tuple(map(_domain, blueprint.domains))
    return document({name: value for name, value in entry.items() if value})


def _domain(domain: Domain) -> Value:
    return {
        "id": domain.id,
        "title": domain.title,
        "weight": Bare(domain.weight),
        "tasks": tuple(Braces(id=task.id, title=task.title) for task in domain.tasks),
    }


def _is_plain(version: str) -> bool:
    """Tell whether *version* is digits with several points, which nothing takes for a number."""
    return version.count(".") > 1 and version.replace(".", "").isdecimal()
