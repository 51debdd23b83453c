"""Packs written as Kahoot's spreadsheets, laid out like its template: a workbook a deck."""

import re
import zipfile
from datetime import datetime
from io import BytesIO
from typing import Final

import openpyxl

from bot.core.items import ChoiceKey, Item, Kind
from bot.core.packs import Deck, Pack
from bot.packs.exporting import zipped
from bot.packs.formats.exported import Exported, LeftOut
from bot.packs.formats.losses import losses, own_id, studies, whole_prompt

ANSWERS: Final = range(1, 5)
TIMES: Final = (5, 10, 20, 30, 60, 90, 120, 240)
LONGEST_PROMPT: Final = 120
LONGEST_ANSWER: Final = 75
USUAL_TIME: Final = 30
_FEWEST: Final = 2
_HEAD_ROW: Final = 8
_NO_PLACE: Final = "a Kahoot sheet has no place for it"
_EPOCH: Final = datetime(1980, 1, 1)  # noqa: DTZ001 - a workbook has no time zones
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^<>]*>)[^<>]*")


def write(pack: Pack) -> Exported:
    """Return the decks of *pack* as workbooks, and everything that these do not hold."""
    left_out: list[LeftOut] = []
    files = {f"{own_id(deck.id)}.xlsx": _book(deck, left_out) for deck in pack.decks}
    left_out.extend(studies(pack, _NO_PLACE))
    return Exported(files, tuple(left_out))


def _book(deck: Deck, left_out: list[LeftOut]) -> bytes:
    book = openpyxl.Workbook()
    book.properties.created = _EPOCH
    sheet = book.worksheets[0]
    sheet.cell(2, 2).value = _cell(deck.title)
    limits = ", ".join(map(str, TIMES))
    heads = [f"Question - max {LONGEST_PROMPT} characters"]
    heads += [f"Answer {number} - max {LONGEST_ANSWER} characters" for number in ANSWERS]
    heads += [f"Time limit (sec) - {limits} secs", "Correct answer(s) - choose at least one"]
    for at, head in enumerate(heads, 2):
        sheet.cell(_HEAD_ROW, at).value = head
    number = 0
    for item in deck.items:
        why = _reason(item)
        if why:
            left_out.append(LeftOut(item.id, "the question", why))
            continue
        left_out += losses(item, ("seconds",) if item.seconds in TIMES else (), _NO_PLACE)
        if item.kind is Kind.MULTIPLE_RESPONSE and len(_right(item)) == 1:
            left_out.append(LeftOut(item.id, "that several options may be right", _NO_PLACE))
        number += 1
        for at, value in enumerate([str(number), *_row(item)], 1):
            cell = sheet.cell(_HEAD_ROW + number, at)
            cell.value = _cell(value)
            cell.data_type = "s"
    return _saved(book)


def _cell(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)


def _reason(item: Item) -> str:
    """Return why a sheet cannot hold *item*, or ""."""
    if not isinstance(item.key, ChoiceKey):
        return "Kahoot's sheets ask for one or several of the options only"
    if len(item.options) not in ANSWERS or len(item.options) < _FEWEST:
        return f"it has {len(item.options)} options, and Kahoot has 2 to 4"
    length = len(whole_prompt(item))
    if length > LONGEST_PROMPT:
        return f"its question has {length} characters, and Kahoot allows {LONGEST_PROMPT}"
    longest = max(len(option.text) for option in item.options)
    if longest > LONGEST_ANSWER:
        return f"an answer has {longest} characters, and Kahoot allows {LONGEST_ANSWER}"
    return ""


def _right(item: Item) -> tuple[str, ...]:
    return item.key.right if isinstance(item.key, ChoiceKey) else ()


def _row(item: Item) -> list[str]:
    right = _right(item)
    texts = [option.text for option in item.options]
    texts += [""] * (ANSWERS.stop - 1 - len(texts))
    numbers = [str(at) for at, option in enumerate(item.options, 1) if option.id in right]
    seconds = item.seconds if item.seconds in TIMES else USUAL_TIME
    return [whole_prompt(item), *texts, str(seconds), ",".join(numbers)]


def _saved(book: openpyxl.Workbook) -> bytes:
    """Return *book* as bytes that do not tell when it was written."""
    out = BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    core = "docProps/core.xml"
    files[core] = _MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z", files[core])
    return zipped(files)
