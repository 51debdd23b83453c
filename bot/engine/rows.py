"""Rows: what was decided, in the form that stores keep."""

from datetime import datetime

from bot.core import rounds
from bot.core.states import Attempt, Phase, Round
from bot.engine import codec
from bot.engine.codec import to_ms, to_ms_after
from bot.records import AttemptRow, ChannelRow, Mirror, QuestionRow, RoundRow


def begun(round_: Round, channel: ChannelRow, mirrors: tuple[Mirror, ...], now: datetime) -> RoundRow:
    """Return the row of a round that begins, in *mirrors* too; saving it fills in the rest."""
    return RoundRow(
        id=round_.id,
        channel=channel.id,
        group=channel.own,
        place=channel.place,
        version=0,
        open=True,
        wake_at=None,
        started_at=to_ms(now),
        item=None,
        body="",
        mirrors=mirrors,
    )


def question_rows(round_: Round) -> list[QuestionRow]:
    """Return the rows of a round's questions."""
    return [
        QuestionRow(round_.id, q.position, q.item.id, codec.QUESTION.encode(q), q.item.version)
        for q in round_.questions
    ]


def saved(before: RoundRow, round_: Round) -> RoundRow:
    """Return the row of *round_* as it is now; *before* is as it was loaded."""
    wake = rounds.next_wake(round_)
    asked = round_.question if round_.position >= 0 else None
    return before._replace(
        version=before.version + 1,
        open=round_.phase is not Phase.ENDED,
        wake_at=None if wake is None else to_ms_after(wake),
        item=asked.item.id if asked else None,
        body=codec.ROUND.encode(round_),
    )


def attempt_row(row: RoundRow, attempt: Attempt, group: int, own: int) -> AttemptRow:
    """Return the row of an attempt in the round of *row*.

    *group* is that of the side it was made on, *own* who it was who plays as the attempt's learner.
    """
    return AttemptRow(
        question=attempt.question,
        round=row.id,
        group=group,
        channel=row.channel,
        learner=own,
        item=attempt.item,
        topic=attempt.topic,
        at=to_ms(attempt.at),
        elapsed_ms=attempt.elapsed_ms,
        credit=float(attempt.credit),
        points=attempt.points.total,
        body=codec.ATTEMPT.encode(attempt),
    )
