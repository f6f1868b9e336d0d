"""Every job may run in several replicas at the same moment: what it causes is caused once."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

import pytest
from sqlalchemy import select

from bot import services as all_services
from bot.programme import Programme
from bot.services import Services
from sandbox import Clock
from storage import check_ins, introductions, waits
from storage.check_ins import CheckInRow
from storage.database import Database
from storage.introductions import IntroductionRow
from storage.outbox import OutboxRow
from storage.rows import Row
from storage.schema import migrate
from storage.waits import WaitRow
from tests.storage.rows import NOW, add_ask, add_check_in, add_introduction, add_member, add_wait

REPLICAS = 3
R = TypeVar("R", bound=Row)
Job = Callable[[Services], Awaitable[None]]


@pytest.fixture
async def replicas(database_url: str) -> AsyncIterator[list[Database]]:
    opened = [Database(database_url) for _ in range(REPLICAS)]
    await migrate(opened[0])
    yield opened
    for one in opened:
        await one.close()


async def _all_at_once(replicas: list[Database], job: Job) -> None:
    services = [all_services.build(one, Clock(NOW), Programme()) for one in replicas]
    await asyncio.gather(*(job(one) for one in services))


async def _rows(database: Database, table: type[R]) -> list[R]:
    async with database.reading() as store:
        return list((await store.members._session.scalars(select(table).order_by("id"))).all())


async def _kinds(database: Database) -> list[str]:
    return sorted(row.kind for row in await _rows(database, OutboxRow))


async def test_a_request_moves_on_once(replicas: list[Database]) -> None:
    leena, sanna = await add_member(replicas[0], "0713"), await add_member(replicas[0])
    await add_introduction(replicas[0], await add_ask(replicas[0], sanna), leena, remind_at=NOW, release_at=NOW)

    await _all_at_once(replicas, lambda services: services.reply_clock.release())

    (introduction,) = await _rows(replicas[0], IntroductionRow)
    assert introduction.state == introductions.RELEASED
    assert await _kinds(replicas[0]) == ["introductions.not_available"]
    async with replicas[0].reading() as store:
        assert (await store.members.by_id(leena.id)).releases_in_a_row == 1


async def test_a_check_in_is_asked_once_and_its_next_one_planned_once(replicas: list[Database]) -> None:
    leena, sanna = await add_member(replicas[0], "0713"), await add_member(replicas[0])
    contact = await add_introduction(
        replicas[0], await add_ask(replicas[0], sanna), leena, state=introductions.OPEN, quiet_since=NOW
    )
    await add_check_in(replicas[0], contact, sanna.id)

    await _all_at_once(replicas, lambda services: services.check_ins.ask())

    assert await _kinds(replicas[0]) == ["check_ins.ask"]
    assert [row.number for row in await _rows(replicas[0], CheckInRow)] == [1, 2]


async def test_a_quiet_contact_fades_once(replicas: list[Database]) -> None:
    leena, sanna = await add_member(replicas[0], "0713"), await add_member(replicas[0])
    contact = await add_introduction(replicas[0], await add_ask(replicas[0], sanna), leena, state=introductions.OPEN)
    await add_check_in(replicas[0], contact, sanna.id, kind=check_ins.KEEP, asked_at=NOW, fade_at=NOW)

    await _all_at_once(replicas, lambda services: services.check_ins.fade())

    assert await _kinds(replicas[0]) == ["check_ins.faded"] * 2
    (introduction,) = await _rows(replicas[0], IntroductionRow)
    assert introduction.state == introductions.FADED


async def test_a_place_is_offered_once(replicas: list[Database]) -> None:
    leena, sanna = await add_member(replicas[0], "0713"), await add_member(replicas[0])
    await add_wait(replicas[0], await add_ask(replicas[0], sanna), leena, since=NOW - timedelta(days=2))

    await _all_at_once(replicas, lambda services: services.waits.offer_places())

    assert await _kinds(replicas[0]) == ["waits.still_interested"]
    (entry,) = await _rows(replicas[0], WaitRow)
    assert entry.state == waits.OFFERED


async def test_whoever_watches_is_told_once(replicas: list[Database]) -> None:
    await add_member(replicas[0], "0713")
    sanna = await add_member(replicas[0])
    await add_wait(replicas[0], await add_ask(replicas[0], sanna), None)

    await _all_at_once(replicas, lambda services: services.waits.tell_watchers())

    assert await _kinds(replicas[0]) == ["waits.someone_opened"]
