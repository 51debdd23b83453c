"""Configuration: a YAML file overlaid by the environment. Nothing else reads the environment."""

import os
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    YamlConfigSettingsSource,
)
from yaml import YAMLError

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
}
"""What other people's tools already set, and the setting that each one fills."""


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
    hosts: tuple[str, ...] = ()
    token: SecretStr | None = None


class Discord(Section):
    """Discord."""

    token: SecretStr | None = None
    api_url: str | None = None


class Slack(Section):
    """Slack."""

    bot_token: SecretStr | None = None
    app_token: SecretStr | None = None
    signing_secret: SecretStr | None = None
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
        return tuple(value.get_secret_value() for value in values if isinstance(value, SecretStr))

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
    if path is not None and not path.is_file():
        message = f"There is no configuration file {path}; name one that exists, or leave --config out."
        raise ConfigError(message)
    chosen = path or FILE

    class Chosen(Config):
        model_config = SettingsConfigDict(yaml_file=chosen if chosen.is_file() else None)

    try:
        return Chosen()
    except ValidationError as error:
        raise ConfigError(_explain(error, chosen)) from None
    except (YAMLError, ValueError, TypeError) as error:
        found = " ".join(str(error).split())
        message = (
            f"{chosen} should be YAML with one setting a line, such as `web: {{port: 8080}}`; found: {found}"
        )
        raise ConfigError(message) from None


def content_root(config: Config) -> Path:
    """Return the folder of packs: the configured one, else the one that ships."""
    if config.content is not None:
        return config.content
    return SHIPPED if SHIPPED.is_dir() else BUNDLED


def sqlite_path(config: Config) -> Path | None:
    """Return the SQLite file that the settings name; None when they name PostgreSQL."""
    url = config.database_url
    if url.startswith("sqlite:///"):
        return Path(url.removeprefix("sqlite:///"))
    if url.startswith(("postgresql://", "postgres://")):
        return None
    message = (
        "database_url should begin with sqlite:/// or postgresql://; sqlite:///studyhall.db is the default."
    )
    raise ConfigError(message)


def _explain(error: ValidationError, path: Path) -> str:
    """Return one line a fault, without the value where it may be a secret."""
    lines = []
    for fault in error.errors(include_url=False, include_input=False):
        name = ".".join(str(part) for part in fault["loc"])
        variable = PREFIX + "__".join(str(part) for part in fault["loc"]).upper()
        wrong = "there is no such setting" if fault["type"] == "extra_forbidden" else fault["msg"].lower()
        lines.append(f"{name}: {wrong} (in {path}, or {variable} in the environment).")
    return "\n".join(lines)


def in_ci() -> bool:
    """Tell whether this runs in continuous integration, where nothing may be skipped silently."""
    return os.environ.get("CI", "") not in {"", "0", "false"}
