"""Items and cards as HTML, for formats whose cards have nothing but a front and a back."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import assert_never

from bot.core.items import (
    Blank,
    BlanksKey,
    ChoiceKey,
    Item,
    MatchKey,
    NumberKey,
    Option,
    OrderKey,
    Source,
    TextKey,
)
from bot.packs import prose
from bot.packs.formats.markdown_html import html_of, inline_html_of

STAND_IN = "\ue000"
"""What stands for a blank while Markdown becomes HTML."""


def plain(text: str) -> str:
    """Return *text*, which is no Markdown, as HTML."""
    return escape(text, quote=False)


def listed(entries: Iterable[str], tag: str = "ul") -> str:
    """Return HTML *entries* as a list; "" when there is none."""
    rows = "".join(f"<li>{entry}</li>" for entry in entries)
    return f"<{tag}>{rows}</{tag}>" if rows else ""


def sources_html(sources: Sequence[Source]) -> str:
    """Return links to *sources*."""
    return listed(f'<a href="{escape(one.url)}">{plain(one.title)}</a>' for one in sources)


def prompt_html(item: Item) -> str:
    """Return what *item* asks, below the scenario that it is a part of."""
    scenario = f"{html_of(item.scenario)}\n" if item.scenario else ""
    return scenario + html_of(item.prompt)


def options_html(item: Item) -> str:
    """Return what one chooses among, and the left sides of a matching above it."""
    stems = listed((inline_html_of(stem.text) for stem in item.stems), "ol")
    return stems + listed(inline_html_of(option.text) for option in item.options)


def answer_html(item: Item) -> str:
    """Return what is right."""
    match item.key:
        case ChoiceKey():
            return listed(inline_html_of(item.option(own).text) for own in item.key.right)
        case OrderKey():
            return listed((inline_html_of(item.option(own).text) for own in item.key.order), "ol")
        case MatchKey():
            return _pairs(item, item.key)
        case BlanksKey():
            return accepted_html(item.key.blanks)
        case NumberKey():
            return f"<p>{plain(_number(item.key))}</p>"
        case TextKey():
            accepted = "".join(f"<p>{plain(text)}</p>" for text in item.key.accept)
            return accepted + listed(plain(point.say) for point in item.key.points)
        case _:
            assert_never(item.key)


def accepted_html(blanks: Sequence[Blank]) -> str:
    """Return the answers that each blank accepts, a line each."""
    return listed(("<br />".join(map(plain, blank.accept)) for blank in blanks), "ol")


def feedback_html(options: Sequence[Option]) -> str:
    """Return what is said about each of *options*."""
    rows = "".join(
        f"<dt>{inline_html_of(option.text)}</dt><dd>{inline_html_of(option.feedback)}</dd>"
        for option in options
        if option.feedback
    )
    return f"<dl>{rows}</dl>" if rows else ""


def with_stand_ins(text: str) -> str:
    """Return *text* with :data:`STAND_IN` for each blank outside of code."""
    bare = prose.without_code(text)
    for found in reversed(list(prose.BLANK.finditer(bare))):
        text = text[: found.start()] + STAND_IN + text[found.end() :]
    return text


def details_left_out(item: Item) -> Iterator[str]:
    """Yield what of *item* no card of this kind holds."""
    if item.case is not None:
        yield "the case study that it belongs to; its scenario stands before the prompt"
    if isinstance(item.key, NumberKey | TextKey):
        yield "how its answer is graded; it comes back as a card"
    elif isinstance(item.key, BlanksKey) and any(blank.exact for blank in item.key.blanks):
        yield "that a blank is exact"
    told = {
        "the difficulty": item.difficulty.value != "medium",
        "the hints": item.hints,
        "the date until which it is valid": item.valid_until,
        "the seconds to answer in": item.seconds,
        "the other blueprints that it serves": item.serves,
        "the options' places": any(option.place.value != "any" for option in item.options),
    }
    yield from (what for what, there in told.items() if there)


def _pairs(item: Item, key: MatchKey) -> str:
    said = {stem.id: stem.text for stem in item.stems}
    rows = "".join(
        f"<tr><td>{inline_html_of(said[left])}</td><td>{inline_html_of(item.option(right).text)}</td></tr>"
        for left, right in key.pairs
    )
    return f"<table>{rows}</table>"


def _number(key: NumberKey) -> str:
    unit = f" {key.unit}" if key.unit else ""
    if not key.tolerance:
        return f"{key.value}{unit}"
    return f"{key.value}{unit} ± {key.tolerance}{'%' if key.percent else unit}"
