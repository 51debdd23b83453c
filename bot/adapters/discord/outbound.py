"""Outbound: what Discord shows. A view becomes messages, a control a form; nothing here talks to anybody."""

from io import BytesIO

import discord

from bot.adapters.discord.layouts import Drawn, Part, marker_after, parts_of, spare_part
from bot.adapters.discord.modals import answer_of, flag_modal, modal_of

__all__ = [
    "Drawn",
    "Part",
    "answer_of",
    "files_of",
    "flag_modal",
    "marker_after",
    "modal_of",
    "parts_of",
    "spare_part",
]


def files_of(part: Part) -> list[discord.File]:
    """Return the pictures of *part* as files, each of which can be sent once."""
    return [discord.File(BytesIO(png), filename=name) for name, png in part.files]
