"""The transport that delivers to Plain Chat, with the manners that every real one needs."""

from typing import Any, Final

import aiohttp

from bot.core.errors import DeliveryDelayed, DeliveryRefused, DeliveryUnknown
from bot.core.ids import Platform
from bot.ports import Post
from bot.wording.views import View

PLATFORM: Final = Platform("plainchat")
RETRY_SECONDS: Final = 1.0
"""After which a platform that is out of order is asked again."""

_BUSY: Final = 429
_OUT_OF_ORDER: Final = 500
_WRONG: Final = 400


class ChatTransport:
    """Delivers over *session*, whose User-Agent says who we are."""

    def __init__(self, session: aiohttp.ClientSession, address: str) -> None:
        """Deliver to the server at *address*."""
        self._session = session
        self._address = address

    @property
    def platform(self) -> Platform:
        """The platform's name."""
        return PLATFORM

    async def post(self, post: Post) -> str:
        """Post a message; after a try whose outcome is unknown, only if a look for it finds none."""
        messages = f"/channels/{post.place.id}/messages"
        if post.again:
            found = await self._ask("GET", messages, params={"key": post.key})
            if found["ids"]:
                return str(found["ids"][0])
        said = {"key": post.key, "to": post.to, "text": text_of(post.view)}
        return str((await self._ask("POST", messages, json=said))["id"])

    async def edit(self, ref: str, post: Post) -> None:
        """Replace what the message *ref* shows; twice is as good as once."""
        await self._ask("PATCH", f"/messages/{ref}", json={"text": text_of(post.view)})

    async def _ask(self, method: str, path: str, **what: Any) -> dict[str, Any]:  # noqa: ANN401 - aiohttp's own
        try:
            async with self._session.request(method, self._address + path, **what) as answer:
                _check(answer, path)
                said: dict[str, Any] = await answer.json()
                return said
        except aiohttp.ClientError as error:
            message = f"The connection was lost during {method} {path}: it has happened, or it has not."
            raise DeliveryUnknown(message) from error


def text_of(view: View) -> str:
    """Return *view* as Plain Chat shows it: its title, and its words."""
    return f"{view.title}\n{view.alt}"


def _check(answer: aiohttp.ClientResponse, path: str) -> None:
    """Raise what *answer* means for the delivery, unless all is well."""
    if answer.status == _BUSY:
        raise DeliveryDelayed(f"{path} is busy.", float(answer.headers["Retry-After"]))
    if answer.status >= _OUT_OF_ORDER:
        raise DeliveryDelayed(f"{path} is out of order ({answer.status}).", RETRY_SECONDS)
    if answer.status >= _WRONG:
        raise DeliveryRefused(f"{path} is not there, or not for us ({answer.status}).")
