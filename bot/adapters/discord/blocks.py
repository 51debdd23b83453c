"""Blocks: each block of a view as lines of Discord's Markdown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil
from typing import Final, assert_never

from bot.adapters.discord.lines import Line, code_lines
from bot.adapters.discord.markup import GAP, PLAIN, STRONG, Run, Runs, lines_of, strengthened, tidied
from bot.adapters.discord.tables import table_lines
from bot.wording.cleaning import clean_line, clean_text
from bot.wording.discord_sentences import SAY
from bot.wording.signs import MARKS, MEDALS, bar
from bot.wording.views import (
    Block,
    Bullets,
    Choice,
    Choices,
    CodeBlock,
    Countdown,
    File,
    Heading,
    Mark,
    Paragraph,
    Picture,
    Podium,
    Progress,
    Quote,
    Table,
)

_LONG: Final = 3600
"""So many seconds want the hour said as well."""

_QUOTED: Final = "> "


@dataclass(frozen=True, slots=True)
class Inside:
    """What a block stands in: a quote, and so many lists."""

    quoted: bool = False
    lists: int = 0

    @property
    def lead(self) -> str:
        """Return what begins each line here."""
        return (_QUOTED if self.quoted else "") + "  " * self.lists

    @property
    def edge(self) -> str:
        """Return what begins each line here that no list may hold."""
        return _QUOTED if self.quoted else ""


def block_lines(block: Block, inside: Inside | None = None) -> tuple[Line, ...]:  # noqa: C901, PLR0911 - one case a block
    """Return *block* as lines; nothing where it says nothing."""
    here = inside or Inside()
    match block:
        case Heading(content=content):
            return _lines((strengthened(runs) for runs in lines_of(content)), here.lead)
        case Paragraph(content=content, quiet=quiet):
            small = "-# " if quiet and not here.lists else ""
            return _lines(lines_of(content), here.lead + small)
        case CodeBlock(text=text, language=language):
            return code_lines(text, language, here.edge) if text.strip() else ()
        case Bullets():
            return _bullets(block, here)
        case Quote(children=children):
            return stacked(children, replace(here, quoted=True))
        case Table():
            return table_lines(block, here.lead)
        case Choices():
            return _choices(block)
        case Countdown():
            return (Line(_countdown(block), here.lead, here.lead),)
        case Progress():
            return (Line(_progress(block), here.lead, here.lead),)
        case Podium():
            return _podium(block, here.lead)
        case Picture():
            return picture_lines(block, here)
        case File(label=label):
            return _lines(_plain_lines(label), here.lead)
        case _:
            assert_never(block)


def stacked(blocks: Iterable[Block], inside: Inside) -> tuple[Line, ...]:
    """Return *blocks* below each other, with an empty line between them; in a list without one."""
    lines: list[Line] = []
    for block in blocks:
        more = block_lines(block, inside)
        if lines and more and not inside.lists and not _belong(lines[-1], more[0]):
            lines.append(Line((), inside.lead, inside.lead))
        lines.extend(more)
    return tuple(lines)


def picture_lines(picture: Picture, inside: Inside | None = None) -> tuple[Line, ...]:
    """Return what *picture* shows in words."""
    here = inside or Inside()
    if picture.text:
        return stacked(picture.text, here)
    return _lines(_plain_lines(picture.facts.alt), here.lead)


def _belong(before: Line, after: Line) -> bool:
    """Tell whether two blocks stand close: a code block has its own frame."""
    return before.fence is not None or after.fence is not None


def _lines(lines: Iterable[Runs], lead: str) -> tuple[Line, ...]:
    """Return *lines* without empty ones at their ends; nothing where all are empty."""
    made = [Line(runs, lead, lead) for runs in lines]
    while made and not _says(made[-1]):
        made.pop()
    while made and not _says(made[0]):
        made.pop(0)
    return tuple(made)


def _says(line: Line) -> bool:
    return any(run.text.strip() for run in line.runs)


def _plain_lines(text: str) -> tuple[Runs, ...]:
    return tuple(tidied((Run(line),)) for line in clean_text(text).split("\n"))


# ---------------------------------------------------------------------------------------------------- lists


def _bullets(block: Bullets, here: Inside) -> tuple[Line, ...]:
    lines: list[Line] = []
    for place, item in enumerate(block.items):
        mark = "- " if block.start is None else f"{block.start + place}. "
        lines.extend(_item(item, mark, here))
    return tuple(lines)


def _item(item: Sequence[Block], mark: str, here: Inside) -> tuple[Line, ...]:
    """Return one item, whose first line has the *mark* unless it is a block with a frame of its own."""
    deeper = replace(here, lists=here.lists + 1)
    lines = stacked(item, deeper)
    if lines and lines[0].fence is None and lines[0].lead == deeper.lead:
        return replace(lines[0], lead=here.lead + mark), *lines[1:]
    return Line((Run(GAP),), here.lead + mark, deeper.lead), *lines


# -------------------------------------------------------------------------------------------------- choices


def _choices(block: Choices) -> tuple[Line, ...]:
    return tuple(line for choice in block.choices for line in _choice(choice))


def _choice(choice: Choice) -> tuple[Line, ...]:
    """Return an option: its sign and letter, what it says, how it went; below it why."""
    letter = (Run(MARKS[choice.mark]), Run(f"{clean_line(choice.letter)}.", STRONG))
    told = " · ".join(_told(choice))
    content = stacked(choice.content, Inside())
    feedback = stacked(choice.feedback, Inside(quoted=True))
    if not content or content[0].fence is not None or content[0].lead:
        return Line(tidied((*letter, Run(f" {told}" if told else "")))), *content, *feedback
    first, *others = content
    beside = (Run(f" · {told}"),) if told and not others else ()
    below = (Line(tidied((Run(told),))),) if told and others else ()
    return Line(tidied((*letter, Run(" "), *first.runs, *beside))), *others, *below, *feedback


def _told(choice: Choice) -> list[str]:
    """Return how an option went, in words: its sign alone tells not everybody."""
    words = {Mark.NONE: "", Mark.RIGHT: SAY.right_mark(), Mark.WRONG: SAY.wrong_mark()}
    told = [words[choice.mark]]
    if choice.count is not None:
        told.append(str(choice.count) if choice.of is None else SAY.chosen(choice.count, choice.of))
    return [word for word in told if word]


# -------------------------------------------------------------------------------------- clocks, bars, medals


def _countdown(block: Countdown) -> Runs:
    """Return a clock that each reader's own program lets run."""
    label = block.label[:1].upper() + block.label[1:]
    left = (Run(f"⏳ {label}: "), _moment(block.end, "R"))
    if (block.end - block.start).total_seconds() < _LONG:
        return tidied(left)
    return tidied((*left, Run(" ("), _moment(block.end, "f"), Run(")")))


def _moment(at: datetime, form: str) -> Run:
    return Run(f"<t:{ceil(at.timestamp())}:{form}>", PLAIN, token=True)


def _progress(block: Progress) -> Runs:
    if block.total <= 0:
        return tidied((Run(clean_line(block.label)),))
    return tidied((Run(f"{bar(block.value, block.total)} {clean_line(block.label)}"),))


def _podium(block: Podium, lead: str) -> tuple[Line, ...]:
    if not block.steps:
        return _lines(_plain_lines(block.alt), lead)
    return tuple(
        Line(
            tidied(
                (
                    Run(f"{MEDALS.get(step.rank, f'{step.rank}.')} "),
                    Run(clean_line(step.name), STRONG),
                    Run(f" · {clean_line(step.points)}"),
                )
            ),
            lead,
            lead,
        )
        for step in block.steps
    )
