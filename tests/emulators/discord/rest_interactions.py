"""The REST interface to interactions: their callbacks, and the webhooks that go with their tokens."""

from collections.abc import Callable
from copy import deepcopy
from typing import Final

from tests.emulators.discord import refusals
from tests.emulators.discord.calls import NO_CONTENT, OK, Answer, Call
from tests.emulators.discord.checks import Form, numbered
from tests.emulators.discord.drafts import Draft, draft_of
from tests.emulators.discord.interactions import (
    CALLBACK_SECONDS,
    TOKEN_SECONDS,
    Interaction,
    Kind,
    Modal,
    Reply,
    Response,
)
from tests.emulators.discord.layouts import check_modal
from tests.emulators.discord.payloads import message_json, user_json
from tests.emulators.discord.posting import MENU_REPLY, SLASH_REPLY, edit, message_of
from tests.emulators.discord.refusals import Json
from tests.emulators.discord.registry import SLASH, check_choices
from tests.emulators.discord.residents import EPHEMERAL, LOADING, Message
from tests.emulators.discord.worlds import World

_REPLIES: Final = {
    Kind.COMMAND: {Reply.MESSAGE, Reply.DEFERRED_MESSAGE, Reply.MODAL},
    Kind.COMPONENT: {
        Reply.MESSAGE,
        Reply.DEFERRED_MESSAGE,
        Reply.DEFERRED_UPDATE,
        Reply.UPDATE,
        Reply.MODAL,
    },
    Kind.AUTOCOMPLETE: {Reply.CHOICES},
    Kind.MODAL: {Reply.MESSAGE, Reply.DEFERRED_MESSAGE, Reply.DEFERRED_UPDATE, Reply.UPDATE},
}
_NEEDS_SOURCE: Final = {Reply.DEFERRED_UPDATE, Reply.UPDATE}


class Interactions:
    """Answers what is asked of interactions. *callback_seconds* and *token_seconds* may be set."""

    def __init__(self, world: World, clock: Callable[[], float]) -> None:
        self._world = world
        self._clock = clock
        self._by_token: dict[str, Interaction] = {}
        self.callback_seconds = CALLBACK_SECONDS
        self.token_seconds = TOKEN_SECONDS

    def expect(self, interaction: Interaction) -> None:
        """Let *interaction* be answered from now on."""
        self._by_token[interaction.token] = interaction

    def forget(self, interaction: Interaction) -> None:
        """Forget *interaction*, so that a long run needs no more memory than a short one."""
        self._by_token.pop(interaction.token, None)

    # -------------------------------------------------------------------------------------------- callbacks

    def callback(self, call: Call, id_: int, token: str) -> Answer:
        """Acknowledge an interaction; raises RefusedError."""
        interaction = self._by_token.get(token)
        if interaction is None or interaction.id != id_:
            raise refusals.unknown_interaction()
        if interaction.acknowledged is not None:
            raise refusals.acknowledged_already()
        after = self._clock() - interaction.began
        if interaction.failed or after > self.callback_seconds:
            raise refusals.unknown_interaction()
        reply = self._reply_type(interaction, call.form().get("type"))
        data = call.form().get("data") or {}
        message = self._apply(call, interaction, reply, data)
        interaction.acknowledged = after
        self._add(interaction, Response(reply, data, message, after))
        interaction.answered.set()
        return self._callback_answer(call, interaction, reply, message)

    def _reply_type(self, interaction: Interaction, said: object) -> Reply:
        allowed = _REPLIES[interaction.kind]
        if interaction.source is None:
            allowed = allowed - _NEEDS_SOURCE
        form = Form()
        form.one_of(("type",), said, {reply.value for reply in allowed})
        form.refuse()
        return Reply(int(str(said)))

    def _apply(self, call: Call, interaction: Interaction, reply: Reply, data: Json) -> Message | None:
        match reply:
            case Reply.MESSAGE:
                interaction.message = self._say(call, interaction, data)
            case Reply.DEFERRED_MESSAGE:
                interaction.message = self._think(interaction, data)
            case Reply.UPDATE if interaction.source is not None:
                edit(self._world, interaction.source, draft_of(data, call.uploads, interaction.source))
                interaction.message = interaction.source
            case Reply.CHOICES:
                form = Form()
                check_choices(form, ("data", "choices"), data.get("choices"))
                form.refuse()
                interaction.choices = data["choices"]
            case Reply.MODAL:
                form = Form()
                check_modal(form, data)
                form.refuse()
                components = deepcopy(data["components"])
                numbered(components)
                interaction.modal = Modal(data["custom_id"], data["title"], components, interaction)
            case _:
                pass
        return interaction.message

    def _say(self, call: Call, interaction: Interaction, data: Json) -> Message:
        return self._show(interaction, draft_of(data, call.uploads), first=True)

    def _show(self, interaction: Interaction, draft: Draft, *, first: bool) -> Message:
        source = interaction.source if first and interaction.kind is Kind.COMPONENT else None
        message = message_of(self._world, interaction.app, interaction.channel, draft, source)
        return self._post(interaction, message, first=first)

    def _think(self, interaction: Interaction, data: Json) -> Message:
        flags = int(data.get("flags") or 0) & EPHEMERAL
        message = Message(
            self._world.snowflake(), interaction.channel, interaction.app.user, self._world.now()
        )
        message.flags, message.application = flags | LOADING, interaction.app
        return self._post(interaction, message, first=True)

    def _post(self, interaction: Interaction, message: Message, *, first: bool) -> Message:
        message.webhook = True
        message.nonce = None
        message.interaction = metadata_json(interaction)
        if first and interaction.kind is Kind.COMMAND:
            message.type = SLASH_REPLY if interaction.data.get("type") == SLASH else MENU_REPLY
        if message.ephemeral:
            message.to = interaction.user
        return self._world.post(message)

    def _callback_answer(
        self, call: Call, interaction: Interaction, reply: Reply, message: Message | None
    ) -> Answer:
        if call.query.get("with_response") not in {"true", "1"}:
            return NO_CONTENT, None
        said: Json = {"id": str(interaction.id), "type": interaction.kind.value}
        resource: Json = {"type": reply.value}
        if message is not None and reply in {Reply.MESSAGE, Reply.DEFERRED_MESSAGE, Reply.UPDATE}:
            said["response_message_id"] = str(message.id)
            said["response_message_loading"] = message.loading
            said["response_message_ephemeral"] = message.ephemeral
            resource["message"] = message_json(message, interaction.app.user)
        return OK, {"interaction": said, "resource": resource}

    # --------------------------------------------------------------------------------------------- webhooks

    def webhook(self, call: Call, app: int, token: str, rest: list[str]) -> Answer:
        """Say more, or change or take back what was said; raises RefusedError."""
        interaction = self._by_token.get(token)
        if interaction is None or interaction.app.id != app:
            raise refusals.unknown_webhook()
        if self._clock() - interaction.began > self.token_seconds:
            raise refusals.invalid_webhook_token()
        if interaction.acknowledged is None:
            raise refusals.unknown_webhook()
        match (call.method, *rest):
            case ("POST",):
                return self._follow(call, interaction)
            case ("GET", "messages", which):
                return OK, self._json(interaction, self._said(interaction, which))
            case ("PATCH", "messages", which):
                return self._change(call, interaction, self._said(interaction, which))
            case ("DELETE", "messages", which):
                self._world.delete(self._said(interaction, which))
                return NO_CONTENT, None
            case _:
                raise refusals.not_found()

    def _follow(self, call: Call, interaction: Interaction) -> Answer:
        """Post one more message; the first after a deferral says what was thought about."""
        thinking = interaction.message
        if thinking is not None and thinking.loading:
            return self._change(call, interaction, thinking)
        message = self._show(interaction, draft_of(call.form(), call.uploads), first=False)
        self._add(interaction, self._response(interaction, Reply.MESSAGE, call.form(), message))
        return OK, self._json(interaction, message)

    def _change(self, call: Call, interaction: Interaction, message: Message) -> Answer:
        edit(self._world, message, draft_of(call.form(), call.uploads, message))
        if interaction.message is None:
            interaction.message = message
        return OK, self._json(interaction, message)

    def _said(self, interaction: Interaction, which: str) -> Message:
        original = interaction.message or interaction.source
        if which == "@original":
            message = original
        else:
            known = [original, *interaction.followups]
            message = next((one for one in known if one and str(one.id) == which), None)
        if message is None or message.deleted:
            raise refusals.unknown_message()
        return message

    def _response(self, interaction: Interaction, type_: Reply, data: Json, message: Message) -> Response:
        return Response(type_, data, message, self._clock() - interaction.began)

    def _add(self, interaction: Interaction, response: Response) -> None:
        interaction.responses.append(response)
        self._world.bell.ring()

    def _json(self, interaction: Interaction, message: Message) -> Json:
        return message_json(message, interaction.app.user)


def metadata_json(interaction: Interaction) -> Json:
    """Return what a message says of the interaction that it answers."""
    said: Json = {
        "id": str(interaction.id),
        "type": interaction.kind.value,
        "user": user_json(interaction.user),
        "authorizing_integration_owners": {},
    }
    if interaction.kind is Kind.COMMAND:
        said["name"] = interaction.data["name"]
    if interaction.kind is Kind.COMPONENT and interaction.source is not None:
        said["interacted_message_id"] = str(interaction.source.id)
    if interaction.kind is Kind.MODAL:
        said["triggering_interaction_metadata"] = {**said, "type": Kind.COMMAND.value, "name": ""}
    return said
