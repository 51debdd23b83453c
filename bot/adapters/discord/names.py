"""Names: roles, people and channels as Discord knows them, and as a typed line calls them."""

import asyncio
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

import discord
from discord import Guild, Permissions

from bot.adapters.discord.failures import FAULTS
from bot.adapters.discord.inbound import Asked
from bot.core import effects as fx
from bot.core.commands import ChangeSettings, Elsewhere, HostedBy, Intent, NotUnderstood, SetDaily
from bot.wording.menu import Accepts, InputProblem, every_option

NAME_SECONDS: Final = 1.0
"""Whoever asks for the settings waits so long for the names of people at most."""

_OF_ROLES: Final = frozenset({Accepts.ROLE, Accepts.PEOPLE})
_WITH_ROLES: Final = frozenset(option.name for option in every_option() if option.accepts in _OF_ROLES)
"""The options that take the names of roles."""


class Names:
    """Finds what a name means in the server that it was said in; Discord's ids mean themselves."""

    def suggested(self, asked: Asked, focused: str, line: str) -> Mapping[str, str]:
        """Return the roles that could be meant at the end of *line*, where *focused* is typed.

        What to show, by value: where several are named, with those that stand there already.
        """
        if asked.guild is None or focused not in _WITH_ROLES:
            return {}
        said = line.rpartition(f"{focused}:")[2]
        before, begun = _last_name(said)
        roles = (role for role in asked.guild.roles if not role.is_default() and not role.managed)
        fitting = (role for role in roles if begun in role.name.casefold())
        return {f"{before}<@&{role.id}>": f"{before}@{role.name}" for role in fitting}

    async def meant(self, intent: Intent, asked: Asked, picked: Mapping[str, Permissions]) -> Intent:
        """Return *intent* with ids in the place of names; NotUnderstood for what is not there to be named.

        A channel may be named that its sender sees: one that was *picked* comes with what they may do there.
        """
        match intent:
            case Elsewhere(command=SetDaily(mention=str()) as command):
                mentioned = self._mentioned(command, asked.guild)
                if isinstance(mentioned, NotUnderstood):
                    return mentioned
                return _elsewhere(replace(intent, command=mentioned), asked, picked)
            case Elsewhere():
                return _elsewhere(intent, asked, picked)
            case SetDaily(mention=str()):
                return self._mentioned(intent, asked.guild)
            case ChangeSettings():
                return _with_people(intent, asked.guild)
            case _:
                return intent

    def _mentioned(self, command: SetDaily, guild: Guild | None) -> SetDaily | NotUnderstood:
        if not command.mention:
            return command
        role = _role(command.mention, guild)
        if role is None:
            return NotUnderstood(InputProblem.BAD_MENTION, command.mention)
        return replace(command, mention=str(role.id))

    async def named(self, effect: fx.Reply, asked: Asked) -> fx.Reply:
        """Return *effect* with names where it has ids of roles and people, as far as they can be known."""
        guild = asked.guild
        if guild is None or not isinstance(effect, fx.SettingsShown):
            return effect
        hosts = effect.hosts
        ids = dict.fromkeys((*effect.organisers, *(hosts or ())))
        names = dict(zip(ids, await asyncio.gather(*(_name(id_, guild) for id_ in ids)), strict=True))
        return replace(
            effect,
            organisers=tuple(names[id_] for id_ in effect.organisers),
            hosts=None if hosts is None else tuple(names[id_] for id_ in hosts),
        )


def _last_name(said: str) -> tuple[str, str]:
    """Return the names that are typed whole, and what is typed of the last, folded and without its @."""
    found = re.match(r"(?P<before>.*(?:[,>]\s*|\s(?=@)))?(?P<last>.*)", said, re.DOTALL)
    before, last = (found["before"] or "", found["last"]) if found else ("", said)
    return before, last.strip().removeprefix("@").casefold()


def _elsewhere(
    intent: Elsewhere, asked: Asked, picked: Mapping[str, Permissions]
) -> Elsewhere | NotUnderstood:
    """Return *intent* if its channel is there and its sender may see it."""
    may = picked.get(intent.channel)
    if may is None and asked.guild is not None and isinstance(asked.user, discord.Member):
        channel = _channel(intent.channel, asked.guild)
        if channel is not None:
            return (
                replace(intent, channel=str(channel.id)) if _sees(asked.user, channel) else _unknown(intent)
            )
    return intent if may is not None and may.view_channel else _unknown(intent)


def _sees(member: discord.Member, channel: "discord.abc.GuildChannel | discord.Thread") -> bool:
    return channel.permissions_for(member).view_channel


def _unknown(intent: Elsewhere) -> NotUnderstood:
    return NotUnderstood(InputProblem.UNKNOWN_CHANNEL, intent.channel)


def _channel(said: str, guild: Guild) -> "discord.abc.GuildChannel | discord.Thread | None":
    if said.isdecimal():
        return guild.get_channel_or_thread(int(said))
    named = (channel for channel in guild.text_channels if channel.name.casefold() == said.casefold())
    return next(named, None)


def _with_people(intent: ChangeSettings, guild: Guild | None) -> ChangeSettings | NotUnderstood:
    """Return *intent* with ids: a name that nobody has yet could be taken by anybody."""
    said = (*(intent.organisers or ()), *((intent.hosts.names if intent.hosts else None) or ()))
    ids = {name: _person_or_role(name, guild) for name in said}
    missing = next((name for name, id_ in ids.items() if not id_), None)
    if missing is not None:
        return NotUnderstood(InputProblem.UNKNOWN_PERSON, missing)
    hosts = intent.hosts
    if hosts is not None and hosts.names:
        hosts = HostedBy(_ids(hosts.names, ids))
    organisers = None if intent.organisers is None else _ids(intent.organisers, ids)
    return replace(intent, organisers=organisers, hosts=hosts)


def _ids(names: Iterable[str], ids: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(ids[name] for name in names)


def _person_or_role(said: str, guild: Guild | None) -> str:
    """Return the id that *said* is or names; a person is named by mentioning them, whose id it then is."""
    role = _role(said, guild)
    if role is not None:
        return str(role.id)
    is_everyone = guild is not None and said == str(guild.id)
    return said if said.isdecimal() and not is_everyone else ""


def _role(said: str, guild: Guild | None) -> discord.Role | None:
    """Return the role with this id or name; never the one that everybody has."""
    roles = [] if guild is None else [role for role in guild.roles if not role.is_default()]
    wanted = said.casefold()
    return next((role for role in roles if said == str(role.id) or wanted == role.name.casefold()), None)


async def _name(id_: str, guild: Guild) -> str:
    """Return what the role or the person *id_* is called, the id itself when that cannot be told at once."""
    role = _role(id_, guild)
    if role is not None:
        return f"@{role.name}"
    try:
        async with asyncio.timeout(NAME_SECONDS):
            return (guild.get_member(int(id_)) or await guild.fetch_member(int(id_))).display_name
    except (*FAULTS, ValueError):
        return id_
