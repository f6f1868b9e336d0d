"""`silta members import` with 10,000 rows: the file is read, taken in, and taken in again without a change."""

import asyncio
import os
import tempfile
import time
from pathlib import Path

from bench.meters import resident_megabytes
from bench.tables import show
from bot.programme import Programme
from bot.services.members_file import MembersFile
from bot.understanding.fields import FieldRecogniser
from storage.database import Database
from storage.schema import migrate

ROWS = 10_000
HEADER = "slack_user_id,name,role,country,region,institution,fields,languages,timezone,capacity,tasks,note,email"
WORDS = ("sähkö", "welding", "0915|0913", "Pflege", "matlagning", "elektronikk", "kaynak", "0713|cooking")
WORKSPACE = "T0BENCH"


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = _written(Path(folder, "people.csv"))
        database = Database(f"sqlite:///{folder}/silta.db")
        await migrate(database)
        members = MembersFile(database, FieldRecogniser.load(), Programme())
        show(
            f"Members import, {ROWS:,} rows, SQLite",
            ("step", "s", "resident MB afterwards"),
            await _steps(members, path),
        )
        await database.close()


async def _steps(members: MembersFile, path: Path) -> list[list[object]]:
    rows: list[list[object]] = [["nothing read yet", 0.0, resident_megabytes(os.getpid())]]
    for name in ("first time", "second time"):
        began = time.perf_counter()
        read = await members.read(path)
        was_read = time.perf_counter()
        report = await members.take(WORKSPACE, read)
        stored = time.perf_counter()
        memory = resident_megabytes(os.getpid())
        rows.append([f"{name}: read and checked", was_read - began, memory])
        rows.append([f"{name}: stored ({report.added} new, {report.unchanged} unchanged)", stored - was_read, memory])
    return rows


def _written(path: Path) -> Path:
    path.write_text("\n".join((HEADER, *(_row(number) for number in range(ROWS)))), encoding="utf-8")
    return path


def _row(number: int) -> str:
    words = WORDS[number % len(WORDS)]
    school = f"School {number % 200}"
    return (
        f"U{number:06},Person {number},mentor,FI,Uusimaa,{school},{words},fi|en,Europe/Helsinki,2,T1|T2,"
        f"I can show you our workshop,p{number}@example.org"
    )


if __name__ == "__main__":
    asyncio.run(main())
