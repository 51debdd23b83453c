"""Pieces: the few shapes that every view is put together from."""

from collections.abc import Iterable, Sequence

from bot.core.ids import RoundId
from bot.core.questions import letter
from bot.wording.actions import Pressable, encode
from bot.wording.cleaning import shorten
from bot.wording.markup import blocks_of
from bot.wording.plain import plain
from bot.wording.views import (
    Block,
    Button,
    Choice,
    Choices,
    Control,
    Inline,
    Paragraph,
    Strong,
    Style,
    Text,
    Tone,
    View,
)

LONGEST_TITLE = 200


def view(
    tone: Tone, title: str, blocks: Iterable[Block | None], controls: Sequence[Control] = (), *, alt: str = ""
) -> View:
    """Return a view; its *alt* is all that the blocks say but for what is quiet, unless given."""
    shown = tuple(block for block in blocks if block is not None)
    head = shorten(title, LONGEST_TITLE)
    loud = [block for block in shown if not (isinstance(block, Paragraph) and block.quiet)]
    return View(
        tone, head, alt or "\n\n".join(part for part in (head, plain(loud)) if part), shown, tuple(controls)
    )


def paragraph(text: str) -> Paragraph | None:
    """Return *text* as a paragraph; nothing when there is none."""
    return Paragraph((Text(text),)) if text else None


def paragraphs(*texts: str) -> tuple[Paragraph, ...]:
    """Return each of *texts* as a paragraph, and nothing for what is empty."""
    return tuple(Paragraph((Text(text),)) for text in texts if text)


def strong(text: str) -> Paragraph:
    """Return *text* as a paragraph that stands out."""
    return Paragraph((Strong((Text(text),)),))


def quiet(content: str | tuple[Inline, ...]) -> Paragraph:
    """Return *content* as a paragraph that stays in the background."""
    return Paragraph((Text(content),) if isinstance(content, str) else content, quiet=True)


def button(
    command: Pressable, round_: RoundId, *, label: str, hint: str, style: Style = Style.PLAIN
) -> Button:
    """Return a button that sends *command* to *round_*."""
    return Button(encode(command, round_), label, hint, style)


def lettered(texts: Sequence[str]) -> Choices | None:
    """Return options in their shown order, the first of them A; nothing when there are none."""
    if not texts:
        return None
    return Choices(tuple(Choice(letter(place), blocks_of(text)) for place, text in enumerate(texts)))


def line_of(text: str) -> str:
    """Return the words of a piece of Markdown on one line."""
    return " ".join(plain(blocks_of(text)).split())
