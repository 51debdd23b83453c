"""Discord, as far as a tutor meets it: the gateway and the REST interface, with limits and faults.

A :class:`World` holds people, guilds and channels; a :class:`DiscordServer` serves it on loopback; each
:class:`Person` does what Discord's own client would let them do. The unmodified discord.py connects to it.
"""

from tests.emulators.bells import Bell
from tests.emulators.discord.clients import discord_at
from tests.emulators.discord.fates import EventOdds, Fates, Odds, Trouble
from tests.emulators.discord.interactions import Interaction, Modal, Response
from tests.emulators.discord.limits import Limits, Rate
from tests.emulators.discord.people import Person
from tests.emulators.discord.permissions import EVERYTHING, USUAL, Permission
from tests.emulators.discord.residents import (
    Application,
    Attachment,
    Channel,
    ChannelType,
    Guild,
    Member,
    Message,
    Pinged,
    Role,
    User,
    parts_of,
    text_of,
)
from tests.emulators.discord.sendings import ImpossibleError
from tests.emulators.discord.servers import DiscordServer
from tests.emulators.discord.traffic import Dispatch, Exchange, Traffic
from tests.emulators.discord.worlds import World, moment_of

__all__ = [
    "EVERYTHING",
    "USUAL",
    "Application",
    "Attachment",
    "Bell",
    "Channel",
    "ChannelType",
    "DiscordServer",
    "Dispatch",
    "EventOdds",
    "Exchange",
    "Fates",
    "Guild",
    "ImpossibleError",
    "Interaction",
    "Limits",
    "Member",
    "Message",
    "Modal",
    "Odds",
    "Permission",
    "Person",
    "Pinged",
    "Rate",
    "Response",
    "Role",
    "Traffic",
    "Trouble",
    "User",
    "World",
    "discord_at",
    "moment_of",
    "parts_of",
    "text_of",
]
