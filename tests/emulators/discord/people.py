"""People: they command, press, pick, type and react as Discord's client lets them, and see what it shows."""

import asyncio
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from tests.emulators.bells import WAIT_SECONDS
from tests.emulators.discord.gateways import Gateway
from tests.emulators.discord.inputs import SELECTS, Part
from tests.emulators.discord.interactions import Interaction, Kind, Modal
from tests.emulators.discord.mentions import mentioned_users, pinged
from tests.emulators.discord.payloads import message_json
from tests.emulators.discord.permissions import Permission
from tests.emulators.discord.posting import REPLY
from tests.emulators.discord.refusals import Json
from tests.emulators.discord.registry import SLASH
from tests.emulators.discord.residents import Application, Channel, ChannelType, Message, User, text_of
from tests.emulators.discord.rest_interactions import Interactions
from tests.emulators.discord.sendings import (
    Filled,
    ImpossibleError,
    Value,
    command_data,
    interaction_json,
    modal_data,
    picked,
)
from tests.emulators.discord.worlds import World

MESSAGE_MENU: Final = 3
_LINK: Final = 5


class Person:
    """Somebody with Discord's client. Each method returns when the bot has acknowledged, or has failed to."""

    def __init__(self, world: World, gateway: Gateway, interactions: Interactions, user: User) -> None:
        self._world = world
        self._gateway = gateway
        self._interactions = interactions
        self.user = user

    # --------------------------------------------------------------------------------------------- commands

    async def slash(
        self,
        channel: Channel,
        line: str,
        /,
        options: Mapping[str, Value] | None = None,
        *,
        sent_at: datetime | None = None,
        **more: Value,
    ) -> Interaction:
        """Send a slash command: its name and subcommands as one *line*, its options by name."""
        root, *path = line.removeprefix("/").split()
        app, command = self._command(channel, root, SLASH)
        data = command_data(command, path, {**(options or {}), **more})
        for id_, said in data.get("resolved", {}).get("channels", {}).items():
            said["permissions"] = str(int(self._world.channels[int(id_)].permissions_of(self.user)))
        return await self._send(app, Kind.COMMAND, channel, data, sent_at=sent_at)

    async def complete(
        self, channel: Channel, line: str, options: Mapping[str, Value] | None = None, *, focused: str
    ) -> list[Json]:
        """Return the choices that are offered while the option *focused* is being typed."""
        root, *path = line.removeprefix("/").split()
        app, command = self._command(channel, root, SLASH)
        data = command_data(command, path, {focused: "", **(options or {})}, focused)
        done = await self._send(app, Kind.AUTOCOMPLETE, channel, data)
        return done.choices or []

    async def menu(self, message: Message, name: str, *, sent_at: datetime | None = None) -> Interaction:
        """Choose an entry of a message's context menu."""
        self._check_sees(message)
        app, command = self._command(message.channel, name, MESSAGE_MENU)
        resolved = {"messages": {str(message.id): message_json(message, app.user)}}
        data: Json = {"id": command["id"], "name": name, "type": MESSAGE_MENU, "resolved": resolved}
        data["target_id"] = str(message.id)
        return await self._send(app, Kind.COMMAND, message.channel, data, sent_at=sent_at)

    def offered(self, channel: Channel) -> list[str]:
        """Return the names of the commands and menu entries that this person is offered in *channel*."""
        return [str(command["name"]) for _, command in self._commands(channel)]

    # --------------------------------------------------------------------------------------------- controls

    async def press(
        self, message: Message, control: str, *, force: bool = False, sent_at: datetime | None = None
    ) -> Interaction:
        """Press the button with this custom id or label, as *message* is now.

        With *force* it need not be there any more, nor be enabled: an old client shows an old message.
        """
        part = self._control(message, control, force=force)
        if part is not None and (part["type"] != Part.BUTTON or part.get("style") == _LINK):
            error = f"{control} is no button that tells the bot."
            raise ImpossibleError(error)
        custom_id = control if part is None else part["custom_id"]
        data: Json = {"custom_id": custom_id, "component_type": int(Part.BUTTON)}
        data["id"] = 0 if part is None else part["id"]
        return await self._use(message, data, sent_at)

    async def select(
        self,
        message: Message,
        control: str,
        values: Sequence[str],
        *,
        force: bool = False,
        sent_at: datetime | None = None,
    ) -> Interaction:
        """Pick *values* from the select with this custom id; *force* is that of a press."""
        part = self._control(message, control, force=force)
        if part is not None and part["type"] not in SELECTS:
            error = f"{control} is no select."
            raise ImpossibleError(error)
        chosen = list(values) if part is None else picked(part, values)
        data: Json = {"custom_id": control, "values": chosen}
        data["component_type"] = int(Part.SELECT) if part is None else part["type"]
        data["id"] = 0 if part is None else part["id"]
        return await self._use(message, data, sent_at)

    async def submit(
        self,
        modal: Modal | Interaction,
        filled: Mapping[str, Filled] | None = None,
        *,
        sent_at: datetime | None = None,
    ) -> Interaction:
        """Send off a modal with what was filled in, by custom id."""
        shown = modal.modal if isinstance(modal, Interaction) else modal
        if shown is None:
            raise ImpossibleError("There is no modal.")
        before = shown.interaction
        if before.user is not self.user:
            raise ImpossibleError("Somebody else sees this modal.")
        data = modal_data(shown, filled or {})
        return await self._send(
            before.app, Kind.MODAL, before.channel, data, source=before.source, sent_at=sent_at
        )

    # --------------------------------------------------------------------------------- messages and reactions

    async def react(self, message: Message, emoji: str) -> None:
        """Put a reaction."""
        self._check_sees(message)
        allowed = message.channel.permissions_of(self.user)
        if message.to is not None or (
            emoji not in message.reactions and Permission.ADD_REACTIONS not in allowed
        ):
            error = f"{self.user.name} cannot react here with {emoji}."
            raise ImpossibleError(error)
        self._world.react(message, self.user, emoji)

    async def unreact(self, message: Message, emoji: str) -> None:
        """Take one's own reaction away."""
        if not self._world.unreact(message, self.user, emoji):
            error = f"{self.user.name} has not reacted with {emoji}."
            raise ImpossibleError(error)

    async def say(self, channel: Channel, text: str, reply_to: Message | None = None) -> Message:
        """Write a message."""
        has = channel.permissions_of(self.user)
        needed = Permission.SEND_MESSAGES_IN_THREADS if channel.is_thread else Permission.SEND_MESSAGES
        if needed not in has or channel.type is ChannelType.FORUM:
            error = f"{self.user.name} cannot write in {channel.name}."
            raise ImpossibleError(error)
        message = Message(self._world.snowflake(), channel, self.user, self._world.now(), text)
        message.reference, message.type = reply_to, REPLY if reply_to else 0
        answered = reply_to.author if reply_to else None
        message.pinged = pinged(text, None, self.user, channel, answered)
        users = {*mentioned_users(text), *message.pinged.users}
        message.mentions = [self._world.users[id_] for id_ in users if id_ in self._world.users]
        return self._world.post(message)

    def dm(self, app: Application | None = None) -> Channel:
        """Return the channel in which this person is alone with the bot."""
        return self._world.dm((app or self._only_app()).user, self.user)

    def seen(self, channel: Channel) -> list[Message]:
        """Return what this person sees in *channel*, with what they alone see, in order."""
        if Permission.VIEW_CHANNEL not in channel.permissions_of(self.user):
            return []
        return [message for message in channel.messages.values() if message.to in {None, self.user}]

    async def sees(
        self, channel: Channel, text: str, seconds: float = WAIT_SECONDS, *, after: Message | None = None
    ) -> Message:
        """Wait for the first message in *channel*, after *after*, that shows *text*."""

        def found() -> Message | None:
            later = (one for one in self.seen(channel) if after is None or one.id > after.id)
            return next((one for one in later if text in text_of(one)), None)

        found_message = await self._world.bell.until(found, seconds, f"a message that shows {text!r}")
        if found_message is None:
            raise ImpossibleError("What was found is gone.")
        return found_message

    # ----------------------------------------------------------------------------------------------- sending

    async def _use(self, message: Message, data: Json, sent_at: datetime | None) -> Interaction:
        app = message.application or self._only_app()
        return await self._send(app, Kind.COMPONENT, message.channel, data, source=message, sent_at=sent_at)

    async def _send(
        self,
        app: Application,
        kind: Kind,
        channel: Channel,
        data: Json,
        *,
        source: Message | None = None,
        sent_at: datetime | None = None,
    ) -> Interaction:
        world = self._world
        interaction = Interaction(
            world.snowflake(sent_at),
            secrets.token_urlsafe(48),
            kind,
            app,
            self.user,
            channel,
            data,
            world.bell,
            source,
            asyncio.get_running_loop().time(),
        )
        self._interactions.expect(interaction)
        self._gateway.give_all(app, channel.guild, "INTERACTION_CREATE", interaction_json(interaction))
        try:
            async with asyncio.timeout(self._interactions.callback_seconds):
                await interaction.answered.wait()
        except TimeoutError:
            interaction.failed = True
        return interaction

    def _control(self, message: Message, control: str, *, force: bool) -> Json | None:
        """Return a component of *message* as it is now."""
        part = message.component(control)
        if force:
            return part
        self._check_sees(message)
        if part is None:
            error = f"The message has no {control}; it has {', '.join(message.custom_ids) or 'no controls'}."
            raise ImpossibleError(error)
        if part.get("disabled"):
            error = f"{control} is disabled."
            raise ImpossibleError(error)
        return part

    def _check_sees(self, message: Message) -> None:
        visible = Permission.VIEW_CHANNEL in message.channel.permissions_of(self.user)
        if message.deleted or not visible or message.to not in {None, self.user}:
            error = f"{self.user.name} does not see this message."
            raise ImpossibleError(error)

    def _command(self, channel: Channel, name: str, type_: int) -> tuple[Application, Json]:
        for app, command in self._commands(channel):
            if command["name"] == name and command["type"] == type_:
                return app, command
        error = f"{self.user.name} is offered no {name} in {channel.name}, but {self.offered(channel)}."
        raise ImpossibleError(error)

    def _commands(self, channel: Channel) -> list[tuple[Application, Json]]:
        """Return what this person may use in *channel*; a guild's own commands before those of everywhere."""
        has = channel.permissions_of(self.user)
        if not has & Permission.USE_APPLICATION_COMMANDS:
            return []
        scopes = (None,) if channel.guild is None else (int(channel.guild.id), None)
        apps = self._world.applications.values()
        here = [app for app in apps if Permission.VIEW_CHANNEL in channel.permissions_of(app.user)]
        return [
            (app, command)
            for scope in scopes
            for app in here
            for command in app.commands.get(scope, {}).values()
            if _may_use(command, has, direct=channel.guild is None)
        ]

    def _only_app(self) -> Application:
        apps = list(self._world.applications.values())
        if len(apps) != 1:
            raise ImpossibleError("Say which of the applications is meant.")
        return apps[0]


def _may_use(command: Json, has: Permission, *, direct: bool) -> bool:
    if direct:
        contexts = command.get("contexts")
        return bool(command.get("dm_permission", True)) if contexts is None else 1 in contexts
    needed = command.get("default_member_permissions")
    if needed is None or Permission.ADMINISTRATOR in has:
        return True
    return int(needed) > 0 and not int(needed) & ~int(has)


__all__ = ["ImpossibleError", "Person"]
