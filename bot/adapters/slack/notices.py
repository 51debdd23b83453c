"""Notices: what the adapter itself has to say, as views."""

from bot.wording.pieces import paragraph, view
from bot.wording.slack_notices import SAY
from bot.wording.views import Tone, View


def refusal(sentence: str) -> View:
    """Return *sentence*, which says why nothing was done."""
    return view(Tone.REFUSED, SAY.not_done(), (paragraph(sentence),))


def notice(title: str, sentence: str) -> View:
    """Return *sentence*, which says what goes on."""
    return view(Tone.INFO, title, (paragraph(sentence),))
