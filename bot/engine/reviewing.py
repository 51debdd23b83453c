"""Reviewing: a decision about an item, and what becomes of all that was answered to it.

Rule 1: a decision is made on the item as the sender saw it, or not at all.
Rule 2: answers are looked at again when what is right has changed, or when none of them is to count.
Rule 3: rounds that are open then are looked at once they have ended; nothing of an open round changes.
Rule 4: an item that was void stays so for what was answered before.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core import effects as fx
from bot.core import review_effects as rx
from bot.core.amendments import Verdict
from bot.core.commands import Person
from bot.core.ids import LearnerId, QuestionId, RoundId
from bot.core.items import Item
from bot.core.mending import key_in_words
from bot.core.questions import round_of
from bot.core.review_commands import DecideReview
from bot.core.review_effects import ReviewRefused, ReviewTrouble
from bot.core.states import Participant
from bot.engine import codec, dispatch
from bot.engine.codec import to_ms
from bot.engine.correcting import corrections
from bot.engine.events import Judged, Regarded, is_private, private_place
from bot.engine.groups import Groups
from bot.engine.identities import short
from bot.engine.promises import Promises
from bot.engine.sides import played_at
from bot.engine.sittings import Reviewed, look_again, write
from bot.records import (
    AmendmentRow,
    Changes,
    ChannelRow,
    DecisionRow,
    FlaggerRow,
    History,
    Place,
    RoundRow,
    Snapshot,
    SuspectRow,
    home_of,
)


@dataclass(frozen=True, slots=True)
class _About:
    """What was decided about which item, for those who are told; *item* is as it is now."""

    verdict: Verdict
    item: Item
    version: int
    history: History


class Reviewing:
    """Decisions inside one batch."""

    def __init__(
        self, snapshot: Snapshot, changes: Changes, groups: Groups, promises: Promises, now: datetime
    ) -> None:
        """Read from *snapshot*, write to *changes*; what others are told goes to *promises*."""
        self._snapshot = snapshot
        self._changes = changes
        self._groups = groups
        self._promises = promises
        self._now = now
        self._made: set[int] = set()

    def decide(
        self, judged: Judged | None, command: DecideReview, by: Person, channel: ChannelRow, own: int
    ) -> fx.Reply:
        """Do what was asked, unless somebody of the group has decided meanwhile; *own* is who decides."""
        if judged is None:
            return ReviewRefused(ReviewTrouble.GONE)
        if not by.organiser:
            return fx.CommandRefused(fx.Refusal.NOT_ORGANISER)
        if judged.group in self._made:
            return ReviewRefused(ReviewTrouble.BUSY)
        history = self._snapshot.histories[judged.group, judged.item.id]
        if max((row.version for row in history.amendments), default=0) != judged.version:
            return ReviewRefused(ReviewTrouble.DECIDED)
        version = self._count(judged.group, history)
        regrades = _regrades(judged, command.verdict, history)
        kept = judged.after if judged.after != judged.item or judged.item.version else None
        self._changes.amendments.append(
            AmendmentRow(
                channel.own,
                judged.item.id,
                version,
                command.verdict.value,
                regrades,
                codec.ITEM.encode(kept) if kept else "",
                own,
                to_ms(self._now),
            )
        )
        about = _About(command.verdict, judged.after, version, history)
        reviewed = self._look_again(about) if regrades else []
        self._tell_channels(about, reviewed)
        self._tell_learners(about, reviewed, _flagged(history))
        answers, changed = _counts(reviewed)
        prompt = judged.after.prompt
        return rx.ReviewDecided(command.verdict, prompt, regrades, answers, changed, judged.left)

    def regrade(self, regarded: Regarded) -> None:
        """Look at rounds that were open when it was decided, if there are any that have ended by now."""
        history = self._snapshot.histories[regarded.group, regarded.item]
        rows = [row for row in history.amendments if row.regrades]
        if not rows or regarded.group in self._made:
            return
        version = max(row.version for row in rows)
        late = {row.round for row in history.questions if row.version < version}
        if not late:
            return
        void = [row for row in rows if row.verdict == Verdict.VOID]
        row = void[0] if void else max(rows)
        item = codec.ITEM.decode(row.body) if row.body else None
        self._count(regarded.group, history)
        last = history.questions[-1]
        asked = item or codec.QUESTION.decode(last.body).item
        about = _About(Verdict(row.verdict), asked, version, history)
        reviewed = self._look_again(about)
        self._tell_channels(about, [one for one in reviewed if one.row.id in late])
        self._tell_learners(about, reviewed, {})

    def suspect(self, regarded: Regarded) -> None:
        """Let an item wait for a decision."""
        if regarded.suspicion is not None:
            body = codec.SUSPICION.encode(regarded.suspicion)
            row = SuspectRow(regarded.group, regarded.item, to_ms(self._now), body)
            self._changes.suspects.append(row)

    # ------------------------------------------------------------------------------------------ what changes

    def _count(self, group: int, history: History) -> int:
        """Count one more decision of the group; return its version."""
        version = max(history.decisions, history.latest) + 1
        self._changes.decisions.append(DecisionRow(group, history.decisions, version))
        self._made.add(group)
        return version

    def _look_again(self, about: _About) -> list[Reviewed]:
        """Look at all answers to the item, and write down what they are worth now."""
        item = None if about.verdict is Verdict.VOID else about.item
        reviewed = look_again(about.history, item)
        write(self._changes, about.history, reviewed, item, about.version)
        self._changes.totals.extend(corrections(reviewed, about.history.homes, self._groups))
        return reviewed

    # ------------------------------------------------------------------------------------------ who is told

    def _tell_channels(self, about: _About, reviewed: Sequence[Reviewed]) -> None:
        """Say once in each place where the item was asked what became of it."""
        found: dict[Place, list[Reviewed]] = defaultdict(list)
        for one in reviewed:
            sides = (one.row.place, *(mirror.place for mirror in one.row.mirrors))
            for place in dict.fromkeys(map(home_of, sides)):
                if not is_private(place):
                    found[place].append(one)
        secret = about.history.running or about.verdict is Verdict.VOID
        right = () if secret else key_in_words(about.item)
        for place, rounds in found.items():
            answers, changed = _counts(rounds)
            if answers:
                said = rx.ItemAmended(about.verdict, about.item.prompt, right, answers, changed)
                key = self._key(about, place, rounds)
                row = dispatch.to_channel(said, key, place, version=0, now=self._now)
                self._promises.keep([row])

    def _tell_learners(
        self, about: _About, reviewed: Sequence[Reviewed], flagged: dict[int, FlaggerRow]
    ) -> None:
        """Say in one line each to whom it earned or cost points, and to those who *flagged* it."""
        key = self._key(about, Place("", ""), reviewed)
        prompt = about.item.prompt
        points, latest = _points(reviewed)
        for own, gain in points.items():
            one, part = latest[own]
            heard = rx.PointsRegraded(about.verdict, prompt, gain, own in flagged)
            told = fx.ToLearner(LearnerId(own), part.account, heard)
            place = played_at(one.row, part.side).place
            self._promises.keep([dispatch.to_learner(told, key, place, now=self._now)])
        rounds = {row.id: row for row in about.history.rounds}
        for own, flagger in flagged.items():
            if own not in points:
                place = _place_of(flagger, rounds.get(round_of(QuestionId(flagger.question))[0]))
                told = fx.ToLearner(LearnerId(own), flagger.account.id, rx.FlagDecided(about.verdict, prompt))
                self._promises.keep([dispatch.to_learner(told, key, place, now=self._now)])

    def _key(self, about: _About, place: Place, rounds: Sequence[Reviewed]) -> RoundId:
        """Return what messages about this decision in *place* are called."""
        first = rounds[0].row.id if rounds else ""
        return RoundId(short(f"review\n{about.item.id}\n{about.version}\n{'/'.join(place)}\n{first}"))


def _regrades(judged: Judged, verdict: Verdict, history: History) -> bool:
    """Tell whether answers are to be looked at again: not when none of them counts any more already."""
    if any(row.verdict == Verdict.VOID for row in history.amendments):
        return False
    return verdict is Verdict.VOID or (verdict is Verdict.MENDED and judged.after.key != judged.item.key)


def _counts(reviewed: Sequence[Reviewed]) -> tuple[int, int]:
    """Return how many answers there are to the item, and how many of them are worth something else now."""
    answers = changed = 0
    for one in reviewed:
        position = one.outcome.sitting.question.position
        answers += sum(position in player.attempts for player in one.outcome.sitting.players)
        at_item = [new for _, new in one.outcome.attempts if round_of(new.after.question)[1] == position]
        changed += sum(new.void or new.after.credit != new.before.credit for new in at_item)
    return answers, changed


def _points(
    reviewed: Sequence[Reviewed],
) -> tuple[dict[int, int], dict[int, tuple[Reviewed, Participant]]]:
    """Return how many points each own learner gains, and where they played last of what was looked at."""
    points: defaultdict[int, int] = defaultdict(int)
    latest: dict[int, tuple[Reviewed, Participant]] = {}
    for one in reviewed:
        before = {player.part.learner: player.part.score for player in one.outcome.sitting.players}
        for part in one.outcome.people:
            own = one.own(part.learner)
            points[own] += part.score - before[part.learner]
            latest[own] = one, part
    return {own: gain for own, gain in points.items() if gain}, latest


def _flagged(history: History) -> dict[int, FlaggerRow]:
    """Return who flagged the item since it was last decided on, by one account each."""
    since = max((row.at for row in history.amendments), default=0)
    return {row.learner: row for row in history.flaggers if row.at > since}


def _place_of(flagger: FlaggerRow, round_: RoundRow | None) -> Place:
    """Return where one who flagged a question can be told: where they saw it, else where they are alone."""
    places = [] if round_ is None else [round_.place, *(mirror.place for mirror in round_.mirrors)]
    here = (place for place in places if place.platform == flagger.account.platform)
    return next(here, private_place(flagger.account))
