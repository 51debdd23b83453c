"""Plain Chat keeps its own rules, and the transport to it makes one message of any number of tries."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta

import aiohttp
import pytest

from bot.app import SystemClock
from bot.core.errors import DeliveryDelayed, DeliveryRefused, DeliveryUnknown
from bot.ports import Post
from bot.records import Place
from bot.wording.views import Tone, View
from tests.emulators.plainchat import PLATFORM, Chat, ChatServer, ChatTransport, Fates, Odds, Trouble
from tests.emulators.plainchat.chats import REMEMBERED
from tests.engine.clocks import StandingClock

HALL = Place(PLATFORM, "hall")
POST = Post("key", HALL, "", View(Tone.INFO, "Title", "words"))
AGAIN = replace(POST, again=True)


@dataclass(frozen=True, slots=True)
class Served:
    """A chat with one channel, its server, its clock, and a transport to it."""

    chat: Chat
    server: ChatServer
    clock: StandingClock
    transport: ChatTransport

    def fails(self, **odds: float) -> None:
        """Let requests fail from now on, or none."""
        self.server.fates = Fates("seed", Odds(**odds))


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    """A server without trouble."""
    clock = StandingClock()
    chat = Chat(clock, ["hall"])
    server = ChatServer(chat, SystemClock())
    async with aiohttp.ClientSession(headers={"User-Agent": "tester"}) as session:
        yield Served(chat, server, clock, ChatTransport(session, await server.start()))
    await server.stop()


async def test_the_same_key_is_one_message_while_it_is_remembered_and_another_after_that(
    served: Served,
) -> None:
    """The platform's own idempotency ends, and whoever relies on it alone posts twice."""
    first = await served.transport.post(POST)
    served.clock.set((REMEMBERED - timedelta(milliseconds=1)).total_seconds())
    assert await served.transport.post(POST) == first
    assert served.chat.doubled() == []

    served.clock.set(REMEMBERED.total_seconds())
    assert await served.transport.post(POST) != first
    assert served.chat.doubled() == [("hall", "key", 2)]
    assert served.chat.repeated == 1


async def test_whoever_looks_first_finds_their_message_however_old_it_is(served: Served) -> None:
    """A second try after an unknown outcome is one message for ever."""
    first = await served.transport.post(AGAIN)
    served.clock.set(REMEMBERED.total_seconds() * 100)

    assert await served.transport.post(AGAIN) == first
    assert [(message.text, message.sender) for message in served.chat.of("hall")] == [
        ("Title\nwords", "tester")
    ]


async def test_a_connection_that_is_cut_leaves_the_message_there_and_its_sender_in_doubt(
    served: Served,
) -> None:
    """That is the fault which doubles messages elsewhere."""
    served.fails(cut=1)
    with pytest.raises(DeliveryUnknown):
        await served.transport.post(POST)
    served.fails()

    assert await served.transport.post(AGAIN) == "1"
    assert len(served.chat.messages) == 1
    assert served.server.troubles["post", Trouble.CUT] == 1
    assert served.server.found == 1


@pytest.mark.parametrize("trouble", ["busy", "broken"])
async def test_what_fails_before_the_effect_leaves_nothing_and_says_when_to_come_back(
    served: Served, trouble: str
) -> None:
    """A platform that is busy names its time; one that is out of order is given a second."""
    served.fails(**{trouble: 1})
    with pytest.raises(DeliveryDelayed) as refused:
        await served.transport.post(POST)

    assert 0.1 <= refused.value.retry_after <= 1.5
    assert served.chat.messages == []


async def test_a_look_that_fails_is_followed_by_no_post(served: Served) -> None:
    """Not to know whether a message is there is no reason to believe that it is not."""
    served.fails(broken=1)
    with pytest.raises(DeliveryDelayed):
        await served.transport.post(AGAIN)

    assert served.server.troubles == {("find", Trouble.BROKEN): 1}


async def test_what_is_not_there_is_refused_for_good(served: Served) -> None:
    """No channel, no message: another try would not help."""
    with pytest.raises(DeliveryRefused):
        await served.transport.post(replace(POST, place=Place(PLATFORM, "attic")))
    for ref in ("1", "one"):
        with pytest.raises(DeliveryRefused):
            await served.transport.edit(ref, POST)


async def test_an_edit_changes_what_is_shown_and_shows_nothing_new(served: Served) -> None:
    """Twice is as good as once."""
    ref = await served.transport.post(POST)
    for _ in range(2):
        await served.transport.edit(ref, replace(POST, view=View(Tone.INFO, "Title", "other words")))

    (message,) = served.chat.messages
    assert (message.text, message.edits) == ("Title\nother words", 2)


def test_what_becomes_of_a_request_depends_on_the_seed_and_not_on_the_others() -> None:
    """Two processes mix their requests as they like; a seed still gives each the same fate."""
    odds = Odds(busy=0.3, broken=0.3, cut=0.3, slowest=1)
    alone, mixed = Fates("seed", odds), Fates("seed", odds)
    expected = [alone.draw("post a") for _ in range(50)]

    drawn = [(mixed.draw("post b"), mixed.draw("post a")) for _ in range(50)]

    assert [fate for _, fate in drawn] == expected
    assert {fate.trouble for fate in expected} == set(Trouble)
