"""Grants: people approve an application at an address, and are sent back with a code."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit

from aiohttp import web

from tests.emulators.slack.applications import Application
from tests.emulators.slack.refusals import RefusedError
from tests.emulators.slack.residents import User
from tests.emulators.slack.worlds import World


class Grants:
    """The page of approval. *approver* is who approves whatever comes to it; nobody when it is None."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.approver: User | None = None

    def approve(self, url: str, by: User) -> str:
        """Approve what the address *url* asks for, and return the address to go on to."""
        return self._approved(dict(parse_qsl(urlsplit(url).query)), by)

    def deny(self, url: str) -> str:
        """Refuse what the address *url* asks for, and return the address to go on to."""
        query = dict(parse_qsl(urlsplit(url).query))
        said = {"error": "access_denied", "state": query.get("state", "")}
        return f"{query.get('redirect_uri', '')}?{urlencode(said)}"

    def page(self, request: web.BaseRequest) -> web.Response:
        """Send a browser on with a code, or show it a page."""
        if self.approver is None:
            return web.Response(text="<html><body>Allow?</body></html>", content_type="text/html")
        try:
            onward = self._approved(dict(request.query), self.approver)
        except RefusedError as refused:
            return web.Response(status=400, text=refused.error)
        return web.Response(status=302, headers={"Location": onward})

    def _approved(self, query: Mapping[str, str], by: User) -> str:
        app = self._app(query.get("client_id", ""))
        scopes = [scope for scope in query.get("scope", "").split(",") if scope]
        if not scopes:
            raise RefusedError("invalid_scope")
        redirect_uri = query.get("redirect_uri", "")
        code = self._world.register.grant(app, by, scopes, redirect_uri)
        return f"{redirect_uri}?{urlencode({'code': code, 'state': query.get('state', '')})}"

    def _app(self, client_id: str) -> Application:
        for app in self._world.apps.values():
            if app.client_id == client_id:
                return app
        raise RefusedError("invalid_client_id")
