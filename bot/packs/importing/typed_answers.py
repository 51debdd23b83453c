"""Keys of what is typed, as a pack can hold them."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from bot.core.items import Blank, BlanksKey, NumberKey, Point, TextKey
from bot.packs import prose
from bot.packs.fields import LONGEST
from bot.packs.importing.cleaning import cleaned, line
from bot.packs.importing.drafts import Fault
from bot.packs.scalars import is_number
from bot.packs.typed_keys import MOST_ACCEPTED, MOST_BLANKS, MOST_POINTS

if TYPE_CHECKING:
    from bot.packs.importing.questions import Fitting

_LONGEST_UNIT: Final = 60
_FIRST_SENTENCE = re.compile(r"(?s)(.*?[.!?])(?:\s|$)")


def three_wide(prompt: str) -> str:
    """Return *prompt* with every run of more than three underscores outside of code made three."""
    bare = prose.without_code(prompt)
    for found in reversed(list(prose.BLANK.finditer(bare))):
        prompt = prompt[: found.start()] + "___" + prompt[found.end() :]
    return prompt


def blanks_of(key: BlanksKey, prompt: str) -> BlanksKey | None:
    """Return the key of the blanks in *prompt*; None when their numbers differ, or one accepts nothing."""
    read = tuple(Blank(accepted(blank.accept), blank.exact) for blank in key.blanks)
    fits = 0 < len(read) <= MOST_BLANKS and len(read) == len(prose.blanks(prompt))
    return BlanksKey(read) if fits and all(0 < len(one.accept) <= MOST_ACCEPTED for one in read) else None


def number_of(key: NumberKey) -> NumberKey | None:
    """Return *key* as a pack can hold it; None when a number is none, or the units clash."""
    unit = line(key.unit)
    units = tuple((line(name), size) for name, size in key.units)
    names = [unit, *(name for name, _ in units)]
    numbers = [key.value, key.tolerance, *(size for _, size in units)]
    fine = (
        all(is_number(str(number)) for number in numbers)
        and key.tolerance >= 0
        and all(size > 0 for _, size in units)
        and len(set(names)) == len(names)
        and all(name and len(name) <= _LONGEST_UNIT for name, _ in units)
        and (unit or not (units or key.unit_required))
        and len(unit) <= LONGEST
    )
    return NumberKey(key.value, key.tolerance, key.percent, unit, units, key.unit_required) if fine else None


def text_of(fitting: "Fitting") -> TextKey:
    """Return the key of a free text: what the draft accepts, its points, or what stands in for them."""
    draft = fitting.draft
    given = draft.key if isinstance(draft.key, TextKey) else TextKey()
    accept = accepted((draft.answer, *given.accept, *_other_answers(fitting)))
    points = _points(given.points)
    longest = max((len(accept), *(len(point.any_of) for point in points)))
    if len(points) > MOST_POINTS or longest > MOST_ACCEPTED:
        fitting.refuse(
            Fault.NOT_SUPPORTED,
            f"An answer has at most {MOST_ACCEPTED} wordings and {MOST_POINTS} points.",
        )
    if not accept and not points:
        accept = _stand_in(fitting)
    need = given.need if 0 <= given.need <= len(points) else 0
    return TextKey(accept, points, need, given.exact)


def accepted(texts: Iterable[str]) -> tuple[str, ...]:
    """Return *texts*, each on one line and once."""
    return tuple(dict.fromkeys(text for text in map(line, texts) if 0 < len(text) <= LONGEST))


def _points(points: Iterable[Point]) -> tuple[Point, ...]:
    read = (Point(line(point.say), accepted(point.any_of)) for point in points)
    return tuple(point for point in read if 0 < len(point.say) <= LONGEST and point.any_of)


def _other_answers(fitting: "Fitting") -> tuple[str, ...]:
    """Return the right answers of a question that is of another kind, but not whole."""
    key, draft = fitting.draft.key, fitting.draft
    if isinstance(key, BlanksKey):
        if len(key.blanks) == 1 and not prose.blanks(draft.prompt):
            return key.blanks[0].accept
        fitting.switch_off(
            Fault.BAD_KEY,
            f"The key has {len(key.blanks)} blanks, and the text has another number of them.",
            "Write one blank in the text for each entry of the key.",
        )
        return ("; ".join(blank.accept[0] for blank in key.blanks if blank.accept),)
    if isinstance(key, NumberKey):
        fitting.switch_off(Fault.BAD_KEY, "The number and its units do not fit together.", "Mend the key.")
        return (f"{key.value} {key.unit}",)
    return tuple(option.text for option in draft.options if option.right)


def _stand_in(fitting: "Fitting") -> tuple[str, ...]:
    """Return the first sentence of the explanation for a question without a key, which is switched off."""
    explanation = cleaned(fitting.draft.explanation)
    found = _FIRST_SENTENCE.match(explanation)
    said = accepted((found[1] if found else explanation,))
    if not said:
        fitting.refuse(Fault.NO_ANSWER, "The question has no answer.", "Write the answer below the question.")
        return ("",)
    fitting.switch_off(
        Fault.NO_ANSWER,
        "No answer is marked; the first sentence of the explanation stands in for it.",
        "Set its `key` in the pack, and delete `off`.",
    )
    return said
