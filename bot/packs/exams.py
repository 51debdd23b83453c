"""Mock exams: ``exams/*.yaml``, a fixed choice of a pack's items that has the make-up of a real exam."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from bot.core.items import Item
from bot.core.packs import Pack
from bot.packs.blueprints import CASE_STUDY, WHOLE, Blueprint, Domain, read_own_id
from bot.packs.fields import Field, Fields, clipped, counted, in_words, nearest, open_record, shape
from bot.packs.item_records import refuse_blueprint
from bot.packs.problems import Code, Spot
from bot.packs.scalars import as_format, as_id, as_line
from bot.packs.trees import Node

_EXAM = shape("the exam", "format id title blueprint items")
_MOST_ITEMS = 1000


@dataclass(frozen=True, slots=True)
class Exam:
    """A mock exam: the ids inside the pack of its items and case studies, in the order of asking."""

    id: str
    title: str
    blueprint: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftExam:
    """An exam that was read and not yet compared with its pack; *lines* are those of its items."""

    exam: Exam
    fields: Fields = field(repr=False)
    lines: tuple[int, ...] = ()

    @property
    def spot(self) -> Spot:
        """Where problems of the exam are reported."""
        return self.fields.spot


def read_exam(node: Node, stem: str, spot: Spot, blueprints: frozenset[str]) -> DraftExam | None:
    """Return the exam of the file called *stem*; None when there is nothing to read it from."""
    fields = open_record(node, spot.at(stem), _EXAM)
    if fields is None:
        return None
    fields.need("format", as_format, "1")

    def read_blueprint(text: Field) -> str | None:
        own = as_id(text)
        if own is not None and own not in blueprints:
            refuse_blueprint(text, own, blueprints)
            return None
        return own

    items = fields.texts("items", _read_item, _MOST_ITEMS)
    exam = Exam(
        id=read_own_id(fields, stem, "file"),
        title=fields.need("title", as_line, ""),
        blueprint=fields.need("blueprint", read_blueprint, ""),
        items=tuple(item for item, _ in items),
    )
    return DraftExam(exam, fields, tuple(line for _, line in items))


def _read_item(text: Field) -> tuple[str, int]:
    return text.text, text.node.line


def check_exam(draft: DraftExam, pack: Pack, blueprints: Mapping[str, Blueprint]) -> None:
    """Compare an exam with the items of *pack*, which is whole, and with its blueprint."""
    blueprint = blueprints.get(draft.exam.blueprint)
    entries = entries_of(pack)
    _check_ids(draft, entries)
    if blueprint is None:
        return
    questions = []
    for wanted, line in zip(draft.exam.items, draft.lines, strict=True):
        for item in entries.get(wanted, ()):
            _check_question(item, line, draft.spot, pack, blueprint)
            questions.append(item)
    _check_length(draft, len(questions), blueprint)
    _check_weights(draft, questions, blueprint)


def entries_of(pack: Pack) -> dict[str, tuple[Item, ...]]:
    """Return the items of *pack* by their ids inside it; under the id of a case study all of its parts."""
    found: dict[str, list[Item]] = {}
    for deck in pack.decks:
        for item in deck.items:
            found.setdefault(item.id.partition("/")[2], []).append(item)
            if item.case is not None:
                found.setdefault(item.case.partition("/")[2], []).append(item)
    return {name: tuple(items) for name, items in found.items()}


def items_of(pack: Pack) -> dict[str, Item]:
    """Return the items of *pack* by their ids inside it."""
    return {item.id.partition("/")[2]: item for deck in pack.decks for item in deck.items}


def domain_of(item: Item, blueprint: Blueprint) -> Domain | None:
    """Return the domain of *blueprint* that *item* is about, if any."""
    for domain in blueprint.domains:
        if any(task.id == item.topic for task in domain.tasks):
            return domain
    return None


def serves(item: Item, blueprint: Blueprint, pack: Pack) -> bool:
    """Tell whether *item* prepares for the exam of *blueprint*."""
    return blueprint.id == pack.blueprint or blueprint.id in item.serves


def _check_ids(draft: DraftExam, entries: Mapping[str, tuple[Item, ...]]) -> None:
    """Report items that the pack has not, and those that would be asked twice."""
    asked: dict[str, int] = {}
    for wanted, line in zip(draft.exam.items, draft.lines, strict=True):
        if wanted not in entries:
            report_unknown_item(draft.spot, wanted, line, entries)
        for item in entries.get(wanted, ()):
            if item.id in asked:
                draft.spot.report(
                    Code.DUPLICATE_ID,
                    line,
                    f"The exam asks `{wanted}` twice, first on line {asked[item.id]}.",
                    "Keep one of the two.",
                )
                break
        asked |= {item.id: line for item in entries.get(wanted, ()) if item.id not in asked}


def report_unknown_item(spot: Spot, wanted: str, line: int, known: Mapping[str, object]) -> None:
    """Report an item or case study that the pack has not."""
    meant = nearest(wanted, known)
    spot.report(
        Code.UNKNOWN_ITEM,
        line,
        f"The pack has no item `{clipped(wanted)}`.",
        f"Write `{meant}` if that is what you meant, or delete the entry." if meant else "Delete the entry.",
    )


def _check_question(item: Item, line: int, spot: Spot, pack: Pack, blueprint: Blueprint) -> None:
    for reason, mend in _unfit(item, pack, blueprint):
        own = item.id.partition("/")[2]
        spot.report(Code.EXAM_ITEM, line, f"`{own}` {reason}.", mend)


def _unfit(item: Item, pack: Pack, blueprint: Blueprint) -> Iterator[tuple[str, str]]:
    """Yield why *item* cannot be asked in this exam, each with what to do."""
    kinds = blueprint.kinds
    if kinds and item.case is not None and CASE_STUDY not in kinds:
        yield "is part of a case study, and this exam has none", "Take another item."
    elif kinds and item.kind.value not in kinds:
        yield f"is of the kind `{item.kind}`, but the exam has only {in_words(kinds)}", "Take another item."
    if not serves(item, blueprint, pack) or domain_of(item, blueprint) is None:
        yield f"does not serve `{blueprint.id}`", "Take another item, or mark it with `serves`."
    if item.off:
        yield "is switched off", "Settle why it is off, or take another item."


def _check_length(draft: DraftExam, count: int, blueprint: Blueprint) -> None:
    if count != blueprint.questions:
        draft.spot.report(
            Code.EXAM_LENGTH,
            draft.fields.line_of("items"),
            f"The exam has {counted(count, 'question')}, but `{blueprint.id}` has {blueprint.questions}.",
            "Add or take out items; each part of a case study is one question.",
        )


def _check_weights(draft: DraftExam, questions: Sequence[Item], blueprint: Blueprint) -> None:
    """Report each domain that is more than one question off its weight in an exam of this length."""
    domains = [domain_of(item, blueprint) for item in questions]
    counts = Counter(domain.id for domain in domains if domain is not None)
    for domain in blueprint.domains:
        due = domain.weight * len(questions) / WHOLE
        if abs(counts[domain.id] - due) > 1:
            draft.spot.report(
                Code.EXAM_WEIGHTS,
                draft.fields.line_of("items"),
                f"Domain {domain.id} has {counted(counts[domain.id], 'question')}, "
                f"but {domain.weight} % of {len(questions)} are {due.quantize(Decimal('0.1'))}.",
                f"{'Add' if counts[domain.id] < due else 'Take out'} questions of this domain.",
            )
