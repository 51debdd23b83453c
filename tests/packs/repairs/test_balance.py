"""Keys that stand at one place, or are the longest, are reported with their share."""

from dataclasses import replace

from bot.packs.importing.drafts import DraftOption, Fault, Harvest
from bot.packs.repairs.drafts import repaired
from tests.packs.repairs.drafted import asked

TEXTS = ("a bow", "a sea", "a tie")


def test_keys_at_one_place_are_reported() -> None:
    """With how many there are of how many; once."""
    found = repaired(source([0] * 9 + [1]))
    assert [problem.fault for problem in found.problems] == [Fault.KEY_POSITION]
    assert "number 1 in 9 of 10 questions (90%)" in found.problems[0].message
    assert repaired(found) == found


def test_longest_keys_are_reported() -> None:
    """With their share."""
    found = repaired(source([0, 1, 2, 0, 1], ("a bow", "a longer knot", "a tie")))
    assert [problem.fault for problem in found.problems] == [Fault.KEY_LENGTH]
    assert "2 of 5 questions (40%)" in found.problems[0].message


def test_mixed_keys_and_few_questions_are_not_reported() -> None:
    """Chance does that."""
    for given in (source([0, 1, 2] * 5), source([0] * 9), source([1] * 4, ("a", "longer", "b"))):
        assert repaired(given) == given


def source(places: list[int], texts: tuple[str, ...] = TEXTS) -> Harvest:
    """Return a source with one question a place, where its right option stands."""
    questions = []
    for number, right in enumerate(places):
        options = tuple(DraftOption(text, right=place == right) for place, text in enumerate(texts))
        questions.append(asked(f"What holds rope {number}?", "", options).questions[0])
    return replace(asked(), questions=tuple(questions))
