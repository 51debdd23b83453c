"""Dispatch: which message an effect becomes, and under which key.

A key names a message for ever, so that saving or sending it twice is one message. An effect that edits uses
the key of the post that it edits.
"""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, assert_never

from bot.core import effects as fx
from bot.core import review_effects as rx
from bot.core.ids import QuestionId, RoundId
from bot.core.questions import question_id
from bot.engine.codec import encode_effect, to_ms
from bot.engine.sides import copied
from bot.records import Mirror, OutboxRow, Place

COUNT_EVERY = timedelta(seconds=1)
"""How long a live count may wait for the next one: the newest wins, and a busy channel is not flooded."""


_ABOUT_QUESTION: Final = re.compile(r"([^.]+)\.([1-9]\d{0,2})\.(?:ask|reveal)(?:@[a-z2-7]+)?", re.ASCII)


def question_in(key: str) -> QuestionId | None:
    """Return the question that the message called *key* asks or reveals; None when it is about none."""
    found = _ABOUT_QUESTION.fullmatch(key)
    return None if found is None else question_id(RoundId(found[1]), int(found[2]) - 1)


def to_channel(effect: fx.Public, round_: RoundId, place: Place, *, version: int, now: datetime) -> OutboxRow:
    """Return the outbox row for an effect that the whole channel sees.

    *version* is the round's, for messages that a round may have several of.
    """
    action, name, question = _message(effect, version)
    delay = COUNT_EVERY if _is_count(effect) else timedelta(0)
    return OutboxRow(
        key=f"{round_}.{name}",
        action=action,
        place=place,
        to="",
        not_before=to_ms(now + delay),
        body=encode_effect(effect),
        question=question,
    )


def to_channels(
    effect: fx.Public,
    round_: RoundId,
    place: Place,
    mirrors: tuple[Mirror, ...],
    *,
    version: int,
    now: datetime,
) -> list[OutboxRow]:
    """Return the outbox rows for an effect that everybody sees, in *place* and in its *mirrors*.

    Whom a mention calls is known on one side alone.
    """
    own = to_channel(effect, round_, place, version=version, now=now)
    if not mirrors:
        return [own]
    if isinstance(effect, fx.QuestionOpened) and effect.mention:
        return [own, *copied(own, encode_effect(replace(effect, mention="")), mirrors)]
    return [own, *copied(own, own.body, mirrors)]


def to_learner(told: fx.ToLearner, round_: RoundId, place: Place, *, now: datetime) -> OutboxRow:
    """Return the outbox row for an effect that one learner alone sees.

    The outbox lets it go after whatever the channel was promised before, so the list of what was missed never
    stands above the podium.
    """
    return OutboxRow(
        key=f"{round_}.{type(told.effect).__name__.lower()}.{told.learner}",
        action="post",
        place=place,
        to=told.account,
        not_before=to_ms(now),
        body=encode_effect(told.effect),
    )


def _message(effect: fx.Public, version: int) -> tuple[str, str, str]:  # noqa: C901, PLR0911 - one case an effect
    """Return the action, the name of the message in its round, and the question whose window it starts.

    A recap asks nothing, but who posts it wants to know whether it arrived, just as of a question.
    """
    match effect:
        case fx.LobbyOpened():
            return "post", "lobby", ""
        case fx.LobbyChanged():
            return "edit", "lobby", ""
        case fx.QuestionOpened(sheet=sheet):
            return "post", f"{sheet.number}.ask", sheet.question
        case fx.QuestionChanged(sheet=sheet):
            return "edit", f"{sheet.number}.ask", ""
        case fx.QuestionClosed(number=number) | fx.QuestionSkipped(number=number):
            return "post", f"{number}.reveal", ""
        case fx.RevealChanged(reveal=reveal):
            return "edit", f"{reveal.number}.reveal", ""
        case fx.RoundPaused():
            return "post", f"pause.{version}", ""
        case fx.RoundResumed():
            return "post", f"resume.{version}", ""
        case fx.RoundEnded():
            return "post", "end", ""
        case fx.RecapPosted(id=id_):
            return "post", "recap", question_id(id_, 0)
        case rx.ItemAmended():
            return "post", "amended", ""
        case _:
            assert_never(effect)


def _is_count(effect: fx.Public) -> bool:
    return isinstance(effect, fx.QuestionChanged) and effect.state is fx.QuestionState.OPEN
