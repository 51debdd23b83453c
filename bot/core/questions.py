"""Questions: an item as it was shown, and the way from what was sent back to the item's options."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from bot.core.effects import Sheet, Tally
from bot.core.grading import Unreadable
from bot.core.ids import QuestionId, RoundId
from bot.core.items import BlanksKey, ChoiceKey, Item, Kind, NumberKey
from bot.core.responses import Chosen, Picked, Response, Sent, Typed

TALLIED_TEXTS = 8
LONGEST_POSITION = 3
"""In digits: far more than a round has questions."""

CHOICE_KINDS = frozenset({Kind.SINGLE_CHOICE, Kind.MULTIPLE_RESPONSE, Kind.TRUE_FALSE})
PICKED_KINDS = CHOICE_KINDS | {Kind.ORDERING, Kind.MATCHING}


def question_id(round_: RoundId, position: int) -> QuestionId:
    """Return the id of the question at *position* of a round."""
    return QuestionId(f"{round_}.{position}")


def round_of(question: QuestionId) -> tuple[RoundId, int]:
    """Return the round and the position that *question* names; ("", -1) when it names none."""
    round_, _, position = question.rpartition(".")
    if position.isdecimal() and len(position) <= LONGEST_POSITION:
        return RoundId(round_), int(position)
    return RoundId(""), -1


def letter(position: int) -> str:
    """Return the letter of the option shown at *position*: A for 0."""
    return chr(ord("A") + position)


@dataclass(frozen=True, slots=True)
class Question:
    """An item as it was shown: *order* and *stem_order* are positions in the item's options and stems."""

    id: QuestionId
    position: int
    item: Item
    order: tuple[int, ...] = ()
    stem_order: tuple[int, ...] = ()

    def __hash__(self) -> int:
        """Return the hash of the id, which names the question; the whole item would take long to hash."""
        return hash(self.id)

    @property
    def choose(self) -> int:
        """How many options are right, for who may choose so many; 0 where none are chosen."""
        return len(self.item.key.right) if isinstance(self.item.key, ChoiceKey) else 0

    def sheet(self, total: int) -> Sheet:
        """Return what may be shown while the question is open."""
        item = self.item
        key = item.key
        return Sheet(
            question=self.id,
            kind=item.kind,
            number=self.position + 1,
            total=total,
            prompt=item.prompt,
            scenario=item.scenario,
            options=tuple(item.options[i].text for i in self.order),
            stems=tuple(item.stems[i].text for i in self.stem_order),
            topic=item.topic,
            difficulty=item.difficulty,
            hints=item.hints,
            blanks=len(key.blanks) if isinstance(key, BlanksKey) else 0,
            choose=self.choose,
            unit=key.unit if isinstance(key, NumberKey) else "",
        )

    def read(self, sent: Sent) -> Response | Unreadable:
        """Turn shown positions into options; texts pass as they are."""
        match sent:
            case Typed():
                return Unreadable.UNKNOWN_OPTION if self.item.kind in PICKED_KINDS else sent
            case Picked(positions=positions):
                if self.item.kind not in PICKED_KINDS or any(not 0 <= p < len(self.order) for p in positions):
                    return Unreadable.UNKNOWN_OPTION
                return self._choose(positions)
            case _:
                assert_never(sent)

    def _choose(self, positions: tuple[int, ...]) -> Response | Unreadable:
        chosen = [self.item.options[self.order[p]].id for p in positions]
        if self.item.kind is not Kind.MATCHING:
            return Chosen(tuple(chosen))
        if len(chosen) != len(self.stem_order):
            return Unreadable.INCOMPLETE
        by_stem = dict(zip(self.stem_order, chosen, strict=True))
        return Chosen(tuple(by_stem[i] for i in range(len(chosen))))

    def positions(self, response: Chosen) -> tuple[int, ...]:
        """Return where the options of *response* were shown; for matching by shown stem."""
        shown = [self.item.options[index].id for index in self.order]
        options = response.options
        if self.item.kind is Kind.MATCHING:
            options = tuple(options[i] for i in self.stem_order)
        return tuple(shown.index(option) for option in options)

    def labels(self, response: Response) -> tuple[str, ...]:
        """Return *response* as its sender knows it: letters as shown, or the texts."""
        match response:
            case Chosen():
                places = self.positions(response)
                ordered = sorted(places) if self.item.kind in CHOICE_KINDS else places
                return tuple(letter(place) for place in ordered)
            case Typed(texts=texts):
                return texts
            case _:
                assert_never(response)

    def tally(self, answers: Iterable[tuple[Response, bool]]) -> tuple[Tally, ...]:
        """Count *answers*, each with whether it was right.

        Choice kinds have one tally a shown option, typed kinds the commonest texts, the others none.
        """
        if self.item.kind in CHOICE_KINDS:
            return self._tally_options(answers)
        if self.item.kind in PICKED_KINDS:
            return ()
        return _tally_texts(answers)

    def _tally_options(self, answers: Iterable[tuple[Response, bool]]) -> tuple[Tally, ...]:
        counts = Counter(
            o for response, _ in answers if isinstance(response, Chosen) for o in response.options
        )
        key = self.item.key
        right = key.right if isinstance(key, ChoiceKey) else ()
        shown = [self.item.options[index].id for index in self.order]
        return tuple(Tally(counts[option], option in right, place) for place, option in enumerate(shown))


def _tally_texts(answers: Iterable[tuple[Response, bool]]) -> tuple[Tally, ...]:
    counts: Counter[str] = Counter()
    right: dict[str, bool] = {}
    for response, was_right in answers:
        if isinstance(response, Typed):
            text = " · ".join(" ".join(part.split()) for part in response.texts)
            shown = text.casefold()
            counts[shown] += 1
            right[shown] = was_right
    return tuple(
        Tally(count, right[text], text=text)
        for text, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:TALLIED_TEXTS]
    )
