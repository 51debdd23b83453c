"""Counting: what counts in the database, held against what people sent, what they read, and the podiums."""

import json
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from tests.adapters.discord.players import Answer, Player, Room, Sent
from tests.emulators.discord import DiscordServer, Message, World, parts_of, text_of

_ROW: Final = re.compile(r"^ *\d+ +(\S+) +(-?\d+) +(\d+) *$", re.MULTILINE)
_CONTAINER: Final = 17

Score = tuple[int, int]
"""Points, and how many questions were answered right."""


class Ledger:
    """What the database in a file holds when nobody writes to it any more."""

    def __init__(self, database: Path) -> None:
        """Read *database*."""
        with closing(sqlite3.connect(database)) as connection:
            self._attempts = connection.execute(
                "SELECT question_id, round_id, external_id, points, credit, attempts.body FROM attempts"
                " JOIN accounts USING (learner_id) WHERE platform = 'discord'"
            ).fetchall()
            self._rounds = connection.execute(
                "SELECT id, external_id FROM rounds WHERE platform = 'discord' AND NOT open"
                " ORDER BY started_at, id"
            ).fetchall()

    def answers(self) -> dict[tuple[str, str], list[Answer]]:
        """Return what counts, by question and account; more than one answer is one too many."""
        found: dict[tuple[str, str], list[Answer]] = defaultdict(list)
        for question, _, account, _, _, body in self._attempts:
            found[question, account].append(_answer_in(body))
        return found

    def rounds_in(self, channel: str) -> list[str]:
        """Return the rounds of a channel that are over, in the order in which they began."""
        return [id_ for id_, place in self._rounds if place == channel]

    def scores(self, round_: str) -> dict[str, Score]:
        """Return what the attempts of *round_* add up to, by account."""
        totals: dict[str, Score] = {}
        for _, its_round, account, points, credit, _ in self._attempts:
            if its_round == round_:
                before = totals.get(account, (0, 0))
                totals[account] = (before[0] + points, before[1] + (credit == 1))
        return totals


def possible(sent: Iterable[Sent]) -> dict[str, set[Answer | None]]:
    """Return what may count for somebody who *sent* so much, by question.

    That is what they read last that it is in, or what they sent after that and never heard of again. None is
    that nothing counts.
    """
    found: dict[str, set[Answer | None]] = {}
    for one in sent:
        if one.confirmed:
            found[one.question] = {one.answer}
        elif not one.refused:
            found.setdefault(one.question, {None}).add(one.answer)
    return found


def miscounted(ledger: Ledger, players: Sequence[Player]) -> list[str]:
    """Return each answer that counts and should not, or does not count and should, in words."""
    counted = ledger.answers()
    wrong = []
    for player in players:
        account = str(player.person.user.id)
        for question, allowed in possible(player.sent).items():
            answers: list[Answer | None] = [*counted.pop((question, account), ())]
            if len(answers) > 1 or not {*(answers or [None])} <= allowed:
                wrong.append(f"{player.person.user.name} {question}: {answers}, of {allowed}")
    return wrong + [f"Nobody sent {answers} to {key}" for key, answers in counted.items()]


def misscored(ledger: Ledger, room: Room) -> list[str]:
    """Return each podium of *room* that says something else than the attempts do, in words."""
    rounds = ledger.rounds_in(str(room.channel.id))
    names = {str(player.person.user.id): player.person.user.name for player in room.players}
    if len(rounds) != len(room.podiums):
        return [f"{room.channel.name}: {len(rounds)} rounds and {len(room.podiums)} podiums"]
    wrong = []
    for round_, podium in zip(rounds, room.podiums, strict=True):
        recounted = {names[account]: score for account, score in ledger.scores(round_).items()}
        said = podium_of(podium)
        if said != {name: recounted.get(name, (0, 0)) for name in names.values()}:
            wrong.append(f"{room.channel.name} {round_}: {said} is said, {recounted} is right")
    return wrong


def podium_of(message: Message) -> Mapping[str, Score]:
    """Return what a podium says of each player."""
    return {name: (int(points), int(right)) for name, points, right in _ROW.findall(text_of(message))}


def doubled(world: World) -> Mapping[str, int]:
    """Return how often each message of ours was posted that was posted twice, by its channel and marker."""
    return world.doubled(_named)


def twice_told(server: DiscordServer, players: Sequence[Player]) -> list[str]:
    """Return the interactions that were acknowledged twice, or answered with two confirmations."""
    callbacks = [one.path for one in server.traffic.exchanges("callback") if one.status in {200, 204}]
    twice = [path for path, times in Counter(callbacks).items() if times > 1]
    confirmed = [
        [one for one in interaction.responses if one.message and "Your answer" in text_of(one.message)]
        for player in players
        for interaction in player.interactions
    ]
    return twice + [str(one) for one in confirmed if len(one) > 1]


def _named(message: Message) -> str | None:
    containers = (part["id"] for part in parts_of(message.components) if part["type"] == _CONTAINER)
    marker = next(containers, None) if message.application else None
    return None if marker is None else f"{message.channel.name} {marker} {text_of(message)[:40]!r}"


def _answer_in(body: str) -> Answer:
    response = json.loads(body)["d"]["response"]
    return tuple(sorted(response["options"])) if "options" in response else tuple(response["texts"])
