"""Simulations as tests start them: small, on memory unless a folder is given, and with parts to swap."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bot.core.commands import Change, DrawRequest, Mode, Settings, StartRound
from bot.core.packs import Library
from bot.sim.faults import NO_FAULTS, Faults
from bot.sim.simulations import Parts, Report, Simulation
from bot.sim.tables import Tables
from bot.store.memory import MemoryStore
from bot.store.sqlite import SqliteStore
from tests.sim.libraries import LIBRARY

Reopen = Callable[[], Awaitable[Tables]]


@dataclass(frozen=True, slots=True)
class Played:
    """What a simulation found, and what everybody saw."""

    report: Report
    lines: Sequence[str]


async def play(
    *,
    rounds: int = 4,
    players: int = 3,
    seed: str = "1",
    faults: Faults = NO_FAULTS,
    parts: Parts | None = None,
    reopen: Reopen | None = None,
    library: Library = LIBRARY,
) -> Played:
    """Play *rounds* to their end on *reopen*'s tables, by default one store in memory."""
    simulation = Simulation(
        reopen or kept(MemoryStore()),
        library,
        rounds=rounds,
        players=players,
        seed=seed,
        faults=faults,
        parts=parts,
    )
    return Played(await simulation.run(), simulation.transcript.lines)


def kept(tables: Tables) -> Reopen:
    """Return what gives the very same tables to each process, as memory has to."""

    async def reopen() -> Tables:
        return tables

    return reopen


async def play_on_sqlite(folder: Path, *, rounds: int, seed: str, faults: Faults) -> Played:
    """Play on a database in *folder* that is closed and opened again by each process."""
    async with AsyncExitStack() as opened:

        async def reopen() -> Tables:
            await opened.aclose()
            store = await SqliteStore.open(folder / "simulation.db")
            opened.push_async_callback(store.close)
            return store

        return await play(rounds=rounds, seed=seed, faults=faults, reopen=reopen)


def calm_round(library: Library, _rng: Random) -> StartRound:
    """Return a round in which nothing depends on when it happens: no clock, no bonus for speed, no change."""
    settings = Settings(
        mode=Mode.RELAXED,
        lobby_seconds=None,
        pause_seconds=None,
        change=Change.NEVER,
        speed_bonus=False,
    )
    return StartRound(DrawRequest(count=5, decks=(library.decks[0].id,)), settings)


def plain_round(library: Library, _rng: Random) -> StartRound:
    """Return a round for everybody with everything as a group would choose it."""
    return StartRound(DrawRequest(count=3, decks=(library.decks[0].id,)), Settings(lobby_seconds=10))
