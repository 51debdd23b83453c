"""What people see beside the channels: modals, one over another, and their homes."""

from typing import Final

from tests.emulators.slack.applications import Application
from tests.emulators.slack.inputs import State, state_of
from tests.emulators.slack.refusals import Json, RefusedError
from tests.emulators.slack.residents import User, View
from tests.emulators.slack.worlds import World

MOST_MODALS: Final = 3


class Windows:
    """Knows what is open at whose client, and what was filled in there."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._stacks: dict[str, list[View]] = {}
        self.states: dict[str, State] = {}

    def stack(self, user: User) -> list[View]:
        """Return the modals that somebody sees, the topmost last."""
        return self._stacks.setdefault(user.id, [])

    def state(self, view: View) -> State:
        """Return what is filled in in *view*."""
        if view.id not in self.states:
            self.states[view.id] = state_of(view.blocks)
        return self.states[view.id]

    def open(self, app: Application, user: User, body: Json) -> View:
        """Show a modal, in place of all that were there."""
        self.clear(user)
        return self._show(app, user, body, None)

    def push(self, app: Application, user: User, body: Json) -> View:
        """Show a modal over those that are there."""
        stack = self.stack(user)
        if not stack or stack[-1].app is not app:
            raise RefusedError("not_found")
        if len(stack) >= MOST_MODALS:
            raise RefusedError("push_limit_reached")
        return self._show(app, user, body, stack[-1])

    def change(self, view: View, body: Json) -> View:
        """Let *view* show something else; what was filled in stays where the ids are the same."""
        self._check_external(view.app, body, view)
        before = self.state(view)
        view.body, view.hash = body, self._hash()
        view.external_id = str(body.get("external_id") or "")
        view.updates += 1
        view.errors = {}
        self.states[view.id] = state_of(view.blocks, before)
        self._world.bell.ring()
        return view

    def close(self, view: View) -> None:
        """Take *view* away, and what is over it."""
        stack = self.stack(view.user)
        if view in stack:
            for gone in stack[stack.index(view) :]:
                self._forget(gone)
            del stack[stack.index(view) :]
        self._world.bell.ring()

    def clear(self, user: User) -> None:
        """Take all modals of somebody away."""
        stack = self.stack(user)
        if stack:
            self.close(stack[0])

    def publish(self, app: Application, user: User, body: Json, expected: str) -> View:
        """Show somebody's home; raises RefusedError when it is not the *expected* one any more."""
        key = app.id, user.id
        view = self._world.homes.get(key)
        if view is not None:
            if expected and expected != view.hash:
                raise RefusedError("hash_conflict")
            return self.change(view, body)
        self._check_external(app, body, None)
        view = self._made(app, user, body)
        self._world.homes[key] = view
        self._world.bell.ring()
        return view

    def find(self, app: Application, view_id: str, external_id: str) -> View:
        """Return a view that is shown, by either of its ids."""
        view = self._world.views.get(view_id) or self._external(app, external_id)
        if view is None or view.app is not app or view.closed:
            raise RefusedError("not_found")
        return view

    def _show(self, app: Application, user: User, body: Json, previous: View | None) -> View:
        self._check_external(app, body, None)
        view = self._made(app, user, body)
        view.previous = previous
        view.root_id = previous.root_id if previous else view.id
        self.stack(user).append(view)
        self._world.bell.ring()
        return view

    def _made(self, app: Application, user: User, body: Json) -> View:
        view = View(self._world.id("V"), app, user, str(body["type"]), body, self._hash())
        view.root_id, view.opened_at = view.id, self._world.now()
        view.external_id = str(body.get("external_id") or "")
        self._world.views[view.id] = view
        return view

    def _forget(self, view: View) -> None:
        view.closed = True
        self._world.views.pop(view.id, None)
        self.states.pop(view.id, None)

    def _external(self, app: Application, external_id: str) -> View | None:
        if not external_id:
            return None
        views = self._world.views.values()
        return next((view for view in views if view.app is app and view.external_id == external_id), None)

    def _check_external(self, app: Application, body: Json, own: View | None) -> None:
        there = self._external(app, str(body.get("external_id") or ""))
        if there is not None and there is not own:
            raise RefusedError("duplicate_external_id")

    def _hash(self) -> str:
        return f"{int(self._world.now.seconds())}.{self._world.id('', 8)}"
