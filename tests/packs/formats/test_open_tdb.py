"""OpenTDB: read in each of the encodings that the service offers."""

import json
from base64 import b64encode
from collections.abc import Callable
from html import escape
from urllib.parse import quote

import pytest

from bot.core.items import Kind
from bot.packs.formats import open_tdb
from bot.packs.importing.sources import SourceFile


@pytest.mark.parametrize(
    "encode", [str, escape, lambda text: quote(text, safe=""), lambda text: b64encode(text.encode()).decode()]
)
def test_each_encoding_gives_the_same_question(encode: Callable[[str], str]) -> None:
    """The service says nowhere which one it used."""
    record = {
        "type": encode("multiple"),
        "difficulty": encode("hard"),
        "category": encode("Science: Ropes"),
        "question": encode('What\'s "this" & that?'),
        "correct_answer": encode("six"),
        "incorrect_answers": [encode("five"), encode("no way")],
    }
    source = SourceFile("a.json", json.dumps({"response_code": 0, "results": [record]}).encode())

    draft = open_tdb.read(source).questions[0]

    assert open_tdb.recognise(source) == open_tdb.SURE
    assert (draft.kind, draft.prompt, draft.difficulty) == (
        Kind.SINGLE_CHOICE,
        'What\'s "this" & that?',
        "hard",
    )
    assert [one.text for one in draft.options if one.right] == ["six"]


def test_broken_records_are_told() -> None:
    """The file as a whole, and one record."""
    for data in (b"{", b'{"results": [{"question": "Why?"}]}'):
        assert len(open_tdb.read(SourceFile("a.json", data)).problems) == 1
