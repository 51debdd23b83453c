"""The controls of a message: buttons, selects, and buttons that open a form."""

from dataclasses import replace
from typing import Literal

import pytest

from bot.wording.pieces import lettered
from bot.wording.views import Button, Form, Picker, Style, View
from tests.adapters.discord.limits import long
from tests.adapters.discord.shown import components, parts, said, shown, words

How = Literal["one", "many", "order", "match"]


def picker(options: int, how: How = "one", text: str = "text", label: str = "Choose.") -> Picker:
    """Return a picker among *options* options."""
    letters = tuple(chr(ord("A") + place) for place in range(options))
    texts = tuple(f"{text} {place}" for place in range(options))
    return Picker("a:x.1", how, texts, letters, label, "Answer", most=options)


def ids(view: View) -> list[str]:
    """Return the ids of all controls of *view*."""
    return [
        one["custom_id"]
        for part in parts(view)
        for row in components(part)[-1]["components"]
        for one in row.get("components", ())
    ]


def test_up_to_ten_options_are_buttons_that_send_their_positions() -> None:
    """In rows of five; long texts stand in the message alone."""
    control = picker(7, text="A text that is too long for a button")
    view = said(*filter(None, (lettered(control.options),)), controls=(control,))

    assert ids(view) == [f"a:x.1:{place}" for place in range(7)]
    assert shown(view).endswith("---\nChoose.\n[A] [B] [C] [D] [E]\n[F] [G]")


def test_options_that_the_message_does_not_say_are_said_above_their_buttons() -> None:
    """A letter alone tells nobody anything."""
    assert shown(said(controls=(picker(2, text="t" * 40),))).endswith(
        f"Choose.\n**A.** {'t' * 40} 0\n**B.** {'t' * 40} 1\n[A] [B]"
    )


@pytest.mark.parametrize("how", ["one", "many"])
def test_more_options_are_a_select(how: How) -> None:
    """With the letter alone where the text is too long."""
    view = said(controls=(picker(12, how, text="t" * 95),))

    assert ids(view) == ["a:x.1"]
    assert "[Answer: A | B | C | D | E | F | G | H | I | J | K | L]" in shown(view)


def test_a_select_of_several_says_how_many() -> None:
    """The least is one."""
    (part,) = parts(said(controls=(replace(picker(4, "many"), most=2, least=0),)))
    (select,) = components(part)[0]["components"][-1]["components"]

    assert (select["min_values"], select["max_values"]) == (1, 2)
    assert [option["label"] for option in select["options"]] == [
        "A · text 0",
        "B · text 1",
        "C · text 2",
        "D · text 3",
    ]
    assert [option["value"] for option in select["options"]] == ["0", "1", "2", "3"]


@pytest.mark.parametrize("control", [picker(26), picker(26, "many"), picker(4, "order"), picker(4, "match")])
def test_what_fits_no_control_is_a_button_that_opens_a_form(control: Picker) -> None:
    """Its id is the action."""
    assert ids(said(controls=(control,))) == ["a:x.1"]


def test_a_form_is_a_button_too() -> None:
    """Its label says what to do, above it."""
    assert shown(said(controls=(Form("a:x.1", (), "Type it.", "Answer"),))).endswith(
        "---\nType it.\n[Answer]"
    )


def test_two_buttons_that_send_the_same_are_one() -> None:
    """Discord takes no id twice, and they would do the same."""
    view = said(
        controls=(Button("a", "One"), Button("a", "Two"), Form("a", (), "", "Three"), picker(2, "many"))
    )

    assert ids(view) == ["a", "a:x.1"]
    assert ids(said(controls=(picker(2, "many"), picker(2, "many")))) == ["a:x.1"]


def test_a_button_without_an_id_that_discord_takes_is_left_out() -> None:
    """It could not be pressed."""
    assert ids(said(controls=(Button("", "One"), Button("a" * 101, "Two"), Button("b", "Three")))) == ["b"]


def test_styles_and_long_labels_are_kept() -> None:
    """What a label has no room for stands above its button."""
    text = "word " * 30
    buttons = tuple(Button(style.value, text if style is Style.PLAIN else "ok", "", style) for style in Style)
    (part,) = parts(said(controls=buttons))
    row = components(part)[0]["components"][-1]["components"]

    emoji = said(controls=(Button("a", "🙂" * 60),))

    assert "🙂" * 60 in shown(emoji)
    assert [one["style"] for one in row] == [1, 2, 4]
    assert long(row[1]["label"]) <= 80
    assert row[1]["label"].endswith("…")
    assert text.strip() in shown(said(controls=buttons))


def test_more_buttons_than_a_message_holds_go_into_the_next() -> None:
    """None is left out."""
    view = said(controls=tuple(Button(f"b{number}", "x") for number in range(100)))

    assert ids(view) == [f"b{number}" for number in range(100)]


def test_controls_that_have_no_room_follow_in_a_message_of_their_own() -> None:
    """With what to do above them."""
    assert shown(said(words("x" * 3970), controls=(picker(3, text="t" * 31),))).count("======") == 1
    assert shown(said(controls=(picker(3, label="word " * 1000),))).count("word") == 1000


def test_a_question_that_is_answered_by_reaction_says_how() -> None:
    """In the place of its buttons."""
    view = replace(said(words("a"), controls=(picker(3),)), reactions=("🇦",), reacting="React.")

    assert shown(view) == "### Title\na\nReact."
