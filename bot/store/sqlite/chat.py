"""The local web chat's log on SQLite."""

import sqlite3
from collections.abc import Mapping, Sequence

from bot.ports import WebMessage, WebPerson
from bot.store.sqlite.connections import Connection, transaction

_NO_END = 2**63 - 1


class SqliteChatLog:
    """What the local web chat remembers."""

    _writer: Connection
    _reader: Connection
    _sql: Mapping[str, str]

    async def person(self, person: WebPerson | None, id_: str) -> WebPerson | None:
        """Save *person* if given; return the person with *id_*. Once an organiser, always one."""
        if person is not None:
            await self._save_person(person)
        text = self._sql["person_by_id"]
        row = await self._reader.run(lambda connection: connection.execute(text, {"id": id_}).fetchone())
        return None if row is None else WebPerson(row[0], row[1], row[2], bool(row[3]))

    async def channels(self, new: str | None = None) -> Sequence[str]:
        """Add the channel *new* if given; return every public channel's name, in the order made."""
        if new is not None:
            await self._write("web_channel_add", {"name": new})
        text = self._sql["web_channels"]
        rows = await self._reader.run(lambda connection: connection.execute(text).fetchall())
        return [name for (name,) in rows]

    async def append(self, message: WebMessage) -> WebMessage:
        """Add a message; with a key that is there already, return that message."""
        wanted = {
            "channel": message.channel,
            "author": message.author,
            "recipient": message.to,
            "key": message.key,
            "at": message.at,
            "revision": message.revision,
            "body": message.body,
        }

        def write(connection: sqlite3.Connection) -> WebMessage:
            with transaction(connection) as cursor:
                rows = cursor.execute(self._sql["message_add"], wanted).fetchall()
                rows = rows or cursor.execute(self._sql["message_by_key"], {"key": message.key}).fetchall()
            return WebMessage(*rows[0])

        return await self._writer.run(write)

    async def edit(self, seq: int, body: str) -> WebMessage | None:
        """Replace a message's body; return it with its new revision, None when there is none."""

        def write(connection: sqlite3.Connection) -> WebMessage | None:
            with transaction(connection) as cursor:
                rows = cursor.execute(self._sql["message_edit"], {"seq": seq, "body": body}).fetchall()
            return WebMessage(*rows[0]) if rows else None

        return await self._writer.run(write)

    async def history(
        self, channel: str, reader: str, before: int | None, limit: int
    ) -> Sequence[WebMessage]:
        """Return the newest *limit* messages before *before* that *reader* may see, oldest first."""
        text = self._sql["messages_before"]
        end = _NO_END if before is None else before
        wanted = {"channel": channel, "reader": reader, "before": end, "wanted": limit}
        rows = await self._reader.run(lambda connection: connection.execute(text, wanted).fetchall())
        return [WebMessage(*row) for row in reversed(rows)]

    async def react(
        self, seq: int, person: str, emoji: str, *, on: bool
    ) -> Mapping[str, Sequence[str]] | None:
        """Put or take a reaction; return all of the message's, in the order first put."""
        text = self._sql["reaction_add" if on else "reaction_drop"]
        wanted = {"message_seq": seq, "person": person, "emoji": emoji}

        def write(connection: sqlite3.Connection) -> Mapping[str, Sequence[str]] | None:
            with transaction(connection) as cursor:
                if cursor.execute(self._sql["message_by_seq"], {"seq": seq}).fetchone() is None:
                    return None
                cursor.execute(text, wanted)
                rows = cursor.execute(self._sql["reactions_of"], {"message_seq": seq}).fetchall()
            return _by_emoji(rows)

        return await self._writer.run(write)

    async def _save_person(self, person: WebPerson) -> None:
        wanted: dict[str, str | int] = {
            "id": person.id,
            "name": person.name,
            "secret_hash": person.secret_hash,
            "organiser": int(person.organiser),
        }
        await self._write("person_save", wanted)

    async def _write(self, name: str, wanted: Mapping[str, str | int]) -> None:
        """Run one statement that writes, and commit."""
        text = self._sql[name]
        await self._writer.run(lambda connection: connection.execute(text, wanted).close())


def _by_emoji(rows: Sequence[tuple[str, str]]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for emoji, person in rows:
        found.setdefault(emoji, []).append(person)
    return found
