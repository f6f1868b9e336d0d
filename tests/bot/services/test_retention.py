"""What has had its time is deleted, what is needed stays, and only numbers are left."""

from datetime import timedelta

from sqlalchemy import func, select

from bot import services as all_services
from bot.programme import Programme
from sandbox import Clock
from storage.check_ins import CheckInRow
from storage.counts import CountRow
from storage.database import Database
from storage.introductions import ASKED, CLOSED, OPEN, IntroductionRow
from storage.outbox import SENT, OutboxRow
from storage.rows import Row
from tests.storage.rows import NOW, add_ask, add_check_in, add_introduction, add_member, add_wait, intent, put

LONG_AGO = NOW - timedelta(days=400)
LATELY = NOW - timedelta(days=300)


async def _apply(database: Database) -> None:
    await all_services.build(database, Clock(NOW), Programme()).retention.apply()


async def _count(database: Database, table: type[Row]) -> int:
    async with database.reading() as store:
        return await store.members._session.scalar(select(func.count()).select_from(table)) or 0


async def test_ended_requests_leave_after_a_year_and_only_their_sum_stays(database: Database) -> None:
    sanna, leena = await add_member(database), await add_member(database, "0713")
    for state, at in ((CLOSED, LONG_AGO), (CLOSED, LATELY), (OPEN, LONG_AGO), (ASKED, LONG_AGO)):
        ended_at = at if state == CLOSED else None
        ask = await add_ask(database, sanna)
        made = await add_introduction(database, ask, leena, state=state, requested_at=at, ended_at=ended_at)
        await add_check_in(database, made, sanna.id, due_at=at, benefit="got_answers")

    await _apply(database)
    await _apply(database)

    assert await _count(database, IntroductionRow) == 3
    assert await _count(database, CheckInRow) == 3
    async with database.reading() as store:
        counts = {one.what: one.number for one in await store.members._session.scalars(select(CountRow))}
    assert counts == {"introductions.closed": 1, "check_ins.got_answers": 1}


async def test_an_ask_stays_as_long_as_somebody_waits_on_it(database: Database) -> None:
    sanna, leena = await add_member(database), await add_member(database, "0713")
    old, waiting = await add_ask(database, sanna), await add_ask(database, sanna)
    await add_wait(database, waiting, leena, since=LONG_AGO)
    async with database.transaction() as store:
        for ask in (old, waiting):
            (await store.asks.by_id(ask.id)).asked_at = LONG_AGO

    await _apply(database)

    async with database.reading() as store:
        assert await store.asks.by_ref(old.ref) is None
        assert await store.asks.by_ref(waiting.ref) is not None


async def test_the_outbox_keeps_what_the_silence_of_a_group_rests_on(database: Database) -> None:
    sanna, leena = await add_member(database), await add_member(database, "0713")
    contact = await add_introduction(database, await add_ask(database, sanna), leena, state=OPEN)
    await put(
        database,
        intent(sanna, "old"),
        intent(sanna, "to-come"),
        intent(sanna, "group", kind="introductions.introduce", subject=contact.ref),
    )
    async with database.transaction() as store:
        for row in await store.members._session.scalars(select(OutboxRow).where(OutboxRow.dedup_key != "to-come")):
            row.state, row.finished_at = SENT, LONG_AGO

    await _apply(database)

    async with database.reading() as store:
        keys = await store.members._session.scalars(select(OutboxRow.dedup_key).order_by(OutboxRow.dedup_key))
        assert list(keys) == ["group", "to-come"]


async def test_somebody_whose_account_ended_a_year_ago_is_forgotten(database: Database) -> None:
    gone = await add_member(database, deactivated_at=LONG_AGO)
    lately = await add_member(database, deactivated_at=LATELY)

    await _apply(database)

    async with database.reading() as store:
        assert set(await store.members.by_ids({gone.id, lately.id})) == {lately.id}
