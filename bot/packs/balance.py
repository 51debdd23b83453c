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


@dataclass(frozen=True, slots=True)
class Balance:
    """Figures of the single-choice items among some items.

    *positions* counts the keys by their place in the file, from the first. *longest* is how many keys are
    longer than every other option, of *single* items.
    """

    single: int
    positions: tuple[int, ...]
    longest: int

    @property
    def longest_share(self) -> float:
        """The share of items whose key is the longest option; 0 when there are none."""
        return self.longest / self.single if self.single else 0.0


def weigh(items: Iterable[Item]) -> Balance:
    """Return the figures of *items*."""
    single = [item for item in items if item.kind is Kind.SINGLE_CHOICE]
    counts = Counter(_position(item) for item in single)
    positions = tuple(counts[place] for place in range(max(counts, default=-1) + 1))
    return Balance(len(single), positions, sum(map(_is_longest, single)))


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
