"""Settings in the chat: typed as anywhere; people and channels are named by their names."""

from datetime import time

from bot.core import effects as fx
from bot.core.commands import (
    ChangeSettings,
    Elsewhere,
    Hide,
    HostedBy,
    RecapAt,
    ShowDaily,
)
from tests.adapters.web.chats import Chat


async def test_settings_are_typed_in_one_line(chat: Chat) -> None:
    """Several at once; what they are then stands in private."""
    ada, _ = await chat.join("Ada"), await chat.join("Ben")
    chat.desk.answer = lambda _event: (
        fx.SettingsShown("Europe/Berlin", (), ("Ben",), None, (), changed=True),
    )

    told = (await ada.say("/quiz settings zone:berlin hosts:Ben recap:fri 18:00"))["notice"]

    (event,) = chat.desk.events
    assert event.intent == ChangeSettings(
        zone="Europe/Berlin", hosts=HostedBy(("Ben",)), recap=RecapAt(4, time(18))
    )
    assert told["private"]
    assert told["view"]["title"] == "Settings changed"


async def test_whoever_does_something_is_known_by_name_too(chat: Chat) -> None:
    """There are no roles here, and no two people have one name."""
    ben = await chat.join("Ben Ähnlich")
    chat.desk.answer = lambda _event: (fx.CommandDone(fx.Confirmation.HIDDEN),)

    await ben.say("/quiz me hide")

    (event,) = chat.desk.events
    assert event.intent == Hide(hidden=True)
    assert event.roles == ("Ben Ähnlich",)


async def test_another_channel_is_named_as_it_is_shown(chat: Chat) -> None:
    """However it is written; one that is not there is not understood."""
    ada = await chat.join("Ada")
    chat.desk.answer = lambda _event: (fx.SchedulesShown(()),)
    await ada.ask(type="channel", name="exam-prep")

    for said in ("#Exam-Prep", "exam-prep"):
        await ada.say(f'/quiz daily show channel:"{said}"')
    for said in ("nowhere", "@me", "no channel"):
        told = (await ada.say(f'/quiz daily show channel:"{said}"'))["notice"]
        assert f"There is no channel “{said}” here." in told["view"]["alt"]

    assert [event.intent for event in chat.desk.events] == [Elsewhere("exam-prep", ShowDaily())] * 2


async def test_people_are_named_who_have_joined(chat: Chat) -> None:
    """By their own names, however they are typed; one that nobody has could be taken by anybody."""
    ada, _ = await chat.join("Ada"), await chat.join("Ben Ähnlich")
    shown = fx.SettingsShown("", (), None, None, (), changed=True)
    chat.desk.answer = lambda _event: (shown,)

    await ada.say('/quiz settings organisers:"BEN  ähnlich",ada hosts:none')
    for said in ("organisers:Cat", "hosts:Ada,Cat"):
        told = (await ada.say(f"/quiz settings {said}"))["notice"]
        assert "Nobody called “Cat” has joined here." in told["view"]["alt"]

    assert [event.intent for event in chat.desk.events] == [
        ChangeSettings(organisers=("Ben Ähnlich", "Ada"), hosts=HostedBy(()))
    ]
