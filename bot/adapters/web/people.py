"""People: who has joined the web chat, and how they prove it when they come back.

The log keeps a person by id. The roll of all people is kept in it too, as messages of a channel that nobody
can open, one under the key of each name, so that two people can never have the same one.
"""

import asyncio
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Final

from bot.adapters.web.inbound import LONGEST_NAME, Hello, clean_name, has_something_to_see, name_key
from bot.adapters.web.outbound import PRIVATE, TUTOR, Line, PersonHere, decode_body, encode_body
from bot.engine.codec import to_ms
from bot.ports import ChatLog, Clock, WebMessage, WebPerson
from bot.wording.web_sentences import SAY

ROLL: Final = f"{PRIVATE}{PRIVATE}people"
"""No public channel has this name, and no person has this id."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """Somebody who is in. *secret* is theirs alone; only its hash is kept."""

    person: WebPerson
    secret: str


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """Somebody who is not in, and why."""

    reason: str


class People:
    """Everybody who ever joined."""

    def __init__(self, log: ChatLog, clock: Clock, most: int) -> None:
        """Let in up to *most*."""
        self._log = log
        self._clock = clock
        self._most = most
        self._names: dict[str, str] = {}
        self._joining = asyncio.Lock()

    async def open(self) -> None:
        """Read the roll."""
        for entry in await self._log.history(ROLL, "", None, self._most):
            body = decode_body(entry.body)
            if isinstance(body, Line):
                self._names[entry.author] = body.text

    def name(self, id_: str) -> str:
        """Return the name of somebody, or of us."""
        return SAY.tutor_name() if id_ == TUTOR else self._names.get(id_, id_)

    def knows(self, id_: str) -> bool:
        """Tell whether somebody with this id ever joined."""
        return id_ in self._names

    def called(self, said: str) -> str | None:
        """Return the name of the one who is called *said*, however it is written; None for nobody."""
        wanted = name_key(said)
        return next((name for name in self._names.values() if name_key(name) == wanted), None)

    def all(self, here: frozenset[str]) -> list[PersonHere]:
        """Return everybody, in the order they first came, and who of them is *here*."""
        return [PersonHere(id=id_, name=name, here=id_ in here) for id_, name in self._names.items()]

    async def admit(self, hello: Hello) -> Admitted | TurnedAway:
        """Let somebody come back, or somebody new in."""
        if hello.person is not None and hello.secret is not None:
            return await self._come_back(hello.person, hello.secret)
        if hello.name is None:
            return TurnedAway(SAY.who_are_you())
        name = clean_name(hello.name)
        if not has_something_to_see(name):
            return TurnedAway(SAY.name_missing())
        if len(name) > LONGEST_NAME:
            return TurnedAway(SAY.name_too_long(LONGEST_NAME))
        async with self._joining:
            return await self._join(name)

    async def known(self, id_: str, secret: str) -> WebPerson | None:
        """Return who proves to be somebody that has joined; None for anybody else."""
        admitted = await self._come_back(id_, secret)
        return admitted.person if isinstance(admitted, Admitted) else None

    async def _come_back(self, id_: str, secret: str) -> Admitted | TurnedAway:
        person = await self._log.person(None, id_) if self.knows(id_) else None
        right = hmac.compare_digest(_hash(secret), person.secret_hash if person is not None else _hash(""))
        if person is None or not right:
            return TurnedAway(SAY.not_recognised())
        return Admitted(person, secret)

    async def _join(self, name: str) -> Admitted | TurnedAway:
        if len(self._names) >= self._most:
            return TurnedAway(SAY.house_full(self._most))
        if name_key(name) == name_key(SAY.tutor_name()):
            return TurnedAway(SAY.name_taken(name))
        claim = await self._claim(name)
        if await self._log.person(None, claim.author) is not None:
            return TurnedAway(SAY.name_taken(name))
        # A claim without a person was left by a crash between the two; it is as good as ours.
        secret = secrets.token_urlsafe(32)
        saved = await self._log.person(
            WebPerson(claim.author, name, _hash(secret), organiser=False), claim.author
        )
        if saved is None:
            return TurnedAway(SAY.went_wrong())
        self._names[saved.id] = saved.name
        return Admitted(saved, secret)

    async def _claim(self, name: str) -> WebMessage:
        """Put *name* on the roll for a new id; return the entry that has it, ours or another's."""
        entry = WebMessage(
            seq=0,
            channel=ROLL,
            author=secrets.token_hex(8),
            to="",
            key=f"name:{name_key(name)}",
            at=to_ms(self._clock.now()),
            revision=0,
            body=encode_body(Line(name)),
        )
        return await self._log.append(entry)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
