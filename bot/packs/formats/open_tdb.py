"""OpenTDB: the answers of that trivia service, recognised and read in each of its encodings."""

import binascii
import json
import re
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import unescape
from typing import Final
from urllib.parse import unquote

from bot.core.items import Difficulty, Kind
from bot.packs.importing.drafts import DraftOption, DraftQuestion, Dropped, Fault, Harvest, Problem, Span
from bot.packs.importing.sources import SourceFile

NAME: Final = "open-tdb"
EXTENSIONS: Final = (".json",)

SURE: Final = 96
_HEAD: Final = 65536
_SIGNS: Final = re.compile(r"([\\`*_<>$~])")
_MEND: Final = "Take the file from the service again, or mend the record."


def recognise(source: SourceFile) -> int:
    """Return how sure it is that *source* comes from OpenTDB: by the names of its fields."""
    text = source.data[:_HEAD].decode("utf-8-sig", "ignore")
    named = '"correct_answer"' in text and '"incorrect_answers"' in text
    return SURE if named and text.lstrip()[:1] in {"{", "["} else 0


def read(source: SourceFile) -> Harvest:
    """Return the questions of *source*, one a record."""
    try:
        data: object = json.loads(source.text)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        problem = Problem(Fault.BROKEN_FILE, line, "The JSON breaks off or is not well formed.", _MEND)
        return Harvest(
            source.path, NAME, 1, dropped=(Dropped(Span(1, 1), "broken JSON"),), problems=(problem,)
        )
    found = data.get("results") if isinstance(data, dict) else data
    records = found if isinstance(found, list) else []
    decode = _decoder([one for one in records if isinstance(one, dict)])
    questions: list[DraftQuestion] = []
    dropped: list[Dropped] = []
    problems: list[Problem] = []
    for number, record in enumerate(records, 1):
        draft = _question(record, decode, number)
        if draft is None:
            said = f"Record {number} has no question or no answers."
            problems.append(Problem(Fault.NO_PROMPT, number, said, _MEND))
            dropped.append(Dropped(Span(number, number), "a record that is not whole"))
        else:
            questions.append(draft)
    if not records:
        problems.append(Problem(Fault.NOTHING_FOUND, 0, "There are no records under `results`.", _MEND))
    return Harvest(
        source.path,
        NAME,
        len(records),
        questions=tuple(questions),
        dropped=tuple(dropped),
        problems=tuple(problems),
    )


Decode = Callable[[str], str]


def _decoder(records: Sequence[Mapping[str, object]]) -> Decode:
    """Return what turns a text of *records* into plain text: the service says nowhere how it wrote them."""
    texts = [text for record in records for text in _all(record)]
    if texts and all(_of_base64(text) is not None for text in texts):
        return lambda text: _of_base64(text) or ""
    if any(re.search(r"%[0-9A-Fa-f]{2}", text) for text in texts) and not any(" " in text for text in texts):
        return unquote
    return unescape


def _all(record: Mapping[str, object]) -> Iterator[str]:
    for value in record.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from (one for one in value if isinstance(one, str))


def _of_base64(text: str) -> str | None:
    """Return the text that *text* stands for, or None when it is not in base 64."""
    try:
        return b64decode(text, validate=True).decode()
    except (binascii.Error, ValueError):
        return None


def _question(record: object, decode: Decode, number: int) -> DraftQuestion | None:
    """Return the question of *record*, or None when it lacks one."""
    if not isinstance(record, dict):
        return None
    prompt, right, wrong = (record.get(name) for name in ("question", "correct_answer", "incorrect_answers"))
    if not (
        isinstance(prompt, str) and isinstance(right, str) and isinstance(wrong, list) and prompt.strip()
    ):
        return None
    options = [DraftOption(_plain(decode(right)), right=True)]
    options += [DraftOption(_plain(decode(str(one)))) for one in wrong]
    truth = sorted(one.text for one in options) == ["False", "True"]
    said = decode(str(record.get("difficulty", "")))
    return DraftQuestion(
        Kind.TRUE_FALSE if truth else Kind.SINGLE_CHOICE,
        _plain(decode(prompt)),
        Span(number, number),
        tuple(sorted(options, key=lambda option: option.text)),
        topic=decode(str(record.get("category", ""))),
        difficulty=next((one for one in Difficulty if one == said), Difficulty.MEDIUM),
    )


def _plain(text: str) -> str:
    """Return *text* with a backslash before what small Markdown would take for a mark."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))
