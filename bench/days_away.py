"""CPU per "find a contact" inside one process, before and after every contact person has said days away.

The statements of each ask are counted, too: days away are loaded for the cards that are shown, never for all who were
weighed.
"""

import asyncio
import random
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import event, insert, select

from bench import network
from bench.stage import import_members
from bench.tables import percentile, show
from bot import services as all_services
from bot.programme import Programme
from bot.services import Services
from sandbox import Clock
from sandbox.ids import TEAM
from storage.away_periods import AwayPeriodRow
from storage.database import Database
from storage.members import MemberRow
from storage.rows import new_ref

MEMBERS = 10_000
ASKS = 150
PERIODS = 3
NOW = datetime(2027, 1, 19, 8, 12, tzinfo=UTC)
TEXT = "Etsin jotakuta hoiva-alalta Uudeltamaalta"


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        file, url = Path(folder) / "members.csv", f"sqlite:///{folder}/silta.db"
        network.write(file, MEMBERS)
        await import_members(url, file)
        database = Database(url)
        services = all_services.build(database, Clock(NOW), Programme())
        async with database.reading() as store:
            everyone = await store.members.everyone(TEAM)
        askers = [one.id for one in everyone if one.roles == ("student",) and one.country == "FI"]
        await _measure(database, services, askers[:ASKS])
        rows = [("nobody is away", *await _measure(database, services, askers[ASKS : 2 * ASKS]))]
        count = await _say_days_away(database)
        rows.append((f"{count:,} periods", *await _measure(database, services, askers[2 * ASKS : 3 * ASKS])))
        await database.close()
    show(
        f"One ask answered with cards, SQLite, {MEMBERS:,} members, {ASKS} asks each",
        ("days away", "CPU, ms (median)", "p90", "statements"),
        rows,
    )


async def _measure(database: Database, services: Services, askers: list[int]) -> tuple[float, float, float]:
    statements = 0

    def count(*_: object) -> None:
        nonlocal statements
        statements += 1

    event.listen(database.engine.sync_engine, "before_cursor_execute", count)
    spent = []
    for asker in askers:
        before = time.process_time()
        await services.conversation.hear(asker, TEXT)
        spent.append((time.process_time() - before) * 1000)
    event.remove(database.engine.sync_engine, "before_cursor_execute", count)
    return percentile(spent, 50), percentile(spent, 90), statements / len(askers)


async def _say_days_away(database: Database) -> int:
    chance = random.Random(2027)
    async with database.engine.begin() as connection:
        contacts = (
            (await connection.execute(select(MemberRow.id).where(MemberRow.roles == ("mentor",)))).scalars().all()
        )
        rows = []
        for member_id in contacts:
            for number in range(PERIODS):
                first = date(2027, 2, 1) + timedelta(days=60 * number + chance.randrange(30))
                rows.append(
                    {
                        "ref": new_ref(),
                        "workspace": TEAM,
                        "member_id": member_id,
                        "starts_on": first,
                        "ends_on": first + timedelta(days=6),
                        "said_at": NOW,
                    }
                )
        await connection.execute(insert(AwayPeriodRow), rows)
    return len(rows)


if __name__ == "__main__":
    asyncio.run(main())
