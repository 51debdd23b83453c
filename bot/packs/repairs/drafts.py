"""Repairs of what was read from one source."""

from bot.packs.importing.drafts import Harvest


def repaired(harvest: Harvest) -> Harvest:
    """Return *harvest* with its drafts mended, and what a person has to decide reported."""
    return harvest
