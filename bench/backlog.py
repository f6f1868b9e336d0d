"""A hundred thousand pending messages: start, memory and tick of `silta run`, on SQLite and on PostgreSQL.

Run: uv run python -m bench.backlog
"""

import asyncio
import os
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert

from bench import meters
from bench.databases import BOTH
from bench.network import askers
from bench.stage import SILTA, answers, bot_process, stage, until
from bench.tables import percentile, show
from bot import services as all_services
from bot.clock import SystemClock
from bot.delivery.sender import Sender
from bot.delivery.slack import Slack
from bot.programme import Programme
from bot.timetable import Timetable
from sandbox.ids import TEAM
from storage import members
from storage.database import Database
from storage.outbox import OutboxRow
from storage.schema import migrate
from tests.bot.delivery.wire import PracticeSlack, Wire
from tests.storage.rows import member

MESSAGES, PEOPLE, TIMES = 100_000, 1_000, 30


async def measured(name: str, url: str, due: str, not_before: datetime) -> tuple[object, ...]:
    """Fills, then measures the question of every tick, a whole tick, and a claim."""
    database = Database(url)
    await migrate(database)
    await _fill(database, not_before)
    clock, wire = SystemClock(), Wire(SystemClock().now)
    services = all_services.build(database, clock, Programme())
    sender = Sender(TEAM, database, clock, Programme(), services.outgoing, _silent(wire))
    timetable = Timetable(services, sender, _nothing, _nothing)
    figures = [await _milliseconds(services.agenda.has_something_due), await _milliseconds(lambda: _claim(database))]
    tick = await _milliseconds(timetable.tick) if due == "later" else float("nan")
    await database.close()
    return name, due, *figures, tick


async def started(name: str, url: str) -> tuple[object, ...]:
    """Starts `silta run` over that backlog; answers seconds until healthy and resident megabytes."""
    async with stage(askers(3)) as made:
        began_at = time.monotonic()
        async with bot_process(SILTA, made.sandbox, url) as (process, address):
            await until(lambda: answers(f"{address}/healthz"))
            return name, time.monotonic() - began_at, meters.resident_megabytes(process.pid)


async def _fill(database: Database, not_before: datetime) -> None:
    async with database.transaction() as store:
        session = store.members._session
        people = [member(workspace=TEAM, availability=members.RESTING) for _ in range(PEOPLE)]
        session.add_all(people)
        await store.flush()
        for begins in range(0, MESSAGES, 5_000):
            rows = [
                {
                    "workspace": TEAM,
                    "dedup_key": f"rested:{number}",
                    "kind": "introductions.rested",
                    "subject": f"subject {number}",
                    "recipient_id": people[number % PEOPLE].id,
                    "priority": 1 + number % 6,
                    "not_before": not_before + timedelta(seconds=number % 3_600),
                }
                for number in range(begins, begins + 5_000)
            ]
            await session.execute(insert(OutboxRow), rows)


async def _claim(database: Database) -> None:
    async with database.transaction() as store:
        for row in await store.outbox.claim(TEAM, "bench", datetime.now(UTC), 8):
            await store.outbox.postpone(row.id, "bench", row.not_before, "bench")


async def _milliseconds(work: Callable[[], Awaitable[object]]) -> float:
    took = []
    for _ in range(TIMES):
        began_at = time.perf_counter()
        await work()
        took.append((time.perf_counter() - began_at) * 1000)
    return percentile(took, 50)


def _silent(wire: Wire) -> Slack:
    async def judge(_delivery_id: str) -> None:
        raise AssertionError("nothing is to be sent here")

    return PracticeSlack(wire, judge)


async def _nothing() -> None:
    pass


async def main() -> None:
    """Measures and prints."""
    rows, starts, now = [], [], datetime.now(UTC)
    for due, not_before in (("later", now + timedelta(days=9)), ("now", now - timedelta(days=2))):
        for name, opened in BOTH.items():
            with opened() as url, tempfile.TemporaryDirectory() as folder:
                os.chdir(folder)
                rows.append(await measured(name, url, due, not_before))
                print(rows[-1], flush=True)
                if due == "later":
                    starts.append(await started(name, url))
                    print(starts[-1], flush=True)
    header = ("database", "due", "is anything due? ms", "claim of 8, ms", "tick, ms")
    show(f"{MESSAGES:,} pending messages", header, rows)
    show("`silta run` over them (due later)", ("database", "s until healthy", "resident MB"), starts)


if __name__ == "__main__":
    asyncio.run(main())
