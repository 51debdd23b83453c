"""Trivia lists of Red-DiscordBot: read with every scalar as text."""

from bot.core.items import TextKey
from bot.packs.formats import red_trivia
from bot.packs.importing.sources import SourceFile
from tests.packs.formats.exchange_checks import gathered


def test_answers_stay_text() -> None:
    """`yes` is a word and 1.10 has two decimals."""
    data = b"AUTHOR: me\nDESCRIPTION: Ropes\n# note\nIs it so?:\n- yes\n- 1.10\n\nWhat?: [no, off]\nEmpty:\n"

    harvest = gathered(red_trivia.read, data)

    assert red_trivia.recognise(SourceFile("a.yaml", data)) == red_trivia.SURE
    assert [one.key for one in harvest.questions] == [TextKey(("yes", "1.10")), TextKey(("no", "off"))]
    assert [one.line for one in harvest.problems] == [9]


def test_broken_yaml_is_told() -> None:
    """With its line."""
    assert gathered(red_trivia.read, b"a: [").problems[0].fault.value == "broken-file"
