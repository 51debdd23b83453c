"""A pack with an item and a card of every kind, to be taken elsewhere and back."""

import re
from datetime import date
from decimal import Decimal
from html import unescape
from typing import Final

from bot.core.cards import Card, CardDeck, CardKind
from bot.core.ids import CardId, DeckId, ItemId, OptionId, PackId, StemId, Topic
from bot.core.items import (
    Blank,
    BlanksKey,
    ChoiceKey,
    Difficulty,
    Item,
    Key,
    Kind,
    MatchKey,
    NumberKey,
    Option,
    OrderKey,
    Place,
    Point,
    Source,
    Stem,
    TextKey,
)
from bot.core.packs import Deck, Pack
from bot.packs.formats.markdown_html import html_of

PACK: Final = PackId("climbing")
DECK: Final = DeckId("climbing/ropes")
KNOTS: Final = Topic("knots")
SOURCE: Final = Source("Knots & ropes", "https://example.org/knots?a=1&b=2")
SAILOR: Final = "Which knot makes a **fixed loop**? It holds `x <= 3` and $n^2$ times."


def an_item(own: str, kind: Kind, key: Key, prompt: str = "What holds?", **more: object) -> Item:
    """Return an item of the pack's only deck."""
    whole: dict[str, object] = {
        "id": ItemId(f"{PACK}/{own}"),
        "deck": DECK,
        "kind": kind,
        "prompt": prompt,
        "key": key,
        "topic": KNOTS,
        "explanation": f"Because *{own}* is so.\n\n- one\n- two",
    }
    return Item(**(whole | more))  # type: ignore[arg-type]  # the parts are named above and by the callers


def options(*texts: str, feedback: bool = True) -> tuple[Option, ...]:
    """Return options with ids made of their places, all but the last with feedback."""
    return tuple(
        Option(OptionId(f"o{number}"), text, f"About **{number}**." if feedback and number else "")
        for number, text in enumerate(texts)
    )


def _truths() -> tuple[Option, ...]:
    return (Option(OptionId("true"), "True", "It is."), Option(OptionId("false"), "False"))


def items() -> tuple[Item, ...]:
    """Return an item of every kind."""
    o0, o1, o2 = OptionId("o0"), OptionId("o1"), OptionId("o2")
    stems = tuple(Stem(StemId(f"s{number}"), f"stem {number} & more") for number in range(3))
    pairs = tuple((stem.id, own) for stem, own in zip(stems, (o1, o0, o1), strict=True))
    last = Option(OptionId("none"), "None of these", place=Place.LAST)
    code = "Look:\n\n```python\nif a < b:\n    tie()\n```\n\nWhat holds?"
    return (
        an_item(
            "single",
            Kind.SINGLE_CHOICE,
            ChoiceKey((o1,)),
            SAILOR,
            options=(*options("Reef *knot*", "Bowline & co", "`clove` < hitch"), last),
            sources=(SOURCE,),
            difficulty=Difficulty.HARD,
        ),
        an_item("several", Kind.MULTIPLE_RESPONSE, ChoiceKey((o0, o2)), code, options=options("a", "b", "c")),
        an_item("truth", Kind.TRUE_FALSE, ChoiceKey((OptionId("false"),)), options=_truths()),
        an_item(
            "fill",
            Kind.FILL_IN,
            BlanksKey((Blank(("fall", "drop")), Blank(("a::b}}",), exact=True))),
            "The factor is ___ by ___.",
        ),
        an_item("number", Kind.NUMERIC, NumberKey(Decimal(20), Decimal(5), percent=True, unit="kN")),
        an_item("words", Kind.FREE_TEXT, TextKey(("the partner check",), (Point("the knot", ("knot",)),))),
        an_item("order", Kind.ORDERING, OrderKey((o2, o0, o1)), options=options("tie", "follow", "thread")),
        an_item(
            "match",
            Kind.MATCHING,
            MatchKey(pairs),
            stems=stems,
            options=options("brake", "climb <up>", "neither", feedback=False),
        ),
        an_item(
            "part",
            Kind.TRUE_FALSE,
            ChoiceKey((OptionId("true"),)),
            id=ItemId(f"{PACK}/case/part"),
            case=ItemId(f"{PACK}/case"),
            scenario="Your second hangs on the rope.",
            options=_truths(),
            hints=("Think of your hands.",),
            valid_until=date(2030, 1, 31),
        ),
    )


def cards() -> tuple[Card, ...]:
    """Return a card of every kind."""
    deck = DeckId(f"{PACK}/words")
    return (
        Card(CardId(f"{PACK}/dynamic"), deck, CardKind.TERM, "Dynamic rope", "It **stretches**.", KNOTS),
        Card(
            CardId(f"{PACK}/stopper"),
            deck,
            CardKind.QUESTION,
            "Why a stopper?",
            "So that the end stays:\n\n- in the device\n- & below $x_1 < 3$",
            KNOTS,
            sources=(SOURCE,),
        ),
        Card(
            CardId(f"{PACK}/factor"),
            deck,
            CardKind.CLOZE,
            "The highest is ___, when `{{a}}` falls past ___.",
            "Less rope makes a harder fall.",
            KNOTS,
            blanks=(Blank(("two", "2")), Blank(("be::lay",))),
        ),
    )


def a_pack() -> Pack:
    """Return the pack."""
    deck = Deck(DECK, PACK, "Ropes", "What to tie.", items())
    words = CardDeck(DeckId(f"{PACK}/words"), PACK, "Words & all", "By heart.", cards())
    topics = {KNOTS: "Knots of all kinds"}
    return Pack(PACK, "Climbing", "en", "CC-BY-4.0", "2026.11.1", "Ropes.", (deck,), topics, cards=(words,))


def first_card_with(pack: Pack, kind: CardKind) -> Card:
    """Return the first card of *kind*."""
    return next(card for deck in pack.cards for card in deck.cards if card.kind is kind)


def shown(text: str) -> str:
    """Return the words and signs that a reader sees of *text*: marks that show nothing may be lost."""
    return " ".join(unescape(re.sub(r"<[^<>]*>", " ", html_of(text))).split())
