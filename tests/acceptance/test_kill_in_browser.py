"""The process is killed at the worst moments while two people play, and the round goes on where it was."""

from typing import Final

import pytest
from playwright.async_api import expect

from tests.acceptance.coast import TITLE, asked
from tests.acceptance.people import Person, rows_of
from tests.acceptance.program import Program

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]

ROUND: Final = 3
EVERYTHING: Final = [
    f"New round: {TITLE}",
    "Question 1 of 3",
    "Question 1 of 3: the answer",
    "Question 2 of 3",
    "Question 2 of 3: the answer",
    "Question 3 of 3",
    "Question 3 of 3: the answer",
    f"Podium: {TITLE}",
]
"""The round's public messages: each once, in this order, whatever happened between them."""


async def test_a_round_outlives_sigkill_with_every_confirmed_answer_and_no_message_twice(
    hall: Program, ada: Person, ben: Person
) -> None:
    """Killed with an answer in, with one under way, and in a pause: it goes on by itself to the podium."""
    await ben.say("Shall we play?")
    await ada.say("/quiz play walk count:3 seconds:300 lobby:wait pause:2")
    await ben.press(ben.card(f"New round: {TITLE}"), "Join")
    await expect(ada.card(f"New round: {TITLE}")).to_contain_text("In the round: Ada and Ben.")
    await ada.press(ada.card(f"New round: {TITLE}"), "Start now")

    await _killed_with_an_answer_in(hall, ada, ben)
    await _killed_with_an_answer_under_way(hall, ada, ben)
    await _killed_in_a_pause(hall, ada, ben)

    for person in (ada, ben):
        podium = person.card(f"Podium: {TITLE}")
        await expect(podium).to_be_visible()
        assert [(row[1], row[3]) for row in await rows_of(podium.get_by_role("table"))] == [
            ("Ada", "3"),
            ("Ben", "1"),
        ]
        await _assert_everything_once(person)
        await person.page.reload()
        await expect(podium).to_be_visible()
        await _assert_everything_once(person)


async def _killed_with_an_answer_in(hall: Program, ada: Person, ben: Person) -> None:
    """Ada's answer was confirmed, so that it counts; the question is still open for Ben."""
    item = await asked(ada, 1, ROUND)
    await ada.answer(ada.question(1, ROUND), item.right)
    await hall.kill()
    for person in (ada, ben):
        await expect(person.banner).not_to_be_empty()
    await hall.start()
    for person in (ada, ben):
        await expect(person.banner).to_be_empty()
    await ben.answer(ben.question(1, ROUND), item.wrong)
    for person in (ada, ben):
        await expect(person.reveal(1, ROUND)).to_contain_text("1 of 2 right: Ada.")


async def _killed_with_an_answer_under_way(hall: Program, ada: Person, ben: Person) -> None:
    """Ben answers while nobody is there to take it: his page keeps the answer and sends it by itself."""
    item = await asked(ben, 2, ROUND)
    await ada.answer(ada.question(2, ROUND), item.right)
    await hall.kill()
    await expect(ben.banner).not_to_be_empty()
    await ben.send(ben.question(2, ROUND), item.right)
    await expect(ben.question(2, ROUND).locator(".status")).to_contain_text("Waiting for the connection")
    await hall.start()
    await ben.expect_confirmed(ben.question(2, ROUND))
    for person in (ada, ben):
        await expect(person.reveal(2, ROUND)).to_contain_text("Everybody was right: Ada and Ben.")


async def _killed_in_a_pause(hall: Program, ada: Person, ben: Person) -> None:
    """The clock to the next question was in the dead process; the question comes all the same."""
    await hall.kill()
    await hall.start()
    item = await asked(ada, 3, ROUND)
    await ada.answer(ada.question(3, ROUND), item.right)
    await asked(ben, 3, ROUND)
    await ben.answer(ben.question(3, ROUND), item.wrong)


async def _assert_everything_once(person: Person) -> None:
    assert await person.titles() == EVERYTHING
    assert await person.flow.locator(".row.by-person:not(.private) .line").all_text_contents() == [
        "Shall we play?"
    ]
