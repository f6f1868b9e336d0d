"""One event with one guest, and the web server that shows the guest their page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot import services as all_services
from bot.messages import calendars
from bot.programme import Programme
from bot.services import Services
from handlers.http import web_app
from sandbox import Clock
from sandbox.serving import Serving
from storage.database import Database
from storage.events import PUBLISHED, EventRow
from storage.members import MemberRow
from tests.storage.rows import NOW, WORKSPACE, add_member

STARTS = datetime(2027, 2, 16, 6, 30, tzinfo=UTC)


@dataclass
class GuestStage:
    """`page` is the guest's address; the clock may be set."""

    url: str
    page: str
    clock: Clock
    services: Services
    event: EventRow
    coordinator: MemberRow
    guest_ref: str


@asynccontextmanager
async def guest_stage(
    database: Database, title: str = "Aamukahvit", name: str = "Otto Gast", capacity: int | None = 1
) -> AsyncIterator[GuestStage]:
    """Opens the stage; the address of the page is reached by a proxy in real life, so only its path counts."""
    clock = Clock(NOW)
    services = all_services.build(database, clock, Programme(), "https://silta.example.org/bot")
    taina = await add_member(database, name="Taina Koskivuo", roles=("coordinator",), purposes=())
    event = await _event(database, taina, title, capacity)
    invited = await services.guests.invite(taina.id, event.ref, name)

    async def healthy() -> bool:
        return True

    async def calendar_of(key: str) -> bytes | None:
        entry = await services.events.entry(key)
        return calendars.calendar_file(entry) if entry else None

    async def feed_of(key: str) -> bytes | None:
        found = await services.feeds.feed(key)
        return calendars.feed(found) if found else None

    serving = Serving(web_app(healthy, None, None, None, calendar_of, feed_of=feed_of, guests=services.guests))
    url = f"http://127.0.0.1:{await serving.start('127.0.0.1', 0)}"
    page = invited.address.replace("https://silta.example.org/bot", url)
    try:
        yield GuestStage(url, page, clock, services, event, taina, invited.guest_ref)
    finally:
        await serving.stop()


async def _event(database: Database, organiser: MemberRow, title: str, capacity: int | None) -> EventRow:
    async with database.transaction() as store:
        event = EventRow(
            workspace=WORKSPACE,
            organiser_id=organiser.id,
            state=PUBLISHED,
            kind="morning_coffee",
            title=title,
            starts_at=STARTS,
            ends_at=STARTS + timedelta(minutes=45),
            zone="Europe/Helsinki",
            place="Kahvila, 2. kerros",
            link="https://example.org/meet",
            officiality="semi_official",
            capacity=capacity,
            replies_close_at=STARTS - timedelta(days=3),
            publish_at=NOW,
            changed_at=NOW,
        )
        store.events.add(event)
        await store.flush()
        return event
