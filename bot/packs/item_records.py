"""Items as authors write them: one record, turned into one frozen item."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.core.ids import DeckId, ItemId, PackId, Topic
from bot.core.items import ChoiceKey, Difficulty, Item, Kind, Option, Source
from bot.packs.blueprints import KINDS, read_source
from bot.packs.fields import Field, Fields, Shape, clipped, in_words, nearest, open_record, peek, shape
from bot.packs.keys import read_key
from bot.packs.options import read_options, read_stems, read_truths
from bot.packs.origins import Origins
from bot.packs.problems import Code, Spot
from bot.packs.scalars import (
    as_date,
    as_id,
    as_integer,
    as_line,
    as_prose,
    as_rationale,
    as_word,
    refuse_word,
)
from bot.packs.trees import Node

CASE_FIELDS = "id kind topic difficulty scenario items sources valid_until serves off"

_COMMON = "id kind topic difficulty prompt key explanation hints sources valid_until seconds serves off"
EVERY_FIELD = tuple(dict.fromkeys(f"{_COMMON} {CASE_FIELDS} options stems feedback".split()))
_EXTRA = {
    Kind.SINGLE_CHOICE: "options",
    Kind.MULTIPLE_RESPONSE: "options",
    Kind.TRUE_FALSE: "feedback",
    Kind.FILL_IN: "",
    Kind.NUMERIC: "",
    Kind.FREE_TEXT: "",
    Kind.ORDERING: "options",
    Kind.MATCHING: "options stems",
}
_MOST_HINTS, _MOST_SOURCES, _MOST_SERVED = 10, 20, 10


@dataclass(slots=True)
class Ids:
    """The ids that the items and cards of a pack have taken, with the place of each."""

    taken: dict[str, str] = field(default_factory=dict)

    def claim(self, wanted: str, line: int, spot: Spot) -> None:
        """Take the id *wanted*; report it when another entry of the pack has it."""
        if wanted in self.taken:
            spot.report(
                Code.DUPLICATE_ID,
                line,
                f"The id `{wanted}` is already used in {self.taken[wanted]}.",
                "Give this one an id that no other item or card of the pack has.",
            )
        else:
            self.taken[wanted] = f"{spot.findings.file}, line {line}"


@dataclass(frozen=True, slots=True)
class Scope:
    """What the entries of a pack are checked against, and where each stands.

    *topics* is None when they cannot be known. *blueprints* names all files of that folder.
    """

    pack: PackId
    topics: Mapping[Topic, str] | None
    today: date
    ids: Ids = field(default_factory=Ids)
    blueprints: frozenset[str] = frozenset()
    origins: Origins = field(default_factory=Origins)


@dataclass(frozen=True, slots=True)
class Case:
    """What the parts of a case study share; a part's own topic, difficulty, sources and date go first."""

    id: str
    scenario: str
    topic: Topic | None
    difficulty: Difficulty
    sources: tuple[Source, ...]
    valid_until: date | None
    serves: tuple[str, ...] = ()
    off: str = ""


NO_CASE = Case("", "", None, Difficulty.MEDIUM, (), None)
"""What an item that stands alone inherits."""

_NO_KEY = ChoiceKey(())


def read_item(node: Node, deck: DeckId, spot: Spot, scope: Scope, case: Case = NO_CASE) -> Item | None:
    """Return the item that *node* describes; None when not even its kind can be told.

    An item with problems has stand-ins in the place of what could not be read.
    """
    kind = next((kind for kind in Kind if kind.value == peek(node, "kind")), None)
    fields = open_record(node, spot, _shape(kind))
    if fields is None:
        return None
    own = claim_id(fields, scope, case)
    if kind is None:
        fields.need("kind", _refuse_kind, None)
        return None
    prompt = fields.need("prompt", as_prose(2000), "")
    options = _options(kind, fields)
    stems = read_stems(fields) if kind is Kind.MATCHING else ()
    return Item(
        id=own,
        deck=deck,
        kind=kind,
        prompt=prompt,
        key=read_key(kind, fields, prompt, options, stems) or _NO_KEY,
        topic=read_topic(fields, scope, case) or Topic(""),
        difficulty=fields.get("difficulty", as_word(Difficulty), case.difficulty),
        options=options or (),
        stems=stems or (),
        explanation=_explanation(fields),
        hints=fields.texts("hints", as_rationale(500), _MOST_HINTS) if fields.has("hints") else (),
        sources=read_sources(fields) or case.sources,
        valid_until=read_valid_until(fields, scope) or case.valid_until,
        scenario=case.scenario,
        case=ItemId(f"{scope.pack}/{case.id}") if case.id else None,
        seconds=fields.get("seconds", as_integer(5, 600), None),
        serves=read_serves(fields, scope) or case.serves,
        off=fields.get("off", as_line, "") or case.off,
    )


def claim_id(fields: Fields, scope: Scope, case: Case = NO_CASE) -> ItemId:
    """Return the item's id over all packs, taken in the pack if it is a good one."""
    own = fields.need("id", as_id, None)
    inside = f"{case.id}/{own}" if case.id else own
    if own is not None and inside is not None:
        scope.ids.claim(inside, fields.line_of("id"), fields.spot)
        scope.origins.entries.setdefault(inside, fields)
    return ItemId(f"{scope.pack}/{inside or fields.spot.item}")


def read_topic(fields: Fields, scope: Scope, case: Case = NO_CASE) -> Topic | None:
    """Return the item's topic, or its case's; report one that the pack does not have."""
    if case.topic is not None and not fields.has("topic"):
        return case.topic

    def read(text: Field) -> Topic | None:
        if scope.topics is None or text.text in scope.topics:
            return Topic(text.text)
        meant = nearest(text.text, scope.topics)
        text.refuse(
            Code.UNKNOWN_TOPIC,
            f"The pack has no topic `{clipped(text.text)}`.",
            f"Write `{meant}` if that is what you meant, or another of {in_words(scope.topics)}."
            if meant
            else f"Write one of {in_words(scope.topics)}.",
        )
        return None

    return fields.need("topic", read, None)


def read_sources(fields: Fields) -> tuple[Source, ...]:
    """Return the pages that an item or case rests on."""
    nodes = fields.list_of("sources", _MOST_SOURCES) if fields.has("sources") else None
    read = [read_source(node, fields.spot) for node in nodes or ()]
    return tuple(source for source in read if source is not None)


def read_serves(fields: Fields, scope: Scope) -> tuple[str, ...]:
    """Return the ids of other blueprints that an entry serves as well; report one that has no file."""

    def read(text: Field) -> str | None:
        own = as_id(text)
        if own is None or own in scope.blueprints:
            return own
        refuse_blueprint(text, own, scope.blueprints)
        return None

    return fields.texts("serves", read, _MOST_SERVED) if fields.has("serves") else ()


def refuse_blueprint(text: Field, wanted: str, known: frozenset[str]) -> None:
    """Report that no file of a pack describes the blueprint *wanted*."""
    meant = nearest(wanted, known)
    if meant:
        mend = f"Write `{meant}` if that is what you meant, or add the file `blueprints/{wanted}.yaml`."
    else:
        mend = f"Add the file `blueprints/{wanted}.yaml`, or delete the line."
    text.refuse(Code.UNKNOWN_BLUEPRINT, f"There is no blueprint `{wanted}` in this pack.", mend)


def read_valid_until(fields: Fields, scope: Scope) -> date | None:
    """Return the last day on which an entry holds; warn when it has passed."""
    until = fields.get("valid_until", as_date, None)
    if until is not None and until < scope.today:
        fields.spot.report(
            Code.OUT_OF_DATE,
            fields.line_of("valid_until"),
            f"This was valid until {until} and is not used any more.",
            "Check the fact again and write a later date, or delete it.",
        )
    return until


def _shape(kind: Kind | None) -> Shape:
    """Return the fields that an item of *kind* may have: all there are, when the kind is unknown."""
    if kind is None:
        return Shape("an item", EVERY_FIELD)
    return shape(f"an item of kind `{kind}`", f"{_COMMON} {_EXTRA[kind]}", EVERY_FIELD)


def _options(kind: Kind, fields: Fields) -> tuple[Option, ...] | None:
    if kind is Kind.TRUE_FALSE:
        return read_truths(fields)
    return read_options(kind, fields) if "options" in _EXTRA[kind] else ()


def _explanation(fields: Fields) -> str:
    if not fields.has("explanation"):
        fields.spot.report(
            Code.MISSING_EXPLANATION,
            fields.line,
            "This item has no explanation.",
            "Add `explanation: |` and, below it, the why in two to five sentences.",
        )
    return fields.get("explanation", as_rationale(3000), "")


def _refuse_kind(text: Field) -> None:
    refuse_word(text, KINDS)
