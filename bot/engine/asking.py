"""Asking: what has to be loaded before events can be decided."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, TypeGuard, get_args

from bot.core import rounds
from bot.core.commands import (
    ChangeSettings,
    Intent,
    LinkCommand,
    PauseSchedules,
    React,
    RoundCommand,
    ScheduleCommand,
    StartRound,
    SubmitAnswer,
    Tick,
)
from bot.core.deck_commands import DecideProposal, DropUpload, TakeUpload
from bot.core.review_commands import Regrade
from bot.core.schedules import is_recap
from bot.engine.codec import to_ms
from bot.engine.dailies import STREAK_DAYS
from bot.engine.events import Event
from bot.engine.identities import new_channel
from bot.records import Asked, CodeRow, home_of, schedule_of

RECENT_ITEMS: Final = 200
DAILY_RECENT: Final = 2_000
"""A question of the day does not come again before so many others, or all that there are."""

REPEAT_SPAN: Final = timedelta(days=7)
ROUND_COMMANDS: Final = get_args(RoundCommand)
SCHEDULE_COMMANDS: Final = get_args(ScheduleCommand)
LINK_COMMANDS: Final = get_args(LinkCommand)


def is_round_command(intent: Intent) -> TypeGuard[RoundCommand]:
    """Tell whether *intent* is a command to a round that exists."""
    return isinstance(intent, ROUND_COMMANDS)


def is_schedule_command(intent: Intent) -> TypeGuard[ScheduleCommand]:
    """Tell whether *intent* concerns the schedules of a channel."""
    return isinstance(intent, SCHEDULE_COMMANDS)


def is_link_command(intent: Intent) -> TypeGuard[LinkCommand]:
    """Tell whether *intent* makes, uses or takes back a link."""
    return isinstance(intent, LINK_COMMANDS)


def asked_for(events: Sequence[Event], now: datetime) -> list[Asked]:
    """Return what has to be loaded before *events* can be decided.

    A question of the day is posted as its channel chose, and the channel's own place leads to that.
    """
    since = to_ms(now - REPEAT_SPAN)
    days_since = (now - STREAK_DAYS).date().isoformat()
    return [
        *(_asked_for(event, since, days_since) for event in events),
        *(Asked("", event.sent_from, None) for event in events if event.sent_from is not None),
        *(Asked("", home_of(event.place), None, places=True) for event in events if _comes_due(event)),
        *(_at_maker(event.found.code) for event in events if event.found and event.found.code),
    ]


def _at_maker(code: CodeRow) -> Asked:
    """Return what is wanted of where a code was made, and of who made it."""
    group = new_channel(code.place, code.workspace).own
    return Asked("", code.place, code.account, group=group, places=True)


def _comes_due(event: Event) -> bool:
    """Tell whether *event* may have something posted by a schedule, in all places of its channel."""
    return bool(schedule_of(event.place)) and isinstance(event.intent, Tick)


def _ticks(event: Event) -> bool:
    """Tell whether *event* may have a question of the day posted."""
    schedule = schedule_of(event.place)
    return bool(schedule) and not is_recap(schedule) and isinstance(event.intent, Tick)


def _asked_for(event: Event, since: int, days_since: str) -> Asked:
    intent = event.intent
    if isinstance(intent, SubmitAnswer | React):
        return Asked(event.id, event.place, event.account, since=since)
    schedule = schedule_of(event.place)
    ticks = _ticks(event)
    sets = is_schedule_command(intent) or isinstance(intent, ChangeSettings | PauseSchedules)
    new = sets or isinstance(intent, StartRound) or is_link_command(intent) or bool(event.own)
    return Asked(
        event=event.id,
        place=event.place,
        account=event.account,
        everyone=is_round_command(intent) and rounds.needs_everyone(intent),
        recent=RECENT_ITEMS if isinstance(intent, StartRound) else DAILY_RECENT if ticks else 0,
        since=since,
        schedules=bool(schedule) or sets,
        days_since=days_since if ticks else "",
        shares=ticks,
        group=_group(event, new=new),
        places=new and not schedule,
        code=event.found.hash if event.found else "",
        pack=event.own,
        upload=intent.upload if isinstance(intent, TakeUpload | DropUpload) else "",
        proposal=intent.proposal if isinstance(intent, DecideProposal) else "",
        item=_item(event),
    )


def _group(event: Event, *, new: bool) -> int:
    """Return the group that is asked for by its own name, 0 for none."""
    about = event.judged or event.regarded
    if about is not None:
        return about.group
    return new_channel(event.place, event.workspace).group if new else 0


def _item(event: Event) -> str:
    """Return the item that an event decides about, or looks at again."""
    if event.judged is not None:
        return event.judged.item.id
    return event.regarded.item if event.regarded is not None and isinstance(event.intent, Regrade) else ""
