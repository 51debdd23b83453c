"""Mentions: whom a message would call.

A mention in code counts too: Discord's own clients show it as text there, but no test should depend on that.
An edit calls nobody, nor does a message that one person alone sees.
"""

import re
from collections.abc import Collection
from typing import Final

from tests.emulators.discord.checks import Form
from tests.emulators.discord.permissions import Permission
from tests.emulators.discord.refusals import Json
from tests.emulators.discord.residents import Channel, Pinged, Snowflake, User

MOST_ALLOWED: Final = 100
_USER: Final = re.compile(r"<@!?(\d{15,20})>", re.ASCII)
_ROLE: Final = re.compile(r"<@&(\d{15,20})>", re.ASCII)
_EVERYONE: Final = re.compile(r"@(?:everyone|here)")
_KINDS: Final = ("users", "roles", "everyone")


def check_allowed_mentions(form: Form, allowed: object) -> None:
    """Check what a message says of whom it may call."""
    if allowed is None:
        return
    if not isinstance(allowed, dict):
        form.add(("allowed_mentions",), "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
        return
    parse = allowed.get("parse") or []
    for index, kind in enumerate(parse):
        form.one_of(("allowed_mentions", "parse", index), kind, _KINDS)
    for kind in ("users", "roles"):
        ids = allowed.get(kind) or []
        form.count(("allowed_mentions", kind), ids, 0, MOST_ALLOWED)
        if ids and kind in parse:
            form.add(
                ("allowed_mentions",),
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.',
            )


def mentioned_users(text: str) -> list[int]:
    """Return the users that *text* names, each once."""
    return list(dict.fromkeys(int(id_) for id_ in _USER.findall(text)))


def pinged(
    text: str, allowed: Json | None, author: User, channel: Channel, replied_to: User | None
) -> Pinged:
    """Return whom *text* calls in *channel*."""
    all_may = Permission.MENTION_EVERYONE in channel.permissions_of(author)
    reach = _Reach(allowed)
    users = [id_ for id_ in mentioned_users(text) if reach.lets("users", id_)]
    if replied_to is not None and reach.replied and replied_to.id not in users:
        users.append(replied_to.id)
    roles = [id_ for id_ in _roles(text, channel, all_may=all_may) if reach.lets("roles", id_)]
    everyone = all_may and reach.everyone and channel.guild is not None and bool(_EVERYONE.search(text))
    return Pinged(_snowflakes(users), _snowflakes(roles), everyone)


class _Reach:
    """Whom allowed_mentions lets through; without it all."""

    def __init__(self, allowed: Json | None) -> None:
        self._all = allowed is None
        self._allowed = allowed or {}
        self._parse: Collection[str] = self._allowed.get("parse") or ()
        self.everyone = self._all or "everyone" in self._parse
        self.replied = self._all or bool(self._allowed.get("replied_user"))

    def lets(self, kind: str, id_: int) -> bool:
        named = (int(one) for one in self._allowed.get(kind) or ())
        return self._all or kind in self._parse or id_ in named


def _roles(text: str, channel: Channel, *, all_may: bool) -> list[int]:
    if channel.guild is None:
        return []
    roles = channel.guild.roles
    named = dict.fromkeys(int(id_) for id_ in _ROLE.findall(text))
    return [id_ for id_ in named if id_ in roles and (all_may or roles[id_].mentionable)]


def _snowflakes(ids: Collection[int]) -> tuple[Snowflake, ...]:
    return tuple(Snowflake(id_) for id_ in ids)
