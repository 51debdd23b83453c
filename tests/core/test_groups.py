"""Groups: who may do what, and seasons that follow each other without overlap."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.commands import Reacting
from bot.core.effects import Refusal
from bot.core.groups import (
    MOST_SEASONS,
    SEASON_LENGTH,
    GroupSettings,
    SeasonRefused,
    hosts,
    organises,
    reacting_at,
    season_called,
    united,
    with_reacting,
    with_season,
    without_season,
)
from bot.core.local_times import DAY
from bot.core.periods import Season, SeasonId, season_on

TODAY = date(2026, 11, 22)
SPRING = Season(SeasonId("2026-10-01"), "Spring", date(2026, 10, 1), date(2026, 12, 30))

SUMMER = Season(SeasonId("2026-07-01"), "Summer", date(2026, 7, 1), date(2026, 9, 30))


def planned(
    settings: GroupSettings, name: str, first: date | None = None, last: date | None = None
) -> GroupSettings:
    """Return *settings* with a season, which there must be room for."""
    found = with_season(settings, name, first=first, last=last, today=TODAY)
    assert isinstance(found, GroupSettings)
    return found


@pytest.mark.parametrize(
    "names, roles",
    [
        ((), ""),
        (("7",), ""),
        (("7", "role:tutors"), "organiser"),
        (("ADA",), "organiser"),
        (("ben", "8"), "host"),
    ],
)
def test_roles_are_given_by_any_name_of_a_role_or_a_person(names: tuple[str, ...], roles: str) -> None:
    """However the name is written."""
    settings = GroupSettings(organisers=("role:Tutors", "Ada"), hosts=("Ben",))

    assert organises(settings, names) is (roles == "organiser")
    assert hosts(settings, names) is (roles == "host")


def test_each_channel_chooses_for_itself_whether_reactions_answer() -> None:
    """Another choice takes the place of the one before, and none leaves nothing behind."""
    first = with_reacting(GroupSettings(), "web:yard", Reacting.FIRST)
    both = with_reacting(with_reacting(first, "web:hall", Reacting.FIRST), "web:hall", Reacting.LAST)

    assert (reacting_at(both, "web:hall"), reacting_at(both, "web:yard")) == (Reacting.LAST, Reacting.FIRST)
    assert reacting_at(both, "web:shed") is None
    assert with_reacting(both, "web:hall", None) == first
    assert with_reacting(first, "web:yard", None) == GroupSettings()


def test_until_a_group_says_who_hosts_everybody_does() -> None:
    """And nobody organises whom the platform does not let."""
    assert hosts(GroupSettings(), ())
    assert not hosts(GroupSettings(hosts=()), ("ada",))
    assert not organises(GroupSettings(), ("ada",))


def test_a_season_begins_tomorrow_and_lasts_thirteen_weeks() -> None:
    """Unless something else is said."""
    (season,) = planned(GroupSettings(), "Winter").seasons

    assert season == Season(SeasonId("2026-11-23"), "Winter", date(2026, 11, 23), date(2027, 2, 21))
    assert season.last - season.first + DAY == SEASON_LENGTH


def test_a_new_season_ends_the_one_that_runs() -> None:
    """The day before, and no day belongs to both."""
    after = planned(GroupSettings(seasons=(SPRING,)), "Winter", date(2026, 12, 1))

    assert [(one.name, one.first, one.last) for one in after.seasons] == [
        ("Spring", date(2026, 10, 1), date(2026, 11, 30)),
        ("Winter", date(2026, 12, 1), date(2027, 3, 1)),
    ]


def test_a_season_ends_before_the_next_that_is_planned() -> None:
    """Whatever was said."""
    later = planned(GroupSettings(), "Later", date(2026, 12, 10))

    first, second = planned(later, "Sooner", last=date(2027, 6, 1)).seasons

    assert (first.name, first.last, second.name) == ("Sooner", date(2026, 12, 9), "Later")


@pytest.mark.parametrize(
    "name, first, last, refused",
    [
        ("New", TODAY, None, SeasonRefused(Refusal.SEASON_BEGINS_EARLY, "2026-11-23")),
        ("New", None, TODAY, SeasonRefused(Refusal.SEASON_ENDS_EARLY, "2026-11-23")),
        ("summer", None, None, SeasonRefused(Refusal.SEASON_NAME_TAKEN, "summer")),
        ("SOON", date(2026, 12, 6), None, SeasonRefused(Refusal.SEASON_NAME_TAKEN, "SOON")),
        ("Soon", None, date(2026, 12, 4), SeasonRefused(Refusal.SEASON_ENDS_EARLY, "2026-12-05")),
        ("Spring", None, date(2026, 11, 21), SeasonRefused(Refusal.SEASON_ENDS_EARLY, "2026-11-22")),
    ],
)
def test_a_season_that_cannot_be_is_refused(
    name: str, first: date | None, last: date | None, refused: SeasonRefused
) -> None:
    """With what would do instead."""
    settings = planned(GroupSettings(seasons=(SUMMER, SPRING)), "Soon", date(2026, 12, 5))

    assert with_season(settings, name, first=first, last=last, today=TODAY) == refused


def test_a_group_has_so_many_seasons_at_most() -> None:
    """As every one of them is loaded with the group."""
    many = tuple(
        Season(SeasonId(f"{n}"), f"S{n}", date(2000 + n // 12, 1 + n % 12, 1), date(2000, 1, 1))
        for n in range(MOST_SEASONS)
    )

    refused = with_season(GroupSettings(seasons=many), "New", first=None, last=None, today=TODAY)

    assert refused == SeasonRefused(Refusal.TOO_MANY_SEASONS, "100")


def test_a_season_that_has_not_begun_gives_way_to_another() -> None:
    """With the same first day: a typing mistake is mended by saying it again."""
    wrong = planned(GroupSettings(seasons=(SPRING,)), "Wniter")

    seasons = planned(wrong, "Winter").seasons

    assert [(one.name, one.first) for one in seasons] == [
        ("Spring", date(2026, 10, 1)),
        ("Winter", date(2026, 11, 23)),
    ]


def test_the_last_day_of_a_season_may_be_said_anew() -> None:
    """Of the one that runs and of one that is planned, up to the next; without one nothing changes."""
    settings = planned(GroupSettings(seasons=(SPRING,)), "Winter", date(2027, 1, 10))

    longer = planned(settings, "spring", last=date(2027, 3, 1))
    later = planned(longer, "WINTER", date(2027, 1, 10), date(2027, 2, 1))

    assert [one.last for one in longer.seasons] == [date(2027, 1, 9), date(2027, 4, 10)]
    assert [one.last for one in later.seasons] == [date(2027, 1, 9), date(2027, 2, 1)]
    assert planned(later, "Winter") == later


def test_a_season_that_is_planned_can_be_taken_back() -> None:
    """The next one, when none runs that could be ended; then there is nothing more to end."""
    two = planned(planned(GroupSettings(), "One"), "Two", date(2027, 5, 1))

    one_less = without_season(two, today=TODAY)
    assert isinstance(one_less, GroupSettings)
    none = without_season(one_less, today=TODAY)
    assert isinstance(none, GroupSettings)

    assert [one.name for one in one_less.seasons] == ["Two"]
    assert none.seasons == ()
    assert without_season(none, today=TODAY) == SeasonRefused(Refusal.NO_SEASON_RUNS)


def test_an_id_is_never_taken_for_a_name() -> None:
    """Though somebody called a season by another one's first day."""
    odd = Season(SeasonId("2026-11-23"), "2026-10-01", date(2026, 11, 23), date(2026, 12, 1))

    assert season_called(GroupSettings(seasons=(SPRING, odd)), "2026-10-01") == SPRING


def test_a_season_is_ended_at_midnight() -> None:
    """It holds today; without one there is nothing to end."""
    ended = without_season(GroupSettings(seasons=(SPRING,)), today=TODAY)

    assert isinstance(ended, GroupSettings)
    assert season_on(TODAY, ended.seasons) is not None
    assert season_on(TODAY + DAY, ended.seasons) is None
    assert without_season(ended, today=TODAY + DAY) == SeasonRefused(Refusal.NO_SEASON_RUNS)


def test_a_season_is_found_by_its_name_or_its_id() -> None:
    """However the name is written."""
    settings = GroupSettings(seasons=(SPRING,))

    assert season_called(settings, "SPRING") == season_called(settings, "2026-10-01") == SPRING
    assert season_called(settings, "Autumn") is None


@given(st.lists(st.tuples(st.integers(1, 400), st.integers(0, 400)), max_size=12))
def test_no_day_ever_belongs_to_two_seasons(wishes: list[tuple[int, int]]) -> None:
    """In whatever order they are planned; each keeps its first day, and they stand in their order."""
    settings = GroupSettings()
    for number, (start, length) in enumerate(wishes):
        first = TODAY + start * DAY
        found = with_season(settings, f"S{number}", first=first, last=first + length * DAY, today=TODAY)
        settings = found if isinstance(found, GroupSettings) else settings

    seasons = settings.seasons
    assert all(one.first <= one.last for one in seasons)
    assert all(one.last < after.first for one, after in pairwise(seasons))
    assert {one.first for one in seasons} == {TODAY + start * DAY for start, _ in wishes}


def test_groups_that_become_one_go_by_the_calendar_and_the_hosts_of_whoever_asked() -> None:
    """Organisers and channels with reactions are those of both, each once."""
    maker = GroupSettings(
        zone="Europe/Berlin",
        organisers=("Ada", "7"),
        hosts=("Ben",),
        seasons=(SPRING,),
        reacting=(("discord:1", Reacting.FIRST), ("discord:2", Reacting.FIRST)),
    )
    other = GroupSettings(
        zone="Asia/Tokyo",
        organisers=("ada", "Cy"),
        hosts=(),
        seasons=(SUMMER,),
        reacting=(("discord:2", Reacting.LAST), ("a:slack", Reacting.LAST)),
    )

    assert united(maker, other) == GroupSettings(
        zone="Europe/Berlin",
        organisers=("Ada", "7", "Cy"),
        hosts=("Ben",),
        seasons=(SPRING,),
        reacting=(
            ("a:slack", Reacting.LAST),
            ("discord:1", Reacting.FIRST),
            ("discord:2", Reacting.FIRST),
        ),
    )


def test_a_group_without_a_zone_takes_the_other_ones() -> None:
    """Or none, when neither has said one."""
    tokyo = GroupSettings(zone="Asia/Tokyo")

    assert united(GroupSettings(), tokyo) == united(tokyo, GroupSettings()) == tokyo
    assert united(GroupSettings(), GroupSettings()) == GroupSettings()
