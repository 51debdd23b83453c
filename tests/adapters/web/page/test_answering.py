"""Answering: each kind of control by mouse and by keyboard, what the page sends, and what it then shows."""

import pytest
from playwright.async_api import Locator, Page, expect

from bot.wording.views import View
from tests.adapters.web.page import scenes
from tests.adapters.web.page.server import Json, keep_silent
from tests.adapters.web.page.visits import Visit, composer, message

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

QUESTION = 10


async def asked(visit: Visit, view: View) -> Page:
    """Join a chat in which *view* is open."""
    visit.server.history["general"] = [scenes.said(1, "Cleo", "Hello"), scenes.shown(QUESTION, view)]
    page = await visit.joined()
    await expect(message(page, QUESTION)).to_be_visible()
    return page


async def pressed(visit: Visit, count: int = 1) -> Json:
    """Return the last of *count* presses, without its id."""
    frame = (await visit.server.received("press", count))[-1]
    return {name: value for name, value in frame.items() if name not in {"type", "id"}}


def option(page: Page, text: str) -> Locator:
    """Return the button of the option *text*."""
    return message(page, QUESTION).get_by_role("button", name=text)


def confirm(view: View) -> "Confirm":
    """Return what acknowledges each press with *view* as its private reply."""
    return Confirm(view)


class Confirm:
    """Acknowledges with a private reply, told as a message first, as the server does."""

    def __init__(self, view: View) -> None:
        """Reply with *view* under a new number each time."""
        self._view = view
        self._seq = 100

    def __call__(self, frame: Json) -> list[Json]:
        """Return the message and the acknowledgement."""
        self._seq += 1
        notice = scenes.shown(self._seq, self._view, private=True)
        return [{"type": "message", "message": notice}, {"type": "ack", "id": frame["id"], "notice": notice}]


async def test_a_pressed_option_is_sent_and_shown_as_the_answer(visit: Visit) -> None:
    """The position goes out; the option is marked pressed, and the card says which it was."""
    page = await asked(visit, scenes.one_question())
    await option(page, "Titan").click()

    assert await pressed(visit) == {"message": 10, "action": "a:r1.1", "picked": [1], "typed": None}
    await expect(option(page, "Titan")).to_have_attribute("aria-pressed", "true")
    await expect(message(page, QUESTION)).to_contain_text("Your answer: B")


async def test_an_answer_can_be_changed_while_the_question_is_open(visit: Visit) -> None:
    """The second press takes the place of the first."""
    page = await asked(visit, scenes.one_question())
    await option(page, "Titan").click()
    await option(page, "Europa").click()

    assert (await pressed(visit, 2))["picked"] == [0]
    await expect(option(page, "Titan")).to_have_attribute("aria-pressed", "false")
    await expect(message(page, QUESTION)).to_contain_text("Your answer: A")


async def test_an_answer_on_its_way_says_so(visit: Visit) -> None:
    """Until it is acknowledged it is being sent."""
    visit.server.answer = keep_silent
    page = await asked(visit, scenes.one_question())
    await option(page, "Titan").click()
    await expect(message(page, QUESTION)).to_contain_text("Sending…")
    await expect(option(page, "Titan")).to_have_attribute("aria-pressed", "true")


async def test_a_refused_answer_is_taken_back_and_says_why(visit: Visit) -> None:
    """The refusal stands at the control and in the flow, for the sender alone, and the focus stays."""
    visit.server.answer = confirm(scenes.refused("That came too late."))
    page = await asked(visit, scenes.one_question())
    await option(page, "Titan").click()

    await expect(message(page, QUESTION)).to_contain_text("That came too late.")
    await expect(option(page, "Titan")).to_have_attribute("aria-pressed", "false")
    await expect(option(page, "Titan")).to_be_focused()
    await expect(message(page, 101)).to_contain_text("Only you can see this")


async def test_the_options_are_not_said_twice(visit: Visit) -> None:
    """The picker takes the place of the list of options."""
    page = await asked(visit, scenes.one_question())
    await expect(message(page, QUESTION).get_by_text("Titan")).to_have_count(1)


async def test_what_the_reader_answered_is_still_shown_after_a_reload(visit: Visit) -> None:
    """The server says what it was."""
    page = await asked(visit, scenes.one_question())
    shown = {**scenes.shown(QUESTION, scenes.one_question()), "mine": {"labels": ["C"], "marks": ["C"]}}
    visit.server.history["general"] = [shown]
    await page.reload()
    await expect(option(page, "Triton")).to_have_attribute("aria-pressed", "true")


async def test_a_closed_question_takes_no_answer_and_shows_the_readers_own(visit: Visit) -> None:
    """The edit takes the controls away; the reader's option is marked."""
    page = await asked(visit, scenes.one_question())
    await option(page, "Titan").click()
    await expect(message(page, QUESTION)).to_contain_text("Your answer: B")
    await visit.server.show(scenes.shown(QUESTION, scenes.closed(), revision=1))

    await expect(option(page, "Titan")).to_have_count(0)
    await expect(message(page, QUESTION).get_by_role("listitem").filter(has_text="Titan")).to_contain_text(
        "Your answer"
    )
    await expect(message(page, QUESTION)).to_be_focused()


async def test_choosing_many_needs_the_right_number(visit: Visit) -> None:
    """With one of two the page says so and sends nothing."""
    page = await asked(visit, scenes.many_question())
    answer = message(page, QUESTION).get_by_role("button", name="Answer")
    await message(page, QUESTION).get_by_role("checkbox", name="Titan").check()
    await answer.click()
    await expect(message(page, QUESTION)).to_contain_text("Choose exactly 2; you have 1.")
    assert visit.server.of_kind("press") == []

    await message(page, QUESTION).get_by_role("checkbox", name="Europa").check()
    await answer.click()
    assert (await pressed(visit))["picked"] == [0, 1]
    await expect(message(page, QUESTION)).to_contain_text("Your answer: A, B")


async def test_an_order_is_made_with_the_keyboard(visit: Visit) -> None:
    """Each line moves up and down, the focus goes with it, and the place is said."""
    page = await asked(visit, scenes.order_question())
    down = message(page, QUESTION).get_by_role("button", name="Move A down")
    await down.focus()
    for _ in range(3):
        await page.keyboard.press("Enter")
    await expect(down).to_be_focused()
    await expect(page.locator("#notice")).to_contain_text("A is now number 4 of 4")
    await message(page, QUESTION).get_by_role("button", name="Answer").press("Enter")

    assert (await pressed(visit))["picked"] == [1, 2, 3, 0]


async def test_an_order_is_made_by_dragging(visit: Visit) -> None:
    """A line that is dragged below another stands below it."""
    page = await asked(visit, scenes.order_question())
    rows = message(page, QUESTION).locator(".order-row")
    start = await rows.nth(0).locator(".grip").bounding_box()
    end = await rows.nth(2).bounding_box()
    assert start is not None
    assert end is not None
    await page.mouse.move(start["x"] + 10, start["y"] + 10)
    await page.mouse.down()
    await page.mouse.move(start["x"] + 10, end["y"] + end["height"] * 0.8, steps=12)
    await page.mouse.up()
    await message(page, QUESTION).get_by_role("button", name="Answer").click()

    assert (await pressed(visit))["picked"] == [1, 2, 0, 3]


async def test_each_line_to_match_has_its_own_list(visit: Visit) -> None:
    """A line without an option is asked for; then one position a line goes out."""
    page = await asked(visit, scenes.match_question())
    row = message(page, QUESTION)
    await row.get_by_label("Mars").select_option("3")
    await row.get_by_label("Saturn").select_option("1")
    await row.get_by_role("button", name="Answer").click()
    await expect(row).to_contain_text("Choose an option for every line first.")
    await expect(row.get_by_label("Neptune")).to_be_focused()

    await row.get_by_label("Neptune").select_option("2")
    await row.get_by_role("button", name="Answer").click()
    assert (await pressed(visit))["picked"] == [3, 1, 2]
    await expect(row).to_contain_text("Your answer: D, B, C")


async def test_typed_answers_are_sent_with_enter(visit: Visit) -> None:
    """An empty field is asked for; then all texts go out."""
    page = await asked(visit, scenes.typed_question())
    row = message(page, QUESTION)
    await row.get_by_label("Blank 1").fill("orbit")
    await page.keyboard.press("Enter")
    await expect(row).to_contain_text("Type something in “Blank 2” first.")
    await expect(row.get_by_label("Blank 2")).to_be_focused()

    await page.keyboard.type("side")
    await page.keyboard.press("Enter")
    assert await pressed(visit) == {
        "message": 10,
        "action": "a:r1.1",
        "picked": None,
        "typed": ["orbit", "side"],
    }
    await expect(row).to_contain_text("Your answer: orbit, side")


async def test_an_edit_keeps_what_is_typed_and_where_the_caret_is(visit: Visit) -> None:
    """The count of answers changes; the field, its text, the selection and the focus do not."""
    page = await asked(visit, scenes.typed_question())
    field = message(page, QUESTION).get_by_label("Blank 1")
    await field.fill("orbit")
    await field.evaluate("field => field.setSelectionRange(1, 3)")
    edited = scenes.question(scenes.typed_question().controls[0], answered=3)
    await visit.server.show(scenes.shown(QUESTION, edited, revision=1))

    await expect(message(page, QUESTION)).to_contain_text("3 of 3 have answered")
    await expect(field).to_be_focused()
    await expect(field).to_have_value("orbit")
    assert await field.evaluate("field => [field.selectionStart, field.selectionEnd]") == [1, 3]


async def test_an_edit_that_changes_the_control_keeps_what_was_picked(visit: Visit) -> None:
    """The same action with another label is another element, with the same picks and the focus."""
    page = await asked(visit, scenes.many_question())
    box = message(page, QUESTION).get_by_role("checkbox", name="Triton")
    await box.check()
    changed = scenes.question(scenes.pick("many", label="Choose two of these."), scenes.options())
    await visit.server.show(scenes.shown(QUESTION, changed, revision=1))

    await expect(message(page, QUESTION)).to_contain_text("Choose two of these.")
    await expect(box).to_be_checked()
    await expect(box).to_be_focused()


async def test_an_edit_that_is_older_than_what_is_shown_changes_nothing(visit: Visit) -> None:
    """The higher revision wins, whichever comes last."""
    page = await asked(visit, scenes.one_question(answered=1))
    await visit.server.show(
        scenes.shown(QUESTION, scenes.one_question(answered=3), revision=2),
        scenes.shown(QUESTION, scenes.one_question(answered=2), revision=1),
        scenes.said(20, "Cleo", "Done"),
    )
    await expect(message(page, 20)).to_be_visible()
    await expect(message(page, QUESTION)).to_contain_text("3 of 3 have answered")


async def test_a_letter_key_picks_that_option(visit: Visit) -> None:
    """With the focus in no text field; in the message box a letter is a letter."""
    page = await asked(visit, scenes.one_question())
    await composer(page).press("d")
    assert visit.server.of_kind("press") == []
    await page.locator("#scroller").focus()
    await page.keyboard.press("d")
    assert (await pressed(visit))["picked"] == [3]
    await expect(option(page, "Phobos")).to_be_focused()


async def test_the_reveal_marks_the_readers_own_option_once(visit: Visit) -> None:
    """Beside the option, and not once more under the card."""
    revealed = {**scenes.shown(QUESTION, scenes.reveal()), "mine": {"labels": ["A"], "marks": ["A"]}}
    visit.server.history["general"] = [revealed]
    page = await visit.joined()
    own = message(page, QUESTION).locator(".choice", has_text="Your answer")

    await expect(own).to_contain_text("Europa")
    await expect(message(page, QUESTION).get_by_text("Your answer")).to_have_count(1)


async def test_who_answered_is_not_asked_to_join(visit: Visit) -> None:
    """Of anybody else the page does not know whether they take part."""
    revealed = scenes.shown(QUESTION, scenes.reveal())
    answered = {**scenes.shown(QUESTION + 1, scenes.reveal()), "mine": {"labels": [], "marks": []}}
    visit.server.history["general"] = [revealed, answered]
    page = await visit.joined()

    await expect(message(page, QUESTION).get_by_role("button", name="Join")).to_be_visible()
    await expect(message(page, QUESTION + 1).get_by_role("button", name="Next")).to_be_visible()
    await expect(message(page, QUESTION + 1).get_by_role("button", name="Join")).to_have_count(0)


async def test_pairs_that_were_answered_mark_no_option(visit: Visit) -> None:
    """The letters are those of lines, one after the other; no option is the answer."""
    closed = {**scenes.shown(QUESTION, scenes.closed()), "mine": {"labels": ["B", "A"], "marks": []}}
    visit.server.history["general"] = [closed]
    page = await visit.joined()

    await expect(message(page, QUESTION)).to_contain_text("Your answer: B, A")
    await expect(message(page, QUESTION).locator(".mine-chip")).to_have_count(0)


async def test_escape_leads_out_of_the_field_of_an_answer(visit: Visit) -> None:
    """To the message box, and what was typed stays."""
    page = await asked(visit, scenes.typed_question())
    field = message(page, QUESTION).get_by_role("textbox").first
    await field.fill("Titan")
    await field.press("Escape")

    await expect(composer(page)).to_be_focused()
    await expect(field).to_have_value("Titan")


async def test_single_keys_can_be_switched_off_for_good(visit: Visit) -> None:
    """The keyboard dialog has the switch, and the browser remembers it."""
    page = await asked(visit, scenes.one_question())
    await page.locator("#scroller").focus()
    await page.keyboard.press("?")
    await page.get_by_label("Single keys work").uncheck()
    await page.keyboard.press("Escape")
    await page.reload()
    await page.locator("#scroller").focus()
    await page.keyboard.press("d")
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    assert visit.server.of_kind("press") == []


async def test_a_button_shows_that_it_waits_and_its_reply_stands_in_the_flow(visit: Visit) -> None:
    """A second press meanwhile does nothing; the reply is marked as private and the focus stays."""
    visit.server.answer = keep_silent
    visit.server.history["general"] = [scenes.shown(QUESTION, scenes.podium())]
    page = await visit.joined()
    button = message(page, QUESTION).get_by_role("button", name="What I missed")
    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")
    await button.click()
    [frame] = await visit.server.received("press")
    notice = scenes.shown(101, scenes.missed(), private=True)
    await visit.server.show(notice)
    await visit.server.send({"type": "ack", "id": frame["id"], "notice": notice})

    await expect(message(page, 101)).to_contain_text("Only you can see this")
    await expect(message(page, 101)).to_contain_text("What you missed")
    await expect(button).not_to_have_attribute("aria-busy", "true")
    await expect(button).to_be_focused()
    assert len(visit.server.of_kind("press")) == 1


async def test_the_countdown_runs_by_the_servers_clock_and_is_said_twice(visit: Visit) -> None:
    """At 10 and at 5 seconds, once each, however often the message is edited."""
    page = await visit.tab()
    await page.clock.install()
    visit.server.history["general"] = [scenes.shown(QUESTION, scenes.one_question(seconds=13))]
    await page.reload()
    await page.get_by_label("Your name").fill("Ada")
    await page.keyboard.press("Enter")
    clock = message(page, QUESTION).get_by_role("timer")
    await expect(clock).to_contain_text("13 s to answer")
    said = await _heard(page)
    await page.clock.run_for(3_500)
    await expect(clock).to_contain_text("10 s to answer")
    await visit.server.show(scenes.shown(QUESTION, scenes.one_question(2, seconds=13), revision=1))
    await page.clock.run_for(5_500)
    await expect(clock).to_contain_text("4 s to answer")
    await page.clock.run_for(6_000)
    await expect(clock).to_contain_text("0 s to answer")

    assert await said() == ["10 seconds to answer", "5 seconds to answer"]


class _Heard:
    """Everything that the polite notice has said since it was made."""

    def __init__(self, page: Page) -> None:
        """Listen on *page*."""
        self._page = page

    async def __call__(self) -> list[str]:
        """Return what was said so far."""
        said: list[str] = await self._page.evaluate("window.heard")
        return said


async def _heard(page: Page) -> _Heard:
    await page.evaluate(
        "() => { window.heard = []; const notice = document.getElementById('notice');"
        " new MutationObserver(() => heard.push(notice.textContent.trim()))"
        ".observe(notice, {childList: true}); }"
    )
    return _Heard(page)
