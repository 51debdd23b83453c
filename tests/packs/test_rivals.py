"""Items whose answer is typed know the answers of other items that look like their own."""

from pathlib import Path

import pytest

from bot.packs.rivals import MOST
from tests.packs.samples import SINGLE, check, deck, good_pack, items_of, write


def fill_in(name: str, *accept: str) -> str:
    """Return a fill-in item that accepts *accept*."""
    quoted = ", ".join(f'"{text}"' for text in accept)
    return f"""\
  - id: {name}
    kind: fill_in
    topic: knots
    prompt: It is ___.
    key: [{{accept: [{quoted}]}}]
    explanation: It is.
"""


def rivals(folder: Path, *items: str) -> tuple[str, ...]:
    """Return the rivals of the item ``own`` in a deck of *items*."""
    write(good_pack(folder), decks__ropes=deck(*items))
    return items_of(check(folder / "climbing"))["own"].rivals


@pytest.mark.parametrize(
    "own, other",
    [
        ("Type I", "Type II"),
        ("I", "III"),
        ("S3", "S4"),
        ("80", "443"),
        ("port 80", "port 443"),
        ("kms:Encrypt", "kms:Decrypt"),
        ("reef knot", "sheet knot"),
        ("World War I", "World War II"),
        ("precision", "decision"),
    ],
)
def test_an_answer_that_looks_alike_is_a_rival(own: str, other: str, tmp_path: Path) -> None:
    """Digits, roman numerals, one word and single letters tell such answers apart."""
    assert rivals(tmp_path, fill_in("own", own), fill_in("other", other)) == (other,)


@pytest.mark.parametrize("own, other", [("bowline", "prusik"), ("S3", "EC"), ("a loop of rope", "80")])
def test_an_answer_that_looks_different_is_none(own: str, other: str, tmp_path: Path) -> None:
    """Nobody mistypes one for the other."""
    assert rivals(tmp_path, fill_in("own", own), fill_in("other", other)) == ()


def test_an_answer_that_the_item_accepts_itself_is_none(tmp_path: Path) -> None:
    """Two items may have one answer, in any case and spacing."""
    assert rivals(tmp_path, fill_in("own", "Type I", "Type 1"), fill_in("other", "type  i", "Type 1")) == ()


def test_the_most_alike_come_first(tmp_path: Path) -> None:
    """A grader may look at a few only."""
    found = rivals(
        tmp_path, fill_in("own", "kms:Encrypt"), fill_in("one", "kms:Crypt"), fill_in("two", "kms:Encrypts")
    )

    assert found == ("kms:Encrypts", "kms:Crypt")


def test_the_key_of_a_choice_item_is_a_rival_too(tmp_path: Path) -> None:
    """It is an answer of the deck as well; its Markdown is not."""
    single = SINGLE.replace("The bowline,", '"`bowline`",')

    assert rivals(tmp_path, fill_in("own", "bowlines"), single) == ("bowline",)


def test_the_answers_of_another_deck_are_none(tmp_path: Path) -> None:
    """A deck is what a learner has in mind; across decks the same words may mean other things."""
    other = deck(fill_in("other", "Type II")).replace("id: ropes", "id: more")
    write(good_pack(tmp_path), decks__more=other)

    assert rivals(tmp_path, fill_in("own", "Type I")) == ()


def test_an_item_carries_a_bounded_number_of_rivals(tmp_path: Path) -> None:
    """A deck of numbers makes every answer everybody's rival."""
    others = [fill_in(f"other-{number}", str(number)) for number in range(1, 201)]

    assert len(rivals(tmp_path, fill_in("own", "0"), *others)) == MOST
