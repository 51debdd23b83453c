"""The local web chat's log in memory."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.ports import WebMessage, WebPerson


class MemoryChatLog:
    """What the local web chat remembers, as dictionaries."""

    def __init__(self) -> None:
        super().__init__()
        self._people: dict[str, WebPerson] = {}
        self._channels: dict[str, None] = {}
        self._messages: dict[int, WebMessage] = {}
        self._of_key: dict[str, int] = {}
        self._reactions: defaultdict[int, dict[tuple[str, str], None]] = defaultdict(dict)

    async def person(self, person: WebPerson | None, id_: str) -> WebPerson | None:
        """Save *person* if given; return the person with *id_*. Once an organiser, always one."""
        if person is not None:
            before = self._people.get(person.id)
            chosen = before.organiser if before is not None else not self._people
            self._people[person.id] = replace(person, organiser=person.organiser or chosen)
        return self._people.get(id_)

    async def channels(self, new: str | None = None) -> Sequence[str]:
        """Add the channel *new* if given; return every public channel's name, in the order made."""
        if new is not None:
            self._channels.setdefault(new)
        return list(self._channels)

    async def append(self, message: WebMessage) -> WebMessage:
        """Add a message; with a key that is there already, return that message."""
        if message.key and message.key in self._of_key:
            return self._messages[self._of_key[message.key]]
        added = replace(message, seq=len(self._messages) + 1)
        self._messages[added.seq] = added
        if added.key:
            self._of_key[added.key] = added.seq
        return added

    async def edit(self, seq: int, body: str) -> WebMessage | None:
        """Replace a message's body; return it with its new revision, None when there is none."""
        message = self._messages.get(seq)
        if message is None:
            return None
        self._messages[seq] = replace(message, body=body, revision=message.revision + 1)
        return self._messages[seq]

    async def history(
        self, channel: str, reader: str, before: int | None, limit: int
    ) -> Sequence[WebMessage]:
        """Return the newest *limit* messages before *before* that *reader* may see, oldest first."""
        seen = [
            message
            for message in self._messages.values()
            if message.channel == channel
            and message.to in ("", reader)
            and (before is None or message.seq < before)
        ]
        return seen[max(0, len(seen) - limit) :]

    async def react(
        self, seq: int, person: str, emoji: str, *, on: bool
    ) -> Mapping[str, Sequence[str]] | None:
        """Put or take a reaction; return all of the message's, in the order first put."""
        if seq not in self._messages:
            return None
        reactions = self._reactions[seq]
        if on:
            reactions.setdefault((emoji, person))
        else:
            reactions.pop((emoji, person), None)
        found: dict[str, list[str]] = {}
        for shown, who in reactions:
            found.setdefault(shown, []).append(who)
        return found
