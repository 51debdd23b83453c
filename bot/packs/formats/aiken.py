"""Aiken: recognised, read and written.

It holds a prompt of one line, options of one line each, and which of them is right. Everything else that an
item has is left out, and so are all kinds but choices of one, and true and false.
"""

import re
from dataclasses import dataclass, field
from string import ascii_uppercase
from typing import Final

from bot.core.items import ChoiceKey, Item, Kind
from bot.core.packs import Deck, Pack
from bot.packs.formats.exported import Exported, LeftOut
from bot.packs.formats.losses import losses, own_id, studies, whole_prompt
from bot.packs.importing.drafts import DraftOption, DraftQuestion, Dropped, Fault, Harvest, Problem, Span
from bot.packs.importing.sources import SourceFile

NAME: Final = "aiken"
EXTENSIONS: Final = (".aiken", ".txt")

SURE: Final = 85
_HEAD: Final = 65536
_OPTION: Final = re.compile(r"([A-Z])[.)]\s+(\S.*)")
_ANSWER: Final = re.compile(r"ANSWER:\s*([A-Z](?:\s*,\s*[A-Z])*)\s*", re.IGNORECASE)
_LIKE_ANSWER: Final = re.compile(r"ANSWER\s*:?", re.IGNORECASE)
_NO_PLACE: Final = "Aiken has no place for it"
_FORM: Final = "Write the prompt, then lines `A. text`, `B. text`, and last a line `ANSWER: B`."


def recognise(source: SourceFile) -> int:
    """Return how sure it is that *source* is Aiken: by the lines that tell answers."""
    lines = source.data[:_HEAD].decode("utf-8-sig", "ignore").splitlines()
    if any("<quiz>" in line for line in lines):
        return 0
    answers = sum(bool(_ANSWER.fullmatch(line)) and line.startswith("ANSWER") for line in lines)
    options = sum(bool(_OPTION.match(line)) for line in lines)
    return SURE if answers and options >= 2 * answers else 0


@dataclass(slots=True)
class _Question:
    """The question that has begun."""

    first: int
    prompt: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)


def read(source: SourceFile) -> Harvest:
    """Return the questions of *source*; the line of the answer ends each."""
    reading = _Reading()
    for number, line in enumerate(source.lines, 1):
        if line.strip():
            reading.take(number, line.strip())
    reading.give_up()
    if not reading.questions and not reading.problems:
        reading.problems.append(Problem(Fault.NOTHING_FOUND, 0, "There is no question.", _FORM))
    return Harvest(
        source.path,
        NAME,
        len(source.lines),
        questions=tuple(reading.questions),
        dropped=tuple(reading.dropped),
        problems=tuple(reading.problems),
    )


class _Reading:
    """What has been read of a file."""

    def __init__(self) -> None:
        self.questions: list[DraftQuestion] = []
        self.dropped: list[Dropped] = []
        self.problems: list[Problem] = []
        self._now: _Question | None = None
        self._last = 0

    def take(self, number: int, line: str) -> None:
        """Take one line that is not blank."""
        answer, option = _ANSWER.fullmatch(line), _OPTION.fullmatch(line)
        if self._now and self._now.options and not (answer or option or _LIKE_ANSWER.match(line)):
            self.give_up()
        now = self._now = self._now or _Question(number)
        self._last = number
        if answer:
            self._finish(now, re.findall("[A-Z]", answer[1].upper()))
        elif option and now.prompt and option[1] == ascii_uppercase[len(now.options)]:
            now.options.append(option[2])
        elif now.options:
            self._report(Fault.BAD_KEY, number, f"The line `{line[:60]}` is out of place.")
            self._drop(now, "a question that breaks off")
        else:
            now.prompt.append(line)

    def give_up(self) -> None:
        """Take what has begun and has no answer."""
        now = self._now
        if now is None:
            return
        if now.options:
            self._report(Fault.NO_KEY, self._last, "The question has no line that tells its answer.")
            self._keep(now, (), ("No answer is told.",))
        else:
            self._report(Fault.TOO_FEW_OPTIONS, now.first, "The text has no options below it.")
            self._drop(now, "a text without options")

    def _finish(self, now: _Question, letters: list[str]) -> None:
        """Keep the question, when its *letters* are those of options."""
        there = ascii_uppercase[: len(now.options)]
        wrong = next((letter for letter in letters if letter not in there), None)
        if not now.prompt or not now.options:
            self._report(
                Fault.TOO_FEW_OPTIONS, self._last, "The answer has no prompt or no options above it."
            )
            self._drop(now, "an answer without options")
        elif wrong:
            self._report(Fault.BAD_KEY, self._last, f"The answer is {wrong}, and no option has that letter.")
            self._keep(now, (), (f"The answer is {wrong}, and no option has that letter.",))
        else:
            self._keep(now, tuple(letters), ())

    def _keep(self, now: _Question, letters: tuple[str, ...], off: tuple[str, ...]) -> None:
        texts = [text.casefold() for text in now.options]
        kind = Kind.MULTIPLE_RESPONSE if len(letters) > 1 else Kind.SINGLE_CHOICE
        kind = Kind.TRUE_FALSE if sorted(texts) == ["false", "true"] else kind
        options = tuple(
            DraftOption(text, letter in letters)
            for letter, text in zip(ascii_uppercase, now.options, strict=False)
        )
        span = Span(now.first, self._last)
        self.questions.append(DraftQuestion(kind, "\n".join(now.prompt), span, options, off=off))
        self._now = None

    def _drop(self, now: _Question, why: str) -> None:
        self.dropped.append(Dropped(Span(now.first, self._last), why))
        self._now = None

    def _report(self, fault: Fault, line: int, message: str) -> None:
        self.problems.append(Problem(fault, line, message, _FORM))


def write(pack: Pack) -> Exported:
    """Return the decks of *pack* as Aiken, and everything that these files do not hold."""
    left_out: list[LeftOut] = []
    files = {f"{own_id(deck.id)}.txt": _deck(deck, left_out).encode() for deck in pack.decks}
    left_out.extend(studies(pack, _NO_PLACE))
    return Exported(files, tuple(left_out))


def _deck(deck: Deck, left_out: list[LeftOut]) -> str:
    parts: list[str] = []
    for item in deck.items:
        why = _reason(item)
        if why:
            left_out.append(LeftOut(item.id, "the question", why))
            continue
        left_out += losses(item, (), _NO_PLACE)
        parts.append(_question(item))
    return "\n".join(parts)


def _reason(item: Item) -> str:
    """Return why Aiken cannot hold *item*, or ""."""
    prompt = whole_prompt(item)
    if item.kind not in {Kind.SINGLE_CHOICE, Kind.TRUE_FALSE}:
        return "Aiken asks for one right option only"
    if any("\n" in text for text in (prompt, *(option.text for option in item.options))):
        return "a text of it has several lines"
    if _OPTION.match(prompt) or _LIKE_ANSWER.match(prompt):
        return "its prompt would be read as an option or an answer"
    return ""


def _question(item: Item) -> str:
    assert isinstance(item.key, ChoiceKey)  # noqa: S101 - the kinds were told apart before
    rows = [f"{letter}. {one.text}" for letter, one in zip(ascii_uppercase, item.options, strict=False)]
    right = [one.id for one in item.options].index(item.key.right[0])
    return "\n".join([whole_prompt(item), *rows, f"ANSWER: {ascii_uppercase[right]}", ""])
