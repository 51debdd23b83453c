"""What people do, as it is sent to the app, and what its acknowledgement makes them see."""

import asyncio
from datetime import datetime

from tests.emulators.slack.applications import Application
from tests.emulators.slack.checks import Form
from tests.emulators.slack.couriers import Courier
from tests.emulators.slack.drafts import view_of
from tests.emulators.slack.elements import SUGGESTIONS
from tests.emulators.slack.inputs import (
    EXTERNAL,
    Filled,
    ImpossibleError,
    State,
    action,
    filled,
    missing,
    state_of,
)
from tests.emulators.slack.interactions import Desk, Interaction
from tests.emulators.slack.parcels import Kind, Parcel
from tests.emulators.slack.payloads import frame, message_json, named, view_json
from tests.emulators.slack.refusals import Json, RefusedError
from tests.emulators.slack.residents import Channel, Message, User, View, elements_of
from tests.emulators.slack.responses import Responses
from tests.emulators.slack.windows import Windows
from tests.emulators.slack.worlds import World

Shown = Message | View


class Acts:
    """The ways in which a client speaks with an app."""

    def __init__(
        self, world: World, courier: Courier, desk: Desk, windows: Windows, responses: Responses, user: User
    ) -> None:
        self._world = world
        self._courier = courier
        self._desk = desk
        self._windows = windows
        self._responses = responses
        self._states: dict[str, State] = {}
        self._suggested: dict[tuple[str, str], list[Json]] = {}
        self.user = user

    @property
    def app(self) -> Application:
        """The one app of the workspace."""
        team = self.user.team.id
        apps = [app for app in self._world.apps.values() if team in app.installations]
        if len(apps) != 1:
            raise ImpossibleError("Say which of the applications is meant.")
        return apps[0]

    # ---------------------------------------------------------------------------------------------- sending

    async def _command(
        self,
        app: Application,
        channel: Channel,
        command: str,
        text: str,
        sent_at: datetime | None,
        changes: Json | None,
    ) -> Interaction:
        done = self._new("slash", app, channel, None)
        url = self._desk.hook(done, sent_at or self._world.now())
        team = self.user.team
        done.payload = {
            "token": app.verification_token,
            "team_id": team.id,
            "team_domain": team.domain,
            "channel_id": channel.id,
            "channel_name": named(channel)["name"],
            "user_id": self.user.id,
            "user_name": self.user.name,
            "command": command,
            "text": text,
            "api_app_id": app.id,
            "is_enterprise_install": "false",
            "response_url": url,
            "trigger_id": done.trigger_id,
            **(changes or {}),
        }
        await self._send(done, Kind.COMMAND)
        if done.acked and done.body:
            try:
                done.answer = self._responses.acknowledged(done, done.body)
            except RefusedError as refused:
                self._refuse(done, refused)
        return done

    async def _shortcut(
        self,
        app: Application,
        callback_id: str,
        message: Message | None,
        sent_at: datetime | None,
        changes: Json | None,
    ) -> Interaction:
        at = sent_at or self._world.now()
        kind = "shortcut" if message is None else "message_action"
        done = self._new(kind, app, message.channel if message else None, message)
        stamp = f"{at.timestamp():.6f}"
        payload = frame(app, self.user) | {"callback_id": callback_id, "action_ts": stamp}
        if message is not None:
            payload |= {"message": message_json(message), "message_ts": message.ts}
            payload |= {"channel": named(message.channel), "response_url": self._desk.hook(done, at)}
        done.payload = payload | {"type": kind, "trigger_id": done.trigger_id, **(changes or {})}
        return await self._send(done, Kind.INTERACTIVE)

    async def _use(
        self,
        shown: Shown,
        block: Json,
        element: Json,
        state: Json | None,
        sent_at: datetime | None,
        changes: Json | None,
    ) -> Interaction:
        at = sent_at or self._world.now()
        channel = shown.channel if isinstance(shown, Message) else None
        done = self._new("block_actions", self._app_of(shown), channel, shown)
        payload = frame(done.app, self.user) | self._place(shown)
        payload |= {"type": "block_actions", "trigger_id": done.trigger_id}
        payload["actions"] = [action(block, element, state, at)]
        if isinstance(shown, Message):
            payload["state"] = {"values": self._state(shown)}
            payload["response_url"] = self._desk.hook(done, at)
        done.payload = payload | (changes or {})
        return await self._send(done, Kind.INTERACTIVE)

    async def _suggest(self, shown: Shown, block: Json, element: Json, typed: str) -> list[Json]:
        channel = shown.channel if isinstance(shown, Message) else None
        done = self._new("block_suggestion", self._app_of(shown), channel, shown)
        place = {"action_id": element["action_id"], "block_id": block["block_id"], "value": typed}
        payload = frame(done.app, self.user) | self._place(shown) | place
        done.payload = payload | {"type": "block_suggestion"}
        await self._send(done, Kind.SUGGESTION)
        body = done.body if isinstance(done.body, dict) else {}
        form = Form()
        SUGGESTIONS(form, "", body)
        if not done.acked or form.wrong:
            return []
        groups = body.get("option_groups") or [{"options": body.get("options") or []}]
        done.options = [option for group in groups for option in group["options"]]
        self._suggested[block["block_id"], element["action_id"]] = done.options
        return done.options

    async def _submit(
        self, view: View, sent_at: datetime | None, changes: Json | None, *, force: bool
    ) -> Interaction:
        done = self._new("view_submission", view.app, None, view)
        state = self._windows.state(view)
        done.errors = {} if force else self._wrong(view, state)
        if done.errors:
            return done
        payload = frame(view.app, self.user) | {"type": "view_submission", "trigger_id": done.trigger_id}
        payload |= {"view": view_json(view, _inputs_alone(view, state)), "response_urls": []}
        if sent_at is not None:
            payload["action_ts"] = f"{sent_at.timestamp():.6f}"
        done.payload = payload | (changes or {})
        await self._send(done, Kind.INTERACTIVE)
        if done.acked:
            try:
                self._submitted(view, done)
            except RefusedError as refused:
                self._refuse(done, refused)
        return done

    async def _close(self, view: View) -> None:
        if view not in self._windows.stack(self.user):
            raise ImpossibleError("This modal is not there any more.")
        state = self._windows.state(view)
        self._windows.close(view)
        if not view.body.get("notify_on_close"):
            return
        done = self._new("view_closed", view.app, None, view)
        payload = frame(view.app, self.user) | {"type": "view_closed", "is_cleared": False}
        done.payload = payload | {"view": view_json(view, state)}
        await self._send(done, Kind.INTERACTIVE)

    async def _send(self, done: Interaction, kind: Kind) -> Interaction:
        self._desk.expect(done)
        began = asyncio.get_running_loop().time()
        outcome = await self._courier.ask(Parcel(done.app, kind, done.kind, done.payload, self.user.id))
        if outcome.ok:
            done.acknowledged = asyncio.get_running_loop().time() - began
            done.body = outcome.body
        else:
            done.failed = True
        return done

    # ---------------------------------------------------------------------------------------- what is seen

    def _submitted(self, view: View, done: Interaction) -> None:
        """Carry out what the acknowledgement of a modal asked for."""
        body = done.body if isinstance(done.body, dict) else {}
        match body.get("response_action"):
            case None:
                self._windows.close(view)
                done.closed = True
            case "clear":
                self._windows.clear(self.user)
                done.closed = True
            case "errors":
                done.errors = view.errors = _errors(view, body.get("errors"))
            case "update":
                done.modal = self._windows.change(view, view_of(self._world, body.get("view")))
            case "push":
                done.modal = self._windows.push(view.app, self.user, view_of(self._world, body.get("view")))
            case other:
                raise RefusedError("invalid_arguments", [f"[ERROR] unknown response_action: {other}"])
        self._world.bell.ring()

    def _refuse(self, done: Interaction, refused: RefusedError) -> None:
        done.failed, done.refused = True, refused
        self._world.bell.ring()

    def _wrong(self, view: View, state: State) -> dict[str, str]:
        """Return what Slack's client itself says of what was filled in."""
        wrong = {}
        for block, element in elements_of(view.blocks):
            if block["type"] == "input":
                said = missing(block, state[block["block_id"]][element["action_id"]])
                if said:
                    wrong[block["block_id"]] = said
        return wrong

    def _place(self, shown: Shown) -> Json:
        if isinstance(shown, View):
            view = view_json(shown, self._windows.state(shown))
            return {"container": {"type": "view", "view_id": shown.id}, "view": view}
        container: Json = {
            "type": "message",
            "message_ts": shown.ts,
            "channel_id": shown.channel.id,
            "is_ephemeral": shown.ephemeral,
        }
        if shown.thread_ts is not None:
            container["thread_ts"] = shown.thread_ts
        place: Json = {"container": container, "channel": named(shown.channel)}
        if not shown.ephemeral:
            place["message"] = message_json(shown)
        return place

    def _new(self, kind: str, app: Application, channel: Channel | None, source: Shown | None) -> Interaction:
        world = self._world
        trigger = f"{int(world.secret(9), 16)}.{int(world.secret(9), 16)}.{world.secret()}"
        return Interaction(kind, app, self.user, {}, trigger, world.bell, channel, source=source)

    # ------------------------------------------------------------------------------------------- what is so

    def _control(self, shown: Shown, wanted: str, *, force: bool, block_id: str = "") -> tuple[Json, Json]:
        """Return an element as it is now, with its block; raises ImpossibleError when it is not there."""
        if not force:
            self._check_sees(shown)
        there = [one for one in elements_of(shown.blocks) if block_id in {"", one[0].get("block_id")}]
        for same in (_by_action, _by_value, _by_label):
            for block, element in there:
                if same(block, element, wanted):
                    return block, element
        if force:
            return {"type": "actions", "block_id": block_id or "forced"}, _forced(wanted)
        error = f"There is no {wanted}; there is {', '.join(shown.action_ids) or 'nothing to press'}."
        raise ImpossibleError(error)

    def _fill(self, shown: Shown, block: Json, element: Json, value: Filled, *, force: bool) -> Json:
        """Remember what was filled in, and return it."""
        suggested = self._suggested.get((block["block_id"], element["action_id"]), [])
        state = filled(element, value, suggested if element["type"] in EXTERNAL else (), force=force)
        if element["type"] != "overflow":
            known = self._windows.state(shown) if isinstance(shown, View) else self._state(shown)
            known.setdefault(block["block_id"], {})[element["action_id"]] = state
        return state

    def _state(self, message: Message) -> State:
        """Return what this person filled in in a message."""
        if not message.blocks:
            return {}
        state = self._states[message.ts] = state_of(message.blocks, self._states.get(message.ts))
        return state

    def _app_of(self, shown: Shown) -> Application:
        if shown.app is None:
            raise ImpossibleError("No app has posted this message.")
        return shown.app

    def _bot(self, app: Application) -> User:
        bot = app.bot_in(self.user.team)
        if bot is None:
            raise ImpossibleError("The app is not in this workspace.")
        return bot

    def _dm_with(self, app: Application) -> Channel:
        return self._world.dm(self._bot(app), self.user)

    def _check_in(self, channel: Channel) -> None:
        if self.user.id not in channel.members:
            error = f"{self.user.name} is not in {channel.name or 'these direct messages'}."
            raise ImpossibleError(error)

    def _check_sees(self, shown: Shown) -> None:
        if isinstance(shown, View):
            visible = shown.user is self.user and not shown.closed
        else:
            channel = shown.channel
            inside = self.user.id in channel.members or channel.kind == "public_channel"
            visible = inside and not shown.deleted and shown.ephemeral_to in {None, self.user}
        if not visible:
            error = f"{self.user.name} does not see this."
            raise ImpossibleError(error)


def _by_action(_block: Json, element: Json, wanted: str) -> bool:
    return bool(element["action_id"] == wanted)


def _by_value(_block: Json, element: Json, wanted: str) -> bool:
    return element["type"] == "button" and element.get("value") == wanted


def _by_label(block: Json, element: Json, wanted: str) -> bool:
    label = element.get("text") or block.get("label") or element.get("placeholder") or {}
    return bool(label.get("text") == wanted)


def _forced(action_id: str) -> Json:
    return {"type": "button", "action_id": action_id, "text": {"type": "plain_text", "text": action_id}}


def _inputs_alone(view: View, state: State) -> State:
    """Return the state of what is sent with a modal: that of inputs and of all else that can be filled in."""
    there = {block["block_id"] for block, _ in elements_of(view.blocks)}
    return {block_id: values for block_id, values in state.items() if block_id in there}


def _errors(view: View, errors: object) -> dict[str, str]:
    """Return the errors that an app shows; raises RefusedError when they belong to no input."""
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not errors.keys() <= inputs:
        raise RefusedError("invalid_arguments", ["[ERROR] errors must name blocks of the view"])
    return {str(key): str(value) for key, value in errors.items()}
