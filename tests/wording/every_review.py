"""Every effect of the review, each in every variant that reads differently."""

from collections.abc import Iterator
from typing import Final

from bot.core import effects as fx
from bot.core import review_effects as rx
from bot.core.amendments import Verdict
from bot.core.ids import OptionId
from bot.core.mending import Slip, mending_of
from bot.core.suspicions import Suspicion
from tests.wording.samples import ITEMS, SINGLE

TOKEN: Final = "abcdefghij234"
CHOSE: Final = (rx.Chose("Κόκκινο", 1_200, right=True), rx.Chose("Μπλε", 1, right=False))


def _shown() -> Iterator[fx.Effect]:
    for item in ITEMS:
        yield rx.ReviewShown(TOKEN, 0, item, 1, 1, people=1)
    yield rx.ReviewShown(TOKEN, 2, SINGLE, 2, 3, 2, ("Λάθος.", "Διπλό."), None, 5, CHOSE, TOKEN, TOKEN)
    yield rx.ReviewShown(TOKEN, 0, SINGLE, 1, 1, suspicion=Suspicion(9, 7), tried=1, answers=CHOSE)
    yield rx.ReviewShown(TOKEN, 0, SINGLE, 1, 1, off="Το *κλειδί* λέει Α, η εξήγηση Β.")
    found = Suspicion(9, 8, SINGLE.options[0].id, 7)
    yield rx.ReviewShown(TOKEN, 0, SINGLE, 1, 1, suspicion=found, answers=CHOSE)
    gone = Suspicion(9, 8, OptionId("ξένο"), 7)
    yield rx.ReviewShown(TOKEN, 0, SINGLE, 1, 1, suspicion=gone, tried=9)


def _forms() -> Iterator[fx.Effect]:
    for item in ITEMS:
        yield rx.ReviewFormOpened(TOKEN, 0, item, mending_of(item))
    for slip in Slip:
        yield rx.ReviewFormOpened(TOKEN, 0, SINGLE, mending_of(SINGLE), slip, "ξένο")


def _decided() -> Iterator[fx.Effect]:
    prompt = SINGLE.prompt
    for verdict in Verdict:
        yield rx.ReviewDecided(verdict, prompt, regraded=False, answers=0, changed=0, left=0)
        yield rx.FlagDecided(verdict, prompt)
    for answers, left in ((0, 1), (1, 2), (12, 0)):
        yield rx.ReviewDecided(Verdict.MENDED, prompt, regraded=True, answers=answers, changed=1, left=left)
    for why in rx.ReviewTrouble:
        yield rx.ReviewRefused(why)
    for verdict in (Verdict.MENDED, Verdict.VOID):
        for points in (-100, 1, 12):
            yield rx.PointsRegraded(verdict, prompt, points, flagged=points == 1)
        for answers in (1, 12):
            yield rx.ItemAmended(verdict, prompt, ("Μπλε", "Κόκκινο"), answers, answers)
        yield rx.ItemAmended(verdict, prompt, (), 1, 0)


EVERY_REVIEW: Final[tuple[fx.Effect, ...]] = (*_shown(), *_forms(), *_decided())
