"""Decks: ``decks/*.yaml``, read into frozen decks and checked as a whole."""

from bot.core.ids import DeckId
from bot.core.items import Item
from bot.core.packs import Deck
from bot.packs.balance import check_balance
from bot.packs.blueprints import read_own_id
from bot.packs.cases import read_entry
from bot.packs.fields import open_record, shape
from bot.packs.item_records import Scope
from bot.packs.problems import Spot
from bot.packs.rivals import with_rivals
from bot.packs.scalars import as_format, as_line, as_prose
from bot.packs.trees import Node

_DECK = shape("the deck", "format id title description items")
MOST_ITEMS = 5000


def read_deck(node: Node, stem: str, spot: Spot, scope: Scope) -> Deck | None:
    """Return the deck of the file called *stem*; None when there is nothing to read it from."""
    fields = open_record(node, spot, _DECK)
    if fields is None:
        return None
    fields.need("format", as_format, "1")
    inside = read_own_id(fields, stem, "file")
    scope.origins.decks[inside] = fields
    own = DeckId(f"{scope.pack}/{inside}")
    items: list[Item] = []
    for number, entry in enumerate(fields.list_of("items", MOST_ITEMS) or (), 1):
        items += read_entry(entry, number, own, spot, scope)
    title = fields.need("title", as_line, "")
    description = fields.need("description", as_prose(1000), "")
    if not spot.findings.errors:
        check_balance(items, fields.line_of("items"), spot)
        items = with_rivals(items)
    return Deck(own, scope.pack, title, description, tuple(items))
