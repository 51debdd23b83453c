"""Dispatch: which message an effect becomes, and under which name."""

from dataclasses import replace

import pytest

from bot.core import effects as fx
from bot.core.announcements import (
    lobby,
    question_changed,
    question_closed,
    question_opened,
    question_skipped,
    reveal_changed,
)
from bot.core.commands import Mode
from bot.core.ids import LearnerId
from bot.core.states import Phase
from bot.engine import dispatch
from bot.engine.codec import decode_effect, to_ms
from tests.core.builders import BEN, NOON, ROUND, asking, moment, qid
from tests.engine.halls import HALL

OPEN = replace(asking(BEN).round, phase=Phase.ASKING)
ENDED = fx.RoundEnded(ROUND, "Deck", fx.Ending.STOPPED, "Ann", (), (), 0, 0, 3, Mode.EVERYONE)


@pytest.mark.parametrize(
    "effect, action, name, question, wait",
    [
        (fx.LobbyOpened(lobby(OPEN)), "post", "lobby", "", 0),
        (fx.LobbyChanged(lobby(OPEN)), "edit", "lobby", "", 0),
        (question_opened(OPEN), "post", "1.ask", qid(0), 0),
        (question_changed(OPEN, fx.QuestionState.OPEN), "edit", "1.ask", "", 1),
        (question_changed(OPEN, fx.QuestionState.CLOSED), "edit", "1.ask", "", 0),
        (question_changed(OPEN, fx.QuestionState.PAUSED), "edit", "1.ask", "", 0),
        (question_closed(OPEN), "post", "1.reveal", "", 0),
        (question_skipped(OPEN), "post", "1.reveal", "", 0),
        (fx.RevealChanged(question_closed(OPEN), fx.RevealState.PAUSED), "edit", "1.reveal", "", 0),
        (reveal_changed(OPEN, fx.RevealState.OVER), "edit", "1.reveal", "", 0),
        (fx.RoundPaused(ROUND, "Ann", 3), "post", "pause.7", "", 0),
        (fx.RoundResumed(ROUND, "Ann", 3), "post", "resume.7", "", 0),
        (ENDED, "post", "end", "", 0),
    ],
)
def test_an_effect_has_one_message_in_its_round(
    effect: fx.Public, action: str, name: str, question: str, wait: int
) -> None:
    """An edit has the name of the post that it edits, and only a live count may wait."""
    row = dispatch.to_channel(effect, ROUND, HALL, version=7, now=NOON)

    assert (row.key, row.action, row.place, row.to) == (f"{ROUND}.{name}", action, HALL, "")
    assert (row.question, row.not_before) == (question, to_ms(moment(wait)))
    assert decode_effect(row.body) == effect


@pytest.mark.parametrize(
    "key, question",
    [
        ("2abcdefghij7z.1.ask", "2abcdefghij7z.0"),
        ("2abcdefghij7z.50.reveal", "2abcdefghij7z.49"),
        ("2abcdefghij7z-2026-11-22.1.ask", "2abcdefghij7z-2026-11-22.0"),
        ("2abcdefghij7z.0.ask", None),
        ("2abcdefghij7z.01.ask", None),
        ("2abcdefghij7z.1000.ask", None),
        ("2abcdefghij7z.1.ask\n", None),
        ("2abcdefghij7z.1.ask.2", None),
        ("2abcdefghij7z.١.ask", None),
        ("2abcdefghij7z.lobby", None),
        ("2abcdefghij7z.end", None),
        ("2abcdefghij7z.missedlisted.1", None),
        ("2abcdefghij7z.pause.7", None),
        (".1.ask", None),
        ("1.ask", None),
        ("", None),
    ],
)
def test_a_key_says_which_question_its_message_is_about(key: str, question: str | None) -> None:
    """If it asks or reveals one."""
    assert dispatch.question_in(key) == question


def test_what_one_learner_is_told_has_a_name_for_each_of_them() -> None:
    """Two who missed something have two messages."""
    told = [
        fx.ToLearner(LearnerId(who), f"a{who}", fx.MissedListed(ROUND, "Deck", 0, 1, 2, 0, 1, ()))
        for who in (1, 2)
    ]

    rows = [dispatch.to_learner(one, ROUND, HALL, now=NOON) for one in told]

    assert [row.key for row in rows] == [f"{ROUND}.missedlisted.1", f"{ROUND}.missedlisted.2"]
    assert [(row.action, row.to, row.question) for row in rows] == [("post", "a1", ""), ("post", "a2", "")]
    assert decode_effect(rows[0].body) == told[0].effect
    assert [row.not_before for row in rows] == [to_ms(NOON)] * 2
