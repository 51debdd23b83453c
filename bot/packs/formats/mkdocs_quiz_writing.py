"""Packs written as pages for mkdocs-quiz: a page a deck.

A page holds prompts, options, feedback, blanks and explanations. Everything else that an item has is named
in what is left out, item by item.
"""

import re
from collections.abc import Iterator
from typing import Final

from bot.core.ids import OptionId
from bot.core.items import BlanksKey, ChoiceKey, Difficulty, Item, Kind, Option, Place
from bot.core.packs import Deck, Pack
from bot.packs import prose
from bot.packs.formats.exported import Exported, LeftOut
from bot.packs.formats.mkdocs_quiz_questions import ANSWER, SEPARATOR
from bot.packs.formats.page_lines import Fences

_ANSWER_INDENT: Final = "      "
_NO_PLACE: Final = "a page for mkdocs-quiz has no place for it"
_SHORT: Final = {
    Kind.NUMERIC: "a number with a tolerance",
    Kind.FREE_TEXT: "an answer in one's own words",
    Kind.ORDERING: "putting things in order",
    Kind.MATCHING: "matching",
}


def write(pack: Pack) -> Exported:
    """Return the decks of *pack* as pages, and everything that these do not hold."""
    left_out: list[LeftOut] = []
    files = {f"{_own(deck.id)}.md": _page(deck, pack, left_out).encode() for deck in pack.decks}
    left_out.extend(_studies(pack))
    return Exported(files, tuple(left_out))


def _own(whole: str) -> str:
    """Return an id without the pack's in front."""
    return whole.partition("/")[2] or whole


def _page(deck: Deck, pack: Pack, left_out: list[LeftOut]) -> str:
    parts = ["---", f"title: {_quoted(deck.title)}"]
    parts += [f"description: {_quoted(deck.description)}"] * bool(deck.description)
    parts += ["---", ""]
    topic = ""
    for item in deck.items:
        block = _block(item, left_out)
        if block is None:
            continue
        if item.topic != topic and item.topic in pack.topics:
            parts += [f"## {_line(pack.topics[item.topic])}", ""]
        topic = item.topic
        parts += ["<quiz>", block, "</quiz>", ""]
    return "\n".join(parts)


def _quoted(text: str) -> str:
    escaped = _line(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _line(text: str) -> str:
    return " ".join(text.split())


def _block(item: Item, left_out: list[LeftOut]) -> str | None:
    """Return what stands between the tags; None when the page cannot hold the item, which is then told."""
    why = _reason(item)
    if why:
        left_out.append(LeftOut(item.id, "the question", why))
        return None
    text = _choice(item) if isinstance(item.key, ChoiceKey) else _fill_in(item)
    why = _disturbing(item, text)
    if why:
        left_out.append(LeftOut(item.id, "the question", why))
        return None
    left_out.extend(LeftOut(item.id, what, _NO_PLACE) for what in _details(item))
    return text


def _reason(item: Item) -> str:
    if item.off:
        return f"it is switched off: {item.off}"
    match item.key:
        case ChoiceKey():
            return ""
        case BlanksKey():
            texts = [blank.accept[0] for blank in item.key.blanks]
            bad = next((text for text in texts if set("[]\n") & set(text) or text != text.strip()), None)
            return "" if bad is None else f"the answer `{bad}` cannot stand in double square brackets"
        case _:
            return f"mkdocs-quiz does not ask for {_SHORT[item.kind]}"


def _disturbing(item: Item, text: str) -> str:
    """Return why *text* would be read as something else, "" when it would not."""
    prompt = _prompt(item)
    if "<quiz>" in text or "</quiz>" in text:
        return "its text holds a tag of mkdocs-quiz"
    if _marks(prompt) or _marks(item.explanation):
        return "a line of its text would be read as an answer"
    if isinstance(item.key, BlanksKey):
        if "[[" in prose.without_code(prompt):
            return "its prompt holds double square brackets"
        if any(line.strip() == SEPARATOR for line in prompt.splitlines()):
            return "its prompt holds a dividing line"
    if any(option.text.lstrip().startswith(">") for option in item.options):
        return "an option begins with `>`, which would be read as feedback"
    return ""


def _marks(text: str) -> bool:
    """Return whether a line of *text*, outside of code, looks like an answer."""
    rows = text.split("\n")
    code = Fences(rows).code()
    return any(at not in code and ANSWER.match(row) for at, row in enumerate(rows))


def _prompt(item: Item) -> str:
    scenario = f"{item.scenario.strip()}\n\n" if item.scenario else ""
    return f"{scenario}{item.prompt.strip()}"


def _choice(item: Item) -> str:
    assert isinstance(item.key, ChoiceKey)  # noqa: S101 - the caller told the keys apart
    parts = [_prompt(item), *(_answer(option, item.key.right) for option in item.options)]
    if item.explanation:
        parts += ["", item.explanation.strip()]
    return "\n".join(parts)


def _answer(option: Option, right: tuple[OptionId, ...]) -> str:
    head, *further = option.text.strip().split("\n")
    mark = "x" if option.id in right else " "
    rows = [f"- [{mark}] {head}", *(f"{_ANSWER_INDENT}{row}".rstrip() for row in further)]
    rows += [f"> {row}".rstrip() for row in option.feedback.strip().split("\n") if option.feedback]
    return "\n".join(rows)


def _fill_in(item: Item) -> str:
    assert isinstance(item.key, BlanksKey)  # noqa: S101 - the caller told the keys apart
    prompt = _prompt(item)
    bare = prose.without_code(prompt)
    pieces, done = [], 0
    for gap, blank in zip(re.finditer(r"_{3,}", bare), item.key.blanks, strict=False):
        pieces += [prompt[done : gap.start()], f"[[{blank.accept[0]}]]"]
        done = gap.end()
    text = "".join(pieces) + prompt[done:]
    return f"{text}\n\n{SEPARATOR}\n{item.explanation.strip()}" if item.explanation else text


def _details(item: Item) -> Iterator[str]:
    """Yield what a page does not hold of an item that it holds."""
    if isinstance(item.key, BlanksKey):
        yield from (
            f"the other accepted answers of a blank: {', '.join(blank.accept[1:])}"
            for blank in item.key.blanks
            if len(blank.accept) > 1
        )
        if any(blank.exact for blank in item.key.blanks):
            yield "that a blank is exact"
    if item.scenario:
        yield "the case study that it belongs to; its scenario stands before the prompt"
    told = {
        "the difficulty": item.difficulty is not Difficulty.MEDIUM,
        "the hints": item.hints,
        "the sources": item.sources,
        "the date until which it is valid": item.valid_until,
        "the seconds to answer in": item.seconds,
        "the other blueprints that it serves": item.serves,
        "the options' places": any(option.place is not Place.ANY for option in item.options),
    }
    yield from (what for what, there in told.items() if there)


def _studies(pack: Pack) -> Iterator[LeftOut]:
    """Yield the cards, notes and labs, none of which a page holds."""
    for deck in pack.cards:
        yield from (LeftOut(card.id, "the card", _NO_PLACE) for card in deck.cards)
    yield from (LeftOut(note.id, "the note", _NO_PLACE) for note in pack.notes)
    yield from (LeftOut(lab.id, "the lab", _NO_PLACE) for lab in pack.labs)
