"""How long a coordinator waits to announce an event to 5,000 people, and how long writing the fan-out down takes."""

import asyncio
import time
from datetime import UTC, datetime

from bench.databases import BOTH
from bench.tables import show
from bot import services as all_services
from bot.facts.events import EventPreview, EventRuns
from bot.programme import Events, Programme
from bot.rules import public_holidays
from sandbox import Clock
from storage.database import Database
from storage.events import RUNNING
from storage.members import MemberRow
from storage.schema import migrate

PEOPLE = 5_000
WORKSPACE = "T0BENCH"
NOW = datetime(2027, 2, 1, 7, 0, tzinfo=UTC)
LINE = "Aamukahvit ti 16.2. 8.30-9.15 uusimaa, pirkanmaa, max 12 / alue, ilmottaudu 12.2. mennessä, teams"
REGIONS = ("Uusimaa", "Pirkanmaa")


async def main() -> None:
    rows = []
    for name, opened in BOTH.items():
        with opened() as url:
            rows.append((name, *await _measure(url)))
    show(
        f"An event for {PEOPLE:,} people, all of whom want personal invitations",
        ("database", "preview, s", "publish, s", "fan-out written, s", "longest tick, s", "stop, s"),
        rows,
    )


async def _measure(url: str) -> tuple[float, ...]:
    # The bot loads the public holidays in the background when it starts.
    public_holidays.load()
    database = Database(url)
    await migrate(database)
    programme = Programme(events=Events(channels={"Uusimaa": "C0UUSIMAA", "Pirkanmaa": "C0PIRKANMAA"}))
    services = all_services.build(database, Clock(NOW), programme)
    taina = await _people(database)
    began = time.perf_counter()
    preview = await services.event_drafts.draft(taina, LINE)
    drafted = time.perf_counter()
    assert isinstance(preview, EventPreview)
    runs = await services.events.publish(taina, preview.draft_ref)
    published = time.perf_counter()
    assert isinstance(runs, EventRuns)
    ticks = []
    while True:
        tick = time.perf_counter()
        await services.events.hold()
        ticks.append(time.perf_counter() - tick)
        if (await services.events.show(taina, runs.event.ref)).fan_out.state != RUNNING:
            break
    stopping = time.perf_counter()
    await services.events.stop(taina, runs.event.ref)
    stopped = time.perf_counter()
    await database.close()
    return drafted - began, published - drafted, sum(ticks), max(ticks), stopped - stopping


async def _people(database: Database) -> int:
    async with database.transaction() as store:
        newcomers = [
            {
                "external_id": f"U5K{number:05}",
                "name": f"Member {number}",
                "roles": ("mentor",),
                "country": "FI",
                "region": REGIONS[number % 2],
                "timezone": "Europe/Helsinki",
                "purposes": ("events",),
            }
            for number in range(PEOPLE)
        ]
        await store.members.add_many(WORKSPACE, newcomers)
        taina = MemberRow(workspace=WORKSPACE, external_id="U0TAINA", name="Taina", roles=("coordinator",))
        taina.timezone, taina.chosen_language = "Europe/Helsinki", "fi"
        store.members.add(taina)
        await store.flush()
        return taina.id


if __name__ == "__main__":
    asyncio.run(main())
