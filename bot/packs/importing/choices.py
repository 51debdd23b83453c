"""Options, steps and pairs of drafts as a pack can hold them, with ids made of their texts."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.core.ids import OptionId, StemId
from bot.core.items import ChoiceKey, Key, Kind, MatchKey, Option, OrderKey, Place, Stem
from bot.packs.importing.candidates import fingerprint
from bot.packs.importing.cleaning import cleaned, distinct, slug
from bot.packs.importing.drafts import DraftOption, Fault
from bot.packs.scalars import is_id

if TYPE_CHECKING:
    from bot.packs.importing.questions import Fitting

_TWO_TO_TEN: Final = range(2, 11)
_STEPS: Final = range(3, 6)
_STEMS: Final = range(3, 8)
_STAYS_LAST = re.compile(r"(?:all|none|any|both|neither) of (?:the above|these|them)\b", re.IGNORECASE)
_DECIDE: Final = "Look at it, set its `key` in the pack, and delete `off`."


@dataclass(frozen=True, slots=True)
class Choices:
    """What one chooses among."""

    options: tuple[Option, ...] = ()
    stems: tuple[Stem, ...] = ()


def truths_of(fitting: "Fitting") -> tuple[Kind, Key, Choices] | None:
    """Return a true/false question; None when the options are others than these two."""
    if fitting.draft.kind is not Kind.TRUE_FALSE:
        return None
    said = {cleaned(option.text).casefold(): option for option in fitting.draft.options}
    if said.keys() != {"true", "false"} or len(fitting.draft.options) != len(said):
        return None
    right = [OptionId(word) for word in ("true", "false") if said[word].right]
    if len(right) != 1:
        fitting.switch_off(Fault.NO_KEY, "Neither or both of true and false are marked as right.", _DECIDE)
    options = tuple(
        Option(OptionId(word), word.title(), cleaned(said[word].feedback)) for word in ("true", "false")
    )
    return Kind.TRUE_FALSE, ChoiceKey((*right, OptionId("true"))[:1]), Choices(options)


def right_of(fitting: "Fitting") -> tuple[Kind, Key, Choices]:
    """Return a choice of one or of several; no options at all when there are fewer than two."""
    drafts = _distinct(fitting)
    if len(drafts) < _TWO_TO_TEN.start:
        fitting.switch_off(Fault.TOO_FEW_OPTIONS, "There are fewer than two options.", "Add wrong options.")
        return Kind.SINGLE_CHOICE, ChoiceKey(()), Choices()
    if len(drafts) not in _TWO_TO_TEN:
        fitting.refuse(
            Fault.TOO_MANY_OPTIONS, f"A choice has 2 to 10 options, and this one has {len(drafts)}."
        )
    ids = ids_of([(draft.id, draft.text) for draft in drafts])
    options = tuple(
        Option(OptionId(own), cleaned(draft.text), cleaned(draft.feedback), _place(draft))
        for own, draft in zip(ids, drafts, strict=True)
    )
    right = tuple(option.id for option, draft in zip(options, drafts, strict=True) if draft.right)
    return _kept(fitting, options, right)


def _kept(
    fitting: "Fitting", options: tuple[Option, ...], right: tuple[OptionId, ...]
) -> tuple[Kind, Key, Choices]:
    """Return the choice with a key that stands in when none or all of the options are marked."""
    asked = fitting.draft.kind
    if not right:
        fitting.switch_off(Fault.NO_KEY, "No option is marked as right.", _DECIDE)
        right = (options[0].id,)
    elif len(right) == len(options):
        fitting.switch_off(Fault.ALL_RIGHT, "Every option is marked as right.", _DECIDE)
        right = right[:-1]
    several = asked is Kind.MULTIPLE_RESPONSE or len(right) > 1
    kind = Kind.MULTIPLE_RESPONSE if several else Kind.SINGLE_CHOICE
    return kind, ChoiceKey(right), Choices(options)


def order_of(fitting: "Fitting") -> tuple[Key, Choices]:
    """Return what is put in order; the draft has it in the right order."""
    drafts = _distinct(fitting)
    if len(drafts) not in _STEPS:
        fitting.refuse(Fault.NOT_SUPPORTED, f"An ordering has 3 to 5 steps, and this one has {len(drafts)}.")
    ids = [OptionId(own) for own in ids_of([(draft.id, draft.text) for draft in drafts])]
    options = [
        Option(own, cleaned(draft.text), cleaned(draft.feedback))
        for own, draft in zip(ids, drafts, strict=True)
    ]
    # A deck that lists the steps in their order would show it to whoever reads the file.
    options.sort(key=lambda option: fingerprint([option.text]))
    return OrderKey(tuple(ids)), Choices(tuple(options))


def pairs_of(fitting: "Fitting") -> tuple[Key, Choices]:
    """Return what is matched: the stems, and every text that stands on the right once."""
    said = [(cleaned(left), cleaned(right)) for left, right in fitting.draft.pairs]
    said = [(left, right) for left, right in said if left and right]
    pairs = list({" ".join(left.split()): (left, right) for left, right in reversed(said)}.values())[::-1]
    if len(pairs) < len(said):
        fitting.report(Fault.SAME_OPTIONS, "A left side stands in two pairs; the first was kept.", _DECIDE)
    others = (cleaned(option.text) for option in fitting.draft.options)
    texts = _once((*others, *(right for _, right in pairs)))
    if len(pairs) not in _STEMS or len(texts) not in _TWO_TO_TEN:
        fitting.refuse(
            Fault.NOT_SUPPORTED,
            f"A matching has 3 to 7 pairs of 2 to 10 answers, and this one has {len(pairs)} of {len(texts)}.",
        )
    options = tuple(
        Option(OptionId(own), text)
        for own, text in zip(ids_of([("", text) for text in texts]), texts, strict=True)
    )
    stems = tuple(
        Stem(StemId(own), left)
        for own, (left, _) in zip(ids_of([("", left) for left, _ in pairs]), pairs, strict=True)
    )
    by_text = {" ".join(option.text.split()): option.id for option in options}
    key = tuple(
        (stem.id, by_text[" ".join(right.split())]) for stem, (_, right) in zip(stems, pairs, strict=True)
    )
    return MatchKey(key), Choices(options, stems)


def ids_of(named: Sequence[tuple[str, str]]) -> list[str]:
    """Return an id for each pair of the source's own id and a text: that id, or words of the text."""
    taken: set[str] = set()
    return [
        distinct(
            own if own and is_id(own) else slug(text, longest=30) or f"o-{fingerprint([text])[:6]}", taken
        )
        for own, text in named
    ]


def like_before(new: Sequence[Option | Stem], before: Sequence[Option | Stem]) -> dict[str, str]:
    """Return for each id of *new* the one that it had *before*: by its text, else by its place."""
    known = {one.text: str(one.id) for one in before}
    kept = {str(one.id): known[one.text] for one in new if one.text in known}
    free = {str(one.id) for one in before} - set(kept.values())
    if len(new) == len(before):
        places = zip(new, before, strict=True)
        kept |= {str(one.id): str(old.id) for one, old in places if one.id not in kept and old.id in free}
    taken = set(kept.values())
    return kept | {str(one.id): distinct(one.id, taken) for one in new if one.id not in kept}


def _distinct(fitting: "Fitting") -> list[DraftOption]:
    """Return the options that say something, each text once; report what stood there twice."""
    found: dict[str, DraftOption] = {}
    repeated = False
    for draft in fitting.draft.options:
        flat = " ".join(cleaned(draft.text).split())
        if not flat:
            continue
        if flat in found:
            repeated = True
            if found[flat].right != draft.right:
                fitting.switch_off(
                    Fault.SAME_OPTIONS, "An option stands there as right and as wrong.", _DECIDE
                )
            both = "\n\n".join(_once((found[flat].feedback, draft.feedback)))
            found[flat] = replace(found[flat], right=found[flat].right or draft.right, feedback=both)
        else:
            found[flat] = draft
    if repeated and not fitting.off:
        fitting.report(
            Fault.SAME_OPTIONS, "Two options say the same, and one of them was kept.", "Change one of them."
        )
    return list(found.values())


def _once(texts: Iterable[str]) -> list[str]:
    """Return the *texts* that say something, each once, white space apart."""
    return list({" ".join(text.split()): text for text in texts if text.strip()}.values())


def _place(draft: DraftOption) -> Place:
    """Return where the option stands: "none of the above" makes sense in the last place only."""
    if draft.place is Place.ANY and _STAYS_LAST.match(draft.text.strip()):
        return Place.LAST
    return draft.place
