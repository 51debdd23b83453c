"""Drafts: a message as it was asked for, read and checked before anything happens."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Final, TypeVar

from tests.emulators.discord import refusals
from tests.emulators.discord.checks import Form, Path, numbered
from tests.emulators.discord.layouts import LONGEST_ALT, check_components
from tests.emulators.discord.mentions import check_allowed_mentions
from tests.emulators.discord.refusals import Json
from tests.emulators.discord.residents import COMPONENTS_V2, EPHEMERAL, Attachment, Message

LONGEST_CONTENT: Final = 2_000
LONGEST_NONCE: Final = 25
MOST_EMBEDS: Final = 10
MOST_EMBEDDED: Final = 6_000
MOST_FILES: Final = 10
LARGEST_FILE: Final = 10 * 1024 * 1024
_SUPPRESS_EMBEDS: Final = 1 << 2
_SILENT: Final = 1 << 12
SETTABLE: Final = _SUPPRESS_EMBEDS | EPHEMERAL | _SILENT | COMPONENTS_V2

_T = TypeVar("_T")
_TITLE, _DESCRIPTION, _FIELDS, _FIELD_NAME, _FIELD_VALUE, _FOOTER = 256, 4_096, 25, 256, 1_024, 2_048
_LEGACY: Final = ("content", "embeds", "poll", "sticker_ids")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a request; *number* is the n of its ``files[n]``."""

    number: int
    filename: str
    data: bytes = field(repr=False)


@dataclass(slots=True)
class Draft:
    """What a message is to show."""

    content: str
    components: list[Json]
    embeds: list[Json]
    kept: list[Attachment]
    uploads: Sequence[tuple[Upload, str]]
    flags: int
    nonce: str | int | None
    allowed: Json | None
    enforced: bool


def draft_of(body: Json, uploads: Sequence[Upload], before: Message | None = None) -> Draft:
    """Return what *body* asks for; an edit keeps of *before* whatever it does not name.

    Raises RefusedError when a limit is not kept.
    """
    form = Form()
    flags = _flags(body, before)
    kept, described = _attachments(form, body, uploads, before)
    files = {file.filename for file in kept} | {upload.filename for upload in uploads}
    draft = Draft(
        content=_kept(body, "content", before.content if before else "") or "",
        components=deepcopy(_kept(body, "components", before.components if before else []) or []),
        embeds=_kept(body, "embeds", before.embeds if before else []) or [],
        kept=kept,
        uploads=[(upload, described.get(upload.number, "")) for upload in uploads],
        flags=flags,
        nonce=body.get("nonce"),
        allowed=body.get("allowed_mentions"),
        enforced=bool(body.get("enforce_nonce")),
    )
    _check(form, body, draft, files, unchanged="components" not in body and not uploads)
    numbered(draft.components)
    return draft


def _check(form: Form, body: Json, draft: Draft, files: set[str], *, unchanged: bool) -> None:
    v2 = bool(draft.flags & COMPONENTS_V2)
    form.text(("content",), body.get("content"), 0, LONGEST_CONTENT, needed=False)
    check_allowed_mentions(form, draft.allowed)
    _check_nonce(form, draft.nonce)
    _check_embeds(form, draft.embeds)
    if not unchanged:
        check_components(form, draft.components, v2=v2, files=files)
    if v2:
        for key in _LEGACY:
            if body.get(key) or (key == "content" and draft.content) or (key == "embeds" and draft.embeds):
                form.add(
                    (key,),
                    "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                    f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
                )
    form.refuse()
    shown = draft.components if v2 else (draft.content, draft.embeds, draft.kept, draft.uploads)
    if not any(shown):
        raise refusals.empty_message()


def _flags(body: Json, before: Message | None) -> int:
    asked = int(body.get("flags") or 0) & SETTABLE
    if before is None:
        return asked
    # Once a message is laid out of components it stays so.
    return (before.flags & (EPHEMERAL | COMPONENTS_V2)) | (asked & ~EPHEMERAL)


def _kept(body: Json, key: str, before: _T) -> _T:
    value: _T = body.get(key, before)
    return value


def _attachments(
    form: Form, body: Json, uploads: Sequence[Upload], before: Message | None
) -> tuple[list[Attachment], dict[int, str]]:
    """Return the earlier attachments that stay, and the descriptions of the uploads by their number."""
    there = {str(file.id): file for file in before.attachments} if before else {}
    named = body.get("attachments")
    if named is None:
        named = [{"id": id_} for id_ in there] + [{"id": upload.number} for upload in uploads]
    numbers = {str(upload.number) for upload in uploads}
    kept, described = [], {}
    for index, one in enumerate(named):
        path, id_ = ("attachments", index), str(one.get("id", index))
        form.text((*path, "description"), one.get("description"), 0, LONGEST_ALT, needed=False)
        if id_ in numbers:
            described[int(id_)] = str(one.get("description") or "")
        elif id_ in there:
            kept.append(there[id_])
        else:
            form.add((*path, "id"), "ATTACHMENT_NOT_FOUND", f"Attachment data for {id_} not found")
    form.count(("attachments",), [*kept, *uploads], 0, MOST_FILES)
    if any(len(upload.data) > LARGEST_FILE for upload in uploads):
        raise refusals.too_large()
    return kept, described


def _check_nonce(form: Form, nonce: object) -> None:
    if nonce is not None and len(str(nonce)) > LONGEST_NONCE:
        form.add(
            ("nonce",), "NONCE_TYPE_TOO_LONG", f"Nonce must be no longer than {LONGEST_NONCE} characters."
        )


def _check_embeds(form: Form, embeds: list[Json]) -> None:
    if not form.count(("embeds",), embeds, 0, MOST_EMBEDS):
        return
    size = 0
    for index, embed in enumerate(embeds):
        size += _check_embed(form, ("embeds", index), embed)
    if size > MOST_EMBEDDED:
        form.add(
            ("embeds",), "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {MOST_EMBEDDED}"
        )


def _check_embed(form: Form, path: Path, embed: Json) -> int:
    """Check one embed, and return how much text it has."""
    footer = (embed.get("footer") or {}).get("text")
    texts: list[tuple[Path, object, int]] = [
        (("title",), embed.get("title"), _TITLE),
        (("description",), embed.get("description"), _DESCRIPTION),
        (("footer", "text"), footer, _FOOTER),
    ]
    fields = embed.get("fields") or []
    form.count((*path, "fields"), fields, 0, _FIELDS)
    for index, one in enumerate(fields):
        for key, most in (("name", _FIELD_NAME), ("value", _FIELD_VALUE)):
            form.text((*path, "fields", index, key), one.get(key), 1, most)
            texts.append((("fields", index, key), one.get(key), most))
    for place, text, most in texts:
        form.text((*path, *place), text, 0, most, needed=False)
    return sum(len(str(text or "")) for _, text, _ in texts)
