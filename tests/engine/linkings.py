"""What tests of links share: codes made and typed, rounds played, boards read, in several places."""

from typing import Final

from bot.core import effects as fx
from bot.core.commands import (
    Begin,
    Intent,
    Join,
    LinkKind,
    MakeCode,
    RedeemCode,
    ShowTop,
    Since,
    SubmitAnswer,
)
from bot.core.draws import draw_order
from bot.core.ids import EventId, QuestionId
from bot.core.items import Item
from bot.core.responses import Picked
from bot.engine import codes
from bot.engine.events import Event, Reply
from bot.engine.identities import round_id
from bot.records import Account, Place
from tests.core.builders import choice
from tests.engine.halls import HALL, ITEMS, Process, starting
from tests.engine.halls import event as an_event

ATTIC: Final = Place("slack", "T/C1")
HOST: Final = "ann"
MANY: Final = tuple(choice(number) for number in range(20, 35))


async def linked(process: Process, maker: str, other: str, *, at: float = 0) -> fx.Reply:
    """Let *maker* make a code and *other* type it; return what *other* is told."""
    code = await code_of(process, maker)
    if at:
        await process.pass_time(at)
    return await said(process, other, RedeemCode(code))


async def code_of(process: Process, maker: str, kind: LinkKind = LinkKind.ME, place: Place = HALL) -> str:
    """Return the code that *maker* is given."""
    made = await said(process, maker, MakeCode(kind), place=place, organiser=True)
    assert isinstance(made, fx.CodeMade)
    return codes.read(made.code)


async def said(
    process: Process, who: str, intent: Intent, *, place: Place = HALL, organiser: bool = False
) -> fx.Reply:
    """Return the one thing that *who* is told."""
    reply = await process.say(who, intent, place=place, organiser=organiser)
    assert len(reply.effects) == 1, reply
    return reply.effects[0]


async def board(process: Process, reader: str = HOST, since: Since = Since.ALL) -> list[tuple[str, int, int]]:
    """Return who is listed with how many points and answers."""
    shown = await said(process, reader, ShowTop(since=since))
    assert isinstance(shown, fx.TopShown)
    return [(line.name, line.points, line.answers) for line in shown.lines]


async def play(
    process: Process,
    start: str,
    right: dict[str, int],
    *,
    wrong: tuple[str, ...] = (),
    items: tuple[Item, ...] = (),
) -> None:
    """Play a round in which those in *right* answer so many questions right, and *wrong* all wrong."""
    people = [*right, *wrong]
    items = items or ITEMS
    await process.say(people[0], starting(*items), id_=start)
    for who in people[1:]:
        await process.say(who, Join())
    await process.say(people[0], Begin())
    await process.deliverer.drain()
    for position, item in enumerate(items):
        for who in people:
            if who in wrong or position < right.get(who, 0):
                await answer_as(process, start, position, who, right=who not in wrong, item=item)
        await process.pass_time(31)
        await process.pass_time(11)


async def answer_as(
    process: Process, start: str, position: int, who: str, *, right: bool = True, item: Item | None = None
) -> fx.Reply:
    """Let *who* answer the question at *position* of the round that began with the event *start*."""
    place = draw_order(item or ITEMS[position], f"seed|{start}").index(1)
    sent = Picked((place if right else (place + 1) % 4,))
    question = QuestionId(f"{round_id(start)}.{position}")
    return await said(process, who, SubmitAnswer(question, sent, process.clock.now()))


async def board_points(process: Process) -> list[int]:
    """Return the points on the board."""
    return [points for _, points, _ in await board(process)]


def at(who: str, intent: Intent, process: Process, place: Place, *, organiser: bool = True) -> Event:
    """Return an event of somebody in a place of another platform."""
    one = an_event(who, intent, process.clock, place=place, organiser=organiser)
    return Event(
        id=EventId(f"{place.platform}:{one.id}"),
        place=place,
        intent=intent,
        at=one.at,
        account=Account(place.platform, who),
        name=one.name,
        organiser=organiser,
        workspace=place.platform,
    )


async def told(
    process: Process, who: str, intent: Intent, place: Place, *, organiser: bool = True
) -> fx.Reply:
    """Return the one thing that somebody in a place is told."""
    reply: Reply = await process.send(at(who, intent, process, place, organiser=organiser))
    assert len(reply.effects) == 1, reply
    return reply.effects[0]
