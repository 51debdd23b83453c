"""Markup: words and their stresses as the elements of Slack's rich text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil
from typing import Final, assert_never

from bot.adapters.slack.payloads import Block
from bot.wording.cleaning import clean_line, clean_text
from bot.wording.plain import plain_inline
from bot.wording.views import (
    Break,
    ChannelName,
    Code,
    Emphasis,
    Inline,
    Link,
    Moment,
    RoleName,
    Strong,
    Text,
)

LONGEST_URL: Final = 1000
"""A longer address is shown and not linked."""

TO_THE_MINUTE: Final = "{date_short_pretty} {time}"
TO_THE_SECOND: Final = "{time_secs}"
"""How Slack shows a moment by each reader's own clock."""

GAP: Final = "\u200b"
"""A blank without width."""

_WEB: Final = re.compile(r"https?://\S", re.IGNORECASE)
_NOT_IN_URL: Final = re.compile(r"[\s<>|\\\"`{}^\[\]]")
_CHANNEL: Final = re.compile(r"(?:T[A-Z0-9]{1,20}/)?(?P<id>[CG][A-Z0-9]{2,20})(?:/[0-9.]{1,20})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Style:
    """How some words stand out."""

    strong: bool = False
    emphasis: bool = False
    code: bool = False
    url: str = ""


PLAIN: Final = Style()
STRONG: Final = Style(strong=True)


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one style, on one line. A run with an *element* of its own is shown as that, and never cut."""

    text: str
    style: Style = PLAIN
    element: Block | None = None


Runs = tuple[Run, ...]


def lines_of(content: Iterable[Inline]) -> tuple[Runs, ...]:
    """Return *content* as lines of runs, at least one line."""
    lines: list[list[Run]] = [[]]
    for run in _runs(content, PLAIN):
        first, *others = (run.text,) if run.element else run.text.split("\n")
        lines[-1].append(replace(run, text=first))
        lines.extend([replace(run, text=text)] for text in others)
    return tuple(tidied(line) for line in lines)


def line_of(content: Iterable[Inline]) -> Runs:
    """Return *content* as one line: its line ends become spaces."""
    return joined(lines_of(content), (Run(" "),))


def joined(parts: Iterable[Runs], between: Runs) -> Runs:
    """Return *parts* as one line, with *between* in between."""
    runs: list[Run] = []
    for number, part in enumerate(parts):
        runs.extend((*between, *part) if number else part)
    return tidied(runs)


def strengthened(runs: Iterable[Run]) -> Runs:
    """Return *runs* with all of it important."""
    return tidied(replace(run, style=replace(run.style, strong=True)) for run in runs)


def tidied(runs: Iterable[Run]) -> Runs:
    """Return *runs* without empty ones, and with neighbours of one style joined."""
    merged: list[Run] = []
    for run in runs:
        last = merged[-1] if merged else None
        if not run.text:
            continue
        if last is not None and last.style == run.style and not last.element and not run.element:
            merged[-1] = replace(last, text=last.text + run.text)
        else:
            merged.append(run)
    return tuple(merged)


def element_of(run: Run) -> Block:
    """Return *run* as an element of a rich text."""
    stresses = {"bold": run.style.strong, "italic": run.style.emphasis, "code": run.style.code}
    style = {name: True for name, on in stresses.items() if on}
    styled: Block = {"style": style} if style else {}
    if run.element is not None:
        return {**run.element, **styled}
    if run.style.url:
        return {"type": "link", "url": run.style.url, "text": run.text, **styled}
    return {"type": "text", "text": run.text, **styled}


def moment(at: datetime, form: str, fallback: str) -> Run:
    """Return the moment *at* in the *form* of Slack's, shown by each reader's own clock."""
    said = clean_line(fallback) or at.isoformat()
    date = {"type": "date", "timestamp": ceil(at.timestamp()), "format": form, "fallback": said}
    return Run(said, element=date)


def emoji(name: str) -> Run:
    """Return the emoji that Slack calls *name*."""
    return Run(f":{name}:", element={"type": "emoji", "name": name})


# ------------------------------------------------------------------------------------------- inline to runs


def _runs(content: Iterable[Inline], style: Style) -> Iterator[Run]:
    for one in content:
        yield from _run(one, style)


def _run(one: Inline, style: Style) -> Iterator[Run]:
    match one:
        case Text(text=text):
            yield Run(clean_text(text), style)
        case Code(text=text):
            yield Run(clean_text(text), replace(style, code=True))
        case Strong(children=children):
            yield from _runs(children, replace(style, strong=True))
        case Emphasis(children=children):
            yield from _runs(children, replace(style, emphasis=True))
        case Link():
            yield from _link(one, style)
        case Break():
            yield Run("\n", style)
        case Moment(at=at, text=text):
            yield replace(moment(at, TO_THE_MINUTE, text), style=style)
        case RoleName(id=role):
            # Slack has no way to show a group that does not call it.
            yield Run(f"@{clean_line(role)}", style)
        case ChannelName(id=channel):
            yield _channel(channel, style)
        case _:
            assert_never(one)


def _channel(id_: str, style: Style) -> Run:
    """Return the name of a channel, which Slack shows for its id; of no id, the text it is."""
    found = _CHANNEL.fullmatch(id_)
    if found is None:
        return Run(f"#{clean_line(id_)}", style)
    return Run(f"#{found['id']}", style, {"type": "channel", "channel_id": found["id"]})


def _link(link: Link, style: Style) -> Iterator[Run]:
    """Yield a link that can be followed; words that look like another address have theirs beside them."""
    url, said = clean_line(link.url), clean_line(plain_inline(link.children))
    safe = _NOT_IN_URL.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), url)
    if not _WEB.match(url) or len(safe) > LONGEST_URL or style.url:
        beside = f" ({url})" if said and said != url else ""
        yield from _runs(link.children if said else (Text(url),), style)
        yield Run(beside, style)
    elif said in {url, ""}:
        yield Run(url, replace(style, url=safe))
    elif "://" in said:
        yield from (*_runs(link.children, style), Run(" (", style))
        yield from (Run(url, replace(style, url=safe)), Run(")", style))
    else:
        yield from _runs(link.children, replace(style, url=safe))
