"""Two people play a whole round in a real browser, against the program as a process."""

import re
from typing import Final, NamedTuple

import pytest
from playwright.async_api import expect

from tests.acceptance.browser import Album
from tests.acceptance.coast import TITLE, WALK, Known, asked
from tests.acceptance.people import Person, rows_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]

ROUND: Final = len(WALK)
MISSED_BY_BEN: Final = frozenset({WALK[0], WALK[2], WALK[4]})


class Earned(NamedTuple):
    """What one answer earned, as its learner is told."""

    points: int = 0
    base: int = 0
    speed: int = 0
    streak: int = 0


async def test_two_people_play_five_questions_of_different_kinds_to_the_podium(
    ada: Person, ben: Person, album: Album
) -> None:
    """From the command to the podium, what everybody sees and what each sees alone is as it should be."""
    await album.take(ada, "0 empty")
    await ben.say("Shall we play?")
    await ada.say("/quiz play walk count:5 seconds:300 lobby:wait pause:wait")
    await ben.press(ben.card(f"New round: {TITLE}"), "Join")
    await expect(ada.card(f"New round: {TITLE}")).to_contain_text("In the round: Ada and Ben.")
    await album.take(ada, "1 lobby")
    await ada.press(ada.card(f"New round: {TITLE}"), "Start now")

    sums = {"Ada": 0, "Ben": 0}
    streaks = {"Ada": 0, "Ben": 0}
    for number in range(1, ROUND + 1):
        item = await asked(ada, number, ROUND)
        right = {"Ada": True, "Ben": item not in MISSED_BY_BEN}
        await _answer_both(ada, ben, number, item, album)
        for person in (ada, ben):
            earned = await _earned(person, number)
            streaks[person.name] = streaks[person.name] + 1 if right[person.name] else 0
            _assert_formula(earned, streaks[person.name])
            sums[person.name] += earned.points
        await _assert_revealed(ada, number, item, sums, ben_was_right=right["Ben"])
        await _go_on(ada, ben, number)

    podium = ada.card(f"Podium: {TITLE}")
    await expect(podium.locator(".rank-1")).to_contain_text(f"Ada{sums['Ada']} points1st")
    await expect(podium.locator(".rank-2")).to_contain_text(f"Ben{sums['Ben']} points2nd")
    standing = [("1", "Ada", str(sums["Ada"]), "5"), ("2", "Ben", str(sums["Ben"]), "2")]
    assert await rows_of(podium.get_by_role("table")) == standing
    await album.take(ada, "4 podium")
    await _assert_missed(ada, ben, sums["Ben"], album)
    await _redo(ada, ben, album)


async def _go_on(ada: Person, ben: Person, number: int) -> None:
    """The reveal stays until Ada moves on; then nothing in it can be waited for, on Ben's page either."""
    button = "Next" if number < ROUND else "See the podium"
    await expect(ada.card(f"Podium: {TITLE}")).to_have_count(0)
    await ada.press(ada.reveal(number, ROUND), button)
    for person in (ada, ben):
        await expect(person.reveal(number, ROUND).get_by_role("button")).to_have_text(["My answer"])


async def _answer_both(ada: Person, ben: Person, number: int, item: Known, album: Album) -> None:
    """Ada answers first; nothing of the answer shows on Ben's page until he has answered too."""
    await album.take(ada, f"2.{number} question")
    await ada.answer(ada.question(number, ROUND), item.right)
    await album.take(ada, f"2.{number} answered")
    theirs = ben.question(number, ROUND)
    await expect(theirs).to_contain_text("1 of 2 has answered")
    await expect(ben.flow).not_to_contain_text(item.why)
    await expect(ben.reveal(number, ROUND)).to_have_count(0)
    await ben.answer(theirs, item.wrong if item in MISSED_BY_BEN else item.right)
    for person in (ada, ben):
        await expect(person.reveal(number, ROUND)).to_be_visible()
        await album.take(person, f"3.{number} reveal")


async def _earned(person: Person, number: int) -> Earned:
    """Ask what the answer earned; it is told to *person* alone."""
    await person.press(person.reveal(number, ROUND), "My answer")
    told = person.cards("Your answer")
    await expect(told).to_have_count(number)
    await expect(told.last).to_contain_text(re.compile(r"points:|earned no points"))
    text = await told.last.inner_text()
    found = re.search(r"(\d+) points: (\d+) for the answer", text)
    if found is None:
        return Earned()
    speed = re.search(r"(\d+) for speed", text)
    streak = re.search(r"(\d+) for your answer streak", text)
    return Earned(
        int(found[1]), int(found[2]), int(speed[1]) if speed else 0, int(streak[1]) if streak else 0
    )


def _assert_formula(earned: Earned, streak: int) -> None:
    """The parts are those of the formula in ``bot/core/scoring.py``, and the points are their sum."""
    if streak == 0:
        assert earned == Earned()
        return
    assert (earned.base, earned.streak) == (100, 10 * (streak - 1))
    assert 0 < earned.speed <= 50
    assert earned.points == earned.base + earned.speed + earned.streak


async def _assert_revealed(
    ada: Person, number: int, item: Known, sums: dict[str, int], *, ben_was_right: bool
) -> None:
    """The reveal holds the key, why, what was wrong about a wrong answer, and the standing."""
    reveal = ada.reveal(number, ROUND)
    for text in (*item.reveals, item.why):
        await expect(reveal).to_contain_text(text)
    if not ben_was_right:
        await expect(reveal).to_contain_text(item.tells)
    await expect(reveal).to_contain_text("Everybody was right: " if ben_was_right else "1 of 2 right: Ada.")
    front = await rows_of(reveal.get_by_role("table", name="In front"))
    bens = "1" if sums["Ben"] == sums["Ada"] else "2"
    assert [row[:3] for row in front] == [("1", "Ada", str(sums["Ada"])), (bens, "Ben", str(sums["Ben"]))]


async def _assert_missed(ada: Person, ben: Person, points: int, album: Album) -> None:
    """Ben is told what he missed, without asking, and Ada nothing; neither sees the other's."""
    missed = ben.card(f"What you missed: {TITLE}")
    await expect(missed).to_contain_text("You got 2 of 5 questions right.")
    await expect(missed).to_contain_text(f"{points} points, 2nd of 2.")
    for item in WALK:
        if item in MISSED_BY_BEN:
            await expect(missed).to_contain_text(item.why)
        else:
            await expect(missed).not_to_contain_text(item.why)
    await album.take(ben, "5 missed")
    await expect(ada.flow).not_to_contain_text("What you missed")
    await ada.press(ada.card(f"Podium: {TITLE}"), "What I missed")
    await expect(ada.card(f"What you missed: {TITLE}")).to_contain_text("You missed nothing.")


async def _redo(ada: Person, ben: Person, album: Album) -> None:
    """Ben asks for it again: it comes in the channel that is his alone, and he gets it right this time."""
    before = await ada.flow.locator(".row").count()
    await ben.press(ben.card(f"What you missed: {TITLE}"), "Redo")
    await expect(ben.channel("Just me")).to_contain_text("1 unread")
    await ben.channel("Just me").click()
    total = len(MISSED_BY_BEN)
    for number in range(1, total + 1):
        item = await asked(ben, number, total)
        await album.take(ben, f"6.{number} redo")
        await ben.answer(ben.question(number, total), item.right)
        await expect(ben.reveal(number, total)).to_contain_text("You had it right this time.")
        if number < total:
            await ben.press(ben.reveal(number, total), "Next")
    await expect(ben.card("Redo finished")).to_contain_text("You got 3 of 3 right this time.")
    await expect(ben.card("Redo finished")).to_be_in_viewport()
    await album.take(ben, "7 redone")
    assert await ada.flow.locator(".row").count() == before
    await ada.channel("Just me").click()
    await expect(ada.flow.locator(".row")).to_have_count(0)
