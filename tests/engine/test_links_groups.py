"""Groups and channels that are linked by codes, through the real engine, and parted again."""

from bot.core import effects as fx
from bot.core.commands import (
    Begin,
    Join,
    LinkKind,
    MakeCode,
    RedeemCode,
    Settings,
    ShowLinks,
    ShowTop,
    Since,
    Stop,
    Unlink,
)
from bot.core.effects import Refusal
from bot.engine import codes
from bot.records import Place
from tests.engine.halls import ITEMS, START, YARD, Process, starting
from tests.engine.linkings import ATTIC, answer_as, board, code_of, play, said, told


async def test_an_organiser_joins_two_groups_and_parts_them_again(process: Process) -> None:
    """Both see one board, and then their own."""
    await play(process, "one", {"ann": 2})
    code = await code_of(process, "ann", LinkKind.GROUP)
    assert await told(process, "sam", RedeemCode(code), ATTIC) == fx.Linked(LinkKind.GROUP, "Ann", "web")
    shown = await told(process, "sam", ShowTop(since=Since.ALL), ATTIC)
    assert isinstance(shown, fx.TopShown)
    assert [line.name for line in shown.lines] == ["Ann"]
    links = await told(process, "sam", ShowLinks(), ATTIC)
    assert isinstance(links, fx.LinksShown)
    assert links.groups == ("web",)

    assert await told(process, "sam", Unlink(LinkKind.GROUP), ATTIC) == fx.Unlinked(LinkKind.GROUP)
    shown = await told(process, "sam", ShowTop(since=Since.ALL), ATTIC)
    assert isinstance(shown, fx.TopShown)
    assert not shown.lines
    assert await told(process, "sam", Unlink(LinkKind.GROUP), ATTIC) == fx.CommandRefused(
        Refusal.NOT_LINKED_GROUP
    )


async def test_a_group_is_linked_by_organisers_on_both_sides(process: Process) -> None:
    """Nobody else makes, uses or takes back such a link."""
    made = await process.say("cat", MakeCode(LinkKind.GROUP))
    assert made.effects == (fx.CommandRefused(Refusal.NOT_ORGANISER),)
    code = await code_of(process, "ann", LinkKind.GROUP)
    refused = await told(process, "sam", RedeemCode(code), ATTIC, organiser=False)
    assert refused == fx.CommandRefused(Refusal.NOT_ORGANISER)
    refused = await told(process, "sam", Unlink(LinkKind.GROUP), ATTIC, organiser=False)
    assert refused == fx.CommandRefused(Refusal.NOT_ORGANISER)


async def test_a_group_is_not_linked_with_itself(process: Process) -> None:
    """Nor a second time."""
    code = await code_of(process, "ann", LinkKind.GROUP)
    here = await said(process, "ann", RedeemCode(code), place=YARD, organiser=True)
    assert here == fx.CommandRefused(Refusal.SAME_GROUP)
    await told(process, "sam", RedeemCode(code), ATTIC)
    code = await code_of(process, "ann", LinkKind.GROUP)
    assert await told(process, "sam", RedeemCode(code), ATTIC) == fx.CommandRefused(Refusal.SAME_GROUP)


async def test_two_unions_are_not_made_one(process: Process) -> None:
    """One of the groups leaves its own first."""
    code = await code_of(process, "ann", LinkKind.GROUP)
    await told(process, "sam", RedeemCode(code), ATTIC)
    other, fourth = Place("discord", "1"), Place("irc", "2")
    made = await told(process, "dan", MakeCode(LinkKind.GROUP), other)
    assert isinstance(made, fx.CodeMade)
    await told(process, "eve", RedeemCode(codes.read(made.code)), fourth)

    code = await code_of(process, "ann", LinkKind.GROUP)
    refused = await told(process, "dan", RedeemCode(code), other)
    assert refused == fx.CommandRefused(Refusal.TWO_UNIONS)


async def test_a_third_group_comes_in_from_either_side(process: Process) -> None:
    """With the code of a member, and with a code that a member types."""
    code = await code_of(process, "ann", LinkKind.GROUP)
    await told(process, "sam", RedeemCode(code), ATTIC)
    code = await code_of(process, "ann", LinkKind.GROUP)
    assert isinstance(await told(process, "dan", RedeemCode(code), Place("discord", "1")), fx.Linked)
    made = await told(process, "eve", MakeCode(LinkKind.GROUP), Place("irc", "2"))
    assert isinstance(made, fx.CodeMade)
    assert isinstance(await told(process, "sam", RedeemCode(codes.read(made.code)), ATTIC), fx.Linked)

    links = await said(process, "ann", ShowLinks())
    assert isinstance(links, fx.LinksShown)
    assert sorted(links.groups) == ["discord", "irc", "slack"]


async def test_two_channels_become_one_and_their_groups_too(process: Process) -> None:
    """A round that begins in one is open in both; apart again, each has its own."""
    code = await code_of(process, "ann", LinkKind.CHANNEL)
    done = await told(process, "sam", RedeemCode(code), ATTIC)
    assert done == fx.Linked(LinkKind.CHANNEL, "Ann", "web", group=True)
    await process.say("ann", START, id_="one")
    assert await told(process, "sam", Join(), ATTIC) == fx.CommandDone(fx.Confirmation.JOINED)
    busy = await told(process, "sam", Unlink(LinkKind.CHANNEL), ATTIC)
    assert busy == fx.CommandRefused(Refusal.CHANNEL_PLAYS)

    await process.say("ann", Stop())
    links = await told(process, "sam", ShowLinks(), ATTIC)
    assert isinstance(links, fx.LinksShown)
    assert links.places == (fx.Spot(platform="web"),)
    assert await told(process, "sam", Unlink(LinkKind.CHANNEL), ATTIC) == fx.Unlinked(LinkKind.CHANNEL)
    await process.say("ann", starting(*ITEMS, settings=Settings(lobby_seconds=None)))
    assert await told(process, "sam", Join(), ATTIC) == fx.CommandRefused(Refusal.NO_ROUND)
    again = await told(process, "sam", Unlink(LinkKind.CHANNEL), ATTIC)
    assert again == fx.CommandRefused(Refusal.NOT_LINKED_CHANNEL)


async def test_the_channel_where_the_code_was_made_lets_all_others_go(process: Process) -> None:
    """Each leads to its own again."""
    for place in (ATTIC, Place("slack", "T/C2")):
        code = await code_of(process, "ann", LinkKind.CHANNEL)
        assert isinstance(await told(process, "sam", RedeemCode(code), place), fx.Linked)
    assert await said(process, "ann", Unlink(LinkKind.CHANNEL), organiser=True) == fx.Unlinked(
        LinkKind.CHANNEL
    )
    links = await told(process, "sam", ShowLinks(), ATTIC)
    assert isinstance(links, fx.LinksShown)
    assert links.places == ()
    assert links.groups == ("web",)


async def test_a_channel_is_not_linked_twice_nor_while_a_round_is_open(process: Process) -> None:
    """Each refusal says what stands in the way."""
    await process.say("ann", START, id_="one")
    code = await code_of(process, "ann", LinkKind.CHANNEL)
    assert await told(process, "sam", RedeemCode(code), ATTIC) == fx.CommandRefused(Refusal.CHANNEL_PLAYS)
    await process.say("ann", Stop())
    assert isinstance(await told(process, "sam", RedeemCode(code), ATTIC), fx.Linked)
    code = await code_of(process, "ann", LinkKind.CHANNEL)
    same = fx.CommandRefused(Refusal.SAME_CHANNEL)
    assert await told(process, "sam", RedeemCode(code), ATTIC) == same
    assert await said(process, "ann", RedeemCode(code), organiser=True) == same
    yard = await code_of(process, "ann", LinkKind.CHANNEL, YARD)
    linked_already = fx.CommandRefused(Refusal.CHANNEL_LINKED)
    assert await told(process, "sam", RedeemCode(yard), ATTIC) == linked_already
    assert await said(process, "ann", RedeemCode(yard), organiser=True) == linked_already


async def test_no_more_than_eight_channels_are_one(process: Process) -> None:
    """The ninth is refused."""
    for number in range(7):
        code = await code_of(process, "ann", LinkKind.CHANNEL)
        done = await told(process, "sam", RedeemCode(code), Place("slack", f"T/C{number}"))
        assert isinstance(done, fx.Linked)
    code = await code_of(process, "ann", LinkKind.CHANNEL)
    refused = await told(process, "sam", RedeemCode(code), Place("slack", "T/C9"))
    assert refused == fx.CommandRefused(Refusal.TOO_MANY_PLACES)


async def test_groups_and_channels_are_linked_from_a_channel(process: Process) -> None:
    """A private place is none."""
    private = Place("web", "@ann")
    for kind in (LinkKind.GROUP, LinkKind.CHANNEL):
        refused = await said(process, "ann", MakeCode(kind), place=private, organiser=True)
        assert refused == fx.CommandRefused(Refusal.NO_CHANNEL_HERE)
    assert isinstance(await said(process, "ann", MakeCode(), place=private), fx.CodeMade)


async def test_one_person_plays_a_round_of_two_channels_from_both_sides(process: Process) -> None:
    """They came in on one side: there the answer counts, whichever account gave it."""
    code = await code_of(process, "ann", LinkKind.CHANNEL)
    await told(process, "sam", RedeemCode(code), ATTIC)
    code = await code_of(process, "ann")
    assert await told(process, "sam", RedeemCode(code), ATTIC) == fx.Linked(LinkKind.ME, "Ann", "web")
    await process.say("cat", START, id_="one")
    await told(process, "sam", Join(), ATTIC)
    await process.say("cat", Begin())
    await process.deliverer.drain()
    await answer_as(process, "one", 0, "ann")
    await process.pass_time(31)
    await process.say("cat", Stop())
    assert await board(process) == [("Ann", 150, 1)]

    await told(process, "sam", Unlink(LinkKind.GROUP), ATTIC)
    await told(process, "sam", Unlink(), ATTIC)
    assert await board(process) == []
    shown = await told(process, "sam", ShowTop(since=Since.ALL), ATTIC)
    assert isinstance(shown, fx.TopShown)
    assert [(line.name, line.points) for line in shown.lines] == [("Sam", 150)]
