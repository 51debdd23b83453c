"""Balance: how often the right option stands at one place, or is the longest, in one source."""

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from bot.core.items import Kind
from bot.packs.balance import FEWEST_FOR_LENGTH, FEWEST_FOR_POSITION, LONGEST_SHARE, POSITION_SHARE
from bot.packs.importing.drafts import DraftQuestion, Fault, Harvest, Problem
from bot.packs.repairs.passages import with_problems

_FEWEST_OPTIONS: Final = 3


class _Key(NamedTuple):
    """The place of the one right option, and how long each option is."""

    place: int
    lengths: Sequence[int]


def weighed(harvest: Harvest) -> Harvest:
    """Return *harvest* with the share of keys at one place, and of longest keys, where it gives them away."""
    single = [key for question in harvest.questions if (key := _key(question)) is not None]
    return with_problems(harvest, [*_placed(single), *_long(single)])


def _key(question: DraftQuestion) -> _Key | None:
    """Return the key of *question*; None unless it has one right option among enough."""
    if question.kind is not Kind.SINGLE_CHOICE or len(question.options) < _FEWEST_OPTIONS:
        return None
    right = [option.right for option in question.options]
    if right.count(True) != 1:
        return None
    return _Key(right.index(True), [len(option.text) for option in question.options])


def _placed(single: Sequence[_Key]) -> list[Problem]:
    """Return the problem of keys that mostly stand at one place."""
    if len(single) < FEWEST_FOR_POSITION:
        return []
    place, count = Counter(key.place for key in single).most_common(1)[0]
    if count <= POSITION_SHARE * len(single):
        return []
    message = (
        f"The right option is number {place + 1} in {count} of {len(single)} questions "
        f"({count / len(single):.0%})."
    )
    mend = "Nothing has to be done: options are shuffled when they are shown."
    return [Problem(Fault.KEY_POSITION, 1, message, mend)]


def _long(single: Sequence[_Key]) -> list[Problem]:
    """Return the problem of keys that are mostly the longest option."""
    if len(single) < FEWEST_FOR_LENGTH:
        return []
    # Two options as long as each other are both guessed.
    count = sum(
        lengths[place] == max(lengths) and lengths.count(lengths[place]) == 1 for place, lengths in single
    )
    if count <= LONGEST_SHARE * len(single):
        return []
    share = f"{count} of {len(single)} questions ({count / len(single):.0%})"
    message = f"The right option is the longest in {share}, so it can be guessed."
    return [
        Problem(Fault.KEY_LENGTH, 1, message, "Shorten keys, or make wrong options as full as the right one.")
    ]
