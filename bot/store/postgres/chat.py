"""The local web chat's log on PostgreSQL."""

from collections.abc import Mapping, Sequence

from bot.ports import WebMessage, WebPerson
from bot.store.postgres.connections import Connections, Session

_NO_END = 2**63 - 1


class PostgresChatLog:
    """What the local web chat remembers."""

    _connections: Connections

    async def person(self, person: WebPerson | None, id_: str) -> WebPerson | None:
        """Save *person* if given; return the person with *id_*. Once an organiser, always one."""
        async with self._connections.aside() as session:
            if person is not None:
                await _save_person(session, person)
            rows = await session.rows("person_by_id", id=id_)
        return WebPerson(rows[0][0], rows[0][1], rows[0][2], bool(rows[0][3])) if rows else None

    async def channels(self, new: str | None = None) -> Sequence[str]:
        """Add the channel *new* if given; return every public channel's name, in the order made."""
        async with self._connections.aside() as session:
            if new is not None:
                await session.rows("web_channel_add", name=new)
            rows = await session.rows("web_channels")
        return [name for (name,) in rows]

    async def append(self, message: WebMessage) -> WebMessage:
        """Add a message; with a key that is there already, return that message."""
        async with self._connections.aside() as session:
            rows = await session.rows(
                "message_add",
                channel=message.channel,
                author=message.author,
                recipient=message.to,
                key=message.key,
                at=message.at,
                revision=message.revision,
                body=message.body,
            )
            rows = rows or await session.rows("message_by_key", key=message.key)
        return WebMessage(*rows[0])

    async def edit(self, seq: int, body: str) -> WebMessage | None:
        """Replace a message's body; return it with its new revision, None when there is none."""
        async with self._connections.aside() as session:
            rows = await session.rows("message_edit", seq=seq, body=body)
        return WebMessage(*rows[0]) if rows else None

    async def history(
        self, channel: str, reader: str, before: int | None, limit: int
    ) -> Sequence[WebMessage]:
        """Return the newest *limit* messages before *before* that *reader* may see, oldest first."""
        end = _NO_END if before is None else before
        async with self._connections.aside() as session:
            rows = await session.rows(
                "messages_before", channel=channel, reader=reader, before=end, wanted=limit
            )
        return [WebMessage(*row) for row in reversed(rows)]

    async def react(
        self, seq: int, person: str, emoji: str, *, on: bool
    ) -> Mapping[str, Sequence[str]] | None:
        """Put or take a reaction; return all of the message's, in the order first put."""
        name = "reaction_add" if on else "reaction_drop"
        async with self._connections.aside() as session:
            if not await session.rows("message_by_seq", seq=seq):
                return None
            await session.rows(name, message_seq=seq, person=person, emoji=emoji)
            rows = await session.rows("reactions_of", message_seq=seq)
        found: dict[str, list[str]] = {}
        for shown, who in rows:
            found.setdefault(shown, []).append(who)
        return found


async def _save_person(session: Session, person: WebPerson) -> None:
    async with session.transaction():
        await session.rows("people_lock")
        await session.rows(
            "person_save",
            id=person.id,
            name=person.name,
            secret_hash=person.secret_hash,
            organiser=int(person.organiser),
        )
