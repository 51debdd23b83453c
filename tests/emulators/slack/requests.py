"""Requests to Slack, and how their bodies and headers are read."""

import base64
import binascii
import json
from typing import Any, Final

from aiohttp import BodyPartReader, web

_BASIC: Final = "Basic "
_BEARER: Final = "Bearer "


async def arguments(request: web.BaseRequest) -> dict[str, Any]:
    """Return the arguments of a call; raises ValueError for a body that cannot be read."""
    query: dict[str, Any] = dict(request.query)
    if request.method == "GET":
        return query
    if request.content_type == "application/json":
        data = await request.read()
        body = json.loads(data) if data else {}
        if not isinstance(body, dict):
            raise ValueError("An object was expected.")
        return query | body
    return query | dict(await request.post())


async def uploaded(request: web.BaseRequest) -> bytes:
    """Return the file that was sent, as it is or as a part of a form."""
    if request.content_type != "multipart/form-data":
        return await request.read()
    async for part in await request.multipart():
        if isinstance(part, BodyPartReader):
            return bytes(await part.read(decode=False))
    return b""


def bearer(request: web.BaseRequest) -> str:
    """Return the token of a request's header, "" without one."""
    value = request.headers.get("Authorization", "")
    return value.removeprefix(_BEARER) if value.startswith(_BEARER) else ""


def basic(request: web.BaseRequest) -> tuple[str, str] | None:
    """Return the user and password of a request's header."""
    value = request.headers.get("Authorization", "")
    if not value.startswith(_BASIC):
        return None
    try:
        user, _, password = base64.b64decode(value.removeprefix(_BASIC)).decode().partition(":")
    except (binascii.Error, ValueError):
        return None
    return user, password
