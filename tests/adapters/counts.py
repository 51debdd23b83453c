"""Counting: what counts in the database, held against what people sent, what they read, and the podiums."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.adapters.players import Answer, Player, Room, Score, Sent


class Ledger:
    """What the database in a file holds of a platform when nobody writes to it any more."""

    def __init__(self, database: Path, platform: str) -> None:
        """Read *database*."""
        with closing(sqlite3.connect(database)) as connection:
            self._attempts = connection.execute(
                "SELECT question_id, round_id, external_id, points, credit, attempts.body FROM attempts"
                " JOIN accounts USING (learner_id) WHERE platform = ?",
                (platform,),
            ).fetchall()
            self._rounds = connection.execute(
                "SELECT id, external_id FROM rounds WHERE platform = ? AND NOT open ORDER BY started_at, id",
                (platform,),
            ).fetchall()

    def answers(self) -> dict[tuple[str, str], list[Answer]]:
        """Return what counts, by question and account; more than one answer is one too many."""
        found: dict[tuple[str, str], list[Answer]] = defaultdict(list)
        for question, _, account, _, _, body in self._attempts:
            found[question, account].append(_answer_in(body))
        return found

    def rounds_in(self, place: str) -> list[str]:
        """Return the rounds of a channel that are over, in the order in which they began."""
        return [id_ for id_, where in self._rounds if where == place]

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
    that nothing counts; it does not where something was acknowledged.
    """
    found: dict[str, set[Answer | None]] = {}
    for one in sent:
        if one.confirmed:
            found[one.question] = {one.answer}
        elif not one.refused:
            found.setdefault(one.question, {None}).add(one.answer)
            if one.acknowledged:
                found[one.question].discard(None)
    return found


def miscounted(ledger: Ledger, players: Sequence[Player[Any, Any]]) -> list[str]:
    """Return each answer that counts and should not, or does not count and should, in words."""
    counted = ledger.answers()
    wrong = []
    for player in players:
        for question, allowed in possible(player.sent).items():
            answers: list[Answer | None] = [*counted.pop((question, player.account), ())]
            if len(answers) > 1 or not {*(answers or [None])} <= allowed:
                wrong.append(f"{player.name} {question}: {answers}, of {allowed}")
    return wrong + [f"Nobody sent {answers} to {key}" for key, answers in counted.items()]


def misscored(ledger: Ledger, room: Room[Any, Any]) -> list[str]:
    """Return each podium of *room* that says something else than the attempts do, in words."""
    rounds = ledger.rounds_in(room.place)
    names = {player.account: player.name for player in room.players}
    if len(rounds) != len(room.podiums):
        return [f"{room.name}: {len(rounds)} rounds and {len(room.podiums)} podiums"]
    wrong = []
    for round_, podium in zip(rounds, room.podiums, strict=True):
        recounted = {names[account]: score for account, score in ledger.scores(round_).items()}
        said = room.said_of(podium)
        if said != {name: recounted.get(name, (0, 0)) for name in names.values()}:
            wrong.append(f"{room.name} {round_}: {said} is said, {recounted} is right")
    return wrong


def misplaced(rooms: Sequence[Room[Any, Any]]) -> list[str]:
    """Return each room whose last podium is not what its players' right answers make it, in words."""
    wrong = []
    for room in rooms:
        said = {name: right for name, (_, right) in room.said_of(room.podiums[-1]).items()}
        meant = {one.name: int(room.right is not None and room.right(one)) for one in room.players}
        wrong += [f"{room.name}: {said}, not {meant}"] * (said != meant)
    return wrong


def _answer_in(body: str) -> Answer:
    response = json.loads(body)["d"]["response"]
    return tuple(sorted(response["options"])) if "options" in response else tuple(response["texts"])
