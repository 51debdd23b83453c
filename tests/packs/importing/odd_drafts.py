"""Drafts as the worst of readers could make them: empty, endless, doubled, of the wrong kind."""

from datetime import date
from decimal import Decimal
from typing import Final

from hypothesis import strategies as st

from bot.core.cards import CardKind
from bot.core.ids import StepId
from bot.core.items import Blank, BlanksKey, Difficulty, Kind, NumberKey, Place, Point, Source, TextKey
from bot.core.labs import Step, Trouble
from bot.core.notes import Checkpoint, Section
from bot.packs.importing.drafts import (
    DraftCard,
    DraftLab,
    DraftNote,
    DraftOption,
    DraftQuestion,
    Harvest,
    Origin,
    Span,
)
from tests.packs.any_packs import HOSTILE

ODD: Final = (
    "", " ", "\n", "\u2028", "\ufeff", "\x00", "a\x07b", "a\rb", "a\x85b", "\x0bc", "___", "______ and ___",
    "## heading", "x\n## y\nz", "```\n## code", "None of the above", "True", "false",
    "#", "1.1", "Task 1.1", "What?", "What is it?", "what is IT", "What is it, then?",
)  # fmt: skip

texts = st.one_of(
    st.sampled_from(HOSTILE + ODD), st.text(max_size=12), st.sampled_from("abc"), st.sampled_from("abc")
)
_spans = st.integers(1, 40).map(lambda line: Span(line, line))
_topics = st.one_of(st.just(""), st.sampled_from(("Knots", "knots", "1.1", "Belays: rock", "\u7d50")), texts)
_sources = st.lists(
    st.builds(Source, texts, st.sampled_from(("https://example.org", "nowhere", "", "http://[", "../x"))),
    max_size=2,
).map(tuple)
_many = st.lists(texts, max_size=3).map(tuple)
_numbers = st.sampled_from(
    tuple(map(Decimal, ("0", "1", "-2.50", "1E+3", "NaN", "Infinity", "1E+400", "0.001")))
)
_blanks = st.lists(st.builds(Blank, _many, st.booleans()), max_size=3).map(tuple)
_keys = st.one_of(
    st.none(),
    st.builds(BlanksKey, _blanks),
    st.builds(
        NumberKey,
        _numbers,
        _numbers,
        st.booleans(),
        texts,
        st.lists(st.tuples(texts, _numbers), max_size=2).map(tuple),
        st.booleans(),
    ),
    st.builds(
        TextKey,
        _many,
        st.lists(st.builds(Point, texts, _many), max_size=3).map(tuple),
        st.integers(-1, 4),
        st.booleans(),
    ),
)
_options = st.builds(
    DraftOption, texts, st.booleans(), texts, st.sampled_from(Place), st.sampled_from(("", "a", "B", "a b"))
)
_own = st.sampled_from(("", "q1", "Q 1", "17", "a/b", "no", "x" * 80))
_off = st.sampled_from(((), (), ("two are marked",), ("", "a\nb")))

questions = st.builds(
    DraftQuestion,
    st.sampled_from(Kind),
    texts,
    _spans,
    st.lists(_options, max_size=12).map(tuple),
    st.lists(st.tuples(texts, texts), max_size=8).map(tuple),
    _keys,
    texts,
    texts,
    st.lists(texts, max_size=12).map(tuple),
    _sources,
    _topics,
    st.sampled_from(Difficulty),
    st.sampled_from((None, date(2020, 1, 1), date(2030, 1, 1))),
    st.sampled_from((None, 0, 5, 240, 601)),
    _own,
    st.sampled_from(("", "3.", "Q 7")),
    st.sampled_from(("", "", "case", "Case 2")),
    st.sampled_from(("", "A scene.", "Another: scene")),
    st.just(()),
    _off,
)
cards = st.builds(
    DraftCard,
    st.sampled_from(CardKind),
    texts,
    texts,
    _spans,
    _blanks,
    st.sampled_from(Origin),
    st.sampled_from(("", "Deck", "deck", "!")),
    _topics,
    _sources,
    _own,
    _off,
)
notes = st.builds(
    DraftNote,
    texts,
    st.lists(st.builds(Section, texts, texts), max_size=3).map(tuple),
    _spans,
    _topics,
    texts,
    _sources,
    _own,
)
labs = st.builds(
    DraftLab,
    texts,
    texts,
    st.lists(
        st.builds(
            Step,
            texts.map(StepId),
            texts,
            texts,
            texts,
            st.one_of(st.none(), st.builds(Checkpoint, texts, texts)),
        ),
        max_size=3,
    ).map(tuple),
    _spans,
    _topics,
    texts,
    _many,
    st.lists(st.builds(Trouble, texts, texts), max_size=2).map(tuple),
    _many,
    _sources,
    _own,
)


@st.composite
def harvests(draw: st.DrawFn, path: str = "pages/one.md") -> Harvest:
    """Draw what a source of forty lines may have given."""
    return Harvest(
        path,
        "odd",
        40,
        draw(texts),
        draw(texts),
        tuple(draw(st.lists(questions, max_size=5))),
        tuple(draw(st.lists(cards, max_size=3))),
        tuple(draw(st.lists(notes, max_size=2))),
        tuple(draw(st.lists(labs, max_size=2))),
    )
