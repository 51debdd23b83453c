"""Scenes of the question of the day: open, closed, revealed, and its schedules."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.wording.views import (
    Bullets,
    Button,
    ChannelName,
    Countdown,
    Moment,
    Paragraph,
    Progress,
    RoleName,
    Text,
    Tone,
    View,
)
from tests.adapters.web.page import scenes
from tests.adapters.web.page.scenes import NOW

DAY_ACTION: Final = "a:d1-2026-05-28.0"


def daily(answered: int = 3) -> View:
    """Return a question of the day that is open for hours."""
    until = NOW + timedelta(hours=7, minutes=12)
    rule = (
        Text("Anybody may answer, and change the answer until "),
        Moment(until, "Friday, 29 May, 03:38 UTC"),
        Text("."),
    )
    return View(
        Tone.QUESTION,
        "Question of the day · Thursday, 28 May",
        "Question of the day. Which moon has a thick atmosphere of nitrogen?",
        (
            scenes.para("Which moon has a thick atmosphere of nitrogen, and lakes of liquid methane?"),
            scenes.options(),
            Countdown(NOW - timedelta(hours=5), until, "to answer"),
            Progress(answered, 0, f"{answered} have answered"),
            Paragraph(rule, quiet=True),
        ),
        (replace(scenes.pick(), action=DAY_ACTION),),
        mention="moon-watchers",
        lasting=True,
    )


def daily_closed() -> View:
    """Return the same once its answer has been shown: for practice."""
    label = "You may still answer, for practice and without points. Choose one."
    return replace(
        daily(),
        blocks=(
            *daily().blocks[:2],
            scenes.para("This question is closed, and its answer has been shown."),
            Progress(12, 0, "12 have answered"),
        ),
        controls=(replace(scenes.pick(label=label), action=DAY_ACTION, submit="Practise", practice=True),),
    )


def daily_reveal() -> View:
    """Return the scenes.reveal of a question of the day."""
    choices, people, why, source, *_ = scenes.reveal().blocks
    return View(
        Tone.REVEAL,
        "Question of the day · Thursday, 28 May: the answer",
        "Question of the day: B is right.",
        (
            choices,
            why,
            people,
            scenes.para("Day streaks: Ada 12 days, Ben Oyelaran 5 days and Cleo 2 days."),
            scenes.para("The group's streak: 9 days."),
            Paragraph((Text("The next question: "), Moment(NOW, "Thursday, 28 May, 20:26 UTC"), Text("."))),
            scenes.para("Missed it? Answer the question above all the same, for practice.", quiet=True),
            source,
        ),
        (Button("m:d1-2026-05-28.0", "My answer", "My answer, shown to you alone"),),
    )


def schedules() -> View:
    """Return the schedules of a channel, with moments by two clocks, a role and a channel."""
    post = Paragraph(
        (Text("Thursday, 28 May, 22:26 ("), Moment(NOW, "Thursday, 28 May, 20:26 UTC"), Text(")"))
    )
    return View(
        Tone.INFO,
        "Questions of the day in this channel",
        "Every day at 09:00, Europe/Berlin.",
        (
            scenes.para("Every day at 09:00, Europe/Berlin."),
            Paragraph((Text("Each post in "), ChannelName("general"), Text(" calls "), RoleName("watchers"))),
            scenes.para("Next posts, in Europe/Berlin and by your own clock:"),
            Bullets(((post,), (post,), (post,))),
        ),
    )
