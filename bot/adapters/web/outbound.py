"""Outbound: messages and frames as the page reads them, and message bodies as the log keeps them."""

import json
from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, repeat
from typing import Annotated, Final, Literal, TypedDict

import structlog
from pydantic import Discriminator, TypeAdapter, ValidationError

from bot.core.commands import ShowMine
from bot.core.effects import AnswerAccepted
from bot.core.items import Kind
from bot.core.questions import CHOICE_KINDS, PICKED_KINDS
from bot.engine.codec import EPOCH
from bot.engine.grammar import Suggestion
from bot.ports import WebMessage, WebPerson
from bot.wording.actions import decode
from bot.wording.pictures import FormulaPicture
from bot.wording.plain import pictures_in
from bot.wording.views import File, Picture, View
from bot.wording.web_sentences import SAY

PRIVATE: Final = "@"
"""What the name of a private channel starts with; its owner's id follows."""

MINE: Final = "@me"
"""What everyone calls the private channel that they own."""

TUTOR: Final = ""
"""The author of our own messages."""

log = structlog.get_logger(__name__)

# --------------------------------------------------------------------------------------------- stored bodies


@dataclass(frozen=True, slots=True)
class Line:
    """What a person typed."""

    text: str
    kind: Literal["line"] = "line"
    v: Literal[1] = 1


@dataclass(frozen=True, slots=True)
class Drawing:
    """One picture as SVG, for a laptop and for a phone."""

    wide: str
    narrow: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One of our own messages.

    *offered* are the actions of every control that the message ever had, so that a press that comes a
    moment too late reaches the engine, which says why. *about* is the message that a confirmed answer
    belongs to (0: none), *question* the question asked there and *asked* its kind, and *labels* what the
    reader answered. *drawings* are the view's pictures in order, None for one that could not be drawn.
    """

    view: View
    offered: tuple[str, ...] = ()
    about: int = 0
    labels: tuple[str, ...] = ()
    question: str = ""
    asked: Kind | None = None
    drawings: "Drawings" = ()
    kind: Literal["view"] = "view"
    v: Literal[1] = 1


Drawings = tuple[Drawing | None, ...]
Body = Annotated[Line | Shown, Discriminator("kind")]
MOST_OFFERED: Final = 100


def shown(view: View, drawings: Drawings = (), before: Body | None = None) -> Shown:
    """Return the body of a message that shows *view*, remembering what *before* called and offered."""
    actions = dict.fromkeys(control.action for control in view.controls)
    if not isinstance(before, Shown):
        return Shown(view, tuple(actions)[:MOST_OFFERED], drawings=drawings)
    offered = (*actions, *(action for action in before.offered if action not in actions))[:MOST_OFFERED]
    return Shown(replace(view, mention=view.mention or before.view.mention), offered, drawings=drawings)


def answered(body: Shown, about: int, accepted: AnswerAccepted) -> Shown:
    """Return *body* as the confirmation of an answer to the message *about*."""
    return replace(body, about=about, labels=accepted.labels, question=accepted.question, asked=accepted.kind)


def file_in(body: Shown) -> tuple[str, bytes] | None:
    """Return the name and the content of the file that *body* gives, None when it gives none."""
    for block in body.view.blocks:
        if isinstance(block, File):
            return block.name, b64decode(block.data)
    return None


def revealed_in(body: Body) -> str:
    """Return the question that *body* reveals, "" for none: a reveal alone offers the reader's own answer."""
    for action in body.offered if isinstance(body, Shown) else ():
        pressed = decode(action, picked=None, typed=None, at=EPOCH)
        if pressed is not None and isinstance(pressed.intent, ShowMine):
            return pressed.intent.question
    return ""


def encode_body(body: Body) -> str:
    """Return *body* as the log keeps it."""
    return _bodies().dump_json(body).decode()


def decode_body(text: str) -> Body:
    """Return the body in *text*; one of another version becomes a line that says so."""
    try:
        return _bodies().validate_json(text)
    except ValidationError:
        log.warning("web_message_unreadable", begins=text[:40])
        return Line(SAY.not_shown())


@cache
def _bodies() -> TypeAdapter[Body]:
    return TypeAdapter(Body)


@cache
def _views() -> TypeAdapter[View]:
    return TypeAdapter(View)


# -------------------------------------------------------------------------------------------------- messages

Reactions = Mapping[str, Sequence[str]]


class Author(TypedDict):
    """Who wrote a message."""

    id: str
    name: str
    bot: bool


class Mine(TypedDict):
    """What the reader answered to the question in a message; *marks* are the letters of chosen options."""

    labels: Sequence[str]
    marks: Sequence[str]


class Message(TypedDict):
    """One message as the page reads it; exactly one of *text* and *view* is there."""

    seq: int
    channel: str
    author: Author
    private: bool
    at: int
    revision: int
    text: str | None
    view: object
    reactions: Reactions
    mine: Mine | None


def message_of(stored: WebMessage, name: str, reactions: Reactions) -> Message:
    """Return *stored*, whose author is called *name*, for a reader who has not answered to it."""
    body = decode_body(stored.body)
    return Message(
        seq=stored.seq,
        channel=shown_channel(stored.channel),
        author=Author(id=stored.author, name=name, bot=stored.author == TUTOR),
        private=stored.to != "",
        at=stored.at,
        revision=stored.revision,
        text=body.text if isinstance(body, Line) else None,
        view=page_view(body.view, body.drawings) if isinstance(body, Shown) else None,
        reactions=reactions,
        mine=None,
    )


class ShownPicture(TypedDict):
    """A picture as the page reads it; *svg* holds the wide drawing and the narrow one, if they were made."""

    type: Literal["picture"]
    alt: str
    svg: Sequence[str]
    text: object


class ShownFormula(TypedDict):
    """A formula as the page reads it; *alt* is its source in TeX."""

    type: Literal["formula"]
    alt: str
    svg: Sequence[str]


def page_view(view: View, drawings: Drawings = ()) -> object:
    """Return *view* as the page reads it: what is drawn of its pictures in place of their facts."""
    page: dict[str, object] = _views().dump_python(view, mode="json")
    pictures = zip(pictures_in(view.blocks), chain(drawings, repeat(None)), strict=False)
    page["blocks"] = _with_pictures(page["blocks"], pictures)
    return page


def _with_pictures(part: object, pictures: Iterator[tuple[Picture, Drawing | None]]) -> object:
    """Return *part* of a dumped view with each picture in it replaced by the next of *pictures*.

    What is in a file goes to the page only when somebody takes it.
    """
    if isinstance(part, list):
        return [_with_pictures(one, pictures) for one in part]
    if not isinstance(part, dict):
        return part
    if part.get("type") == "file":
        return {**part, "data": ""}
    if part.get("type") == "picture":
        return _page_picture(*next(pictures), part["text"])
    return {name: _with_pictures(one, pictures) for name, one in part.items()}


def _page_picture(picture: Picture, drawing: Drawing | None, text: object) -> ShownPicture | ShownFormula:
    svg = () if drawing is None else (drawing.wide, drawing.narrow)
    if isinstance(picture.facts, FormulaPicture):
        return ShownFormula(type="formula", alt=picture.facts.alt, svg=svg)
    return ShownPicture(type="picture", alt=picture.facts.alt, svg=svg, text=text)


def mine_in(body: Shown) -> Mine:
    """Return what the reader answered, from the confirmation of it, for the message of the question."""
    return Mine(labels=body.labels, marks=body.labels if body.asked in CHOICE_KINDS else ())


def mine_revealed(body: Shown) -> Mine:
    """Return the same for the reveal, which shows orders and pairs in other words than their letters."""
    mine = mine_in(body)
    return mine if body.asked not in PICKED_KINDS - CHOICE_KINDS else Mine(labels=(), marks=())


def marked(message: Message, mine: Mine | None) -> Message:
    """Return *message* for a reader who gave the answer *mine* to it (None: none)."""
    return message if mine is None else Message(**message | {"mine": mine})


def shown_channel(channel: str) -> str:
    """Return the name that a reader knows *channel* by."""
    return MINE if channel.startswith(PRIVATE) else channel


# ---------------------------------------------------------------------------------------------------- frames


class PersonHere(TypedDict):
    """Somebody, and whether they are connected."""

    id: str
    name: str
    here: bool


def welcome(
    me: WebPerson, secret: str, people: Sequence[PersonHere], channels: Sequence[str], now: int, version: str
) -> str:
    """Say who the reader is, who else there is, and where they can go."""
    mine = {"id": me.id, "name": me.name, "secret": secret, "organiser": me.organiser}
    return _frame("welcome", me=mine, people=people, channels=channels, now=now, version=version)


def history(channel: str, messages: Sequence[Message], *, more: bool) -> str:
    """Give a page of messages, oldest first; *more* says whether there are older ones."""
    return _frame("history", channel=shown_channel(channel), messages=messages, more=more)


def message(one: Message) -> str:
    """Give a message that is new or was edited."""
    return _frame("message", message=one)


def reactions(seq: int, all_: Reactions) -> str:
    """Give all reactions to a message."""
    return _frame("reactions", message=seq, reactions=all_)


def ack(id_: str, notice: Message | None = None) -> str:
    """Say that what was sent as *id_* is stored, and what its sender is told in private."""
    return _frame("ack", id=id_, notice=notice)


def refused(id_: str | None, text: str) -> str:
    """Say that what was sent as *id_* did nothing, and why."""
    return _frame("refused", id=id_, text=text)


def suggestions(id_: str, items: Iterable[Suggestion]) -> str:
    """Give what could be typed next."""
    found = [{"insert": item.insert, "label": item.label, "hint": item.hint} for item in items]
    return _frame("suggestions", id=id_, items=found)


def people(everyone: Sequence[PersonHere]) -> str:
    """Say who is here now."""
    return _frame("people", people=everyone)


def channels(names: Sequence[str]) -> str:
    """Give the public channels."""
    return _frame("channels", channels=names)


def bye(text: str) -> str:
    """Say that the server stops."""
    return _frame("bye", text=text)


def _frame(type_: str, **fields: object) -> str:
    return json.dumps({"type": type_, **fields}, ensure_ascii=False, separators=(",", ":"))
