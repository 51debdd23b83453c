"""Notices: what the adapter itself has to say, as views."""

from bot.adapters.discord.permissions import invite_link
from bot.wording.discord_notices import SAY
from bot.wording.pieces import paragraph, view
from bot.wording.views import Link, Paragraph, Text, Tone, View


def refusal(sentence: str) -> View:
    """Return *sentence*, which says why nothing was done."""
    return view(Tone.REFUSED, SAY.not_done(), (paragraph(sentence),))


def permissions_missing(names: tuple[str, ...], application: int) -> View:
    """Return which permissions are missing, by Discord's *names*, and the link that grants them."""
    sentence = SAY.permissions_missing(len(names), ", ".join(map(SAY.permission, names)))
    link = invite_link(application)
    granting = Paragraph((Link((Text(link),), link),))
    return view(Tone.REFUSED, SAY.not_done(), (paragraph(sentence), granting))
