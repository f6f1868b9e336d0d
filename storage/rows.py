"""What every table shares: the base class, and two column types that read back as they were written."""

import secrets
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import DateTime, Dialect, MetaData, String, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""Comes before every other moment where a column must be in order and nothing has happened yet."""


def new_ref() -> str:
    """An opaque reference that cannot be guessed (72 random bits)."""
    return secrets.token_urlsafe(9)


class Row(DeclarativeBase):
    """The base of every table."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Referred:
    """A row that people's cards point at: by an opaque random reference, never by its number."""

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    workspace: Mapped[str] = mapped_column(String(32))


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC; SQLite keeps no zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware -> UTC; a naive moment is a mistake and raises ValueError."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone cannot be stored")
        return value.astimezone(UTC).replace(tzinfo=None) if dialect.name == "sqlite" else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Always aware, always UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[tuple[str, ...]]):
    """A few short words without spaces, such as language codes, kept in one column and in their order."""

    impl = String(400)
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str:
        """("fi", "en") -> "fi en"."""
        return " ".join(value or ())

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...]:
        """ "fi en" -> ("fi", "en")."""
        return tuple((value or "").split())


class Lines(TypeDecorator[tuple[str, ...]]):
    """A few names that may have spaces, such as regions, kept in one column, one in a line, in their order."""

    impl = String(4_000)
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str:
        """("Møre og Romsdal", "Vestland") -> two lines."""
        return "\n".join(value or ())

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...]:
        """Two lines -> ("Møre og Romsdal", "Vestland")."""
        return tuple((value or "").splitlines())
