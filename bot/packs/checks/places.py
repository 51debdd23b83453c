"""The findings of a check, by file, at the places that the readers remembered."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.packs.fields import Fields
from bot.packs.problems import Findings, Problem, Spot
from bot.packs.trees import Listing, Node, Record, Scalar


@dataclass(frozen=True, slots=True)
class Ledger:
    """Collects the findings of one check, those of each file in a list of its own."""

    files: dict[str, Findings] = field(default_factory=dict)

    def at(self, place: Fields) -> Spot:
        """Return the spot of a record that was read."""
        return self.spot(place.spot.findings.file, place.spot.item)

    def spot(self, file: str, item: str = "") -> Spot:
        """Return the spot of *item* in *file*."""
        return Spot(self.files.setdefault(file, Findings(file)), item)

    @property
    def problems(self) -> list[Problem]:
        """Everything found so far."""
        return [problem for findings in self.files.values() for problem in findings.kept]


def where(place: Fields) -> str:
    """Return file and line of a record, as a message says them."""
    return f"{place.spot.findings.file}, line {place.line}"


def option_line(place: Fields, number: int) -> int:
    """Return the line of the option at *number*, from 0; of the item where options have no lines."""
    options = place.nodes.get("options")
    if isinstance(options, Listing) and number < len(options.nodes):
        return options.nodes[number].line
    return place.line_of("options")


def scalars(node: Node) -> Iterator[Scalar]:
    """Yield every text in *node*; the names of fields are none."""
    match node:
        case Scalar():
            yield node
        case Listing():
            for one in node.nodes:
                yield from scalars(one)
        case Record():
            for _, value in node.entries:
                yield from scalars(value)
        case _:
            return
