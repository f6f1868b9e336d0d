"""What is written into a column reads back as it was meant."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.exc import StatementError

from storage.database import Database
from tests.storage.rows import NOW, add_ask, add_member

HELSINKI = ZoneInfo("Europe/Helsinki")


@pytest.mark.parametrize(
    "moment",
    [
        NOW,
        datetime(2027, 10, 31, 3, 30, tzinfo=HELSINKI, fold=0),
        datetime(2027, 10, 31, 3, 30, tzinfo=HELSINKI, fold=1),
        datetime(2027, 3, 28, 3, 30, 15, 123456, tzinfo=HELSINKI),
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(2100, 12, 31, 23, 59, 59, 999999, tzinfo=ZoneInfo("Pacific/Auckland")),
    ],
)
async def test_moment_reads_back_as_the_same_instant_in_utc(database: Database, moment: datetime) -> None:
    added = await add_member(database, last_contact_at=moment)

    async with database.reading() as store:
        read = (await store.members.by_id(added.id)).last_contact_at

    assert read is not None
    assert read.timestamp() == moment.timestamp()
    assert read.utcoffset() == timedelta(0)
    assert read.microsecond == moment.microsecond


async def test_no_moment_reads_back_as_none(database: Database) -> None:
    added = await add_member(database)

    async with database.reading() as store:
        assert (await store.members.by_id(added.id)).last_contact_at is None


async def test_a_moment_without_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="without a zone"):
        await add_member(database, last_contact_at=datetime(2027, 1, 1))  # noqa: DTZ001 - the mistake in question


async def test_moments_are_compared_as_instants_whatever_their_zone(database: Database) -> None:
    async with database.transaction() as store:
        assert await store.inbox.is_new("T0", "event:1", NOW)
        await store.inbox.forget_before(NOW.astimezone(ZoneInfo("Asia/Tokyo")))
        kept = not await store.inbox.is_new("T0", "event:1", NOW)
        await store.inbox.forget_before((NOW + timedelta(microseconds=1)).astimezone(ZoneInfo("America/Lima")))
        forgotten = await store.inbox.is_new("T0", "event:1", NOW)

    assert kept
    assert forgotten


@pytest.mark.parametrize("words", [(), ("fi",), ("tr", "fi", "en"), ("nb", "nb")])
async def test_words_read_back_in_their_order(database: Database, words: tuple[str, ...]) -> None:
    added = await add_member(database, languages=words)

    async with database.reading() as store:
        assert (await store.members.by_id(added.id)).languages == words


async def test_words_set_to_nothing_read_back_as_no_words(database: Database) -> None:
    asker = await add_member(database)
    ask = await add_ask(database, asker)

    async with database.reading() as store:
        assert (await store.asks.by_id(ask.id)).shown == ()
