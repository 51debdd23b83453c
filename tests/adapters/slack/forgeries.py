"""Forgeries: payloads as Slack sends them, with parts missing or changed, and what is to be seen of them."""

import copy
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from tests.adapters.counts import Ledger
from tests.adapters.slack.halls import Hall, does
from tests.emulators.slack import Dispatch, Json, Kind, Message, elements_of

SECRET_WORDS: Final = "what somebody wrote"
CHANGES: Final[tuple[object, ...]] = (None, [], {}, "", 7, True, ["x"], {"id": []}, "\x00", "T0FOREIGN/C0")


def line_of(hall: Hall, text: str) -> Json:
    """Return a slash command of Ann's."""
    return {
        "command": "/quiz",
        "text": text,
        "team_id": hall.team.id,
        "user_id": hall.ann.user.id,
        "channel_id": hall.channel.id,
        "trigger_id": "1.2.3",
    }


def answers(hall: Hall) -> Mapping[tuple[str, str], object]:
    """Return what counts."""
    return Ledger(Path(hall.folder) / "hall.db", "slack").answers()


def faults(logs: list[Any]) -> list[object]:
    """Return what was logged of something that broke."""
    return [one for one in logs if one["log_level"] in {"error", "critical"} or one.get("exc_info")]


def kept_quiet(hall: Hall, logs: list[Any], more: str = "") -> bool:
    """Tell whether neither a secret nor what somebody wrote was logged."""
    app, said = hall.app, json.dumps(logs, default=str) + more
    hidden = (app.bot_token, app.signing_secret, app.app_token, app.client_secret, SECRET_WORDS, "wrote")
    return not any(one in said for one in hidden)


async def lived(hall: Hall) -> Message:
    """Let one of each kind of thing happen, and return a question that is open."""
    single, numeric = hall.channel, hall.server.world.channel("numbers")
    question = await hall.play(hall.zoe, hall.ann, line="deck:single count:1 seconds:600")
    form = await hall.play(hall.zoe, hall.ann, line="deck:numeric count:1 seconds:600", channel=numeric)
    await hall.pick(hall.ann, question, "The tide")
    opened = await hall.ann.press(form, does(form, "a"))
    assert opened.modal is not None
    block, element = next(one for one in elements_of(opened.modal.blocks) if one[0]["type"] == "input")
    await hall.ann.submit(opened.modal, {(block["block_id"], element["action_id"]): "7"})
    await hall.zoe.mention(single, "decks")
    await hall.ann.write(hall.ann.dm, "decks")
    await hall.ann.react(question, "eyes")
    await hall.ann.shortcut("explain", question)
    await hall.ann.open_home()
    await hall.server.delivered()
    return question


def broken(dispatches: list[Dispatch]) -> Iterator[tuple[str, Json]]:
    """Yield the payloads that were sent, each part of them missing or changed in turn."""
    for one in {(one.kind, one.type): one for one in dispatches}.values():
        for path in paths(one.body):
            if path[-1] in {"trigger_id", "event_id"}:
                continue
            for change in (..., *CHANGES):
                yield one.kind, changed(one.body, path, change)


def paths(of: object, before: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the way to each part, not too deep: blocks have parts that nobody reads."""
    parts = of.items() if isinstance(of, dict) else enumerate(of) if isinstance(of, list) else ()
    for key, value in parts:
        yield (*before, key)
        if key != "blocks":
            yield from paths(value, (*before, key))


def changed(body: Json, path: tuple[str | int, ...], change: object) -> Json:
    """Return *body* with one part changed, or without it."""
    copied: Any = copy.deepcopy(body)
    inner = copied
    for key in path[:-1]:
        inner = inner[key]
    if change is ...:
        del inner[path[-1]]
    else:
        inner[path[-1]] = change
    found: Json = copied
    return found


def packed(kind: str, body: Json) -> bytes:
    """Return *body* as Slack sends it."""
    match kind:
        case Kind.EVENT:
            return json.dumps(body).encode()
        case Kind.COMMAND:
            return urlencode(body).encode()
        case _:
            return urlencode({"payload": json.dumps(body)}).encode()


async def sent_raw(hall: Hall, body: bytes) -> int:
    """Send *body* as it is, signed as Slack would, and return the status of the answer."""
    posts = hall.server.courier.posts
    headers = posts.signed(hall.app, body, "application/json")
    status, _, _ = await posts.send(hall.app, body, headers, 5.0)
    return status


async def status_of(request: Any) -> int:  # noqa: ANN401 - aiohttp's own context manager has no public type
    """Return the status of an answer."""
    async with request as answer:
        return int(answer.status)
