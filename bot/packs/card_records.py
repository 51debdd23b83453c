"""Cards as authors write them: ``cards/*.yaml``, read into frozen decks of cards."""

from bot.core.cards import Card, CardDeck, CardKind
from bot.core.ids import CardId, DeckId, Topic
from bot.core.items import Blank
from bot.packs.blueprints import read_own_id
from bot.packs.cases import entry_name
from bot.packs.fields import Fields, Shape, open_record, peek, shape
from bot.packs.item_records import (
    Scope,
    claim_id,
    read_serves,
    read_sources,
    read_topic,
    read_valid_until,
)
from bot.packs.problems import Spot
from bot.packs.scalars import as_format, as_line, as_prose, as_word
from bot.packs.trees import Hole, Node
from bot.packs.typed_keys import read_blanks

_DECK = shape("the deck of cards", "format id title description cards")
_COMMON = "id kind topic front back sources valid_until serves off"
_EVERY = tuple(f"{_COMMON} key".split())
_CLOZE = shape("a card of kind `cloze`", f"{_COMMON} key")
MOST_CARDS = 5000

_LONGEST_FRONT, _LONGEST_BACK = 1000, 2000


def read_card_deck(node: Node, stem: str, spot: Spot, scope: Scope) -> CardDeck | None:
    """Return the cards of the file called *stem*; None when there is nothing to read them from."""
    fields = open_record(node, spot, _DECK)
    if fields is None:
        return None
    fields.need("format", as_format, "1")
    inside = read_own_id(fields, stem, "file")
    scope.origins.card_decks[inside] = fields
    own = DeckId(f"{scope.pack}/{inside}")
    entries = fields.list_of("cards", MOST_CARDS) or ()
    read = [_card(entry, own, spot.at(entry_name(entry, at)), scope) for at, entry in enumerate(entries, 1)]
    return CardDeck(
        own,
        scope.pack,
        fields.need("title", as_line, ""),
        fields.need("description", as_prose(1000), ""),
        tuple(card for card in read if card is not None),
    )


def _card(node: Node, deck: DeckId, spot: Spot, scope: Scope) -> Card | None:
    kind = next((kind for kind in CardKind if kind.value == peek(node, "kind")), None)
    fields = open_record(node, spot, _shape(kind))
    if fields is None:
        return None
    own = claim_id(fields, scope)
    if kind is None:
        fields.need("kind", as_word(CardKind), None)
        return None
    front = fields.need("front", as_prose(_LONGEST_FRONT), "")
    read_back = fields.get if kind is CardKind.CLOZE else fields.need
    return Card(
        id=CardId(own),
        deck=deck,
        kind=kind,
        front=front,
        back=read_back("back", as_prose(_LONGEST_BACK), ""),
        topic=read_topic(fields, scope) or Topic(""),
        blanks=_blanks(fields, front) if kind is CardKind.CLOZE else (),
        sources=read_sources(fields),
        valid_until=read_valid_until(fields, scope),
        serves=read_serves(fields, scope),
        off=fields.get("off", as_line, ""),
    )


def _shape(kind: CardKind | None) -> Shape:
    """Return the fields that a card of *kind* may have: all there are, when the kind is unknown."""
    if kind is None:
        return Shape("a card", _EVERY)
    return _CLOZE if kind is CardKind.CLOZE else shape(f"a card of kind `{kind}`", _COMMON, _EVERY)


def _blanks(fields: Fields, front: str) -> tuple[Blank, ...]:
    node = fields.node("key")
    if node is None or isinstance(node, Hole):
        return ()
    key = read_blanks(node, fields, front, text="front")
    return () if key is None else key.blanks
