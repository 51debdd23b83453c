"""Packs from their folders: read, checked as a whole, frozen; or not served at all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.core.ids import PackId, Topic
from bot.core.packs import Deck, Library, Pack
from bot.packs.blueprints import Blueprint, read_blueprint
from bot.packs.decks import read_deck
from bot.packs.folders import name_of, pack_folders, read_file, shown, survey
from bot.packs.item_records import Ids, Scope
from bot.packs.manifests import Manifest, choose_topics, read_manifest
from bot.packs.places import name_items
from bot.packs.problems import Code, Findings, Problem, Spot, has_errors, in_order
from bot.packs.trees import Node, read_tree


@dataclass(frozen=True, slots=True)
class Checked:
    """A pack's folder after a check. *pack* is None when any of the *problems* is an error."""

    folder: Path
    pack: Pack | None
    problems: tuple[Problem, ...]
    blueprints: tuple[Blueprint, ...] = ()


@dataclass(frozen=True, slots=True)
class LoadedLibrary:
    """Every pack under a root that is whole, and the problems of all, also of the broken ones."""

    library: Library
    problems: tuple[Problem, ...]
    checked: tuple[Checked, ...] = ()


@dataclass(slots=True)
class _Files:
    """Opens the files of a pack and keeps what was found in each."""

    findings: list[Findings] = field(default_factory=list)

    def open(self, path: Path, *, deck: bool = False) -> tuple[Node | None, Spot]:
        """Return the tree of *path*, or None, and the spot to report its problems to."""
        spot = Spot(Findings(shown(path)))
        self.findings.append(spot.findings)
        text = read_file(path, spot)
        if text is None:
            return None, spot
        tree = read_tree(text, spot)
        if deck and spot.findings.kept:
            spot.findings.kept[:] = name_items(spot.findings.kept, text)
        return tree, spot

    @property
    def problems(self) -> list[Problem]:
        """Everything found so far."""
        return [problem for findings in self.findings for problem in findings.kept]


def load_library(root: Path, today: date) -> LoadedLibrary:
    """Return the packs in the folders of *root*, by name; a broken one is left out and reported."""
    try:
        folders = pack_folders(root)
    except OSError as error:
        return LoadedLibrary(Library(), (no_folder(root, error),))
    checked = tuple(load_pack(folder, today) for folder in folders)
    packs = tuple(one.pack for one in checked if one.pack is not None)
    problems = tuple(problem for one in checked for problem in one.problems)
    return LoadedLibrary(Library(packs), problems, checked)


def load_pack(folder: Path, today: date) -> Checked:
    """Return the pack in *folder* with all of its problems; *today* tells what is out of date.

    Reads files and nothing else. Never raises for what an author wrote.
    """
    listed, files, name = survey(folder), _Files(), name_of(folder)
    manifest = None
    if listed.manifest is not None:
        node, spot = files.open(listed.manifest)
        manifest = None if node is None else read_manifest(node, name, spot)
    blueprints, broken = _blueprints(listed.blueprints, files)
    topics = None if manifest is None else choose_topics(manifest, blueprints, broken, today)
    scope = Scope(PackId(name), topics, today, Ids())
    decks = _decks(listed.decks, files, scope)
    if manifest is not None and not listed.decks:
        _warn_bare(manifest)
    problems = in_order([*listed.problems, *files.problems])
    pack = None if manifest is None or has_errors(problems) else _pack(manifest, decks, topics or {})
    return Checked(folder, pack, problems, tuple(blueprints.values()))


def no_folder(root: Path, error: OSError) -> Problem:
    """Return the problem of a root that cannot be listed."""
    findings = Findings(shown(root))
    Spot(findings).report(
        Code.MISSING_FILE,
        1,
        f"The folder of packs cannot be read: {error.strerror or error}.",
        "Name a folder that holds packs, each in a folder of its own.",
    )
    return findings.kept[0]


def _blueprints(paths: list[Path], files: _Files) -> tuple[dict[str, Blueprint], frozenset[str]]:
    """Return the blueprints by id, and the names of those that have errors."""
    read: dict[str, Blueprint] = {}
    broken: set[str] = set()
    for path in paths:
        node, spot = files.open(path)
        blueprint = None if node is None else read_blueprint(node, path.stem, spot)
        if blueprint is None or spot.findings.errors:
            broken.add(path.stem)
        else:
            read[blueprint.id] = blueprint
    return read, frozenset(broken)


def _decks(paths: list[Path], files: _Files, scope: Scope) -> tuple[Deck, ...]:
    read = []
    for path in paths:
        node, spot = files.open(path, deck=True)
        deck = None if node is None else read_deck(node, path.stem, spot, scope)
        if deck is not None:
            read.append(deck)
    return tuple(read)


def _warn_bare(manifest: Manifest) -> None:
    manifest.spot.report(
        Code.NO_DECKS,
        1,
        "The pack has no decks, so nothing can be asked from it.",
        "Write `decks/<deck-id>.yaml` as content/README.md shows.",
    )


def _pack(manifest: Manifest, decks: tuple[Deck, ...], topics: Mapping[Topic, str]) -> Pack:
    return Pack(
        id=PackId(manifest.id),
        title=manifest.title,
        language=manifest.language,
        licence=manifest.licence,
        version=manifest.version,
        description=manifest.description,
        decks=decks,
        topics=topics,
        blueprint=manifest.blueprint,
    )
