"""Plain text: every block in words alone, for transcripts, notifications and listeners.

A block keeps all it says. What a transport draws (a clock, a bar, steps) is here a line.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC
from itertools import chain
from typing import Final, assert_never

from bot.wording.views import (
    Block,
    Break,
    Bullets,
    Button,
    ChannelName,
    Choice,
    Choices,
    Code,
    CodeBlock,
    Control,
    Countdown,
    Emphasis,
    File,
    Form,
    Heading,
    Inline,
    Link,
    Mark,
    Moment,
    Paragraph,
    Picker,
    Picture,
    Podium,
    Progress,
    Quote,
    RoleName,
    Strong,
    Table,
    Text,
    View,
)

_LONG: Final = 3600
"""So many seconds are no time to count down in words."""

_MARKS: Final = {Mark.NONE: "", Mark.RIGHT: "✓ ", Mark.WRONG: "✗ "}


def plain(subject: View | Iterable[Block]) -> str:
    """Return *subject* as plain text, its blocks parted by empty lines; a view begins with whom it calls."""
    if isinstance(subject, View):
        called = f"@{subject.mention}" if subject.mention else ""
        controls = "\n".join(plain_control(control) for control in subject.controls)
        return "\n\n".join(part for part in (called, subject.title, plain(subject.blocks), controls) if part)
    return "\n\n".join(text for block in subject if (text := plain_block(block)))


def plain_inline(content: Iterable[Inline]) -> str:
    """Return *content* as plain text; an address follows the words that link to it."""
    return "".join(_run(run) for run in content)


def plain_block(block: Block) -> str:  # noqa: C901, PLR0911 - one case a block
    """Return one block as plain text."""
    match block:
        case Heading(content=content) | Paragraph(content=content):
            return plain_inline(content)
        case CodeBlock(text=text):
            return text
        case Bullets():
            return _bullets(block)
        case Quote(children=children):
            return _indented("> ", plain(children), "> ")
        case Table():
            return _table(block)
        case Choices(choices=choices):
            return "\n".join(_choice(choice) for choice in choices)
        case Countdown():
            return _countdown(block)
        case Progress(label=label):
            return label
        case Podium(alt=alt):
            return alt
        case Picture():
            return _picture(block)
        case File(label=label):
            return label
        case _:
            assert_never(block)


def pictures_in(blocks: Iterable[Block]) -> Iterator[Picture]:
    """Yield the pictures of *blocks* in reading order, the formulas inside of other blocks included."""
    for block in blocks:
        match block:
            case Picture():
                yield block
            case Quote(children=children):
                yield from pictures_in(children)
            case Bullets(items=items):
                yield from pictures_in(chain.from_iterable(items))
            case Choices(choices=choices):
                yield from pictures_in(chain.from_iterable((*one.content, *one.feedback) for one in choices))
            case _:
                pass


def plain_control(control: Control) -> str:
    """Return one control as plain text: what stands on it, in brackets."""
    match control:
        case Button(label=label):
            return f"[{label}]"
        case Picker(label=label, submit=submit, letters=letters):
            return f"{label} ({', '.join(letters)}) [{submit}]"
        case Form(label=label, submit=submit, fields=fields):
            return f"{label} ({', '.join(field.label for field in fields)}) [{submit}]"
        case _:
            assert_never(control)


def _run(run: Inline) -> str:
    match run:
        case Text(text=text) | Code(text=text) | Moment(text=text):
            return text
        case RoleName(id=role):
            return f"@{role}"
        case ChannelName(id=channel):
            return f"#{channel}"
        case Strong(children=children) | Emphasis(children=children):
            return plain_inline(children)
        case Link(children=children, url=url):
            said = plain_inline(children)
            return said if said == url else f"{said} ({url})"
        case Break():
            return "\n"
        case _:
            assert_never(run)


def _bullets(block: Bullets) -> str:
    lines = []
    for place, item in enumerate(block.items):
        mark = "• " if block.start is None else f"{block.start + place}. "
        lines.append(_indented(mark, plain(item), " " * len(mark)))
    return "\n".join(lines)


def _indented(first: str, text: str, rest: str) -> str:
    head, *tail = text.split("\n")
    return "\n".join((first + head, *((rest + line).rstrip() for line in tail)))


def _table(block: Table) -> str:
    rows = [" | ".join(plain_inline(cell).replace("\n", " ") for cell in row) for row in block.rows]
    header = " | ".join(block.header) if any(block.header) else ""
    return "\n".join(line for line in (block.caption, header, *rows) if line)


def _picture(block: Picture) -> str:
    return plain(block.text) or block.facts.alt


def _choice(choice: Choice) -> str:
    mark = f"{_MARKS[choice.mark]}{choice.letter}. "
    count = "" if choice.count is None else f" ({choice.count})"
    if choice.count is not None and choice.of is not None:
        count = f" ({choice.count}/{choice.of})"
    feedback = f"\n{plain(choice.feedback)}" if choice.feedback else ""
    return _indented(mark, plain(choice.content) + count + feedback, " " * len(mark))


def _countdown(block: Countdown) -> str:
    """Say how long the clock runs; when that is not known, or an hour at least, until when."""
    seconds = round((block.end - block.start).total_seconds())
    if seconds <= 0:
        return f"{block.label}: {block.end.astimezone(UTC):%H:%M:%S} UTC"
    if seconds >= _LONG:
        return f"{block.label}: {block.end.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return f"{seconds // 60}:{seconds % 60:02} {block.label}"
