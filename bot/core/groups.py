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

from bot.core.commands import Reacting
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
    begin. *reacting* has the channels whose questions are answered with reactions, by a key of theirs.
    """

    zone: str = ""
    organisers: tuple[str, ...] = ()
    hosts: tuple[str, ...] | None = None
    seasons: tuple[Season, ...] = ()
    reacting: tuple[tuple[str, Reacting], ...] = ()


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


def reacting_at(settings: GroupSettings, channel: str) -> Reacting | None:
    """Return which reaction counts in the channel of this key; None where nobody answers with reactions."""
    return dict(settings.reacting).get(channel)


def with_reacting(settings: GroupSettings, channel: str, rule: Reacting | None) -> GroupSettings:
    """Return *settings* with another *rule* in the channel of this key, None for no reactions there."""
    others = [pair for pair in settings.reacting if pair[0] != channel]
    own = [] if rule is None else [(channel, rule)]
    return replace(settings, reacting=tuple(sorted([*others, *own])))


def united(maker: GroupSettings, other: GroupSettings) -> GroupSettings:
    """Return what two groups begin with that become one.

    The calendar and the hosts are those of the *maker*, whose organiser asked for it; organisers and channels
    with reactions are those of both.
    """
    known = {one.casefold() for one in maker.organisers}
    more = (one for one in other.organisers if one.casefold() not in known)
    return replace(
        maker,
        zone=maker.zone or other.zone,
        organisers=(*maker.organisers, *more),
        reacting=tuple(sorted((dict(other.reacting) | dict(maker.reacting)).items())),
    )


def with_season(
    settings: GroupSettings, name: str, *, first: date | None, last: date | None, today: date
) -> GroupSettings | SeasonRefused:
    """Return *settings* with a season called *name*, from *first* to *last*, both included.

    A new one begins tomorrow and lasts thirteen weeks unless something else is said. Seasons never overlap:
    one that still runs then ends the day before, and a new one ends before the next that is planned. Until it
    begins, a season gives way to another with the same first day. Of one that is not over *last* may be said
    anew, by its name.
    """
    same = _not_over(settings, name, today)
    if same is not None and (first is None or first == same.first):
        return _until(settings, same, last, today)
    first = first or today + DAY
    last = last or first + SEASON_LENGTH - DAY
    refused = _unfit(settings, name, first, last, today)
    if refused is not None:
        return refused
    season = Season(SeasonId(first.isoformat()), name, first, _before_next(settings, first, last))
    others = (_ended(one, first - DAY) if one.first < first else one for one in settings.seasons)
    seasons = [*(one for one in others if one.first != first), season]
    return replace(settings, seasons=tuple(sorted(seasons, key=lambda one: one.first)))


def without_season(settings: GroupSettings, *, today: date) -> GroupSettings | SeasonRefused:
    """Return *settings* with the running season ending today, at midnight; else without the next planned."""
    running = season_on(today, settings.seasons)
    if running is not None and running.last > today:
        seasons = (_ended(one, today) if one is running else one for one in settings.seasons)
        return replace(settings, seasons=tuple(seasons))
    planned = [one for one in settings.seasons if one.first > today]
    if not planned:
        return SeasonRefused(Refusal.NO_SEASON_RUNS)
    return replace(settings, seasons=tuple(one for one in settings.seasons if one is not planned[0]))


def season_called(settings: GroupSettings, said: str) -> Season | None:
    """Return the season of this id, or else of this name."""
    by_id = [one for one in settings.seasons if one.id == said]
    by_name = [one for one in settings.seasons if one.name.casefold() == said.casefold()]
    return next(iter((*by_id, *by_name)), None)


def _not_over(settings: GroupSettings, name: str, today: date) -> Season | None:
    named = season_called(settings, name)
    return named if named is not None and named.last >= today else None


def _until(
    settings: GroupSettings, season: Season, last: date | None, today: date
) -> GroupSettings | SeasonRefused:
    """Return *settings* with another last day for *season*; nothing changes when none is said."""
    earliest = max(season.first, today)
    if last is not None and last < earliest:
        return SeasonRefused(Refusal.SEASON_ENDS_EARLY, earliest.isoformat())
    held = season.last if last is None else _before_next(settings, season.first, last)
    seasons = (replace(one, last=held) if one is season else one for one in settings.seasons)
    return replace(settings, seasons=tuple(seasons))


def _before_next(settings: GroupSettings, first: date, last: date) -> date:
    """Return *last*, or the day before the next season after *first* if that is earlier."""
    later = (one.first - DAY for one in settings.seasons if one.first > first)
    return min([last, *later])


def _unfit(settings: GroupSettings, name: str, first: date, last: date, today: date) -> SeasonRefused | None:
    """Return why a season cannot be had, None when it can."""
    if first <= today:
        return SeasonRefused(Refusal.SEASON_BEGINS_EARLY, (today + DAY).isoformat())
    if last < first:
        return SeasonRefused(Refusal.SEASON_ENDS_EARLY, first.isoformat())
    if name.casefold() in {one.name.casefold() for one in settings.seasons if one.first != first}:
        return SeasonRefused(Refusal.SEASON_NAME_TAKEN, name)
    if len(settings.seasons) >= MOST_SEASONS:
        return SeasonRefused(Refusal.TOO_MANY_SEASONS, str(MOST_SEASONS))
    return None


def _ended(season: Season, last: date) -> Season:
    return replace(season, last=min(season.last, last))


def _among(names: Iterable[str], chosen: Collection[str]) -> bool:
    wanted = {one.casefold() for one in chosen}
    return any(name.casefold() in wanted for name in names)
