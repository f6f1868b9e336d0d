"""PostgreSQL wakes every replica as soon as one of them has filled the outbox; SQLite needs nobody to."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from storage.listening import listen
from storage.schema import migrate
from tests.storage.rows import add_member, intent, put


@pytest.fixture
async def replicas(postgresql_url: str) -> AsyncIterator[list[Database]]:
    opened = [Database(postgresql_url) for _ in range(2)]
    await migrate(opened[0])
    yield opened
    for one in opened:
        await one.close()


async def test_the_other_replica_is_woken_at_once(replicas: list[Database]) -> None:
    ours, theirs = replicas
    leena = await add_member(ours)
    listening = asyncio.create_task(listen(theirs))
    await asyncio.wait_for(theirs.outbox_filled.wait(), 20)
    theirs.outbox_filled.clear()

    await put(ours, intent(leena))

    await asyncio.wait_for(theirs.outbox_filled.wait(), 20)
    await _end(listening)


async def test_what_is_rolled_back_wakes_nobody(replicas: list[Database]) -> None:
    ours, theirs = replicas
    leena = await add_member(ours)
    listening = asyncio.create_task(listen(theirs))
    await asyncio.wait_for(theirs.outbox_filled.wait(), 20)
    theirs.outbox_filled.clear()

    with pytest.raises(ZeroDivisionError):
        async with ours.transaction() as store:
            await store.outbox.put(intent(leena))
            raise ZeroDivisionError

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(theirs.outbox_filled.wait(), 0.5)
    await _end(listening)


async def test_a_connection_that_breaks_is_made_again(
    replicas: list[Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = replicas
    monkeypatch.setattr("storage.listening.TRY_AGAIN_AFTER_SECONDS", 0.05)
    leena = await add_member(ours)
    listening = asyncio.create_task(listen(theirs))
    await asyncio.wait_for(theirs.outbox_filled.wait(), 20)
    theirs.outbox_filled.clear()

    async with ours.engine.connect() as connection:
        await connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE query LIKE 'LISTEN%%' AND datname = current_database()"
        )
    await asyncio.wait_for(theirs.outbox_filled.wait(), 20)
    theirs.outbox_filled.clear()

    await put(ours, intent(leena))
    await asyncio.wait_for(theirs.outbox_filled.wait(), 20)
    await _end(listening)


async def test_sqlite_needs_no_listening(sqlite_url: str) -> None:
    database = Database(sqlite_url)

    await asyncio.wait_for(listen(database), 1)

    await database.close()


async def _end(listening: "asyncio.Task[None]") -> None:
    listening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await listening
