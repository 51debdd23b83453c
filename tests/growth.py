"""How fast work grows with what it is given: a long piece against a short one, in the same process."""

import gc
import time
from collections.abc import Callable
from typing import Final, TypeVar

_TRIES: Final = 3
_LEAST_SECONDS: Final = 0.005

Given = TypeVar("Given")


def growth(work: Callable[[Given], object], much: Given, little: Given, *, enough: float) -> float:
    """Return how many times the CPU time of ``work(little)`` ``work(much)`` takes: the least of three tries.

    It ends with the first try that is below *enough*, so that only what looks too slow is tried again. Less
    than 5 ms counts as 5 ms, and nothing is collected meanwhile: neither the machine's speed nor what other
    tests left in memory makes a difference. *work* must not remember what it was given.
    """
    least = float("inf")
    for _ in range(_TRIES):
        least = min(least, _seconds(work, much) / max(_seconds(work, little), _LEAST_SECONDS))
        if least < enough:
            break
    return least


def _seconds(work: Callable[[Given], object], given: Given) -> float:
    was_on = gc.isenabled()
    gc.disable()
    begun = time.process_time()
    try:
        work(given)
        return time.process_time() - begun
    finally:
        if was_on:
            gc.enable()
