"""Budgets: never more in any stretch of time than Discord allows, and never less without need."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.discord.budgets import CHANNELS_KEPT, SLACK, Budgets, Window
from bot.core.errors import DeliveryDelayed

NOON: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)
EVER: Final = 1e6


class LoopClock:
    """The loop's own time, which looptime lets pass in no time."""

    def now(self) -> datetime:
        """Return noon and what has passed since the loop began."""
        return NOON + timedelta(seconds=asyncio.get_running_loop().time())

    async def sleep(self, seconds: float) -> None:
        """Return when *seconds* have passed."""
        await asyncio.sleep(seconds)


async def turns(
    budgets: Budgets, channels: Sequence[str], *, hurried: bool = True, patience: float = EVER
) -> list[float | None]:
    """Return when each of the posts that are there at once may go, None when it may not."""
    loop = asyncio.get_running_loop()
    begun = loop.time()

    async def one(channel: str) -> float | None:
        try:
            await budgets.turn("post", channel, hurried=hurried, patience=patience)
        except DeliveryDelayed:
            return None
        return loop.time() - begun

    return list(await asyncio.gather(*map(one, channels)))


@pytest.mark.looptime
async def test_a_channel_takes_five_in_any_five_seconds() -> None:
    """That is Discord's own budget for one channel."""
    assert await turns(Budgets(LoopClock()), ["0"] * 11) == pytest.approx([0] * 5 + [5] * 5 + [10], abs=0.1)


@pytest.mark.looptime
@pytest.mark.parametrize("hurried, rate", [(True, 45), (False, 35)])
async def test_all_channels_together_stay_below_what_discord_allows(*, hurried: bool, rate: int) -> None:
    """Fifty a second is the end; messages that are in no hurry leave some of it to rounds."""
    channels = [str(number) for number in range(10 * rate)]

    times = sorted(
        at for at in await turns(Budgets(LoopClock()), channels, hurried=hurried) if at is not None
    )

    assert times[-1] == pytest.approx(9, rel=0.05)
    assert all(times[place + rate] - times[place] >= 1 for place in range(9 * rate))


@pytest.mark.looptime
async def test_a_round_waits_for_nothing_while_thousands_of_daily_questions_wait() -> None:
    """The unhurried never take what is left for rounds."""
    budgets = Budgets(LoopClock())
    daily = asyncio.create_task(turns(budgets, [f"c{n}" for n in range(1_000)], hurried=False))
    await asyncio.sleep(3)

    assert await turns(budgets, ["round"] * 5) == pytest.approx([0] * 5, abs=0.1)
    assert None not in await daily


@pytest.mark.looptime
async def test_what_would_wait_too_long_is_sent_back_and_takes_nobodys_turn() -> None:
    """It goes back to the outbox, with the time that it would have waited."""
    budgets = Budgets(LoopClock())
    await turns(budgets, ["0"] * 5)

    assert await turns(budgets, ["0"], patience=1.0) == [None]
    assert await turns(budgets, ["0"], patience=6.0) == pytest.approx([5], abs=0.1)


@pytest.mark.looptime
async def test_a_long_queue_sends_back_what_comes_last() -> None:
    """Ten thousand messages are not held in memory for minutes."""
    times = await turns(Budgets(LoopClock()), [str(n) for n in range(1_000)], hurried=False, patience=8.0)

    assert sum(at is None for at in times) == pytest.approx(1_000 - 8 * 35, abs=40)
    assert max(at for at in times if at is not None) <= 9.5


@pytest.mark.looptime
async def test_edits_and_posts_have_budgets_of_their_own() -> None:
    """A busy counter does not delay the reveal."""
    budgets = Budgets(LoopClock())
    await turns(budgets, ["0"] * 5)

    assert budgets.wait("post", "0") == pytest.approx(5, abs=0.1)
    assert budgets.wait("edit", "0") == 0


@pytest.mark.looptime
async def test_the_budgets_of_very_many_channels_are_forgotten_in_turn() -> None:
    """Memory has an end; who sent nothing for so long has their whole budget again anyway."""
    budgets = Budgets(LoopClock())
    for number in range(CHANNELS_KEPT + 10):
        budgets.wait("post", str(number))

    assert len(budgets._channels) == CHANNELS_KEPT


@given(st.lists(st.floats(min_value=0, max_value=3), max_size=60))
def test_no_window_ever_holds_more_than_it_says(pauses: list[float]) -> None:
    """Whenever its sender comes."""
    window, now, times = Window(most=5, seconds=5.0), 0.0, list[float]()
    for pause in pauses:
        now += pause
        at = now + window.wait(now)
        window.take(at)
        times.append(at)

    assert all(
        later - earlier >= 5.0 + SLACK - 1e-6 for earlier, later in zip(times, times[5:], strict=False)
    )
