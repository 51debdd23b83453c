"""Packs written as pages for mkdocs-quiz, and read again."""

from decimal import Decimal

import pytest

from bot.core.cards import Card, CardDeck, CardKind
from bot.core.ids import CardId, DeckId, ItemId, OptionId, PackId, Topic
from bot.core.items import (
    Blank,
    BlanksKey,
    ChoiceKey,
    Difficulty,
    Item,
    Key,
    Kind,
    NumberKey,
    Option,
    TextKey,
)
from bot.core.packs import Deck, Pack
from bot.packs.formats import mkdocs_quiz
from bot.packs.importing.drafts import DraftQuestion
from bot.packs.importing.sources import SourceFile

DECK = DeckId("ropes/knots")


def item(name: str, kind: Kind, prompt: str, key: Key, *options: Option, **more: str) -> Item:
    """Return an item of the deck; *more* are its texts."""
    return Item(
        ItemId(f"ropes/{name}"),
        DECK,
        kind,
        prompt,
        key,
        Topic("loops"),
        options=options,
        explanation=more.get("explanation", ""),
        scenario=more.get("scenario", ""),
        off=more.get("off", ""),
    )


def option(name: str, text: str, feedback: str = "") -> Option:
    """Return an option."""
    return Option(OptionId(name), text, feedback)


def right(*names: str) -> ChoiceKey:
    """Return a key."""
    return ChoiceKey(tuple(OptionId(name) for name in names))


BOWLINE = item(
    "bowline",
    Kind.SINGLE_CHOICE,
    "Which knot?\n\n```python\n- [x] code\n```\n\nChoose one.",
    right("b"),
    option("a", "Reef knot", "It slips.\n\nIt jams too."),
    option("b", "Bowline\n\n```text\n- [ ] tied\n```", "Yes."),
    explanation="> Quoted.\n\nA list:\n\n- one\n- two",
)
BENDS = item(
    "bends",
    Kind.MULTIPLE_RESPONSE,
    "**Which** join ropes?",
    right("a", "c"),
    option("a", "Sheet bend"),
    option("b", "Bowline"),
    option("c", "Flat overhand"),
)
WEAKER = item(
    "weaker",
    Kind.TRUE_FALSE,
    "A knot makes a rope weaker.",
    right("true"),
    option("true", "True", "Yes."),
    option("false", "False"),
)
GAPS = item(
    "gaps",
    Kind.FILL_IN,
    "The ___ is divided by the `___` of ___.",
    BlanksKey((Blank(("fall",)), Blank(("rope", "line")))),
    explanation="It is two at most.\n\n---\n\nNever more.",
)


def pack(*items: Item) -> Pack:
    """Return a pack with one deck."""
    deck = Deck(DECK, PackId("ropes"), 'Knots: "first" steps', "What holds.", items)
    return Pack(
        PackId("ropes"),
        "Ropes",
        "en",
        "CC0-1.0",
        "1",
        "About ropes.",
        (deck,),
        {Topic("loops"): "Loops and bends"},
    )


def read_back(source: Pack) -> tuple[DraftQuestion, ...]:
    """Write the pack and return what the page gives."""
    (name, data), *none = mkdocs_quiz.write(source).files.items()
    assert (name, none) == ("knots.md", [])
    harvest = mkdocs_quiz.read(SourceFile(name, data))
    assert (harvest.title, harvest.description) == ('Knots: "first" steps', "What holds.")
    assert harvest.problems == ()
    return harvest.questions


@pytest.mark.parametrize("one", [BOWLINE, BENDS, WEAKER, GAPS], ids=lambda one: str(one.id))
def test_what_a_page_holds_is_read_back_as_it_was(one: Item) -> None:
    """Prompt, options, key, feedback, explanation and topic."""
    (question,) = read_back(pack(one))
    assert (question.kind, question.prompt, question.explanation) == (one.kind, one.prompt, one.explanation)
    assert question.topic == "Loops and bends"
    chosen = one.key.right if isinstance(one.key, ChoiceKey) else ()
    assert [(found.text, found.feedback, found.right) for found in question.options] == [
        (option.text, option.feedback, option.id in chosen) for option in one.options
    ]
    if isinstance(one.key, BlanksKey):
        assert isinstance(question.key, BlanksKey)
        assert [blank.accept[0] for blank in question.key.blanks] == [b.accept[0] for b in one.key.blanks]


def test_what_a_page_cannot_hold_is_told_item_by_item() -> None:
    """Kinds that mkdocs-quiz does not have, what is switched off, and what would be misread."""
    left = [
        item("number", Kind.NUMERIC, "How many?", NumberKey(Decimal(2))),
        item("text", Kind.FREE_TEXT, "Why?", TextKey(("So",))),
        item("off", Kind.TRUE_FALSE, "Is it?", right("true"), *WEAKER.options, off="Two sources disagree."),
        item("tag", Kind.TRUE_FALSE, "Is `</quiz>` a tag?", right("true"), *WEAKER.options),
        item("marks", Kind.TRUE_FALSE, "Is this so?\n- [x] yes", right("true"), *WEAKER.options),
        item("bracket", Kind.FILL_IN, "An ___.", BlanksKey((Blank(("a[0]",)),))),
    ]
    exported = mkdocs_quiz.write(pack(*left, BENDS))
    assert [(one.id, one.what, one.why) for one in exported.left_out] == [
        ("ropes/number", "the question", "mkdocs-quiz does not ask for a number with a tolerance"),
        ("ropes/text", "the question", "mkdocs-quiz does not ask for an answer in one's own words"),
        ("ropes/off", "the question", "it is switched off: Two sources disagree."),
        ("ropes/tag", "the question", "its text holds a tag of mkdocs-quiz"),
        ("ropes/marks", "the question", "a line of its text would be read as an answer"),
        ("ropes/bracket", "the question", "the answer `a[0]` cannot stand in double square brackets"),
    ]
    assert exported.files["knots.md"].count(b"<quiz>") == 1


def test_parts_of_an_item_without_a_place_are_told_too() -> None:
    """And cards, which no page has."""
    hard = Item(
        ItemId("ropes/gaps"),
        DECK,
        Kind.FILL_IN,
        GAPS.prompt,
        GAPS.key,
        Topic("x"),
        Difficulty.HARD,
        hints=("h",),
    )
    card = Card(CardId("ropes/card"), DECK, CardKind.TERM, "Bend", "A knot.", Topic("x"))
    own = pack(hard)
    whole = Pack(
        own.id,
        own.title,
        own.language,
        own.licence,
        own.version,
        own.description,
        own.decks,
        cards=(CardDeck(DECK, own.id, "Cards", "", (card,)),),
    )
    assert [(one.id, one.what) for one in mkdocs_quiz.write(whole).left_out] == [
        ("ropes/gaps", "the other accepted answers of a blank: line"),
        ("ropes/gaps", "the difficulty"),
        ("ropes/gaps", "the hints"),
        ("ropes/card", "the card"),
    ]
