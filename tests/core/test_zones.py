"""Zones: what people type for a time zone, and what is offered to them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.core.zone_names import ABBREVIATIONS, CITIES, OFTEN, PLACES, RENAMED
from bot.core.zones import (
    LONGEST,
    NEAREST,
    SUGGESTIONS,
    ZoneName,
    ZoneOffered,
    ZoneTrouble,
    ZoneUnclear,
    complete_zone,
    read_zone,
)


@pytest.mark.parametrize(
    "said, zone",
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("europe berlin", "Europe/Berlin"),
        ("berl", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("New_York", "America/New_York"),
        ("NYC", "America/New_York"),
        ("York", "America/New_York"),
        ("us eastern", "America/New_York"),
        ("US/Pacific", "America/Los_Angeles"),
        ("calcutta", "Asia/Kolkata"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("kolkata", "Asia/Kolkata"),
        ("Mumbai", "Asia/Kolkata"),
        ("saigon", "Asia/Ho_Chi_Minh"),
        ("kiev", "Europe/Kyiv"),
        ("São Paulo", "America/Sao_Paulo"),
        ("sao paulo", "America/Sao_Paulo"),
        ("ZÜRICH", "Europe/Zurich"),
        ("St. John's", "America/St_Johns"),
        ("port au prince", "America/Port-au-Prince"),
        ("lord howe", "Australia/Lord_Howe"),
        ("buenos aires", "America/Argentina/Buenos_Aires"),
        ("indianapolis", "America/Indiana/Indianapolis"),
        ("Berlin, Germany", "Europe/Berlin"),
        ("germany", "Europe/Berlin"),
        ("Japan", "Asia/Tokyo"),
        ("UTC", "UTC"),
        ("Etc/UTC", "UTC"),
        ("Etc/GMT+5", "Etc/GMT+5"),
        ("  Paris  ", "Europe/Paris"),
    ],
)
def test_a_zone_is_read_from_a_name_or_a_city(said: str, zone: str) -> None:
    """Without its continent, in any case, by an old name, by a large city of it or by its start."""
    assert read_zone(said) == zone


@pytest.mark.parametrize(
    "said, reason, nearest",
    [
        ("", "empty", ()),
        (" ?! ", "empty", ()),
        ("x" * (LONGEST + 1), "too_long", ()),
        ("UTC+2", "offset", ()),
        ("-5", "offset", ()),
        ("gmt +05:30", "offset", ()),
        ("EST", "abbreviation", ("America/New_York", "America/Toronto", "America/Panama")),
        ("cet", "abbreviation", ("Europe/Berlin", "Europe/Paris", "Europe/Madrid")),
        ("lon", "several", ("Europe/London", "Arctic/Longyearbyen")),
        ("eastern", "several", ("America/Toronto", "America/New_York")),
        ("san jose", "several", ("America/Los_Angeles", "America/Costa_Rica")),
        ("new zealand", "several", ("Pacific/Auckland", "Pacific/Chatham")),
        ("new yrok", "unknown", ("America/New_York",)),
        ("London, Ontario", "unknown", ("Europe/London",)),
        ("Springfield, Ohio", "unknown", ()),
        ("qqqqqq", "unknown", ()),
        ("atlantis", "unknown", ()),
        ("Sidney", "unknown", ("Australia/Sydney",)),
        ("san fransico", "unknown", ("America/Los_Angeles",)),
    ],
)
def test_what_is_unclear_is_not_guessed(said: str, reason: str, nearest: tuple[str, ...]) -> None:
    """It is refused with its reason, and with what was probably meant."""
    assert read_zone(said) == ZoneUnclear(ZoneTrouble(reason), nearest)  # type: ignore[arg-type] # plain text


def test_two_letters_are_not_a_zone_even_where_they_begin_but_one() -> None:
    """They are offered, and one letter more is read."""
    assert [offer.city for offer in complete_zone("wu")] == ["Wuhan"]
    assert read_zone("wu") == ZoneUnclear(ZoneTrouble.SEVERAL, (ZoneName("Asia/Shanghai"),))
    assert read_zone("wuh") == "Asia/Shanghai"


def test_a_refusal_suggests_a_few_at_most() -> None:
    """A list of a hundred helps nobody."""
    unclear = read_zone("europe")

    assert isinstance(unclear, ZoneUnclear)
    assert len(unclear.nearest) == NEAREST


@pytest.mark.parametrize(
    "said, first",
    [
        ("ber", [("Europe/Oslo", "Bergen"), ("Europe/Berlin", "Berlin"), ("Atlantic/Bermuda", "Bermuda")]),
        ("new y", [("America/New_York", "New York")]),
        ("mumb", [("Asia/Kolkata", "Mumbai")]),
        ("paris", [("Europe/Paris", "Paris")]),
        ("dar", [("Africa/Dar_es_Salaam", "Dar es Salaam"), ("Australia/Darwin", "Darwin")]),
        ("us eas", [("America/Indiana/Indianapolis", "US/East-Indiana"), ("America/New_York", "US/Eastern")]),
        ("usa", [("America/New_York", "New York"), ("America/Chicago", "Chicago")]),
        ("berlin, ge", [("Europe/Berlin", "Berlin")]),
        ("qqqqqq", []),
    ],
)
def test_a_zone_is_completed_as_it_is_typed(said: str, first: list[tuple[str, str]]) -> None:
    """The best first, each zone once, under the name by which it was found."""
    assert [(offer.zone, offer.city) for offer in complete_zone(said)[: len(first) or None]] == first


def test_before_anything_is_typed_the_usual_zones_are_offered() -> None:
    """As many as a platform shows."""
    offers = complete_zone("")

    assert [offer.zone for offer in offers] == list(OFTEN)
    assert len(offers) == SUGGESTIONS
    assert complete_zone("", limit=1) == (ZoneOffered(offers[0].zone, "London"),)


def test_every_zone_is_read_by_its_full_name() -> None:
    """In its newest spelling; the bare abbreviations among them are refused, and so are offsets."""
    names = available_timezones() - {"Factory", "localtime"}
    refused = {name for name in names if isinstance(read_zone(name), ZoneUnclear)}

    assert [name for name in names - refused if read_zone(name) != RENAMED.get(name, name)] == []
    assert refused == {"CET", "EET", "EST", "GMT", "GMT+0", "GMT-0", "HST", "MET", "MST", "WET"}


def test_an_old_name_and_its_new_one_are_the_same_clock() -> None:
    """Through a year, so that nobody's question moves."""
    year = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours) for hours in range(0, 8760, 12)]

    assert [
        (old, new)
        for old, new in RENAMED.items()
        if any(
            at.astimezone(ZoneInfo(old)).utcoffset() != at.astimezone(ZoneInfo(new)).utcoffset()
            for at in year
        )
    ] == []


def test_the_tables_name_zones_that_exist_by_their_newest_names() -> None:
    """A slip in a table would be an answer that nobody can use."""
    named = {
        *CITIES.values(), *OFTEN, *RENAMED.values(),
        *(zone for table in (PLACES, ABBREVIATIONS) for zones in table.values() for zone in zones),
    }  # fmt: skip

    assert named - available_timezones() == set()
    assert named & set(RENAMED) == set()


def test_the_tables_spell_what_is_typed_as_it_is_compared() -> None:
    """In small letters, without accents, one space apart; and no city stands for two."""
    keys = [*CITIES, *PLACES, *ABBREVIATIONS]

    assert [key for key in keys if key != " ".join(key.lower().split()) or not key.isascii()] == []
    assert set(CITIES) & set(PLACES) == set()
