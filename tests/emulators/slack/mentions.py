"""Mentions: whom a message calls, worked out as Slack does from what it shows.

Slack parses what is marked up: the text, texts of kind mrkdwn, markdown blocks, and the elements of rich text
that are made for it. It parses plain @here and its like where it was asked to, by link_names or parse=full,
and in a text of kind mrkdwn that is not verbatim. It never parses plain text.
"""

import re
from collections.abc import Iterator
from typing import Final

from tests.emulators.slack.refusals import Json
from tests.emulators.slack.residents import Pinged, Team

RANGES: Final = ("here", "channel", "everyone")
_USER: Final = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_GROUP: Final = re.compile(r"<!subteam\^(S[A-Z0-9]+)(?:\|[^<>]*)?>")
_RANGE: Final = re.compile(r"<!(here|channel|everyone)(?:\|[^<>]*)?>")
_NAME: Final = re.compile(r"(?<![\w@<|])@([\w.-]+)")


class Calls:
    """Gathers whom a message calls."""

    def __init__(self, team: Team) -> None:
        self._team = team
        self._users: dict[str, None] = {}
        self._groups: dict[str, None] = {}
        self._ranges: dict[str, None] = {}

    def marked(self, text: str, *, names: bool = False, ranges: bool = False) -> None:
        """Look through a text that is marked up; *names* and *ranges* say what more is parsed in it."""
        for found in _USER.findall(text):
            self.user(found)
        for found in _GROUP.findall(text):
            self.group(found)
        for found in _RANGE.findall(text):
            self.range(found)
        if names or ranges:
            for name in _NAME.findall(text):
                self._named(name.rstrip(".-"), names=names)

    def _named(self, name: str, *, names: bool) -> None:
        if name in RANGES:
            self.range(name)
        elif names:
            for user in self._team.users.values():
                if name in {user.name, user.display_name}:
                    self.user(user.id)
            for group in self._team.usergroups.values():
                if name == group.handle:
                    self.group(group.id)

    def user(self, id_: str) -> None:
        """Call somebody, who is there."""
        if id_ in self._team.users:
            self._users[id_] = None

    def group(self, id_: str) -> None:
        """Call a group of people."""
        if id_ in self._team.usergroups:
            self._groups[id_] = None

    def range(self, name: str) -> None:
        """Call all who are in the channel, or all who are there now."""
        self._ranges[name] = None

    def pinged(self) -> Pinged:
        """Return all who were called."""
        return Pinged(tuple(self._users), tuple(self._groups), tuple(self._ranges))


def pinged(team: Team, text: str, blocks: list[Json], *, names: bool = False) -> Pinged:
    """Return whom a message calls; *names* says that it was asked for link_names or parse=full."""
    calls = Calls(team)
    calls.marked(text, names=names)
    for part in parts_of(blocks):
        match part.get("type"):
            case "mrkdwn":
                calls.marked(part["text"], names=names, ranges=not part.get("verbatim"))
            case "markdown":
                calls.marked(part["text"], names=names)
            case "user":
                calls.user(part["user_id"])
            case "usergroup":
                calls.group(part["usergroup_id"])
            case "broadcast":
                calls.range(part["range"])
            case _:
                pass
    return calls.pinged()


def parts_of(value: object) -> Iterator[Json]:
    """Return every object inside *value*, at any depth."""
    if isinstance(value, dict):
        yield value
        for inside in value.values():
            yield from parts_of(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from parts_of(inside)
