"""The settings of a group as they are read."""

import pytest

from bot.core import effects as fx
from bot.wording.plain import plain
from bot.wording.render import view_of
from bot.wording.views import Tone
from tests.wording.samples import settings


def test_settings_read_from_the_zone_to_the_seasons() -> None:
    """The whole message, as a transcript has it."""
    view = view_of(settings())

    assert view.tone is Tone.INFO
    assert plain(view).split("\n\n") == [
        "Settings of this group",
        (
            "Setting | Now\nTime zone | Europe/Berlin\n"
            "Organisers | whoever manages this place, and Άδα and Βίκη\n"
            "Who starts rounds | organisers, and Γιώργος\n"
            "Recap of the week, here | Friday at 18:00, Europe/Berlin\n"
            "Answers by reaction, here | off"
        ),
        "The next recap: Friday, 8 May, 12:00 UTC.",
        "Seasons",
        (
            "• Άνοιξη: 1 March 2027 to 31 May 2027 (planned)\n"
            "• Χειμώνας: 1 November 2026 to 28 February 2027 (running)\n"
            "• Φθινόπωρο: 1 August 2026 to 31 October 2026 (over)"
        ),
        (
            "An organiser changes them, one or several at once: /quiz settings zone:berlin, hosts:everybody, "
            "recap:fri 18:00, season:spring, reactions:last"
        ),
    ]


def test_a_group_that_has_chosen_nothing_is_told_what_holds() -> None:
    """No setting is empty."""
    text = plain(view_of(fx.SettingsShown("", (), None, None, ())))

    for said in (
        "Time zone | not set; days are those of UTC",
        "Organisers | whoever manages this place",
        "Who starts rounds | everybody",
        "Recap of the week, here | off",
        "Answers by reaction, here | off",
    ):
        assert said in text.splitlines()
    assert "Seasons" not in text


@pytest.mark.parametrize(
    "changes, said",
    [
        ({"hosts": ()}, "Who starts rounds | organisers only"),
        ({"hosts": ("one\ntwo",)}, "Who starts rounds | organisers, and one two"),
        ({"zone": "America/New_York"}, "Time zone | America/New York"),
    ],
)
def test_a_setting_is_said_in_words(changes: dict[str, object], said: str) -> None:
    """What people wrote stays on one line."""
    assert said in plain(view_of(settings(**changes))).splitlines()


def test_what_was_changed_is_shown_as_it_is_now() -> None:
    """Without being told how to change it."""
    view = view_of(settings(changed=True))

    assert (view.tone, view.title) == (Tone.GOOD, "Settings changed")
    assert "An organiser changes" not in plain(view)
