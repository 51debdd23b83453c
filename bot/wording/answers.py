"""Answers as they are read: what was right, for every kind of key, and what was answered.

Nothing here knows letters: an item is shown by its texts. Where options have letters, the reveal says them.
"""

from typing import assert_never

from bot.core.ids import OptionId
from bot.core.items import BlanksKey, ChoiceKey, Item, MatchKey, NumberKey, OrderKey, TextKey
from bot.core.questions import letter
from bot.core.responses import Chosen, Response, Typed
from bot.wording.catalogues import Catalogue
from bot.wording.cleaning import clean_line
from bot.wording.markup import blocks_of, inline_of
from bot.wording.pieces import line_of, paragraph, quiet, strong
from bot.wording.views import Block, Bullets, Inline, Link, Mark, Paragraph, Strong, Table, Text


def key_blocks(item: Item, catalogue: Catalogue, stem_order: tuple[int, ...] = ()) -> tuple[Block, ...]:
    """Return what was right, in words that need no letters; with *stem_order*, pairs as they were shown."""
    key = item.key
    match key:
        case ChoiceKey():
            return _choices(item, key, catalogue)
        case BlanksKey():
            return _blanks(key, catalogue)
        case NumberKey():
            return _number(key, catalogue)
        case TextKey():
            return _text(key, catalogue)
        case OrderKey():
            order = tuple(blocks_of(item.option(option).text) for option in key.order)
            return strong(catalogue.right_order()), Bullets(order, start=1)
        case MatchKey():
            return (_pairs(item, key, catalogue, stem_order),)
        case _:
            assert_never(key)


def _choices(item: Item, key: ChoiceKey, catalogue: Catalogue) -> tuple[Block, ...]:
    if len(key.right) == 1:
        return (_right(catalogue, line_of(item.option(key.right[0]).text)),)
    texts = tuple(blocks_of(option.text) for option in item.options if option.id in key.right)
    return strong(catalogue.right_answers_follow(len(texts))), Bullets(texts)


def _blanks(key: BlanksKey, catalogue: Catalogue) -> tuple[Block, ...]:
    if len(key.blanks) == 1:
        return _accepted(key.blanks[0].accept, catalogue)
    lines = tuple(
        tuple(
            block
            for block in (
                paragraph(catalogue.blank_answer(number, "".join(blank.accept[:1]))),
                _also(blank.accept[1:], catalogue),
            )
            if block is not None
        )
        for number, blank in enumerate(key.blanks, start=1)
    )
    return strong(catalogue.right_answers_follow(len(lines))), Bullets(lines)


def _accepted(texts: tuple[str, ...], catalogue: Catalogue) -> tuple[Block, ...]:
    also = _also(texts[1:], catalogue)
    first = _right(catalogue, "".join(texts[:1]))
    return (first,) if also is None else (first, also)


def _right(catalogue: Catalogue, text: str) -> Paragraph:
    return Paragraph((Strong((Text(catalogue.right_answer([text])),)),))


def _also(texts: tuple[str, ...], catalogue: Catalogue) -> Paragraph | None:
    return quiet(catalogue.also_right([clean_line(text) for text in texts])) if texts else None


def _number(key: NumberKey, catalogue: Catalogue) -> tuple[Block, ...]:
    first = _right(catalogue, f"{key.value:f} {key.unit}".strip())
    if not key.tolerance:
        return (first,)
    size = f"{key.tolerance:f}"
    tolerance = catalogue.percent(size) if key.percent else f"{size} {key.unit}".strip()
    return first, quiet(catalogue.within(tolerance))


def _text(key: TextKey, catalogue: Catalogue) -> tuple[Block, ...]:
    accepted = _accepted(key.accept, catalogue) if key.accept else ()
    if not key.points:
        return accepted
    lead = catalogue.points_said(key.need or len(key.points), len(key.points))
    said = tuple((Paragraph((Text(clean_line(point.say)),)),) for point in key.points)
    return *accepted, strong(lead), Bullets(said)


def _pairs(item: Item, key: MatchKey, catalogue: Catalogue, stem_order: tuple[int, ...]) -> Table:
    texts = {stem.id: stem.text for stem in item.stems}
    shown = {item.stems[index].id: place for place, index in enumerate(stem_order)}
    pairs = sorted(key.pairs, key=lambda pair: shown.get(pair[0], 0))
    rows = tuple((inline_of(texts[stem]), inline_of(item.option(option).text)) for stem, option in pairs)
    return Table(catalogue.pair_columns(), rows, ("left", "left"), caption=catalogue.right_pairs())


# ---------------------------------------------------------------------------------------- what was answered


def answered_blocks(
    item: Item,
    response: Response,
    catalogue: Catalogue,
    order: tuple[int, ...] = (),
    stem_order: tuple[int, ...] = (),
) -> tuple[Block, ...]:
    """Return what was answered by its texts, with the feedback of each option that was chosen.

    With *order*, the options as they were shown, each chosen option has its letter too; with *stem_order*,
    pairs stand as they were shown.
    """
    match response:
        case Typed(texts=texts):
            row = catalogue.row([catalogue.quoted(text) for text in texts])
            return (Paragraph((Text(catalogue.your_answer(row)),)),)
        case Chosen(options=options):
            return _chosen(item, options, catalogue, order, stem_order)
        case _:
            assert_never(response)


def _chosen(
    item: Item,
    options: tuple[OptionId, ...],
    catalogue: Catalogue,
    order: tuple[int, ...],
    stem_order: tuple[int, ...],
) -> tuple[Block, ...]:
    match item.key:
        case MatchKey():
            return (_given(item, options, catalogue, stem_order),)
        case OrderKey():
            ordered = tuple(blocks_of(item.option(option).text) for option in options)
            return strong(catalogue.your_order()), Bullets(ordered, start=1)
        case _:
            return _picked(item, options, catalogue, order)


def _picked(
    item: Item, options: tuple[OptionId, ...], catalogue: Catalogue, order: tuple[int, ...]
) -> tuple[Block, ...]:
    shown = {item.options[index].id: letter(place) for place, index in enumerate(order)}
    picked = [item.option(option) for option in sorted(options, key=lambda option: shown.get(option, ""))]
    texts = [
        catalogue.labelled(shown[option.id], line_of(option.text)) if shown else line_of(option.text)
        for option in picked
    ]
    if len(picked) == 1:
        return Paragraph((Text(catalogue.your_answer(texts[0])),)), *blocks_of(picked[0].feedback)
    said = (
        (Paragraph((Text(text),)), *blocks_of(option.feedback))
        for text, option in zip(texts, picked, strict=True)
    )
    return Paragraph((Text(catalogue.your_answers()),)), Bullets(tuple(said))


def _given(
    item: Item, options: tuple[OptionId, ...], catalogue: Catalogue, stem_order: tuple[int, ...]
) -> Table:
    pairs = list(zip(item.stems, options, strict=False))
    shown = [pairs[index] for index in stem_order if index < len(pairs)] or pairs
    rows = tuple((inline_of(stem.text), inline_of(item.option(option).text)) for stem, option in shown)
    return Table(catalogue.given_columns(), rows, ("left", "left"), caption=catalogue.your_pairs())


# ---------------------------------------------------------------------------------------- around the answer


def prompt_blocks(item: Item) -> tuple[Block, ...]:
    """Return the prompt, its blanks counted when there are several."""
    return blocks_of(item.prompt, numbered=isinstance(item.key, BlanksKey) and len(item.key.blanks) > 1)


def source_line(item: Item, catalogue: Catalogue) -> Paragraph | None:
    """Return where the facts are written down, as quiet links; nothing when nobody said."""
    if not item.sources:
        return None
    runs: list[Inline] = [Text(catalogue.sources(len(item.sources)))]
    for place, source in enumerate(item.sources):
        runs.append(Text(" · " if place else " "))
        title = (Text(clean_line(source.title)),)
        url = clean_line(source.url)
        runs.append(Link(title, url) if url.startswith(("http://", "https://")) else title[0])
    return Paragraph(tuple(runs), quiet=True)


def mark_of(*, right: bool, chosen: bool) -> Mark:
    """Return how an option is marked: what is right always, what is wrong when somebody chose it."""
    if right:
        return Mark.RIGHT
    return Mark.WRONG if chosen else Mark.NONE
