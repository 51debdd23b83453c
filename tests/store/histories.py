"""Attempts that an earlier version of the program left behind."""

from collections.abc import Sequence

from bot.records import AttemptRow, channel_board, everywhere_board, group_board, topic_board
from tests.contracts.stores import ANN_ID, BEN_ID, CAT_ID, attempt_row

HISTORY: Sequence[AttemptRow] = [
    *(attempt_row(ANN_ID, at, points=70 + at, credit=float(at % 3 > 0)) for at in range(14)),
    *(attempt_row(BEN_ID, at, points=90, group=8)._replace(topic="2.1") for at in range(3)),
    *(attempt_row(CAT_ID, at, points=0, credit=0.5) for at in range(11)),
]
"""Of three learners, in two groups and on two topics; two of them have enough for accuracy."""


def all_time(attempt: AttemptRow) -> Sequence[str]:
    """Return the boards that a migration fills."""
    return (
        group_board(attempt.group, "a"),
        channel_board(attempt.channel, "a"),
        topic_board(attempt.group, attempt.topic, "a"),
        everywhere_board("a"),
    )
