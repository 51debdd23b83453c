"""Draws: which items a round asks, in which order, and that the same seed always draws the same."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.commands import DrawRequest
from bot.core.draws import draw_items, draw_order, draw_stems, generator, with_decks
from bot.core.ids import DeckId, ItemId, OptionId, Topic
from bot.core.items import Difficulty, Item, Option, OrderKey, Place
from bot.core.packs import Deck, Library
from tests.core.builders import ORDER, PAIRS, SEVERAL, TRUTH, choice, chosen, deck, pack

TODAY = date(2026, 3, 1)
EIGHT = tuple(choice(number) for number in range(8))
ROOT = Path(__file__).resolve().parents[2]


def of(*items: Item) -> Library:
    """Return a library of one deck."""
    return Library((pack(deck(*items)),))


def drawn(library: Library, count: int = 5, *, recent: Sequence[Item] = (), seed: str = "seed") -> list[str]:
    """Return the ids of what is drawn, without the pack."""
    request = DrawRequest(count=count)
    seen = [item.id for item in recent]
    return names(draw_items(library, request, recent=seen, today=TODAY, seed=seed))


def names(items: Sequence[Item]) -> list[str]:
    """Return the ids of *items* without the pack."""
    return [item.id.removeprefix("pack/") for item in items]


def case(parts: int, *, name: str = "case", topic: str = "9") -> tuple[Item, ...]:
    """Return a case study of so many *parts*."""
    whole = ItemId(f"pack/{name}")
    return tuple(
        replace(choice(topic=topic), id=ItemId(f"pack/{name}/{part}"), case=whole) for part in range(parts)
    )


# ------------------------------------------------------------------------------------------ the same again


def test_the_same_seed_draws_the_same_and_another_one_something_else() -> None:
    """A round can be repeated, and no round foretells the next."""
    assert drawn(of(*EIGHT)) == drawn(of(*EIGHT))
    assert len({tuple(drawn(of(*EIGHT), seed=str(seed))) for seed in range(20)}) > 15


def test_purposes_of_one_seed_draw_apart() -> None:
    """The order of the options says nothing about which items come."""
    assert generator("seed", "items").random() != generator("seed", "options").random()


DRAW = """
from datetime import date
from bot.core.commands import DrawRequest
from bot.core.draws import draw_items, draw_order, draw_stems
from bot.core.packs import Library
from tests.core.builders import ORDER, PAIRS, choice, deck, pack
library = Library((pack(deck(*map(choice, range(8)))),))
asked = draw_items(library, DrawRequest(), recent=[], today=date(2026, 3, 1), seed="seed")
print([item.id for item in asked], draw_order(ORDER, "seed"), draw_stems(PAIRS, "seed"))
"""


@pytest.mark.parametrize("hash_seed", ["0", "4321"])
def test_a_draw_is_the_same_in_every_process(hash_seed: str) -> None:
    """Also where texts hash differently."""
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", DRAW], env=environment, cwd=ROOT, capture_output=True, text=True, check=True
    )

    here = [f"pack/{name}" for name in drawn(of(*EIGHT))]
    expected = f"{here} {draw_order(ORDER, 'seed')} {draw_stems(PAIRS, 'seed')}"
    assert done.stdout.strip() == expected


# ------------------------------------------------------------------------------------------ which items


@given(count=st.integers(1, 12), seed=st.text(max_size=3))
def test_a_round_asks_no_item_twice(count: int, seed: str) -> None:
    """And as many as it can."""
    found = drawn(of(*EIGHT), count, seed=seed)

    assert len(set(found)) == len(found) == min(count, 8)


def test_what_the_channel_has_not_seen_comes_first() -> None:
    """Three are left that it has not."""
    assert set(drawn(of(*EIGHT), 3, recent=EIGHT[:5])) == set(names(EIGHT[5:]))


def test_of_what_was_seen_the_longest_unseen_comes_first() -> None:
    """*recent* has the newest first, and an item counts by its newest time."""
    recent = (EIGHT[3], EIGHT[1], EIGHT[0], EIGHT[2], EIGHT[3])

    assert drawn(of(*EIGHT[:4]), 4, recent=recent) == ["choice2", "choice0", "choice1", "choice3"]


@given(seed=st.text(max_size=3))
def test_topics_take_turns(seed: str) -> None:
    """Every topic once before one comes twice."""
    topics = {"1.1": 5, "1.2": 2, "2.1": 1}
    items = [choice(number, topic) for topic, many in topics.items() for number in range(many)]
    items = [replace(item, id=ItemId(f"pack/{item.topic}-{item.id[-1]}")) for item in items]

    asked = draw_items(of(*items), DrawRequest(count=6), recent=[], today=TODAY, seed=seed)

    turns = [item.topic for item in asked]
    assert set(turns[:3]) == {"1.1", "1.2", "2.1"}
    assert set(turns[3:5]) == {"1.1", "1.2"}
    assert turns[5] == "1.1"


@given(seed=st.text(max_size=3), count=st.integers(3, 9))
def test_a_case_study_is_asked_whole_and_in_order(seed: str, count: int) -> None:
    """Its parts build on one another."""
    found = drawn(of(*EIGHT[:3], *case(3), *EIGHT[3:]), count, seed=seed)

    parts = [place for place, name in enumerate(found) if name.startswith("case/")]
    assert [found[place] for place in parts] in ([], ["case/0", "case/1", "case/2"])
    assert parts in ([], list(range(parts[0], parts[0] + 3)) if parts else [])


def test_a_case_study_that_does_not_fit_gives_way_to_what_does() -> None:
    """Only when nothing else is left are its first parts asked."""
    assert set(drawn(of(*case(4), *EIGHT[:3]), 3)) == {"choice0", "choice1", "choice2"}
    assert drawn(of(*case(4)), 3) == ["case/0", "case/1", "case/2"]
    assert set(drawn(of(*case(4), EIGHT[0]), 3)) == {"choice0", "case/0", "case/1"}


def test_two_case_studies_one_after_the_other_stay_two() -> None:
    """They are told apart by their case."""
    found = drawn(of(*case(2, name="one"), *case(2, name="two")), 4)

    assert found in (["one/0", "one/1", "two/0", "two/1"], ["two/0", "two/1", "one/0", "one/1"])


def test_one_part_that_was_seen_makes_the_whole_case_seen() -> None:
    """It would spoil the rest."""
    parts = case(2)

    assert drawn(of(*parts, *EIGHT[:2]), 2, recent=[parts[1]])[:2] != ["case/0", "case/1"]


def test_items_past_their_date_are_left_out() -> None:
    """On the last day they are still asked."""
    old = replace(EIGHT[0], valid_until=date(2026, 2, 28))
    last_day = replace(EIGHT[1], valid_until=TODAY)

    assert drawn(of(old, last_day)) == ["choice1"]


def test_filters_leave_out_what_does_not_pass_them() -> None:
    """Decks by their id, difficulties as they are."""
    easy = replace(EIGHT[0], difficulty=Difficulty.EASY)
    library = Library((pack(deck(easy, EIGHT[1]), deck(EIGHT[2], name="other")),))

    def wanted(request: DrawRequest) -> set[str]:
        return set(names(draw_items(library, request, recent=[], today=TODAY, seed="")))

    assert wanted(DrawRequest()) == {"choice0", "choice1", "choice2"}
    assert wanted(DrawRequest(decks=(DeckId("pack/other"),))) == {"choice2"}
    assert wanted(DrawRequest(difficulties=(Difficulty.EASY,))) == {"choice0"}
    assert wanted(DrawRequest(decks=(DeckId("pack/none"),))) == set()


@pytest.mark.parametrize(
    "topic, found",
    [("1", ["1.1", "1.2"]), ("1.1", ["1.1"]), ("1.", []), ("11", ["11.1"]), ("2", ["2"])],
)
def test_a_domain_stands_for_all_of_its_tasks(topic: str, found: list[str]) -> None:
    """Domain 1 is not domain 11."""
    topics = ("1.1", "1.2", "11.1", "2")
    items = [replace(choice(n, t), id=ItemId(f"pack/{t}")) for n, t in enumerate(topics)]
    request = DrawRequest(topics=(Topic(topic),))

    asked = draw_items(of(*items), request, recent=[], today=TODAY, seed="")

    assert sorted(names(asked)) == found


def test_items_that_are_named_are_asked_as_named() -> None:
    """In that order, seen or not, and those that are gone are left out."""
    request = DrawRequest(count=2, items=(EIGHT[4].id, ItemId("pack/gone"), EIGHT[1].id, EIGHT[0].id))

    asked = draw_items(of(*EIGHT), request, recent=[EIGHT[4].id], today=TODAY, seed="")

    assert names(asked) == ["choice4", "choice1"]


# ------------------------------------------------------------------------------------------ which pack


def of_two_packs() -> Library:
    """Return a library of the packs ``pack`` and ``birds``, with two decks in the second."""
    birds = tuple(
        replace(deck(EIGHT[n], name=name), id=DeckId(f"birds/{name}")) for n, name in enumerate("ab")
    )
    return Library((pack(deck(*EIGHT)), pack(*birds, name="birds")))


@pytest.mark.parametrize(
    "recent, decks",
    [
        ((), ("pack/deck",)),
        (("birds/x", "pack/y"), ("birds/a", "birds/b")),
        (("gone/x", "birds/y"), ("pack/deck",)),
    ],
)
def test_without_a_deck_a_round_stays_with_one_pack(recent: tuple[str, ...], decks: tuple[str, ...]) -> None:
    """The one that the channel played last, if it is still there, else the first."""
    request = with_decks(of_two_packs(), DrawRequest(), [ItemId(item) for item in recent], TODAY)

    assert request.decks == decks


@pytest.mark.parametrize(
    "topics, recent, packs",
    [
        (("1.1",), [], {"pack"}),
        (("7",), [], {"birds"}),
        (("7.2",), ["pack/choice0"], {"birds"}),
        (("9",), ["birds/a"], {"birds"}),  # nobody has it, so it is as if nothing had been named
        (("1.1", "7.2"), ["birds/a"], {"birds"}),
        (("1.1", "7.2"), [], {"pack"}),
    ],
)
def test_topics_choose_a_pack_that_has_them(
    topics: Sequence[str], recent: list[str], packs: set[str]
) -> None:
    """The one that the channel last played if it can."""
    other = replace(choice(9), id=ItemId("birds/x"), topic=Topic("7.2"))
    birds = replace(deck(other), id=DeckId("birds/a"))
    library = Library((pack(deck(*EIGHT)), pack(birds, name="birds")))

    request = with_decks(
        library, DrawRequest(topics=tuple(map(Topic, topics))), [ItemId(one) for one in recent], TODAY
    )

    assert {deck_.partition("/")[0] for deck_ in request.decks} == packs


@pytest.mark.parametrize(
    "request_", [DrawRequest(decks=(DeckId("birds/a"),)), DrawRequest(items=(ItemId("pack/choice0"),))]
)
def test_what_was_asked_for_is_not_replaced(request_: DrawRequest) -> None:
    """A deck or items."""
    assert with_decks(of_two_packs(), request_, [], TODAY) is request_


def test_with_no_pack_at_all_there_is_nothing_to_draw() -> None:
    """An empty library is no error."""
    request = with_decks(Library(), DrawRequest(), [], TODAY)

    assert draw_items(Library(), request, recent=[], today=TODAY, seed="") == ()
    assert Deck(DeckId("a/b"), pack().id, "", "", ()).items == ()


# ------------------------------------------------------------------------------------------ orders


@given(seed=st.text(max_size=4), places=st.lists(st.sampled_from(Place), min_size=2, max_size=7))
def test_options_that_are_kept_stay_where_they_belong(seed: str, places: list[Place]) -> None:
    """What names all of the above is the last one, and nothing is lost or doubled."""
    several = tuple(
        Option(OptionId(str(number)), str(number), place=place) for number, place in enumerate(places)
    )
    order = draw_order(replace(SEVERAL, options=several), seed)

    rank = {Place.FIRST: 0, Place.ANY: 1, Place.LAST: 2}
    assert sorted(order) == list(range(len(places)))
    assert [rank[places[option]] for option in order] == sorted(rank[place] for place in places)
    for kept in (Place.FIRST, Place.LAST):
        held = [option for option in order if places[option] is kept]
        assert held == sorted(held)


@given(st.text(max_size=4))
def test_true_and_false_are_never_shuffled(seed: str) -> None:
    """True comes first, as everywhere."""
    assert draw_order(TRUTH, seed) == (0, 1)


@given(st.text(max_size=4), st.permutations("abc"))
def test_an_ordering_is_never_shown_in_the_right_order(seed: str, right: list[str]) -> None:
    """Whichever order is right."""
    key = OrderKey(chosen("".join(right)))

    shown = draw_order(replace(ORDER, key=key), seed)

    assert tuple(ORDER.options[place].id for place in shown) != key.order
    assert sorted(shown) == [0, 1, 2]


def test_every_order_comes_up_about_as_often() -> None:
    """The place of the right option says nothing."""
    places = Counter(draw_order(choice(), str(seed)).index(1) for seed in range(400))

    assert set(places) == {0, 1, 2, 3}
    assert min(places.values()) > 70


def test_items_of_one_seed_are_shuffled_apart() -> None:
    """The place of one key does not tell the next one's."""
    assert len({draw_order(choice(number), "seed") for number in range(12)}) > 6


def test_stems_have_an_order_of_their_own() -> None:
    """And an item without stems has none."""
    assert {draw_stems(PAIRS, str(seed)) for seed in range(60)} >= {(0, 1, 2), (2, 1, 0)}
    assert draw_stems(SEVERAL, "seed") == ()
