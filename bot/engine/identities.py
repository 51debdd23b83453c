"""Identities: ids that are made, not fetched, so that deciding stays pure.

Each is the hash of what it stands for: the same account is the same learner in every process, without asking
anybody. Linking accounts later points one account at another learner; it changes rows, not ids.
"""

from base64 import b32encode
from hashlib import blake2b

from bot.core.ids import RoundId, ScheduleId
from bot.core.schedules import RECAP
from bot.records import Account, ChannelRow, LearnerRow, Place


def short(text: str) -> str:
    """Return 13 characters of base 32 made from *text*."""
    return b32encode(blake2b(text.encode(), digest_size=8).digest()).decode().rstrip("=").lower()


def number(text: str) -> int:
    """Return a positive 63-bit number made from *text*."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big") >> 1


def new_channel(place: Place, workspace: str) -> ChannelRow:
    """Return the channel that *place* leads to when nobody has linked it elsewhere."""
    group = number(f"group\n{place.platform}\n{workspace}")
    return ChannelRow(place, number(f"channel\n{place.platform}\n{place.id}"), group, own=group)


def new_union(event: str) -> int:
    """Return the group that *event* makes out of several."""
    return number(f"union\n{event}")


def new_person(event: str) -> int:
    """Return the learner that *event* makes out of several."""
    return number(f"person\n{event}")


def new_learner(account: Account, name: str) -> LearnerRow:
    """Return the learner that *account* leads to when nobody has linked it elsewhere."""
    return LearnerRow(account, number(f"learner\n{account.platform}\n{account.id}"), name)


def round_id(event: str) -> RoundId:
    """Return the id of the round that *event* starts: 13 characters of base 32."""
    return RoundId(short(f"round\n{event}"))


def schedule_id(place: Place, name: str) -> ScheduleId:
    """Return the id of the schedule called *name* in *place*, however the name is written."""
    return ScheduleId(short(f"schedule\n{place.platform}\n{place.id}\n{name.casefold()}"))


def recap_id(place: Place) -> ScheduleId:
    """Return the id of the schedule of the weekly recap in *place*."""
    return ScheduleId(RECAP + short(f"recap\n{place.platform}\n{place.id}"))
