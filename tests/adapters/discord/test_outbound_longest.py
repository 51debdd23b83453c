"""Whatever a view holds, no message is over a limit and nothing is left out."""

import string
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.discord.outbound import modal_of
from bot.core.effects import QuestionClosed, QuestionOpened
from bot.core.ids import OptionId, StemId
from bot.core.items import ChoiceKey, Item, Kind, Option, Source, Stem
from bot.wording.render import view_of
from bot.wording.views import (
    Block,
    Bullets,
    Button,
    Choice,
    Choices,
    Code,
    CodeBlock,
    Emphasis,
    Field,
    Form,
    Heading,
    Inline,
    Mark,
    Paragraph,
    Picker,
    Quote,
    Strong,
    Table,
    Text,
    Tone,
    View,
)
from tests.adapters.discord.limits import over_modal, texts
from tests.adapters.discord.markdown import seen
from tests.adapters.discord.shown import components, parts
from tests.adapters.discord.test_markup import NASTY
from tests.wording.samples import SINGLE, closed, missed, opened, sheet

How = Literal["one", "many", "order", "match"]

LONG = st.builds(
    lambda pieces, times: "".join(pieces) * times,
    st.lists(st.sampled_from([*NASTY, "word ", "longer words "]), min_size=1, max_size=6),
    st.sampled_from([1, 1, 1, 1, 10, 60]),
)
RUNS = st.lists(
    st.builds(
        lambda text, wrap: wrap(text),
        LONG,
        st.sampled_from(
            [
                Text,
                Code,
                lambda text: Strong((Text(text),)),
                lambda text: Emphasis((Strong((Text(text),)), Text(text))),
            ]
        ),
    ),
    min_size=1,
    max_size=3,
).map(tuple)
SIMPLE: st.SearchStrategy[Block] = (
    st.builds(Paragraph, RUNS, st.booleans())
    | st.builds(Heading, RUNS)
    | st.builds(CodeBlock, LONG, st.sampled_from(["", "py", "```", "no such"]))
)


def holders(children: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    """Return blocks that hold *children*."""
    some = st.lists(children, min_size=1, max_size=3).map(tuple)
    items = st.lists(some, min_size=1, max_size=3).map(tuple)
    return st.builds(Quote, some) | st.builds(Bullets, items, st.none() | st.integers(0, 99))


BLOCKS = st.recursive(SIMPLE, holders, max_leaves=6)
CHOICES = st.builds(
    lambda contents, mark: Choices(
        tuple(
            Choice(letter, (block,), mark, 1, 2, (block,))
            for letter, block in zip(string.ascii_uppercase, contents, strict=False)
        )
    ),
    st.lists(SIMPLE, min_size=1, max_size=10),
    st.sampled_from(Mark),
)
TABLES = st.builds(
    lambda header, rows: Table(
        tuple(header), tuple(tuple((Text(cell),) for cell in row) for row in rows), ("left",) * 3, mine=(0,)
    ),
    st.lists(LONG, min_size=3, max_size=3),
    st.lists(st.lists(LONG, min_size=3, max_size=3), max_size=4),
)


def pickers() -> st.SearchStrategy[Picker]:
    """Return pickers of every kind and size."""
    return st.builds(
        lambda texts, how, stems, most, text: Picker(
            f"a:{len(texts)}.{how}",
            how,
            tuple(texts),
            tuple((string.ascii_uppercase * 2)[: len(texts)]),
            text,
            "Answer",
            tuple(stems),
            most=most,
        ),
        st.lists(LONG, min_size=1, max_size=26),
        st.sampled_from(["one", "many", "order", "match"]),
        st.lists(LONG, min_size=1, max_size=7),
        st.integers(0, 30),
        LONG,
    )


FORMS = st.builds(
    Form,
    st.just("a:form"),
    st.lists(st.builds(Field, LONG, LONG, st.integers(1, 5000), st.booleans()), min_size=1, max_size=10).map(
        tuple
    ),
    LONG,
    st.just("Answer"),
)
BUTTONS = st.builds(Button, st.text(string.ascii_letters, max_size=101), LONG)
VIEWS = st.builds(
    View,
    st.sampled_from(Tone),
    LONG,
    st.just("alt"),
    st.lists(BLOCKS | CHOICES | TABLES, max_size=6).map(tuple),
    st.lists(pickers() | FORMS | BUTTONS, max_size=5).map(tuple),
    st.sampled_from(["", "123", "everyone", "1" * 30]),
)


def said_by(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield every text in *blocks* that is no table's, in reading order."""
    for block in blocks:
        match block:
            case Paragraph(content=content) | Heading(content=content):
                yield from words_in(content)
            case CodeBlock(text=text):
                yield text
            case Quote(children=children):
                yield from said_by(children)
            case Bullets(items=items):
                yield from said_by(block for item in items for block in item)
            case Choices(choices=choices):
                yield from (text for one in choices for text in said_by((*one.content, *one.feedback)))
            case _:
                pass


def words_in(content: Iterable[Inline]) -> Iterator[str]:
    """Yield every text of *content*."""
    for run in content:
        match run:
            case Text(text=text) | Code(text=text):
                yield text
            case Strong(children=children) | Emphasis(children=children):
                yield from words_in(children)
            case _:
                pass


def bare(text: str) -> str:
    """Return *text* without white space and blanks that have no width."""
    return "".join(text.replace("\u200b", "").split())


def read(view: View) -> str:
    """Return all that somebody reads of *view*, in all its messages together."""
    all_texts = [text for part in parts(view) for text in texts(components(part))]
    return bare("".join(character for text in all_texts for character, _ in seen(text)))


def assert_all_is_there(view: View) -> None:
    """Fail unless every text of *view* is read in its order."""
    page, place = read(view), 0
    for text in (view.title, *said_by(view.blocks)):
        found = page.find(bare(text), place)
        assert found >= 0, text
        place = found + len(bare(text))


@settings(deadline=None, max_examples=40)
@given(VIEWS)
def test_no_view_is_over_a_limit_and_none_loses_a_word(view: View) -> None:
    """However long, however nested, whatever stands in it."""
    assert_all_is_there(view)
    for control in view.controls:
        if not isinstance(control, Button):
            assert over_modal(modal_of(control, view.title).to_dict()) == []


@settings(deadline=None, max_examples=30)
@given(TABLES)
def test_no_table_loses_a_cell(table: Table) -> None:
    """In columns or in lines."""
    page = read(View(Tone.INFO, "", "", (table,)))

    for row in table.rows:
        for cell in row:
            assert all(bare(text) in page for text in words_in(cell))


# ------------------------------------------------------------------------------- the longest that packs allow

FILLINGS = (
    "*" * 10_000,
    "word " * 2000,
    "x" * 10_000,
    "🙂" * 5000,
    "<@1> `a` " * 1200,
    "- a\n" * 3000,
    "a\n\n" * 4000,
)


def longest(fill: str, of: Item = SINGLE) -> Item:
    """Return *of* with every text as long as a pack may have it."""
    options = tuple(
        Option(OptionId(f"o{number}"), f"{number} {fill[:298]}", fill[:1000]) for number in range(10)
    )
    stems = tuple(Stem(StemId(f"s{number}"), f"{number} {fill[:298]}") for number in range(7))
    sources = tuple(Source(fill[:300], "https://a.b/" + "c" * 300) for _ in range(20))
    return replace(
        of,
        prompt=fill[:2000],
        scenario=fill[:3000],
        explanation=fill[:3000],
        options=options,
        stems=stems if of.kind is Kind.MATCHING else (),
        key=ChoiceKey((OptionId("o1"),)),
        sources=sources,
    )


@pytest.mark.parametrize("fill", FILLINGS, ids=lambda fill: fill[:6].strip())
@pytest.mark.parametrize("kind", [Kind.SINGLE_CHOICE, Kind.MULTIPLE_RESPONSE, Kind.ORDERING, Kind.MATCHING])
def test_the_longest_question_of_a_pack_keeps_every_limit(fill: str, kind: Kind) -> None:
    """Open and revealed; its form too."""
    asked = longest(fill, replace(SINGLE, kind=kind))
    question: QuestionOpened = opened(asked, sheet=sheet(asked))
    view = view_of(question)

    assert_all_is_there(view)
    for control in view.controls:
        assert isinstance(control, Picker)
        assert over_modal(modal_of(control, view.title).to_dict()) == []


@pytest.mark.parametrize("fill", FILLINGS, ids=lambda fill: fill[:6].strip())
def test_the_longest_reveal_of_a_pack_keeps_every_limit(fill: str) -> None:
    """With feedback to each option and twenty sources."""
    revealed: QuestionClosed = closed(longest(fill))

    assert_all_is_there(view_of(revealed))


def test_many_missed_questions_follow_each_other_in_several_messages() -> None:
    """No heading is left alone at the end of one."""
    lines = missed().missed * 8
    view = view_of(missed(missed=lines))
    made = parts(view)

    assert_all_is_there(view)
    assert len(made) > 2
    assert not any(texts(components(part))[-1].endswith("**Question 2**") for part in made)
