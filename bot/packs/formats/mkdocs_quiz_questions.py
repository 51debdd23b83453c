"""The questions of mkdocs-quiz: what stands between the tags, made into a draft.

The prompt is all before the first answer line, except that a checkbox in code is none. Where mkdocs-quiz
itself goes wrong (an answer that goes on over several lines, ``[[ -f x ]]`` in code, a question with
answers whose prompt has ``[[``), the text is read as its author meant it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from textwrap import dedent
from typing import Final

from bot.core.items import Blank, BlanksKey, Kind
from bot.packs import prose
from bot.packs.formats.page_lines import Fences, Gathering, clipped
from bot.packs.importing.drafts import DraftOption, DraftQuestion, Fault, Span

ANSWER = re.compile(r"([ \t]*)[-*][ \t]*\[[ \t]*([^\]\s]?)[ \t]*\](?!\()[ \t]*(.*)")
SEPARATOR: Final = "---"
MOST_OPTIONS: Final = 10

_TRUTHS = {"true": "True", "false": "False"}
_RUN = re.compile(r"_{3,}")


@dataclass(frozen=True, slots=True)
class Block:
    """The rows between two tags. Row 0 stands in line *start* of the page; the block ends before *end*.

    *first* and *end* are the lines from the one tag to the one behind the other.
    """

    rows: Sequence[str]
    start: int
    first: int
    end: int
    topic: str = ""
    off: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        """The units of the whole block."""
        return Span(self.first + 1, self.end)


@dataclass(slots=True)
class _Answer:
    """An answer line with what follows it, while it is read."""

    at: int
    mark: str
    indent: int
    text: list[str]
    feedback: list[str] = field(default_factory=list)

    @property
    def open(self) -> list[str]:
        """The lines that a further line goes on with."""
        return self.feedback or self.text

    def option(self) -> DraftOption:
        """Return what the answer says, and what a learner hears who chooses it."""
        feedback = "\n".join(self.feedback).strip() if self.feedback else ""
        text = self.text[0] if len(self.text) == 1 else _joined(self.text)
        return DraftOption(text.strip(), self.mark in {"x", "X"}, feedback)


def read_block(block: Block, page: Gathering) -> None:
    """Add the question of *block* to *page*, or say why there is none."""
    rows = _level(block.rows)
    code = _code(rows)
    answers = [
        found
        for at, row in enumerate(rows)
        if (row.lstrip()[:1] in {"-", "*"}) and at not in code and (found := _answer(at, row))
    ]
    first = next((number for number, answer in enumerate(answers) if answer.mark in {"", "x", "X"}), None)
    if first is not None:
        _read_choice(block, rows, answers[first:], code, page)
    else:
        _read_blanks(block, rows, code, page)


def _level(rows: Sequence[str]) -> Sequence[str]:
    """Return *rows* without the indentation that all of them have."""
    head = next((row for row in rows if row.strip()), "")
    return dedent("\n".join(rows)).split("\n") if head[:1] in {" ", "\t"} else rows


def _code(rows: Sequence[str]) -> frozenset[int]:
    if any("```" in row or "~~~" in row for row in rows):
        return Fences(rows).code()
    return frozenset()


def _answer(at: int, row: str) -> _Answer | None:
    found = ANSWER.match(row)
    return _Answer(at, found[2], len(found[1].expandtabs(4)), [found[3].rstrip()]) if found else None


# ------------------------------------------------------------------------------------------------- choices


def _read_choice(
    block: Block, rows: Sequence[str], answers: list[_Answer], code: frozenset[int], page: Gathering
) -> None:
    prompt = "\n".join(rows[: answers[0].at]).strip()
    if not prompt:
        _drop_without_prompt(block, page)
        return
    taken, rest = _gather_answers(rows, answers, code)
    options = tuple(answer.option() for answer in taken)
    off = (*block.off, *_mark_faults(block, taken, page))
    off += option_faults(options, lambda: block.start + answers[0].at, page)
    if len(taken) < len(answers):
        late = block.start + answers[len(taken)].at
        off += (
            page.report(
                Fault.BAD_KEY,
                late,
                "There are answer lines behind the beginning of the explanation.",
                "Move them up to the other answers, or indent the text between them.",
            ),
        )
    explanation = "\n".join(rows[rest:]).strip()
    page.questions.append(choice(prompt, options, explanation, block.span, block.topic, off))


def _gather_answers(
    rows: Sequence[str], answers: list[_Answer], code: frozenset[int]
) -> tuple[list[_Answer], int]:
    """Give each answer its further lines and its feedback; return those read and where the rest starts."""
    taken: list[_Answer] = []
    places = {answer.at: answer for answer in answers}
    last = answers[-1].at
    at, blank = answers[0].at, False
    while at < len(rows):
        row = rows[at]
        answer = places.get(at)
        if answer is not None:
            taken.append(answer)
        elif at in code and at - 1 in code:
            taken[-1].open.append(row)
        elif not row.strip():
            blank = True
            at += 1
            continue
        elif not _goes_on(taken[-1], row, blank=blank, more=at < last):
            return taken, at
        blank = False
        at += 1
    return taken, len(rows)


def _goes_on(answer: _Answer, row: str, *, blank: bool, more: bool) -> bool:
    """Add *row* to *answer* as its feedback or a further line; False when the explanation starts there."""
    bare = row.lstrip()
    if bare.startswith(">"):
        if blank and not more:
            return False
        said = bare[1:]
        answer.feedback.append(said.removeprefix(" "))
        return True
    if len(row.expandtabs(4)) - len(row.expandtabs(4).lstrip()) <= answer.indent:
        return False
    answer.open.extend([""] * blank)
    answer.open.append(row)
    return True


def _joined(text: list[str]) -> str:
    """Return an answer's first line and its further lines, these without their common indentation."""
    return "\n".join((text[0], dedent("\n".join(text[1:]))))


def choice(
    prompt: str,
    options: tuple[DraftOption, ...],
    explanation: str,
    span: Span,
    topic: str,
    off: tuple[str, ...] = (),
) -> DraftQuestion:
    """Return the draft: single choice, multiple response, or true or false."""
    kind = Kind.SINGLE_CHOICE
    right = [option.right for option in options].count(True)
    if right > 1:
        kind = Kind.MULTIPLE_RESPONSE
    elif right and len(options) == len(_TRUTHS):
        truths = [_TRUTHS.get(option.text.casefold(), "") for option in options]
        if sorted(truths) == sorted(_TRUTHS.values()):
            kind, named = Kind.TRUE_FALSE, zip(truths, options, strict=True)
            options = tuple(DraftOption(text, option.right, option.feedback) for text, option in named)
    return DraftQuestion(kind, prompt, span, options, (), None, explanation, topic=topic, off=off)


def _mark_faults(block: Block, answers: list[_Answer], page: Gathering) -> tuple[str, ...]:
    """Report marks that say neither right nor wrong, and return the reasons."""
    return tuple(
        page.report(
            Fault.BAD_KEY,
            block.start + answer.at,
            f"The mark `[{answer.mark}]` of an answer says neither right nor wrong.",
            "Write `[x]` for a right answer and `[ ]` for a wrong one.",
        )
        for answer in answers
        if answer.mark not in {"", "x", "X"}
    )


def option_faults(
    options: tuple[DraftOption, ...], line: Callable[[], int], page: Gathering
) -> tuple[str, ...]:
    """Report what keeps the *options* from *line* on from being asked, and return the reasons."""
    right, count = [option.right for option in options].count(True), len(options)
    texts = {option.text.casefold() for option in options}
    if 0 < right < count == len(texts) and count <= MOST_OPTIONS and "" not in texts:
        return ()
    found: list[tuple[Fault, str, str]] = []
    if not right:
        found.append((Fault.NO_KEY, "No answer is marked as right.", "Write `[x]` before the right one."))
    if count < len(_TRUTHS):
        found.append((Fault.TOO_FEW_OPTIONS, "The question has a single answer.", "Add wrong answers."))
    elif right == count:
        found.append((Fault.ALL_RIGHT, "Every answer is marked as right.", "Add an answer that is wrong."))
    if count > MOST_OPTIONS:
        message = f"The question has {count} answers, and {MOST_OPTIONS} can be shown."
        found.append((Fault.TOO_MANY_OPTIONS, message, "Take the weakest wrong answers out."))
    if "" in texts:
        found.append((Fault.BAD_KEY, "An answer has no text.", "Write the answer behind its brackets."))
    elif len(texts) < count:
        found.append((Fault.SAME_OPTIONS, "Two answers say the same.", "Change one of them."))
    return tuple(page.report(fault, line(), message, mend) for fault, message, mend in found)


def _drop_without_prompt(block: Block, page: Gathering) -> None:
    page.report(
        Fault.NO_PROMPT,
        block.first,
        "The block asks nothing: no text stands before its answers.",
        "Write the question below the opening tag.",
    )
    page.drop(block.first, block.end, "a block without a question")


# -------------------------------------------------------------------------------------------------- blanks


def _read_blanks(block: Block, rows: Sequence[str], code: frozenset[int], page: Gathering) -> None:
    """Read a block without answer lines, which has ``[[…]]`` in its prompt."""
    rule = next((at for at, row in enumerate(rows) if row.strip() == SEPARATOR and at not in code), len(rows))
    head, tail = "\n".join(rows[:rule]).strip(), "\n".join(rows[rule + 1 :]).strip()
    if not head:
        head, tail = tail, ""
    if not head:
        _drop_without_prompt(block, page)
        return
    add_fill_in(block, head, tail, page)


def add_fill_in(block: Block, head: str, tail: str, page: Gathering) -> None:
    """Add the question whose prompt is *head*, with ``[[…]]`` for its blanks, and its explanation *tail*."""
    prompt, texts = _with_gaps(head)
    key = BlanksKey(tuple(Blank((text,)) for text in texts)) if texts and all(texts) else None
    off = block.off if key else (*block.off, _no_blanks(block, head, texts, page))
    kind = Kind.FILL_IN if texts else Kind.SINGLE_CHOICE
    page.questions.append(
        DraftQuestion(kind, prompt, block.span, key=key, explanation=tail, topic=block.topic, off=off)
    )


def _no_blanks(block: Block, head: str, texts: list[str], page: Gathering) -> str:
    if texts:
        return page.report(
            Fault.NO_ANSWER,
            block.first,
            "A blank of the question is empty.",
            "Write the answer between the brackets.",
        )
    return page.report(
        Fault.NO_KEY,
        block.first,
        f"“{clipped(head)}” has neither answer lines nor blanks.",
        "Add answers as `- [x] right` and `- [ ] wrong`, or a blank as `[[answer]]`.",
    )


def _with_gaps(head: str) -> tuple[str, list[str]]:
    """Return the prompt with ``___`` for each ``[[text]]`` outside of code, and the texts."""
    bare = prose.without_code(head) if "`" in head or "~~~" in head else head
    pieces: list[str] = []
    texts: list[str] = []
    done = 0
    for start, end in _gaps(bare):
        pieces += [_escaped(head[done:start], bare[done:start]), "___"]
        texts.append(" ".join(head[start + 2 : end - 2].split()))
        done = end
    pieces.append(_escaped(head[done:], bare[done:]) if texts else head)
    return "".join(pieces), texts


def _escaped(text: str, bare: str) -> str:
    """Return *text* with runs of underscores outside of code escaped, since three would be a blank."""
    if "___" not in bare:
        return text
    found = [(run.start(), run.end()) for run in _RUN.finditer(bare)]
    for start, end in reversed(found):
        text = text[:start] + "\\_" * (end - start) + text[end:]
    return text


def _gaps(text: str) -> list[tuple[int, int]]:
    """Return where each ``[[…]]`` starts and ends; brackets inside may be single ones in pairs."""
    found: list[tuple[int, int]] = []
    at = text.find("[[")
    while at >= 0:
        end = text.find("]]", at)
        if end < 0:
            break
        start = text.rfind("[[", at, end)
        inner = text[start + 2 : end]
        if inner.count("[") > inner.count("]") and text.startswith("]]]", end):
            end += 1
        if "\n\n" not in inner:
            found.append((start, end + 2))
        at = text.find("[[", end + 2)
    return found
