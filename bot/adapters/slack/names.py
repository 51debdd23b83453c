"""Names: people, user groups and channels as Slack knows them, and as a typed line calls them.

Slack puts ids in the place of whom and what is mentioned, so names are never guessed: who is meant has to be
mentioned. A channel is a place of ours with its workspace in front.
"""

import asyncio
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from bot.adapters.slack.addresses import place_of, user_of
from bot.adapters.slack.inbound import Asked
from bot.adapters.slack.people import People
from bot.core import effects as fx
from bot.core.commands import ChangeSettings, Elsewhere, HostedBy, Intent, NotUnderstood, SetDaily
from bot.wording.menu import InputProblem
from bot.wording.slack_notices import SAY

_PERSON: Final = re.compile(r"[UW][A-Z0-9]{2,}", re.ASCII)
_USERGROUP: Final = re.compile(r"S[A-Z0-9]{2,}", re.ASCII)
_SURELY_A_USERGROUP: Final = re.compile(r"S[A-Z0-9]{8,}", re.ASCII)
_CHANNEL: Final = re.compile(r"[CG][A-Z0-9]{2,}", re.ASCII)


class Names:
    """Finds what was meant, and the names of what is shown."""

    def __init__(self, people: People) -> None:
        """Ask *people* what somebody is called."""
        self._people = people

    def meant(self, intent: Intent, asked: Asked) -> Intent:
        """Return *intent* with ids of ours in the place of Slack's; NotUnderstood for what is none."""
        match intent:
            case Elsewhere(channel=channel, command=command):
                if not _CHANNEL.fullmatch(channel):
                    return NotUnderstood(InputProblem.UNKNOWN_CHANNEL, channel)
                inner = self.meant(command, asked)
                place = place_of(asked.account, asked.team, channel)
                return inner if isinstance(inner, NotUnderstood) else replace(intent, channel=place.id)
            case SetDaily(mention=str(mention)) if mention and not _USERGROUP.fullmatch(mention):
                return NotUnderstood(InputProblem.BAD_MENTION, mention)
            case ChangeSettings():
                return _with_people(intent, asked)
            case _:
                return intent

    async def named(self, effect: fx.Reply, asked: Asked) -> fx.Reply:
        """Return *effect* with names where it has ids, as far as they can be known."""
        match effect:
            case fx.SettingsShown():
                return await self._settings(effect, asked)
            case fx.ScheduleSet(line=line):
                return replace(effect, line=await self._schedule(line, asked))
            case fx.SchedulesShown(lines=lines):
                return replace(effect, lines=tuple([await self._schedule(line, asked) for line in lines]))
            case _:
                return effect

    async def _schedule(self, line: fx.ScheduleLine, asked: Asked) -> fx.ScheduleLine:
        known = line.mention and await self._people.group_name(asked.team, line.mention)
        return replace(line, mention=known) if known else line

    async def _settings(self, effect: fx.SettingsShown, asked: Asked) -> fx.SettingsShown:
        hosts = effect.hosts
        ids = list(dict.fromkeys((*effect.organisers, *(hosts or ()))))
        known = await asyncio.gather(*(self._name(asked.team, id_) for id_ in ids))
        names = dict(zip(ids, known, strict=True))
        return replace(
            effect,
            organisers=tuple(names[id_] for id_ in effect.organisers),
            hosts=None if hosts is None else tuple(names[id_] for id_ in hosts),
        )

    async def _name(self, team: str, id_: str) -> str:
        known = await self._people.look_up(team, user_of(id_)) if _PERSON.fullmatch(user_of(id_)) else None
        return known.name if known else id_


def not_found(intent: Intent) -> str:
    """Return how to name what *intent* could not be understood for, "" for all else: here it is mentioned."""
    match intent:
        case NotUnderstood(InputProblem.UNKNOWN_PERSON, said) if _SURELY_A_USERGROUP.fullmatch(said):
            return SAY.not_a_person()
        case NotUnderstood(InputProblem.UNKNOWN_PERSON, said):
            return SAY.no_such_person(said)
        case NotUnderstood(InputProblem.UNKNOWN_CHANNEL):
            return SAY.no_such_channel()
        case NotUnderstood(InputProblem.BAD_MENTION):
            return SAY.no_such_group()
        case _:
            return ""


def _with_people(intent: ChangeSettings, asked: Asked) -> ChangeSettings | NotUnderstood:
    """Return *intent* with ids: a name that nobody has yet could be taken by anybody."""
    said = (*(intent.organisers or ()), *((intent.hosts.names if intent.hosts else None) or ()))
    wrong = next((name for name in said if not _PERSON.fullmatch(name)), None)
    if wrong is not None:
        return NotUnderstood(InputProblem.UNKNOWN_PERSON, wrong)
    hosts = intent.hosts
    if hosts is not None and hosts.names:
        hosts = HostedBy(_ids(hosts.names, asked))
    organisers = None if intent.organisers is None else _ids(intent.organisers, asked)
    return replace(intent, organisers=organisers, hosts=hosts)


def _ids(users: Iterable[str], asked: Asked) -> tuple[str, ...]:
    return tuple(f"{asked.team}/{user}" for user in users)
