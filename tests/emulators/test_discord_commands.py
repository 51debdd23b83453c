"""Which commands the emulated Discord registers, refuses, and offers to whom."""

from collections.abc import AsyncIterator

import pytest

from tests.emulators.discord import ImpossibleError, Permission
from tests.emulators.discord_desks import Desk, Json, desk


@pytest.fixture(name="desk")
async def opened() -> AsyncIterator[Desk]:
    """A server without a bot."""
    async with desk() as it:
        yield it


def command(name: str = "quiz", **more: object) -> Json:
    """Return a slash command."""
    return {"name": name, "description": "Study", **more}


def option(name: str = "deck", **more: object) -> Json:
    """Return an option of a command."""
    return {"type": 3, "name": name, "description": "Which", **more}


COMMANDS: dict[str, tuple[Json, str]] = {
    "a long name": (command("x" * 33), "BASE_TYPE_BAD_LENGTH"),
    "a name in capitals": (command("Quiz"), "APPLICATION_COMMAND_INVALID_NAME"),
    "no description": (command(description=""), "BASE_TYPE_REQUIRED"),
    "a long description": (command(description="x" * 101), "BASE_TYPE_BAD_LENGTH"),
    "26 options": (command(options=[option(f"o{n}") for n in range(26)]), "BASE_TYPE_BAD_LENGTH"),
    "26 choices": (
        command(options=[option(choices=[{"name": str(n), "value": str(n)} for n in range(26)])]),
        "BASE_TYPE_BAD_LENGTH",
    ),
    "a long choice": (
        command(options=[option(choices=[{"name": "x" * 101, "value": "v"}])]),
        "BASE_TYPE_BAD_LENGTH",
    ),
    "an option twice": (command(options=[option(), option()]), "NAME_ALREADY_EXISTS"),
    "a required option too late": (
        command(options=[option(), option("b", required=True)]),
        "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
    ),
    "an unknown language": (command(name_localizations={"tlh": "x"}), "BASE_TYPE_CHOICES"),
    "a menu entry with a description": (
        command("Flag", type=3),
        "APPLICATION_COMMAND_INVALID_DESCRIPTION",
    ),
    "8,001 characters": (
        command(
            options=[
                option(f"o{n}", choices=[{"name": "x" * 100, "value": f"{m:0100}"} for m in range(20)])
                for n in range(2)
            ]
        ),
        "APPLICATION_COMMAND_TOO_LARGE",
    ),
}


@pytest.mark.parametrize("what", COMMANDS)
async def test_what_breaks_a_limit_of_a_command_is_refused(desk: Desk, what: str) -> None:
    """No command is registered then."""
    wrong, code = COMMANDS[what]
    status, answer = await desk.ask("PUT", f"/applications/{desk.app.id}/commands", [wrong])

    assert (status, answer["code"]) == (400, 50035)
    assert code in str(answer)
    assert desk.ann.offered(desk.channel) == []


async def test_commands_keep_their_ids_and_are_counted(desk: Desk) -> None:
    """Registering the same again is a write, and changes nothing; a guild has its own beside."""
    guild = desk.channel.guild
    assert guild is not None
    everywhere, here = (
        f"/applications/{desk.app.id}/commands",
        f"/applications/{desk.app.id}/guilds/{guild.id}/commands",
    )
    first = await desk.ask("PUT", everywhere, [command(options=[option(required=False)])])
    again = await desk.ask("PUT", everywhere, [command(options=[option()])])
    status, made = await desk.ask("POST", here, command("local"))

    assert again == first
    assert status == 201
    assert desk.ann.offered(desk.channel) == ["local", "quiz"]
    assert (await desk.ask("DELETE", f"{here}/{made['id']}"))[0] == 204
    assert (desk.app.registrations, len((await desk.ask("GET", everywhere))[1])) == (4, 1)
    many = [command(f"c{n}") for n in range(101)]
    assert (await desk.ask("PUT", everywhere, many))[1]["code"] == 30032
    assert (await desk.ask("PUT", everywhere, [command(), command()]))[1]["code"] == 50035


async def test_a_command_is_offered_only_to_whom_it_is_for(desk: Desk) -> None:
    """By the permissions of members, and by the place."""
    needed = str(int(Permission.MANAGE_GUILD))
    commands = [command("all"), command("some", default_member_permissions=needed)]
    await desk.ask("PUT", f"/applications/{desk.app.id}/commands", [*commands, command("here", contexts=[0])])
    ben = desk.server.person(desk.server.world.user("Ben"))
    assert ben.offered(desk.channel) == []
    guild = desk.channel.guild
    assert guild is not None
    member = desk.server.world.join(guild, ben.user)

    assert desk.ann.offered(desk.channel) == ["all", "some", "here"]
    assert ben.offered(desk.channel) == ["all", "here"]
    assert ben.offered(ben.dm()) == ["all", "some"]
    member.roles.append(desk.server.world.role(guild, "staff", permissions=Permission.MANAGE_GUILD))
    assert ben.offered(desk.channel) == ["all", "some", "here"]


async def test_nobody_can_send_what_a_client_would_not(desk: Desk) -> None:
    """Options are typed, limited and sometimes required; subcommands are there or not."""
    options = [
        option("zone", required=True, max_length=3),
        option("count", type=4, min_value=1, max_value=5),
        option("mode", choices=[{"name": "Fast", "value": "fast"}]),
    ]
    sub = {"type": 1, "name": "set", "description": "Set it", "options": options}
    await desk.ask("PUT", f"/applications/{desk.app.id}/commands", [command(options=[sub])])
    wrong: list[tuple[str, dict[str, str | int]]] = [
        ("other", {}),
        ("quiz", {}),
        ("quiz get", {}),
        ("quiz set", {}),
        ("quiz set", {"zone": "long"}),
        ("quiz set", {"zone": 1}),
        ("quiz set", {"zone": "x", "count": 6}),
        ("quiz set", {"zone": "x", "mode": "slow"}),
        ("quiz set", {"zone": "x", "unknown": "y"}),
    ]
    for line, options_ in wrong:
        with pytest.raises(ImpossibleError):
            await desk.ann.slash(desk.channel, line, options_)
    with pytest.raises(ImpossibleError):
        await desk.ann.complete(desk.channel, "quiz set", focused="zone")
