"""Packs from their folders: read, checked as a whole, frozen; or not served at all."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from bot.core.cards import CardDeck
from bot.core.ids import PackId, Topic
from bot.core.labs import Lab
from bot.core.notes import Note
from bot.core.packs import Deck, Library, Pack
from bot.packs.blueprints import Blueprint, read_blueprint
from bot.packs.card_records import read_card_deck
from bot.packs.decks import read_deck
from bot.packs.exams import DraftExam, Exam, check_exam, items_of, read_exam
from bot.packs.folders import PackFiles, name_of, pack_folders, read_file, shown, survey
from bot.packs.item_records import Ids, Scope
from bot.packs.lab_records import read_lab
from bot.packs.manifests import Manifest, choose_topics, read_manifest
from bot.packs.note_files import read_note
from bot.packs.origins import Origins
from bot.packs.places import name_items
from bot.packs.problems import Code, Findings, Problem, Spot, has_errors, in_order
from bot.packs.readings import DraftReading, Reading, check_readings, read_reading
from bot.packs.trees import Node, read_tree

T = TypeVar("T")

_SERVED = ("decks", "cards", "notes", "labs")
"""The folders of what a pack serves."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A pack's folder as it was read. *pack* is None when any of the *problems* is an error.

    *origins* tells where each entry stands, and *blueprint_line* where ``pack.yaml`` names its blueprint.
    """

    folder: Path
    pack: Pack | None
    problems: tuple[Problem, ...]
    blueprints: tuple[Blueprint, ...] = ()
    exams: tuple[Exam, ...] = ()
    readings: tuple[Reading, ...] = ()
    origins: Origins = field(default_factory=Origins, compare=False, repr=False)
    blueprint_line: int = 1


@dataclass(frozen=True, slots=True)
class LoadedLibrary:
    """Every pack under a root that is whole, and the problems of all, also of the broken ones."""

    library: Library
    problems: tuple[Problem, ...]
    checked: tuple[Checked, ...] = ()


@dataclass(frozen=True, slots=True)
class _Contents:
    """What a pack serves."""

    decks: tuple[Deck, ...] = ()
    cards: tuple[CardDeck, ...] = ()
    notes: tuple[Note, ...] = ()
    labs: tuple[Lab, ...] = ()


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside a pack and is not served."""

    exams: tuple[DraftExam, ...]
    readings: tuple[DraftReading, ...]


@dataclass(slots=True)
class _Files:
    """Opens the files of a pack and keeps what was found in each."""

    findings: list[Findings] = field(default_factory=list)

    def open(self, path: Path, *, deck: bool = False) -> tuple[Node | None, Spot]:
        """Return the tree of *path*, or None, and the spot to report its problems to."""
        text, spot = self.text(path)
        tree = None if text is None else read_tree(text, spot)
        if deck and spot.findings.kept:
            spot.findings.kept[:] = name_items(spot.findings.kept, text or "")
        return tree, spot

    def text(self, path: Path) -> tuple[str | None, Spot]:
        """Return the text of *path*, or None, and the spot to report its problems to."""
        spot = Spot(Findings(shown(path)))
        self.findings.append(spot.findings)
        return read_file(path, spot), spot

    def each(
        self, paths: Iterable[Path], read: Callable[[Node, str, Spot], T | None], *, deck: bool = False
    ) -> tuple[T, ...]:
        """Return what *read* makes of the tree of each of *paths* and of its name."""
        found = []
        for path in paths:
            node, spot = self.open(path, deck=deck)
            one = None if node is None else read(node, path.stem, spot)
            if one is not None:
                found.append(one)
        return tuple(found)

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
    manifest = _manifest(listed, files, name)
    blueprints, broken = _blueprints(listed.within("blueprints"), files)
    topics = None if manifest is None else choose_topics(manifest, blueprints, broken, today)
    scope = Scope(PackId(name), topics, today, Ids(), broken.union(blueprints))
    contents, beside = _contents(listed, files, scope), _beside(listed, files, scope)
    broke = manifest is None or has_errors((*listed.problems, *files.problems))
    pack = None if manifest is None or broke else _pack(manifest, contents, topics or {})
    if pack is not None:
        _compare(beside, pack, blueprints)
    problems = in_order([*listed.problems, *files.problems])
    return Checked(
        folder,
        None if has_errors(problems) else pack,
        problems,
        tuple(blueprints.values()),
        tuple(draft.exam for draft in beside.exams),
        tuple(draft.reading for draft in beside.readings),
        scope.origins,
        1 if manifest is None else manifest.blueprint_line,
    )


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


def _manifest(listed: PackFiles, files: _Files, name: str) -> Manifest | None:
    """Return what ``pack.yaml`` says; warn when nothing else is there."""
    if listed.manifest is None:
        return None
    node, spot = files.open(listed.manifest)
    manifest = None if node is None else read_manifest(node, name, spot)
    if manifest is not None and not any(listed.within(folder) for folder in _SERVED):
        _warn_bare(manifest)
    return manifest


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


def _contents(listed: PackFiles, files: _Files, scope: Scope) -> _Contents:
    """Return what stands in the folders of a pack that is served."""
    decks = files.each(
        listed.within("decks"), lambda node, stem, spot: read_deck(node, stem, spot, scope), deck=True
    )
    cards = files.each(
        listed.within("cards"), lambda node, stem, spot: read_card_deck(node, stem, spot, scope), deck=True
    )
    notes = []
    for path in listed.within("notes"):
        text, spot = files.text(path)
        note = None if text is None else read_note(text, path.stem, spot, scope)
        if note is not None:
            notes.append(note)
    labs = files.each(listed.within("labs"), lambda node, stem, spot: read_lab(node, stem, spot, scope))
    return _Contents(decks, cards, tuple(notes), labs)


def _beside(listed: PackFiles, files: _Files, scope: Scope) -> _Beside:
    """Return what stands beside a pack: its mock exams, and the record of its blind readings."""
    exams = files.each(
        listed.within("exams"), lambda node, stem, spot: read_exam(node, stem, spot, scope.blueprints)
    )
    return _Beside(exams, files.each(listed.within("readings"), read_reading))


def _compare(beside: _Beside, pack: Pack, blueprints: Mapping[str, Blueprint]) -> None:
    """Compare what stands beside a pack with its items, which are whole."""
    for exam in beside.exams:
        check_exam(exam, pack, blueprints)
    check_readings(beside.readings, items_of(pack))


def _warn_bare(manifest: Manifest) -> None:
    manifest.spot.report(
        Code.NO_DECKS,
        1,
        "The pack has no decks, cards, notes or labs, so there is nothing to study in it.",
        "Write `decks/<deck-id>.yaml` as content/README.md shows.",
    )


def _pack(manifest: Manifest, contents: _Contents, topics: Mapping[Topic, str]) -> Pack:
    return Pack(
        id=PackId(manifest.id),
        title=manifest.title,
        language=manifest.language,
        licence=manifest.licence,
        version=manifest.version,
        description=manifest.description,
        decks=contents.decks,
        topics=topics,
        blueprint=manifest.blueprint,
        cards=contents.cards,
        notes=contents.notes,
        labs=contents.labs,
    )
