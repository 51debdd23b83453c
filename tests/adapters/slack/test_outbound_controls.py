"""The controls of a message: buttons, menus, and buttons that open a form; and what a press of one says."""

from dataclasses import replace
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.slack.outbound import home_of, options_of, picked_of
from bot.core.commands import Join
from bot.core.ids import RoundId
from bot.wording.actions import encode
from bot.wording.pieces import lettered
from bot.wording.render import view_of
from bot.wording.slack_sentences import SAY
from bot.wording.views import Button, Form, Picker, Style, View
from tests.adapters.slack.limits import Payload, long, over_home
from tests.adapters.slack.shown import look, parts, said, shown, words
from tests.wording.samples import me, opened

How = Literal["one", "many", "order", "match"]


def picker(options: int, how: How = "one", text: str = "text", label: str = "Choose.") -> Picker:
    """Return a picker among *options* options."""
    letters = tuple(chr(ord("A") + place) for place in range(options))
    texts = tuple(f"{text} {place}" for place in range(options))
    return Picker("a:x.1", how, texts, letters, label, "Answer", most=options)


def controls(view: View) -> list[Payload]:
    """Return all controls of *view*."""
    found: list[Payload] = []
    for part in parts(view):
        for block in part.blocks:
            elements: Any = block["elements"] if block["type"] == "actions" else []
            found.extend(elements)
    return found


def ids(view: View) -> list[str]:
    """Return the ids of all controls of *view*."""
    return [one["action_id"] for one in controls(view)]


def test_up_to_ten_options_are_buttons_that_send_their_positions() -> None:
    """In rows of five; long texts stand in the message, and a screen reader hears them at the letters."""
    control = picker(7, text="A text that is too long for a button")
    view = said(*filter(None, (lettered(control.options),)), controls=(control,))

    assert ids(view) == [one["value"] for one in controls(view)] == [f"a:x.1:{place}" for place in range(7)]
    assert shown(view).endswith("Choose.\n[A] [B] [C] [D] [E]\n[F] [G]")
    assert controls(view)[1]["accessibility_label"] == "B · A text that is too long for a button 1"


def test_options_that_the_message_does_not_say_are_said_above_their_buttons() -> None:
    """A letter alone tells nobody anything."""
    assert shown(said(controls=(picker(2, text="t" * 40),))).endswith(
        f"Choose.\n*A.* {'t' * 40} 0\n*B.* {'t' * 40} 1\n[A] [B]"
    )


def test_more_options_are_a_menu() -> None:
    """With the letter alone where the text is too long."""
    view = said(controls=(picker(12, text="t" * 70),))
    (menu,) = controls(view)

    assert menu["action_id"] == "a:x.1"
    assert "<static_select Answer> A | B | C | D | E | F | G | H | I | J | K | L" in shown(view)
    assert [option["value"] for option in menu["options"]] == [str(place) for place in range(12)]


def test_a_menu_of_very_many_options_has_letters_alone() -> None:
    """Their texts stand above it, or it would fill more than a message."""
    view = said(controls=(picker(100, text='"' * 65),))
    (menu,) = controls(view)

    assert [option["text"]["text"] for option in menu["options"][:3]] == ["A", "B", "C"]
    assert shown(view).count('"' * 65) == 100


def test_more_options_than_a_menu_holds_are_found_by_typing() -> None:
    """Slack asks for them while somebody types."""
    control = replace(picker(120, text="Number"), submit="")
    (menu,) = controls(said(controls=(control,)))

    assert (menu["type"], menu["min_query_length"]) == ("external_select", 0)
    assert len(options_of(control)) == 100
    assert [option["value"] for option in options_of(control, "number 11")] == [
        "11",
        *map(str, range(110, 120)),
    ]
    assert options_of(control, "nothing") == []


@pytest.mark.parametrize(
    "control", [picker(4, "many"), picker(4, "order"), picker(4, "match"), picker(0), picker(101, "many")]
)
def test_what_has_several_answers_at_once_is_a_button_that_opens_a_form(control: Picker) -> None:
    """Its id is the action."""
    assert ids(said(controls=(control,))) == ["a:x.1"]
    assert controls(said(controls=(control,)))[0]["type"] == "button"


def test_a_form_is_a_button_too() -> None:
    """Its label says what to do, above it."""
    assert shown(said(controls=(Form("a:x.1", (), "Type it.", "Answer"),))).endswith("Type it.\n[Answer]")
    assert shown(said(controls=(Form("a:x.1", (), "", ""),))) == "# Title\n[Answer]"


def test_two_buttons_that_send_the_same_are_one() -> None:
    """Slack takes no id twice, and they would do the same."""
    view = said(
        controls=(Button("a", "One"), Button("a", "Two"), Form("a", (), "", "Three"), picker(11), picker(11))
    )

    assert ids(view) == ["a", "a:x.1"]
    assert ids(said(controls=(picker(2), picker(2)))) == ["a:x.1:0", "a:x.1:1"]


def test_a_button_without_an_id_that_slack_takes_is_left_out() -> None:
    """It could not be pressed."""
    assert ids(said(controls=(Button("", "One"), Button("a" * 256, "Two"), Button("b", "Three")))) == ["b"]


def test_styles_hints_and_long_labels_are_kept() -> None:
    """What a label has no room for stands above its button."""
    text = "word " * 30
    buttons = tuple(Button(style.value, text if style is Style.PLAIN else "ok", "", style) for style in Style)
    made = controls(said(controls=buttons))
    hinted = controls(said(controls=(Button("a", "Go", "Go on"), Button("b", "Go", "Go"))))

    assert "🙂" * 60 in shown(said(controls=(Button("a", "🙂" * 60),)))
    assert [one.get("style") for one in made] == ["primary", None, "danger"]
    assert long(made[1]["text"]["text"]) <= 75
    assert made[1]["text"]["text"].endswith("…")
    assert text.strip() in shown(said(controls=buttons))
    assert [one.get("accessibility_label") for one in hinted] == ["Go on", None]
    assert controls(said(controls=(Button("a", " "),)))[0]["text"]["text"] == "·"


def test_more_buttons_than_a_message_holds_go_into_the_next() -> None:
    """None is left out."""
    view = said(controls=tuple(Button(f"b{number}", "x") for number in range(300)))

    assert ids(view) == [f"b{number}" for number in range(300)]


def test_controls_that_have_no_room_follow_in_a_message_of_their_own() -> None:
    """With what to do above them."""
    assert shown(said(words("x" * 11_700), controls=(picker(3, text="t" * 31),))).count("======") == 1
    assert shown(said(controls=(picker(3, label="word " * 3000),))).count("word") == 3000
    assert shown(said(controls=(picker(3, label="x" * 11_600),))).count("======") == 1


# --------------------------------------------------------------------------------------------------- presses


@pytest.mark.parametrize(
    "action, read",
    [
        ({"type": "button", "action_id": "a:x.1:2", "value": "other"}, ("a:x.1:2", None)),
        ({"type": "static_select", "action_id": "a:x.1", "selected_option": {"value": "3"}}, ("a:x.1", (3,))),
        (
            {"action_id": "a:x.1", "selected_options": [{"value": "3"}, {"value": "1"}]},
            ("a:x.1", (3, 1)),
        ),
        ({"action_id": "a:x.1", "selected_options": []}, ("a:x.1", ())),
        ({"action_id": "a:x.1", "selected_option": None}, ("a:x.1", ())),
        ({"action_id": "a:x.1", "selected_option": {"value": "٣"}}, ("a:x.1", ())),
        ({"action_id": "a:x.1", "selected_option": {"value": "1" * 999}}, ("a:x.1", ())),
        ({"action_id": "a:x.1", "selected_option": {"value": 3}}, ("a:x.1", ())),
        ({"action_id": "a:x.1", "selected_options": [{"value": "3"}, "x"]}, ("a:x.1", ())),
        ({"action_id": "a:x.1", "selected_options": "3"}, ("a:x.1", None)),
        ({"action_id": 7}, ("", None)),
        ({}, ("", None)),
    ],
)
def test_a_press_is_read_as_what_anybody_may_send(
    action: dict[str, object], read: tuple[str, tuple[int, ...] | None]
) -> None:
    """What means nothing is an action that means nothing, or an empty choice."""
    assert picked_of(action) == read


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@given(
    st.fixed_dictionaries(
        {}, optional={"action_id": JSON, "value": JSON, "selected_option": JSON, "selected_options": JSON}
    )
)
def test_no_press_is_too_odd_to_be_read(action: dict[str, object]) -> None:
    """Nothing raises."""
    name, _ = picked_of(action)

    assert isinstance(name, str)


def test_the_buttons_of_a_view_are_read_as_what_they_are_for() -> None:
    """There and back."""
    join = encode(Join(), RoundId("abc"))
    (button,) = controls(said(controls=(Button(join, "Join"),)))

    assert picked_of({**button, "action_ts": "1"}) == (join, None)


# ---------------------------------------------------------------------------------------------------- a home


def test_a_home_shows_views_below_each_other() -> None:
    """With a line between them, and each control once."""
    home: Payload = home_of([view_of(me()), view_of(opened()), view_of(opened())])
    text = look(home["blocks"])

    assert over_home(home) == []
    assert text.startswith("# You in this group\n")
    assert text.count("<divider>") == 2
    assert text.count("[A · άλφα]") == 1


def test_a_home_that_is_full_says_where_the_rest_is() -> None:
    """Slack takes a hundred blocks."""
    home: Payload = home_of([said(*(words(f"line {number}") for number in range(200)))])

    assert over_home(home) == []
    assert len(home["blocks"]) == 100
    assert look(home["blocks"]).endswith(f"line 97\n~ {SAY.home_is_full()}")
    assert home_of([]) == {"type": "home", "blocks": []}
    assert home_of([View(said().tone, "", "")]) == {"type": "home", "blocks": []}
