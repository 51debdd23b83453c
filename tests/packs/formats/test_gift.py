"""GIFT: read as others write it, and written so that it comes back."""

from hypothesis import given, settings

from bot.core.packs import Pack
from bot.packs.formats import gift
from bot.packs.importing.recognising import recognised
from bot.packs.importing.sources import SourceFile
from tests.packs.any_packs import packs
from tests.packs.formats.exchange_checks import comes_back, gathered
from tests.packs.formats.study_packs import a_pack


def test_a_pack_comes_back_and_its_files_are_recognised() -> None:
    """Each kind is held or named among what is left out."""
    exported = gift.write(a_pack())

    comes_back(a_pack(), exported, gift.read)
    for name, data in exported.files.items():
        found = recognised(SourceFile(name, data))
        assert found is not None
        assert found.NAME == gift.NAME


def test_the_same_pack_gives_the_same_bytes() -> None:
    """Nothing in a file tells when it was written."""
    assert gift.write(a_pack()) == gift.write(a_pack())


@settings(max_examples=25, deadline=None)
@given(packs())
def test_any_pack_comes_back(pack: Pack) -> None:
    """Whatever signs its texts hold."""
    comes_back(pack, gift.write(pack), gift.read)


def test_what_others_write_is_read() -> None:
    """A missing word, parts of points, ranges, pairs, truths, and braces that do not close."""
    harvest = gathered(
        gift.read,
        b"// note\n$CATEGORY: $course$/Knots\n\n::Q1::A {=bowline =loop} holds.\n\n"
        b"Two? {~%50%a ~%50%b ~%-100%c#no}\n\nHow much? {#1..5}\n\nPair: {=a -> 1 =b -> 2 =c -> 3}\n\n"
        b"True? {F#wrong#right####Because.}\n\nMost? {=a ~%50%b}\n\nOpen {\n",
    )

    assert [str(one.kind) for one in harvest.questions] == [
        *("fill_in", "multiple_response", "numeric", "matching", "true_false", "single_choice")
    ]
    assert harvest.questions[0].prompt == "A ___ holds."
    assert harvest.questions[0].topic == "Knots"
    assert [option.feedback for option in harvest.questions[4].options] == ["wrong", "right"]
    assert [problem.fault.value for problem in harvest.problems] == ["partial-points", "unclosed"]
