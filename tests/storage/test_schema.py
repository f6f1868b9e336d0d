"""Migrations: they build what the code says, any number of times, from several replicas at once, and back."""

import asyncio
import sys

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from storage.database import Database
from storage.schema import NEWEST, _config, is_up_to_date, metadata, migrate
from tests.storage.rows import add_member

REPLICA = """
import asyncio, sys
from storage.database import Database
from storage.schema import migrate

async def start():
    database = Database(sys.argv[1])
    await migrate(database)
    await database.close()

asyncio.run(start())
"""


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    return list(compare_metadata(context, metadata))


def _tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


def _downgrade(connection: Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.downgrade(config, "base")


async def test_migrations_build_exactly_what_the_code_says(database: Database) -> None:
    async with database.engine.connect() as connection:
        assert await connection.run_sync(_differences) == []
        assert await connection.run_sync(_tables) == set(metadata.tables)


def test_the_newest_migration_is_named_in_the_code() -> None:
    assert ScriptDirectory.from_config(_config()).get_current_head() == NEWEST


async def test_an_empty_database_is_not_up_to_date(database_url: str) -> None:
    database = Database(database_url)

    before = await is_up_to_date(database)
    await migrate(database)
    after = await is_up_to_date(database)
    await database.close()

    assert (before, after) == (False, True)


async def test_migrating_twice_changes_nothing(database: Database) -> None:
    leena = await add_member(database)

    await migrate(database)

    async with database.reading() as store:
        assert (await store.members.by_id(leena.id)).name == leena.name


async def test_replicas_that_start_at_once_migrate_once(database_url: str) -> None:
    replicas = [await asyncio.create_subprocess_exec(sys.executable, "-c", REPLICA, database_url) for _ in range(3)]

    ended = await asyncio.gather(*(replica.wait() for replica in replicas))

    assert ended == [0, 0, 0]
    database = Database(database_url)
    assert await is_up_to_date(database)
    await database.close()


async def test_every_migration_can_be_taken_back(database: Database) -> None:
    await add_member(database, "0713")
    async with database.engine.connect() as connection:
        await connection.execution_options(silta_writing=True)
        await connection.run_sync(_downgrade)
        await connection.commit()
        assert await connection.run_sync(_tables) == set()

    await migrate(database)

    async with database.engine.connect() as connection:
        assert await connection.run_sync(_differences) == []
