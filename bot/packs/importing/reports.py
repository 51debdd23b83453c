"""What an import has to say, file by file, as data and as JSON; who prints it is not known here."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.packs.importing.drafts import Dropped, Problem, Repair

COUNTS: Final = (
    "questions",
    "open_questions",
    "cards",
    "notes",
    "labs",
    "stubs",
    "terms",
    "pairs",
    "checkpoints",
    "linked",
)
"""What is counted of each file, in this order. `questions` are those that a machine grades by a key."""


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one source."""

    path: str
    format: str
    counts: Mapping[str, int] = field(default_factory=dict)
    repaired: Mapping[Repair, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    dropped: tuple[Dropped, ...] = ()

    def to_data(self) -> dict[str, object]:
        """Return the file as it stands in the JSON."""
        return {
            "path": self.path,
            "format": self.format,
            **{name: self.counts.get(name, 0) for name in COUNTS},
            "repaired": {str(kind): number for kind, number in sorted(self.repaired.items()) if number},
            "problems": [
                {"kind": str(one.fault), "line": one.line, "message": one.message, "mend": one.mend}
                for one in self.problems
            ],
            "dropped": [
                {"first": one.span.first, "last": one.span.last, "why": one.why} for one in self.dropped
            ],
        }


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of all sources. *changes* counts what is new, updated and unchanged in the pack.

    *remarks* are sentences about the pack as a whole.
    """

    pack: str
    files: tuple[FileReport, ...]
    changes: Mapping[str, int] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    @property
    def totals(self) -> Counter[str]:
        """The sums over all files, with ``files``, ``repaired``, ``problems`` and ``dropped`` (spans)."""
        totals = Counter(dict.fromkeys(COUNTS, 0))
        for one in self.files:
            totals.update(dict(one.counts))
            totals["repaired"] += sum(one.repaired.values())
            totals["problems"] += len(one.problems)
            totals["dropped"] += len(one.dropped)
        totals["files"] = len(self.files)
        return totals

    @property
    def empty(self) -> bool:
        """Whether no file gave anything that a pack could hold."""
        totals = self.totals
        return not any(totals[name] for name in COUNTS if name != "stubs")

    def to_data(self) -> dict[str, object]:
        """Return the report as plain data."""
        return {
            "pack": self.pack,
            "files": [one.to_data() for one in self.files],
            "totals": dict(self.totals),
            "changes": dict(self.changes),
            "remarks": list(self.remarks),
        }

    def to_json(self) -> str:
        """Return the report as JSON."""
        return json.dumps(self.to_data(), ensure_ascii=False, indent=2)
