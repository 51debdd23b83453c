"""What a simulation found, as people and machines read it."""

import json

import pytest

from bot.sim.simulations import Report
from bot.terminal import print_simulation, rounds_bar

KEPT = Report({"rounds": 1000, "answers_sent": 5}, (), "abc", 3600.0, 1.5)
BROKEN = Report({"rounds": 1}, ("r1.2.ask was posted 2 times [twice]",), "abc", 60.0, 0.1)


def test_figures_are_told_and_that_every_promise_was_kept(capsys: pytest.CaptureFixture[str]) -> None:
    """A line a figure, its name in words."""
    print_simulation(KEPT, as_json=False)

    told = capsys.readouterr().out
    assert "rounds: 1,000\nanswers sent: 5\n" in told
    assert "virtual time: 3,600 s, real time: 1.5 s" in told
    assert "Every acknowledged answer counted, once" in told


def test_a_broken_promise_is_told_in_place_of_that(capsys: pytest.CaptureFixture[str]) -> None:
    """As it was found, brackets and all."""
    print_simulation(BROKEN, as_json=False)

    told = capsys.readouterr().out
    assert "broken: r1.2.ask was posted 2 times [twice]" in told
    assert "Every acknowledged answer" not in told


def test_machines_are_told_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    """As JSON on one line."""
    print_simulation(BROKEN, as_json=True)

    assert json.loads(capsys.readouterr().out) == {
        "figures": {"rounds": 1},
        "faults": ["r1.2.ask was posted 2 times [twice]"],
        "digest": "abc",
        "virtual_seconds": 60.0,
        "wall_seconds": 0.1,
    }


@pytest.mark.parametrize("visible", [True, False])
def test_off_a_terminal_no_bar_is_drawn(capsys: pytest.CaptureFixture[str], *, visible: bool) -> None:
    """A log is no place for it."""
    with rounds_bar(2, visible=visible) as progress:
        progress(1)
        progress(1)

    assert capsys.readouterr().err.strip() == ""
