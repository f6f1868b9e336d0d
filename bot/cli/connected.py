"""The database of this installation and the workspace its token belongs to, for one command."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot import settings as all_settings
from storage.database import Database


@asynccontextmanager
async def connected() -> AsyncIterator[tuple[Database, str]]:
    """The migrated database and the workspace. Raises SettingsProblem or StoreProblem, each one sentence."""
    from bot.app import identity
    from storage.schema import migrate

    settings = all_settings.load()
    workspace = (await identity(settings))["team_id"]
    database = Database(settings.database_url)
    try:
        await migrate(database)
        yield database, workspace
    finally:
        await database.close()
