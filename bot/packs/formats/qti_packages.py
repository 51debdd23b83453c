"""QTI packages as drafts: the files that the manifest names, in its order, under the sections of the test."""

import posixpath
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import unquote

from bot.core.errors import ContentError
from bot.packs.formats.html_trees import Node
from bot.packs.formats.qti_items import take_item
from bot.packs.formats.xml_trees import descendants, xml_tree
from bot.packs.importing.archives import unpacked
from bot.packs.importing.drafts import DraftQuestion, Dropped, Fault, Harvest, Problem, Span, spans
from bot.packs.importing.sources import SetAside, SourceFile

MANIFEST: Final = "imsmanifest.xml"
_ITEM: Final = "assessmentItem"
_VERSIONS: Final = {"questestinterop": "1.2", "qti-assessment-item": "3.0"}


@dataclass(slots=True)
class _Package:
    """The files of a package, by their paths in it, and what they gave."""

    trees: dict[str, Node] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    kept: set[int] = field(default_factory=set)
    questions: list[DraftQuestion] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def drop(self, path: str, why: str) -> None:
        """Account for a file that gave nothing."""
        number = self.numbers[path]
        self.dropped.append(Dropped(Span(number, number), f"{path}: {why}"))


def read_single(source: SourceFile, name: str) -> Harvest:
    """Return the one item in an XML file."""
    package = _Package(numbers={source.name: 1})
    _open(package, source.name, source.data)
    for path, tree in package.trees.items():
        _take(package, path, tree, "")
    return _harvest(source, name, package, "")


def read_package(source: SourceFile, name: str) -> Harvest:
    """Return the items in an archive. Raises ContentError when it is not safe to open."""
    package = _Package()
    for number, file in enumerate(unpacked(source), 1):
        path = file.path.removeprefix(f"{source.path}/")
        package.numbers[path] = number
        if isinstance(file, SetAside):
            package.drop(path, file.why)
        elif path.endswith((".xml", ".XML")):
            _open(package, path, file.data)
        else:
            package.drop(path, "no item")
    title, topics = _sections(package)
    for path in _in_order(package):
        tree = package.trees[path]
        if tree.tag in {"manifest", "assessmentTest"}:
            package.kept.add(package.numbers[path])
        else:
            _take(package, path, tree, topics.get(path, ""))
    return _harvest(source, name, package, title)


def _harvest(source: SourceFile, name: str, package: _Package, title: str) -> Harvest:
    if not package.questions and not package.problems:
        said = "No item stands in the package."
        package.problems.append(Problem(Fault.NOTHING_FOUND, 0, said, "Export it as QTI 2.1 once more."))
    return Harvest(
        source.path,
        name,
        len(package.numbers),
        title=title,
        questions=tuple(package.questions),
        kept=spans(sorted(package.kept)),
        dropped=tuple(package.dropped),
        problems=tuple(package.problems),
    )


def _open(package: _Package, path: str, data: bytes) -> None:
    try:
        package.trees[path] = xml_tree(data)
    except ContentError as error:
        package.drop(path, str(error))
        mend = "Export the package once more, or take the file out of it."
        package.problems.append(Problem(Fault.BROKEN_FILE, package.numbers[path], f"{path} {error}.", mend))


def _take(package: _Package, path: str, tree: Node, topic: str) -> None:
    """Add the item that *tree* is."""
    number = package.numbers[path]
    if tree.tag in _VERSIONS:
        package.drop(path, f"QTI {_VERSIONS[tree.tag]}")
        said = f"{path} is of QTI {_VERSIONS[tree.tag]}, and 2.1 is what is read."
        problem = Problem(Fault.NOT_SUPPORTED, number, said, "Export it as QTI 2.1, and import that.")
        package.problems.append(problem)
    elif tree.tag == _ITEM:
        taken = take_item(tree, Span(number, number))
        package.problems += taken.problems
        if taken.question is None:
            package.drop(path, taken.why)
        else:
            package.questions.append(replace(taken.question, topic=topic))
    else:
        package.drop(path, "no item")


def _in_order(package: _Package) -> list[str]:
    """Return the paths as the test has them, then as the manifest has them, then all others."""
    named: list[str] = []
    for path, tree in sorted(package.trees.items(), key=lambda one: one[1].tag != "assessmentTest"):
        tags = {"assessmentTest": "assessmentItemRef", "manifest": "resource"}
        if tree.tag in tags:
            named += [_joined(path, one) for one in descendants(tree, tags[tree.tag])]
    return list(dict.fromkeys(path for path in (*named, *package.trees) if path in package.trees))


def _sections(package: _Package) -> tuple[str, dict[str, str]]:
    """Return the title of the test, and for each file the title of the innermost section that has it."""
    title, topics = "", {}
    for path, tree in package.trees.items():
        if tree.tag != "assessmentTest":
            continue
        title = title or tree.attributes.get("title", "")
        sections = descendants(tree, "assessmentSection")
        if len({one.attributes.get("title", "") for one in sections}) > 1 or _is_own(tree):
            for section in sections:
                for one in descendants(section, "assessmentItemRef"):
                    topics[_joined(path, one)] = section.attributes.get("title", "")
    return title, topics


def _is_own(tree: Node) -> bool:
    return tree.attributes.get("toolName") == "Study Hall"


def _joined(path: str, node: Node) -> str:
    """Return the path of the file that *node* names, as seen from the file at *path*."""
    href = unquote(node.attributes.get("href", ""))
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), href))
