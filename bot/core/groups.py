"""Groups: what a group of learners has chosen for itself, and who may do what in it.

There are three roles. An *organiser* changes schedules and settings and may end anybody's round; a *host*
starts rounds; a *learner* takes part. The platform says who organises, and a group may name more, by role or
by person. Everybody hosts until a group says who does; whoever organises may host as well.

Seasons begin and end at midnight. One is planned for tomorrow at the earliest, so that it holds whole dates
and everybody starts together; beginning one ends the one before it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from bot.core.effects import Refusal
from bot.core.local_times import DAY
from bot.core.periods import Season, SeasonId, season_on

SEASON_LENGTH: Final = timedelta(days=91)
"""Thirteen weeks, for a season that nobody gave an end."""

MOST_SEASONS: Final = 100


@dataclass(frozen=True, slots=True)
class GroupSettings:
    """What a group has chosen. *zone* is its zone's name, "" while nobody has said one.

    *organisers* are those who organise beside whom the platform says, *hosts* those who may start rounds:
    None is everybody. Both hold ids or names of roles and of people. *seasons* are in the order in which they
    begin.
    """

    zone: str = ""
    organisers: tuple[str, ...] = ()
    hosts: tuple[str, ...] | None = None
    seasons: tuple[Season, ...] = ()


@dataclass(frozen=True, slots=True)
class SeasonRefused:
    """Why a season cannot be had; *detail* is a name or a date for the sentence."""

    reason: Refusal
    detail: str = ""


def organises(settings: GroupSettings, names: Iterable[str]) -> bool:
    """Tell whether the group made somebody with these *names*, of roles and their own, an organiser."""
    return _among(names, settings.organisers)


def hosts(settings: GroupSettings, names: Iterable[str]) -> bool:
    """Tell whether somebody with these *names* may start rounds without being an organiser."""
    return settings.hosts is None or _among(names, settings.hosts)


def with_season(
    settings: GroupSettings, name: str, *, first: date | None, last: date | None, today: date
) -> GroupSettings | SeasonRefused:
    """Return *settings* with a season called *name*, from *first* to *last*, both included.

    It begins tomorrow and lasts thirteen weeks unless something else is said. Seasons never overlap: one that
    still runs then ends the day before, and a new one ends before the next that is planned.
    """
    first = first or today + DAY
    last = last or first + SEASON_LENGTH - DAY
    refused = _unfit(settings, name, first, last, today)
    if refused is not None:
        return refused
    later = [season.first for season in settings.seasons if season.first > first]
    season = Season(SeasonId(first.isoformat()), name, first, min([last, *(day - DAY for day in later)]))
    others = [_ended(one, first - DAY) if one.first < first else one for one in settings.seasons]
    seasons = sorted([*others, season], key=lambda one: one.first)
    return replace(settings, seasons=tuple(seasons))


def without_season(settings: GroupSettings, *, today: date) -> GroupSettings | SeasonRefused:
    """Return *settings* with the running season ending today, at midnight."""
    running = season_on(today, settings.seasons)
    if running is None:
        return SeasonRefused(Refusal.NO_SEASON_RUNS)
    seasons = (_ended(one, today) if one is running else one for one in settings.seasons)
    return replace(settings, seasons=tuple(seasons))


def season_called(settings: GroupSettings, said: str) -> Season | None:
    """Return the season of this name or id; of several the one that began last."""
    wanted = said.casefold()
    found = [one for one in settings.seasons if wanted in {one.name.casefold(), one.id}]
    return found[-1] if found else None


def _unfit(settings: GroupSettings, name: str, first: date, last: date, today: date) -> SeasonRefused | None:
    """Return why a season cannot be had, None when it can."""
    taken = next((one for one in settings.seasons if one.first == first), None)
    if first <= today:
        return SeasonRefused(Refusal.SEASON_BEGINS_EARLY, (today + DAY).isoformat())
    if last < first:
        return SeasonRefused(Refusal.SEASON_ENDS_EARLY, first.isoformat())
    if taken is not None:
        return SeasonRefused(Refusal.SEASON_DAY_TAKEN, taken.name)
    if name.casefold() in {one.name.casefold() for one in settings.seasons}:
        return SeasonRefused(Refusal.SEASON_NAME_TAKEN, name)
    if len(settings.seasons) >= MOST_SEASONS:
        return SeasonRefused(Refusal.TOO_MANY_SEASONS, str(MOST_SEASONS))
    return None


def _ended(season: Season, last: date) -> Season:
    return replace(season, last=min(season.last, last))


def _among(names: Iterable[str], chosen: Collection[str]) -> bool:
    wanted = {one.casefold() for one in chosen}
    return any(name.casefold() in wanted for name in names)
