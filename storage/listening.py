"""Hearing at once, from any replica over the same PostgreSQL, that the outbox was filled (LISTEN and NOTIFY)."""

import asyncio
from typing import Final

from storage.database import OUTBOX_FILLED, Database

TRY_AGAIN_AFTER_SECONDS: Final = 5


async def listen(database: Database) -> None:
    """Wakes the sender of this process whenever any replica fills the outbox, until cancelled.

    Without it nothing is lost: the tick looks for itself every few seconds. So a connection that breaks is simply made
    again, and SQLite, which has one process, needs none.
    """
    if not database.is_sqlite:
        # Loaded by whoever has PostgreSQL: it takes eight megabytes.
        import psycopg

        while True:
            try:
                await _hear(database)
            except psycopg.Error:
                await asyncio.sleep(TRY_AGAIN_AFTER_SECONDS)


async def _hear(database: Database) -> None:
    import psycopg

    address = database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
        await connection.execute(f"LISTEN {OUTBOX_FILLED}")
        # Whatever was told while nobody listened is looked for once.
        database.outbox_filled.set()
        async for _ in connection.notifies():
            database.outbox_filled.set()
