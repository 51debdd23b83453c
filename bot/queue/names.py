"""What PgQueuer's tables are called here, whatever its own environment variables say."""

from pgqueuer.domain.settings import DBSettings
from pgqueuer.domain.types import Channel
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

SCHEMA = "studyhall_jobs"
"""The PostgreSQL schema that holds the queue and nothing else."""


class _FixedNames(DBSettings):
    """PgQueuer's settings without the environment: only `bot.config` reads that."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the signature is pydantic's
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Return the arguments of the constructor as the only source."""
        return (init_settings,)


def pgqueuer_names() -> DBSettings:
    """Return the settings that put PgQueuer's tables into `SCHEMA`, with a channel of the same name."""
    return _FixedNames(db_schema=SCHEMA, channel=Channel(SCHEMA))
