"""Draft questions as items that a pack can hold; what cannot be held is reported, never cut.

A question that cannot be asked as it stands becomes an item all the same where that is possible: switched
off, with a key that stands in until a person has decided.
"""

from dataclasses import dataclass, field
from typing import Final, assert_never

from bot.core.ids import DeckId, ItemId, Topic
from bot.core.items import BlanksKey, Item, Key, Kind, NumberKey, Source
from bot.packs.fields import LONGEST
from bot.packs.importing.choices import Choices, order_of, pairs_of, right_of, truths_of
from bot.packs.importing.cleaning import cleaned, line, lost
from bot.packs.importing.drafts import DraftQuestion, Fault, Problem
from bot.packs.importing.typed_answers import blanks_of, number_of, text_of, three_wide
from bot.packs.scalars import is_url

_MOST_HINTS: Final = 10
_MOST_SOURCES: Final = 20
_SECONDS: Final = range(5, 601)
_HOW_TO_SPLIT: Final = "Split it into several, or shorten it, and import again."


@dataclass(slots=True)
class Fitting:
    """One draft on its way into a pack. *off* collects why it is not asked, *unfit* why it cannot be held."""

    draft: DraftQuestion
    problems: list[Problem] = field(default_factory=list)
    off: list[str] = field(default_factory=list)
    unfit: str = ""

    def report(self, fault: Fault, message: str, mend: str) -> None:
        """Report something that a person has to look at."""
        self.problems.append(Problem(fault, self.draft.span.first, message, mend))

    def switch_off(self, fault: Fault, reason: str, mend: str) -> None:
        """Switch the item off because of *reason*; its reader has reported a draft that is off already."""
        if not self.draft.off:
            self.report(fault, reason, mend)
            self.off.append(reason)

    def refuse(self, fault: Fault, message: str, mend: str = _HOW_TO_SPLIT) -> None:
        """Say that the pack cannot hold the question at all."""
        self.report(fault, message, mend)
        self.unfit = self.unfit or message


def fit_question(draft: DraftQuestion, topic: Topic) -> tuple[Item | None, Fitting]:
    """Return *draft* as an item without ids, or None when *fitting* says why it cannot be one."""
    fitting = Fitting(draft)
    prompt = cleaned(draft.prompt)
    if not prompt:
        fitting.refuse(
            Fault.NO_PROMPT, "The question asks nothing.", "Write what is asked before the answers."
        )
        return None, fitting
    kind, prompt, key, choices = _answered(fitting, prompt)
    item = Item(
        id=ItemId(""),
        deck=DeckId(""),
        kind=kind,
        prompt=prompt,
        key=key,
        topic=topic,
        difficulty=draft.difficulty,
        options=choices.options,
        stems=choices.stems,
        explanation=cleaned(draft.explanation),
        hints=_hints(draft),
        sources=_sources(fitting),
        valid_until=draft.valid_until,
        seconds=_seconds(fitting),
        scenario=cleaned(draft.scenario),
        off=line("; ".join((*draft.off, *fitting.off))),
    )
    _check_length(item, fitting)
    return (None if fitting.unfit else item), fitting


def _answered(fitting: Fitting, prompt: str) -> tuple[Kind, str, Key, Choices]:
    """Return kind, prompt, key and choices of the draft, as far as they fit together."""
    draft = fitting.draft
    match draft.kind:
        case Kind.SINGLE_CHOICE | Kind.MULTIPLE_RESPONSE | Kind.TRUE_FALSE if draft.options:
            kind, key, choices = truths_of(fitting) or right_of(fitting)
            return (kind, prompt, key, choices) if choices.options else _typed(fitting, prompt)
        case Kind.ORDERING:
            key, choices = order_of(fitting)
            return Kind.ORDERING, prompt, key, choices
        case Kind.MATCHING:
            key, choices = pairs_of(fitting)
            return Kind.MATCHING, prompt, key, choices
        case Kind.SINGLE_CHOICE | Kind.MULTIPLE_RESPONSE | Kind.TRUE_FALSE:
            return _typed(fitting, prompt)
        case Kind.FILL_IN | Kind.NUMERIC | Kind.FREE_TEXT:
            return _typed(fitting, prompt)
        case _:
            assert_never(draft.kind)


def _typed(fitting: Fitting, prompt: str) -> tuple[Kind, str, Key, Choices]:
    """Return a question whose answer is typed; free text where blanks or a number do not fit together."""
    key = fitting.draft.key
    if isinstance(key, BlanksKey):
        wide = three_wide(prompt)
        if (blanks := blanks_of(key, wide)) is not None:
            return Kind.FILL_IN, wide, blanks, Choices()
    if isinstance(key, NumberKey) and (number := number_of(key)) is not None:
        return Kind.NUMERIC, prompt, number, Choices()
    return Kind.FREE_TEXT, prompt, text_of(fitting), Choices()


def _hints(draft: DraftQuestion) -> tuple[str, ...]:
    """Return the hints; the last one holds all that are more than a pack allows."""
    hints = [hint for hint in map(cleaned, draft.hints) if hint]
    if len(hints) > _MOST_HINTS:
        hints[_MOST_HINTS - 1 :] = ["\n\n".join(hints[_MOST_HINTS - 1 :])]
    return tuple(hints)


def _sources(fitting: Fitting) -> tuple[Source, ...]:
    kept = good_sources(fitting.draft.sources)
    if len(kept) < len(fitting.draft.sources):
        fitting.report(
            Fault.NOT_SUPPORTED,
            f"{len(fitting.draft.sources) - len(kept)} of its sources are no web addresses, or over 20.",
            "Write whole addresses that start with https://.",
        )
    return kept


def good_sources(sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """Return those of *sources* that a pack can hold; one without a title is called by its address."""
    read = [Source(line(one.title) or one.url.strip(), one.url.strip()) for one in sources]
    return tuple(one for one in read if is_url(one.url) and len(one.url) <= LONGEST)[:_MOST_SOURCES]


def _seconds(fitting: Fitting) -> int | None:
    seconds = fitting.draft.seconds
    if seconds is None or seconds in _SECONDS:
        return seconds
    fitting.report(
        Fault.NOT_SUPPORTED,
        f"A time of {seconds} seconds was left out.",
        "Write `seconds` from 5 to 600 in the pack.",
    )
    return None


def _check_length(item: Item, fitting: Fitting) -> None:
    """Refuse an item that has a text which no pack may have, and report characters that were replaced."""
    draft = fitting.draft
    texts = (item.prompt, item.explanation, item.scenario, item.off, *item.hints)
    inner = (text for one in item.options for text in (one.text, one.feedback))
    longest = max(map(len, (*texts, *inner, *(stem.text for stem in item.stems))))
    if longest > LONGEST:
        fitting.refuse(Fault.TOO_LONG, f"A text of {longest} characters is over the limit of {LONGEST}.")
    if any(map(lost, (draft.prompt, draft.explanation, *(option.text for option in draft.options)))):
        fitting.report(
            Fault.GARBLED_TEXT,
            "Characters that cannot be printed were replaced by U+FFFD.",
            "Look at the source in an editor and type what was meant.",
        )
