"""Keys: what counts as right, read for each kind of item and checked against its options."""

from collections.abc import Sequence
from typing import assert_never

from bot.core.ids import OptionId, StemId
from bot.core.items import ChoiceKey, Key, Kind, MatchKey, Option, OrderKey, Stem
from bot.packs import prose
from bot.packs.fields import Field, Fields, clipped, counted, in_words, nearest, open_record, read_text, shape
from bot.packs.problems import Code, Spot
from bot.packs.trees import Hole, Listing, Node, Record, Scalar
from bot.packs.typed_keys import read_blanks, read_number, read_points_or_texts


def read_key(
    kind: Kind, fields: Fields, prompt: str, options: Sequence[Option] | None, stems: Sequence[Stem] | None
) -> Key | None:
    """Return the key of an item of *kind*; None when it cannot be read, which is then reported.

    *options* and *stems* are None when they are broken themselves: a key is not checked against them then.
    """
    node = fields.node("key")
    if node is None or isinstance(node, Hole):
        return None
    match kind:
        case Kind.SINGLE_CHOICE | Kind.TRUE_FALSE:
            key = _single(node, fields.spot, options)
        case Kind.MULTIPLE_RESPONSE:
            key = _multiple(node, fields, prompt, options)
        case Kind.FILL_IN:
            key = read_blanks(node, fields, prompt)
        case Kind.NUMERIC:
            key = read_number(node, fields.spot)
        case Kind.FREE_TEXT:
            key = read_points_or_texts(node, fields.spot)
        case Kind.ORDERING:
            key = _order(fields, options)
        case Kind.MATCHING:
            key = _match(node, fields.spot, stems, options)
        case _:
            assert_never(kind)
    return key


def _single(node: Node, spot: Spot, options: Sequence[Option] | None) -> Key | None:
    if isinstance(node, Listing):
        spot.report(
            Code.KEY_COUNT,
            node.line,
            f"The key is a list of {counted(len(node.nodes), 'option')}, but this kind has exactly one.",
            "Write one option's id, as in `key: parquet`, or make the kind `multiple_response`.",
        )
        return None
    option = _option(node, spot, options)
    return None if option is None else ChoiceKey((option,))


def _multiple(node: Node, fields: Fields, prompt: str, options: Sequence[Option] | None) -> Key | None:
    if isinstance(node, Scalar):
        fields.spot.report(
            Code.WRONG_TYPE,
            node.line,
            "The key of a multiple response item is a list, also when it names one option.",
            f"Write `key: [{clipped(node.text)}]`.",
        )
        return None
    right = _options(fields, options)
    if right is None:
        return None
    if options is not None and len(right) == len(options):
        fields.spot.report(
            Code.KEY_COUNT,
            node.line,
            "The key names every option, which leaves nothing to choose.",
            "Add an option that is wrong, or take one out of the key.",
        )
    _check_wanted(prompt, len(right), fields)
    in_place = [option.id for option in options or () if option.id in right]
    return ChoiceKey(tuple(in_place) or right)


def _check_wanted(prompt: str, right: int, fields: Fields) -> None:
    """Warn when the prompt asks for another number of options than the key has."""
    wanted = prose.wanted_count(prompt)
    if wanted is not None and wanted != right:
        fields.spot.report(
            Code.CHOOSE_COUNT,
            fields.line_of("prompt"),
            f"The prompt asks for {wanted} options, but the key names {right}.",
            "Make the prompt and the key agree.",
        )


def _order(fields: Fields, options: Sequence[Option] | None) -> Key | None:
    order = _options(fields, options)
    if order is None:
        return None
    _check_complete(fields.spot, fields.line_of("key"), [option.id for option in options or ()], order)
    return OrderKey(order)


def _match(
    node: Node, spot: Spot, stems: Sequence[Stem] | None, options: Sequence[Option] | None
) -> Key | None:
    if not isinstance(node, Record):
        open_record(node, spot, shape("the key", "stem-id"))
        return None
    known = None if stems is None else [stem.id for stem in stems]
    pairs: dict[StemId, OptionId] = {}
    for name, value in node.entries:
        stem = _known(name, spot, known, "stem", Code.UNKNOWN_STEM)
        option = _option(value, spot, options)
        if stem is not None and option is not None:
            pairs[StemId(stem)] = option
    named = [name.text for name, _ in node.entries]
    _check_complete(spot, node.line, known or (), named)
    return MatchKey(tuple((stem, pairs[stem]) for stem in known or () if stem in pairs))


def _check_complete(spot: Spot, line: int, wanted: Sequence[str], named: Sequence[str]) -> None:
    """Report what the key leaves out."""
    if missing := [one for one in wanted if one not in named]:
        spot.report(
            Code.KEY_INCOMPLETE,
            line,
            f"The key leaves out {in_words(missing)}.",
            f"Name each of {in_words(wanted)} once.",
        )


def _options(fields: Fields, options: Sequence[Option] | None) -> tuple[OptionId, ...] | None:
    """Return the options that the list ``key`` names, each once."""
    nodes = fields.list_of("key", 20)
    if nodes is None:
        return None
    found: list[OptionId] = []
    for node in nodes:
        option = _option(node, fields.spot, options)
        if option is not None and option in found:
            fields.spot.report(
                Code.DUPLICATE_ID, node.line, f"The key names `{option}` twice.", "Name each option once."
            )
        elif option is not None:
            found.append(option)
    return tuple(found)


def _option(node: Node, spot: Spot, options: Sequence[Option] | None) -> OptionId | None:
    known = None if options is None else [option.id for option in options]
    option = _known(node, spot, known, "option", Code.UNKNOWN_OPTION)
    return None if option is None else OptionId(option)


def _known(node: Node, spot: Spot, known: Sequence[str] | None, what: str, code: Code) -> str | None:
    """Return the id *node* when it is among *known*, or when these cannot be told."""

    def read(field: Field) -> str | None:
        if known is None or field.text in known:
            return field.text
        meant = nearest(field.text, known)
        field.refuse(
            code,
            f"The key names `{clipped(field.text)}`, which is no {what} of this item.",
            f"Write `{meant}` if that is what you meant." if meant else f"Write one of {in_words(known)}.",
        )
        return None

    return read_text("key", node, spot, read)
