"""Lobbies as they are read."""

from bot.core.commands import Begin, Join, Leave
from bot.core.effects import Lobby
from bot.wording.catalogues import Catalogue
from bot.wording.pieces import button, paragraph, quiet, view
from bot.wording.views import Block, Button, Countdown, Style, Tone, View


def lobby_view(lobby: Lobby, catalogue: Catalogue, *, actions: bool) -> View:
    """Return the message in which people join a round."""
    return view(
        Tone.LOBBY,
        catalogue.lobby_title(lobby.title),
        (
            paragraph(catalogue.lobby_invitation(lobby.host, lobby.count, lobby.seconds)),
            paragraph(catalogue.mode_explained(lobby.mode, lobby.teams)),
            paragraph(catalogue.lobby_joined(lobby.names, lobby.joined)),
            _start(lobby, catalogue),
        ),
        _buttons(lobby, catalogue) if actions and lobby.open else (),
    )


def _start(lobby: Lobby, catalogue: Catalogue) -> Block | None:
    """Return when the round starts."""
    if not lobby.open:
        return quiet(catalogue.lobby_over())
    if lobby.starts_at is None:
        return paragraph(catalogue.lobby_waits(lobby.host))
    return Countdown(lobby.opened_at or lobby.starts_at, lobby.starts_at, catalogue.to_join())


def _buttons(lobby: Lobby, catalogue: Catalogue) -> tuple[Button, ...]:
    return (
        button(Join(), lobby.round, label=catalogue.join(), hint=catalogue.join_hint(), style=Style.PRIMARY),
        button(Begin(), lobby.round, label=catalogue.begin(), hint=catalogue.begin_hint()),
        button(Leave(), lobby.round, label=catalogue.leave(), hint=catalogue.leave_hint()),
    )
