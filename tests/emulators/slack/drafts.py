"""Drafts: a message or a view as it was asked for, read and checked before anything happens."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tests.emulators.slack.blocks import check_blocks
from tests.emulators.slack.checks import Form, anything, flag, one_of, plain, shape, text
from tests.emulators.slack.mentions import pinged
from tests.emulators.slack.refusals import Json, RefusedError
from tests.emulators.slack.residents import Message, Pinged, Team, elements_of
from tests.emulators.slack.texts import characters
from tests.emulators.slack.worlds import World

LONGEST_TEXT: Final = 40_000
"""Beyond which a text is cut."""

LONGEST_UPDATED: Final = 4_000
"""Beyond which the text of a change is refused."""

MOST_CHARACTERS: Final = 13_200
"""How many characters the blocks of a message show at most, about."""

LARGEST_VIEW: Final = 250_000
_LONGEST_MARKDOWN: Final = 12_000
_LONGEST_TITLE: Final = 24


@dataclass(slots=True)
class Draft:
    """What a message is to show. A part that is None was not asked for."""

    text: str | None
    blocks: list[Json] | None
    attachments: list[Json] | None
    metadata: Json | None
    truncated: bool
    pinged: Pinged
    named: bool
    """Whether metadata was named at all: an empty one takes it away."""

    def fill(self, message: Message) -> None:
        """Let *message* show it."""
        message.text = self.text or ""
        message.blocks = self.blocks or []
        message.attachments = self.attachments or []
        message.truncated = self.truncated
        message.without_text = bool(self.blocks) and not self.text
        message.pinged, message.rendered = self.pinged, None
        if self.named:
            message.metadata = self.metadata


def draft_of(world: World, team: Team, args: Mapping[str, Any], *, longest: int | None = None) -> Draft:
    """Return what *args* ask for; raises RefusedError when a limit is not kept."""
    blocks = parsed(args.get("blocks"), "invalid_blocks_format", list)
    attachments = parsed(args.get("attachments"), "invalid_attachments", list)
    said, markdown = _text(args), args.get("markdown_text")
    if markdown:
        if said or blocks:
            raise RefusedError("markdown_text_conflict")
        if len(markdown) > _LONGEST_MARKDOWN:
            raise RefusedError("msg_too_long")
        blocks = [{"type": "markdown", "text": markdown}]
    if not (said or blocks or attachments):
        raise RefusedError("no_text")
    if longest is not None and said and len(said) > longest:
        raise RefusedError("msg_too_long")
    _check_blocks(world, [*(blocks or ()), *_attached(attachments)])
    names = str(args.get("link_names", "")).lower() in {"true", "1"} or args.get("parse") == "full"
    return Draft(
        text=said[:LONGEST_TEXT] if said else said,
        blocks=blocks,
        attachments=attachments,
        metadata=_metadata(args),
        truncated=bool(said) and len(said or "") > LONGEST_TEXT,
        pinged=pinged(team, said or "", [*(blocks or ()), *(attachments or ())], names=names),
        named="metadata" in args,
    )


def parsed(value: object, error: str, kind: type) -> Any:  # noqa: ANN401 - JSON of whatever kind was asked for
    """Return an argument that is JSON, or text that has it; None for none. Refused with *error*."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise RefusedError(error) from None
    if not isinstance(value, kind):
        raise RefusedError(error)
    return value


def _text(args: Mapping[str, Any]) -> str | None:
    value = args.get("text")
    if value is not None and not isinstance(value, str):
        raise RefusedError("invalid_arguments", ["[ERROR] must provide a string [json-pointer:/text]"])
    return value


def _attached(attachments: list[Json] | None) -> list[Json]:
    """Return the blocks in attachments, which are counted and checked with the others."""
    return [block for one in attachments or () for block in one.get("blocks") or ()]


def _check_blocks(world: World, blocks: list[Json]) -> None:
    if not blocks:
        return
    if not world.checks:
        numbered(world, blocks)
        return
    form = Form("message", world.can_show)
    check_blocks(form, "/blocks", blocks)
    if form.wrong:
        raise RefusedError("invalid_blocks", form.wrong)
    if sum(block["type"] == "table" for block in blocks) > 1:
        raise RefusedError("invalid_attachments", ["[ERROR] only_one_table_allowed"])
    if characters(blocks) > MOST_CHARACTERS:
        raise RefusedError("msg_blocks_too_long")
    numbered(world, blocks)


def numbered(world: World, blocks: list[Json]) -> None:
    """Give every block and element without an id one."""
    for block in blocks:
        if not block.get("block_id"):
            block["block_id"] = world.id("", 5)
    for _, element in elements_of(blocks):
        if not element.get("action_id"):
            element["action_id"] = world.id("", 5)


def _metadata(args: Mapping[str, Any]) -> Json | None:
    metadata: Json | None = parsed(args.get("metadata"), "invalid_metadata_format", dict)
    if not metadata:
        return None
    shaped = {"event_type": str, "event_payload": dict}
    if any(not isinstance(metadata.get(key), kind) for key, kind in shaped.items()):
        raise RefusedError("invalid_metadata_schema")
    return metadata


# ----------------------------------------------------------------------------------------------------- views

_SHARED = {
    "type": anything,
    "blocks": anything,
}
_OPTIONAL = {
    "private_metadata": text(3_000),
    "callback_id": text(255),
    "external_id": text(255),
}
_VIEWS = {
    "modal": shape(
        {**_SHARED, "title": plain(_LONGEST_TITLE)},
        {
            **_OPTIONAL,
            "submit": plain(_LONGEST_TITLE),
            "close": plain(_LONGEST_TITLE),
            "clear_on_close": flag,
            "notify_on_close": flag,
            "submit_disabled": flag,
        },
    ),
    "home": shape(_SHARED, {**_OPTIONAL, "title": anything, "submit": anything, "close": anything}),
}


def view_of(world: World, value: object, *, home: bool = False) -> Json:
    """Return a view as it may be shown; raises RefusedError when a limit is not kept."""
    body: Json | None = parsed(value, "invalid_arguments", dict)
    if body is None:
        raise RefusedError("invalid_arguments", ["[ERROR] missing required field: view"])
    form = Form(str(body.get("type")), world.can_show)
    one_of("home" if home else "modal")(form, "/view/type", body.get("type"))
    if not form.wrong:
        _VIEWS[form.surface](form, "/view", body)
    if not form.wrong:
        check_blocks(form, "/view/blocks", body["blocks"])
    if not form.wrong and not home and not body.get("submit"):
        for block in body["blocks"]:
            if block["type"] == "input":
                form.add("/view", "missing required field: submit")
                break
    if form.wrong:
        raise RefusedError("invalid_arguments", form.wrong)
    if len(json.dumps(body)) > LARGEST_VIEW:
        raise RefusedError("view_too_large")
    numbered(world, body["blocks"])
    return body
