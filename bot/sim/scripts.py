"""Scripts: what kind of round a simulated host starts."""

from collections.abc import Callable
from random import Random

from bot.core.commands import Change, DrawRequest, Mode, Settings, StartRound
from bot.core.packs import Library

Script = Callable[[Library, Random], StartRound]


def round_command(library: Library, rng: Random) -> StartRound:
    """Return the start of a round with settings drawn from everything that a host may choose."""
    decks = [deck.id for deck in library.decks]
    settings = Settings(
        mode=rng.choice(tuple(Mode)),
        seconds=rng.choice((5, 10, 30, 60)),
        lobby_seconds=rng.choice((None, 5, 20)),
        pause_seconds=rng.choice((None, 0, 5, 10)),
        change=rng.choice(tuple(Change)),
        speed_bonus=rng.random() < 0.8,  # noqa: PLR2004 - most hosts leave it on
        partial_credit=rng.random() < 0.3,  # noqa: PLR2004 - some hosts switch it on
        teams=rng.choice((2, 3)),
    )
    chosen = (rng.choice(decks),) if decks and rng.random() < 0.7 else ()  # noqa: PLR2004 - most name a deck
    return StartRound(DrawRequest(count=rng.choice((1, 3, 5, 8)), decks=chosen), settings)
