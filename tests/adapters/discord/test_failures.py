"""What a fault of Discord's means for a message: for good, not now, or unknown; and the marks of ours."""

from types import SimpleNamespace
from typing import cast

import aiohttp
import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.discord.failures import delivery_error, is_over
from bot.adapters.discord.marks import LARGEST_MARKER, marker_of, nonce_of
from bot.adapters.discord.permissions import NEEDED, invite_link, lacking
from bot.core.errors import DeliveryDelayed, DeliveryRefused, DeliveryUnknown


def answer(
    status: int, code: int = 0, kind: type[discord.HTTPException] = discord.HTTPException
) -> discord.HTTPException:
    """Return the error that discord.py makes of an answer."""
    response = cast("aiohttp.ClientResponse", SimpleNamespace(status=status, reason="Reason"))
    return kind(response, {"code": code, "message": "No."})


@pytest.mark.parametrize(
    "error, meaning",
    [
        (answer(403, 50013, discord.Forbidden), DeliveryRefused),
        (answer(404, 10003, discord.NotFound), DeliveryRefused),
        (answer(400, 50035), DeliveryRefused),
        (answer(429), DeliveryDelayed),
        (discord.RateLimited(3.5), DeliveryDelayed),
        (answer(503, kind=discord.DiscordServerError), DeliveryUnknown),
        (aiohttp.ServerDisconnectedError(), DeliveryUnknown),
        (ConnectionResetError(), DeliveryUnknown),
        (TimeoutError(), DeliveryUnknown),
    ],
)
def test_every_fault_has_its_meaning(error: BaseException, meaning: type[Exception]) -> None:
    """What may have happened is looked for before it is tried again; what cannot happen is given up."""
    assert type(delivery_error(error)) is meaning


def test_what_somebody_can_mend_is_told_in_plain_words() -> None:
    """The owner of a schedule reads it."""
    assert str(delivery_error(answer(403, 50013))) == "I lack a permission in the channel"
    assert str(delivery_error(answer(403, 50001))) == "I cannot see the channel"


def test_a_wait_that_discord_names_is_kept() -> None:
    """To the part of a second."""
    error = delivery_error(discord.RateLimited(3.5))

    assert isinstance(error, DeliveryDelayed)
    assert error.retry_after == 3.5


@pytest.mark.parametrize("code, over", [(10062, True), (40060, True), (10015, True), (50035, False)])
def test_an_interaction_that_nobody_waits_for_is_known_as_such(code: int, *, over: bool) -> None:
    """It is no fault of ours, and nothing to log loudly."""
    assert is_over(answer(400, code)) is over
    assert is_over(ValueError()) is False


@given(st.text(max_size=80), st.integers(0, 9))
def test_marks_fit_where_discord_has_room_for_them(key: str, part: int) -> None:
    """A nonce of at most 25 characters, a marker of 31 bits that is not 0."""
    assert len(nonce_of(key, part)) <= 25
    assert nonce_of(key, part).isascii()
    assert 1 <= marker_of(key) <= LARGEST_MARKER


def test_each_part_of_each_message_has_a_nonce_of_its_own() -> None:
    """And the same at every try."""
    keys = ["r1.1.ask", "r1.1.reveal", "r2.1.ask"]
    nonces = [nonce_of(key, part) for key in keys for part in range(3)]

    assert len(set(nonces)) == 9
    assert nonces == [nonce_of(key, part) for key in keys for part in range(3)]


def test_what_is_lacking_is_named_and_a_thread_needs_another_permission() -> None:
    """Whoever may write in threads need not write in the channel."""
    everything = discord.Permissions.all()
    everything.administrator = False
    silent = discord.Permissions(everything.value & ~discord.Permissions(send_messages=True).value)

    assert lacking(everything, thread=False) == ()
    assert lacking(silent, thread=False) == ("send_messages",)
    assert lacking(silent, thread=True) == ()
    assert lacking(discord.Permissions.none(), thread=True)[0] == "view_channel"
    assert lacking(discord.Permissions(administrator=True), thread=True) == ()


def test_the_invitation_asks_for_what_is_needed_and_no_more() -> None:
    """Neither for the rights of an administrator nor for mentions."""
    link = invite_link(42)

    assert f"permissions={NEEDED.value}" in link
    assert "scope=bot+applications.commands" in link
    assert not NEEDED.administrator
    assert not NEEDED.mention_everyone
    assert not NEEDED.manage_messages
