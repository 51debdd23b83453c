"""The methods that take files: an address is asked for, the file sent there, and that it was is told."""

from datetime import timedelta

from tests.emulators.slack.calls import Call, Handler
from tests.emulators.slack.drafts import draft_of, parsed
from tests.emulators.slack.payloads import file_json
from tests.emulators.slack.posting import message_of
from tests.emulators.slack.refusals import Json, RefusedError
from tests.emulators.slack.residents import Channel, File
from tests.emulators.slack.worlds import World


class Files:
    """Takes files. It takes *ready_after* seconds after an upload until one can be shown."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.address = ""
        self.ready_after = 0.0
        self.methods: dict[str, Handler] = {
            "files.getUploadURLExternal": self.ask,
            "files.completeUploadExternal": self.complete,
            "files.info": self.info,
        }

    def ask(self, call: Call) -> Json:
        """Return where to send a file."""
        call.scoped("files:write")
        name, length = call.need("filename"), call.need("length")
        if not length.isdecimal() or int(length) < 1:
            raise RefusedError("invalid_arguments", ["[ERROR] must be more than 0 [json-pointer:/length]"])
        file = File(self._world.id("F"), call.team, name, int(length), call.bot)
        file.alt_text = call.text("alt_txt")
        self._world.files[file.id] = file
        return {"upload_url": f"{self.address}/upload/v1/{file.id}", "file_id": file.id}

    def take(self, file_id: str, data: bytes) -> str:
        """Take what was sent, and return what is said of it."""
        file = self._world.files.get(file_id)
        if file is None or file.uploaded or len(data) != file.size:
            raise RefusedError("invalid_upload", status=400)
        file.data, file.uploaded = data, True
        return f"OK - {len(data)}"

    def complete(self, call: Call) -> Json:
        """Let files be there, and show them in a channel if one is named."""
        call.scoped("files:write")
        asked = parsed(call.args.get("files"), "invalid_arguments", list) or []
        files = [self._completed(call, one) for one in asked]
        if not files:
            raise RefusedError("invalid_arguments", ["[ERROR] missing required field: files"])
        if call.text("channel_id"):
            self._share(call, call.channel(self._world, "channel_id"), files)
        return {"files": [file_json(file) for file in files]}

    def _completed(self, call: Call, asked: Json) -> File:
        file = self._world.files.get(str(asked.get("id")))
        if file is None or file.team is not call.team or not file.uploaded:
            raise RefusedError("file_not_found")
        file.title = str(asked.get("title") or file.name)
        file.ready_at = self._world.now() + timedelta(seconds=self.ready_after)
        return file

    def _share(self, call: Call, channel: Channel, files: list[File]) -> None:
        if call.bot.id not in channel.members:
            raise RefusedError("not_in_channel")
        args = {"text": call.text("initial_comment") or " ", "blocks": call.args.get("blocks")}
        draft = draft_of(self._world, call.team, args)
        message = message_of(self._world, call.app, channel, draft, thread_ts=call.text("thread_ts"))
        message.text, message.files = call.text("initial_comment"), files
        for file in files:
            file.channels.append(channel)
        self._world.post(message)

    def info(self, call: Call) -> Json:
        """Tell of a file."""
        call.scoped("files:read")
        file = self._world.files.get(call.text("file"))
        if file is None or file.team is not call.team or file.ready_at is None:
            raise RefusedError("file_not_found")
        said = file_json(file)
        if not self._world.can_show(file.id):
            said["mimetype"] = ""
        return {"file": said, "comments": [], "response_metadata": {"next_cursor": ""}}
