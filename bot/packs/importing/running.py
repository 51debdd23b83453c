"""Running an import: sources in, a whole pack and a report out; nothing is read from a disk or written."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from bot.core.errors import ContentError
from bot.packs.importing.archives import PICTURES, is_archive, set_aside, unpacked
from bot.packs.importing.assembling import assemble
from bot.packs.importing.drafts import Dropped, Fault, Harvest, Problem, Span, unaccounted
from bot.packs.importing.held import Held, Imported, Options
from bot.packs.importing.recognising import Format, named, recognised
from bot.packs.importing.sources import SetAside, SourceFile
from bot.packs.importing.whole_packs import NAME, whole_packs
from bot.packs.repairs.drafts import repaired
from bot.packs.repairs.texts import repaired_text

Progress = Callable[[int, int, str], None]
"""Called with how many sources are done, how many there are, and the path of the one that is read now."""

_HEAD: Final = 8192
"""Text has no zero byte among its first, and most other files have."""

_NOT_RECOGNISED: Final = "not recognised"


def run(
    sources: Sequence[SourceFile],
    into: Held | None,
    options: Options,
    progress: Progress = lambda _done, _all, _path: None,
) -> Imported:
    """Return *into*, or a new pack, with everything that *sources* hold, and what became of each line.

    Importing the same again changes nothing. Raises ContentError, in one sentence, for a source that cannot
    be taken safely; what is only wrong in it is reported, and the rest goes in.
    """
    insisted = named(options.format) if options.format not in ("", NAME) else None
    every = [file for source in sources for file in _taken_apart(source, insisted)]
    packs, rest = ((), tuple(every)) if insisted else whole_packs(every, options.today)
    harvests = []
    for number, source in enumerate(rest):
        progress(number, len(rest), source.path)
        harvests.append(harvest_of(source, insisted, options.today))
    progress(len(rest), len(rest), "")
    return assemble(harvests, packs, into, options)


def harvest_of(source: SourceFile, insisted: Format | None = None, today: date | None = None) -> Harvest:
    """Return what *source* holds, repaired, with every line accounted for."""
    if isinstance(source, SetAside):
        return Harvest(source.path, "", 1, dropped=(Dropped(Span(1, 1), source.why),))
    text = _text(source)
    if text is None and b"\x00" not in source.data[:_HEAD]:
        raise ContentError(
            f"{source.path} is not UTF-8 text, so nothing was imported; save it as UTF-8 and import again."
        )
    chosen = insisted or recognised(source)
    if chosen is None:
        return _unknown(source, 1 if text is None else len(source.lines))
    if text is None:
        return _accounted(repaired(chosen.read(source), today), frozenset())
    fixed, repairs = repaired_text(text)
    harvest = chosen.read(source if fixed == text else SourceFile(source.path, fixed.encode()))
    harvest = repaired(replace(harvest, repaired=harvest.repaired + repairs), today)
    lines = source.lines
    blank = frozenset(number for number, line in enumerate(lines, 1) if not line or line.isspace())
    return _accounted(harvest, blank if harvest.units == len(lines) else frozenset())


def _taken_apart(source: SourceFile, insisted: Format | None) -> tuple[SourceFile, ...]:
    """Return the files in an archive, and anything else as it is; a format may be an archive itself."""
    if isinstance(source, SetAside) or not is_archive(source.data):
        return (source,)
    known = recognised(source) if insisted is None else insisted.recognise(source)
    return (source,) if known else unpacked(source)


def _text(source: SourceFile) -> str | None:
    try:
        return source.text
    except UnicodeDecodeError:
        return None


def _accounted(harvest: Harvest, blank: frozenset[int]) -> Harvest:
    """Return *harvest* with what its reader left out among what was dropped."""
    missing = unaccounted(harvest, blank)
    if not missing:
        return harvest
    return replace(harvest, dropped=(*harvest.dropped, *(Dropped(span, _NOT_RECOGNISED) for span in missing)))


def _unknown(source: SourceFile, units: int) -> Harvest:
    """Return the harvest of a source of so many *units* that no format knows."""
    if is_archive(source.data):
        return _nested(source)
    if source.suffix in PICTURES:
        return Harvest(source.path, "", 1, dropped=(Dropped(Span(1, 1), set_aside(source.path).why),))
    problem = Problem(
        Fault.UNKNOWN_FORMAT,
        1,
        "The file is in no format that is known here.",
        "Say the format with --format, or leave the file out.",
    )
    everything = (Dropped(Span(1, units), _NOT_RECOGNISED),) if units else ()
    return Harvest(source.path, "", units, dropped=everything, problems=(problem,))


def _nested(source: SourceFile) -> Harvest:
    """Return the harvest of an archive in an archive, which is not opened."""
    problem = Problem(
        Fault.NOT_SUPPORTED,
        1,
        "An archive in an archive is not opened.",
        "Unpack it, and import what is in it.",
    )
    everything = (Dropped(Span(1, 1), "an archive in an archive"),)
    return Harvest(source.path, "", 1, dropped=everything, problems=(problem,))
