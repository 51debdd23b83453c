"""Blocks: each block of a view as lines in Slack's frames."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from typing import Final, assert_never

from bot.adapters.slack.lines import DEEPEST, Frame, Kind, Line, Lines, code_lines
from bot.adapters.slack.markup import (
    GAP,
    STRONG,
    TO_THE_MINUTE,
    TO_THE_SECOND,
    Run,
    Runs,
    emoji,
    joined,
    lines_of,
    moment,
    strengthened,
    tidied,
)
from bot.adapters.slack.tables import table_lines
from bot.wording.cleaning import clean_line, clean_text
from bot.wording.signs import MARKS, MEDALS, bar
from bot.wording.slack_sentences import SAY
from bot.wording.views import (
    Block,
    Bullets,
    Choice,
    Choices,
    CodeBlock,
    Countdown,
    File,
    Heading,
    Inline,
    Mark,
    Moment,
    Paragraph,
    Picture,
    Podium,
    Progress,
    Quote,
    Table,
)

_LONG: Final = 3600
"""A clock that runs so many seconds says the day, and not how long it runs."""


@dataclass(frozen=True, slots=True)
class Inside:
    """What a block stands in: a quote, so many lists, and the item of the innermost."""

    quote: Frame | None = None
    lists: int = 0
    item: Frame | None = None

    def frame(self) -> Frame:
        """Return the frame of a line here."""
        return self.item or self.quote or Frame()


Numbers = Mapping[str, str]
"""The emoji that stands beside each letter, by Slack's name of it."""


def block_lines(block: Block, inside: Inside | None = None) -> Lines:  # noqa: C901, PLR0911 - one case a block
    """Return *block* as lines; nothing where it says nothing."""
    here = inside or Inside()
    match block:
        case Heading(content=content):
            return _lines((strengthened(runs) for runs in lines_of(content)), here.frame())
        case Paragraph(content=content, quiet=quiet):
            small = quiet and here.frame().kind is Kind.PLAIN
            return _lines(lines_of(content), Frame(Kind.QUIET) if small else here.frame())
        case CodeBlock(text=text):
            return code_lines(text, quoted=here.quote is not None) if text.strip() else ()
        case Bullets():
            return _bullets(block, here)
        case Quote(children=children):
            return stacked(
                children, replace(here, quote=here.quote or Frame(Kind.QUOTE, quoted=True), item=None)
            )
        case Table():
            return table_lines(block, here.frame(), quoted=here.quote is not None)
        case Choices():
            return choice_lines(block, {})
        case Countdown():
            return (Line(_countdown(block), here.frame()),)
        case Progress():
            return (Line(_progress(block), here.frame()),)
        case Podium():
            return _podium(block, here.frame())
        case Picture():
            return picture_lines(block, here)
        case File(label=label):
            return _lines(_plain_lines(label), here.frame())
        case _:
            assert_never(block)


def stacked(blocks: Iterable[Block], inside: Inside) -> Lines:
    """Return *blocks* below each other, in a list close together and else with an empty line between them."""
    lines: list[Line] = []
    for block in blocks:
        more = block_lines(block, inside)
        if lines and more and not inside.lists and _touch(lines[-1].frame, more[0].frame):
            lines.append(Line((), lines[-1].frame))
        lines.extend(more)
    return tuple(lines)


def picture_lines(picture: Picture, inside: Inside | None = None) -> Lines:
    """Return what *picture* shows in words."""
    here = inside or Inside()
    if picture.text:
        return stacked(picture.text, here)
    return _lines(_plain_lines(picture.facts.alt), here.frame())


def _touch(before: Frame, after: Frame) -> bool:
    """Tell whether two blocks would stand close: lists and boxes of code keep a distance of their own."""
    apart = {Kind.CODE, Kind.ITEM, Kind.QUIET}
    return before.kind not in apart and after.kind not in apart


def _lines(lines: Iterable[Runs], frame: Frame) -> Lines:
    """Return *lines* without empty ones at their ends; nothing where all are empty."""
    made = [Line(runs, frame) for runs in lines]
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


def _bullets(block: Bullets, here: Inside) -> Lines:
    lines: list[Line] = []
    for place, item in enumerate(block.items):
        number = None if block.start is None else block.start + place
        frame = Frame(Kind.ITEM, here.quote is not None, min(here.lists, DEEPEST), number)
        lines.extend(_item(item, replace(here, lists=here.lists + 1, item=frame)))
    return tuple(lines)


def _item(item: Sequence[Block], here: Inside) -> Lines:
    """Return one item. What comes after a box or a list in it stands below, for Slack ends the item there."""
    frame = here.frame()
    lines = list(stacked(item, here))
    if not lines or lines[0].frame is not frame:
        lines.insert(0, Line((Run(GAP),), frame))
    ended = next((place for place, line in enumerate(lines) if line.frame is not frame), len(lines))
    below = here.quote or Frame()
    return (
        *lines[:ended],
        *(replace(line, frame=below) if line.frame is frame else line for line in lines[ended:]),
    )


# -------------------------------------------------------------------------------------------------- choices


def choice_lines(block: Choices, numbers: Numbers) -> Lines:
    """Return the options of a question, each with the emoji that stands for it where *numbers* has one."""
    return tuple(line for choice in block.choices for line in _choice(choice, numbers))


def _choice(choice: Choice, numbers: Numbers) -> Lines:
    """Return an option: its sign and letter, what it says, how it went; below it why."""
    frame = Frame()
    name = numbers.get(choice.letter)
    number = (emoji(name), Run(" ")) if name else ()
    letter = (*number, Run(MARKS[choice.mark]), Run(f"{clean_line(choice.letter)}.", STRONG))
    told = " · ".join(_told(choice))
    content = stacked(choice.content, Inside(item=frame))
    feedback = stacked(choice.feedback, Inside(Frame(Kind.QUOTE, quoted=True)))
    if not content or content[0].frame is not frame:
        return Line(tidied((*letter, Run(f" {told}" if told else ""))), frame), *content, *feedback
    first, *others = content
    beside = (Run(f" · {told}"),) if told and not others else ()
    below = (Line(tidied((Run(told),)), frame),) if told and others else ()
    return Line(tidied((*letter, Run(" "), *first.runs, *beside)), frame), *others, *below, *feedback


def _told(choice: Choice) -> list[str]:
    """Return how an option went, in words: its sign alone tells not everybody."""
    words = {Mark.NONE: "", Mark.RIGHT: SAY.right_mark(), Mark.WRONG: SAY.wrong_mark()}
    told = [words[choice.mark]]
    if choice.count is not None:
        told.append(str(choice.count) if choice.of is None else SAY.chosen(choice.count, choice.of))
    return [word for word in told if word]


# -------------------------------------------------------------------------------------- clocks, bars, medals


def _countdown(block: Countdown) -> Runs:
    """Return how long a clock runs and until when."""
    seconds = round((block.end - block.start).total_seconds())
    end = block.end.astimezone(UTC)
    label = clean_line(block.label)
    if 0 < seconds < _LONG:
        until = Moment(end, f"{end:%H:%M:%S} UTC")
        return _clock(SAY.counting(seconds, label, until), TO_THE_SECOND)
    return _clock(SAY.open_until(label, Moment(end, f"{end:%Y-%m-%d %H:%M} UTC")), TO_THE_MINUTE)


def _clock(said: Iterable[Inline], form: str) -> Runs:
    parts = (
        (moment(one.at, form, one.text),) if isinstance(one, Moment) else line
        for one in said
        for line in lines_of((one,))
    )
    return joined(((Run("⏳ "),), *parts), ())


def _progress(block: Progress) -> Runs:
    label = clean_line(block.label)
    return tidied((Run(f"{bar(block.value, block.total)} {label}" if block.total > 0 else label),))


def _podium(block: Podium, frame: Frame) -> Lines:
    if not block.steps:
        return _lines(_plain_lines(block.alt), frame)
    return tuple(
        Line(
            tidied(
                (
                    Run(f"{MEDALS.get(step.rank, f'{step.rank}.')} "),
                    Run(clean_line(step.name), STRONG),
                    Run(f" · {clean_line(step.points)}"),
                )
            ),
            frame,
        )
        for step in block.steps
    )
