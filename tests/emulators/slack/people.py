"""People: they command, press, choose, type and react as Slack's client lets them, and see what it shows."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from tests.emulators.bells import WAIT_SECONDS
from tests.emulators.slack.acts import Acts, Shown
from tests.emulators.slack.applications import Application
from tests.emulators.slack.inputs import Filled, ImpossibleError
from tests.emulators.slack.interactions import Interaction
from tests.emulators.slack.mentions import pinged
from tests.emulators.slack.payloads import view_json
from tests.emulators.slack.refusals import Json
from tests.emulators.slack.residents import Channel, ChannelKind, File, Message, Ts, View
from tests.emulators.slack.texts import text_of
from tests.emulators.slack.worlds import Happening

Values = Mapping[tuple[str, str] | str, Filled]


class Person(Acts):
    """Somebody with Slack's client. Each act returns when the app has acknowledged it, or has failed to."""

    # --------------------------------------------------------------------------------- commands, shortcuts

    async def slash(
        self,
        channel: Channel,
        command: str,
        text: str = "",
        *,
        app: Application | None = None,
        sent_at: datetime | None = None,
        changes: Json | None = None,
    ) -> Interaction:
        """Send a slash command. There are none in threads."""
        app = app or self.app
        self._check_in(channel)
        if command not in app.commands:
            error = f"{command} is no command; there is {', '.join(app.commands) or 'none'}."
            raise ImpossibleError(error)
        return await self._command(app, channel, command, text, sent_at, changes)

    async def shortcut(
        self,
        callback_id: str,
        message: Message | None = None,
        *,
        app: Application | None = None,
        sent_at: datetime | None = None,
        changes: Json | None = None,
    ) -> Interaction:
        """Choose a shortcut: one of a *message*, or one that is everywhere."""
        app = app or self.app
        if app.shortcuts is not None and callback_id not in app.shortcuts:
            error = f"There is no shortcut {callback_id}."
            raise ImpossibleError(error)
        if message is not None:
            self._check_sees(message)
        return await self._shortcut(app, callback_id, message, sent_at, changes)

    # ---------------------------------------------------------------------------------------------- controls

    async def press(
        self,
        shown: Shown,
        control: str,
        *,
        force: bool = False,
        value: str | None = None,
        sent_at: datetime | None = None,
        changes: Json | None = None,
    ) -> Interaction:
        """Press the button with this action id, value or label, as *shown* is now.

        With *force* it need not be there any more: an old client shows an old message, and a forger sends
        whatever *value* they like. *changes* take the place of parts of the payload.
        """
        block, element = self._control(shown, control, force=force)
        if element["type"] != "button":
            error = f"{control} is no button."
            raise ImpossibleError(error)
        if value is not None:
            element = {**element, "value": value}
        return await self._use(shown, block, element, None, sent_at, changes)

    async def choose(
        self,
        shown: Shown,
        control: str,
        values: Filled,
        *,
        force: bool = False,
        sent_at: datetime | None = None,
        changes: Json | None = None,
    ) -> Interaction | None:
        """Choose *values* from a select, radio buttons, checkboxes or a menu: by their values or texts.

        Returns None where Slack tells nobody: in an input that is sent with its modal.
        """
        block, element = self._control(shown, control, force=force)
        state = self._fill(shown, block, element, values, force=force)
        if block["type"] == "input" and not block.get("dispatch_action"):
            return None
        return await self._use(shown, block, element, state, sent_at, changes)

    async def type(
        self, shown: Shown, control: str, text: str, *, enter: bool = True, force: bool = False
    ) -> Interaction | None:
        """Type into an input; *enter* sends it where the app asked for that, else None is returned."""
        block, element = self._control(shown, control, force=force)
        state = self._fill(shown, block, element, text, force=force)
        if not enter or not block.get("dispatch_action"):
            return None
        return await self._use(shown, block, element, state, None, None)

    async def suggest(self, shown: Shown, control: str, typed: str = "") -> list[Json]:
        """Return the options that are offered in a select while this is typed."""
        block, element = self._control(shown, control, force=False)
        if len(typed) < element.get("min_query_length", 3):
            return []
        return await self._suggest(shown, block, element, typed)

    # ------------------------------------------------------------------------------------------------ modals

    async def submit(
        self,
        view: View,
        values: Values | None = None,
        *,
        force: bool = False,
        sent_at: datetime | None = None,
        changes: Json | None = None,
    ) -> Interaction:
        """Send off a modal with *values*, by (block id, action id), action id or label.

        What Slack's client itself finds wrong is in the errors, and nobody is told, unless by *force*.
        """
        if view not in self.modals and not force:
            raise ImpossibleError("This modal is not there any more.")
        for key, value in (values or {}).items():
            control, block_id = (key, "") if isinstance(key, str) else (key[1], key[0])
            block, element = self._control(view, control, force=force, block_id=block_id)
            self._fill(view, block, element, value, force=force)
        return await self._submit(view, sent_at, changes, force=force)

    async def close(self, view: View | None = None) -> None:
        """Close a modal, or the topmost; the app is told if it asked for that."""
        view = view or (self.modals[-1] if self.modals else None)
        if view is None:
            raise ImpossibleError("There is no modal.")
        await self._close(view)

    @property
    def modals(self) -> list[View]:
        """The modals that this person sees, the topmost last."""
        return self._windows.stack(self.user)

    @property
    def home(self) -> View | None:
        """This person's home, if the app has one for them."""
        return self._world.homes.get((self.app.id, self.user.id))

    def home_of(self, app: Application) -> View | None:
        """Return this person's home with one of several apps."""
        return self._world.homes.get((app.id, self.user.id))

    async def open_home(self, app: Application | None = None, tab: str = "home") -> View | None:
        """Open the app's home, or another *tab* of it; return what is there at once."""
        app = app or self.app
        details: Json = {"tab": tab}
        if tab == "home" and (home := self.home_of(app)) is not None:
            details["view"] = view_json(home, self._windows.state(home))
        channel = self._dm_with(app)
        team = self.user.team
        happening = Happening(
            "app_home_opened", team, channel, user=self.user, app=app, at=self._world.ts(), details=details
        )
        self._world.tell(happening)
        return self.home_of(app)

    # ---------------------------------------------------------------------------------------------- messages

    async def say(
        self,
        channel: Channel,
        text: str,
        thread: Message | str | None = None,
        files: Sequence[File] = (),
    ) -> Message:
        """Write a message, in a thread or not."""
        self._check_in(channel)
        if channel.archived:
            raise ImpossibleError(f"{channel.name} is archived.")
        message = Message(self._world.ts(), channel, self.user, self._world.now(), text)
        message.client_msg_id = self._world.id("", 32).lower()
        message.pinged = pinged(self.user.team, text, [])
        message.files = list(files)
        if thread is not None:
            message.thread_ts = self._thread(channel, thread)
        return self._world.post(message)

    async def mention(
        self, channel: Channel, text: str, thread: Message | str | None = None, app: Application | None = None
    ) -> Message:
        """Write a message that calls the bot first."""
        return await self.say(channel, f"<@{self._bot(app or self.app).id}> {text}".rstrip(), thread)

    def file(self, name: str, data: bytes) -> File:
        """Return a file of this person's that is with Slack by now."""
        file = File(self._world.id("F"), self.user.team, name, len(data), self.user, data=data, uploaded=True)
        file.ready_at = self._world.now()
        file.url = f"{self._world.files_at}/files-pri/{file.id}"
        self._world.files[file.id] = file
        return file

    async def share(self, channel: Channel, text: str, file: File) -> Message:
        """Write a message that calls the bot first, with a file."""
        return await self.say(channel, f"<@{self._bot(self.app).id}> {text}", files=[file])

    async def write(self, dm: Channel, text: str, thread: Message | str | None = None) -> Message:
        """Write to the bot alone, in the channel that is :attr:`dm`."""
        if dm.kind is not ChannelKind.IM:
            raise ImpossibleError("Others read this; say it instead.")
        return await self.say(dm, text, thread)

    async def edit(self, message: Message, text: str) -> None:
        """Change a message of one's own."""
        if message.author is not self.user:
            raise ImpossibleError("Somebody else wrote this message.")
        message.past.append(message.text)
        message.text = text
        self._world.edited(message)

    async def delete(self, message: Message) -> None:
        """Delete a message of one's own."""
        if message.author is not self.user:
            raise ImpossibleError("Somebody else wrote this message.")
        self._world.delete(message)

    async def react(self, message: Message, name: str) -> None:
        """Put a reaction, by its name without colons."""
        self._check_sees(message)
        if message.ephemeral:
            raise ImpossibleError("Nobody can react to what they alone see.")
        self._world.react(message, self.user, name.strip(":"))

    async def unreact(self, message: Message, name: str) -> None:
        """Take a reaction away."""
        self._world.unreact(message, self.user, name.strip(":"))

    @property
    def dm(self) -> Channel:
        """The channel in which this person is alone with the bot."""
        return self._dm_with(self.app)

    def seen(self, channel: Channel, thread: Message | None = None) -> list[Message]:
        """Return what this person sees in *channel*, or in a *thread*, with what they alone see, in order."""
        if channel.kind is not ChannelKind.PUBLIC and self.user.id not in channel.members:
            return []
        shown = channel.messages.values()
        visible = [one for one in shown if one.ephemeral_to in {None, self.user}]
        if thread is None:
            return visible
        return [one for one in visible if thread.ts in {one.ts, one.thread_ts}]

    async def sees(
        self, channel: Channel, text: str, seconds: float = WAIT_SECONDS, *, after: Message | None = None
    ) -> Message:
        """Wait for the first message in *channel*, after *after*, that shows *text*."""

        def found() -> Sequence[Message]:
            later = (one for one in self.seen(channel) if after is None or one.ts > after.ts)
            return next(([one] for one in later if text in text_of(one) or text in one.text), ())

        return (await self._world.bell.until(found, seconds, f"a message that shows {text!r}"))[0]

    def _thread(self, channel: Channel, thread: Message | str) -> Ts:
        parent = thread if isinstance(thread, Message) else channel.message(thread)
        if parent is None:
            raise ImpossibleError("There is no such thread.")
        if parent.thread_ts is None:
            parent.thread_ts, parent.rendered = parent.ts, None
        return parent.thread_ts


__all__ = ["ImpossibleError", "Person"]
