"""The methods that tell of people, workspaces and bots, and those by which applications come and go."""

from collections.abc import Callable

from tests.emulators.slack.api_conversations import paged
from tests.emulators.slack.applications import Application, Installation, TokenKind
from tests.emulators.slack.calls import Call, Handler
from tests.emulators.slack.payloads import bot_json, team_json, user_json, usergroup_json
from tests.emulators.slack.refusals import Json, RefusedError
from tests.emulators.slack.residents import Team
from tests.emulators.slack.worlds import Happening, World


class Teams:
    """Tells who is there, exchanges codes and refresh tokens, and takes applications out."""

    def __init__(self, world: World, connect: Callable[[Application], str]) -> None:
        self._world = world
        self._connect = connect
        self.methods: dict[str, Handler] = {
            "auth.test": self.test,
            "auth.revoke": self.revoke,
            "apps.connections.open": self.connections,
            "apps.uninstall": self.uninstall,
            "team.info": self.info,
            "bots.info": self.bot,
            "users.info": self.user,
            "users.list": self.users,
            "usergroups.list": self.usergroups,
        }
        self.open_to_all: dict[str, Handler] = {
            "api.test": self.echo,
            "oauth.v2.access": self.access,
        }
        """What needs no token."""

    def echo(self, call: Call) -> Json:
        """Say what was said; refuse with the error that was asked for."""
        if call.text("error"):
            raise RefusedError(call.text("error"), more={"args": dict(call.args)})
        return {"args": dict(call.args)}

    def test(self, call: Call) -> Json:
        """Tell whose token it is."""
        if call.token is not None and call.token.kind is TokenKind.APP:
            return {"app_id": call.app.id, "app_name": call.app.name}
        return {
            "url": f"https://{call.team.domain}.slack.com/",
            "team": call.team.name,
            "user": call.bot.name,
            "team_id": call.team.id,
            "user_id": call.bot.id,
            "bot_id": call.bot.bot_id,
            "is_enterprise_install": False,
        }

    def connections(self, call: Call) -> Json:
        """Return an address for Socket Mode."""
        if call.token is None or call.token.kind is not TokenKind.APP:
            raise RefusedError("not_allowed_token_type")
        call.scoped("connections:write")
        return {"url": self._connect(call.app)}

    # ----------------------------------------------------------------------------------------------- people

    def info(self, call: Call) -> Json:
        """Tell of the workspace."""
        call.scoped("team:read")
        if call.text("team") not in {"", call.team.id}:
            raise RefusedError("team_not_found")
        return {"team": team_json(call.team)}

    def bot(self, call: Call) -> Json:
        """Tell of a bot."""
        call.scoped("users:read")
        for installation in self._installations(call.team):
            if installation.bot.bot_id == call.text("bot"):
                return {"bot": bot_json(installation)}
        raise RefusedError("bot_not_found")

    def user(self, call: Call) -> Json:
        """Tell of somebody."""
        call.scoped("users:read")
        return {"user": user_json(call.person(self._world, "user"))}

    def users(self, call: Call) -> Json:
        """Tell of everybody."""
        call.scoped("users:read")
        return paged(call, list(call.team.users.values()), "members", user_json)

    def usergroups(self, call: Call) -> Json:
        """Tell of the groups that people can be called by."""
        call.scoped("usergroups:read")
        users = call.flag("include_users")
        groups = call.team.usergroups.values()
        return {"usergroups": [usergroup_json(group, users=users) for group in groups]}

    def _installations(self, team: Team) -> list[Installation]:
        apps = self._world.apps.values()
        return [there for app in apps if (there := app.installations.get(team.id)) is not None]

    # ---------------------------------------------------------------------------------------------- comings

    def access(self, call: Call) -> Json:
        """Exchange a code, or a refresh token, for tokens."""
        app = self._client(call)
        match call.text("grant_type"):
            case "refresh_token":
                installation = self._world.register.refresh(app, call.text("refresh_token"))
                return self._tokens(installation)
            case "" | "authorization_code":
                code, redirect_uri = call.text("code"), call.text("redirect_uri")
                grant, installation = self._world.register.redeem(app, code, redirect_uri)
                return {**self._tokens(installation), "authed_user": {"id": grant.by.id}}
            case _:
                raise RefusedError("invalid_grant_type")

    def _client(self, call: Call) -> Application:
        given = call.basic or (call.text("client_id"), call.text("client_secret"))
        for app in self._world.apps.values():
            if app.client_id == given[0]:
                if app.client_secret != given[1]:
                    raise RefusedError("bad_client_secret")
                return app
        raise RefusedError("invalid_client_id")

    def _tokens(self, installation: Installation) -> Json:
        token = installation.tokens[-1]
        said: Json = {
            "app_id": installation.app.id,
            "access_token": token.value,
            "token_type": "bot",
            "scope": ",".join(installation.scopes),
            "bot_user_id": installation.bot.id,
            "team": {"id": installation.team.id, "name": installation.team.name},
            "enterprise": None,
            "is_enterprise_install": False,
        }
        if token.expires_at is not None:
            left = token.expires_at.timestamp() - self._world.now.seconds()
            said |= {"expires_in": round(left), "refresh_token": list(installation.refresh_tokens)[-1]}
        return said

    # ---------------------------------------------------------------------------------------------- goings

    def revoke(self, call: Call) -> Json:
        """Let the token that calls be good no more."""
        if call.flag("test"):
            return {"revoked": False}
        if call.token is not None:
            self._world.register.revoke(call.token)
            self._tell("tokens_revoked", call.here)
        return {"revoked": True}

    def uninstall(self, call: Call) -> Json:
        """Take the application out of the workspace."""
        if self._client(call) is not call.app:
            raise RefusedError("client_id_token_mismatch")
        self.remove(call.here)
        return {}

    def remove(self, installation: Installation) -> None:
        """Take an application out of a workspace, and tell it so."""
        self._tell("app_uninstalled", installation)
        self._tell("tokens_revoked", installation)
        self._world.register.uninstall(installation)
        self._world.bell.ring()

    def _tell(self, event: str, installation: Installation) -> None:
        team, app = installation.team, installation.app
        self._world.tell(Happening(event, team, user=installation.bot, app=app))
