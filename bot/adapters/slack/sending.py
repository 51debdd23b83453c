"""Sending: posts and edits on their way to Slack, each once and none faster than Slack likes."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.addresses import PLATFORM, Where, message_of, ref_of, user_of, where
from bot.adapters.slack.budgets import Budgets, Kind
from bot.adapters.slack.desk import Desk
from bot.adapters.slack.failures import FAULTS, code_of, delivery_error
from bot.adapters.slack.outbound import Part, emoji_names, parts_of, spare_part
from bot.adapters.slack.pictures import Pictures
from bot.adapters.slack.workspaces import Workspaces
from bot.core.errors import DeliveryDelayed, DeliveryError
from bot.engine.delivery import LONGEST_TRY
from bot.engine.events import is_private
from bot.engine.recent import Recent
from bot.ports import Clock, Post
from bot.wording.views import View

LOOKED_THROUGH: Final = 15
"""How many of a channel's latest messages are searched for one of ours: the most that every app may see."""

PATIENCE: Final = 5.0
"""How many seconds a post may wait here for its turn; one that would wait longer goes back to the outbox."""

EVENT_TYPE: Final = "studyhall_message"
"""What the metadata of our messages is called."""

VIEWS_KEPT: Final = 256

_NAMESPACE: Final = uuid.UUID("6f1c2f0a-6c1a-4e0e-9a53-2f6f4a1d9b57")
_DONE_ALREADY: Final = frozenset({"already_reacted"})
_NOT_THERE: Final = frozenset({"user_not_in_channel", "channel_not_found", "not_in_channel"})
_BLOCKS_REFUSED: Final = frozenset({"invalid_blocks", "invalid_blocks_format"})

log = structlog.get_logger(__name__)


class Sending:
    """Sends what the outbox holds."""

    def __init__(self, workspaces: Workspaces, desk: Desk, clock: Clock, pictures: Pictures) -> None:
        """Send through *workspaces*, with the pictures that were handed to Slack by *pictures*."""
        self._workspaces = workspaces
        self._desk = desk
        self._pictures = pictures
        self.budgets = Budgets(clock)
        self._direct: Recent[tuple[str, str], str] = Recent()
        self._keys: Recent[str, str] = Recent()
        self._mentions: Recent[str, str] = Recent()
        self._letterless: Recent[str, bool] = Recent()
        self._plain: Recent[str, bool] = Recent()

    async def post(self, post: Post) -> str:
        """Post a message, in several parts where one would be too long; return their ids with commas between.

        What one person alone should see in a channel shows to them alone, and has no id.
        """
        spot = where(post.place)
        try:
            if post.to and not is_private(post.place):
                return await self._whisper(spot, post)
            return await self._post(spot, post)
        except FAULTS as error:
            raise self._meant(error, "post", spot, post) from error

    async def edit(self, ref: str, post: Post) -> None:
        """Replace what the messages *ref* show.

        While there were enough edits it is put off, so that a newer state can come first.
        """
        if not ref:
            return
        spot = where(post.place)
        try:
            await self._edit(spot, ref.split(","), post)
        except FAULTS as error:
            raise self._meant(error, "edit", spot, post) from error

    async def key_of(self, ref: str) -> str:
        """Return the key of our message *ref*, "" when it is none of ours, or not any more.

        The table knows a message only when all its parts are sent, and people are quicker than that.
        """
        known = self._keys.get(ref)
        if known is None:
            known = await self._desk.key_of(PLATFORM, ref)
            if known:
                self._keys.put(ref, known)
        return known

    async def own(self, team: str) -> str:
        """Return Slack's id of us in *team*."""
        found = await self._workspaces.authorized(team)
        return (found.bot_user_id or "") if found else ""

    async def direct(self, team: str, user: str) -> str:
        """Return the channel of direct messages with *user*, opened now if it was not."""
        known = self._direct.get((team, user))
        if known is None:
            client = await self._workspaces.client(team)
            answer: Any = await client.conversations_open(users=user)
            known = str(answer["channel"]["id"])
            self._direct.put((team, user), known)
        return known

    async def parts(self, team: str, view: View, *, plain: bool = False) -> Sequence[Part]:
        """Return *view* as messages in *team*, its pictures handed over; *plain*, without any and tables."""
        drawn = {} if plain else await self._pictures.handed_over(team, view)
        return parts_of(view, drawn=drawn, native=not plain) if drawn else _in_words(view, native=not plain)

    async def _parts(self, post: Post, view: View) -> Sequence[Part]:
        plain = bool(self._plain.get(post.key))
        return await self.parts(where(post.place).team, view, plain=plain)

    # --------------------------------------------------------------------------------------------- posting

    async def _post(self, spot: Where, post: Post) -> str:
        client = await self._workspaces.client(spot.team)
        channel = await self._channel(spot)
        parts = await self._parts(post, post.view)
        there = await self._ours(client, spot, channel, post.key) if post.again else {}
        refs = []
        for number, part in enumerate(parts):
            ts = there.get(number)
            if ts is None:
                ts = await self._send(client, spot, channel, post, part, number)
            refs.append(ref_of(channel, ts))
            self._keys.put(refs[-1], post.key)
        if post.view.reactions and not await self._put_letters(client, spot.team, refs[-1], post.view):
            self._letterless.put(refs[-1], value=True)
            last = (await self._parts(post, _with_picker(post.view)))[-1]
            await self._show(client, refs[-1], last)
        return ",".join(refs)

    async def _send(
        self, client: AsyncWebClient, spot: Where, channel: str, post: Post, part: Part, number: int
    ) -> str:
        # What has begun is not put back: the next try would have to look for what is there.
        patience = PATIENCE if number == 0 else LONGEST_TRY.total_seconds()
        try:
            await self.budgets.turn(
                "post", spot.team, channel, hurried=not post.view.lasting, patience=patience
            )
        except DeliveryDelayed as error:
            raise DeliveryDelayed(str(error), error.retry_after, tried=number > 0) from None
        mention = post.view.mention if number == 0 else ""
        answer: Any = await client.chat_postMessage(
            channel=channel,
            blocks=_blocks(part),
            text=part.text,
            thread_ts=spot.thread or None,
            metadata=_metadata(post.key, number, mention),
            client_msg_id=str(uuid.uuid5(_NAMESPACE, f"{post.key}/{number}")),
            unfurl_links=False,
            unfurl_media=False,
            link_names=False,
        )
        ts = str(answer["ts"])
        self._mentions.put(ref_of(channel, ts), mention)
        return ts

    async def _put_letters(self, client: AsyncWebClient, team: str, ref: str, view: View) -> bool:
        """Put the letters below a message, twice being as good as once; return whether Slack lets us."""
        channel, ts = message_of(ref)
        for name in emoji_names(view.reactions):
            try:
                await self.budgets.turn("react", team, "", hurried=True, patience=PATIENCE)
                await client.reactions_add(channel=channel, timestamp=ts, name=name)
            except DeliveryDelayed:
                return False
            except SlackApiError as error:
                if code_of(error) not in _DONE_ALREADY:
                    log.warning("slack_no_letters", error=str(delivery_error(error)))
                    return False
        return True

    async def _ours(self, client: AsyncWebClient, spot: Where, channel: str, key: str) -> Mapping[int, str]:
        """Return the times of our messages with *key* among the latest of *channel*, by their parts."""
        found: dict[int, str] = {}
        cursor: str | None = None
        while cursor != "":
            await self.budgets.turn("look", spot.team, "", hurried=True, patience=PATIENCE)
            asked: Any = {"channel": channel, "limit": LOOKED_THROUGH, "include_all_metadata": True}
            # Of a channel the latest come first; of a thread the oldest, so ours is on its last page.
            answer: Any = (
                await client.conversations_replies(**asked, ts=spot.thread, cursor=cursor)
                if spot.thread
                else await client.conversations_history(**asked)
            )
            for message in answer.get("messages") or ():
                said = _payload(message)
                if said.get("key") == key:
                    found[int(said.get("part", 0))] = str(message["ts"])
            more = (answer.get("response_metadata") or {}).get("next_cursor")
            cursor = str(more or "") if spot.thread else ""
        return found

    # --------------------------------------------------------------------------------------------- editing

    async def _edit(self, spot: Where, refs: Sequence[str], post: Post) -> None:
        client = await self._workspaces.client(spot.team)
        channel = message_of(refs[0])[0]
        # A count that is put off is soon another count; what closes a question is waited for.
        hurried = not post.view.controls
        await self.budgets.turn("edit", spot.team, channel, hurried=hurried, patience=0.0)
        view = replace(post.view, mention=await self._mention(client, spot, refs[0], post))
        if self._letterless.get(refs[-1]):
            view = _with_picker(view)
        parts = await self._parts(post, view)
        for number, (ref, part) in enumerate(zip(refs, parts, strict=False)):
            await self._more(spot, channel, number)
            await self._show(client, ref, part)
        for number, ref in enumerate(refs[len(parts) :], len(parts)):
            # Not deleted: a later edit may have something to show there again.
            await self._more(spot, channel, number)
            await self._show(client, ref, spare_part())
        if len(parts) > len(refs):
            await self._lengthen(client, spot, channel, post, parts, len(refs))

    async def _more(self, spot: Where, channel: str, number: int) -> None:
        """Wait for the turn of a part after the first, whose turn it was when the edit began."""
        if number:
            patience = LONGEST_TRY.total_seconds()
            await self.budgets.turn("edit", spot.team, channel, hurried=True, patience=patience)

    async def _lengthen(
        self,
        client: AsyncWebClient,
        spot: Where,
        channel: str,
        post: Post,
        parts: Sequence[Part],
        known: int,
    ) -> None:
        """Post what an edit has more of than its message, below whatever came since."""
        there = await self._ours(client, spot, channel, post.key)
        for number, part in enumerate(parts[known:], known):
            ts = there.get(number)
            if ts is None:
                ts = await self._send(client, spot, channel, post, part, number)
            else:
                await self._show(client, ref_of(channel, ts), part)
            self._keys.put(ref_of(channel, ts), post.key)

    async def _show(self, client: AsyncWebClient, ref: str, part: Part) -> None:
        """Let the message *ref* show *part*."""
        channel, ts = message_of(ref)
        await client.chat_update(
            channel=channel, ts=ts, blocks=_blocks(part), text=part.text, link_names=False
        )

    async def _mention(self, client: AsyncWebClient, spot: Where, ref: str, post: Post) -> str:
        """Return the mention that a message was posted with: an edit keeps it."""
        if not post.view.lasting:
            return post.view.mention
        known = self._mentions.get(ref)
        if known is None:
            known = await self._mention_there(client, spot, ref)
            self._mentions.put(ref, known)
        return known

    async def _mention_there(self, client: AsyncWebClient, spot: Where, ref: str) -> str:
        """Return what the message itself tells of its mention; "" when we are not let to look."""
        channel, ts = message_of(ref)
        try:
            await self.budgets.turn("look", spot.team, "", hurried=False, patience=PATIENCE)
            answer: Any = await client.conversations_history(
                channel=channel, latest=ts, oldest=ts, inclusive=True, limit=1, include_all_metadata=True
            )
        except (DeliveryDelayed, SlackApiError):
            return ""
        return next((str(_payload(one).get("mention", "")) for one in answer.get("messages") or ()), "")

    # ------------------------------------------------------------------------------------------ whispering

    async def _whisper(self, spot: Where, post: Post) -> str:
        if post.again:
            # An earlier try may have arrived, and nobody can look: better not twice.
            log.info("slack_not_whispered", key=post.key, again=True)
            return ""
        client = await self._workspaces.client(spot.team)
        for number, part in enumerate(await self._parts(post, post.view)):
            patience = LONGEST_TRY.total_seconds() if number else PATIENCE
            await self.budgets.turn("whisper", spot.team, "", hurried=True, patience=patience)
            try:
                await self.whisper(client, spot, user_of(post.to), part)
            except SlackApiError as error:
                if code_of(error) not in _NOT_THERE:
                    raise self._not_whispered(error, spot, post, number) from error
                log.info("slack_not_whispered", key=post.key, error=code_of(error))
                return ""
        return ""

    def _not_whispered(self, error: SlackApiError, spot: Where, post: Post, number: int) -> DeliveryError:
        """Return what *error* means; while nothing has arrived, the next try is as good as the first."""
        meant = self._meant(error, "whisper", spot, post)
        if isinstance(meant, DeliveryDelayed) and number == 0:
            return DeliveryDelayed(str(meant), meant.retry_after, tried=False)
        return meant

    async def whisper(self, client: AsyncWebClient, spot: Where, user: str, part: Part) -> None:
        """Show *part* to *user* alone."""
        await client.chat_postEphemeral(
            channel=spot.channel,
            user=user,
            thread_ts=spot.thread or None,
            blocks=_blocks(part),
            text=part.text,
            link_names=False,
        )

    async def say_directly(self, team: str, user: str, view: View) -> None:
        """Write *view* to *user* as direct messages; raises what a request may raise."""
        client = await self._workspaces.client(team)
        channel = await self.direct(team, user)
        for part in await self.parts(team, view):
            await self.write(client, team, channel, part)

    async def write(self, client: AsyncWebClient, team: str, channel: str, part: Part) -> None:
        """Write *part* into the direct messages *channel* when its turn comes."""
        patience = LONGEST_TRY.total_seconds()
        await self.budgets.turn("post", team, channel, hurried=True, patience=patience)
        await client.chat_postMessage(
            channel=channel,
            blocks=_blocks(part),
            text=part.text,
            unfurl_links=False,
            unfurl_media=False,
            link_names=False,
        )

    # --------------------------------------------------------------------------------------------- details

    async def _channel(self, spot: Where) -> str:
        return await self.direct(spot.team, spot.user) if spot.user else spot.channel

    def _meant(self, error: BaseException, kind: Kind, spot: Where, post: Post) -> DeliveryError:
        """Return what *error* means; what Slack refuses to be asked for now, it is not asked for again.

        A workspace may not take the newer kinds of blocks, nor a picture that it is still looking at.
        """
        meant = delivery_error(error)
        if isinstance(meant, DeliveryDelayed):
            channel = spot.channel or self._direct.get((spot.team, spot.user)) or ""
            self.budgets.refused(kind, spot.team, channel, meant.retry_after)
        if code_of(error) in _BLOCKS_REFUSED and not self._plain.get(post.key):
            log.warning("slack_blocks_refused", key=post.key, error=str(meant))
            self._plain.put(post.key, value=True)
            return DeliveryDelayed("Slack does not take a table or a picture: once more without.", 0.1)
        return meant


@lru_cache(VIEWS_KEPT)
def _in_words(view: View, *, native: bool) -> Sequence[Part]:
    """Return *view* as messages without pictures; many in a crowd are told the same."""
    return parts_of(view, drawn={}, native=native)


def _metadata(key: str, number: int, mention: str) -> dict[str, Any]:
    """Return what tells a message of ours from another; nobody but apps sees it."""
    payload = {"key": key, "part": number, **({"mention": mention} if mention else {})}
    return {"event_type": EVENT_TYPE, "event_payload": payload}


def _blocks(part: Part) -> list[dict[str, Any]]:
    return [dict(block) for block in part.blocks]


def _payload(message: Mapping[str, Any]) -> Mapping[str, Any]:
    metadata = message.get("metadata") or {}
    said = metadata.get("event_payload") if metadata.get("event_type") == EVENT_TYPE else None
    return said if isinstance(said, dict) else {}


def _with_picker(view: View) -> View:
    """Return *view* with its picker, for a channel in which we may not put letters."""
    return replace(view, reactions=(), reacting="")
