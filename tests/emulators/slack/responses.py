"""Response addresses: what an app sends there is shown to whoever acted, or to all."""

from tests.emulators.slack.drafts import draft_of
from tests.emulators.slack.interactions import Desk, Interaction
from tests.emulators.slack.posting import edit, message_of
from tests.emulators.slack.refusals import Json, RefusedError
from tests.emulators.slack.residents import Channel, Message
from tests.emulators.slack.worlds import World


class Responses:
    """Shows what comes to response addresses, and what an acknowledgement has in it."""

    def __init__(self, world: World, desk: Desk) -> None:
        self._world = world
        self._desk = desk

    def take(self, path: str, body: Json) -> Json:
        """Do what came to a response address; raises RefusedError."""
        interaction = self._desk.responded(path)
        source = interaction.source if isinstance(interaction.source, Message) else None
        if body.get("delete_original"):
            self._delete(source)
        elif body.get("replace_original") and (there := source or interaction.answer) is not None:
            self._replace(interaction, there, body)
        else:
            self._show(interaction, body)
        self._world.bell.ring()
        return {"ok": True}

    def acknowledged(self, interaction: Interaction, body: Json | str) -> Message | None:
        """Show the message that the acknowledgement of a command has."""
        said: Json = {"text": body} if isinstance(body, str) else body
        if not any(said.get(key) for key in ("text", "blocks", "attachments")):
            return None
        message = self._message(interaction, said)
        self._world.post(message)
        return message

    def _show(self, interaction: Interaction, body: Json) -> None:
        message = self._message(interaction, body)
        self._world.post(message)
        interaction.messages.append(message)

    def _message(self, interaction: Interaction, body: Json) -> Message:
        channel = self._channel(interaction)
        draft = draft_of(self._world, channel.team, body)
        to = None if body.get("response_type") == "in_channel" else interaction.user
        thread = str(body.get("thread_ts") or "")
        return message_of(self._world, interaction.app, channel, draft, thread_ts=thread, to=to)

    def _channel(self, interaction: Interaction) -> Channel:
        if interaction.channel is None:
            raise RefusedError("channel_not_found", status=404)
        return interaction.channel

    def _replace(self, interaction: Interaction, source: Message, body: Json) -> None:
        if source.deleted:
            raise RefusedError("message_not_found", status=404)
        edit(self._world, source, draft_of(self._world, source.channel.team, body))
        interaction.messages.append(source)

    def _delete(self, source: Message | None) -> None:
        if source is None or source.deleted:
            raise RefusedError("message_not_found", status=404)
        self._world.delete(source)
