"""What a reader who had not seen the keys answered is graded against the keys as they are now."""

from datetime import date
from pathlib import Path

import pytest

from bot.packs.exams import items_of
from bot.packs.problems import Code
from bot.packs.readings import Answer, Disagreement, Reading, Settled, agreement
from bot.packs.reports import stats_report
from tests.packs.samples import TODAY, check, good_pack, write
from tests.packs.samples import items_of as read_items

RIGHT: dict[str, Answer] = {
    "fixed-loop": "bowline",
    "joining": ("sheet-bend", "reef-knot"),
    "jams": "false",
    "types": ("factor-two", "Type I"),
    "strength": "15 kN",
    "back-up": "a friction hitch",
    "figure-eight": ("bight", "around", "through"),
    "uses": {"clove": "post", "bowline": "loop", "sheet": "join"},
    "rescue/first-step": "true",
    "rescue/knot": "mule",
}
WRONG: dict[str, Answer] = {
    "fixed-loop": "none",
    "joining": ("sheet-bend",),
    "jams": "true",
    "types": ("factor-three", "Type I"),
    "strength": "12 kN",
    "back-up": "nothing at all",
    "figure-eight": ("around", "bight", "through"),
    "uses": {"clove": "loop", "bowline": "post", "sheet": "join"},
    "rescue/first-step": "false",
    "rescue/knot": "reef",
}
FIRST = """\
format: 1
id: first
date: 2026-11-20
reader: A climber, with a book at hand.
answers:
  fixed-loop: none
  joining: [sheet-bend, reef-knot]
  jams: "false"
  types: [factor-two, Type I]
  strength: 15 kN
  figure-eight: [bight, around, through]
  uses: {clove: post, bowline: loop, sheet: join}
  rescue/knot: mule
disagreements:
  - item: fixed-loop
    found: The reader took a slip knot for a fixed loop.
    settled: key-stands
    why: A slip knot's loop tightens.
    url: https://example.org/knots
  - item: joining
    found: The flat overhand was missing.
    settled: mended
    why: It joins ropes too.
"""
SECOND = """\
format: 1
id: second
date: 2026-11-21
reader: Another climber.
answers:
  fixed-loop: bowline
  jams: "true"
"""


def reading(answers: dict[str, Answer], *doubted: str, day: int = 1, own: str = "one") -> Reading:
    """Return a reading of the given day of the month, in which the items *doubted* did not agree."""
    settled = tuple(Disagreement(item, "Something else.", Settled.MENDED, "So it is.") for item in doubted)
    return Reading(own, date(2026, 11, day), "A reader.", answers, settled)


@pytest.mark.parametrize("item", RIGHT)
def test_an_answer_of_every_kind_is_graded(item: str, tmp_path: Path) -> None:
    """As a learner's would be."""
    items = read_items(check(good_pack(tmp_path)))

    right = agreement(items, [reading({item: RIGHT[item]})])
    wrong = agreement(items, [reading({item: WRONG[item]})])

    assert (right.read, right.now, right.unsettled, right.share) == (1, 1, (), 1.0)
    assert (wrong.read, wrong.now, wrong.unsettled, wrong.share) == (1, 0, (item,), 0.0)


def test_the_latest_answer_counts_and_a_disagreement_stays_one(tmp_path: Path) -> None:
    """Who read an item again after it was mended answers the item as it is; the first answer is history."""
    items = read_items(check(good_pack(tmp_path)))
    first = reading(dict(WRONG), "jams", "uses", day=1)
    again = reading({"jams": RIGHT["jams"]}, day=2, own="two")

    found = agreement(items, [again, first])

    assert (found.items, found.read, found.at_first, found.now) == (10, 10, 8, 1)
    assert found.disagreements == 2
    assert "jams" not in found.unsettled


def test_answers_to_items_that_are_gone_are_not_counted(tmp_path: Path) -> None:
    """Figures speak of the pack as it is."""
    items = read_items(check(good_pack(tmp_path)))

    found = agreement(items, [reading({"gone": "a", "jams": "false"})])

    assert (found.read, found.now, found.share) == (1, 1, 1.0)
    assert agreement(items, []).share == 0.0


def test_the_figures_of_a_pack_hold_its_readings(tmp_path: Path) -> None:
    """From the files beside it."""
    folder = good_pack(tmp_path)
    write(folder, readings__first=FIRST, readings__second=SECOND)

    (pack,) = stats_report([folder], TODAY).packs

    found = pack.readings
    assert (found.readings, found.items, found.read, found.disagreements) == (2, 10, 8, 2)
    assert (found.agreed_at_first, found.agree_now, found.share) == (6, 7, 0.875)
    assert found.unsettled == ("jams",)


def test_a_reading_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Texts, lists and pairs."""
    folder = good_pack(tmp_path)
    write(folder, readings__first=FIRST)
    checked = check(folder)

    assert checked.problems == ()
    (found,) = checked.readings
    assert (found.id, found.date, found.reader) == (
        "first",
        date(2026, 11, 20),
        "A climber, with a book at hand.",
    )
    assert found.answers["uses"] == {"clove": "post", "bowline": "loop", "sheet": "join"}
    assert found.answers["types"] == ("factor-two", "Type I")
    assert [one.settled for one in found.disagreements] == [Settled.KEY_STANDS, Settled.MENDED]
    assert found.disagreements[0].url == "https://example.org/knots"


def test_an_answer_that_no_longer_fits_is_history_once_the_item_was_read_again(tmp_path: Path) -> None:
    """The record keeps what was found at first."""
    folder = good_pack(tmp_path)
    stale = FIRST.replace("fixed-loop: none", "fixed-loop: granny")
    write(folder, readings__first=stale)
    before = check(folder)
    write(folder, readings__second=SECOND)

    assert [one.code for one in before.problems] == [Code.STALE_ANSWER]
    assert check(folder).problems == ()


def test_parts_of_a_case_study_have_ids_of_two_parts(tmp_path: Path) -> None:
    """As everywhere in a pack."""
    checked = check(good_pack(tmp_path))
    assert checked.pack is not None

    assert set(items_of(checked.pack)) == set(RIGHT)
