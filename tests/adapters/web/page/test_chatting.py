"""Chatting: joining, lines, commands, channels, reactions, and what happens when the line is cut."""

import pytest
from playwright.async_api import Page, expect

from tests.adapters.web.page import scenes
from tests.adapters.web.page.server import Json, PageServer, acknowledge, keep_silent
from tests.adapters.web.page.visits import PHONE, Visit, composer, message

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


class Echo:
    """Says every line again as a message, and acknowledges it, as the server does."""

    def __init__(self) -> None:
        """Start numbering after every history."""
        self._seq = 500

    def __call__(self, frame: Json) -> list[Json]:
        """Return the message and the acknowledgement."""
        if frame["type"] != "say":
            return acknowledge(frame)
        self._seq += 1
        line = scenes.said(self._seq, "Ada", str(frame["text"]), channel=str(frame["channel"]), minutes_ago=0)
        return [{"type": "message", "message": line}, *acknowledge(frame)]


# ------------------------------------------------------------------------------------------------- joining


async def test_a_name_joins_and_a_reload_comes_back_as_the_same_person(visit: Visit) -> None:
    """The first hello has the name, the next one the person and the secret."""
    page = await visit.joined("Ada")
    await page.reload()
    await expect(composer(page)).to_be_visible()

    first, second = await visit.server.received("hello", 2)
    assert first == {"type": "hello", "name": "Ada", "person": None, "secret": None, "seen": {}}
    assert second == {"type": "hello", "name": None, "person": "ada", "secret": "s3cret", "seen": {}}


async def test_a_second_tab_may_be_somebody_else_or_the_same_again(visit: Visit) -> None:
    """It asks, and offers the name that this browser knows; a known name can be forgotten."""
    await visit.joined("Ada")
    other = await visit.tab()
    await expect(other.get_by_role("heading", name="Continue as")).to_be_visible()
    await other.get_by_role("button", name="Ada", exact=True).click()
    await expect(composer(other)).to_be_visible()
    assert (await visit.server.received("hello", 2))[1]["person"] == "ada"

    third = await visit.tab()
    await third.get_by_role("button", name="Forget Ada").click()
    await expect(third.get_by_role("heading", name="Continue as")).to_have_count(0)


async def test_an_empty_name_is_asked_for_and_a_refused_one_says_why(visit: Visit) -> None:
    """Nothing is sent for an empty name."""
    visit.server.turn_away = "Somebody is called Ada already."
    page = await visit.tab()
    await page.get_by_role("button", name="Join").click()
    await expect(page.get_by_role("alert")).to_have_text("Type a name first.")
    assert visit.server.of_kind("hello") == []
    await page.get_by_label("Your name").fill("Ada")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_have_text("Somebody is called Ada already.")


async def test_somebody_can_become_somebody_else_in_the_same_tab(visit: Visit) -> None:
    """Leaving goes back to the first screen with nothing of the chat on it."""
    visit.server.history["general"] = [scenes.said(1, "Cleo", "Hello")]
    page = await visit.joined()
    await page.get_by_role("button", name="Be somebody else").click()
    await expect(page.get_by_label("Your name")).to_be_focused()
    await page.get_by_label("Your name").fill("Dora")
    await page.keyboard.press("Enter")
    await expect(message(page, 1)).to_have_count(1)
    assert (await visit.server.received("hello", 2))[1]["name"] == "Dora"


# --------------------------------------------------------------------------------------------------- lines


async def test_enter_sends_and_shift_enter_makes_a_line(visit: Visit) -> None:
    """The box is empty again, and the line stands in the flow once."""
    visit.server.answer = Echo()
    page = await visit.joined()
    await composer(page).press_sequentially("one")
    await composer(page).press("Shift+Enter")
    await composer(page).press_sequentially("two")
    await composer(page).press("Enter")

    [frame] = await visit.server.received("say")
    assert (frame["channel"], frame["text"]) == ("general", "one\ntwo")
    await expect(composer(page)).to_have_value("")
    await expect(page.locator("#flow > .row")).to_have_count(1)
    await expect(page.locator(".unsent-line")).to_have_count(0)


async def test_a_refused_line_comes_back_into_the_box(visit: Visit) -> None:
    """With the reason in the flow."""
    visit.server.answer = lambda frame: [{"type": "refused", "id": frame["id"], "text": "That is too long."}]
    page = await visit.joined()
    await composer(page).fill("far too long")
    await composer(page).press("Enter")
    await expect(page.locator("#flow")).to_contain_text("That is too long.")
    await expect(composer(page)).to_have_value("far too long")


async def test_a_command_is_completed_with_the_keyboard(visit: Visit) -> None:
    """Arrows choose, Tab takes, Escape closes, and Enter without a choice sends what was typed."""
    visit.server.answer = _suggest
    page = await visit.joined()
    await composer(page).press_sequentially("/q")
    await expect(page.get_by_role("listbox")).to_be_visible()
    await composer(page).press("ArrowDown")
    await composer(page).press("ArrowDown")
    await expect(page.get_by_role("option", name="decks")).to_have_attribute("aria-selected", "true")
    await expect(composer(page)).to_have_attribute("aria-activedescendant", r"suggestion-2")
    await composer(page).press("Tab")
    await expect(composer(page)).to_have_value("/quiz decks ")
    await composer(page).press("Escape")
    await expect(page.get_by_role("listbox")).to_have_count(0)
    await composer(page).press("Enter")
    assert (await visit.server.received("say"))[0]["text"] == "/quiz decks"


async def test_suggestions_that_come_late_neither_drop_a_choice_nor_open_what_was_closed(
    visit: Visit,
) -> None:
    """Somebody may type faster than the answers come."""
    visit.server.answer = lambda frame: [] if frame["type"] == "complete" else acknowledge(frame)
    page = await visit.joined()
    await composer(page).press_sequentially("/q")
    asked = (await visit.server.received("complete"))[-1]
    await visit.server.send(*_suggest(asked))
    await composer(page).press("ArrowDown")
    await visit.server.send(*_suggest(asked))
    await expect(page.get_by_role("option", name="play")).to_have_attribute("aria-selected", "true")
    await composer(page).press("Escape")
    await composer(page).press("u")
    asked = (await visit.server.received("complete", 2))[-1]
    await composer(page).press("Escape")
    await visit.server.send(*_suggest(asked))
    await composer(page).press("Enter")

    await visit.server.received("say")
    await expect(page.get_by_role("listbox")).to_have_count(0)


def _suggest(frame: Json) -> list[Json]:
    if frame["type"] != "complete":
        return acknowledge(frame)
    items = [
        {"insert": "/quiz play", "label": "play", "hint": "Start a round"},
        {"insert": "/quiz decks", "label": "decks", "hint": "Show the decks there are"},
    ]
    return [{"type": "suggestions", "id": frame["id"], "items": items}]


async def test_addresses_in_a_line_are_links_and_their_punctuation_is_not(visit: Visit) -> None:
    """The link opens beside the chat and tells nobody where it was."""
    visit.server.history["general"] = [
        scenes.said(1, "Cleo", "See https://example.org/a?b=(c). And javascript:x")
    ]
    page = await visit.joined()
    link = message(page, 1).get_by_role("link")
    await expect(link).to_have_count(1)
    await expect(link).to_have_text("https://example.org/a?b=(c")
    await expect(link).to_have_attribute("rel", "noopener noreferrer nofollow")


async def test_a_listener_hears_the_one_sentence_of_a_message(visit: Visit) -> None:
    """The log has the alternative text of a new card, and nothing of the history or of edits."""
    visit.server.history["general"] = [scenes.said(1, "Cleo", "Hello")]
    page = await visit.joined()
    await expect(message(page, 1)).to_be_visible()
    log = page.get_by_role("log")
    await expect(log).to_have_text("")
    await visit.server.show(scenes.shown(2, scenes.podium()))
    await visit.server.show(scenes.shown(2, scenes.podium(), revision=1))
    await visit.server.show(scenes.said(3, "Ben", "Well played"))
    await expect(log.locator("p")).to_have_text([scenes.podium().alt, "Ben: Well played"])


# -------------------------------------------------------------------------------------------- history, unread


async def test_older_messages_are_loaded_and_the_reader_stays_in_place(visit: Visit) -> None:
    """The page before the first is asked for; what was on the screen stays there."""
    newer = [scenes.said(seq, "Cleo", f"line {seq}", minutes_ago=60 - seq) for seq in range(31, 60)]
    visit.server.history["general"] = newer
    visit.server.more["general"] = [
        scenes.said(seq, "Cleo", f"line {seq}", minutes_ago=60 - seq) for seq in range(1, 31)
    ]
    page = await visit.joined()
    await page.locator("#scroller").evaluate("box => { box.scrollTop = 120 }")
    before = await message(page, 35).bounding_box()
    await page.locator("#scroller").evaluate("box => { box.scrollTop = 60 }")
    await expect(page.locator("#flow > .row")).to_have_count(59)

    assert (await visit.server.received("history"))[0] == {
        "type": "history",
        "channel": "general",
        "before": 31,
    }
    after = await message(page, 35).bounding_box()
    assert before is not None
    assert after is not None
    assert abs(after["y"] - before["y"] - 60) < 40
    await expect(page.get_by_role("button", name="Show older messages")).to_have_count(0)


async def test_other_channels_count_what_is_new_and_so_does_the_title(visit: Visit) -> None:
    """Opening the channel reads it."""
    visit.server.channels = ["general", "night-sky"]
    page = await visit.joined()
    await visit.server.show(
        scenes.said(1, "Cleo", "Up?", channel="night-sky"),
        scenes.said(2, "Cleo", "Hello?", channel="night-sky"),
    )
    channel = page.get_by_role("button", name="night-sky")
    await expect(channel).to_contain_text("2 unread")
    await expect(page).to_have_title("(2) general · Study Hall")
    await channel.click()
    await expect(page.get_by_role("heading", name="night-sky", level=1)).to_be_visible()
    await expect(message(page, 2)).to_be_visible()
    await expect(message(page, 1)).to_contain_text("New")
    await expect(page).to_have_title("night-sky · Study Hall")


async def test_a_reader_further_up_is_told_of_what_is_new(visit: Visit) -> None:
    """Nothing jumps; a button goes to the newest."""
    visit.server.history["general"] = [
        scenes.said(seq, "Cleo", f"line {seq}\n\nand more") for seq in range(1, 60)
    ]
    page = await visit.joined()
    await page.locator("#scroller").evaluate("box => { box.scrollTop = 300 }")
    await expect(message(page, 59)).not_to_be_in_viewport()
    await visit.server.show(scenes.said(60, "Cleo", "the newest"))
    await page.get_by_role("button", name="1 new message").click()
    await expect(message(page, 60)).to_be_in_viewport()


async def test_an_open_question_stays_in_sight_while_others_chat(visit: Visit) -> None:
    """Lines that come do not push the question off the screen."""
    page = await visit.joined()
    await visit.server.show(scenes.shown(1, scenes.one_question()))
    await visit.server.show(*(scenes.said(seq, "Cleo", "chatter\nchatter") for seq in range(2, 30)))
    await expect(message(page, 29)).to_have_count(1)
    await expect(message(page, 1).get_by_role("heading")).to_be_in_viewport()
    await expect(page.get_by_role("button", name="new message")).to_be_visible()


async def test_a_new_channel_is_made_and_opened(visit: Visit) -> None:
    """A refusal stays in the dialog."""
    visit.server.answer = lambda frame: [{"type": "refused", "id": frame["id"], "text": "Letters only."}]
    page = await visit.joined()
    await page.get_by_role("button", name="New channel").click()
    await page.get_by_label("Name", exact=True).fill("#Exam-Prep")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_have_text("Letters only.")

    visit.server.answer = lambda frame: [
        {"type": "channels", "channels": ["general", "exam-prep"]},
        *acknowledge(frame),
    ]
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="exam-prep", level=1)).to_be_visible()


# ------------------------------------------------------------------------------------------- the line is cut


async def test_what_was_not_acknowledged_is_sent_again_with_the_same_id(visit: Visit) -> None:
    """A line and an answer wait for the connection and go out once more, each under its own id."""
    server = visit.server
    server.history["general"] = [scenes.shown(10, scenes.one_question())]
    server.answer = keep_silent
    page = await visit.joined()
    await message(page, 10).get_by_role("button", name="Titan").click()
    [press] = await server.received("press")
    server.refuse_sockets = True
    await server.cut()
    await composer(page).fill("still here")
    await composer(page).press("Enter")
    await expect(page.locator(".unsent-line")).to_contain_text("Not sent yet")
    await expect(page.locator("#banner")).to_contain_text("Reconnecting")
    await expect(message(page, 10)).to_contain_text("Waiting for the connection")
    server.answer = Echo()
    server.refuse_sockets = False

    assert (await server.received("press", 2))[1] == press
    assert (await server.received("hello", 2))[1]["seen"] == {"general": 10}
    assert len(await server.received("say")) == 1
    await expect(page.locator("#banner")).to_be_empty()
    await expect(page.locator(".unsent-line")).to_have_count(0)
    await expect(message(page, 10)).to_contain_text("Your answer: B")


async def test_a_reload_does_not_lose_what_was_not_acknowledged(visit: Visit) -> None:
    """The frame goes out again after the page was loaded again."""
    visit.server.answer = keep_silent
    page = await visit.joined()
    await composer(page).fill("do not lose me")
    await composer(page).press("Enter")
    [line] = await visit.server.received("say")
    await page.reload()
    assert (await visit.server.received("say", 2))[1] == line


async def test_what_was_missed_is_shown_after_a_reconnect_without_a_gap(visit: Visit) -> None:
    """Edits too; a page that lies between is asked for."""
    visit.server.history["general"] = [scenes.shown(1, scenes.one_question())]
    page = await visit.joined()
    await expect(message(page, 1)).to_be_visible()
    visit.server.history["general"] = [scenes.said(seq, "Cleo", f"line {seq}") for seq in range(5, 9)]
    visit.server.more["general"] = [
        scenes.shown(1, scenes.closed(), revision=1),
        *(scenes.said(seq, "Cleo", f"line {seq}") for seq in range(2, 5)),
    ]
    await visit.server.cut()
    await expect(page.locator("#flow > .row")).to_have_count(8)
    await expect(message(page, 1)).to_contain_text("This question is closed.")
    assert await _order(page) == list(range(1, 9))


async def _order(page: Page) -> list[int]:
    order: list[int] = await page.locator("#flow > .row").evaluate_all(
        "rows => rows.map(row => +row.dataset.seq)"
    )
    return order


async def test_a_server_that_stops_says_so(visit: Visit) -> None:
    """Its words stand over the messages until it is back."""
    page = await visit.joined()
    visit.server.refuse_sockets = True
    await visit.server.send({"type": "bye", "text": "Study Hall is stopping."})
    await expect(page.locator("#banner")).to_have_text("Study Hall is stopping.")


# ---------------------------------------------------------------------------------- reactions, looks, widths


async def test_reactions_are_put_and_taken_with_the_keyboard(visit: Visit) -> None:
    """The r key opens the menu of the newest message; the count takes it back."""
    visit.server.history["general"] = [scenes.said(1, "Cleo", "Hello")]
    page = await visit.joined()
    await page.locator("#scroller").focus()
    await page.keyboard.press("r")
    await expect(page.get_by_role("button", name="thumbs up").last).to_be_focused()
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Enter")
    [put] = await visit.server.received("react")
    assert (put["message"], put["emoji"], put["on"]) == (1, "👎", True)
    await visit.server.send({"type": "reactions", "message": 1, "reactions": {"👎": ["ada", "ben"]}})
    mine = message(page, 1).get_by_role("button", name="thumbs down, 2")
    await expect(mine).to_have_attribute("aria-pressed", "true")
    await mine.click()
    assert (await visit.server.received("react", 2))[1]["on"] is False


async def test_the_keyboard_walks_the_messages(visit: Visit) -> None:
    """Up from the list is the newest; Tab goes into the message, Escape back to the box."""
    visit.server.history["general"] = [scenes.said(1, "Cleo", "Hello"), scenes.said(2, "Ben", "Hi")]
    page = await visit.joined()
    await page.locator("#scroller").focus()
    await page.keyboard.press("ArrowUp")
    await expect(message(page, 2)).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await expect(message(page, 1)).to_be_focused()
    await page.keyboard.press("Tab")
    await expect(message(page, 1).get_by_role("button", name="thumbs up")).to_be_focused()
    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")
    await expect(composer(page)).to_be_focused()


async def test_the_chosen_colours_are_remembered(visit: Visit) -> None:
    """System, light, dark, and round again; a reload starts with what was chosen."""
    page = await visit.joined()
    for name in ("as the system", "light", "dark"):
        await expect(page.get_by_role("button", name=f"Colours: {name}")).to_be_visible()
        if name != "dark":
            await page.get_by_role("button", name="Colours").click()
    await page.reload()
    await expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    await expect(page.get_by_role("button", name="Colours: dark")).to_be_visible()


async def test_on_a_phone_the_channels_are_a_drawer(visit: Visit) -> None:
    """It is out of reach while closed, holds the focus while open, and closes with Escape."""
    page = await visit.joined()
    await page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    await expect(page.get_by_role("button", name="general")).to_have_count(0)
    opener = page.get_by_role("button", name="Channels", exact=True)
    await opener.click()
    await expect(page.get_by_role("button", name="Close channels")).to_be_focused()
    await page.get_by_role("button", name="Just me").click()
    await expect(page.get_by_role("heading", name="Just me", level=1)).to_be_visible()
    await expect(page.get_by_role("button", name="Just me")).to_have_count(0)


async def test_the_people_say_who_is_here(visit: Visit) -> None:
    """Presence changes as it is told."""
    page = await visit.joined()
    people = page.get_by_role("complementary", name="2 people here")
    await expect(people.get_by_role("listitem").filter(has_text="Cleo")).to_contain_text("away")
    everyone: list[Json] = [{**person, "here": True} for person in PageServer().people]
    await visit.server.send({"type": "people", "people": everyone})
    await expect(page.get_by_role("heading", name="3 people here")).to_be_visible()
