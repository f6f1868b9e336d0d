"""The tables as a whole, and bringing a database up to date (alembic)."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import StoreProblem
from storage import (
    asks,
    audit,
    avoids,
    away_periods,
    check_ins,
    circles,
    counts,
    data_links,
    events,
    farewells,
    guests,
    homes,
    inbox,
    introductions,
    knowledge,
    listings,
    meetups,
    members,
    nudges,
    outbox,
    paces,
    promises,
    prompts,
    questions,
    reports,
    waits,
)
from storage.database import Database
from storage.rows import Row

if TYPE_CHECKING:
    from alembic.config import Config

metadata: Final = Row.metadata
TABLES: Final = (
    asks,
    audit,
    avoids,
    away_periods,
    check_ins,
    circles,
    counts,
    data_links,
    events,
    farewells,
    guests,
    homes,
    inbox,
    introductions,
    knowledge,
    listings,
    meetups,
    members,
    nudges,
    outbox,
    paces,
    promises,
    prompts,
    questions,
    reports,
    waits,
)
"""Every module that defines a table; importing them here makes `metadata` complete."""

NEWEST: Final = "0016"
"""The last migration, so that a start that has nothing to migrate need not load alembic."""

_LOCK: Final = 7_453_117
"""Any number will do, as long as every replica uses the same: it lets one of them migrate and the others wait."""


async def migrate(database: Database) -> None:
    """Brings the schema up to date; several replicas may call it at once. Raises StoreProblem in one sentence."""
    try:
        async with database.engine.connect() as connection:
            await connection.execution_options(silta_writing=True)
            await connection.run_sync(_upgrade)
            await connection.commit()
    except (SQLAlchemyError, OSError) as problem:
        # The SQLite driver ends its thread after a failed opening without waiting for it; it must not outlive the loop.
        await asyncio.sleep(0.1 if database.is_sqlite else 0)
        reason = str(getattr(problem, "orig", problem)).strip().splitlines()[0]
        raise StoreProblem(f"DATABASE_URL: the database cannot be used ({reason}); see .env.example.") from None


async def is_up_to_date(database: Database) -> bool:
    """True when no migration is missing."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(_revision) == NEWEST


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    if _revision(connection) == NEWEST:
        return
    # Imported only when there is something to migrate: it takes a tenth of a second and 12 MB (docs/figures.md).
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def _revision(connection: Connection) -> str | None:
    """The migration that was applied last; None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision
