"""What Slack repeats acts once, also when it arrives at two replicas in the same moment."""

import asyncio
from datetime import timedelta

import pytest

from storage.database import Database
from storage.schema import migrate
from tests.storage.rows import NOW


async def is_new(database: Database, key: str = "event:Ev1", workspace: str = "T0SILTA") -> bool:
    async with database.transaction() as store:
        return await store.inbox.is_new(workspace, key, NOW)


async def test_the_same_event_is_new_once(database: Database) -> None:
    assert [await is_new(database) for _ in range(3)] == [True, False, False]


async def test_an_event_that_arrives_everywhere_at_once_is_new_once(database_url: str) -> None:
    replicas = [Database(database_url) for _ in range(2)]
    await migrate(replicas[0])

    answers = await asyncio.gather(*(is_new(replicas[number % 2]) for number in range(20)))
    for replica in replicas:
        await replica.close()

    assert sorted(answers) == [False] * 19 + [True]


async def test_another_key_and_another_workspace_are_new(database: Database) -> None:
    await is_new(database)

    assert await is_new(database, "event:Ev2")
    assert await is_new(database, workspace="T0OTHER")


async def test_keys_are_forgotten_when_slack_repeats_them_no_more(database: Database) -> None:
    await is_new(database)
    async with database.transaction() as store:
        await store.inbox.forget_before(NOW)
    assert not await is_new(database)

    async with database.transaction() as store:
        await store.inbox.forget_before(NOW + timedelta(seconds=1))

    assert await is_new(database)


async def test_a_key_is_not_kept_when_the_transaction_fails(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with database.transaction() as store:
            assert await store.inbox.is_new("T0SILTA", "event:Ev1", NOW)
            raise ZeroDivisionError

    assert await is_new(database)
