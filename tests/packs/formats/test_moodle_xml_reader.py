"""What we write of the pack that ships, read by a parser of Moodle XML that is not ours."""

from datetime import date
from pathlib import Path

from moodle_xml_parser import parser  # type: ignore[import-untyped]

from bot.core.items import ChoiceKey, Item, Kind
from bot.packs.formats import moodle_xml
from bot.packs.loading import load_pack

CONTENT = Path(__file__).parents[3] / "content"
CHOSEN_FROM = (Kind.SINGLE_CHOICE, Kind.MULTIPLE_RESPONSE)

Options = dict[str, tuple[bool, str]]
"""The options of a question: whether each is right, and its feedback."""


def test_another_parser_finds_the_same_options_keys_and_feedback() -> None:
    """Every item of the pack that is chosen from is there, as the pack has it."""
    pack = load_pack(CONTENT / "aws-mle", date(2026, 11, 23)).pack
    assert pack is not None
    items = [item for deck in pack.decks for item in deck.items if item.kind in CHOSEN_FROM]

    found: dict[str, Options] = {}
    for data in moodle_xml.write(pack).files.values():
        for question in parser.parse_bytes(data)["multichoice"]:
            found[question.name] = {
                flat(one.answer): (one.score_fraction > 0, flat(one.feedback)) for one in question.options
            }

    assert len(items) > 200
    assert found == {str(item.id).removeprefix("aws-mle/").replace("/", "-"): ours(item) for item in items}


def ours(item: Item) -> Options:
    """Return what stands in the pack."""
    assert isinstance(item.key, ChoiceKey)
    right = item.key.right
    return {flat(option.text): (option.id in right, flat(option.feedback)) for option in item.options}


def flat(text: str) -> str:
    """Return *text* with single spaces."""
    return " ".join(text.split())
