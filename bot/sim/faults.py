"""Faults: what goes wrong in a simulation, drawn from a seed."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from random import Random

from bot.core.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Faults:
    """How likely each fault is, from 0 to 1, each time it could happen.

    *lost*, *doubled*, *late* and *reordered* befall events on their way in; *late* ones arrive up to a minute
    after they were sent. *crash* ends the process around a transaction or a delivery, *restart* between two
    moments. *refused* makes the platform fail before it has posted, *unknown* after.
    """

    lost: float = 0.0
    doubled: float = 0.0
    late: float = 0.0
    reordered: float = 0.0
    crash: float = 0.0
    restart: float = 0.0
    refused: float = 0.0
    unknown: float = 0.0


NO_FAULTS = Faults()
ALL_FAULTS = Faults(
    lost=0.03,
    doubled=0.10,
    late=0.05,
    reordered=0.20,
    crash=0.004,
    restart=0.001,
    refused=0.03,
    unknown=0.03,
)
NAMES = tuple(field.name for field in fields(Faults))


def faults_from(names: str) -> Faults:
    """Return the faults named in *names*: ``all``, ``none``, or some of them with commas between."""
    if names in {"all", "none"}:
        return ALL_FAULTS if names == "all" else NO_FAULTS
    wanted = {name.strip() for name in names.split(",")}
    if unknown := sorted(wanted - set(NAMES)):
        message = (
            f"There is no fault called {unknown[0]!r}; choose from {', '.join(NAMES)}, or say all or none."
        )
        raise ConfigError(message)
    return Faults(**{name: getattr(ALL_FAULTS, name) for name in wanted})


def arrivals(at: datetime, faults: Faults, rng: Random) -> Sequence[datetime]:
    """Return when an event sent at *at* arrives: never, once or twice."""
    if rng.random() < faults.lost:
        return ()
    delay = rng.uniform(0.02, 0.3)
    if rng.random() < faults.reordered:
        delay += rng.uniform(0, 3)
    if rng.random() < faults.late:
        delay += rng.uniform(5, 60)
    first = at + timedelta(seconds=delay)
    if rng.random() < faults.doubled:
        return first, first + timedelta(seconds=rng.choice((0.0, 0.1, 60.0)))
    return (first,)
