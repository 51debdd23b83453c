"""Promises: what the events of a batch have others see, each message once."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, get_args

from typing_extensions import TypeIs

from bot.core import effects as fx
from bot.core import rounds
from bot.core.states import Round
from bot.engine import dispatch
from bot.engine.lives import Live
from bot.engine.sides import OWN, played_at
from bot.records import Changes, OutboxRow

REPLIES: Final = get_args(fx.Reply)


class Promises:
    """The messages of a batch."""

    def __init__(self, changes: Changes) -> None:
        """Write them into *changes*."""
        self._outbox = changes.outbox
        self._edits: dict[str, int] = {}

    def keep(self, messages: Iterable[OutboxRow]) -> None:
        """Keep only the newest state of a message that is edited several times in one batch."""
        for row in messages:
            if row.action == "edit" and row.key in self._edits:
                self._outbox[self._edits[row.key]] = row
                continue
            if row.action == "edit":
                self._edits[row.key] = len(self._outbox)
            self._outbox.append(row)


def told(
    live: Live, after: Round, effects: Sequence[rounds.Outgoing], now: datetime
) -> tuple[tuple[fx.Reply, ...], list[OutboxRow]]:
    """Return what the sender of a command is told, and the messages for others.

    What is for one learner goes where they play; what is for everybody goes wherever the round is played.
    """
    replies: list[fx.Reply] = []
    promised: list[OutboxRow] = []
    round_, version = live.round.id, live.row.version + 1
    sides = (live.row.place, live.row.mirrors)
    for effect in effects:
        if isinstance(effect, fx.ToLearner):
            person = after.people.get(effect.learner)
            side = played_at(live.row, person.side if person else OWN)
            promised.append(dispatch.to_learner(effect, round_, side.place, now=now))
        elif _is_reply(effect):
            replies.append(effect)
        else:
            promised += dispatch.to_channels(effect, round_, *sides, version=version, now=now)
    return tuple(replies), promised


def count(live: Live, now: datetime) -> list[OutboxRow]:
    """Return one live count for all the answers of the batch."""
    effect = rounds.live_count(live.round) if live.counted else None
    if effect is None:
        return []
    sides = (live.row.place, live.row.mirrors)
    return dispatch.to_channels(effect, live.round.id, *sides, version=live.row.version + 1, now=now)


def _is_reply(effect: fx.Effect) -> TypeIs[fx.Reply]:
    return isinstance(effect, REPLIES)
