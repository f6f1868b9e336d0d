"""The engine and the only commit in the program."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from sqlalchemy import URL, event, func, make_url, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from bot.errors import StoreProblem
from storage.store import Store

OUTBOX_FILLED: Final = "silta_outbox_filled"
"""The channel on which PostgreSQL tells every replica that there is something to send."""
_BUSY_TIMEOUT_MS = 5_000
_WRITING = "silta_writing"


class Database:
    """One database, SQLite or PostgreSQL. `transaction` writes and commits; `reading` only looks.

    Raises StoreProblem when the address cannot be understood.
    """

    def __init__(self, url: str) -> None:
        try:
            self.engine = _engine(make_url(url))
        except (ArgumentError, ValueError):
            # The reason is left out: it quotes the address, and the address may hold a password.
            raise StoreProblem("DATABASE_URL is no address of a database; see .env.example.") from None
        # One process writes to SQLite at a time anyway; queueing here keeps waiting writers from polling the file.
        self._one_writer = asyncio.Lock() if self.is_sqlite else None
        self.outbox_filled = asyncio.Event()
        """Set after every commit that put something into the outbox, so that the sender need not poll for it."""

    @property
    def is_sqlite(self) -> bool:
        """True on SQLite, which has one writer and one sending process."""
        return self.engine.dialect.name == "sqlite"

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Store]:
        """All or nothing: commits at the end, rolls back when anything raises."""
        async with self._one_writer or contextlib.nullcontext(), self.engine.connect() as connection:
            writing = await connection.execution_options(**{_WRITING: True})
            async with AsyncSession(writing, expire_on_commit=False) as session, session.begin():
                store = Store(session)
                yield store
                await store.settle()
                if store.outbox.was_filled and not self.is_sqlite:
                    # Heard by the other replicas, and only if this transaction commits (storage/listening.py).
                    await session.execute(select(func.pg_notify(OUTBOX_FILLED, "")))
        if store.outbox.was_filled:
            self.outbox_filled.set()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Store]:
        """A look at the tables; whatever is changed in it is not kept."""
        async with AsyncSession(self.engine, expire_on_commit=False) as session:
            yield Store(session)

    async def answers(self) -> bool:
        """True when the database answers a simple question."""
        try:
            async with self.engine.connect() as connection:
                await connection.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return False
        return True

    async def close(self) -> None:
        """Gives every connection back."""
        await self.engine.dispose()


def async_url(url: URL) -> URL:
    """The same database through its asyncio driver."""
    return url.set(drivername="sqlite+aiosqlite" if url.get_backend_name() == "sqlite" else "postgresql+psycopg")


def _engine(url: URL) -> AsyncEngine:
    # An error quotes the values of its statement unless it is told not to, and errors are logged.
    engine = create_async_engine(async_url(url), pool_pre_ping=url.get_backend_name() != "sqlite", hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", _set_up_sqlite)
        event.listen(engine.sync_engine, "begin", _begin_on_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: object) -> None:
    # The driver's own transaction control would begin too late; `_begin_on_sqlite` says when.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", f"busy_timeout={_BUSY_TIMEOUT_MS}", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_on_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later fails at once under another writer, whatever the timeout:
    # every writing transaction takes the write lock from the start.
    writing = connection.get_execution_options().get(_WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
