"""Settings: what an organiser changes of a group, worked out before any of it is taken over."""

from dataclasses import replace
from datetime import date, datetime

from bot.core import effects as fx
from bot.core.commands import ChangeSettings, Off, Reacting, SeasonWish
from bot.core.groups import (
    GroupSettings,
    SeasonRefused,
    reacting_at,
    with_reacting,
    with_season,
    without_season,
)
from bot.core.local_times import local_day, zone_named
from bot.core.periods import Season
from bot.engine.counting import NO_ZONE
from bot.records import Place, home_of


def changed_settings(
    settings: GroupSettings, command: ChangeSettings, place: Place, now: datetime
) -> GroupSettings | fx.CommandRefused:
    """Return *settings* with what *command*, in *place*, says; dates are those of the zone that it says."""
    new = replace(
        settings,
        zone=settings.zone if command.zone is None else command.zone,
        organisers=settings.organisers if command.organisers is None else command.organisers,
        hosts=settings.hosts if command.hosts is None else command.hosts.names,
    )
    if command.reactions is not None:
        rule = None if isinstance(command.reactions, Off) else command.reactions
        new = with_reacting(new, _key(place), rule)
    found = _with_season(new, command.season, today(new, now))
    if isinstance(found, SeasonRefused):
        return fx.CommandRefused(found.reason, found.detail)
    return found


def today(settings: GroupSettings, now: datetime) -> date:
    """Return the group's date."""
    return local_day(now, zone_named(settings.zone or NO_ZONE))


def reacting_in(settings: GroupSettings, place: Place) -> Reacting | None:
    """Return which reaction counts in *place*, as its channel chose; None where nobody answers so."""
    return reacting_at(settings, _key(place))


def season_lines(settings: GroupSettings, day: date) -> tuple[fx.SeasonLine, ...]:
    """Return the seasons of a group as they stand on *day*, the latest first."""
    return tuple(_line(season, day) for season in reversed(settings.seasons))


def _key(place: Place) -> str:
    """Return the key of the channel that people know *place* as."""
    home = home_of(place)
    return f"{home.platform}:{home.id}"


def _with_season(
    settings: GroupSettings, wish: SeasonWish | Off | None, day: date
) -> GroupSettings | SeasonRefused:
    if wish is None:
        return settings
    if isinstance(wish, Off):
        return without_season(settings, today=day)
    return with_season(settings, wish.name, first=wish.first, last=wish.last, today=day)


def _line(season: Season, day: date) -> fx.SeasonLine:
    if season.last < day:
        state = fx.SeasonState.PAST
    else:
        state = fx.SeasonState.RUNNING if season.first <= day else fx.SeasonState.PLANNED
    return fx.SeasonLine(season.name, season.first, season.last, state)
