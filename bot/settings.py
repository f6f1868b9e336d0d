"""Typed settings from the environment and `.env`. Nothing else reads the environment."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingsProblem


class Settings(BaseSettings):
    """What an installation decides: tokens, database, address, programme. `.env.example` comments every one."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True)

    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_api_url: str = "https://slack.com/api/"
    database_url: str = "sqlite:///silta.db"
    host: str = "127.0.0.1"
    port: int = Field(default=3000, ge=0, le=65535)
    silta_coordinators: Annotated[tuple[str, ...], NoDecode] = ()
    silta_programme: Path | None = None
    silta_log: Literal["text", "json"] = "text"

    @field_validator("silta_coordinators", mode="before")
    @classmethod
    def _split_at_commas(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("slack_api_url")
    @classmethod
    def _ends_in_api(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")) or not value.endswith("/api/"):
            raise ValueError("must be an http(s) address that ends in /api/")
        return value

    @field_validator("slack_bot_token", "slack_app_token")
    @classmethod
    def _has_the_right_prefix(cls, value: SecretStr | None, info: object) -> SecretStr | None:
        name = getattr(info, "field_name", "")
        prefix = {"slack_bot_token": "xoxb-", "slack_app_token": "xapp-"}[name]
        if value is not None and not value.get_secret_value().startswith(prefix):
            raise ValueError(f"must start with {prefix}")
        return value

    @field_validator("database_url")
    @classmethod
    def _is_a_known_database(cls, value: str) -> str:
        if not value.startswith(("sqlite:///", "postgresql://")):
            raise ValueError("must start with sqlite:/// or postgresql://")
        return value

    @property
    def uses_sockets(self) -> bool:
        """True when Slack is reached by Socket Mode: an app-level token is set."""
        return self.slack_app_token is not None

    def bot_token(self) -> str:
        """The bot token, or SettingsProblem naming it."""
        return _secret(self.slack_bot_token, "SLACK_BOT_TOKEN")

    def app_token(self) -> str:
        """The app-level token, or SettingsProblem naming it."""
        return _secret(self.slack_app_token, "SLACK_APP_TOKEN")

    def signing_secret(self) -> str:
        """The signing secret, or SettingsProblem naming it."""
        return _secret(self.slack_signing_secret, "SLACK_SIGNING_SECRET")


def load() -> Settings:
    """Settings from the environment and `.env`; raises SettingsProblem with one sentence for the first mistake."""
    try:
        return Settings()
    except ValidationError as problem:
        first = problem.errors(include_input=False, include_url=False)[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        reason = first["msg"].removeprefix("Value error, ")
        raise SettingsProblem(f"{name} {_as_clause(reason)} See .env.example for how to set it.") from None


def _as_clause(reason: str) -> str:
    return f"{reason}." if reason.startswith("must ") else f"is not right: {reason}."


def _secret(value: SecretStr | None, name: str) -> str:
    if value is None:
        raise SettingsProblem(f"{name} is missing. See .env.example for where to find it.")
    return value.get_secret_value()
