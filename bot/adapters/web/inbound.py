"""Inbound: what a page may send, and nothing past it that was not checked here."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, TypeAdapter, ValidationError

LONGEST_FRAME: Final = 64 * 1024
LONGEST_LINE: Final = 5_000
LONGEST_NAME: Final = 40
LONGEST_CHANNEL: Final = 40
LONGEST_EMOJI: Final = 16

Id = Annotated[str, Field(pattern=r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\z")]
"""A UUID; small and capital letters are the same one."""

Seq = Annotated[int, Field(ge=1, le=2**53)]
Seen = Annotated[int, Field(ge=0, le=2**53)]
Position = Annotated[int, Field(ge=0, le=1_000)]
Words = Annotated[str, Field(max_length=LONGEST_FRAME)]
Short = Annotated[str, Field(max_length=200)]


class _Frame(BaseModel):
    """One frame. What a newer page adds to it is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class Hello(_Frame):
    """Who speaks on this socket: somebody who comes back with a *secret*, or somebody new with a *name*."""

    type: Literal["hello"]
    person: Short | None = None
    secret: Short | None = None
    name: Words | None = None
    seen: Annotated[dict[Short, Seen], Field(max_length=100)] = Field(default_factory=dict)


class Say(_Frame):
    """A line, or a command when it starts with a slash."""

    type: Literal["say"]
    id: Id
    channel: Short
    text: Words


class Press(_Frame):
    """A control of *message* was used."""

    type: Literal["press"]
    id: Id
    message: Seq
    action: Short
    picked: Annotated[tuple[Position, ...], Field(max_length=100)] | None = None
    typed: Annotated[tuple[Words, ...], Field(max_length=100)] | None = None


class React(_Frame):
    """A reaction to *message* is put or taken."""

    type: Literal["react"]
    id: Id
    message: Seq
    emoji: Short
    on: bool


class History(_Frame):
    """The page of messages before *before* is wanted."""

    type: Literal["history"]
    channel: Short
    before: Seq | None = None


class Complete(_Frame):
    """What could come after *text* is wanted."""

    type: Literal["complete"]
    id: Id
    text: Words


class MakeChannel(_Frame):
    """A channel is wanted."""

    type: Literal["channel"]
    id: Id
    name: Words


class Upload(_Frame):
    """A file that somebody in *person* sends to *channel*: it comes by a request of its own."""

    id: Id
    person: Short
    secret: Short
    channel: Short


Doing = Say | Press | React | MakeChannel
"""What changes something and is acknowledged by its id."""

Frame = Doing | Hello | History | Complete

_FRAMES: TypeAdapter[Frame] = TypeAdapter(Annotated[Frame, Discriminator("type")])


class _Named(BaseModel):
    """The least of a frame that can be refused by its id."""

    model_config = ConfigDict(strict=True)

    id: Id | None = None


def read_frame(text: str) -> Frame | None:
    """Return the frame in *text*, or None when it is none of ours."""
    try:
        return _FRAMES.validate_json(text)
    except ValidationError:
        return None


def read_upload(said: Mapping[str, str]) -> Upload | None:
    """Return what the address and the head of an upload's request say, None when that is not enough."""
    try:
        return Upload.model_validate(dict(said))
    except ValidationError:
        return None


def read_id(text: str) -> str | None:
    """Return the id of a frame that may otherwise be unreadable."""
    try:
        named = _Named.model_validate_json(text)
    except ValidationError:
        return None
    return named.id


# --------------------------------------------------------------------------------------------- what was typed

_JOINERS: Final = "\u200c\u200d\ufe0e\ufe0f"
"""Invisible by themselves, but emoji and several scripts are made with them."""

_KEYCAPS: Final = "0123456789#*"
_TAGS: Final = range(0xE0020, 0xE0080)
_AFTER_ASCII: Final = 0x80
_EMOJI_PARTS: Final = {"So", "Sk", "Sm", "Me"}


def clean_name(text: str) -> str:
    """Return *text* as a name: one line, nothing invisible that could hide or turn other text."""
    kept = "".join(" " if c.isspace() else c for c in text if c.isspace() or _is_seen(c))
    return " ".join(unicodedata.normalize("NFC", kept).split())


def name_key(name: str) -> str:
    """Return what two names have in common when a reader would take them for the same."""
    bare = "".join(c for c in unicodedata.normalize("NFKC", name) if c not in _JOINERS)
    return " ".join(unicodedata.normalize("NFKC", bare.casefold()).split())


def has_something_to_see(name: str) -> bool:
    """Tell whether *name* has a letter, digit or sign."""
    return any(unicodedata.category(c)[0] in "LNPS" for c in name)


def clean_line(text: str) -> str:
    """Return *text* without control characters other than line ends and tabs, and without space around it."""
    lines = re.sub(r"\r\n?", "\n", text)
    return "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"}).strip()


def clean_channel(text: str) -> str | None:
    """Return *text* as a channel's name, or None when it cannot be one."""
    name = unicodedata.normalize("NFC", text.strip().lstrip("#").casefold())
    fits = 1 <= len(name) <= LONGEST_CHANNEL and all(c.isalnum() or c == "-" for c in name)
    return name if fits else None


def is_emoji(text: str) -> bool:
    """Tell whether *text* is one emoji, near enough: signs and what joins them, no letter and no space."""
    signs = [c for c in text if ord(c) >= _AFTER_ASCII and unicodedata.category(c) in _EMOJI_PARTS]
    others = [c for c in text if c not in signs and c not in _JOINERS and ord(c) not in _TAGS]
    keycap = "\u20e3" in text and len(others) == 1 and others[0] in _KEYCAPS
    return 0 < len(text) <= LONGEST_EMOJI and bool(signs) and (not others or keycap)


def _is_seen(character: str) -> bool:
    """Tell whether *character* may stand in a name: no control, no bidi override, nothing unassigned."""
    return character in _JOINERS or unicodedata.category(character)[0] != "C"
