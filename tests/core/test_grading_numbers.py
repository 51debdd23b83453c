"""Numbers are read whole or refused."""

from decimal import Decimal

import pytest

from bot.core.grading import Grade, Unreadable, grade
from bot.core.ids import DeckId, ItemId, Topic
from bot.core.items import Item, Kind, NumberKey
from bot.core.responses import Typed

BARE = NumberKey(Decimal("0.8"))
LATENCY = NumberKey(Decimal(250), unit="ms", units=(("s", Decimal(1000)), ("min", Decimal(60_000))))
SHARE = NumberKey(Decimal(80), unit="%")
MEGABYTES = NumberKey(Decimal(8), unit="MB", units=(("Mb", Decimal("0.125")), ("GB", Decimal(1000))))
POWER = NumberKey(Decimal(5), unit="MW")
SPEED = NumberKey(Decimal("9.81"), Decimal("0.01"), unit="m/s²")
AREA = NumberKey(Decimal(4), unit="m²")
PRICE = NumberKey(Decimal(5), unit="$")
HEAT = NumberKey(Decimal(20), unit="°C")


def number_item(key: NumberKey) -> Item:
    """Return a numeric item with *key*."""
    return Item(
        id=ItemId("pack/item"),
        deck=DeckId("pack/deck"),
        kind=Kind.NUMERIC,
        prompt="How many?",
        key=key,
        topic=Topic("1.1"),
    )


def verdict(key: NumberKey, text: str) -> str:
    """Say in a word what *text* comes to."""
    graded = grade(number_item(key), Typed((text,)))
    if isinstance(graded, Unreadable):
        return graded.value
    return "right" if graded.right else "near" if graded.near else "wrong"


def bare(value: str, tolerance: str = "0", *, percent: bool = False) -> NumberKey:
    """Return the key of a number without a unit."""
    return NumberKey(Decimal(value), Decimal(tolerance), percent=percent)


RIGHT = [
    (BARE, "0.8"),
    (BARE, ".8"),
    (BARE, "0.80"),
    (BARE, " 0.8 "),
    (BARE, "0.8."),
    (BARE, "+0.8"),
    (BARE, "80%"),
    (BARE, "80 %"),
    (BARE, "80 percent"),
    (BARE, "80 per cent"),
    (BARE, "80 pct"),
    (BARE, "٨٠٪"),
    (BARE, "８０％"),
    (BARE, "4/5"),
    (BARE, "4 / 5"),
    (BARE, "4⁄5"),
    (BARE, "8e-1"),
    (BARE, "8E-1"),
    (BARE, "8×10⁻¹"),
    (BARE, "8 x 10^-1"),
    (bare("0.5"), "½"),
    (bare("-0.5"), "-½"),
    (bare("-5"), "-5"),
    (bare("-5"), "−5"),
    (bare("-5"), "－５"),
    (bare("0"), "-0"),
    (bare("5"), "5."),
    (bare("5"), "005"),
    (bare("5"), "\u200e5\u200f"),
    (bare("1000"), "1,000"),
    (bare("1000"), "1 000"),
    (bare("1000"), "1\u202f000"),
    (bare("1000"), "1’000"),
    (bare("1000"), "1e3"),
    (bare("1000"), "10^3"),
    (bare("1000"), "10³"),
    (bare("1000"), "١٬٠٠٠"),
    (bare("1234567.5"), "1,234,567.5"),
    (bare("1234567.5"), "1 234 567.5"),
    (bare("0.8"), "٠٫٨"),
    (bare("42"), "४२"),
    (bare("1E+5"), "100000"),
    (bare("1E+308"), "1e308"),
    # units
    (LATENCY, "250"),
    (LATENCY, "250ms"),
    (LATENCY, "250 ms"),
    (LATENCY, "250 ms."),
    (LATENCY, "250 MS"),
    (LATENCY, "0.25 s"),
    (LATENCY, ".25s"),
    (LATENCY, "1/4 s"),
    (LATENCY, "1/240 min"),
    (LATENCY, "1/240 mins"),
    (LATENCY, "1/240 Min"),
    (LATENCY, "0.25 seconds"),
    (LATENCY, "250 milliseconds"),
    (LATENCY, "0.25 Sec"),
    (MEGABYTES, "8 megabytes"),
    (PRICE, "5 dollars"),
    (NumberKey(Decimal(2), unit="hours"), "2 h"),
    (NumberKey(Decimal(2), unit="hours"), "2 hrs"),
    (NumberKey(Decimal(3), unit="µs"), "3 us"),
    (SHARE, "80"),
    (SHARE, "80%"),
    (SHARE, "80 percent"),
    (MEGABYTES, "8 MB"),
    (MEGABYTES, "64 Mb"),
    (MEGABYTES, "0.008 GB"),
    (MEGABYTES, "0.008 gb"),
    (POWER, "5 mw"),
    (SPEED, "9.81 m/s^2"),
    (SPEED, "9.81m/s2"),
    (SPEED, "9.81 m / s²"),
    (AREA, "4 m2"),
    (AREA, "4 ㎡"),
    (PRICE, "$5"),
    (PRICE, "$ 5"),
    (PRICE, "5 $"),
    (PRICE, "+$5.00"),
    (HEAT, "20℃"),
    (HEAT, "20 °C"),
    (NumberKey(Decimal(3), unit="hours"), "3 hour"),
    (NumberKey(Decimal(3), unit="hours"), "3 Hours"),
    (NumberKey(Decimal(3), unit="µs"), "3 μs"),
]


@pytest.mark.parametrize("key,text", RIGHT)
def test_every_common_way_to_write_the_number_is_read(key: NumberKey, text: str) -> None:
    """Digits of any script, groups, fractions, powers, percent and units give the same value."""
    assert verdict(key, text) == "right"


NOT_NUMBERS = [
    *("five", "-", "+", ".", "%", "ms", "NaN", "nan", "Infinity", "-inf", "∞", "0x10", "1_000", "１_０"),
    *(
        "about 5",
        "~5",
        "≈5",
        "5?",
        "5!",
        "5 or 6",
        "12-14",
        "12–14",
        "1:30",
        "1.2.3",
        "5, 6",
        "5;6",
        "(5)",
        "=5",
    ),
    *(
        "1.000,5",
        "0,8",
        "1,5",
        "1,00",
        "12,34",
        "1,0000",
        "01,000",
        "0,125",
        "1000,000",
        "1,000,00",
        "1 00",
        "1 5",
    ),
    *(
        "1 1/2",
        "1½",
        "½½",
        "1/0",
        "1/4/2020",
        "2024-01-05",
        "1/-4",
        "1.5/2",
        "- 5",
        "--5",
        "+-5",
        "5-",
        "½5",
        "e5",
    ),
    *(
        "1e999999999",
        "1e-999999999",
        "1e309",
        "10^999999999",
        "2×10^99999",
        "1e1.5",
        "1e5e5",
        "5^2",
        "5²",
        "2x3",
    ),
    *("①", "5①", "5₂", "Ⅳ", "二", "5 6 7", "5..", "1'00"),
]


@pytest.mark.parametrize("text", NOT_NUMBERS)
def test_what_is_not_surely_one_number_is_refused(text: str) -> None:
    """Nothing is read by half: the answer can be sent again."""
    assert verdict(bare("5"), text) == Unreadable.NOT_A_NUMBER


UNKNOWN_UNITS = [
    (bare("5"), "5 apples"),
    (bare("5"), "5k"),
    (bare("5"), "5e"),
    (bare("5"), "5 °"),
    (LATENCY, "0.25 h"),
    (LATENCY, "250 m"),
    (LATENCY, "250 Ms"),
    (LATENCY, "80%"),
    (SHARE, "80 ms"),
    (MEGABYTES, "8 mb"),
    (POWER, "5 mW"),
    (NumberKey(Decimal(8), unit="MB"), "8 Mb"),
    (PRICE, "€5"),
    (PRICE, "5 €"),
]


@pytest.mark.parametrize("key,text", UNKNOWN_UNITS)
def test_a_unit_that_the_item_does_not_know_is_refused(key: NumberKey, text: str) -> None:
    """Mb is not MB, and a unit is never ignored."""
    assert verdict(key, text) == Unreadable.UNIT_UNKNOWN


def test_a_unit_in_small_letters_is_read_unless_two_units_differ_by_case_alone() -> None:
    """Careless capitals are forgiven; where they decide, they must be right."""
    assert verdict(NumberKey(Decimal(8), unit="MB"), "8 mb") == "right"
    assert verdict(NumberKey(Decimal(5), unit="kHz"), "5 khz") == "right"
    assert verdict(NumberKey(Decimal(5), unit="kHz"), "5 KHz") == "right"
    assert verdict(MEGABYTES, "64 Mb") == "right"
    assert verdict(MEGABYTES, "8 Mb") == "wrong"


def test_a_required_unit_that_is_missing_is_asked_for() -> None:
    """The number alone is neither right nor wrong then."""
    key = NumberKey(Decimal(250), unit="ms", unit_required=True)

    assert verdict(key, "250") == Unreadable.UNIT_MISSING
    assert verdict(key, "250 ms") == "right"


TOLERANCES = [
    (bare("10", "0.5"), "9.5", "right"),
    (bare("10", "0.5"), "10.5", "right"),
    (bare("10", "0.5"), "10.500000000000000000000000000000000001", "near"),
    (bare("10", "0.5"), "11", "near"),
    (bare("10", "0.5"), "11.01", "wrong"),
    (bare("10"), "10.0000001", "wrong"),
    (bare("0.1", "0.2"), "0.3", "right"),
    (bare("200", "5", percent=True), "210", "right"),
    (bare("200", "5", percent=True), "190", "right"),
    (bare("200", "5", percent=True), "210.01", "near"),
    (bare("-200", "5", percent=True), "-210", "right"),
    (bare("0.33", "0.01"), "1/3", "right"),
    (NumberKey(Decimal(250), Decimal(10), unit="ms", units=(("s", Decimal(1000)),)), "0.26 s", "right"),
    (NumberKey(Decimal(80), Decimal(1), unit="%"), "0.8", "wrong"),
]


@pytest.mark.parametrize("key,text,expected", TOLERANCES)
def test_the_bounds_of_the_tolerance_are_inside_and_twice_the_tolerance_is_near(
    key: NumberKey, text: str, expected: str
) -> None:
    """Bounds are exact fractions, so no rounding moves them."""
    assert verdict(key, text) == expected


def test_a_number_needs_exactly_one_text_of_reasonable_length() -> None:
    """Nothing, two texts and a flood of digits are refused before they are read."""
    item = number_item(BARE)

    assert grade(item, Typed(())) == Unreadable.WRONG_COUNT
    assert grade(item, Typed(("1", "2"))) == Unreadable.WRONG_COUNT
    assert grade(item, Typed(("  ",))) == Unreadable.EMPTY
    assert grade(item, Typed(("9" * 1001,))) == Unreadable.TOO_LONG
    assert isinstance(grade(item, Typed(("9" * 1000,))), Grade)
