"""Typed settings from the environment and `.env`. Nothing else reads the environment."""

import re
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingsProblem

_PREFIXES: Final = {"slack_bot_token": "xoxb-", "slack_app_token": "xapp-"}
_WITHOUT_BLANKS: Final = re.compile(r"[!-~]+")
_MEMBER_ID: Final = re.compile(r"[A-Z][A-Z0-9_]{1,63}")
_API_ADDRESS: Final = re.compile(r"https?://[^\s/?#]+(/[^\s?#]*)?/api/")
_WEB_ADDRESS: Final = re.compile(r"https?://[^\s/?#]+(/[^\s?#]*)?")


class Settings(BaseSettings):
    """What an installation decides: tokens, database, address, programme. `.env.example` comments every one."""

    # Editors on Windows put an invisible mark at the start of a file; "utf-8-sig" reads past it.
    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8-sig", extra="ignore", env_ignore_empty=True
    )

    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_api_url: str = "https://slack.com/api/"
    database_url: str = "sqlite:///silta.db"
    host: str = "127.0.0.1"
    port: int = Field(default=3000, ge=0, le=65535)
    silta_coordinators: Annotated[tuple[str, ...], NoDecode] = ()
    silta_programme: Path | None = None
    silta_public_url: str | None = None
    silta_log: Literal["text", "json"] = "text"

    @field_validator("*", mode="before")
    @classmethod
    def _without_blanks_around(cls, value: object) -> object:
        return value.strip() if isinstance(value, str) else value

    @field_validator("silta_coordinators", mode="before")
    @classmethod
    def _split_at_commas(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("silta_coordinators")
    @classmethod
    def _are_member_ids(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not all(_MEMBER_ID.fullmatch(one) for one in value):
            raise ValueError("must be Slack member ids such as U012AB3CD with commas between them")
        return value

    @field_validator("slack_api_url")
    @classmethod
    def _ends_in_api(cls, value: str) -> str:
        if not _API_ADDRESS.fullmatch(value):
            raise ValueError("must be an http(s) address that ends in /api/")
        return value

    @field_validator("slack_bot_token", "slack_app_token", "slack_signing_secret")
    @classmethod
    def _looks_like_one_of_slack(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        prefix = _PREFIXES.get(info.field_name or "", "")
        if value is not None and not value.get_secret_value().startswith(prefix):
            raise ValueError(f"must start with {prefix}")
        if value is not None and not _WITHOUT_BLANKS.fullmatch(value.get_secret_value()):
            raise ValueError("must be plain letters, digits and signs without blanks between them")
        return value

    @field_validator("silta_public_url")
    @classmethod
    def _is_a_web_address(cls, value: str | None) -> str | None:
        if value is not None and not _WEB_ADDRESS.fullmatch(value):
            raise ValueError("must be an http(s) address such as https://silta.example.org")
        return value.rstrip("/") if value else None

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
        """The signing secret, or SettingsProblem naming it and the token that does without."""
        return _secret(self.slack_signing_secret, "SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)")

    def require_a_way_to_slack(self) -> None:
        """Raises SettingsProblem naming the first secret that is missing, before anything else is tried."""
        self.bot_token()
        if not self.uses_sockets:
            self.signing_secret()


def load() -> Settings:
    """Settings from the environment and `.env`; raises SettingsProblem with one sentence for the first mistake."""
    try:
        return Settings()
    except ValidationError as problem:
        first = problem.errors(include_input=False, include_url=False)[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        reason = first["msg"].removeprefix("Value error, ").removeprefix("Input ")
        raise SettingsProblem(f"{name} {reason}; .env.example says how to set it.") from None
    except UnicodeDecodeError:
        raise SettingsProblem("The file .env is no plain text; save it as UTF-8, as .env.example is.") from None
    except OSError as problem:
        raise SettingsProblem(f"The file .env cannot be read ({problem.strerror}); see .env.example.") from None


def _secret(value: SecretStr | None, name: str) -> str:
    if value is None:
        raise SettingsProblem(f"{name} is missing; .env.example says where to find it.")
    return value.get_secret_value()
