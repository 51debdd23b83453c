"""Two halls that play the same: in one an item is wrong until it is mended, in the other it never was."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from bot.core import review_effects as rx
from bot.core.amendments import Verdict
from bot.core.commands import Begin, Close, Flag, Join, Mode, Next, Settings, Skip, SubmitAnswer
from bot.core.ids import OptionId, QuestionId
from bot.core.items import ChoiceKey, Item
from bot.core.leaderboards import Measure
from bot.core.local_times import zone_named
from bot.core.mending import mending_of
from bot.core.packs import Library
from bot.core.periods import periods_at
from bot.core.responses import Picked
from bot.core.review_commands import DecideReview, ShowReviews
from bot.engine import codec
from bot.engine.identities import new_channel, new_learner, round_id
from bot.records import (
    Account,
    Changes,
    ChannelRow,
    JoinRow,
    Place,
    UnionRow,
    channel_board,
    everywhere_board,
    group_board,
    topic_board,
)
from tests.contracts.stores import save
from tests.core.builders import choice, deck, pack
from tests.engine.halls import HALL, YARD, Process, starting

WRONG = replace(choice(0), key=ChoiceKey((OptionId("c"),)))
RIGHT = replace(choice(0), key=ChoiceKey((OptionId("b"),)))
OTHERS = tuple(choice(number, topic=f"1.{number % 3}") for number in range(1, 6))
PEOPLE = ("ann", "ben", "cat", "dan", "eve", "fay")
GROUP = new_channel(HALL, "web").group
UNION, PERSON = 2**60 + 1, 2**60 + 2


def library(item: Item) -> Library:
    """Return the pack in which *item* is the first."""
    return Library((pack(deck(item, *OTHERS)),))


@dataclass(slots=True)
class Script:
    """What is played: the same in both halls, drawn from *seed*."""

    seed: int
    rounds: int = 4
    skips: bool = False
    mode: Mode = Mode.EVERYONE

    async def play(self, process: Process) -> list[str]:
        """Play all rounds, in two channels in turns; return their ids."""
        random = Random(self.seed)
        return [await self._round(process, number, random) for number in range(self.rounds)]

    async def _round(self, process: Process, number: int, random: Random) -> str:
        place = (HALL, YARD)[number % 2]
        items = [WRONG, *random.sample(OTHERS, 3)]
        random.shuffle(items)
        settings = Settings(
            mode=self.mode, lobby_seconds=None, partial_credit=number == 1, pause_seconds=None
        )
        start = f"round {number}"
        here = random.sample(PEOPLE, 5)
        await process.say(here[0], starting(*items, settings=settings, count=4), id_=start, place=place)
        for who in here[1:]:
            await process.say(who, Join(), place=place)
        await process.say(here[0], Begin(), place=place)
        await process.deliverer.drain()
        for position, item in enumerate(items):
            await self._question(process, random, here, (round_id(start), position, item, place))
        await process.say(here[0], Next(), place=place)
        await process.pass_time(random.choice((30, 9_000)))
        return round_id(start)

    async def _question(
        self, process: Process, random: Random, here: Sequence[str], asked: tuple[str, int, Item, Place]
    ) -> None:
        round_, position, item, place = asked
        for who in random.sample(here, 4):
            await process.pass_time(random.choice((0.3, 1.7, 2.2)))
            at = process.clock.now()
            picked = Picked((random.randrange(4),))
            await process.say(who, SubmitAnswer(QuestionId(f"{round_}.{position}"), picked, at), place=place)
        skipped = self.skips and item is WRONG
        await process.say(here[0], Skip() if skipped else Close(), place=place)
        if position < 3:
            await process.say(here[0], Next(), place=place)
        await process.deliverer.drain()


async def decided(process: Process, verdict: Verdict, after: Item = RIGHT, *, id_: str = "") -> object:
    """Let an organiser decide about the item that was flagged first."""
    shown = (await process.say("org", ShowReviews(), organiser=True)).effects[0]
    assert isinstance(shown, rx.ReviewShown), shown
    mending = mending_of(after) if verdict is Verdict.MENDED else None
    command = DecideReview(shown.token, shown.version, verdict, mending)
    return (await process.say("org", command, id_=id_, organiser=True)).effects[0]


async def flag(process: Process, round_: str, who: str = "eve") -> None:
    """Let somebody flag the question of a round that asks the item."""
    record = await process.store.look(round_)
    assert record is not None
    position = next(row.position for row in record.questions if row.item == WRONG.id)
    await process.say(who, Flag(QuestionId(f"{round_}.{position}"), "The key is wrong."))


async def standing(process: Process, rounds: Sequence[str]) -> dict[str, object]:
    """Return all that boards and rounds say of who did how well."""
    zone = zone_named("UTC")
    keys = {period.key for period in periods_at(process.clock.now(), zone, ())}
    boards = [
        *(group_board(group, key) for key in keys for group in (GROUP, UNION)),
        *(channel_board(new_channel(place, "web").id, key) for key in keys for place in (HALL, YARD)),
        *(topic_board(GROUP, f"1.{topic}", "a") for topic in range(3)),
        *(everywhere_board(key) for key in keys),
    ]
    found: dict[str, object] = {}
    for board in boards:
        rows = await process.store.top(board, Measure.POINTS, 0, 50)
        found[board] = [row for row in rows if row.answers]
    for round_ in rounds:
        found[round_] = [
            (learner, points, right)
            for learner, points, right in await process.store.standing(round_, 50)
            if points or right
        ]
        for who in PEOPLE:
            mine = await process.store.mine(round_, Account("web", who))
            if mine is not None:
                part = codec.PARTICIPANT.decode(mine.participant.body)
                found[f"{round_} {who}"] = replace(part, answer=None, gained=0)
    return found


async def link(process: Process) -> None:
    """Make one group of the hall's and another, and one person of Ann and Ben."""
    other = ChannelRow(Place("slack", "C1"), 77, 78, own=78)
    learners = [new_learner(Account("web", who), who.title()) for who in ("ann", "ben")]
    joins = [JoinRow(row.id, 0, PERSON, "Ann") for row in learners]
    unions = [UnionRow(GROUP, 0, UNION), UnionRow(78, 0, UNION)]
    channels = [new_channel(HALL, "web"), other]
    await save(process.store, Changes(channels=channels, learners=learners))
    await save(process.store, Changes(unions=unions, joins=joins))
