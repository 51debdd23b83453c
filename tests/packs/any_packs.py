"""Packs of every kind of thing, with texts that YAML would like to take for something else."""

from datetime import date
from decimal import Decimal
from typing import Final

from hypothesis import strategies as st

from bot.core.cards import Card, CardDeck, CardKind
from bot.core.ids import (
    CardId,
    DeckId,
    ItemId,
    LabId,
    NoteId,
    OptionId,
    PackId,
    StemId,
    StepId,
    Topic,
)
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
from bot.core.labs import Lab, Step, Trouble
from bot.core.notes import Checkpoint, Note
from bot.core.packs import Deck, Pack
from bot.packs.rivals import with_rivals
from bot.packs.sections import parts_of, sections_of

PACK: Final = PackId("any")
TOPICS: Final = {Topic("1.1"): "First: things", Topic("no"): "No"}
HOSTILE: Final = (
    "yes", "no", "null", "~", "1.10", "0x1F", "1e3", "2026-11-22", "12:30:45", "true", "-", "?", ":", "#",
    "a: b", "a #b", "a:", ": a", "- a", "*a", "&a", "!a", "|", ">", "%a", "@a", "`a`", "'a'", '"a"', "'", '"',
    "[a]", "{a}", "a, b", "a\tb", "\\", "a\\nb", "<<", "=", "---", "...", "a\n---\nb", "a\n\n\nb",
    "a\n  b\n c",
    "a  \nb", "a\n   \nb", "a\n\tb", "a\u00a0b", "\u201equotes\u201c", "\u00e9t\u00e9", "\u6f22\u5b57",
    "\U0001f9ea", "\U0001f468\u200d\U0001f52c", "\u0627\u0644", "a' b", 'a" b', "it's \"both\"",
    "```\ncode: 1\n```", "$x^2$", "key: {value: 1}", "x" * 300, "a " * 120,
)  # fmt: skip
"""Texts that a careless writer of YAML loses or changes."""

_LETTERS: Final = "ab1 .:-#&*!|>'\"%@`[]{},?\\\n\t\u00e9\U0001f600=<~"
_raw = st.one_of(st.sampled_from(HOSTILE), st.text(st.sampled_from(_LETTERS), min_size=1, max_size=25))
texts = _raw.map(str.strip).filter(lambda text: bool(text) and "___" not in text)
"""What a field of prose holds when it was read."""

lines = texts.map(lambda text: " ".join(text.split()))
"""What a field of one line holds when it was read."""

_ids = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4})?", fullmatch=True)
_numbers = st.decimals(-1000, 1000, allow_nan=False, places=3)
_sources = st.lists(st.builds(Source, lines, st.just("https://example.org/a?b=c#d")), max_size=2).map(tuple)
_topics = st.sampled_from(tuple(TOPICS))
_distinct = st.lists(lines, min_size=1, max_size=3, unique=True).map(tuple)


@st.composite
def _options(draw: st.DrawFn, low: int, high: int) -> tuple[Option, ...]:
    said = draw(st.lists(texts, min_size=low, max_size=high, unique_by=lambda text: " ".join(text.split())))
    ids = draw(st.lists(_ids, min_size=len(said), max_size=len(said), unique=True))
    more = st.one_of(st.just(""), texts)
    return tuple(
        Option(OptionId(own), text, draw(more), draw(st.sampled_from(Place)))
        for own, text in zip(ids, said, strict=True)
    )


@st.composite
def _numeric(draw: st.DrawFn) -> NumberKey:
    unit = draw(st.one_of(st.just(""), lines))
    units = draw(st.lists(lines.filter(lambda name: name != unit), max_size=2, unique=True)) if unit else []
    return NumberKey(
        draw(_numbers),
        abs(draw(_numbers)),
        draw(st.booleans()),
        unit,
        tuple((name, Decimal("0.001")) for name in units),
        bool(unit) and draw(st.booleans()),
    )


@st.composite
def _asked(draw: st.DrawFn, kind: Kind) -> tuple[str, Key, tuple[Option, ...], tuple[Stem, ...]]:
    """Draw prompt, key, options and stems that fit together."""
    prompt = draw(texts)
    match kind:
        case Kind.SINGLE_CHOICE | Kind.MULTIPLE_RESPONSE:
            options = draw(_options(2, 5))
            most = 1 if kind is Kind.SINGLE_CHOICE else len(options) - 1
            right = draw(st.integers(1, most))
            return prompt, ChoiceKey(tuple(one.id for one in options[:right])), options, ()
        case Kind.TRUE_FALSE:
            words = (("true", "True"), ("false", "False"))
            said = st.one_of(st.just(""), texts)
            options = tuple(Option(OptionId(own), text, draw(said)) for own, text in words)
            return prompt, ChoiceKey((OptionId(draw(st.sampled_from(("true", "false")))),)), options, ()
        case Kind.FILL_IN:
            blanks = draw(st.lists(st.builds(Blank, _distinct, st.booleans()), min_size=1, max_size=3))
            return " and ".join(["___"] * len(blanks)), BlanksKey(tuple(blanks)), (), ()
        case Kind.NUMERIC:
            return prompt, draw(_numeric()), (), ()
        case Kind.FREE_TEXT:
            points = tuple(draw(st.lists(st.builds(Point, lines, _distinct), max_size=3)))
            accept = draw(_distinct) if not points or draw(st.booleans()) else ()
            need = draw(st.integers(0, len(points)))
            return prompt, TextKey(accept, points, need, draw(st.booleans())), (), ()
        case Kind.ORDERING:
            options = draw(_options(3, 5))
            return prompt, OrderKey(tuple(one.id for one in reversed(options))), options, ()
        case _:
            options = draw(_options(2, 4))
            named = draw(_options(3, 5))
            stems = tuple(Stem(StemId(one.id), one.text) for one in named)
            return prompt, MatchKey(tuple((one.id, options[0].id) for one in stems)), options, stems


@st.composite
def _item(draw: st.DrawFn, own: str, scenario: str = "", case: str = "") -> Item:
    kind = draw(st.sampled_from(Kind))
    prompt, key, options, stems = draw(_asked(kind))
    return Item(
        id=ItemId(f"{PACK}/{case}/{own}" if case else f"{PACK}/{own}"),
        deck=DeckId(f"{PACK}/one"),
        kind=kind,
        prompt=prompt,
        key=key,
        topic=draw(_topics),
        difficulty=draw(st.sampled_from(Difficulty)),
        options=options,
        stems=stems,
        explanation=draw(st.one_of(st.just(""), texts)),
        hints=tuple(draw(st.lists(texts, max_size=2))),
        sources=draw(_sources),
        valid_until=draw(st.sampled_from((None, date(2026, 12, 1), date(2030, 1, 31)))),
        scenario=scenario,
        case=ItemId(f"{PACK}/{case}") if case else None,
        seconds=draw(st.sampled_from((None, 5, 600))),
        off=draw(st.one_of(st.just(""), lines)),
    )


@st.composite
def _card(draw: st.DrawFn, own: str) -> Card:
    kind = draw(st.sampled_from(CardKind))
    cloze = kind is CardKind.CLOZE
    return Card(
        id=CardId(f"{PACK}/{own}"),
        deck=DeckId(f"{PACK}/cards"),
        kind=kind,
        front="A ___ here." if cloze else draw(texts),
        back=draw(st.one_of(st.just(""), texts)) if cloze else draw(texts),
        topic=draw(_topics),
        blanks=(Blank(draw(_distinct), draw(st.booleans())),) if cloze else (),
        sources=draw(_sources),
        off=draw(st.one_of(st.just(""), lines)),
    )


@st.composite
def _note(draw: st.DrawFn, own: str) -> Note:
    said = draw(st.lists(st.tuples(lines, texts), min_size=1, max_size=3))
    sections = tuple(one.section for one in sections_of("\n\n".join(f"## {h}\n\n{b}" for h, b in said)))
    named = parts_of(sections)
    return Note(
        NoteId(f"{PACK}/{own}"),
        PACK,
        draw(lines),
        draw(_topics),
        draw(texts),
        sections,
        named.objectives,
        named.terms,
        named.checkpoints,
        draw(_sources),
    )


@st.composite
def _lab(draw: st.DrawFn, own: str) -> Lab:
    asked = st.one_of(st.none(), st.builds(Checkpoint, texts, texts))
    more = st.one_of(st.just(""), texts)
    return Lab(
        LabId(f"{PACK}/{own}"),
        PACK,
        draw(lines),
        draw(_topics),
        draw(texts),
        tuple(
            Step(StepId(f"step-{number}"), draw(lines), draw(texts), draw(more), draw(asked))
            for number in range(draw(st.integers(1, 3)))
        ),
        draw(st.sampled_from(Difficulty)),
        draw(st.sampled_from((0, 45))),
        draw(more),
        tuple(draw(st.lists(texts, max_size=2))),
        tuple(draw(st.lists(st.builds(Trouble, texts, texts), max_size=2))),
        tuple(draw(st.lists(texts, max_size=2))),
        draw(_sources),
    )


@st.composite
def packs(draw: st.DrawFn) -> Pack:
    """Draw a pack as the strict reader gives it."""
    items = [draw(_item(f"item-{number}")) for number in range(draw(st.integers(1, 3)))]
    if draw(st.booleans()):
        scenario = draw(texts)
        items += [draw(_item(f"part-{number}", scenario, "case")) for number in range(2)]
    cards = tuple(draw(_card(f"card-{number}")) for number in range(draw(st.integers(0, 2))))
    deck = Deck(DeckId(f"{PACK}/one"), PACK, draw(lines), draw(texts), tuple(with_rivals(items)))
    card_deck = CardDeck(DeckId(f"{PACK}/cards"), PACK, draw(lines), draw(texts), cards)
    return Pack(
        PACK,
        draw(lines),
        draw(st.sampled_from(("en", "no", "pt-BR"))),
        draw(lines),
        draw(lines),
        draw(texts),
        (deck,),
        TOPICS,
        cards=(card_deck,) if cards else (),
        notes=tuple(draw(_note(f"note-{number}")) for number in range(draw(st.integers(0, 1)))),
        labs=tuple(draw(_lab(f"lab-{number}")) for number in range(draw(st.integers(0, 1)))),
    )
