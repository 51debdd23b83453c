"""Exchange: study material as it comes from people and goes to them in a chat, without a disk.

What is read and written is what the command line imports and exports; here it is bounded and told in short.
"""

import json
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Final

from pydantic import TypeAdapter

from bot.core.deck_effects import FileGiven, FileProblem, FileRead, UploadReport
from bot.core.own_packs import OwnPack, difference
from bot.core.packs import Pack
from bot.packs.exporting import export, formats, zipped
from bot.packs.importing.drafts import Fault, Problem
from bot.packs.importing.held import Held, Options
from bot.packs.importing.provenance import Imports
from bot.packs.importing.reports import FileReport, ImportReport
from bot.packs.importing.running import run
from bot.packs.importing.sources import SourceFile

_QUESTIONS: Final = ("questions", "open_questions")
_OTHERS: Final = ("cards", "notes", "labs", "terms", "pairs", "checkpoints")
_AS_A_TABLE: Final = (
    "Send it in another format, such as a table with the first row `prompt,option_1,option_2,key`."
)
_DESCRIPTION: Final = "The decks that this group has brought itself."


class StudyFormats:
    """Every format of study material that is read and written."""

    def __init__(self, today: Callable[[], date]) -> None:
        """Know what is past on the day that *today* tells."""
        self._today = today

    @property
    def names(self) -> Sequence[str]:
        """The formats that can be written, the most wanted first."""
        return formats()

    def read(self, files: Sequence[tuple[str, bytes]], before: OwnPack) -> tuple[OwnPack, UploadReport]:
        """Return *before* with what *files* hold, by their names, and what became of it.

        Raises ContentError, with one sentence for whoever sent them, when they cannot be taken at all.
        """
        pack = replace(before.pack, description=before.pack.description or _DESCRIPTION)
        imports = _imports().validate_json(before.provenance) if before.provenance else Imports()
        options = Options(pack.id, self._today(), pack.title, pack.language, pack.licence)
        sources = [SourceFile(name, data) for name, data in files]
        imported = run(sources, Held(pack, imports), options)
        after = OwnPack(imported.pack, _imports().dump_json(imported.imports).decode())
        return after, _told(imported.report, before.pack, imported.pack)

    def write(self, pack: Pack, format_: str) -> FileGiven:
        """Return *pack* as one file; a ContentError when the format is not known."""
        exported = export(replace(pack, description=pack.description or _DESCRIPTION), format_)
        left = tuple(f"{one.id}: {one.what} ({one.why})" for one in exported.left_out)
        name, data = _one_file(exported.files, f"{pack.id}-{format_}")
        return FileGiven(name, b64encode(data).decode(), left)


@cache
def _imports() -> TypeAdapter[Imports]:
    return TypeAdapter(Imports)


def _one_file(files: Mapping[str, bytes], name: str) -> tuple[str, bytes]:
    """Return the only one of *files*, or all of them as an archive."""
    if len(files) == 1:
        path, data = next(iter(files.items()))
        return path.rpartition("/")[2], data
    return f"{name}.zip", zipped(files)


def _told(report: ImportReport, before: Pack, after: Pack) -> UploadReport:
    """Return what people are told of *report*."""
    found = difference(before, after)
    questions = sum(one.counts.get(name, 0) for one in report.files for name in _QUESTIONS)
    repaired: Counter[str] = Counter()
    for one in report.files:
        repaired.update({kind.value: number for kind, number in one.repaired.items() if number})
    had = {item.id for deck in before.decks for item in deck.items}
    return UploadReport(
        files=tuple(_file(one) for one in report.files),
        new=found.new,
        changed=found.changed,
        same=max(0, questions - found.new - found.changed),
        others=max(0, found.others),
        decks=found.decks,
        adds=_all(before) != _all(after),
        off=sum(bool(item.off) and item.id not in had for deck in after.decks for item in deck.items),
        repaired=tuple(sorted(repaired.items())),
        dropped=sum(one.span.last - one.span.first + 1 for file in report.files for one in file.dropped),
        problems=tuple(
            FileProblem(file.path, one.line, one.message, _mend(one))
            for file in report.files
            for one in file.problems
        ),
        whole=_whole(report),
    )


def _mend(problem: Problem) -> str:
    """Return what to do about *problem* where there is no command line to say a format on."""
    return _AS_A_TABLE if problem.fault is Fault.UNKNOWN_FORMAT else problem.mend


def _all(pack: Pack) -> tuple[object, ...]:
    return (pack.decks, pack.cards, pack.notes, pack.labs)


def _file(one: FileReport) -> FileRead:
    questions = sum(one.counts.get(name, 0) for name in _QUESTIONS)
    others = sum(one.counts.get(name, 0) for name in _OTHERS)
    return FileRead(one.path, one.format or "?", questions, others, len(one.problems))


def _whole(report: ImportReport) -> str:
    """Return all of *report* as lines, and below them the same as data."""
    lines: list[str] = []
    for file in report.files:
        counts = ", ".join(f"{name} {number}" for name, number in file.counts.items() if number)
        lines.append(f"{file.path} ({file.format or '?'}): {counts or '-'}")
        lines += [f"  {kind.value}: {number}" for kind, number in sorted(file.repaired.items()) if number]
        lines += [f"  {one.line}: {one.message} {one.mend}" for one in file.problems]
        lines += [f"  {one.span.first}-{one.span.last}: {one.why}" for one in file.dropped]
    lines += report.remarks
    return "\n".join((*lines, "", json.dumps(report.to_data(), ensure_ascii=False, indent=1), ""))
