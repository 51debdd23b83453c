"""Settings in the chat: typed as anywhere, and people are named by their names."""

from datetime import time

from bot.core import effects as fx
from bot.core.commands import ChangeSettings, Hide, HostedBy, RecapAt
from tests.adapters.web.chats import Chat


async def test_settings_are_typed_in_one_line(chat: Chat) -> None:
    """Several at once; what they are then stands in private."""
    ada = await chat.join("Ada")
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
