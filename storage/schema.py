"""The tables as a whole, and bringing a database up to date (alembic)."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import StoreProblem
from storage import asks, check_ins, inbox, introductions, members, outbox, waits
from storage.database import Database
from storage.rows import Row

metadata: Final = Row.metadata
TABLES: Final = (asks, check_ins, inbox, introductions, members, outbox, waits)
"""Every module that defines a table; importing them here makes `metadata` complete."""

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
        reason = str(getattr(problem, "orig", problem)).strip().splitlines()[0]
        raise StoreProblem(f"DATABASE_URL: the database cannot be used ({reason}).") from None


async def is_up_to_date(database: Database) -> bool:
    """True when no migration is missing."""
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    async with database.engine.connect() as connection:
        return await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision()) == newest


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
