"""Credentials: what we have of a workspace that installed us, as Slack hands it out and as it is kept."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

from slack_sdk.errors import SlackClientError

_VERSION: Final = 1


class WholeOrganisationError(SlackClientError):
    """We were installed for an organisation, and not in a workspace."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who we are in a workspace, and the token that we speak there with.

    *refresh_token* is "" where tokens do not expire, and where it was refused. *installer* is Slack's id of
    whoever installed us.
    """

    team: str
    name: str
    app_id: str
    bot_user_id: str
    bot_id: str
    scopes: tuple[str, ...]
    installer: str
    token: str = field(repr=False)
    refresh_token: str = field(default="", repr=False)


def granted(answer: Mapping[str, Any], identity: Mapping[str, Any]) -> Credentials:
    """Return what Slack gave for a code; *identity* is its answer to whose token that is."""
    return Credentials(
        team=str(identity["team_id"]),
        name=str(identity.get("team") or ""),
        app_id=str(answer.get("app_id") or ""),
        bot_user_id=str(identity["user_id"]),
        bot_id=str(identity.get("bot_id") or ""),
        scopes=_scopes(answer),
        installer=str((answer.get("authed_user") or {}).get("id") or ""),
        token=token_of(answer),
        refresh_token=str(answer.get("refresh_token") or ""),
    )


def renewed(old: Credentials, answer: Mapping[str, Any]) -> Credentials:
    """Return *old* with the tokens that Slack gave for its refresh token."""
    return replace(
        old,
        scopes=_scopes(answer) or old.scopes,
        token=token_of(answer),
        refresh_token=str(answer.get("refresh_token") or ""),
    )


def token_of(answer: Mapping[str, Any]) -> str:
    """Return the token in Slack's answer; WholeOrganisationError where it is no workspace's."""
    if answer.get("is_enterprise_install") or not answer.get("access_token"):
        raise WholeOrganisationError
    return str(answer["access_token"])


def lifetime_of(answer: Mapping[str, Any]) -> int | None:
    """Return for how many milliseconds the token in Slack's answer is good, None for ever."""
    seconds = answer.get("expires_in")
    return None if seconds is None else int(seconds) * 1000


def text_of(credentials: Credentials) -> str:
    """Return *credentials* as text, to be encrypted."""
    return json.dumps({"v": _VERSION, **asdict(credentials)}, separators=(",", ":"))


def credentials_of(text: str) -> Credentials | None:
    """Return what :func:`text_of` wrote; None for what a newer version wrote."""
    kept: dict[str, Any] = json.loads(text)
    if kept.pop("v") != _VERSION:
        return None
    return Credentials(**kept | {"scopes": tuple(kept["scopes"])})


def _scopes(answer: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(scope for scope in str(answer.get("scope") or "").split(",") if scope)
