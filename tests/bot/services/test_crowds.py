"""Very many messages due at one moment are spread over the hour; a few go exactly when they are due."""

from datetime import UTC, datetime, timedelta

from bot.programme import Delivery, Programme
from bot.services.crowds import Crowds
from sandbox import Clock
from storage.database import Database
from storage.members import MemberRow
from storage.outbox import OutboxRow, Priority
from tests.storage.rows import NOW, intent, member, outbox_row, put

FEW = Programme(delivery=Delivery(posts_per_minute=30))
AN_HOUR = timedelta(hours=1)
HALF_PAST_THREE = datetime(2027, 1, 19, 13, 30, tzinfo=UTC)
"""In Helsinki, half an hour before a mentor's day is over."""


async def _due(database: Database, how_many: int, at: datetime, **given: object) -> list[int]:
    async with database.transaction() as store:
        everybody: list[MemberRow] = [member() for _ in range(how_many)]
        store.members._session.add_all(everybody)
        await store.flush()
    details = {"priority": Priority.NUDGE, "not_before": at, **given}
    await put(database, *(intent(one, f"nudge:{one.id}", **details) for one in everybody))
    async with database.reading() as store:
        claimed = await store.outbox.crowd(everybody[0].workspace, at, how_many)
        return [row.id for row in claimed] or list(range(1, how_many + 1))


async def _after_spreading(database: Database, ids: list[int], at: datetime) -> list[OutboxRow]:
    await Crowds(database, Clock(at), FEW).spread()
    return [await outbox_row(database, row_id) for row_id in ids]


async def test_a_few_go_exactly_when_they_are_due(database: Database) -> None:
    rows = await _after_spreading(database, await _due(database, 30, NOW), NOW)

    assert {row.not_before for row in rows} == {NOW}


async def test_a_crowd_goes_over_the_hour(database: Database) -> None:
    rows = await _after_spreading(database, await _due(database, 90, NOW), NOW)

    moments = {row.not_before for row in rows}
    assert len(moments) == 90
    assert min(moments) >= NOW and max(moments) < NOW + AN_HOUR + timedelta(seconds=5)
    for quarter in range(4):
        begins = NOW + quarter * AN_HOUR / 4
        assert sum(begins <= moment < begins + AN_HOUR / 4 for moment in moments) >= 10


async def test_a_crowd_is_spread_once(database: Database) -> None:
    ids = await _due(database, 90, NOW)
    once = await _after_spreading(database, ids, NOW)

    again = await _after_spreading(database, ids, NOW + AN_HOUR)

    assert [row.not_before for row in again] == [row.not_before for row in once]


async def test_nothing_is_spread_past_closing_time_or_past_its_point(database: Database) -> None:
    closing = await _after_spreading(database, await _due(database, 45, HALF_PAST_THREE), HALF_PAST_THREE)

    assert max(row.not_before for row in closing) < HALF_PAST_THREE + timedelta(minutes=30)


async def test_what_ends_soon_is_not_spread_past_its_end(database: Database) -> None:
    ends_at = NOW + timedelta(minutes=20)

    rows = await _after_spreading(database, await _due(database, 45, NOW, expires_at=ends_at), NOW)

    assert max(row.not_before for row in rows) < ends_at
    assert len({row.not_before for row in rows}) == 45


async def test_answers_consent_and_reminders_are_never_spread(database: Database) -> None:
    rows = await _after_spreading(database, await _due(database, 45, NOW, priority=Priority.REMINDER), NOW)

    assert {row.not_before for row in rows} == {NOW}
