"""Configuration: a YAML file overlaid by the environment. Nothing else reads the environment."""

import json
import os
import re
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    YamlConfigSettingsSource,
)
from yaml import MarkedYAMLError, YAMLError, safe_load

from bot.core.errors import ConfigError

FILE = Path("studyhall.yaml")
SHIPPED = Path(__file__).parent.parent / "content"
BUNDLED = Path(__file__).parent / "_content"
PREFIX = "STUDYHALL_"
SHORT_NAMES = {
    "DISCORD_TOKEN": ("discord", "token"),
    "SLACK_BOT_TOKEN": ("slack", "bot_token"),
    "SLACK_APP_TOKEN": ("slack", "app_token"),
    "SLACK_SIGNING_SECRET": ("slack", "signing_secret"),
    "SLACK_CLIENT_ID": ("slack", "client_id"),
    "SLACK_CLIENT_SECRET": ("slack", "client_secret"),
}
"""What other people's tools already set, and the setting that each one fills."""

WRONG = {
    "extra_forbidden": "there is no such setting",
    "model_type": "should be a group of settings, such as `web: {port: 8080}`",
}
"""What is said in other words than pydantic's."""

SHORTEST_KEY = 16
"""How many characters a key that tokens are encrypted with needs at least."""

CALLBACK = "/slack/oauth/callback"
"""The path that Slack sends people back to who have installed us."""

KINDS: dict[type, str] = {list: "a list", str: "a text"}
"""What a file may hold in place of settings."""


def _listed(value: object) -> object:
    """Return the parts of a text with commas or in JSON, as an environment variable has to write a list."""
    if not isinstance(value, str):
        return value
    if value.lstrip().startswith("["):
        return json.loads(value)
    return [part.strip() for part in value.split(",") if part.strip()]


Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)]
Secrets = Annotated[tuple[SecretStr, ...], NoDecode, BeforeValidator(_listed)]


class Section(BaseModel):
    """A group of settings; a name that is not known is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Web(Section):
    """The local web chat, and the port that health and metrics are served on.

    *hosts* are further names that the page may be asked for under, when it listens wider than loopback.
    *token* is the secret in the address; without one it is made once and kept beside the database.
    """

    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    hosts: Names = ()
    token: SecretStr | None = None


class Discord(Section):
    """Discord. With *guild*, a server's id, commands are registered there alone, and show at once."""

    token: SecretStr | None = None
    api_url: str | None = None
    guild: int | None = None


class Slack(Section):
    """Slack: one workspace by *bot_token*, or all that install us through *client_id*; see :func:`slack_by`.

    Tokens of workspaces are encrypted with the first of *keys*; the others still open what they encrypted.
    *redirect_url* is the public address that Slack sends people back to, as it stands in the app's settings
    there; it ends in ``/slack/oauth/callback``.
    """

    bot_token: SecretStr | None = None
    app_token: SecretStr | None = None
    signing_secret: SecretStr | None = None
    client_id: str | None = None
    client_secret: SecretStr | None = None
    keys: Secrets = ()
    redirect_url: str | None = None
    api_url: str | None = None


class Tutor(Section):
    """The optional language model behind the tutor."""

    base_url: str | None = None
    model: str | None = None
    api_key: SecretStr | None = None


class Log(Section):
    """Logs: *format* is chosen by the terminal when left out."""

    format: Literal["console", "json"] | None = None
    level: Literal["debug", "info", "warning", "error"] = "info"


class Config(BaseSettings):
    """Every setting, checked."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True
    )

    database_url: str = "sqlite:///studyhall.db"
    content: Path | None = None
    web: Web = Web()
    discord: Discord = Discord()
    slack: Slack = Slack()
    tutor: Tutor = Tutor()
    log: Log = Log()

    def secrets(self) -> tuple[str, ...]:
        """Return every secret that is set, so that logs can hide it."""
        sections: tuple[Section, ...] = (self.web, self.discord, self.slack, self.tutor)
        values = [value for section in sections for _, value in section]
        values += self.slack.keys
        password = urlsplit(self.database_url).password
        of_database = () if password is None else (password, unquote(password))
        secrets = (value.get_secret_value() for value in values if isinstance(value, SecretStr))
        return (*secrets, *of_database)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over the file, and the file over the defaults."""
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, _ShortNames(settings_cls), YamlConfigSettingsSource(settings_cls)


class _ShortNames(PydanticBaseSettingsSource):
    """Reads the names in ``SHORT_NAMES``."""

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:  # noqa: ANN401 - upstream's signature
        """Not used: the whole source is read at once."""
        del field
        return None, field_name, False

    def __call__(self) -> dict[str, Any]:
        """Return the sections that short names fill."""
        found: dict[str, Any] = {}
        for name, (section, key) in SHORT_NAMES.items():
            if value := os.environ.get(name):
                found.setdefault(section, {})[key] = value
        return found


def load(path: Path | None = None) -> Config:
    """Read the settings from *path* (or ``studyhall.yaml`` where there is one) and the environment.

    A ConfigError names each setting that cannot be used, what was found and where it can come from.
    """
    chosen = path or FILE
    try:
        there = chosen.is_file()
        if path is not None and not there:
            message = f"There is no configuration file {path}; name one that exists, or leave --config out."
            raise ConfigError(message)
        return _read(chosen if there else None)
    except ValidationError as error:
        raise ConfigError(_explain(error, chosen)) from None
    except SettingsError as error:
        message = f"An environment variable that begins with {PREFIX} cannot be read: {_one_line(error)}."
        raise ConfigError(message) from None
    except OSError as error:
        message = f"{chosen} cannot be read ({error.strerror}): let this user read it, or name another file."
        raise ConfigError(message) from None
    except (YAMLError, ValueError) as error:
        example = "one setting a line, such as `web: {port: 8080}`"
        raise ConfigError(f"{chosen} should be YAML with {example}; found: {_one_line(error)}.") from None


def _read(file: Path | None) -> Config:
    found = safe_load(file.read_bytes()) if file else None
    if found is not None and not isinstance(found, dict):
        raise ValueError(KINDS.get(type(found), "a number"))

    class Chosen(Config):
        model_config = SettingsConfigDict(yaml_file=file)

    return Chosen()


def _one_line(error: Exception) -> str:
    """Return what is wrong, without the line that it stands in: that may hold a secret."""
    if isinstance(error, MarkedYAMLError) and error.problem_mark is not None:
        return f"{error.problem} in line {error.problem_mark.line + 1}"
    return " ".join(str(error).split()).rstrip(".")


def content_root(config: Config) -> Path:
    """Return the folder of packs: the configured one, else the one that ships."""
    if config.content is not None:
        return config.content
    return SHIPPED if SHIPPED.is_dir() else BUNDLED


def sqlite_path(config: Config) -> Path | None:
    """Return the SQLite file that the settings name; None when they name PostgreSQL."""
    url = config.database_url
    if url.startswith("sqlite:///"):
        file = url.removeprefix("sqlite:///")
        if file in {"", ":memory:"}:
            message = (
                "database_url should name a file after sqlite:///; sqlite:///studyhall.db is the default."
            )
            raise ConfigError(message)
        return Path(file)
    if url.startswith(("postgresql://", "postgres://")):
        return None
    message = (
        "database_url should begin with sqlite:/// or postgresql://; sqlite:///studyhall.db is the default."
    )
    raise ConfigError(message)


SlackBy = Literal["socket", "requests", "oauth"]
"""How Slack reaches us: over a socket of ours, by signed requests of one workspace, or of many."""


def slack_by(config: Config) -> SlackBy | None:
    """Return how Slack reaches us, None when nothing of it is set; a ConfigError when that cannot work.

    *bot_token* and *app_token* are Socket Mode, *bot_token* and *signing_secret* are signed requests of one
    workspace, and *client_id* with what it needs are signed requests of every workspace that installs us.
    """
    slack = config.slack
    if slack.client_id or slack.client_secret or slack.keys or slack.redirect_url:
        _check_slack_oauth(slack)
        return "oauth"
    if slack.bot_token is None:
        if slack.app_token is None and slack.signing_secret is None:
            return None
        raise ConfigError(
            "slack.bot_token is missing (SLACK_BOT_TOKEN): copy the Bot User OAuth Token of the app, or set "
            "slack.client_id for many workspaces."
        )
    if slack.app_token is None and slack.signing_secret is None:
        raise ConfigError(
            "slack.bot_token is set, and nothing by which Slack reaches us: set slack.app_token "
            "(SLACK_APP_TOKEN) for Socket Mode, or slack.signing_secret (SLACK_SIGNING_SECRET) for signed "
            "requests."
        )
    return "requests" if slack.app_token is None else "socket"


def _check_slack_oauth(slack: Slack) -> None:
    """Raise ConfigError when people could not install us in their workspaces."""
    needed = {
        "slack.client_id (SLACK_CLIENT_ID)": slack.client_id,
        "slack.client_secret (SLACK_CLIENT_SECRET)": slack.client_secret,
        "slack.signing_secret (SLACK_SIGNING_SECRET)": slack.signing_secret,
        "slack.keys (STUDYHALL_SLACK__KEYS)": slack.keys,
    }
    missing = [name for name, value in needed.items() if not value]
    if missing:
        raise ConfigError(
            f"{', '.join(missing)} missing: whoever serves many Slack workspaces sets slack.client_id, "
            "slack.client_secret and slack.signing_secret as the app has them, and in slack.keys a secret of "
            "their own that tokens are encrypted with."
        )
    if slack.bot_token is not None or slack.app_token is not None:
        raise ConfigError(
            "slack.client_id is for many workspaces, and slack.bot_token and slack.app_token are for one: "
            "remove the one or the others (SLACK_CLIENT_ID, SLACK_BOT_TOKEN, SLACK_APP_TOKEN)."
        )
    if any(len(key.get_secret_value()) < SHORTEST_KEY for key in slack.keys):
        raise ConfigError(
            f"slack.keys: each needs at least {SHORTEST_KEY} characters; `openssl rand -base64 32` makes one."
        )
    if slack.redirect_url is not None:
        _check_redirect(slack.redirect_url)


def _check_redirect(url: str) -> None:
    """Raise ConfigError when nobody would come back from *url*."""
    found = re.fullmatch(r"(https?)://(\[[0-9A-Fa-f:.]+\]|[\w.-]+)(:\d+)?(/[^?#\s]*)?", url)
    secure = found is not None and (found[1] == "https" or is_loopback(found[2]))
    if found is None or not secure or not (found[4] or "").endswith(CALLBACK):
        raise ConfigError(
            f"slack.redirect_url should be the public address of {CALLBACK}, such as "
            f"https://quiz.example.org{CALLBACK}."
        )


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach what listens on *host*."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _explain(error: ValidationError, path: Path) -> str:
    """Return one line a fault, without the value where it may be a secret."""
    lines = []
    for fault in error.errors(include_url=False, include_input=False):
        name = ".".join(str(part) for part in fault["loc"])
        variable = PREFIX + "__".join(str(part) for part in fault["loc"]).upper()
        wrong = WRONG.get(fault["type"]) or fault["msg"].lower()
        lines.append(f"{name}: {wrong} (in {path}, or {variable} in the environment).")
    return "\n".join(lines)


def in_ci() -> bool:
    """Tell whether this runs in continuous integration, where nothing may be skipped silently."""
    return os.environ.get("CI", "") not in {"", "0", "false"}
