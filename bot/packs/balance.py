"""What gives a key away: where it stands and how long it is.

Options are shuffled when shown, so a key that always stands first is a sign of haste and no leak; a key that
is always the longest is a leak.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.core.items import ChoiceKey, Item, Kind
from bot.packs import prose
from bot.packs.problems import Code, Spot

LONGEST_SHARE = 0.30
"""The key may be the longest option in this share of a deck; chance alone gives one in four of four."""

POSITION_SHARE = 0.50
"""No position may hold the key more often than this."""

FEWEST_FOR_LENGTH = 5
FEWEST_FOR_POSITION = 10
FOUR = 4

MOST_BY_CHANCE = (0.0, 3.841, 5.991, 7.815, 9.488, 11.07, 12.592, 14.067, 15.507, 16.919)
"""Chi-square at one in twenty, by degrees of freedom from 0 (Pearson's table)."""


@dataclass(frozen=True, slots=True)
class Balance:
    """Figures of the single-choice items among some items.

    *positions* counts the keys by their place in the file, from the first, and *expected* says how many would
    stand there by chance. *longest* is how many keys are longer than every other option, of *single* items;
    *longest_of_four* counts only the *four* items that have four options.
    """

    single: int
    positions: tuple[int, ...]
    longest: int
    expected: tuple[float, ...] = ()
    four: int = 0
    longest_of_four: int = 0

    @property
    def longest_share(self) -> float:
        """The share of items whose key is the longest option; 0 when there are none."""
        return self.longest / self.single if self.single else 0.0

    @property
    def longest_share_of_four(self) -> float:
        """The same share among items with four options; chance gives one in four."""
        return self.longest_of_four / self.four if self.four else 0.0

    @property
    def chi_square(self) -> float:
        """Pearson's statistic of how far the positions are from chance; 0 is no distance at all."""
        pairs = zip(self.positions, self.expected, strict=True)
        return sum((found - due) ** 2 / due for found, due in pairs)

    @property
    def even(self) -> bool:
        """Whether the positions are as even as chance leaves them in 19 of 20 cases."""
        return self.chi_square <= MOST_BY_CHANCE[max(len(self.positions) - 1, 0)]


def weigh(items: Iterable[Item]) -> Balance:
    """Return the figures of *items*."""
    single = [item for item in items if item.kind is Kind.SINGLE_CHOICE]
    counts = Counter(_position(item) for item in single)
    places = range(max((len(item.options) for item in single), default=0))
    expected = [
        sum(1 / len(item.options) for item in single if place < len(item.options)) for place in places
    ]
    four = [item for item in single if len(item.options) == FOUR]
    return Balance(
        len(single),
        tuple(counts[place] for place in places),
        sum(map(_is_longest, single)),
        tuple(expected),
        len(four),
        sum(map(_is_longest, four)),
    )


def check_balance(items: Sequence[Item], line: int, spot: Spot) -> None:
    """Warn about a deck whose keys can be guessed without knowing anything."""
    found = weigh(items)
    if found.single >= FEWEST_FOR_LENGTH and found.longest_share > LONGEST_SHARE:
        spot.report(
            Code.KEY_LONGEST,
            line,
            f"The key is the longest option in {found.longest} of {found.single} items, "
            f"over {LONGEST_SHARE:.0%}.",
            "Shorten keys, or make wrong options as full as the right one.",
        )
    most = max(found.positions, default=0)
    if found.single >= FEWEST_FOR_POSITION and most > POSITION_SHARE * found.single:
        spot.report(
            Code.KEY_POSITION,
            line,
            f"The key is number {found.positions.index(most) + 1} of the options "
            f"in {most} of {found.single} items.",
            "Write the options in varied order.",
        )


def _position(item: Item) -> int:
    """Return the place of the key of a single-choice item among its options."""
    return [option.id for option in item.options].index(_right(item).right[0])


def _is_longest(item: Item) -> bool:
    """Tell whether the key of a single-choice item is longer than every other option."""
    lengths = [len(prose.plain(option.text)) for option in item.options]
    key = lengths.pop(_position(item))
    return key > max(lengths)


def _right(item: Item) -> ChoiceKey:
    """Return the key of a choice item."""
    if isinstance(item.key, ChoiceKey):
        return item.key
    raise TypeError(item.kind)
