"""Sending: posts and edits on their way to Discord, each once and none faster than Discord likes."""

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

import discord
import structlog
from discord import AllowedMentions, Client, PartialMessageable

from bot.adapters.discord.budgets import Budgets
from bot.adapters.discord.callbacks import follow
from bot.adapters.discord.desk import Desk
from bot.adapters.discord.failures import FAULTS, delivery_error, is_closed
from bot.adapters.discord.inbound import PLATFORM
from bot.adapters.discord.marks import marker_of, nonce_of
from bot.adapters.discord.notices import refusal
from bot.adapters.discord.outbound import Part, files_of, marker_after, parts_of, spare_part
from bot.adapters.discord.pictures import painted
from bot.adapters.discord.whispers import Whispers
from bot.core.errors import DeliveryDelayed
from bot.engine.delivery import LONGEST_TRY
from bot.engine.events import PRIVATE, is_private
from bot.engine.recent import Recent
from bot.ports import Clock, Post
from bot.records import Place
from bot.wording.discord_notices import SAY
from bot.wording.views import View

LOOKED_THROUGH: Final = 50
"""How many of a channel's latest messages are searched for one of ours."""

PATIENCE: Final = 8.0
"""How many seconds a post may wait here for its turn; one that would wait longer goes back to the outbox."""

OUT_OF_ORDER: Final = 500
"""From this status on it is Discord's fault, and another try may do."""

_MENTION: Final = re.compile(r"<@&(\d{1,20})>")

log = structlog.get_logger(__name__)


class Sending:
    """Sends what the outbox holds."""

    def __init__(self, client: Client, desk: Desk, clock: Clock, whispers: Whispers) -> None:
        """Send through *client*, which is logged in by then."""
        self._client = client
        self._desk = desk
        self._clock = clock
        self._whispers = whispers
        self._budgets = Budgets(clock)
        self._direct: Recent[str, int] = Recent()
        self._mentions: Recent[int, str] = Recent()
        self._keys: Recent[int, str] = Recent()
        self._letterless: Recent[int, bool] = Recent()

    async def post(self, post: Post) -> str:
        """Post a message, in several parts where one would be too long; return their ids with commas between.

        What one person alone should see in a channel is whispered to them, and has no id; when Discord offers
        no way to whisper it is left out, for there is a button that asks for the same.
        """
        try:
            if post.to and not is_private(post.place):
                return await self._whisper(post)
            return await self._post(post)
        except FAULTS as error:
            if is_closed(error) and is_private(post.place):
                await self.say_closed(post.place.id.removeprefix(PRIVATE))
            raise delivery_error(error) from error

    async def edit(self, ref: str, post: Post) -> None:
        """Replace what the messages *ref* show.

        While the channel's budget is spent it is put off, so that a newer state can come first.
        """
        if not ref:
            return
        try:
            await self._edit([int(id_) for id_ in ref.split(",")], post)
        except FAULTS as error:
            raise delivery_error(error) from error

    async def key_of(self, message: int) -> str:
        """Return the key of our *message*, "" when it is none of ours, or not any more.

        The table knows a message only when all its parts are sent, and people are quicker than that.
        """
        known = self._keys.get(message)
        if known is None:
            known = await self._desk.key_of(PLATFORM, str(message))
            if known:
                self._keys.put(message, known)
        return known

    async def direct(self, account: str) -> PartialMessageable:
        """Return the channel of direct messages with *account*, opened now if it was not."""
        known = self._direct.get(account)
        if known is None:
            known = (await self._client.create_dm(discord.Object(int(account)))).id
            self._direct.put(account, known)
        return self._client.get_partial_messageable(known)

    # --------------------------------------------------------------------------------------------- posting

    async def _post(self, post: Post) -> str:
        channel = await self._channel(post.place)
        parts = await self._parts(post)
        there = await self._ours(channel) if post.again else {}
        ids = []
        for number, part in enumerate(parts):
            found = there.get(marker_after(marker_of(post.key), number))
            ids.append(found or await self._send(channel, post, part, number))
            self._keys.put(ids[-1], post.key)
        if not await self._put_letters(channel, ids[-1], post.view.reactions):
            self._letterless.put(ids[-1], value=True)
            await self._show(channel, ids[-1], (await self._parts(_with_picker(post)))[-1])
        return ",".join(map(str, ids))

    async def _put_letters(self, channel: PartialMessageable, id_: int, letters: Sequence[str]) -> bool:
        """Put *letters* below a message, twice being as good as once; return whether Discord lets us."""
        try:
            for letter in letters:
                await channel.get_partial_message(id_).add_reaction(letter)
        except discord.HTTPException as error:
            if error.status >= OUT_OF_ORDER:
                raise
            log.warning("discord_no_letters", message=id_, error=str(error))
            return False
        return True

    async def _parts(self, post: Post) -> Sequence[Part]:
        return parts_of(post.view, marker=marker_of(post.key), drawn=await painted(self._desk, post.view))

    async def _send(self, channel: PartialMessageable, post: Post, part: Part, number: int) -> int:
        # What has begun is not put back: the next try would have to look for what is there.
        patience = PATIENCE if number == 0 else LONGEST_TRY.total_seconds()
        hurried = not post.view.lasting
        try:
            await self._budgets.turn("post", str(channel.id), hurried=hurried, patience=patience)
        except DeliveryDelayed as error:
            raise DeliveryDelayed(str(error), error.retry_after, tried=number > 0) from None
        mention = post.view.mention if number == 0 else ""
        sent = await channel.send(
            view=part.layout,
            files=files_of(part),
            nonce=nonce_of(post.key, number),
            allowed_mentions=_calling(mention),
        )
        self._mentions.put(sent.id, mention)
        return sent.id

    async def _ours(self, channel: PartialMessageable) -> Mapping[int, int]:
        """Return our messages among the latest of *channel*, by their markers."""
        return {marker: id_ async for marker, id_ in self._marked(channel)}

    async def _marked(self, channel: PartialMessageable) -> AsyncIterator[tuple[int, int]]:
        own = self._client.user
        async for message in channel.history(limit=LOOKED_THROUGH):
            if own is not None and message.author.id == own.id:
                for component in message.components:
                    marker = getattr(component, "id", None)  # as upstream's base class does not declare it
                    if isinstance(marker, int):
                        yield marker, message.id

    # --------------------------------------------------------------------------------------------- editing

    async def _edit(self, ids: Sequence[int], post: Post) -> None:
        channel = await self._channel(post.place)
        wait = self._budgets.wait("edit", str(channel.id))
        if wait > 0:
            raise DeliveryDelayed("The channel has seen enough edits for now.", wait, tried=False)
        if self._letterless.get(ids[-1]):
            post = _with_picker(post)
        parts = await self._parts(replace(post, view=await self._mentioning(channel, ids[0], post)))
        for id_, part in zip(ids, parts, strict=False):
            await self._budgets.turn(
                "edit", str(channel.id), hurried=True, patience=LONGEST_TRY.total_seconds()
            )
            await self._show(channel, id_, part)
        for number, id_ in enumerate(ids[len(parts) :], len(parts)):
            # Not deleted: a later edit may have something to show there again.
            await self._show(channel, id_, spare_part(marker_after(marker_of(post.key), number)))
        if len(parts) > len(ids):
            await self._lengthen(channel, post, parts, len(ids))

    async def _lengthen(
        self, channel: PartialMessageable, post: Post, parts: Sequence[Part], known: int
    ) -> None:
        """Post what an edit has more of than its message, below whatever came since."""
        there = await self._ours(channel)
        for number, part in enumerate(parts[known:], known):
            id_ = there.get(marker_after(marker_of(post.key), number))
            if id_ is None:
                id_ = await self._send(channel, post, part, number)
            else:
                await self._show(channel, id_, part)
            self._keys.put(id_, post.key)

    async def _show(self, channel: PartialMessageable, id_: int, part: Part) -> None:
        """Let the message *id_* show *part*."""
        await channel.get_partial_message(id_).edit(
            view=part.layout, attachments=files_of(part), allowed_mentions=AllowedMentions.none()
        )

    async def _mentioning(self, channel: PartialMessageable, id_: int, post: Post) -> View:
        """Return the view of *post* with the mention that its message was posted with: an edit keeps it."""
        if not post.view.lasting:
            return post.view
        mention = self._mentions.get(id_)
        if mention is None:
            message = await channel.fetch_message(id_)
            first = message.components[0] if message.components else None
            found = _MENTION.fullmatch(first.content) if isinstance(first, discord.TextDisplay) else None
            mention = found[1] if found else ""
            self._mentions.put(id_, mention)
        return replace(post.view, mention=mention)

    # ------------------------------------------------------------------------------------------ whispering

    async def _whisper(self, post: Post) -> str:
        ear = self._whispers.into(post.place.id, post.to, self._clock.now())
        if ear is None or post.again:
            # An earlier try may have arrived, and nobody can look: better not twice.
            log.info("discord_not_whispered", key=post.key, again=post.again)
            return ""
        try:
            for part in await self._parts(post):
                await follow(ear, part)
        except discord.NotFound as error:
            log.info("discord_not_whispered", key=post.key, error=str(error))
        return ""

    async def say_closed(self, account: str) -> None:
        """Tell *account*, where they can still be whispered to, that we cannot write to them directly."""
        try:
            await self._say_closed(account)
        except FAULTS as error:
            log.info("discord_not_whispered", error=str(error))

    async def _say_closed(self, account: str) -> None:
        ear = self._whispers.anywhere(account, self._clock.now())
        if ear is not None:
            for part in parts_of(refusal(SAY.direct_messages_closed()), marker=1, drawn={}):
                await follow(ear, part)

    # --------------------------------------------------------------------------------------------- details

    async def _channel(self, place: Place) -> PartialMessageable:
        if is_private(place):
            return await self.direct(place.id.removeprefix(PRIVATE))
        return self._client.get_partial_messageable(int(place.id))


def _with_picker(post: Post) -> Post:
    """Return *post* with its picker, for a channel in which we may not put letters."""
    return replace(post, view=replace(post.view, reactions=(), reacting=""))


def _calling(mention: str) -> AllowedMentions:
    """Return that the role *mention* may be called, and nobody else."""
    roles = [discord.Object(int(mention))] if mention.isdecimal() else False
    return AllowedMentions(everyone=False, users=False, roles=roles, replied_user=False)
