"""The REST interface: which part of it answers what."""

from typing import Final

from tests.emulators.discord import refusals
from tests.emulators.discord.calls import CREATED, NO_CONTENT, OK, Answer, Call, number
from tests.emulators.discord.interactions import Interaction
from tests.emulators.discord.payloads import (
    application_json,
    bot_json,
    channel_json,
    guild_json,
    member_json,
    role_json,
    user_json,
)
from tests.emulators.discord.refusals import Json
from tests.emulators.discord.registry import Registry
from tests.emulators.discord.residents import Application, Guild
from tests.emulators.discord.rest_channels import Channels
from tests.emulators.discord.rest_interactions import Interactions
from tests.emulators.discord.traffic import Body
from tests.emulators.discord.worlds import World

STARTS: Final = 1_000
"""How often a bot may identify in a day."""

_DAY_MS: Final = 86_400_000


class Rest:
    """Answers requests. *gateway* is the address that is told; *shards* the number that is advised."""

    def __init__(self, world: World, interactions: Interactions) -> None:
        self._world = world
        self._channels = Channels(world)
        self._interactions = interactions
        self.gateway = ""
        self.shards = 1
        self.max_concurrency = 1

    def answer(self, call: Call) -> Answer:
        """Return the answer to *call*; raises RefusedError."""
        match call.parts:
            case ("channels", _, *_):
                return self._channels.answer(call)
            case ("interactions", id_, token, "callback") if call.method == "POST":
                return self._interactions.callback(call, number(id_), token)
            case ("webhooks", app, token, *rest):
                return self._interactions.webhook(call, number(app), token, rest)
            case ("applications", id_, *rest) if rest:
                return self._commands(call, id_, rest)
            case ("guilds", id_, *rest):
                return self._guild(call, number(id_), rest)
            case _:
                return self._about(call)

    def expect(self, interaction: Interaction) -> None:
        """Let *interaction* be answered from now on."""
        self._interactions.expect(interaction)

    def _about(self, call: Call) -> Answer:
        match (call.method, *call.parts):
            case ("GET", "gateway"):
                return OK, {"url": self.gateway}
            case ("GET", "gateway", "bot"):
                return OK, self._advice(call.caller())
            case ("GET", "users", "@me"):
                return OK, bot_json(call.caller().user)
            case ("GET", "applications", "@me") | ("GET", "oauth2", "applications", "@me"):
                return OK, application_json(call.caller())
            case ("GET", "users", "@me", "guilds"):
                return OK, self._guilds_of(call.caller())
            case ("POST", "users", "@me", "channels"):
                return self._dm(call)
            case ("GET", "users", id_):
                call.caller()
                return self._user(number(id_))
            case _:
                call.caller()
                raise refusals.not_found()

    def _advice(self, app: Application) -> dict[str, object]:
        start = {
            "total": STARTS,
            "remaining": max(STARTS - app.identified, 0),
            "reset_after": _DAY_MS,
            "max_concurrency": self.max_concurrency,
        }
        return {"url": self.gateway, "shards": self.shards, "session_start_limit": start}

    def _guilds_of(self, app: Application) -> list[Json]:
        """Return the guilds that the bot is in, each with what it may do there."""
        members = (guild.members.get(app.user.id) for guild in self._world.guilds.values())
        return [
            {
                "id": str(member.guild.id),
                "name": member.guild.name,
                "icon": None,
                "owner": False,
                "permissions": str(int(member.permissions())),
                "features": [],
            }
            for member in members
            if member is not None
        ]

    def _dm(self, call: Call) -> Answer:
        app = call.caller()
        user = self._world.users.get(number(str(call.form().get("recipient_id"))))
        if user is None:
            raise refusals.unknown_user()
        if user is app.user:
            raise refusals.direct_messages_closed()
        return OK, channel_json(self._world.dm(app.user, user))

    def _user(self, id_: int) -> Answer:
        if id_ not in self._world.users:
            raise refusals.unknown_user()
        return OK, user_json(self._world.users[id_])

    # ------------------------------------------------------------------------------------- guilds, commands

    def _guild(self, call: Call, id_: int, rest: list[str]) -> Answer:
        guild = self._guild_of(call.caller(), id_)
        match (call.method, *rest):
            case ("GET",):
                return OK, guild_json(guild)
            case ("GET", "roles"):
                return OK, [role_json(role) for role in guild.roles.values()]
            case ("GET", "channels"):
                shown = [channel for channel in guild.channels.values() if not channel.is_thread]
                return OK, [channel_json(channel) for channel in shown]
            case ("GET", "members", user):
                wanted = call.caller().user.id if user == "@me" else number(user)
                if wanted not in guild.members:
                    raise refusals.unknown_member()
                return OK, member_json(guild.members[wanted])
            case _:
                raise refusals.not_found()

    def _guild_of(self, app: Application, id_: int) -> Guild:
        guild = self._world.guilds.get(id_)
        if guild is None:
            raise refusals.unknown_guild()
        if app.user.id not in guild.members:
            raise refusals.missing_access()
        return guild

    def _commands(self, call: Call, id_: str, rest: list[str]) -> Answer:
        app = call.caller()
        if number(id_) != app.id:
            raise refusals.missing_access()
        match rest:
            case ("commands", *more):
                return self._registry(call, Registry(self._world, app, None), more)
            case ("guilds", guild, "commands", *more):
                scope = self._guild_of(app, number(guild)).id
                return self._registry(call, Registry(self._world, app, scope), more)
            case _:
                raise refusals.not_found()

    def _registry(self, call: Call, registry: Registry, rest: list[str]) -> Answer:
        match (call.method, *rest):
            case ("GET",):
                return OK, _all(registry, call)
            case ("PUT",):
                return OK, list(registry.replace(call.body))
            case ("POST",):
                new, made = registry.add(call.form())
                return (CREATED if new else OK), made
            case ("GET", id_):
                return OK, registry.one(number(id_))
            case ("PATCH", id_):
                return OK, registry.change(number(id_), call.form())
            case ("DELETE", id_):
                registry.remove(number(id_))
                return NO_CONTENT, None
            case _:
                raise refusals.not_found()


def _all(registry: Registry, call: Call) -> Body:
    return list(registry.all(localized=call.query.get("with_localizations") in {"true", "1"}))
