"""Replies: what somebody is told in private about what they did.

An interaction is acknowledged once, within three seconds; what else there is to say follows on it. So that
nobody is buried in confirmations, a newer one takes the place of the one before.
"""

from collections.abc import Sequence
from typing import Final

import structlog
from discord import InteractionType

from bot.adapters.discord.callbacks import (
    Ear,
    components_of,
    defer,
    ear_of,
    follow,
    is_acknowledged,
    rewrite,
    whisper,
)
from bot.adapters.discord.desk import Desk
from bot.adapters.discord.failures import FAULTS
from bot.adapters.discord.files import file_parts
from bot.adapters.discord.inbound import Asked
from bot.adapters.discord.marks import marker_of
from bot.adapters.discord.outbound import Part, files_of, parts_of
from bot.adapters.discord.pictures import has_pictures, painted
from bot.core import effects as fx
from bot.engine.recent import Recent
from bot.wording.views import View

CONFIRMATIONS_KEPT: Final = 5_000

log = structlog.get_logger(__name__)


class Replies:
    """Tells people in private."""

    def __init__(self, desk: Desk) -> None:
        """Have pictures painted by *desk*."""
        self._desk = desk
        self._confirmations: Recent[tuple[str, int], tuple[Ear, int]] = Recent(CONFIRMATIONS_KEPT)

    async def acknowledge(self, asked: Asked) -> None:
        """Say that we are at it: nothing new shows for a control, a command shows that an answer comes."""
        if not await is_acknowledged(asked):
            is_control = asked.type in {InteractionType.component, InteractionType.modal_submit}
            await defer(asked, thinking=not is_control)

    async def tell(self, asked: Asked, effect: fx.Reply, view: View) -> None:
        """Tell whoever *asked* that *effect* came of it, which reads like *view*."""
        if isinstance(effect, fx.AnswerAccepted):
            await self._confirm(asked, effect, view)
        elif isinstance(effect, fx.TopShown) and _on_own_page(asked):
            await self._turn_page(asked, view)
        else:
            await self.say(asked, view)

    async def say(self, asked: Asked, view: View) -> None:
        """Tell whoever *asked* what *view* says."""
        if has_pictures(view):
            await self.acknowledge(asked)
        elif not await is_acknowledged(asked):
            components = components_of(view, marker_of(str(asked.id)))
            if components is not None:
                asked.extras["told"] = True
                await whisper(asked, components)
                await _give(asked, view)
                return
        for part in await self._parts(asked, view):
            await _send(asked, part)
        await _give(asked, view)

    async def _confirm(self, asked: Asked, effect: fx.AnswerAccepted, view: View) -> None:
        """Confirm an answer where the answer before it was confirmed, as long as that can be seen."""
        about = (effect.question, asked.user.id)
        earlier = self._confirmations.get(about)
        if earlier is None or asked.type is InteractionType.application_command:
            await self.say(asked, view)
            self._confirmations.put(about, (ear_of(asked), marker_of(str(asked.id))))
            return
        await self.acknowledge(asked)
        if not await _rewritten(*earlier, view):
            await self.say(asked, view)

    async def _turn_page(self, asked: Asked, view: View) -> None:
        """Show another page in the place of the one whose button was pressed."""
        await self.acknowledge(asked)
        first, *rest = await self._parts(asked, view)
        await asked.edit_original_response(view=first.layout, attachments=files_of(first))
        for part in rest:
            await _send(asked, part)

    async def _parts(self, asked: Asked, view: View) -> Sequence[Part]:
        drawn = await painted(self._desk, view) if has_pictures(view) else {}
        return parts_of(view, marker=marker_of(str(asked.id)), drawn=drawn)


async def _rewritten(ear: Ear, marker: int, view: View) -> bool:
    """Let a confirmation say *view* instead; return whether it could."""
    components = components_of(view, marker)
    if components is None or ear.session.closed:
        return False
    try:
        await rewrite(ear, components)
    except FAULTS as error:
        log.debug("discord_confirmation_gone", error=str(error))
        return False
    return True


async def _give(asked: Asked, view: View) -> None:
    """Send the files of *view* after it."""
    for part in file_parts(view):
        await _send(asked, part)


async def _send(asked: Asked, part: Part) -> None:
    """Answer with *part*: as the acknowledgement, in the place of one that shows nothing, or after it."""
    if not await is_acknowledged(asked):
        asked.extras["told"] = True
        await asked.response.send_message(view=part.layout, files=files_of(part), ephemeral=True)
    elif _is_thinking(asked):
        asked.extras["told"] = True
        await asked.edit_original_response(view=part.layout, attachments=files_of(part))
    else:
        await follow(ear_of(asked), part)


def _is_thinking(asked: Asked) -> bool:
    """Tell whether a command waits for its answer and shows so."""
    return asked.type is InteractionType.application_command and "told" not in asked.extras


def _on_own_page(asked: Asked) -> bool:
    """Tell whether a control of a message was used that its reader alone sees."""
    return asked.message is not None and asked.message.flags.ephemeral
