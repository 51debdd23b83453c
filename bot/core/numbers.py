"""Numbers as people type them, read whole or not at all.

A text is a number when every character of it has its place: a sign, digits, a decimal point, groups of
thousands, a fraction of two whole numbers, a power of ten, a percent sign, a unit. Whatever could be read
in two ways is refused, for a refused answer can be sent again and a misread one costs the question:
``1.000,5`` and ``0,8`` (a decimal comma, or a group that lacks a digit), ``1:30``, ``5 or 6``, ``about 5``.

Values are fractions, so that 1/3 and the bounds of a tolerance are exact.
"""

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from bot.core.grades import Unreadable
from bot.core.items import NumberKey

_LARGEST_EXPONENT = 308
"""As far as a double reaches; more is a slip, or an attempt to make us count zeros."""

_HUNDREDTH = Fraction(1, 100)
_LEAST_PLURAL = 3
"""``mins`` is ``min``, but ``ms`` is not ``m``."""

_SYMBOLS = {
    "nanosecond": "ns", "microsecond": "μs", "us": "μs", "millisecond": "ms", "second": "s", "sec": "s",
    "minute": "min", "hour": "h", "hr": "h", "day": "d", "week": "wk", "month": "mo", "year": "yr",
    "bit": "b", "byte": "B", "kilobyte": "kB", "megabyte": "MB", "gigabyte": "GB", "terabyte": "TB",
    "millimetre": "mm", "centimetre": "cm", "metre": "m", "kilometre": "km", "gram": "g", "kilogram": "kg",
    "millimeter": "mm", "centimeter": "cm", "meter": "m", "kilometer": "km", "litre": "l", "liter": "l",
    "watt": "W", "kilowatt": "kW", "megawatt": "MW", "volt": "V", "hertz": "Hz", "degree": "°",
    "dollar": "$", "euro": "€", "pound": "£",
}  # fmt: skip
"""The symbol of a unit that has a name, so that an item that knows *h* reads *2 hours*."""

_CHARACTERS = str.maketrans({
    **dict.fromkeys("−‐‑–﹣－", "-"),
    **dict.fromkeys("⁄∕", "/"),
    **dict.fromkeys("’‘＇", "'"),
    "٫": ".",
    "٬": ",",
    "٪": "%",
})  # fmt: skip
_SUPERSCRIPTS = re.compile("[⁺⁻]?[⁰¹²³⁴-⁹]+")
_SUPERSCRIPT_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_BESIDE_FRACTION = re.compile(r"(?<=\w)(?=[¼-¾⅐-⅟↉])|(?<=[¼-¾⅐-⅟↉])(?=\w)")
"""Where 1½ must not become 11/2."""

_PERCENT = re.compile(r"per ?cent|pct", re.IGNORECASE)

_NUMBER = re.compile(
    r"""
    (?P<sign>[+-]?)
    (?:
        10 \^ (?P<power>[+-]?\d+)
      | (?P<top>\d+) \ ?/\ ? (?P<bottom>\d+)
      | (?P<digits>
            [1-9]\d{0,2} (?: (?:,\d{3})+ | (?:\ \d{3})+ | (?:'\d{3})+ ) (?:\.\d+)?
          | \d+ (?:\.\d+)?
          | \.\d+
        )
        (?: [eE] (?P<exponent>[+-]?\d+) | \ ?[x×*·]\ ? 10 \^ (?P<times>[+-]?\d+) )?
    )
    """,
    re.VERBOSE | re.ASCII,
)


def read_number(text: str, key: NumberKey) -> Fraction | Unreadable:
    """Return the number that *text* says, in the unit of *key*, or why it says none.

    A percent sign divides by 100 only where *key* has no unit at all; where the unit is ``%`` it is just
    the unit.
    """
    plain = _currency_last(_plain(text).removesuffix("."))
    match = _NUMBER.match(plain)
    value = _value(match) if match else None
    if match is None or value is None:
        return Unreadable.NOT_A_NUMBER
    size = _size(plain[match.end() :].strip(), key)
    return size if isinstance(size, Unreadable) else value * size


def agrees(value: Fraction, key: NumberKey, *, times: int = 1) -> bool:
    """Return whether *value* lies within *times* the tolerance of *key*, the bounds included."""
    wanted = Fraction(key.value)
    tolerance = Fraction(key.tolerance)
    if key.percent:
        tolerance *= abs(wanted) * _HUNDREDTH
    return abs(value - wanted) <= tolerance * times


def _plain(text: str) -> str:
    """Return *text* with ASCII digits, signs and spaces, superscripts as ``^2``, no unseen characters."""
    if text.isascii():
        return " ".join(text.split())
    marked = _SUPERSCRIPTS.sub(lambda run: "^" + run[0].translate(_SUPERSCRIPT_DIGITS), text)
    marked = _BESIDE_FRACTION.sub(" ", marked)
    return " ".join("".join(map(_plain_character, marked.translate(_CHARACTERS))).split())


def _plain_character(character: str) -> str:
    """Level one character; digits in circles and the like stay, and so cannot be read as digits."""
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Cf":
        return ""
    fraction = unicodedata.decomposition(character).startswith("<fraction>")
    if category == "No" and not fraction:
        return character
    return unicodedata.normalize("NFKC", character).translate(_CHARACTERS)


def _currency_last(text: str) -> str:
    """Write ``$5`` as ``5 $``."""
    at = 1 if text[:1] in {"+", "-"} else 0
    if unicodedata.category(text[at : at + 1] or "0") != "Sc":
        return text
    return text[:at] + text[at + 1 :].lstrip() + " " + text[at]


def _value(match: re.Match[str]) -> Fraction | None:
    """Return the number in *match*, or None for a division by zero and an exponent out of reach."""
    if match["top"] is not None:
        size = _ratio(int(match["top"]), int(match["bottom"]))
    else:
        digits = re.sub("[, ']", "", match["digits"] or "1")
        size = _scaled(digits, int(match["power"] or match["exponent"] or match["times"] or 0))
    return -size if size is not None and match["sign"] == "-" else size


def _ratio(top: int, bottom: int) -> Fraction | None:
    return Fraction(top, bottom) if bottom else None


def _scaled(digits: str, exponent: int) -> Fraction | None:
    """Return *digits* times ten to the *exponent*."""
    return Fraction(digits) * Fraction(10) ** exponent if abs(exponent) <= _LARGEST_EXPONENT else None


def _size(unit: str, key: NumberKey) -> Fraction | Unreadable:
    """Return how many of the unit of *key* one *unit* is."""
    if not unit:
        return Unreadable.UNIT_MISSING if key.unit_required else Fraction(1)
    wanted = _unit(unit)
    known = _known_units(key)
    for name in _spellings(wanted, known):
        return known[name]
    if wanted == "%" and not known:
        return _HUNDREDTH
    return Unreadable.UNIT_UNKNOWN if _may_be_unit(unit) else Unreadable.NOT_A_NUMBER


@lru_cache(maxsize=1024)
def _known_units(key: NumberKey) -> dict[str, Fraction]:
    """Return the size of each unit of *key* in its own one."""
    own = {_unit(key.unit): Fraction(1)} if key.unit else {}
    return {_unit(name): Fraction(size) for name, size in key.units} | own


def _may_be_unit(text: str) -> bool:
    """Return whether *text*, after a number, may be a unit and is no second half of the number."""
    if any(character.isnumeric() or character in ":;,?!" for character in text):
        return False
    return text[0].isalpha() or text[0] in "%‰°" or unicodedata.category(text[0]) == "Sc"


def _unit(name: str) -> str:
    """Return *name* as units are compared: without spaces, ``m²`` and ``m^2`` as ``m2``, percent as ``%``."""
    return _PERCENT.sub("%", _plain(name).replace("^", "")).replace(" ", "")


def _spellings(wanted: str, known: dict[str, Fraction]) -> Iterator[str]:
    """Yield the names in *known* that *wanted* may stand for, the surest first."""
    single = wanted.removesuffix("s")
    forms = [wanted, single, wanted + "s"] if len(single) >= _LEAST_PLURAL else [wanted]
    yield from (form for form in forms if form in known)
    symbol = _symbol(wanted)
    yield from (name for name in known if _symbol(name) == symbol)
    for form in forms:
        loose = [name for name in known if name.casefold() == form.casefold()]
        if len(loose) == 1 and not _case_tells(form, loose[0]):
            yield loose[0]


def _symbol(name: str) -> str:
    small = name.casefold()
    return _SYMBOLS.get(small) or _SYMBOLS.get(small.removesuffix("s")) or name


def _case_tells(form: str, name: str) -> bool:
    """Return whether *form*, in mixed case, says another unit than *name*: Mb is not MB, nor mW MW.

    All small or all capital letters are careless typing, as is a capital at the start of a word: ``Minutes``.
    """
    if form.islower() or form.isupper():
        return False
    if form.istitle() and name.islower() and len(form) >= _LEAST_PLURAL:
        return False
    return any(one != other and one.casefold() in "mbp" for one, other in zip(form, name, strict=True))
