"""The methods that show modals and homes."""

from tests.emulators.slack.calls import Call, Handler
from tests.emulators.slack.drafts import view_of
from tests.emulators.slack.interactions import Desk, Interaction
from tests.emulators.slack.payloads import view_json
from tests.emulators.slack.refusals import Json, RefusedError
from tests.emulators.slack.residents import View
from tests.emulators.slack.windows import Windows
from tests.emulators.slack.worlds import World


class Views:
    """Opens, pushes, changes and publishes views."""

    def __init__(self, world: World, desk: Desk, windows: Windows) -> None:
        self._world = world
        self._desk = desk
        self._windows = windows
        self.methods: dict[str, Handler] = {
            "views.open": self.open,
            "views.push": self.push,
            "views.update": self.update,
            "views.publish": self.publish,
        }

    def open(self, call: Call) -> Json:
        """Open a modal with a trigger."""
        body = view_of(self._world, call.args.get("view"))
        interaction = self._triggered(call)
        return self._shown(interaction, self._windows.open(call.app, interaction.user, body))

    def push(self, call: Call) -> Json:
        """Open a modal over another with a trigger."""
        body = view_of(self._world, call.args.get("view"))
        interaction = self._triggered(call)
        return self._shown(interaction, self._windows.push(call.app, interaction.user, body))

    def update(self, call: Call) -> Json:
        """Let a view show something else."""
        view = self._windows.find(call.app, call.text("view_id"), call.text("external_id"))
        if view.user.team is not call.team:
            raise RefusedError("not_found")
        body = view_of(self._world, call.args.get("view"), home=view.type == "home")
        if call.text("hash") and call.text("hash") != view.hash:
            raise RefusedError("hash_conflict")
        return self._told(self._windows.change(view, body))

    def publish(self, call: Call) -> Json:
        """Show somebody's home."""
        user = call.person(self._world, "user_id")
        body = view_of(self._world, call.args.get("view"), home=True)
        return self._told(self._windows.publish(call.app, user, body, call.text("hash")))

    def _triggered(self, call: Call) -> Interaction:
        # Slack takes the one for the other, and so do clients that are older than either name.
        trigger = call.text("trigger_id") or call.text("interactivity_pointer")
        if not trigger:
            raise RefusedError("invalid_arguments", ["[ERROR] missing required field: trigger_id"])
        return self._desk.triggered(trigger, call.app)

    def _shown(self, interaction: Interaction, view: View) -> Json:
        interaction.modal = view
        self._world.bell.ring()
        return self._told(view)

    def _told(self, view: View) -> Json:
        return {"view": view_json(view, self._windows.state(view))}
