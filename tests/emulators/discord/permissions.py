"""Permissions: the bits that are looked at, and who has which in a channel."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntFlag


class Permission(IntFlag):
    """What somebody may do; the bits are Discord's."""

    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    MANAGE_ROLES = 1 << 28
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    SEND_MESSAGES_IN_THREADS = 1 << 38


EVERYTHING = Permission(0)
for _one in Permission:
    EVERYTHING |= _one

USUAL = EVERYTHING & ~(
    Permission.ADMINISTRATOR
    | Permission.MANAGE_CHANNELS
    | Permission.MANAGE_GUILD
    | Permission.MANAGE_MESSAGES
    | Permission.MANAGE_ROLES
    | Permission.MANAGE_THREADS
)
"""What everybody has in a new guild. It lets people call everyone, as Discord's own default does."""


NOTHING = Permission(0)


@dataclass(slots=True)
class Overwrite:
    """What a channel allows and denies a role or a person, above what the guild says."""

    allow: Permission = NOTHING
    deny: Permission = NOTHING

    def over(self, base: Permission) -> Permission:
        """Return what is left of *base*."""
        return (base & ~self.deny) | self.allow


def combined(overwrites: Iterable[Overwrite]) -> Overwrite:
    """Return what several roles' overwrites make together: an allowance wins over a denial."""
    allow, deny = NOTHING, NOTHING
    for overwrite in overwrites:
        allow |= overwrite.allow
        deny |= overwrite.deny
    return Overwrite(allow, deny)
