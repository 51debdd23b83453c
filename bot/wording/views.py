"""Views: what a reader sees, said without any transport's own words.

A :class:`View` is built by :mod:`bot.wording` and turned into a payload by an adapter's ``outbound``, which
may show a block in its own way but loses none: each block has a plain-text form in :mod:`bot.wording.plain`.
Text that a person or a pack wrote is only ever inside :class:`Text` or :class:`Code`: it is text, never
markup. Every class carries its ``type`` so that a view survives JSON.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from bot.wording.pictures import Facts

# --------------------------------------------------------------------------------------------------- inline


@dataclass(frozen=True, slots=True)
class Text:
    """A run of plain characters."""

    text: str
    type: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class Code:
    """A run of characters in the code font."""

    text: str
    type: Literal["code"] = "code"


@dataclass(frozen=True, slots=True)
class Strong:
    """Important."""

    children: tuple["Inline", ...]
    type: Literal["strong"] = "strong"


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Stressed."""

    children: tuple["Inline", ...]
    type: Literal["emphasis"] = "emphasis"


@dataclass(frozen=True, slots=True)
class Link:
    """A link; *url* is http or https."""

    children: tuple["Inline", ...]
    url: str
    type: Literal["link"] = "link"


@dataclass(frozen=True, slots=True)
class Break:
    """A new line inside a paragraph."""

    type: Literal["break"] = "break"


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment, shown by the reader's own clock where that can be known, else as *text*, which is whole."""

    at: datetime
    text: str
    type: Literal["moment"] = "moment"


@dataclass(frozen=True, slots=True)
class RoleName:
    """The name of a role, by the platform's *id* of it. Shown, never called."""

    id: str
    type: Literal["role"] = "role"


@dataclass(frozen=True, slots=True)
class ChannelName:
    """The name of a channel, by the platform's *id* of it; a way to go there where there is one."""

    id: str
    type: Literal["channel"] = "channel"


Inline = Text | Code | Strong | Emphasis | Link | Break | Moment | RoleName | ChannelName

# --------------------------------------------------------------------------------------------------- blocks


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a view."""

    content: tuple[Inline, ...]
    type: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; *quiet* marks what is secondary (footnotes, sources)."""

    content: tuple[Inline, ...]
    quiet: bool = False
    type: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Lines in the code font, kept as they are."""

    text: str
    language: str = ""
    type: Literal["code_block"] = "code_block"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; *start* is the first number of an ordered list, None for bullets."""

    items: tuple[tuple["Block", ...], ...]
    start: int | None = None
    type: Literal["bullets"] = "bullets"


@dataclass(frozen=True, slots=True)
class Quote:
    """Something said elsewhere, such as the scenario of a case study."""

    children: tuple["Block", ...]
    type: Literal["quote"] = "quote"


@dataclass(frozen=True, slots=True)
class Table:
    """A table; *align* has ``left`` or ``right`` a column.

    *mine* are the rows that are the reader's own, counted from 0; it is None where who words the table does
    not know who reads it, as of what a whole channel sees.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    align: tuple[Literal["left", "right"], ...]
    caption: str = ""
    mine: tuple[int, ...] | None = None
    type: Literal["table"] = "table"


class Mark(StrEnum):
    """How an option stands after the reveal."""

    NONE = "none"
    RIGHT = "right"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Choice:
    """One option as it is shown. After the reveal *count* of *of* chose it and *feedback* says why."""

    letter: str
    content: tuple["Block", ...]
    mark: Mark = Mark.NONE
    count: int | None = None
    of: int | None = None
    feedback: tuple["Block", ...] = ()
    type: Literal["choice"] = "choice"


@dataclass(frozen=True, slots=True)
class Choices:
    """The options of a question, lettered in their shown order."""

    choices: tuple[Choice, ...]
    type: Literal["choices"] = "choices"


@dataclass(frozen=True, slots=True)
class Countdown:
    """A clock that runs from *start* to *end*; *label* says what it counts (``to answer``)."""

    start: datetime
    end: datetime
    label: str
    type: Literal["countdown"] = "countdown"


@dataclass(frozen=True, slots=True)
class Progress:
    """*value* of *total*, as ``2 of 3 have answered``; *label* is the whole sentence.

    With a *total* of 0 nobody knows how many will come, and nothing is to be drawn.
    """

    value: int
    total: int
    label: str
    type: Literal["progress"] = "progress"


@dataclass(frozen=True, slots=True)
class PodiumStep:
    """One place on the podium; ties share a rank."""

    rank: int
    name: str
    points: str
    type: Literal["podium_step"] = "podium_step"


@dataclass(frozen=True, slots=True)
class Podium:
    """The first three ranks; a picture where people would rather look, *alt* says the same."""

    steps: tuple[PodiumStep, ...]
    alt: str
    type: Literal["podium"] = "podium"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to be drawn from *facts*, whose *alt* says what it shows.

    Only a formula stands in other blocks; a transport that cannot show it there shows its *text*.
    *text* says the same in blocks, for who would rather read or listen, and where no picture can be shown.
    """

    facts: Facts
    text: tuple["Block", ...] = ()
    type: Literal["picture"] = "picture"


@dataclass(frozen=True, slots=True)
class File:
    """A file to take away: its *name*, its *data* in base 64, and what leads to it is called *label*.

    It stands in no other block.
    """

    name: str
    data: str
    label: str
    type: Literal["file"] = "file"


Block = (
    Heading
    | Paragraph
    | CodeBlock
    | Bullets
    | Quote
    | Table
    | Choices
    | Countdown
    | Progress
    | Podium
    | Picture
    | File
)

# ------------------------------------------------------------------------------------------------- controls


class Style(StrEnum):
    """How much a button stands out."""

    PRIMARY = "primary"
    PLAIN = "plain"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Button:
    """Sends *action*. *label* is short (a letter, a word); *hint* says the whole for a screen reader.

    *newcomers* says that it is of no use to who takes part already, where that can be known.
    """

    action: str
    label: str
    hint: str = ""
    style: Style = Style.PLAIN
    newcomers: bool = False
    type: Literal["button"] = "button"


@dataclass(frozen=True, slots=True)
class Picker:
    """Pick from *options*: sends *action* with positions.

    ``one``: one position. ``many``: any number from *least* to *most*. ``order``: every position in the
    order that the learner puts them. ``match``: for each of *stems* the position of an option.
    A picker of kind ``one`` may be shown as a row of buttons labelled *letters*. With *practice* it changes
    nothing: the reply says how it went, and the reader may send again.
    """

    action: str
    how: Literal["one", "many", "order", "match"]
    options: tuple[str, ...]
    letters: tuple[str, ...]
    label: str
    submit: str
    stems: tuple[str, ...] = ()
    least: int = 1
    most: int = 1
    practice: bool = False
    type: Literal["picker"] = "picker"


@dataclass(frozen=True, slots=True)
class Field:
    """One text to type; *value* is in the field already. With *lines* it may have several lines."""

    label: str
    hint: str = ""
    longest: int = 1000
    numeric: bool = False
    lines: bool = False
    optional: bool = False
    value: str = ""
    type: Literal["field"] = "field"


@dataclass(frozen=True, slots=True)
class Form:
    """Type one text a field: sends *action* with the texts. *practice* is that of a :class:`Picker`."""

    action: str
    fields: tuple[Field, ...]
    label: str
    submit: str
    practice: bool = False
    type: Literal["form"] = "form"


Control = Button | Picker | Form


class Tone(StrEnum):
    """What kind of message this is; an adapter may colour by it, words never depend on it."""

    LOBBY = "lobby"
    QUESTION = "question"
    REVEAL = "reveal"
    PODIUM = "podium"
    GOOD = "good"
    INFO = "info"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class View:
    """One message. *title* and *alt* are plain text; *alt* alone tells a listener all that matters.

    *mention* is the platform's id of a role that the message calls, "" for none. It stands in a first line of
    its own and is the only mention that a transport may let through; an edit leaves it as it was. *lasting*
    says that the message may be answered for hours, while the channel goes on below it.

    *reactions* are the emoji to put below the message, in order, of an open question that is answered so, and
    *reacting* says how. A transport that knows reactions shows that sentence instead of the picker, which
    stands among the controls all the same, for those that do not.
    """

    tone: Tone
    title: str
    alt: str
    blocks: tuple[Block, ...] = ()
    controls: tuple[Control, ...] = ()
    mention: str = ""
    lasting: bool = False
    reactions: tuple[str, ...] = ()
    reacting: str = ""
    type: Literal["view"] = field(default="view")
