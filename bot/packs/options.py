"""Options and stems: what a learner chooses among, puts in order or matches."""

from collections.abc import Sequence

from bot.core.ids import OptionId, StemId
from bot.core.items import Kind, Option, Place, Stem
from bot.packs.fields import Fields, clipped, counted, open_record, sentence, shape
from bot.packs.problems import Code, Spot
from bot.packs.scalars import as_id, as_prose, as_rationale, as_word
from bot.packs.trees import Hole, Node

_OPTION = shape("an option", "id text feedback place")
_STEM = shape("a stem", "id text")
_TRUTHS = shape("`feedback`", "true false")

_COUNTS = {
    Kind.SINGLE_CHOICE: (2, 10),
    Kind.MULTIPLE_RESPONSE: (2, 10),
    Kind.ORDERING: (3, 5),
    Kind.MATCHING: (2, 10),
}
_STEM_COUNT = (3, 7)
_MOST_READ = 100
_FEEDBACK_LONGEST = 1000


def read_options(kind: Kind, fields: Fields) -> tuple[Option, ...] | None:
    """Return the options of an item; None when one of them has no usable id."""
    nodes = fields.list_of("options", _MOST_READ)
    if nodes is None:
        return None
    read = [_option(node, kind, fields.spot) for node in nodes]
    options = tuple(option for option in read if option is not None)
    _check_count(fields, "options", Code.OPTION_COUNT, len(nodes), _COUNTS[kind])
    _check_distinct(fields, nodes, [(option.id, option.text) for option in options], "option")
    return options if len(options) == len(nodes) else None


def read_stems(fields: Fields) -> tuple[Stem, ...] | None:
    """Return the stems of a matching item; None when one of them has no usable id."""
    nodes = fields.list_of("stems", _MOST_READ)
    if nodes is None:
        return None
    read = [_stem(node, fields.spot) for node in nodes]
    stems = tuple(stem for stem in read if stem is not None)
    _check_count(fields, "stems", Code.STEM_COUNT, len(nodes), _STEM_COUNT)
    _check_distinct(fields, nodes, [(stem.id, stem.text) for stem in stems], "stem")
    return stems if len(stems) == len(nodes) else None


def read_truths(fields: Fields) -> tuple[Option, ...]:
    """Return the two options of a true/false item, with the feedback that the item gives for each."""
    node = fields.nodes.get("feedback")
    said = None if node is None else open_record(node, fields.spot, _TRUTHS)
    options = []
    for name, text in (("true", "True"), ("false", "False")):
        feedback = said.get(name, as_rationale(_FEEDBACK_LONGEST), "") if said is not None else ""
        if said is None or not said.has(name):
            _warn_silent(fields.spot, fields.line_of("feedback"), f"The answer `{name}`", f'"{name}": Why.')
        options.append(Option(OptionId(name), text, feedback))
    return tuple(options)


def _option(node: Node, kind: Kind, spot: Spot) -> Option | None:
    fields = open_record(node, spot, _OPTION)
    if fields is None:
        return None
    own = fields.need("id", as_id, None)
    choosing = kind in (Kind.SINGLE_CHOICE, Kind.MULTIPLE_RESPONSE)
    if choosing and not fields.has("feedback"):
        _warn_silent(
            spot, fields.line, f"The option `{own or '?'}`", "feedback: Why this one is right or wrong."
        )
    option = Option(
        OptionId(own or ""),
        fields.need("text", as_prose(300), ""),
        fields.get("feedback", as_rationale(_FEEDBACK_LONGEST), ""),
        fields.get("place", as_word(Place), Place.ANY),
    )
    return None if own is None else option


def _stem(node: Node, spot: Spot) -> Stem | None:
    fields = open_record(node, spot, _STEM)
    if fields is None:
        return None
    own = fields.need("id", as_id, None)
    text = fields.need("text", as_prose(300), "")
    return None if own is None else Stem(StemId(own), text)


def _warn_silent(spot: Spot, line: int, whose: str, sample: str) -> None:
    spot.report(
        Code.MISSING_FEEDBACK,
        line,
        f"{whose} has no feedback, so who chooses it learns nothing.",
        f"Add `{sample}`, in one to three sentences.",
    )


def _check_count(fields: Fields, name: str, code: Code, count: int, bounds: tuple[int, int]) -> None:
    low, high = bounds
    if not low <= count <= high:
        fields.spot.report(
            code,
            fields.line_of(name),
            f"{sentence(fields.what)} has {counted(count, name[:-1])}, but must have {low} to {high}.",
            f"Add {name}." if count < low else f"Take out {name}, or split the item.",
        )


def _check_distinct(
    fields: Fields, nodes: Sequence[Node], pairs: Sequence[tuple[str, str]], what: str
) -> None:
    """Report ids and texts that occur twice; not when broken ones make the lines uncertain."""
    if len(nodes) != len(pairs):
        return
    ids: set[str] = set()
    texts: set[str] = set()
    for node, (own, text) in zip(nodes, pairs, strict=True):
        flat = " ".join(text.split())
        if own in ids:
            _report_twice(fields, Code.DUPLICATE_ID, node, f"the id `{own}`", f"Give this {what} another id.")
        if flat in texts and flat:
            _report_twice(
                fields,
                Code.DUPLICATE_TEXT,
                node,
                f"the text `{clipped(flat)}`",
                f"Say something else in this {what}, or delete it.",
            )
        ids.add(own)
        texts.add(flat)


def _report_twice(fields: Fields, code: Code, node: Node, what: str, mend: str) -> None:
    line = node.line if not isinstance(node, Hole) else fields.line
    fields.spot.report(code, line, f"Another entry of the list above has {what} too.", mend)
