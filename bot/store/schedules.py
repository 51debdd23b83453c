"""What a batch needs of schedules and days, and what it leaves: the bookkeeping that every store shares."""

from collections.abc import Iterable, Mapping

from bot.records import DayRow, Place, RoundRow, ScheduleRow, Snapshot, daily_place, home_of
from bot.store.batches import Wish

Columns = tuple[str, str, str, int, int, int | None, str | None, str]


def schedule_row(columns: Columns) -> ScheduleRow:
    """Return the row that a statement selected."""
    id_, platform, place, group, version, due_at, settled, body = columns
    return ScheduleRow(id_, Place(platform, place), group, version, due_at, settled, body)


def homes(wanted: Mapping[Place, Wish], snapshot: Snapshot) -> list[Place]:
    """Return the places whose schedules are wanted, each once, in one order everywhere.

    With a place come the others of its channel, where they were asked for: the schedules are the channel's.
    """
    own = {home_of(place) for place, wish in wanted.items() if wish.schedules}
    channels = {snapshot.channels[place].id for place in own if place in snapshot.channels}
    others = (mirror.place for channel in channels for mirror in snapshot.places.get(channel, ()))
    return sorted({*own, *others})


def streaked(snapshot: Snapshot, wanted: Mapping[Place, Wish]) -> tuple[list[RoundRow], dict[int, str]]:
    """Return the rounds whose streaks are wanted, and for each of their groups the earliest date wanted."""
    rounds: dict[str, RoundRow] = {}
    since: dict[int, str] = {}
    for place, row in snapshot.rounds.items():
        if first := wanted[place].days_since:
            rounds[row.id] = row
            since[row.group] = min(since.get(row.group, first), first)
    return list(rounds.values()), since


def based(rows: Iterable[ScheduleRow]) -> list[tuple[ScheduleRow, int]]:
    """Return the last row of each schedule, by id, and the version that must be there, 0 for none."""
    found: dict[str, tuple[ScheduleRow, int]] = {}
    for row in rows:
        _, base = found.get(row.id, (row, row.version - 1))
        found[row.id] = row, base
    return [found[id_] for id_ in sorted(found)]


def booked(rows: Iterable[DayRow]) -> list[DayRow]:
    """Return one row for each date of a schedule, by both: the first, unless its post was not delivered."""
    found: dict[tuple[str, str], DayRow] = {}
    for row in rows:
        key = (row.schedule, row.day)
        found[key] = later(found[key], row) if key in found else row
    return [found[key] for key in sorted(found)]


def later(there: DayRow, row: DayRow) -> DayRow:
    """Return what the row that is *there* becomes when another one of its date is saved."""
    undone = (there.outcome, row.outcome) == ("posted", "unposted")
    return there._replace(outcome=row.outcome) if undone else there


def woken(platform: str, place: str, schedule: str, at: int) -> tuple[Place, int]:
    """Return where a Tick is wanted and when; *schedule* is "" where an open round wants it."""
    home = Place(platform, place)
    return daily_place(home, schedule) if schedule else home, at
