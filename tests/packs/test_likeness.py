"""Texts that say nearly the same are found among many, whatever stands between them."""

import random
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.packs.checks.articles import Sound, is_plural, sound_of
from bot.packs.checks.likeness import ALIKE, Likeness, Wording, alike, normal
from tests.growth import growth

WORDS = [f"{first}{second}{third}" for first in "bdfgklmn" for second in "aeiou" for third in "rstvwxyz"]


def sentences(count: int, seed: int) -> list[Wording]:
    """Return wordings of words drawn at random, the first of them often."""
    draw = random.Random(seed)
    weights = [1 / (rank + 1) for rank in range(len(WORDS))]
    return [Wording(" ".join(draw.choices(WORDS, weights, k=draw.randint(8, 30)))) for _ in range(count)]


def test_punctuation_case_and_marks_make_no_difference() -> None:
    """They change nothing in what is asked."""
    assert normal("What **holds** best,\n `now`?") == normal("what holds best now")


def test_the_like_of_a_text_is_found_among_many() -> None:
    """And only it."""
    many = sentences(400, seed=7)
    words = many[123].asked.split()
    changed = Wording(" ".join([*words[:4], "quite", *words[4:]]))

    found = list(alike([*many, changed]))

    assert [(one.first, one.second) for one in found] == [(123, 400)]
    assert ALIKE <= found[0].share < 1


def test_another_answer_makes_another_question_of_short_ones() -> None:
    """What differs in one word of a question differs in its answer, or it is the same question."""
    one = Wording("what does the letter s in s3 stand for", "simple", "secure shared simple")
    other = Wording("what does the letter s in sns stand for", "service", "server service socket")

    assert list(alike([one, other])) == []
    assert len(list(alike([one, Wording(one.asked + " now", one.right, one.choices)]))) == 1


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(["a b c d e f g", "a b c d e f h", "x y", "", "z"]), max_size=8))
def test_every_repetition_is_found_once(texts: list[str]) -> None:
    """A text that was there before is always found, with an earlier one, and none is found twice."""
    found = list(alike([Wording(text) for text in texts]))

    repeated = {number for number, text in enumerate(texts) if text in texts[:number]}
    assert repeated <= {one.second for one in found}
    assert len({one.second for one in found}) == len(found)
    assert all(one.first < one.second for one in found)


def test_thousands_are_compared_in_little_time() -> None:
    """Eight times as many take some eight times as long; comparing each with each would take 64 times."""
    many = sentences(4000, seed=3)

    assert list(alike(many)) == []
    assert growth(compare, many, many[:500], enough=24) < 24


def test_thousands_of_one_pattern_are_compared_in_little_time() -> None:
    """Nearly every text is like every other then."""
    many = [Wording(f"what does the part with number {number} of the rope do") for number in range(2000)]

    assert len(compare(many)) > 1900
    assert growth(compare, many, many[:250], enough=24) < 24


def compare(many: Sequence[Wording]) -> list[Likeness]:
    """Return all that are alike."""
    return list(alike(many))


def test_a_and_an_go_by_sound() -> None:
    """By ear and not by letter; names in capitals may be spelt or said."""
    vowels = ("edge", "hour", "8-bit number", "XML", "heir", "unintended loop", "S3")
    consonants = ("rope", "unit", "one-way sling", "user", "B", "UUID", "European rope")
    assert {sound_of(word) for word in vowels} <= {Sound.VOWEL, Sound.EITHER}
    assert {sound_of(word) for word in consonants} <= {Sound.CONSONANT, Sound.EITHER}
    assert [sound_of(word) for word in ("edge", "hour", "rope", "unit")] == [
        Sound.VOWEL,
        Sound.VOWEL,
        Sound.CONSONANT,
        Sound.CONSONANT,
    ]
    assert sound_of("SAM template") is Sound.EITHER
    assert sound_of("The rope") is Sound.EITHER
    assert sound_of("...") is Sound.EITHER


def test_plurals_are_told_by_their_endings() -> None:
    """Well enough for nouns of a few words."""
    assert [
        word for word in ("ropes", "bus", "glass", "analysis", "two slings", "rope") if is_plural(word)
    ] == [
        "ropes",
        "two slings",
    ]
