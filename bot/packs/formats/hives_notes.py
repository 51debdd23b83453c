"""Notes and labs of a study hive: title, syllabus line and sections; and its index, a list of stubs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.cards import CardKind
from bot.core.ids import StepId
from bot.core.labs import Step, Trouble
from bot.core.notes import Section
from bot.packs.formats.hives_marks import READ_ON, Mark, end_of_text, is_word_count
from bot.packs.formats.hives_pairs import Entry, answered, entries
from bot.packs.formats.hives_sections import Part, parts, steps
from bot.packs.formats.hives_texts import bulleted, readable, without_bullet
from bot.packs.formats.page_lines import Gathering, clipped
from bot.packs.importing.drafts import DraftCard, DraftLab, DraftNote, Fault, Origin, Repair, Span, Stub

_HEAD_LINES: Final = 6
_LISTED: Final = frozenset({"objectives", "outline", "muddy points", "takeaways", "metrics"})
_EXPECTED: Final = ("expected result", "expected output", "you should see", "expected:")
_SYLLABUS_WORDS: Final = (
    "unit", "domain", "topic", "task", "module", "chapter", "section", "objective", "lesson", "syllabus",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands before a note's text: *body* is where that begins."""

    title: str
    syllabus: str
    body: int


def read_note(mark: Mark, end: int, page: Gathering) -> int:
    """Add the note or lab between *mark* and line *end*; return the line behind it."""
    end = max(end_of_text(page.lines, mark.at, end), mark.at + 1)
    head = _head(page.lines, mark.at + 1, end)
    span = Span(mark.at + 1, end)
    if not head.title:
        page.drop(mark.at, end, "the head of a note without a title")
    elif not any(line.strip() for line in page.lines[head.body : end]):
        page.stubs.append(Stub(head.title, span, head.syllabus))
    elif mark.label.casefold().rstrip("s").endswith("lab"):
        _Writer(page, head, span).lab(parts(page.lines, head.body, end, lab=True))
    else:
        _Writer(page, head, span).note(parts(page.lines, head.body, end, lab=False))
    return end


def _head(lines: Sequence[str], start: int, end: int) -> _Head:
    """Read title and syllabus line, and pass over ``Read full article`` and the title's second mention."""
    texts = [at for at in range(start, min(end, start + 40)) if lines[at].strip()][: _HEAD_LINES + 2]
    read_on = next((at for at in texts if lines[at].strip(" →›»>.…").casefold() == READ_ON), None)
    if read_on is not None:
        own = [lines[at].strip() for at in texts if at < read_on]
        body = read_on + 1
    else:
        own = [lines[at].strip() for at in texts[:2]]
        own = own[: 1 + (len(own) > 1 and _is_syllabus(own[1]))]
        body = (texts[len(own) - 1] + 1) if own else start
    title = own[0] if own else ""
    again = next((at for at in range(body, min(end, body + 4)) if lines[at].strip()), None)
    if title and again is not None and _same(lines[again], title):
        body = again + 1
    return _Head(title, " ".join(own[1:]), body)


def _is_syllabus(line: str) -> bool:
    first = line.partition(" ")[0].casefold().rstrip("s")
    return any(sign in line for sign in (" > ", " › ", " » ", " · ")) or first in _SYLLABUS_WORDS


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


class _Writer:
    """Makes a note or a lab, and the cards that stand in its sections."""

    def __init__(self, page: Gathering, head: _Head, span: Span) -> None:
        self._page = page
        self._head = head
        self._span = span
        tail = head.syllabus
        for sign in (" > ", " › ", " » "):
            tail = tail.rpartition(sign)[2]
        self._topic = tail.strip()

    def note(self, found: list[Part]) -> None:
        """Add a note of these parts."""
        sections = tuple(self._section(part) for part in found if self._text(part) or part.heading)
        head = self._head
        self._page.notes.append(DraftNote(head.title, sections, self._span, self._topic, head.syllabus))

    def lab(self, found: list[Part]) -> None:
        """Add a lab: what stands before its steps is its goal, and a part behind them a step of its own."""
        goal: list[str] = []
        made: list[Step] = []
        told: dict[str, Part] = {}
        for part in found:
            if part.what in {"prerequisites", "troubles", "clean-up", "lab checkpoints"}:
                told[part.what] = part
            elif part.what == "steps" or steps(self._page.lines, part.start, part.end):
                made += self._steps(part, len(made), goal)
            elif made:
                made.append(self._step(len(made), part.heading, self._section(part).body))
            else:
                goal += self._headed(part)
        if not made:
            self._page.report(
                Fault.NOTHING_FOUND,
                self._span.first - 1,
                f"The lab “{clipped(self._head.title)}” has no lines such as `Step 1: …`.",
                "Name its steps, or keep it as it is: all of its text stands in one step.",
            )
            made = [self._step(0, self._head.title, "\n\n".join(goal) or self._head.title)]
            goal = []
        made = self._with_checkpoints(made, told.get("lab checkpoints"))
        self._page.labs.append(
            DraftLab(
                title=self._head.title,
                goal="\n\n".join(goal),
                steps=tuple(made),
                span=self._span,
                topic=self._topic,
                syllabus=self._head.syllabus,
                prerequisites=self._listed(told.get("prerequisites")),
                troubles=self._troubles(told.get("troubles")),
                clean_up=self._listed(told.get("clean-up")),
            )
        )

    # ------------------------------------------------------------------------------------------- sections

    def _rows(self, part: Part) -> Sequence[str]:
        return self._page.lines[part.start : part.end]

    def _text(self, part: Part) -> bool:
        return any(row.strip() for row in self._rows(part))

    def _section(self, part: Part) -> Section:
        """Return the section, and add the cards that it gives."""
        rows = self._rows(part)
        match part.what:
            case "terms":
                body, codes = self._terms(part, rows)
            case "pairs":
                body, codes = readable(rows)
                self._add_cards(part, entries(rows), Origin.PAIR)
            case "checkpoints":
                found = answered(rows)
                self._add_cards(part, found, Origin.CHECKPOINT)
                body, codes = _asked_and_told(rows, found)
            case what if what in _LISTED:
                body, codes = bulleted(rows)
            case _:
                body, codes = readable(rows)
        self._page.repaired.update([Repair.ONE_LINE_CODE] * codes)
        return Section(part.heading or self._head.title, body)

    def _headed(self, part: Part) -> list[str]:
        body = self._section(part).body
        heading = [f"**{part.heading}**"] if part.heading and body else []
        return [*heading, *([body] if body else [])]

    def _terms(self, part: Part, rows: Sequence[str]) -> tuple[str, int]:
        """Return a glossary as a list, and add a card for each term."""
        found = entries(rows)
        self._add_cards(part, found, Origin.TERM)
        shown = list(rows)
        for entry in found:
            if "\t" not in rows[entry.first]:
                text, *more = entry.text.split("\n")
                further = [f"  {row}" for row in (*more, *entry.example.split("\n")) if row]
                head = f"- **{entry.name}**: {text}"
                shown[entry.first] = "\n".join([head, *further])
                shown[entry.first + 1 : entry.last + 1] = [""] * (entry.last - entry.first)
        return readable(shown)

    def _add_cards(self, part: Part, found: list[Entry], origin: Origin) -> None:
        kind = CardKind.QUESTION if origin is Origin.CHECKPOINT else CardKind.TERM
        for entry in found:
            back = entry.text + (f"\n\n**Example:** {entry.example}" if entry.example else "")
            span = Span(part.start + entry.first + 1, part.start + entry.last + 1)
            self._page.cards.append(
                DraftCard(
                    kind, entry.name, back, span, origin=origin, deck=self._head.title, topic=self._topic
                )
            )

    # ----------------------------------------------------------------------------------------------- labs

    def _steps(self, part: Part, before: int, goal: list[str]) -> list[Step]:
        """Return the steps of *part*; its text before the first one joins the goal."""
        lines = self._page.lines
        places = steps(lines, part.start, part.end)
        if not places:
            text, codes = readable(self._rows(part))
            self._page.repaired.update([Repair.ONE_LINE_CODE] * codes)
            return [self._step(before, part.heading, text)] if text else []
        lead, _ = readable(lines[part.start : places[0].at])
        goal += [lead] if lead else []
        ends = [place.at for place in places[1:]] + [part.end]
        made: list[Step] = []
        for place, end in zip(places, ends, strict=True):
            text, codes = readable(lines[place.at + 1 : end])
            self._page.repaired.update([Repair.ONE_LINE_CODE] * codes)
            made.append(self._step(before + len(made), place.title, text))
        return made

    def _step(self, number: int, title: str, text: str) -> Step:
        """Return a step; paragraphs from the first one that says what is seen are what is expected."""
        blocks = text.split("\n\n")
        cut = next((n for n, block in enumerate(blocks) if _says_what_is_seen(block)), len(blocks))
        do, expect = "\n\n".join(blocks[:cut]).strip(), "\n\n".join(blocks[cut:]).strip()
        if not do:
            do, expect = expect or title, ""
        return Step(StepId(f"step-{number + 1}"), title, do, expect)

    def _with_checkpoints(self, made: list[Step], part: Part | None) -> list[Step]:
        """Add the text of the checkpoints to what is expected at the end."""
        if part is None or not self._text(part):
            return made
        text, codes = readable(self._rows(part))
        self._page.repaired.update([Repair.ONE_LINE_CODE] * codes)
        self._add_cards(part, answered(self._rows(part)), Origin.CHECKPOINT)
        last = made[-1]
        expect = "\n\n".join(said for said in (last.expect, f"**{part.heading}**\n\n{text}") if said)
        return [*made[:-1], Step(last.id, last.title, last.do, expect)]

    def _listed(self, part: Part | None) -> tuple[str, ...]:
        """Return the paragraphs and list rows of *part*, code with its language as one of them."""
        if part is None:
            return ()
        text, codes = readable(self._rows(part))
        self._page.repaired.update([Repair.ONE_LINE_CODE] * codes)
        found: list[str] = []
        code = False
        for row in text.split("\n"):
            fence = row.startswith("```")
            if code or fence:
                found = [*found[:-1], f"{found[-1]}\n{row}"] if code else [*found, row]
                code = code != fence
            elif row.strip():
                found.append(without_bullet(row))
        return tuple(found)

    def _troubles(self, part: Part | None) -> tuple[Trouble, ...]:
        """Return what may go wrong: rows of a table, or ``problem: fix``; any other text is one more."""
        if part is None:
            return ()
        rows = self._rows(part)
        found = entries(rows)
        used = {at for entry in found for at in range(entry.first, entry.last + 1)}
        troubles = [Trouble(entry.name, _fix(entry)) for entry in found if not _is_table_head(entry)]
        rest = [row for at, row in enumerate(rows) if at not in used]
        text, _ = readable(rest)
        return (*troubles, *([Trouble(part.heading, text)] if text else []))


def _asked_and_told(rows: Sequence[str], found: Sequence[Entry]) -> tuple[str, int]:
    """Return questions as headings with their answers below, behind whatever else stands among them.

    Where the answers stand in a list of their own, all stays as it is.
    """
    if not found or any(entry.first == entry.last for entry in found):
        return readable(rows)
    used = {at for entry in found for at in range(entry.first, entry.last + 1)}
    rest, codes = readable([row for at, row in enumerate(rows) if at not in used])
    told = [f"### {entry.name}\n\n{entry.text}" for entry in found]
    return "\n\n".join([*([rest] if rest else []), *told]), codes


def _fix(entry: Entry) -> str:
    return f"{entry.text} {entry.example}".strip()


def _is_table_head(entry: Entry) -> bool:
    return entry.name.casefold() in {"problem", "issue", "symptom", "error"} and entry.first == entry.last


def _says_what_is_seen(block: str) -> bool:
    return block.lstrip("*[!>_ ").casefold().startswith(_EXPECTED)


def read_index(mark: Mark, end: int, page: Gathering) -> int:
    """Add the stubs between *mark* and line *end*: title, syllabus line, ``920 words``, and a blank line."""
    lines = page.lines
    page.keep(mark.at, mark.at + 1)
    behind = mark.at + 1
    first: list[int] = []
    for at in range(mark.at + 1, end):
        line = lines[at].strip()
        if not line:
            if len(first) == 1:
                continue
            first = first if first and _may_go_on(lines, at, end) else []
        elif is_word_count(line) and first:
            title = lines[first[0]].strip()
            syllabus = " ".join(lines[row].strip() for row in first[1:])
            page.stubs.append(Stub(title, Span(first[0] + 1, at + 1), syllabus))
            behind, first = at + 1, []
        else:
            first.append(at)
    return behind


def _may_go_on(lines: Sequence[str], at: int, end: int) -> bool:
    """Return whether the next text below the blank line *at* ends the entry that is open."""
    below = next((lines[row] for row in range(at + 1, min(at + 3, end)) if lines[row].strip()), "")
    return is_word_count(below)
