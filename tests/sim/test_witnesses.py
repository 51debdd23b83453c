"""The witness finds defects out: each broken part here breaks one promise, and the report names it."""

import re
from collections.abc import Callable

import pytest

from bot.sim.faults import NO_FAULTS, Faults
from bot.sim.simulations import Parts
from bot.store.memory import MemoryStore
from tests.sim import broken
from tests.sim.plays import Played, Reopen, calm_round, kept, plain_round, play

CRASHES = Faults(crash=0.05)
DOUBLES = Faults(doubled=0.5)
BREAKS = Faults(unknown=0.3)

CHANGED: dict[str, tuple[broken.Spoil, str]] = {
    "a participant is lost": (broken.without_some_participants, "joined, and is not in it"),
    "an attempt is lost": (broken.without_attempts, "an acknowledged answer of .* is gone"),
    "a reveal is lost": (broken.without_reveals, "1.reveal was never posted"),
    "an edit is lost": (broken.without_last_edits, "1.ask can still be pressed after the round"),
    "a round is lost": (broken.without_rounds, "it was begun, and is not there"),
    "a score is wrong": (broken.with_a_higher_score, r"stands at \d+, the attempts add up to \d+"),
    "a count is wrong": (broken.with_more_right, r"c0p0 has \d+ right, the attempts \d+"),
    "points are wrong": (broken.with_other_points, r"stands at \d+, the attempts add up to \d+"),
    "an answer is another": (broken.with_other_answers, "is not the answer acknowledged last"),
    "a question tells": (
        broken.telling(broken.a_leaking_question),
        "shows what is hidden .*: nobody may read",
    ),
    "an option tells": (
        broken.telling(broken.a_feedback_as_option),
        "shows what is hidden .*: the feedback on",
    ),
    "a podium lies": (broken.telling(broken.a_generous_podium), r"the end gives c\dp\d"),
    "a podium forgets": (broken.telling(broken.a_podium_without_its_first), r"the end leaves c\dp\d out"),
    "a podium flatters": (broken.telling(broken.a_podium_of_equals), "the podium shows"),
    "a reveal lies": (broken.telling(broken.a_generous_reveal), r"reveal gives c\dp\d"),
    "a reveal miscounts": (broken.telling(broken.a_miscounted_reveal), "reveal counts 1 for A, there are 0"),
}

SELDOM = {"a podium flatters"}
"""What takes more rounds to show: most podiums have no two with as many points."""

STORES: dict[str, tuple[Callable[[], MemoryStore], str]] = {
    "attempts are doubled": (broken.DoublingStore, "has 2 attempts at"),
    "the standing is wrong": (broken.MiscountingStore, "the standing is .*, the attempts say"),
    "nothing is settled": (broken.UnsettledStore, "messages were never delivered"),
    "messages are confused": (broken.MisdirectingStore, "was edited, and is not there"),
}

PARTS: dict[str, tuple[Parts, Faults, str]] = {
    "a message is not found again": (
        Parts(platform=broken.ForgetfulPlatform),
        BREAKS,
        r"was posted [2-9] times",
    ),
    "an option is marked": (
        Parts(platform=broken.TellingPlatform),
        NO_FAULTS,
        "1.ask marks the right answer while it is open",
    ),
    "what came twice is answered twice": (
        Parts(engine=broken.RepeatingEngine),
        DOUBLES,
        "came twice and was answered twice",
    ),
    "a change too many is confirmed": (
        Parts(engine=broken.LenientEngine, script=calm_round),
        NO_FAULTS,
        r"answered \S+ 2 times, 1 were allowed",
    ),
    "the right answer is shown early": (
        Parts(engine=broken.PeekingEngine, script=plain_round),
        NO_FAULTS,
        "an answer was accepted after the right one was shown",
    ),
}


@pytest.mark.parametrize("name", CHANGED)
async def test_a_store_that_writes_something_else_is_found_out(name: str) -> None:
    """Each defect in what is written, with nothing else going wrong."""
    spoil, fault = CHANGED[name]
    rounds = 10 if name in SELDOM else 5

    await _finds(fault, reopen=kept(broken.SpoilingStore(spoil)), rounds=rounds)


@pytest.mark.parametrize("name", STORES)
async def test_a_store_that_answers_something_else_is_found_out(name: str) -> None:
    """Each defect in what is read, with nothing else going wrong."""
    store, fault = STORES[name]

    await _finds(fault, reopen=kept(store()), rounds=2)


@pytest.mark.parametrize("name", PARTS)
async def test_a_broken_engine_or_platform_is_found_out(name: str) -> None:
    """Each defect outside the store, with the fault that it takes to show."""
    parts, faults, fault = PARTS[name]

    await _finds(fault, faults=faults, parts=parts)


async def test_an_acknowledgement_before_the_commit_is_found_out() -> None:
    """Whenever a process ends, what it had just acknowledged is gone."""
    await _finds(
        "an acknowledged answer of .* is gone",
        faults=CRASHES,
        reopen=broken.UnflushedStore().reopen,
        rounds=10,
    )


async def test_an_event_that_counts_twice_is_found_out() -> None:
    """The store does not remember the events that it has seen, and the platform sends half of them twice."""
    store = broken.SpoilingStore(broken.without_events)

    await _finds("came twice and counted twice", faults=DOUBLES, reopen=kept(store))


async def test_a_deadline_that_is_not_written_down_is_found_out() -> None:
    """A process knows its own deadlines, but the next one has to find them in the tables."""
    store = broken.SpoilingStore(broken.without_deadlines)
    fault = r"the clock of channel\d ran out, and nothing happened"

    await _finds(fault, faults=Faults(restart=0.2), reopen=kept(store))


async def test_messages_in_the_wrong_order_are_found_out() -> None:
    """A reveal and the podium are promised together, and the podium comes first."""
    store = broken.SpoilingStore(broken.backwards)

    await _finds(
        r"messages came in the order .*, end, \d.reveal", reopen=kept(store), parts=Parts(script=calm_round)
    )


async def test_a_platform_that_takes_nothing_ends_the_simulation_with_a_report() -> None:
    """Nothing can be delivered at all: that is told after a bounded time, not waited for."""
    played = await play(rounds=3, faults=Faults(refused=1.0))

    assert "3 rounds were never played to their end" in played.report.faults


async def _finds(
    fault: str,
    *,
    faults: Faults = NO_FAULTS,
    reopen: Reopen | None = None,
    parts: Parts | None = None,
    rounds: int = 5,
) -> None:
    """Play with the broken part and without it, and expect that only the first report names *fault*."""
    sound = await _sound(rounds, faults, parts and Parts(script=parts.script))
    played = await play(rounds=rounds, faults=faults, parts=parts, reopen=reopen)

    assert any(_says(fault, found) for found in played.report.faults), played.report.faults[:20]
    assert not any(_says(fault, found) for found in sound.report.faults)


_PLAYED: dict[tuple[int, Faults, Parts | None], Played] = {}


async def _sound(rounds: int, faults: Faults, parts: Parts | None) -> Played:
    """Return what is played without any broken part: the same every time, so it is played once."""
    key = rounds, faults, parts
    if key not in _PLAYED:
        _PLAYED[key] = await play(rounds=rounds, faults=faults, parts=parts)
    return _PLAYED[key]


def _says(fault: str, found: str) -> bool:
    return re.search(fault, found) is not None
